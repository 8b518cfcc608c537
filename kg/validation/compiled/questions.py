"""The queries that give findings: one for each constraint and each way in which its shape gets focus nodes."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import partial

from kg.terms import Term
from kg.validation.compiled.aims import Aim, Below
from kg.validation.compiled.conditions import FALSE, FEW, TRUE, Conditions, any_of, step
from kg.validation.compiled.model import Aimed, Constraint, Shape
from kg.validation.paths import Path

THIS, VALUE, PATH = "?this", "?value", "?path"


@dataclass(frozen=True, slots=True)
class Question:
    """A query in pieces: ``body`` follows the pattern of the focus nodes, ``after`` the closing brace.

    ``columns``: what is selected beside the focus node. ``itself``: the value is the focus node.
    """

    shape: Shape
    constraint: Constraint
    aim: Aim
    body: str
    columns: tuple[str, ...] = ()
    after: str = ""
    itself: bool = False

    def text(self, below: Below, among: Sequence[Term] | None = None, blank: bool = False) -> str:
        """The SPARQL; see Aim.pattern."""
        select = " ".join((THIS, *self.columns))
        return f"SELECT DISTINCT {select} WHERE {{ {self.aim.pattern(below, among, blank)} {self.body} }}{self.after}"


def questions(aimed: Aimed, conditions: Conditions) -> Iterator[Question]:
    """Every query of a shape with targets and of the property shapes inside it, less those of sh:sparql."""
    for target in aimed.targets:
        yield from _of_shape(aimed.shape, Aim(target), conditions)


def is_counted(constraint: Constraint) -> bool:
    """Its values are too many to be told apart one from another: it is asked with GROUP BY, and not in a screen."""
    more = constraint.name.endswith(("maxCount", "MaxCount"))
    return constraint.name.lower().endswith("count") and constraint.number + more > FEW


def screen(shape: Shape, node: str, conditions: Conditions) -> str:
    """The condition that a node violates any constraint that ``questions`` ask about, less those counted."""
    found = [conditions.violates(shape, it, node) for it in shape.constraints if not is_counted(it)]
    for inner in shape.properties:
        if shape.path is None:
            found.append(screen(inner, node, conditions))
        else:
            found.append(conditions.some(shape.path, node, partial(screen, inner, conditions=conditions)))
    return any_of(found)


def with_sparql(shape: Shape, aim: Aim) -> Iterator[tuple[Shape, Constraint, Aim]]:
    """The constraints of sh:sparql of a shape and of the property shapes inside it."""
    for constraint in shape.constraints:
        if constraint.name == "sparql":
            yield shape, constraint, aim
    for inner in shape.properties:
        yield from with_sparql(inner, aim.along(shape.path))


def _of_shape(shape: Shape, aim: Aim, conditions: Conditions) -> Iterator[Question]:
    for constraint in shape.constraints:
        for question in _of_constraint(shape, constraint, aim, conditions):
            if question.body != FALSE:
                yield question
    for inner in shape.properties:
        yield from _of_shape(inner, aim.along(shape.path), conditions)


def _of_constraint(shape: Shape, constraint: Constraint, aim: Aim, conditions: Conditions) -> Iterator[Question]:
    path, name = shape.path, constraint.name

    def ask(body: str, *columns: str, after: str = "", itself: bool = False) -> Question:
        return Question(shape, constraint, aim, body, columns, after, itself)

    match name:
        case "sparql":
            return
        case "minCount" | "maxCount" | "qualifiedMinCount" | "qualifiedMaxCount" if path is not None:
            body, after = _counted(path, constraint, conditions)
            yield ask(body, after=after)
        case "hasValue":
            condition = conditions.set_fails(path, constraint, THIS) or FALSE
            yield ask(f"FILTER({condition})")
        case "equals" if path is None:
            yield ask(f"FILTER NOT EXISTS {{ {THIS} {constraint.terms[0]} {THIS} }}", itself=True)
            yield ask(conditions.only_there(path, constraint, THIS, VALUE), VALUE)
        case "equals" if path is not None:
            yield ask(conditions.only_here(path, constraint, THIS, VALUE), VALUE)
            yield ask(conditions.only_there(path, constraint, THIS, VALUE), VALUE)
        case "disjoint" if path is None:
            yield ask(f"{THIS} {constraint.terms[0]} {THIS} .", itself=True)
        case "disjoint" if path is not None:
            yield ask(f"{step(THIS, path, VALUE)} {THIS} {constraint.terms[0]} {VALUE} .", VALUE)
        case "lessThan" | "lessThanOrEquals" if path is not None:
            yield ask(f"{step(THIS, path, VALUE)} FILTER({conditions.not_less(constraint, THIS, VALUE)})", VALUE)
        case "uniqueLang" if path is not None:
            yield ask(f"{step(THIS, path, VALUE)} FILTER({conditions.same_language(path, THIS, VALUE)})")
        case "closed":
            yield ask(conditions.not_allowed(constraint, THIS, PATH, VALUE), PATH, VALUE)
        case _ if path is None:
            condition = conditions.value_fails(constraint, THIS)
            yield ask(condition if condition == FALSE else f"FILTER({condition})", itself=True)
        case _:
            condition = conditions.value_fails(constraint, VALUE)
            pattern = step(THIS, path, VALUE)
            yield ask(condition if condition == FALSE else f"{pattern} FILTER({condition})", VALUE)


def _counted(path: Path, constraint: Constraint, conditions: Conditions) -> tuple[str, str]:
    """The body of a query that counts values, and what follows it."""
    number = constraint.number
    least, qualified = constraint.name.endswith("MinCount") or constraint.name == "minCount", constraint.shapes
    if least and number == 0:
        return FALSE, ""
    counts = conditions.counted(constraint, VALUE) if qualified else TRUE
    pattern = step(THIS, path, VALUE) + ("" if counts == TRUE else f" FILTER({counts})")
    if least and number == 1:
        return f"FILTER NOT EXISTS {{ {pattern} }}", ""
    if not least and number == 0:
        return pattern, ""
    if least:
        return f"OPTIONAL {{ {pattern} }}", f" GROUP BY {THIS} HAVING(COUNT(DISTINCT {VALUE}) < {number})"
    return pattern, f" GROUP BY {THIS} HAVING(COUNT(DISTINCT {VALUE}) > {number})"
