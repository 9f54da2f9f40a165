"""What people have on their disks: endless lines, huge files, loops of links, files that vanish; each is named, and the rest goes on."""

import os
from pathlib import Path

import pytest

from graphbuild import formats, pipeline, read
from graphbuild.errors import OutputError
from graphbuild.records import Document, Failure
from graphbuild.retract import remove
from graphbuild.store import write_build
from graphbuild.verify import verify
from tests import toy

GOOD = "Ada Brook met Carl Dane."


def found(*paths: Path) -> tuple[list[str], list[str]]:
    """Return the texts and the reasons."""
    items = list(read.read(paths))
    return [item.text for item in items if isinstance(item, Document)], [item.reason for item in items if isinstance(item, Failure)]


def test_a_file_of_two_gigabytes_is_named_without_being_read(tmp_path: Path):
    (tmp_path / "a.txt").write_text(GOOD)
    with (tmp_path / "huge.txt").open("wb") as file:
        file.truncate(2 * 2**30)  # takes no room on disk
    texts, reasons = found(tmp_path)
    assert texts == [GOOD]
    assert reasons == [f"{tmp_path}/huge.txt: 2,147,483,648 bytes, more than the {formats.MAX_BYTES:,} that one text may have; split it, or use JSONL"]


def test_a_line_without_end_is_one_failure_and_the_next_is_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(read, "MAX_BYTES", 100)
    (tmp_path / "rows.jsonl").write_text(f'{{"id": "a", "text": "{"x" * 350}"}}\n{{"id": "b", "text": "{GOOD}"}}\n')
    texts, reasons = found(tmp_path)
    assert texts == [GOOD]
    assert [reason.split(": ")[1] for reason in reasons] == ["a line of more than 100 bytes; split the text"]


def test_a_file_that_vanishes_while_others_are_read_is_named(tmp_path: Path):
    for name in "abc":
        (tmp_path / f"{name}.txt").write_text(f"{GOOD} {name}")
    items = read.read([tmp_path])
    first = next(items)
    (tmp_path / "b.txt").unlink()
    rest = list(items)
    assert isinstance(first, Document)
    assert [item.id for item in rest if isinstance(item, Document)] == ["c.txt"]
    assert ["not a regular file" in item.reason for item in rest if isinstance(item, Failure)] == [True]


@pytest.mark.parametrize("name", ["line\nbreak.txt", "🙂.txt", "space .txt", "quote'\".txt", "\u202e.txt", "-o.txt"])
def test_a_build_holds_documents_of_any_name(name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(pipeline, "_reader", toy.reader)
    (tmp_path / "texts").mkdir()
    (tmp_path / "texts" / name).write_text(GOOD)
    made = pipeline.build([tmp_path / "texts"], folder=tmp_path / "out")
    write_build(made.graph, tmp_path / "out", formats=["turtle", "graphml"], info=made.info)
    assert [d.id for d in made.graph.documents] == [name]
    assert list(verify(tmp_path / "out")) == []
    assert remove(tmp_path / "out", [name]).documents == ()


def test_an_output_that_cannot_be_written_is_told_before_anything_is_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(pipeline, "_reader", toy.reader)

    def refuse(*_: object, **__: object) -> None:
        raise PermissionError(13, os.strerror(13))

    monkeypatch.setattr(Path, "mkdir", refuse)
    with pytest.raises(OutputError, match=r"out: cannot be written: Permission denied; make room there, or choose another place with -o"):
        pipeline.build(iter(lambda: pytest.fail("something was read"), None), folder=tmp_path / "out")
