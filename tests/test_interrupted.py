"""Builds that are killed at any moment, or meet documents that crash, kill or stall the model, end as if nothing had been."""

import os
import random
import signal
import subprocess
import sys
import time
from pathlib import Path
from unittest import mock

import pytest

from graphbuild import pipeline
from graphbuild.errors import OutputError
from graphbuild.records import Document
from graphbuild.shards import read_shard, shards_in
from graphbuild.store import UNFINISHED, load_failures, locked, write_build
from graphbuild.verify import verify
from tests import toy
from tests.toy import contents

ROOT = Path(__file__).parent.parent
COUNT = 40
BUILD = """
import sys
from graphbuild import cli, pipeline, store
from tests import toy
pipeline._reader = toy.slow_reader
store.SHARD_SIZE = 7
cli.main(["build", sys.argv[1], "-o", sys.argv[2], "--formats", "turtle,graphml", "--workers", sys.argv[3]])
"""


@pytest.fixture(scope="module")
def texts(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("texts")
    for number in range(COUNT):
        (folder / f"{number}.txt").write_text(f"Ada Brook met Carl Dane.\nEva Frost praised Gil Hart.\nThe report of the day has the number {number}.")
    return folder


def start(texts: Path, out: Path, workers: int) -> "subprocess.Popen[bytes]":
    command = [sys.executable, "-c", BUILD, str(texts), str(out), str(workers)]
    return subprocess.Popen(command, cwd=ROOT, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, start_new_session=True)


def read_so_far(out: Path) -> int:
    return sum(1 for path in shards_in(out / UNFINISHED / "extractions") if path.is_file() for _ in read_shard(path)) if out.exists() else 0


@pytest.mark.skipif(not hasattr(os, "killpg"), reason="this system cannot kill a group of processes")
@pytest.mark.parametrize("workers", [1, 2])
def test_a_build_killed_again_and_again_ends_as_one_left_alone(texts: Path, tmp_path: Path, workers: int):
    undisturbed = start(texts, tmp_path / "whole", 1)
    assert undisturbed.communicate(timeout=120)[1] == b""
    chance, most = random.Random(workers), 0
    for _ in range(2):
        running = start(texts, tmp_path / "out", workers)
        goal = min(COUNT - 1, most + chance.randrange(1, 12))
        while running.poll() is None and read_so_far(tmp_path / "out") < goal:
            time.sleep(0.005)
        os.killpg(running.pid, signal.SIGKILL)
        running.communicate(timeout=30)
        assert read_so_far(tmp_path / "out") >= most, "what was read is lost"
        most = read_so_far(tmp_path / "out")
    assert 0 < most <= COUNT
    assert start(texts, tmp_path / "out", workers).communicate(timeout=120)[1] == b""
    assert contents(tmp_path / "out") == contents(tmp_path / "whole")


@pytest.mark.parametrize("after", [0, 1, 3, 6])
def test_killed_while_files_are_put_in_place_a_build_can_be_told_and_done_again(tmp_path: Path, after: int):
    class Killed(BaseException):
        pass

    moved = 0
    real = Path.replace

    def replace(self: Path, target: Path) -> Path:
        nonlocal moved
        if moved == after:
            raise Killed
        moved += 1
        return real(self, target)

    def run(words: str, folder: Path) -> None:
        made = pipeline.build([Document("a", "a.txt", words)], folder=folder)
        write_build(made.graph, folder, formats=["turtle"], info=made.info)

    with mock.patch.object(pipeline, "_reader", toy.reader):
        run("Ada Brook met Carl Dane.", tmp_path / "out")
        before = contents(tmp_path / "out")
        with mock.patch.object(Path, "replace", replace), pytest.raises(Killed):
            run("Ada Brook met Eva Frost.", tmp_path / "out")
        left = {name: data for name, data in contents(tmp_path / "out").items() if not name.startswith(UNFINISHED)}
        assert list(verify(tmp_path / "out")) != []
        assert (left == before) == (after == 0)
        run("Ada Brook met Eva Frost.", tmp_path / "out")
        run("Ada Brook met Eva Frost.", tmp_path / "fresh")
    assert contents(tmp_path / "out") == contents(tmp_path / "fresh")


def test_documents_that_crash_kill_or_stall_are_named_and_the_rest_goes_on(tmp_path: Path):
    words = dict.fromkeys("abcdefgh", "Ada Brook met Carl Dane.") | {"c": "crash", "d": "die", "s": "stall"}
    documents = [Document(name, f"{name}.txt", text) for name, text in words.items()]
    with mock.patch.object(pipeline, "_reader", toy.hostile_reader), mock.patch.object(pipeline, "patience", return_value=2.0):
        made = pipeline.build(documents, folder=tmp_path / "out", workers=2)
    write_build(made.graph, tmp_path / "out", info=made.info)
    good = [document for document in documents if document.id not in "cds"]
    assert [d.id for d in made.graph.documents] == [d.id for d in good]
    assert {f.source: f.reason.split("(")[0].split(";")[0].strip() for f in load_failures(tmp_path / "out")} == {
        "c.txt": "reading it failed",
        "d.txt": "the process that read it died, twice",
        "s.txt": "reading it took longer than 2 s",
    }
    with mock.patch.object(pipeline, "_reader", toy.reader):
        undisturbed = pipeline.build(good)
    assert list(made.graph.facts()) == list(undisturbed.graph.facts())


def test_a_full_disk_is_told_and_what_was_there_stays(tmp_path: Path):
    documents = [Document(name, f"{name}.txt", "Ada Brook met Carl Dane.") for name in "abc"]
    with mock.patch.object(pipeline, "_reader", toy.reader):
        made = pipeline.build(documents[:1], folder=tmp_path)
        write_build(made.graph, tmp_path, info=made.info)
        before = contents(tmp_path)
        full = OSError(28, os.strerror(28))
        made = pipeline.build(documents, folder=tmp_path)
        with mock.patch.object(os, "fsync", side_effect=full), pytest.raises(OutputError, match=r"cannot be written: No space left on device; make room"):
            write_build(made.graph, tmp_path, info=made.info)
        assert {name: data for name, data in contents(tmp_path).items() if not name.startswith(UNFINISHED)} == before
        with mock.patch.object(os, "fsync", side_effect=full), pytest.raises(OutputError, match="No space left on device"):
            pipeline.build([*documents, Document("d", "d.txt", "Ada Brook met Eva Frost.")], folder=tmp_path)


def test_two_builds_do_not_write_to_one_folder_at_once(tmp_path: Path):
    pytest.importorskip("fcntl")
    with locked(tmp_path), pytest.raises(OutputError, match="another build is writing to this folder"):
        pipeline.build([], folder=tmp_path)
