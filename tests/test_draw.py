"""Diagrams: nothing lies over anything else, nothing is cut off, and the same graph gives the same picture."""

import random
import subprocess
import sys
import xml.etree.ElementTree as ET
from dataclasses import replace
from datetime import date
from functools import cache
from itertools import combinations
from pathlib import Path

import numpy as np
import pytest
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.lines import Line2D
from matplotlib.text import Text
from matplotlib.transforms import Bbox

from graphbuild.catalogue import load_catalogue
from graphbuild.draw import KINDS, Kind, draw, draw_all, picture_of
from graphbuild.draw.figure import figure
from graphbuild.draw.layout import Box, Line, place
from graphbuild.draw.matrix import cross_table, matrix_figure
from graphbuild.draw.picture import Picture, choose
from graphbuild.draw.sheet import render
from graphbuild.draw.signs import PENS, SIGNS, sign_of
from graphbuild.draw.timeline import TICKS, chronicle, ticks, timeline_figure
from graphbuild.errors import InputError, UnknownEntity
from graphbuild.graph import KnowledgeGraph, assemble
from graphbuild.records import Claim, Evidence, Node, Span, Time, Value
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
    "sixty, crowded": some_graph(60, 130, 8),
    "fifty around a hub": some_graph(50, 75, 10, hub=True),
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


@cache
def shaped(shape: str) -> tuple[Picture, Figure]:
    """The picture of an invented graph, and its figure: placing sixty entities takes seconds."""
    picture = choose(*SHAPES[shape], CATALOGUE)
    return picture, figure(picture, CATALOGUE, title="A title that says what this is", source="invented reports of the year 2031")


@pytest.mark.parametrize("shape", SHAPES)
def test_no_text_lies_over_another_or_runs_out_of_the_picture(shape: str):
    picture, drawn = shaped(shape)
    apart_and_inside(drawn)
    assert len(words(drawn, "name")) >= len(picture.dots)


def apart_and_inside(drawn: Figure) -> None:
    """Measure the boxes of all texts: none lies over another or runs out of the picture."""
    boxes, page = texts(drawn), drawn.bbox
    assert [(a.get_text(), b.get_text()) for (a, left), (b, right) in combinations(boxes, 2) if _area(left, right) > 2.0] == []
    assert [artist.get_text() for artist, box in boxes if box.x0 < 0 or box.y0 < 0 or box.x1 > page.width or box.y1 > page.height] == []


def _area(left: Bbox, right: Bbox) -> float:
    """Shared area in pixels."""
    shared = Bbox.intersection(left, right)
    return 0.0 if shared is None else shared.width * shared.height


@pytest.mark.parametrize("shape", SHAPES)
def test_no_text_lies_over_a_marker(shape: str):
    _, drawn = shaped(shape)
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


def test_no_display_is_needed(tmp_path: Path):
    program = "from graphbuild.graph import assemble; from tests.documents import both; print(len(assemble(both()).draw('png').data))"
    environment = {"MPLBACKEND": "TkAgg", "MPLCONFIGDIR": str(tmp_path), "PATH": ""}
    done = subprocess.run([sys.executable, "-c", program], env=environment, cwd=Path(__file__).parent.parent, capture_output=True, text=True, check=False)
    assert done.stderr == ""
    assert int(done.stdout) > 10_000


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


def presidents() -> tuple[list[Node], list[Claim]]:
    """Two strangers who hold an office of one name, each of another country; one of them once more, as denied."""
    people = [Node("a", "Person", "Ana"), Node("b", "Person", "Boris"), Node("c", "Country", "Chad"), Node("d", "Country", "Denmark")]
    told = [claim(1, "holdsPosition", "a", "p", theme="c"), claim(2, "holdsPosition", "b", "p", theme="d"), claim(3, "leads", "a", "c")]
    return [*people, Node("p", "Position", "President")], [*told, claim(4, "holdsPosition", "a", "p", theme="c", polarity="negative")]


def test_an_office_ties_no_strangers_together():
    nodes, claims = presidents()
    picture = choose(nodes, claims, CATALOGUE)
    lines = {(picture.dots[s.source].name, picture.dots[s.target].name, s.status) for s in picture.strokes}
    assert lines == {
        ("Ana", "Chad", "asserted"),
        ("Ana", "President (Chad)", "asserted"),
        ("Ana", "President (Chad)", "denied"),
        ("Boris", "President (Denmark)", "asserted"),
    }
    assert picture.left_out == 0
    near = choose(nodes, claims, CATALOGUE, around="a", hops=3)
    assert {dot.name for dot in near.dots} == {"Ana", "Chad", "President (Chad)"}


def test_an_office_that_is_asked_for_has_all_its_holders():
    picture = choose(*presidents(), CATALOGUE, around="p")
    assert {dot.name for dot in picture.dots} == {"Ana", "Boris", "President"}


def test_an_office_whose_holders_speak_for_it_stays_beside_them():
    nodes, claims = presidents()
    picture = choose(nodes, [*claims, claim(5, "condemned", "p", "d")], CATALOGUE)
    assert sorted(dot.name for dot in picture.dots if dot.type == "Position") == ["President", "President (Chad)", "President (Denmark)"]


@pytest.mark.parametrize("shape", SHAPES)
def test_a_denied_line_shows_its_cross(shape: str):
    _, drawn = shaped(shape)
    (axes,) = drawn.axes
    crosses = [line for line in axes.lines if line.get_marker() == "x"]
    assert len(crosses) == words(drawn, "legend").count("denied") + sum(stroke.status == "denied" for stroke in shaped(shape)[0].strokes)
    for mark in crosses:
        x, y = axes.transData.transform((mark.get_xdata()[0], mark.get_ydata()[0]))
        assert not [artist.get_text() for artist, box in texts(drawn, "label") if box.contains(x, y)]


@pytest.mark.parametrize("shape", SHAPES)
def test_lines_begin_and_end_at_a_marker_or_a_name(shape: str):
    _, drawn = shaped(shape)
    (axes,) = drawn.axes
    ends = [axes.transData.transform(line.get_xydata()[[0, -1]]) for line in axes.lines if line.get_marker() == "None" and len(line.get_xdata()) > 2]
    points = {(line.get_xdata()[0], line.get_ydata()[0]): line.get_markersize() for line in axes.lines if line.get_marker() not in ("None", "x", None)}
    scale = drawn.dpi / 72
    names = [box for _, box in texts(drawn, "name")]
    assert ends
    for x, y in np.concatenate(ends):
        at_marker = min(np.hypot(*(axes.transData.transform(centre) - (x, y))) - size * scale / 2 for centre, size in points.items())
        at_name = min(max(box.x0 - x, x - box.x1, box.y0 - y, y - box.y1) for box in names)
        assert min(at_marker, at_name) < 6.5 * scale


def test_components_are_packed_side_by_side():
    chains = [Line(3 * i + j, 3 * i + j + 1, Box(30, 10)) for i in range(9) for j in range(2)]
    layout = place([Box(40, 20)] * 27, chains)
    covered = 27 * 40 * 20 + 18 * 30 * 10
    assert layout.width * layout.height < 9 * covered
    assert 0.5 < layout.width / layout.height < 4


def test_values_are_not_drawn():
    picture = choose([Node("a", "Person", "Ana")], [claim(1, "bornOn", "a", Value("1999", "xsd:gYear"))], CATALOGUE)
    assert picture == Picture((), (), 0, 0, 0)


def test_above_the_limit_the_important_stay_and_the_rest_is_counted():
    made, claims = some_graph(200, 260, 7)
    nodes = [replace(node, type="Country") if node.type == "Position" else node for node in made]  # a position has a dot for each holder
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


# Timeline and matrix -----------------------------------------------------------------------------------------------------------


def happenings(count: int, seed: int, *, days: int) -> tuple[dict[str, Node], list[Claim]]:
    """Invented events of all statuses over a number of days; every third is as long as a month, every tenth has an open end."""
    nodes, claims = some_graph(12, count, seed)
    first = date(2030, 1, 30).toordinal()
    dice = random.Random(seed)
    dated = []
    for number, told in enumerate(claims):
        start = date.fromordinal(first + dice.randrange(days)).isoformat()
        time = Time(start[:7], start[:7], "month", "explicit") if number % 3 == 0 else Time(start, None if number % 10 == 1 else start, "day", "explicit")
        dated.append(replace(told, event=f"v{number}", time=time))
    return {node.id: node for node in nodes}, dated


@pytest.mark.parametrize("days", [1, 40, 400, 4000, 200_000])
@pytest.mark.parametrize("count", [1, 60])
def test_a_timeline_has_no_text_over_another(days: int, count: int):
    timeline = chronicle(*happenings(count, days, days=days), CATALOGUE)
    drawn = timeline_figure(timeline, CATALOGUE, title="What happened when, told in a title that is long enough to break", source="invented reports")
    assert len(words(drawn, "event")) == len(words(drawn, "date")) == len(timeline.rows) > 0
    assert 1 <= len(words(drawn, "tick")) <= TICKS
    apart_and_inside(drawn)


def test_a_timeline_is_in_order_of_time_and_counts_what_it_leaves_out():
    nodes, claims = happenings(90, 3, days=300)
    yearless = Time("--11-17", "--11-17", "day", "explicit")
    undated = [replace(claims[0], id="undated", event="u", time=None), replace(claims[1], id="yearless", event="y", time=yearless)]
    timeline = chronicle(nodes, [*claims, *undated], CATALOGUE, limit=50)
    starts = [row.start for row in timeline.rows]
    assert starts == sorted(starts)
    assert (len(timeline.rows), timeline.undated, timeline.left_out) == (50, 2, 40)
    footer = " ".join(words(timeline_figure(timeline, CATALOGUE), "footer"))
    assert "Left out: 2 events without a date; 40 with fewer sources" in footer
    kept = min(row.sources for row in timeline.rows)
    assert kept >= sorted((len(c.evidence) for c in claims), reverse=True)[49]


def test_claims_of_one_event_share_a_row():
    nodes = {n.id: n for n in (Node("a", "Person", "Ana"), Node("b", "Person", "Boris"), Node("c", "Person", "Chen"), Node("p", "City", "Port Selby"))}
    at = {"event": "v", "time": Time("2031-03-04", "2031-03-04", "day", "explicit"), "place": "p"}
    rows = chronicle(nodes, [claim(1, "met", "a", "b", **at), claim(2, "met", "a", "c", **at), claim(3, "met", "b", "c", **at)], CATALOGUE).rows
    assert [(row.words, row.when) for row in rows] == [("Ana met Boris and Chen, Port Selby", "2031-03-04")]
    rows = chronicle(nodes, [claim(1, "visited", "a", "p", **at), claim(2, "visited", "b", "p", **at)], CATALOGUE).rows
    assert [row.words for row in rows] == ["Ana and Boris visited Port Selby"]


def test_what_is_denied_has_a_row_of_its_own(graph: KnowledgeGraph):
    nodes = {n.id: n for n in (Node("a", "Person", "Ana"), Node("b", "Person", "Boris"))}
    at = {"event": "v", "time": Time("2031", "2031", "year", "explicit")}
    rows = chronicle(nodes, [claim(1, "met", "a", "b", **at), claim(2, "met", "a", "b", polarity="negative", **at)], CATALOGUE).rows
    assert sorted(row.status for row in rows) == ["asserted", "denied"]


def test_ticks_are_few_and_round():
    for first, last in ((1, 3_652_059), (700_000, 700_000), (730_000, 730_003), (730_000, 730_300), (700_000, 740_000)):
        found = ticks(first, last)
        assert 1 <= len(found) <= TICKS
        assert all(first <= day <= last and date.fromordinal(day).isoformat().startswith(label) for day, label in found)


def test_few_that_lie_far_off_do_not_squeeze_the_others():
    nodes, claims = happenings(40, 5, days=300)
    far = replace(claims[0], id="far", event="far", time=Time("1789", "1789", "year", "explicit"))
    timeline = chronicle(nodes, [*claims, far], CATALOGUE)
    assert all(label.startswith("20") for label in words(timeline_figure(timeline, CATALOGUE), "tick"))


@pytest.mark.parametrize(("nodes", "claims"), [(2, 1), (12, 40), (60, 200)])
def test_a_matrix_has_no_text_over_another(nodes: int, claims: int):
    made, told = some_graph(nodes, claims, 9)
    matrix = cross_table({n.id: n for n in made}, told, CATALOGUE, everything=True)
    drawn = matrix_figure(matrix, CATALOGUE, title="Who and whom", source="invented reports")
    assert (len(words(drawn, "row")), len(words(drawn, "column")), len(words(drawn, "count"))) == (len(matrix.rows), len(matrix.columns), len(matrix.cells))
    apart_and_inside(drawn)


def test_a_matrix_counts_who_does_what_to_whom():
    nodes = {n.id: n for n in (Node("a", "Person", "Ana"), Node("b", "Person", "Boris"), Node("c", "Country", "Chad"), Node("p", "City", "Port Selby"))}
    told = [claim(1, "met", "a", "b"), claim(2, "leads", "a", "c", polarity="negative")]
    told += [claim(3, "visited", "a", "c", modality="planned"), claim(4, "visited", "b", "p")]

    def cells(**options: bool) -> dict[tuple[str, str], tuple[int, str]]:
        matrix = cross_table(nodes, told, CATALOGUE, **options)
        return {(matrix.rows[c.row].name, matrix.columns[c.column].name): (c.facts, c.status) for c in matrix.cells}

    actors = {("Ana", "Boris"): (1, "asserted"), ("Boris", "Ana"): (1, "asserted"), ("Ana", "Chad"): (2, "planned")}
    assert cells() == actors
    assert cells(everything=True) == actors | {("Boris", "Port Selby"): (1, "asserted")}


def test_a_matrix_shows_a_denial_among_asserted_facts():
    nodes = {n.id: n for n in (Node("a", "Person", "Ana"), Node("c", "Country", "Chad"))}
    told = [claim(1, "visited", "a", "c"), claim(2, "leads", "a", "c", polarity="negative")]
    matrix = cross_table(nodes, told, CATALOGUE)
    assert [(c.facts, c.status, c.denied) for c in matrix.cells] == [(2, "asserted", True)]
    drawn = matrix_figure(matrix, CATALOGUE)
    assert set(words(drawn, "legend")) == {"person", "country", "asserted", "denied"}
    assert [line.get_marker() for line in drawn.axes[0].lines].count("x") == 2  # in the cell and in the legend
    assert not cross_table(nodes, told[:1], CATALOGUE).cells[0].denied


def test_a_large_matrix_keeps_who_is_in_most_facts():
    made, told = some_graph(80, 300, 11)
    matrix = cross_table({n.id: n for n in made}, told, CATALOGUE, everything=True, limit=20)
    assert len(matrix.rows) <= 20
    assert len(matrix.columns) <= 20
    ends = {end for c in told for end in (c.subject, c.object)}
    assert matrix.left_out == len(ends - {n.id for n in (*matrix.rows, *matrix.columns)}) > 0
    assert f"{matrix.left_out} less important entities" in " ".join(words(matrix_figure(matrix, CATALOGUE), "footer"))


@pytest.mark.parametrize("kind", KINDS)
def test_every_kind_is_drawn_the_same_each_time(graph: KnowledgeGraph, kind: Kind):
    assert draw(graph, "svg", kind=kind) == draw(assemble(reversed(both())), "svg", kind=kind)
    shown = "".join(ET.fromstring(draw(graph, "svg", kind=kind, around="Pesk", relations=["met"])).itertext())
    assert "Pesk" in shown
    assert "Sudria" not in shown


@pytest.mark.parametrize("kind", KINDS)
def test_every_kind_of_an_empty_graph_says_so(kind: Kind):
    shown = "".join(ET.fromstring(draw(assemble([]), "svg", kind=kind)).itertext())
    assert "to draw." in shown


@pytest.mark.parametrize("kind", KINDS)
def test_every_kind_shows_hostile_names_as_text(kind: Kind):
    said = assemble([named("<b>$5 $bill & co")])
    told = replace(said, told=tuple(replace(t, claim=replace(t.claim, event="v", time=Time("2031", "2031", "year", "explicit"))) for t in said.told))
    assert "<b>$5 $bill & co" in "".join(ET.fromstring(draw(told, "svg", kind=kind)).itertext())


def test_a_page_is_a_network_and_kinds_are_known(graph: KnowledgeGraph):
    with pytest.raises(InputError, match="a page cannot be a 'matrix'"):
        draw(graph, "html", kind="matrix")
    with pytest.raises(InputError, match=r"a picture cannot be a 'tree'; .* network, timeline, matrix"):
        draw(graph, "png", kind="tree")
