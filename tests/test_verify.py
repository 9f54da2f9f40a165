"""What is wrong with a build folder is said, and nothing is said of one that is whole."""

import hashlib
import json
from pathlib import Path

import pytest
import zstandard
from pyoxigraph import Store

from graphbuild.errors import GraphFileError
from graphbuild.graph import assemble
from graphbuild.query import ask
from graphbuild.retract import remove
from graphbuild.shards import read_shard
from graphbuild.store import MANIFEST, UNFINISHED, write_build
from graphbuild.verify import verify
from graphbuild.vocabulary import BUILD_STORE
from tests.documents import both, denial


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    write_build(assemble(both()), tmp_path, formats=["turtle", "svg"])
    return tmp_path


def test_nothing_is_wrong_with_a_whole_one(folder: Path):
    (folder / "mine.txt").write_text("a note of the user's")
    assert list(verify(folder)) == []


@pytest.mark.parametrize("name", ["facts.jsonl", "graph.ttl", "graph.svg", "extractions/00000.jsonl.zst"])
def test_a_changed_or_missing_file_is_named(folder: Path, name: str):
    data = (folder / name).read_bytes()
    (folder / name).write_bytes(data.replace(b"Ilves", b"Elves").replace(b"\x28\xb5\x2f\xfd", b"\x28\xb5\x2f\xfe"))
    assert any(f"{name}: is not what the manifest says" in problem for problem in verify(folder))
    (folder / name).unlink()
    assert any(f"{name}: is missing" in problem for problem in verify(folder))


def test_a_store_on_disk_is_checked_and_never_outlives_its_build(folder: Path):
    write_build(assemble(both()), folder, formats=["oxigraph"])
    assert list(verify(folder)) == []
    assert ask(folder, "who-met-whom") == ask(assemble(both()), "who-met-whom")
    store = Store(str(folder / BUILD_STORE))
    store.remove(next(iter(store)))
    del store
    assert [problem.split(": ")[1] for problem in verify(folder)] == [
        "is not what this version of graphbuild makes of the extractions; build the folder again"
    ]
    remove(folder, ["talks"])
    assert list(verify(folder)) == []
    assert ask(folder, "who-met-whom") == ask(assemble([denial()]), "who-met-whom")
    write_build(assemble(both()), folder, formats=[])
    assert not (folder / BUILD_STORE).exists()


def test_what_no_build_has_written_is_named(folder: Path):
    (folder / "extractions" / "00007.jsonl.zst").write_bytes(zstandard.compress(b"{}\n"))
    (folder / UNFINISHED).mkdir()
    assert [problem.split(": ")[1].split(",")[0].split(";")[0] for problem in verify(folder)] == ["is of no build", "a build was interrupted"]


def resign(folder: Path, name: str, data: bytes) -> None:
    """Change a file and the manifest with it, as somebody would who means it."""
    (folder / name).write_bytes(data)
    manifest = json.loads((folder / MANIFEST).read_text())
    manifest["files"][name] = hashlib.sha256(data).hexdigest()
    (folder / MANIFEST).write_text(json.dumps(manifest))


def test_facts_that_do_not_follow_are_named(folder: Path):
    lines = (folder / "facts.jsonl").read_bytes().splitlines(keepends=True)
    resign(folder, "facts.jsonl", b"".join(lines[1:]))
    assert [p for p in verify(folder) if "facts.jsonl: is not what this version of graphbuild makes of the extractions" in p] == list(verify(folder)) != []


def test_quotations_that_do_not_stand_in_the_text_are_named(folder: Path):
    shard = "extractions/00000.jsonl.zst"
    told = b"\n".join([*read_shard(folder / shard), b""])
    resign(folder, shard, zstandard.compress(told.replace(b'"quote": "Ardeni leads Sudria."', b'"quote": "Ardeni loves Sudria."')))
    assert any("talks: 'Ardeni loves Sudria.' does not stand at" in problem for problem in verify(folder))


def test_another_catalogue_is_named(folder: Path):
    manifest = json.loads((folder / MANIFEST).read_text())
    (folder / MANIFEST).write_text(json.dumps(manifest | {"catalogue": "other"}))
    assert [problem.split(";")[0] for problem in verify(folder)] == ["the catalogue is not the one that this was built with"]


def test_what_is_no_build_is_an_error(tmp_path: Path):
    with pytest.raises(GraphFileError, match="is no build folder"):
        list(verify(tmp_path))
