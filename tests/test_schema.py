"""The ontology agrees with the catalogue: classes by hand, relations and shapes as written."""

from pathlib import Path

import pyoxigraph as ox
import pytest

from graphbuild import schema
from graphbuild.catalogue import load_catalogue
from graphbuild.export.layers import quads
from graphbuild.export.rdf import DEFAULT
from graphbuild.graph import assemble
from graphbuild.vocabulary import GB, PLOVER, PREFIXES, expand
from tests.documents import both

SUBCLASS = "http://www.w3.org/2000/01/rdf-schema#subClassOf"


def triples(name: str) -> list[tuple[str, str, str]]:
    return [(t.subject.value, t.predicate.value, getattr(t.object, "value", "")) for t in ox.parse(path=str(schema.ontology() / name))]


@pytest.mark.parametrize(("name", "text"), [("relations.ttl", schema.relations_ttl), ("shapes.ttl", schema.shapes_ttl)])
def test_written_files_are_those_of_the_catalogue(name: str, text) -> None:
    assert (schema.ontology() / name).read_text(encoding="utf-8") == text(load_catalogue()), "run: python -m graphbuild.schema --write"


def test_the_class_tree_is_the_catalogue_s() -> None:
    above = {(s, o) for s, p, o in triples("core.ttl") if p == SUBCLASS}
    for entry in load_catalogue().classes.values():
        assert (GB + entry.name, GB + (entry.parent or "Entity")) in above
        assert entry.term is None or (GB + entry.name, expand(entry.term)) in above


def test_every_term_that_the_graph_uses_is_defined() -> None:
    defined = {subject for name in ("core.ttl", "relations.ttl", "plover.ttl") for subject, _, _ in triples(name)}
    used = {term.strip("<>") for _, *terms, _ in quads(assemble(both()), DEFAULT) for term in terms}
    own = {iri for iri in used if iri.startswith((GB, PLOVER)) and not iri.endswith("Words")}
    assert len(own) > 30
    assert own <= defined


def test_every_category_of_a_relation_is_a_concept() -> None:
    concepts = {subject for subject, _, _ in triples("plover.ttl")}
    assert {PLOVER + r.plover for r in load_catalogue().relations.values() if r.plover} <= concepts


def test_every_question_uses_only_terms_that_are_defined() -> None:
    import re

    defined = {subject.removeprefix(GB) for name in ("core.ttl", "relations.ttl") for subject, _, _ in triples(name)}
    for path in sorted((schema.ontology() / "queries").glob("*.rq")):
        assert set(re.findall(r"\bgb:(\w+)", path.read_text())) <= defined, path.name
        assert set(re.findall(r"\b(\w+):\w", re.sub(r"#.*", "", path.read_text()))) <= set(PREFIXES), path.name


def test_check_tells_and_write_mends(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    monkeypatch.setattr(schema, "ontology", lambda: tmp_path)
    assert schema.main(["--check"]) == 1
    assert "relations.ttl: is not what the catalogue says" in capsys.readouterr().err
    assert schema.main(["--write"]) == 0
    assert schema.main(["--check"]) == 0
