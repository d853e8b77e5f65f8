"""A static site of an atlas, for any web server: no Python and no state behind it.

Equal atlases and equal wishes give equal bytes: nothing here reads the clock.
"""

from __future__ import annotations

import os
from collections.abc import Mapping
from pathlib import Path

from maps.atlas.model import Atlas
from maps.errors import ExportFailed
from maps.publish.folder import write_site
from maps.publish.site import site_files
from maps.tasks import Each, here

__all__ = ["publish_site", "require_apart", "site_files"]


def publish_site(
    atlases: Mapping[str, Atlas],
    folder: Path | str,
    address: str = "",
    *,
    tiles: bool = False,
    each: Each = here,
) -> list[str]:
    """Write the site of an atlas into a folder, whole or not at all; gives the files' names.

    Parameters
    ----------
    atlases
        The atlas as opened in each language, by its code. The first language is
        that of the top folder, each other one has a folder of its name.
    folder
        Where the site goes: a folder that is not there yet, is empty, or holds
        nothing but an earlier site.
    address
        The ``https://`` address the site will have, for canonical addresses,
        pictures for shared links and the site map; empty where it is not known.
    tiles
        Whether the map loads outlines and what is told of them as they are looked at,
        for an atlas too large to be loaded whole.
    each
        What draws pictures and outlines: this process, or a cluster (`maps.tasks.spread`).

    Raises
    ------
    ExportFailed
        The folder holds something else or cannot be written, or the address
        will not do; what was there before is then as it was.
    """
    return write_site(Path(folder), lambda: site_files(atlases, address, tiles=tiles, each=each))


def require_apart(folder: Path, atlas: Path) -> None:
    """Keep a site out of the folder of its atlas, and the atlas out of the site.

    Raises
    ------
    ExportFailed
        One of the folders is or holds the other.
    """
    site, data = Path(os.path.realpath(folder)), Path(os.path.realpath(atlas))
    if site == data or site in data.parents or data in site.parents:
        raise ExportFailed(f"{folder}: is, holds or lies in the folder of the atlas; name another")
