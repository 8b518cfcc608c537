"""A network as one SVG picture, drawn without a browser from the same layout as the page.

Text stays text, in fonts with Chinese characters; there is no script, no style sheet and no reference to anything
outside. The background is white, for paper. Every node and line says its full name, its kind, its status and its
evidence in a ``<title>``, which browsers show when it is pointed at.
"""

from __future__ import annotations

import math
import xml.etree.ElementTree as ET
from collections.abc import Mapping

from kg.networks import Language, Network
from kg.render.captions import caption_of, description_of, edge_words
from kg.render.drawing import bends, box, positions
from kg.render.legend import draw_legend, told_by_colour
from kg.render.marks import INK, PAPER, draw_edge, draw_node, draw_word, full_name, number
from kg.render.origin import UNKNOWN, Origin
from kg.render.rooms import Point, Room, Taken, curve
from kg.render.style import node_look
from kg.render.text import ems, lines, plain, shortened, xml_text

FACES = (
    "'Noto Sans CJK SC','Noto Sans SC','Source Han Sans SC','PingFang SC','Microsoft YaHei','Heiti SC',"
    "'WenQuanYi Zen Hei',sans-serif"
)
_NAMESPACE = "http://www.w3.org/2000/svg"
_MARGIN = 28.0  # pixels around the picture
_NARROWEST = 640.0  # pixels, so that legend and caption have room
_TITLE, _SMALL = 20, 12  # sizes of letters
_LONGEST = 18  # characters of a word on a line
_OVERVIEW = 2500.0  # pixels, width or height of a drawing without labels


def svg(network: Network, lang: Language = "zh", origin: Origin = UNKNOWN, *, largest: float = math.inf) -> bytes:
    """The picture in one language, in UTF-8; the same bytes for the same network and origin.

    ``origin`` tells the caption of sources and dataset. Control characters and marks of direction are left out of
    labels; long ones are shortened in the picture, and full in their ``<title>``. A drawing wider or taller than
    ``largest`` pixels becomes a small one without labels, and the caption says so.
    """
    spots = positions(network)
    rooms = _rooms(network, spots)
    low = (min((r[0] for r in rooms), default=0.0), min((r[1] for r in rooms), default=0.0))
    high = (max((r[2] for r in rooms), default=0.0), max((r[3] for r in rooms), default=0.0))
    longest = max(high[0] - low[0], high[1] - low[1])
    labels = longest <= largest
    share = 1.0 if labels else min(1.0, _OVERVIEW / longest)
    width, height = (high[0] - low[0]) * share, (high[1] - low[1]) * share
    inner = max(width, _NARROWEST)
    root = _root(network, lang)
    paper = ET.SubElement(root, "rect", fill=PAPER)
    y = _heading(root, network, lang, inner)
    # Pictures narrower than the legend stand in the middle.
    shift = (_MARGIN + (inner - width) / 2 - low[0] * share, y - low[1] * share)
    if labels:
        _drawing(root, network, lang, {name: (x + shift[0], down + shift[1]) for name, (x, down) in spots.items()})
    else:
        place = f"translate({number(shift[0])},{number(shift[1])}) scale({share:.5f})"
        _drawing(ET.SubElement(root, "g", transform=place), network, lang, spots, labels=False)
    y += height + 14
    y += draw_legend(root, network, lang, (_MARGIN, y), inner) + 12
    y = _paragraph(root, caption_of(network, lang, origin, labels=labels), y, inner)
    sides = {"width": number(inner + 2 * _MARGIN), "height": number(y + _MARGIN - _SMALL)}
    for element in (root, paper):
        for side, length in sides.items():
            element.set(side, length)
    root.set("viewBox", f"0 0 {sides['width']} {sides['height']}")
    return _document(root)


def _root(network: Network, lang: Language) -> ET.Element:
    """The element of the document, with its name and its description for readers without eyes."""
    language = "zh-Hans" if lang == "zh" else "en"
    root = ET.Element(
        "svg",
        {
            "xmlns": _NAMESPACE,
            "xml:lang": language,
            "lang": language,
            "role": "img",
            "aria-labelledby": "name description",
            "font-family": FACES,
            "fill": INK,
        },
    )
    ET.SubElement(root, "title", id="name").text = plain(network.title.of(lang))
    ET.SubElement(root, "desc", id="description").text = description_of(network, lang)
    return root


def _rooms(network: Network, spots: Mapping[str, Point]) -> list[Room]:
    """What each node and its label take around its place, in whichever language takes more."""
    found = []
    for node in network.nodes:
        room, (x, y) = box(node), spots[node.id]
        found.append((x - room.half, y - room.above, x + room.half, y + room.below))
    return found


def _taken(network: Network, spots: Mapping[str, Point], lang: Language) -> Taken:
    """The shapes and labels of the picture in one language, each for itself: beside a shape there is room."""
    found = Taken()
    for node in network.nodes:
        room, (x, y), radius = box(node, (lang,)), spots[node.id], node_look(node.kind.name).size
        found.add((x - radius, y - radius, x + radius, y + radius))
        found.add((x - room.half, y + radius, x + room.half, y + room.below))
    return found


def _heading(root: ET.Element, network: Network, lang: Language, width: float) -> float:
    """The title in at most six lines; where what follows begins."""
    y = _MARGIN
    text = ET.SubElement(root, "text", {"font-size": str(_TITLE), "font-weight": "bold"})
    for row in _rows(plain(network.title.of(lang)), width, _TITLE * 1.06, 6):
        y += _TITLE if y == _MARGIN else _TITLE * 1.3
        ET.SubElement(text, "tspan", x=number(_MARGIN), y=number(y)).text = row
    return y + 18


def _paragraph(root: ET.Element, words: str, y: float, width: float) -> float:
    """Small text in lines; where its last line stands."""
    text = ET.SubElement(root, "text", {"font-size": str(_SMALL), "fill": "#4A4F57"})
    for row in _rows(words, width, _SMALL, 12):
        y += _SMALL * 1.5
        ET.SubElement(text, "tspan", x=number(_MARGIN), y=number(y)).text = row
    return y


def _rows(words: str, width: float, size: float, most: int) -> list[str]:
    return [words] if ems(words) * size <= width else lines(words, width / size, most)


def _drawing(
    root: ET.Element, network: Network, lang: Language, spots: Mapping[str, Point], *, labels: bool = True
) -> None:
    """The lines, then the nodes and labels over them."""
    taken = _taken(network, spots, lang)
    nodes, curves, told = network.by_id(), bends(network), told_by_colour(network)
    rim = {"stroke-width": "3.5", "stroke-linejoin": "round", "paint-order": "stroke", "text-anchor": "middle"}
    edges = ET.SubElement(root, "g")
    # White rims keep letters readable where a line passes behind them.
    words = ET.SubElement(root, "g", rim)
    for edge in network.edges:
        ends = nodes[edge.source], nodes[edge.target]
        radius = node_look(ends[0].kind.name).size
        line = curve(spots[edge.source], spots[edge.target], curves[edge.id], radius)
        said = edge_words(edge, (full_name(ends[0], lang), full_name(ends[1], lang)), lang)
        draw_edge(edges, edge, line, said, taken)
        if labels and edge.kind not in told:
            draw_word(words, shortened(plain(edge.kind.label.of(lang)), _LONGEST), line, taken)
    marks = ET.SubElement(root, "g", rim)
    for node in network.nodes:
        draw_node(marks, node, spots[node.id], lang, label=labels)


def _document(root: ET.Element) -> bytes:
    """The document, a line for each group, and no white space inside texts."""
    for element in root.iter():
        element.text = None if element.text is None else xml_text(element.text)
        if element.tag in {"svg", "g", "rect", "text", "title", "desc", "path", "line", "circle", "polygon"}:
            element.tail = "\n"
        if element.tag in {"svg", "g"}:
            element.text = "\n"
    return f'<?xml version="1.0" encoding="UTF-8"?>\n{ET.tostring(root, encoding="unicode")}'.encode()
