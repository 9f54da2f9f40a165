"""From span shares to mentions: the likeliest spans that do not cross."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

import numpy as np

from graphbuild.language.encoder import Labels, Window

FORMS = ("name", "noun", "pronoun")
THRESHOLD = 0.5
_OF_NAMES_ALONE = frozenset(("Person", "Country", "City"))
"""Classes in whose names no verb stands."""
_FINITE = frozenset(("VBD", "VBZ", "VBP", "MD"))
_BETWEEN = frozenset("by after before since with from against into during while because".split())
"""What stands between two of their names."""


@dataclass(frozen=True, slots=True)
class Mention:
    """Words `start` to `end` of the document, as what they are read, the share that the form has, and how sure its class is (0 to 1)."""

    start: int
    end: int
    form: str
    label: str
    score: float
    certainty: float = 1.0

    def crosses(self, other: "Mention") -> bool:
        """Whether two spans overlap without one holding the other."""
        return self.start < other.start < self.end < other.end or other.start < self.start < other.end < self.end

    def holds(self, other: "Mention") -> bool:
        """Whether the other lies within this one and is shorter."""
        return self.start <= other.start and other.end <= self.end and other.end - other.start < self.end - self.start


def decode_spans(window: Window, labels: Labels, words: Sequence[str]) -> list[Mention]:
    """The mentions of the window's own sentences, sorted by place; `words` are those of the document."""
    classes = [labels.classes(form) for form in FORMS]
    mentions = [mention for mention in _candidates(window, classes) if window.own_from <= mention.start < window.own_to]
    mentions = [mention for mention in mentions if not _holds_verb(mention, window, labels, words)]
    return sorted(drop_doubles(without_crossing(mentions)), key=lambda m: (m.start, -m.end))


def _holds_verb(mention: Mention, window: Window, labels: Labels, words: Sequence[str]) -> bool:
    """Tell whether what is read as one name is two with what stands between them: "Beijing soured after Moscow", "Nepal by Japan"."""
    if mention.form != "name" or mention.label not in _OF_NAMES_ALONE or mention.end - mention.start < 3:
        return False
    inner = range(mention.start + 1, mention.end - 1)
    return any(words[i].islower() and (words[i] in _BETWEEN or labels.xpos[window.xpos[i - window.begin]] in _FINITE) for i in inner)


def _candidates(window: Window, classes: list[tuple[str, ...]]) -> Iterator[Mention]:
    """The spans that are more likely a mention than not; a phrase around a name is none of ours."""
    size = len(window.sentences)
    shares = window.forms[:, :, 2:].sum(axis=2)
    forms = window.forms[:, :, 2:].argmax(axis=2)
    starts, widths = np.nonzero(shares > THRESHOLD)
    for start, width in zip(starts.tolist(), widths.tolist(), strict=True):
        last = start + width
        if last < size and window.sentences[start] == window.sentences[last]:
            form = int(forms[start, width])
            label = classes[form][int(window.classes[start, width, form])]
            share = float(window.forms[start, width, 2 + form])
            certainty = round(float(window.class_shares[start, width, form]) / share, 4)
            yield Mention(window.begin + start, window.begin + last + 1, FORMS[form], label, round(float(shares[start, width]), 4), certainty)


def without_crossing(mentions: Iterable[Mention]) -> list[Mention]:
    """The best mentions of which no two cross."""
    chosen: list[Mention] = []
    taken: list[tuple[int, int]] = []
    for mention in sorted(mentions, key=lambda m: (-m.score, m.start, -m.end)):
        begin, stop = mention.start, mention.end
        if not any(begin < start < stop < end or start < begin < end < stop for start, end in taken):
            chosen.append(mention)
            taken.append((begin, stop))
    return chosen


def drop_doubles(mentions: list[Mention]) -> list[Mention]:
    """Without names inside longer names of their own class ("Korea" in "South Korea"), which sets without nesting teach."""
    names = [m for m in mentions if m.form == "name"]
    return [m for m in mentions if m.form != "name" or not any(n.label == m.label and n.holds(m) for n in names)]
