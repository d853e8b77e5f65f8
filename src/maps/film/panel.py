"""The words of a picture: the panel beside the map, and cards without a map."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from maps.film.captions import Caption, Para, Section
from maps.film.flow import PX, fitted_sections, px_face, set_section
from maps.film.key import Key
from maps.looks.style import MUTED_INK
from maps.sheet.columns import (
    Block,
    lines_height,
    lines_of,
    poured,
    poured_honestly,
    write_down,
)
from maps.sheet.legend import Sample
from maps.sheet.sheet import Pen, Rect, Sheet, line_path
from maps.sheet.typeset import fitted, width_mm, wrapped, wrapped_to
from maps.words.i18n import texts

_RULE = Pen(MUTED_INK, 0.8, opacity=0.6)
_HEADING_PX, _TITLE_PX = 48, 33  # of a day, and of a title too long for one line of that size
_SIZES = ((21, 18), (20, 18), (19, 17), (18, 16))  # of the body and the legend, in px
_KEY_SHARE = 0.5  # of the room below the heading, at most, where the text needs the rest
_GAP = 12 * PX
_CARD_SIZES = (22, 21, 20, 19, 18, 17)
_COLUMN_GAP = 44 * PX


def draw_panel(
    sheet: Sheet,
    caption: Caption,
    listed: Sequence[Sample],
    rect: Rect,
    *,
    marks: Mapping[str, str],
    lang: str,
) -> None:
    """Write heading, text and legend into a panel; the legend stands at its foot.

    The letters get smaller, within bounds, until all has room; then the text is
    cut, and the legend says how much more there is.
    """
    top = _heading(sheet, caption, rect)
    room = top - rect.y - _GAP
    sections = tuple(filter(None, (_lettered(each, marks) for each in caption.sections)))
    brief = tuple(_brief(section) for section in sections)
    for body_px, key_px, each in _ways(sections, brief):
        key = Key(listed, key_px, rect.width, lang)
        lines = [line for one in each for line in set_section(one, body_px, rect.width)]
        if lines_height(lines) + key.height <= room:
            break
    else:
        key = key.within(room * _KEY_SHARE)
        cut = texts(lang).t("film.cut")
        lines = fitted_sections(brief, body_px, rect.width, room - key.height, cut)
    write_down(sheet, lines, (rect.x, top))
    if listed:
        _rule(sheet, rect, rect.y + key.height)
        key.draw(sheet, (rect.x, rect.y + key.height))


def _ways(
    sections: Sequence[Section], brief: Sequence[Section]
) -> Iterator[tuple[float, float, Sequence[Section]]]:
    """Give the sizes to try, all with the whole text first, then with its briefer form."""
    for each in dict.fromkeys((tuple(sections), tuple(brief))):
        yield from ((body, key, each) for body, key in _SIZES)


def _brief(section: Section) -> Section:
    return tuple(replace(para, text=para.brief) if para.brief else para for para in section)


def draw_card(sheet: Sheet, caption: Caption, rect: Rect, lang: str) -> None:
    """Write a card without a map: a heading, and the sections in two columns."""
    width = (rect.width - _COLUMN_GAP) / 2
    y = rect.top - 34 * PX
    sheet.text(rect.x, y, caption.heading, px_face(40, bold=True))
    sheet.text(rect.right, y, caption.kicker, px_face(20, colour=MUTED_INK), align="right")
    y -= 18 * PX
    _rule(sheet, rect, y)
    blocks, small, rooms = list[Block](), px_face(_CARD_SIZES[-1]), [y - rect.y] * 2
    for px in _CARD_SIZES:
        blocks = [Block(tuple(set_section(each, px, width))) for each in caption.sections]
        if sum(map(len, poured(blocks, rooms))) == len(blocks):
            break
    cut = Block(tuple(lines_of(texts(lang).t("film.cut"), small, width)))
    for number, column in enumerate(poured_honestly(blocks, rooms, lambda _: cut)):
        lines = [line for block in column for line in block.lines]
        write_down(sheet, lines, (rect.x + number * (width + _COLUMN_GAP), y))


def _heading(sheet: Sheet, caption: Caption, rect: Rect) -> float:
    """Write the heading; gives the height below it."""
    y = rect.top - 15 * PX
    if caption.kicker:
        text, face = fitted(caption.kicker, px_face(17, italic=True, colour=MUTED_INK), rect.width)
        sheet.text(rect.x, y, text, face)
    big = px_face(_HEADING_PX, bold=True)
    if width_mm(caption.heading, big) > rect.width:
        big = px_face(_TITLE_PX, bold=True)
    for line in wrapped(caption.heading, big, rect.width):
        y -= big.leading_mm * 0.86
        sheet.text(rect.x, y, line, big)
    y -= 8 * PX
    under = px_face(20, italic=True)
    for line in wrapped_to(caption.under, under, rect.width, 2):
        y -= under.leading_mm
        sheet.text(rect.x, y, line, under)
    y -= 10 * PX
    _rule(sheet, rect, y)
    return y


def _lettered(section: Section, marks: Mapping[str, str]) -> Section:
    """Put the letter of an event on the map before its title.

    Events in small letters are there for their letters only, and stand in one line.
    """
    lettered = [
        replace(para, text=f"({marks[para.event_id]}) {para.text}")
        if para.event_id in marks
        else para
        for para in section
    ]
    if not all(para.kind == "small" and para.event_id for para in section):
        return tuple(lettered)
    marked = [para.text for para in lettered if para.event_id in marks]
    return (Para(" · ".join(marked), "small"),) if marked else ()


def _rule(sheet: Sheet, rect: Rect, y: float) -> None:
    sheet.line(line_path([(rect.x, y), (rect.right, y)]), _RULE)
