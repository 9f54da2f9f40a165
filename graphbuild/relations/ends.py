"""What a text shows of the ends of a fact: what they are, how they are named, and what stands between them and the word that tells it.

Who acted on whom is misread most where the ends are far from the verb, are only described, or are of a class that seldom takes part in
such a thing. All is read off spans and text, not off a tree, so that an extraction shows it whatever pipeline made it.
"""

import math
import re
from bisect import bisect_left
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import repeat
from typing import Final

from graphbuild.records import Entity, Evidence, Extraction, Mention, Span, Statement, Value

CLASSES: Final = (
    "Person", "Country", "City", "Place", "GovernmentBody", "Organization", "Company", "Group", "Event", "Work", "Agreement", "Vehicle", "Position",
    "MilitaryForce",
)  # fmt: skip
"""Classes that are told from the others."""
_FORMS: Final = {"name": 2.0, "noun": 1.0, "pronoun": 0.0}
_OTHER_FORM: Final = 3.0
_FAR: Final = 40
"""Words between an end and the word that tells the fact beyond which none is told from another."""
_STOP: Final = re.compile(r"[.;!?]\s")
_QUOTES: Final = re.compile(r'["“”]')
_ENTITY: Final = ("linked", "names", "mentions", "name words")
"""What is shown of an entity by itself; nothing of a value."""
_BETWEEN: Final = ("distance", "commas", "behind", "others between", "stop between", "quote between")
"""What is shown of the words between an end and the one that tells the fact; nothing where one of them stands nowhere."""


@dataclass(frozen=True, slots=True)
class Page:
    """A text with what was found in it, by place and id; `bounds` are where mentions start and end, sorted, `named` how often each entity is named."""

    text: str
    at: Mapping[Span, Mention]
    bounds: Sequence[tuple[int, int]]
    entities: Mapping[str, Entity]
    named: Mapping[str, int]

    @classmethod
    def of(cls, extraction: Extraction) -> "Page":
        """Return the page that an extraction was read off."""
        mentions = extraction.mentions
        bounds = sorted((mention.span.start, mention.span.end) for mention in mentions)
        named = {entity.id: sum(mentions[number].form == "name" for number in entity.mentions) for entity in extraction.entities}
        at, entities = {mention.span: mention for mention in mentions}, {entity.id: entity for entity in extraction.entities}
        return cls(extraction.document.text, at, bounds, entities, named)

    def shown(self, statement: Statement, evidence: Evidence) -> dict[str, float]:
        """Return what is shown of both ends in one evidence of a statement: always the same names, in the same order."""
        roles = dict(evidence.roles)
        return {
            f"{role} {name}": value
            for role, end in (("subject", statement.subject), ("object", statement.object))
            for name, value in self._end(end, roles.get(role), roles.get("trigger"))
        }

    def _end(self, end: str | Value, span: Span | None, trigger: Span | None) -> Iterator[tuple[str, float]]:
        entity = self.entities.get(end) if isinstance(end, str) else None
        yield from ((name, float(entity is not None and entity.type == name)) for name in CLASSES)
        if entity is None:
            yield from zip(_ENTITY, repeat(0.0))
        else:
            told = bool(entity.links), self.named[entity.id], math.log1p(len(entity.mentions)), len(entity.name.split())
            yield from zip(_ENTITY, map(float, told), strict=True)
        mention = self.at.get(span) if span is not None else None
        yield "words", float(len(self.text[span.start : span.end].split())) if span is not None else 0.0
        yield "score", mention.score if mention is not None else 0.0
        yield "form", _FORMS.get(mention.form, _OTHER_FORM) if mention is not None else _OTHER_FORM
        yield from self._between(span, trigger)

    def _between(self, span: Span | None, trigger: Span | None) -> Iterator[tuple[str, float]]:
        """Yield what stands between an end and the word that tells the fact."""
        if span is None or trigger is None:
            yield from zip(_BETWEEN, repeat(0.0))
            return
        low, high = min(span.end, trigger.end), max(span.start, trigger.start)
        words = self.text[low:high]
        begun = self.bounds[bisect_left(self.bounds, (low, low)) : bisect_left(self.bounds, (high, high))] if low < high else ()
        others = sum(end <= high for _, end in begun)
        shown = min(_FAR, len(words.split())), words.count(","), span.start > trigger.start, others, bool(_STOP.search(words)), bool(_QUOTES.search(words))
        yield from zip(_BETWEEN, map(float, shown), strict=True)
