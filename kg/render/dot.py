r"""A network as DOT, the language of Graphviz, with the layout's own positions: ``neato -n -Tsvg network.dot``.

Every text is a quoted string on one line. In it ``"`` is written ``\"``, and, since Graphviz reads escapes and
entities in labels, ``\`` is written ``\\`` and ``&`` is written ``&amp;``.
"""

from __future__ import annotations

from collections.abc import Mapping

from kg.networks import Edge, Language, Network, Node, Position
from kg.render.captions import caption_of, edge_words
from kg.render.drawing import caption, font_size, positions
from kg.render.origin import UNKNOWN, Origin
from kg.render.style import Shape, edge_colour, edge_stroke, node_look
from kg.render.text import plain, xml_text

_SHAPES: dict[Shape, str] = {
    "dot": "circle", "square": "square", "diamond": "diamond", "triangle": "triangle",
    "triangleDown": "invtriangle", "star": "star", "hexagon": "hexagon",
}  # fmt: skip
_STYLES = {"planned": "dashed", "in-talks": "dotted", "signed": "dashed", "under-way": "solid", "achieved": "bold"}
_POINTS = 0.75  # of a point for a pixel
_INCH = 96.0  # pixels
_LONGEST = 400  # characters of a tooltip's line


def dot(network: Network, lang: Language = "zh", origin: Origin = UNKNOWN) -> bytes:
    """The network in DOT, undirected, labels in ``lang``; nodes are named by their IRIs, edges by ``id``."""
    title = f"{plain(network.title.of(lang))}\n{caption_of(network, lang, origin)}"
    spots = positions(network)
    names = {node.id: node.label.of(lang) for node in network.nodes}
    rows = [
        f"graph {_quoted(network.name)} {{",
        "  "
        + _attributes(
            "graph", {"charset": "UTF-8", "label": text(title), "labelloc": "b", "outputorder": "edgesfirst"}
        ),
        "  " + _attributes("node", {"style": "filled", "fixedsize": "true", "fontname": "Noto Sans CJK SC"}),
        *(f"  {_node(node, spots[node.id], lang)}" for node in network.nodes),
        *(f"  {_edge(edge, names, lang)}" for edge in network.edges),
        "}",
    ]
    return ("\n".join(rows) + "\n").encode("utf-8")


def text(words: str) -> str:
    r"""The words as Graphviz shows them unchanged; lines are apart by ``\n``. To be put in quotes."""
    lines = [plain(line).replace("&", "&amp;").replace("\\", "\\\\") for line in xml_text(words).split("\n")]
    return "\\n".join(lines)


def _node(node: Node, spot: Position, lang: Language) -> str:
    look = node_look(node.kind.name)
    across = f"{2 * look.size / _INCH:.3f}"
    about = {
        "label": "",
        "xlabel": text(caption(node, lang)),
        "tooltip": text(f"{node.label.of(lang)[:_LONGEST]}\n{node.kind.label.of(lang)[:_LONGEST]}"),
        "shape": _SHAPES[look.shape],
        "fillcolor": look.colour if node.named else "#FFFFFF",
        "color": "#4A4F57" if node.named else look.colour,
        "style": "filled" if node.named else "filled,dashed",
        "fontsize": f"{font_size(node, lang) * _POINTS:g}",
        "width": across,
        "height": across,
        "pos": f"{spot[0] * _POINTS:g},{-spot[1] * _POINTS:g}!",
    }
    return _attributes(_quoted(node.id), about)


def _edge(edge: Edge, names: Mapping[str, str], lang: Language) -> str:
    status = None if edge.status is None else edge.status.name
    ends = (names[edge.source][:_LONGEST], names[edge.target][:_LONGEST])
    words = "\n".join(line[:_LONGEST] for line in edge_words(edge, ends, lang).split("\n"))
    about = {
        "id": _name(edge.id),
        "color": edge_colour(edge.kind.name),
        "style": _STYLES.get(status or "", "solid"),
        "penwidth": f"{edge_stroke(status)[1]:g}",
        "tooltip": text(words),
        "edgetooltip": text(words),
    }
    return _attributes(f"{_quoted(edge.source)} -- {_quoted(edge.target)}", about)


def _attributes(what: str, values: Mapping[str, str]) -> str:
    return f"{what} [{', '.join(f'{name}={_in_quotes(value)}' for name, value in values.items())}];"


def _quoted(name: str) -> str:
    return _in_quotes(_name(name))


def _name(name: str) -> str:
    r"""A name or an id on one line; a ``\`` in it is doubled, which IRIs never need."""
    return plain(xml_text(name)).replace("\\", "\\\\")


def _in_quotes(value: str) -> str:
    return '"' + value.replace('"', '\\"') + '"'
