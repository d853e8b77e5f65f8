from dataclasses import replace

from maps.data.bibliography import ris


def test_a_source_is_written_tag_by_tag_and_ends(islands_atlas):
    csl = {
        "type": "article-journal",
        "title": "On  the\nnarrows",
        "author": [{"family": "Lindqvist", "given": "Maria"}, {"literal": "Royal Survey"}],
        "issued": {"date-parts": [[1961, 3]]},
        "URL": "https://example.org/a",
    }
    source = replace(islands_atlas.sources["S01"], csl=csl)
    assert ris([source]).splitlines() == [
        "TY  - JOUR",
        "ID  - S01",
        "AU  - Lindqvist, Maria",
        "AU  - Royal Survey",
        "TI  - On the narrows",
        "PY  - 1961/03",
        "UR  - https://example.org/a",
        "ER  - ",
    ]
