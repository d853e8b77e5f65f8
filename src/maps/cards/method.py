"""What the data are and how far they reach: the tab "Data and method"."""

from __future__ import annotations

from functools import partial

from markupsafe import Markup

from maps.atlas.model import PRECISIONS, Atlas
from maps.cards.citing import evidence_legend, filled, notes
from maps.cards.figures import behind, figures_part
from maps.cards.links import GLOSSARY, word_id
from maps.cards.markup import element, folded, rendered
from maps.day.figures import area_comparisons
from maps.looks import style
from maps.words.i18n import texts, translation_counts, translation_note

_ACCURACY = ("region", "line", "precision", "drawn", "published", "difference", "source")
_ORIGINS = ("origin", "package", "licence", "credit")


def about(atlas: Atlas, lang: str) -> Markup:
    """Show disclaimer, cut-off, the rules of wording and the version."""
    counts, note = translation_counts(atlas, lang), translation_note(atlas, lang)
    return filled("about", atlas, lang, counts=counts, note=note)


def marks(atlas: Atlas, lang: str) -> Markup:
    """Explain levels of evidence and the precision of lines, with the dashes of the map."""
    dashes = {}
    for precision in PRECISIONS:
        dash = style.line(precision).dash_pattern
        dashes[precision] = "solid" if not dash else "dotted" if dash[0] <= 3 else "dashed"
    legend, ink = evidence_legend(atlas, lang), style.NEUTRAL.stroke
    return filled("marks", atlas, lang, legend=legend, dashes=dashes, ink=ink)


def glossary(lang: str) -> Markup:
    """Explain the words of the page, with the exact term the data have for each."""
    return rendered("glossary", {"t": texts(lang).t, "words": GLOSSARY, "word_id": word_id})


def accuracy(atlas: Atlas, lang: str) -> Markup:
    """Show the areas as drawn beside the published ones."""
    return filled(
        "accuracy",
        atlas,
        lang,
        found=area_comparisons(atlas),
        columns=_columns(_ACCURACY, lang),
        behind=partial(behind, atlas, lang=lang),
    )


def figures(atlas: Atlas, lang: str) -> Markup:
    """Show every published number with its base, its date and its source; empty without any."""
    if not atlas.figures:
        return Markup()
    spoken = texts(lang)
    label = spoken.t("ui.method.all_figures", count=len(atlas.figures))
    return _folded(spoken.t("ui.method.figures"), label, figures_part(atlas, atlas.figures, lang))


def origins(atlas: Atlas, lang: str) -> Markup:
    """Show the upstream files the lines come from, each with its licence."""
    return filled("origins", atlas, lang, columns=_columns(_ORIGINS, lang))


def all_notes(atlas: Atlas, lang: str) -> Markup:
    """Show every editor's note of the atlas; empty without any."""
    if not atlas.notes:
        return Markup()
    spoken = texts(lang)
    label = spoken.t("ui.method.all_notes", count=len(atlas.notes))
    found = notes(atlas, atlas.notes.values(), lang, titled=False, at_home=True)
    return _folded(spoken.t("ui.card.notes"), label, found)


def _folded(heading: str, label: str, inside: Markup) -> Markup:
    return element("section", element("h2", heading, class_="mc-part"), folded(label, inside))


def _columns(names: tuple[str, ...], lang: str) -> dict[str, str]:
    return {name: texts(lang).t(f"ui.method.column_{name}") for name in names}
