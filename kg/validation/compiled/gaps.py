"""What the compiled engine does not translate, or cannot decide on an engine, each named with its reason.

A ``Gap`` is met in the shapes, and refused. A ``Doubt`` hangs on the store: findings are given, and beside them a
warning says which of them may be wrong there. Nothing here is ever passed over in silence.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal as OneOf
from typing import NoReturn

from kg.errors import ShapesError
from kg.terms import Node
from kg.validation.places import locate
from kg.validation.shapes import Shapes
from kg.vocab import compact


@dataclass(frozen=True, slots=True)
class Gap:
    """A construct that is refused: its short name, why, and what to do instead."""

    name: str
    why: str
    hint: str = "validate a file with the native or the reference engine"


@dataclass(frozen=True, slots=True)
class Doubt:
    """Something that a kind of store cannot tell: ``store`` has it, ``why`` says what is lost, in zh too."""

    name: str
    store: OneOf["oxigraph", "virtuoso", "endpoint"]
    why: str
    why_zh: str


_REWRITE = "rewrite the query, or validate a file with the native engine"

GAPS: dict[str, Gap] = {
    gap.name: gap
    for gap in (
        Gap("recursion", "a shape that refers to itself: SHACL leaves its meaning open, and SPARQL has no recursion"),
        Gap("custom-component", "a constraint component of someone's own without a SPARQL validator that fits here"),
        Gap("target", "a target that SPARQL computes (SHACL-AF)", "use the reference engine on a file"),
        Gap("rule", "rules (SHACL-AF) make triples, and a store is only read", "use the reference engine on a file"),
        Gap("expression", "node expressions (SHACL-AF)", "use the reference engine on a file"),
        Gap("js", "constraints in JavaScript (SHACL-JS)"),
        Gap("entailment", "sh:entailment asks for inference that the store may not do"),
        Gap("blank-target", "a blank node as target: its label says nothing outside its own file"),
        Gap("ill-formed", "a parameter that is not what SHACL wants"),
        Gap("blank-term", "a blank node as a term to compare with: its label says nothing outside its own file"),
        Gap(
            "sparql-nested",
            "a query in a shape that is a condition of another (sh:node, sh:not, sh:or, sh:qualifiedValueShape, …)",
            "give the shape a target of its own",
        ),
        Gap("sparql-service", "SERVICE: a check may not reach another server", _REWRITE),
        Gap("sparql-graph", "GRAPH, FROM: to SHACL the data are one graph", _REWRITE),
        Gap("sparql-forbidden", "MINUS and VALUES, which SHACL forbids in a constraint", _REWRITE),
        Gap("sparql-limit", "LIMIT and OFFSET would count for all focus nodes together, not for each", _REWRITE),
        Gap(
            "sparql-scope",
            "a query or subquery that does not project $this, or groups without it",
            "project $this, and GROUP BY $this",
        ),
        Gap("sparql-assigned", "AS $this, or AS a parameter: SHACL forbids to bind it again", _REWRITE),
        Gap("sparql-variable", "$shapesGraph and $currentShape: the shapes are not in the store", _REWRITE),
        Gap("sparql-path", "$PATH in a node shape, or elsewhere than between subject and object", _REWRITE),
        Gap("sparql-form", "a query that is not one SELECT (one ASK, for a validator) whose braces match", _REWRITE),
    )
}  # fmt: skip

# What is refused on a store that answers plain queries only (Virtuoso 7), and translated elsewhere.
STORE_GAPS: dict[str, Gap] = {
    gap.name: gap
    for gap in (
        Gap(
            "endless-path",
            "a path of unbounded length: the store is right about sh:zeroOrMorePath of one property alone",
            "validate a file, or load the graph into a store of another kind",
        ),
        Gap(
            "optional-step",
            "a path with sh:zeroOrOnePath as $PATH of a query: the store finds values that the path does not have",
            "validate a file, or load the graph into a store of another kind",
        ),
        Gap(
            "nested-count",
            "counting many values in a shape that is a condition of another: the store gives wrong rows",
            "validate a file, or load the graph into a store of another kind",
        ),
        Gap(
            "literal-target",
            "a literal as sh:targetNode: the store gives it another type, or loses it",
            "validate a file, or load the graph into a store of another kind",
        ),
    )
}

DOUBTS: dict[str, Doubt] = {
    doubt.name: doubt
    for doubt in (
        Doubt(
            "whole-numbers", "oxigraph",
            "the store makes xsd:integer of every type of whole number: sh:datatype and ranges are judged "
            "by the value",
            "存储把各种整数类型都变成 xsd:integer:sh:datatype 与取值范围只能按值判断",
        ),
        Doubt(
            "number-forms", "oxigraph",
            "the store rewrites numbers and booleans (007 becomes 7, so that both are one): sh:pattern, lengths, "
            "counts and comparisons of terms see the new form",
            "存储会改写数值与布尔值（007 变为 7，两者成为一个）："
            "sh:pattern、长度、计数与按项比较看到的都是改写后的形式",
        ),
        Doubt(
            "number-forms-virtuoso", "virtuoso",
            "the store rewrites numbers, booleans and durations (007 becomes 7, true 1): "
            "sh:pattern, lengths, counts and comparisons of terms see the new form",
            "存储会改写数值、布尔值与时长（007 变为 7,true 变为 1）："
            "sh:pattern、长度、计数与按项比较看到的都是改写后的形式",
        ),
        Doubt(
            "ill-formed-virtuoso", "virtuoso",
            "the store may change big integers, durations, and literals that are no values of their datatype "
            "(an ill-formed integer becomes 0): sh:datatype sees what it keeps",
            "存储可能改变不合数据类型的字面量、大整数与时长：sh:datatype 看到的是存储所保留的",
        ),
        Doubt(
            "number-types-virtuoso", "virtuoso",
            "the store may take 10 and 10.0 for one: sh:hasValue and sh:in with numbers go by the value",
            "存储可能把 10 与 10.0 视为同一值：带数值的 sh:hasValue 与 sh:in 按值判断",
        ),
        Doubt(
            "blank-labels", "endpoint",
            "labels of blank nodes hold for one query only: the same node may appear under two labels in the report",
            "空白节点的标号只在一次查询内有效：同一节点在报告中可能有两个标号",
        ),
    )
}  # fmt: skip


def refuse(gap: str, shapes: Shapes, node: Node, what: str = "") -> NoReturn:
    """Raise ShapesError for a gap met at a node of the shapes graph."""
    found = GAPS[gap]
    at = shapes.root(node)
    place = None if at is None else locate(shapes.graph, at, None)
    name = "a shape" if at is None else compact(at)
    raise ShapesError(
        f"the compiled engine cannot check {name}: {found.why}{f' ({what})' if what else ''}",
        where=None if place is None else place.place,
        hint=found.hint,
    )
