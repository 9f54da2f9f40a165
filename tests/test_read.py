"""Readers: what becomes a document, with which id and text, and how each bad input is reported."""

import io
import json
import os
import sys

import pytest
from hypothesis import given
from hypothesis import strategies as st

from graphbuild.errors import DuplicateDocument, ReadError
from graphbuild.read import decode, read, read_text
from graphbuild.records import Document, Failure

WESTERN = "The minister’s café in Málaga and the naïve coup d’état were discussed at length."


def documents(*paths, root=None):
    return [item for item in read(paths, root=root) if isinstance(item, Document)]


def failures(*paths, root=None):
    found = [item for item in read(paths, root=root) if isinstance(item, Failure)]
    assert all("\n" not in failure.reason for failure in found)
    return [failure.reason for failure in found]


@pytest.fixture
def folder(tmp_path):
    (tmp_path / "b.txt").write_bytes(b"Second.")
    (tmp_path / "a.md").write_bytes(b"First.")
    (tmp_path / "sub").mkdir()
    (tmp_path / "sub" / "c.TXT").write_bytes(b"Third.")
    return tmp_path


def test_a_folder_is_read_in_sorted_order_with_relative_ids(folder):
    assert [d.id for d in documents(folder)] == ["a.md", "b.txt", "sub/c.TXT"]


def test_a_single_file_has_its_name_as_id(folder):
    assert [d.id for d in documents(folder / "sub" / "c.TXT")] == ["c.TXT"]


def test_several_paths_are_relative_to_their_common_parent(folder):
    assert [d.id for d in documents(folder / "b.txt", folder / "sub")] == ["b.txt", "sub/c.TXT"]


def test_root_decides_the_ids(folder):
    assert [d.id for d in documents(folder / "sub", root=folder)] == ["sub/c.TXT"]


@pytest.mark.parametrize(("pattern", "ids"), [("*.txt", ["b.txt"]), ("**/*.[tT]*", ["b.txt", "sub/c.TXT"]), ("*", ["a.md", "b.txt", "sub/c.TXT"])])
def test_a_glob_is_relative_to_its_fixed_part(folder, pattern, ids):
    assert [d.id for d in documents(str(folder / pattern))] == ids


def test_a_file_named_like_a_glob_is_that_file(tmp_path):
    (tmp_path / "a[1].txt").write_text("Text.")
    assert [d.id for d in documents(tmp_path / "a[1].txt")] == ["a[1].txt"]


def test_the_same_file_by_two_paths_is_read_once(folder):
    assert [d.id for d in documents(folder, folder / "b.txt", str(folder / "*.txt"))] == ["a.md", "b.txt", "sub/c.TXT"]


def test_standard_input(monkeypatch):
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO("Caf\u00e9.\r\n".encode())))
    assert documents("-") == [Document("-", "-", "Café.\r\n")]


@pytest.mark.parametrize(
    ("data", "text"),
    [
        (b"One\r\ntwo\rthree\n", "One\r\ntwo\rthree\n"),
        ("\ufeffCafé".encode(), "Café"),
        ("Café 🕊".encode("utf-16"), "Café 🕊"),
        ("\ufeffCafé".encode("utf-16-be"), "Café"),
        (WESTERN.encode("cp1252"), WESTERN),
    ],
)
def test_decoding_keeps_every_character(tmp_path, data, text):
    (tmp_path / "x.txt").write_bytes(data)
    assert [d.text for d in documents(tmp_path)] == [text]


@given(st.text(st.characters(blacklist_categories=["Cs"], blacklist_characters="\0\ufeff")))
def test_utf8_round_trip(text):
    assert decode(text.encode(), "x") == text


@given(st.binary())
def test_decoding_gives_text_or_a_read_error(data):
    try:
        text = decode(data, "x.txt")
    except ReadError as error:
        text = str(error)
        assert text.startswith("x.txt: ")
    assert isinstance(text, str)


@pytest.mark.parametrize(
    ("name", "data", "reason"),
    [
        ("empty.txt", b"", "empty file"),
        ("blank.md", b" \r\n\n", "empty file"),
        ("empty.jsonl", b"\n", "empty file"),
        ("image.txt", b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR", "binary"),
        ("cut.txt", b"\xff\xfea\x00b", "broken UTF-16"),
    ],
)
def test_a_bad_file_is_one_line_and_the_others_go_on(folder, name, data, reason):
    (folder / name).write_bytes(data)
    (line,) = failures(folder)
    assert name in line
    assert reason in line
    assert len(documents(folder)) == 3


def test_missing_path(tmp_path):
    assert "no such file" in failures(tmp_path / "none.txt")[0]
    assert "matches no file" in failures(str(tmp_path / "*.txt"))[0]


def test_a_folder_without_texts_and_a_file_without_reader(folder):
    (folder / "empty").mkdir()
    (folder / "photo.jpg").write_bytes(b"x")
    assert "no file to read" in failures(folder / "empty")[0]
    assert "no reader for .jpg" in failures(folder / "photo.jpg")[0]
    assert "photo.jpg" in failures(folder)[0]


def test_links_that_loop_end(folder):
    (folder / "sub" / "up").symlink_to(folder, target_is_directory=True)
    assert [d.id for d in documents(folder)] == ["a.md", "b.txt", "sub/c.TXT"]


def test_a_link_that_leads_nowhere(tmp_path):
    (tmp_path / "x.txt").symlink_to(tmp_path / "none")
    assert "leads nowhere" in failures(tmp_path / "x.txt")[0]
    assert "not a regular file" in failures(tmp_path)[0]


@pytest.mark.parametrize("name", ["line\nbreak.txt", "🕊 dove.txt", " .txt", os.fsdecode(b"caf\xe9.txt")])
def test_odd_names(tmp_path, name):
    (tmp_path / name).write_bytes(b"Text.")
    (document,) = documents(tmp_path)
    document.id.encode()
    assert "\n" not in document.source
    (tmp_path / name).write_bytes(b"\0")
    assert len(failures(tmp_path)) == 1


def test_jsonl_fields(tmp_path):
    line = {"id": "s/1", "text": "A\r\nB 🕊", "title": "T", "published": "2023-02-01T10:00:00Z", "url": "u", "publisher": "p", "author": "a"}
    (tmp_path / "x.jsonl").write_text(json.dumps(line) + "\n\n")
    assert documents(tmp_path) == [Document("s/1", f"{tmp_path}/x.jsonl:1", "A\r\nB 🕊", "T", "2023-02-01", "u", "p", "a")]


@pytest.mark.parametrize(
    ("line", "reason"),
    [
        ("{", "not a line of JSON"),
        ("[1]", "not a JSON object"),
        ('{"text": "a"}', '"id" is missing'),
        ('{"id": "a", "text": ""}', '"text" is missing'),
        ('{"id": 1, "text": "a"}', '"id" is missing'),
        ('{"id": "a", "text": "b", "title": 3}', '"title" is int'),
        ('{"id": "a", "text": "b", "published": "soon"}', "no date"),
        ('{"id": "a", "text": "\\ud800"}', "half a character"),
        ("[" * 100_000, "not a line of JSON"),
    ],
)
def test_a_broken_line_names_file_and_number(tmp_path, line, reason):
    (tmp_path / "x.jsonl").write_text('{"id": "1", "text": "a"}\n' + line + '\n{"id": "2", "text": "b"}\n')
    (failure,) = failures(tmp_path)
    assert failure.startswith(f"{tmp_path}/x.jsonl:2: ")
    assert reason in failure
    assert [d.id for d in documents(tmp_path)] == ["1", "2"]


def test_two_texts_under_one_id_name_both(tmp_path):
    (tmp_path / "x.jsonl").write_text('{"id": "1", "text": "a"}\n{"id": "1", "text": "b"}\n')
    with pytest.raises(DuplicateDocument, match=r"x\.jsonl:1 and .*x\.jsonl:2"):
        documents(tmp_path)


def test_the_same_document_twice_is_one(tmp_path):
    (tmp_path / "x.jsonl").write_text('{"id": "1", "text": "a"}\n' * 2)
    assert len(documents(tmp_path)) == 1


def test_published_comes_from_the_field_before_the_date_line():
    text = " date 2023-02-01 \n\nThe secretary spoke."
    assert read_text(text, id="x").published == "2023-02-01"
    assert read_text(text, id="x", fields={"published": "2020-01-01"}).published == "2020-01-01"
    assert read_text("No date.", id="x").published is None
