"""A network as a file for other programs. Same network, same bytes: no dates, everything in order."""

from __future__ import annotations

import csv as csv_module
import io
import json as json_module
import re
import xml.etree.ElementTree as ET
from collections.abc import Mapping

from kg.networks import Concept, Edge, Evidence, Label, Language, Network, Node
from kg.render.drawing import positions
from kg.render.style import edge_colour, edge_stroke, node_look
from kg.render.text import no_formula

_GEXF = "http://gexf.net/1.3"
_VIZ = "http://gexf.net/1.3/viz"
_GRAPHML = "http://graphml.graphdrawing.org/xmlns"
_NOT_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_COLUMNS = (
    "edge", "from", "from_label", "to", "to_label", "kind", "status", "claims", "claim_labels", "evidence", "where",
)  # fmt: skip
_SHAPES = {"dot": "disc", "square": "square", "diamond": "diamond", "triangle": "triangle"}

# Attributes of nodes and edges: name → type, in GEXF and GraphML.
_NODE = {
    "label_zh": "string",
    "label_en": "string",
    "kind": "string",
    "named": "boolean",
    "x": "double",
    "y": "double",
}
_EDGE = {
    "kind": "string", "kind_zh": "string", "kind_en": "string", "status": "string", "status_zh": "string",
    "status_en": "string", "claims": "string", "claim_zh": "string", "claim_en": "string", "evidence": "string",
    "evidence_zh": "string", "evidence_en": "string",
}  # fmt: skip


def json(network: Network, lang: Language = "zh") -> bytes:  # noqa: ARG001  # one signature for all formats
    """Everything that the network holds, in JSON; ``lang`` changes nothing, both languages are there."""
    spots = positions(network)
    document = {
        "name": network.name,
        "title": _label(network.title),
        "sources": list(network.sources()),
        "nodes": [
            {
                "id": node.id,
                "kind": _concept(node.kind),
                "label": _label(node.label),
                "aliases": list(node.aliases),
                "named": node.named,
                "x": spots[node.id][0],
                "y": spots[node.id][1],
            }
            for node in network.nodes
        ],
        "edges": [
            {
                "id": edge.id,
                "source": edge.source,
                "target": edge.target,
                "kind": _concept(edge.kind),
                "status": None if edge.status is None else _concept(edge.status),
                "claims": [
                    {"id": c.iri, "label": _label(c.label), "evidence": [e.iri for e in c.evidence]}
                    for c in edge.claims
                ],
                "evidence": [_evidence(evidence) for evidence in edge.evidence],
            }
            for edge in network.edges
        ],
    }
    return (json_module.dumps(document, ensure_ascii=False, indent=2) + "\n").encode("utf-8")


def csv(network: Network, lang: Language = "zh") -> bytes:
    """One row an edge, names in ``lang``; with a byte-order mark, since spreadsheets want one to read UTF-8.

    A cell that a spreadsheet would take for a formula gets an apostrophe before it.
    """
    nodes = network.by_id()
    stream = io.StringIO()
    writer = csv_module.writer(stream)
    writer.writerow(_COLUMNS)
    for edge in network.edges:
        cells = [
            edge.id,
            edge.source,
            nodes[edge.source].label.of(lang),
            edge.target,
            nodes[edge.target].label.of(lang),
            edge.kind.label.of(lang),
            "" if edge.status is None else edge.status.label.of(lang),
            " ".join(claim.iri for claim in edge.claims),
            " | ".join(claim.label.of(lang) for claim in edge.claims),
            " ".join(evidence.iri for evidence in edge.evidence),
            " | ".join(evidence.words(lang) for evidence in edge.evidence),
        ]
        writer.writerow(map(no_formula, cells))
    return ("\ufeff" + stream.getvalue()).encode("utf-8")


def gexf(network: Network, lang: Language = "zh") -> bytes:
    """GEXF 1.3 for Gephi: labels in ``lang``, kinds, statuses, evidence, colours, shapes and positions."""
    ET.register_namespace("", _GEXF)
    ET.register_namespace("viz", _VIZ)
    root = ET.Element(f"{{{_GEXF}}}gexf", version="1.3")
    meta = ET.SubElement(root, f"{{{_GEXF}}}meta")
    ET.SubElement(meta, f"{{{_GEXF}}}creator").text = "ZoneKG"
    ET.SubElement(meta, f"{{{_GEXF}}}description").text = _clean(network.title.of(lang))
    graph = ET.SubElement(root, f"{{{_GEXF}}}graph", defaultedgetype="undirected", mode="static")
    for owner, table in (("node", _NODE), ("edge", _EDGE)):
        attributes = ET.SubElement(graph, f"{{{_GEXF}}}attributes", {"class": owner, "mode": "static"})
        for name, kind in table.items():
            ET.SubElement(attributes, f"{{{_GEXF}}}attribute", id=f"{owner}_{name}", title=name, type=kind)
    spots = positions(network)
    nodes = ET.SubElement(graph, f"{{{_GEXF}}}nodes")
    for node in network.nodes:
        element = ET.SubElement(nodes, f"{{{_GEXF}}}node", id=node.id, label=_clean(node.label.of(lang)))
        _gexf_values(element, "node", _node_values(node, spots[node.id]))
        look = node_look(node.kind.name)
        ET.SubElement(element, f"{{{_VIZ}}}color", _rgb(look.colour))
        # Gephi's y axis points up.
        x, y = spots[node.id]
        ET.SubElement(element, f"{{{_VIZ}}}position", x=f"{x}.0", y=f"{-y}.0", z="0.0")
        ET.SubElement(element, f"{{{_VIZ}}}size", value=f"{look.size}.0")
        ET.SubElement(element, f"{{{_VIZ}}}shape", value=_SHAPES.get(look.shape, "disc"))
    edges = ET.SubElement(graph, f"{{{_GEXF}}}edges")
    for edge in network.edges:
        attributes_of = {"id": edge.id, "source": edge.source, "target": edge.target}
        element = ET.SubElement(edges, f"{{{_GEXF}}}edge", attributes_of, label=_clean(edge.kind.label.of(lang)))
        _gexf_values(element, "edge", _edge_values(edge))
        dashes, width = edge_stroke(None if edge.status is None else edge.status.name)
        ET.SubElement(element, f"{{{_VIZ}}}color", _rgb(edge_colour(edge.kind.name)))
        ET.SubElement(element, f"{{{_VIZ}}}thickness", value=f"{width}")
        ET.SubElement(element, f"{{{_VIZ}}}shape", value="dashed" if dashes else "solid")
    return _document(root)


def graphml(network: Network, lang: Language = "zh") -> bytes:
    """GraphML with the same attributes; ``lang`` is that of the attribute ``label``."""
    ET.register_namespace("", _GRAPHML)
    root = ET.Element(f"{{{_GRAPHML}}}graphml")
    for owner, table in (("node", {"label": "string", **_NODE}), ("edge", {"label": "string", **_EDGE})):
        for name, kind in table.items():
            attributes = {"id": f"{owner}_{name}", "for": owner, "attr.name": name, "attr.type": kind}
            ET.SubElement(root, f"{{{_GRAPHML}}}key", attributes)
    graph = ET.SubElement(root, f"{{{_GRAPHML}}}graph", id=network.name, edgedefault="undirected")
    spots = positions(network)
    for node in network.nodes:
        element = ET.SubElement(graph, f"{{{_GRAPHML}}}node", id=node.id)
        _graphml_values(element, "node", {"label": node.label.of(lang), **_node_values(node, spots[node.id])})
    for edge in network.edges:
        element = ET.SubElement(graph, f"{{{_GRAPHML}}}edge", id=edge.id, source=edge.source, target=edge.target)
        _graphml_values(element, "edge", {"label": edge.kind.label.of(lang), **_edge_values(edge)})
    return _document(root)


def _node_values(node: Node, spot: tuple[int, int]) -> dict[str, str]:
    return {
        "label_zh": node.label.zh,
        "label_en": node.label.en,
        "kind": node.kind.name,
        "named": "true" if node.named else "false",
        "x": str(spot[0]),
        "y": str(spot[1]),
    }


def _edge_values(edge: Edge) -> dict[str, str]:
    status = edge.status
    return {
        "kind": edge.kind.name,
        "kind_zh": edge.kind.label.zh,
        "kind_en": edge.kind.label.en,
        "status": "" if status is None else status.name,
        "status_zh": "" if status is None else status.label.zh,
        "status_en": "" if status is None else status.label.en,
        "claims": " ".join(claim.iri for claim in edge.claims),
        "claim_zh": " | ".join(claim.label.zh for claim in edge.claims),
        "claim_en": " | ".join(claim.label.en for claim in edge.claims),
        "evidence": " ".join(evidence.iri for evidence in edge.evidence),
        "evidence_zh": " | ".join(evidence.words("zh") for evidence in edge.evidence),
        "evidence_en": " | ".join(evidence.words("en") for evidence in edge.evidence),
    }


def _gexf_values(element: ET.Element, owner: str, values: Mapping[str, str]) -> None:
    holder = ET.SubElement(element, f"{{{_GEXF}}}attvalues")
    for name, value in values.items():
        ET.SubElement(holder, f"{{{_GEXF}}}attvalue", {"for": f"{owner}_{name}", "value": _clean(value)})


def _graphml_values(element: ET.Element, owner: str, values: Mapping[str, str]) -> None:
    for name, value in values.items():
        ET.SubElement(element, f"{{{_GRAPHML}}}data", key=f"{owner}_{name}").text = _clean(value)


def _document(root: ET.Element) -> bytes:
    ET.indent(root)
    text = ET.tostring(root, encoding="unicode")
    return f'<?xml version="1.0" encoding="UTF-8"?>\n{text}\n'.encode()


def _clean(text: str) -> str:
    """The text without the characters that XML 1.0 cannot hold."""
    return _NOT_XML.sub("\ufffd", text)


def _rgb(colour: str) -> dict[str, str]:
    return {name: str(int(colour[i : i + 2], 16)) for name, i in (("r", 1), ("g", 3), ("b", 5))}


def _label(label: Label) -> dict[str, str]:
    return {"zh": label.zh, "en": label.en}


def _concept(concept: Concept) -> dict[str, object]:
    return {"id": concept.iri, "label": _label(concept.label)}


def _evidence(evidence: Evidence) -> dict[str, object]:
    return {"id": evidence.iri, "zh": evidence.words("zh"), "en": evidence.words("en")}
