"""GEXF 1.3 and GraphML as their schemas have them, and as Gephi reads them, written down for the tests."""

from __future__ import annotations

import xml.etree.ElementTree as ET
from collections import Counter
from itertools import pairwise

GEXF, VIZ = "{http://gexf.net/1.3}", "{http://gexf.net/1.3/viz}"
GRAPHML = "{http://graphml.graphdrawing.org/xmlns}"

# What GEXF 1.3 allows, written down from its schema: element → its attributes, those required, its children.
ALLOWED: dict[str, tuple[set[str], set[str], set[str]]] = {
    "gexf": ({"version", "variant"}, {"version"}, {"meta", "graph"}),
    "meta": ({"lastmodifieddate"}, set(), {"creator", "keywords", "description"}),
    "creator": (set(), set(), set()),
    "keywords": (set(), set(), set()),
    "description": (set(), set(), set()),
    "graph": (
        {"defaultedgetype", "idtype", "mode", "timeformat", "timerepresentation", "start", "end"},
        set(),
        {"attributes", "nodes", "edges"},
    ),
    "attributes": ({"class", "mode"}, {"class"}, {"attribute"}),
    "attribute": ({"id", "title", "type"}, {"id", "title", "type"}, {"default", "options"}),
    "nodes": ({"count"}, set(), {"node"}),
    "node": ({"id", "label"}, {"id"}, {"attvalues", "spells", "viz:color", "viz:position", "viz:size", "viz:shape"}),
    "edges": ({"count"}, set(), {"edge"}),
    "edge": (
        {"id", "type", "label", "source", "target", "weight", "kind"},
        {"source", "target"},
        {"attvalues", "spells", "viz:color", "viz:thickness", "viz:shape"},
    ),
    "attvalues": (set(), set(), {"attvalue"}),
    "attvalue": ({"for", "value", "start", "end"}, {"for", "value"}, set()),
    "spells": (set(), set(), {"spell"}),
    "spell": ({"start", "end"}, set(), set()),
    "viz:color": ({"r", "g", "b", "a", "hex"}, set(), set()),
    "viz:position": ({"x", "y", "z"}, {"x", "y"}, set()),
    "viz:size": ({"value"}, {"value"}, set()),
    "viz:thickness": ({"value"}, {"value"}, set()),
    "viz:shape": ({"value", "uri"}, {"value"}, set()),
}
# What an attribute may say, where the schema counts it up.
VALUES: dict[tuple[str, str], set[str]] = {
    ("graph", "defaultedgetype"): {"directed", "undirected", "mutual"},
    ("graph", "idtype"): {"integer", "string"},
    ("graph", "mode"): {"static", "dynamic", "slice"},
    ("graph", "timeformat"): {"integer", "double", "date", "dateTime"},
    ("graph", "timerepresentation"): {"interval", "timestamp"},
    ("attributes", "class"): {"node", "edge"},
    ("attributes", "mode"): {"static", "dynamic"},
    ("attribute", "type"): {"integer", "long", "double", "float", "boolean", "string", "anyURI"},
    ("edge", "type"): {"directed", "undirected", "mutual"},
}
REPEATED = {"attributes", "attribute", "node", "edge", "attvalue", "spell"}  # all else at most once in its parent
SHAPES = {"node": {"disc", "square", "triangle", "diamond", "image"}, "edge": {"solid", "dotted", "dashed", "double"}}
# What we use of GraphML: element → its attributes, all of them; and the types of values.
GRAPHML_ELEMENTS = {"node": {"id"}, "edge": {"id", "source", "target"}}
GRAPHML_TYPES = {"boolean", "int", "long", "float", "double", "string"}


def _named(element: ET.Element) -> str:
    return element.tag.replace(VIZ, "viz:").replace(GEXF, "")


def assert_gexf(root: ET.Element) -> None:
    """The structure is that of the schema, and every reference leads somewhere."""
    assert (_named(root), root.get("version")) == ("gexf", "1.3")
    for element in root.iter():
        attributes, required, children = ALLOWED[_named(element)]
        assert set(element.attrib) <= attributes, _named(element)
        assert required <= set(element.attrib), _named(element)
        assert {_named(child) for child in element} <= children, _named(element)
        counts = Counter(_named(child) for child in element)
        assert all(times == 1 or name in REPEATED for name, times in counts.items()), counts
        for attribute, value in element.items():
            assert value in VALUES.get((_named(element), attribute), {value}), (attribute, value)
    assert [_named(child) for child in root] == ["meta", "graph"]
    assert all(len(spells) for spells in root.iter(f"{GEXF}spells"))
    (graph,) = root.findall(f"{GEXF}graph")
    assert [_named(child) for child in graph] == ["attributes", "attributes", "nodes", "edges"]
    declared = {owner.get("class"): {a.get("id") for a in owner} for owner in graph.findall(f"{GEXF}attributes")}
    ids = {node.get("id") for node in graph.iter(f"{GEXF}node")}
    for owner in ("node", "edge"):
        for element in graph.iter(GEXF + owner):
            assert {value.get("for") for value in element.iter(f"{GEXF}attvalue")} <= declared[owner]
            assert {shape.get("value") for shape in element.iter(f"{VIZ}shape")} <= SHAPES[owner]
            label = element.get("label", "")
            assert label == " ".join(label.split())  # xsd:token
    for edge in graph.iter(f"{GEXF}edge"):
        assert {edge.get("source"), edge.get("target")} <= ids
        assert float(edge.get("weight", "")) > 0  # Gephi drops what weighs nothing
        _assert_apart([spell.attrib for spell in edge.iter(f"{GEXF}spell")])
    for colour in root.iter(f"{VIZ}color"):
        assert all(0 <= int(colour.get(channel, "")) <= 255 for channel in "rgb")


def _assert_apart(spells: list[dict[str, str]]) -> None:
    """Gephi refuses an interval that overlaps another of the same edge."""
    for one, other in pairwise(spells):
        assert one["end"] < other["start"]


def assert_graphml(root: ET.Element) -> None:
    """The structure is that of GraphML's schema, and every value has a key of its own kind."""
    assert [element.tag.replace(GRAPHML, "") for element in root if element.tag != f"{GRAPHML}key"] == [
        "desc",
        "graph",
    ]
    assert root[0].tag == f"{GRAPHML}desc"
    assert root[-1].tag == f"{GRAPHML}graph"
    keys: dict[str, str] = {}
    for key in root.iter(f"{GRAPHML}key"):
        assert set(key.attrib) == {"id", "for", "attr.name", "attr.type"}
        assert key.get("attr.type") in GRAPHML_TYPES
        keys[key.get("id", "")] = key.get("for", "")
    assert len(keys) == len(list(root.iter(f"{GRAPHML}key")))
    graph = root[-1]
    assert set(graph.attrib) == {"id", "edgedefault"}
    elements = [element.tag.replace(GRAPHML, "") for element in graph]
    assert elements == sorted(elements, reverse=True)  # nodes, then edges: Gephi makes up a node that it has not met
    assert set(elements) <= set(GRAPHML_ELEMENTS)
    ids = {node.get("id") for node in graph.iter(f"{GRAPHML}node")}
    for element, name in zip(graph, elements, strict=True):
        assert set(element.attrib) == GRAPHML_ELEMENTS[name]
        for data in element:
            assert (data.tag, set(data.attrib)) == (f"{GRAPHML}data", {"key"})
            assert keys[data.get("key", "")] == name
        assert {element.get("source"), element.get("target")} <= (ids if name == "edge" else {None})
