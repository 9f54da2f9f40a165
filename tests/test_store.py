"""The build folder: written whole, read back equal, and what is wrong with one is said."""

import hashlib
import json
from dataclasses import replace
from pathlib import Path

import pytest
import zstandard

from graphbuild import store
from graphbuild.errors import GraphFileError, InputError
from graphbuild.graph import assemble
from graphbuild.records import Failure
from graphbuild.shards import ENDING
from graphbuild.store import MANIFEST, BuildInfo, load_build, load_extractions, load_manifest, write_build
from tests.documents import both, named, talks


def contents(folder: Path) -> dict[str, bytes]:
    return {str(path.relative_to(folder)): path.read_bytes() for path in sorted(folder.rglob("*")) if path.is_file()}


def test_a_folder_holds_everything_and_loads_as_the_same_graph(tmp_path: Path) -> None:
    graph = assemble(both())
    written = write_build(graph, tmp_path, formats=["turtle", "graphml", "csv"])
    names = {
        "facts.jsonl",
        "entities.jsonl",
        "identities.jsonl",
        "failed.jsonl",
        "graph.ttl",
        "graph.graphml",
        "facts.csv",
        "extractions/00000.jsonl.zst",
        MANIFEST,
    }
    assert set(contents(tmp_path)) == names == {str(path.relative_to(tmp_path)) for path in written}
    assert load_build(tmp_path) == graph


def test_rows_are_those_of_the_graph(tmp_path: Path) -> None:
    graph = assemble(both())
    write_build(graph, tmp_path, formats=[])
    read = {
        name: [json.loads(line) for line in (tmp_path / name).read_text().split("\n") if line] for name in ("facts.jsonl", "entities.jsonl", "identities.jsonl")
    }
    assert read["facts.jsonl"] == list(graph.facts())
    assert read["entities.jsonl"] == list(graph.entities())
    assert {"verdict": "merge", "reason": "same full name"}.items() <= read["identities.jsonl"][1].items()
    assert read["identities.jsonl"][1]["left"] == {"document": "denial", "start": 22, "end": 30, "name": "Mara Ilves"}


def test_two_builds_are_equal_byte_by_byte(tmp_path: Path) -> None:
    for name, documents in (("a", both()), ("b", both()[::-1])):
        write_build(assemble(documents), tmp_path / name, formats=["turtle", "gexf"])
    assert contents(tmp_path / "a") == contents(tmp_path / "b")


def test_the_manifest_says_what_was_made_from_what(tmp_path: Path) -> None:
    info = BuildInfo({"graphbuild": "1"}, {"threads": 1}, {"talks": "k1"}, (Failure("b.txt", "is empty"), Failure("a.txt", "is binary")))
    write_build(assemble(both()), tmp_path, formats=["nquads"], info=info)
    manifest = load_manifest(tmp_path)
    assert manifest["counts"] == {"documents": 2, "failed": 2, "nodes": 7, "claims": 12, "facts": 12}
    assert (manifest["versions"], manifest["options"], manifest["formats"]) == ({"graphbuild": "1"}, {"threads": 1}, ["nquads"])
    assert all(hashlib.sha256((tmp_path / name).read_bytes()).hexdigest() == digest for name, digest in manifest["files"].items())
    assert [json.loads(line)["source"] for line in (tmp_path / "failed.jsonl").read_text().splitlines()] == ["a.txt", "b.txt"]
    assert {x.document.id: key for key, x in load_extractions(tmp_path)} == {"talks": "k1", "denial": None}


def test_without_text_only_the_quotes_stay(tmp_path: Path) -> None:
    write_build(assemble(both()), tmp_path, formats=["nquads"], text=False)
    assert all(x.document.text == "" for _, x in load_extractions(tmp_path))
    assert b"isString" not in (tmp_path / "graph.nq").read_bytes()
    assert list(load_build(tmp_path).facts()) == list(assemble(both()).facts())


def test_a_smaller_build_leaves_no_shard_of_a_larger_one(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(store, "SHARD_SIZE", 1)
    write_build(assemble(both()), tmp_path, formats=[])
    assert len(list((tmp_path / "extractions").iterdir())) == 2
    write_build(assemble([talks()]), tmp_path, formats=[])
    assert [x.document.id for _, x in load_extractions(tmp_path)] == ["talks"]


@pytest.mark.parametrize("name", ["line\nfeed \u2028 \x85 \x00", "half \ud800 pair", '"quotes" \\'])
def test_hostile_names_are_read_back(name: str, tmp_path: Path) -> None:
    write_build(assemble([named(name)]), tmp_path, formats=["turtle"])
    assert load_build(tmp_path) == assemble([named(name)])


def test_an_unknown_format_leaves_nothing_behind(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="no format 'xls'"):
        write_build(assemble(both()), tmp_path / "out", formats=["xls"])
    assert not (tmp_path / "out").exists()


@pytest.mark.parametrize(
    ("file", "text", "message"),
    [
        (MANIFEST, None, r"is no build folder \(it has no manifest\.json\)"),
        (MANIFEST, "{", r"manifest\.json: is no manifest"),
        (MANIFEST, '{"format": 99}', "written by a newer graphbuild"),
        ("extractions/00000.jsonl.zst", '{"key": null}\n', r"00000\.jsonl\.zst:1: is no extraction"),
        ("extractions/00000.jsonl.zst", "\n[\n", r"00000\.jsonl\.zst:2: is no extraction"),
    ],
)
def test_a_broken_folder_is_named_with_file_and_line(file: str, text: str | None, message: str, tmp_path: Path) -> None:
    write_build(assemble(both()), tmp_path, formats=[])
    if text is None:
        (tmp_path / file).unlink()
    elif file.endswith(ENDING):
        (tmp_path / file).write_bytes(zstandard.compress(text.encode()))
    else:
        (tmp_path / file).write_text(text)
    with pytest.raises(GraphFileError, match=message):
        load_build(tmp_path)


def test_a_changed_document_is_another_graph(tmp_path: Path) -> None:
    write_build(assemble([talks()]), tmp_path, formats=[])
    other = replace(talks(), statements=talks().statements[:1])
    assert load_build(tmp_path) != assemble([other])
