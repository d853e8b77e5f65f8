"""The day's regions in the Linked Places format, version 1.2.2: GeoJSON-LD for gazetteers.

Only places go in. The format has no place for events, and none for who holds or
claims a place according to whom: they stay in the other files.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from maps.atlas.dates import parse_date_text
from maps.atlas.model import Boundary, Citation, DateText, Name
from maps.data.geojson import bounds_of, collection_bytes, geometry_plain, metadata
from maps.data.plain import Plain
from maps.day.index import grouped
from maps.day.view import Shown
from maps.words.cite import located_text
from maps.words.date_formats import format_day_of
from maps.words.i18n import texts
from maps.words.names import kind_text

CONTEXT = (
    "https://raw.githubusercontent.com/LinkedPasts/linked-places/master/"
    "linkedplaces-context-v1.1.jsonld"
)
# A folder of files has no address; who publishes a gazetteer puts one in its place.
ID_PREFIX = "atlas:regions/"
# The one type of Getty's thesaurus that says of an area neither its rank nor whose it is.
_TYPE = {"identifier": "aat:300182722", "label": "region (geographic)"}
# No line is a survey, so none is "certain".
_CERTAINTY = {"adapted": "less-certain", "approximate": "less-certain", "schematic": "uncertain"}
_PLAIN_DATE = re.compile(r"\d{4}(-\d\d(-\d\d)?)?")
_OPEN = ("", "..")
_DOUBT = frozenset("?~%")
_VERIFIED = "verified"  # what regions.csv says of ids that stand for the region itself


def lpf_bytes(shown: Shown) -> bytes:
    """Give the regions of the boundaries shown as Linked Places, one a feature.

    The foreign member ``metadata`` is that of the GeoJSON file. Without a boundary
    the collection is empty.
    """
    drawn = grouped((listed.boundary for listed in shown.in_extent), lambda line: line.region_id)
    features = [_feature(shown, region_id, lines) for region_id, lines in drawn.items()]
    box = bounds_of(features, shown.atlas.settings.extent)
    return collection_bytes(features, **{"@context": CONTEXT}, metadata=metadata(shown), **box)


def _feature(shown: Shown, region_id: str, drawn: list[Boundary]) -> Plain:
    atlas, spoken = shown.atlas, texts(shown.lang)
    region, languages = atlas.regions[region_id], atlas.settings.languages
    # The language of the atlas's own texts: the one asked for if it has them in it.
    own_lang = shown.lang if shown.lang in languages else languages[0]
    dated = [_dated_geometry(shown, boundary) for boundary in drawn]
    spans = [span for each in dated for span in each["when"]["timespans"]]
    feature: Plain = {
        "@id": ID_PREFIX + region_id,
        "type": "Feature",
        "properties": {
            "title": region.name(shown.lang),
            "region": region.id,
            "region_kind": region.kind,
            "boundaries": [boundary.id for boundary in drawn],
            "contested": any(boundary.contested for boundary in drawn),
            **_citations(region.citations, shown.lang),
        },
        "when": {
            "timespans": [span for at, span in enumerate(spans) if span not in spans[:at]],
            "label": spoken.t("export.lpf.drawn", day=format_day_of(atlas, shown.day, shown.lang)),
        },
        "names": [_name(shown, name) for name in region.names],
        "types": [
            {**_TYPE, "sourceLabels": [{"label": kind_text(atlas, region), "lang": own_lang}]}
        ],
        # The only geometry, or a collection of several, each with its days.
        "geometry": dated[0]
        if len(dated) == 1
        else {"type": "GeometryCollection", "geometries": dated},
    }
    # Identifiers elsewhere; only those that stand for the region itself are matches.
    match = "closeMatch" if region.identifiers.get("id_confidence") == _VERIFIED else "seeAlso"
    links = [
        {"type": match, "identifier": prefix + region.identifiers[name]}
        for name, prefix in {"geonames_id": "gn:", "wikidata": "wd:"}.items()
        if region.identifiers.get(name)
    ]
    if links:
        feature["links"] = links
    # One step up: the format has the next larger place; that of others is told of them.
    whole = atlas.regions.get(region.part_of)
    if whole:
        relation = {
            "relationType": "gvp:broaderPartitive",
            "relationTo": ID_PREFIX + whole.id,
            "label": spoken.t("export.lpf.part_of", region=whole.name(shown.lang)),
        }
        feature["relations"] = [relation]
    if region.note:
        feature["descriptions"] = [{"value": region.note, "lang": own_lang}]
    return feature


def _dated_geometry(shown: Shown, boundary: Boundary) -> Plain:
    span = {"start": _date(boundary.start), "end": _end(shown, boundary.end)}
    when: Plain = {"timespans": [span]}
    if _DOUBT.intersection(boundary.start.edtf + (boundary.end.edtf if boundary.end else "")):
        when["certainty"] = "less-certain"
    return {
        **geometry_plain(boundary.geometry),
        "when": when,
        "certainty": _CERTAINTY[boundary.precision],
        "precision": boundary.precision,
        **_citations(boundary.citations, shown.lang),
    }


def _end(shown: Shown, end: DateText | None) -> Plain:
    """Give an end; what has none in the atlas lasts to its close at the earliest.

    Left out, the format would read it as the end of the start.
    """
    return _date(end) if end else {"earliest": shown.atlas.settings.last_day.isoformat()}


def _date(date: DateText) -> Plain:
    if _PLAIN_DATE.fullmatch(date.edtf):
        return {"in": date.edtf}
    if date.earliest and date.earliest == date.latest:
        return {"in": date.earliest.isoformat()}
    bounds = {"earliest": date.earliest, "latest": date.latest}
    return {name: day.isoformat() for name, day in bounds.items() if day}


def _name(shown: Shown, name: Name) -> Plain:
    """Give a name, attested by the atlas: its table of names cites no source for each."""
    settings, spoken = shown.atlas.settings, texts(shown.lang)
    label = spoken.t("export.lpf.atlas", title=settings.title, version=settings.version)
    if name.used_by:
        user, key = shown.atlas.perspectives.get(name.used_by), f"ui.used_by.{name.used_by}"
        used_by = user.name if user else spoken.t(key) if key in spoken else name.used_by
        label = spoken.t("export.lpf.used_by", atlas=label, user=used_by)
    written: Plain = {"toponym": name.form, "lang": name.lang, "citations": [{"label": label}]}
    span = _name_span(shown, name.span_text)
    return {**written, "when": {"timespans": [span]}} if span else written


def _name_span(shown: Shown, edtf: str) -> Plain | None:
    start, slash, end = (part.strip() for part in edtf.partition("/"))
    if start in _OPEN and end in _OPEN:
        return None
    begun = None if start in _OPEN else _date(parse_date_text(start))
    if not slash:
        return {"start": begun}
    until = _end(shown, None if end in _OPEN else parse_date_text(end))
    return {"start": begun or {"latest": until.get("in") or until.get("latest")}, "end": until}


def _citations(citations: Iterable[Citation], lang: str) -> Plain:
    """Give the member ``citations``; none where nothing is cited."""
    labels = [(located_text(citation, lang), citation.source.address) for citation in citations]
    cited = [{"label": text, "@id": at} if at else {"label": text} for text, at in labels]
    return {"citations": cited} if cited else {}
