"""What names, and the words around them, mend: phrases hung in the wrong place, classes of names, who a pronoun cannot be."""

from functools import cache

import pytest
import spacy

from graphbuild.gazetteer import Gazetteer
from graphbuild.language import load_model
from graphbuild.phrases import mend_phrases
from graphbuild.pipeline import extract
from graphbuild.records import Document, Extraction, Value
from tests.trees import tree

Fact = tuple[str, str, str]

SAID: list[tuple[str, set[Fact]]] = [
    (
        "The Minister of Defence of Latvia, Andris Lind, and the Minister of Defence of Canada, Claire Berg, signed a memorandum of understanding.",
        {("Andris Lind", "signed", "memorandum of understanding"), ("Claire Berg", "signed", "memorandum of understanding")},
    ),
    (
        "At the invitation of the President of the Republic of Chile, Gabriel Rojas, the President of the Republic of Peru, Dina Quispe, paid an official"
        " visit to Santiago on 14 June 2023.",
        {("Gabriel Rojas", "leads", "Chile"), ("Dina Quispe", "leads", "Peru"), ("Dina Quispe", "visited", "Santiago")},
    ),
    (
        "He was received by the regiment's commander, Colonel Grace Mwale, and the Army Commander, General Peter Banda, in Ndola.",
        {("Grace Mwale", "holdsPosition", "Commander"), ("Peter Banda", "holdsPosition", "Army Commander")},
    ),
    (
        "The envoy spoke on Monday with Qatari Prime Minister and Foreign Minister Khalid Al Emadi.",
        {("Khalid Al Emadi", "holdsPosition", "Prime Minister"), ("Khalid Al Emadi", "leads", "Qatar")},
    ),
    (
        "Manila-based Luzon Timber Corp. on Tuesday appointed Maria Reyes as its president and chief executive.",
        {("Luzon Timber Corp.", "appointed", "Maria Reyes"), ("Maria Reyes", "holdsPosition", "Chief Executive")},
    ),
    ("Ahmad Rahman now works for the shipbuilder Boustead.", {("Ahmad Rahman", "employedBy", "Boustead")}),
    ("His wife, Lidia Choque, is the mayor of Oruro.", {("Lidia Choque", "holdsPosition", "Mayor")}),
    (
        "Kofi Larbi, the Ghanaian diplomat who negotiated their release, later served as his country's ambassador in Rome.",
        {("Kofi Larbi", "holdsPosition", "Ambassador")},
    ),
    (
        "A military tribunal in Guatemala City on Tuesday sentenced retired General Hugo Paz to life in prison.",
        {("military tribunal", "convicted", "Hugo Paz")},
    ),
    ("Gabriel Rojas Font met Ana Lind in Lima. Rojas also visited Cusco.", {("Gabriel Rojas Font", "visited", "Cusco")}),
    ("Justice Sheila Martin wrote the ruling.", {("Sheila Martin", "holdsPosition", "Justice")}),
    ("Minister of Defence Brigadier General Ambrose Phiri visited Lusaka.", {("Ambrose Phiri", "holdsPosition", "Brigadier General")}),
    ("Ana Lind visited the 4th Engineer Regiment in Kaunda Barracks.", {("Ana Lind", "visited", "Kaunda Barracks")}),
]

NOT_SAID: list[tuple[str, set[Fact]]] = [
    ("Ana Lind, spokeswoman for the Secretary-General, was in Oslo.", {("Ana Lind", "holdsPosition", "Secretary-General")}),
    ("Sultan Qabus of Oman appointed him chief of staff in 1972.", {("Qabus", "holdsPosition", "Chief of Staff")}),
    ("Hugo Berg met the King of Norway in Oslo and persuaded him to send a brigade to Mali.", {("Hugo Berg", "deployedTo", "Mali")}),
    ("Imee Rojas met Ana Lind. Rojas is a sister of President Ferdinand Rojas.", {("Imee Rojas", "holdsPosition", "President")}),
    ("Tina Lind, chair of the National Movement, spoke in Oslo.", {("Tina Lind", "hosted", "National Movement")}),
    ("Nordvik sold its stake in a Brazilian gas field to Petrobras.", {("Nordvik", "aided", "Petrobras")}),
    ("Quiroga moved to Argentina, where he worked for a trade union.", {("Quiroga", "employedBy", "Argentina")}),
    ('"Hi, General, Tara Lind from the Herald," she said.', {("Tara Lind", "holdsPosition", "General")}),
    ("Local MP Cat Smithson, whose husband works for the council, welcomed the resignation.", {("Cat Smithson", "employedBy", "council")}),
    ("Sok Lind paid a courtesy call on President Phan Berg.", {("Sok Lind", "requested", "Phan Berg")}),
]

CLASSES = [
    ("MILLBROOK — The county commission met on Monday.", "MILLBROOK", "City"),
    ("Rival San Miguel, which tried to take over the bottler, declined to comment.", "San Miguel", "Company"),
    ("The firm signed a contract with the sugar producer Mitra Phol.", "Mitra Phol", "Company"),
    ("PRIME MINISTER HARROW'S CALL WITH PRESIDENT RUTO", "HARROW", "Person"),
]


@cache
def model() -> spacy.Language:
    return load_model()


def read(text: str) -> Extraction:
    return extract(Document("d", "d", text), model())


def told(text: str) -> set[Fact]:
    """Return what a text asserts, as names; symmetric relations either way round."""
    found = read(text)
    name = {entity.id: entity.name for entity in found.entities}
    facts = {(name[s.subject], s.relation, name[s.object]) for s in found.statements if not isinstance(s.object, Value) and s.status != "denied"}
    return facts | {(other, relation, one) for one, relation, other in facts}


@pytest.mark.parametrize(("text", "facts"), SAID)
def test_is_said(text: str, facts: set[Fact]) -> None:
    assert facts <= told(text)


@pytest.mark.parametrize(("text", "facts"), NOT_SAID)
def test_is_not_said(text: str, facts: set[Fact]) -> None:
    assert not facts & told(text)


@pytest.mark.parametrize(("text", "form", "label"), CLASSES)
def test_what_stands_around_a_name_tells_its_class(text: str, form: str, label: str) -> None:
    assert label in {mention.type for mention in read(text).mentions if mention.text == form}


def test_the_second_of_two_verbs_is_not_denied_with_the_first() -> None:
    found = read("The United States does not support the junta and rejects the agreement.")
    assert {s.polarity for s in found.statements if s.relation == "rejected"} == {"positive"}


def test_who_answers_in_an_interview_speaks_for_their_country() -> None:
    text = (
        "Kenya's foreign minister, Ana Malong, spoke to the Herald's Jacob Otieno in Juba.\n\nQ: Did you sign it?\n\n"
        "A: We signed the Nairobi Protocol last year. I met General Osman in Port Sudan."
    )
    assert {("Kenya", "signed", "Nairobi Protocol"), ("Ana Malong", "met", "Osman")} <= told(text)


def test_a_possessor_hangs_on_the_noun_behind_it() -> None:
    doc = tree(
        """
        formed VBD 0 root
        a DT 3 det
        venture NN 1 obj
        with IN 7 case
        Japan NNP 3 nmod:poss Country
        's POS 5 case
        Marubeni NNP 3 nmod Company
        """
    )
    mend_phrases(doc, Gazetteer.load())
    assert doc[4].head.i == 6


def test_a_mark_read_as_a_second_subject_does_no_harm() -> None:
    doc = tree(
        """
        Kenya NNP 4 nsubj Country
        , , 4 punct
        " `` 4 nsubj
        left VBD 0 root
        """
    )
    mend_phrases(doc, Gazetteer.load())
    assert [t.dep_ for t in doc] == ["nsubj", "punct", "nsubj", "root"]
