"""Validation as one function."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from kg.errors import ShapesError, UsageError
from kg.terms import Term
from kg.validation import engines, own, results, wellformed
from kg.validation.focus import deactivated, focus_sets, targets
from kg.validation.graphs import Graph, read, union
from kg.validation.report import Report
from kg.validation.shapes import Shapes
from kg.vocab import SH


class NothingToCheck(ShapesError):
    """There is no shape, or no node that one looks at: an empty check never passes."""

    def __init__(self, message: str, *, hint: str | None = None) -> None:
        super().__init__(f"nothing to check: {message}", hint=hint)


def validate(
    data: Graph | Path | Iterable[Path],
    shapes: Graph | Path | Iterable[Path],
    *,
    ontology: Graph | Path | Iterable[Path] | None = None,
    engine: str = "native",
    focus: Iterable[Term] | None = None,
    require_focus: bool = True,
) -> Report:
    """Validate data against shapes (graphs, or files and folders of them).

    ``ontology`` is added to the data graph: classes' hierarchies are read from it, and its own nodes are validated
    too, but they count neither as focus nodes of the report nor as something to check. ``focus``: report findings on
    these nodes only. ShapesError when the shapes are ill-formed; NothingToCheck, one of them, when there are none or
    they reach no node (unless ``require_focus`` is false, or all are deactivated); SyntaxFault or DataError when a
    file cannot be read; UsageError for an unknown engine.
    """
    if engine not in engines.ENGINES:
        raise UsageError(f"no engine {engine!r}", hint="engines: " + ", ".join(engines.ENGINES))
    shapes_graph = Shapes.of(shapes if isinstance(shapes, Graph) else read(shapes, fault=ShapesError))
    data_graph = data if isinstance(data, Graph) else read(data)
    added = ontology if isinstance(ontology, Graph) or ontology is None else read(ontology)
    if not shapes_graph.nodes:
        raise NothingToCheck("there is no shape in the shapes graph", hint=_files(shapes_graph.graph))
    files = shapes_graph.graph.files()
    wellformed.check(shapes_graph, own=bool(files) and all(own.is_ours(file) for file in files))
    wanted = None if focus is None else frozenset(focus)
    return _validated(data_graph, shapes_graph, added, engine, wanted, require_focus)


def _validated(
    given: Graph,
    shapes: Shapes,
    ontology: Graph | None,
    engine: str,
    focus: frozenset[Term] | None,
    require_focus: bool,
) -> Report:
    """Well-formed shapes on graphs."""
    data = given if ontology is None else union(given, ontology)
    reached = focus_sets(shapes.graph, data)
    nodes = set().union(*reached.values())
    if ontology is not None:
        # Shapes for an ontology always reach the one that was added; that is no check of what was given.
        described = {triple.subject for triple in given.triples}
        nodes -= {triple.subject for triple in ontology.triples} - described
    # A target that SPARQL computes (SHACL-AF) is not counted here, so nothing can be said of it.
    if require_focus and not nodes and not shapes.graph.having(SH.target) and not _all_off(shapes.graph):
        raise NothingToCheck(
            "no shape has a target"
            if not reached
            else f"no shape that has a target ({len(reached)} in all) reaches a node of the data",
            hint="are these the right data, and the classes and prefixes spelt alike in shapes and data?",
        )
    running, name, fallback = engines.load(engine)
    found = results.findings(running.run(data, shapes, focus), shapes)
    if focus is not None:
        found = tuple(finding for finding in found if finding.focus in focus)
    return Report(
        conforms=not found,
        findings=found,
        shapes_checked=len(reached),
        focus_nodes=len(nodes),
        idle=tuple(sorted((shape for shape, at in reached.items() if not at), key=str)),
        engine=name,
        fallback=fallback,
        shapes=tuple(sorted(reached, key=str)),
    )


def _all_off(shapes: Graph) -> bool:
    """Whether there are targets, and every shape that has one is deactivated."""
    aimed = {shape for shape, _, _ in targets(shapes)}
    return bool(aimed) and aimed <= deactivated(shapes)


def _files(graph: Graph) -> str | None:
    """The files read, as a hint."""
    names = ", ".join(str(file) for file in graph.files())
    return f"read: {names}" if names else None
