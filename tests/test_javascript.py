"""Parsers of npm read our RDF: jsonld.js, which grew up with JSON-LD, and N3.js. Skipped where node or they are not installed."""

import json
import shutil
import subprocess
from pathlib import Path

import pyoxigraph as ox
import pytest

from graphbuild.export import EXPORTERS, export
from graphbuild.graph import assemble
from tests.documents import both, named

ROOT = Path(__file__).parent.parent
MODULES = ROOT / ".npm" / "node_modules"
HOSTILE = 'say "ï"\\ & </script>\r\n\u202e😀'

pytestmark = [
    pytest.mark.skipif(shutil.which("node") is None, reason="node is not installed"),
    pytest.mark.skipif(not all((MODULES / name).is_dir() for name in ("jsonld", "n3")), reason="not installed: npm install --prefix .npm jsonld n3"),
]


def node(program: str, folder: Path) -> str:
    (folder / "read.cjs").write_text(program)
    done = subprocess.run(["node", folder / "read.cjs"], capture_output=True, text=True, timeout=60, check=False)
    assert (done.returncode, done.stderr) == (0, "")
    return done.stdout


def quads(data: bytes | str) -> set[str]:
    return set(map(str, ox.parse(data if isinstance(data, bytes) else data.encode(), format=ox.RdfFormat.N_QUADS)))


def test_json_ld_processors_read_what_n_quads_say_and_fetch_nothing(tmp_path: Path) -> None:
    kg = assemble([*both(), named(HOSTILE)])
    (tmp_path / "graph.jsonld").write_bytes(export(kg, "jsonld"))
    program = f"""
    const jsonld = require({json.dumps(str(MODULES / "jsonld"))}), fs = require("fs");
    const documentLoader = url => {{ throw new Error("fetched " + url); }};
    jsonld.toRDF(JSON.parse(fs.readFileSync({json.dumps(str(tmp_path / "graph.jsonld"))})), {{ format: "application/n-quads", documentLoader }})
      .then(text => process.stdout.write(text));
    """
    assert quads(node(program, tmp_path)) == quads(export(kg, "nquads"))


@pytest.mark.parametrize("name", ["turtle", "ntriples", "nquads", "trig"])
def test_n3_reads_the_same(name: str, tmp_path: Path) -> None:
    kg = assemble([*both(), named(HOSTILE)])
    path = tmp_path / EXPORTERS[name].file
    path.write_bytes(export(kg, name))
    program = f"""
    const N3 = require({json.dumps(str(MODULES / "n3"))}), fs = require("fs");
    const quads = new N3.Parser().parse(fs.readFileSync({json.dumps(str(path))}, "utf8"));
    const writer = new N3.Writer({{ format: "N-Quads" }});
    writer.addQuads(quads);
    writer.end((error, text) => process.stdout.write(text));
    """
    assert quads(node(program, tmp_path)) == set(map(str, ox.parse(path=str(path))))
