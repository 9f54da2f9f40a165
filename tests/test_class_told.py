"""What a text says of the class of a name, and which names are one: invented sentences."""

from functools import cache

import pytest
import spacy

from graphbuild.classes import classify_name, classify_noun
from graphbuild.gazetteer import Gazetteer
from graphbuild.language import load_model
from graphbuild.pipeline import extract
from graphbuild.records import Document, Extraction


@cache
def model() -> spacy.Language:
    return load_model()


def read(text: str) -> Extraction:
    return extract(Document("d", "d", text), model())


def classes(text: str) -> dict[str, str]:
    return {name: entity.type for entity in read(text).entities for name in (entity.name, *entity.aliases)}


@pytest.mark.parametrize(
    ("text", "name", "label"),
    [
        ("Oman and India began their annual exercise, Karabun, near Muscat on Friday.", "Karabun", "Event"),
        ("Lela Vane read law at Torvane and joined the ministry in 1990.", "Torvane", "Organization"),
        ("Hundreds of families fled the Kelbari region on Monday, the UN said.", "Kelbari", "Region"),
        ("The Orvik regime arrested two envoys of Norway.", "Orvik", "Person"),
        ("North Korea fired a Hwasong-21 towards Japan on Friday.", "Hwasong-21", "Weapon"),
        ("Russian soldiers hold two villages in Abkhazia.", "Abkhazia", "Region"),
        ("The World Food Programme sent rice to Chad.", "World Food Programme", "Organization"),
        ("ISIL killed hundreds of Yazidis, and the Yazidi community fled to Mount Orvin.", "Yazidis", "Group"),
        ("ISIL killed hundreds of Yazidis, and the Yazidi community fled to Mount Orvin.", "Mount Orvin", "Place"),
        ("Soldiers entered the town of Hit and the village of Tall Karif on Friday.", "Hit", "City"),
        ("The State Board of Antiquities and Heritage named ten officers.", "State Board of Antiquities and Heritage", "GovernmentBody"),
        ("The two ministers signed the Nadi Fisheries Compact on Friday.", "Nadi Fisheries Compact", "Agreement"),
        ("Abu Jandal al-Kuwaiti led the unit. Abu Jandal was killed by a coalition airstrike.", "Abu Jandal al-Kuwaiti", "Person"),
        ("UNIFIL said two of its soldiers were hurt near Naqoura, Lebanon.", "UNIFIL", "MilitaryForce"),
        ("The army retook twenty villages in Kelbari on Monday, the ministry said.", "Kelbari", "Region"),
        ("The governor of Kelbari met President Ana Lind.", "Kelbari", "Region"),
        ("The army fired on both banks of the Ozmira on Monday.", "Ozmira", "Place"),
        ("Two ships left Torvane harbour at dawn.", "Torvane", "Facility"),
    ],
)
def test_what_stands_around_a_name_says_its_class(text: str, name: str, label: str) -> None:
    assert classes(text).get(name) == label


@pytest.mark.parametrize(
    ("text", "one", "other"),
    [
        ("Abu Jandal al-Kuwaiti led the unit. Abu Jandal was killed by a coalition airstrike.", "Abu Jandal al-Kuwaiti", "Abu Jandal"),
        ("U.S. Africa Command said the raid killed two. AFRICOM denied that civilians died.", "U.S. Africa Command", "AFRICOM"),
        ("Grupo Velmara bought a mill in Peru. Velmara will keep the workers, it said.", "Grupo Velmara", "Velmara"),
        ("TCG Barkan shelled the coast of Syria. Barkan then left for Mersin.", "TCG Barkan", "Barkan"),
    ],
)
def test_two_forms_are_one(text: str, one: str, other: str) -> None:
    assert any({one, other} <= {e.name, *e.aliases} for e in read(text).entities)


@pytest.mark.parametrize(
    ("text", "one", "other"),
    [
        ("The UN thanked Oman. The UN Security Council will meet on Friday.", "UN", "UN Security Council"),
        ("The African Union condemned the coup. The African Union Commission sent an envoy to Mali.", "African Union", "African Union Commission"),
    ],
)
def test_a_body_and_a_part_of_it_are_two(text: str, one: str, other: str) -> None:
    found = [{e.name, *e.aliases} for e in read(text).entities]
    assert not any({one, other} <= names for names in found)
    assert any(one in names for names in found)
    assert any(other in names for names in found)


@pytest.mark.parametrize(
    ("text", "part", "whole"),
    [
        ("The Indian Navy's Western Fleet is led by Vice Admiral Arun Rao.", "Western Fleet", "Indian Navy"),
        ("She commanded the Southern Command of the Ghana Army until 2016.", "Southern Command", "Ghana Army"),
    ],
)
def test_a_body_is_parted_from_the_one_that_owns_it(text: str, part: str, whole: str) -> None:
    assert {part, whole} <= set(classes(text))


@pytest.mark.parametrize(
    ("name", "taken_for", "label"),
    [
        ("Operation Sea Guardian", "Vehicle", "Event"),
        ("African Lion 22", "Vehicle", "Event"),
        ("Golden Dragon 2024", "Agreement", "Event"),
        ("Varg 5", "Vehicle", "Vehicle"),
        ("Resolution", "GovernmentBody", "Agreement"),
        ("Kelbari Liberation Forces", "MilitaryForce", "ArmedGroup"),
        ("People's Liberation Army", "MilitaryForce", "MilitaryForce"),
        ("Trilateral Contact Group", "Company", "Organization"),
        ("Southern Task Group", "Company", "MilitaryForce"),
        ("Lima Group", "Company", "Alliance"),
        ("Velmara Group", "Company", "Company"),
    ],
)
def test_the_words_of_a_name_say_its_class(name: str, taken_for: str, label: str) -> None:
    assert classify_name(name, taken_for, 0.95, Gazetteer.load()) == label


@pytest.mark.parametrize(
    ("noun", "taken_for", "label"),
    [("country", "City", "Country"), ("airport", "City", "Facility"), ("river", "City", "Place"), ("country", "Group", "Group"), ("scene", "City", "City")],
)
def test_the_noun_says_what_kind_of_place_is_described(noun: str, taken_for: str, label: str) -> None:
    assert classify_noun(noun, taken_for) == label


def test_a_government_beside_another_noun_is_its_country() -> None:
    found = read("There are reports of German companies hosting Syrian Government websites. Does hosting a Syrian Government website break the law?")
    assert "Syrian Government" not in {entity.name for entity in found.entities}
