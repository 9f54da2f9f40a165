"""Pipelines that are not ours: trees in either scheme, entities of OntoNotes, from the Doc to the facts."""

import sys
from pathlib import Path

import pytest
import spacy
from spacy.language import Language
from spacy.tokens import Doc, Span

from graphbuild import cli
from graphbuild.errors import ModelError
from graphbuild.language import load_model
from graphbuild.language.adapter import ADAPTER
from graphbuild.pipeline import build, extract
from graphbuild.records import Document, Value
from tests.schemes import Sentence, fill, sentences
from tests.test_language import HOSTILE, annotation, assert_well_formed

SENTENCES = {s.text: s for s in sentences()}
FACTS = [pytest.param(s, id=s.id) for s in SENTENCES.values() if s.facts]


def _annotated(doc: Doc, scheme: str) -> Doc:
    """Annotate one known sentence; of any other text every word hangs on the first, and capitalised words are organisations."""
    sentence = SENTENCES.get(doc.text.strip())
    if sentence is not None and len(sentence.words) == len(doc):
        return fill(doc, sentence, sentence.clearnlp if scheme == "clearnlp" else sentence.ud)
    for token in doc:
        token.dep_, token.head = ("dobj" if token.i else "ROOT"), doc[0]
    doc.ents = [Span(doc, t.i, t.i + 1, label="ORG") for t in doc if t.is_title]
    return doc


@Language.component("scripted_clearnlp")
def scripted_clearnlp(doc: Doc) -> Doc:
    return _annotated(doc, "clearnlp")


@Language.component("scripted_ud")
def scripted_ud(doc: Doc) -> Doc:
    return _annotated(doc, "ud")


@Language.component("only_a_parser")
def only_a_parser(doc: Doc) -> Doc:
    return Doc(doc.vocab, [t.text for t in doc], [bool(t.whitespace_) for t in doc], heads=[0] * len(doc), deps=["ROOT", *["dep"] * (len(doc) - 1)])


@Language.component("named_by_capitals")
def named_by_capitals(doc: Doc) -> Doc:
    """Every run of capitalised words is a name with the label that the text begins with, `LABEL: …`, but "Defense" is one of its own."""
    label = doc[0].text
    for token in doc:
        token.dep_, token.head = ("ROOT" if not token.i else "dep"), doc[0]
    runs: list[list[int]] = []
    for token in doc[2:]:
        if token.text[:1].isupper():
            runs = [*runs[:-1], [*runs[-1], token.i]] if runs and runs[-1][-1] == token.i - 1 and token.nbor(-1).text != "Defense" else [*runs, [token.i]]
    doc.ents = [Span(doc, run[0], run[-1] + 1, label=label) for run in runs]
    return doc


def pipeline(*components: str, threads: int = 1) -> Language:
    nlp = spacy.blank("en")
    for component in components:
        nlp.add_pipe(component)
    nlp.add_pipe(ADAPTER, config={"threads": threads})
    return nlp


@pytest.fixture(scope="module")
def clearnlp() -> Language:
    return pipeline("scripted_clearnlp")


@pytest.fixture(scope="module")
def ud() -> Language:
    return pipeline("scripted_ud")


def facts(text: str, nlp: Language) -> set[str]:
    extraction = extract(Document("d", "d", text), nlp)
    names = {entity.id: entity.name for entity in extraction.entities}
    ends = [(s, s.object.value if isinstance(s.object, Value) else names[s.object]) for s in extraction.statements]
    return {f"{names[s.subject]} {s.relation} {end}{'' if s.status == 'asserted' else f' [{s.status}]'}" for s, end in ends}


@pytest.mark.parametrize("sentence", FACTS)
def test_either_scheme_gives_the_facts(sentence: Sentence, clearnlp: Language, ud: Language) -> None:
    found = facts(sentence.text, clearnlp)
    assert sentence.facts <= found
    assert found == facts(sentence.text, ud)


@pytest.mark.parametrize("sentence", SENTENCES.values(), ids=lambda s: s.id)
def test_a_ud_tree_is_taken_as_it_is(sentence: Sentence, ud: Language) -> None:
    doc = ud(sentence.text)
    assert [t.head.i for t in doc] == list(sentence.ud.heads)
    assert [t.dep_ for t in doc] == ["ROOT" if label == "root" else label for label in sentence.ud.labels]


def test_a_doc_has_what_the_rest_needs(clearnlp: Language) -> None:
    doc = clearnlp("Ana Duarte met Tomas Lind in Nairobi on Tuesday.")
    assert [(e.text, e.label_) for e in doc.ents] == [("Ana Duarte", "Person"), ("Tomas Lind", "Person"), ("Nairobi", "City")]
    assert [chunk.text for chunk in doc.noun_chunks] == ["Ana Duarte", "Tomas Lind", "Nairobi", "Tuesday"]
    assert [(t.lemma_, t.pos_, t.tag_) for t in doc][2:5] == [("meet", "VERB", "VBD"), ("Tomas", "PROPN", "NNP"), ("Lind", "PROPN", "NNP")]
    assert {s._.form for s in doc.spans["mentions"]} >= {"name"}
    assert any(relation == "met" for _, _, relation, *_ in doc._.relations)


CHUNKS = [
    ("copula-nominal", ["Ana Duarte", "the president", "Kenya"]),
    ("copula-preposition", ["The delegation", "Paris"]),
    ("apposition", ["Tomas Lind", "the president", "Kenya", "Ghana"]),
    ("possessive", ["Ana Duarte's meeting", "Tomas Lind"]),
    ("title", ["Prime Minister Tomas Lind", "Ghana"]),
    ("became", ["Tomas Lind", "president", "Kenya"]),
    ("based", ["The London-based firm"]),
    ("at-least", ["At least five soldiers"]),
    ("relative-preposition", ["The envoy", "whom", "she"]),
    ("conjoined-four", ["The soldiers", "homes", "shops", "schools", "farms"]),
    ("long-possessives", ["Kenya's foreign minister Ana Duarte's visit", "Accra", "the opposition"]),
]


@pytest.mark.parametrize(("sentence", "chunks"), CHUNKS, ids=[name for name, _ in CHUNKS])
def test_noun_chunks(sentence: str, chunks: list[str], clearnlp: Language, ud: Language) -> None:
    text = next(s.text for s in SENTENCES.values() if s.id == sentence)
    assert [chunk.text for chunk in ud(text).noun_chunks] == chunks
    assert [chunk.text for chunk in clearnlp(text).noun_chunks] == chunks


def test_pronouns_and_descriptions_are_ours(clearnlp: Language) -> None:
    doc = clearnlp("Speaking to reporters after the summit, Duarte, who took office in January, said she had asked the African Union to send a mission.")
    forms = {s.text: s._.form for s in doc.spans["mentions"]}
    assert forms["she"] == "pronoun"
    assert "noun" in forms.values()
    she, duarte = (next((s.start, s.end) for s in doc.spans["mentions"] if s.text == word) for word in ("she", "Duarte"))
    assert doc._.antecedents[she][0][0] == duarte


LABELS = [
    ("GPE", "They met in Nairobi.", "Nairobi", "City"),
    ("GPE", "He left Kenya.", "Kenya", "Country"),
    ("GPE", "They met in Bavaria.", "Bavaria", "Region"),
    ("GPE", "In reply, Moscow condemned the new sanctions.", "Moscow", "Country"),
    ("GPE", "He was born in Moscow.", "Moscow", "City"),
    ("NORP", "The Kenyan army left.", "Kenyan", "Country"),
    ("NORP", "They spoke to Democrats there.", "Democrats", "PoliticalParty"),
    ("ORG", "It joined NATO then.", "NATO", "Alliance"),
    ("ORG", "He leads the Northern Command.", "Northern Command", "MilitaryForce"),
    ("ORG", "A fighter of Hezbollah fell.", "Hezbollah", "ArmedGroup"),
    ("ORG", "He told Reuters so.", "Reuters", "MediaOrganization"),
    ("ORG", "He works for the Education Ministry.", "Education Ministry", "GovernmentBody"),
    ("PERSON", "He called Lind.", "Lind", "Person"),
    ("PER", "He called Lind.", "Lind", "Person"),
    ("LAW", "They left the Treaty.", "Treaty", "Agreement"),
    ("EVENT", "It began at the Olympics.", "Olympics", "Event"),
    ("FAC", "He landed at Entebbe Airport.", "Entebbe Airport", "Facility"),
    ("LOC", "It sailed in the Baltic Sea.", "Baltic Sea", "Place"),
    ("DATE", "He left on Tuesday.", "Tuesday", None),
    ("MISC", "He met the Kenyan envoy.", "Kenyan", "Country"),
    ("ORG", "He called Defense Minister Lind.", "Defense", None),
    ("Vehicle", "It struck the Moskva.", "Moskva", "Vehicle"),
]


@pytest.fixture(scope="module")
def by_capitals() -> Language:
    return pipeline("named_by_capitals")


@pytest.mark.parametrize(("label", "text", "name", "expected"), LABELS, ids=[f"{label}-{name}-{expected}" for label, _, name, expected in LABELS])
def test_labels_become_our_classes(label: str, text: str, name: str, expected: str | None, by_capitals: Language) -> None:
    doc = by_capitals(f"{label}: {text}")
    assert next((e.label_ for e in doc.ents if e.text == name), None) == expected


def test_what_the_pipeline_lacks_is_ours(by_capitals: Language) -> None:
    doc = by_capitals("PERSON: the envoys met Lind.")
    assert [(t.tag_, t.pos_, t.lemma_) for t in doc][3:5] == [("NNS", "NOUN", "envoy"), ("VBD", "VERB", "meet")]


@pytest.mark.parametrize("text", HOSTILE, ids=range(len(HOSTILE)))
def test_any_text_gives_a_valid_doc(text: str, clearnlp: Language) -> None:
    doc = clearnlp(text)
    assert doc.text == text
    assert len(doc.spans["mentions"]) == len({(s.start, s.end) for s in doc.spans["mentions"]})
    assert all(token.dep_ and token.tag_ and token.pos_ for token in doc)
    if len(doc):
        assert_well_formed(doc)


def test_a_text_is_annotated_alike_alone_and_among_others_and_with_two_threads(clearnlp: Language) -> None:
    text = next(s.text for s in SENTENCES.values() if s.id == "long-told")
    alone = annotation(clearnlp(text))
    among = [annotation(doc) for doc in clearnlp.pipe(["Short.", text, *SENTENCES, text])]
    assert among[1] == among[-1] == alone == annotation(pipeline("scripted_clearnlp", threads=2)(text))


def test_a_pipeline_without_entities_or_parser_is_refused() -> None:
    with pytest.raises(ModelError, match="lacks an entity recogniser:"):
        pipeline("only_a_parser")("Ana Duarte met Tomas Lind.")
    with pytest.raises(ModelError, match="lacks a parser and an entity recogniser:"):
        pipeline()("Ana Duarte met Tomas Lind.")


def test_a_pipeline_without_our_component_is_refused() -> None:
    with pytest.raises(ModelError, match=r'add_pipe\("graphbuild_adapter"\)'):
        extract(Document("d", "d", "Ana Duarte met Tomas Lind."), spacy.blank("en"))


@pytest.fixture
def saved(tmp_path: Path) -> Path:
    nlp = spacy.blank("en")
    nlp.add_pipe("scripted_clearnlp")
    nlp.to_disk(tmp_path / "pipeline")
    return tmp_path / "pipeline"


@pytest.fixture
def story(tmp_path: Path) -> str:
    path = tmp_path / "story.txt"
    path.write_text("Ana Duarte met Tomas Lind in Nairobi on Tuesday.", encoding="utf-8")
    return str(path)


def test_a_saved_pipeline_builds_the_graph(saved: Path, story: str, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as end:
        cli.main(["build", story, "--model", str(saved)])
    assert end.value.code in (None, 0)
    assert '"relation": "met"' in capsys.readouterr().out


def test_an_installed_pipeline_builds_the_graph(saved: Path, story: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    _install(saved, tmp_path / "site")
    monkeypatch.syspath_prepend(str(tmp_path / "site"))
    made = build([story], model="xx_scripted")
    assert [f["relation"] for f in made.graph.facts() if f["relation"] == "met"] == ["met"]
    assert made.info.options["model"] == "xx_scripted"
    sys.modules.pop("xx_scripted")


def _install(saved: Path, site: Path) -> None:
    """Lay a pipeline where and as pip would."""
    package = site / "xx_scripted"
    package.mkdir(parents=True)
    lines = ["from spacy.util import load_model_from_path", "from pathlib import Path"]
    lines += ["def load(**options):", "    return load_model_from_path(Path(__file__).parent / 'data', **options)"]
    (package / "__init__.py").write_text("\n".join(lines), encoding="utf-8")
    saved.rename(package / "data")
    (site / "xx_scripted-0.1.dist-info").mkdir()
    (site / "xx_scripted-0.1.dist-info" / "METADATA").write_text("Metadata-Version: 2.1\nName: xx_scripted\nVersion: 0.1\n", encoding="utf-8")


def test_a_pipeline_with_our_component_is_saved_and_loaded(tmp_path: Path) -> None:
    nlp = pipeline("scripted_clearnlp")
    nlp.to_disk(tmp_path / "with")
    loaded = load_model(tmp_path / "with")
    assert loaded.pipe_names == ["scripted_clearnlp", ADAPTER]
    text = next(iter(SENTENCES))
    assert annotation(loaded(text)) == annotation(nlp(text))


def _bare(folder: Path) -> str:
    spacy.blank("en").to_disk(folder / "bare")
    return str(folder / "bare")


def _broken(folder: Path) -> str:
    (folder / "broken").mkdir()
    (folder / "broken" / "config.cfg").write_text("[nlp\n", encoding="utf-8")
    return str(folder / "broken")


def _missing(folder: Path) -> str:
    return "xx_not_there"


@pytest.mark.parametrize(
    ("make", "message"),
    [(_bare, "lacks a parser and an entity recogniser"), (_broken, "cannot be loaded"), (_missing, "neither a folder nor an installed spaCy pipeline")],
)
def test_a_model_that_will_not_do_is_one_line(make, message: str, story: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as end:
        cli.main(["build", story, "--model", make(tmp_path)])
    assert end.value.code == cli.BAD_INPUT
    shown = capsys.readouterr().err.strip()
    assert message in shown
    assert shown.startswith("graphbuild: error: ")
    assert "\n" not in shown
