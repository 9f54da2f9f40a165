"""Input that `benchmarks/fuzz.py` found to end in a crash or in nonsense, each kept as it was found or shorter."""

import gzip
import io
import zipfile
from datetime import date
from pathlib import Path

import pytest

from graphbuild.catalogue import load_catalogue
from graphbuild.dates import find_times
from graphbuild.errors import CatalogueError
from graphbuild.language import load_model
from graphbuild.pipeline import extract
from graphbuild.read import read
from graphbuild.records import Document, Failure
from graphbuild.relations.frames import CONDITIONS, UNCONDITIONAL
from tests.test_formats import STORY, packed


def found(path: Path, data: bytes) -> tuple[list[str], list[str]]:
    """Return the texts and the reasons of a file."""
    path.write_bytes(data)
    items = list(read([path]))
    return [item.text for item in items if isinstance(item, Document)], [item.reason for item in items if isinstance(item, Failure)]


def test_a_gzip_file_whose_head_is_whole_and_whose_rest_is_not(tmp_path: Path):
    good = gzip.compress(STORY.encode(), mtime=0)
    texts, reasons = found(tmp_path / "a.txt.gz", good[:10] + b"\xff" * 8 + good[18:])
    assert texts == []
    assert ["a broken gzip file" in reason for reason in reasons] == [True]


def test_a_zip_file_without_its_first_byte(tmp_path: Path):
    texts, reasons = found(tmp_path / "a.zip", packed(a__txt=STORY.encode())[1:])
    assert texts == []
    assert len(reasons) == 1


def test_a_broken_member_of_an_archive_leaves_the_others_alone(tmp_path: Path):
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name in ("a.txt", "b.txt"):
            archive.writestr(name, f"{STORY} {name}")
    data = bytearray(out.getvalue())
    data[35:55] = b"\xff" * 20  # inside the first member
    texts, reasons = found(tmp_path / "a.zip", bytes(data))
    assert texts == [f"{STORY} b.txt"]
    assert ["a.txt cannot be unpacked" in reason for reason in reasons] == [True]


@pytest.mark.parametrize(("old", "new"), [(b"<w:document", b"w:document"), (b"<w:body>", b"<w:b>"), (b"w:document", b"w:p")])
def test_a_word_file_whose_text_is_no_word_text(tmp_path: Path, old: bytes, new: bytes):
    docx = pytest.importorskip("docx")
    made, good, bad = docx.Document(), io.BytesIO(), io.BytesIO()
    made.add_paragraph(STORY)
    made.save(good)
    with zipfile.ZipFile(good) as read_from, zipfile.ZipFile(bad, "w") as written:
        for name in read_from.namelist():
            written.writestr(name, read_from.read(name).replace(old, new) if name == "word/document.xml" else read_from.read(name))
    texts, reasons = found(tmp_path / "a.docx", bad.getvalue())
    assert texts == []
    assert ["not a .docx file that can be read" in reason for reason in reasons] == [True]


@pytest.mark.parametrize("body", ["", "&lt;b&gt;" * 300_000, "&lt;!-- x"])
def test_an_entry_of_a_feed_that_has_no_text_is_named(tmp_path: Path, body: str):
    pytest.importorskip("feedparser")
    head = '<rss version="2.0"><channel><title>News</title><item><title>One</title><link>https://news.example/1</link>'
    rest = f"<item><link>https://news.example/2</link><description>{STORY}</description></item></channel></rss>"
    texts, reasons = found(tmp_path / "a.rss", f"{head}<description>{body}</description></item>{rest}".encode())
    assert texts == [STORY]
    assert reasons == [f"{tmp_path}/a.rss#https://news.example/1: empty; nothing to read"]


@pytest.mark.parametrize("text", [
    "99999999999999999999 years ago On Monday On Monday On Monday The On Monday talked",
    "\r0:",
    "Kenya attacked Chad, not",
])
def test_a_text_that_breaks_off_is_read(text: str):
    assert extract(Document("a", "a", text), load_model()).document.text == text


def test_a_range_that_ends_before_it_begins_is_no_time():
    assert [t.time for t in find_times("It happened between 2012 and last week.", date(2000, 1, 1))] == [None]
    assert [t.time and t.time.end for t in find_times("It happened between 2012 and last week.", date(2020, 1, 31))] == ["2020-01-26"]
    assert [t.time and t.time.start for t in find_times("They met from December to January.", date(2020, 1, 31))] != [None]


ENTRY = {"gloss": '"G."', "shape": '"event"', "subject": '["actor"]', "object": '["actor"]', "verbs": '[{lemma = "greet", object = "obj"}]'}


@pytest.mark.parametrize(("name", "field", "value", "words"), [
    ('"a b"', "gloss", '"G."', "the name of a relation is letters"),
    ("greeted", "object", "3", "'object' must be a list of texts, not 3"),
    ("greeted", "subject", '"actor"', "'subject' must be a list of texts"),
    ("greeted", "object", "[{}]", "'object' must be a list of texts"),
    ("greeted", "nouns", "3", "'nouns' must be a list of inline tables"),
    ("greeted", "nouns", '[{lemma = "x", subject = 3}]', "nouns[0]: field 'subject' must be a text"),
    ("greeted", "nouns", '[{lemma = "x", among = ["Nobody"]}]', "'among' names the unknown class 'Nobody'"),
    ("greeted", "verbs", '[{lemma = "x", when = "never"}]', "'when' names the unknown condition 'never'; known are "),
    ("greeted", "implies", '"met"', "'implies' must be a list of texts"),
    ("greeted", "subPropertyOf", "[]", "'subPropertyOf' must be a text"),
    ("greeted", "recurs", '"no"', "'recurs' must be a truth value"),
    ("greeted", "plover", '"TO CONSULT"', "'plover' must be a category"),
    ("greeted", "datatype", '"xsd:\ufff0 <"', "'datatype' must be a type such as xsd:date"),
])  # fmt: skip
def test_a_catalogue_that_could_not_be_used_is_refused_with_file_relation_and_field(tmp_path: Path, name: str, field: str, value: str, words: str):
    path = tmp_path / "my.toml"
    path.write_text("\n".join([f"[{name}]", *(f"{key} = {written}" for key, written in (ENTRY | {field: value}).items())]))
    with pytest.raises(CatalogueError) as refused:
        load_catalogue((path,))
    assert str(refused.value).startswith(f"{path}: relation {name.strip(chr(34))}: ")
    assert words in str(refused.value)


@pytest.mark.parametrize("text", ["a = " + "[" * 10_000, "a = " + "9" * 5000, "a = \ud800"])
def test_a_catalogue_that_is_no_toml_is_refused(tmp_path: Path, text: str):
    path = tmp_path / "my.toml"
    path.write_bytes(text.encode("utf-8", "surrogatepass"))
    with pytest.raises(CatalogueError, match=r"my\.toml: cannot be read as a TOML catalogue"):
        load_catalogue((path,))


def test_conditions_that_the_catalogue_lets_pass_exist():
    used = {f.when for r in load_catalogue().relations.values() for f in (*r.verbs, *r.nouns, *r.adjectives) if f.when is not None}
    assert used - set(CONDITIONS) - set(UNCONDITIONAL) == set()


def test_a_shipped_entry_may_be_replaced_by_one_with_its_own_condition(tmp_path: Path):
    shipped = load_catalogue().relations["arrested"]
    condition = next(frame.when for frame in (*shipped.verbs, *shipped.nouns, *shipped.adjectives) if frame.when)
    path = tmp_path / "my.toml"
    path.write_text("\n".join(["[arrested]", *(f"{key} = {value}" for key, value in ENTRY.items())]).replace('"obj"', f'"obj", when = "{condition}"'))
    assert load_catalogue((path,)).relations["arrested"].family == "my"
