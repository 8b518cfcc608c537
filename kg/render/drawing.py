"""A network as vis-network draws it: nodes with positions and labels in both languages, edges side by side."""

from __future__ import annotations

from collections import defaultdict

from kg.networks import Box, Edge, Network, Node, Position, layout
from kg.render.style import edge_colour, edge_stroke, node_look
from kg.render.text import ems, lines

FONT = 14  # pixels
_LINE = 1.2  # of the font's size
_BELOW = 5.0  # pixels between a node and its label
WIDE, TALL = 1.45, 0.7  # width by height of a desktop's picture and of a telephone's


def positions(network: Network, aspect: float = WIDE) -> dict[str, Position]:
    """Node → position, with room for its label in either language."""
    return layout(network, {node.id: _box(node) for node in network.nodes}, aspect=aspect)


def font_size(node: Node) -> int:
    """The size of a node's label in pixels: a zone's is larger, a collaboration's smaller."""
    return {"DevelopmentZone": FONT + 3, "Collaboration": FONT - 2}.get(node.kind.name, FONT)


def caption(node: Node, lang: str) -> str:
    """The label in lines, as the picture has it; a party without a name stands in brackets."""
    text = node.label.zh if lang == "zh" else node.label.en
    shown = "\n".join(lines(text))
    return shown if node.named else f"[{shown}]"


def _box(node: Node) -> Box:
    size = font_size(node)
    radius = node_look(node.kind.name).size
    rows = [caption(node, lang).split("\n") for lang in ("zh", "en")]
    width = max(ems(line) for block in rows for line in block) * size
    height = max(len(block) for block in rows) * size * _LINE
    return Box(half=max(width / 2, radius), above=radius, below=radius + _BELOW + height)


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
        "borderWidth": 1 if node.named else 2.5,
        "borderWidthSelected": 4,
        "shapeProperties": {"borderDashes": False if node.named else [4, 3]},
        "font": {"size": font_size(node)},
        "x": wide[0],
        "y": wide[1],
        "zh": caption(node, "zh"),
        "en": caption(node, "en"),
        "wide": list(wide),
        "tall": list(tall),
    }


def edges_of(network: Network) -> list[dict[str, object]]:
    """What pyvis is given for each edge. Edges between the same two nodes curve apart."""
    siblings: defaultdict[frozenset[str], list[str]] = defaultdict(list)
    for edge in network.edges:
        siblings[frozenset((edge.source, edge.target))].append(edge.id)
    return [_edge(edge, siblings[frozenset((edge.source, edge.target))]) for edge in network.edges]


def _edge(edge: Edge, siblings: list[str]) -> dict[str, object]:
    dashes, width = edge_stroke(None if edge.status is None else edge.status.name)
    colour = edge_colour(edge.kind.name)
    # 0 for one edge; -1, 1 for two; -1, 0, 1 for three; measured from one of the ends, whichever way each points.
    place = siblings.index(edge.id) - (len(siblings) - 1) / 2
    bend = place * min(0.22, 0.7 / len(siblings)) * (1 if edge.source < edge.target else -1)
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
        "color": {"color": colour, "highlight": colour, "hover": colour, "inherit": False},
        "dashes": list(dashes) or False,
        "width": width,
        "selectionWidth": 2.5,
        "hoverWidth": 1,
        "arrows": {"to": {"enabled": False}},
        "smooth": smooth,
    }
