"""Where boxes go: nodes with their names and the labels of lines, none over another.

Every line between two nodes has its label as a box of its own, halfway. The graph of node boxes and label boxes is laid
out by stress majorisation (Gansner, Koren and North 2004, "Graph drawing by stress majorization"), which makes distances
on paper like distances in the graph; then boxes that overlap are pushed apart, lines are bent away from boxes that they
would cross, and components are packed side by side. All units are points (1/72 inch). Nothing here is random but the
starts, which are seeded: the same boxes always come to lie in the same places.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import networkx as nx
import numpy as np
import numpy.typing as npt

Array = npt.NDArray[np.float64]

GAP = 5.0
"""Free space kept between two boxes."""
REACH = 26.0
"""Free length of a line on each side of its label."""
STARTS = 6
"""Starting positions that are tried."""
FINISHED = 2
"""How many of them are worked out; the one that reads best is kept."""
SQUASH = 0.72
"""Height over width of a whole arrangement: names are wide, and so are pages and screens."""
CURVE_SAMPLES = np.linspace(0.06, 0.94, 9)


@dataclass(frozen=True, slots=True)
class Box:
    """Width and height of what is drawn, and how far above its centre lines end (the middle of the marker)."""

    width: float
    height: float
    anchor: float = 0.0


@dataclass(frozen=True, slots=True)
class Line:
    """A line between the nodes `source` and `target` (indexes), with the box of its label."""

    source: int
    target: int
    label: Box


@dataclass(frozen=True, slots=True)
class Layout:
    """Centres of the node boxes and of the label boxes, shape (n, 2) and (m, 2), and the size of the whole."""

    nodes: Array
    labels: Array
    width: float
    height: float


def place(nodes: Sequence[Box], lines: Sequence[Line]) -> Layout:
    """Place every node box and label box so that none overlaps another; the lower left corner is (0, 0)."""
    problems = [_Problem.of(nodes, lines, members) for members in _components(len(nodes), lines)]
    arranged = [(problem, _best_arrangement(problem)) for problem in problems]
    centres, labels = np.zeros((len(nodes), 2)), np.zeros((len(lines), 2))
    for (problem, positions), shift in zip(arranged, _pack([_extent(p, x) for p, x in arranged]), strict=True):
        moved = positions - _lower_left(problem, positions) + shift
        centres[problem.node_ids], labels[problem.line_ids] = moved[: problem.n], moved[problem.n :]
    width, height = _upper_right(nodes, lines, centres, labels)
    return Layout(centres, labels, width, height)


@dataclass(frozen=True, slots=True)
class _Problem:
    """One component: its boxes (nodes first, then labels) and, for each line, the rows of its two ends."""

    node_ids: list[int]
    line_ids: list[int]
    sizes: Array
    anchors: Array
    ends: npt.NDArray[np.int64]

    @property
    def n(self) -> int:
        return len(self.node_ids)

    @classmethod
    def of(cls, nodes: Sequence[Box], lines: Sequence[Line], members: list[int]) -> "_Problem":
        row = {node: i for i, node in enumerate(members)}
        line_ids = [i for i, line in enumerate(lines) if line.source in row]
        boxes = [nodes[i] for i in members] + [lines[i].label for i in line_ids]
        ends = [(row[lines[i].source], row[lines[i].target]) for i in line_ids]
        sizes = np.array([(box.width, box.height) for box in boxes])
        return cls(members, line_ids, sizes, np.array([box.anchor for box in boxes]), np.array(ends, dtype=np.int64).reshape(-1, 2))


def _components(count: int, lines: Sequence[Line]) -> Iterator[list[int]]:
    graph = nx.Graph()
    graph.add_nodes_from(range(count))
    graph.add_edges_from((line.source, line.target) for line in lines)
    found = sorted(map(sorted, nx.connected_components(graph)), key=lambda members: (-len(members), members))
    yield from found


def _best_arrangement(problem: _Problem) -> Array:
    """Try several starts and keep the arrangement that reads best."""
    if len(problem.sizes) == 1:
        return np.zeros((1, 2))
    distances = _distances(problem)
    drafts = [_draft(problem, distances, seed) for seed in range(STARTS if problem.n > 3 else 1)]
    best = sorted(drafts, key=lambda positions: _badness(problem, positions))[:FINISHED]
    finished = [_separate(problem, _relax(problem, positions, 90)) for positions in best]
    return min(finished, key=lambda positions: _badness(problem, positions))


def _draft(problem: _Problem, distances: Array, seed: int) -> Array:
    positions = _majorise(_start(distances, seed), distances)
    return _relax(problem, _lie_down(positions) * (1.0, SQUASH), 12)


def _distances(problem: _Problem) -> Array:
    """Ideal distances between all boxes: shortest paths over half-lines as long as their two boxes need."""
    size = len(problem.sizes)
    distances = np.full((size, size), np.inf)
    np.fill_diagonal(distances, 0.0)
    radius = np.hypot(problem.sizes[:, 0], problem.sizes[:, 1]) / 2
    crowding = np.bincount(problem.ends.ravel(), minlength=size)[:size]
    for label, (source, target) in enumerate(problem.ends, start=problem.n):
        for end in (source, target):
            # A node with many lines needs a longer circumference for their labels.
            length = 0.62 * (radius[end] + radius[label]) + REACH + 3.2 * max(0, crowding[end] - 5)
            distances[end, label] = distances[label, end] = length
    for via in range(size):  # Floyd–Warshall
        np.minimum(distances, distances[:, via, None] + distances[None, via, :], out=distances)
    return distances


def _start(distances: Array, seed: int) -> Array:
    """Classical scaling (Torgerson 1952) of the distances, shaken by the seed: the zeroth start is not shaken."""
    size = len(distances)
    centring = np.eye(size) - 1.0 / size
    values, vectors = np.linalg.eigh(-0.5 * centring @ distances**2 @ centring)
    flat = vectors[:, -2:] * np.sqrt(np.maximum(values[-2:], 0.0))
    flat *= np.sign(flat[np.abs(flat).argmax(axis=0), [0, 1]])  # the sign of an eigenvector is arbitrary
    noise = np.random.default_rng(seed).normal(scale=distances.mean(), size=(size, 2))
    return np.asarray(flat + noise * (0.01 if seed == 0 else 0.15 * seed))


def _majorise(positions: Array, distances: Array, steps: int = 40) -> Array:
    """Lower the stress Σ d⁻² (|x_i − x_j| − d)² by the Guttman transform; it never rises from step to step."""
    weights = np.where(distances > 0, 1.0 / np.maximum(distances, 1e-9) ** 2, 0.0)
    laplacian = np.diag(weights.sum(axis=1)) - weights
    inverse = np.linalg.pinv(laplacian)
    for _ in range(steps):
        norms = np.linalg.norm(positions[:, None] - positions[None], axis=2)
        pull = np.where(norms > 1e-9, weights * distances / np.maximum(norms, 1e-9), 0.0)
        positions = inverse @ ((np.diag(pull.sum(axis=1)) - pull) @ positions)
    return positions


def _lie_down(positions: Array) -> Array:
    """Turn the arrangement so that its longest direction lies horizontally."""
    centred = positions - positions.mean(axis=0)
    _, vectors = np.linalg.eigh(centred.T @ centred)
    axes = vectors[:, ::-1]
    return np.asarray(centred @ (axes * np.sign(axes[np.abs(axes).argmax(axis=0), [0, 1]])))


def _relax(problem: _Problem, positions: Array, steps: int) -> Array:
    """Push boxes apart and lines off boxes, while labels are drawn to the middle of their lines."""
    positions = positions.copy()
    for step in range(steps):
        heat = 1.0 - 0.7 * step / steps
        positions += 0.45 * _push_boxes(problem.sizes, positions)
        if step % 2 == 0:  # the dearest of the three
            positions += heat * 0.9 * _push_lines(problem, positions)
        positions[problem.n :] += heat * 0.12 * (_middles(problem, positions) - positions[problem.n :])
    return positions


def _separate(problem: _Problem, positions: Array, rounds: int = 400) -> Array:
    """Push until no two boxes overlap; where pushing alone does not end, spread everything a little first."""
    for step in range(1, rounds + 1):
        push = _push_boxes(problem.sizes, positions)
        if not push.any():
            return positions
        positions = (positions + 0.55 * push) * (1.02 if step % 25 == 0 else 1.0)
    while _push_boxes(problem.sizes, positions).any():
        positions = positions * 1.05 + np.arange(len(positions))[:, None] * 1e-6  # centres that coincide come apart too
    return positions


def _push_boxes(sizes: Array, positions: Array) -> Array:
    """How far each box must move so that it and every box over it come apart, along the shorter way."""
    offset = positions[:, None] - positions[None]
    overlap = (sizes[:, None] + sizes[None]) / 2 + GAP - np.abs(offset)
    np.einsum("iij->ij", overlap)[:] = 0.0
    both = np.all(overlap > 0.01, axis=2)
    sideways = overlap[..., 0] < overlap[..., 1]
    tie = np.sign(np.subtract.outer(np.arange(len(sizes)), np.arange(len(sizes))))
    direction = np.where(offset == 0, tie[..., None], np.sign(offset))
    move = direction * overlap / 2 * both[..., None]
    return np.stack([(move[..., 0] * sideways).sum(axis=1), (move[..., 1] * ~sideways).sum(axis=1)], axis=1)


def _push_lines(problem: _Problem, positions: Array) -> Array:
    """Move boxes that a foreign line crosses out of its way, and the label that bends the line the other way."""
    push = np.zeros_like(positions)
    start, middle, end = _curves(problem, positions)
    offset = positions[None, :, None] - curve_points(start, middle, end, CURVE_SAMPLES)[:, None]
    half = problem.sizes / 2 + 3.0
    inside = np.minimum(half[:, 0, None] - np.abs(offset[..., 0]), half[:, 1, None] - np.abs(offset[..., 1]))
    depth = np.clip(inside, 0.0, 12.0)
    rows = np.arange(len(problem.ends))
    depth[rows, problem.n + rows] = depth[rows, problem.ends[:, 0]] = depth[rows, problem.ends[:, 1]] = 0.0
    along = end - start
    normal = np.stack([-along[:, 1], along[:, 0]], axis=1) / np.maximum(np.linalg.norm(along, axis=1, keepdims=True), 1e-9)
    side = np.sign(((offset @ normal[:, None, :, None])[..., 0] * (depth > 0)).sum(axis=2) + 1e-9)
    amount = (side * depth.max(axis=2))[..., None] * normal[:, None]
    push += 0.5 * amount.sum(axis=0)
    push[problem.n :] -= 0.6 * amount.sum(axis=1)
    return np.asarray(np.clip(push, -14.0, 14.0))


def _curves(problem: _Problem, positions: Array) -> tuple[Array, Array, Array]:
    """Start, middle and end of every line: the middles are the labels, the ends the anchors of the nodes."""
    anchored = positions + np.stack([np.zeros_like(problem.anchors), problem.anchors], axis=1)
    return anchored[problem.ends[:, 0]], positions[problem.n :], anchored[problem.ends[:, 1]]


def curve_points(start: Array, middle: Array, end: Array, at: Array) -> Array:
    """Points of the quadratic curves that pass `middle` halfway, shape (lines, len(at), 2)."""
    control = 2 * middle - (start + end) / 2
    t = at[None, :, None]
    return np.asarray((1 - t) ** 2 * start[:, None] + 2 * t * (1 - t) * control[:, None] + t**2 * end[:, None])


def _middles(problem: _Problem, positions: Array) -> Array:
    """Halfway between the boxes of a line, not between their centres; parallel lines keep a distance by their boxes."""
    start, _, end = _curves(problem, positions)
    along = end - start
    length = np.maximum(np.linalg.norm(along, axis=1, keepdims=True), 1e-9)
    direction = np.abs(along) / length
    reach = (problem.sizes[problem.ends] / 2 * direction[:, None]).sum(axis=2, keepdims=True)
    return np.asarray((start + end) / 2 + along / length * (reach[:, 0] - reach[:, 1]) / 2)


def _badness(problem: _Problem, positions: Array) -> float:
    """Crossings of lines, lines through boxes, bent lines, and the area: the smaller, the better it reads."""
    start, middle, end = _curves(problem, positions)
    bend = np.linalg.norm(middle - _middles(problem, positions), axis=1) / np.maximum(np.linalg.norm(end - start, axis=1), 1e-9)
    width, height = _extent(problem, positions)
    crossings = _crossings(problem, positions)
    return 1.0 * crossings + 2.5 * _hits(problem, positions) + 2.0 * float(bend.sum()) + width * height / 25_000


def _hits(problem: _Problem, positions: Array) -> int:
    points = curve_points(*_curves(problem, positions), np.linspace(0.03, 0.97, 24))
    inside = np.all(np.abs(points[:, :, None] - positions[None, None]) < problem.sizes / 2, axis=3).any(axis=1)
    own = np.zeros_like(inside)
    rows = np.arange(len(problem.ends))
    own[rows, problem.n + rows] = own[rows, problem.ends[:, 0]] = own[rows, problem.ends[:, 1]] = True
    return int((inside & ~own).sum())


def _crossings(problem: _Problem, positions: Array) -> int:
    """Count crossings of the lines, each taken as two straight halves; lines that share a node do not count."""
    start, middle, end = _curves(problem, positions)
    a, b = np.concatenate([start, middle]), np.concatenate([middle, end])
    owner = np.tile(np.arange(len(start)), 2)
    left = _turn(a[:, None], b[:, None], a[None]) * _turn(a[:, None], b[:, None], b[None])
    right = left.T
    share = (problem.ends[:, None, :, None] == problem.ends[None, :, None, :]).any(axis=(2, 3))[np.ix_(owner, owner)]
    return int(((left < 0) & (right < 0) & ~share).sum()) // 2


def _turn(a: Array, b: Array, c: Array) -> Array:
    return (b[..., 0] - a[..., 0]) * (c[..., 1] - a[..., 1]) - (b[..., 1] - a[..., 1]) * (c[..., 0] - a[..., 0])


def _lower_left(problem: _Problem, positions: Array) -> Array:
    return np.asarray((positions - problem.sizes / 2).min(axis=0))


def _extent(problem: _Problem, positions: Array) -> tuple[float, float]:
    width, height = (positions + problem.sizes / 2).max(axis=0) - _lower_left(problem, positions)
    return float(width), float(height)


def _pack(extents: Sequence[tuple[float, float]], gap: float = 28.0) -> list[tuple[float, float]]:
    """Put rectangles on shelves of a page about 1.5 times as wide as high, high ones first and each where there is room; return lower left corners."""
    if not extents:
        return []
    area = sum((w + gap) * (h + gap) for w, h in extents)
    page = max(max(w for w, _ in extents), (1.5 * area) ** 0.5)
    corners = [(0.0, 0.0)] * len(extents)
    shelves: list[tuple[float, float]] = []  # how far each is filled, and its lower edge
    top = 0.0
    for i in sorted(range(len(extents)), key=lambda i: (-extents[i][1], i)):
        width, height = extents[i]
        free = next((number for number, (filled, _) in enumerate(shelves) if filled + width <= page), len(shelves))
        if free == len(shelves):
            shelves.append((0.0, top))
            top += height + gap
        corners[i] = shelves[free]
        shelves[free] = (shelves[free][0] + width + gap, shelves[free][1])
    return corners


def _upper_right(nodes: Sequence[Box], lines: Sequence[Line], centres: Array, labels: Array) -> tuple[float, float]:
    sizes = np.array([(box.width, box.height) for box in nodes] + [(line.label.width, line.label.height) for line in lines]).reshape(-1, 2)
    corners = np.concatenate([centres, labels]) + sizes / 2
    return (float(corners[:, 0].max()), float(corners[:, 1].max())) if len(corners) else (0.0, 0.0)
