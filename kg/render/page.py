"""One HTML page made by pyvis with a template of ours: nothing outside the file is ever asked for.

pyvis's own template links stylesheets and scripts of a CDN in each of its modes. Ours takes vis-network from
pyvis's package and writes it into the page, under a Content-Security-Policy that allows just these scripts.
"""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from importlib.util import find_spec
from pathlib import Path

from pyvis.edge import Edge as PyvisEdge
from pyvis.network import Network as Pyvis
from pyvis.node import Node as PyvisNode

from kg.errors import ResourceMissing
from kg.networks import Concept, Label, Language, Network, Node
from kg.render.drawing import edges_of, nodes_of
from kg.render.facets import (
    articles_of,
    degrees_of,
    facets,
    in_reading_order,
    shipped_indexes,
    sources_of,
    zones_in,
)
from kg.render.origin import UNKNOWN, Origin
from kg.render.style import Look, edge_colour, edge_stroke, node_look, points, rank, sign_points
from kg.render.words import SCRIPT, WORDS
from kg.sources import Index

_ASSETS = Path(__file__).parent / "assets"
_LISTED = 600  # rows; tables of more are made by the script, bit by bit, since a browser is slow with so many
# The parts of the page's script, in the order in which one needs the other; one function holds them all.
_PARTS = (
    "data", "picture", "state", "tables", "signs", "veil", "paint", "digest", "source", "facts", "panel", "search",
    "fold", "groups", "keys", "export", "gexf", "address", "page",
)  # fmt: skip
_FACES = "'Noto Sans CJK SC','Noto Sans SC','PingFang SC','Microsoft YaHei','Heiti SC',system-ui,sans-serif"

_OPTIONS: dict[str, object] = {
    "physics": {"enabled": False},
    "layout": {"improvedLayout": False, "randomSeed": 1},
    # What is chosen or pointed at is drawn by the page itself, on a sheet above the picture.
    "interaction": {"hover": False, "selectable": False, "zoomSpeed": 0.6},
    "nodes": {
        "font": {"face": _FACES, "size": 14, "strokeWidth": 4},
        "scaling": {"label": {"enabled": False, "drawThreshold": 3}},
    },
    "edges": {"hoverWidth": 1},
}


@dataclass(frozen=True, slots=True)
class NodeKey:
    """A line of the legend: a kind of node, how it looks, and how many there are."""

    kind: Concept
    look: Look
    points: str
    count: int
    hollow: bool


@dataclass(frozen=True, slots=True)
class EdgeKey:
    """A line of the legend: a kind or a status of edges, with its colour, dashes, width and sign.

    ``sign``: the corners of the sign on a mediated link, empty for a circle, None for none.
    """

    label: Label
    count: int
    iri: str = ""
    colour: str = ""
    dashes: str = ""
    width: float = 3.0
    sign: str | None = None


def page(
    network: Network,
    lang: Language = "zh",
    indexes: Sequence[Index] | None = None,
    origin: Origin = UNKNOWN,
) -> str:
    """The whole page as text, first shown in ``lang``. ResourceMissing when pyvis's package lacks vis-network.

    ``indexes`` say where passages stand in their sources, so that the page can show a sentence from a text that
    its reader brings; None for those that the package holds. ``origin`` tells captions and exports who published
    the sources and when, and of which dataset they are made.
    """
    if indexes is None:
        indexes = shipped_indexes(network.sources())
    made = Pyvis(directed=True, heading=network.title.of(lang), cdn_resources="in_line")  # undirected drops parallels
    made.options = _OPTIONS
    # pyvis's add_node and add_edge look through all nodes each time, which takes minutes for ten thousand.
    for node in nodes_of(network):
        made.nodes.append(PyvisNode(node.pop("n_id"), node.pop("shape"), node.pop("label"), **node).options)
    for edge in edges_of(network):
        made.edges.append(PyvisEdge(edge.pop("source"), edge.pop("to"), True, **edge).options)
    made.set_template_dir(str(_ASSETS), "page.html")
    environment = made.templateEnv
    environment.autoescape = True
    environment.policies["json.dumps_kwargs"] = {"sort_keys": True, "ensure_ascii": False}
    listed = max(len(network.nodes), len(network.edges)) <= _LISTED
    scripts = {"vis": _vis_network(), "own": _script()}
    style = _asset("page.css")
    environment.globals.update(
        network=network,
        labels=network.by_id(),
        lang=lang,
        words=WORDS,
        scripts=scripts,
        style=style,
        policy=_policy(list(scripts.values()), style),
        node_keys=_node_keys(network),
        kind_keys=_kind_keys(network),
        status_keys=_status_keys(network),
        certainty_keys=_certainty_keys(network),
        stepped=bool(network.paths),
        unnamed=any(not node.named for node in network.nodes),
        edge_rows=in_reading_order(network) if listed else [],
        node_rows=network.nodes if listed else [],
        isolated=_isolated(network),
        degrees=degrees_of(network),
        articles=articles_of(network, origin),
        zones=zones_in(network),
        facets=facets(network, indexes, origin),
        sources=sources_of(network, origin),
        dataset=origin.dataset(),
        said={name: {"zh": label.zh, "en": label.en} for name, label in SCRIPT.items()},
        listed=listed,
        titles={"zh": network.title.zh, "en": network.title.en},
    )
    return str(made.generate_html()) + "\n"


@cache
def _asset(name: str) -> str:
    return (_ASSETS / name).read_text(encoding="utf-8")


@cache
def _script() -> str:
    """The page's own script: its parts inside one function, so that nothing of it is global."""
    parts = "\n".join(_asset(f"{name}.js") for name in _PARTS)
    return f'(() => {{\n"use strict";\n{parts}}})();\n'


@cache
def _vis_network() -> str:
    """The script of vis-network that lies in pyvis's package, the newest version."""
    spec = find_spec("pyvis")
    folder = Path(spec.origin).parent if spec is not None and spec.origin else Path()
    found = sorted(folder.glob("templates/lib/vis-*/vis-network.min.js")) or sorted(
        folder.glob("lib/vis-*/vis-network.min.js")
    )
    if not found:
        raise ResourceMissing("pyvis's package holds no vis-network", hint="install pyvis 0.3.2")
    return found[-1].read_text(encoding="utf-8").replace("\r\n", "\n")


def _policy(scripts: list[str], style: str) -> str:
    """The page's Content-Security-Policy: these scripts and this style, pictures of its own, nothing else."""
    allowed = " ".join(_digest(script) for script in scripts)
    return (
        f"default-src 'none'; script-src {allowed}; style-src {_digest(style)}; img-src data: blob:; "
        "base-uri 'none'; form-action 'none'"
    )


def _digest(text: str) -> str:
    return f"'sha256-{base64.b64encode(hashlib.sha256(text.encode('utf-8')).digest()).decode('ascii')}'"


def _node_keys(network: Network) -> list[NodeKey]:
    keys = [
        NodeKey(kind, node_look(kind.name), points(node_look(kind.name).shape), count, kind.name == "UnnamedParty")
        for kind, count in network.node_kinds()
    ]
    return sorted(keys, key=lambda key: (rank(key.kind.name), key.kind.iri))


def _kind_keys(network: Network) -> list[EdgeKey]:
    kinds = sorted(network.edge_kinds(), key=lambda item: (rank(item[0].name), item[0].iri))
    # A colour tells nothing where many kinds share one, as roles do.
    telling = len({edge_colour(kind.name) for kind, _ in kinds}) == len(kinds)
    return [
        EdgeKey(
            kind.label, count, kind.iri, edge_colour(kind.name) if telling else "", sign=sign_points(kind.name, 5.0)
        )
        for kind, count in kinds
    ]


def _status_keys(network: Network) -> list[EdgeKey]:
    keys = []
    for status, count in sorted(network.statuses(), key=lambda item: (rank(item[0].name), item[0].iri)):
        dashes, width = edge_stroke(status.name)
        keys.append(EdgeKey(status.label, count, status.iri, dashes=" ".join(map(str, dashes)), width=width))
    without = sum(1 for edge in network.edges if edge.status is None)
    if without:
        keys.append(EdgeKey(WORDS["no-status"], without, width=edge_stroke(None)[1]))
    return keys


def _certainty_keys(network: Network) -> list[EdgeKey]:
    """What is stated outright first; none where all is."""
    found = network.certainties()
    stated = len(network.edges) - sum(count for _, count in found)
    keys = [EdgeKey(certainty.label, count, certainty.iri) for certainty, count in found]
    return [EdgeKey(WORDS["stated"], stated), *keys] if keys else []


def _isolated(network: Network) -> list[Node]:
    linked = degrees_of(network)
    return [node for node in network.nodes if node.id not in linked]
