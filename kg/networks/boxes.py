"""Boxes around nodes and their labels: pushing them apart, and counting what disturbs a picture."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray

Array: TypeAlias = NDArray[np.float64]

_GAP = 12.0  # least space between two boxes, in pixels
_ROUNDS = 400  # of pushing boxes apart; some forty are usual


@dataclass(frozen=True, slots=True)
class Box:
    """The room that a node takes with its label, in pixels from its centre: half the width, above, below."""

    half: float
    above: float
    below: float


def sides_of(boxes: list[Box]) -> Array:
    """One row a box: how far it reaches left, up, right and down, with half the gap around."""
    gap = _GAP / 2
    return np.array([[b.half + gap, b.above + gap, b.half + gap, b.below + gap] for b in boxes])


def push_apart(spots: Array, sides: Array) -> Array:
    """Move boxes that overlap away from each other, along the direction in which less is needed."""
    spots = spots.copy()
    shift = (sides[:, 2:] - sides[:, :2]) / 2
    half = (sides[:, 2:] + sides[:, :2]) / 2
    numbers = np.arange(len(spots))
    order = np.sign(numbers[:, None] - numbers[None, :]).astype(np.float64)
    reach = half[:, None, :] + half[None, :, :]
    for _ in range(_ROUNDS):
        centres = spots + shift
        apart = centres[:, None, :] - centres[None, :, :]
        overlap = reach - np.abs(apart)
        hit = (overlap[..., 0] > 0.5) & (overlap[..., 1] > 0.5)
        np.fill_diagonal(hit, val=False)
        if not hit.any():
            break
        # Boxes are wider than high: a step sideways is worth as much as a smaller one up or down.
        sideways = overlap[..., 0] * 0.7 < overlap[..., 1]
        direction = np.where(apart == 0, order[..., None], np.sign(apart))
        step = np.zeros_like(apart)
        step[..., 0] = np.where(hit & sideways, direction[..., 0] * overlap[..., 0], 0)
        step[..., 1] = np.where(hit & ~sideways, direction[..., 1] * overlap[..., 1], 0)
        total = step.sum(axis=1)
        spots += total * 0.35 + np.sign(total) * 0.2
    return spots


def crossings(spots: Array, ends: NDArray[np.intp]) -> int:
    """How many pairs of edges cross, those that share an end left out."""
    if len(ends) < 2:
        return 0
    a, b = spots[ends[:, 0]], spots[ends[:, 1]]

    def side(start: Array, end: Array, point: Array) -> Array:
        way, there = (end - start)[:, None, :], point[None, :, :] - start[:, None, :]
        return np.asarray(np.sign(way[..., 0] * there[..., 1] - way[..., 1] * there[..., 0]), dtype=np.float64)

    first = side(a, b, a) * side(a, b, b) < 0
    shared = (ends[:, None, :, None] == ends[None, :, None, :]).any(axis=(2, 3))
    return int((first & first.T & ~shared).sum()) // 2


def behind(spots: Array, ends: NDArray[np.intp], sides: Array) -> int:
    """How many boxes have an edge behind them that does not end there; edges are looked at in nine points."""
    if not len(ends):
        return 0
    shares = np.linspace(0.1, 0.9, 9)[:, None, None]
    points = spots[ends[:, 0]][None] * (1 - shares) + spots[ends[:, 1]][None] * shares
    low, high = spots - sides[:, :2], spots + sides[:, 2:]
    inside = np.asarray(
        ((points[:, :, None, :] > low) & (points[:, :, None, :] < high)).all(axis=3).any(axis=0), dtype=np.bool_
    )
    inside[np.arange(len(ends)), ends[:, 0]] = False
    inside[np.arange(len(ends)), ends[:, 1]] = False
    return int(inside.sum())
