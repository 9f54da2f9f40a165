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
from graphbuild.export.layers import Quad, RdfOptions
from graphbuild.export.rdf import FORMATS, write_quads
from graphbuild.export.sorting import write_sorted
from graphbuild.graph import assemble
from tests.documents import both


def quad(number: int, graph: int = 0) -> Quad:
    return f"<https://x.example/{number}>", "<https://x.example/p>", r'"\"\n"', f"<https://x.example/g{graph}>"


def lines(texts: list[str], **limits: int) -> list[bytes]:
    out = io.BytesIO()
    write_sorted(texts, out, **limits)
    return out.getvalue().splitlines(keepends=True)


@given(st.lists(st.sampled_from(["", "a", "ab", "a b", "é", "\U0001f30d", *map(str, range(50))]), max_size=200), st.integers(1, 5), st.integers(2, 4))
def test_any_limit_gives_the_same_sorted_lines(texts: list[str], batch: int, fan_in: int) -> None:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(sorting, "_BATCH", batch)
        patch.setattr(sorting, "_BLOCK", batch)
        patch.setattr(sorting, "_FAN_IN", fan_in)
        found = lines(texts, memory=1)
    assert found == [f"{text}\n".encode() for text in sorted(set(texts))] == lines(texts)


@given(st.lists(st.tuples(st.integers(0, 50), st.integers(0, 2)), max_size=50), st.sampled_from(["turtle", "trig", "nquads", "ntriples", "rdfxml"]))
def test_any_limit_gives_the_same_rdf_and_it_holds_the_quads(numbers: list[tuple[int, int]], name: str) -> None:
    quads = [quad(*pair) for pair in numbers]
    whole, parts = io.BytesIO(), io.BytesIO()
    write_quads(quads, name, whole)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(sorting, "_BATCH", 3)
        patch.setattr(sorting, "_BLOCK", 2)
        write_quads(reversed(quads), name, parts, memory=1)
    assert parts.getvalue() == whole.getvalue()
    graphs = FORMATS[name].supports_datasets
    assert {str(q) for q in ox.parse(whole.getvalue(), format=FORMATS[name])} == {f"{s} {p} {o} {g}" if graphs else f"{s} {p} {o}" for s, p, o, g in quads}


IRIS = st.text("ab/#é\U0001f30d!~", max_size=3).map(lambda tail: f"<https://x.example/{tail}>")
TEXTS = st.text(st.one_of(st.sampled_from('ab "\\\n\t\r\0\x1f.@^<>é\u2028\U0001f30d'), st.characters(exclude_categories=["Cs"])), max_size=3)
SUFFIXES = ["", "@en", "@en-gb", "@en-g", "^^<https://x.example/a>", "^^<https://x.example/ab>", "^^<https://x.example/é>"]
LITERALS = TEXTS.map(lambda text: str(ox.Literal(text)))


@given(st.lists(st.tuples(IRIS, IRIS, LITERALS, IRIS), max_size=20), st.booleans())
def test_quads_are_written_as_their_lines_are_sorted(some: list[Quad], on_disk: bool) -> None:
    """Also where a term begins with another one: a text with and without language or datatype, also within triple terms."""
    quads = [(s, p, o + suffix, g) for suffix in SUFFIXES for s, p, o, g in some] + some
    quads += [(s, p, f"<<( {s} {p} {o} )>>", g) for s, p, o, g in quads]
    for name, lines in (("nquads", {f"{s} {p} {o} {g} ." for s, p, o, g in quads}), ("ntriples", {f"{s} {p} {o} ." for s, p, o, _ in quads})):
        out = io.BytesIO()
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(sorting, "_BATCH", 3 if on_disk else 2_000)
            write_quads(quads, name, out, memory=1 if on_disk else sorting.MEMORY)
        assert out.getvalue() == b"".join(sorted(line.encode() + b"\n" for line in lines))


def test_runs_go_to_disk_and_are_gone_afterwards(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    opened = []
    make = tempfile.TemporaryFile
    monkeypatch.setattr(sorting.tempfile, "TemporaryFile", lambda **more: opened.append(make(dir=tmp_path, **more)) or opened[-1])
    monkeypatch.setattr(sorting, "_BATCH", 10)
    lines([str(n) for n in range(100)], memory=1)
    assert len(opened) == 11  # ten runs, and the last, which is empty
    assert all(file.closed for file in opened)
    assert list(tmp_path.iterdir()) == []


def test_a_full_disk_is_said_in_one_line(monkeypatch: pytest.MonkeyPatch) -> None:
    def full(**_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(sorting.tempfile, "TemporaryFile", full)
    monkeypatch.setattr(sorting, "_BATCH", 1)
    with pytest.raises(OutputError, match="there is no room to sort in: No space left on device; set TMPDIR"):
        lines(["1", "2"], memory=1)


@pytest.mark.parametrize("name", ["nquads", "ntriples", "turtle", "graphml", "csv"])
def test_what_is_written_piece_by_piece_is_what_export_returns(name: str, tmp_path: Path) -> None:
    kg, options, path = assemble(both()), RdfOptions(layers="claims"), tmp_path / "new" / "graph"
    write_by(lambda out: write_export(kg, name, out, options), path)
    assert path.read_bytes() == export(kg, name, options)
    assert [p.name for p in path.parent.iterdir()] == ["graph"]


@pytest.mark.parametrize("name", ["nquads", "turtle"])
def test_an_export_that_fails_leaves_the_old_file(name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "graph.nq"
    path.write_text("old")
    with pytest.raises(InputError, match="must be an absolute IRI"):
        write_by(lambda out: write_export(assemble(both()), name, out, RdfOptions(base="x")), path)

    def broken(*_: object) -> Iterator[Quad]:
        yield quad(1)
        raise OSError(5, "Input/output error")

    monkeypatch.setattr("graphbuild.export.rdf.quads", broken)
    with pytest.raises(OutputError, match="Input/output error"):
        write_by(lambda out: write_export(assemble(both()), name, out), path)
    assert [(p.name, p.read_text()) for p in tmp_path.iterdir()] == [("graph.nq", "old")]


def test_what_a_link_leads_to_is_written_through_it(tmp_path: Path) -> None:
    (tmp_path / "kept").write_text("old")
    (tmp_path / "link").symlink_to("kept")
    write_by(lambda out: out.write(b"new"), tmp_path / "link")
    assert (tmp_path / "link").is_symlink()
    assert (tmp_path / "kept").read_text() == "new"
