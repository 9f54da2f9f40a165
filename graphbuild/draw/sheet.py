"""The paper that every printed diagram stands on: title, legend, footer, and the strokes that all kinds of diagrams share.

One point of a drawing is one point on paper: text keeps its size, and the paper grows with what it holds.
"""

import warnings
from collections.abc import Iterable, Iterator, Sequence
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
from matplotlib.patches import Rectangle

from graphbuild.catalogue import Catalogue
from graphbuild.display import one_line
from graphbuild.draw.signs import PENS, Pen, Sign, sign_of
from graphbuild.draw.text import FAMILY, LINE_HEIGHT, line_width, wrap
from graphbuild.records import Status

Format = Literal["png", "svg", "pdf"]
Array = npt.NDArray[np.float64]

NAME, LABEL, TITLE, SMALL = 9.0, 7.5, 14.0, 8.0
"""Sizes of type, in points."""
MARGIN = 22.0
INK, SOFT, FAINT, PAPER = "#222222", "#666666", "#E3E3E3", "#FFFFFF"
NARROWEST = 420.0
DPI = 120
_ROW = 17.0
_LEAST = 40.0
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


def render(drawn: Figure, form: Format, *, dpi: int = DPI) -> bytes:
    """Return a figure as a file's bytes; the same figure gives the same bytes, whatever the day."""
    stream = BytesIO()
    with style():
        drawn.savefig(stream, format=form, dpi=dpi, metadata=METADATA[form])
    written = stream.getvalue()
    # Readers of an SVG may lack the font; Verdana is as wide.
    return written.replace(f"'{FAMILY}'".encode(), f"'{FAMILY}', Verdana, sans-serif".encode()) if form == "svg" else written


@contextmanager
def style() -> Iterator[None]:
    """Draw with the settings of all diagrams, whatever the user's own are."""
    with mpl.rc_context(cast(Any, RC)), warnings.catch_warnings():
        # A letter that the font lacks is drawn as an empty box; in SVG the reader's own fonts show it.
        warnings.filterwarnings("ignore", message="Glyph .* missing from font")
        yield


@dataclass(frozen=True, slots=True)
class Entry:
    """One entry of the legend: a class, or a status as a line, a point of time or a cell."""

    text: str
    kind: Literal["class", "line", "point", "cell"]
    key: str


def class_entries(types: Iterable[str], catalogue: Catalogue) -> list[Entry]:
    """Return the classes that occur, in the order of the catalogue; those it lacks come last."""
    used = set(types)
    order = [name for name in catalogue.classes if name in used] + sorted(used - catalogue.classes.keys())
    return [Entry(one_line(catalogue.classes[name].label if name in catalogue.classes else name), "class", name) for name in order]


def status_entries(statuses: Iterable[Status], kind: Literal["line", "point", "cell"]) -> list[Entry]:
    """Return the statuses that occur."""
    used = set(statuses)
    return [Entry(status, kind, status) for status in PENS if status in used]


@dataclass(frozen=True, slots=True)
class Sheet:
    """A sheet of paper around a drawing of a given size."""

    title: tuple[str, ...]
    footer: tuple[str, ...]
    legend: tuple[tuple[Entry, ...], ...]
    catalogue: Catalogue
    width: float
    inner: tuple[float, float]
    """Width and height of the drawing."""

    @classmethod
    def around(cls, inner: tuple[float, float], catalogue: Catalogue, *, title: str, footer: Iterable[str], entries: Sequence[Entry]) -> "Sheet":
        """Choose the size of the paper, and break title, legend and footer into its lines."""
        width = max(NARROWEST, inner[0] + 2 * MARGIN)
        room = width - 2 * MARGIN
        heading = wrap(title, max(10, int(room / (0.62 * TITLE))), 3) if title else ()
        lines = tuple(line for text in footer for line in wrap(text, int(room / (0.6 * SMALL)), 4))
        return cls(heading, lines, _legend_rows(entries, room), catalogue, width, (inner[0], max(inner[1], _LEAST)))

    @property
    def below(self) -> float:
        """Height of legend and footer."""
        return MARGIN + 12.0 + len(self.legend) * _ROW + len(self.footer) * SMALL * 1.35

    @property
    def height(self) -> float:
        """Height of the paper."""
        heading = len(self.title) * TITLE * LINE_HEIGHT + 12.0 if self.title else 0.0
        return self.below + self.inner[1] + heading + MARGIN

    @property
    def origin(self) -> Array:
        """Where the lower left corner of the drawing lies on the paper."""
        return np.array([(self.width - self.inner[0]) / 2, self.below])

    def open(self, empty: str = "") -> tuple[Figure, Axes]:
        """Return the paper with all that stands around the drawing; `empty` is what stands in place of a drawing."""
        drawn = Figure(figsize=(self.width / 72, self.height / 72), dpi=DPI, facecolor=PAPER)
        FigureCanvasAgg(drawn)
        axes = drawn.add_axes((0, 0, 1, 1))
        axes.set(xlim=(0, self.width), ylim=(0, self.height))
        axes.set_axis_off()
        self._frame(axes)
        if empty:
            write(axes, self.width / 2, self.below + 20.0, empty, NAME, ha="center", va="center", gid="empty")
        return drawn, axes

    def _frame(self, axes: Axes) -> None:
        for i, line in enumerate(self.title):
            write(axes, MARGIN, self.height - MARGIN - i * TITLE * LINE_HEIGHT, line, TITLE, va="top", weight="bold", gid="title")
        y = MARGIN * 0.7 + len(self.footer) * SMALL * 1.35
        for i, line in enumerate(self.footer):
            write(axes, MARGIN, y - i * SMALL * 1.35, line, SMALL, va="top", color=SOFT, gid="footer")
        for row, entries in enumerate(reversed(self.legend)):
            x = MARGIN
            for entry in entries:
                _draw_entry(axes, x, y + 12.0 + row * _ROW, entry, self.catalogue)
                x += _entry_width(entry)


def write(axes: Axes, x: float, y: float, text: str, size: float, **options: Any) -> None:
    """Write one line; nothing in it is read as mathematics."""
    axes.text(x, y, text, fontsize=size, parse_math=False, **{"color": INK, **options})


def mark(axes: Axes, at: tuple[float, float], sign: Sign, size: float) -> None:
    """Draw the marker of a class."""
    look = {"markerfacecolor": sign.colour, "markeredgecolor": INK, "markeredgewidth": 0.8}
    axes.add_line(Line2D([at[0]], [at[1]], marker=cast(Any, sign.marker), markersize=size, zorder=4, **cast(Any, look)))


def cross(axes: Axes, at: tuple[float, float], colour: str, size: float = 7.5) -> None:
    """Draw the cross that what is denied carries."""
    axes.add_line(Line2D([at[0]], [at[1]], marker="x", markersize=size, markeredgewidth=1.8, color=colour, zorder=4))


def rule(axes: Axes, points: Array, pen: Pen, width: float) -> None:
    """Draw a line through points."""
    line = Line2D(points[:, 0], points[:, 1], color=pen.colour, linewidth=width, solid_capstyle="butt", zorder=1)
    if pen.dashes:
        line.set_linestyle((0, pen.dashes))
    axes.add_line(line)


def point(axes: Axes, at: tuple[float, float], status: Status, size: float = 8.0) -> None:
    """Draw a moment of a time line: full if asserted, hollow if only said or planned, crossed if denied."""
    pen = PENS[status]
    if pen.crossed:
        cross(axes, at, pen.colour, size)
        return
    face = pen.colour if status == "asserted" else PAPER
    look = {"marker": "D" if status == "planned" else "o", "markerfacecolor": face, "markeredgecolor": pen.colour, "markeredgewidth": 1.3}
    axes.add_line(Line2D([at[0]], [at[1]], markersize=size * (0.85 if status == "planned" else 1.0), zorder=5, **cast(Any, look)))


def cell(axes: Axes, corner: tuple[float, float], size: float, status: Status, share: float) -> None:
    """Draw a cell of a matrix: filled if asserted, the darker the larger its share; else framed with the line of its status."""
    pen = PENS[status]
    asserted = status == "asserted"
    frame: Any = "solid" if asserted or not pen.dashes else (0, pen.dashes)
    look = {"facecolor": shade(share) if asserted else PAPER, "edgecolor": pen.colour, "linewidth": 0.6 if asserted else 1.2, "linestyle": frame}
    inset = 1.2
    axes.add_patch(Rectangle((corner[0] + inset, corner[1] + inset), size - 2 * inset, size - 2 * inset, zorder=2, **look))


def strike(axes: Axes, corner: tuple[float, float], size: float) -> None:
    """Mark a cell of a matrix that holds something denied with a cross in its corner."""
    at = (corner[0] + size * 0.78, corner[1] + size * 0.78)
    axes.add_line(Line2D([at[0]], [at[1]], marker="o", markersize=size * 0.36, markerfacecolor=PAPER, markeredgecolor="none", zorder=4))
    cross(axes, at, PENS["denied"].colour, size * 0.26)


def shade(share: float) -> tuple[float, float, float]:
    """Return a blue between pale (0) and dark (1)."""
    pale, dark = np.array([0.85, 0.92, 0.97]), np.array([0.0, 0.33, 0.58])
    red, green, blue = pale + (dark - pale) * min(1.0, max(0.0, share))
    return float(red), float(green), float(blue)


def _entry_width(entry: Entry) -> float:
    return (34.0 if entry.kind == "line" else 18.0) + line_width(entry.text, SMALL) + 16.0


def _legend_rows(entries: Sequence[Entry], width: float) -> tuple[tuple[Entry, ...], ...]:
    rows: list[list[Entry]] = []
    used = width
    for entry in entries:
        if used + _entry_width(entry) > width or entry.kind != rows[-1][-1].kind:
            rows.append([])
            used = 0.0
        rows[-1].append(entry)
        used += _entry_width(entry)
    return tuple(map(tuple, rows))


def _draw_entry(axes: Axes, x: float, y: float, entry: Entry, catalogue: Catalogue) -> None:
    status = cast(Status, entry.key)
    match entry.kind:
        case "class":
            mark(axes, (x + 6, y), sign_of(entry.key, catalogue), 9.0)
        case "point":
            point(axes, (x + 6, y), status)
        case "cell":
            cell(axes, (x, y - 6.0), 12.0, status, 0.5)
            if PENS[status].crossed:
                strike(axes, (x, y - 6.0), 12.0)
        case "line":
            rule(axes, np.array([(x, y), (x + 28, y)]), PENS[status], 1.3)
            if PENS[status].crossed:
                cross(axes, (x + 14, y), PENS[status].colour, 7.0)
    write(axes, x + (33 if entry.kind == "line" else 17), y, entry.text, SMALL, va="center_baseline", gid="legend")
