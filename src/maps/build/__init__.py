"""Rebuild the derived files of an atlas from its raw extracts.

An atlas that is made from upstream files keeps a package `recipe/` whose
function ``build(atlas_dir)`` returns every derived file as bytes, by its path
inside the atlas. This package offers what such a recipe needs: reading checked
extracts (`raw`), geometry in metres (`geometry`), one coverage with shared edges
(`coverage`), shaded relief (`relief`) and RFC 7946 text (`write`). Nothing here
is used while the dashboard runs.
"""

from maps.build.recipe import accuracy, run

__all__ = ["accuracy", "run"]
