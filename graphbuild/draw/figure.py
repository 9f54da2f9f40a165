"""The diagram of a graph as a matplotlib figure: nodes with their names, and lines with their labels."""

import math
from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.patches import Polygon

from graphbuild.catalogue import Catalogue
from graphbuild.draw.layout import Array, Box, Layout, Line, curve_points, place
from graphbuild.draw.picture import Dot, Picture, Stroke
from graphbuild.draw.sheet import LABEL, NAME, PAPER, Sheet, class_entries, cross, mark, rule, status_entries, style, write
from graphbuild.draw.signs import PENS, sign_of
from graphbuild.draw.text import LINE_HEIGHT, block_size, line_width, wrap


def figure(picture: Picture, catalogue: Catalogue, *, title: str = "", source: str = "") -> Figure:
    """Draw a picture as a figure.

    Args:
        picture: what `choose` chose.
        catalogue: the classes, for their labels and signs.
        title: stands above the drawing.
        source: stands below it, before the counts of facts and documents.
    """
    with style():
        boxes, lines = [_dot_box(dot) for dot in picture.dots], [_line(stroke) for stroke in picture.strokes]
        layout = place(boxes, lines)
        entries = class_entries((dot.type for dot in picture.dots), catalogue) + status_entries((s.status for s in picture.strokes), "line")
        sheet = Sheet.around((layout.width, layout.height), catalogue, title=title, footer=_footer(picture, source), entries=entries)
        drawn, axes = sheet.open("" if picture.dots else "No relations to draw.")
        _draw_graph(axes, picture, boxes, layout, sheet)
        return drawn


def _draw_graph(axes: Axes, picture: Picture, boxes: list[Box], layout: Layout, sheet: Sheet) -> None:
    centres, labels = layout.nodes + sheet.origin, layout.labels + sheet.origin
    anchors = centres + np.array([(0.0, box.anchor) for box in boxes]).reshape(-1, 2)
    targets = [_Target(c, a, box, _marker(dot), _line_widths(dot)) for c, a, box, dot in zip(centres, anchors, boxes, picture.dots, strict=True)]
    taken = _Taken.by(labels, [_line(stroke).label for stroke in picture.strokes], targets)
    for stroke, middle in zip(picture.strokes, labels, strict=True):
        _draw_stroke(axes, stroke, middle, (targets[stroke.source], targets[stroke.target]), taken)
    for dot, target in zip(picture.dots, targets, strict=True):
        _draw_dot(axes, dot, target, sheet.catalogue)


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


def _line_widths(dot: Dot) -> tuple[float, ...]:
    return tuple(line_width(line, NAME, _weight(dot)) for line in wrap(dot.name))


def _line(stroke: Stroke) -> Line:
    width, height = block_size(stroke.labels, LABEL)
    return Line(stroke.source, stroke.target, Box(width + 5.0, height + 2.5))


def _draw_dot(axes: Axes, dot: Dot, target: "_Target", catalogue: Catalogue) -> None:
    mark(axes, (target.anchor[0], target.anchor[1]), sign_of(dot.type, catalogue), target.marker)
    for i, line in enumerate(wrap(dot.name)):
        look = {"weight": _weight(dot), "bbox": {"facecolor": PAPER, "edgecolor": "none", "alpha": 0.82, "pad": 0.6}}
        write(axes, target.centre[0], target.top - (i + 0.5) * NAME * LINE_HEIGHT, line, NAME, ha="center", va="center_baseline", zorder=5, gid="name", **look)


@dataclass(frozen=True, slots=True)
class _Target:
    """What a line ends at: the marker, or the name below it."""

    centre: Array
    anchor: Array
    box: Box
    marker: float
    widths: tuple[float, ...]
    """Widths of the lines of the name."""

    @property
    def top(self) -> float:
        """Upper edge of the name."""
        return float(self.centre[1]) + self.box.height / 2 - self.marker - 3.0

    def reach(self, points: Array) -> int:
        """Return the index of the last point in the marker, of a line that begins here; -1 for none."""
        inside = np.linalg.norm(points - self.anchor, axis=1) < self.marker / 2 + 2.0
        return int(np.flatnonzero(inside).max(initial=-1))

    def named(self, points: Array) -> npt.NDArray[np.bool_]:
        """Tell which points lie in the words of the name."""
        inside = np.zeros(len(points), dtype=bool)
        for i, width in enumerate(self.widths):
            offset = np.abs(points - np.array([self.centre[0], self.top - (i + 0.5) * NAME * LINE_HEIGHT]))
            inside |= (offset[:, 0] < width / 2 + 2.0) & (offset[:, 1] < NAME * LINE_HEIGHT / 2 + 0.5)
        return inside

    def begin(self, points: Array) -> tuple[int, npt.NDArray[np.bool_]]:
        """Return the first point to draw of a line that begins here, and which points the name covers.

        A line that runs down through the name begins below it; one that only touches it begins at the marker.
        """
        first, covered = self.reach(points) + 1, self.named(points)
        inside = np.flatnonzero(covered)
        if not len(inside):
            return first, covered
        stub = points[first : inside.min()]
        free = float(np.linalg.norm(stub[-1] - stub[0])) if len(stub) > 1 else 0.0
        return (first, covered) if free >= _STUB else (int(inside.max()) + 1, np.zeros_like(covered))


_STUB = 14.0
"""Least length of line and arrow between a marker and words."""


def _draw_stroke(axes: Axes, stroke: Stroke, middle: Array, ends: tuple[_Target, _Target], taken: "_Taken") -> None:
    pen = PENS[stroke.status]
    points, covered = _visible(_path(ends[0].anchor, middle, ends[1].anchor), ends)
    width = 0.9 + min(3.0, 0.7 * math.log2(max(1, stroke.sources)))
    rule(axes, np.where(covered[:, None], np.nan, points), pen, width)
    if stroke.directed:
        axes.add_patch(Polygon(_arrow_head(points, width), closed=True, facecolor=pen.colour, edgecolor="none", zorder=2))
    if pen.crossed:
        cross(axes, taken.cross_at(points[~covered], middle, _line(stroke).label), pen.colour)
    top = middle[1] + len(stroke.labels) * LABEL * LINE_HEIGHT / 2
    for i, label in enumerate(stroke.labels):
        look = {"color": pen.colour if pen.crossed else "#333333", "style": "italic", "bbox": {"facecolor": PAPER, "edgecolor": "none", "pad": 0.8}}
        write(axes, middle[0], top - (i + 0.5) * LABEL * LINE_HEIGHT, label, LABEL, ha="center", va="center_baseline", zorder=3, gid="label", **look)


def _path(start: Array, middle: Array, end: Array) -> Array:
    """A curve from start to end by the middle; a line from a node to itself becomes a loop."""
    at = np.linspace(0.0, 1.0, 161)
    if np.allclose(start, end):
        side = np.array([-(middle - start)[1], (middle - start)[0]]) * 0.7
        a, b = start + (middle - start) * 4 / 3 + side, start + (middle - start) * 4 / 3 - side
        t = at[:, None]
        return np.asarray((1 - t) ** 3 * start + 3 * t * (1 - t) ** 2 * a + 3 * t**2 * (1 - t) * b + t**3 * end)
    return np.asarray(curve_points(start[None], middle[None], end[None], at)[0])


def _visible(points: Array, ends: tuple[_Target, _Target]) -> tuple[Array, npt.NDArray[np.bool_]]:
    """Cut off what lies inside the two ends, and say what of the rest their names cover; of a line that is covered whole, keep it all."""
    half = len(points) // 2
    first, before = ends[0].begin(points[:half])
    last, after = ends[1].begin(points[half:][::-1])
    covered = np.concatenate([before, after[::-1]])
    last = len(points) - last
    return (points[first:last], covered[first:last]) if last - first > 3 else (points, np.zeros(len(points), dtype=bool))


_ARM = 5.0
"""Half of a cross, with room around it."""


@dataclass(frozen=True, slots=True)
class _Taken:
    """Where words and markers stand, so that no cross lies among them: centres and half sizes, shape (n, 2) each."""

    centres: Array
    halves: Array

    @classmethod
    def by(cls, labels: Array, boxes: list[Box], targets: list[_Target]) -> "_Taken":
        centres = np.concatenate([labels.reshape(-1, 2), np.array([target.centre for target in targets]).reshape(-1, 2)])
        sizes = [(box.width, box.height) for box in (*boxes, *(target.box for target in targets))]
        return cls(centres, np.array(sizes).reshape(-1, 2) / 2)

    def cross_at(self, points: Array, middle: Array, label: Box) -> tuple[float, float]:
        """Return where the cross of a denied line is seen: on the line where no words are, else at the corner of its label."""
        clear = np.any(np.abs(points[:, None] - self.centres) > self.halves + _ARM, axis=2).all(axis=1)
        free = np.flatnonzero(clear & (np.linalg.norm(points - points[-1], axis=1) > 2 * _ARM))
        if not len(free):
            return float(middle[0] - label.width / 2), float(middle[1] + label.height / 2)
        at = points[free[np.abs(free - len(points) // 5).argmin()]]
        return float(at[0]), float(at[1])


def _arrow_head(points: Array, width: float) -> Array:
    tip = points[-1]
    length = 6.0 + 1.2 * width
    back = points[:-1][np.linalg.norm(points[:-1] - tip, axis=1) >= length]
    along = tip - (back[-1] if len(back) else points[0])
    along = along / max(float(np.hypot(*along)), 1e-9)
    across = np.array([-along[1], along[0]]) * length * 0.42
    return np.stack([tip, tip - along * length + across, tip - along * length - across])


def _footer(picture: Picture, source: str) -> Iterator[str]:
    relations = "1 relation" if picture.claims == 1 else f"{picture.claims} relations"
    documents = "1 document" if picture.documents == 1 else f"{picture.documents} documents"
    head = f"Source: {source}. " if source else ""
    yield f"{head}{relations} from {documents}. Lines are wider with more sources; arrows point from subject to object; lines without arrow hold both ways."
    if picture.left_out:
        yield f"{picture.left_out} less important {'entity is' if picture.left_out == 1 else 'entities are'} left out for want of room."
