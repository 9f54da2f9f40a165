"""Sorting in bounded memory: whatever the limit, the lines are the same, and nothing stays behind."""

import io
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pyoxigraph as ox
import pytest
from hypothesis import given
from hypothesis import strategies as st

from graphbuild.console import write_by
from graphbuild.errors import InputError, OutputError
from graphbuild.export import export, sorting, write_export
from graphbuild.export.layers import RdfOptions
from graphbuild.export.sorting import write_sorted
from graphbuild.graph import assemble
from tests.documents import both

N_QUADS, N_TRIPLES = ox.RdfFormat.N_QUADS, ox.RdfFormat.N_TRIPLES


def quad(number: int, graph: int = 0) -> ox.Quad:
    return ox.Quad(ox.NamedNode(f"https://x.example/{number}"), ox.NamedNode("https://x.example/p"), ox.Literal('"\n'), ox.NamedNode(f"https://x.example/g{graph}"))


def lines(quads: list[ox.Quad], syntax: ox.RdfFormat, **limits: int) -> list[bytes]:
    out = io.BytesIO()
    write_sorted(quads, out, syntax, **limits)
    return out.getvalue().splitlines(keepends=True)


@given(st.lists(st.tuples(st.integers(0, 50), st.integers(0, 2)), max_size=200), st.integers(1, 5), st.integers(2, 4), st.sampled_from([N_QUADS, N_TRIPLES]))
def test_any_limit_gives_the_same_sorted_lines(numbers: list[tuple[int, int]], batch: int, fan_in: int, syntax: ox.RdfFormat) -> None:
    quads = [quad(*pair) for pair in numbers]
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(sorting, "_BATCH", batch)
        patch.setattr(sorting, "_FAN_IN", fan_in)
        found = lines(quads, syntax, memory=1)
    text = {str(q) if syntax == N_QUADS else str(q.triple) for q in quads}
    assert found == sorted(f"{line} .\n".encode() for line in text) == lines(quads, syntax)


def test_runs_go_to_disk_and_are_gone_afterwards(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    opened = []
    make = tempfile.TemporaryFile
    monkeypatch.setattr(sorting.tempfile, "TemporaryFile", lambda **more: opened.append(make(dir=tmp_path, **more)) or opened[-1])
    monkeypatch.setattr(sorting, "_BATCH", 10)
    lines([quad(n) for n in range(100)], N_QUADS, memory=1)
    assert len(opened) == 11  # ten runs, and the last, which is empty
    assert all(file.closed for file in opened)
    assert list(tmp_path.iterdir()) == []


def test_a_full_disk_is_said_in_one_line(monkeypatch: pytest.MonkeyPatch) -> None:
    def full(**_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(sorting.tempfile, "TemporaryFile", full)
    monkeypatch.setattr(sorting, "_BATCH", 1)
    with pytest.raises(OutputError, match="there is no room to sort in: No space left on device; set TMPDIR"):
        lines([quad(1), quad(2)], N_QUADS, memory=1)


@pytest.mark.parametrize("name", ["nquads", "ntriples", "turtle", "csv"])
def test_what_is_written_piece_by_piece_is_what_export_returns(name: str, tmp_path: Path) -> None:
    kg, options, path = assemble(both()), RdfOptions(layers="claims"), tmp_path / "new" / "graph"
    write_by(lambda out: write_export(kg, name, out, options), path)
    assert path.read_bytes() == export(kg, name, options)
    assert [p.name for p in path.parent.iterdir()] == ["graph"]


def test_an_export_that_fails_leaves_the_old_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "graph.nq"
    path.write_text("old")
    with pytest.raises(InputError, match="must be an absolute IRI"):
        write_by(lambda out: write_export(assemble(both()), "nquads", out, RdfOptions(base="x")), path)

    def broken(*_: object) -> Iterator[ox.Quad]:
        yield quad(1)
        raise OSError(5, "Input/output error")

    monkeypatch.setattr("graphbuild.export.rdf.quads", broken)
    with pytest.raises(OutputError, match="Input/output error"):
        write_by(lambda out: write_export(assemble(both()), "nquads", out), path)
    assert [(p.name, p.read_text()) for p in tmp_path.iterdir()] == [("graph.nq", "old")]


def test_what_a_link_leads_to_is_written_through_it(tmp_path: Path) -> None:
    (tmp_path / "kept").write_text("old")
    (tmp_path / "link").symlink_to("kept")
    write_by(lambda out: out.write(b"new"), tmp_path / "link")
    assert (tmp_path / "link").is_symlink()
    assert (tmp_path / "kept").read_text() == "new"
