"""Rebuild the derived files of an atlas from its raw extracts.

An atlas that is made from upstream files keeps a package `recipe/` whose
function ``build(atlas_dir)`` returns every derived file as bytes, by its path
inside the atlas. This package offers what every such recipe needs: reading checked
extracts (`raw`) and RFC 7946 text (`write`); geometry in the plane of a territory is
the recipe's own. Nothing here is used while the dashboard runs.
"""

from maps.build.recipe import accuracy, run

__all__ = ["accuracy", "run"]
