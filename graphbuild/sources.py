"""Which documents are independent: copies of one text, and texts of one agency, are one source however often they were printed.

Copies are found by MinHash over runs of words (Broder, "On the resemblance and containment of documents", 1997) and locality-
sensitive hashing, both from datasketch, so that no document is compared with all others. A document whose text was left out has
the signature of it instead.
"""

import base64
import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, Final

import numpy as np

from graphbuild.agreement import connected
from graphbuild.records import Document

if TYPE_CHECKING:
    from datasketch import MinHash

ALIKE: Final = 0.5
"""Share of common runs of words (Jaccard) from which on two texts are copies."""
RUN: Final = 4
"""Words in a run."""
_PERMUTATIONS: Final = 128
_SCHEME: Final = "affine32"
_FEWEST: Final = 8
"""Runs that a text must have to be compared."""
_WORD: Final = re.compile(r"\w+")


@dataclass(frozen=True, slots=True)
class Copies:
    """Documents that are one source, sorted by id, and why."""

    documents: tuple[str, ...]
    reason: str


def signature(text: str) -> str:
    """Return the MinHash signature of a text; empty if the text is too short to be compared."""
    runs = _runs(text)
    if len(runs) < _FEWEST:
        return ""
    made = _blank().copy()
    made.update_batch(run.encode("utf-8", "surrogatepass") for run in sorted(runs))
    return base64.b64encode(np.asarray(made.hashvalues, dtype="<u4").tobytes()).decode()


def find_copies(documents: Sequence[Document]) -> tuple[Copies, ...]:
    """Return the documents that are one source: each group by its reason; a document may be in several."""
    ordered = sorted(documents, key=lambda d: d.id)
    return (*_of_one_agency(ordered), *_near_duplicates(ordered))


def source_of(copies: Sequence[Copies]) -> dict[str, str]:
    """Return for each document that is not alone the first document of its source."""
    known = sorted({ident for group in copies for ident in group.documents})
    number = {ident: n for n, ident in enumerate(known)}
    groups = connected(len(known), [[number[ident] for ident in group.documents] for group in copies])
    return {known[n]: known[group[0]] for group in groups for n in group}


def _of_one_agency(documents: Sequence[Document]) -> Iterator[Copies]:
    by_origin: dict[str, list[str]] = defaultdict(list)
    for document in documents:
        if document.origin:
            by_origin[document.origin].append(document.id)
    yield from (Copies(tuple(ids), f"from {origin}") for origin, ids in sorted(by_origin.items()) if len(ids) > 1)


def _near_duplicates(documents: Sequence[Document]) -> Iterator[Copies]:
    if len(documents) < 2:
        return
    hashes = [_min_hash(document) for document in documents]
    near = sorted({tuple(sorted((n, m))) for n, m in _candidates(hashes)})
    alike = [(n, m) for n, m in near if _resemblance(hashes, n, m) >= ALIKE]
    least: dict[int, float] = {}
    groups = [group for group in connected(len(documents), alike) if len(group) > 1]
    group_of = {n: number for number, group in enumerate(groups) for n in group}
    for n, m in alike:
        least[group_of[n]] = min(least.get(group_of[n], 1.0), _resemblance(hashes, n, m))
    for number, group in enumerate(groups):
        yield Copies(tuple(documents[n].id for n in group), f"the same text, at least {least[number]:.2f} of it")


def _candidates(hashes: "Sequence[MinHash | None]") -> Iterator[tuple[int, int]]:
    from datasketch import MinHashLSH

    index = MinHashLSH(threshold=ALIKE, num_perm=_PERMUTATIONS)
    for number, made in enumerate(hashes):
        if made is not None:
            yield from ((number, int(other)) for other in index.query(made))
            index.insert(number, made)


def _resemblance(hashes: "Sequence[MinHash | None]", left: int, right: int) -> float:
    one, other = hashes[left], hashes[right]
    return float(one.jaccard(other)) if one is not None and other is not None else 0.0


def _min_hash(document: Document) -> "MinHash | None":
    packed = signature(document.text) if document.text else document.signature
    if not packed:
        return None
    made = _blank().copy()
    made.hashvalues = np.frombuffer(base64.b64decode(packed), dtype="<u4").astype(np.uint32)
    return made


@cache
def _blank() -> "MinHash":
    """Return the MinHash of nothing: making its permutations takes longer than any text does."""
    from datasketch import MinHash

    return MinHash(num_perm=_PERMUTATIONS, scheme=_SCHEME)


def _runs(text: str) -> set[str]:
    words = _WORD.findall(text.lower())
    return {" ".join(words[n : n + RUN]) for n in range(len(words) - RUN + 1)}
