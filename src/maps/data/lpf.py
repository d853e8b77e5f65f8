"""The day's regions in the Linked Places format, version 1.2.2: GeoJSON-LD for gazetteers.

Only places go in. The format has no place for events, and none for who holds or
claims a place according to whom: they stay in the other files.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from maps.atlas.dates import parse_date_text
from maps.atlas.model import Boundary, Citation, DateText, Name, Region
from maps.data.geojson import bounds_of, collection_bytes, geometry_plain, metadata
from maps.data.plain import Plain
from maps.day.view import Shown
from maps.words.cite import located_text
from maps.words.i18n import format_day, texts
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
    drawn: dict[str, list[Boundary]] = {}
    for listed in shown.in_extent:
        drawn.setdefault(listed.boundary.region_id, []).append(listed.boundary)
    features = [_feature(shown, region_id, lines) for region_id, lines in drawn.items()]
    collection: Plain = {
        "type": "FeatureCollection",
        "@context": CONTEXT,
        "metadata": metadata(shown),
    }
    bounds = bounds_of(features)
    if bounds:
        collection["bbox"] = bounds
    return collection_bytes({**collection, "features": features})


def _feature(shown: Shown, region_id: str, drawn: list[Boundary]) -> Plain:
    region = shown.atlas.regions[region_id]
    spans = [_drawn_span(shown, boundary) for boundary in drawn]
    feature: Plain = {
        "@id": ID_PREFIX + region_id,
        "type": "Feature",
        "properties": _properties(shown, region, drawn),
        "when": {
            "timespans": [span for at, span in enumerate(spans) if span not in spans[:at]],
            "label": texts(shown.lang).t("export.lpf.drawn", day=format_day(shown.day, shown.lang)),
        },
        "names": [_name(shown, name) for name in region.names],
        "types": [_type(shown, region)],
        "geometry": _geometry(shown, drawn),
    }
    optional = {
        "links": _links(region),
        "relations": _relations(shown, region),
        "descriptions": _descriptions(shown, region),
    }
    return {**feature, **{name: value for name, value in optional.items() if value}}


def _properties(shown: Shown, region: Region, drawn: Iterable[Boundary]) -> Plain:
    cited = [_citation(citation, shown.lang) for citation in region.citations]
    said: Plain = {
        "title": region.name(shown.lang),
        "region": region.id,
        "region_kind": region.kind,
        "boundaries": [boundary.id for boundary in drawn],
        "contested": any(boundary.contested for boundary in drawn),
    }
    return {**said, "citations": cited} if cited else said


def _geometry(shown: Shown, drawn: list[Boundary]) -> Plain:
    """Give the only geometry, or a collection of several, each with its days."""
    dated = [_dated_geometry(shown, boundary) for boundary in drawn]
    if len(dated) == 1:
        return dated[0]
    return {"type": "GeometryCollection", "geometries": dated}


def _dated_geometry(shown: Shown, boundary: Boundary) -> Plain:
    cited = [_citation(citation, shown.lang) for citation in boundary.citations]
    geometry: Plain = {
        **geometry_plain(boundary.geometry),
        "when": _drawn_when(shown, boundary),
        "certainty": _CERTAINTY[boundary.precision],
        "precision": boundary.precision,
    }
    return {**geometry, "citations": cited} if cited else geometry


def _drawn_when(shown: Shown, boundary: Boundary) -> Plain:
    when: Plain = {"timespans": [_drawn_span(shown, boundary)]}
    told = boundary.start.edtf + (boundary.end.edtf if boundary.end else "")
    return {**when, "certainty": "less-certain"} if _DOUBT.intersection(told) else when


def _drawn_span(shown: Shown, boundary: Boundary) -> Plain:
    return {"start": _date(boundary.start), "end": _end(shown, boundary.end)}


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
        user = shown.atlas.perspectives.get(name.used_by)
        used_by = user.name if user else _used_by(shown, name.used_by)
        label = spoken.t("export.lpf.used_by", atlas=label, user=used_by)
    written: Plain = {"toponym": name.form, "lang": name.lang, "citations": [{"label": label}]}
    span = _name_span(shown, name.span_text)
    return {**written, "when": {"timespans": [span]}} if span else written


def _used_by(shown: Shown, user: str) -> str:
    key = f"ui.used_by.{user}"
    spoken = texts(shown.lang)
    return spoken.t(key) if key in spoken else user


def _name_span(shown: Shown, edtf: str) -> Plain | None:
    start, slash, end = (part.strip() for part in edtf.partition("/"))
    if start in _OPEN and end in _OPEN:
        return None
    if not slash:
        return {"start": _date(parse_date_text(start))}
    until = _end(shown, None if end in _OPEN else parse_date_text(end))
    if start in _OPEN:
        return {"start": {"latest": until.get("in") or until.get("latest")}, "end": until}
    return {"start": _date(parse_date_text(start)), "end": until}


def _type(shown: Shown, region: Region) -> Plain:
    label = kind_text(shown.atlas, region)
    return {**_TYPE, "sourceLabels": [{"label": label, "lang": shown.atlas.settings.languages[0]}]}


def _links(region: Region) -> list[Plain]:
    """Give identifiers elsewhere; only those that stand for the region itself are matches."""
    kind = "closeMatch" if region.identifiers.get("id_confidence") == _VERIFIED else "seeAlso"
    prefixes = {"geonames_id": "gn:", "wikidata": "wd:"}
    return [
        {"type": kind, "identifier": prefix + region.identifiers[name]}
        for name, prefix in prefixes.items()
        if region.identifiers.get(name)
    ]


def _relations(shown: Shown, region: Region) -> list[Plain]:
    # One step up: the format has the next larger place; that of others is told of them.
    whole = shown.atlas.regions.get(region.part_of)
    if whole is None:
        return []
    return [
        {
            "relationType": "gvp:broaderPartitive",
            "relationTo": ID_PREFIX + whole.id,
            "label": texts(shown.lang).t("export.lpf.part_of", region=whole.name(shown.lang)),
        }
    ]


def _descriptions(shown: Shown, region: Region) -> list[Plain]:
    if not region.note:
        return []
    return [{"value": region.note, "lang": shown.atlas.settings.languages[0]}]


def _citation(citation: Citation, lang: str) -> Plain:
    label, address = {"label": located_text(citation, lang)}, citation.source.address
    return {**label, "@id": address} if address else label
