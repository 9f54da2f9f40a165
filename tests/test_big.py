"""A graph put together on disk is the graph put together in memory, byte by byte; only what needs all of it at once is left out."""

import hashlib
import json
import os
import random
import re
import subprocess
import sys
from collections.abc import Iterator, Sequence
from functools import cache
from pathlib import Path
from unittest import mock

import pytest

from graphbuild import big, identity, pipeline
from graphbuild.big import BigGraph, Database, assemble_big
from graphbuild.cli import main
from graphbuild.corrections import Corrections
from graphbuild.errors import CorrectionError, DuplicateDocument, GraphbuildError, OutputError
from graphbuild.export import EXPORTERS, export
from graphbuild.graph import KnowledgeGraph, assemble
from graphbuild.language import load_model
from graphbuild.pipeline import extract
from graphbuild.records import Document, Extraction
from graphbuild.retract import remove
from graphbuild.store import load_build, rows, write_build
from graphbuild.verify import verify
from graphbuild.vocabulary import BUILD_STORE
from tests import toy
from tests.documents import Told, both, denial, talks
from tests.test_corrections import corrections, mention, met
from tests.test_identity import CASES, Seen, document
from tests.toy import contents
from training.corpus.reader import TEXTS, read_text

ROOT = Path(__file__).parent.parent
READ, COPIES = 30, 6
STREAMED = sorted(name for name, exporter in EXPORTERS.items() if exporter.streams)
WORD = re.compile(r"\b[A-Z][a-z]{3,}\b")


@cache
def read() -> list[Extraction]:
    """Some short texts of the corpus, read by the model; the same, whatever texts are added to it."""
    shortest = sorted(TEXTS.glob("[a-i]-*.txt"), key=lambda path: (path.stat().st_size, path.name))[100 : 100 + READ]
    model = load_model()
    return [extract(Document(path.stem, path.name, read_text(path).text, published="2031-03-05"), model) for path in shortest]


def renamed(extraction: Extraction, number: int) -> Extraction:
    """The same document once more, with other names, as long as the old ones, of all that has no link; some keep their names."""
    ident = f"{extraction.document.id}-{number}"
    line = json.dumps(extraction.to_json(), ensure_ascii=False).replace(json.dumps(extraction.document.id), json.dumps(ident))
    names = {word for e in extraction.entities if not e.links for word in WORD.findall(e.name)}
    if names and number % 4:
        invented = {word: "".join(random.Random(f"{word} {number % 3}").choices("aeiklmnorst", k=len(word))).capitalize() for word in sorted(names)}
        line = re.sub(rf"\b(?:{'|'.join(sorted(names))})\b", lambda found: invented[found[0]], line)
    return Extraction.from_json(json.loads(line))


@cache
def many() -> list[Extraction]:
    """Some hundred documents: the same news of other people, and copies."""
    return [renamed(x, number) for number in range(COPIES) for x in read()]


def written(graph: KnowledgeGraph, formats: Sequence[str] = ("nquads", "turtle")) -> dict[str, bytes]:
    """What is written of a graph line by line."""
    return {name: b"".join(lines) for name, lines in rows(graph)} | {name: export(graph, name) for name in formats}


@cache
def in_memory() -> dict[str, bytes]:
    return written(assemble(many()))


def shuffled(seed: int) -> list[Extraction]:
    return random.Random(seed).sample(many(), len(many()))


@pytest.mark.parametrize("seed", range(3))
def test_some_hundred_documents_in_any_order_give_the_same_bytes(seed: int):
    graph = assemble_big([*shuffled(seed), *many()[:5]])
    made = written(graph)
    assert made.keys() == in_memory().keys() >= {"facts.jsonl", "entities.jsonl", "identities.jsonl", "copies.jsonl", "turtle", "nquads"}
    assert [name for name in made if made[name] != in_memory()[name]] == []
    assert len(graph.documents) == READ * COPIES


def test_the_parts_are_the_same_records():
    small, large = assemble(many()), assemble_big(shuffled(4))
    for name in ("nodes", "told", "decisions", "copies", "claims", "listed", "documents", "extractions", "as_read"):
        assert tuple(getattr(large, name)) == tuple(getattr(small, name)), name
        assert len(getattr(large, name)) == len(getattr(small, name))
    assert large.by_id == small.by_id
    assert dict(large.node_of) == dict(small.node_of)
    assert small.nodes[0] in large.nodes  # type: ignore[index]  # a tuple
    assert large.node("United States") == small.node("United States")


def test_all_formats_that_are_written_line_by_line_are_the_same():
    documents = many()[: 2 * READ]
    assert written(assemble_big(documents), STREAMED) == written(assemble(documents), STREAMED)


SCRIPT = """
from pathlib import Path
from tests.test_big import Extraction, assemble_big, hashlib, json, written
made = written(assemble_big(Extraction.from_json(json.loads(line)) for line in Path({path!r}).read_text(encoding="utf-8").splitlines()))
print(json.dumps({{name: hashlib.sha256(data).hexdigest() for name, data in made.items()}}))
"""


@pytest.mark.parametrize("seed", [1, 2])
def test_hash_seeds_change_nothing(seed: int, tmp_path: Path):
    path = tmp_path / "extractions.jsonl"
    path.write_text("\n".join(json.dumps(x.to_json()) for x in shuffled(seed)), encoding="utf-8")
    environment = os.environ | {"PYTHONHASHSEED": str(seed)}
    command = [sys.executable, "-c", SCRIPT.format(path=str(path))]
    done = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, encoding="utf-8", check=True)
    assert json.loads(done.stdout) == {name: hashlib.sha256(data).hexdigest() for name, data in in_memory().items()}


@pytest.mark.parametrize("seen", [case[1] for case in CASES], ids=[case[0] for case in CASES])
def test_who_is_who_is_the_same(seen: list[Seen]):
    documents = [document(number, one) for number, one in enumerate(seen)]
    small, large = assemble(documents), assemble_big(documents)
    assert tuple(large.nodes) == small.nodes
    assert tuple(large.decisions) == small.decisions


@pytest.mark.parametrize("limit", [1, 3])
def test_blocks_too_large_are_cut_alike(limit: int, monkeypatch: pytest.MonkeyPatch):
    everything = written(assemble(many()), ())
    monkeypatch.setattr(identity, "_LARGEST_BLOCK", limit)
    cut = written(assemble(many()), ())
    assert written(assemble_big(many()), ()) == cut
    assert limit > 1 or cut != everything


def test_a_cache_that_holds_next_to_nothing_changes_nothing(monkeypatch: pytest.MonkeyPatch):
    for name, value in (("CACHE", 2**15), ("_UNITS", 1), ("_NODES", 1), ("_DOCUMENTS", 1)):
        monkeypatch.setattr(big, name, value)
    made = written(assemble_big(many()), ())
    assert made == {name: in_memory()[name] for name in made}


DECIDED = corrections(
    {"same": [mention(talks(), "Mara Ilves"), mention(denial(), "Goran Pesk")]},
    {"apart": [mention(talks(), "Tomas Ardeni"), mention(denial(), "Tomas Ardeni")]},
    {"reject": met("Ilves", "Tomas Ardeni")},
)


@pytest.mark.parametrize("decided", [Corrections(), DECIDED], ids=["nothing decided", "decided"])
def test_what_people_decided_is_applied(decided: Corrections):
    assert written(assemble_big(both(), corrections=decided), STREAMED) == written(assemble(both(), corrections=decided), STREAMED)
    assert (b"decided by hand" in written(assemble_big(both(), corrections=decided))["identities.jsonl"]) == bool(decided.rows)


def test_names_that_no_encoding_holds_are_no_matter():
    told = [Told(f"d\0{number}\ud800", "Ad\ud800a Brook met Ben\0Cole.") for number in range(3)]
    for one in told:
        one.say(one.entity("e\ud800", "Person", "Ad\ud800a Brook"), "met", one.entity("f", "Person", "Ben\0Cole"), one.text)
    documents = [one.done() for one in told]
    assert written(assemble_big(documents)) == written(assemble(documents))


WRONG = [
    ([talks(), Told("talks", "Other words.").done()], Corrections(), DuplicateDocument),
    ([denial()], DECIDED, CorrectionError),
    (both(), corrections({"reject": met("Ilves", "Port Selby")}), CorrectionError),
]


@pytest.mark.parametrize(("documents", "decided", "error"), WRONG)
def test_what_is_wrong_is_said_in_the_same_words(documents: list[Extraction], decided: Corrections, error: type[GraphbuildError]):
    said = []
    for assembled in (assemble, assemble_big):
        with pytest.raises(error) as caught:
            written(assembled(documents, corrections=decided))
        said.append(str(caught.value))
    assert said[0] == said[1]


def test_nothing_is_a_graph_too():
    assert written(assemble_big([])) == written(assemble([]))


def test_a_full_disk_is_one_line(monkeypatch: pytest.MonkeyPatch):
    began = Database.__init__

    def small(self: Database) -> None:
        began(self)
        self.run("PRAGMA max_page_count = 50")

    monkeypatch.setattr(Database, "__init__", small)
    with pytest.raises(OutputError, match="no room for the graph: database or disk is full; set TMPDIR"):
        assemble_big(many())


# --- build folders ------------------------------------------------------------------------------------------------------------------------

FORMATS = ("turtle", "oxigraph", "csv", "graphml", "svg")
NEWS = {"a": "Ada Brook met Carl Dane.\nThe end.", "b/c": "Ada Brook praised Eva Frost.\nCarl Dane met Eva Frost.\n", "d": "Gil Hart met Ada Brook."}


@pytest.fixture
def toy_model() -> Iterator[None]:
    with mock.patch.object(pipeline, "_reader", toy.reader):
        yield


def build(folder: Path, documents: dict[str, str], *, on_disk: bool | None) -> KnowledgeGraph:
    made = pipeline.build([Document(name, name, text) for name, text in documents.items()], folder=folder, on_disk=on_disk)
    write_build(made.graph, folder, formats=FORMATS, info=made.info)
    return made.graph


def same_files(one: Path, other: Path) -> bool:
    """Whether two folders hold the same but for what only one of them says or has: manifest, files of formats that are left out, the store's own files."""
    folders = [{name: data for name, data in contents(path).items() if not re.match(rf"manifest|{BUILD_STORE}|.*graphml|.*svg", name)} for path in (one, other)]
    return folders[0] == folders[1]


@pytest.mark.usefixtures("toy_model")
def test_a_folder_holds_the_same_files_and_stays_on_disk(tmp_path: Path):
    build(tmp_path / "small", NEWS, on_disk=False)
    graph = build(tmp_path / "large", NEWS, on_disk=True)
    assert isinstance(graph, BigGraph)
    assert same_files(tmp_path / "small", tmp_path / "large")
    manifest = json.loads((tmp_path / "large" / "manifest.json").read_text())
    assert (manifest["options"], manifest["formats"]) == ({"catalogues": [], "gazetteers": [], "on_disk": True}, ["csv", "oxigraph", "turtle"])
    assert not (tmp_path / "large" / "graph.graphml").exists()
    assert list(verify(tmp_path / "large")) == []
    assert isinstance(load_build(tmp_path / "large"), BigGraph)


@pytest.mark.usefixtures("toy_model")
@pytest.mark.parametrize("gone", [{"documents": ["b/c"]}, {"persons": ["Eva Frost"]}, {"documents": ["d"], "persons": ["Ada Brook"]}])
def test_what_is_removed_is_gone_as_from_memory(tmp_path: Path, gone: dict[str, list[str]]):
    for name, on_disk in (("small", False), ("large", True)):
        build(tmp_path / name, NEWS, on_disk=on_disk)
        remove(tmp_path / name, **gone)
        assert list(verify(tmp_path / name)) == []
    assert same_files(tmp_path / "small", tmp_path / "large")


@pytest.mark.usefixtures("toy_model")
def test_what_is_large_goes_to_disk_unless_somebody_says_otherwise(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(pipeline, "MOST_IN_MEMORY", sum(map(len, NEWS.values())))
    assert isinstance(build(tmp_path, NEWS, on_disk=None), BigGraph)
    assert not isinstance(build(tmp_path, NEWS, on_disk=False), BigGraph)
    assert not isinstance(build(tmp_path, {"a": NEWS["a"]}, on_disk=None), BigGraph)


@pytest.mark.usefixtures("toy_model")
def test_the_command_line_says_what_it_leaves_out(tmp_path: Path, capsys: pytest.CaptureFixture[str]):
    (tmp_path / "a.txt").write_text(NEWS["a"])
    main_and_exit(["build", str(tmp_path / "a.txt"), "-o", str(tmp_path / "out"), "--on-disk"])
    said = " ".join(capsys.readouterr().err.split())
    assert "not written, as the graph is on disk and they need all of it in memory: graphml, png, svg; --in-memory writes them" in said
    assert sorted(path.name for path in (tmp_path / "out").glob("graph.*")) == ["graph.ttl"]
    main_and_exit(["build", str(tmp_path / "a.txt"), "-o", str(tmp_path / "out"), "--in-memory"])
    assert "not written" not in capsys.readouterr().err
    assert (tmp_path / "out" / "graph.graphml").exists()


def main_and_exit(arguments: list[str]) -> None:
    with pytest.raises(SystemExit) as ended:
        main(arguments)
    assert ended.value.code == 0
