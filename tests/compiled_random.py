"""Small random shapes and data, as hypothesis draws them: every component, path, target and way of nesting."""

from __future__ import annotations

from importlib import import_module
from typing import cast

from hypothesis import strategies as st
from pyoxigraph import RdfFormat, parse

from kg.terms import BlankNode, Quad, Term
from kg.validation.graphs import Graph, Part, Statement, from_n_triples, statement, union
from kg.validation.report import Finding
from kg.validation.results import findings
from kg.validation.shapes import Shapes

EX = "http://example.org/"
PREFIXES = f"""
@prefix ex: <{EX}> . @prefix sh: <http://www.w3.org/ns/shacl#> . @prefix xsd: <http://www.w3.org/2001/XMLSchema#> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> . @prefix rdf: <http://www.w3.org/1999/02/22-rdf-syntax-ns#> .
"""
NODES = ["ex:a", "ex:b", "ex:c", "_:d", "_:e"]
PROPERTIES = ["ex:p", "ex:q", "ex:r"]
CLASSES = ["ex:C", "ex:D", "ex:E"]
LITERALS = [
    "1", "2", "3.5", '"10"^^xsd:double', '"a"', '"b"', '"abc"', '"a"@en', '"a"@en-GB', '"b"@de', "true",
    '"2024-01-02"^^xsd:date',
    '"2024-13-02"^^xsd:date', '"2023-02-29"^^xsd:date', '"2024-01-02T00:00:00Z"^^xsd:dateTime', '"x"^^xsd:integer',
    '"2024"^^xsd:gYear', '"t"^^ex:type', '""',
]  # fmt: skip
DATATYPES = ["integer", "decimal", "double", "string", "date", "dateTime", "boolean", "gYear"]
KINDS = ["IRI", "BlankNode", "Literal", "BlankNodeOrIRI", "BlankNodeOrLiteral", "IRIOrLiteral"]

nodes, properties, classes = st.sampled_from(NODES), st.sampled_from(PROPERTIES), st.sampled_from(CLASSES)
named = st.sampled_from([node for node in NODES if not node.startswith("_")])
literals = st.sampled_from(LITERALS)
values = st.one_of(nodes, literals)
constants = st.one_of(named, literals)


@st.composite
def datas(draw: st.DrawFn) -> str:
    """A data graph in Turtle."""
    lines = [f"{draw(nodes)} {draw(properties)} {draw(values)} ." for _ in range(draw(st.integers(0, 12)))]
    lines += [f"{draw(nodes)} a {draw(classes)} ." for _ in range(draw(st.integers(1, 6)))]
    lines += [f"{a} rdfs:subClassOf {b} ." for a, b in draw(st.lists(st.tuples(classes, classes), max_size=2))]
    return PREFIXES + "\n".join(lines)


def paths(depth: int = 2) -> st.SearchStrategy[str]:
    """A property path."""
    if depth == 0:
        return properties
    inner = paths(depth - 1)
    return st.one_of(
        properties,
        properties,
        inner.map(lambda path: f"[ sh:inversePath {path} ]"),
        st.lists(inner, min_size=2, max_size=3).map(lambda it: f"( {' '.join(it)} )"),
        st.lists(inner, min_size=2, max_size=3).map(lambda it: f"[ sh:alternativePath ( {' '.join(it)} ) ]"),
        st.tuples(st.sampled_from(["zeroOrMore", "oneOrMore", "zeroOrOne"]), inner).map(
            lambda it: f"[ sh:{it[0]}Path {it[1]} ]"
        ),
    )


def _list(items: list[str]) -> str:
    return f"( {' '.join(items)} )"


counts = st.integers(0, 3)
on_values = st.one_of(
    classes.map("sh:class {}".format),
    st.sampled_from(DATATYPES).map("sh:datatype xsd:{}".format),
    st.sampled_from(KINDS).map("sh:nodeKind sh:{}".format),
    st.tuples(
        st.sampled_from(["minInclusive", "minExclusive", "maxInclusive", "maxExclusive"]),
        st.sampled_from(["1", "2.5", '"2024-01-02"^^xsd:date', '"2024-01-02T00:00:00Z"^^xsd:dateTime', '"b"']),
    ).map(lambda it: f"sh:{it[0]} {it[1]}"),
    st.integers(0, 3).map("sh:minLength {}".format),
    st.integers(0, 20).map("sh:maxLength {}".format),
    st.sampled_from(["^a", "b", "[0-9]+", "^http"]).map('sh:pattern "{}"'.format),
    st.sampled_from(["^A", "B"]).map('sh:pattern "{}" ; sh:flags "i"'.format),
    st.lists(st.sampled_from(['"en"', '"de"', '"en-GB"']), min_size=1, max_size=2).map(
        lambda it: f"sh:languageIn {_list(it)}"
    ),
    st.lists(constants, max_size=3).map(lambda it: f"sh:in {_list(it)}"),
    constants.map("sh:hasValue {}".format),
    properties.map("sh:equals {}".format),
    properties.map("sh:disjoint {}".format),
)
on_sets = st.one_of(
    counts.map("sh:minCount {}".format),
    counts.map("sh:maxCount {}".format),
    st.just("sh:uniqueLang true"),
    properties.map("sh:lessThan {}".format),
    properties.map("sh:lessThanOrEquals {}".format),
)
closed = st.lists(properties, max_size=2).map(
    lambda it: "sh:closed true ; sh:ignoredProperties " + _list(["rdf:type", *it])
)


def logic(depth: int) -> st.SearchStrategy[str]:
    """A constraint made of shapes."""
    shape = bodies(depth).map("[ {} ]".format)
    some = st.lists(shape, min_size=1, max_size=3).map(_list)
    return st.one_of(
        shape.map("sh:node {}".format),
        shape.map("sh:not {}".format),
        some.map("sh:and {}".format),
        some.map("sh:or {}".format),
        some.map("sh:xone {}".format),
    )


def _once(constraints: list[str]) -> str:
    """Without two of one parameter: most may stand once."""
    return " ; ".join({it.split()[0]: it for it in constraints}.values())


def bodies(depth: int) -> st.SearchStrategy[str]:
    """What stands in a shape: a node shape, or a property shape."""
    return st.one_of(node_bodies(depth), property_bodies(depth))


def node_bodies(depth: int) -> st.SearchStrategy[str]:
    options = [on_values, on_values, closed]
    if depth:
        options += [logic(depth - 1), property_bodies(depth - 1).map("sh:property [ {} ]".format)]
    return st.lists(st.one_of(*options), min_size=1, max_size=2).map(_once)


def property_bodies(depth: int) -> st.SearchStrategy[str]:
    options = [on_values, on_sets]
    if depth:
        qualified = st.tuples(bodies(depth - 1), st.sampled_from(["Min", "Max"]), counts, st.booleans()).map(
            lambda it: (
                f"sh:qualifiedValueShape [ {it[0]} ] ; sh:qualified{it[1]}Count {it[2]}"
                + (" ; sh:qualifiedValueShapesDisjoint true" if it[3] else "")
            )
        )
        options += [logic(depth - 1), qualified, property_bodies(depth - 1).map("sh:property [ {} ]".format)]
    inner = st.lists(st.one_of(*options), min_size=1, max_size=2).map(_once)
    return st.tuples(paths(), inner).map(lambda it: f"sh:path {it[0]} ; {it[1]}")


targets = st.one_of(
    classes.map("sh:targetClass {}".format),
    classes.map("sh:targetClass {}".format),
    st.one_of(named, literals).map("sh:targetNode {}".format),
    properties.map("sh:targetSubjectsOf {}".format),
    properties.map("sh:targetObjectsOf {}".format),
)
extras = st.sampled_from(
    ["", "", ' ; sh:message "no"@en, "nein"@de', " ; sh:severity sh:Warning", " ; sh:deactivated true"]
)


@st.composite
def shape_graphs(draw: st.DrawFn, depth: int = 2) -> str:
    """A shapes graph in Turtle."""
    made = [
        f"ex:S{number} {draw(targets)} ; {draw(bodies(depth))}{draw(extras)} ."
        for number in range(draw(st.integers(1, 3)))
    ]
    return PREFIXES + "\n".join(made)


def quads(data: Graph) -> list[Quad]:
    """The triples as quads of the default graph."""
    return [Quad(it.subject, it.predicate, it.object) for it in data.triples]


def graph(text: str) -> Graph:
    """Turtle as a graph; the labels of its blank nodes are made repeatable."""
    read = parse(text, format=RdfFormat.TURTLE)
    return union(Graph((Part(tuple(cast("Statement", quad.triple) for quad in read)),)))


def native(shapes: Shapes, data: Graph) -> tuple[Finding, ...]:
    """What the native engine finds, with the data's own labels of blank nodes.

    It numbers blank nodes as it meets them, those of the shapes first.
    """
    module = import_module("shacl")
    report = module.Shapes.from_text(shapes.n_triples.decode(), "ntriples").validate_text(
        data.n_triples().decode(), "ntriples"
    )
    met = dict.fromkeys(
        term
        for triple in (*shapes.named_triples, *data.triples)
        for term in (triple.subject, triple.object)
        if isinstance(term, BlankNode)
    )
    own = {BlankNode(f"0_b{number}"): node for number, node in enumerate(met)}

    def named(term: Term) -> Term:
        return own.get(term, term) if isinstance(term, BlankNode) else term

    found = from_n_triples(report.serialize("ntriples"))
    renamed = (statement(it.subject, it.predicate, named(it.object)) for it in found.triples)
    return findings(Graph((Part(tuple(renamed)),)), shapes)
