"""The corpus: two annotations of a text compared, and what the corpus must have as a whole."""

from collections.abc import Callable
from pathlib import Path

import pytest

pytest.importorskip("scipy")

from graphbuild.catalogue import load_catalogue
from training.corpus.__main__ import main
from training.corpus.agreement import Comparison, Tally, aligned, compared, per_relation, read_pairs, report
from training.corpus.check import Vocabulary, corpus_problems, template_problems, vocabulary
from training.corpus.reader import CorpusText, MentionMark, read_text

HEADER = "---\nid: x\nkind: wire-report\nregion: nordic-baltic\n---\n"

FIRST = """[Sweden](se)'s [foreign minister](fm), [Elsa Berg](eb), met [Omar Siddiqui](os) in [Oslo](osl).
[She](~eb) condemned [Kenya](ke). [Berg](eb) was born in 1961.

== entities
se  Country  Sweden
fm  Position  foreign minister
eb  Person  Elsa Berg
os  Person  Omar Siddiqui
osl  City  Oslo
ke  Country  Kenya

== facts
eb | holdsPosition | fm | by="foreign minister" | theme=se
eb | officialOf | se | by="'s foreign minister"
eb | met | os | by="met" | place=osl
eb | condemned | ke | by="condemned"
eb | bornOn | 1961 | by="born"
? eb | visited | osl | by="in"
"""

SECOND = """[[Sweden](a)'s](a) foreign minister, [Elsa Berg](b), met [Omar Siddiqui](c) in [Oslo](d).
[She](~b) condemned [Kenya](e). [Berg](b) was born in 1961.

== entities
a  Country  Sweden
b  Person  Elsa Berg
c  Person  Omar Siddiqui
d  Place  Oslo
e  Country  Kenya

== facts
c | met | b | by="met"
b | leads | a | by="foreign minister"
b | condemned | e | by="condemned" | status=planned | modality=planned
b | bornOn | 1961 | by="born"
b | visited | d | by="met"
"""

Write = Callable[[str, str], Path]


@pytest.fixture
def write(tmp_path: Path) -> Write:
    def written(name: str, body: str) -> Path:
        path = tmp_path / name / "x.txt"
        path.parent.mkdir(exist_ok=True)
        path.write_text(HEADER + body, encoding="utf-8")
        return path

    return written


@pytest.fixture
def both(write: Write) -> tuple[CorpusText, CorpusText]:
    return read_text(write("one", FIRST)), read_text(write("two", SECOND))


@pytest.fixture
def comparison(both: tuple[CorpusText, CorpusText]) -> Comparison:
    return compared(*both, load_catalogue())


def test_entities_are_the_same_by_their_mentions_whatever_their_ids(both: tuple[CorpusText, CorpusText]) -> None:
    assert aligned(*both) == {"se": "a", "eb": "b", "os": "c", "osl": "d", "ke": "e"}


def test_an_entity_of_another_class_or_on_one_side_only_is_a_disagreement(comparison: Comparison) -> None:
    assert comparison.entities == Tally(both=4, first=2, second=1)  # Oslo's class, and the position that the second does not have


def test_facts_agree_in_relation_ends_and_polarity_and_weak_ones_do_not_count(comparison: Comparison) -> None:
    assert [a.relation for a, _ in comparison.strict.shared] == ["met", "condemned", "bornOn"]
    assert [fact.relation for fact in comparison.strict.first] == ["holdsPosition", "officialOf"]
    assert [fact.relation for fact in comparison.strict.second] == ["leads"]


def test_relations_of_one_family_agree_leniently(comparison: Comparison) -> None:
    assert ("officialOf", "leads") in [(a.relation, b.relation) for a, b in comparison.lenient.shared]
    assert comparison.lenient.second == ()


def test_a_denied_fact_is_not_the_fact_itself(both: tuple[CorpusText, CorpusText], write: Write) -> None:
    denied = read_text(write("denied", SECOND.replace("status=planned | modality=planned", "status=denied")))
    found = compared(both[0], denied, load_catalogue())
    assert "condemned" in [fact.relation for fact in found.strict.first]
    assert "condemned" in [fact.relation for fact in found.strict.second]


@pytest.mark.parametrize("swapped", [False, True])
def test_only_symmetric_relations_hold_both_ways(both: tuple[CorpusText, CorpusText], write: Write, swapped: bool) -> None:
    accused = "b | accused | c" if not swapped else "c | accused | b"
    text = read_text(write("accused", SECOND.replace("c | met | b", accused)))
    one = read_text(write("first", FIRST.replace("eb | met | os", "eb | accused | os")))
    shared = [a.relation for a, _ in compared(one, text, load_catalogue()).strict.shared]
    assert ("accused" in shared) is not swapped


def test_an_annotation_agrees_with_itself_in_everything(both: tuple[CorpusText, CorpusText]) -> None:
    same = compared(both[0], both[0], load_catalogue())
    assert same.entities == Tally(both=6)
    assert same.strict.tally() == same.lenient.tally() == Tally(both=5)
    assert same.entities.f1() == Tally().f1() == 1.0


def test_the_report_gives_f1_statuses_and_the_relations_that_differ(comparison: Comparison) -> None:
    lines = list(report([comparison]))
    assert "facts, strict: F1 0.667, both 3, only first 2, only second 1 (aim 0.85)" in lines
    assert "  where a weak partner is a miss: F1 0.600, weak in second 0, weak in first 1" in lines  # 2·3 of 5 + 5
    assert "status of shared facts: 2 of 3 equal (0.667)" in lines
    assert "    only second: x: Elsa Berg | leads | Sweden | by 'foreign minister' | asserted" in lines
    assert not [line for line in lines if line.startswith("  met")]
    assert per_relation([comparison])["met"] == Tally(both=1)


def test_texts_that_cannot_be_compared_are_named(write: Write) -> None:
    catalogue = load_catalogue()
    one, two = write("one", FIRST), write("two", SECOND.replace("condemned [Kenya]", "praised [Kenya]").replace('by="condemned"', 'by="praised"'))
    pairs, wrong = read_pairs(two.parent, catalogue, one.parent)
    assert not pairs
    assert "its words are not those of" in wrong[0]
    write("two", SECOND.replace("b | leads | a", "b | rules | a"))
    assert "mend it first: b | rules | a: no such relation" in read_pairs(two.parent, catalogue, one.parent)[1][0]
    assert "there is no" in read_pairs(two.parent, catalogue, two.parent.parent)[1][0]


def test_the_command_says_what_it_lacks(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["agreement", str(tmp_path)]) == 1
    assert "no second annotation" in capsys.readouterr().out
    assert main(["--help"]) == 0
    assert main(["agree"]) == 2


def test_the_command_compares_any_two_folders(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    first, second = tmp_path / "first", tmp_path / "second"
    for folder, body in ((first, FIRST), (second, SECOND)):
        folder.mkdir()
        (folder / "x.txt").write_text(HEADER + body, encoding="utf-8")
    assert main(["agreement", str(second), str(first)]) == 0
    out = capsys.readouterr().out
    assert "    only first: x: Elsa Berg | officialOf | Sweden" in out
    assert "    only second: x: Elsa Berg | leads | Sweden" in out
    assert main(["agreement", str(second)]) == 1  # the corpus itself has no such text
    assert main(["agreement", str(second), str(first), "third"]) == 2


def repeated(marked: str) -> list[str]:
    """The six-word runs found to be templates in four texts that hold these words; a name stands between bars."""
    before, name, after = [*marked.split("|"), "", ""][:3]
    marks = (MentionMark(len(before), len(before + name), ("e",), refers=False),) if name else ()
    texts = [CorpusText(f"t{n}", {}, f"{before}{name}{after} {'z' * n}", marks, {}) for n in range(4)]
    return [line for line in template_problems(texts) if "stands in 4 texts" in line]


def test_a_long_name_is_no_template_and_a_long_phrase_is() -> None:
    assert repeated("we told the reporters that nobody came")
    assert not repeated("the |Economic Community of West African|")
    assert not repeated("the |Ministry of Foreign Affairs| of")
    assert repeated("yesterday |Economic Community of West African|")
    assert repeated("the |talks on a ceasefire in May|")  # a description, not a name


def test_lemmas_count_once_whatever_their_form(write: Write) -> None:
    body = "[Elsa](e) Berg meets and met; ministers and the minister's 12 meetings.\n\n== entities\ne  Person  Elsa\n\n== facts\n"
    assert vocabulary([read_text(write("one", body))]) == Vocabulary(lemmas=7, outside_names=6)  # elsa berg meet and minister the meeting


def test_the_whole_corpus_needs_words_facts_of_every_relation_and_other_statuses(both: tuple[CorpusText, CorpusText]) -> None:
    lines = list(corpus_problems(both, load_catalogue(), Vocabulary(4999, 3000)))
    assert "4999 distinct lemmas; at least 5000 are wanted" in lines
    assert "met has 2 facts; at least 25 are wanted" in lines
    assert "1 of 10 facts are not asserted; at least 25% are wanted" in lines
    assert not [line for line in lines if line.startswith("said")]
