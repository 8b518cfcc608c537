"""What a report needs beside itself to be read: shapes, places and labels."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from kg.terms import Literal, NamedNode, Term
from kg.validation.graphs import Graph
from kg.validation.messages import Language, labels, preferred
from kg.validation.report import Finding, Report

if TYPE_CHECKING:
    from kg.validation.places import Located


@dataclass(frozen=True)
class Context:
    """The shapes graph, where findings stand, and what focus nodes are called.

    ``places``: finding → its place, for those that have one. ``labels``: focus node → its labels in all languages.
    ``root``: the folder that files are named from, where they lie below it.
    """

    shapes: Graph
    places: Mapping[Finding, Located] = field(default_factory=dict)
    labels: Mapping[Term, tuple[Literal, ...]] = field(default_factory=dict)
    root: Path = field(default_factory=Path.cwd)

    @classmethod
    def of(cls, shapes: Graph, data: Iterable[Graph], report: Report) -> Context:
        """The context of a report, places and labels looked up in the graphs that were validated."""
        from kg.validation.places import locate  # its expressions take a fifth of a second to compile

        graphs = tuple(data)
        places: dict[Finding, Located] = {}
        for finding in report.findings:
            predicate = finding.path if isinstance(finding.path, NamedNode) else None
            found = (locate(graph, finding.focus, predicate, finding.value) for graph in graphs)
            place = next((place for place in found if place is not None), None)
            if place is not None:
                places[finding] = place
        nodes = dict.fromkeys(f.focus for f in report.findings if not isinstance(f.focus, Literal))
        return cls(shapes, places, {node: labels(graphs, node) for node in nodes})

    def located(self, finding: Finding) -> Located | None:
        """Where a finding stands: its value, its property or its focus node; None where that is not known."""
        return self.places.get(finding)

    def name(self, term: Term, language: Language) -> str | None:
        """The label of a focus node, in the language if it has one; None for a node without labels."""
        return preferred(self.labels.get(term, ()), language)
