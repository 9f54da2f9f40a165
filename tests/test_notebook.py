"""`KnowledgeGraph.draw()` in a notebook: what it hands to IPython is a picture, or a page in a frame of its own."""

import html
import re
import xml.etree.ElementTree as ET
from pathlib import Path

import pytest

from graphbuild.draw import draw
from graphbuild.errors import InputError, UnknownEntity
from graphbuild.graph import KnowledgeGraph, assemble
from tests.documents import both

SHOWN = {"svg": "image/svg+xml", "png": "image/png", "html": "text/html"}


@pytest.fixture(scope="module")
def graph() -> KnowledgeGraph:
    return assemble(both())


def test_a_picture_is_an_svg_element_that_stands_in_a_page(graph: KnowledgeGraph):
    shown = graph.draw()._repr_svg_()
    assert ET.fromstring(shown).tag == "{http://www.w3.org/2000/svg}svg"
    assert shown.startswith("<svg")
    assert "Mara Ilves" in shown


def test_a_page_is_in_a_frame_that_holds_the_whole_file(graph: KnowledgeGraph):
    shown = graph.draw("html")._repr_html_()
    assert html.unescape(re.fullmatch(r'<iframe .* srcdoc="([^"]+)"></iframe>', shown)[1]).encode() == draw(graph, "html")  # type: ignore[index]
    assert "allow-same-origin" not in shown


def test_options_are_those_of_drawing(graph: KnowledgeGraph):
    assert graph.draw(around="Pesk", relations=["met"]).data == draw(graph, "svg", around="Pesk", relations=["met"])
    assert graph.draw(kind="matrix").data == draw(graph, "svg", kind="matrix")
    with pytest.raises(UnknownEntity, match="Goran Pesk"):
        graph.draw(around="Goran Peski")
    with pytest.raises(InputError, match="cannot be written as 'jpeg'"):
        graph.draw("jpeg")


def test_it_is_saved_as_a_file(graph: KnowledgeGraph, tmp_path: Path):
    drawing = graph.draw("pdf")
    assert drawing.save(tmp_path / "g.pdf").read_bytes().startswith(b"%PDF")
    assert repr(drawing) == "Drawing(form='pdf')"


@pytest.mark.parametrize("form", ["svg", "png", "html", "pdf"])
def test_ipython_finds_one_way_to_show_it(graph: KnowledgeGraph, form: str):
    formatters = pytest.importorskip("IPython.core.formatters", reason="needs IPython: pip install ipython")
    bundle, _ = formatters.DisplayFormatter().format(graph.draw(form))
    assert set(bundle) == {"text/plain"} | ({SHOWN[form]} if form in SHOWN else set())
