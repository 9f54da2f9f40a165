"""What the benchmarks compute themselves, on small cases worked out by hand."""

import pytest
import spacy
from spacy.tokens import Doc

from benchmarks.clear import clear_style
from benchmarks.open_sets import Found, _links, _owner, _spaced, _text_counts
from benchmarks.peers import Triple, _end, _evoked
from benchmarks.speed import Clock, documents
from graphbuild.catalogue import load_catalogue
from graphbuild.records import Evidence, Span
from graphbuild.relations.scoring import predictors

NLP = spacy.blank("en")


def tree(rows: str) -> Doc:
    """Build a parsed Doc: a word, its head's number (from one, 0 for the root), label and tag in each row."""
    cells = [row.split() for row in rows.strip().splitlines()]
    heads = [int(head) - 1 if head != "0" else n for n, (_, head, *_) in enumerate(cells)]
    labels = ["ROOT" if label == "root" else label for _, _, label, _ in cells]
    return Doc(NLP.vocab, words=[c[0] for c in cells], heads=heads, deps=labels, pos=[c[3] for c in cells])


PASSIVE = """
Ada 4 nsubj:pass PROPN
Brook 1 flat PROPN
was 4 aux:pass AUX
received 0 root VERB
by 6 case ADP
Pesk 4 obl:agent PROPN
in 8 case ADP
Togo 4 obl PROPN
"""
COPULA = """
Pesk 5 nsubj PROPN
is 5 cop AUX
not 5 advmod PART
the 5 det DET
head 0 root NOUN
of 7 case ADP
Togo 5 nmod PROPN
"""


def links(doc: Doc) -> set[tuple[str, str, str]]:
    return {(token.text, token.dep_, token.head.text) for token in doc}


def test_prepositions_and_passives_become_what_other_tools_expect() -> None:
    assert links(clear_style(tree(PASSIVE))) == {
        ("Ada", "compound", "Brook"),
        ("Brook", "nsubjpass", "received"),
        ("was", "auxpass", "received"),
        ("received", "ROOT", "received"),
        ("by", "agent", "received"),
        ("Pesk", "pobj", "by"),
        ("in", "prep", "received"),
        ("Togo", "pobj", "in"),
    }


def test_copulas_become_heads() -> None:
    assert links(clear_style(tree(COPULA))) == {
        ("Pesk", "nsubj", "is"),
        ("is", "ROOT", "is"),
        ("not", "neg", "is"),
        ("the", "det", "head"),
        ("head", "attr", "is"),
        ("of", "prep", "head"),
        ("Togo", "pobj", "of"),
    }
    assert [chunk.text for chunk in clear_style(tree(COPULA)).noun_chunks] == ["Pesk", "the head", "Togo"]


def fact(subject: tuple[int, int], target: tuple[int, int], name: str = "CEO", ids: tuple[str | None, str | None] = (None, None)) -> Found:
    return Found(name, Span(*subject), Span(*target), *ids)


def test_text_scores_ask_for_overlapping_words() -> None:
    gold = [fact((0, 5), (10, 15)), fact((20, 25), (10, 15)), fact((0, 5), (30, 35))]
    ours = [fact((3, 8), (10, 11)), fact((0, 5), (16, 18))]
    assert _text_counts(ours, gold) == {"CEO": (1, 2, 3)}
    assert _text_counts([fact((0, 5), (10, 15), "SPOUSE")], gold) == {"CEO": (0, 0, 3), "SPOUSE": (0, 1, 0)}


def test_link_scores_ask_for_both_ids_once_and_for_no_date() -> None:
    facts = [fact((0, 1), (2, 3), ids=("Q1", "Q2")), fact((4, 5), (2, 3), ids=("Q1", "Q2")), fact((0, 1), (2, 3), ids=("Q1", None))]
    assert _links([*facts, fact((0, 1), (2, 3), "DATE_OF_BIRTH", ("Q1", "Q2"))]) == {("CEO", "Q1", "Q2")}


def test_an_entity_belongs_to_whom_it_shares_most_mentions_with() -> None:
    chains = [[Span(0, 5)], [Span(10, 15), Span(20, 25)]]
    assert _owner([Span(0, 3), Span(11, 12), Span(21, 22)], chains) == 1
    assert _owner([Span(6, 9)], chains) is None


def test_words_joined_to_text_keep_their_places() -> None:
    words = ["Ada", "(", "born", "1931", ")", ",", "spoke", "."]
    text, places = _spaced(words)
    assert text == "Ada (born 1931), spoke."
    assert [text[start:end] for start, end in places] == words


@pytest.mark.parametrize(("phrase", "name"), [("foreign minister Ada Brook", "Ada Brook"), ("the minister of Togo", "Togo"), ("the minister", None)])
def test_a_phrase_stands_for_the_name_that_it_ends_with(phrase: str, name: str | None) -> None:
    assert _end(phrase, ["Brook", "Ada Brook", "Togo"], "d")["aliases"] == ([name] if name else [])


def test_the_words_of_a_triple_evoke_relations() -> None:
    assert "met" in _evoked(Triple("a", ("do", "meet"), "b", False, 0, 1), load_catalogue())
    assert _evoked(Triple("a", ("zzz",), "b", False, 0, 1), load_catalogue()) == []


def test_calibration_of_what_is_known() -> None:
    pytest.importorskip("sklearn")
    pytest.importorskip("skl2onnx")
    import numpy as np

    from benchmarks.calibration import bins, calibration_error, skill

    right = np.array([True, False] * 50)
    assert skill(np.full(100, 0.5), right) == pytest.approx(0.0)
    assert skill(right.astype(float), right) == 1.0
    assert calibration_error(np.full(100, 0.9), right) == pytest.approx(0.4)
    assert [count for *_, count in bins(np.linspace(0, 1, 100), right)] == [10] * 10


def test_a_fit_learns_what_tells_right_from_wrong_and_holds_it_for_other_documents() -> None:
    pytest.importorskip("sklearn")
    pytest.importorskip("skl2onnx")
    import numpy as np

    from benchmarks.calibration import Sample, cross_fitted, fitted, joined, predicted, skill

    dice = np.random.default_rng(1)
    names = tuple(predictors(Evidence("d", Span(0, 3), "met", "met.clause"), "asserted"))

    def drawn(count: int) -> Sample:
        rows = dice.normal(size=(count, len(names)))
        rows[:, [names.index(name) for name in ("model_only", "familiar", "share", "back", "hostile")]] = 0.0
        right = rows[:, names.index("model")] - rows[:, names.index("denied")] + 0.3 * dice.normal(size=count) > 0
        documents, relations = tuple(f"d{n % 20}" for n in range(count)), tuple("met" if n % 2 else "visited" for n in range(count))
        words = tuple("meet" if n % 3 else "visit" for n in range(count))
        return Sample(documents, relations, words, names, rows, dice.normal(size=(count, 2)), np.full(count, 0.5), np.ones(count), right)

    known, held, read, statements, gold = drawn(400), drawn(150), drawn(150), drawn(150), drawn(200)
    effects = fitted(known, held, read, statements)
    assert effects.weights["model"] > 0.5 > -0.5 > effects.weights["denied"]
    assert set(effects.relations) == {"met", "visited"}
    assert skill(predicted(gold, effects), gold.right) > 0.15  # the ridge draws all that few facts tell towards the mean
    assert skill(cross_fitted(gold, known, held, read, statements), gold.right) > 0.15
    assert joined(known, held).documents == known.documents + held.documents


def test_documents_to_measure_with_are_the_same_each_time_and_each_copy_has_other_names() -> None:
    some, more = list(documents(40)), list(documents(60))
    assert more[:40] == some
    assert list(documents(20, 40)) == more[40:]
    assert len({document.id for document in more}) == 60
    count = len({document.source for document in documents(3_000)})
    (first,), (again,) = documents(1, 3), documents(1, 3 + count)
    assert first.source == again.source
    assert first.text != again.text
    assert len(first.text.split()) == len(again.text.split())


def test_a_clock_adds_up_by_stage_and_leaves_out_what_has_no_name(monkeypatch: pytest.MonkeyPatch) -> None:
    times = iter([(0.0, 0.0), (1.0, 0.5), (4.0, 2.0), (9.0, 3.0), (10.0, 4.0)])
    monkeypatch.setattr(Clock, "_now", staticmethod(lambda: next(times)))
    clock = Clock()
    for name in ("read", None, "write", "read"):
        clock.stage(name)
    assert dict(clock.spent) == {"read": [2.0, 1.5], "write": [5.0, 1.0]}
