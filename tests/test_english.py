"""What is not English is left out and named; English is not, however foreign its names or short its text."""

from pathlib import Path

import pytest

from graphbuild.english import other_language
from graphbuild.read import read
from graphbuild.records import Document, Failure
from training.corpus.reader import read_corpus

OTHERS = [
    ("de", "Der Außenminister reiste am Dienstag nach Paris, um dort mit seinem Kollegen über die Lage zu sprechen."),
    ("es", "El ministro de Asuntos Exteriores viajó el martes a París para reunirse con su homólogo y hablar de la situación."),
    ("fr", "Le ministre des affaires étrangères s'est rendu mardi à Paris."),
    ("ru", "Министр иностранных дел посетил Париж во вторник."),
    ("und", "外交部长周二访问巴黎，与法国外长举行会谈。"),
    ("nl", "De minister van Buitenlandse Zaken was dinsdag in Parijs om met zijn collega te spreken over de toestand van het land."),
]
ENGLISH = ["Ada met Bob.", "Kim Jong Un, Lee Jung-sup, Yoon Suk Yeol", "Lula da Silva praised Ministro de Estado Mauro Vieira.", "12 345", ""]


@pytest.mark.parametrize(("code", "text"), OTHERS)
def test_other_languages_are_told(code: str, text: str):
    assert other_language(text) == code


@pytest.mark.parametrize("text", ENGLISH)
def test_short_english_is_read(text: str):
    assert other_language(text) is None


def test_all_of_the_corpus_is_english_and_so_are_its_first_words():
    texts = [text.text for text in read_corpus()]
    assert [text[:50] for text in texts if other_language(text)] == []
    assert [text[:80] for text in texts if other_language(text[:80])] == []


def test_what_is_left_out_is_named_and_can_be_asked_for(tmp_path: Path):
    (tmp_path / "de.txt").write_text(OTHERS[0][1], encoding="utf-8")
    (tmp_path / "en.txt").write_text("The minister met the ambassador of Norland.")
    left_out, kept = read([tmp_path])
    assert isinstance(left_out, Failure)
    assert "de.txt: not in English (language de); graphbuild reads English only" in left_out.reason
    assert isinstance(kept, Document)
    assert all(isinstance(item, Document) for item in read([tmp_path], any_language=True))
