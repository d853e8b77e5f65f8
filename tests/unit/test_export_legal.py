"""Legal status on paper: whose claims are painted, in which textures, and in what words."""

from dataclasses import replace
from itertools import combinations

import numpy as np
import pytest
import shapely

from export_boxes import lines_of
from kit import pixels
from maps.atlas.model import Date
from maps.day.view import shown_on
from maps.errors import UnknownId
from maps.export import export_bytes
from maps.looks import style
from maps.looks.texture import BAND_PX, STRIPE_PX, TEXTURES, Band, Look
from maps.sheet.columns import Block, Line, Shares
from maps.sheet.figure import composed
from maps.sheet.layout import paper
from maps.sheet.paint import BAND_MM, fill
from maps.sheet.sheet import Rect, Sheet
from maps.sheet.typeset import Face
from maps.words.apparatus import Entry, apparatus, in_turns

BEFORE, NEXT_DAY = Date(1940, 1, 1), Date(1960, 3, 16)
TELLERS = ("all", "chronicle", "west-side", "east-side")


def said_on(atlas, perspective="all", day=NEXT_DAY, **wish):
    shown = shown_on(atlas, day, mode="legal", lang="en", perspective=perspective, **wish)
    return apparatus([shown], "UTM")


def lines_on(atlas, perspective="all", day=NEXT_DAY, size="a4", **wish):
    shown = shown_on(atlas, day, mode="legal", lang="en", perspective=perspective, **wish)
    sheet, _ = composed([shown], *paper(size))
    return lines_of(sheet)


def banded(colours, texture):
    return Look(tuple(Band(colour, texture) for colour in colours))


def square(look, area=None, dpi=250):
    """Draw a look on a square of 40 mm in the middle of a sheet of 60."""
    sheet, rect = Sheet(60, 60), Rect(10, 10, 40, 40)
    fill(sheet, [area or shapely.box(10, 10, 50, 50)], look, rect)
    return pixels(sheet.save("png", dpi, {}))


def shares(drawn, *colours):
    """Give the share of the square that is nearest to each colour, laid over paper."""
    edge = len(drawn) // 6
    inside = drawn[edge:-edge, edge:-edge]
    known = [np.array([int(c[at : at + 2], 16) for at in (1, 3, 5)]) for c in colours]
    paper_rgb = np.array([int(style.PAPER[at : at + 2], 16) for at in (1, 3, 5)])
    opacity = 0.85
    laid = [paper_rgb, *(c * opacity + paper_rgb * (1 - opacity) for c in known)]
    nearest = np.argmin([np.abs(inside - each).sum(axis=2) for each in laid], axis=0)
    return [float((nearest == number + 1).mean()) for number in range(len(known))]


# A band is as wide as a step is long: shares of a square of side 1, worked out by hand.
@pytest.mark.parametrize(
    ("texture", "share"),
    [
        ("lines", 2 * 0.26),
        ("dots", 2 * 0.21**2 * np.pi),
        ("dashes", 0.3 * 0.55),
        # Two strokes 0.56 high and 0.56 wide, less where they cross.
        ("crosses", 2 * 0.56 * np.sqrt(2) * 0.19 - 0.19**2),
        ("specks", (0.21 / BAND_MM) ** 2 * np.pi),
    ],
)
def test_a_texture_leaves_as_much_of_the_ground_free_as_on_the_screen(texture, share):
    drawn = square(Look((Band("#204060", texture),)))
    assert shares(drawn, "#204060") == pytest.approx([share], abs=0.015)


def test_bands_are_equally_wide_whatever_their_texture():
    colours = ("#a02020", "#2020a0")
    lines = shares(square(banded(colours, "lines")), *colours)
    assert lines == pytest.approx([0.26, 0.26], abs=0.015)
    solid = shares(square(banded(colours, "solid")), *colours)
    assert solid == pytest.approx([0.5, 0.5], abs=0.03)


def test_bands_with_textures_are_as_wide_as_two_stripes_without():
    assert BAND_PX == 2 * STRIPE_PX
    assert BAND_MM == 2.5


@pytest.mark.parametrize("texture", sorted(TEXTURES.keys() - {"nothing"}))
def test_no_texture_runs_out_of_its_area(texture):
    triangle = shapely.Polygon([(12, 12), (48, 12), (12, 48)])
    drawn = square(Look((Band("#204060", texture), Band("#602040"))), triangle)
    middle = len(drawn) // 2
    beyond = drawn[: middle - 4, middle + 4 :]  # the long side ends at the middle of the sheet
    assert (beyond == beyond[0, -1]).all()
    assert not (drawn == beyond[0, -1]).all()


def test_a_texture_goes_on_from_one_piece_to_the_next():
    look = Look((Band("#204060", "dots"),))
    whole = square(look)
    sheet, rect = Sheet(60, 60), Rect(10, 10, 40, 40)
    for part in (shapely.box(10, 10, 27, 50), shapely.box(27, 10, 50, 50)):
        fill(sheet, [part], look, rect)
    halves = pixels(sheet.save("png", 250, {}))
    assert float((np.abs(whole - halves).max(axis=2) > 40).mean()) < 0.001


def test_each_perspective_gives_another_picture(islands_atlas):
    drawn = {
        teller: export_bytes(
            islands_atlas, NEXT_DAY, "png", mode="legal", perspective=teller, dpi=60
        )
        for teller in TELLERS
    }
    for one, other in combinations(TELLERS, 2):
        assert drawn[one] != drawn[other], (one, other)


def test_without_a_perspective_everyone_is_shown(islands_atlas):
    both = [
        export_bytes(islands_atlas, NEXT_DAY, "svg", mode="legal", perspective=perspective)
        for perspective in (None, "all")
    ]
    assert both[0] == both[1]


def test_an_unknown_perspective_is_refused_in_every_mode(islands_atlas):
    for mode in ("units", "control", "legal"):
        with pytest.raises(UnknownId, match="perspective 'nobody'"):
            shown_on(islands_atlas, NEXT_DAY, mode=mode, lang="en", perspective="nobody")


def test_a_unit_around_the_claims_is_only_a_line(islands_atlas):
    lines = lines_on(islands_atlas)
    assert "Isles" in lines
    assert "No statement in the sources" in lines  # the west isle and what is left of the east
    assert "Control" not in lines


def test_the_legend_explains_each_part_once_and_says_whose_statements_are_shown(islands_atlas):
    lines = lines_on(islands_atlas)
    for label in (
        "Whose statements: Everyone",
        "East League (law)",
        "West Realm (claim)",
        "West Realm (claim, says otherwise)",
        "East League (claim)",
        "Striped: statements differ or stand side by side",
    ):
        assert lines.count(label) == 1, label


def test_the_legend_of_one_teller_names_only_what_that_teller_says(islands_atlas):
    lines = lines_on(islands_atlas, "west-side")
    assert "Whose statements: West side" in lines
    assert "West Realm (claim)" in lines
    assert "Silent: nothing said of it" in lines
    assert not any(line.startswith(("East League", "Striped")) for line in lines)


def test_mode_and_link_name_the_perspective(islands_atlas):
    everyone, east = said_on(islands_atlas), said_on(islands_atlas, "east-side")
    assert everyone.mode == "Legal status · whose statements: Everyone"
    assert east.mode == "Legal status · whose statements: East side"
    link = "?day=1960-03-16&mode=legal&perspective={}&lang=en"
    assert everyone.small_print[-1].endswith(link.format("all"))
    assert east.small_print[-1].endswith(link.format("east-side"))


def test_claims_stand_under_their_tellers_and_a_denial_is_said_as_one(islands_atlas):
    found = [(entry.head, entry.text) for entry in said_on(islands_atlas).statements]
    denied = "The papers of the East League say that the shire was never parted from the isle"
    assert found[:4] == [
        ("The chronicle", "East League (law) – Strait Shire: Under the law of the East League"),
        ("West side", "West Realm (claim) – Strait Shire: Claimed by the West Realm"),
        ("East side", "East League (claim) – Strait Shire: Claimed by the East League"),
        ("East side", f"West Realm (claim, says otherwise) – Strait Shire: {denied}"),
    ]
    assert all(entry.numbers for entry in said_on(islands_atlas).statements[:4])


def test_who_says_a_thing_in_part_is_said_to(islands_atlas):
    accounts = tuple(
        replace(account, stance="in-part") if account.status_id else account
        for account in islands_atlas.accounts
    )
    entries = said_on(replace(islands_atlas, accounts=accounts), "east-side").statements
    assert any(entry.text.startswith("West Realm (claim, says in part) – ") for entry in entries)


def test_who_is_silent_is_named(islands_atlas):
    silent = "Say nothing for this day, as far as the sources found go: {}"
    assert [entry.text for entry in said_on(islands_atlas, "west-side", BEFORE).statements] == [
        silent.format("West side")
    ]
    everyone = said_on(islands_atlas, "all", BEFORE).statements
    assert everyone[-1].text == silent.format("The chronicle, West side, East side")
    assert not any("Silent" in entry.text for entry in said_on(islands_atlas).statements)


def test_claims_on_land_outside_the_frame_are_not_listed(islands_atlas):
    west_only = " ".join(lines_on(islands_atlas, bbox=(20.4, 0.4, 20.6, 0.6)))
    assert "Claimed by" not in west_only
    assert "Say nothing for this day" in west_only


def test_no_teller_is_cut_off_for_the_many_words_of_another(islands_atlas):
    first = next(s for s in islands_atlas.statuses if s.id == "shire-under-east-law")
    many = tuple(replace(first, id=f"s{n}", text=f"Statement {n}") for n in range(300))
    lines = lines_on(replace(islands_atlas, statuses=(*islands_atlas.statuses, *many)))
    for head in ("The chronicle", "West side", "East side"):
        assert head in lines
    assert any("Claimed by the West Realm" in line for line in lines)
    shown = sum("Statement " in line for line in lines)
    assert 10 < shown < 300
    # Under the law of the East League is one of the 301 of the chronicle.
    assert f"… and more in the data: The chronicle {300 - shown}" in lines


def test_turns_take_one_of_each_group():
    assert in_turns([["a1", "a2", "a3"], ["b1"], ["c1", "c2"]]) == [
        "a1", "b1", "c1", "a2", "c2", "a3",
    ]  # fmt: skip


def shares_of(*entries):
    face = Face(8)

    def last(left_out):
        return Block((Line(f"{len(left_out)} more", face, face.leading_mm),))

    return Shares([Entry("", text, head=head) for head, text in entries], face, 50, 0, last)


def lines_in(blocks):
    return [[line.text for line in block.lines] for block in blocks]


def test_a_head_stands_over_the_first_of_its_entries_that_is_shown():
    shares = shares_of(("A", "one"), ("A", "two"), ("B", "three"), ("B", "four"))
    assert lines_in(shares.blocks([0, 1, 2]))[:3] == [["A", "one"], ["two"], ["B", "three"]]
    assert lines_in(shares.blocks([1, 3])) == [["A", "two"], ["B", "four"], ["2 more"]]


def test_nobody_gets_a_second_entry_while_a_teller_has_none():
    line = Face(8).leading_mm
    shares = shares_of(("A", "one"), ("A", "two"), ("B", "word " * 60), ("C", "three"))
    # Two heads with a line each and the last line need five lines and the spaces between.
    # With eight there would be room for A's second entry, but not for B's long one.
    (shown,) = shares.poured([8 * line])
    assert lines_in(shown) == [["A", "one"], ["C", "three"], ["2 more"]]


@pytest.mark.slow
def test_drawings_of_legal_status_stay_small_enough_to_mail(shipped_atlas):
    for fmt, most in (("svg", 2_000_000), ("pdf", 1_000_000)):
        drawn = export_bytes(shipped_atlas, Date(2020, 11, 10), fmt, mode="legal")
        assert len(drawn) < most, fmt
