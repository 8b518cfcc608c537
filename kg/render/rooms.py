"""Which places of a picture are taken, and where along a line there is room for a sign or a word."""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from typing import TypeAlias

Point: TypeAlias = tuple[float, float]
Room: TypeAlias = tuple[float, float, float, float]  # left, top, right, bottom, in pixels

_CELL = 120.0  # pixels of the grid in which rooms are looked for
_SHARES = (0.5, 0.42, 0.58, 0.34, 0.66, 0.27, 0.73, 0.2, 0.8)  # where along a line something may stand


@dataclass(frozen=True, slots=True)
class Curve:
    """A line from one point to another; ``middle`` is the control point of a curve, None for a straight line."""

    start: Point
    end: Point
    middle: Point | None = None

    def at(self, share: float) -> Point:
        """The point at a share of the way, 0 to 1."""
        (x0, y0), (x1, y1) = self.start, self.end
        rest = 1 - share
        if self.middle is None:
            return (x0 * rest + x1 * share, y0 * rest + y1 * share)
        x, y = self.middle
        return (
            x0 * rest * rest + 2 * x * rest * share + x1 * share * share,
            y0 * rest * rest + 2 * y * rest * share + y1 * share * share,
        )


def curve(start: Point, end: Point, bend: float, radius: float = 0.0) -> Curve:
    """The line between two nodes, ``bend`` of its length to one side; from a node to itself, a loop above it.

    ``radius``: half the size of a node that a loop belongs to, in pixels.
    """
    (x0, y0), (x1, y1) = start, end
    if start == end:
        side = radius * (1.4 + 2 * abs(bend))
        return Curve((x0 - radius / 2, y0), (x1 + radius / 2, y1), (x0 + bend * radius, y0 - radius - 2 * side))
    if not bend:
        return Curve(start, end)
    # Twice the wanted distance, since a curve passes half-way between its chord and its control point.
    return Curve(start, end, ((x0 + x1) / 2 - (y1 - y0) * bend, (y0 + y1) / 2 + (x1 - x0) * bend))


class Taken:
    """The rooms that are taken, in a grid, so that asking costs the same in a large picture."""

    def __init__(self) -> None:
        self._cells: defaultdict[tuple[int, int], list[Room]] = defaultdict(list)

    def add(self, room: Room) -> None:
        """Take a room."""
        for cell in _cells(room):
            self._cells[cell].append(room)

    def hits(self, room: Room) -> bool:
        """Whether a room overlaps one that is taken."""
        left, top, right, bottom = room
        return any(
            left < other[2] and other[0] < right and top < other[3] and other[1] < bottom
            for cell in _cells(room)
            for other in self._cells.get(cell, ())
        )

    def free(self, line: Curve, width: float, height: float) -> Point | None:
        """The first of some points along a line around which a room of this size is free; None when none is."""
        for share in _SHARES:
            x, y = line.at(share)
            if not self.hits((x - width / 2, y - height / 2, x + width / 2, y + height / 2)):
                return (x, y)
        return None


def _cells(room: Room) -> Iterator[tuple[int, int]]:
    left, top, right, bottom = (math.floor(side / _CELL) for side in room)
    for column in range(left, right + 1):
        for row in range(top, bottom + 1):
            yield column, row
