"""Files that are no plain text: what is read from each, and how each bad one is reported."""

import cProfile
import gzip
import io
import json
import pstats
import zipfile

import pytest

from graphbuild import formats
from graphbuild.errors import ReadError
from graphbuild.read import read
from graphbuild.records import Document, Failure

STORY = "The foreign minister of Norway, Ingrid Solberg, met her Peruvian colleague in Lisbon on Friday. They talked for two hours about fishing rights."
MORE = "Afterwards the two ministers signed a protocol in the town hall, and the mayor of Lisbon gave a dinner for both delegations that lasted until midnight."
PAGE = f"""<!DOCTYPE html><html lang="en"><head><title>Ministers meet in Lisbon</title>
<meta property="og:site_name" content="Harbour News">
<meta name="author" content="Ana Reis"><meta property="article:published_time" content="2024-05-03T10:00:00Z"></head>
<body><nav><a href="/">Home</a> <a href="/sport">Sport</a></nav><article><h1>Ministers meet in Lisbon</h1><p>{STORY}</p><p>{MORE}</p></article>
<script>alert(1)</script><footer>Cookies</footer></body></html>"""
FEED = f"""<?xml version="1.0"?><!DOCTYPE r [<!ENTITY x SYSTEM "file:///etc/passwd">]><rss version="2.0"><channel><title>Harbour News</title>
<item><title>One</title><link>https://news.example/1</link>
<pubDate>Fri, 03 May 2024 10:00:00 GMT</pubDate>
<description>&lt;p&gt;{STORY}&lt;/p&gt;</description></item>
<item><title>Two</title><link>https://news.example/2</link><description>{MORE}</description></item></channel></rss>"""
HEAD = "From: Ana Reis <ana@news.example>\nSubject: Ministers meet\nDate: Fri, 03 May 2024 10:00:00 +0000\nContent-Type: text/plain; charset=utf-8"
MAIL = f"{HEAD}\n\n{STORY}\n"


def documents(path) -> list[Document]:
    return [item for item in read([path]) if isinstance(item, Document)]


def reasons(path) -> list[str]:
    return [item.reason for item in read([path]) if isinstance(item, Failure)]


def packed(**members: bytes) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for name, data in members.items():
            archive.writestr(name.replace("__", "."), data)
    return out.getvalue()


def test_of_a_web_page_the_main_text_is_read(tmp_path):
    pytest.importorskip("trafilatura")
    (tmp_path / "a.html").write_text(PAGE)
    [page] = documents(tmp_path / "a.html")
    assert STORY in page.text
    assert MORE in page.text
    assert not any(word in page.text for word in ("Cookies", "alert", "Sport"))
    assert (page.title, page.published, page.publisher, page.author) == ("Ministers meet in Lisbon", "2024-05-03", "Harbour News", "Ana Reis")


def test_a_page_without_text_says_so(tmp_path):
    pytest.importorskip("trafilatura")
    (tmp_path / "a.html").write_text("<html><body></body></html>")
    assert "no running text" in reasons(tmp_path / "a.html")[0]


def test_a_pdf_is_read(tmp_path):
    pytest.importorskip("pypdf")
    from matplotlib.figure import Figure

    figure = Figure(figsize=(12, 2))
    figure.text(0.05, 0.5, "Norway met Peru in Lisbon.")
    figure.savefig(tmp_path / "a.pdf", metadata={"Title": "Ministers", "CreationDate": None})
    [document] = documents(tmp_path / "a.pdf")
    assert "Norway met Peru in Lisbon." in " ".join(document.text.split())
    assert document.title == "Ministers"


@pytest.mark.parametrize("data", [b"", b"%PDF-1.4 broken", b"not a pdf at all"])
def test_a_broken_pdf_is_one_failure(tmp_path, data):
    pytest.importorskip("pypdf")
    (tmp_path / "a.pdf").write_bytes(data)
    assert len(reasons(tmp_path / "a.pdf")) == 1


def test_a_word_file_is_read(tmp_path):
    docx = pytest.importorskip("docx")
    made = docx.Document()
    made.add_paragraph(STORY)
    made.add_paragraph(MORE)
    made.core_properties.author = "Ana Reis"
    made.save(tmp_path / "a.docx")
    [document] = documents(tmp_path / "a.docx")
    assert (document.text, document.author) == (f"{STORY}\n\n{MORE}", "Ana Reis")


def test_a_mail_is_read(tmp_path):
    (tmp_path / "a.eml").write_text(MAIL)
    [document] = documents(tmp_path / "a.eml")
    assert document.text.strip() == STORY
    assert (document.title, document.published, document.author) == ("Ministers meet", "2024-05-03", "Ana Reis <ana@news.example>")


def calls_for_a_mail(parts: int) -> int:
    """Functions that are called to read a mail of so many parts."""
    part = f"--B\nContent-Type: text/plain; charset=utf-8\nContent-Transfer-Encoding: 8bit\n\n{STORY}\n"
    mail = f"From: Ana Reis <ana@news.example>\nMIME-Version: 1.0\nContent-Type: multipart/mixed; boundary=B\n\n{part * parts}--B--\n"
    count = cProfile.Profile()
    [parsed] = count.runcall(list, formats.parse(mail.encode(), ".eml", "mail"))
    assert parsed.text.strip() == STORY
    return pstats.Stats(count).total_calls


def test_a_mail_of_very_many_parts_costs_little_for_each():
    few, many = calls_for_a_mail(500), calls_for_a_mail(1_500)
    assert many - few < 1_000 * 300  # and more than 1,000 where every part's head lines are parsed


def test_each_entry_of_a_feed_is_a_document(tmp_path):
    pytest.importorskip("feedparser")
    (tmp_path / "a.rss").write_text(FEED)
    one, two = documents(tmp_path / "a.rss")
    assert (one.text, one.published, one.url, one.publisher) == (STORY, "2024-05-03", "https://news.example/1", "Harbour News")
    assert (two.text, two.title) == (MORE, "Two")
    assert one.id != two.id


def test_no_external_entity_is_read(tmp_path):
    pytest.importorskip("feedparser")
    (tmp_path / "secret.txt").write_text("SECRET")
    hostile = FEED.replace("file:///etc/passwd", (tmp_path / "secret.txt").as_uri()).replace("<title>One", "<title>&x;One")
    (tmp_path / "a.rss").write_text(hostile)
    assert "SECRET" not in repr(list(read([tmp_path / "a.rss"])))


def test_entities_that_multiply_are_not_unfolded(tmp_path):
    pytest.importorskip("feedparser")
    entities = "".join(f'<!ENTITY {chr(98 + n)} "{f"&{chr(97 + n)};" * 10}">' for n in range(12))
    bomb = f'<?xml version="1.0"?><!DOCTYPE r [<!ENTITY a "aaaaaaaaaa">{entities}]><rss version="2.0"><channel><title>&m;</title>'
    (tmp_path / "a.rss").write_text(f"{bomb}<item><title>&m;</title><description>{STORY} &m;</description></item></channel></rss>")
    assert len(repr(list(read([tmp_path / "a.rss"])))) < 10_000


def test_json_and_csv_hold_one_text_or_many(tmp_path):
    (tmp_path / "one.json").write_text(json.dumps({"text": STORY, "title": "T"}))
    (tmp_path / "two.json").write_text(json.dumps([{"id": "x", "text": STORY}, {"text": MORE}]))
    (tmp_path / "rows.csv").write_text(f'ID,Text,Published\nr1,"{STORY}",2024-05-03\nr2,"{MORE}",\n')
    assert [d.id for d in documents(tmp_path / "one.json")] == ["one.json"]
    assert [d.id for d in documents(tmp_path / "two.json")] == ["x", "two.json#2"]
    assert [(d.id, d.published) for d in documents(tmp_path / "rows.csv")] == [("r1", "2024-05-03"), ("r2", None)]


@pytest.mark.parametrize(("name", "data", "words"), [
    ("a.json", b"{", "not JSON"), ("a.json", b"[]", "empty"), ("a.json", b"[3]", "not a JSON object"), ("a.csv", b"name\nx\n", 'no column "text"'),
    ("a.gz", b"nothing", "broken gzip"), ("a.zip", b"nothing", "not a file of this kind"), ("a.eml", b"", "not a mail"),
])  # fmt: skip
def test_bad_files_are_one_line_each(tmp_path, name, data, words):
    (tmp_path / name).write_bytes(data)
    [reason] = reasons(tmp_path / name)
    assert words in reason
    assert "\n" not in reason


def test_archives_are_read_member_by_member(tmp_path):
    (tmp_path / "a.zip").write_bytes(packed(a__txt=STORY.encode(), b__csv=f"text\n{MORE}\n".encode(), c__bin=b"\0", d__txt__gz=gzip.compress(MORE.encode())))
    found = list(read([tmp_path / "a.zip"]))
    assert [d.id for d in found if isinstance(d, Document)] == ["a.zip/a.txt", "a.zip/b.csv", "a.zip/d.txt"]
    assert ["no reader for .bin" in f.reason for f in found if isinstance(f, Failure)] == [True]


def test_names_that_climb_out_of_an_archive_write_nothing(tmp_path):
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr("../../up.txt", STORY)
    (tmp_path / "sub").mkdir()
    (tmp_path / "sub" / "a.zip").write_bytes(out.getvalue())
    assert [d.text for d in documents(tmp_path / "sub" / "a.zip")] == [STORY]
    assert sorted(p.name for p in tmp_path.rglob("*")) == ["a.zip", "sub"]


def test_bombs_and_nests_are_refused(tmp_path, monkeypatch):
    monkeypatch.setattr(formats, "MAX_BYTES", 1000)
    (tmp_path / "a.zip").write_bytes(packed(a__txt=b"x" * 2000))
    (tmp_path / "a.txt.gz").write_bytes(gzip.compress(b"x" * 2000))
    deep = packed(c__txt=b"text")
    for _ in range(3):
        deep = packed(n__zip=deep)
    (tmp_path / "deep.zip").write_bytes(deep)
    assert "more than" in reasons(tmp_path / "a.zip")[0]
    assert "more than" in reasons(tmp_path / "a.txt.gz")[0]
    assert "unpack it" in reasons(tmp_path / "deep.zip")[0]


def test_a_missing_library_is_named(tmp_path, monkeypatch):
    monkeypatch.setitem(__import__("sys").modules, "trafilatura", None)
    with pytest.raises(ReadError, match="graphbuild\\[readers\\]"):
        list(formats.parse_html(PAGE.encode(), "a.html"))
