"""A network as GEXF 1.3 for Gephi: kinds, labels, evidence, weights, colours, shapes, places, sizes and periods."""

from __future__ import annotations

import xml.etree.ElementTree as ET
from collections import Counter
from collections.abc import Mapping, Sequence

from kg.networks import Edge, Language, Network, Period
from kg.render.captions import caption_of
from kg.render.drawing import positions
from kg.render.origin import UNKNOWN, Origin
from kg.render.style import node_look
from kg.render.text import plain, xml_text
from kg.render.values import EDGE, NODE, edge_look, edge_rgb, edge_values, node_rgb, node_values

_GEXF = "http://gexf.net/1.3"
_VIZ = "http://gexf.net/1.3/viz"
_SHAPES = {"dot": "disc", "square": "square", "diamond": "diamond", "triangle": "triangle"}  # all that GEXF has


def gexf(network: Network, lang: Language = "zh", origin: Origin = UNKNOWN) -> bytes:
    """The network in GEXF, labels in ``lang``; dynamic where the claims of an edge are dated.

    Edges are undirected. Those that join the same nodes and are of one kind differ in their ``kind``, since Gephi
    would make one of them. An edge weighs as much as it has claims.
    """
    ET.register_namespace("", _GEXF)
    ET.register_namespace("viz", _VIZ)
    root = ET.Element(_name("gexf"), version="1.3")
    meta = ET.SubElement(root, _name("meta"))
    ET.SubElement(meta, _name("creator")).text = "ZoneKG"
    ET.SubElement(meta, _name("keywords")).text = network.name
    said = f"{plain(network.title.of(lang))}\n{caption_of(network, lang, origin)}"
    ET.SubElement(meta, _name("description")).text = said
    dynamic = any(edge.periods for edge in network.edges)
    mode = (
        {"mode": "dynamic", "timeformat": "date", "timerepresentation": "interval"} if dynamic else {"mode": "static"}
    )
    graph = ET.SubElement(root, _name("graph"), {"defaultedgetype": "undirected", "idtype": "string", **mode})
    for owner, table in (("node", NODE), ("edge", EDGE)):
        attributes = ET.SubElement(graph, _name("attributes"), {"class": owner, "mode": "static"})
        for name, kind in table.items():
            ET.SubElement(attributes, _name("attribute"), id=f"{owner}_{name}", title=name, type=kind)
    _nodes(graph, network, lang)
    _edges(graph, network, lang)
    ET.indent(root)
    return document(root)


def _nodes(graph: ET.Element, network: Network, lang: Language) -> None:
    spots = positions(network)
    nodes = ET.SubElement(graph, _name("nodes"), count=str(len(network.nodes)))
    for node in network.nodes:
        element = ET.SubElement(nodes, _name("node"), id=node.id, label=plain(node.label.of(lang)))
        _values(element, "node", node_values(node))
        look = node_look(node.kind.name)
        x, y = spots[node.id]
        ET.SubElement(element, _viz("color"), node_rgb(node))
        ET.SubElement(element, _viz("position"), x=f"{x}.0", y=f"{-y}.0", z="0.0")  # Gephi's y axis points up
        ET.SubElement(element, _viz("size"), value=f"{look.size}.0")
        ET.SubElement(element, _viz("shape"), value=_SHAPES.get(look.shape, "disc"))


def _edges(graph: ET.Element, network: Network, lang: Language) -> None:
    edges = ET.SubElement(graph, _name("edges"), count=str(len(network.edges)))
    seen: Counter[tuple[frozenset[str], str]] = Counter()
    for edge in network.edges:
        key = (frozenset((edge.source, edge.target)), edge.kind.name)
        seen[key] += 1
        about = {
            "id": edge.id,
            "source": edge.source,
            "target": edge.target,
            "label": plain(edge.kind.label.of(lang)),
            "weight": f"{edge.weight}.0",
            "kind": edge.kind.name if seen[key] == 1 else f"{edge.kind.name} {seen[key]}",
        }
        element = ET.SubElement(edges, _name("edge"), about)
        _values(element, "edge", edge_values(edge))
        _spells(element, edge)
        broken, width = edge_look(edge)
        ET.SubElement(element, _viz("color"), edge_rgb(edge))
        ET.SubElement(element, _viz("thickness"), value=f"{width}")
        ET.SubElement(element, _viz("shape"), value="dashed" if broken else "solid")


def _spells(element: ET.Element, edge: Edge) -> None:
    found = joined(edge.periods)
    if found:
        holder = ET.SubElement(element, _name("spells"))
        for period in found:
            ends = {"start": period.start, "end": period.end}
            ET.SubElement(holder, _name("spell"), {name: day for name, day in ends.items() if day})


def joined(periods: Sequence[Period]) -> list[Period]:
    """The same days in periods of which none shares a day with another; ``periods`` is sorted.

    Gephi refuses an interval that overlaps another of the same edge, and leaves it out.
    """
    found: list[Period] = []
    for period in periods:
        last = found[-1] if found else None
        if last is None or (last.end and period.start > last.end):
            found.append(period)
        elif last.end and (not period.end or period.end > last.end):
            found[-1] = Period(last.start, period.end)
    return found


def _values(element: ET.Element, owner: str, values: Mapping[str, str]) -> None:
    holder = ET.SubElement(element, _name("attvalues"))
    for name, value in values.items():
        if value:
            ET.SubElement(holder, _name("attvalue"), {"for": f"{owner}_{name}", "value": value})


def document(root: ET.Element) -> bytes:
    """The tree as a document in UTF-8, without the characters that XML cannot hold."""
    for element in root.iter():
        element.text = None if element.text is None else xml_text(element.text)
        for name, value in element.items():
            element.set(name, xml_text(value))
    text = ET.tostring(root, encoding="unicode")
    return f'<?xml version="1.0" encoding="UTF-8"?>\n{text}\n'.encode()


def _name(name: str) -> str:
    return f"{{{_GEXF}}}{name}"


def _viz(name: str) -> str:
    return f"{{{_VIZ}}}{name}"
