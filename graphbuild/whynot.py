"""Why a fact is not in the graph: the stage that had no such thing, as extraction recorded it, and what comes nearest to it.

The stages are asked from the last to the first. One that has something to show for the fact (a claim with a doubt, a refusal, a name
that was read but led nowhere) is the one that lost it; nothing is looked for again in the texts.
"""

import difflib
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Final, Literal

from graphbuild.catalogue import Catalogue
from graphbuild.errors import InputError, UnknownEntity
from graphbuild.explain import links, mentions_of, merges_of, sentence, widen
from graphbuild.gazetteer.names import name_key
from graphbuild.graph import KnowledgeGraph
from graphbuild.records import Claim, Extraction, Node, Rejected, Span, Value

Stage = Literal[
    "stated", "status", "direction", "correction", "register", "question", "threshold", "refused", "class", "identity",
    "relation", "coreference", "frame", "passage", "entity", "mention", "document",
]  # fmt: skip
"""Where the fact stopped: from "it is there" back to "nothing was read"."""
_OF_REJECTED: Final[dict[str, Stage]] = {
    "corrected": "correction",
    "register": "register",
    "question": "question",
    "model": "threshold",
    "threshold": "threshold",
    "class": "class",
}
"""Stages of extraction, as `Rejected` names them."""
MOST: Final = 5
"""Candidates that are shown."""
NEAR: Final = 200
"""Characters between two mentions that count as one passage where the build kept no text."""
_BREAK: Final = re.compile(r"[.!?:;”\"’')\]]\s*\n|\n\s*\n")
"""The end of a paragraph: a blank line, or a line that ends with a sentence."""
_STOP: Final = re.compile(r"[.!?]\s")
"""What ends a sentence; some abbreviations do too, so that too little is taken for one sentence, never too much."""
_PERSONAL: Final = frozenset("he she him her his hers himself herself".split())
_THING: Final = frozenset("it its itself".split())
_PLURAL: Final = frozenset("they them their theirs themselves".split())


@dataclass(frozen=True, slots=True)
class WhyNot:
    """The stage at which a fact was not made, the reason, and what comes nearest to it."""

    stage: Stage
    reason: str
    nearest: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class _Asked:
    """A question, its names found in the graph."""

    graph: KnowledgeGraph
    subject: Node
    relation: str
    target: Node

    @property
    def symmetric(self) -> bool:
        return self.graph.catalogue.relations[self.relation].symmetric

    @property
    def claims(self) -> list[Claim]:
        """The claims of this relation between the two, in the direction asked for."""
        return _said(self.graph, self.subject, self.relation, self.target)


def why_not(graph: KnowledgeGraph, question: str) -> WhyNot:
    """Say at which stage a fact such as "Austin met Kim Jong Un" was not made.

    Raises:
        InputError: no relation of the catalogue stands in the question.
    """
    left, relation, right = parse(question, graph.catalogue)
    if not graph.documents:
        return WhyNot("document", "the build has no documents; what was left out, and why, stands in failed.jsonl")
    try:
        asked = _Asked(graph, graph.node(left), relation, graph.node(right))
    except UnknownEntity as error:
        return _unknown(graph, left if _is_unknown(graph, left) else right, str(error))
    answers = (ask(asked) for ask in (_one, _stated, _turned, _refused, _namesake, _inadmissible, _otherwise, _pronoun))
    return next((answer for answer in answers if answer), None) or _unlinked(asked)


def parse(question: str, catalogue: Catalogue) -> tuple[str, str, str]:
    """Split a question at the longest name or label of a relation in it.

    Raises:
        InputError: none stands there between two names.
    """
    forms = {form: r.name for r in catalogue.relations.values() for form in (r.name, r.label)}
    for form in sorted(forms, key=lambda form: (-len(form), form)):
        found = re.search(rf"(?<!\w){re.escape(form)}(?!\w)", question, re.IGNORECASE)
        if found and question[: found.start()].strip() and question[found.end() :].strip():
            return question[: found.start()].strip(), forms[form], question[found.end() :].strip(" ?.")
    raise InputError(f"{_lacking(question, forms)}; say it as in “Austin met Kim Jong Un”")


def _lacking(question: str, forms: Iterable[str]) -> str:
    """Say what a question lacks that cannot be split: one of its names, or a relation, with those whose names are near its words."""
    labels = sorted(forms)
    if named := next((form for form in labels if re.search(rf"(?<!\w){re.escape(form)}(?!\w)", question, re.IGNORECASE)), None):
        return f"{question!r} has {named!r} but no two names around it"
    near = [form for word in question.split()[1:-1] for form in difflib.get_close_matches(word.lower(), labels, n=3)]
    if near:
        return f"no relation stands in {question!r} between two names; near its words: {', '.join(dict.fromkeys(near))}"
    return f"no relation stands in {question!r} between two names; relations are {', '.join(form for form in labels if form.islower())}"


def _is_unknown(graph: KnowledgeGraph, name: str) -> bool:
    try:
        graph.node(name)
    except UnknownEntity:
        return True
    return False


def _unknown(graph: KnowledgeGraph, name: str, message: str) -> WhyNot:
    """The name was read as a mention and no entity came of it, or it was not read at all."""
    key = name_key(name)
    found = [(x, m.span) for x in graph.extractions for m in x.mentions if name_key(m.text) == key] if key else []
    if not found:
        return WhyNot("mention", message)
    return WhyNot("entity", f"the documents mention {name!r}, but no entity was made of it", tuple(_shown(*place) for place in found[:MOST]))


def _one(asked: _Asked) -> WhyNot | None:
    """Both names lead to one node."""
    if asked.subject.id != asked.target.id:
        return None
    of_document = {x.document.id: {entity.id: entity.name for entity in x.entities} for x in asked.graph.extractions}
    members = [f"{document}: {of_document[document][local]}" for document, local in asked.subject.members]
    decided = [*merges_of(asked.graph, asked.subject.id)]
    return WhyNot("identity", f"both names lead to one entity, {asked.subject.name}", (*members[:MOST], *decided[:MOST]))


def _said(graph: KnowledgeGraph, subject: Node, relation: str, target: Node) -> list[Claim]:
    symmetric = graph.catalogue.relations[relation].symmetric
    return [c for c in links(graph, subject.id, target.id) if c.relation == relation and (symmetric or c.subject == subject.id)]


def _listed(graph: KnowledgeGraph, claims: Iterable[Claim]) -> tuple[str, ...]:
    return tuple(f"{c.id}: {sentence(graph, c)}" for c in claims)[:MOST]


def _stated(asked: _Asked) -> WhyNot | None:
    """It is there, or it is there with a doubt."""
    said = asked.claims
    if not said:
        return None
    plain = [c for c in said if c.status == "asserted"]
    if not plain:
        doubts = " and ".join(sorted({c.status for c in said}))
        return WhyNot("status", f"the documents do not assert it: it is {doubts}", _listed(asked.graph, said))
    listed = {c.id for c in asked.graph.listed}
    implied = "" if any(c.id in listed for c in plain) else "; it is not listed, as stronger facts of the same documents imply it"
    return WhyNot("stated", f"the graph has this fact{implied}", _listed(asked.graph, plain))


def _turned(asked: _Asked) -> WhyNot | None:
    """It is there the other way round."""
    said = [] if asked.symmetric else _said(asked.graph, asked.target, asked.relation, asked.subject)
    return WhyNot("direction", "the documents say it the other way round", _listed(asked.graph, said)) if said else None


def _refused(asked: _Asked) -> WhyNot | None:
    """Something found it, and it was refused."""
    found = list(_rejections(asked))
    if not found:
        return None
    _, first = found[0]
    stage = _OF_REJECTED.get(first.stage, "refused")
    return WhyNot(stage, first.reason, tuple(_shown(extraction, rejected.span) for extraction, rejected in found[:MOST]))


def _rejections(asked: _Asked) -> Iterator[tuple[Extraction, Rejected]]:
    node_of = asked.graph.node_of
    wanted = [(asked.subject.id, asked.target.id)] + ([(asked.target.id, asked.subject.id)] if asked.symmetric else [])
    for extraction in asked.graph.extractions:
        names = {entity.id: entity.name for entity in extraction.entities}
        for r in extraction.rejected:
            if r.subject in names and r.object in names and r.candidate == f"{names[r.subject]} {asked.relation} {names[r.object]}":
                ends = node_of[extraction.document.id, r.subject], node_of[extraction.document.id, r.object]
                if ends in wanted:
                    yield extraction, r


def _namesake(asked: _Asked) -> WhyNot | None:
    """It is said of another entity of the same name."""
    graph, ends = asked.graph, [_namesakes(asked.graph, node) for node in (asked.subject, asked.target)]
    said = [c for c in graph.claims if c.relation == asked.relation and any(a in ends[0] and b in ends[1] for a, b in _directions(c, asked.symmetric))]
    if not said:
        return None
    meant = next(node for node in (asked.subject, asked.target) if node.id not in (said[0].subject, said[0].object))
    other = next(graph.by_id[end] for end in (said[0].subject, str(said[0].object)) if end in _namesakes(graph, meant))
    reason = f"the documents say it of another {other.name} ({other.id}), not taken for the same"
    return WhyNot("identity", reason, (*_listed(graph, said), *_apart(graph, other, meant)))


def _directions(claim: Claim, symmetric: bool) -> list[tuple[str | Value, str | Value]]:
    return [(claim.subject, claim.object), *([(claim.object, claim.subject)] if symmetric else [])]


def _namesakes(graph: KnowledgeGraph, node: Node) -> frozenset[str | Value]:
    """Return the ids of the nodes that share a name with a node; its own is one."""
    keys = {name_key(form) for form in (node.name, *node.aliases)}
    return frozenset(n.id for n in graph.nodes if not keys.isdisjoint(name_key(form) for form in (n.name, *n.aliases)))


def _apart(graph: KnowledgeGraph, one: Node, other: Node) -> list[str]:
    """Say why two nodes are apart, if that was decided."""
    places = [set(mentions_of(graph, node)) for node in (one, other)]
    for decision in graph.decisions:
        sides = [(document, span) for document, span, _ in (decision.left, decision.right)]
        if decision.verdict == "apart" and any(a in places[0] and b in places[1] for a, b in (sides, sides[::-1])):
            return [f"“{decision.left[2]}” in {decision.left[0]} and “{decision.right[2]}” in {decision.right[0]} are apart: {decision.reason}"]
    return []


def _inadmissible(asked: _Asked) -> WhyNot | None:
    """The catalogue admits no such fact between things of their classes."""
    catalogue = asked.graph.catalogue
    relation = catalogue.relations[asked.relation]
    if relation.datatype:
        return WhyNot("class", f"{relation.label} leads to a date or a number, not to an entity")
    for role, classes, node in (("subject", relation.subject, asked.subject), ("object", relation.object, asked.target)):
        if not catalogue.admits(classes, node.type):
            return WhyNot("class", f"the {role} of {relation.label} is {' or '.join(classes)}; {node.name} was read as {node.type}")
    return None


def _otherwise(asked: _Asked) -> WhyNot | None:
    """Other facts hold between the two."""
    said = links(asked.graph, asked.subject.id, asked.target.id)
    return WhyNot("relation", "the documents say other things of the two", _listed(asked.graph, said)) if said else None


def _pronoun(asked: _Asked) -> WhyNot | None:
    """No sentence names both, but in one with one of the two stands a pronoun without a name that may be the other."""
    found = [place for x in asked.graph.extractions for place in _dangling(asked, x)]
    if not found or any(_within(x, *_both(asked, x), _STOP) for x in asked.graph.extractions):
        return None
    extraction, span, missing = found[0]
    words = extraction.document.text[span.start : span.end]
    reason = f"“{words}” was taken for nobody that has a name; it stands in a sentence with one of the two, and may be {missing.name}"
    return WhyNot("coreference", reason, tuple(_shown(x, place) for x, place, _ in found[:MOST]))


def _dangling(asked: _Asked, extraction: Extraction) -> Iterator[tuple[Extraction, Span, Node]]:
    """Yield the pronouns without a name that share a sentence with one of the two, and the other, who is spoken of elsewhere."""
    left, right = _both(asked, extraction)
    if not left or not right or not extraction.document.text:
        return
    named = {n for entity in extraction.entities if any(extraction.mentions[m].form == "name" for m in entity.mentions) for n in entity.mentions}
    for span in (m.span for number, m in enumerate(extraction.mentions) if m.form == "pronoun" and number not in named):
        beside = [bool(_within(extraction, [span], side, _STOP)) for side in (left, right)]
        missing = asked.target if beside[0] else asked.subject
        if beside[0] != beside[1] and _may_be(extraction.document.text[span.start : span.end], missing, asked.graph.catalogue):
            yield extraction, span, missing


def _may_be(pronoun: str, node: Node, catalogue: Catalogue) -> bool:
    """Tell whether a pronoun of the third person can stand for an entity of this class."""
    person = "Person" in (node.type, *catalogue.ancestors(node.type))
    return pronoun.lower() in _PLURAL | (_PERSONAL if person else _THING)


def _both(asked: _Asked, extraction: Extraction) -> tuple[list[Span], list[Span]]:
    return _spans(asked.graph, asked.subject, extraction), _spans(asked.graph, asked.target, extraction)


def _unlinked(asked: _Asked) -> WhyNot:
    """Nothing links the two: no passage names both, or none does so in a construction that the catalogue knows."""
    graph = asked.graph
    spans = [(x, *_both(asked, x)) for x in graph.extractions]
    both = [(x, left, right) for x, left, right in spans if left and right]
    shared = [(x, pair) for x, left, right in both if (pair := _within(x, left, right, _BREAK))]
    if shared:
        reason = "the two are spoken of together, but no construction of the catalogue links them there"
        return WhyNot("frame", reason, tuple(_shown(x, Span(min(a.start, b.start), max(a.end, b.end))) for x, (a, b) in shared[:MOST]))
    reason = f"no paragraph speaks of both {asked.subject.name} and {asked.target.name}"
    return WhyNot("passage", reason, tuple(_distance(x, left, right) for x, left, right in both[:MOST]) or (_where(asked.subject), _where(asked.target)))


def _distance(extraction: Extraction, left: Sequence[Span], right: Sequence[Span]) -> str:
    gap = min(b.start - a.end for a, b in _neighbours(left, right))
    return f"{extraction.document.id}: speaks of both, at least {max(gap, 0)} characters apart"


def _where(node: Node) -> str:
    documents = sorted({document for document, _ in node.members})
    more = f" and {len(documents) - MOST} more documents" if len(documents) > MOST else ""
    return f"{node.name}: {', '.join(documents[:MOST])}{more}"


def _spans(graph: KnowledgeGraph, node: Node, extraction: Extraction) -> list[Span]:
    """Return where a document speaks of a node."""
    key = extraction.document.id
    own = [entity for entity in extraction.entities if graph.node_of[key, entity.id] == node.id]
    return [extraction.mentions[n].span for entity in own for n in entity.mentions]


def _within(extraction: Extraction, left: Sequence[Span], right: Sequence[Span], border: re.Pattern[str]) -> tuple[Span, Span] | None:
    """Return the nearest two mentions between which no border stands; in a build without texts, two that are near."""
    text = extraction.document.text
    for a, b in sorted(_neighbours(left, right), key=lambda pair: (pair[1].start - pair[0].end, pair)):
        if border.search(text, a.end, b.start) is None if text else b.start - a.end <= NEAR:
            return a, b
    return None


def _neighbours(left: Sequence[Span], right: Sequence[Span]) -> list[tuple[Span, Span]]:
    """Return the pairs of a mention of each that follow on one another in the text: if any two are in one passage, then two of these are."""
    places = sorted([(span, 0) for span in left] + [(span, 1) for span in right])
    return [(one, other) for (one, side), (other, side_) in pairwise(places) if side != side_]


def _shown(extraction: Extraction, span: Span) -> str:
    """Show a place of a document in its paragraph."""
    text = extraction.document.text
    wide = widen(span, text) if text else span
    return f"{extraction.document.id}: {text[wide.start : wide.end] or '(the build keeps no text)'}"
