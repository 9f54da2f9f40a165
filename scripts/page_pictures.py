"""Takes the pictures in docs/: the page of outputs/, of some 60 entities and of some 2,600; a timeline, a matrix.

Needs Playwright and a Chromium: python scripts/page_pictures.py. With --figures only the timeline and the matrix are drawn, which
need neither. The larger graphs are built from texts of training/corpus.
"""

import json
import shutil
import sys
import tempfile
from itertools import islice
from pathlib import Path

from graphbuild.draw import draw
from graphbuild.graph import KnowledgeGraph
from graphbuild.pipeline import build
from graphbuild.store import load_build

ROOT = Path(__file__).parent.parent
sys.path.insert(0, str(ROOT))
from training.corpus.reader import read_corpus  # noqa: E402  # lies beside the package

DOCS = ROOT / "docs"
WIDE, NARROW = (1280, 800), (360, 740)
SIZES = {"60": 7, "2000": 290}
"""Entities with facts, about, and how many texts of the corpus have them."""


FIGURES = {"timeline": (20, 30), "matrix": (60, 22)}
"""Kind of figure → how many texts it is drawn from, and how much of them it may show."""


def built(texts: int) -> KnowledgeGraph:
    """Build the graph of the first texts of the corpus."""
    rows = [{"id": text.id, "text": text.text, "published": text.meta["date"]} for text in islice(read_corpus(), texts)]
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "texts.jsonl"
        file.write_text("".join(json.dumps(row) + "\n" for row in rows), encoding="utf-8")
        return build([file]).graph


def picture(graph: KnowledgeGraph, name: str, size: tuple[int, int], scheme: str, search: str = "") -> None:
    """Open the page of a graph, follow a search if there is one, and keep what is seen as docs/NAME.png."""
    from playwright.sync_api import sync_playwright

    with sync_playwright() as play, tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "graph.html"
        file.write_bytes(draw(graph, "html"))
        browser = play.chromium.launch(executable_path=shutil.which("chromium"), args=["--disable-gpu", "--no-sandbox"])
        tab = browser.new_page(viewport={"width": size[0], "height": size[1]}, color_scheme=scheme)  # type: ignore[arg-type]
        tab.goto(file.as_uri())
        if search:
            tab.fill("#search", search)
            tab.press("#search", "Enter")
        tab.wait_for_timeout(1500)
        tab.screenshot(path=DOCS / f"{name}.png")
        browser.close()


def figures() -> None:
    """Draw the timeline and the matrix."""
    for kind, (texts, limit) in FIGURES.items():
        (DOCS / f"{kind}.png").write_bytes(draw(built(texts), "png", kind=kind, limit=limit))


def main() -> int:
    """Take all pictures; return the exit code."""
    DOCS.mkdir(exist_ok=True)
    figures()
    if "--figures" in sys.argv:
        return 0
    seed = load_build(ROOT / "outputs")
    picture(seed, "explorer", WIDE, "light", "lee met")
    picture(seed, "explorer-seed", WIDE, "dark")
    picture(seed, "explorer-seed-narrow", NARROW, "light", "austin")
    for name, texts in SIZES.items():
        graph = built(texts)
        picture(graph, f"explorer-{name}", WIDE, "light")
    return 0


if __name__ == "__main__":
    sys.exit(main())
