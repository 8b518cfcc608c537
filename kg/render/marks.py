"""The marks of a still picture as SVG elements: a line for each edge, a shape and a label for each node.

Shapes, colours and dashes are those of ``kg.render.style``, positions and curves those of the page. Everything is
written in presentation attributes, for pages whose policy forbids styles.
"""

from __future__ import annotations

import xml.etree.ElementTree as ET

from kg.networks import Edge, Language, Node
from kg.render.drawing import BELOW, LINE, caption, font_size
from kg.render.rooms import Curve, Point, Taken
from kg.render.style import Shape, edge_colour, edge_opacity, edge_sign, edge_stroke, node_look, points, sign_reach
from kg.render.text import ems, plain

INK, PAPER = "#1B1F24", "#FFFFFF"
_BORDER = "#4A4F57"
_SIGN = 5.0  # half-size of the sign on a line, in pixels
_WORD = 10  # size of the letters of a word on a line


def number(value: float) -> str:
    """A coordinate with at most one decimal and no needless zero."""
    text = f"{value:.1f}".removesuffix(".0")
    return "0" if text == "-0" else text


def path(line: Curve) -> str:
    """A line as SVG's path data."""
    bend = "L" if line.middle is None else f"Q{_pair(line.middle)} "
    return f"M{_pair(line.start)} {bend}{_pair(line.end)}"


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


def draw_edge(parent: ET.Element, edge: Edge, line: Curve, words: str, taken: Taken) -> None:
    """An edge: a line, and on a mediated link a sign, at a place where it lies under no node or label."""
    group = ET.SubElement(parent, "g")
    title(group, words)
    status = None if edge.status is None else edge.status.name
    opacity = edge_opacity(None if edge.certainty is None else edge.certainty.name)
    pale = {} if opacity == 1 else {"stroke-opacity": number(opacity)}
    ET.SubElement(group, "path", {"d": path(line), "fill": "none", **stroke(edge.kind.name, status), **pale})
    sign = edge_sign(edge.kind.name)
    if sign is not None:
        spot = taken.free(line, 2 * _SIGN, 2 * _SIGN) or line.at(0.5)
        draw_sign(group, sign, spot, edge_colour(edge.kind.name))


def draw_word(parent: ET.Element, word: str, line: Curve, taken: Taken) -> None:
    """A word on a line, such as its kind, where there is room for it; nothing where there is none."""
    wide, tall = ems(word) * _WORD, _WORD * LINE
    spot = taken.free(line, wide, tall)
    if spot is None:
        return
    x, y = spot
    taken.add((x - wide / 2, y - tall / 2, x + wide / 2, y + tall / 2))
    about = {"x": number(x), "y": number(y + _WORD * 0.36), "font-size": str(_WORD), "stroke": PAPER}
    ET.SubElement(parent, "text", {**about, "font-style": "italic" if word.isascii() else "normal"}).text = word


def draw_sign(parent: ET.Element, sign: Shape, spot: Point, colour: str) -> None:
    """The small hollow sign of a mediated link."""
    look = {"fill": PAPER, "stroke": colour, "stroke-width": "1.6"}
    _shape(parent, sign, spot, sign_reach(sign, _SIGN), look)


def full_name(node: Node, lang: Language) -> str:
    """The whole name on one line; of a party that the source does not name, what it is called, in brackets."""
    name = plain(node.label.of(lang)) or "—"
    return name if node.named else f"[{name}]"


def draw_node(parent: ET.Element, node: Node, spot: Point, lang: Language, *, label: bool = True) -> None:
    """A node: its shape, hollow and dashed where the source gives no name, and its label in lines below."""
    group = ET.SubElement(parent, "g")
    title(group, f"{full_name(node, lang)}\n{plain(node.kind.label.of(lang))}")
    draw_shape(group, node.kind.name, spot, named=node.named)
    if label:
        _label(group, node, spot, lang)


def _label(group: ET.Element, node: Node, spot: Point, lang: Language) -> None:
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
