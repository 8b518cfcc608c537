"""Rules about the dataset as a whole, as queries: each CONSTRUCTs results of a W3C report, which join the others.

SHACL looks at one focus node at a time, and an engine pays for each; a rule that compares every claim with what the
ontology asks of its class is one join to a SPARQL engine. ``queries/checks/NAME.rq`` is such a rule; its results
have ``https://w3id.org/zonekg/check/NAME`` as their source shape.
"""

from __future__ import annotations

from collections.abc import Iterable

from kg import resources
from kg.engine import Engine
from kg.templates import Template, catalogue
from kg.terms import BlankNode, Literal, NamedNode, Triple
from kg.validation.graphs import Graph, Part, Statement, statement
from kg.validation.report import Finding
from kg.validation.results import findings
from kg.validation.shapes import Shapes
from kg.vocab import RDF, RDFS, SH

_BASE = "https://w3id.org/zonekg/check/"


def checks() -> tuple[Template, ...]:
    """Our checks, by name; none where there is no such folder."""
    folder = resources.root("queries") / "checks"
    return tuple(catalogue(folder).values()) if folder.is_dir() else ()


def source_shape(check: Template) -> NamedNode:
    """What stands as the source shape in the results of a check."""
    return NamedNode(_BASE + check.name)


def described(templates: Iterable[Template]) -> Graph:
    """What reports say of checks, as shapes graphs do of shapes: their questions as labels."""
    labels = [
        statement(source_shape(check), RDFS.label, Literal(text, language=language))
        for check in templates
        for language, text in check.summary.items()
    ]
    return Graph((Part(tuple(labels)),))


def run_checks(engine: Engine, templates: Iterable[Template]) -> tuple[Finding, ...]:
    """What the checks find in an engine's graph, in the order of reports; QueryError as ``construct`` says."""
    triples: list[Statement] = []
    for check in templates:
        for triple in engine.construct(check.fill()):
            node, value = triple.subject, triple.object
            if not isinstance(node, BlankNode) or isinstance(value, Triple):
                raise TypeError(f"{check.path}: a report says things of its own results only")
            # Each answer of a server labels its blank nodes anew.
            triples.append(statement(BlankNode(f"{check.name}.{node.value}"), triple.predicate, value))
    report = BlankNode("report")
    results = [t.subject for t in triples if t.predicate == RDF.type and t.object == SH.ValidationResult]
    triples += [statement(report, SH.result, node) for node in results]
    return findings(Graph((Part(tuple(triples)),)), Shapes(Graph()), own_words=True)
