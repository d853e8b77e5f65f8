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
from maps.map import files
from maps.map.document import script_json
from maps.map.payload import map_payload
from maps.map.tiles import by_level, in_parts, parsed, part_scripts, tiles_of
from maps.publish.edition import Edition, checked_address, upwards
from maps.publish.folder import write_site
from maps.publish.pages import map_of, not_found, page_bytes, pages_of, site_styles
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
    atlas, lang, top = edition.atlas, edition.lang, upwards(edition.folder)
    made: dict[str, bytes] = {}
    relief = ""
    if content := atlas.basemap.relief:
        relief = f"assets/{_hashed(f'relief{atlas.basemap.relief_ending}', content)}"
        made[relief] = content
    # Pages of events are told of by their folder: the map leads to them.
    data = {**map_payload(atlas, lang, relief and top + relief), "pages": "events/"}
    if edition.tiles:
        # What the map asks for when it is needed; the data it starts with say where that is.
        data, found = in_parts(data)
        parts = part_scripts(found)
        outlines, told = _folder("tiles", edition.tiles), _folder(f"parts-{lang}", parts)
        levels = by_level(edition.tiles)
        data |= {"parts": top + told, "tiles": {"address": top + outlines, "levels": levels}}
        made |= {outlines + path: content for path, content in edition.tiles.items()}
        made |= {told + path: content for path, content in parts.items()}
    texts = {
        "icon.svg": files.ICON.read_text(encoding="utf-8"),
        "boot.js": files.boot_script(),
        "leaflet.js": files.leaflet_script(),
        "atlas.js": files.atlas_script(),
        # A script, not JSON: a page opened from a disk may not fetch.
        "data.js": f"MapsAtlas.data={(parsed if edition.tiles else script_json)(data)};\n",
        "start.js": map_of(edition)[1],
        "leaflet.css": files.leaflet_styles(),
        "map.css": files.atlas_styles(),
        "site.css": site_styles(),
    }
    named: dict[str, str] = {}
    for file, text in texts.items():
        own = file.replace(".", f"-{lang}.") if file in _PER_EDITION else file
        named[file] = _hashed(own, text.encode())
        made[f"assets/{named[file]}"] = text.encode()
    return made, named


def _hashed(file: str, content: bytes) -> str:
    stem, dot, ending = file.rpartition(".")
    return f"{stem}.{hashlib.sha256(content).hexdigest()[:12]}{dot}{ending}"


def _folder(name: str, held: Mapping[str, bytes]) -> str:
    """Name a folder of the assets by what is in it."""
    digest = hashlib.sha256()
    for path, content in sorted(held.items()):
        digest.update(f"{path} {len(content)} ".encode() + content)
    return f"assets/{name}.{digest.hexdigest()[:12]}/"
