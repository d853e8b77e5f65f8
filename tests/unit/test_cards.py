"""The cards of the page, read as a browser reads them."""

from dataclasses import replace

import pytest

from kit import Elements
from maps.atlas.model import AlternativeDate, Chain, ChainLink, Citation, Date
from maps.cards import (
    accounts,
    areas,
    day,
    event,
    history,
    links,
    method,
    region,
    regions,
    source,
    story,
)
from maps.cards.bars import Frame
from maps.cards.citing import citations
from maps.cards.markup import element, view_link, web_link
from maps.day.alternatives import with_dates
from maps.day.areas import area_rows
from maps.day.history import bands_of
from maps.words.search import source_matches

EVIL = "</p><script>alert(1)</script><img src=x onerror=alert(2)> ${alert(3)} \" onmouseover='x'"
ALLOWED = {"href", "target", "rel", "title", "lang", "class", "id", "scope", "datetime", "style"}
ALLOWED |= {"aria-hidden", "tabindex", "data-event", "data-region", "data-source"}
ALLOWED |= {"data-level", "data-dimension", "data-side", "data-stance", "data-account"}
ALLOWED |= {"data-point", "data-status", "data-story", "data-step", "aria-current"}
ALLOWED |= {"aria-label", "value", "max", "role", "data-label", "data-figure", "data-polity"}
ALLOWED |= {
    "data-at",
    "data-share",
    "name",
    "open",
    "data-certainty",
    "data-begins",
    "data-ends",
    "data-perspective",
}


def with_evil_texts(atlas):
    """Put an injection into every text of the records the cards show."""
    evil_source = replace(
        atlas.sources["S01"],
        csl={"id": "S01", "type": "book", "title": EVIL, "URL": "javascript:alert(4)"},
        note=EVIL,
        confidence_reason=EVIL,
    )
    cited = Citation("c", evil_source, "printed", EVIL, EVIL, EVIL, EVIL, EVIL, EVIL, EVIL, EVIL)
    evil_event = replace(
        atlas.events[0],
        title=EVIL,
        description=EVIL,
        actors=EVIL,
        place_as_printed=EVIL,
        corroboration=EVIL,
        note=EVIL,
        evidence=EVIL,
        date_status=EVIL,
        layer=EVIL,
        kinds=(EVIL,),
        cited_as_printed=EVIL,
        citations=(cited,),
    )
    evil_account = replace(
        atlas.accounts[0], text=EVIL, note=EVIL, event_id=evil_event.id, point_id="",
        citations=(cited,),
    )  # fmt: skip
    evil_point = replace(
        atlas.points["C1"], question=EVIL, finding=EVIL, event_ids=(evil_event.id,)
    )
    evil_chain = Chain("evil", EVIL, (ChainLink(evil_event.id, "act"),))
    evil_date = AlternativeDate(
        "evil", evil_event.id, EVIL, Date(1950, 6, 1), "chronicle", EVIL, (cited,)
    )
    names = tuple(
        replace(name, form=EVIL, lang=EVIL) for name in atlas.regions["strait-shire"].names
    )
    evil_region = replace(
        atlas.regions["strait-shire"], names=names, source_says=EVIL, kind=EVIL, citations=(cited,)
    )
    figures = tuple(
        replace(figure, base=EVIL, unit=EVIL, note=EVIL, date_text=EVIL) for figure in atlas.figures
    )
    told = atlas.stories["isles"]
    evil_step = replace(
        told.steps[0], title=EVIL, text=f"{EVIL} S01", quote=EVIL, quote_lang=EVIL, locator=EVIL,
        beside=EVIL, beside_points=("C1", "C1"), beside_events=(evil_event.id,),
    )  # fmt: skip
    evil_story = replace(
        told, title=EVIL, lead=EVIL, source_id="S01", steps=(evil_step, *told.steps[1:])
    )
    settings = replace(atlas.settings, title=EVIL, subtitle=EVIL, disclaimer=EVIL, cutoff=EVIL)
    return replace(
        atlas,
        settings=settings,
        events=(evil_event, *atlas.events[1:]),
        figures=figures,
        regions={**atlas.regions, "strait-shire": evil_region},
        sources={**atlas.sources, "S01": evil_source},
        periods=tuple(replace(period, name=EVIL) for period in atlas.periods),
        accounts=(evil_account, *(replace(a, text=EVIL, note=EVIL) for a in atlas.accounts)),
        points={"C1": evil_point},
        chains=(evil_chain,),
        event_dates=(evil_date,),
        stories={"isles": evil_story},
        statuses=tuple(replace(s, text=EVIL, note=EVIL, certainty=EVIL) for s in atlas.statuses),
    )


def step_of(atlas, place=0):
    told = atlas.stories["isles"]
    return told, told.steps[place]


def every_card(atlas):
    shown = Date(1960, 3, 15)
    return [
        event.event_card(atlas, atlas.events[0], "en"),
        event.event_meta(atlas, atlas.events[0], "en"),
        region.region_card(atlas, atlas.regions["strait-shire"], shown, "en"),
        region.region_card(atlas, atlas.regions["strait-shire"], shown, "en", "all"),
        story.story_head(atlas, atlas.stories["isles"], "en"),
        story.step_head(*step_of(atlas), "en"),
        story.step_line(atlas, *step_of(atlas), "en", under_way=True),
        story.step_card(atlas, *step_of(atlas), "en", {"tab": EVIL}),
        day.page_head(atlas, shown, "units", "en", {"event": EVIL}),
        day.period_chips(atlas.periods, "en"),
        day.change_list([EVIL]),
        source.bibliography(atlas, EVIL, atlas.sources.values(), "en"),
        method.about(atlas, "en"),
        method.accuracy(atlas, "en"),
        method.figures(atlas, "en"),
        method.origins(atlas, "en"),
        method.all_notes(atlas, "en"),
        *time_cards(atlas, shown),
    ]


def time_cards(atlas, shown):
    shire = atlas.regions["strait-shire"]
    bands = bands_of(atlas, shire.id)
    frame = Frame(atlas.settings.first_day, atlas.settings.last_day)
    rows = area_rows(atlas, "claim")
    return [
        history.history_chart(atlas, shire, bands, frame, day=shown, lang="en"),
        history.history_table(atlas, shire, bands, "en"),
        regions.names_table(atlas, shire, "en"),
        region.region_background(atlas, shire, "en"),
        regions.points(atlas, atlas.points.values(), "en"),
        regions.numbers(atlas, shire, "en"),
        areas.areas_table(atlas, rows, "en"),
        areas.areas_legend(atlas, rows, "en", published=True),
        areas.computing(atlas, "en"),
    ]


def test_no_text_of_an_atlas_becomes_markup(islands_atlas):
    for card in every_card(with_evil_texts(islands_atlas)):
        seen = Elements(card)
        assert not {"script", "img"} & {tag for tag, _ in seen.found}
        assert {name for _, held in seen.found for name in held} <= ALLOWED


def test_injected_text_is_shown_as_it_stands(islands_atlas):
    atlas = with_evil_texts(islands_atlas)
    assert EVIL in Elements(event.event_card(atlas, atlas.events[0], "en")).text


@pytest.mark.parametrize("url", ["javascript:alert(1)", "data:text/html,x", "//evil.example", ""])
def test_only_a_web_address_becomes_a_link(url):
    assert "<a" not in web_link(url, "here")
    assert 'href="https://example.org/?a=1&amp;b=2"' in web_link(
        "https://example.org/?a=1&b=2", "here"
    )


def test_a_view_link_leaves_out_what_is_empty():
    assert view_link("A19", event="A19", region="") == '<a href="?event=A19" target="_self">A19</a>'


def test_attributes_are_escaped():
    assert element("p", "x", title='"><script>') == '<p title="&#34;&gt;&lt;script&gt;">x</p>'


def test_a_citation_shows_the_printed_form_beside_the_resolved_one(islands_atlas):
    landing = islands_atlas.events[1]
    printed = next(cited for cited in landing.citations if cited.role == "printed")
    text = Elements(citations(islands_atlas, [printed], "en")).text
    assert text.index("[1, p. 9]") < text.index("Actes du royaume de l’Ouest, 1961, p. 9")
    assert "page or document: inferred" in text


def test_an_event_card_names_place_evidence_notes_and_that_accounts_differ(islands_atlas):
    text = Elements(event.event_card(islands_atlas, islands_atlas.events[1], "en")).text
    for expected in (
        "Landing at the narrows",
        "Accounts differ",
        "Narrows Town",
        "partisan page",
        "N1",
    ):
        assert expected in text


def test_a_region_card_gives_every_name_language_and_every_dimension_of_the_day(islands_atlas):
    shire = islands_atlas.regions["strait-shire"]
    card = region.region_card(islands_atlas, shire, Date(1960, 3, 15), "en")
    text = Elements(card).text
    assert "Strait Shire" in text
    assert "Comté du Détroit" in text
    assert card.count('data-dimension="de-facto"') == 1
    assert card.count('data-dimension="claim"') == 2


def test_control_is_said_of_the_region_a_piece_is_part_of(islands_atlas):
    piece = islands_atlas.regions["cu-shire"]
    before = region.region_card(islands_atlas, piece, Date(1960, 3, 14), "en")
    assert "said of East Isle" in before  # the shire has no statement of its own yet
    after = region.region_card(islands_atlas, piece, Date(1960, 3, 15), "en")
    assert "said of Strait Shire" in after


def test_a_source_lists_what_cites_it_as_printed_and_where_that_leads(islands_atlas):
    card = source.bibliography(islands_atlas, "", [islands_atlas.sources["S01"]], "en")
    text = Elements(card).text
    assert "Number in the text: [1]" in text
    assert "printed list: 2" in text
    assert "Cited by (4)" in text
    assert "[1, p. 4]" in text
    assert 'href="?event=A01&amp;lang=en&amp;tab=map"' in card


def test_a_note_about_a_source_stands_with_it(islands_atlas):
    about, rests = (
        Elements(source.bibliography(islands_atlas, "", [islands_atlas.sources[id]], "en")).text
        for id in ("S01", "W01")
    )
    assert "The chronicle uses two names for the shire." in about
    assert "Two days are given for the landing." not in rests  # N1 cites W01, it is not about it


def test_sources_are_found_by_number_and_by_words(islands_atlas):
    first = islands_atlas.sources["S01"]
    assert source_matches(first, "[1]", "en")
    assert source_matches(first, "actes ROYAUME", "en")
    assert not source_matches(first, "chronicle", "en")


def test_accuracy_sets_the_drawn_area_beside_the_published_one(islands_atlas):
    text = Elements(method.accuracy(islands_atlas, "en")).text
    # One degree by one degree on the equator is 12,309 km²; published are 12,300.
    for expected in ("12,309", "12,300", "+0.1%"):
        assert expected in text


def test_a_step_quotes_letter_for_letter_with_place_and_source(islands_atlas):
    card = story.step_card(islands_atlas, *step_of(islands_atlas), "en", {})
    assert (
        '<blockquote lang="en" class="mc-quote">The shire shall stand apart.</blockquote>' in card
    )
    caption = card.split("<figcaption")[1].split("</figcaption>")[0]
    assert caption.endswith(", p. 4")


def test_sources_a_step_names_by_their_ids_are_written_out(islands_atlas):
    card = story.step_card(islands_atlas, *step_of(islands_atlas), "en", {})
    named = card.split("Sources named here (1)")[1]
    assert '<span class="mc-id">W01</span>' in named


def test_the_first_point_of_a_step_is_open_and_the_others_are_folded(islands_atlas):
    point = islands_atlas.points["C1"]
    atlas = replace(islands_atlas, points={"C1": point, "C2": replace(point, id="C2")})
    told, step = step_of(atlas)
    both = replace(step, beside_points=("C1", "C2"))
    card = story.step_card(atlas, replace(told, steps=(both,)), both, "en", {})
    assert "<summary>C2 When did the landing" in card
    assert "<summary>C1" not in card
    assert card.index('data-point="C1"') < card.index("<summary>C2")


def test_a_point_told_above_is_not_told_again(islands_atlas):
    landing = next(each for each in islands_atlas.events if each.id == "A02")
    assert 'data-point="C1"' in event.event_card(islands_atlas, landing, "en")
    card = event.event_card(islands_atlas, landing, "en", told=("C1",))
    assert 'data-point="C1"' not in card
    assert "When did the landing at the narrows take place? – see above" in card


def test_links_of_a_chain_keep_the_story_and_the_dates(islands_atlas):
    landing = next(each for each in islands_atlas.events if each.id == "A02")
    chain = Chain("c", "A chain", (ChainLink("A01", "act"), ChainLink("A02", "effect")))
    kept = {"story": "isles", "step": "landing", "dates": "A02:1960-03-20"}
    card = event.event_card(replace(islands_atlas, chains=(chain,)), landing, "en", kept=kept)
    links = [held["href"] for _, held in Elements(card).found if "href" in held]
    wanted = "?story=isles&step=landing&dates=A02%3A1960-03-20&event=A01&lang=en&tab=map"
    assert wanted in links


def test_ids_in_a_text_lead_to_what_they_name_and_other_capitals_stay_text(islands_atlas):
    written = links.linked(islands_atlas, "See W01, A02 and C1; not Z99 or NATO3.", "en")
    hrefs = [held["href"] for held in Elements(written).all("a")]
    assert hrefs == [
        "?at=W01&tab=sources&lang=en",
        "?event=A02&tab=map&lang=en",
        "?at=C1&tab=questions&lang=en",
    ]
    assert Elements(written).text == "See W01, A02 and C1; not Z99 or NATO3."


def test_every_account_of_a_question_stands_in_it_and_it_leads_to_its_days(islands_atlas):
    point = islands_atlas.points["C1"]
    shown = Elements(accounts.question_fold(islands_atlas, point, "en"))
    told = [a.id for a in islands_atlas.accounts if a.point_id == "C1"]
    assert [held["data-account"] for held in shown.of_class("mc-account")] == told
    assert len(shown.of_class("mc-side")) == len(islands_atlas.settings.sides)
    assert "?event=A02&lang=en&tab=map" in [held["href"] for held in shown.all("a")]


def test_an_overview_does_not_say_the_day_twice(islands_atlas):
    told, step = step_of(islands_atlas)
    dated = replace(step, title="1 June 1950: set apart")
    line = Elements(story.step_line(islands_atlas, replace(told, steps=(dated,)), dated, "en")).text
    assert line == "11 June 1950Set apart"


def test_days_of_an_event_say_which_is_shown_and_which_is_the_atlas_own(islands_atlas):
    late = with_dates(islands_atlas, {"A02": Date(1960, 3, 20)})
    landing = next(each for each in late.events if each.id == "A02")
    days = event.event_card(late, landing, "en").split('class="mc-dates"')[1].split("</ul>")[0]
    own, chosen = days.split("20 March 1960")
    assert "the atlas’s own" in own
    assert "used by the map" not in own
    assert "used by the map" in chosen
