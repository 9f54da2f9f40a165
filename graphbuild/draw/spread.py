"""Where thousands of nodes go: positions for a page that can be moved and zoomed.

`layout` fits every label of a printed diagram and takes time with the square of the boxes. Here each component starts from
pivot MDS (Brandes and Pich 2007, "Eigensolver methods for progressive multidimensional scaling of large data"), is worked out
by forces whose repulsion is sampled when there are many nodes, and nodes that lie on one another come apart; then the
components are packed. All is seeded: the same graph always comes to lie in the same places.
"""

from collections.abc import Iterator, Sequence

import networkx as nx
import numpy as np
import numpy.typing as npt

Array = npt.NDArray[np.float64]
Ends = npt.NDArray[np.int64]

PIVOTS = 40
SAMPLE = 400
"""Nodes that every node is pushed away from in one step; of a graph no larger than this, all."""
APART = 0.55
"""Least distance of two nodes; the ideal length of a line is 1."""
GRAVITY = 0.12
"""Pull to the middle; with the repulsion it makes about one node a unit of area in a large component."""
GAP = 1.1
"""Free space between components."""


def spread(count: int, lines: Sequence[tuple[int, int]], seed: int = 0) -> Array:
    """Place nodes so that linked ones lie near each other.

    Args:
        count: number of nodes.
        lines: pairs of node numbers.
        seed: of all that is drawn by lot.

    Returns:
        Centres, shape (count, 2); a line is about 1 long.
    """
    centres = np.zeros((count, 2))
    members = list(_components(count, lines))
    arranged = [_arrange(nodes, ends, np.random.default_rng((seed, len(nodes)))) for nodes, ends in members]
    for (nodes, _), positions, corner in zip(members, arranged, _pack([np.ptp(x, axis=0) for x in arranged]), strict=True):
        centres[nodes] = positions - positions.min(axis=0) + corner
    return centres


def _components(count: int, lines: Sequence[tuple[int, int]]) -> Iterator[tuple[list[int], Ends]]:
    """Yield the nodes of each component and its lines, numbered within it; the largest first."""
    graph = nx.Graph()
    graph.add_nodes_from(range(count))
    graph.add_edges_from((a, b) for a, b in lines if a != b)
    for nodes in sorted(map(sorted, nx.connected_components(graph)), key=lambda nodes: (-len(nodes), nodes)):
        row = {node: i for i, node in enumerate(nodes)}
        pairs = sorted({tuple(sorted((row[a], row[b]))) for a, b in graph.edges(nodes)})
        yield nodes, np.array(pairs, dtype=np.int64).reshape(-1, 2)


def _arrange(nodes: Sequence[int], ends: Ends, dice: np.random.Generator) -> Array:
    if len(nodes) <= 2:
        return np.array([(1.6 * i, 0.0) for i in range(len(nodes))])
    positions = _relax(_start(len(nodes), ends, dice), ends, dice)
    return _come_apart(_lie_down(positions), dice)


def _start(count: int, ends: Ends, dice: np.random.Generator) -> Array:
    """Pivot MDS, its mean line as long as 1, shaken a little: the leaves of one node would coincide."""
    distances = _pivot_distances(count, ends)
    squared = distances**2
    centred = -0.5 * (squared - squared.mean(axis=0) - squared.mean(axis=1, keepdims=True) + squared.mean())
    _, vectors = np.linalg.eigh(centred.T @ centred)
    axes = vectors[:, -2:] if vectors.shape[1] > 1 else np.ones((1, 2))
    flat = centred @ (axes * np.sign(axes[np.abs(axes).argmax(axis=0), range(2)]))  # the sign of an eigenvector is arbitrary
    length = np.linalg.norm(flat[ends[:, 0]] - flat[ends[:, 1]], axis=1).mean()
    return np.asarray(flat / max(length, 1e-9) + dice.normal(scale=0.3, size=(count, 2)))


def _pivot_distances(count: int, ends: Ends) -> Array:
    """Steps from every node to pivots, each the node farthest from those before it; shape (count, pivots)."""
    graph = nx.Graph()
    graph.add_nodes_from(range(count))
    graph.add_edges_from(ends.tolist())
    pivot, nearest, columns = int(np.bincount(ends.ravel()).argmax()), np.full(count, np.inf), []
    for _ in range(min(PIVOTS, count)):
        steps = nx.single_source_shortest_path_length(graph, pivot)
        columns.append(np.array([float(steps[i]) for i in range(count)]))
        nearest = np.minimum(nearest, columns[-1])
        pivot = int(nearest.argmax())
    return np.stack(columns, axis=1)


def _relax(positions: Array, ends: Ends, dice: np.random.Generator) -> Array:
    """Forces of ForceAtlas2 (Jacomy and others 2014) under the cooling of Fruchterman and Reingold (1991): hubs get room around them."""
    count = len(positions)
    degree = np.bincount(ends.ravel(), minlength=count).astype(float)
    mass = 0.7 + 0.3 * np.sqrt(degree)
    steps = 140 if count <= SAMPLE else 90
    for step in range(steps):
        move = _repulsion(positions, mass, dice) + _attraction(positions, ends, degree)
        move -= GRAVITY * mass[:, None] * (positions - positions.mean(axis=0))
        length = np.maximum(np.linalg.norm(move, axis=1, keepdims=True), 1e-9)
        heat = 0.9 * (1.0 - step / steps) + 0.02
        positions = positions + move / length * np.minimum(length, heat)
    return positions


def _repulsion(positions: Array, mass: Array, dice: np.random.Generator) -> Array:
    count = len(positions)
    others = np.arange(count) if count <= SAMPLE else np.sort(dice.choice(count, SAMPLE, replace=False))
    offset = positions[:, None] - positions[None, others]
    squared = np.maximum((offset**2).sum(axis=2), 0.01)
    push = mass[:, None] * mass[None, others] / squared
    return np.asarray((offset * push[..., None]).sum(axis=1) * (count / len(others)) * 0.35)


def _attraction(positions: Array, ends: Ends, degree: Array) -> Array:
    """Pull along lines by their length, which lets dense parts stand out (ForceAtlas2); a line between two hubs may be long."""
    pull = np.zeros_like(positions)
    offset = positions[ends[:, 1]] - positions[ends[:, 0]]
    strength = 1.0 / np.sqrt(np.minimum(degree[ends[:, 0]], degree[ends[:, 1]]))
    force = offset * strength[:, None]
    np.add.at(pull, ends[:, 0], force)
    np.add.at(pull, ends[:, 1], -force)
    return pull


def _lie_down(positions: Array) -> Array:
    """Turn the arrangement so that its longest direction lies horizontally."""
    centred = positions - positions.mean(axis=0)
    _, vectors = np.linalg.eigh(centred.T @ centred)
    axes = vectors[:, ::-1]
    return np.asarray(centred @ (axes * np.sign(axes[np.abs(axes).argmax(axis=0), [0, 1]])))


def _come_apart(positions: Array, dice: np.random.Generator, rounds: int = 60) -> Array:
    """Push nodes nearer than `APART` away from each other."""
    positions = positions + dice.normal(scale=1e-6, size=positions.shape)  # so that coinciding nodes have a direction
    for _ in range(rounds):
        left, right = _near_pairs(positions)
        offset = positions[left] - positions[right]
        distance = np.maximum(np.linalg.norm(offset, axis=1), 1e-9)
        if not len(left):
            break
        move = offset / distance[:, None] * ((APART * 1.05 - distance) / 2)[:, None]
        np.add.at(positions, left, move)
        np.add.at(positions, right, -move)
    return positions


def _near_pairs(positions: Array) -> tuple[Ends, Ends]:
    """All pairs nearer than `APART`, by a sweep from left to right."""
    order = np.lexsort((positions[:, 1], positions[:, 0]))
    ranked = positions[order]
    left, right = [np.empty(0, dtype=np.int64)], [np.empty(0, dtype=np.int64)]
    for shift in range(1, len(order)):
        offset = ranked[shift:] - ranked[:-shift]
        if not (offset[:, 0] < APART).any():
            break
        near = np.flatnonzero((offset**2).sum(axis=1) < APART**2)
        left.append(order[near])
        right.append(order[near + shift])
    return np.concatenate(left), np.concatenate(right)


def _pack(sizes: Sequence[Array]) -> list[Array]:
    """Return the lower left corner of each component: the first at the left, the others on shelves beside it, else below one another."""
    area = [float((size + GAP).prod()) for size in sizes]
    if len(sizes) < 4 or area[0] < 0.4 * sum(area):
        return _shelves(sizes, (1.6 * sum(area)) ** 0.5)
    beside = _shelves(sizes[1:], 1.15 * sum(area[1:]) / float(sizes[0][1]))
    return [np.zeros(2), *(corner + np.array([float(sizes[0][0]) + 2 * GAP, 0.0]) for corner in beside)]


def _shelves(sizes: Sequence[Array], width: float) -> list[Array]:
    """Put rectangles side by side, in the order given, on shelves about as wide as asked."""
    page = max([width, *(float(size[0]) for size in sizes)])
    corners, x, y, shelf = [], 0.0, 0.0, 0.0
    for w, height in sizes:
        if x > 0 and x + w > page:
            x, y, shelf = 0.0, y + shelf + GAP, 0.0
        corners.append(np.array([x, y]))
        x, shelf = x + w + GAP, max(shelf, float(height))
    return corners
