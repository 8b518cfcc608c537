"""The layout of a large network: one arrangement a component, its boxes freed, the components packed in rows."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.spatial import cKDTree

from kg.networks.boxes import Array, push_apart
from kg.networks.layout_forces import Ends, spread

_BETWEEN = 60.0  # pixels between two components
_EDGE = 140.0  # mean length of an edge in pixels, in a component whose boxes have room at that
_FILLED = 0.5  # of a component's area; where boxes would take more, its edges are longer
_DENSE = 120  # nodes; up to these, every pair of boxes is looked at
_ROUNDS = 40  # of pushing before the picture grows
_GROWTH = 1.04


@dataclass(frozen=True, slots=True, eq=False)
class Part:
    """A component: the numbers of its nodes, the pairs that its edges join (places in ``nodes``), its boxes."""

    nodes: NDArray[np.intp]
    ends: Ends
    sides: Array


def arranged(parts: Sequence[Part], count: int, aspect: float, seed: int) -> Array:
    """Positions of the nodes 0 … count-1 in pixels, to the right and downwards, so that no two boxes overlap."""
    spots = np.zeros((count, 2))
    rooms = np.zeros((len(parts), 4))
    for i, part in enumerate(parts):
        free = _freed(part, aspect, seed)
        rooms[i] = [*(free - part.sides[:, :2]).min(axis=0), *(free + part.sides[:, 2:]).max(axis=0)]
        spots[part.nodes] = free - rooms[i, :2]
    corners = _rows(rooms[:, 2:] - rooms[:, :2], aspect)
    for part, corner in zip(parts, corners, strict=True):
        spots[part.nodes] += corner
    return spots


def _freed(part: Part, aspect: float, seed: int) -> Array:
    """One component in pixels: long enough edges, its longest direction level (or upright), its boxes apart."""
    count = len(part.nodes)
    spots = spread(count, np.ascontiguousarray(part.ends, dtype=np.intp).tobytes(), seed)
    if count == 1:
        return spots
    spots = _turned(spots, upright=aspect < 1)
    spots = _shaped(spots, aspect) if count > 3 else spots
    mean = float(np.hypot(*(spots[part.ends[:, 0]] - spots[part.ends[:, 1]]).T).mean()) or 1.0
    spots = spots * (_EDGE / mean)
    area = float((part.sides[:, 0] + part.sides[:, 2]) @ (part.sides[:, 1] + part.sides[:, 3]))
    # The area that holds most nodes, not a few far ones: an ellipse by their spread.
    taken = math.pi * 4 * float(np.prod(np.maximum(spots.std(axis=0), 1.0)))
    spots = spots * max(1.0, math.sqrt(area / _FILLED / taken)) if count > _DENSE else spots
    return push_apart(spots, part.sides) if count <= _DENSE else freed(spots, part.sides)


def _shaped(spots: Array, aspect: float) -> Array:
    """The positions stretched towards the picture's shape, within reason."""
    width, height = np.ptp(spots, axis=0) + 1e-9
    factor = min(1.3, max(1 / 1.3, math.sqrt(aspect * float(height) / float(width))))
    return np.asarray(spots * np.array([factor, 1 / factor]), dtype=np.float64)


def _turned(spots: Array, *, upright: bool) -> Array:
    """The positions with their longest direction level, or upright."""
    centred = spots - spots.mean(axis=0)
    (xx, xy), (_, yy) = centred.T @ centred
    turn = -math.atan2(2 * xy, xx - yy) / 2 + (math.pi / 2 if upright else 0.0)
    cos, sin = math.cos(turn), math.sin(turn)
    return np.asarray(np.round(centred @ np.array([[cos, sin], [-sin, cos]]), 6), dtype=np.float64)


def freed(spots: Array, sides: Array) -> Array:
    """Move boxes that overlap away from each other; where pushing alone does not do, the whole grows a little.

    As `push_apart`, but only near boxes are looked at, so that time grows with the boxes and not with their square.
    """
    shift, half = (sides[:, 2:] - sides[:, :2]) / 2, (sides[:, 2:] + sides[:, :2]) / 2
    order = np.arange(len(spots))
    while True:
        for _ in range(_ROUNDS):
            pairs = _overlapping(spots + shift, half)
            if not len(pairs):
                return spots
            first, second = pairs.T
            apart = spots[first] + shift[first] - spots[second] - shift[second]
            overlap = half[first] + half[second] - np.abs(apart)
            # Boxes are wider than high: a step sideways is worth as much as a smaller one up or down.
            sideways = overlap[:, 0] * 0.7 < overlap[:, 1]
            way = np.where(apart == 0, np.where(order[first] < order[second], -1.0, 1.0)[:, None], np.sign(apart))
            step = way * overlap * np.stack([sideways, ~sideways], axis=1)
            total = np.stack(
                [
                    np.bincount(first, step[:, i], len(spots)) - np.bincount(second, step[:, i], len(spots))
                    for i in range(2)
                ],
                axis=1,
            )
            spots = spots + total * 0.35 + np.sign(total) * 0.2
        spots = spots * _GROWTH


def _overlapping(centres: Array, half: Array) -> Ends:
    """Pairs of boxes, the lower number first, that overlap by more than half a pixel both ways; in order.

    Near pairs are found among boxes of usual size; the few much larger ones are held against all.
    """
    usual = 1.5 * np.percentile(half, 95, axis=0)
    large = (half > usual).any(axis=1)
    small = np.flatnonzero(~large)
    found = []
    if len(small) > 1:
        # In units of the widest and highest box, boxes that overlap are less than 2 apart in both directions.
        near = cKDTree(centres[small] / half[small].max(axis=0)).query_pairs(2.0, p=np.inf, output_type="ndarray")
        found.append(small[near.astype(np.intp)].reshape(-1, 2))
    for one in np.flatnonzero(large):
        others = np.flatnonzero(~large | (np.arange(len(half)) > one))
        found.append(np.stack([np.full(len(others), one), others], axis=1))
    pairs = np.sort(np.concatenate(found) if found else np.zeros((0, 2), dtype=np.intp), axis=1)
    first, second = pairs.T
    hit = (np.abs(centres[first] - centres[second]) + 0.5 < half[first] + half[second]).all(axis=1)
    pairs = pairs[hit]
    return np.asarray(pairs[np.lexsort((pairs[:, 1], pairs[:, 0]))], dtype=np.intp)


def _rows(sizes: Array, aspect: float) -> Array:
    """Left and top of each component: the highest first, in rows from the left, the whole about ``aspect`` wide."""
    room = sizes + _BETWEEN
    width = max(float(room[:, 0].max()), math.sqrt(float(room.prod(axis=1).sum()) * aspect))
    corners = np.zeros_like(sizes)
    x = y = row = 0.0
    for i in np.lexsort((np.arange(len(sizes)), -sizes[:, 0], -sizes[:, 1])):
        wide, high = (float(side) for side in room[i])
        if x and x + wide > width:
            x, y, row = 0.0, y + row, 0.0
        corners[i] = x, y
        x, row = x + wide, max(row, high)
    return corners
