"""Event data as political scientists load it: one CSV row per directed dyad of actors and event, coded by PLOVER.

A row per claim whose relation has a PLOVER category, asserted by default, never denied. What has no direction (a meeting) is
written from both sides, as event data sets do; the two rows share their event. When it happened and when it was published are two columns.
"""

import csv
import io
from collections.abc import Iterable, Iterator, Mapping
from itertools import groupby
from typing import Any, Final

from graphbuild.confidence import independent_sources
from graphbuild.export.actors import Actors
from graphbuild.export.layers import PROJECTIONS, RdfOptions, takes_only_places
from graphbuild.export.texts import utf8
from graphbuild.graph import KnowledgeGraph
from graphbuild.records import Claim, Node, Value

QUAD_CLASSES: Final[Mapping[str, tuple[int, str]]] = {
    **dict.fromkeys(("AGREE", "CONSULT", "SUPPORT"), (1, "verbal cooperation")),
    **dict.fromkeys(("AID", "COOPERATE", "RETREAT"), (2, "material cooperation")),
    **dict.fromkeys(("ACCUSE", "REJECT", "REQUEST", "THREATEN"), (3, "verbal conflict")),
    **dict.fromkeys(("ASSAULT", "COERCE", "MOBILIZE", "PROTEST", "SANCTION"), (4, "material conflict")),
}
"""PLOVER category → number and name of its quad class, as ontology/plover.ttl has them."""
COLUMNS: Final = (
    "event",
    "date",
    "date_end",
    "precision",
    "published",
    "source",
    "source_country",
    "source_sector",
    "source_code",
    "target",
    "target_country",
    "target_sector",
    "target_code",
    "category",
    "mode",
    "quad_class",
    "quad_class_name",
    "place",
    "place_country",
    "latitude",
    "longitude",
    "status",
    "confidence",
    "sources",
    "merged",
    "relation",
    "text",
    "documents",
    "claim",
)
_Row = dict[str, Any]


def events_csv(graph: KnowledgeGraph, options: RdfOptions, *, one_a_day: bool = False) -> bytes:
    """Return the events as CSV in UTF-8, sorted by date; `options.project` says which statuses count as having happened.

    With `one_a_day`, of the rows of one day, dyad, category and mode only the surest stays, and `merged` counts them: the filter
    that event data sets use against many reports of one event. A dyad is one of codes, or of names where an actor has no country.
    """
    rows = sorted(_rows(graph, options), key=_order)
    out = io.StringIO(newline="")
    writer = csv.DictWriter(out, COLUMNS, extrasaction="ignore")
    writer.writeheader()
    writer.writerows(_one_a_day(rows) if one_a_day else rows)
    return utf8(out.getvalue())


def _order(row: _Row) -> tuple[str, ...]:
    return tuple(str(row[name] or "") for name in ("date", "published", "source", "target", "category", "claim"))


def _one_a_day(rows: Iterable[_Row]) -> list[_Row]:
    kept = []
    for _, same in groupby(sorted(rows, key=lambda row: (_same_day(row), -row["confidence"], row["claim"])), _same_day):
        first, *others = same
        kept.append({**first, "merged": 1 + len(others)})
    return sorted(kept, key=_order)


def _same_day(row: _Row) -> tuple[str, ...]:
    dyad = (row[f"{side}_code"] if row[f"{side}_country"] else row[side] for side in ("source", "target"))
    return row["date"] or row["published"] or "", *dyad, row["category"], row["mode"] or ""


def _rows(graph: KnowledgeGraph, options: RdfOptions) -> Iterator[_Row]:
    actors = Actors(graph)
    published = {document.id: document.published for document in graph.documents if document.published}
    for told in graph.told:
        claim = told.claim
        relation = graph.catalogue.relations[claim.relation]
        if not relation.plover or claim.status not in PROJECTIONS[options.project] or told.opposed or isinstance(claim.object, Value):
            continue
        days = sorted(published[e.document] for e in claim.evidence if e.document in published)
        row = _row(graph, actors, claim) | {"published": days[0] if days else None}
        yield row | _side("source", claim.subject, graph, actors) | _side("target", claim.object, graph, actors)
        if relation.symmetric:
            yield row | _side("source", claim.object, graph, actors) | _side("target", claim.subject, graph, actors)


def _row(graph: KnowledgeGraph, actors: Actors, claim: Claim) -> _Row:
    relation = graph.catalogue.relations[claim.relation]
    number, name = QUAD_CLASSES.get(relation.plover or "", (None, None))
    start, end, precision = (claim.time.start, claim.time.end, claim.time.precision) if claim.time else (None, None, None)
    return {
        "event": claim.event or claim.id,
        "date": start,
        "date_end": end,
        "precision": precision,
        "category": relation.plover,
        "mode": relation.mode,
        "quad_class": number,
        "quad_class_name": name,
        "status": claim.status,
        "confidence": claim.confidence,
        "sources": independent_sources(claim.evidence),
        "merged": 1,
        "relation": claim.relation,
        "text": claim.evidence[0].quote if claim.evidence else None,
        "documents": "|".join(sorted({e.document for e in claim.evidence})),
        "claim": claim.id,
        **_place(graph, actors, claim),
    }


def _place(graph: KnowledgeGraph, actors: Actors, claim: Claim) -> _Row:
    relation = graph.catalogue.relations[claim.relation]
    where = claim.place or (claim.object if isinstance(claim.object, str) and takes_only_places(relation, graph.catalogue) else None)
    if where is None:
        return {}
    node = graph.by_id[where]
    entry = actors.entry(node)
    degrees = {"latitude": entry.latitude, "longitude": entry.longitude} if entry else {}
    return {"place": node.name, "place_country": actors.country(node), **degrees}


def _side(side: str, end: str, graph: KnowledgeGraph, actors: Actors) -> _Row:
    node: Node = graph.by_id[end]
    country, sector = actors.country(node), actors.sector(node)
    return {side: node.name, f"{side}_country": country, f"{side}_sector": sector, f"{side}_code": country + sector}
