"""LitBank: coreference in English fiction (CC BY 4.0)."""

import re
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path

from training.examples import Example, SpanTarget

_FIRST = ("i", "me", "my", "mine", "myself", "we", "us", "our", "ours", "ourselves", "you", "your", "yours", "yourself", "thou", "thee", "thy")
_THIRD = ("he", "him", "his", "himself", "she", "her", "hers", "herself", "it", "its", "itself", "they", "them", "their", "theirs", "themselves")
_PRONOUNS = frozenset((*_FIRST, *_THIRD, "who", "whom", "whose"))


def read_litbank(folder: Path) -> Iterator[Example]:
    """All excerpts, sorted by name."""
    for path in sorted(folder.glob("*.conll")):
        yield _example(path)


def _example(path: Path) -> Example:
    words: list[str] = []
    starts: list[int] = []
    spans: list[SpanTarget] = []
    clusters: dict[str, list[int]] = defaultdict(list)
    open_: dict[str, list[int]] = defaultdict(list)
    for block in path.read_text(encoding="utf-8").split("\n\n"):
        rows = [line.split("\t") for line in block.splitlines() if line and not line.startswith("#")]
        if rows:
            starts.append(len(words))
        for row in rows:
            for opened, chain, closed in re.findall(r"(\()?(\d+)(\))?", row[12]):
                if opened:
                    open_[chain].append(len(words))
                if closed:
                    start = open_[chain].pop()
                    clusters[chain].append(len(spans))
                    spans.append(SpanTarget(start, len(words) + 1, _admits([*words[start:], row[3]])))
            words.append(row[3])
    return Example(
        name=f"litbank/{path.stem}",
        source="litbank",
        words=tuple(words),
        breaks=tuple(index == 0 for index in range(len(words))),
        starts=tuple(starts),
        spans=tuple(spans),
        rest="rest:ace",
        clusters=tuple(tuple(chain) for chain in clusters.values()),
    )


def _admits(words: list[str]) -> str:
    if len(words) == 1 and words[0].lower() in _PRONOUNS:
        return "pronoun:ANY"
    if all(word[0].isupper() for word in words):
        return "mention:name"
    return "mention:noun"
