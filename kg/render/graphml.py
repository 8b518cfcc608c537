"""A network as GraphML: the attributes of GEXF; weights, colours, sizes and positions named as Gephi reads them."""

from __future__ import annotations

import xml.etree.ElementTree as ET
from collections.abc import Mapping

from kg.networks import Language, Network
from kg.render.captions import caption_of
from kg.render.drawing import positions
from kg.render.gexf import document
from kg.render.origin import UNKNOWN, Origin
from kg.render.style import node_look
from kg.render.text import plain
from kg.render.values import EDGE, NODE, edge_rgb, edge_values, node_rgb, node_values

_GRAPHML = "http://graphml.graphdrawing.org/xmlns"
_COLOUR = {"r": "int", "g": "int", "b": "int"}
_KEYS: dict[str, dict[str, str]] = {
    "node": {"label": "string", **NODE, "x": "double", "y": "double", "size": "double", **_COLOUR},
    "edge": {"label": "string", **EDGE, "weight": "double", **_COLOUR},
}


def graphml(network: Network, lang: Language = "zh", origin: Origin = UNKNOWN) -> bytes:
    """The network in GraphML, the attribute ``label`` in ``lang``; undirected, parallel edges by their ids.

    Ids are IRIs, which readers take, though the schema would have no ``/`` in one. ``y`` points up, as in Gephi.
    Periods, which GraphML does not know, are the attributes date_start and date_end; nor does it know kinds that
    keep parallel edges apart in Gephi, which adds up their weights unless told not to merge: GEXF tells it.
    """
    ET.register_namespace("", _GRAPHML)
    root = ET.Element(_name("graphml"))
    ET.SubElement(root, _name("desc")).text = f"{plain(network.title.of(lang))}\n{caption_of(network, lang, origin)}"
    for owner, table in _KEYS.items():
        for name, kind in table.items():
            about = {"id": f"{owner}_{name}", "for": owner, "attr.name": name, "attr.type": kind}
            ET.SubElement(root, _name("key"), about)
    graph = ET.SubElement(root, _name("graph"), id=network.name, edgedefault="undirected")
    spots = positions(network)
    for node in network.nodes:
        element = ET.SubElement(graph, _name("node"), id=node.id)
        x, y = spots[node.id]
        place = {"x": str(x), "y": str(-y), "size": str(node_look(node.kind.name).size)}
        label = {"label": plain(node.label.of(lang))}
        _data(element, "node", {**label, **node_values(node), **place, **node_rgb(node)})
    for edge in network.edges:
        element = ET.SubElement(graph, _name("edge"), id=edge.id, source=edge.source, target=edge.target)
        label = {"label": plain(edge.kind.label.of(lang))}
        weight = {"weight": str(edge.weight)}
        _data(element, "edge", {**label, **edge_values(edge), **weight, **edge_rgb(edge)})
    ET.indent(root)
    return document(root)


def _data(element: ET.Element, owner: str, values: Mapping[str, str]) -> None:
    for name, value in values.items():
        if value:
            ET.SubElement(element, _name("data"), key=f"{owner}_{name}").text = value


def _name(name: str) -> str:
    return f"{{{_GRAPHML}}}{name}"
