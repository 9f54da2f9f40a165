"""How sure a claim is, from its evidence.

A claim told by several independent sources is surer than one told by any of them: each source may be wrong on its own, so the
claim is wrong only if all are (noisy-or). Documents that carry the same words are one source, however often they were printed,
and so are copies of one text and texts of one agency, as `sources` finds them.
"""

from collections import defaultdict
from collections.abc import Sequence

from graphbuild.agreement import connected
from graphbuild.records import Evidence

CEILING = 0.99
"""No number of sources makes a claim certain: they may all repeat one mistake."""


def confidence(evidence: Sequence[Evidence]) -> float:
    """Return a number from 0 to 0.99 that grows with each evidence's score and with independent sources.

    Of each source only its best evidence counts. The scores are the extraction's estimates that it read the words rightly.
    """
    doubt = 1.0
    for source in _sources(evidence):
        doubt *= 1.0 - min(1.0, max(0.0, max(e.score for e in source)))
    return round(min(CEILING, 1.0 - doubt), 4)


def independent_sources(evidence: Sequence[Evidence]) -> int:
    """Count the sources that do not copy each other: documents with the same quoted words, or of one source, count as one."""
    return len(_sources(evidence))


def _sources(evidence: Sequence[Evidence]) -> list[list[Evidence]]:
    if len(evidence) == 1:
        return [[*evidence]]
    shared: dict[tuple[str, str], list[int]] = defaultdict(list)
    for number, item in enumerate(evidence):
        shared["source", item.source or item.document].append(number)
        shared["words", " ".join(item.quote.split()).casefold()].append(number)
    return [[evidence[number] for number in group] for group in connected(len(evidence), shared.values())]


def by_source(evidence: Sequence[Evidence]) -> list[list[Evidence]]:
    """Group evidence by independent source: of each source its best evidence first, and the best source first."""
    groups = [sorted(group, key=lambda e: (-e.score, e.document, e.span)) for group in _sources(evidence)]
    return sorted(groups, key=lambda group: (-group[0].score, group[0].document, group[0].span))
