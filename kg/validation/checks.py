"""Rules about the dataset as a whole, as queries: each CONSTRUCTs results of a W3C report, which join the others.

SHACL looks at one focus node at a time, and an engine pays for each; a rule that compares every claim with what the
ontology asks of its class is one join to a SPARQL engine. ``queries/checks/NAME.rq`` is such a rule; its results
have ``https://w3id.org/zonekg/check/NAME`` as their source shape.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from kg import resources, templates
from kg.engine import Engine
from kg.terms import BlankNode, Literal, NamedNode, Triple
from kg.validation.graphs import Graph, Part, Statement, statement
from kg.validation.report import Finding
from kg.validation.results import findings
from kg.validation.shapes import Shapes
from kg.vocab import RDF, RDFS, SH

_BASE = "https://w3id.org/zonekg/check/"


@dataclass(frozen=True, slots=True)
class Check:
    """One rule: a file of ``queries/checks``. It has no parameters, so that its text is what runs."""

    name: str
    path: Path

    @property
    def text(self) -> str:
        """The query."""
        return self.path.read_text(encoding="utf-8")

    @property
    def source_shape(self) -> NamedNode:
        """What stands as the source shape in its results."""
        return NamedNode(_BASE + self.name)


def checks() -> tuple[Check, ...]:
    """Our checks, by name; none where there is no such folder."""
    folder = resources.root("queries") / "checks"
    found = templates.files(folder) if folder.is_dir() else {}
    return tuple(Check(name, path) for name, path in found.items())


def described(wanted: Iterable[Check]) -> Graph:
    """What reports say of checks, as shapes graphs do of shapes: their questions as labels."""
    labels = [
        statement(check.source_shape, RDFS.label, Literal(text, language=language))
        for check in wanted
        for language, text in templates.read(check.path).summary.items()
    ]
    return Graph((Part(tuple(labels)),))


def run_checks(engine: Engine, wanted: Iterable[Check]) -> tuple[Finding, ...]:
    """What the checks find in an engine's graph, in the order of reports; QueryError as ``construct`` says."""
    triples: list[Statement] = []
    for check in wanted:
        for triple in engine.construct(check.text):
            node, value = triple.subject, triple.object
            if not isinstance(node, BlankNode) or isinstance(value, Triple):
                raise TypeError(f"{check.path}: a report says things of its own results only")
            # Each answer of a server labels its blank nodes anew.
            triples.append(statement(BlankNode(f"{check.name}.{node.value}"), triple.predicate, value))
    report = BlankNode("report")
    results = [t.subject for t in triples if t.predicate == RDF.type and t.object == SH.ValidationResult]
    triples += [statement(report, SH.result, node) for node in results]
    return findings(Graph((Part(tuple(triples)),)), Shapes(Graph()), own_words=True)
