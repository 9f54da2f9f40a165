"""The page that explores a graph: what is in its file, and what a browser makes of it."""

import csv
import io
import json
import re
import signal
import subprocess
import sys
import xml.etree.ElementTree as ET
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from graphbuild.draw import draw
from graphbuild.draw.page import page
from graphbuild.draw.payload import days, payload
from graphbuild.draw.spread import spread
from graphbuild.graph import KnowledgeGraph, assemble
from graphbuild.records import Extraction, Time
from graphbuild.store import write_build
from tests.documents import Told, both, named

pytest_plugins = ["tests.browser"]

HOSTILE = [
    '<img src=x onerror="window.hacked=1">',
    "</script><script>window.hacked=1</script>",
    "\"';--><svg onload=window.hacked=1> & {{x}}",
    "\u202enimdA\u202c \u200fX",
]


def emoji() -> Extraction:
    """A document in which characters of two UTF-16 units stand before, in and after the names."""
    said = "Today Ana Dembele\U0001f600 met Boris Lindqvist in Port Selby \U0001f44d."
    told = Told("emoji", f"\U0001f600\U0001f680 Talks! \U0001f1eb\U0001f1f7 {said} Nothing else.", "2031-03-07")
    told.entity("a", "Person", "Ana Dembele")
    told.entity("b", "Person", "Boris Lindqvist")
    told.entity("c", "City", "Port Selby")
    told.say("a", "met", "b", said, place="c", time="2031-03-07")
    marks = (("subject", told.span("Ana Dembele")), ("object", told.span("Boris Lindqvist")), ("trigger", told.span("met")))
    done = told.done()
    (statement,) = done.statements
    (evidence,) = statement.evidence
    place = (("place", told.span("Port Selby")),)
    return replace(done, statements=(replace(statement, evidence=(replace(evidence, roles=marks, cues=place),)),))


@pytest.fixture(scope="module")
def graph() -> KnowledgeGraph:
    return assemble([*both(), emoji()])


def whole(graph: KnowledgeGraph) -> dict[str, Any]:
    return payload(graph, graph.listed, "Title", "Source")


def cut(text: str, start: int, end: int) -> str:
    """What JavaScript's slice returns."""
    return text.encode("utf-16-le")[2 * start : 2 * end].decode("utf-16-le")


def test_every_offset_counts_as_javascript_does(graph: KnowledgeGraph):
    data = whole(graph)
    quotes = {(e.document, e.span.start, e.span.end): e.quote for c in graph.listed for e in c.evidence}
    for fact in data["facts"]:
        for evidence in fact["evidence"]:
            passage = data["passages"][evidence["passage"]]
            document = data["documents"][passage["document"]]["id"]
            assert cut(passage["text"], *evidence["quote"]) == quotes[document, evidence["start"], evidence["end"]]
    (fact,) = [fact for fact in data["facts"] if data["nodes"][fact["subject"]]["name"] == "Ana Dembele"]
    evidence = fact["evidence"][0]
    marked = {kind: cut(data["passages"][evidence["passage"]]["text"], a, b) for kind, a, b in evidence["marks"]}
    assert marked == {"subject": "Ana Dembele", "object": "Boris Lindqvist", "trigger": "met", "place": "Port Selby"}


def test_marks_follow_the_ends_of_the_claim_where_the_sentence_turns_them():
    said = "Zoe Zimmer met Ada Brook."
    told = Told("turned", said)
    told.entity("z", "Person", "Zoe Zimmer")
    told.entity("a", "Person", "Ada Brook")
    told.say("z", "met", "a", said)
    done = told.done()
    evidence = replace(done.statements[0].evidence[0], roles=(("subject", told.span("Zoe Zimmer")), ("object", told.span("Ada Brook"))))
    data = whole(assemble([replace(done, statements=(replace(done.statements[0], evidence=(evidence,)),))]))
    (fact,) = data["facts"]
    assert data["nodes"][fact["subject"]]["name"] == "Ada Brook"
    marks = {kind: cut(said, start, end) for kind, start, end in fact["evidence"][0]["marks"]}
    assert marks == {"subject": "Ada Brook", "object": "Zoe Zimmer"}


def test_an_office_has_a_node_for_each_holder():
    said = "President Ana Dembele met President Boris Lindqvist."
    told = Told("offices", said)
    for name, kind, words in (("a", "Person", "Ana Dembele"), ("b", "Person", "Boris Lindqvist"), ("p", "Position", "President")):
        told.entity(name, kind, words)
    told.say("a", "holdsPosition", "p", said)
    told.say("b", "holdsPosition", "p", said)
    graph = assemble([told.done()])
    data = whole(graph)
    ends = [data["nodes"][fact["object"]] for fact in data["facts"]]
    assert [end["id"] for end in ends] == [graph.node("President").id] * 2
    assert ends[0] is not ends[1]
    assert (ends[0]["x"], ends[0]["y"]) != (ends[1]["x"], ends[1]["y"])
    assert len(payload(graph, graph.listed, "Title", "Source", whole=graph.node("President").id)["nodes"]) == 3


def test_long_documents_are_cut_to_what_stands_around_the_sentences():
    told = Told("long", "Filler words here. " * 500 + "Ana Dembele met Boris Lindqvist. " + "More filler words. " * 500)
    told.entity("a", "Person", "Ana Dembele")
    told.entity("b", "Person", "Boris Lindqvist")
    told.say("a", "met", "b", "Ana Dembele met Boris Lindqvist.")
    (passage,) = whole(assemble([told.done()]))["passages"]
    assert "Ana Dembele met Boris Lindqvist." in passage["text"]
    assert 500 < len(passage["text"]) < 800


def test_a_build_without_texts_shows_the_quotation():
    bare = [replace(x, document=replace(x.document, text="")) for x in both()]
    data = whole(assemble(bare))
    assert data["passages"]
    assert not any(passage["whole"] for passage in data["passages"])
    assert "Ardeni leads Sudria." in [passage["text"] for passage in data["passages"]]


@pytest.mark.parametrize(
    ("time", "expected"),
    [
        (None, None),
        (("2024-02", "2024-02"), ["2024-02-01", "2024-02-29"]),
        (("2023", "2023"), ["2023-01-01", "2023-12-31"]),
        (("2023-02-01", None), ["2023-02-01", None]),
        (("--11-17", "--11-17"), None),
    ],
)
def test_times_become_days(time: tuple[str, str | None] | None, expected: list[str | None] | None):
    found = days(Time(*time, "day", "explicit") if time else None)
    assert (found and [day and date.fromordinal(day).isoformat() for day in found]) == expected


def test_places_are_the_same_each_time_and_none_lies_on_another():
    lines = [(i // 2, i) for i in range(1, 300)] + [(i, (i * 7) % 300) for i in range(100)]
    first, second = spread(320, lines), spread(320, lines)
    assert (first == second).all()
    distances = np.linalg.norm(first[:, None] - first[None], axis=2) + np.eye(320)
    assert distances.min() > 0.3
    linked = np.mean([distances[a, b] for a, b in lines if a != b])
    assert linked < 0.5 * distances.mean()


@pytest.mark.parametrize("count", [0, 1, 2, 3])
def test_small_graphs_have_places(count: int):
    assert spread(count, [(0, 0)] if count else []).shape == (count, 2)


def test_the_same_graph_gives_the_same_bytes(graph: KnowledgeGraph):
    made = page(graph, title="T", source="S")
    assert made == page(assemble([emoji(), *reversed(both())]), title="T", source="S")


def test_nothing_in_the_file_leads_elsewhere(graph: KnowledgeGraph):
    text = page(graph, title="T", source="S").decode()
    assert "default-src 'none'" in text
    assert "unsafe" not in re.search(r'Content-Security-Policy" content="([^"]+)"', text)[1]  # type: ignore[index]
    assert not re.search(r'<(?:script|link|img|iframe)[^>]+(?:src|href)="(?!data:)', text)


def test_part_of_the_graph(graph: KnowledgeGraph):
    def shown(**options: Any) -> list[str]:
        text = draw(graph, "html", **options).decode()
        data = json.loads(re.search(r'id="data">(.*?)</script>', text)[1])  # type: ignore[index]
        return [fact["relation"] for fact in data["facts"]]

    assert set(shown(relations=["met", "visited"])) == {"met", "visited"}
    assert 0 < len(shown(around="Goran Pesk")) < len(shown())


# In the browser ---------------------------------------------------------------------------------------------------------------


class Opened:
    """A page in a browser, with what it complained of and what it asked for."""

    def __init__(self, tab: Any, file: Path) -> None:
        self.tab, self.complaints, self.requests = tab, [], []
        tab.on("console", lambda message: self.complaints.append(message.text) if message.type in ("error", "warning") else None)
        tab.on("pageerror", lambda error: self.complaints.append(str(error)))
        tab.on("request", lambda request: self.requests.append(request.url))
        tab.goto(file.as_uri())
        tab.wait_for_function("document.querySelector('#canvas').__zoom")
        self.data = json.loads(tab.locator("#data").text_content())

    def at(self, x: float, y: float) -> None:
        """Click on a place of the graph's own plane."""
        box = self.tab.locator("#canvas").bounding_box()
        k, dx, dy = self.tab.evaluate("(({k, x, y}) => [k, x, y])(document.querySelector('#canvas').__zoom)")
        self.tab.mouse.click(box["x"] + x * k + dx, box["y"] + y * k + dy)

    def node(self, name: str) -> dict[str, Any]:
        return next(node for node in self.data["nodes"] if node["name"] == name)

    def find(self, words: str) -> None:
        self.tab.fill("#search", words)
        self.tab.press("#search", "Enter")

    def facts(self) -> int:
        """How many facts are shown, as the page says."""
        return int(re.search(r"([\d,]+) facts? of", self.tab.locator("#count").text_content())[1].replace(",", ""))  # type: ignore[index]

    def saved(self, kind: str) -> bytes:
        with self.tab.expect_download() as download:
            self.tab.click("#export summary")
            self.tab.click(f"[data-export={kind}]")
        return Path(download.value.path()).read_bytes()


Open = Callable[..., Opened]


@pytest.fixture
def opened(browser: Any, tmp_path: Path) -> Iterator[Open]:
    pages: list[Opened] = []

    def open_page(graph: KnowledgeGraph, width: int = 1280, height: int = 800, scheme: str = "light") -> Opened:
        file = tmp_path / f"graph{len(pages)}.html"
        file.write_bytes(page(graph, title="Title", source="Source"))
        context = browser.new_context(viewport={"width": width, "height": height}, color_scheme=scheme, accept_downloads=True)
        pages.append(Opened(context.new_page(), file))
        return pages[-1]

    yield open_page
    for shown in pages:
        shown.tab.context.close()
        assert shown.complaints == []
        assert [url for url in shown.requests if not url.startswith(("file:", "data:", "blob:"))] == []


def test_search_opens_the_card(opened: Open, graph: KnowledgeGraph):
    shown = opened(graph)
    shown.find("ilves")
    card = shown.tab.locator("#card")
    assert card.locator("h2").text_content() == "Mara Ilves"
    assert "M. Ilves" in card.text_content()
    assert "holds position Foreign Minister 2031-03-05" in card.locator("h3:text('Positions over time') + ul").text_content()


def test_search_finds_nothing_and_says_so(opened: Open, graph: KnowledgeGraph):
    shown = opened(graph)
    shown.tab.fill("#search", "zzz")
    assert shown.tab.locator("#found").text_content() == "Nothing found"


def test_a_click_on_a_line_shows_the_sentence_with_its_ends(opened: Open, graph: KnowledgeGraph):
    shown = opened(graph)
    a, b = shown.node("Ana Dembele"), shown.node("Boris Lindqvist")
    shown.at((a["x"] + b["x"]) / 2, (a["y"] + b["y"]) / 2)
    card = shown.tab.locator("#card")
    quoted = ["Today ", "Ana Dembele", "\U0001f600 ", "met", " ", "Boris Lindqvist", " in ", "Port Selby", " \U0001f44d."]
    assert card.locator("blockquote .quote").all_text_contents() == quoted
    marks = {kind: card.locator(f"blockquote mark.{kind}").all_text_contents() for kind in ("subject", "object", "trigger", "cue")}
    assert marks == {"subject": ["Ana Dembele"], "object": ["Boris Lindqvist"], "trigger": ["met"], "cue": ["Port Selby"]}
    assert card.locator("blockquote").text_content().endswith("Nothing else.")
    assert "emoji · 2031-03-07 · met.active" in card.locator("figcaption").text_content()
    assert card.locator("dl").text_content().startswith("statusasserted")


def test_a_click_on_a_node_opens_its_card(opened: Open, graph: KnowledgeGraph):
    shown = opened(graph)
    node = shown.node("Goran Pesk")
    shown.at(node["x"], node["y"])
    assert shown.tab.locator("#card h2").text_content() == "Goran Pesk"


def test_a_reported_fact_names_its_speaker(opened: Open, graph: KnowledgeGraph):
    shown = opened(graph)
    shown.find("pesk attacked")
    rows = shown.tab.locator("#card dl").text_content()
    assert "statusreported" in rows
    assert "speakerTomas Ardeni" in rows


def at_a_country(fact: dict[str, Any], data: dict[str, Any]) -> bool:
    return any(isinstance(end, int) and data["nodes"][end]["type"] == "Country" for end in (fact["subject"], fact["object"]))


@pytest.mark.parametrize(
    ("take_away", "lost"),
    [
        ("input[value=denied]", lambda fact, data: fact["status"] == "denied"),
        ("input[value=met]", lambda fact, data: fact["relation"] == "met"),
        ("input[value=Country]", at_a_country),
    ],
    ids=["status", "relation", "class"],
)
def test_filters_take_facts_away(opened: Open, graph: KnowledgeGraph, take_away: str, lost: Callable[[Any, Any], bool]):
    shown = opened(graph)
    gone = sum(lost(fact, shown.data) for fact in shown.data["facts"])
    before = shown.facts()
    assert gone
    assert before == len(graph.listed)
    shown.tab.uncheck(f"#filters {take_away}")
    assert shown.facts() == before - gone
    shown.tab.click("#reset")
    assert shown.facts() == before


def test_filter_by_document_and_confidence(opened: Open, graph: KnowledgeGraph):
    shown = opened(graph)
    shown.tab.select_option("#document", label="emoji (2031-03-07)")
    assert shown.facts() == 1
    shown.tab.select_option("#document", value="")
    shown.tab.locator("#confidence").fill("1")
    assert shown.facts() == 0
    assert "No fact passes" in shown.tab.locator("#empty").text_content()


def test_the_time_slider(opened: Open, graph: KnowledgeGraph):
    shown = opened(graph)
    shown.tab.uncheck("#undated")
    dated = [claim.time for claim in graph.listed if days(claim.time)]
    assert shown.facts() == len(dated)
    shown.tab.focus("#from")
    shown.tab.keyboard.press("End")
    assert shown.tab.locator("#span").text_content() == "2031-03-07 to 2031-03-07"
    assert shown.facts() == 1


def test_both_ends_of_the_time_slider_can_be_dragged(opened: Open, graph: KnowledgeGraph):
    shown = opened(graph)
    box = shown.tab.locator("#from").bounding_box()
    left, right, y = box["x"] + 8, box["x"] + box["width"] - 8, box["y"] + box["height"] / 2

    def drag(start: float, end: float) -> str:
        shown.tab.mouse.move(start, y)
        shown.tab.mouse.down()
        shown.tab.mouse.move(end, y, steps=5)
        shown.tab.mouse.up()
        return shown.tab.locator("#span").text_content()

    whole = shown.tab.locator("#span").text_content()
    first, last = whole.split(" to ")
    assert drag(left, right) == f"{last} to {last}"
    assert drag(right, left) == whole
    assert drag(right, left) == f"{first} to {first}"
    assert drag(left, right) == whole


def test_only_neighbours_expand_and_collapse(opened: Open, graph: KnowledgeGraph):
    shown = opened(graph)
    everything = shown.facts()

    def press(label: str) -> int:
        shown.tab.click(f"#card button:text-is('{label}')")
        shown.tab.locator("#filters input[value=asserted]").set_checked(True)
        shown.tab.click("[data-view=facts]")
        number = int(re.search(r"(\d+) facts? shown", shown.tab.locator("#view-facts caption").text_content())[1])  # type: ignore[index]
        shown.tab.click("[data-view=graph]")
        return number

    shown.find("pesk")
    few = press("Only neighbours")
    assert 0 < few < everything
    shown.find("ilves")
    more = press("Expand")
    assert few < more < everything
    assert few <= press("Collapse") < more


def test_the_path_between_two_nodes(opened: Open, graph: KnowledgeGraph):
    shown = opened(graph)
    shown.find("foreign minister")
    shown.tab.click("#card button:text('Path to')")
    shown.find("sudria")
    card = shown.tab.locator("#card")
    assert card.locator("h2").text_content() == "Path of 2 steps"
    assert card.locator(".kind").text_content() == "Foreign Minister – Mara Ilves – Sudria"
    shown.find("foreign minister")
    shown.tab.click("#card button:text('Path to')")
    shown.find("boris")
    assert "No path" in shown.tab.locator("#hint").text_content()


def test_a_large_graph_can_be_moved_and_still_be_clicked(opened: Open):
    names = [f"Name{i:03}" for i in range(300)]
    pairs = sorted({tuple(sorted((i, (i * k + 1) % 300))) for i in range(300) for k in (2, 3, 5, 7)})
    told = Told("large", " ".join(f"{names[a]} met {names[b]}." for a, b in pairs))
    for name in names:
        told.entity(name, "Person", name)
    for a, b in pairs:
        told.say(names[a], "met", names[b], f"{names[a]} met {names[b]}.")
    assert len(pairs) > 800  # from here on the page moves a photo of the graph
    shown = opened(assemble([told.done()]))
    shown.tab.mouse.move(700, 400)
    shown.tab.mouse.down()
    shown.tab.mouse.move(500, 300, steps=5)
    shown.tab.mouse.up()
    node = shown.node("Name010")
    shown.find("name010")
    shown.tab.keyboard.press("Escape")
    shown.tab.wait_for_timeout(300)
    shown.at(node["x"], node["y"])
    assert shown.tab.locator("#card h2").text_content() == "Name010"
    colours = "[...new Uint32Array(canvas.getContext('2d').getImageData(0, 0, canvas.width, canvas.height).data.buffer)]"
    shown.tab.evaluate("new Promise(shown => requestAnimationFrame(() => requestAnimationFrame(shown)))")  # a busy machine draws late
    assert shown.tab.evaluate(f"new Set({colours}).size") > 20


def test_keyboard_alone(opened: Open, graph: KnowledgeGraph):
    shown = opened(graph)
    shown.tab.focus("#canvas")
    for key in ("ArrowRight", "ArrowLeft", "+", "-", "0"):
        shown.tab.keyboard.press(key)
    named_ = shown.tab.locator("#count").text_content()
    shown.tab.keyboard.press("Enter")
    heading = shown.tab.locator("#card h2").text_content()
    assert named_.startswith(heading + ", ")
    assert shown.tab.evaluate("document.activeElement.id") == "card"
    shown.tab.keyboard.press("Escape")
    assert shown.tab.locator("#card").is_hidden()
    assert shown.tab.evaluate("document.activeElement.id") == "canvas"


def test_the_tables_say_what_the_drawing_shows(opened: Open, graph: KnowledgeGraph):
    shown = opened(graph)
    shown.tab.click("[data-view=facts]")
    assert shown.tab.locator("#view-facts tbody tr").count() == len(graph.listed)
    shown.tab.locator("#view-facts tbody button[aria-label^='Sentence']").first.click()
    assert shown.tab.locator("#card blockquote").count() >= 1
    shown.tab.click("[data-view=entities]")
    ends = {end for claim in graph.listed for end in (claim.subject, claim.object) if isinstance(end, str)}
    assert shown.tab.locator("#view-entities tbody tr").count() == len(ends)


def test_exported_facts_are_rows_of_facts_jsonl(opened: Open, graph: KnowledgeGraph):
    shown = opened(graph)
    rows = [json.loads(line) for line in shown.saved("jsonl").decode().splitlines()]
    assert rows == json.loads(json.dumps(list(graph.facts())))
    shown.tab.uncheck("#filters input[value=met]")
    table = list(csv.DictReader(io.StringIO(shown.saved("csv").decode("utf-8-sig"))))
    assert [row["id"] for row in table] == [claim.id for claim in graph.listed if claim.relation != "met"]


def test_exported_pictures(opened: Open, graph: KnowledgeGraph):
    shown = opened(graph)
    drawing = ET.fromstring(shown.saved("svg"))
    names = {text.text for text in drawing.iter("{http://www.w3.org/2000/svg}text")}
    assert {"Mara Ilves", "Goran Pesk", "Sudria"} <= names
    dashes = {path.get("stroke-dasharray") is not None for path in drawing.iter("{http://www.w3.org/2000/svg}path")}
    assert dashes == {True, False}
    assert shown.saved("png").startswith(b"\x89PNG")


@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_text_stays_text(opened: Open, text: str):
    shown = opened(assemble([named(text)]))
    for view in ("facts", "entities", "graph"):
        shown.tab.click(f"[data-view={view}]")
    shown.find("ada")
    shown.tab.click("#card [aria-label^='Sentence']")
    marks = re.compile("[\u200e\u200f\u202a-\u202e]")
    quoted = shown.tab.locator("#card blockquote").text_content()
    assert marks.sub("", text) in re.sub(r"U\+2[0-9A-F]{3}", "", quoted)
    assert not marks.search(shown.tab.locator("body").inner_text())
    drawing = shown.saved("svg")
    assert marks.sub("", text)[:20] in "".join(ET.fromstring(drawing).itertext())
    assert shown.tab.evaluate("window.hacked") is None
    assert shown.tab.locator("#card img, #found img, table img, main svg[onload]").count() == 0


def test_hostile_sources_stay_text(opened: Open):
    told = named("Eve")
    about = {"title": HOSTILE[0], "publisher": HOSTILE[1], "url": "javascript:window.hacked=1", "published": "2031-03-04"}
    shown = opened(assemble([replace(told, document=replace(told.document, **about))]))
    shown.find("ada")
    shown.tab.click("#card [aria-label^='Sentence']")
    caption = shown.tab.locator("#card figcaption")
    assert HOSTILE[0] in caption.text_content()
    assert HOSTILE[1] in caption.text_content()
    assert shown.tab.locator("#card figcaption a, #card img").count() == 0
    assert shown.tab.evaluate("window.hacked") is None


@pytest.mark.parametrize("width", [360, 1280])
def test_no_name_is_cut_by_the_edge_of_the_screen(opened: Open, width: int):
    told = Told("wide", "Wilhelmina Featherstonehaugh met Bartholomew Throckmorton and Ada Brook.")
    for local, name in (("a", "Wilhelmina Featherstonehaugh"), ("b", "Bartholomew Throckmorton"), ("c", "Ada Brook")):
        told.entity(local, "Person", name)
    told.say("a", "met", "b", told.text)
    told.say("a", "met", "c", told.text)
    shown = opened(assemble([told.done()]), width, 700)
    drawing = ET.fromstring(shown.saved("svg"))
    size = "(([text, style]) => { const c = document.createElement('canvas').getContext('2d'); c.font = style; return c.measureText(text).width; })"
    names = [text for text in drawing.iter("{http://www.w3.org/2000/svg}text") if text.text in {e.name for e in told.entities}]
    assert {text.text for text in names} == {e.name for e in told.entities}
    for text in names:
        half = shown.tab.evaluate(size, [text.text, text.get("style").removeprefix("font:")]) / 2
        assert half <= float(text.get("x")) <= float(drawing.get("width")) - half, text.text


def test_a_notebook_shows_it_in_a_frame(browser: Any, graph: KnowledgeGraph, tmp_path: Path):
    file = tmp_path / "notebook.html"
    file.write_text(f"<!doctype html><title>Notebook</title><body>{graph.draw('html')._repr_html_()}", encoding="utf-8")
    context = browser.new_context(accept_downloads=True)
    tab = context.new_page()
    complaints: list[str] = []
    tab.on("console", lambda message: complaints.append(message.text))
    tab.on("pageerror", lambda error: complaints.append(str(error)))
    tab.goto(file.as_uri())
    inside = tab.frame_locator("iframe")
    inside.locator("#search").fill("ilves")
    inside.locator("#search").press("Enter")
    assert inside.locator("#card h2").text_content() == "Mara Ilves"
    with tab.expect_download() as download:
        inside.locator("#export summary").click()
        inside.locator("[data-export=svg]").click()
    assert b"Mara Ilves" in Path(download.value.path()).read_bytes()
    assert complaints == []
    context.close()


def test_serve_shows_the_same_explorer(browser: Any, tmp_path: Path):
    pytest.importorskip("uvicorn", reason="needs uvicorn: pip install 'graphbuild[serve]'")
    write_build(assemble(both()), tmp_path, formats=("nquads", "turtle"))
    command = [sys.executable, "-m", "graphbuild", "serve", str(tmp_path), "--port", "0"]
    with subprocess.Popen(command, stderr=subprocess.PIPE, text=True) as process:
        address = re.search(r"http://[^ ]+/", process.stderr.readline())[0]  # type: ignore[index,union-attr]
        tab = browser.new_page()
        seen: list[str] = []
        tab.on("console", lambda message: seen.append(message.text))
        tab.on("pageerror", lambda error: seen.append(str(error)))
        tab.on("request", lambda request: seen.append(request.url) if not request.url.startswith((address, "data:", "blob:")) else None)
        tab.goto(address)
        tab.click("text=Explore it")
        tab.fill("#search", "pesk attacked")
        tab.press("#search", "Enter")
        assert "Ardeni said that Pesk attacked Sudria." in tab.locator("#card blockquote").text_content()
        tab.close()
        process.send_signal(signal.SIGINT)
    assert seen == []


def test_an_empty_graph_says_so(opened: Open):
    shown = opened(assemble([Told("nothing", "Nothing happened.").done()]))
    assert "has no facts" in shown.tab.locator("#empty").text_content()
    assert shown.tab.locator("#timeline").is_hidden()


@pytest.mark.parametrize(("width", "height", "scheme"), [(360, 740, "light"), (360, 740, "dark"), (1280, 800, "dark"), (3840, 2160, "light")])
def test_nothing_sticks_out(opened: Open, graph: KnowledgeGraph, width: int, height: int, scheme: str):
    shown = opened(graph, width, height, scheme)
    shown.find("ilves")
    assert shown.tab.evaluate("document.documentElement.scrollWidth") <= width
    outside = "[...document.querySelectorAll('header *, #timeline *, #card *')].filter(e => e.getBoundingClientRect().right > innerWidth + 1)"
    assert shown.tab.evaluate(f"{outside}.map(e => e.outerHTML)") == []
    assert shown.tab.evaluate("document.documentElement.dataset.theme") == scheme
    shown.tab.click("#theme")
    assert shown.tab.evaluate("document.documentElement.dataset.theme") != scheme


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("view", ["graph", "facts", "entities"])
def test_axe_finds_no_serious_violation(opened: Open, graph: KnowledgeGraph, scheme: str, view: str):
    axe = pytest.importorskip("axe_playwright_python.sync_playwright", reason="needs axe: pip install axe-playwright-python")
    shown = opened(graph, scheme=scheme)
    shown.find("ilves")
    shown.tab.click("#card [aria-label^='Sentence']")
    shown.tab.click(f"[data-view={view}]")
    shown.tab.click("#export summary")
    found = axe.Axe().run(shown.tab).response["violations"]
    assert [(v["id"], [node["html"] for node in v["nodes"]]) for v in found if v["impact"] in ("serious", "critical")] == []
