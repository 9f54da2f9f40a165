"""Who × whom: a matrix whose rows act and whose columns are acted on."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.lines import Line2D

from graphbuild.catalogue import Catalogue
from graphbuild.confidence import independent_sources
from graphbuild.draw.picture import LIMIT
from graphbuild.draw.sheet import FAINT, INK, NAME, PAPER, SMALL, Sheet, cell, class_entries, mark, status_entries, strike, style, write
from graphbuild.draw.signs import PENS, sign_of
from graphbuild.draw.text import line_width, wrap
from graphbuild.records import Claim, Node, Status

CELL: Final = 19.0
MARKER: Final = 9.0
LETTERS: Final = 30
ACTOR: Final = "actor"
"""The union of the catalogue that holds who can act."""

_DENIED: Final[Status] = "denied"


@dataclass(frozen=True, slots=True)
class Cell:
    """What one acts upon another: number of facts, independent sources, the surest status of them, and whether any is denied."""

    row: int
    column: int
    facts: int
    sources: int
    status: Status
    denied: bool = False


@dataclass(frozen=True, slots=True)
class Matrix:
    """Rows and columns in the order of classes and weight, and how much is left out."""

    rows: tuple[Node, ...]
    columns: tuple[Node, ...]
    cells: tuple[Cell, ...]
    claims: int = 0
    documents: int = 0
    left_out: int = 0


def cross_table(nodes: Mapping[str, Node], claims: Iterable[Claim], catalogue: Catalogue, *, everything: bool = False, limit: int = LIMIT) -> Matrix:
    """Count who does something to whom; what holds both ways counts in both directions.

    Args:
        nodes: node id → node.
        claims: the claims to count.
        catalogue: says who can act, and which relations hold both ways.
        everything: count also what is no actor: places, offices, works.
        limit: most rows, and most columns; those with most facts are kept.
    """
    pairs: dict[tuple[str, str], list[Claim]] = defaultdict(list)
    for claim in claims:
        for pair in _directions(claim, catalogue):
            if everything or all(_acts(nodes[end], catalogue) for end in pair):
                pairs[pair].append(claim)
    sides = [_weights(pairs, side) for side in (0, 1)]
    kept = _most_important(pairs, sides, limit)
    shown = {pair: told for pair, told in pairs.items() if pair[0] in kept[0] and pair[1] in kept[1]}
    rows, columns = (tuple(_ordered({pair[side] for pair in shown}, nodes, sides[side], catalogue)) for side in (0, 1))
    at = [{node.id: i for i, node in enumerate(side)} for side in (rows, columns)]
    cells = tuple(_cell(at[0][row], at[1][column], shown[row, column]) for row, column in sorted(shown))
    used = {claim.id: claim for told in shown.values() for claim in told}
    documents = {e.document for claim in used.values() for e in claim.evidence}
    every = {end for pair in pairs for end in pair}
    return Matrix(rows, columns, cells, len(used), len(documents), len(every - {node.id for node in (*rows, *columns)}))


def _directions(claim: Claim, catalogue: Catalogue) -> Iterator[tuple[str, str]]:
    if isinstance(claim.object, str):
        yield claim.subject, claim.object
        known = catalogue.relations.get(claim.relation)
        if known and known.symmetric:
            yield claim.object, claim.subject


def _acts(node: Node, catalogue: Catalogue) -> bool:
    return ACTOR not in catalogue.unions or catalogue.admits((ACTOR,), node.type)


def _weights(pairs: Mapping[tuple[str, str], Sequence[Claim]], side: int) -> dict[str, int]:
    weights: dict[str, int] = defaultdict(int)
    for pair, told in pairs.items():
        weights[pair[side]] += len(told)
    return weights


def _most_important(pairs: Iterable[tuple[str, str]], sides: Sequence[Mapping[str, int]], limit: int) -> tuple[set[str], set[str]]:
    """Return rows and columns: those whose two ends are in most facts, a cell at a time, so that no row or column is empty."""
    rows: set[str] = set()
    columns: set[str] = set()
    for row, column in sorted(pairs, key=lambda pair: (-sides[0][pair[0]] - sides[1][pair[1]], pair)):
        if len(rows | {row}) <= limit and len(columns | {column}) <= limit:
            rows.add(row)
            columns.add(column)
    return rows, columns


def _ordered(ends: Iterable[str], nodes: Mapping[str, Node], weights: Mapping[str, int], catalogue: Catalogue) -> list[Node]:
    """Put classes together in the order of the catalogue, and who is in most facts first."""
    rank = {name: number for number, name in enumerate(catalogue.classes)}
    return sorted((nodes[end] for end in ends), key=lambda node: (rank.get(node.type, len(rank)), node.type, -weights[node.id], node.name, node.id))


def _cell(row: int, column: int, claims: Sequence[Claim]) -> Cell:
    statuses = {claim.status for claim in claims}
    surest = next(status for status in PENS if status in statuses)
    return Cell(row, column, len(claims), independent_sources([e for c in claims for e in c.evidence]), surest, "denied" in statuses)


def matrix_figure(matrix: Matrix, catalogue: Catalogue, *, title: str = "", source: str = "") -> Figure:
    """Draw a matrix as a figure: each cell with the number of its facts, the darker the more sources tell of it."""
    with style():
        names = [[_name(node) for node in side] for side in (matrix.rows, matrix.columns)]
        left, top = (max((line_width(name, NAME) for name in side), default=0.0) + MARKER + 12.0 for side in names)
        size = (left + len(matrix.columns) * CELL, top + len(matrix.rows) * CELL) if matrix.cells else (0.0, 0.0)
        statuses = [status for c in matrix.cells for status in ((c.status, _DENIED) if c.denied else (c.status,))]
        entries = class_entries((node.type for node in (*matrix.rows, *matrix.columns)), catalogue) + status_entries(statuses, "cell")
        sheet = Sheet.around(size, catalogue, title=title, footer=_footer(matrix, source), entries=entries)
        drawn, axes = sheet.open("" if matrix.cells else "No relations to draw.")
        corner = (float(sheet.origin[0]) + left, float(sheet.origin[1]) + len(matrix.rows) * CELL)
        if matrix.cells:
            _draw_heads(axes, matrix, names, corner, catalogue)
        most = max((c.sources for c in matrix.cells), default=1)
        for found in matrix.cells:
            _draw_cell(axes, found, corner, most)
        return drawn


def _name(node: Node) -> str:
    return wrap(node.name, LETTERS, 1)[0]


def _draw_heads(axes: Axes, matrix: Matrix, names: list[list[str]], corner: tuple[float, float], catalogue: Catalogue) -> None:
    """Write the names beside their rows and, upright, over their columns; the upper left corner of the cells is `corner`."""
    width, height = len(matrix.columns) * CELL, len(matrix.rows) * CELL
    for number, (node, name) in enumerate(zip(matrix.rows, names[0], strict=True)):
        y = corner[1] - (number + 0.5) * CELL
        mark(axes, (corner[0] - 4.0 - MARKER / 2, y), sign_of(node.type, catalogue), MARKER)
        write(axes, corner[0] - MARKER - 9.0, y, name, NAME, ha="right", va="center_baseline", gid="row")
        axes.add_line(Line2D([corner[0], corner[0] + width], [y, y], color=FAINT, linewidth=0.7, zorder=0))
    for number, (node, name) in enumerate(zip(matrix.columns, names[1], strict=True)):
        x = corner[0] + (number + 0.5) * CELL
        mark(axes, (x, corner[1] + 4.0 + MARKER / 2), sign_of(node.type, catalogue), MARKER)
        write(axes, x, corner[1] + MARKER + 9.0, name, NAME, ha="center", va="bottom", rotation=90, gid="column")
        axes.add_line(Line2D([x, x], [corner[1] - height, corner[1]], color=FAINT, linewidth=0.7, zorder=0))


def _draw_cell(axes: Axes, found: Cell, corner: tuple[float, float], most: int) -> None:
    at = (corner[0] + found.column * CELL, corner[1] - (found.row + 1) * CELL)
    share = (found.sources - 1) / (most - 1) if most > 1 else 0.4
    cell(axes, at, CELL, found.status, share)
    if found.denied:
        strike(axes, at, CELL)
    dark = found.status == "asserted" and share > 0.45
    look = {"ha": "center", "va": "center_baseline", "color": PAPER if dark else INK, "zorder": 4, "gid": "count"}
    write(axes, at[0] + CELL / 2, at[1] + CELL / 2, str(found.facts), SMALL, **look)


def _footer(matrix: Matrix, source: str) -> Iterator[str]:
    relations = "1 relation" if matrix.claims == 1 else f"{matrix.claims} relations"
    documents = "1 document" if matrix.documents == 1 else f"{matrix.documents} documents"
    head = f"Source: {source}. " if source else ""
    yield (
        f"{head}{relations} from {documents}. Who acts stands at the left, whom it concerns above; what holds both ways counts twice. "
        "The number counts facts; cells are darker with more sources, and framed as the surest fact in them is; a red cross says that one of them is denied."
    )
    if matrix.left_out:
        yield f"{matrix.left_out} less important {'entity is' if matrix.left_out == 1 else 'entities are'} left out for want of room."
