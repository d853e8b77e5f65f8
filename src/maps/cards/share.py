"""What stands in the dialog for sharing: the link as a code, the line for another page."""

from __future__ import annotations

from collections.abc import Mapping
from urllib.parse import urlencode

from markupsafe import Markup, escape

from maps.atlas.model import Atlas
from maps.cards.markup import element
from maps.looks import style
from maps.words.i18n import texts
from maps.words.share import Shared

_FRAME = Markup(
    '<iframe src="{}" title="{}" width="100%" height="640" style="border:0" '
    'allow="fullscreen; clipboard-write"></iframe>'
)
_ON_A_SITE = ("day", "mode", "perspective", "event", "region")  # what its map takes


def link_of(base: str, query: Mapping[str, str]) -> str:
    """Write the absolute address of a view."""
    return base + ("?" + urlencode(query) if query else "")


def embed_code(atlas: Atlas, held: Shared, base: str, site: str, folder: str = "") -> str:
    """Write the frame that shows it in another page: of the published site if there is one.

    ``folder`` is that of the language on the site, with a slash, or empty.
    """
    asked = dict(held.query)
    if not site:
        address = link_of(base, {**asked, "embed": "true"})
    elif asked.get("at") in atlas.points:
        address = f"{site}{folder}points.html#{asked['at']}"
    else:
        taken = {name: asked[name] for name in _ON_A_SITE if name in asked}
        address = link_of(f"{site}{folder}embed.html", taken)
    return str(_FRAME.format(address, held.title))


def code_and_link(link: str, lang: str) -> str:
    """Show a link as a QR code, and a button that hands it to other programs where there is one."""
    import segno  # noqa: PLC0415  only this dialog needs it

    spoken = texts(lang)
    drawn = segno.make(link, error="m").svg_data_uri(scale=4, border=3, dark=style.INK)
    picture = Markup('<img src="{}" alt="{}">').format(drawn, spoken.t("ui.share.code"))
    native = element("button", spoken.t("ui.share.native"), class_="mc-native", type="button",
                     data_link=str(escape(link)))  # fmt: skip
    return str(element("div", picture, native, class_="mc-code"))
