"""The legend of a still picture: what each shape, colour, sign and dash means, flowing in rows of a given width."""

from __future__ import annotations

import xml.etree.ElementTree as ET
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import TypeAlias

from kg.networks import Concept, Language, Network
from kg.render.captions import CAPTIONS
from kg.render.marks import INK, Point, draw_shape, draw_sign, number, stroke
from kg.render.style import edge_colour, edge_sign, rank
from kg.render.text import ems, plain

_Draw: TypeAlias = Callable[[ET.Element, Point], None]

SIZE = 13  # of the legend's letters, in pixels
_ROW, _GAP, _LINE = 25.0, 22.0, 34.0  # height of a row, room between two entries, length of a line
_LONGEST = 60  # characters of an entry's name


@dataclass(frozen=True, slots=True)
class Entry:
    """A mark, drawn with its middle at a point, how wide it is, and what it means."""

    draw: _Draw
    wide: float
    words: str


def entries(network: Network, lang: Language) -> Iterator[tuple[str, list[Entry]]]:
    """The parts of the legend: a heading and its entries. Colours are left out where many kinds share one."""
    nodes = [_node(kind, f"{_name(kind, lang)} {count}") for kind, count in _ordered(network.node_kinds())]
    if any(not node.named and node.kind.name != "UnnamedParty" for node in network.nodes):
        nodes.append(Entry(lambda g, p: draw_shape(g, "UnnamedParty", p, named=False, size=8), 18, _unnamed(lang)))
    yield CAPTIONS["nodes"].of(lang), nodes
    kinds = _ordered(network.edge_kinds())
    if len({edge_colour(kind.name) for kind, _ in kinds}) == len(kinds):
        yield CAPTIONS["kinds"].of(lang), [_kind(kind, f"{_name(kind, lang)} {count}") for kind, count in kinds]
    statuses = [
        _status(status.name, f"{_name(status, lang)} {count}") for status, count in _ordered(network.statuses())
    ]
    without = sum(1 for edge in network.edges if edge.status is None)
    if without:
        statuses.append(_status(None, f"{CAPTIONS['no-status'].of(lang)} {without}"))
    yield CAPTIONS["statuses"].of(lang), statuses


def draw_legend(parent: ET.Element, network: Network, lang: Language, corner: Point, width: float) -> float:
    """Draw the legend from its upper left corner downwards; how tall it is, in pixels."""
    left, top = corner
    group = ET.SubElement(parent, "g", {"font-size": str(SIZE), "text-anchor": "start"})
    x, y = left, top
    for heading, found in entries(network, lang):
        if not found:
            continue
        x, y = left, y + _ROW
        ET.SubElement(group, "text", {"x": number(x), "y": number(y), "font-weight": "bold"}).text = heading
        x += ems(heading) * SIZE + _GAP
        for entry in found:
            wide = entry.wide + 6 + ems(entry.words) * SIZE
            if x > left and x + wide > left + width:
                x, y = left, y + _ROW
            entry.draw(group, (x + entry.wide / 2, y - SIZE * 0.36))
            ET.SubElement(group, "text", x=number(x + entry.wide + 6), y=number(y)).text = entry.words
            x += wide + _GAP
    return y - top


def _ordered(counted: tuple[tuple[Concept, int], ...]) -> list[tuple[Concept, int]]:
    return sorted(counted, key=lambda item: (rank(item[0].name), item[0].iri))


def _name(concept: Concept, lang: Language) -> str:
    name = plain(concept.label.of(lang))
    return name if len(name) <= _LONGEST else name[: _LONGEST - 1] + "…"


def _unnamed(lang: Language) -> str:
    return CAPTIONS["unnamed"].of(lang)


def _node(kind: Concept, words: str) -> Entry:
    named = kind.name != "UnnamedParty"
    return Entry(lambda group, spot: draw_shape(group, kind.name, spot, named=named, size=8), 18, words)


def _kind(kind: Concept, words: str) -> Entry:
    def draw(group: ET.Element, spot: Point) -> None:
        _line(group, spot, {**stroke(kind.name, None), "stroke-width": "3"})
        sign = edge_sign(kind.name)
        if sign is not None:
            draw_sign(group, sign, spot, edge_colour(kind.name))

    return Entry(draw, _LINE, words)


def _status(status: str | None, words: str) -> Entry:
    return Entry(lambda group, spot: _line(group, spot, {**stroke("", status), "stroke": INK}), _LINE, words)


def _line(group: ET.Element, spot: Point, look: dict[str, str]) -> None:
    half = _LINE / 2
    y = number(spot[1])
    ET.SubElement(
        group, "line", {"x1": number(spot[0] - half), "y1": y, "x2": number(spot[0] + half), "y2": y, **look}
    )
