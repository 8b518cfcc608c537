"""A shapes graph compiled: what is known of it before any store is asked."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import NoReturn

from kg.terms import NamedNode, Node
from kg.validation.compiled import user_sparql
from kg.validation.compiled.gaps import refuse
from kg.validation.compiled.model import Aimed, Constraint, Shape, aimed
from kg.validation.shapes import Shapes


@dataclass(frozen=True, eq=False)
class Plan:
    """The shapes with targets, the classes whose subclasses must be known, and the queries of sh:sparql."""

    aimed: tuple[Aimed, ...]
    classes: tuple[NamedNode, ...]
    queries: dict[Constraint, user_sparql.UserQuery]


@lru_cache(maxsize=8)
def compile(shapes: Shapes) -> Plan:  # noqa: A001  # what it does
    """The plan of a shapes graph. ShapesError, naming construct and place, for what the table of gaps has."""
    found = aimed(shapes)
    classes: dict[NamedNode, None] = {}
    queries: dict[Constraint, user_sparql.UserQuery] = {}
    for one in found:
        for target in one.targets:
            if target.kind == "targetClass":
                classes.update((term, None) for term in target.terms if isinstance(term, NamedNode))
        for shape, constraint in _constraints(one.shape):
            if constraint.name == "class":
                classes.update((term, None) for term in constraint.terms if isinstance(term, NamedNode))
            if constraint.is_sparql and constraint not in queries:
                queries[constraint] = _read(shapes, shape, constraint)
    return Plan(found, tuple(classes), queries)


def _read(shapes: Shapes, shape: Shape, constraint: Constraint) -> user_sparql.UserQuery:
    def refused(gap: str, what: str) -> NoReturn:
        node: Node = constraint.node or shape.node
        refuse(gap, shapes, node if isinstance(node, NamedNode) else shape.node, what)

    bindings = dict(constraint.bindings) if constraint.name == "component" else None
    query = user_sparql.read(constraint.text, refused, bindings)
    if query.paths and shape.path is None:
        refused("sparql-path", "")
    return query


def _constraints(shape: Shape) -> Iterator[tuple[Shape, Constraint]]:
    """Every constraint of a shape and of all shapes that it refers to."""
    for constraint in shape.constraints:
        yield shape, constraint
        for inner in (*constraint.shapes, *constraint.siblings):
            yield from _constraints(inner)
    for inner in shape.properties:
        yield from _constraints(inner)
