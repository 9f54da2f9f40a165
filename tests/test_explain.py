"""Why a fact is there, and at which stage another got lost."""

import json
from dataclasses import replace

import pytest

from graphbuild.confidence import CEILING
from graphbuild.errors import InputError
from graphbuild.explain import between, explain, why
from graphbuild.graph import KnowledgeGraph, assemble
from graphbuild.records import Extraction, Rejected
from graphbuild.whynot import why_not
from tests.documents import Told, both, talks


def refused() -> Extraction:
    """A report in which a frame matched and its ends were refused."""
    told = Told("refused", "Lena Vos visited Brandt.\nOskar Brandt and Nils Aune are old.\nNils Aune 🙂 sleeps.")
    told.entity("vos", "Person", "Lena Vos")
    told.entity("brandt", "Person", "Oskar Brandt", "Brandt")
    told.entity("aune", "Person", "Nils Aune")
    done = told.done()
    rejected = Rejected("class", "visited does not admit Person and Person", "Lena Vos visited Oskar Brandt", told.span("visited"), "vos", "brandt")
    return Extraction(done.document, done.mentions, done.chains, done.entities, done.statements, (rejected,))


@pytest.fixture(scope="module")
def graph() -> KnowledgeGraph:
    return assemble([*both(), refused()])


def test_a_fact_is_explained_by_every_document_that_tells_it(graph: KnowledgeGraph):
    (explanation,) = between(graph, "Ilves", "Ardeni")
    assert explanation.sentence == "Mara Ilves met Tomas Ardeni"
    assert [(part.documents, part.score) for part in explanation.parts] == [(("talks",), 0.8), (("denial",), 0.5)]
    assert [reading.document for reading in explanation.readings] == ["denial", "talks"]
    assert any("same full name" in merge for merge in explanation.merges)


def test_marks_are_the_words_of_the_document(graph: KnowledgeGraph):
    documents = {d.id: d.text for d in graph.documents}
    for claim in graph.claims:
        for reading, evidence in zip(why(graph, claim.id).readings, claim.evidence, strict=True):
            assert documents[reading.document][reading.start :].startswith(reading.passage)
            marked = {(name, reading.passage[start:end]) for start, end, name in reading.marks}
            assert {(name, documents[reading.document][span.start : span.end]) for name, span in evidence.roles} <= marked


def test_both_directions_are_found(graph: KnowledgeGraph):
    assert between(graph, "Sudria", "Ardeni") == between(graph, "Ardeni", "Sudria")


def test_an_id_must_be_one(graph: KnowledgeGraph):
    with pytest.raises(InputError, match="no fact has the id 'xyz'"):
        why(graph, "xyz")
    with pytest.raises(InputError, match="no fact has the id ''"):
        why(graph, "")


WHY_NOT = [
    ("Mara Ilves met Nobody Known", "mention", "no entity is called 'Nobody Known'"),
    ("Mara Elves met Tomas Ardeni", "mention", "the nearest are: Mara Ilves"),
    ("Mara Ilves met Tomas", "mention", "the nearest are: Tomas Ardeni"),
    ("Mara Ilves met Ilves", "identity", "both names lead to one entity"),
    ("Tomas Ardeni met Mara Ilves", "stated", "the graph has this fact"),
    ("Mara Ilves visited Sudria", "status", "it is planned"),
    ("Goran Pesk attacked Sudria", "status", "it is reported"),
    ("Lena Vos visited Oskar Brandt", "class", "visited does not admit Person and Person"),
    ("Mara Ilves condemned Tomas Ardeni?", "relation", "other things"),
    ("Sudria leads Tomas Ardeni", "direction", "the other way round"),
    ("Port Selby met Tomas Ardeni", "class", "the subject of met is actor; Port Selby was read as City"),
    ("Mara Ilves born on Sudria", "class", "leads to a date"),
    ("Oskar Brandt met Nils Aune", "frame", "no construction"),
    ("Lena Vos met Nils Aune", "passage", "no paragraph speaks of both"),
    ("Lena Vos met Mara Ilves", "passage", "no paragraph speaks of both"),
]


@pytest.mark.parametrize(("question", "stage", "reason"), WHY_NOT)
def test_why_not_names_the_stage(graph: KnowledgeGraph, question: str, stage: str, reason: str):
    answer = why_not(graph, question)
    assert answer.stage == stage
    assert reason in answer.reason


def test_what_a_stronger_fact_implies_is_stated_but_not_listed():
    told = talks()
    leads = next(s for s in told.statements if s.relation == "leads")
    answer = why_not(assemble([replace(told, statements=(*told.statements, replace(leads, relation="officialOf")))]), "Tomas Ardeni official of Sudria")
    assert answer.stage == "stated"
    assert "stronger facts of the same documents imply it" in answer.reason


def test_why_not_shows_what_comes_nearest(graph: KnowledgeGraph):
    assert why_not(graph, "Lena Vos visited Oskar Brandt").nearest == ("refused: Lena Vos visited Brandt.",)
    assert why_not(graph, "Oskar Brandt met Nils Aune").nearest == ("refused: Oskar Brandt and Nils Aune are old.",)
    assert why_not(graph, "Mara Ilves visited Sudria").nearest[0].endswith("Mara Ilves visited Sudria (planned)")


def test_the_parts_make_the_confidence(graph: KnowledgeGraph):
    for claim in graph.claims:
        doubt = 1.0
        for part in explain(graph, claim).parts:
            doubt *= 1 - part.score
        assert claim.confidence == pytest.approx(min(CEILING, 1 - doubt), abs=1e-4)


def test_copies_are_one_part(graph: KnowledgeGraph):
    copied = [replace(talks(), document=replace(talks().document, id=name)) for name in ("one", "two")]
    moved = [Extraction.from_json(json.loads(x.to_line().replace('"talks"', f'"{x.document.id}"'))) for x in copied]
    (explanation,) = between(assemble(moved), "Norland", "Sudria")
    assert [part.documents for part in explanation.parts] == [("one", "two")]


@pytest.mark.parametrize(("question", "stage"), [("Oskar Brandt met Nils Aune", "frame"), ("Lena Vos met Mara Ilves", "passage")])
def test_why_not_of_a_build_without_texts(question: str, stage: str):
    bare = [replace(x, document=replace(x.document, text="")) for x in (*both(), refused())]
    answer = why_not(assemble(bare), question)
    assert answer.stage == stage
    assert answer.nearest


def test_a_build_without_texts_is_explained_by_its_quotes():
    extraction = talks()
    bare = Extraction.from_json(extraction.to_json() | {"document": {"id": "talks", "source": "talks.txt", "text": ""}})
    (explanation, *_) = between(assemble([bare]), "Ilves", "Ardeni")
    assert explanation.readings[0].passage == "Ilves met Tomas Ardeni in Port Selby."
