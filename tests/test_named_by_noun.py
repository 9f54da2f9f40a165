"""Names that the noun behind them tells: what it is, and where the name ends."""

from functools import cache

import pytest
import spacy

from graphbuild.language import load_model
from graphbuild.pipeline import extract
from graphbuild.records import Document


@cache
def model() -> spacy.Language:
    return load_model()


def nodes(text: str) -> set[tuple[str, str]]:
    return {(entity.name, entity.type) for entity in extract(Document("d", "d", text), model()).entities}


@pytest.mark.parametrize(
    ("text", "name", "label"),
    [
        ("Israel's Rafael company will supply missiles to Romania.", "Rafael", "Company"),
        ("Iran's Fars news agency reported on Monday that a tanker had been seized.", "Fars news agency", "MediaOrganization"),
        ("Kenya's Daily Nation newspaper said that the president had visited Kinshasa.", "Daily Nation", "MediaOrganization"),
        ("Russian Wagner fighters shelled the town of Soledar.", "Wagner", "ArmedGroup"),
        ("The USS Carl Vinson aircraft carrier strike group arrived in Busan.", "USS Carl Vinson aircraft carrier strike group", "MilitaryForce"),
    ],
)
def test_the_noun_behind_a_name_says_what_it_is(text: str, name: str, label: str) -> None:
    assert (name, label) in nodes(text)


@pytest.mark.parametrize(
    "text",
    [
        "The company reported on Monday.",
        "US company executives met in Oslo.",
        "She read the Sunday newspaper.",
        "Company chiefs left.",
        "London newspapers wrote of it.",
    ],
)
def test_no_name_comes_of_a_country_a_day_or_a_capital_letter_alone(text: str) -> None:
    assert not {label for _, label in nodes(text)} & {"Company", "MediaOrganization"}


def test_a_ship_is_meant_by_the_word_for_ships_behind_its_name() -> None:
    found = extract(Document("d", "d", "The Galaxy Leader cargo ship arrived in Salif."), model())
    name = {entity.id: entity.name for entity in found.entities}
    assert ("Galaxy Leader", "visited", "Salif") in {(name[s.subject], s.relation, name.get(str(s.object))) for s in found.statements}


def test_a_body_has_one_node_with_or_without_what_it_belongs_to() -> None:
    found = nodes("On Monday the UN Security Council adopted a resolution. The Security Council thanked Oman. The UN updated Security Council members.")
    assert [name for name, _ in found if "Security Council" in name] == ["UN Security Council"]


def test_an_enemy_is_nobody_by_that_word() -> None:
    assert not {name for name, _ in nodes("Norway retook towns held by the enemy. We support their efforts against the enemy.") if "enemy" in name}
