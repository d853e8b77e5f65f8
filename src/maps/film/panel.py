"""The words of a picture: the panel beside the map, and cards without a map.

Text is set into the room there is, and cut honestly where it is too long.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from itertools import accumulate

from maps.film.plan import Caption, Para, Section
from maps.looks.style import INK, MUTED_INK
from maps.sheet.columns import (
    Block,
    Line,
    all_fit,
    lines_height,
    lines_of,
    poured_honestly,
    write_down,
)
from maps.sheet.paint import SWATCH_MM, Sample, draw_sample
from maps.sheet.sheet import Pen, Rect, Sheet
from maps.sheet.typeset import Face, fitted, shortened, width_mm, wrapped, wrapped_to
from maps.words.i18n import texts

PX = 25.4 / 96  # a pixel of a film 1280 wide, in mm: a CSS pixel
_RULE = Pen(MUTED_INK, 0.8, opacity=0.6)
_HEADING_PX, _TITLE_PX = 48, 33  # of a day, and of a title too long for one line of that size
_SIZES = ((21, 18), (20, 18), (19, 17), (18, 16))  # of the body and the legend, in px
_KEY_SHARE = 0.5  # of the room below the heading, at most, where the text needs the rest
_GAP = 12 * PX
_CARD_SIZES = (22, 21, 20, 19, 18, 17)
_COLUMN_GAP = 44 * PX
_SMALL_SHARE = 0.24  # of the room, for each section in small letters where not all fits
_PARA_GAP, _SECTION_GAP = 0.28, 0.62  # above a paragraph and a section, in lines of the body
# Of the legend: a swatch by a pixel of the letters, in units of maps.sheet.layout; the room
# between it and its words; between two samples, and from line to line, in sizes of the letters.
_SWATCH, _BESIDE_UNITS, _APART, _LEADING = 0.068, 2.0, 1.1, 1.42
_ABOVE_PX = 9
_Row = list[tuple[Sample, list[str], float]]  # each with its words and its distance from the left


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
    brief = tuple(
        tuple(replace(para, text=para.brief) if para.brief else para for para in section)
        for section in sections
    )
    # All sizes with the whole text first, then with its briefer form.
    ways = [(*sizes, each) for each in dict.fromkeys((sections, brief)) for sizes in _SIZES]
    for body_px, key_px, each in ways:
        rows = _legend_rows(listed, len(listed), key_px, rect.width, lang)
        lines = [line for one in each for line in set_section(one, body_px, rect.width)]
        if lines_height(lines) + _legend_height(rows, key_px) <= room:
            break
    else:
        for kept in range(len(listed), 0, -1):
            rows = _legend_rows(listed, kept, key_px, rect.width, lang)
            if _legend_height(rows, key_px) <= room * _KEY_SHARE:
                break
        room -= _legend_height(rows, key_px)
        lines = fitted_sections(brief, body_px, rect.width, room, texts(lang).t("film.cut"))
    write_down(sheet, lines, (rect.x, top))
    if not listed:
        return
    y, face = rect.y + _legend_height(rows, key_px), px_face(key_px)
    sheet.line([(rect.x, y), (rect.right, y)], _RULE)
    y -= _ABOVE_PX * PX
    for row in rows:
        for sample, said, x in row:
            if not sample.only_words:
                draw_sample(sheet, sample, said, (rect.x + x, y), face, unit=key_px * _SWATCH)
                continue
            for number, line in enumerate(said):
                below = number * face.leading_mm + key_px * PX * 0.95
                sheet.text(rect.x + x, y - below, line, face)
        y -= max(len(said) for _, said, _ in row) * key_px * _LEADING * PX


def _legend_rows(
    listed: Sequence[Sample], kept: int, px: float, room_mm: float, lang: str
) -> list[_Row]:
    """Put the first samples of a legend on lines, as words are; the last says how many are over."""
    shown = list(listed[:kept])
    if kept < len(listed):
        more = texts(lang).t("film.more_legend", count=len(listed) - kept)
        shown.append(Sample(more, only_words=True))
    face, swatch = px_face(px), (SWATCH_MM[0] + _BESIDE_UNITS) * px * _SWATCH
    rows, x = list[_Row](), 0.0
    for sample in shown:
        indent = 0.0 if sample.only_words else swatch
        said = wrapped(sample.label, face, room_mm - indent)
        needed = indent + max(width_mm(line, face) for line in said)
        if not rows or x + needed > room_mm:
            rows.append([])
            x = 0.0
        rows[-1].append((sample, said, x))
        x += needed + px * _APART * PX
    return rows


def _legend_height(rows: Sequence[_Row], px: float) -> float:
    """Give the height of a legend in mm, with some room above."""
    lines = sum(max(len(said) for _, said, _ in row) for row in rows)
    return (lines * px * _LEADING + _ABOVE_PX) * PX if rows else 0.0


def draw_card(sheet: Sheet, caption: Caption, rect: Rect, lang: str) -> None:
    """Write a card without a map: a heading, and the sections in two columns."""
    width = (rect.width - _COLUMN_GAP) / 2
    y = rect.top - 34 * PX
    sheet.text(rect.x, y, caption.heading, px_face(40, bold=True))
    sheet.text(rect.right, y, caption.kicker, px_face(20, colour=MUTED_INK), align="right")
    y -= 18 * PX
    sheet.line([(rect.x, y), (rect.right, y)], _RULE)
    rooms, small = [y - rect.y] * 2, px_face(_CARD_SIZES[-1])
    for px in _CARD_SIZES:
        blocks = [Block(tuple(set_section(each, px, width))) for each in caption.sections]
        if all_fit(blocks, rooms):
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
    sheet.line([(rect.x, y), (rect.right, y)], _RULE)
    return y


def _lettered(section: Section, marks: Mapping[str, str]) -> Section:
    """Put the letter of an event on the map before its title.

    Events in small letters are there for their letters only, and stand in one line.
    """
    lettered = tuple(
        replace(para, text=f"({marks[para.event_id]}) {para.text}")
        if para.event_id in marks
        else para
        for para in section
    )
    if not all(para.kind == "small" and para.event_id for para in section):
        return lettered
    marked = [para.text for para in lettered if para.event_id in marks]
    return (Para(" · ".join(marked), "small"),) if marked else ()


def px_face(px: float, *, bold: bool = False, italic: bool = False, colour: str = INK) -> Face:
    """Give a face by the size of its letters in pixels."""
    return Face(px * 0.75, bold=bold, italic=italic, colour=colour)


def set_section(section: Section, px: float, width_mm: float) -> list[Line]:
    """Break the paragraphs of a section into lines."""
    known = {
        "title": px_face(px * 1.08, bold=True),
        "head": px_face(px * 0.86, bold=True, colour=MUTED_INK),
        "body": px_face(px),
        "note": px_face(px * 0.92, italic=True, colour=MUTED_INK),
        "small": px_face(px * 0.84, colour=MUTED_INK),
    }
    lines, body = list[Line](), known["body"].leading_mm
    for para in section:
        face = known[para.kind]
        for number, text in enumerate(wrapped(para.text, face, width_mm)):
            gap = 0.0 if number else (_PARA_GAP if lines else _SECTION_GAP) * body
            lines.append(Line(text, face, face.leading_mm + gap))
    return lines


def fitted_sections(
    sections: Sequence[Section], px: float, width_mm: float, room_mm: float, cut: str
) -> list[Line]:
    """Set sections into a room; where all do not fit, the long ones are cut to equal room.

    Those in small letters give way first. The last line of a section that was
    cut ends with ``cut``.
    """
    columns = [set_section(section, px, width_mm) for section in sections]
    needed = [lines_height(lines) for lines in columns]
    is_small = [all(para.kind == "small" for para in section) for section in sections]
    shares = [
        min(height, room_mm * _SMALL_SHARE) if small else 0.0
        for height, small in zip(needed, is_small, strict=True)
    ]
    left = room_mm - sum(shares)
    # Each has what it needs, or an equal part of what those who need less leave.
    large = sorted((at for at, small in enumerate(is_small) if not small), key=needed.__getitem__)
    for number, at in enumerate(large):
        shares[at] = min(needed[at], left / (len(large) - number))
        left -= shares[at]
    kept, over = list[Line](), 0.0  # over: what a section could not use, less than a line
    for lines, share in zip(columns, shares, strict=True):
        own = _cut(lines, share + over, cut, width_mm)
        over += share - lines_height(own)
        kept += own
    return kept


def _cut(lines: Sequence[Line], room: float, cut: str, width_mm: float) -> list[Line]:
    """Keep the lines that have room; the ellipsis of ``cut`` stands for all that is left out."""
    if lines_height(lines) <= room + 1e-6:
        return list(lines)
    below = accumulate(line.down_mm for line in lines)
    kept = [line for line, down in zip(lines, below, strict=True) if down <= room]
    if not kept:
        return []
    last, said = kept[-1], shortened(cut, kept[-1].face, width_mm)
    words = last.text.split(" ")
    for count in range(len(words), 0, -1):
        longer = f"{' '.join(words[:count]).rstrip(',;:.')} {cut}"
        if shortened(longer, last.face, width_mm) == longer:
            said = longer
            break
    return [*kept[:-1], replace(last, text=said)]
