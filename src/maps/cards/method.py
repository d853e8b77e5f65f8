"""What the data are and how far they reach: the tab "Data and method"."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from markupsafe import Markup

from maps.atlas.model import PRECISIONS, Atlas, Origin
from maps.cards.citing import evidence_legend, notes
from maps.cards.figures import behind, figures_part, in_figures
from maps.cards.glossary import GLOSSARY, word_id
from maps.cards.markup import Child, element, folded, row, table, together, web_link
from maps.day.figures import DrawnArea, area_comparisons
from maps.looks import style
from maps.words.date_formats import format_day_of
from maps.words.i18n import Texts, format_number, format_share, texts, words_for
from maps.words.names import region_name
from maps.words.sentences import when
from maps.words.translated import translation_counts, translation_note


def about(atlas: Atlas, lang: str) -> str:
    """Show disclaimer, cut-off, the rules of wording and the version."""
    spoken = words_for(atlas, lang)
    settings = atlas.settings
    wording = spoken.t("ui.method.wording", silence=spoken.t("ui.method.silence"))
    rules = wording.strip().splitlines()
    counts, note = translation_counts(atlas, lang), translation_note(atlas, lang)
    translation = (element("p", line) for line in (note, counts) if line)
    return _section(
        spoken.t("ui.method.about"),
        element("p", settings.disclaimer, class_="mc-body"),
        _titled(spoken.t("ui.method.cutoff"), element("p", settings.cutoff, class_="mc-body")),
        _titled(
            spoken.t("ui.method.reading"),
            element("ul", *(element("li", rule) for rule in rules), class_="mc-rules"),
        ),
        _titled(spoken.t("translation.heading"), *translation) if counts else None,
        _titled(spoken.t("ui.method.version"), *_version(atlas, spoken)),
    )


def marks(atlas: Atlas, lang: str) -> str:
    """Explain levels of evidence and the precision of lines."""
    spoken = texts(lang)
    lines = [
        element(
            "li",
            element("span", class_="mc-stroke", style=_stroke(precision), aria_hidden="true"),
            element("b", spoken.t(f"legend.precision.{precision}")),
            ". ",
            spoken.t(f"ui.method.precision_note.{precision}"),
        )
        for precision in PRECISIONS
    ]
    return _section(
        spoken.t("ui.method.evidence"),
        evidence_legend(atlas, lang),
        _titled(
            spoken.t("ui.method.precision"), element("ul", *lines, class_="mc-legend mc-strokes")
        ),
    )


def glossary(lang: str) -> str:
    """Explain the words of the page, with the exact term the data have for each."""
    spoken = texts(lang)
    rows = []
    for key in GLOSSARY:
        word, term, means = (
            spoken.t(f"ui.glossary.words.{key}.{part}") for part in ("word", "term", "means")
        )
        exact = element("span", spoken.t("ui.glossary.exact", term=term), class_="mc-quiet")
        rows.append(
            element("div", element("dt", word, " ", exact), element("dd", means),
                    id=word_id(key), data_at=word_id(key))
        )  # fmt: skip
    return _section(spoken.t("ui.glossary.heading"), element("dl", *rows, class_="mc-glossary"))


def accuracy(atlas: Atlas, lang: str) -> str:
    """Show the areas as drawn beside the published ones."""
    spoken = texts(lang)
    found = area_comparisons(atlas)
    if not found:
        line = element("p", spoken.t("ui.method.no_figures"), class_="mc-quiet")
        return _section(spoken.t("ui.method.accuracy"), line)
    names = ("region", "line", "precision", "drawn", "published", "difference", "source")
    rows = [_comparison(atlas, comparison, lang) for comparison in found]
    return _section(
        spoken.t("ui.method.accuracy"),
        element("p", spoken.t("ui.method.accuracy_intro"), class_="mc-quiet"),
        _table(spoken, names, rows),
    )


def figures(atlas: Atlas, lang: str) -> str:
    """Show every published number with its base, its date and its source; empty without any."""
    if not atlas.figures:
        return ""
    spoken = texts(lang)
    label = spoken.t("ui.method.all_figures", count=len(atlas.figures))
    listed = figures_part(atlas, atlas.figures, lang)
    return _section(spoken.t("ui.method.figures"), folded(label, listed))


def origins(atlas: Atlas, lang: str) -> str:
    """Show the upstream files the lines come from, each with its licence."""
    spoken = texts(lang)
    if not atlas.origins:
        line = element("p", spoken.t("ui.method.no_origins"), class_="mc-quiet")
        return _section(spoken.t("ui.method.origins"), line)
    rows = [_origin(origin) for origin in atlas.origins.values()]
    names = ("origin", "package", "licence", "credit")
    return _section(spoken.t("ui.method.origins"), _table(spoken, names, rows))


def all_notes(atlas: Atlas, lang: str) -> str:
    """Show every editor's note of the atlas; empty without any."""
    shown = notes(atlas, atlas.notes.values(), lang, titled=False, at_home=True)
    if shown is None:
        return ""
    spoken = texts(lang)
    label = spoken.t("ui.method.all_notes", count=len(atlas.notes))
    return _section(spoken.t("ui.card.notes"), folded(label, shown))


def _section(title: str, *children: Child) -> str:
    return str(element("section", element("h2", title, class_="mc-part"), *children))


def _titled(title: str, *children: Child) -> Markup:
    return together(element("h3", title), *children)


def _version(atlas: Atlas, spoken: Texts) -> Iterable[Markup]:
    settings = atlas.settings
    line = spoken.t("ui.method.version_line", version=settings.version, licence=settings.licence)
    days = tuple(
        format_day_of(atlas, day, spoken.lang) for day in (settings.first_day, settings.last_day)
    )
    span = spoken.t("map.from_to", start=days[0], end=days[1])
    yield element("p", f"{line} · {span}")
    yield element(
        "p", spoken.t("ui.method.digest_line", digest=atlas.digest), class_="mc-quiet mc-digest"
    )


def _stroke(precision: str) -> str:
    """Draw a sample of a line as CSS; the map draws the same dash."""
    dash = style.line(precision).dash_pattern
    kind = "solid" if not dash else "dotted" if dash[0] <= 3 else "dashed"
    return f"border-top:2px {kind} var(--dot,{style.NEUTRAL.stroke})"


def _comparison(atlas: Atlas, comparison: DrawnArea, lang: str) -> Sequence[Child]:
    spoken = texts(lang)
    figure, line = comparison.figure, comparison.boundary
    return (
        element("b", region_name(atlas, figure.region_id, lang)),
        when(line.start, spoken),
        spoken.t(f"ui.method.precision_name.{line.precision}"),
        in_figures(format_number(comparison.drawn_km2, lang)),
        in_figures(format_number(figure.value, lang)),
        in_figures(format_share(comparison.difference, lang)),
        behind(atlas, figure, lang, figure.date_text),
    )


def _origin(origin: Origin) -> Sequence[Child]:
    file = element("span", origin.file, class_="mc-quiet", title=f"SHA-256 {origin.sha256}")
    title = together(element("b", origin.title or origin.id), " ", file)
    package = " ".join((origin.package, origin.version)).strip()
    return (title, web_link(package, package), origin.licence, origin.credit or origin.note)


def _table(spoken: Texts, names: Sequence[str], cells: Iterable[Sequence[Child]]) -> Markup:
    headings = [spoken.t(f"ui.method.column_{name}") for name in names]
    return table(headings, (row(headings, found) for found in cells))
