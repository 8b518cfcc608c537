"""Positions computed beforehand: the same network, the same picture, and no label over another.

Each connected component is laid out by networkx from a few seeded starts, turned and scaled in a few ways, and freed
of overlaps; the arrangement with the least size, crossings and edges behind labels is kept. Then the components are
packed, the small ones into the room that the large ones leave.

That takes time with the square of the nodes and more. A network of more than LARGE nodes gets one arrangement a
component instead, by methods whose time grows little more than in proportion: see `kg.networks.layout_forces` and
`kg.networks.layout_large`. With three edges a node, on two cores that others used too: 2,000 nodes in 0.7 to 1.6 s
and 110 MB, 10,000 in 5 to 13 s and 170 MB (the whole process). A second shape of the same network costs a quarter of
that, since what the forces gave is kept.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping
from functools import lru_cache
from typing import TypeAlias

import networkx as nx
import numpy as np
from numpy.typing import NDArray

from kg.networks.boxes import Array, Box, behind, crossings, push_apart, sides_of
from kg.networks.graphs import simple_graph
from kg.networks.network import Network

Position: TypeAlias = tuple[int, int]
_Ends: TypeAlias = NDArray[np.intp]

LARGE = 300  # nodes; larger networks are laid out in a faster way
_BETWEEN = 26.0  # pixels between two components
_STEP = 24.0  # pixels of the grid on which components are tried
_STRESS_LIMIT = 200  # nodes; beyond it Kamada and Kawai's method takes too long, and one arrangement must do
_SPRINGS = 3  # starts beside the first
_LENGTHS = (75.0, 105.0, 140.0)  # mean lengths of an edge to try, in pixels
_ANGLES = (0.0, 45.0, 90.0, 135.0)  # degrees from the longest direction
# What a crossing, and a label with an edge behind it, cost: shares of the picture's size.
_CROSSING, _BEHIND = 0.05, 0.04


def layout(
    network: Network, boxes: Mapping[str, Box], *, aspect: float = 1.5, seed: int = 20251101
) -> dict[str, Position]:
    """Node → x to the right and y downwards, in pixels around (0, 0), so that no two boxes overlap.

    ``aspect`` is width by height of the picture to fill. KeyError when a node has no box.
    """
    if len(network.nodes) > LARGE:
        return _large(network, boxes, aspect, seed)
    graph = simple_graph(network)
    components = [sorted(component) for component in nx.connected_components(graph)]
    components.sort(key=lambda component: (-len(component), component[0]))
    parts = []
    for component in components:
        sides = sides_of([boxes[node] for node in component])
        index = {node: i for i, node in enumerate(component)}
        pairs = sorted((min(a, b), max(a, b)) for a, b in graph.subgraph(component).edges)
        ends = np.array([(index[a], index[b]) for a, b in pairs], dtype=np.intp).reshape(-1, 2)
        parts.append((component, _arranged(component, ends, sides, aspect, seed), sides, ends))
    return _packed(parts, aspect)


def _large(network: Network, boxes: Mapping[str, Box], aspect: float, seed: int) -> dict[str, Position]:
    """The layout of a network with more than LARGE nodes, centred at (0, 0)."""
    from kg.networks.layout_large import Part, arranged  # scipy's graphs, trees and transforms take time to import

    nodes = [node.id for node in network.nodes]
    number = {node: i for i, node in enumerate(nodes)}
    sides = sides_of([boxes[node] for node in nodes])
    graph = simple_graph(network)
    parts = []
    for component in nx.connected_components(graph):
        members = sorted(number[node] for node in component)
        place = {member: i for i, member in enumerate(members)}
        pairs = sorted(
            {
                (min(a, b), max(a, b))
                for node in component
                for a, b in ((place[number[node]], place[number[other]]) for other in graph[node])
            }
        )
        ends = np.array(pairs, dtype=np.intp).reshape(-1, 2)
        parts.append(Part(np.array(members, dtype=np.intp), ends, sides[members]))
    parts.sort(key=lambda part: int(part.nodes[0]))
    spots = arranged(parts, len(nodes), aspect, seed)
    middle = ((spots - sides[:, :2]).min(axis=0) + (spots + sides[:, 2:]).max(axis=0)) / 2
    return {node: (round(x), round(y)) for node, (x, y) in zip(nodes, (spots - middle).tolist(), strict=True)}


def _arranged(component: list[str], ends: _Ends, sides: Array, aspect: float, seed: int) -> Array:
    """The best of some arrangements of one component; the first of equals."""
    best: tuple[float, Array] | None = None
    for spots in _arrangements(len(component), ends, aspect, seed):
        freed = push_apart(spots, sides)
        low, high = (freed - sides[:, :2]).min(axis=0), (freed + sides[:, 2:]).max(axis=0)
        width, height = high - low
        cost = max(width / aspect, height) + 0.15 * (width / aspect + height)
        cost *= 1 + _CROSSING * crossings(freed, ends) + _BEHIND * behind(freed, ends, sides)
        # Rounded, so that a last bit cannot choose another picture on another machine.
        if best is None or round(cost, 3) < best[0]:
            best = (round(cost, 3), freed)
    assert best is not None  # noqa: S101  # there is always one arrangement
    return best[1]


def _arrangements(count: int, ends: _Ends, aspect: float, seed: int) -> Iterator[Array]:
    """Positions to begin with: by a force layout from several starts, in several lengths and directions."""
    if count == 1:
        yield np.zeros((1, 2))
        return
    small = count <= _STRESS_LIMIT
    for spots in _starts(count, tuple((int(a), int(b)) for a, b in ends), seed):
        mean = float(np.hypot(*(spots[ends[:, 0]] - spots[ends[:, 1]]).T).mean()) or 1.0
        for length in _LENGTHS if small else _LENGTHS[-1:]:
            for angle in _ANGLES if small else _ANGLES[:1]:
                yield _shaped(_turned(spots * (length / mean), angle), aspect)


@lru_cache(maxsize=64)
def _starts(count: int, pairs: tuple[tuple[int, int], ...], seed: int) -> tuple[Array, ...]:
    """Where networkx puts the nodes: by the method of Kamada and Kawai, then by springs from random places."""
    graph: nx.Graph[int] = nx.Graph()
    graph.add_nodes_from(range(count))
    graph.add_edges_from(pairs)
    found = [nx.kamada_kawai_layout(graph)] if count <= _STRESS_LIMIT else []
    for start in range(_SPRINGS if 3 < count <= _STRESS_LIMIT else 1 - len(found)):
        begun = found[0] if found and start == 0 else None
        found.append(nx.spring_layout(graph, pos=begun, seed=seed + start, iterations=60))
    return tuple(np.array([spots[node] for node in range(count)], dtype=np.float64) for spots in found)


def _turned(spots: Array, angle: float) -> Array:
    """The positions with their longest direction at an angle from the horizontal."""
    centred = spots - spots.mean(axis=0)
    _, vectors = np.linalg.eigh(centred.T @ centred)
    axis = vectors[:, 1]
    if axis[np.argmax(np.abs(axis))] < 0:  # a direction and its opposite are one to eigh
        axis = -axis
    turn = math.radians(angle) - math.atan2(float(axis[1]), float(axis[0]))
    cos, sin = math.cos(turn), math.sin(turn)
    return np.asarray(centred @ np.array([[cos, sin], [-sin, cos]]), dtype=np.float64)


def _shaped(spots: Array, aspect: float) -> Array:
    """The positions stretched towards the picture's shape, within reason."""
    width, height = np.ptp(spots, axis=0) + 100.0
    factor = min(1.5, max(1 / 1.5, math.sqrt(aspect * float(height) / float(width))))
    return np.asarray(spots * np.array([factor, 1 / factor]), dtype=np.float64)


def _packed(parts: list[tuple[list[str], Array, Array, _Ends]], aspect: float) -> dict[str, Position]:
    """Put the components side by side so that the whole is small; then centre it at (0, 0).

    A component takes the room of its boxes and edges, so that another may stand in a bay of it.
    """
    taken = np.zeros((0, 4))
    found: dict[str, tuple[float, float]] = {}
    for component, spots, sides, ends in parts:
        room = _room(spots, sides, ends)
        offset = _place(room, taken, aspect)
        taken = np.vstack([taken, room + np.tile(offset, 2)])
        for node, spot in zip(component, spots + offset, strict=True):
            found[node] = (float(spot[0]), float(spot[1]))
    if not found:
        return {}
    middle = (taken[:, :2].min(axis=0) + taken[:, 2:].max(axis=0)) / 2
    return {
        node: (round(x - float(middle[0])), round(y - float(middle[1]))) for node, (x, y) in sorted(found.items())
    }


def _room(spots: Array, sides: Array, ends: _Ends) -> Array:
    """Left, top, right and bottom of every box, and of small boxes along every edge."""
    rows = [np.hstack([spots - sides[:, :2], spots + sides[:, 2:]])]
    for share in (0.2, 0.35, 0.5, 0.65, 0.8):
        along = spots[ends[:, 0]] * (1 - share) + spots[ends[:, 1]] * share
        rows.append(np.hstack([along - 8.0, along + 8.0]))
    return np.vstack(rows)


def _place(room: Array, taken: Array, aspect: float) -> Array:
    """Where to move a component so that it hits nothing and the whole grows least."""
    low, high = room[:, :2].min(axis=0), room[:, 2:].max(axis=0)
    if not len(taken):
        return np.asarray(-low, dtype=np.float64)
    all_low, all_high = taken[:, :2].min(axis=0), taken[:, 2:].max(axis=0)
    size = high - low
    best: tuple[float, float, Array] | None = None
    middle = (all_low + all_high) / 2
    for y in np.arange(all_low[1] - size[1] - _BETWEEN, all_high[1] + _BETWEEN + 1, _STEP):
        for x in np.arange(all_low[0] - size[0] - _BETWEEN, all_high[0] + _BETWEEN + 1, _STEP):
            corner = np.array([x, y])
            whole = np.maximum(all_high, corner + size) - np.minimum(all_low, corner)
            cost = round(float(max(whole[0] / aspect, whole[1]) + 0.15 * (whole[0] / aspect + whole[1])), 3)
            far = round(float(np.hypot(*(corner + size / 2 - middle))), 3)
            if best is not None and (cost, far) >= best[:2]:
                continue
            moved = room + np.tile(corner - low, 2)
            gap = _BETWEEN
            apart = (
                (moved[:, None, 0] >= taken[None, :, 2] + gap)
                | (moved[:, None, 2] + gap <= taken[None, :, 0])
                | (moved[:, None, 1] >= taken[None, :, 3] + gap)
                | (moved[:, None, 3] + gap <= taken[None, :, 1])
            )
            if apart.all():
                best = (cost, far, corner - low)
    assert best is not None  # noqa: S101  # the outermost places are free
    return best[2]
