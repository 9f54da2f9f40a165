"""Shards: what is written comes back line by line, and what a killed process wrote comes back as far as it goes."""

import hashlib
import io
import json
from pathlib import Path

import pytest
import zstandard
from hypothesis import given
from hypothesis import strategies as st

from graphbuild.graph import assemble
from graphbuild.records import Extraction
from graphbuild.shards import GrowingShard, read_shard, shard_name, shard_number, shards_in, write_shard
from graphbuild.store import BuildInfo, load_build, load_extractions, load_manifest, write_build
from tests.documents import both

LINES = st.lists(st.binary(max_size=200).map(lambda data: data.replace(b"\n", b" ")), max_size=20)


@given(LINES)
def test_lines_come_back(lines: list[bytes]):
    out = io.BytesIO()
    write_shard((line + b"\n" for line in lines), out)
    assert zstandard.ZstdDecompressor().stream_reader(out.getvalue()).read() == b"".join(line + b"\n" for line in lines)


@pytest.mark.parametrize("chunk", [1, 3, 2**20])
def test_lines_are_whole_however_much_is_read_at_a_time(chunk: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr("graphbuild.shards._CHUNK", chunk)
    with (tmp_path / shard_name(0)).open("wb") as out:
        write_shard([b"one\n", b"\n", "zw\u00f6lf \U0001f30d\n".encode()], out)
    assert list(read_shard(tmp_path / shard_name(0))) == [b"one", b"", "zw\u00f6lf \U0001f30d".encode()]


def test_each_line_outlives_its_process(tmp_path: Path):
    path = tmp_path / shard_name(0)
    shard = GrowingShard(path)
    for number in range(50):
        shard.write(f"line {number}\n".encode())
        assert len(list(read_shard(path))) == number + 1  # no end is written yet
    shard.close()
    assert zstandard.ZstdDecompressor().stream_reader(path.read_bytes()).read().count(b"\n") == 50


def test_a_torn_end_costs_the_lines_behind_it_only(tmp_path: Path):
    path = tmp_path / shard_name(0)
    lengths = []
    with GrowingShard(path) as shard:
        for number in range(30):
            shard.write(json.dumps({"number": number, "text": "Ada Brook met Carl Dane. " * number}).encode() + b"\n")
            lengths.append(path.stat().st_size)
    whole = path.read_bytes()
    for cut in range(lengths[0], len(whole), 7):
        path.write_bytes(whole[:cut])
        found = [json.loads(line)["number"] for line in read_shard(path)]
        assert found == list(range(len(found)))
        assert len(found) >= sum(length <= cut for length in lengths)
    path.write_bytes(whole[: lengths[9]] + b"\xff" * 100)  # as a power cut may leave it: what is not given is read again
    assert [json.loads(line)["number"] for line in read_shard(path)] in [list(range(n)) for n in range(11)]


def test_a_shard_is_never_written_over(tmp_path: Path):
    GrowingShard(tmp_path / shard_name(0)).close()
    with pytest.raises(FileExistsError):
        GrowingShard(tmp_path / shard_name(0))


def test_shards_of_earlier_versions_are_read_and_replaced(tmp_path: Path):
    graph = assemble(both())
    write_build(graph, tmp_path, formats=[])
    (shard,) = shards_in(tmp_path / "extractions")
    old = shard.with_name("00000.jsonl")
    old.write_bytes(b"".join(line + b"\n" for line in read_shard(shard)))
    shard.unlink()
    manifest = load_manifest(tmp_path)
    manifest["files"] = {"extractions/00000.jsonl": hashlib.sha256(old.read_bytes()).hexdigest()}
    (tmp_path / "manifest.json").write_text(json.dumps(manifest | {"format": 1}))
    assert load_build(tmp_path) == graph
    assert shard_number(old) == shard_number(shard) == 0
    write_build(graph, tmp_path, formats=[], info=BuildInfo())
    assert shards_in(tmp_path / "extractions") == [shard]
    assert [x for _, x in load_extractions(tmp_path)] == list(graph.as_read)


def test_extractions_take_less_room(tmp_path: Path):
    x = both()[0]
    line = x.to_line().encode() + b"\n"
    out = io.BytesIO()
    write_shard([line] * 100, out)
    assert len(out.getvalue()) < len(line) * 100 / 20
    assert Extraction.from_json(json.loads(line)) == x
