"""Text set into the room beside a map, cut honestly where it is too long."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from maps.film.captions import Section
from maps.looks.style import MUTED_INK
from maps.sheet.columns import Line, lines_height
from maps.sheet.typeset import Face, shortened, wrapped

PX = 25.4 / 96  # a pixel of a film 1280 wide, in mm: a CSS pixel
_SMALL_SHARE = 0.24  # of the room, for each section in small letters where not all fits
_PARA_GAP, _SECTION_GAP = 0.28, 0.62  # above a paragraph and a section, in lines of the body


def px_face(
    px: float, *, bold: bool = False, italic: bool = False, colour: str | None = None
) -> Face:
    """Give a face by the size of its letters in pixels."""
    face = Face(px * 0.75, bold=bold, italic=italic)
    return replace(face, colour=colour) if colour else face


def faces(px: float) -> dict[str, Face]:
    """Give the face of each kind of paragraph, for a body of some pixels."""
    return {
        "title": px_face(px * 1.08, bold=True),
        "head": px_face(px * 0.86, bold=True, colour=MUTED_INK),
        "body": px_face(px),
        "note": px_face(px * 0.92, italic=True, colour=MUTED_INK),
        "small": px_face(px * 0.84, colour=MUTED_INK),
    }


def set_section(section: Section, px: float, width_mm: float) -> list[Line]:
    """Break the paragraphs of a section into lines."""
    known, lines = faces(px), list[Line]()
    body = known["body"].leading_mm
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
    needed = [
        min(lines_height(lines), room_mm * _SMALL_SHARE)
        if _is_small(section)
        else lines_height(lines)
        for section, lines in zip(sections, columns, strict=True)
    ]
    kept, small = list[Line](), [_is_small(section) for section in sections]
    left = room_mm - sum(each for each, is_small in zip(needed, small, strict=True) if is_small)
    shares = iter(
        _shares([n for n, is_small in zip(needed, small, strict=True) if not is_small], left)
    )
    over = 0.0  # what a section could not use of its share, less than a line
    for lines, own, is_small in zip(columns, needed, small, strict=True):
        share = (own if is_small else next(shares)) + over
        set_lines = _kept(lines, share, cut, width_mm)
        over = share - lines_height(set_lines)
        kept += set_lines
    return kept


def _is_small(section: Section) -> bool:
    return all(para.kind == "small" for para in section)


def _shares(needed: Sequence[float], room: float) -> list[float]:
    """Give each what it needs, or an equal part of what those who need less leave."""
    shares = list(needed)
    left, waiting = room, sorted(range(len(needed)), key=lambda at: needed[at])
    while waiting:
        at = waiting.pop(0)
        shares[at] = min(needed[at], left / (len(waiting) + 1))
        left -= shares[at]
    return shares


def _kept(lines: Sequence[Line], room: float, cut: str, width_mm: float) -> list[Line]:
    if lines_height(lines) <= room + 1e-6:
        return list(lines)
    kept: list[Line] = []
    for line in lines:
        if lines_height(kept) + line.down_mm > room:
            break
        kept.append(line)
    if not kept:
        return []
    last = kept[-1]
    # The ellipsis of the cut stands for what is left out, of the line and after it.
    return [*kept[:-1], replace(last, text=_ended(last.text, cut, last.face, width_mm))]


def _ended(text: str, cut: str, face: Face, width_mm: float) -> str:
    words = text.split(" ")
    while words:
        said = f"{' '.join(words).rstrip(',;:.')} {cut}"
        if shortened(said, face, width_mm) == said:
            return said
        words.pop()
    return shortened(cut, face, width_mm)
