"""Confidence grows with scores and independent sources, and copies add nothing."""

from dataclasses import replace
from functools import cache

import pytest
from hypothesis import given
from hypothesis import strategies as st

from graphbuild.catalogue import load_catalogue
from graphbuild.confidence import CEILING, confidence, independent_sources
from graphbuild.language import load_model
from graphbuild.pipeline import extract
from graphbuild.records import Document, Entity, Evidence, Extraction, Mention, Span, Statement, Value
from graphbuild.relations.ends import CLASSES, Page
from graphbuild.relations.scoring import HOSTILE, SINGLE, noted, predictors, scored, stem_of, weights, word_of


def evidence(document: str, quote: str, score: float) -> Evidence:
    return Evidence(document, Span(0, len(quote)), quote, "rule", score=score)


ANY = st.lists(st.builds(evidence, st.sampled_from("abc"), st.sampled_from(["x met y", "x saw y", "y met x"]), st.floats(0, 1)), min_size=1, max_size=6)


@given(ANY, st.floats(0, 1))
def test_more_evidence_never_lowers_it(given_evidence: list[Evidence], score: float) -> None:
    more = [*given_evidence, evidence("another", "told anew", score)]
    assert 0 <= confidence(given_evidence) <= confidence(more) <= CEILING
    assert independent_sources(more) == independent_sources(given_evidence) + 1


@given(ANY)
def test_order_does_not_matter(given_evidence: list[Evidence]) -> None:
    assert confidence(given_evidence) == confidence(given_evidence[::-1])


def test_copies_are_one_source() -> None:
    printed = [evidence("a", "x met y", 0.5), evidence("b", "X  met\ny", 0.5)]
    assert (confidence(printed), independent_sources(printed)) == (0.5, 1)
    told = [evidence("a", "x met y", 0.5), evidence("b", "y saw x", 0.5)]
    assert (confidence(told), independent_sources(told)) == (0.75, 2)


READ = Evidence("d", Span(5, 15), "She met Bo", "met.clause", (("subject", Span(5, 8)), ("trigger", Span(9, 12))), (), (("entity", 0.9), ("pronouns", 1.0)))
FELT = Document("d", "d", "Then She met Bo in Oslo.")


def score(evidence: Evidence, **stance: str) -> float:
    """Score one fact told by an evidence."""
    told = Extraction(FELT, statements=(Statement("met", "e1", "e2", evidence=(evidence,), **stance),))  # type: ignore[arg-type]
    return scored(told).statements[0].evidence[0].score


def test_a_score_weighs_the_status_and_who_is_meant():
    assert score(READ, polarity="negative") < score(READ, modality="planned") < score(READ)
    assert score(READ) < score(replace(READ, features=(("entity", 0.9),)))
    assert score(READ) < score(replace(READ, features=(*READ.features, ("model", 0.9))))


DOUBTS = {"arcs": 0.1, "quoted": 1.0, "reclassed": 1.0, "heading": 1.0, "first_person": 1.0, "back": 20.0, "others": 1.0}


@pytest.mark.parametrize("feature", DOUBTS.items())
def test_what_makes_a_reading_doubtful_lowers_its_odds_and_its_score(feature: tuple[str, float]):
    doubted = replace(READ, features=(*READ.features, feature))
    plain, doubtful = (predictors(evidence, "asserted") for evidence in (READ, doubted))
    assert sum(weights()[name] * (doubtful[name] - plain[name]) for name in plain) < 0
    assert score(doubted) < score(READ)


TOLD = Extraction(
    Document("d", "d", "Ana Lind, who lives in Oslo, met the two envoys."),
    mentions=(
        Mention(Span(0, 8), "name", "Person", "Ana Lind", 0.9),
        Mention(Span(23, 27), "name", "City", "Oslo", 0.8),
        Mention(Span(33, 47), "noun", "Group", "the two envoys", 0.7),
    ),
    entities=(
        Entity("e1", "Person", "Ana Lind", mentions=(0,)),
        Entity("e2", "City", "Oslo", mentions=(1,), links=("Q585",)),
        Entity("e3", "Group", "two envoys", mentions=(2,)),
    ),
)


def test_a_page_shows_what_the_ends_are_and_what_stands_before_them():
    evidence = Evidence("d", Span(0, 47), "…", "met.clause", (("subject", Span(0, 8)), ("object", Span(33, 47)), ("trigger", Span(29, 32))))
    shown = Page.of(TOLD).shown(Statement("met", "e1", "e3", evidence=(evidence,)), evidence)
    assert [name for name, value in shown.items() if value == 1.0 and name.split()[1] in CLASSES] == ["subject Person", "object Group"]
    assert {name: shown[name] for name in ("subject names", "object names", "subject distance", "subject commas", "subject others between")} == {
        "subject names": 1.0,
        "object names": 0.0,
        "subject distance": 5.0,
        "subject commas": 2.0,
        "subject others between": 1.0,
    }
    assert (shown["subject behind"], shown["object behind"], shown["object words"], shown["object score"]) == (0.0, 1.0, 3.0, 0.7)


def test_a_page_shows_the_same_of_a_value_and_of_what_stands_nowhere():
    evidence = Evidence("d", Span(0, 47), "…", "bornOn.clause", (("subject", Span(0, 8)),))
    shown = Page.of(TOLD).shown(Statement("bornOn", "e1", Value("1961"), evidence=(evidence,)), evidence)
    other = Page.of(Extraction(FELT)).shown(Statement("met", "e1", "e2"), READ)
    assert list(shown) == list(other)
    assert sum(value for name, value in shown.items() if name.startswith("object") and name != "object form") == 0
    assert shown["object form"] == other["subject form"] == 3.0


def test_what_is_weighed_has_its_weight():
    assert set(predictors(READ, "asserted")) == set(weights())


def test_the_word_of_a_fact_is_its_trigger():
    assert word_of(READ) == "met"
    assert not word_of(replace(READ, rule="met.model"))


def test_a_word_that_often_told_a_relation_is_surer_than_another():
    rare = replace(READ, quote="She lit Bo")
    assert (stem_of(READ), stem_of(rare), stem_of(replace(READ, rule="met.model"))) == ("met", "lit", "")
    often, seldom = (predictors(e, "asserted") for e in (READ, rare))
    assert often["familiar"] > seldom["familiar"] == 0
    assert often["share"] > seldom["share"]
    assert weights()["familiar"] > 0 < weights()["share"]


def test_hostile_relations_are_those_of_conflict_and_single_ones_are_known():
    relations = load_catalogue().relations
    assert {name for name, relation in relations.items() if relation.family == "conflict"} == HOSTILE
    assert relations.keys() >= SINGLE


def test_what_else_is_found_of_the_ends_is_noted():
    led = [Statement("leads", "e1", object_, evidence=(READ,)) for object_ in ("e2", "e3")]
    quoted = Statement("said", "e1", "e2", evidence=(replace(READ, score=0.4),))
    *both, met, said = noted([*led, Statement("met", "e4", "e2", evidence=(READ,)), quoted])
    found = [dict(s.evidence[0].features) for s in (*both, met)]
    assert [f.get("others") for f in found] == [1.0, 1.0, None]
    assert [f.get("facts") for f in found] == [2.0, None, 2.0]
    assert said == quoted


def test_scoring_again_changes_nothing_and_a_quotation_keeps_its_score():
    said = Statement("said", "e1", Value("No."), evidence=(replace(READ, score=0.4),))
    once = scored(Extraction(FELT, statements=(Statement("met", "e1", "e2", evidence=(READ,)), said)))
    assert scored(once) == once
    assert once.statements[1] == said


@cache
def features_of(text: str) -> dict[str, dict[str, float]]:
    """Read a text, and return by relation the features of its facts."""
    return {s.relation: dict(s.evidence[0].features) for s in extract(Document("d", "d", text, published="2023-02-01"), load_model()).statements}


@pytest.mark.parametrize(
    ("text", "relation", "feature", "expected"),
    [
        ("Kenya attacked Chad.", "attacked", "country", True),
        ("Kenya attacked the port of Lagos.", "attacked", "country", False),
        ('"Norway met Chad in Geneva last week," said Ana Lind.', "met", "quoted", True),
        ("Norway met Chad in Geneva last week.", "met", "quoted", False),
        ("Norway met Chad in Geneva last week.", "met", "main", True),
        ("Norway met Chad in Geneva last week.", "met", "back", False),
        ("Ana Lind is in Geneva. She met Rui Andrade there.", "met", "back", True),
    ],
)
def test_evidence_tells_how_a_fact_was_read(text: str, relation: str, feature: str, expected: bool):
    assert (feature in features_of(text)[relation]) is expected


def test_evidence_tells_how_sure_the_parser_is_of_the_tree_between_the_ends():
    sure, unsure = features_of("Norway met Chad."), features_of("Norway, the minister whom Togo sent said on Friday to Chad, met in Oslo Mali.")
    assert sure["met"]["arcs"] > 0.9
    assert all(0 <= found["arcs"] < sure["met"]["arcs"] for found in unsure.values() if "arcs" in found)


def test_what_the_relation_head_finds_instead_is_noted():
    texts = "Ana Lind met and accused Rui Andrade.", "Norway and Chad signed and condemned the treaty with Togo."
    found = [features for text in texts for features in features_of(text).values()]
    assert any(0 < f["rival"] <= 1 for f in found if "rival" in f)
