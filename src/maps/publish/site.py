"""All files of a site."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping
from dataclasses import replace
from html import escape

from maps.atlas.model import Atlas
from maps.data.archive import atlas_files
from maps.errors import ExportFailed
from maps.map.tiles import tiles_of
from maps.publish.edition import Edition, checked_address
from maps.publish.page import page_bytes
from maps.publish.pages import map_assets, map_data, not_found, pages_of
from maps.publish.pictures import Pictures
from maps.tasks import Each, here

_PER_EDITION = ("data.js", "start.js")


def site_files(
    atlases: Mapping[str, Atlas], address: str = "", *, tiles: bool = False, each: Each = here
) -> dict[str, bytes]:
    """Make every file of a site, by its path; see `maps.publish.publish_site`.

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
        _require_room(edition, made)
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
        made["sitemap.xml"] = _sitemap(listed)
        made["robots.txt"] = f"User-agent: *\nAllow: /\n\nSitemap: {whole}sitemap.xml\n".encode()
    return made


def _require_room(edition: Edition, made: Iterable[str]) -> None:
    taken = {path.partition("/")[0].casefold() for path in made}
    if edition.folder and edition.folder.rstrip("/").casefold() in taken:
        raise ExportFailed(
            f"--lang {edition.lang!r}: the site has a file or folder of this name; "
            "name this language first, or another"
        )


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


def _sitemap(addresses: Iterable[str]) -> bytes:
    lines = "".join(f"<url><loc>{escape(address)}</loc></url>\n" for address in addresses)
    return (
        '<?xml version="1.0" encoding="UTF-8"?>\n'
        f'<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">\n{lines}</urlset>\n'
    ).encode()
