"""What a store that answers plain queries only (Virtuoso 7) is not asked: it would answer wrongly, or break down.

Found by random shapes on Virtuoso 7.2: a repeated step that is more than one property, or a part of a longer path,
can end the server itself.
"""

from __future__ import annotations

from collections.abc import Iterator

from kg.errors import ShapesError
from kg.terms import Literal, NamedNode
from kg.validation.compiled.conditions import is_counted
from kg.validation.compiled.gaps import STORE_GAPS
from kg.validation.compiled.model import Shape
from kg.validation.compiled.plan import Plan
from kg.validation.paths import Path, to_short_sparql
from kg.vocab import compact

_REPEATED = ("zeroOrMorePath", "oneOrMorePath")


def check(plan: Plan) -> None:
    """Raise ShapesError, naming shape and construct, for what such a store is not asked."""
    for aimed in plan.aimed:
        for target in aimed.targets:
            for term in target.terms:
                if isinstance(term, Literal):
                    _refuse("literal-target", aimed.shape, str(term))
        for shape in everything(aimed.shape):
            for inner in (inner for it in shape.constraints for inner in (*it.shapes, *it.siblings)):
                for within in everything(inner):
                    if any(map(is_counted, within.constraints)):
                        _refuse("nested-count", within, "more than three values")
            if shape.path is None:
                continue
            if not _simple(shape.path) and _has(shape.path, _REPEATED):
                _refuse("endless-path", shape, to_short_sparql(shape.path))
            if any(it.is_sparql for it in shape.constraints) and _has(shape.path, ("zeroOrOnePath",)):
                _refuse("optional-step", shape, to_short_sparql(shape.path))


def everything(shape: Shape) -> Iterator[Shape]:
    """A shape and all that it refers to."""
    yield shape
    for constraint in shape.constraints:
        for inner in (*constraint.shapes, *constraint.siblings):
            yield from everything(inner)
    for inner in shape.properties:
        yield from everything(inner)


def _simple(path: Path) -> bool:
    """One property, repeated or left out: of one or more, Virtuoso forgets the node that has itself as a value."""
    return not isinstance(path, NamedNode) and path.kind == "zeroOrMorePath" and isinstance(path.parts[0], NamedNode)


def _has(path: Path, kinds: tuple[str, ...]) -> bool:
    """The path is of one of the kinds, or has such a part."""
    return not isinstance(path, NamedNode) and (path.kind in kinds or any(_has(part, kinds) for part in path.parts))


def _refuse(gap: str, shape: Shape, what: str) -> None:
    found = STORE_GAPS[gap]
    name = "a shape" if shape.root is None else compact(shape.root)
    raise ShapesError(f"{name} cannot be checked there: {found.why} ({what})", hint=found.hint)
