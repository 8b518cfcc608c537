"""From the triples of a W3C validation report to findings, and back."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import replace
from itertools import count

from pyoxigraph import RdfFormat, serialize

from kg.terms import BlankNode, Literal, NamedNode, Node, Term, Triple
from kg.validation.graphs import Graph
from kg.validation.paths import Path, read_path, to_triples
from kg.validation.report import Finding, Report
from kg.validation.shapes import Shapes
from kg.vocab import PREFIXES, RDF, SH, XSD

_VARIABLE = re.compile(r"\{[?$](\w+)\}")  # in a message


def findings(report: Graph, shapes: Shapes, *, own_words: bool = False) -> tuple[Finding, ...]:
    """The results of a report, in canonical order, each once; those that are alike are counted (``times``).

    ``own_words``: keep messages that do not stand in the shapes graph too.
    """
    top = {triple.object for triple in report.having(SH.result)}
    alike = Counter(_finding(report, node, shapes, own_words) for node in top)
    found = (finding if times == 1 else replace(finding, times=times) for finding, times in alike.items())
    return tuple(sorted(found, key=lambda finding: finding.key))


def _finding(report: Graph, node: Term, shapes: Shapes, own_words: bool) -> Finding:
    """One result."""
    focus = report.value(node, SH.focusNode)
    path = report.value(node, SH.resultPath)
    shape = shapes.original(report.value(node, SH.sourceShape) or BlankNode("unknown"))
    component = report.value(node, SH.sourceConstraintComponent)
    severity = report.value(node, SH.resultSeverity)
    constraint = report.value(node, SH.sourceConstraint)
    own = None if constraint is None else shapes.original(constraint)
    if focus is None or not isinstance(component, NamedNode) or not isinstance(severity, NamedNode):
        raise RuntimeError("the engine gave a result without focus node, component or severity")
    if isinstance(shape, Literal) or isinstance(own, Literal):
        raise TypeError("the engine gave a literal for a shape")
    said = [m for m in report.objects(node, SH.resultMessage) if isinstance(m, Literal)]
    value = report.value(node, SH.value)
    messages = said if own is None else _all_languages(said, shapes.graph, own, focus, value)
    return Finding(
        focus=focus,
        path=None if path is None else _path(report, path, shapes),
        value=value,
        shape=shape,
        component=component,
        severity=severity,
        messages=tuple(sorted(messages, key=str)) if own_words or _says(shapes.graph, shape, own, component) else (),
        constraint=own,
        root=shapes.root(shape),
    )


def _all_languages(
    said: list[Literal], shapes: Graph, constraint: Node, focus: Term, value: Term | None
) -> list[Literal]:
    """The messages of a SPARQL constraint in every language: pySHACL gives one of them, without its language.

    Left as they are when a message needs a variable that the result does not tell.
    """
    declared = [m for m in shapes.objects(constraint, SH.message) if isinstance(m, Literal)]
    known = {"this": focus, "value": value}
    if {m.language for m in said} == {m.language for m in declared} or any(
        known.get(name) is None for m in declared for name in _VARIABLE.findall(m.value)
    ):
        return said

    def filled(text: str) -> str:
        return _VARIABLE.sub(lambda found: getattr(known[found[1]], "value", ""), text)

    return [
        Literal(filled(m.value), language=m.language) if m.language else Literal(filled(m.value)) for m in declared
    ]


def _path(report: Graph, node: Term, shapes: Shapes) -> Path:
    """A path of the report; one whose node stands in the shapes graph alone is read there."""
    return read_path(report if isinstance(node, NamedNode) or report.about(node) else shapes.graph, node)


def _says(shapes: Graph, shape: Term, constraint: Term | None, component: NamedNode) -> bool:
    """Whether the result's messages are the shapes graph's own: pySHACL makes some up where there are none."""
    if not component.value.startswith(PREFIXES["sh"]):
        return True  # a constraint component of someone's own brings its messages along
    return any(shapes.objects(node, SH.message) for node in (shape, constraint) if node is not None)


def to_turtle(report: Report) -> bytes:
    """The W3C report as Turtle, the results in canonical order, each as often as it was found."""
    fresh = (BlankNode(f"n{number}") for number in count())
    top = next(fresh)
    triples = [
        Triple(top, RDF.type, SH.ValidationReport),
        Triple(top, SH.conforms, Literal("true" if report.conforms else "false", datatype=XSD.boolean)),
    ]
    results = [(next(fresh), finding) for finding in report.findings for _ in range(finding.times)]
    triples += [Triple(top, SH.result, node) for node, _ in results]
    for node, finding in results:
        inner: list[Triple] = []
        triples += [
            Triple(node, RDF.type, SH.ValidationResult),
            Triple(node, SH.focusNode, _kept(finding.focus)),
        ]
        if finding.path is not None:
            path, inner = to_triples(finding.path, fresh)
            triples.append(Triple(node, SH.resultPath, path))
        if finding.value is not None:
            triples.append(Triple(node, SH.value, _kept(finding.value)))
        triples += [
            Triple(node, SH.sourceShape, _kept(finding.shape, "shape-")),
            Triple(node, SH.sourceConstraintComponent, finding.component),
            Triple(node, SH.resultSeverity, finding.severity),
        ]
        if finding.constraint is not None:
            triples.append(Triple(node, SH.sourceConstraint, _kept(finding.constraint, "shape-")))
        triples += [Triple(node, SH.resultMessage, message) for message in finding.messages]
        triples += inner
    return serialize(triples, format=RdfFormat.TURTLE, prefixes=_prefixes(triples)) or b""


def _kept(term: Term, kind: str = "data-") -> Term:
    """The term; a blank node with a label that no other of the report has."""
    return BlankNode(kind + term.value) if isinstance(term, BlankNode) else term


def _prefixes(triples: list[Triple]) -> dict[str, str]:
    """Those of our prefixes that the report uses."""
    terms = [term for t in triples for term in (t.predicate, t.object)]
    used = [term.value for term in terms if isinstance(term, NamedNode)]
    used += [term.datatype.value for term in terms if isinstance(term, Literal)]
    return {prefix: base for prefix, base in PREFIXES.items() if any(text.startswith(base) for text in used)}
