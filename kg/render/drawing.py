"""A network as vis-network draws it: nodes with positions and labels in both languages, edges side by side."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from functools import lru_cache
from types import MappingProxyType

from kg.networks import Box, Edge, Language, Network, Node, Position, layout
from kg.render.style import edge_colour, edge_opacity, edge_stroke, node_look
from kg.render.text import ems, lines

FONT = {"zh": 14, "en": 12}  # pixels
_EMS = {"zh": 9.5, "en": 10.5}  # width of a label's line
_LANGUAGES: tuple[Language, ...] = ("zh", "en")
LINE = 1.2  # of the font's size
BELOW = 5.0  # pixels between a node and its label
WIDE, TALL = 1.9, 0.7  # width by height of a desktop's picture and of a telephone's


@lru_cache(maxsize=8)
def positions(network: Network, aspect: float = WIDE) -> Mapping[str, Position]:
    """Node → position, with room for its label in either language. Kept, since it takes a second or two."""
    return MappingProxyType(layout(network, {node.id: box(node) for node in network.nodes}, aspect=aspect))


def font_size(node: Node, lang: Language) -> int:
    """The size of a node's label in pixels: a zone's is larger, a collaboration's smaller."""
    return FONT[lang] + {"DevelopmentZone": 2, "Collaboration": -1}.get(node.kind.name, 0)


def caption(node: Node, lang: Language) -> str:
    """The label in lines, as the picture has it; a party without a name stands in brackets."""
    shown = "\n".join(lines(node.label.of(lang), _EMS[lang]))
    return shown if node.named else f"[{shown}]"


def box(node: Node, languages: tuple[Language, ...] = _LANGUAGES) -> Box:
    """The room of a node and its label, in whichever of the languages it is wider or taller."""
    radius = node_look(node.kind.name).size
    width = height = 0.0
    for lang in languages:
        rows = caption(node, lang).split("\n")
        size = font_size(node, lang)
        width = max(width, max(map(ems, rows)) * size)
        height = max(height, len(rows) * size * LINE)
    return Box(half=max(width / 2, radius), above=radius, below=radius + BELOW + height)


def nodes_of(network: Network) -> list[dict[str, object]]:
    """What pyvis is given for each node; ``zh``, ``en`` and ``tall`` are for the page's own script."""
    wide, tall = positions(network, WIDE), positions(network, TALL)
    return [_node(node, wide[node.id], tall[node.id]) for node in network.nodes]


def _node(node: Node, wide: Position, tall: Position) -> dict[str, object]:
    look = node_look(node.kind.name)
    fill = look.colour if node.named else "#FFFFFF"
    border = "#4A4F57" if node.named else look.colour
    chosen = {"background": fill, "border": "#000000"}
    return {
        "n_id": node.id,
        "label": caption(node, "zh"),
        "shape": look.shape,
        "color": {"background": fill, "border": border, "highlight": chosen, "hover": chosen},
        "size": look.size,
        "borderWidth": 1 if node.named else 2,
        "borderWidthSelected": 4,
        "shapeProperties": {"borderDashes": False if node.named else [5, 4]},
        "font": {"size": font_size(node, "zh")},
        "sizes": {lang: font_size(node, lang) for lang in _LANGUAGES},
        "x": wide[0],
        "y": wide[1],
        "zh": caption(node, "zh"),
        "en": caption(node, "en"),
        "wide": list(wide),
        "tall": list(tall),
    }


def bends(network: Network) -> dict[str, float]:
    """Edge → how far it curves to one side, as a share of its length (0: straight), so that none hides another.

    0 for one edge between two nodes; -1, 1 for two; -1, 0, 1 for three, times a share that grows smaller with their
    number; measured from one of the ends, whichever way each edge points.
    """
    siblings: defaultdict[frozenset[str], list[Edge]] = defaultdict(list)
    for edge in network.edges:
        siblings[frozenset((edge.source, edge.target))].append(edge)
    found: dict[str, float] = {}
    for edges in siblings.values():
        for place, edge in enumerate(edges):
            side = (place - (len(edges) - 1) / 2) * (1 if edge.source < edge.target else -1)
            found[edge.id] = side * min(0.22, 0.7 / len(edges))
    return found


def edges_of(network: Network) -> list[dict[str, object]]:
    """What pyvis is given for each edge. Edges between the same two nodes curve apart."""
    curves = bends(network)
    return [_edge(edge, curves[edge.id]) for edge in network.edges]


def _edge(edge: Edge, bend: float) -> dict[str, object]:
    dashes, width = edge_stroke(None if edge.status is None else edge.status.name)
    colour = edge_colour(edge.kind.name)
    opacity = edge_opacity(None if edge.certainty is None else edge.certainty.name)
    smooth: object = False
    if bend:
        smooth = {
            "enabled": True,
            "type": "curvedCW" if bend > 0 else "curvedCCW",
            "roundness": round(abs(bend), 3),
        }
    return {
        "source": edge.source,
        "to": edge.target,
        "id": edge.id,
        "color": {"color": colour, "highlight": colour, "hover": colour, "inherit": False, "opacity": opacity},
        "dashes": list(dashes) or False,
        "width": width,
        "selectionWidth": 2.5,
        "hoverWidth": 1,
        "arrows": {"to": {"enabled": False}},
        "smooth": smooth,
    }
