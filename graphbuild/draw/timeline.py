"""A timeline of events: one row an event, in order of time, with its words beside it."""

import math
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Final, cast

import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.lines import Line2D
from matplotlib.patches import Rectangle

from graphbuild.catalogue import Catalogue
from graphbuild.confidence import independent_sources
from graphbuild.draw.payload import days
from graphbuild.draw.picture import LIMIT, relation_label
from graphbuild.draw.sheet import FAINT, NAME, PAPER, SMALL, SOFT, Sheet, point, rule, status_entries, style, write
from graphbuild.draw.signs import PENS
from graphbuild.draw.text import line_width, wrap
from graphbuild.records import Claim, Node, Status, Time

ROW: Final = 17.0
GAP: Final = 14.0
AXIS: Final = 330.0
"""Width of the axis of time, in points."""
INDENT: Final = 28.0
FAR: Final = 2
"""How many times as long as the time of most events that of all must be, for the axis to leave out what lies far off."""
LETTERS: Final = 62
"""Most letters in the words of an event."""
TICKS: Final = 6
"""Most days that the axis names."""


@dataclass(frozen=True, slots=True)
class Happening:
    """One event as its claims tell it, with one status."""

    words: str
    when: str
    start: int | None
    """Ordinals of the first and last day; None where the end is open."""
    end: int | None
    status: Status
    sources: int

    @property
    def date(self) -> str:
        """When, and that it is no plain event if it is none: "2024-07, planned"."""
        return self.when if self.status == "asserted" else f"{self.when}, {self.status}"


@dataclass(frozen=True, slots=True)
class Timeline:
    """Events in order of time, and how many are left out."""

    rows: tuple[Happening, ...]
    claims: int = 0
    documents: int = 0
    undated: int = 0
    left_out: int = 0


def chronicle(nodes: Mapping[str, Node], claims: Iterable[Claim], catalogue: Catalogue, limit: int = LIMIT) -> Timeline:
    """Gather the events that claims tell of; those that most sources tell of are kept, up to `limit`.

    Args:
        nodes: node id → node.
        claims: the claims to choose from; those that tell of no event (states, quotations) are not shown.
        catalogue: says how relations are called.
        limit: most rows.
    """
    groups: dict[tuple[str, Status], list[Claim]] = defaultdict(list)
    for claim in claims:
        if claim.event is not None and isinstance(claim.object, str):
            groups[claim.event, claim.status].append(claim)
    dated = {key: told for key, told in groups.items() if _when(told) is not None}
    rows = {key: _happening(told, nodes, catalogue) for key, told in dated.items()}
    kept = sorted(rows, key=lambda key: (-rows[key].sources, -len(dated[key]), key))[:limit]
    shown = [claim for key in kept for claim in dated[key]]
    ordered = sorted((rows[key] for key in kept), key=lambda row: (row.start or row.end or 0, row.end or row.start or 0, row.words, row.status))
    documents = {e.document for claim in shown for e in claim.evidence}
    return Timeline(tuple(ordered), len(shown), len(documents), len(groups) - len(dated), len(dated) - len(kept))


def _when(claims: Sequence[Claim]) -> Time | None:
    """Return the time that most claims of an event give, if it lies anywhere on the calendar."""
    times = Counter(claim.time for claim in claims if days(claim.time) is not None)
    return min(times, key=lambda time: (-times[time], repr(time)), default=None)


def _happening(claims: Sequence[Claim], nodes: Mapping[str, Node], catalogue: Catalogue) -> Happening:
    time = _when(claims)
    start, end = days(time) or (None, None)
    words = wrap(_words(claims, nodes, catalogue), LETTERS, 1)[0]
    return Happening(words, _date(time), start, end, claims[0].status, independent_sources([e for c in claims for e in c.evidence]))


def _words(claims: Sequence[Claim], nodes: Mapping[str, Node], catalogue: Catalogue) -> str:
    """Say an event in a few words: who did what to whom, where; several claims of one relation share a sentence."""
    told = sorted(claims, key=lambda c: (-c.confidence, c.id))
    relation = told[0].relation
    alike = [c for c in told if c.relation == relation]
    left, right = [list(dict.fromkeys(ends)) for ends in zip(*((c.subject, str(c.object)) for c in alike), strict=True)]
    if catalogue.relations[relation].symmetric and len(alike) > 1:
        together = list(dict.fromkeys([*left, *right]))
        left, right = together[:1], together[1:]
    said = f"{_list(left, nodes)} {relation_label(relation, catalogue)} {_list(right, nodes)}"
    place = next((c.place for c in told if c.place), None)
    return f"{said}, {nodes[place].name}" if place and place not in (*left, *right) else said


def _list(ends: Sequence[str], nodes: Mapping[str, Node]) -> str:
    names = [nodes[end].name for end in ends]
    return names[0] if len(names) == 1 else f"{', '.join(names[:-1])} and {names[-1]}"


def _date(time: Time | None) -> str:
    if time is None:
        return ""
    start, end = time.start or "…", time.end or "…"
    return start if start == end else f"{start} – {end}"


def _by_day(first: int, last: int, step: int) -> Iterator[tuple[int, str]]:
    if last - first <= step * TICKS:
        yield from ((day, date.fromordinal(day).isoformat()) for day in range(first, last + 1, step))


def _by_month(first: int, last: int, step: int) -> Iterator[tuple[int, str]]:
    begin, end = date.fromordinal(first), date.fromordinal(last)
    for month in range(begin.year * 12 + begin.month - 1, end.year * 12 + end.month):
        day = date(month // 12, month % 12 + 1, 1) if month % step == 0 and month >= 12 else date.min
        if day.toordinal() >= max(first, 2):
            yield day.toordinal(), f"{day.year:04}" if step >= 12 else f"{day.year:04}-{day.month:02}"


_STEPS: Final = [(_by_day, n) for n in (1, 2, 7, 14)] + [(_by_month, n) for n in (1, 3, 6, 12, 24, 60, 120, 240, 600, 1200, 2400, 6000, 12000)]


def ticks(first: int, last: int) -> list[tuple[int, str]]:
    """Return the days that an axis names, with their labels: a few, at round steps of days, months or years.

    >>> ticks(date(2023, 1, 30).toordinal(), date(2023, 6, 2).toordinal())
    [(738552, '2023-02'), (738580, '2023-03'), (738611, '2023-04'), (738641, '2023-05'), (738672, '2023-06')]
    """
    tried = (list(by(first, last, step)) for by, step in _STEPS)
    return next((found for found in tried if 1 <= len(found) <= TICKS), [(first, date.fromordinal(first).isoformat())])


def timeline_figure(timeline: Timeline, catalogue: Catalogue, *, title: str = "", source: str = "") -> Figure:
    """Draw a timeline as a figure: on each row the words of an event, its date, and its place on the axis of time."""
    with style():
        words = max((line_width(row.words, NAME) for row in timeline.rows), default=0.0) + GAP
        dates = max((line_width(row.date, SMALL) for row in timeline.rows), default=0.0) + GAP
        height = (len(timeline.rows) + 1) * ROW if timeline.rows else 0.0
        entries = status_entries((row.status for row in timeline.rows), "point")
        inner = words + dates + AXIS if timeline.rows else 0.0
        sheet = Sheet.around((inner, height), catalogue, title=title, footer=_footer(timeline, source), entries=entries)
        drawn, axes = sheet.open("" if timeline.rows else "No event with a date to draw.")
        if timeline.rows:
            scale = _Scale.of(timeline, sheet.origin[0] + words + dates)
            _draw_axis(axes, scale, sheet)
            for number, row in enumerate(timeline.rows):
                y = sheet.origin[1] + height - (number + 0.5) * ROW
                write(axes, sheet.origin[0], y, row.words, NAME, va="center_baseline", gid="event")
                write(axes, sheet.origin[0] + words, y, row.date, SMALL, va="center_baseline", color=SOFT, gid="date")
                _draw_row(axes, row, scale, y)
        return drawn


@dataclass(frozen=True, slots=True)
class _Scale:
    """Maps days to the paper; beyond its edges lies what is open."""

    left: float
    first: int
    last: int

    @classmethod
    def of(cls, timeline: Timeline, left: float) -> "_Scale":
        """Choose what the axis shows: every day, or where a few lie far off, what the others need."""
        known = sorted(day for row in timeline.rows for day in (row.start, row.end) if day is not None)
        low, high = known[len(known) // 6], known[-1 - len(known) // 6]
        near = [day for day in known if low - (high - low) <= day <= high + (high - low)]
        shown = near if known[-1] - known[0] > FAR * (near[-1] - near[0]) > 0 else known
        return cls(left, shown[0], shown[-1])

    def x(self, day: int | None, otherwise: float) -> tuple[float, bool]:
        """Return where a day lies, and whether the axis reaches so far; a single day lies in the middle, an open end at `otherwise`."""
        if day is None or not self.first <= day <= self.last:
            return otherwise if day is None else self.left if day < self.first else self.left + AXIS, False
        share = (day - self.first) / (self.last - self.first) if self.last > self.first else 0.5
        return self.left + INDENT + share * (AXIS - 2 * INDENT), True


def _draw_axis(axes: Axes, scale: _Scale, sheet: Sheet) -> None:
    bottom, top = sheet.origin[1] + ROW, sheet.origin[1] + sheet.inner[1]
    for number in range(0, round((top - bottom) / ROW), 2):
        corner = (sheet.origin[0] - 6.0, top - (number + 1) * ROW)
        axes.add_patch(Rectangle(corner, sheet.inner[0] + 12.0, ROW, facecolor="#F6F7F8", edgecolor="none", zorder=0))
    for day, label in ticks(scale.first, scale.last):
        x, _ = scale.x(day, scale.left)
        axes.add_line(Line2D([x, x], [bottom - 3.0, top], color=FAINT, linewidth=0.8, zorder=0.5))
        write(axes, x, bottom - 5.0, label, SMALL, ha="center", va="top", color=SOFT, gid="tick")


def _draw_row(axes: Axes, row: Happening, scale: _Scale, y: float) -> None:
    """Draw a day as a point and a stretch of time as a line between two; what runs on beyond the axis has an arrow at its edge."""
    size = 5.5 + min(4.0, 1.6 * math.log2(max(1, row.sources)))
    (start, starts), (end, ends) = scale.x(row.start, scale.left), scale.x(row.end, scale.left + AXIS)
    if starts and ends and end - start < size + 2.0:
        point(axes, ((start + end) / 2, y), row.status, size)
        return
    rule(axes, np.array([(start, y), (end, y)]), PENS[row.status], 1.6)
    for x, within in ((start, starts), (end, ends)):
        if within:
            point(axes, (x, y), row.status, size)
        else:
            arrow = "<" if x == scale.left else ">"
            colour = PENS[row.status].colour
            face = PAPER if row.status in ("planned", "reported") else colour
            axes.add_line(Line2D([x], [y], marker=cast(Any, arrow), markersize=5.5, color=colour, markerfacecolor=face, zorder=2))


def _footer(timeline: Timeline, source: str) -> Iterator[str]:
    head = f"Source: {source}. " if source else ""
    told = f"{_count(len(timeline.rows), 'event')} in {_count(timeline.claims, 'fact')} from {_count(timeline.documents, 'document')}."
    signs = " Points are larger with more sources; a line is a stretch of time within which it happened; an arrow leads beyond what the axis shows."
    yield f"{head}{told}{signs if timeline.rows else ''}"
    missing = [f"{_count(timeline.undated, 'event')} without a date"] if timeline.undated else []
    missing += [f"{timeline.left_out} with fewer sources, for want of room"] if timeline.left_out else []
    if missing:
        yield f"Left out: {'; '.join(missing)}."


def _count(number: int, word: str) -> str:
    return f"{number} {word}" if number == 1 else f"{number} {word}s"
