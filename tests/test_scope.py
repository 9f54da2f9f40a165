"""What a denial, a plan or a doubt makes of a fact, and how far it reaches over verbs that are joined, listed or told together."""

from functools import cache

import pytest
import spacy

from graphbuild.graph import assemble
from graphbuild.language import load_model
from graphbuild.pipeline import extract
from graphbuild.records import Document


@cache
def model() -> spacy.Language:
    return load_model()


def told(text: str) -> set[tuple[str, str]]:
    """Return relation and status of each fact in a text that is no state."""
    graph = assemble([extract(Document("d", "d", text, published="2024-05-14"), model())])
    return {(row["relation"], row["status"]) for row in graph.facts() if row["relation"] not in ("said", "holdsPosition", "officialOf", "leads")}


@pytest.mark.parametrize(
    ("text", "attacked", "aided"),
    [
        ("Peru denied that it had armed Chile and that its navy had attacked Bolivia.", "denied", "denied"),
        ("Peru denied arming Chile, attacking Bolivia and threatening Ecuador.", "denied", "denied"),
        ("Peru denied it had armed Chile, attacked Bolivia or threatened Ecuador.", "denied", "denied"),
        ("Peru refrained from attacking Bolivia and from arming Chile.", "denied", "denied"),
        ("Peru has no intention of attacking Bolivia or of arming Chile.", "denied", "denied"),
        ("Peru has no plan to arm Chile, nor to attack Bolivia.", "denied", "denied"),
        ("Instead of attacking Bolivia and arming Chile, Peru freed Rosa Quispe.", "denied", "denied"),
        ("Peru came close to attacking Bolivia and arming Chile.", "denied", "denied"),
        ("Peru did not attack Bolivia but armed Chile.", "denied", "asserted"),
        ("Peru nearly attacked Bolivia but armed Chile.", "denied", "asserted"),
        ("Peru vowed not to attack Bolivia and to arm Chile.", "denied", "planned"),
        ("Peru insists that it did not attack Bolivia and that Ecuador armed Chile.", "denied", "reported"),
        ("Peru plans to visit Ecuador, attack Bolivia and arm Chile.", "planned", "planned"),
        ("Peru is weighing whether to attack Bolivia or to arm Chile.", "planned", "planned"),
        ("Asked whether Peru had armed Chile or attacked Bolivia, Quispe declined to comment.", "planned", "planned"),
        ("It is not clear whether Peru has armed Chile or attacked Bolivia.", "planned", "planned"),
        ("Peru discussed attacking Bolivia and arming Chile with Ecuador.", "planned", "planned"),
        ("Peru allegedly armed Chile and attacked Bolivia.", "reported", "reported"),
        ("Rosa Quispe declined to confirm or deny that Peru had attacked Bolivia and armed Chile.", "reported", "reported"),
    ],
)  # fmt: skip
def test_both_of_two_deeds(text: str, attacked: str, aided: str) -> None:
    found = told(text)
    assert {status for relation, status in found if relation == "attacked"} == {attacked}
    assert {status for relation, status in found if relation == "aided"} == {aided}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Had Peru armed Chile, Bolivia would have left.", {("aided", "denied")}),
        ("Peru offered to free Rosa Quispe and to leave Arica.", {("released", "planned"), ("withdrewFrom", "planned")}),
        ("Peru hoped for talks with Chile and a visit to Bolivia.", {("met", "planned"), ("visited", "planned")}),
        (
            "The bank denied it, and said Rosa Quispe would go to Oslo next week, meet Tom Berg, and arm Chile.",
            {("visited", "planned"), ("met", "planned"), ("aided", "planned")},
        ),
        ("Rosa Quispe, due to meet Tom Berg and to visit Bolivia, fell ill.", {("met", "planned"), ("visited", "planned")}),
        ("The police picked Rosa Quispe up at the hospital.", {("arrested", "asserted")}),
        ("The miners, whose leader Rosa Quispe met Tom Berg on Friday, struck.", {("met", "asserted")}),
    ],
)
def test_all_that_hangs_on_it(text: str, expected: set[tuple[str, str]]) -> None:
    assert told(text) == expected


def pairs(text: str) -> set[tuple[str, str, str]]:
    """Return subject, relation and object of each fact in a text."""
    graph = assemble([extract(Document("d", "d", text, published="2024-05-14"), model())])
    return {(row["subject"]["name"], row["relation"], row["object"].get("name", "")) for row in graph.facts() if row["relation"] != "said"}


def test_what_each_of_a_list_is_of_is_none_of_the_next() -> None:
    found = pairs("Rosa Quispe of Boeing, Eva Berg of Airbus and Lars Holm met Tom Rask.")
    assert {("Rosa Quispe", "employedBy", "Boeing"), ("Eva Berg", "employedBy", "Airbus")} <= found
    assert not {one for one in found if one[0] == "Lars Holm" and one[1] == "employedBy"}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Bolivia will free Rosa Quispe and Chile will free Eva Berg.", {("Bolivia", "released", "Rosa Quispe"), ("Chile", "released", "Eva Berg")}),
        ("Not Chile but Bolivia attacked Ecuador.", {("Bolivia", "attacked", "Ecuador")}),
        ("Bolivia, Chile condemn Ecuador", {("Bolivia", "condemned", "Ecuador"), ("Chile", "condemned", "Ecuador")}),
    ],
)
def test_each_deed_has_its_own_doer(text: str, expected: set[tuple[str, str, str]]) -> None:
    assert pairs(text) == expected


@pytest.mark.parametrize(
    ("text", "status"),
    [
        ("Tom Rask, the Shining Circle's alleged leader, was arrested.", "reported"),
        ("Tom Rask, a suspected member of the Shining Circle, was arrested.", "reported"),
        ("Tom Rask, the self-styled president of Peru, was arrested.", "reported"),
        ("Eva Berg, the rumoured wife of Tom Rask, was arrested.", "reported"),
        ("Peru, an aspiring member of the OECD, was praised.", "planned"),
        ("Eva Berg, the incoming president of Peru, was praised.", "planned"),
        ("Eva Berg, Tom Rask's future wife, was praised.", "planned"),
        ("Peru, a non-member of the OECD, was praised.", "denied"),
        ("Eva Berg, the acting president of Peru, was praised.", "asserted"),
        ("Eva Berg, a leading member of the OECD, was praised.", "asserted"),
    ],
)
def test_a_word_before_a_noun_says_how_far_a_state_holds(text: str, status: str) -> None:
    graph = assemble([extract(Document("d", "d", text, published="2024-05-14"), model())])
    states = {row["status"] for row in graph.facts() if row["relation"] in ("leads", "memberOf", "spouseOf")}
    assert states == {status}


@pytest.mark.parametrize(
    ("text", "status"),
    [
        ("The rumoured attack by Peru on Chile worries Bolivia.", "reported"),
        ("The impending attack by Peru on Chile worries Bolivia.", "planned"),
        ("The thwarted attack by Peru on Chile worries Bolivia.", "denied"),
        ("Bolivia acted as though Peru had attacked Chile.", "planned"),
        ("Bolivia will act in case Peru attacked Chile.", "planned"),
        ("Bolivia will help, provided that Peru attacks Chile.", "planned"),
        ("Either Peru or Bolivia attacked Chile.", "planned"),
        ("Bolivia doubts that Peru attacked Chile.", "planned"),
        ("Peru ought to attack Chile.", "planned"),
        ("It is a lie that Peru attacked Chile.", "denied"),
        ("There is little evidence that Peru attacked Chile.", "denied"),
        ("Peru is nowhere near attacking Chile.", "denied"),
        ("Peru wishes it had attacked Chile.", "denied"),
        ("It is believed that Peru attacked Chile.", "reported"),
        ("It has been alleged that Peru attacked Chile.", "reported"),
        ("Peru, it is said, attacked Chile.", "reported"),
        ("Peru appears to have attacked Chile.", "reported"),
        ("Peru attacked Chile, Eva Berg was quoted as saying.", "reported"),
        ("Eva Berg: Peru attacked Chile", "reported"),
        ("Peru attacked Chile: report", "reported"),
        ("Peru attacked Chile: what we know", "asserted"),
        ("Prosecutors suspect Peru of attacking Chile.", "reported"),
        ("Peru stands accused of attacking Chile.", "reported"),
        ("Peru was stopped by Bolivia from attacking Chile.", "denied"),
        ("It is possible that Peru attacked Chile.", "planned"),
        ("It is unlikely that Peru attacked Chile.", "planned"),
        ("Peru probably attacked Chile.", "planned"),
        ("Perhaps Peru attacked Chile.", "planned"),
        ("It is clear that Peru attacked Chile.", "asserted"),
        ("There is no doubt that Peru attacked Chile.", "asserted"),
        ("Nobody doubts that Peru attacked Chile.", "asserted"),
        ("Bolivia does not doubt that Peru attacked Chile.", "asserted"),
        ("Peru has never denied that it attacked Chile.", "asserted"),
        ("The embassy did not dispute that Peru had attacked Chile.", "asserted"),
        ("The embassy disputed that Peru had attacked Chile.", "denied"),
        ("Tom Berg contests that Peru attacked Chile.", "denied"),
        ("Bolivia did not contest that Peru had attacked Chile.", "asserted"),
        ("Peru did not hesitate to attack Chile.", "asserted"),
        ("Peru went on to attack Chile.", "asserted"),
        ("Peru happened to attack Chile.", "asserted"),
        ("Peru never fails to attack Chile.", "asserted"),
    ],
)
def test_what_is_told_of_a_deed(text: str, status: str) -> None:
    assert {found for relation, found in told(text) if relation == "attacked"} == {status}


@pytest.mark.parametrize(
    ("text", "expected", "wrong"),
    [
        ("Tom Rask, whose wife, the singer Eva Berg, was born in Lima, met Rosa Quispe.", ("Eva Berg", "bornIn", "Lima"), ("Tom Rask", "bornIn", "Lima")),
        ("Peru, whose foreign minister, Eva Berg, met Tom Rask, left.", ("Eva Berg", "met", "Tom Rask"), ("Peru", "met", "Tom Rask")),
        ("Bolt, whose owner, Eva Berg, had been killed in Lima, closed.", ("Eva Berg", "diedIn", "Lima"), None),
        ("The minister met Eva Berg, whose son, Luis, had been killed in Lima.", ("Luis", "diedIn", "Lima"), ("Eva Berg", "diedIn", "Lima")),
        ("His deputy, the lawyer Eva Berg, condemned Peru.", ("Eva Berg", "condemned", "Peru"), None),
        ("Eva Berg was born in Lima, the daughter of Tom Rask.", ("Eva Berg", "childOf", "Tom Rask"), None),
        ("Peru, where Eva Berg was held, freed Tom Rask.", ("Peru", "released", "Tom Rask"), None),
        ("Peru thanked its allies Chile and Bolivia.", ("Peru", "alliedWith", "Bolivia"), None),
        ("Tom Rask, in Lima for a trade fair, did not comment.", ("Tom Rask", "visited", "Lima"), None),
        ("The navies of Peru and Chile exercised off Arica.", ("Chile", "exercisedWith", "Peru"), None),
        ("Peru's navy was accused by Chile of shelling Bolivia in May.", ("Chile", "accused", "Peru"), ("Chile", "attacked", "Bolivia")),
        ("Peru, rather than Chile, condemned Bolivia.", ("Peru", "condemned", "Bolivia"), ("Chile", "condemned", "Bolivia")),
        ("Tom Rask, general secretary of the Union of Bakers, spoke.", ("Tom Rask", "leads", "Union of Bakers"), None),
    ],
)
def test_whose_deed_it_is(text: str, expected: tuple[str, str, str], wrong: tuple[str, str, str] | None) -> None:
    found = pairs(text)
    assert expected in found
    assert wrong not in found
