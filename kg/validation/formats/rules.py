"""Shapes as the rules that tools know: an identifier, a title, a text."""

from __future__ import annotations

import contextlib
from collections.abc import Iterable
from dataclasses import dataclass

from kg.terms import Literal, NamedNode, Node
from kg.validation.context import Context
from kg.validation.focus import TARGETS, deactivated, targets
from kg.validation.formats.view import level, name, severity, title
from kg.validation.formats.words import word
from kg.validation.messages import Language, preferred, sentences
from kg.validation.paths import read_path, to_short_sparql
from kg.validation.report import Finding, Report
from kg.validation.shapes import references
from kg.vocab import RDFS, SH, SKOS, shorten

_DESCRIPTIONS = (SH.description, RDFS.comment, SKOS.definition)


@dataclass(frozen=True, slots=True)
class Rule:
    """A shape for tools: ``facts`` are pairs of a word and a short text, ``iri`` is there when the shape has one."""

    identifier: str
    iri: str | None
    title: str
    description: str
    level: str
    facts: tuple[tuple[str, str], ...]


def identifier(finding: Finding) -> str:
    """The shape's short IRI; for a shape without one the IRI of the shape around it, the path and the component."""
    if isinstance(finding.shape, NamedNode):
        return shorten(finding.shape)
    root = "_:" if finding.root is None else shorten(finding.root)
    path = [] if finding.path is None else [to_short_sparql(finding.path)]
    return " ".join([root, *path, shorten(finding.component)])


def rules(report: Report, findings: Iterable[Finding], context: Context, language: Language) -> dict[str, Rule]:
    """Identifier → rule, for every shape checked and every shape with a finding, in the identifiers' order."""
    shapes: dict[str, Node] = {shorten(shape): shape for shape in report.shapes if isinstance(shape, NamedNode)}
    for finding in findings:
        shapes.setdefault(identifier(finding), finding.shape)
    return {key: _rule(key, shapes[key], context, language) for key in sorted(shapes)}


def _rule(key: str, shape: Node, context: Context, language: Language) -> Rule:
    """The rule that a shape is."""
    graph = context.shapes
    declared = graph.value(shape, SH.severity)
    grade = declared if isinstance(declared, NamedNode) else SH.Violation
    said = _text(context, shape, language)
    called = title(shape, context, language)
    facts: list[tuple[str, str]] = [(word("severity", language), severity(grade, language))]
    aims = [name(t.object) for kind in TARGETS for t in graph.about(shape) if t.predicate == SH[kind]]
    if aims:
        facts.append((word("targets", language), ", ".join(sorted(aims))))
    node = graph.value(shape, SH.path)
    if node is not None:
        with contextlib.suppress(ValueError):  # shapes are checked before; someone else's graph may be anything
            facts.append((word("path", language), to_short_sparql(read_path(graph, node))))
    return Rule(
        identifier=key,
        iri=shape.value if isinstance(shape, NamedNode) else None,
        title=called or (said or key).partition("\n")[0],
        description=said or called or key,
        level=level(grade),
        facts=tuple(facts),
    )


def _text(context: Context, shape: Node, language: Language) -> str | None:
    """What the shapes graph says of a shape: its description, else its messages and those of its constraints."""
    for predicate in _DESCRIPTIONS:
        found = preferred(context.shapes.objects(shape, predicate), language)
        if found is not None:
            return found
    constraints = [t.object for t in context.shapes.about(shape) if t.predicate == SH.sparql]
    messages = [
        preferred(context.shapes.objects(node, SH.message), language)
        for node in (shape, *constraints)
        if not isinstance(node, Literal)
    ]
    said = [text for text in messages if text is not None] or sentences(context.shapes, shape, language)
    return "\n".join(said) or None


def switched_off(context: Context) -> tuple[Node, ...]:
    """The shapes that have a target and are deactivated, in order."""
    off = deactivated(context.shapes)
    return tuple(sorted({shape for shape, _, _ in targets(context.shapes) if shape in off}, key=str))


def owners(report: Report, context: Context) -> dict[Node, Node]:
    """Shape → the shape with a target that is it or that refers to it: the nearest, of several the first by name."""
    below: dict[Node, list[Node]] = {}
    for outer, _, inner in references(context.shapes):
        if not isinstance(inner, Literal):
            below.setdefault(outer, []).append(inner)
    found: dict[Node, Node] = {shape: shape for shape in report.shapes}
    edge = sorted(found, key=str)
    while edge:
        further: list[Node] = []
        for shape in edge:
            for inner in below.get(shape, ()):
                if inner not in found:
                    found[inner] = found[shape]
                    further.append(inner)
        edge = further
    return found
