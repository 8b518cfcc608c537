"""Validation as one function."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import NoReturn

from kg.errors import DataError, ShapesError, UsageError
from kg.terms import Node, Term
from kg.validation import engines, own, results, wellformed
from kg.validation.documents import Document, document, reaches
from kg.validation.engines import Native
from kg.validation.focus import aimed, deactivated, focus_sets, targets
from kg.validation.graphs import Graph, read, union
from kg.validation.report import Finding, Report
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
    stats: bool = False,
) -> Report:
    """Validate data against shapes (graphs, or files and folders of them).

    ``ontology`` is added to the data graph: classes' hierarchies are read from it, and its own nodes are validated
    too, but they count neither as focus nodes of the report nor as something to check. ``focus``: report findings on
    these nodes only. ``stats``: count focus nodes and name the shapes that reach none, which takes longer.

    ShapesError when the shapes are ill-formed; NothingToCheck, one of them, when there are none or they reach no node
    (unless ``require_focus`` is false, or all are deactivated); SyntaxFault or DataError when a file cannot be read;
    UsageError for an unknown engine.
    """
    if engine not in engines.ENGINES:
        raise UsageError(f"no engine {engine!r}", hint="engines: " + ", ".join(engines.ENGINES))
    shapes_graph = Shapes.of(shapes if isinstance(shapes, Graph) else read(shapes, fault=ShapesError))
    added = ontology if isinstance(ontology, Graph) or ontology is None else read(ontology)
    running, name, fallback = engines.load(engine)
    plain = running if isinstance(running, Native) and not isinstance(data, Graph) and not stats else None
    paths = [data] if isinstance(data, Path) else [] if isinstance(data, Graph) else list(data)
    graph = data if isinstance(data, Graph) else None if plain else read(paths)
    text = document(paths, added) if plain else None
    if not shapes_graph.nodes:
        raise NothingToCheck("there is no shape in the shapes graph", hint=_files(shapes_graph.graph))
    files = shapes_graph.graph.files()
    wellformed.check(shapes_graph, own=bool(files) and all(own.is_ours(file) for file in files))
    wanted = None if focus is None else frozenset(focus)
    counts = None
    if plain is not None and text is not None:
        found = _on_document(text, shapes_graph, added, plain, require_focus)
    elif graph is not None:
        counts = _reached(graph, shapes_graph, added, require_focus)
        whole = graph if added is None else union(graph, added)
        found = results.findings(running.run(whole, shapes_graph, wanted), shapes_graph)
    if wanted is not None:
        found = tuple(finding for finding in found if finding.focus in wanted)
    return Report(
        conforms=not found,
        findings=found,
        shapes_checked=len(aimed(shapes_graph.graph)),
        focus_nodes=None if counts is None else counts.nodes,
        idle=None if counts is None else counts.idle,
        engine=name,
        fallback=fallback,
    )


@dataclass(frozen=True, slots=True)
class _Counts:
    nodes: int
    idle: tuple[Node, ...]


def _on_document(
    data: Document, shapes: Shapes, added: Graph | None, native: Native, require_focus: bool
) -> tuple[Finding, ...]:
    """The findings in data that Python has not read; it reads some only to tell conforming from nothing to check."""
    if "<<" in data.text:  # a quoted triple, or text: the engine would pass over the difference
        read(data.files)
    try:
        found = results.findings(native.run_document(data, shapes), shapes)
    except DataError:
        read(data.files)  # says what is wrong, and where
        raise
    # What was found may be in the ontology that was added alone.
    unsure = (not found or added is not None) and require_focus and _must_reach(shapes.graph)
    if unsure and not reaches(data.files, shapes.graph, added):
        _nothing_reached(len(aimed(shapes.graph)))
    return found


def _reached(given: Graph, shapes: Shapes, added: Graph | None, require_focus: bool) -> _Counts:
    """The focus nodes of data that Python has read."""
    data = given if added is None else union(given, added)
    reached = focus_sets(shapes.graph, data)
    nodes = set().union(*reached.values())
    if added is not None:
        # Shapes for an ontology always reach the one that was added; that is no check of what was given.
        described = {triple.subject for triple in given.triples}
        nodes -= {triple.subject for triple in added.triples} - described
    if require_focus and not nodes and _must_reach(shapes.graph):
        _nothing_reached(len(reached))
    return _Counts(len(nodes), tuple(sorted((shape for shape, at in reached.items() if not at), key=str)))


def _must_reach(shapes: Graph) -> bool:
    """Whether shapes that reach no node check nothing.

    Not where SPARQL computes a target (SHACL-AF), which is not counted here; nor where all are deactivated, which
    somebody meant.
    """
    return not shapes.having(SH.target) and not _all_off(shapes)


def _nothing_reached(shapes: int) -> NoReturn:
    raise NothingToCheck(
        "no shape has a target"
        if not shapes
        else f"no shape that has a target ({shapes} in all) reaches a node of the data",
        hint="are these the right data, and the classes and prefixes spelt alike in shapes and data?",
    )


def _all_off(shapes: Graph) -> bool:
    """Whether there are targets, and every shape that has one is deactivated."""
    switched = {shape for shape, _, _ in targets(shapes)}
    return bool(switched) and switched <= deactivated(shapes)


def _files(graph: Graph) -> str | None:
    """The files read, as a hint."""
    names = ", ".join(str(file) for file in graph.files())
    return f"read: {names}" if names else None
