"""What a text says of the class of a name, and which names are one: invented sentences."""

from functools import cache

import pytest
import spacy

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
        ("UNIFIL said two of its soldiers were hurt near Naqoura, Lebanon.", "UNIFIL", "MilitaryForce"),
    ],
)
def test_what_stands_around_a_name_says_its_class(text: str, name: str, label: str) -> None:
    assert classes(text).get(name) == label


@pytest.mark.parametrize(
    ("text", "one", "other"),
    [
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
