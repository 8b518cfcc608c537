"""What compiled validation does not translate is refused by name; what a store leaves in doubt is said."""

from __future__ import annotations

import pytest

from kg.engine import Embedded
from kg.errors import ShapesError
from kg.validation import compiled
from kg.validation.compiled.nesting import nested
from kg.validation.shapes import Shapes
from kg.vocab import SH
from tests.compiled_random import PREFIXES, graph

_SPARQL = 'ex:S a sh:NodeShape ; sh:targetClass ex:C ; sh:sparql [ sh:select """{}""" ] .'
_ONE = "ex:S a sh:NodeShape ; sh:targetClass ex:C ; {} ."
GAPS: dict[str, list[str]] = {
    "recursion": [
        _ONE.format("sh:property [ sh:path ex:p ; sh:node ex:S ]"),
        _ONE.format("sh:not ex:O") + " ex:O sh:or ( ex:S [ sh:nodeKind sh:IRI ] ) .",
    ],
    "custom-component": [
        "ex:K a sh:ConstraintComponent ; sh:parameter [ sh:path ex:limit ] ; sh:validator [ sh:jsLibrary 'f' ] . "
        + _ONE.format("ex:limit 5")
    ],
    "target": [_ONE.format("sh:target [ sh:select 'SELECT ?this { ?this ?p ?o }' ]")],
    "rule": [_ONE.format("sh:rule [ a sh:TripleRule ]")],
    "expression": [_ONE.format("sh:expression [ sh:path ex:p ]")],
    "js": [_ONE.format("sh:js [ sh:jsFunctionName 'f' ]")],
    "entailment": [
        "ex:shapes sh:entailment <http://www.w3.org/ns/entailment/RDFS> . " + _ONE.format("sh:nodeKind sh:IRI")
    ],
    "blank-target": ["ex:S sh:targetNode [ ] ; sh:nodeKind sh:IRI ."],
    "blank-term": [_ONE.format("sh:in ( [ ] )"), _ONE.format("sh:hasValue [ ]")],
    "ill-formed": [
        _ONE.format("sh:class 5"),
        _ONE.format("sh:property [ sh:path 5 ; sh:minCount 1 ]"),
        _ONE.format("sh:property [ sh:path ex:p ; sh:minCount 'many' ]"),
        _ONE.format("sh:in 5"),
        _ONE.format("sh:nodeKind ex:Kind"),
        _ONE.format("sh:sparql [ sh:prefixes ex:none ]"),
    ],
    "sparql-nested": [_ONE.format("sh:node [ sh:sparql [ sh:select 'SELECT $this { $this ?p ?o }' ] ]")],
    "sparql-service": [_SPARQL.format("SELECT $this { SERVICE <http://a.b/> { $this ?p ?o } }")],
    "sparql-graph": [
        _SPARQL.format("SELECT $this { GRAPH ?g { $this ?p ?o } }"),
        _SPARQL.format("SELECT $this FROM <http://a.b/> { $this ?p ?o }"),
    ],
    "sparql-forbidden": [
        _SPARQL.format("SELECT $this { $this ?p ?o MINUS { $this a ?o } }"),
        _SPARQL.format("SELECT $this { VALUES ?o { 1 } $this ?p ?o }"),
    ],
    "sparql-limit": [
        _SPARQL.format("SELECT $this { $this ?p ?o } LIMIT 1"),
        _SPARQL.format("SELECT $this { { SELECT $this { $this ?p ?o } OFFSET 1 } }"),
    ],
    "sparql-scope": [
        _SPARQL.format("SELECT $this { { SELECT ?p { $this ?p ?o } } }"),
        _SPARQL.format("SELECT $this (COUNT(?p) AS ?n) { $this ?p ?o } GROUP BY ?o"),
        _SPARQL.format("SELECT ?p { $this ?p ?o }"),
    ],
    "sparql-assigned": [_SPARQL.format("SELECT (?s AS $this) ?s $this { ?s ?p ?o }")],
    "sparql-variable": [_SPARQL.format("SELECT $this { $this ?p $currentShape }")],
    "sparql-path": [_SPARQL.format("SELECT $this { $this $PATH ?value }")],
    "sparql-form": [
        _SPARQL.format("ASK { $this ?p ?o }"),
        _SPARQL.format("SELECT $this { $this ?p ?o "),
        _SPARQL.format("SELECT $this { $this ?p ?o } }"),
        _SPARQL.format("nothing"),
    ],
}


@pytest.mark.parametrize(("gap", "text"), [(gap, text) for gap, texts in GAPS.items() for text in texts])
def test_a_gap_is_refused_with_its_reason_and_a_hint(gap: str, text: str) -> None:
    with pytest.raises(ShapesError) as caught:
        compiled.compile(Shapes(graph(PREFIXES + text)))
    assert compiled.GAPS[gap].why in caught.value.message
    assert caught.value.hint == compiled.GAPS[gap].hint


def test_every_gap_has_a_case() -> None:
    assert set(GAPS) == set(compiled.GAPS)


def test_words_in_strings_names_and_comments_are_no_gap() -> None:
    text = "# LIMIT\n SELECT $this ?limit { $this ex:values ?limit . FILTER(?limit != 'VALUES { MINUS') }"
    declared = "ex:o sh:declare [ sh:prefix 'ex' ; sh:namespace 'http://example.org/' ] . "
    shapes = _SPARQL.format(text).replace("sh:select", "sh:prefixes ex:o ; sh:select")
    plan = compiled.compile(Shapes(graph(PREFIXES + declared + shapes)))
    assert compiled.run(Embedded(), plan) == ()


def test_a_gap_names_the_shape() -> None:
    with pytest.raises(ShapesError, match=r"example\.org/S>: a shape that refers to itself"):
        compiled.compile(Shapes(graph(PREFIXES + GAPS["recursion"][0])))


def test_a_constraint_that_says_failure_is_a_failure() -> None:
    text = _SPARQL.format("SELECT $this ?failure { $this ?p ?o BIND(true AS ?failure) }")
    data = graph(PREFIXES + "ex:a a ex:C .")
    from tests.compiled_random import quads

    with pytest.raises(ShapesError, match="failure"):
        compiled.run(Embedded(quads(data)), compiled.compile(Shapes(graph(PREFIXES + text))))


@pytest.mark.parametrize(
    ("constraint", "doubts"),
    [
        ("sh:datatype xsd:integer", ["whole-numbers"]),
        ("sh:datatype xsd:int", ["whole-numbers"]),
        ("sh:datatype xsd:date", []),
        ("sh:pattern 'a'", ["number-forms"]),
        ("sh:maxLength 3", ["number-forms"]),
        ("sh:pattern 'a' ; sh:datatype xsd:string", []),
        ("sh:pattern 'a' ; sh:nodeKind sh:IRI", []),
        ("sh:node [ sh:minLength 1 ]", ["number-forms"]),
        ("sh:minCount 1", []),
        ("sh:maxCount 1", ["number-forms"]),
        ("sh:maxCount 1 ; sh:nodeKind sh:IRI", []),
        ("sh:maxCount 1 ; sh:datatype xsd:string", []),
        ("sh:minCount 2", ["number-forms"]),
        ("sh:equals ex:q", ["number-forms"]),
        ("sh:hasValue 1", ["number-forms"]),
        ("sh:in ( 'a' ex:b )", []),
        ("sh:minInclusive 1", ["whole-numbers"]),
        ("sh:minInclusive '2024-01-01'^^xsd:date", []),
    ],
)
def test_what_the_store_cannot_tell_is_said(constraint: str, doubts: list[str]) -> None:
    shapes = Shapes(graph(PREFIXES + _ONE.format(f"sh:property [ sh:path ex:p ; {constraint} ]")))
    found = compiled.warnings(Embedded(), compiled.compile(shapes))
    assert [doubt.name for doubt in found] == doubts
    assert all(doubt.why and doubt.why_zh for doubt in found)


@pytest.mark.parametrize(
    ("inside", "written"),
    [
        ("?a ex:p ?b . ?b ex:q ?c", "?a ex:p ?b . FILTER EXISTS { ?b ex:q ?c . } "),
        ("?a ex:p ?b ; ex:q ?c .", "?a ex:p ?b . FILTER EXISTS { ?a ex:q ?c . } "),
        ("?a ex:p ?b", None),
        ("?a ex:p [ ex:q ?c ] . ?c ex:p ?d", None),
        ("_:a ex:p ?c . _:a ex:p ?d", None),
        ("?a ex:p ( 1 2 ) . ?c ex:p ?d", None),
        ("?a (ex:p|ex:q)/ex:r ?b ; a ex:C", "?a (ex:p|ex:q)/ex:r ?b . FILTER EXISTS { ?a a ex:C . } "),
    ],
)
def test_triples_of_an_exists_are_nested(inside: str, written: str | None) -> None:
    query = f"SELECT ?a {{ FILTER EXISTS {{ {inside} }} }}"
    if written is None:
        assert nested(query) == query
    else:
        assert " ".join(nested(query).split()) == " ".join(f"SELECT ?a {{ FILTER EXISTS {{ {written} }} }}".split())


def test_filters_after_the_triples_see_all_of_them() -> None:
    query = "SELECT ?a { FILTER NOT EXISTS { ?a ex:p ?b . ?b ex:q ?c . FILTER(?c > ?b) } }"
    assert " ".join(nested(query).split()) == (
        "SELECT ?a { FILTER NOT EXISTS { ?a ex:p ?b . FILTER EXISTS { ?b ex:q ?c . FILTER(?c > ?b) } } }"
    )


def test_the_closed_parameter_is_read() -> None:
    # ``closed`` is also an attribute of a namespace.
    plan = compiled.compile(Shapes(graph(PREFIXES + _ONE.format("sh:closed true"))))
    assert [it.component for it in plan.aimed[0].shape.constraints] == [SH.ClosedConstraintComponent]
