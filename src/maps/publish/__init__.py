"""A static site of an atlas, for any web server: no Python and no state behind it.

Equal atlases and equal wishes give equal bytes: nothing here reads the clock.
"""

from __future__ import annotations

import hashlib
import os
from collections.abc import Mapping
from dataclasses import replace
from html import escape
from pathlib import Path

from maps.atlas.model import Atlas
from maps.data.archive import atlas_files
from maps.errors import ExportFailed
from maps.map.tiles import tiles_of
from maps.publish.edition import Edition, checked_address
from maps.publish.folder import write_site
from maps.publish.pages import map_assets, map_data, not_found, page_bytes, pages_of
from maps.publish.pictures import Pictures
from maps.tasks import Each, here

_PER_EDITION = ("data.js", "start.js")


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


def site_files(
    atlases: Mapping[str, Atlas], address: str = "", *, tiles: bool = False, each: Each = here
) -> dict[str, bytes]:
    """Make every file of a site, by its path; see `publish_site`.

    Raises
    ------
    ExportFailed
        The address will not do, or a language is none of the atlas.
    """
    for lang, atlas in atlases.items():
        known = atlas.settings.languages
        if lang not in known:
            raise ExportFailed(
                f"--lang {lang!r}: the atlas has no such language; {', '.join(known)}"
            )
    whole = checked_address(address)
    folders = {lang: f"{lang}/" if place else "" for place, lang in enumerate(atlases)}
    made: dict[str, bytes] = {}
    listed: list[str] = []
    outlines = dict[str, bytes]()
    if tiles and atlases:
        outlines = tiles_of(next(iter(atlases.values())).boundaries, each=each)
    for lang, atlas in atlases.items():
        edition = Edition(atlas, lang, folders[lang], folders, whole, tiles=outlines)
        taken = {path.partition("/")[0].casefold() for path in made}
        if edition.folder and lang.casefold() in taken:
            raise ExportFailed(
                f"--lang {lang!r}: the site has a file or folder of this name; "
                "name this language first, or another"
            )
        assets, named = _assets(edition)
        made |= assets
        maps, shared = Pictures(replace(edition, tiles={})).made(each)
        edition = replace(edition, assets=named, maps=maps)
        pictures = {path: map.content for path, map in maps.items()} | shared
        made |= {edition.folder + path: held for path, held in pictures.items()}
        for page in pages_of(edition):
            made[edition.folder + page.path] = page_bytes(edition, page)
            if not page.framed:
                listed.append(edition.absolute(page.path))
        made |= {edition.folder + path: held for path, held in atlas_files(atlas, lang).items()}
        if not edition.folder:
            made["404.html"] = page_bytes(edition, not_found(edition))
    if whole:
        addresses = "".join(f"<url><loc>{escape(address)}</loc></url>\n" for address in listed)
        sitemap = (
            '<?xml version="1.0" encoding="UTF-8"?>\n'
            f'<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">\n{addresses}</urlset>\n'
        )
        made["sitemap.xml"] = sitemap.encode()
        made["robots.txt"] = f"User-agent: *\nAllow: /\n\nSitemap: {whole}sitemap.xml\n".encode()
    return made


def _assets(edition: Edition) -> tuple[dict[str, bytes], dict[str, str]]:
    """Give the shared files by path, and their names by key.

    A name holds a hash of the content: caches may keep each file for ever.
    """
    made: dict[str, bytes] = {}
    named: dict[str, str] = {}
    relief_name = ""
    if content := edition.atlas.basemap.relief:
        relief_name = _hashed(f"relief{edition.atlas.basemap.relief_ending}", content)
        made[f"assets/{relief_name}"] = content
    data, parts = map_data(edition, relief_name)
    made |= parts
    for file, text in map_assets(edition, data).items():
        content = text.encode()
        name = _hashed(file.replace(".", f"-{edition.lang}.") if file in _PER_EDITION else file,
                       content)  # fmt: skip
        named[file] = name
        made[f"assets/{name}"] = content
    return made, named


def _hashed(file: str, content: bytes) -> str:
    stem, dot, ending = file.rpartition(".")
    return f"{stem}.{hashlib.sha256(content).hexdigest()[:12]}{dot}{ending}"
