"""Validation as one function."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from pathlib import Path
from typing import NoReturn

from kg.errors import ShapesError, UsageError
from kg.terms import NamedNode, Term
from kg.validation import engines, own, results, wellformed
from kg.validation.documents import Document, document, reaches
from kg.validation.engines import Native
from kg.validation.focus import aimed, deactivated, focus_sets, targets, telling
from kg.validation.graphs import Graph, read, union
from kg.validation.report import Report, Stats
from kg.validation.shapes import Shapes
from kg.vocab import RDF, SH


class NothingToCheck(ShapesError):
    """There is no shape, or no node that one looks at: an empty check never passes."""

    def __init__(self, message: str, *, hint: str | None = None) -> None:
        super().__init__(f"nothing to check: {message}", hint=hint)


def validate(
    data: Graph | Document | Path | Iterable[Path],
    shapes: Graph | Path | Iterable[Path],
    *,
    ontology: Graph | Path | Iterable[Path] | None = None,
    engine: str = "native",
    focus: Iterable[Term] | None = None,
    require_focus: bool = True,
    stats: bool = False,
    index: Callable[[frozenset[NamedNode]], Graph] | None = None,
) -> Report:
    """Validate data against shapes (graphs, or files and folders of them).

    ``ontology`` is added to the data graph: classes' hierarchies are read from it, and its own nodes are validated
    too, but they count neither as focus nodes of the report nor as something to check. ``focus``: report findings on
    these nodes only. ``stats``: count focus nodes and name the shapes that reach none, which takes longer.
    ``index``: gives the triples of the data that have certain predicates, where someone has them at hand.

    ShapesError when the shapes are ill-formed; NothingToCheck, one of them, when there are none or they reach no node
    (unless ``require_focus`` is false, or all are deactivated); SyntaxFault or DataError when a file cannot be read;
    UsageError for an unknown engine.
    """
    if engine not in engines.ENGINES:
        raise UsageError(f"no engine {engine!r}", hint="engines: " + ", ".join(engines.ENGINES))
    shapes_graph = Shapes.of(shapes if isinstance(shapes, Graph) else read(shapes, fault=ShapesError))
    added = ontology if isinstance(ontology, Graph) or ontology is None else read(ontology)
    running, name, fallback = engines.load(engine)
    whole = given = _given(data, running)
    if added is not None:
        whole = union(given, added) if isinstance(given, Graph) else document(given.files, added)
    check_shapes(shapes_graph)
    wanted = None if focus is None else frozenset(focus)
    counts: Stats | None = None
    if isinstance(given, Graph):
        counts = _counts(given, shapes_graph, added)
        if require_focus and not counts.reached and must_reach(shapes_graph.graph):
            _nothing_reached(len(counts.focus))
    found = results.findings(running.run(whole, shapes_graph, wanted), shapes_graph)
    if isinstance(given, Document) and (stats or wanted is not None):
        counts = _counts((index or given.having)(telling(shapes_graph.graph)), shapes_graph, added)
    if isinstance(given, Document) and require_focus and must_reach(shapes_graph.graph):
        # What was found may be in the ontology that was added alone.
        sure = bool(found) and added is None if counts is None else bool(counts.reached)
        if not sure and (counts is not None or not reaches(given.files, shapes_graph.graph, added)):
            _nothing_reached(len(aimed(shapes_graph.graph)))
    if wanted is not None:
        found = tuple(finding for finding in found if finding.focus in wanted)
        if require_focus and counts is not None and not found and not wanted & counts.reached:
            raise NothingToCheck("no shape looks at the nodes that were asked for")
    return Report(
        conforms=not found,
        findings=found,
        shapes_checked=len(aimed(shapes_graph.graph)),
        focus_nodes=None if counts is None else len(counts.reached),
        idle=None if counts is None else tuple(shape for shape, number in counts.focus if not number),
        engine=name,
        fallback=fallback,
        stats=counts if stats else None,
        shapes=tuple(sorted(aimed(shapes_graph.graph), key=str)),
    )


def check_shapes(shapes: Shapes) -> None:
    """ShapesError when shapes are ill-formed; NothingToCheck when there are none."""
    if not shapes.nodes:
        raise NothingToCheck("there is no shape in the shapes graph", hint=_files(shapes.graph))
    files = shapes.graph.files()
    wellformed.check(shapes, own=bool(files) and all(own.is_ours(file) for file in files))


def _given(data: Graph | Document | Path | Iterable[Path], engine: engines.Engine) -> Graph | Document:
    """The data as the engine takes it best: text, where it is files and the engine reads them itself."""
    if isinstance(data, Graph | Document):
        return data
    paths = [data] if isinstance(data, Path) else list(data)
    return document(paths) if isinstance(engine, Native) else read(paths)


def _counts(given: Graph, shapes: Shapes, added: Graph | None) -> Stats:
    """The focus nodes in data of which Python knows at least what tells them."""
    data = given if added is None else union(given, added)
    reached = focus_sets(shapes.graph, data)
    nodes = set().union(*reached.values())
    if added is not None:
        # Shapes for an ontology always reach the one that was added; that is no check of what was given.
        described = {triple.subject for triple in given.triples}
        nodes -= {triple.subject for triple in added.triples} - described
    instances: dict[Term, set[Term]] = {}
    for triple in given.having(RDF.type):
        instances.setdefault(triple.object, set()).add(triple.subject)
    return Stats(
        tuple((shape, len(reached[shape])) for shape in sorted(reached, key=str)),
        {name: frozenset(having) for name, having in instances.items()},
        frozenset(nodes),
    )


def must_reach(shapes: Graph) -> bool:
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
