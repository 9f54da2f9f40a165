"""SHACL: what is built conforms, and for each kind of shape a broken graph is reported with the words behind it."""

from pathlib import Path

import pytest

from graphbuild.errors import GraphFileError
from graphbuild.export import export
from graphbuild.graph import assemble
from graphbuild.store import write_build
from graphbuild.validate import validate
from graphbuild.vocabulary import GB, Minter
from tests.documents import Told, both

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


@pytest.mark.parametrize(
    ("change", "message", "quote"),
    [
        ({"drop": (CLAIM, f"{GB}evidence>")}, "a claim has evidence", None),
        ({"add": f'{CLAIM} <{GB}status> "asserted" .\n'}, "a claim has one status", QUOTE),
        ({"add": f'{CLAIM} <{GB}confidence> "1.5"^^<http://www.w3.org/2001/XMLSchema#decimal> .\n'}, "a claim has one confidence from 0 to 1", QUOTE),
        ({"add": f"{CLAIM} <{GB}speaker> <{MINT.entity('nobody')}> .\n"}, "a node of the graph", QUOTE),
        ({"replace": (f'quote> "{QUOTE}"', 'quote> "Ilves met Goran Pesk."')}, "not what the document says", "Ilves met Goran Pesk."),
        ({"drop": (f"<{ILVES}>", "label>")}, "a node has one name", QUOTE),
        ({"add": f"<{SELBY}> <{GB}leads> <{ARDENI}> .\n"}, "the subject of leads must be of class Person", VISIT),
        ({"drop": (f"<{ILVES}>", TYPE)}, "none that the relation admits", None),
        ({"add": f'<{ARDENI}> <{GB}bornOn> "long ago" .\n'}, "the object of bornOn is a literal", "Ardeni leads Sudria."),
        ({"drop": ("talks#char=17,27>", "beginIndex>")}, "a mention begins once", None),
    ],
)
def test_each_kind_of_break_is_reported(change: dict[str, object], message: str, quote: str | None, tmp_path: Path) -> None:
    found = [v for v in validate(mutated(tmp_path, **change)).violations if message in v.message]
    assert found
    if quote:
        assert any(quote in {words for _, words in violation.evidence} for violation in found)


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
