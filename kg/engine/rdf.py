"""The graph for rdflib's users: the same quads as an rdflib Dataset."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

from kg.terms import BlankNode, DefaultGraph, Literal, NamedNode, Quad

if TYPE_CHECKING:
    import rdflib
    from rdflib import Dataset as Dataset  # noqa: PLC0414  # for kg.library, which may not import rdflib
    from rdflib.graph import _QuadType
    from rdflib.term import Node


def to_rdflib(quads: Iterable[Quad]) -> Dataset:
    """A new Dataset of these quads, whose default graph is the union of its named ones, as it is here.

    Literals keep their lexical form: rdflib would write "007"^^xsd:integer as 7. Language tags come in lower case,
    the only one that rdflib has. ValueError for a quoted triple.
    """
    import rdflib

    dataset = rdflib.Dataset(default_union=True)
    dataset.addN(_quads(dataset, quads))
    return dataset


def _quads(dataset: rdflib.Dataset, quads: Iterable[Quad]) -> Iterator[_QuadType]:
    """The quads in rdflib's classes, each term and each graph made once."""
    terms: dict[object, Node] = {}
    graphs: dict[object, rdflib.Graph] = {}

    def term(value: object) -> Node:
        if value not in terms:
            terms[value] = _term(value)
        return terms[value]

    for quad in quads:
        name = quad.graph_name
        if name not in graphs:
            default = isinstance(name, DefaultGraph)
            graphs[name] = dataset.default_graph if default else dataset.get_context(_name(term(name)))
        yield term(quad.subject), term(quad.predicate), term(quad.object), graphs[name]


def _name(node: Node) -> rdflib.URIRef | rdflib.BNode:
    """A graph's name, which is never a literal."""
    import rdflib

    if not isinstance(node, rdflib.URIRef | rdflib.BNode):
        raise ValueError(f"no name of a graph: {node}")
    return node


def _term(value: object) -> Node:
    """One term in rdflib's classes."""
    import rdflib

    if isinstance(value, NamedNode):
        return rdflib.URIRef(value.value)
    if isinstance(value, BlankNode):
        return rdflib.BNode(value.value)
    if isinstance(value, Literal):
        if value.language is not None:
            return rdflib.Literal(value.value, lang=value.language)
        datatype = value.datatype.value
        plain = datatype == "http://www.w3.org/2001/XMLSchema#string"
        return rdflib.Literal(value.value, datatype=None if plain else rdflib.URIRef(datatype), normalize=False)
    raise ValueError(f"rdflib has no such term: {value}")
