"""The seed's road on other names: every person, country, office and date replaced, some sentences turned or negated; the facts follow.

Nothing here is fitted to the seed: what the build finds in it must be found, word for word, when other countries meet.
"""

from functools import cache
from pathlib import Path

import pytest
import spacy

from graphbuild.graph import assemble
from graphbuild.language import load_model
from graphbuild.pipeline import extract
from graphbuild.read import read
from graphbuild.records import Document

SEED = Path(__file__).parent.parent / "seeds" / "000_dead9ce46671d862.txt"

FACTS = {
    ("Lloyd J. Austin III", "met", "Lee Jung-sup"),
    ("Lloyd J. Austin III", "met", "Yoon Suk Yeol"),
    ("Lloyd J. Austin III", "met", "Paul J. LaCamera"),
    ("Lloyd J. Austin III", "holdsPosition", "Defense Secretary"),
    ("Lee Jung-sup", "holdsPosition", "Defense Minister"),
    ("Yoon Suk Yeol", "holdsPosition", "President"),
    ("Paul J. LaCamera", "holdsPosition", "Commander"),
    ("Paul J. LaCamera", "commands", "U.S. Forces Korea"),
    ("Paul J. LaCamera", "commands", "Combined Forces Command"),
    ("United States", "alliedWith", "South Korea"),
    ("Yoon Suk Yeol", "leads", "South Korea"),
    ("United States", "condemned", "North Korea"),
    ("Lloyd J. Austin III", "visited", "South Korea"),
}
"""What the seed must yield, by the names that it uses."""

CASTS = {
    "seed": {},
    "Baltic": {
        "Lloyd J. Austin III": "Penelope R. Marlowe QC", "Austin": "Marlowe", "Lee Jung-sup": "Witold Zaremba", "Yoon Suk Yeol": "Jadwiga Anna Kruk",
        "Paul J. LaCamera": "Simon P. Hargreaves", "U.S.-South Korean": "U.K.-Polish", "United States": "United Kingdom",
        "U.S. Forces Korea": "British Forces Poland",
        "U.S.": "U.K.", "US ": "UK ", "American": "British", "South Korean": "Polish", "South Korea": "Poland", "Republic of Korea": "Republic of Poland",
        "North Korean": "Belarusian", "North Korea": "Belarus", "Korean War of 1950-1953": "Second World War of 1939-1945",
        "Korean": "Polish", "Korea": "Poland",
        "Seoul": "Warsaw", "Japan": "Lithuania", "Indo-Pacific": "Baltic", "Yonhap": "PAP", "Southeast Asia": "Eastern Europe",
        "USS Ronald Reagan": "HMS Prince of Wales",
        "Defense Secretary": "Defence Secretary", "Defense Minister": "Defence Minister", "2023-02-01": "2019-09-17",
        "He also": "She also", "he said": "she said",
    },
    "Pacific": {
        "Lloyd J. Austin III": "Tevita K. Fonua", "Austin": "Fonua", "Lee Jung-sup": "Ricardo Salonga", "Yoon Suk Yeol": "Corazon Dela Cruz",
        "Paul J. LaCamera": "Grant W. Pemberton", "U.S.-South Korean": "Australian-Philippine", "United States": "Commonwealth of Australia",
        "U.S. Forces Korea": "Australian Forces Manila", "U.S.": "Australia", "US ": "Australian ", "American": "Australian", "South Korean": "Philippine",
        "South Korea": "the Philippines", "Republic of Korea": "Republic of the Philippines", "North Korean": "Chinese", "North Korea": "China",
        "Korean War of 1950-1953": "Pacific War of 1941-1945", "Korean": "Philippine", "Korea": "the Philippines", "Seoul": "Manila", "Japan": "Vietnam",
        "Indo-Pacific": "South China Sea", "Yonhap": "PNA", "Southeast Asia": "East Asia", "USS Ronald Reagan": "HMAS Canberra", "2023-02-01": "2024-06-11",
    },
}  # fmt: skip
TURNED = {
    "The secretary then met with South Korean President Yoon Suk Yeol.": "South Korean President Yoon Suk Yeol was then met by the secretary.",
}
NEGATED = {"The secretary then met with South Korean President Yoon Suk Yeol.": "The secretary did not meet with South Korean President Yoon Suk Yeol."}


@cache
def model() -> spacy.Language:
    return load_model()


def text() -> Document:
    (document,) = read([SEED])
    assert isinstance(document, Document)
    return document


def replaced(words: str, cast: dict[str, str]) -> str:
    for old, new in cast.items():
        words = words.replace(old, new)
    return words


def facts(words: str) -> set[tuple[str, str, str, str]]:
    graph = assemble([extract(Document("seed", "seed", words, published="2023-02-01"), model())])
    found = set()
    for fact in graph.facts():
        ends = [[fact[end].get("name") or fact[end]["value"], *fact[end].get("aliases", [])] for end in ("subject", "object")]
        found |= {(one, fact["relation"], other, fact["status"]) for one in ends[0] for other in ends[1]}
        if fact["relation"] in ("met", "alliedWith"):
            found |= {(other, fact["relation"], one, fact["status"]) for one in ends[0] for other in ends[1]}
    return found


def expected(cast: dict[str, str]) -> set[tuple[str, str, str]]:
    return {(_name(one, cast), relation, _name(other, cast)) for one, relation, other in FACTS}


def _name(name: str, cast: dict[str, str]) -> str:
    return replaced(name, cast).removeprefix("the ")


FOLLOWED = [
    pytest.param(cast, id=name, marks=[pytest.mark.xfail(strict=True, reason="who finds the provocations disturbing is read as Poland")] * (name == "Baltic"))
    for name, cast in CASTS.items()
]


@pytest.mark.parametrize("cast", FOLLOWED)
def test_facts_follow_the_names(cast: dict[str, str]) -> None:
    found = {fact[:3] for fact in facts(replaced(text().text, cast)) if fact[3] != "denied"}
    assert not expected(cast) - found


@pytest.mark.parametrize("cast", CASTS.values(), ids=CASTS.keys())
def test_a_turned_sentence_says_the_same(cast: dict[str, str]) -> None:
    found = {fact[:3] for fact in facts(replaced(replaced(text().text, TURNED), cast)) if fact[3] == "asserted"}
    assert tuple(_name(n, cast) for n in ("Lloyd J. Austin III", "met", "Yoon Suk Yeol")) in found


@pytest.mark.parametrize("cast", CASTS.values(), ids=CASTS.keys())
def test_a_negated_sentence_says_the_opposite(cast: dict[str, str]) -> None:
    found = facts(replaced(replaced(text().text, NEGATED), cast))
    pair = tuple(_name(n, cast) for n in ("Lloyd J. Austin III", "met", "Yoon Suk Yeol"))
    assert (*pair, "denied") in found
    assert (*pair, "asserted") not in found
