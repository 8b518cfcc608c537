"""The legend of a still picture: what each shape, colour, sign and dash means, flowing in rows of a given width."""

from __future__ import annotations

import xml.etree.ElementTree as ET
from collections import Counter
from collections.abc import Callable, Hashable, Iterator
from dataclasses import dataclass
from typing import TypeAlias

from kg.networks import Concept, Language, Network, alike
from kg.render.captions import CAPTIONS
from kg.render.marks import INK, draw_shape, draw_sign, number, stroke
from kg.render.rooms import Point
from kg.render.style import edge_colour, edge_opacity, edge_sign, edge_stroke, node_look, rank
from kg.render.text import ems, plain, shortened

_Draw: TypeAlias = Callable[[ET.Element, Point], None]
_Counted: TypeAlias = tuple[tuple[Concept, int], ...]

SIZE = 13  # of the legend's letters, in pixels
_ROW, _GAP, _LINE = 25.0, 22.0, 34.0  # height of a row, room between two entries, length of a line
_LONGEST = 60  # characters of an entry's name


@dataclass(frozen=True, slots=True)
class Entry:
    """A mark (None: words alone), drawn with its middle at a point, how wide it is, and what it means."""

    draw: _Draw | None
    wide: float
    words: str


def told_by_colour(network: Network) -> frozenset[Concept]:
    """The kinds of edges that have a colour of their own; the others share one, and need to be told in words."""
    told_as = alike(edge.kind for edge in network.edges)
    counts = Counter(edge_colour(kind.name) for kind in set(told_as.values()))
    return frozenset(kind for kind in told_as if counts[edge_colour(kind.name)] == 1)


def entries(network: Network, lang: Language) -> Iterator[tuple[str, list[Entry]]]:
    """The parts of the legend: a heading and its entries. What looks alike stands in one entry."""
    nodes = [
        _node(kinds[0][0], _names(kinds, lang))
        for kinds in _alike(network.node_kinds(), lambda kind: (node_look(kind.name), kind.name == "UnnamedParty"))
    ]
    if any(not node.named and node.kind.name != "UnnamedParty" for node in network.nodes):
        unnamed = CAPTIONS["unnamed"].of(lang)
        nodes.append(
            Entry(lambda group, spot: draw_shape(group, "UnnamedParty", spot, named=False, size=8), 18, unnamed)
        )
    yield CAPTIONS["nodes"].of(lang), nodes
    told = told_by_colour(network)
    kinds = [
        _kind(kind, _names([(kind, count)], lang)) for kind, count in _ordered(network.edge_kinds()) if kind in told
    ]
    if any(kind not in told for kind, _ in network.edge_kinds()):
        kinds.append(Entry(None, 0, CAPTIONS["others" if told else "on-lines"].of(lang)))
    yield CAPTIONS["kinds" if told else "kind"].of(lang), kinds
    statuses = [
        _status(found[0][0].name, _names(found, lang))
        for found in _alike(network.statuses(), lambda status: edge_stroke(status.name))
    ]
    without = sum(1 for edge in network.edges if edge.status is None)
    if without:
        statuses.append(_status(None, f"{CAPTIONS['no-status'].of(lang)} {without}"))
    yield CAPTIONS["statuses"].of(lang), statuses
    certainties = network.certainties()
    if certainties:
        stated = len(network.edges) - sum(count for _, count in certainties)
        found = [_certainty(None, f"{CAPTIONS['stated'].of(lang)} {stated}")]
        found += [_certainty(one.name, _names([(one, count)], lang)) for one, count in certainties]
        yield CAPTIONS["certainties"].of(lang), found


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
            if entry.draw is not None:
                entry.draw(group, (x + entry.wide / 2, y - SIZE * 0.36))
            ET.SubElement(group, "text", x=number(x + entry.wide + 6), y=number(y)).text = entry.words
            x += wide + _GAP
    return y - top


def _ordered(counted: _Counted) -> list[tuple[Concept, int]]:
    return sorted(counted, key=lambda item: (rank(item[0].name), item[0].iri))


def _alike(counted: _Counted, look: Callable[[Concept], Hashable]) -> list[list[tuple[Concept, int]]]:
    """The concepts in the order of the legend, those that look the same together."""
    found: dict[Hashable, list[tuple[Concept, int]]] = {}
    for concept, count in _ordered(counted):
        found.setdefault(look(concept), []).append((concept, count))
    return list(found.values())


def _names(counted: list[tuple[Concept, int]], lang: Language) -> str:
    """The names with how many there are of each; of equal names, one with their sum."""
    counts: Counter[str] = Counter()
    for concept, count in counted:
        counts[shortened(plain(concept.label.of(lang)), _LONGEST)] += count
    return ("、" if lang == "zh" else ", ").join(f"{name} {count}" for name, count in counts.items())


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


def _certainty(certainty: str | None, words: str) -> Entry:
    look = {**stroke("", "achieved"), "stroke": INK, "stroke-opacity": number(edge_opacity(certainty))}
    return Entry(lambda group, spot: _line(group, spot, look), _LINE, words)


def _line(group: ET.Element, spot: Point, look: dict[str, str]) -> None:
    half = _LINE / 2
    y = number(spot[1])
    ET.SubElement(
        group, "line", {"x1": number(spot[0] - half), "y1": y, "x2": number(spot[0] + half), "y2": y, **look}
    )
