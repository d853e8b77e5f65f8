"""The map as one file: everything inside, no request, opens from a disk or a mail."""

from __future__ import annotations

import base64

from markupsafe import Markup

from maps.atlas.model import Atlas, Date
from maps.day.law import ALL
from maps.day.view import Bbox
from maps.map import files
from maps.map.document import View, alone, script_json
from maps.map.payload import map_payload
from maps.map.shell import hashes, policy
from maps.templates import templates
from maps.words.cite import reference_html
from maps.words.i18n import direction, texts
from maps.words.sentences import dates_chosen_said
from maps.words.translated import translation_note

_TEMPLATES = templates(files.ASSETS)
_PICTURES = {".webp": "image/webp", ".png": "image/png", ".jpg": "image/jpeg"}


def page_html(
    atlas: Atlas,
    day: Date,
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
    ground = atlas.basemap
    kind = _PICTURES.get(ground.relief_ending, "image/png")
    relief = f"data:{kind};base64,{base64.b64encode(ground.relief).decode()}"
    data = map_payload(atlas, lang, relief if ground.relief else "")
    view = View(day, mode, perspective=perspective, bbox=bbox)
    html, script = alone(atlas, view, lang)
    scripts = [
        files.boot_script(),
        files.leaflet_script(),
        files.atlas_script(),
        f"MapsAtlas.data={script_json(data)};",
        script,
    ]
    spoken = texts(lang)
    return (
        _TEMPLATES.get_template("alone.html").render(
            lang=lang,
            direction=direction(lang),
            policy=policy(scripts=hashes(scripts), styles="'unsafe-inline'", images="data:"),
            title=atlas.settings.title,
            description=atlas.settings.subtitle,
            body_class="ma-alone",
            settings=atlas.settings,
            digest=atlas.digest[:16],
            t=spoken.t,
            translated=translation_note(atlas, lang),
            chosen=dates_chosen_said(atlas, spoken),
            references=[Markup(reference_html(each, lang)) for each in atlas.sources.values()],
            # Made of our own files and of what was escaped for a script.
            styles=Markup(files.leaflet_styles() + files.atlas_styles()),
            map=Markup(html),
            scripts=[Markup(script) for script in scripts],
        )
        + "\n"
    )
