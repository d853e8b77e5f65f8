import warnings
from types import MappingProxyType

import citeproc
import pytest
from lxml import etree

from kit import calls
from maps.atlas.model import Citation, Source
from maps.cards.citing import reference
from maps.data.bibliography import bibtex
from maps.map.payload import Citations
from maps.words.cite import (
    STYLE,
    citation_text,
    located_text,
    reference_html,
    reference_text,
)

INJECTION = "<script>alert(1)</script>\"'&amp;{x}"


def source(**csl):
    return Source(csl.get("id", "S04"), MappingProxyType({"id": "S04", **csl}), "someone")


@pytest.fixture
def collection():
    return source(
        type="book",
        title="Nagorny Karabakh in 1918-1923: collection of documents and materials",
        publisher="Academy of Sciences of Armenia",
        issued={"date-parts": [[1992]]},
        **{"publisher-place": "Yerevan", "number-of-pages": "756"},
    )


def test_a_book_is_named_by_title_place_publisher_year_and_pages(collection):
    assert reference_text(collection) == (
        "Nagorny Karabakh in 1918-1923: collection of documents and materials, "
        "Yerevan: Academy of Sciences of Armenia, 1992, 756 p."
    )


def test_a_newspaper_without_article_title_is_named_by_its_own():
    newspaper = source(
        type="article-newspaper",
        issue="178",
        issued={"date-parts": [[1920, 12, 2]]},
        **{"container-title": "Kommunist", "publisher-place": "Baku"},
    )
    assert reference_text(newspaper) == "Kommunist no. 178, Baku, 2 December 1920"


def test_a_web_page_keeps_its_address_and_the_day_it_was_read():
    page = source(
        type="webpage",
        title="From the minutes",
        URL="https://example.org/?a=1&b=2",
        accessed={"date-parts": [[2023, 8, 11]]},
    )
    assert reference_text(page).endswith("https://example.org/?a=1&b=2, accessed 11 August 2023")
    assert "?a=1&amp;b=2" in reference_html(page)


def test_the_number_as_printed_stands_beside_the_resolved_place(collection):
    citation = Citation(
        "c1", collection, "printed", "[4, doc. N 420, pp. 601-602]", "doc. 420, pp. 601–602"
    )
    assert located_text(citation).endswith("756 p., doc. 420, pp. 601–602")
    assert citation_text(citation).endswith(
        "doc. 420, pp. 601–602 (cited as [4, doc. N 420, pp. 601-602])"
    )


def test_a_citation_the_article_does_not_print_says_nothing_of_print(collection):
    assert "printed as" not in citation_text(Citation("c1", collection, "evidence"))


def test_names_of_months_and_editors_follow_the_language(collection):
    assert "1992 г." in reference_text(collection, "ru")
    assert reference_text(collection, "xx") == reference_text(collection, "en")


@pytest.mark.parametrize(
    "field",
    ["title", "container-title", "publisher", "publisher-place", "genre", "URL", "DOI", "page",
     "issue", "volume", "edition", "number", "archive", "number-of-pages"],
)  # fmt: skip
def test_no_field_can_bring_markup_into_html(field):
    written = reference_html(source(type="book", **{field: INJECTION}))
    assert "<script" not in written
    assert '"' not in written.replace("&quot;", "")


@pytest.mark.parametrize(
    "names", [[{"literal": INJECTION}], [{"family": INJECTION, "given": INJECTION}]]
)
@pytest.mark.parametrize("role", ["author", "editor"])
def test_no_name_can_bring_markup_into_html(role, names):
    assert "<script" not in reference_html(source(type="book", title="T", **{role: names}))


@pytest.mark.parametrize("kind", ["webpage", "book"])
def test_a_description_stands_as_one_and_not_as_a_title(kind):
    described = {"type": kind, "title": "[Table of areas]", "publisher": "Forum"}
    assert reference_html(source(**described)).startswith("[Table of areas], Forum")
    marked = reference_text(source(**described, genre="forum thread"))
    assert marked.startswith("[Table of areas], forum thread, Forum")
    titled = source(**(described | {"title": "[Map] of areas"}))
    assert reference_html(titled)[0] in "‘<"


def test_marks_of_italics_in_a_title_do_not_unbalance_the_markup():
    written = reference_html(source(type="book", title="a\ue000b\ue001\ue001c"))
    assert written.count("<i>") == written.count("</i>")


def test_unknown_fields_of_a_source_raise_no_warning():
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        reference_text(source(type="book", title="T", custom={"note": "n"}, oddity="x"))


def test_a_source_with_no_usable_field_is_named_by_its_id():
    assert reference_text(source()) == "S04"


def test_eighty_sources_take_one_reading_of_the_style_and_no_more_work_each(
    collection, monkeypatch
):
    read, style = [], citeproc.CitationStylesStyle

    def counted(*words, **options):
        read.append(words)
        return style(*words, **options)

    monkeypatch.setattr(citeproc, "CitationStylesStyle", counted)
    first, second, *eighty = (Source(f"S{n}", collection.csl, "someone") for n in range(82))
    reference_text(first)  # reads the style, where no test before it has
    one = calls(lambda: reference_text(second))
    assert calls(lambda: [reference_text(each) for each in eighty]) < 1.1 * 80 * one
    assert len(read) <= 1


def test_the_style_is_valid_csl():
    schema = etree.RelaxNG(etree.parse(citeproc.SCHEMA_PATH))
    assert schema.validate(etree.parse(str(STYLE))), schema.error_log


def test_bibtex_escapes_what_tex_would_read():
    entry = bibtex(
        [
            source(
                type="article-journal",
                title="50% of A&B_{c}",
                URL="https://example.org/a_b%20{c}",
                author=[{"family": "Աբրահամյան", "given": "Հ."}, {"literal": "Centre & Co"}],
                issued={"date-parts": [[2012, 3]]},
                **{"container-title": "Journal"},
            )
        ]
    )
    assert entry.splitlines() == [
        "@article{S04,",
        "  author = {Աբրահամյան, Հ. and {Centre \\& Co}},",
        "  title = {{50\\% of A\\&B\\_\\{c\\}}},",
        "  url = {https://example.org/a_b%20%7Bc%7D},",
        "  journal = {Journal},",
        "  year = {2012},",
        "  month = {3},",
        "}",
    ]


def test_bibtex_tells_when_a_page_was_read_and_what_archive_holds_it():
    entry = bibtex(
        [
            source(
                type="webpage",
                title="[Table of areas]",
                accessed={"date-parts": [[2023, 8, 1]]},
                translator=[{"literal": "Barsegov"}],
                archive="IPFS",
            )
        ]
    )
    assert "  title = {{[Table of areas]}}," in entry
    assert "  urldate = {2023-08-01}," in entry
    assert "  translator = {{Barsegov}}," in entry
    assert "  note = {archive: IPFS}," in entry


BY_DOI = "https://doi.org/10.1000/182"


@pytest.mark.parametrize(
    ("csl", "address"),
    [
        ({"DOI": "10.1000/182"}, BY_DOI),
        ({"DOI": "10.1000/182", "URL": "https://paper.example"}, BY_DOI),
        ({"URL": "https://paper.example"}, "https://paper.example"),
        ({"URL": "javascript:alert(1)"}, ""),
        ({}, ""),
    ],
)
def test_a_source_is_read_at_its_doi_or_else_at_its_url(csl, address):
    assert source(**csl).address == address


def test_a_source_with_a_doi_alone_has_a_link_wherever_it_is_cited():
    article = source(type="article-journal", title="A title", DOI="10.1000/182")
    popups = Citations("en")
    popups.ids([Citation("C1", article, "printed")])
    assert popups.sources["S04"]["url"] == BY_DOI
    assert f'href="{BY_DOI}"' in reference(article, "en")
    assert f"url = {{{BY_DOI}}}" in bibtex([article])
    assert "doi = {10.1000/182}" in bibtex([article])
