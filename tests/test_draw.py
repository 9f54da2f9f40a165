"""Diagrams: nothing lies over anything else, nothing is cut off, and the same graph gives the same picture."""

import random
import xml.etree.ElementTree as ET
from itertools import combinations

import pytest
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.lines import Line2D
from matplotlib.text import Text
from matplotlib.transforms import Bbox

from graphbuild.catalogue import load_catalogue
from graphbuild.draw import draw, draw_all, picture_of
from graphbuild.draw.figure import figure
from graphbuild.draw.layout import Box, Line, place
from graphbuild.draw.picture import Picture, choose
from graphbuild.draw.sheet import render
from graphbuild.draw.signs import PENS, SIGNS, sign_of
from graphbuild.errors import InputError, UnknownEntity
from graphbuild.graph import KnowledgeGraph, assemble
from graphbuild.records import Claim, Evidence, Node, Span, Value
from tests.documents import both, named

CATALOGUE = load_catalogue()
NAMES = ["Ana Dembele", "Boris Lindqvist", "Minister for Foreign Affairs and Trade of the Republic", "Chad"]
NAMES += ["Port Selby", "Ivo", "Seventh Northern Fleet", "Rosa Castellano-Gunawardena"]
RELATIONS = ["met", "visited", "condemned", "holdsPosition", "alliedWith", "cooperatedWith", "deployedTo", "leads", "signed", "supported"]


def claim(number: int, relation: str, subject: str, target: str | Value, documents: int = 1, **more: object) -> Claim:
    evidence = tuple(Evidence(f"d{i}", Span(0, 3), f"{number}-{i}", "r") for i in range(documents))
    return Claim(f"c{number}", relation, subject, target, evidence=evidence, **more)  # type: ignore[arg-type]


def some_graph(nodes: int, claims: int, seed: int, *, hub: bool = False) -> tuple[list[Node], list[Claim]]:
    """An invented graph that hangs together: a star around the first node, or a tree with further links."""
    dice = random.Random(seed)
    made = [Node(f"n{i:03}", dice.choice(sorted(SIGNS)), f"{dice.choice(NAMES)} {i}") for i in range(nodes)]
    doubts = [{}, {}, {"polarity": "negative"}, {"modality": "planned"}, {"speaker": "n000"}]
    ends = [(0 if hub else dice.randrange(i), i) for i in range(1, nodes)]
    ends += [tuple(dice.sample(range(nodes), 2)) for _ in range(claims - len(ends))]
    return made, [claim(i, dice.choice(RELATIONS), f"n{a:03}", f"n{b:03}", dice.choice([1, 1, 2, 5]), **dice.choice(doubts)) for i, (a, b) in enumerate(ends)]


SHAPES = {
    "two nodes": some_graph(2, 1, 0),
    "two nodes, many relations": some_graph(2, 9, 1),
    "triangle and more": some_graph(5, 9, 2),
    "hub": some_graph(13, 14, 3, hub=True),
    "large hub": some_graph(40, 40, 4, hub=True),
    "thirty": some_graph(30, 42, 5),
    "sixty": some_graph(60, 85, 6),
    "pairs": ([Node(f"n{i:03}", "Person", f"Ana {i}") for i in range(20)], [claim(i, "met", f"n{2 * i:03}", f"n{2 * i + 1:03}") for i in range(10)]),
    "itself": ([Node("n000", "Group", "The rebels")], [claim(0, "foughtAgainst", "n000", "n000")]),
}


@pytest.fixture(scope="module")
def graph() -> KnowledgeGraph:
    return assemble(both())


def texts(drawn: Figure, *kinds: str) -> list[tuple[Text, Bbox]]:
    renderer = drawn.canvas.get_renderer()  # type: ignore[attr-defined]
    shown = [artist for axes in drawn.axes for artist in axes.texts if not kinds or artist.get_gid() in kinds]
    return [(artist, Text.get_window_extent(artist, renderer)) for artist in shown]


def words(drawn: Figure, *kinds: str) -> list[str]:
    return [artist.get_text() for artist, _ in texts(drawn, *kinds)]


@pytest.mark.parametrize("shape", SHAPES)
def test_no_text_lies_over_another_or_runs_out_of_the_picture(shape: str):
    picture = choose(*SHAPES[shape], CATALOGUE)
    drawn = figure(picture, CATALOGUE, title="A title that says what this is", source="invented reports of the year 2031")
    boxes = texts(drawn)
    page = drawn.bbox
    overlapping = [(a.get_text(), b.get_text()) for (a, left), (b, right) in combinations(boxes, 2) if _area(left, right) > 2.0]
    assert not overlapping
    assert [artist.get_text() for artist, box in boxes if box.x0 < 0 or box.y0 < 0 or box.x1 > page.width or box.y1 > page.height] == []
    assert len(words(drawn, "name")) >= len(picture.dots)


def _area(left: Bbox, right: Bbox) -> float:
    """Shared area in pixels."""
    shared = Bbox.intersection(left, right)
    return 0.0 if shared is None else shared.width * shared.height


@pytest.mark.parametrize("shape", SHAPES)
def test_no_text_lies_over_a_marker(shape: str):
    drawn = figure(choose(*SHAPES[shape], CATALOGUE), CATALOGUE)
    (axes,) = drawn.axes
    scale = drawn.dpi / 72
    markers = [line for line in axes.lines if line.get_marker() not in ("None", "x", None)]
    assert markers
    for artist, box in texts(drawn, "name", "label"):
        assert not [m for m in markers if _area(box, _core(m, axes, scale)) > 0], artist.get_text()


def _core(marker: Line2D, axes: Axes, scale: float) -> Bbox:
    """The middle of a marker, in pixels: its corners may be empty."""
    x, y = axes.transData.transform((marker.get_xdata()[0], marker.get_ydata()[0]))
    radius = marker.get_markersize() * scale / 2 * 0.7
    return Bbox.from_extents(x - radius, y - radius, x + radius, y + radius)


def test_boxes_are_placed_apart_whatever_their_size():
    nodes = [Box(20 + 37 * (i % 5), 12 + 9 * (i % 4)) for i in range(25)]
    lines = [Line(i, (i * 7 + 1) % 25, Box(30, 10)) for i in range(25)]
    layout = place(nodes, lines)
    rectangles = [(x, y, b.width, b.height) for (x, y), b in zip([*layout.nodes, *layout.labels], nodes + [line.label for line in lines], strict=True)]
    for (ax, ay, aw, ah), (bx, by, bw, bh) in combinations(rectangles, 2):
        assert abs(ax - bx) >= (aw + bw) / 2 or abs(ay - by) >= (ah + bh) / 2
    assert all(x - w / 2 > -0.01 and y - h / 2 > -0.01 and x + w / 2 < layout.width + 0.01 and y + h / 2 < layout.height + 0.01 for x, y, w, h in rectangles)


def test_the_same_graph_gives_the_same_bytes(graph: KnowledgeGraph):
    reversed_graph = assemble(reversed(both()))
    for form in ("svg", "png", "pdf"):
        assert draw(graph, form) == draw(reversed_graph, form)


def test_several_formats_are_drawn_at_once(graph: KnowledgeGraph):
    made = dict(draw_all(graph, ["png", "svg", "pdf"]))
    assert made["png"].startswith(b"\x89PNG\r\n")
    assert made["pdf"].startswith(b"%PDF")
    assert made["svg"] == draw(graph, "svg")
    assert b"<dc:date>" not in made["svg"]


def test_svg_text_stays_text(graph: KnowledgeGraph):
    root = ET.fromstring(draw(graph, "svg", title="Talks & <quarrels>"))
    shown = {"".join(node.itertext()).strip() for node in root.iter("{http://www.w3.org/2000/svg}text")}
    assert {"Talks & <quarrels>", "Mara Ilves", "Goran Pesk", "visited", "person", "denied"} <= shown


def test_the_legend_has_what_occurs_and_nothing_else(graph: KnowledgeGraph):
    drawn = figure(picture_of(graph), CATALOGUE)
    assert set(words(drawn, "legend")) == {"person", "country", "city", "position", "asserted", "reported", "planned", "denied"}


def test_several_relations_of_one_pair_share_a_line(graph: KnowledgeGraph):
    nodes = [Node("a", "Person", "Ana"), Node("b", "Country", "Chad")]
    claims = [claim(1, "leads", "a", "b"), claim(2, "visited", "a", "b", 3), claim(3, "visited", "a", "b", polarity="negative"), claim(4, "praised", "b", "a")]
    strokes = choose(nodes, claims, CATALOGUE).strokes
    assert [(s.source, s.target, s.labels, s.status, s.sources) for s in strokes] == [
        (0, 1, ("leads", "visited"), "asserted", 3),
        (0, 1, ("visited",), "denied", 1),
        (1, 0, ("praised",), "asserted", 1),
    ]


def test_symmetric_relations_have_no_arrow():
    nodes = [Node("a", "Person", "Ana"), Node("b", "Person", "Boris")]
    (stroke,) = choose(nodes, [claim(1, "met", "b", "a"), claim(2, "met", "a", "b")], CATALOGUE).strokes
    assert not stroke.directed


def test_around_keeps_what_is_near(graph: KnowledgeGraph):
    near = {dot.name for dot in picture_of(graph, around="Pesk").dots}
    assert near == {"Goran Pesk", "Mara Ilves", "Sudria"}
    assert len(picture_of(graph, around="Goran Pesk", hops=2).dots) > len(near)


def test_relations_can_be_chosen_by_name_and_by_family(graph: KnowledgeGraph):
    assert {label for s in picture_of(graph, relations=["visited"]).strokes for label in s.labels} == {"visited"}
    family = CATALOGUE.relations["met"].family
    chosen = {label for s in picture_of(graph, relations=[family]).strokes for label in s.labels}
    assert "met" in chosen
    assert "leads" not in chosen


def test_values_are_not_drawn():
    picture = choose([Node("a", "Person", "Ana")], [claim(1, "bornOn", "a", Value("1999", "xsd:gYear"))], CATALOGUE)
    assert picture == Picture((), (), 0, 0, 0)


def test_above_the_limit_the_important_stay_and_the_rest_is_counted():
    nodes, claims = some_graph(200, 260, 7)
    picture = choose(nodes, claims, CATALOGUE)
    assert len(picture.dots) <= 60
    assert len(picture.dots) + picture.left_out == 200
    footer = " ".join(words(figure(picture, CATALOGUE), "footer"))
    assert f"{picture.left_out} less important entities are left out" in footer
    evidence = {n.id: sum(len(c.evidence) for c in claims if n.id in (c.subject, c.object)) for n in nodes}
    assert {dot.id for dot in picture.dots} >= set(sorted(evidence, key=lambda n: -evidence[n])[:30])
    linked = {end for s in picture.strokes for end in (s.source, s.target)}
    assert linked == set(range(len(picture.dots)))


def test_an_empty_graph_says_so():
    drawn = figure(choose([], [], CATALOGUE), CATALOGUE, title="Nothing")
    assert words(drawn, "empty") == ["No relations to draw."]
    assert render(drawn, "png")


@pytest.mark.parametrize("name", ["$x_1^2$ \\frac", "<b>&amp;", "a\u202eb\x1b[31m", "김정은", "👩‍🚀 crew", "W" * 300, "line\nbreak\r\ttab", " ", "\ud800"])
def test_hostile_names_are_drawn_as_text(name: str):
    picture = choose([Node("a", "Person", name), Node("b", "Person", "Boris")], [claim(1, "met", "a", "b")], CATALOGUE)
    drawn = figure(picture, CATALOGUE, title=name, source=name)
    assert ET.fromstring(render(drawn, "svg")) is not None
    assert render(drawn, "png").startswith(b"\x89PNG")


def test_a_whole_graph_with_a_hostile_name_is_drawn():
    assert "$5 $bill" in "".join(ET.fromstring(draw(assemble([named("$5 $bill")]), "svg")).itertext())


def test_unknown_names_are_answered_with_near_ones(graph: KnowledgeGraph):
    with pytest.raises(UnknownEntity, match="Mara Ilves"):
        draw(graph, around="Mara Elves")
    with pytest.raises(InputError, match="no relation is called 'visits'; near it: visited"):
        draw(graph, relations=["visits"])


def test_every_class_and_status_has_its_own_look():
    signs = [sign_of(name, CATALOGUE) for name in CATALOGUE.classes]
    assert len(set(signs)) == len(signs)
    assert len({(pen.dashes, pen.crossed) for pen in PENS.values()}) == len(PENS)
