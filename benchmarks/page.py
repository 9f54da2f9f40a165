"""How fast the page of a large graph is drawn and moved, in a headless Chromium that draws by software.

Usage: python benchmarks/page.py [--write]; with --write the figures go to benchmarks/results/page.json.
"""

import argparse
import json
import os
import random
import shutil
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

from graphbuild.draw.page import page
from graphbuild.graph import KnowledgeGraph, assemble
from graphbuild.records import Document, Entity, Evidence, Extraction, Mention, Span, Statement

RESULTS = Path(__file__).parent / "results" / "page.json"
NODES, LINES = 2000, 5000
SCREEN = {"width": 1280, "height": 800}
CLASSES = ("Person", "Country", "Organization", "City", "MilitaryForce")
STAMP = "addEventListener('DOMContentLoaded', () => requestAnimationFrame(() => requestAnimationFrame(() => (window.drawn = performance.now()))))"
PAN = """async () => {
  const canvas = document.getElementById("canvas");
  const mouse = (type, x, y, buttons) => new MouseEvent(type, { bubbles: true, cancelable: true, view: window, clientX: x, clientY: y, buttons });
  canvas.dispatchEvent(mouse("mousedown", 700, 400, 1));
  const frames = [];
  const start = performance.now();
  let last = start;
  await new Promise((done) => {
    const frame = () => {
      const now = performance.now();
      frames.push(now - last);
      last = now;
      if (now - start > 5000) return done();
      const at = (now - start) / 1000;
      window.dispatchEvent(mouse("mousemove", 700 + 250 * Math.sin(2 * at), 400 + 150 * Math.sin(3 * at), 1));
      requestAnimationFrame(frame);
    };
    requestAnimationFrame(frame);
  });
  window.dispatchEvent(mouse("mouseup", 700, 400, 0));
  return frames.slice(1);
}"""


def invented() -> KnowledgeGraph:
    """A graph of 2,000 nodes and 5,000 lines between them, some nodes with very many."""
    dice = random.Random(7)
    pairs = {(dice.randrange(number), number) for number in range(1, NODES)}
    while len(pairs) < LINES:
        a, b = int(NODES * dice.random() ** 2), dice.randrange(NODES)
        if a != b:
            pairs.add((min(a, b), max(a, b)))
    text, mentions, statements = "", [], []
    for a, b in sorted(pairs):
        said = f"Name{a} met Name{b}."
        evidence = Evidence("large", Span(len(text), len(text) + len(said)), said, "met.active")
        doubt: dict[str, Any] = dice.choice([{}, {}, {}, {"polarity": "negative"}, {"modality": "planned"}])
        statements.append(Statement("met", f"e{a}", f"e{b}", evidence=(evidence,), **doubt))
        text += said + "\n"
    for number in range(NODES):
        start = len(text)
        text += f"Name{number} "
        mentions.append(Mention(Span(start, len(text) - 1), "name", CLASSES[number % len(CLASSES)], f"Name{number}"))
    entities = tuple(Entity(f"e{n}", CLASSES[n % len(CLASSES)], f"Name{n}", mentions=(n,)) for n in range(NODES))
    return assemble([Extraction(Document("large", "large", text), tuple(mentions), (), entities, tuple(statements))])


def measure(file: Path) -> dict[str, Any]:
    """Open the page, wait until it is drawn, and pan it for five seconds."""
    from playwright.sync_api import sync_playwright

    with sync_playwright() as play:
        browser = play.chromium.launch(executable_path=shutil.which("chromium"), args=["--disable-gpu", "--no-sandbox"])
        tab = browser.new_page(viewport=SCREEN)
        tab.add_init_script(STAMP)
        tab.goto(file.as_uri())
        tab.wait_for_function("window.drawn")
        drawn = tab.evaluate("window.drawn")
        tab.wait_for_timeout(1000)
        frames = sorted(tab.evaluate(PAN))
        version = browser.version
        browser.close()
    figures = {"drawn_ms": drawn, "frame_median_ms": frames[len(frames) // 2], "frame_95_ms": frames[int(len(frames) * 0.95)]}
    return {"browser": f"Chromium {version}, software rendering", "frames": len(frames)} | {name: round(value, 1) for name, value in figures.items()}


def main() -> int:
    """Measure, print, and write if asked; exit code 1 if a bound is missed."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--write", action="store_true")
    asked = parser.parse_args()
    graph = invented()
    start = time.perf_counter()
    data = page(graph, title="Invented", source="benchmark")
    made = {"nodes": NODES, "lines": LINES, "screen": SCREEN, "cores": os.cpu_count(), "bytes": len(data), "written_s": round(time.perf_counter() - start, 1)}
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "graph.html"
        file.write_bytes(data)
        found = made | measure(file)
    text = json.dumps(found, indent=2) + "\n"
    print(text, end="")
    if asked.write:
        RESULTS.write_text(text, encoding="utf-8")
    return int(found["drawn_ms"] > 3000 or found["frame_median_ms"] > 33 or found["frame_95_ms"] > 66)


if __name__ == "__main__":
    sys.exit(main())
