"""Training: converters on small data of our own, labels, windows, and the coreference measures on their papers' examples."""

import json
import random
from pathlib import Path

import pytest

pytest.importorskip("scipy")

from training.coreference_scores import CoreferenceScores, b_cubed, ceaf_e, chains_of, muc
from training.corpus.reader import read_corpus
from training.countries import is_country
from training.examples import Example, SpanTarget
from training.labels import CLASSES, ORGANIZATIONS, PLACES, SPAN_LABELS, admitted
from training.lexicon import count_lexicon
from training.relation_map import KNOWLEDGENET, RE3D, REDOCRED, REDOCRED_RELATIONS
from training.sources.columns import read_crossner, read_wikigold
from training.sources.conllu import raw_text, read_documents, read_treebank
from training.sources.gum import read_gum
from training.sources.litbank import read_litbank
from training.sources.project import READ_BY_THE_MODEL, UNREAD, is_held_out, is_new_to_the_model, part_of
from training.sources.redocred import read_redocred
from training.windows import MAX_WORDS, Window, batches, cut, fixed_goals, varied_goals

CONLLU = """# newdoc id = one
# newpar
# sent_id = 1
1	Minister	minister	NOUN	NN	Number=Sing	2	nmod:desc	_	Entity=(1-person-new-x(2-organization-new-x)
2	Ana	Ana	PROPN	NNP	Number=Sing	4	nsubj	_	_
3	Silva	Silva	PROPN	NNP	Number=Sing	2	flat	_	Entity=1)
4-5	cannot	_	_	_	_	_	_	_	_
4	can	can	AUX	MD	VerbForm=Fin	0	root	_	_
5	not	not	PART	RB	_	4	advmod	_	_
6	visit	visit	VERB	VB	VerbForm=Inf	4	xcomp	_	_
7	Peru	Peru	PROPN	NNP	Number=Sing	6	obj	_	Entity=(3-place-new-x)|SpaceAfter=No
8	.	.	PUNCT	.	_	4	punct	_	_

# newpar
# sent_id = 2
1	She	she	PRON	PRP	Case=Nom	2	nsubj	_	Entity=(1-person-giv-x)
2	waits	wait	VERB	VBZ	Number=Sing	0	root	_	SpaceAfter=No
3	.	.	PUNCT	.	_	2	punct	_	_

"""


@pytest.fixture
def treebank(tmp_path: Path) -> Path:
    folder = tmp_path / "train" / "dep"
    folder.mkdir(parents=True)
    (folder / "GUM_news_one.conllu").write_text(CONLLU, encoding="utf-8")
    return tmp_path


def example(words: int, sentence: int) -> Example:
    return Example("x/1", "x", ("w",) * words, (False,) * words, tuple(range(0, words, sentence)))


def test_a_treebank_document_keeps_its_layers(treebank: Path) -> None:
    (read,) = read_treebank(treebank / "train" / "dep" / "GUM_news_one.conllu", "ewt")
    assert read.starts == (0, 8)
    assert [word for word, begins in zip(read.words, read.breaks, strict=True) if begins] == ["Minister", "She"]
    assert read.parse is not None
    assert read.parse.heads[:4] == (1, 3, 1, 3)
    assert read.parse.morph[0] == "NOUN|Number=Sing"


def test_the_raw_text_is_rebuilt_with_the_place_of_every_word(treebank: Path) -> None:
    (document,) = read_documents(treebank / "train" / "dep" / "GUM_news_one.conllu")
    text, places = raw_text(document)
    assert text.rstrip() == "Minister Ana Silva cannot visit Peru.\n\nShe waits."
    assert [text[start:end] for start, end in places] == document.forms


def test_gum_mentions_lose_their_titles_and_keep_their_chains(treebank: Path) -> None:
    (read,) = read_gum(treebank, "train")
    spans = {(" ".join(read.words[s.start : s.end]), s.admits) for s in read.spans}
    assert spans >= {("Minister Ana Silva", "phrase"), ("Ana Silva", "name:PER"), ("She", "pronoun:PERSONS")}
    assert read.clusters is not None
    assert sorted(len(chain) for chain in read.clusters)[-1] == 3


def test_columns_give_names_and_known_countries(tmp_path: Path) -> None:
    (tmp_path / "w.txt").write_text("-DOCSTART- O\n\nAmerican I-MISC\nAnn I-PER\nLee I-PER\nsang O\n\n", encoding="utf-8")
    (tmp_path / "train.txt").write_text("Green\tB-politicalparty\nParty\tI-politicalparty\nof\tO\nOslo\tB-location\n", encoding="utf-8")
    (wikigold,), (crossner,) = read_wikigold(tmp_path / "w.txt"), read_crossner(tmp_path / "train.txt")
    assert wikigold.spans == (SpanTarget(0, 1, "name:COUNTRY"), SpanTarget(1, 3, "name:PER"))
    assert crossner.spans == (SpanTarget(0, 2, "name:PARTY"), SpanTarget(3, 4, "name:AREA"))
    assert is_country("the United States")
    assert not is_country("Oslo")


def test_redocred_facts_follow_the_table(tmp_path: Path) -> None:
    document = {
        "title": "T",
        "sents": [["The", "Republic", "has", "Ann", "Lee", "since", "2001"]],
        "vertexSet": [
            [{"type": "LOC", "pos": [0, 2], "sent_id": 0, "name": "The Republic"}],
            [{"type": "PER", "pos": [3, 5], "sent_id": 0, "name": "Ann Lee"}],
            [{"type": "TIME", "pos": [6, 7], "sent_id": 0, "name": "2001"}],
        ],
        "labels": [{"r": "P35", "h": 0, "t": 1}, {"r": "P580", "h": 0, "t": 2}],
    }
    (tmp_path / "r.json").write_text(json.dumps([document]), encoding="utf-8")
    (read,) = read_redocred(tmp_path / "r.json")
    assert [(s.start, s.end) for s in read.spans] == [(1, 2), (3, 5)]
    assert read.facts is not None
    assert [(f.subject, f.relation, f.object) for f in read.facts] == [(1, "leads", 0)]


def test_litbank_chains(tmp_path: Path) -> None:
    rows = [f"a\t0\t{i}\t{word}" + "\t_" * 8 + f"\t{mark}" for i, (word, mark) in enumerate([("Ann", "(0"), ("Lee", "0)"), ("saw", "_"), ("her", "(0)|(1)")])]
    (tmp_path / "a_brat.conll").write_text("#begin document (a); part 0\n" + "\n".join(rows) + "\n\n", encoding="utf-8")
    (read,) = read_litbank(tmp_path)
    assert read.spans[:2] == (SpanTarget(0, 2, "mention:name"), SpanTarget(3, 4, "pronoun:ANY"))


def test_a_coarse_label_admits_only_its_classes() -> None:
    assert admitted("name:ORG") == {f"name:{c}" for c in ORGANIZATIONS}
    assert admitted("name:COUNTRY") == {"name:Country"}
    assert "none" in admitted("name:MISC?")
    assert not admitted("name:ORG") & admitted("name:LOC")
    assert {"none", "name:Position"} <= admitted("rest:names")
    assert not {"name:Person", "phrase"} & admitted("rest:names")
    assert set(PLACES) | set(ORGANIZATIONS) <= set(CLASSES)
    assert len(set(SPAN_LABELS)) == len(SPAN_LABELS)


def test_relation_tables_name_relations_of_the_catalogue() -> None:
    from graphbuild.catalogue import load_catalogue

    known = set(load_catalogue().relations)
    named = REDOCRED_RELATIONS | {r for r, _ in KNOWLEDGENET.values()} | {r for r, _ in RE3D.values()}
    assert named <= known
    assert all(REDOCRED.values())


def test_the_lexicon_holds_the_majority_lemma(treebank: Path) -> None:
    (read,) = read_gum(treebank, "train")
    lexicon = count_lexicon([read, read], rules=())
    assert lexicon["VERB"] == {"visit": "=", "wait": "waits"}


def test_every_text_of_the_corpus_is_in_one_part_and_some_are_in_none_that_was_trained_on() -> None:
    texts = list(read_corpus())
    parts = {text.id: [part for part, beginnings in READ_BY_THE_MODEL.items() if text.id.startswith(beginnings)] for text in texts}
    assert all(len(found) <= 1 for found in parts.values())
    assert {part_of(text) for text in texts} == {*READ_BY_THE_MODEL, UNREAD}
    unread = {text.id for text in texts if part_of(text) == UNREAD}
    assert {text.id for text in texts if is_new_to_the_model(text)} == unread | {text.id for text in texts if is_held_out(text)}
    assert 100 <= len(unread) <= len(texts) / 4


def test_windows_cover_a_document_once_and_keep_their_bounds() -> None:
    document = example(1000, 37)
    for goals in (fixed_goals(), varied_goals(random.Random(1))):
        windows = list(cut(document, [1] * 1000, goals))
        assert [w.start for w in windows] == [0, *(w.end for w in windows[:-1])]
        assert windows[-1].end == 1000
        assert all(0 < w.end - w.start <= MAX_WORDS for w in windows)


def test_a_sentence_that_is_too_long_is_cut() -> None:
    windows = list(cut(example(500, 500), [1] * 500, fixed_goals()))
    assert max(w.end - w.start for w in windows) <= MAX_WORDS
    assert sum(w.end - w.start for w in windows) == 500


def test_batches_hold_every_window_once() -> None:
    windows = [Window(example(200, 10), 0, length) for length in (10, 200, 50, 60, 10)]
    made = batches(windows, 120, random.Random(0))
    assert sorted(w.end for batch in made for w in batch) == sorted(w.end for w in windows)


def chains(*texts: str) -> list[frozenset[object]]:
    return [frozenset(text.split()) for text in texts]


def test_muc_on_the_example_of_vilain() -> None:
    # Vilain et al. 1995: key A-B-C-D, response A-B, C-D: two of three links are kept, and nothing wrong is linked.
    key, response = chains("A B C D"), chains("A B", "C D")
    assert muc(key, response) == (2, 3)
    assert muc(response, key) == (2, 2)


@pytest.mark.parametrize(
    ("response", "precision"),
    [(("1 2 3 4 5", "6 7 8 9 A B C"), 16 / 21), (("1 2 3 4 5 8 9 A B C", "6 7"), 7 / 12)],
)
def test_b_cubed_on_the_example_of_bagga_and_baldwin(response: tuple[str, ...], precision: float) -> None:
    # Bagga and Baldwin 1998, figures 1 to 3: key 1-5, 6-7, 8-C; MUC calls both responses equal, B³ does not.
    key = chains("1 2 3 4 5", "6 7", "8 9 A B C")
    right, whole = b_cubed(chains(*response), key)
    assert right / whole == pytest.approx(precision)
    right, whole = b_cubed(key, chains(*response))
    assert right / whole == 1


@pytest.mark.parametrize(
    ("response", "f1"),
    [(("1 2 3 4 5", "6 7 8 9 A B C"), 0.733), (("1 2 3 4 5 8 9 A B C", "6 7"), 0.667), (("1 2 3 4 5 6 7 8 9 A B C",), 0.294)],
)
def test_ceaf_e_on_the_example_of_luo(response: tuple[str, ...], f1: float) -> None:
    # Luo 2005, table 1, entity-based CEAF with φ4.
    key, system = chains("1 2 3 4 5", "6 7", "8 9 A B C"), chains(*response)
    assert 2 * ceaf_e(key, system) / (len(key) + len(system)) == pytest.approx(f1, abs=5e-4)


def test_links_become_chains_and_a_perfect_answer_scores_one() -> None:
    assert sorted(map(sorted, chains_of({"b": "a", "c": "b", "e": "d"}))) == [["a", "b", "c"], ["d", "e"]]
    scores = CoreferenceScores()
    scores.add(chains("a b", "c d"), chains("a b", "c d"))
    assert scores.conll() == 1
