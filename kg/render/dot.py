r"""A network as DOT, the language of Graphviz, with the layout's own positions: ``neato -n -Tsvg network.dot``.

Every text is a quoted string on one line. In it ``"`` is written ``\"``, and, since Graphviz reads escapes and
entities in labels, ``\`` is written ``\\`` and ``&`` is written ``&amp;``. In tooltips, where Graphviz reads escapes
twice and nothing keeps a ``\``, it is written ``∖``.
"""

from __future__ import annotations

from collections.abc import Mapping

from kg.networks import Edge, Language, Network, Node, Position
from kg.render.captions import caption_of, edge_words
from kg.render.drawing import caption, font_size, positions
from kg.render.origin import UNKNOWN, Origin
from kg.render.style import Shape, edge_colour, edge_stroke, node_look
from kg.render.text import plain, shortened

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
    title = f"{_short(network.title.of(lang))}\n{caption_of(network, lang, origin)}"
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
    r"""The words as Graphviz shows them in a label; lines are apart by ``\n``. To be put in quotes."""
    lines = [plain(line).replace("&", "&amp;").replace("\\", "\\\\") for line in words.split("\n")]
    return "\\n".join(lines)


def tooltip(words: str) -> str:
    """The words as Graphviz shows them when something is pointed at, each line shortened. To be put in quotes."""
    return text("\n".join(_short(line).replace("\\", "\u2216") for line in words.split("\n")))


def _node(node: Node, spot: Position, lang: Language) -> str:
    look = node_look(node.kind.name)
    across = f"{2 * look.size / _INCH:.3f}"
    about = {
        "label": "",
        "xlabel": text(caption(node, lang)),
        "tooltip": tooltip(f"{plain(node.label.of(lang))}\n{plain(node.kind.label.of(lang))}"),
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
    words = tooltip(edge_words(edge, (_short(names[edge.source]), _short(names[edge.target])), lang))
    about = {
        "id": _name(edge.id),
        "color": edge_colour(edge.kind.name),
        "style": _STYLES.get(status or "", "solid"),
        "penwidth": f"{edge_stroke(status)[1]:g}",
        "tooltip": words,
        "edgetooltip": words,
    }
    return _attributes(f"{_quoted(edge.source)} -- {_quoted(edge.target)}", about)


def _short(line: str) -> str:
    return shortened(plain(line), _LONGEST)


def _attributes(what: str, values: Mapping[str, str]) -> str:
    return f"{what} [{', '.join(f'{name}={_in_quotes(value)}' for name, value in values.items())}];"


def _quoted(name: str) -> str:
    return _in_quotes(_name(name))


def _name(name: str) -> str:
    r"""A name or an id on one line; a ``\`` in it is doubled, which IRIs never need."""
    return plain(name).replace("\\", "\\\\")


def _in_quotes(value: str) -> str:
    return '"' + value.replace('"', '\\"') + '"'
