"""SHACL: what is built conforms, and for each kind of shape a broken graph is reported with the words behind it."""

import json
import re
from pathlib import Path

import pyoxigraph as ox
import pytest

from graphbuild.errors import GraphFileError
from graphbuild.export import export
from graphbuild.export.layers import RdfOptions
from graphbuild.graph import assemble
from graphbuild.records import Extraction
from graphbuild.schema import ontology
from graphbuild.store import write_build
from graphbuild.validate import validate
from graphbuild.vocabulary import GB, PREFIXES, Minter
from tests.documents import Told, both, talks

KG = assemble(both())
MINT = Minter()
ILVES, ARDENI, SELBY = (MINT.entity(KG.node(name).id) for name in ("Ilves", "Ardeni", "Port Selby"))
DENIED = next(c for c in KG.claims if c.status == "denied")
VISIT = "Foreign Minister Mara Ilves of Norland visited Port Selby on Tuesday."
QUOTE = "Ilves did not meet Goran Pesk."
TYPE = "<http://www.w3.org/1999/02/22-rdf-syntax-ns#type>"
CLAIM = f"<{MINT.claim(DENIED.id)}>"


def mutated(folder: Path, *, drop: tuple[str, ...] = (), add: str = "", replace: tuple[str, str] = ("", "")) -> Path:
    """Write the graph as N-Triples without the lines that hold all of `drop`, with `add`, and with one text for another."""
    lines = export(KG, "ntriples").decode().splitlines(keepends=True)
    kept = [line for line in lines if not (drop and all(part in line for part in drop))]
    path = folder / "graph.nt"
    path.write_text("".join(kept).replace(*replace) + add)
    return path


def test_what_is_built_conforms(tmp_path: Path) -> None:
    assert validate(KG).conforms
    write_build(KG, tmp_path, formats=["nquads"])
    report = validate(tmp_path)
    assert report.conforms
    assert report.triples > 500


DECIMAL = "^^<http://www.w3.org/2001/XMLSchema#decimal>"
INTEGER = "^^<http://www.w3.org/2001/XMLSchema#integer>"
TRIPLES = list(ox.parse(export(KG, "ntriples"), format=ox.RdfFormat.N_TRIPLES))
EVIDENCE = next(t.object for t in TRIPLES if str(t.subject) == CLAIM and t.predicate.value == f"{GB}evidence")
MENTION = f"<{MINT.words('talks', 17, 27)}>"
NOBODY = f"<{MINT.entity('nobody')}>"
STATEMENT = "http://www.w3.org/1999/02/22-rdf-syntax-ns#"
MUTATIONS = [
    # claims
    ({"drop": (CLAIM, f"{GB}evidence>")}, "a claim has evidence", None),
    ({"add": f'{CLAIM} <{GB}status> "asserted" .\n'}, "a claim has one status", QUOTE),
    ({"add": f'{CLAIM} <{GB}polarity> "positive" .\n'}, "a claim has one polarity", QUOTE),
    ({"replace": (f'{CLAIM} <{GB}modality> "actual"', f'{CLAIM} <{GB}modality> "perhaps"')}, "a claim has one modality", QUOTE),
    ({"add": f'{CLAIM} <{GB}confidence> "1.5"{DECIMAL} .\n'}, "a claim has one confidence from 0 to 1", QUOTE),
    ({"add": f"{CLAIM} <{GB}speaker> {NOBODY} .\n"}, "a claim has at most one speaker, a node of the graph", QUOTE),
    ({"add": f"{CLAIM} <{GB}place> {NOBODY} .\n"}, "a claim has at most one place, a node of the graph", QUOTE),
    ({"add": f"{CLAIM} <{STATEMENT}subject> {NOBODY} .\n"}, "a claim has one subject, a node of the graph", QUOTE),
    ({"drop": (CLAIM, f"<{STATEMENT}object>")}, "a claim has one object", QUOTE),
    ({"add": f'{CLAIM} <{STATEMENT}predicate> "met" .\n'}, "a claim has one predicate", QUOTE),
    ({"drop": (f"<{ILVES}>", TYPE)}, "the class of the subject is none that the relation admits", None),
    ({"drop": (f"<{ILVES}>", TYPE)}, "the class of the object is none that the relation admits", None),
    # evidence
    ({"replace": (f'quote> "{QUOTE}"', 'quote> "Ilves met Goran Pesk."')}, "the quote is not what the document says at these offsets", "Ilves met Goran Pesk."),
    ({"drop": (f"<{EVIDENCE.value}> <{GB}quote>",)}, "evidence has one quote", None),
    ({"add": f'{EVIDENCE} <{GB}beginOffset> "99999"{INTEGER} .\n'}, "evidence begins once, before it ends", QUOTE),
    ({"drop": (f"{EVIDENCE} <{GB}endOffset>",)}, "evidence ends once", QUOTE),
    ({"drop": (f"{EVIDENCE} <{GB}rule>",)}, "evidence names the rule that found it", QUOTE),
    ({"drop": (f"<{MINT.document('talks')}>", "NewsArticle")}, "evidence is quoted from one document of the graph", QUOTE),
    # nodes and mentions
    ({"drop": (f"<{ILVES}>", "label>")}, "a node has one name", QUOTE),
    ({"drop": (MENTION, "beginIndex>")}, "a mention begins once", None),
    ({"drop": (MENTION, "endIndex>")}, "a mention ends once", None),
    ({"drop": (f"<{MINT.document('talks')}>", "#Context>")}, "a mention stands in one document of the graph", None),
    ({"add": f"{MENTION} <http://www.w3.org/2005/11/its/rdf#taIdentRef> {NOBODY} .\n"}, "a mention points to a node of the graph", None),
    # relations
    ({"add": f"<{SELBY}> <{GB}leads> <{ARDENI}> .\n"}, "the subject of leads must be of class Person", VISIT),
    ({"add": f"<{ARDENI}> <{GB}leads> <{SELBY}> .\n"}, "the object of leads must be of class", VISIT),
    ({"add": f'<{ARDENI}> <{GB}bornOn> "long ago" .\n'}, "the object of bornOn is a literal", "Ardeni leads Sudria."),
]


@pytest.mark.parametrize(("change", "message", "quote"), MUTATIONS, ids=lambda value: value if isinstance(value, str) else "")
def test_each_kind_of_break_is_reported(change: dict[str, object], message: str, quote: str | None, tmp_path: Path) -> None:
    found = [v for v in validate(mutated(tmp_path, **change)).violations if message in v.message]
    assert found
    if quote:
        assert any(quote in {words for _, words in violation.evidence} for violation in found)


def kind(message: str) -> str:
    """Return what a message says of any relation."""
    return re.sub(r"^the (subject|object) of \w+ (must be of class|is a literal).*", r"\1 \2", message)


def test_every_kind_of_shape_has_its_break() -> None:
    shapes = ox.parse(path=str(ontology() / "shapes.ttl"))
    messages = {quad.object.value for quad in shapes if quad.predicate.value == f"{PREFIXES['sh']}message"}
    tried = [kind(message) for _, message, _ in MUTATIONS]
    assert {kind(m) for m in messages if not any(kind(m).startswith(t) for t in tried)} == set()


def test_a_graph_of_many_documents_conforms_and_one_break_in_it_is_found(tmp_path: Path) -> None:
    many = [replace_names(number) for number in range(30)]
    kg = assemble(many)
    assert validate(kg).conforms
    lines = export(kg, "ntriples").decode().splitlines(keepends=True)
    broken = next(line for line in lines if f"{GB}status>" in line)
    (tmp_path / "graph.nt").write_text("".join(line for line in lines if line != broken))
    (violation,) = validate(tmp_path / "graph.nt").violations
    assert violation.focus == broken.split()[0].strip("<>")
    assert len(violation.evidence) >= 1


def replace_names(number: int) -> Extraction:
    """Return the first report about other people, under an id of its own."""
    line = talks().to_line().replace("Ilves", f"Ilv{number:02d}").replace("Pesk", f"Pe{number:02d}").replace('"talks"', f'"talks{number}"')
    return Extraction.from_json(json.loads(line))


def test_rdf_1_2_conforms_too(tmp_path: Path) -> None:
    (tmp_path / "graph.nq").write_bytes(export(KG, "nquads", RdfOptions(version="1.2")))
    assert validate(tmp_path / "graph.nq") == validate(KG)


def test_a_fact_between_wrong_classes_is_reported_with_its_document() -> None:
    told = Told("d", "Hilltown met Ada Brook.")
    told.entity("a", "City", "Hilltown")
    told.entity("b", "Person", "Ada Brook")
    told.say("a", "met", "b", told.text)
    violations = validate(assemble([told.done()])).violations
    assert any(v.message.startswith("the subject of met must be") or "met must be of class" in v.message for v in violations)
    assert all(("d", told.text) in v.evidence for v in violations)


def test_a_broken_file_is_named(tmp_path: Path) -> None:
    path = tmp_path / "graph.ttl"
    path.write_text("<a> <b>")
    with pytest.raises(GraphFileError, match=r"graph\.ttl: is not well-formed Turtle"):
        validate(path)
