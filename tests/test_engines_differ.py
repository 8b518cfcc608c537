"""Generated shapes on generated data: the two engines give equal findings, or the difference has a name."""

from __future__ import annotations

import os
from collections import Counter
from pathlib import Path
from typing import TypeAlias

import pytest
from hypothesis import HealthCheck, given, note, settings
from hypothesis import strategies as st
from pyoxigraph import RdfFormat, parse

from kg.errors import ShapesError
from kg.terms import NamedNode
from kg.validation import Finding, Graph, engines, read, validate, wellformed
from kg.validation.contested import Contested
from kg.validation.differences import DIFFERENCES, Difference, named
from kg.validation.graphs import from_n_triples, n_triples, statement
from kg.validation.shapes import Shapes
from kg.vocab import RDF

HEAD = """@prefix ex: <http://example.org/> . @prefix sh: <http://www.w3.org/ns/shacl#> .
@prefix rdf: <http://www.w3.org/1999/02/22-rdf-syntax-ns#> . @prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
@prefix xsd: <http://www.w3.org/2001/XMLSchema#> .
"""
CASES = Path(__file__).resolve().parent / "cases" / "shacl"
# How many examples to draw, always the same; with the variable set, as many as it says, others each time.
MORE = os.environ.get("ZONEKG_ENGINES_DIFFER")
EXAMPLES = int(MORE or "600")

Text: TypeAlias = st.SearchStrategy[str]

NODES = [f"ex:n{n}" for n in range(5)]
BLANK = [f"_:b{n}" for n in range(3)]
CLASSES = [f"ex:C{n}" for n in range(4)]
PREDICATES = [f"ex:p{n}" for n in range(4)]
LITERALS = [
    '"a"', '"ab"', '"A1"', '""', '"晋城"', '"a"@en', '"b"@en', '"b"@en-gb', '"晋"@zh', '"x"^^ex:own',
    "1", "2", "5", '"05"^^xsd:integer', '"x"^^xsd:integer', '"5"^^xsd:byte', '"300"^^xsd:byte', "5.0", "1.5",
    '"."^^xsd:decimal', '"1e3"^^xsd:decimal', "5.0e0", '"NaN"^^xsd:double', '"INF"^^xsd:double', '"y"^^xsd:double',
    "true", '"0"^^xsd:boolean', '"maybe"^^xsd:boolean', '"2024-01-01"^^xsd:date', '"2024-02-30"^^xsd:date',
    '"2024-01-01T00:00:00"^^xsd:dateTime', '"2024-01-01T00:00:00Z"^^xsd:dateTime', '"2024-01-01"^^xsd:dateTime',
    '"2024"^^xsd:gYear', '"http://example.org/"^^xsd:anyURI',
]  # fmt: skip
DATATYPES = ["string", "integer", "byte", "decimal", "double", "boolean", "date", "dateTime", "gYear", "anyURI"]
KINDS = ["IRI", "BlankNode", "Literal", "BlankNodeOrIRI", "BlankNodeOrLiteral", "IRIOrLiteral"]
BOUNDS = [it for it in LITERALS if it in ("1", "5", "1.5", "5.0e0") or "2024-01-01" in it] + ['"ab"']
QUERIES = [
    "SELECT $this ?value WHERE { $this <http://example.org/p0> ?value }",
    "SELECT $this WHERE { FILTER NOT EXISTS { $this <http://example.org/p1> ?x } }",
    "SELECT DISTINCT $this ?value WHERE { $this <http://example.org/p2> ?value . FILTER (isIRI(?value)) }",
    "SELECT $this (<http://example.org/p3> AS ?path) ?value WHERE { ?value <http://example.org/p3> $this }",
]
PATH_QUERY = "SELECT DISTINCT $this ?value WHERE { $this $PATH ?value . FILTER (isLiteral(?value)) }"

node = st.sampled_from(NODES + BLANK)
term = st.sampled_from(NODES + BLANK + LITERALS)
value = st.sampled_from(NODES + LITERALS)
predicate = st.sampled_from(PREDICATES)
class_ = st.sampled_from(CLASSES)


def several(what: Text, least: int = 0, most: int = 3) -> Text:
    return st.lists(what, min_size=least, max_size=most).map(" ".join)


path: Text = st.recursive(
    predicate,
    lambda inner: st.one_of(
        several(inner, 2, 3).map("( {} )".format),
        several(inner, 2, 3).map("[ sh:alternativePath ( {} ) ]".format),
        inner.map("[ sh:inversePath {} ]".format),
        inner.map("[ sh:zeroOrMorePath {} ]".format),
        inner.map("[ sh:oneOrMorePath {} ]".format),
        inner.map("[ sh:zeroOrOnePath {} ]".format),
    ),
    max_leaves=4,
)
small = st.integers(0, 3).map(str)

# Constraints that may stand in any shape. No parameter stands twice, since keys are drawn.
simple: dict[str, Text] = {
    "class": class_,
    "datatype": st.sampled_from(DATATYPES).map("xsd:{}".format) | st.just("rdf:langString"),
    "nodeKind": st.sampled_from(KINDS).map("sh:{}".format),
    "minInclusive": st.sampled_from(BOUNDS),
    "maxInclusive": st.sampled_from(BOUNDS),
    "minExclusive": st.sampled_from(BOUNDS),
    "maxExclusive": st.sampled_from(BOUNDS),
    "minLength": small,
    "maxLength": small,
    "pattern": st.sampled_from(['"a"', '"^[A-Z][0-9]$"', '"^.$"', '"n[0-2]$"', '"城"']),
    "languageIn": several(st.sampled_from(['"en"', '"zh"', '"en-GB"']), 1).map("( {} )".format),
    "equals": predicate,
    "disjoint": predicate,
    "hasValue": value,
    "in": several(value, 1).map("( {} )".format),
}
of_sets: dict[str, Text] = {
    "minCount": small,
    "maxCount": small,
    "lessThan": predicate,
    "lessThanOrEquals": predicate,
}


def parameters(choices: dict[str, Text], most: int) -> Text:
    """Some parameters, each once."""
    pair = st.sampled_from(sorted(choices)).flatmap(lambda key: choices[key].map(f"sh:{key} {{}}".format))
    return st.lists(pair, max_size=most, unique_by=lambda text: text.split()[0]).map(" ; ".join)


def joined(*parts: Text) -> Text:
    return st.tuples(*parts).map(lambda texts: " ; ".join(text for text in texts if text))


def optional(what: Text) -> Text:
    return st.just("") | what


def property_shape(inner: Text) -> Text:
    qualified = st.tuples(inner, small, st.sampled_from(["Min", "Max"]), st.booleans()).map(
        lambda it: (
            f"sh:qualifiedValueShape {it[0]} ; sh:qualified{it[2]}Count {it[1]}"
            + (" ; sh:qualifiedValueShapesDisjoint true" if it[3] else "")
        )
    )
    sparql = st.just(f'sh:sparql [ sh:select "{PATH_QUERY}" ]')
    return joined(
        path.map("sh:path {}".format),
        parameters(simple, 2),
        parameters(of_sets, 1),
        optional(st.sampled_from(["sh:uniqueLang true", "sh:uniqueLang false"])),
        optional(qualified),
        optional(sparql),
        optional(st.sampled_from(["sh:severity sh:Warning", "sh:severity ex:Grave", "sh:deactivated true"])),
    )


def node_shape(inner: Text) -> Text:
    """What stands in a node shape; ``inner``: shapes that it may refer to."""
    logic = st.one_of(
        inner.map("sh:not {}".format),
        inner.map("sh:node {}".format),
        st.tuples(st.sampled_from(["and", "or", "xone"]), several(inner, 1)).map(
            lambda it: f"sh:{it[0]} ( {it[1]} )"
        ),
    )
    properties = st.lists(property_shape(inner), max_size=2).map(
        lambda texts: "" if not texts else "sh:property " + " , ".join(f"[ {text} ]" for text in texts)
    )
    closed = st.sampled_from(["sh:closed true", "sh:closed true ; sh:ignoredProperties ( rdf:type ex:p0 )"])
    sparql = st.sampled_from(QUERIES).map('sh:sparql [ sh:select "{}" ]'.format)
    return joined(parameters(simple, 2), optional(logic), properties, optional(closed), optional(sparql))


shape: Text = st.recursive(
    parameters(simple, 2).map("[ {} ]".format), lambda inner: node_shape(inner).map("[ {} ]".format), max_leaves=3
)
target = st.one_of(
    value.map("sh:targetNode {}".format),
    class_.map("sh:targetClass {}".format),
    predicate.map("sh:targetSubjectsOf {}".format),
    predicate.map("sh:targetObjectsOf {}".format),
)
targets = st.lists(target, min_size=1, max_size=2, unique=True).map(" ; ".join)
shapes_graph = st.lists(
    joined(targets, node_shape(shape)).map("a sh:NodeShape ; {}".format)
    | joined(targets, property_shape(shape)).map("a sh:PropertyShape ; {}".format)
    | node_shape(shape).map(lambda text: f"a sh:NodeShape, rdfs:Class {'; ' + text if text else ''}"),
    min_size=1,
    max_size=3,
).map(lambda bodies: "\n".join(f"ex:C{number} {body} ." for number, body in enumerate(bodies)))
data_graph = st.lists(
    st.one_of(
        st.tuples(node, predicate, term).map(" ".join),
        st.tuples(node, predicate, term).map(" ".join),
        st.tuples(node, predicate).map(lambda it: f'{it[0]} {it[1]} "a"@en , "b"@en , "c"@en-GB , "d"@zh'),
        st.tuples(node, class_).map(lambda it: f"{it[0]} a {it[1]}"),
        st.tuples(class_, class_).map(lambda it: f"{it[0]} rdfs:subClassOf {it[1]}"),
        st.tuples(node, predicate, several(term)).map(lambda it: f"{it[0]} {it[1]} ( {it[2]} )"),
    ),
    min_size=1,
    max_size=14,
).map(lambda triples: " .\n".join(triples) + " .")


def graph(text: str) -> Graph:
    triples = (quad.triple for quad in parse(HEAD + text, RdfFormat.TURTLE))
    return from_n_triples(n_triples(statement(t.subject, t.predicate, t.object) for t in triples).decode())


def found(data: Graph, shapes: Graph, engine: str) -> Counter[Finding] | str:
    """The findings, each as often as it was found; the text of the error when there is one."""
    try:
        report = validate(data, shapes, engine=engine, require_focus=False)
    except ShapesError as fault:
        return str(fault)
    return Counter({finding: finding.times for finding in report.findings})


@settings(
    max_examples=EXAMPLES,
    derandomize=MORE is None,
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
)
@given(shapes_graph, data_graph)
def test_the_engines_give_equal_findings_or_the_difference_has_a_name(shapes_text: str, data_text: str) -> None:
    shapes, data = graph(shapes_text), graph(data_text)
    note(shapes_text)
    note(data_text)
    wellformed.check(Shapes.of(shapes), own=False)
    for it in contested(data, shapes):
        assert named(it), it.finding or it.refusal


def contested(data: Graph, shapes: Graph) -> list[Contested]:
    """All that the engines do not agree on."""
    native, reference = found(data, shapes, "native"), found(data, shapes, "reference")
    if isinstance(native, str) or isinstance(reference, str):
        if isinstance(native, str) and isinstance(reference, str):
            return []
        said = f"{native}\n{reference}"
        return [Contested(None, shapes, data, "native" if isinstance(native, str) else "reference", said)]
    return [
        Contested(finding, shapes, data, "native" if native[finding] > reference[finding] else "reference")
        for finding in {*native, *reference}
        if native[finding] != reference[finding]
    ]


# Differences that show only where data and shapes are not one graph, or that the specification leaves open.
APART = {
    "paths_from_nowhere": (
        f'ex:P sh:targetNode "x" ; sh:path [ sh:zeroOrMorePath ex:p ] ; sh:sparql [ sh:select "{PATH_QUERY}" ] .',
        "ex:a ex:p 1 .",
    ),
    "recursion": ("ex:S a sh:NodeShape ; sh:targetNode ex:a ; sh:not ex:S .", "ex:a ex:p 1 ."),
}
RECOGNISED = [it for it in DIFFERENCES if it.recognises is not None]


@pytest.mark.parametrize("difference", RECOGNISED, ids=lambda it: it.name)
def test_a_difference_is_recognised_where_it_is_shown(difference: Difference) -> None:
    pairs = (
        [(graph(data), graph(shapes)) for shapes, data in [APART[difference.name]]]
        if difference.name in APART
        else []
    )
    pairs += [(case, case) for case in (read(CASES / f"{name}.ttl") for name in difference.cases)]
    assert pairs
    assert difference.recognises is not None
    assert any(difference.recognises(it) for data, shapes in pairs for it in contested(data, shapes))


@pytest.mark.parametrize("difference", DIFFERENCES, ids=lambda it: it.name)
def test_a_difference_is_shown(difference: Difference) -> None:
    assert difference.cases or difference.name in APART
    assert all((CASES / f"{name}.ttl").is_file() for name in difference.cases)


def test_equal_findings_are_no_difference() -> None:
    shapes, data = graph("ex:S sh:targetNode ex:a ; sh:nodeKind sh:Literal ."), graph("ex:a ex:p 1 .")
    assert contested(data, shapes) == []


@pytest.mark.parametrize("engine", engines.ENGINES)
def test_blank_nodes_keep_their_labels_behind_shapes_that_have_some_too(engine: str) -> None:
    shapes = graph(
        "ex:S a sh:NodeShape ; sh:targetClass ex:C ; sh:in ( ex:x ex:y ex:z ) ; sh:property ex:P . "
        "ex:P sh:path ( ex:p [ sh:inversePath ex:q ] ) ; sh:nodeKind sh:Literal ."
    )
    data = graph("_:b7 a ex:C ; ex:p ex:v . _:b1 ex:q ex:v . _:b2 ex:q ex:v . _:b3 a ex:D .")
    report = validate(data, shapes, engine=engine)
    (focus,) = data.subjects(RDF.type, NamedNode("http://example.org/C"))
    assert {finding.focus for finding in report.findings} == {focus}
    values = {triple.subject for triple in data.having(NamedNode("http://example.org/q"))}
    assert {finding.value for finding in report.findings} == {focus, *values}
