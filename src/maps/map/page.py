"""The map as one file: everything inside, no request, opens from a disk or a mail."""

from __future__ import annotations

import base64
import hashlib
import html
from datetime import date
from pathlib import Path
from typing import Any

from maps.atlas.model import Atlas
from maps.day.law import ALL
from maps.day.view import Bbox
from maps.map import files
from maps.map.document import AtlasMap, TimeControl, View, failure_texts, script_json
from maps.map.payload import map_payload
from maps.words.cite import reference_html
from maps.words.i18n import Texts, texts
from maps.words.sentences import dates_chosen

_PICTURES = {".webp": "image/webp", ".png": "image/png", ".jpg": "image/jpeg"}


def page_html(
    atlas: Atlas,
    day: date,
    *,
    mode: str,
    lang: str = "en",
    perspective: str = ALL,
    bbox: Bbox | None = None,
) -> str:
    """Write the whole map as one HTML page that opens on a day.

    ``perspective`` is whose claims it opens with in legal status, ``bbox`` the ground
    it opens on (west, south, east, north in degrees), the whole atlas if not given.

    Equal atlases give equal bytes. A content security policy in the page
    allows its own scripts, named by their hashes, and no request at all.
    """
    shown = AtlasMap(atlas)
    data = map_payload(atlas, lang, _data_uri(atlas.basemap.relief))
    view = View(day, mode, perspective=perspective, bbox=bbox)
    start = {"view": view.plain(), "texts": failure_texts(lang)}
    TimeControl(f"MapsAtlas.alone({script_json(start)})").add_to(shown)
    figure: Any = shown.get_root()
    figure.render()
    scripts = [
        files.boot_script(),
        files.leaflet_script(),
        files.atlas_script(),
        f"MapsAtlas.data={script_json(data)};",
        figure.script.render(),
    ]
    return _page(atlas, lang, figure.html.render(), scripts)


def _page(atlas: Atlas, lang: str, map_html: str, scripts: list[str]) -> str:
    hashes = " ".join(f"'sha256-{_sha256(script)}'" for script in scripts)
    policy = (
        f"default-src 'none'; script-src {hashes}; style-src 'unsafe-inline'; "
        "img-src data:; base-uri 'none'; form-action 'none'"
    )
    settings = atlas.settings
    title, spoken = html.escape(settings.title), texts(lang)
    styles = files.leaflet_styles() + files.atlas_styles()
    inline = "".join(f"<script>{script}</script>\n" for script in scripts)
    return (
        f'<!DOCTYPE html>\n<html lang="{html.escape(lang)}">\n<head>\n<meta charset="utf-8">\n'
        f'<meta http-equiv="Content-Security-Policy" content="{html.escape(policy)}">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        f"<title>{title}</title>\n"
        f'<meta name="description" content="{html.escape(settings.subtitle)}">\n'
        f"<style>{styles}</style>\n</head>\n"
        f'<body class="ma-alone">\n{_header(atlas, lang, spoken)}\n{map_html}\n'
        f'<noscript><p class="ma-noscript">{html.escape(spoken.t("map.without_script"))}</p>'
        f"</noscript>\n{inline}</body>\n</html>\n"
    )


def _header(atlas: Atlas, lang: str, spoken: Texts) -> str:
    settings = atlas.settings
    sources = "".join(
        f"<li>{reference_html(source, lang)}</li>" for source in atlas.sources.values()
    )
    moved = "; ".join(dates_chosen(atlas, spoken))
    chosen = f"{spoken.t('chosen.export')} {moved}." if moved else ""
    said = (chosen, settings.disclaimer, settings.cutoff)
    told = "".join(f"<p>{html.escape(text)}</p>" for text in said if text)
    version = html.escape(f"{settings.version} · {settings.licence} · sha256 {atlas.digest[:16]}")
    return (
        f'<header class="ma-title"><h1>{html.escape(settings.title)}</h1>'
        f"<p>{html.escape(settings.subtitle)}</p>"
        f"<details><summary>{html.escape(spoken.t('map.about'))}</summary><div>{told}"
        f"<h2>{html.escape(spoken.t('map.sources'))}</h2><ul>{sources}</ul><p>{version}</p>"
        "</div></details></header>"
    )


def _data_uri(picture: str) -> str:
    if not picture:
        return ""
    path = Path(picture)
    content = base64.b64encode(path.read_bytes()).decode()
    return f"data:{_PICTURES.get(path.suffix, 'image/png')};base64,{content}"


def _sha256(script: str) -> str:
    return base64.b64encode(hashlib.sha256(script.encode()).digest()).decode()
