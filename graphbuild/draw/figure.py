"""A diagram of the graph as a matplotlib figure: one point of the drawing is one point on paper.

The figure is as large as its text needs: names and relation labels keep their size, and the paper grows.
"""

import math
import warnings
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from io import BytesIO
from typing import Any, Literal, cast

import matplotlib as mpl
import numpy as np
import numpy.typing as npt
from matplotlib.axes import Axes
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure
from matplotlib.lines import Line2D
from matplotlib.patches import Polygon

from graphbuild.catalogue import Catalogue
from graphbuild.display import one_line
from graphbuild.draw.layout import Array, Box, Layout, Line, curve_points, place
from graphbuild.draw.picture import Dot, Picture, Stroke
from graphbuild.draw.signs import PENS, Pen, Sign, sign_of
from graphbuild.draw.text import FAMILY, LINE_HEIGHT, block_size, line_width, wrap
from graphbuild.records import Status

Format = Literal["png", "svg", "pdf"]

NAME, LABEL, TITLE, SMALL = 9.0, 7.5, 14.0, 8.0
"""Sizes of type, in points."""
MARGIN = 22.0
INK = "#222222"
PAPER = "#FFFFFF"
NARROWEST = 420.0
DPI = 120
RC: dict[str, Any] = {
    "font.family": FAMILY,
    "svg.fonttype": "none",            # text stays text: it can be searched, copied and read aloud
    "svg.hashsalt": "graphbuild",      # else element ids differ from run to run
    "pdf.fonttype": 42,
    "text.hinting": "none",            # hinted letters are wider than what was measured
    "path.simplify": False,
}  # fmt: skip
METADATA: dict[Format, dict[str, Any]] = {
    "png": {"Software": "graphbuild"},
    "svg": {"Date": None, "Creator": "graphbuild"},
    "pdf": {"CreationDate": None, "Creator": "graphbuild"},
}
"""What files say of themselves: no dates, which would differ from run to run."""


def figure(picture: Picture, catalogue: Catalogue, *, title: str = "", source: str = "") -> Figure:
    """Draw a picture as a figure.

    Args:
        picture: what `choose` chose.
        catalogue: the classes, for their labels and signs.
        title: stands above the drawing.
        source: stands below it, before the counts of facts and documents.
    """
    with _style():
        nodes, lines = [_dot_box(dot) for dot in picture.dots], [_line(stroke) for stroke in picture.strokes]
        layout = place(nodes, lines)
        return _Sheet.around(picture, layout, catalogue, title, source).draw(nodes)


def render(drawn: Figure, form: Format, *, dpi: int = DPI) -> bytes:
    """Return a figure as a file's bytes; the same figure gives the same bytes, whatever the day."""
    stream = BytesIO()
    with _style():
        drawn.savefig(stream, format=form, dpi=dpi, metadata=METADATA[form])
    written = stream.getvalue()
    # Readers of an SVG may lack the font; Verdana is as wide.
    return written.replace(f"'{FAMILY}'".encode(), f"'{FAMILY}', Verdana, sans-serif".encode()) if form == "svg" else written


@contextmanager
def _style() -> Iterator[None]:
    with mpl.rc_context(cast(Any, RC)), warnings.catch_warnings():
        # A letter that the font lacks is drawn as an empty box; in SVG the reader's own fonts show it.
        warnings.filterwarnings("ignore", message="Glyph .* missing from font")
        yield


def _marker(dot: Dot) -> float:
    """Diameter of a node's marker: it grows with the evidence, slowly."""
    return 13.0 + min(9.0, 1.8 * math.log2(max(1, dot.weight)))


def _dot_box(dot: Dot) -> Box:
    width, height = block_size(wrap(dot.name), NAME, _weight(dot))
    marker = _marker(dot)
    total = marker + 3.0 + height
    return Box(max(width, marker) + 4.0, total, anchor=(total - marker) / 2)


def _weight(dot: Dot) -> str:
    return "bold" if dot.weight >= 6 else "normal"


def _line(stroke: Stroke) -> Line:
    width, height = block_size(stroke.labels, LABEL)
    return Line(stroke.source, stroke.target, Box(width + 5.0, height + 2.5))


@dataclass(frozen=True, slots=True)
class _Entry:
    """One entry of the legend."""

    text: str
    kind: Literal["class", "status"]
    key: str


@dataclass(frozen=True, slots=True)
class _Sheet:
    """The paper: its size, and what stands around the drawing."""

    picture: Picture
    layout: Layout
    catalogue: Catalogue
    title: tuple[str, ...]
    footer: tuple[str, ...]
    legend: tuple[tuple[_Entry, ...], ...]
    width: float

    @classmethod
    def around(cls, picture: Picture, layout: Layout, catalogue: Catalogue, title: str, source: str) -> "_Sheet":
        width = max(NARROWEST, layout.width + 2 * MARGIN)
        inner = width - 2 * MARGIN
        letters = max(10, int(inner / (0.62 * TITLE)))
        heading = wrap(title, letters, 3) if title else ()
        footer = tuple(line for text in _footer(picture, source) for line in wrap(text, int(inner / (0.6 * SMALL)), 4))
        return cls(picture, layout, catalogue, heading, footer, _legend_rows(_entries(picture, catalogue), inner), width)

    @property
    def below(self) -> float:
        """Height of legend and footer."""
        return MARGIN + 12.0 + len(self.legend) * 17.0 + len(self.footer) * SMALL * 1.35

    @property
    def height(self) -> float:
        """Height of the paper in points."""
        heading = len(self.title) * TITLE * LINE_HEIGHT + 12.0 if self.title else 0.0
        return self.below + max(self.layout.height, 40.0) + heading + MARGIN

    def draw(self, boxes: list[Box]) -> Figure:
        """Draw everything; the figure has one unit a point."""
        drawn = Figure(figsize=(self.width / 72, self.height / 72), dpi=DPI, facecolor=PAPER)
        FigureCanvasAgg(drawn)
        axes = drawn.add_axes((0, 0, 1, 1))
        axes.set(xlim=(0, self.width), ylim=(0, self.height))
        axes.set_axis_off()
        self._draw_graph(axes, boxes)
        self._draw_frame(axes)
        return drawn

    def _draw_graph(self, axes: Axes, boxes: list[Box]) -> None:
        shift = np.array([(self.width - self.layout.width) / 2, self.below])
        centres, labels = self.layout.nodes + shift, self.layout.labels + shift
        anchors = centres + np.array([(0.0, box.anchor) for box in boxes]).reshape(-1, 2)
        targets = [_Target(c, a, box, _marker(dot)) for c, a, box, dot in zip(centres, anchors, boxes, self.picture.dots, strict=True)]
        for stroke, middle in zip(self.picture.strokes, labels, strict=True):
            _draw_stroke(axes, stroke, middle, (targets[stroke.source], targets[stroke.target]))
        for dot, box, centre, anchor in zip(self.picture.dots, boxes, centres, anchors, strict=True):
            _draw_dot(axes, dot, box, centre, anchor, self.catalogue)
        if not self.picture.dots:
            _text(axes, self.width / 2, self.below + 20.0, "No relations to draw.", NAME, ha="center", va="center", gid="empty")

    def _draw_frame(self, axes: Axes) -> None:
        for i, line in enumerate(self.title):
            _text(axes, MARGIN, self.height - MARGIN - i * TITLE * LINE_HEIGHT, line, TITLE, va="top", weight="bold", gid="title")
        y = MARGIN * 0.7 + len(self.footer) * SMALL * 1.35
        for i, line in enumerate(self.footer):
            _text(axes, MARGIN, y - i * SMALL * 1.35, line, SMALL, va="top", color="#666666", gid="footer")
        for row, entries in enumerate(reversed(self.legend)):
            x = MARGIN
            for entry in entries:
                _draw_entry(axes, x, y + 12.0 + row * 17.0, entry, self.catalogue)
                x += _entry_width(entry)


def _text(axes: Axes, x: float, y: float, text: str, size: float, **options: Any) -> None:
    """Write one line; nothing in it is read as mathematics."""
    axes.text(x, y, text, fontsize=size, parse_math=False, **{"color": INK, **options})


def _draw_dot(axes: Axes, dot: Dot, box: Box, centre: Array, anchor: Array, catalogue: Catalogue) -> None:
    sign = sign_of(dot.type, catalogue)
    _mark(axes, anchor[0], anchor[1], sign, _marker(dot))
    top = centre[1] + box.height / 2 - _marker(dot) - 3.0
    for i, line in enumerate(wrap(dot.name)):
        look = {"weight": _weight(dot), "bbox": {"facecolor": PAPER, "edgecolor": "none", "alpha": 0.82, "pad": 0.6}}
        _text(axes, centre[0], top - (i + 0.5) * NAME * LINE_HEIGHT, line, NAME, ha="center", va="center_baseline", zorder=5, gid="name", **look)


def _mark(axes: Axes, x: float, y: float, sign: Sign, size: float) -> None:
    look = {"markerfacecolor": sign.colour, "markeredgecolor": INK, "markeredgewidth": 0.8}
    axes.add_line(Line2D([x], [y], marker=cast(Any, sign.marker), markersize=size, zorder=4, **cast(Any, look)))


@dataclass(frozen=True, slots=True)
class _Target:
    """What a line ends at: the marker, or the name below it."""

    centre: Array
    anchor: Array
    box: Box
    marker: float

    def covers(self, points: Array) -> npt.NDArray[np.bool_]:
        """Tell which points lie in the marker or in the name's box."""
        near = np.linalg.norm(points - self.anchor, axis=1) < self.marker / 2 + 2.0
        low = self.centre[1] - self.box.height / 2
        name_height = self.box.height - self.marker - 3.0
        offset = np.abs(points - np.array([self.centre[0], low + name_height / 2]))
        return np.asarray(near | ((offset[:, 0] < self.box.width / 2) & (offset[:, 1] < name_height / 2)))


def _draw_stroke(axes: Axes, stroke: Stroke, middle: Array, ends: tuple[_Target, _Target]) -> None:
    pen = PENS[stroke.status]
    points = _visible(_path(ends[0].anchor, middle, ends[1].anchor), ends)
    width = 0.9 + min(3.0, 0.7 * math.log2(max(1, stroke.sources)))
    _rule(axes, points, pen, width)
    if stroke.directed:
        axes.add_patch(Polygon(_arrow_head(points, width), closed=True, facecolor=pen.colour, edgecolor="none", zorder=2))
    if pen.crossed:
        at = points[len(points) // 5]
        axes.add_line(Line2D([at[0]], [at[1]], marker="x", markersize=7.5, markeredgewidth=1.8, color=pen.colour, zorder=2))
    top = middle[1] + len(stroke.labels) * LABEL * LINE_HEIGHT / 2
    for i, label in enumerate(stroke.labels):
        look = {"color": pen.colour if pen.crossed else "#333333", "style": "italic", "bbox": {"facecolor": PAPER, "edgecolor": "none", "pad": 0.8}}
        _text(axes, middle[0], top - (i + 0.5) * LABEL * LINE_HEIGHT, label, LABEL, ha="center", va="center_baseline", zorder=3, gid="label", **look)


def _rule(axes: Axes, points: Array, pen: Pen, width: float) -> None:
    line = Line2D(points[:, 0], points[:, 1], color=pen.colour, linewidth=width, solid_capstyle="butt", zorder=1)
    if pen.dashes:
        line.set_linestyle((0, pen.dashes))
    axes.add_line(line)


def _path(start: Array, middle: Array, end: Array) -> Array:
    """A curve from start to end by the middle; a line from a node to itself becomes a loop."""
    at = np.linspace(0.0, 1.0, 161)
    if np.allclose(start, end):
        side = np.array([-(middle - start)[1], (middle - start)[0]]) * 0.7
        a, b = start + (middle - start) * 4 / 3 + side, start + (middle - start) * 4 / 3 - side
        t = at[:, None]
        return np.asarray((1 - t) ** 3 * start + 3 * t * (1 - t) ** 2 * a + 3 * t**2 * (1 - t) * b + t**3 * end)
    return np.asarray(curve_points(start[None], middle[None], end[None], at)[0])


def _visible(points: Array, ends: tuple[_Target, _Target]) -> Array:
    """Cut off what lies inside the two ends; of a line that is covered whole, keep it all."""
    half = len(points) // 2
    covered = ends[0].covers(points), ends[1].covers(points)
    first = int(np.flatnonzero(covered[0][:half]).max(initial=-1)) + 1
    last = half + int(np.flatnonzero(covered[1][half:]).min(initial=len(points) - half))
    return points[first:last] if last - first > 3 else points


def _arrow_head(points: Array, width: float) -> Array:
    tip = points[-1]
    length = 6.0 + 1.2 * width
    back = points[:-1][np.linalg.norm(points[:-1] - tip, axis=1) >= length]
    along = tip - (back[-1] if len(back) else points[0])
    along = along / max(float(np.hypot(*along)), 1e-9)
    across = np.array([-along[1], along[0]]) * length * 0.42
    return np.stack([tip, tip - along * length + across, tip - along * length - across])


def _entries(picture: Picture, catalogue: Catalogue) -> list[_Entry]:
    """Classes in the order of the catalogue, then the statuses, as far as they occur."""
    counts = Counter(dot.type for dot in picture.dots)
    order = [name for name in catalogue.classes if name in counts] + sorted(counts.keys() - catalogue.classes.keys())
    classes = [_Entry(one_line(catalogue.classes[name].label if name in catalogue.classes else name), "class", name) for name in order]
    statuses = {stroke.status for stroke in picture.strokes}
    return classes + [_Entry(status, "status", status) for status in PENS if status in statuses]


def _entry_width(entry: _Entry) -> float:
    return (18.0 if entry.kind == "class" else 34.0) + line_width(entry.text, SMALL) + 16.0


def _legend_rows(entries: list[_Entry], width: float) -> tuple[tuple[_Entry, ...], ...]:
    rows: list[list[_Entry]] = []
    used = width
    for entry in entries:
        if used + _entry_width(entry) > width or entry.kind != rows[-1][-1].kind:
            rows.append([])
            used = 0.0
        rows[-1].append(entry)
        used += _entry_width(entry)
    return tuple(map(tuple, rows))


def _draw_entry(axes: Axes, x: float, y: float, entry: _Entry, catalogue: Catalogue) -> None:
    if entry.kind == "class":
        sign = sign_of(entry.key, catalogue)
        _mark(axes, x + 6, y, sign, 9.0)
        _text(axes, x + 16, y, entry.text, SMALL, va="center_baseline", gid="legend")
        return
    pen = PENS[cast(Status, entry.key)]
    _rule(axes, np.array([(x, y), (x + 28, y)]), pen, 1.3)
    if pen.crossed:
        axes.add_line(Line2D([x + 14], [y], marker="x", markersize=7, markeredgewidth=1.8, color=pen.colour))
    _text(axes, x + 33, y, entry.text, SMALL, va="center_baseline", gid="legend")


def _footer(picture: Picture, source: str) -> Iterator[str]:
    relations = "1 relation" if picture.claims == 1 else f"{picture.claims} relations"
    documents = "1 document" if picture.documents == 1 else f"{picture.documents} documents"
    head = f"Source: {source}. " if source else ""
    yield f"{head}{relations} from {documents}. Lines are wider with more sources; arrows point from subject to object; lines without arrow hold both ways."
    if picture.left_out:
        yield f"{picture.left_out} less important {'entity is' if picture.left_out == 1 else 'entities are'} left out for want of room."
