"""From a report to its context: where each finding stands, what its nodes are called, how files write blank ones."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from kg import resources
from kg.errors import Place
from kg.terms import BlankNode, NamedNode, Term
from kg.validation.context import Context
from kg.validation.graphs import Graph
from kg.validation.messages import LABELS
from kg.validation.report import Finding, Report
from kg.vocab import GRAPH, ZKG

if TYPE_CHECKING:
    from kg.validation.places import Located, Written

_DERIVED = GRAPH["derived/"].value


def placed(
    report: Report, shapes: Graph, files: Sequence[Path], data: Graph | None, *, built: Path | None = None
) -> tuple[Report, Context]:
    """The report, with blank nodes called as the files call them, and its context.

    ``data``: the graph that was validated, where Python read it; else the engine numbered the blank nodes of
    ``files`` in order. ``built``: the dataset, for what stands in no file: what a rule derived stands in the rule.
    """
    if not report.findings:
        return report, Context(shapes)
    from kg.validation.places import Wanted, find  # its expressions take a fifth of a second to compile

    blank = _blank(report, files, data)
    wishes = {finding: Wanted(finding.focus, finding.path, finding.value) for finding in report.findings}
    found = find(files, wishes.values(), blank=blank, label_predicates=LABELS)
    places = {finding: found.places[wish] for finding, wish in wishes.items() if wish in found.places}
    if built is not None:
        missing = [finding for finding in report.findings if finding not in places]
        places |= _derived(missing, built)
    own = {node: BlankNode(written.label[2:]) for node, written in blank.items() if written.label is not None}
    own = own if len(set(own.values())) == len(own) else {}  # two files may have one label
    named = {finding: _renamed(finding, own) for finding in report.findings}
    labels = {own.get(node, node) if isinstance(node, BlankNode) else node: t for node, t in found.labels.items()}
    return (
        replace(report, findings=tuple(named[finding] for finding in report.findings)),
        Context(shapes, {named[finding]: place for finding, place in places.items()}, labels),
    )


def _blank(report: Report, files: Sequence[Path], data: Graph | None) -> dict[BlankNode, Written]:
    """What the blank nodes of the findings are in the files."""
    if not any(_nodes(finding) for finding in report.findings):
        return {}
    from kg.validation.places import blank_nodes, blank_nodes_of

    if data is not None:
        return blank_nodes_of(data)
    asked = {BlankNode(f"0_b{node.value[1:]}") for f in report.findings for node in _nodes(f)}
    found = blank_nodes(files, "native", only=asked)
    return {BlankNode(f"b{node.value[3:]}"): written for node, written in found.items()}


def _nodes(finding: Finding) -> list[BlankNode]:
    return [term for term in (finding.focus, finding.value) if isinstance(term, BlankNode)]


def _renamed(finding: Finding, own: Mapping[BlankNode, BlankNode]) -> Finding:
    def name(term: Term) -> Term:
        return own.get(term, term) if isinstance(term, BlankNode) else term

    if not isinstance(finding.focus, BlankNode) and not isinstance(finding.value, BlankNode):
        return finding
    return replace(finding, focus=name(finding.focus), value=None if finding.value is None else name(finding.value))


def _derived(findings: Sequence[Finding], built: Path) -> dict[Finding, Located]:
    """Where derived statements come from: the file of the rule; the line of the dataset for any other graph's."""
    from kg.validation.places import Wanted, find

    wishes = {finding: Wanted(finding.focus, finding.path, finding.value) for finding in findings}
    found = find([built], wishes.values()).places if findings else {}
    text = built.read_bytes() if found else b""
    return {
        finding: _rule(found[wish], _inputs(text, finding.focus)) for finding, wish in wishes.items() if wish in found
    }


def _inputs(nquads: bytes, node: Term) -> tuple[NamedNode, ...]:
    """What a derived node says that it was derived from."""
    if not isinstance(node, NamedNode):
        return ()
    start = re.escape(f"{node} {ZKG.derivedFrom} <".encode())
    return tuple(NamedNode(name.decode()) for name in re.findall(rb"^" + start + rb"([^>]*)>", nquads, re.MULTILINE))


def _rule(located: Located, inputs: tuple[NamedNode, ...]) -> Located:
    from kg.validation.places import Located

    graph = located.graph
    if not isinstance(graph, NamedNode) or not graph.value.startswith(_DERIVED):
        return located
    file = resources.root("queries") / "rules" / f"{graph.value.removeprefix(_DERIVED)}.rq"
    return Located(Place(file, 1), graph, inputs) if file.is_file() else located
