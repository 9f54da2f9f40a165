"""The language model: any text gives a valid Doc, and the Doc depends on the text alone."""

import tomllib
from collections.abc import Iterator
from importlib import import_module
from itertools import product
from pathlib import Path

import numpy as np
import pytest
import spacy
from spacy import displacy
from spacy.language import Language
from spacy.matcher import DependencyMatcher, Matcher
from spacy.tokens import Doc

from graphbuild.errors import ModelError
from graphbuild.language import load_model
from graphbuild.language.encoder import MAX_PIECES, MAX_WORDS, own_end
from graphbuild.language.features import match_kind
from graphbuild.language.lemmas import Lexicon, apply_rule, lemma_rule
from graphbuild.language.repairs import repair
from graphbuild.language.repairs.moves import hang
from graphbuild.language.spans import Mention, drop_doubles, without_crossing
from graphbuild.language.trees import crosses, decode_clauses, decode_heads, head_shares, is_tree, projective_trees

TEXT = (
    "NAIROBI — Kenya's foreign minister, Raychelle Omamo, met her Tanzanian counterpart in Nairobi on Thursday. "
    "She said the two countries would not withdraw from the treaty.\n\nThe talks lasted 2 hours"
)
HOSTILE = [
    "",
    "a",
    " ",
    "\n\n \t\n",
    "😀 🇰🇪 👩‍👩‍👧‍👦",
    "\x00\x01\x7f word \u200b\ufeff",
    "平壤 الرياض Київ",
    "no punctuation " * 300,
    "x" * 5000,
    "(((((((((([[[[{{{{<<<<",
    "...!!!???---___***",
    "\n first line starts with white space ",
]


@pytest.fixture(scope="module")
def nlp() -> Language:
    return load_model()


def annotation(doc: Doc) -> list[object]:
    tokens = [(t.text, t.tag_, t.pos_, str(t.morph), t.lemma_, t.dep_, t.head.i, t.is_sent_start) for t in doc]
    spans = [(s.start, s.end, s.label_, s._.form, s._.score) for s in doc.spans.get("mentions", ())]
    return [tokens, spans, [(e.start, e.end, e.label_) for e in doc.ents], doc._.antecedents, doc._.relations]


def assert_well_formed(doc: Doc) -> None:
    for sentence in doc.sents:
        assert sum(token.head.i == token.i for token in sentence) == 1
        for token in sentence:
            assert sentence.root in (token, *token.ancestors)
            assert (token.dep_ == "ROOT") == (token.head.i == token.i)
    assert all(token.tag_ and token.pos_ and token.lemma_ for token in doc)


@pytest.mark.parametrize("text", HOSTILE, ids=range(len(HOSTILE)))
def test_any_text_gives_a_valid_doc(nlp: Language, text: str) -> None:
    doc = nlp(text)
    assert doc.text == text
    if len(doc):
        assert_well_formed(doc)


def test_a_long_text_is_read_to_its_end(nlp: Language) -> None:
    doc = nlp(TEXT.replace("\n\n", ". ") * 60)
    assert len(doc) > 5 * MAX_WORDS
    assert_well_formed(doc)
    assert max(e.end for e in doc.ents) > len(doc) - 60


def test_a_sentence_of_two_thousand_words_and_a_text_without_stops_are_read(nlp: Language) -> None:
    for text in ("the ship sailed and " * 500, "Ana Duarte of Kenya , " * 500):
        doc = nlp(text)
        assert len(doc) == 2000 + 500 * text.startswith("Ana")
        assert_well_formed(doc)
        assert max(len(sentence) for sentence in doc.sents) <= MAX_WORDS


def test_other_components_work_on_our_docs(nlp: Language) -> None:
    doc = nlp("Ana Duarte, the president, met Tomas Lind in Nairobi.")
    matcher = Matcher(nlp.vocab)
    matcher.add("met", [[{"POS": "PROPN", "DEP": "flat"}, {"IS_PUNCT": True}], [{"LEMMA": "meet", "TAG": "VBD"}, {"ENT_TYPE": "Person"}]])
    assert [span.text for span in matcher(doc, as_spans=True)] == ["Duarte,", "met Tomas"]
    trees = DependencyMatcher(nlp.vocab)
    subject = {"LEFT_ID": "verb", "REL_OP": ">", "RIGHT_ID": "who", "RIGHT_ATTRS": {"DEP": "nsubj"}}
    trees.add("who", [[{"RIGHT_ID": "verb", "RIGHT_ATTRS": {"LEMMA": "meet"}}, subject]])
    assert [[doc[i].text for i in found] for _, found in trees(doc)] == [["met", "Ana"]]
    assert "nsubj" in displacy.render(doc, style="dep", jupyter=False)
    assert "Person" in displacy.render(doc, style="ent", jupyter=False)


def test_our_component_works_in_any_pipeline_and_is_saved_with_it(tmp_path: Path) -> None:
    nlp = spacy.blank("en")
    nlp.add_pipe("sentencizer")
    nlp.add_pipe("graphbuild")
    doc = nlp(TEXT)
    assert {chunk.text for chunk in doc.noun_chunks} >= {"the treaty", "her Tanzanian counterpart"}
    nlp.to_disk(tmp_path)
    assert annotation(spacy.load(tmp_path)(TEXT)) == annotation(doc)


def test_our_components_are_found_without_an_import() -> None:
    points = tomllib.loads((Path(__file__).parent.parent / "pyproject.toml").read_text(encoding="utf-8"))["project"]["entry-points"]["spacy_factories"]
    for name, place in points.items():
        module, _, function = place.partition(":")
        assert callable(getattr(import_module(module), function))
        assert Language.has_factory(name)


def test_attributes_of_a_plain_text(nlp: Language) -> None:
    doc = nlp(TEXT)
    assert_well_formed(doc)
    met = next(token for token in doc if token.text == "met")
    assert (met.lemma_, met.pos_, met.tag_) == ("meet", "VERB", "VBD")
    assert ("counterpart", "obj") in {(child.text, child.dep_) for child in met.children}
    assert ("Raychelle Omamo", "Person") in {(e.text, e.label_) for e in doc.ents}
    assert [s.text.strip() for s in doc.sents][-1] == "The talks lasted 2 hours"
    assert "the treaty" in {chunk.text for chunk in doc.noun_chunks}


@pytest.mark.xfail(strict=True, reason="behind a dateline the subject with its apposition hangs on another word; more newswire in training would help")
def test_the_subject_behind_a_dateline(nlp: Language) -> None:
    met = next(token for token in nlp(TEXT) if token.text == "met")
    assert ("minister", "nsubj") in {(child.text, child.dep_) for child in met.children}


def test_entities_are_the_outermost_names_and_mentions_do_not_cross(nlp: Language) -> None:
    doc = nlp(TEXT)
    mentions = list(doc.spans["mentions"])
    names = {(s.start, s.end) for s in mentions if s._.form == "name"}
    assert {(e.start, e.end) for e in doc.ents} <= names
    assert not [(a, b) for a in mentions for b in mentions if a.start < b.start < a.end < b.end]
    keys = {(s.start, s.end) for s in mentions}
    for key, found in doc._.antecedents.items():
        assert key in keys
        assert all(other in keys and other[1] <= key[0] and 0 < p <= 1 for other, p in found)
    assert all(a in keys and b in keys and a != b for a, b, *_ in doc._.relations)


def test_a_text_is_annotated_alike_alone_and_among_others(nlp: Language) -> None:
    alone = annotation(nlp(TEXT))
    among = [annotation(doc) for doc in nlp.pipe(["Short.", TEXT, "Another text about Seoul. " * 40, TEXT], batch_size=4)]
    assert among[1] == among[3] == alone


def test_a_text_is_annotated_alike_with_two_threads(nlp: Language) -> None:
    assert annotation(load_model(threads=2)(TEXT)) == annotation(nlp(TEXT))


def test_given_sentence_starts_are_kept(nlp: Language) -> None:
    words = ["He", "left", ".", "She", "stayed", "and", "they", "met"]
    doc = Doc(nlp.vocab, words=words, sent_starts=[True, False, False, False, False, True, False, False])
    assert [sentence.start for sentence in nlp.get_pipe("graphbuild")(doc).sents] == [0, 5]


def test_a_missing_model_is_named(tmp_path) -> None:
    with pytest.raises(ModelError, match=r"labels\.json"):
        load_model(tmp_path)


def test_own_part_of_a_window_ends_with_its_last_whole_sentence() -> None:
    starts = np.zeros(MAX_WORDS, dtype=bool)
    starts[[0, 50, 120]] = True
    assert own_end(starts, 0, MAX_WORDS) == 120
    assert own_end(starts, 120, MAX_WORDS) == MAX_WORDS
    assert MAX_PIECES > MAX_WORDS


def test_rows_of_web_addresses_fill_no_window_before_its_own_part(nlp: Language) -> None:
    said = "Lind met Berg in Oslo. "
    doc = nlp(said * 3 + " ".join(f"http://a{i}.example/{'q7z' * 12}" for i in range(30)) + " " + said * 3)
    assert len(doc) == len(nlp.make_doc(doc.text))
    assert [t.head.lemma_ for t in doc if t.text == "Lind"] == ["meet"] * 6


def test_circles_are_broken_and_a_sentence_has_one_root() -> None:
    scores = np.array([[0.0, 9.0, 1.0], [9.0, 0.0, 1.0], [1.0, 1.0, 5.0]], dtype=np.float32)
    heads = decode_heads(scores, np.ones(3, dtype=np.int64))
    assert is_tree(heads)
    assert heads[2] == 2


def test_the_share_of_a_head_counts_the_words_of_its_sentence() -> None:
    arcs = np.log(np.array([[1, 3, 96], [1, 1, 98], [7, 7, 1]], dtype=np.float32))
    shares = head_shares(arcs, np.array([0, 0, 1]), np.array([1, 1, 2]), 0)
    assert shares == pytest.approx([0.75, 0.5, 1.0])
    assert head_shares(arcs, np.array([0, 0, 1]), np.array([1, 2]), 1) == pytest.approx(shares[1:])


def test_every_token_has_the_probability_of_its_head(nlp: Language) -> None:
    doc = nlp("Ana Lind met the ministers of Chad and Togo in Geneva.  She left.")
    assert doc._.arcs.shape == (len(doc),)
    assert ((doc._.arcs > 0) & (doc._.arcs <= 1)).all()
    assert all(doc._.arcs[token.i] == 1 for token in doc if token.is_space)


def scored(heads: list[int]) -> np.ndarray:
    scores = np.zeros((len(heads), len(heads)), dtype=np.float32)
    scores[np.arange(len(heads)), heads] = 9.0
    scores[0, 1] = 5.0  # what the first word hangs on if it may not hang on the fifth
    return scores


def test_no_arc_but_that_of_the_second_clause_crosses_a_semicolon() -> None:
    # Kyiv | accused | ; | Moscow | denied: the first subject is read as one of the second verb
    scores, sentences = scored([4, 1, 4, 4, 1]), np.zeros(5, dtype=np.int64)
    finite = np.array([False, True, False, False, True])
    heads, tops = decode_clauses(scores, sentences, np.array([2]), finite, np.zeros(5, dtype=bool))
    assert (heads.tolist(), tops.tolist()) == ([1, 1, 4, 4, 1], [4])


def test_a_semicolon_between_the_items_of_a_list_parts_nothing() -> None:
    # Kyiv | thanked | ; | Oman | Qatar: no verb behind the semicolon
    scores, sentences = scored([1, 1, 4, 1, 3]), np.zeros(5, dtype=np.int64)
    heads, tops = decode_clauses(scores, sentences, np.array([2]), np.array([False, True, False, False, False]), np.zeros(5, dtype=bool))
    assert (heads.tolist(), tops.tolist()) == (decode_heads(scores, sentences).tolist(), [])


@pytest.mark.parametrize(
    ("words", "heads", "labels", "mended"),
    [
        ("Turkey accused Armenia of provocation", [1, 1, 4, 4, 1], "nsubj ROOT nsubj case xcomp", {2: ("accused", "obj"), 4: ("accused", "obl")}),
        ("Lind , who rang Putin , denied it", [6, 0, 3, 0, 6, 0, 6, 6], "nsubj punct nsubj acl:relcl iobj punct ROOT obj", {4: ("rang", "obj")}),
        ("They burned down the village", [1, 1, 4, 4, 1], "nsubj ROOT case det obl", {2: ("burned", "compound:prt"), 4: ("burned", "obj")}),
    ],
)
def test_what_strayed_is_brought_home(words: str, heads: list[int], labels: str, mended: dict[int, tuple[str, str]]) -> None:
    tags = {"accused": "VBD", "rang": "VBD", "denied": "VBD", "burned": "VBD", "of": "IN", "down": "RP", "who": "WP", "provocation": "NN", "village": "NN"}
    kinds = {"VBD": "VERB", "IN": "ADP", "RP": "ADP", "WP": "PRON", "NN": "NOUN"}
    tokens = words.split()
    xpos = [tags.get(word, "NNP") for word in tokens]
    doc = Doc(spacy.blank("en").vocab, tokens, tags=xpos, pos=[kinds.get(tag, "PROPN") for tag in xpos], lemmas=tokens, heads=heads, deps=labels.split())
    repair(doc)
    assert {i: (doc[i].head.text, doc[i].dep_) for i in mended} == mended


def crossing_free(size: int) -> Iterator[np.ndarray]:
    """All trees of so many words without crossing arcs."""
    one = np.zeros(size, dtype=np.int64)
    every = (np.array(heads) for heads in product(range(size), repeat=size))
    return (heads for heads in every if is_tree(heads) and not crosses(heads, one, one > 0).any() and not is_covered(heads))


def is_covered(heads: np.ndarray) -> bool:
    """Whether an arc leads over the root."""
    root = int(np.flatnonzero(heads == np.arange(len(heads)))[0])
    return any(min(word, head) < root < max(word, head) for word, head in enumerate(heads.tolist()))


@pytest.mark.parametrize(("size", "count"), [(1, 1), (2, 2), (3, 7), (4, 30), (5, 143)])
def test_the_best_tree_without_crossing_arcs_is_found(size: int, count: int) -> None:
    trees = list(crossing_free(size))
    assert len(trees) == count  # binom(3n - 2, n - 1) / n
    for seed in range(20):
        scores = np.random.default_rng(seed).normal(size=(size, size))
        best = max(trees, key=lambda heads: scores[np.arange(size), heads].sum())
        assert projective_trees([scores])[0].tolist() == best.tolist()


def test_sentences_of_any_length_are_decoded_together_as_alone() -> None:
    sentences = [np.random.default_rng(size).normal(size=(size, size)) for size in (7, 1, 23, 2, 12)]
    together = [tree.tolist() for tree in projective_trees(sentences)]
    assert together == [projective_trees([scores])[0].tolist() for scores in sentences]
    assert projective_trees([]) == []


def test_a_long_tree_has_no_crossing_arcs_and_one_root() -> None:
    scores = np.random.default_rng(7).normal(size=(120, 120))
    heads = projective_trees([scores])[0]
    assert is_tree(heads)
    assert not crosses(heads, np.zeros(120, dtype=np.int64), np.zeros(120, dtype=bool)).any()
    assert not is_covered(heads)


@pytest.mark.parametrize(
    ("heads", "free", "found"),
    [([1, 1, 1], [], []), ([2, 3, 3, 3], [], [0, 1]), ([2, 3, 3, 3], [0], []), ([1, 1, 1, 4, 4], [], []), ([1, 1, 0], [], [1, 2])],
)
def test_crossing_arcs_are_seen(heads: list[int], free: list[int], found: list[int]) -> None:
    words = np.arange(len(heads))
    assert np.flatnonzero(crosses(np.array(heads), np.array([0, 0, 0, 1, 1])[words], np.isin(words, free))).tolist() == found


def test_what_crosses_is_read_anew() -> None:
    # Lind | spoke | with | Berg | by | phone | and | said: "Berg" is read as an object of "said", "Lind" as its subject
    scores = np.zeros((8, 8), dtype=np.float32)
    scores[np.arange(8), [7, 1, 3, 7, 5, 1, 7, 1]] = 9.0
    scores[[0, 3], 1] = 6.0
    assert decode_heads(scores, np.zeros(8, dtype=np.int64)).tolist() == [1, 1, 3, 1, 5, 1, 7, 1]


def test_wh_words_may_cross() -> None:
    # books | which | Lind | refused | to | print: "which" is the object of "print", and "refused" hangs on "books"
    scores = np.zeros((6, 6), dtype=np.float32)
    scores[np.arange(6), [0, 5, 3, 0, 5, 3]] = 9.0
    scores[1, 3] = 6.0
    sentence, wh = np.zeros(6, dtype=np.int64), np.arange(6) == 1
    assert decode_heads(scores, sentence, wh).tolist() == [0, 5, 3, 0, 5, 3]
    assert decode_heads(scores, sentence).tolist() == [0, 3, 3, 0, 5, 3]


def test_crossing_and_doubled_names_are_dropped() -> None:
    better, crossing = Mention(0, 3, "name", "Person", 0.9), Mention(2, 5, "name", "City", 0.8)
    inner, other = Mention(1, 3, "name", "Person", 0.95), Mention(0, 1, "name", "Country", 0.7)
    assert without_crossing([crossing, better, other]) == [better, other]
    assert drop_doubles([better, inner, other]) == [better, other]


@pytest.mark.parametrize(("form", "verb"), [("tore", "tear"), ("fled", "flee"), ("sworn", "swear"), ("sunk", "sink"), ("upheld", "uphold")])
def test_an_irregular_past_is_its_verb(form: str, verb: str, nlp: Language) -> None:
    token = next(t for t in nlp(f"The rebels have {form} it.") if t.text == form)
    assert token.lemma_ == verb


@pytest.mark.parametrize(("form", "lemma"), [("Countries", "country"), ("met", "meet"), ("U.S.", "U.S."), ("NATO", "NATO"), ("WAS", "be"), ("n't", "not")])
def test_a_lemma_rule_gives_its_lemma(form: str, lemma: str) -> None:
    assert apply_rule(form, lemma_rule(form, lemma)) == lemma


@pytest.mark.parametrize(
    ("earlier", "later", "forms", "kind"),
    [
        (["world", "health", "organization"], ["who"], ("name", "name"), 4),
        (["lloyd", "austin"], ["austin"], ("name", "name"), 2),
        (["kenya"], ["kenya"], ("name", "name"), 1),
        (["kenya"], ["it"], ("name", "pronoun"), 5),
        (["kenya"], ["tanzania"], ("name", "name"), 0),
    ],
)
def test_how_two_mentions_match(earlier, later, forms, kind) -> None:
    assert match_kind(earlier, later, *forms) == kind


@pytest.mark.parametrize(
    ("words", "head"),
    [
        ("Lind said troops had crossed over and killed two", "crossed"),
        ("Lind said troops had crossed over , and killed two", "said"),
        ("Lind said troops crossed over and killed two", "said"),
    ],
)
def test_what_goes_on_after_a_perfect_is_told_too(words: str, head: str) -> None:
    tokens = words.split()
    at = {word: place for place, word in enumerate(tokens)}
    verb, told = at["killed"], at["crossed"]
    heads = [1, 1, told, *([told] if "had" in at else []), 1, told, *([verb] if "," in at else []), verb, 1, verb]
    labels = ["nsubj", "ROOT", "nsubj", *(["aux"] if "had" in at else []), "ccomp", "advmod", *(["punct"] if "," in at else []), "cc", "conj", "obj"]
    tags = {"said": "VBD", "had": "VBD", "crossed": "VBN", "killed": "VBD", "over": "RB", "and": "CC", ",": ",", "two": "CD"}
    kinds = {"said": "VERB", "had": "AUX", "crossed": "VERB", "killed": "VERB", "over": "ADV", "and": "CCONJ", ",": "PUNCT", "two": "NUM"}
    lemmas = ["have" if word == "had" else word for word in tokens]
    xpos, pos = [tags.get(word, "NNP") for word in tokens], [kinds.get(word, "PROPN") for word in tokens]
    doc = Doc(spacy.blank("en").vocab, tokens, tags=xpos, pos=pos, lemmas=lemmas, heads=heads, deps=labels)
    repair(doc)
    assert doc[verb].head.text == head


@pytest.mark.parametrize(("form", "rule", "lemma"), [("airstrike", "l1+", "airstrike"), ("raid", "l2+", "raid"), ("frigates", "l3+", "frigate")])
def test_no_rule_cuts_into_a_noun_that_nothing_knows(form: str, rule: str, lemma: str) -> None:
    assert Lexicon({}, {}).lemma(form, "NOUN", rule) == lemma


def test_no_repair_makes_a_ring() -> None:
    doc = load_model()("The press printed a book that sold well.")
    verb, noun = doc[2], doc[4]
    assert noun.head.i == verb.i == verb.head.i
    hang(verb, noun, "acl:relcl")
    assert verb.head.i == verb.i  # refused: the noun hangs below the verb
    text = "Born in Loru, Lind fought the French, studied in Drifi and wrote The Hill, which Éditions Sud brought out in Oran in 1967 after censors refused it."
    for token in load_model()(text):
        steps, above = 0, token
        while above.head.i != above.i and steps < 100:
            above, steps = above.head, steps + 1
        assert steps < 100
