"""Targets and focus nodes: which nodes of a data graph the shapes look at at all."""

from __future__ import annotations

from collections.abc import Iterator

from kg.terms import Literal, NamedNode, Node, Term
from kg.validation.graphs import Graph
from kg.vocab import RDF, RDFS, SH

TARGETS = ("targetNode", "targetClass", "targetSubjectsOf", "targetObjectsOf")


def subclasses(graph: Graph, root: Term) -> set[Term]:
    """The class and every class below it (rdfs:subClassOf, any number of steps) in the graph."""
    below: dict[Term, list[Term]] = {}
    for triple in graph.having(RDFS.subClassOf):
        below.setdefault(triple.object, []).append(triple.subject)
    found, todo = {root}, [root]
    while todo:
        for child in below.get(todo.pop(), ()):
            if child not in found:
                found.add(child)
                todo.append(child)
    return found


def is_true(value: Term | None) -> bool:
    """Whether a term is the boolean true, in either spelling."""
    return isinstance(value, Literal) and value.value in ("true", "1")


def deactivated(shapes: Graph) -> set[Node]:
    """The shapes that are switched off."""
    return {triple.subject for triple in shapes.having(SH.deactivated) if is_true(triple.object)}


def targets(shapes: Graph) -> Iterator[tuple[Node, str, Term]]:
    """(shape, kind of target, its value) of every target; a shape that is a class is a ``targetClass`` of itself.

    A class is what the shapes graph types as rdfs:Class or as a subclass of it: an owl:Class alone is none to SHACL.
    """
    for kind in TARGETS:
        for triple in shapes.having(SH[kind]):
            yield triple.subject, kind, triple.object
    classes = subclasses(shapes, RDFS.Class)
    kinds = subclasses(shapes, SH.NodeShape) | subclasses(shapes, SH.PropertyShape)
    typed = [(triple.subject, triple.object) for triple in shapes.having(RDF.type)]
    of_class = {subject for subject, kind in typed if kind in classes}
    for shape in dict.fromkeys(subject for subject, kind in typed if kind in kinds):
        if shape in of_class:
            yield shape, "targetClass", shape


def aimed(shapes: Graph) -> frozenset[Node]:
    """The shapes that have a target and are not deactivated."""
    return frozenset(shape for shape, _, _ in targets(shapes)) - deactivated(shapes)


def telling(shapes: Graph) -> frozenset[NamedNode]:
    """The properties of the data by which the focus nodes of these shapes are known."""
    properties = {
        value
        for _, kind, value in targets(shapes)
        if kind in ("targetSubjectsOf", "targetObjectsOf") and isinstance(value, NamedNode)
    }
    return frozenset({RDF.type, RDFS.subClassOf, *properties})


def focus_sets(shapes: Graph, data: Graph) -> dict[Node, set[Term]]:
    """Shape → its focus nodes in the data, for every shape that has a target and is not deactivated."""
    off = deactivated(shapes)
    found: dict[Node, set[Term]] = {}
    instances: dict[Term, list[Term]] = {}
    for triple in data.having(RDF.type):
        instances.setdefault(triple.object, []).append(triple.subject)
    for shape, kind, value in targets(shapes):
        if shape in off:
            continue
        nodes = found.setdefault(shape, set())
        match kind:
            case "targetNode":
                nodes.add(value)
            case "targetClass":
                for class_ in subclasses(data, value):
                    nodes.update(instances.get(class_, ()))
            case "targetSubjectsOf" if isinstance(value, NamedNode):
                nodes.update(triple.subject for triple in data.having(value))
            case "targetObjectsOf" if isinstance(value, NamedNode):
                nodes.update(triple.object for triple in data.having(value))
    return found


def focus_nodes(shapes: Graph, data: Graph) -> dict[Node, int]:
    """Shape → the number of its focus nodes in the data (rdfs:subClassOf is read from the data).

    Has every shape with a target that is not deactivated; a shape that others refer to has no entry for that.
    """
    return {shape: len(nodes) for shape, nodes in focus_sets(shapes, data).items()}
