"""Each stage of the way is broken once, on purpose, and why-not names that stage.

The shipped model reads one short report. With everything in order the graph has the fact that is asked for; then one component is
replaced by one that fails as such components do, the same report is read again, and the answer must be the stage of that component.
"""

from collections.abc import Callable
from dataclasses import replace
from functools import cache
from typing import Any

import pytest
import spacy

import graphbuild.graph
import graphbuild.pipeline
from graphbuild.amend import Rulings
from graphbuild.chains import Chains
from graphbuild.clean import CleanText, clean
from graphbuild.coref import resolve
from graphbuild.corrections import Corrections, parse
from graphbuild.graph import KnowledgeGraph, assemble
from graphbuild.identity import Identities, identify
from graphbuild.language import load_model
from graphbuild.mentions import TokenMention, find_mentions
from graphbuild.pipeline import extract
from graphbuild.records import Document
from graphbuild.relations import classifier, frames, statements
from graphbuild.relations.candidates import Candidate
from graphbuild.relations.frames import FrameMatcher
from graphbuild.relations.qualifiers import Qualified
from graphbuild.whynot import Stage, why_not

REPORT = "Tomas Ardeni arrived in Oslo on Monday.\n\nForeign Minister Mara Ilves visited Helsinki on Tuesday. She praised Tomas Ardeni there."
QUESTION = "Mara Ilves praised Tomas Ardeni"

Patch = pytest.MonkeyPatch
Break = Callable[[Patch], None]


@cache
def model() -> spacy.Language:
    return load_model()


def built(corrections: Corrections | None = None, text: str = REPORT) -> KnowledgeGraph:
    return assemble([extract(Document("report", "report.txt", text, published="2031-03-05"), model())], corrections=corrections)


def without_mentions(patch: Patch) -> None:
    """Mentions: a name is not found."""
    patch.setattr(graphbuild.pipeline, "find_mentions", lambda doc, gazetteer: tuple(m for m in find_mentions(doc, gazetteer) if "Ilves" not in m.text(doc)))


def other_class(patch: Patch) -> None:
    """Mentions: a name gets a wrong class."""

    def find(doc: Any, gazetteer: Any) -> tuple[TokenMention, ...]:
        return tuple(replace(m, label="Weapon") if "Ardeni" in m.text(doc) else m for m in find_mentions(doc, gazetteer))

    patch.setattr(graphbuild.pipeline, "find_mentions", find)


def resolved_without(lost: Callable[[TokenMention, str], bool]) -> Callable[..., Chains]:
    """Return a `resolve` that leaves out some mentions."""

    def broken(doc: Any, mentions: Any, speeches: Any, gazetteer: Any) -> Chains:
        chains = resolve(doc, mentions, speeches, gazetteer)
        gone = {i for i, m in enumerate(mentions) if lost(m, m.text(doc))}
        members = [[i for i in cluster if i not in gone] for cluster in chains.members]
        kept = {old: new for new, old in enumerate(n for n, cluster in enumerate(members) if cluster)}
        of = {i: tuple(kept[c] for c in clusters if c in kept) for i, clusters in chains.of.items() if i not in gone}
        return Chains(chains.mentions, [cluster for cluster in members if cluster], {i: clusters for i, clusters in of.items() if clusters})

    return broken


def without_entity(patch: Patch) -> None:
    """Chains: a name that was found is put into none."""
    patch.setattr(graphbuild.pipeline, "resolve", resolved_without(lambda mention, text: "Ardeni" in text))


def without_pronouns(patch: Patch) -> None:
    """Coreference: no pronoun is resolved."""
    patch.setattr(graphbuild.pipeline, "resolve", resolved_without(lambda mention, text: mention.form == "pronoun"))


def all_one(patch: Patch) -> None:
    """Identity: two persons are merged."""

    def merged(extractions: Any, catalogue: Any, ruled: Rulings) -> Identities:
        found = identify(extractions, catalogue, ruled)
        one, other = (next(n for n in found.nodes if n.name == name) for name in ("Mara Ilves", "Tomas Ardeni"))
        both = replace(one, aliases=tuple(sorted({*one.aliases, *other.aliases, other.name})), members=tuple(sorted((*one.members, *other.members))))
        nodes = tuple(both if n is one else n for n in found.nodes if n is not other)
        return Identities(nodes, {member: n.id for n in nodes for member in n.members}, found.decisions)

    patch.setattr(graphbuild.graph, "identify", merged)


def cut_short(patch: Patch) -> None:
    """Cleaning: the sentence that tells it is taken for boilerplate."""

    def cleaned(text: str) -> CleanText:
        return clean(text[: text.index(" She praised")])

    patch.setattr(graphbuild.pipeline, "clean", cleaned)


def without_model(patch: Patch) -> None:
    patch.setattr(statements, "has_votes", lambda doc: False)


def without_frames(patch: Patch) -> None:
    """Frames: the catalogue's words for it are missing, and the relation model is silent."""
    without_model(patch)
    patch.setattr(FrameMatcher, "_match", lambda *arguments: iter(()))


def changed_candidates(patch: Patch, change: Callable[[FrameMatcher, Candidate], Candidate]) -> None:
    found = FrameMatcher.candidates
    without_model(patch)
    patch.setattr(FrameMatcher, "candidates", lambda self: (change(self, candidate) for candidate in found(self)))


def swapped_ends(patch: Patch) -> None:
    """Arguments: subject and object are taken for each other."""

    def turned(matcher: FrameMatcher, candidate: Candidate) -> Candidate:
        assert candidate.object is not None
        return replace(candidate, subject=candidate.object, object=candidate.subject)

    changed_candidates(patch, turned)


def other_relation(patch: Patch) -> None:
    """Frames: the words are taken for those of another relation."""

    def mistaken(matcher: FrameMatcher, candidate: Candidate) -> Candidate:
        name = {"praised": "condemned"}.get(candidate.relation.name, candidate.relation.name)
        return replace(candidate, relation=matcher.catalogue.relations[name])

    changed_candidates(patch, mistaken)


def too_strict(patch: Patch) -> None:
    """Relation model: its threshold refuses everything."""
    every = classifier.Thresholds({"default": 2.0}, {"default": 2.0})
    patch.setattr(statements, "thresholds", lambda: every)


def unsure(patch: Patch) -> None:
    """Frames: no words for it; relation model: what it finds by itself is never enough."""
    patch.setattr(FrameMatcher, "_match", lambda *arguments: iter(()))
    patch.setattr(statements, "thresholds", lambda: classifier.Thresholds({"default": 2.0}, {"default": 0.0}))


def all_play(patch: Patch) -> None:
    """Register: every sentence is taken for one of a work of fiction."""
    patch.setattr(frames, "unreal_sentences", lambda doc: frozenset(sentence.start for sentence in doc.sents))


def all_ask(patch: Patch) -> None:
    """Qualifiers: every sentence is taken for a question."""
    patch.setattr(statements, "is_question", lambda token: True)


def all_denied(patch: Patch) -> None:
    """Qualifiers: every statement is taken for a denial."""
    patch.setattr(statements, "qualify", lambda *arguments: Qualified(polarity="negative"))


def nothing(patch: Patch) -> None:
    """Nothing is broken."""


BROKEN: list[tuple[Stage, Break]] = [
    ("stated", nothing),
    ("status", all_denied),
    ("direction", swapped_ends),
    ("relation", other_relation),
    ("threshold", too_strict),
    ("threshold", unsure),
    ("register", all_play),
    ("question", all_ask),
    ("class", other_class),
    ("identity", all_one),
    ("frame", without_frames),
    ("coreference", without_pronouns),
    ("passage", cut_short),
    ("entity", without_entity),
    ("mention", without_mentions),
]


@pytest.mark.parametrize(("stage", "broken"), BROKEN, ids=[stage for stage, _ in BROKEN])
def test_why_not_names_the_stage_that_broke(monkeypatch: Patch, stage: Stage, broken: Break):
    broken(monkeypatch)
    answer = why_not(built(), QUESTION)
    assert answer.stage == stage, answer
    assert answer.nearest or stage == "mention"


def test_why_not_names_the_decision_of_a_person():
    (claim,) = [c for c in built().claims if c.relation == "praised"]
    spans = dict(claim.evidence[0].roles)
    ends = ", ".join(f'"{role}": [{spans[role].start}, {spans[role].end}]' for role in ("subject", "object"))
    decided = parse(f'{{"reject": {{"document": "report", "relation": "praised", {ends}}}}}', "mine.jsonl")
    answer = why_not(built(decided), QUESTION)
    assert (answer.stage, answer.reason) == ("correction", "rejected by line 1 of the corrections")


def test_why_not_names_a_namesake(monkeypatch: Patch):
    """Identity: one person is taken for two."""
    texts = {"a": REPORT, "b": "Mara Ilves arrived in Oslo. Mara Ilves met Jan Kohout."}
    read = [extract(Document(name, name, text), model()) for name, text in texts.items()]
    spans = [next(x.mentions[n].span for e in x.entities if e.name == "Mara Ilves" for n in e.mentions) for x in read]
    pair = ", ".join(f'{{"document": "{x.document.id}", "start": {s.start}, "end": {s.end}}}' for x, s in zip(read, spans, strict=True))
    graph = assemble(read, corrections=parse(f'{{"apart": [{pair}]}}', "mine.jsonl"))
    answers = {node.id: why_not(graph, f"{node.id} met Jan Kohout") for node in graph.nodes if node.name == "Mara Ilves"}
    assert sorted(answer.stage for answer in answers.values()) == ["identity", "stated"]
    (parted,) = [answer for answer in answers.values() if answer.stage == "identity"]
    assert "decided by hand" in parted.nearest[-1]


def test_why_not_of_an_empty_build():
    assert why_not(assemble([]), QUESTION).stage == "document"
