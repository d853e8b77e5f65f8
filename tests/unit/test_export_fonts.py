"""Letters: every script of the atlas has them, and a PDF takes them along."""

import re
from dataclasses import fields, is_dataclass

import pytest

from maps.atlas.load import default_atlas_folder, load_tables
from maps.atlas.model import Date
from maps.catalogue import read_catalogue
from maps.export import comparison_bytes, export_bytes
from maps.map.ground import place_labels
from maps.sheet.sheet import Pen, Rect, Sheet
from maps.sheet.typeset import Face, cleaned, drawable, runs, shortened, width_mm, wrapped
from maps.words.i18n import available_languages, interface_catalogue

FACES = [
    Face(8, family=family, bold=bold, italic=italic)
    for family in ("serif", "plain")
    for bold in (False, True)
    for italic in (False, True)
]
ALPHABETS = {
    "hy": "ԱԲԳԴԵԶԷԸԹԺԻԼԽԾԿՀՁՂՃՄՅՆՇՈՉՊՋՌՍՎՏՐՑՒՓՔՕՖ աբգդեզէըթժիլխծկհձղճմյնշոչպջռսվտրցւփքօֆ և",
    "az": "ABCÇDEƏFGĞHXIİJKQLMNOÖPRSŞTUÜVYZ abcçdeəfgğhxıijkqlmnoöprsştuüvyz",
    "ru": "АБВГДЕЁЖЗИЙКЛМНОПРСТУФХЦЧШЩЪЫЬЭЮЯ абвгдеёжзийклмнопрстуфхцчшщъыьэюя",
    "fa": "آا ب پ ت ث ج چ ح خ د ذ ر ز ژ س ش ص ض ط ظ ع غ ف ق ک گ ل م ن و ه ی ء أ ؤ ئ هٔ می‌شود «؟،؛»",
}


def texts_of(value):
    """Give every text of a record and of all records in it."""
    if isinstance(value, str):
        yield value
    elif is_dataclass(value):
        for each in fields(value):
            yield from texts_of(getattr(value, each.name))
    elif isinstance(value, dict):
        for each in value.values():
            yield from texts_of(each)
    elif isinstance(value, (list, tuple)):
        for each in value:
            yield from texts_of(each)


def unwritable(texts, face):
    return sorted(text for text in texts if drawable(text, face) != cleaned(text))


@pytest.fixture(scope="module")
def all_texts(shipped_atlas):
    records = (
        *shipped_atlas.regions.values(), *shipped_atlas.polities.values(),
        *shipped_atlas.perspectives.values(), *shipped_atlas.sources.values(),
        shipped_atlas.events, shipped_atlas.statuses, shipped_atlas.accounts,
        shipped_atlas.periods, shipped_atlas.settings.title, shipped_atlas.settings.disclaimer,
        [layer.name for layer in shipped_atlas.settings.layers],
    )  # fmt: skip
    found = {text for record in records for text in texts_of(record)}
    for lang in shipped_atlas.settings.name_languages:
        found |= {region.name(lang) for region in shipped_atlas.regions.values()}
        found |= {label["text"] for label in place_labels(shipped_atlas, lang)}
    return found


@pytest.mark.parametrize("face", FACES, ids=lambda f: f"{f.family}-{f.bold:d}{f.italic:d}")
def test_every_text_of_the_atlas_can_be_written(all_texts, face):
    assert len(all_texts) > 1000
    assert unwritable(all_texts, face) == []


@pytest.mark.parametrize("lang", available_languages()[1:])
def test_every_translation_can_be_written(lang):
    said = set(interface_catalogue(lang).texts.values())
    assert len(said) > 700
    if of_atlas := load_tables(default_atlas_folder()).catalogues.get(lang):
        said.update(read_catalogue(of_atlas).texts.values())
    for face in FACES:
        assert unwritable(said, face) == []


@pytest.mark.parametrize("lang", ALPHABETS)
def test_the_alphabets_of_the_name_languages_can_be_written(lang):
    for face in FACES:
        assert unwritable([ALPHABETS[lang]], face) == []


def test_a_letter_no_font_has_is_found_out():
    planted = "Artsakh \N{CUNEIFORM SIGN A}"
    assert unwritable(["Artsakh", planted], Face(8)) == [planted]
    assert drawable(planted, Face(8)) == "Artsakh \N{REPLACEMENT CHARACTER}"


def fonts_in(pdf):
    """Give the kinds of fonts of a PDF, how many are described, and how many are in it."""
    kinds = set(re.findall(rb"/Subtype /(CIDFontType\d|Type0|Type1|Type3|TrueType)", pdf))
    described = len(re.findall(rb"/Type /FontDescriptor", pdf))
    return kinds, described, len(re.findall(rb"/FontFile\d", pdf))


@pytest.mark.slow
@pytest.mark.parametrize("lang", ["hy", "az", "ru"])
def test_a_pdf_takes_all_its_fonts_along(shipped_atlas, lang):
    days = [Date(1991, 9, 2), Date(1994, 5, 12)]
    for drawn in (
        export_bytes(shipped_atlas, days[0], "pdf", lang=lang, dpi=50),
        comparison_bytes(shipped_atlas, days, "pdf", lang=lang, dpi=50),
    ):
        kinds, described, embedded = fonts_in(drawn)
        assert kinds == {b"Type0", b"CIDFontType2"}
        assert described == embedded > 4


def test_names_on_the_map_are_letters_in_a_pdf_not_outlines():
    sheets = [Sheet(100, 100), Sheet(100, 100)]
    for sheet in sheets:
        sheet.text(10, 10, "beside", Face(8))
    sheets[0].text(10, 50, "Շուշի", Face(8, bold=True), halo_mm=0.3)
    plain = {"CreationDate": None}
    with_name, without = (sheet.save("pdf", 50, plain) for sheet in sheets)
    assert b"DejaVuSerif-Bold" in with_name
    assert b"DejaVuSerif-Bold" not in without


def test_an_svg_needs_no_font_and_says_its_names_aloud(shipped_atlas):
    drawn = export_bytes(shipped_atlas, Date(1991, 9, 2), "svg", lang="hy", dpi=50)
    assert b"<text" not in drawn
    told = drawn[drawn.index(b"<desc") : drawn.index(b"</desc>")].decode()
    for name in ("Հադրութ", "Շուշայի / Շուշիի շրջան", "Երևան", "Parsabad"):
        assert name in told


def test_a_word_of_a_hundred_thousand_letters_is_measured_a_line_at_a_time():
    face, word = Face(8), "x" * 100_000
    lines = wrapped(word, face, 60)
    assert "".join(lines) == word
    assert all(60 - width_mm("x", face) < width_mm(line, face) <= 60 for line in lines[:-1])
    cut = shortened(word, face, 60)
    assert width_mm(cut, face) <= 60 < width_mm(f"x{cut}", face)


@pytest.mark.parametrize("face", FACES, ids=lambda f: f"{f.family}-{f.bold:d}{f.italic:d}")
def test_a_line_written_from_the_right_is_one_piece(face):
    # Pieces follow each other from the left: in several the last word would come first.
    line = "امپراتوری روم, Rome, 27 ق.م."
    assert [run.text for run in runs(line, face)] == [line]


@pytest.mark.parametrize(("direction", "x", "align"), [("ltr", 12, "left"), ("rtl", 88, "right")])
def test_what_is_read_from_the_right_is_laid_out_from_there(direction, x, align):
    sheet, at = Sheet(100, 50), [(12, 5), (20, 5)]
    with sheet.laid_out(direction, Rect(10, 0, 80, 50)):
        sheet.text(12, 5, "Rome", Face(8))
        sheet.line(at, Pen("black", 1))
    sheet.text(12, 5, "Rome", Face(8))
    inside, after = sheet.texts
    placed = [
        text.get_transform().transform(text.get_position())[0] / sheet.width for text in sheet.texts
    ]
    assert inside.get_horizontalalignment() == align
    assert after.get_horizontalalignment() == "left"
    assert placed[0] / placed[1] == pytest.approx(x / 12)
