"""Who is who across documents: what is one is merged, what is two stays apart, whatever the order."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from itertools import permutations

import pytest

from graphbuild.catalogue import load_catalogue
from graphbuild.identity import Identities, identify
from graphbuild.records import Extraction, Form
from tests.documents import Told


@dataclass(frozen=True)
class Seen:
    """One entity as one document has it."""

    label: str
    names: tuple[str, ...]
    link: str | None = None
    form: Form = "name"
    traits: Mapping[str, str] = field(default_factory=dict)


def person(*names: str, **traits: str) -> Seen:
    return Seen("Person", names, traits=traits)


def thing(label: str, *names: str, link: str | None = None, form: Form = "name", **traits: str) -> Seen:
    return Seen(label, names, link, form, traits)


def document(number: int, seen: Seen) -> Extraction:
    told = Told(f"d{number}", " ".join(seen.names))
    told.entity("e", seen.label, *seen.names, link=seen.link, form=seen.form, **seen.traits)
    return told.done()


def partition(identities: Identities) -> set[frozenset[int]]:
    return {frozenset(int(doc[1:]) for doc, _ in node.members) for node in identities.nodes}


CASES = [
    ("full name and initial", [person("Mara Ilves"), person("M. Ilves")], [{0, 1}]),
    ("suffix and middle initial left out", [person("Odo J. Marr III"), person("Odo Marr")], [{0, 1}]),
    ("suffixes differ", [person("Odo Marr Jr."), person("Odo Marr Sr.")], [{0}, {1}]),
    ("family name first or last", [person("Baek Do Yun"), person("Do Yun Baek")], [{0, 1}]),
    ("hyphen and case", [person("Baek Do-yun"), person("Baek Do Yun")], [{0, 1}]),
    ("family name alone", [person("Baek Do-yun"), person("Baek")], [{0}, {1}]),
    ("family name with the same office", [person("Baek Do-yun", position="Mayor"), person("Baek", position="Mayor")], [{0, 1}]),
    ("same full name, gender differs", [person("Kim Alder", gender="male"), person("Kim Alder", gender="female")], [{0}, {1}]),
    ("same full name, country differs", [person("Ian Rost", country="Q1"), person("Ian Rost", country="Q2")], [{0}, {1}]),
    ("same full name, one country", [person("Ian Rost", country="Q1"), person("Ian Rost")], [{0, 1}]),
    ("a short form between two", [person("John A. Vane"), person("John Vane"), person("John B. Vane")], [{0}, {1}, {2}]),
    ("homonyms and one who may be either", [person("Ian Rost", country="Q1"), person("Ian Rost", country="Q2"), person("Ian Rost")], [{0}, {1}, {2}]),
    (
        "an office that two hold",
        [person("Ann Toll", position="Mayor"), person("Bea Toll", position="Mayor"), person("Toll", position="Mayor")],
        [{0}, {1}, {2}],
    ),
    ("same link, other names", [thing("Country", "Norland", link="Q1"), thing("Country", "Kingdom of Norland", link="Q1")], [{0, 1}]),
    ("different links, same name", [thing("City", "Selby", link="Q7"), thing("City", "Selby", link="Q8")], [{0}, {1}]),
    ("country and city of one name", [thing("Country", "Sanda"), thing("City", "Sanda")], [{0}, {1}]),
    ("place classed twice", [thing("City", "Sanda"), thing("Place", "Sanda")], [{0, 1}]),
    ("organisation classed twice", [thing("MilitaryForce", "Coast Guard"), thing("GovernmentBody", "the Coast Guard")], [{0, 1}]),
    ("name and acronym", [thing("Organization", "Joint River Office", "JRO"), thing("Organization", "JRO")], [{0, 1}]),
    (
        "acronym of two",
        [thing("Organization", "Joint River Office", "JRO"), thing("Organization", "Jury Reform Order", "JRO"), thing("Organization", "JRO")],
        [{0}, {1}, {2}],
    ),
    (
        "acronym, and the full name without it",
        [thing("Organization", "Joint River Office", "JRO"), thing("Organization", "Joint River Office"), thing("Organization", "JRO")],
        [{0, 1, 2}],
    ),
    ("no name", [thing("Event", "the attack", form="noun"), thing("Event", "the attack", form="noun")], [{0}, {1}]),
    ("offices are things", [thing("Position", "Mayor", form="title"), thing("Position", "mayor", form="title")], [{0, 1}]),
    ("person and place", [person("Selby"), thing("City", "Selby")], [{0}, {1}]),
]


@pytest.mark.parametrize(("seen", "expected"), [case[1:] for case in CASES], ids=[case[0] for case in CASES])
def test_who_is_who_in_any_order(seen: list[Seen], expected: list[set[int]]) -> None:
    catalogue = load_catalogue()
    results = [identify(order, catalogue) for order in permutations([document(n, s) for n, s in enumerate(seen)])]
    assert partition(results[0]) == set(map(frozenset, expected))
    assert all(result == results[0] for result in results)


def test_the_name_is_the_fullest_and_all_others_are_aliases() -> None:
    seen = [person("Odo Marr", "Marr"), person("Odo J. Marr III"), person("O. Marr")]
    (node,) = identify([document(n, s) for n, s in enumerate(seen)], load_catalogue()).nodes
    assert (node.name, node.aliases) == ("Odo J. Marr III", ("Marr", "O. Marr", "Odo Marr"))


def test_an_id_is_the_link_whatever_the_name() -> None:
    ids = {identify([document(0, thing("Country", name, link="Q1"))], load_catalogue()).nodes[0].id for name in ("Norland", "Kingdom of Norland")}
    assert len(ids) == 1


def test_namesakes_get_ids_of_their_own() -> None:
    nodes = identify([document(0, person("Kim Alder", gender="male")), document(1, person("Kim Alder", gender="female"))], load_catalogue()).nodes
    assert len({node.id for node in nodes}) == 2
    assert all(node.id.startswith("kim-alder-") for node in nodes)


@pytest.mark.parametrize(
    ("seen", "verdict", "reason"),
    [
        ([person("Mara Ilves"), person("M. Ilves")], "merge", "compatible full names"),
        ([thing("City", "Selby", link="Q7"), thing("City", "Port Selby", link="Q7")], "merge", "same link: http://www.wikidata.org/entity/Q7"),
        ([person("Kim Alder", gender="male"), person("Kim Alder", gender="female")], "apart", "different gender: female and male"),
        ([thing("Organization", "Joint River Office", "JRO"), thing("Organization", "JRO")], "merge", "name and its acronym"),
        ([person("Baek Do-yun", position="Mayor"), person("Baek", position="Mayor")], "merge", "same name and position (Mayor)"),
    ],
)
def test_every_decision_is_kept_with_its_reason(seen: list[Seen], verdict: str, reason: str) -> None:
    (decision,) = identify([document(n, s) for n, s in enumerate(seen)], load_catalogue()).decisions
    assert (decision.verdict, decision.left[0], decision.right[0]) == (verdict, "d0", "d1")
    assert set(decision.reason.split(": ")[-1].split(" and ")) == set(reason.split(": ")[-1].split(" and "))
