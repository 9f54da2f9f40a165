"""Content negotiation (RFC 9110, 12.5.1) between the formats of answers."""

from collections.abc import Mapping, Sequence
from typing import Final

TABLE_TYPES: Final[Mapping[str, str]] = {
    "application/sparql-results+json": "json",
    "application/sparql-results+xml": "xml",
    "text/csv": "csv",
    "text/tab-separated-values": "tsv",
    "application/json": "json",
    "application/xml": "xml",
    "text/xml": "xml",
}
"""Media types for the answers of SELECT and ASK, the preferred ones first, and the names that `answers` has for them."""

GRAPH_TYPES: Final[Mapping[str, str]] = {
    "text/turtle": "turtle",
    "application/n-triples": "ntriples",
    "application/rdf+xml": "rdfxml",
    "application/ld+json": "jsonld",
    "application/n-quads": "nquads",
    "application/trig": "trig",
    "application/x-turtle": "turtle",
    "text/plain": "ntriples",
    "application/xml": "rdfxml",
    "application/json": "jsonld",
}
"""Media types for the answers of CONSTRUCT and DESCRIBE."""


def negotiate(accept: str, offered: Sequence[str]) -> str | None:
    """Return which of the media types on offer, in the order of our preference, an Accept header likes best; None if it likes none.

    >>> negotiate("text/csv;q=0.5, application/*;q=0.8", ["text/csv", "application/json"])
    'application/json'
    """
    wanted = [_range(part) for part in accept.split(",") if part.strip()] or [("*/*", 1.0)]
    quality, place = max((_quality(media, wanted), -place) for place, media in enumerate(offered))
    return offered[-place] if quality > 0 else None


def _range(part: str) -> tuple[str, float]:
    media, *parameters = (piece.strip().lower() for piece in part.split(";"))
    weights = [parameter[2:] for parameter in parameters if parameter.startswith("q=")]
    try:
        return media, min(max(float(weights[0]), 0.0), 1.0) if weights else 1.0
    except ValueError:  # a weight that is no number
        return media, 0.0


def _quality(media: str, wanted: Sequence[tuple[str, float]]) -> float:
    """Return the weight of the most specific range that covers a media type."""
    for covering in (media, f"{media.partition('/')[0]}/*", "*/*"):
        weights = [quality for name, quality in wanted if name == covering]
        if weights:
            return max(weights)
    return 0.0
