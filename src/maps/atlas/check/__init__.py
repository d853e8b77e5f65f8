"""Every problem of an atlas at once; what has none is assembled (`maps.atlas.assemble`).

Two depths of checking: `find_faults` is the quick pass that guarantees that
`build_atlas` cannot fail, run whenever an atlas is opened; `check_tables` adds
what takes longer (the schemas of ``datapackage.json``, boundaries that cover the
same ground) and what can be shown but should not be said (neutrality), run by
``maps check``.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator

from maps.atlas.check import (
    columns,
    days,
    geography,
    ground,
    neutrality,
    package,
    settings,
    sources,
    statements,
    texts,
)
from maps.atlas.check.inventory import Inventory, take_inventory
from maps.atlas.load import AtlasTables
from maps.cache import nothing_collected
from maps.errors import Problem

__all__ = ["check_tables", "find_faults"]

Rule = Callable[[Inventory], Iterator[Problem]]

# Each rule with the tables it cannot do without: where one of them is broken the
# rule is left out, since all it could find would follow from that.
_QUICK: tuple[tuple[Rule, str], ...] = (
    (columns.check_columns, ""),
    (columns.check_reserved_ids, ""),
    (days.check_spans, ""),
    (days.check_event_days, "events settings"),
    (days.check_name_days, "names"),
    (days.check_lanes, "periods"),
    (days.check_versions, ""),
    (days.check_inside_atlas, "periods statuses settings"),
    (geography.check_points, ""),
    (geography.check_features, ""),
    (geography.check_geometries, ""),
    (geography.check_basemap, ""),
    (geography.check_ground, ""),
    (texts.check_texts, "polities places periods statuses notes events settings"),
    (texts.check_names, "names regions settings"),
    (sources.check_subjects, ""),
    (sources.check_cited, "citations"),
    (sources.check_figures, "figures"),
    (sources.check_sources, ""),
    (days.check_accounts, "accounts"),
    (days.check_chains, "chains"),
    (days.check_event_dates, "event_dates settings"),
    (settings.check_stories, "settings"),
    (ground.check_regions, "regions"),
    (sources.check_origins, ""),
)
_THOROUGH: tuple[tuple[Rule, str], ...] = (
    (texts.check_characters, ""),
    (texts.check_alike, ""),
    (sources.check_addresses, ""),
    (sources.check_access_dates, ""),
    (sources.check_quotes, "citations"),
    (texts.check_catalogues, ""),
    (texts.check_lists, ""),
    (texts.check_languages, "names citations settings"),
    (statements.check_events_of_statuses, "statuses events event_dates"),
    (statements.check_tellers, "statuses regions"),
    (statements.check_unknown, "statuses"),
    (statements.check_gaps, "statuses regions settings"),
    (statements.check_zones, "statuses regions settings"),
    (statements.check_law, "statuses events event_regions citations"),
    (ground.check_parts, "regions places"),
    (ground.check_successors, "statuses settings"),
    (ground.check_overlaps, ""),
    (sources.check_main_works, "citations settings"),
    (neutrality.check_sides, "points point_subjects accounts events settings"),
    (neutrality.check_words, "settings"),
    (neutrality.check_stances, "accounts events settings"),
    (neutrality.check_own_voice, "statuses events citations settings"),
    (neutrality.check_name_order, "names settings"),
    (package.check_package, ""),
)


@nothing_collected()
def find_faults(tables: AtlasTables) -> list[Problem]:
    """Find what would keep an atlas from being built; empty where nothing would."""
    return _in_order(_faults(tables)[0] if tables.files else tables.problems)


@nothing_collected()
def check_tables(tables: AtlasTables) -> list[Problem]:
    """Find every problem of an atlas, in order of file and row."""
    if not tables.files:
        return _in_order(tables.problems)  # no folder, or nothing in it
    problems, inventory = _faults(tables)
    told = {_place(problem) for problem in problems}
    for rule, needs in _THOROUGH:
        if inventory.whole.issuperset(needs.split()):
            # A schema repeats in its own words much of what was told of a cell before.
            problems += [problem for problem in rule(inventory) if _place(problem) not in told]
    return _in_order(problems)


def _faults(tables: AtlasTables) -> tuple[list[Problem], Inventory]:
    problems = [*tables.problems, *settings.check_settings(tables)]
    settings_whole = not any(problem.file == tables.settings.file for problem in problems)
    inventory = take_inventory(tables, settings_whole=settings_whole)
    for rule, needs in _QUICK:
        if inventory.whole.issuperset(needs.split()):
            problems += rule(inventory)
    return problems, inventory


def _place(problem: Problem) -> tuple[str, int | None, str]:
    return problem.file, problem.row, problem.field


def _in_order(problems: Iterable[Problem]) -> list[Problem]:
    once = dict.fromkeys(problems)
    return sorted(once, key=lambda p: (p.file, p.row or 0, p.field, p.rule, p.message))
