"""Who "we" and "I" are in texts that somebody issues, says or signs."""

import pytest

from graphbuild.language import load_model
from graphbuild.pipeline import extract
from graphbuild.records import Document, Value

TEXTS = [
    ("Statement by the Ministry of Foreign Affairs of Ghana\n\nWe condemn the attack on Lomé. We have sent two planes to Togo.", "Ghana", "aided", "Togo"),
    ("We, the Government of Chile, regret the delay. We thank Peru for its patience.", "Chile", "praised", "Peru"),
    ("Norway welcomes the decision. Mali asked us for doctors. We thanked Mali for its trust.", "Norway", "praised", "Mali"),
    ("QUESTION: Will Latvia leave the talks?\n\nMINISTER OZOLS: No. We have invited Estonia to Riga.", "Latvia", "requested", "Estonia"),
    ("We thank Togo for its doctors. Norway reaffirms its commitment to support the people of Somalia.", "Norway", "praised", "Togo"),
    ("Uganda rejects the report. We have asked Kenya for an inquiry.\n\nMinistry of Foreign Affairs, Kampala", "Uganda", "requested", "Kenya"),
]


@pytest.mark.parametrize(("text", "who", "relation", "whom"), TEXTS)
def test_we_are_those_who_issue_the_text(text: str, who: str, relation: str, whom: str) -> None:
    extraction = extract(Document("d", "d", text), load_model())
    names = {entity.id: entity.name for entity in extraction.entities}
    told = {(names[s.subject], s.relation, names[s.object]) for s in extraction.statements if not isinstance(s.object, Value)}
    assert (who, relation, whom) in told


def test_nobody_who_meets_us_is_we() -> None:
    extraction = extract(Document("d", "d", "Sudan attacked us last week. We have asked Egypt for help."), load_model())
    names = {entity.id: entity.name for entity in extraction.entities}
    assert not any(names[s.subject] == "Sudan" and s.relation == "requested" for s in extraction.statements)


def test_i_am_whoever_signs() -> None:
    text = "I met Karin Holm in Oslo on Friday. She thanked me.\n\nAisha Bello is the author of two books on Niger."
    extraction = extract(Document("d", "d", text), load_model())
    names = {entity.id: entity.name for entity in extraction.entities}
    assert any(s.relation == "met" and {names[s.subject], names[s.object]} == {"Aisha Bello", "Karin Holm"} for s in extraction.statements)


def test_he_who_says_so_is_i() -> None:
    text = 'Tomas Lind left the hall early. "I met Aisha Bello in May," he said.'
    extraction = extract(Document("d", "d", text), load_model())
    names = {entity.id: entity.name for entity in extraction.entities}
    assert any(s.relation == "met" and {names[s.subject], names[s.object]} == {"Tomas Lind", "Aisha Bello"} for s in extraction.statements)


def test_announced_speech_runs_over_quoted_paragraphs() -> None:
    text = (
        'The Foreign Secretary, Nora Whitby, said:\n\n"I spoke to Minister Tarek Sassi on Monday.\n\n"The UK has sent two ships to Cyprus.\n\n'
        '"We have asked Malta for help, and I met Ana Vella in June."\n\nOsman Keita is the author of two books on Mali.'
    )
    extraction = extract(Document("d", "d", text), load_model())
    names = {entity.id: entity.name for entity in extraction.entities}
    told = {(names[s.subject], s.relation, names[s.object]): s.speaker and names[s.speaker] for s in extraction.statements if not isinstance(s.object, Value)}
    assert ("Nora Whitby", "spokeWith", "Tarek Sassi") in told or ("Tarek Sassi", "spokeWith", "Nora Whitby") in told
    assert told["United Kingdom", "deployedTo", "Cyprus"] == "Nora Whitby"
    assert told["United Kingdom", "requested", "Malta"] == "Nora Whitby"
    assert ("Nora Whitby", "officialOf", "United Kingdom") in told
    assert {who for who, relation, _ in told if relation == "met"} <= {"Nora Whitby", "Ana Vella"}


def test_statement_that_is_issued_is_its_speakers() -> None:
    said = "I spoke with President William Ruto on Saturday. Canada has sanctioned Jimmy Lind."
    text = f'The Prime Minister, Justin Trudeau, today issued the following statement:\n\n"{said}"'
    extraction = extract(Document("d", "d", text), load_model())
    names = {entity.id: entity.name for entity in extraction.entities}
    told = {(s.relation, frozenset((names[s.subject], names[s.object]))): s.speaker for s in extraction.statements if not isinstance(s.object, Value)}
    assert names[told["spokeWith", frozenset(("Justin Trudeau", "William Ruto"))] or ""] == "Justin Trudeau"
    assert names[told["sanctioned", frozenset(("Canada", "Jimmy Lind"))] or ""] == "Justin Trudeau"


@pytest.mark.parametrize(
    "text",
    [
        "Statement by Foreign Minister Anna Lund on Mali\n\nWe condemn the siege of Gao. Mali deserves peace. Our ambassador, Karl Beck, met Omar Traoré.",
        "Madam Speaker, I will make a statement on Mali. We have sanctioned two firms. Mali deserves peace, and our envoy, Karl Beck, has met Omar Traoré.",
    ],
)
def test_what_a_statement_is_about_does_not_make_it(text: str) -> None:
    extraction = extract(Document("d", "d", text), load_model())
    names = {entity.id: entity.name for entity in extraction.entities}
    assert not any(names[s.subject] == "Mali" or (s.relation == "officialOf" and names[str(s.object)] == "Mali") for s in extraction.statements)


@pytest.mark.parametrize(
    ("text", "speaker"),
    [
        ('Chad is expelling four diplomats, the foreign ministry said on Monday, a move that Libya called "absurd".', "Libya"),
        ('Volta Energy PLC ("Volta" or the "Company") announced that it has bought Lake Networks.', None),
    ],
)
def test_who_says_what_stands_in_quotation_marks(text: str, speaker: str | None) -> None:
    extraction = extract(Document("d", "d", text), load_model())
    names = {entity.id: entity.name for entity in extraction.entities}
    assert {names[s.subject] for s in extraction.statements if s.relation == "said"} == ({speaker} if speaker else set())
