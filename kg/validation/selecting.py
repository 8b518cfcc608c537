"""Some of the shapes only: the others keep what they say, so that they can be referred to, but look at nothing."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from difflib import get_close_matches

from kg.errors import UsageError
from kg.terms import NamedNode, Node, Term
from kg.validation.focus import TARGETS, targets
from kg.validation.graphs import Graph, Part
from kg.validation.shapes import Shapes, references
from kg.vocab import RDF, SH, shorten


def named(names: Iterable[str], known: Iterable[Node], prefixes: Mapping[str, str]) -> frozenset[Node]:
    """The shapes of these names: IRIs in full, with a prefix (ours, or one of ``prefixes``), or their last part.

    UsageError, with the nearest, for a name that no shape has.
    """
    shapes = [shape for shape in known if isinstance(shape, NamedNode)]
    found: set[Node] = set()
    for name in names:
        hits = [shape for shape in shapes if name in names_of(shape, prefixes)]
        if not hits:
            spelt = {_last(shape): shape for shape in shapes}
            near = [shorten(spelt[hit]) for hit in get_close_matches(name.rpartition(":")[2], spelt, n=3)]
            raise UsageError(
                f"no shape is called {name!r}", hint="did you mean " + " or ".join(near) + "?" if near else None
            )
        found.update(hits)
    return frozenset(found)


def within(shapes: Graph, chosen: frozenset[Node]) -> frozenset[Term]:
    """The shapes and all that they are made of or refer to."""
    return _closure(chosen, [(outer, inner) for outer, _, inner in references(shapes)])


def only(shapes: Graph, chosen: frozenset[Node]) -> Graph:
    """The shapes graph in which only such shapes look at data that are chosen, or that a chosen one is part of."""
    around = _closure(chosen, [(inner, outer) for outer, _, inner in references(shapes)])
    idle = {shape for shape, _, _ in targets(shapes)} - around
    kinds = {SH[kind] for kind in TARGETS}
    return Graph(
        tuple(
            Part(
                tuple(
                    triple
                    for triple in part.triples
                    # A shape that is a class is a target of itself.
                    if triple.subject not in idle or (triple.predicate not in kinds and triple.predicate != RDF.type)
                ),
                part.file,
                part.graph,
            )
            for part in shapes.parts
        )
    )


def shapes_of(graph: Graph) -> tuple[Node, ...]:
    """Every shape of a graph."""
    return Shapes.of(graph).nodes


def _closure(start: Iterable[Term], links: list[tuple[Term, Term]]) -> frozenset[Term]:
    onward: dict[Term, list[Term]] = {}
    for one, other in links:
        onward.setdefault(one, []).append(other)
    found: set[Term] = set(start)
    todo = list(found)
    while todo:
        for term in onward.get(todo.pop(), ()):
            if term not in found:
                found.add(term)
                todo.append(term)
    return frozenset(found)


def names_of(term: Term | None, prefixes: Mapping[str, str]) -> list[str]:
    """What a person may call a shape or component; nothing for what has no IRI."""
    if not isinstance(term, NamedNode):
        return []
    short = [f"{p}:{term.value.removeprefix(base)}" for p, base in prefixes.items() if term.value.startswith(base)]
    return [term.value, shorten(term), *short, _last(term)]


def _last(shape: NamedNode) -> str:
    return shape.value.replace("#", "/").rpartition("/")[2]
