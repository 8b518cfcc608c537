"""Positions computed beforehand: the same network, the same picture, and no label over another.

Each connected component is laid out by networkx, turned so that its long side fits the picture, freed of
overlaps, and the components are packed in rows.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass
from typing import TypeAlias

import networkx as nx
import numpy as np
from numpy.typing import NDArray

from kg.networks.measures import simple_graph
from kg.networks.network import Network

Position: TypeAlias = tuple[int, int]
_Array: TypeAlias = NDArray[np.float64]

_EDGE = 150.0  # wanted length of an edge, in pixels
_GAP = 14.0  # least space between two boxes, in pixels
_BETWEEN = 60.0  # between two components
_STRESS_LIMIT = 200  # nodes; beyond it Kamada and Kawai's method takes too long
_ROUNDS = 600  # of pushing boxes apart; some thirty are usual


@dataclass(frozen=True, slots=True)
class Box:
    """The room that a node takes with its label, in pixels from its centre: half the width, above, below."""

    half: float
    above: float
    below: float


def layout(
    network: Network, boxes: Mapping[str, Box], *, aspect: float = 1.5, seed: int = 20251101
) -> dict[str, Position]:
    """Node → x to the right and y downwards, in pixels around (0, 0), so that no two boxes overlap.

    ``aspect`` is width by height of the picture to fill. KeyError when a node has no box.
    """
    graph = simple_graph(network)
    components = [sorted(component) for component in nx.connected_components(graph)]
    components.sort(key=lambda component: (-len(component), component[0]))
    placed: list[tuple[list[str], _Array]] = []
    for component in components:
        sides = _sides([boxes[node] for node in component])
        spots = _turn(_spread(graph, component, seed), aspect)
        placed.append((component, _push_apart(spots, sides)))
    return _pack(placed, boxes, aspect)


def _sides(boxes: list[Box]) -> _Array:
    """One row a box: left, up, right, down, with half the gap around."""
    gap = _GAP / 2
    return np.array([[b.half + gap, b.above + gap, b.half + gap, b.below + gap] for b in boxes])


def _spread(graph: nx.Graph[str], component: list[str], seed: int) -> _Array:
    """Positions by a force layout, so scaled that an edge has the wanted length on average."""
    if len(component) == 1:
        return np.zeros((1, 2))
    part: nx.Graph[str] = nx.Graph()
    part.add_nodes_from(component)  # in order; networkx's own subgraph keeps none
    part.add_edges_from(sorted((min(a, b), max(a, b)) for a, b in graph.subgraph(component).edges))
    if len(component) <= _STRESS_LIMIT:
        found = nx.kamada_kawai_layout(part)
    else:
        found = nx.spring_layout(part, seed=seed, iterations=80)
    spots = np.array([found[node] for node in component], dtype=np.float64)
    index = {node: i for i, node in enumerate(component)}
    lengths = [float(np.hypot(*(spots[index[a]] - spots[index[b]]))) for a, b in part.edges]
    mean = sum(lengths) / len(lengths)
    return spots * (_EDGE / mean if mean > 0 else 1.0)


def _turn(spots: _Array, aspect: float) -> _Array:
    """Turn the longest direction along the picture's longer side, and stretch towards its shape."""
    centred = spots - spots.mean(axis=0)
    if len(centred) < 3:
        long = centred if aspect >= 1 else centred[:, ::-1]
        return _level(long, aspect)
    _, vectors = np.linalg.eigh(centred.T @ centred)
    for column in (0, 1):  # a direction and its opposite are one to eigh: take the one whose larger part is positive
        vector = vectors[:, column]
        if vector[np.argmax(np.abs(vector))] < 0:
            vectors[:, column] = -vector
    turned = centred @ (vectors[:, ::-1] if aspect >= 1 else vectors)
    stretch = math.sqrt(max(aspect, 1 / aspect)) ** 0.5
    shape = np.array([stretch, 1 / stretch] if aspect >= 1 else [1 / stretch, stretch])
    return np.asarray(turned * shape, dtype=np.float64)


def _level(spots: _Array, aspect: float) -> _Array:
    """Two nodes: side by side in a wide picture, one above the other in a tall one."""
    if len(spots) < 2:
        return spots
    length = float(np.hypot(*(spots[0] - spots[1]))) / 2
    line = np.array([[-length, 0.0], [length, 0.0]])
    return line if aspect >= 1 else line[:, ::-1]


def _push_apart(spots: _Array, sides: _Array) -> _Array:
    """Move boxes that overlap away from each other, along the direction in which less is needed."""
    spots = spots.copy()
    centre_shift = (sides[:, 2:] - sides[:, :2]) / 2
    half = (sides[:, 2:] + sides[:, :2]) / 2
    count = len(spots)
    order = np.sign(np.arange(count)[:, None] - np.arange(count)[None, :]).astype(np.float64)
    for _ in range(_ROUNDS):
        centres = spots + centre_shift
        apart = centres[:, None, :] - centres[None, :, :]
        overlap = half[:, None, :] + half[None, :, :] - np.abs(apart)
        hit = (overlap[..., 0] > 0.5) & (overlap[..., 1] > 0.5)
        np.fill_diagonal(hit, val=False)
        if not hit.any():
            break
        # Boxes are wider than high: a step sideways is worth as much as a smaller one up or down.
        sideways = overlap[..., 0] * 0.6 < overlap[..., 1]
        direction = np.where(apart == 0, order[..., None], np.sign(apart))
        step = np.zeros_like(apart)
        step[..., 0] = np.where(hit & sideways, direction[..., 0] * overlap[..., 0], 0)
        step[..., 1] = np.where(hit & ~sideways, direction[..., 1] * overlap[..., 1], 0)
        spots += step.sum(axis=1) * 0.3 + np.sign(step.sum(axis=1)) * 0.2
    return spots


def _pack(placed: list[tuple[list[str], _Array]], boxes: Mapping[str, Box], aspect: float) -> dict[str, Position]:
    """Put components in rows, the largest first, and centre the whole at (0, 0)."""
    frames = []
    for component, spots in placed:
        sides = _sides([boxes[node] for node in component])
        low, high = (spots - sides[:, :2]).min(axis=0), (spots + sides[:, 2:]).max(axis=0)
        frames.append((component, spots - low, high - low))
    if not frames:
        return {}
    area = sum(float((size[0] + _BETWEEN) * (size[1] + _BETWEEN)) for _, _, size in frames)
    width = max(math.sqrt(area * aspect), *(float(size[0]) for _, _, size in frames))
    found: dict[str, tuple[float, float]] = {}
    x = y = row = right = 0.0
    for component, spots, size in frames:
        if x > 0 and x + size[0] > width:
            x, y, row = 0.0, y + row + _BETWEEN, 0.0
        for node, spot in zip(component, spots, strict=True):
            found[node] = (x + float(spot[0]), y + float(spot[1]))
        x += float(size[0]) + _BETWEEN
        right = max(right, x - _BETWEEN)
        row = max(row, float(size[1]))
    middle = (right / 2, (y + row) / 2)
    return {node: (round(px - middle[0]), round(py - middle[1])) for node, (px, py) in sorted(found.items())}
