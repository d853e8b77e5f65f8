"""One claim in words: who says what of whom, since when, how sure, on which sources."""

from __future__ import annotations

from collections.abc import Sequence

from markupsafe import Markup

from maps.atlas.model import Atlas, Citation, Region, Timespan
from maps.cards.citing import chip, citations, said
from maps.cards.links import linked
from maps.cards.markup import Child, element, together
from maps.cards.swatch import swatch
from maps.cards.table import row, table
from maps.day.history import Stretch, key_of
from maps.day.law import Claim
from maps.looks.paint import holding_look
from maps.looks.texture import OUTLINE, Look
from maps.words.cite import located_text
from maps.words.i18n import Texts, format_day_of, texts
from maps.words.names import named_again, region_name
from maps.words.sentences import from_to

_COLUMNS = ("span", "dimension", "polity", "teller", "certainty", "text", "sources")


def anchor_of(claim: Claim) -> str:
    """Give the id of a claim's row in the table."""
    return f"statement-{key_of(claim)}"


def cited_by(claim: Claim) -> tuple[Citation, ...]:
    """Give what a claim rests on: the account's own sources where there is one."""
    return claim.account.citations if claim.account else claim.status.citations


def claim_text(claim: Claim) -> str:
    """Give the words of a claim."""
    return claim.account.text if claim.account else claim.status.text


def polity_text(atlas: Atlas, claim: Claim, spoken: Texts) -> str:
    """Name whom a claim is about, and say where its teller says otherwise, or in part."""
    polity = atlas.polities.get(claim.status.polity_id)
    name = polity.name if polity else spoken.t("ui.card.no_polity")
    if claim.stance == "says":
        return name
    stance = spoken.t(f"map.stance.{claim.stance}")
    return spoken.t("ui.regions.with_stance", polity=name, stance=stance)


def certainty_text(claim: Claim, spoken: Texts) -> str:
    """Say how sure a claim is."""
    return said(spoken, "ui.certainty", claim.status.certainty)


def place_text(atlas: Atlas, claim: Claim, region: Region, lang: str) -> str:
    """Say of which region a claim is made; empty where it is the region itself."""
    if claim.status.region_id == region.id:
        return ""
    name = region_name(atlas, claim.status.region_id, lang)
    return texts(lang).t("ui.card.said_of", region=name)


def counting_text(atlas: Atlas, stretches: Sequence[Stretch], lang: str) -> str:
    """Say on which days a claim counts, where they are not all of its statement's days."""
    spoken = texts(lang)
    claim = stretches[0].claim
    spans = [stretch.span for stretch in stretches]
    parts = []
    if claim.span != claim.status.span:
        parts.append(spoken.t("ui.regions.speaks_of", days=_span(atlas, claim.span, lang)))
    if spans != [claim.span]:
        written = "; ".join(_span(atlas, span, lang) for span in spans)
        parts.append(spoken.t("ui.regions.counts", days=written))
    return "; ".join(parts)


def sources_text(claim: Claim, lang: str) -> str:
    """List the sources of a claim in one line."""
    return "; ".join(dict.fromkeys(located_text(cited, lang) for cited in cited_by(claim)))


def look_of(atlas: Atlas, claim: Claim) -> Look:
    """Give the look of a claim; no polity, or one said only in part, has no colour."""
    return holding_look(atlas, claim.holding) if claim.holding else OUTLINE


def statements_table(
    atlas: Atlas, region: Region, stretches: Sequence[Stretch], lang: str
) -> Markup:
    """Tabulate claims with full citations, each once, in order of their first day."""
    spoken = texts(lang)
    headings = [spoken.t(f"ui.regions.column_{name}") for name in _COLUMNS]
    of_claim: dict[str, list[Stretch]] = {}
    for stretch in sorted(stretches, key=lambda stretch: stretch.span.start):
        of_claim.setdefault(anchor_of(stretch.claim), []).append(stretch)
    rows = [
        row(headings, _cells(atlas, region, found, lang), id=anchor, class_="mc-statement",
            data_status=found[0].claim.status.id, data_stance=found[0].claim.stance)
        for anchor, found in of_claim.items()
    ]  # fmt: skip
    return table(headings, rows, label=spoken.t("ui.regions.table"), stacked=True)


def _cells(
    atlas: Atlas, region: Region, stretches: Sequence[Stretch], lang: str
) -> tuple[Child, ...]:
    spoken = texts(lang)
    claim = stretches[0].claim
    status = claim.status
    note = (claim.account.note if claim.account else "") or status.note
    about = (place_text(atlas, claim, region, lang), counting_text(atlas, stretches, lang), note)
    evidence = claim.account.evidence if claim.account else status.evidence
    return (
        together(
            element(
                "a",
                "×",
                href="#mc-none",
                target="_self",
                class_="mc-shut",
                aria_label=spoken.t("ui.close"),
            ),
            from_to(status.start, status.end, spoken),
        ),
        spoken.t(f"map.dimension.{status.dimension}"),
        together(swatch(look_of(atlas, claim)), polity_text(atlas, claim, spoken)),
        named_again(atlas, claim.perspective_id),
        certainty_text(claim, spoken),
        together(
            element("p", linked(atlas, claim_text(claim), lang), " ", chip(atlas, evidence, lang)),
            *(element("p", linked(atlas, line, lang), class_="mc-quiet") for line in about if line),
        ),
        citations(atlas, cited_by(claim), lang),
    )


def _span(atlas: Atlas, span: Timespan, lang: str) -> str:
    spoken = texts(lang)
    start = format_day_of(atlas, span.start, lang)
    if span.end is None:
        return spoken.t("map.since", start=start)
    return spoken.t("map.from_to", start=start, end=format_day_of(atlas, span.end, lang))
