"""Which documents are independent: copies of one text, and texts of one agency, are one source however often they were printed.

Copies are found by MinHash over runs of words (Broder, "On the resemblance and containment of documents", 1997) and locality-
sensitive hashing, both from datasketch, so that no document is compared with all others. A document whose text was left out has
the signature of it instead.
"""

import base64
import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import combinations, starmap
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
_BYTES: Final = 4
"""Of a hash."""
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


def find_copies(documents: Iterable[Document]) -> tuple[Copies, ...]:
    """Return the documents that are one source: each group by its reason; a document may be in several."""
    ordered = sorted(documents, key=lambda d: d.id)
    by_origin: dict[str, list[str]] = defaultdict(list)
    for document in ordered:
        if document.origin:
            by_origin[document.origin].append(document.id)
    return (*filter(None, starmap(of_one_agency, sorted(by_origin.items()))), *_near_duplicates(ordered))


def source_of(copies: Sequence[Copies]) -> dict[str, str]:
    """Return for each document that is not alone the first document of its source."""
    known = sorted({ident for group in copies for ident in group.documents})
    number = {ident: n for n, ident in enumerate(known)}
    groups = connected(len(known), [[number[ident] for ident in group.documents] for group in copies])
    return {known[n]: known[group[0]] for group in groups for n in group}


def of_one_agency(origin: str, documents: Sequence[str]) -> Copies | None:
    """Return the documents, sorted, that an agency is the source of; None if there is only one."""
    return Copies(tuple(documents), f"from {origin}") if len(documents) > 1 else None


def of_one_text(documents: Sequence[str], least: float) -> Copies:
    """Return documents, sorted, that are copies of each other; `least` is the least resemblance of those that are alike."""
    return Copies(tuple(documents), f"the same text, at least {least:.2f} of it")


def _near_duplicates(documents: Sequence[Document]) -> Iterator[Copies]:
    if len(documents) < 2:
        return
    hashes = [hashes_of(document) for document in documents]
    in_band: dict[bytes, list[int]] = defaultdict(list)
    for number, found in enumerate(hashes):
        for band in bands(found):
            in_band[band].append(number)
    near = sorted({pair for numbers in in_band.values() for pair in combinations(numbers, 2)})
    alike = {(n, m): alikeness for n, m in near if (alikeness := resemblance(hashes[n], hashes[m])) >= ALIKE}
    groups = [group for group in connected(len(documents), alike) if len(group) > 1]
    group_of = {n: number for number, group in enumerate(groups) for n in group}
    least: dict[int, float] = {}
    for (n, _), alikeness in alike.items():
        least[group_of[n]] = min(least.get(group_of[n], 1.0), alikeness)
    yield from (of_one_text([documents[n].id for n in group], least[number]) for number, group in enumerate(groups))


def hashes_of(document: Document) -> bytes:
    """Return the signature of a document as bytes, four for each hash; none if the text is too short."""
    return base64.b64decode((signature(document.text) if document.text else document.signature) or "")


def bands(hashes: bytes) -> Iterator[bytes]:
    """Yield the bands of a signature: documents that share one are compared."""
    count, rows = _shape()
    for number in range(count if hashes else 0):
        yield number.to_bytes(2, "big") + hashes[number * rows * _BYTES : (number + 1) * rows * _BYTES]


def resemblance(left: bytes, right: bytes) -> float:
    """Return the share of equal hashes, which estimates the share of common runs of words."""
    equal = np.frombuffer(left, dtype="<u4") == np.frombuffer(right, dtype="<u4")
    return int(np.count_nonzero(equal)) / _PERMUTATIONS


@cache
def _shape() -> tuple[int, int]:
    """Return how many bands of how many hashes tell texts apart best that are, or are not, `ALIKE`."""
    from datasketch import MinHashLSH

    index = MinHashLSH(threshold=ALIKE, num_perm=_PERMUTATIONS)
    return index.b, index.r


@cache
def _blank() -> "MinHash":
    """Return the MinHash of nothing: making its permutations takes longer than any text does."""
    from datasketch import MinHash

    return MinHash(num_perm=_PERMUTATIONS, scheme=_SCHEME)


def _runs(text: str) -> set[str]:
    words = _WORD.findall(text.lower())
    return {" ".join(words[n : n + RUN]) for n in range(len(words) - RUN + 1)}
