"""The marks of a still picture as SVG elements: a line for each edge, a shape and a label for each node.

Shapes, colours and dashes are those of ``kg.render.style``, positions and curves those of the page. Everything is
written in presentation attributes, for pages whose policy forbids styles.
"""

from __future__ import annotations

import math
import xml.etree.ElementTree as ET
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import TypeAlias

from kg.networks import Edge, Language, Node
from kg.render.drawing import BELOW, LINE, caption, font_size
from kg.render.style import Shape, edge_colour, edge_sign, edge_stroke, node_look, points
from kg.render.text import ems, plain

Point: TypeAlias = tuple[float, float]
Room: TypeAlias = tuple[float, float, float, float]  # left, top, right, bottom

INK, PAPER = "#1B1F24", "#FFFFFF"
_BORDER = "#4A4F57"
_SIGN = 5.0  # half-size of the sign on a line, in pixels
_SHARES = (0.5, 0.42, 0.58, 0.34, 0.66, 0.27, 0.73, 0.2, 0.8)  # where along a line its sign may stand


def number(value: float) -> str:
    """A coordinate with at most one decimal and no needless zero."""
    text = f"{value:.1f}".removesuffix(".0")
    return "0" if text == "-0" else text


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

    def path(self) -> str:
        """The line as SVG's path data."""
        bend = "L" if self.middle is None else f"Q{_pair(self.middle)} "
        return f"M{_pair(self.start)} {bend}{_pair(self.end)}"


def curve(start: Point, end: Point, bend: float, radius: float = 0.0) -> Curve:
    """The line between two nodes, ``bend`` of its length to one side; from a node to itself, a loop above it."""
    (x0, y0), (x1, y1) = start, end
    if start == end:
        side = radius * (1.4 + 2 * abs(bend))
        return Curve((x0 - radius / 2, y0), (x1 + radius / 2, y1), (x0 + bend * radius, y0 - radius - 2 * side))
    if not bend:
        return Curve(start, end)
    # Twice the wanted distance, since a curve passes half-way between its chord and its control point.
    return Curve(start, end, ((x0 + x1) / 2 - (y1 - y0) * bend, (y0 + y1) / 2 + (x1 - x0) * bend))


def _pair(point: Point) -> str:
    return f"{number(point[0])},{number(point[1])}"


def title(parent: ET.Element, text: str) -> None:
    """The words that a mark shows when pointed at, and says when read aloud."""
    ET.SubElement(parent, "title").text = text


def stroke(kind: str, status: str | None) -> dict[str, str]:
    """Colour, width and dashes of a line."""
    dashes, width = edge_stroke(status)
    found = {"stroke": edge_colour(kind), "stroke-width": number(width)}
    if dashes:
        found["stroke-dasharray"] = " ".join(map(str, dashes))
    return found


def draw_edge(parent: ET.Element, edge: Edge, line: Curve, words: str, rooms: Iterable[Room]) -> None:
    """An edge: a line, and on a mediated link a sign at a place where it lies under no node or label."""
    group = ET.SubElement(parent, "g")
    title(group, words)
    status = None if edge.status is None else edge.status.name
    ET.SubElement(group, "path", {"d": line.path(), "fill": "none", **stroke(edge.kind.name, status)})
    sign = edge_sign(edge.kind.name)
    if sign is not None:
        draw_sign(group, sign, _free(line, rooms), edge_colour(edge.kind.name))


def draw_sign(parent: ET.Element, sign: Shape, spot: Point, colour: str) -> None:
    """The small hollow sign of a mediated link."""
    look = {"fill": PAPER, "stroke": colour, "stroke-width": "1.6"}
    _shape(parent, sign, spot, _SIGN * (1.2 if sign == "star" else 1.0), look)


def _free(line: Curve, rooms: Iterable[Room]) -> Point:
    """The first of some points along a line that is in no room; its middle when there is none."""
    taken = list(rooms)
    for share in _SHARES:
        x, y = line.at(share)
        if not any(r[0] - _SIGN < x < r[2] + _SIGN and r[1] - _SIGN < y < r[3] + _SIGN for r in taken):
            return (x, y)
    return line.at(0.5)


def draw_node(parent: ET.Element, node: Node, spot: Point, lang: Language) -> None:
    """A node: its shape, hollow and dashed where the source gives no name, and its label in lines below."""
    group = ET.SubElement(parent, "g")
    name = plain(node.label.of(lang)) or "—"
    title(group, f"{name if node.named else f'[{name}]'}\n{plain(node.kind.label.of(lang))}")
    draw_shape(group, node.kind.name, spot, named=node.named)
    size = font_size(node, lang)
    rows = caption(node, lang).split("\n")
    top = spot[1] + node_look(node.kind.name).size + BELOW
    # Lines that pass behind the label are seen through this, but do not disturb the letters.
    pane = {"fill": PAPER, "fill-opacity": "0.75", "stroke": "none", "height": number(size * LINE)}
    for place, row in enumerate(rows):
        wide = ems(row) * size
        corner = {"x": number(spot[0] - wide / 2), "y": number(top + size * LINE * place)}
        ET.SubElement(group, "rect", {**corner, "width": number(wide), **pane})
    text = ET.SubElement(group, "text", {"font-size": str(size), "stroke": PAPER})
    for place, row in enumerate(rows):
        down = top + size * (0.88 + LINE * place)
        ET.SubElement(text, "tspan", x=number(spot[0]), y=number(down)).text = row


def draw_shape(parent: ET.Element, kind: str, spot: Point, *, named: bool = True, size: float | None = None) -> None:
    """The shape of a kind of node; ``size`` is its half-size in pixels, by default that of the kind."""
    look = node_look(kind)
    paint = {"fill": look.colour, "stroke": _BORDER, "stroke-width": "1"}
    if not named:
        paint = {"fill": PAPER, "stroke": look.colour, "stroke-width": "2", "stroke-dasharray": "5 4"}
    _shape(parent, look.shape, spot, look.size if size is None else size, paint)


def _shape(parent: ET.Element, shape: Shape, spot: Point, size: float, paint: dict[str, str]) -> None:
    place = {"transform": f"translate({_pair(spot)})"}
    if shape == "dot":
        ET.SubElement(parent, "circle", {"r": number(size), **place, **paint})
    else:
        ET.SubElement(parent, "polygon", {"points": points(shape, size, 0.0), **place, **paint})


def near(rooms: dict[str, Room], line: Curve, cells: dict[tuple[int, int], list[str]], cell: float) -> Iterator[Room]:
    """The rooms that lie in the cells of a grid which the points of a line fall in; each once."""
    seen: set[str] = set()
    for share in _SHARES:
        x, y = line.at(share)
        for name in cells.get((math.floor(x / cell), math.floor(y / cell)), ()):
            if name not in seen:
                seen.add(name)
                yield rooms[name]
