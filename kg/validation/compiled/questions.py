"""The queries that give findings: one for each constraint and each way in which its shape gets focus nodes."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from kg.terms import Term
from kg.validation.compiled.aims import Aim, Below, united
from kg.validation.compiled.conditions import FALSE, TRUE, Conditions, filters
from kg.validation.compiled.model import Aimed, Constraint, Shape
from kg.validation.compiled.steps import chain, ways, whole_or_cases
from kg.validation.paths import Path

THIS, VALUE, PATH, OTHER = "?this", "?value", "?path", "?other"
_LANGUAGE = f"(LCASE(LANG({VALUE})) AS ?language)"


@dataclass(frozen=True, slots=True)
class Question:
    """A query in pieces: ``body`` follows the pattern of the focus nodes, ``after`` the closing brace.

    ``values``: the path to ?value, where the pattern is to bind it. ``optional``: focus nodes without a value count
    too. ``columns``: what is selected beside the focus node: each row is a result. ``itself``: the value is the
    focus node.
    """

    shape: Shape
    constraint: Constraint
    aim: Aim
    body: str
    values: Path | None = None
    columns: tuple[str, ...] = ()
    after: str = ""
    optional: bool = False
    itself: bool = False

    def texts(self, below: Below, among: Sequence[Term] | None = None, blank: bool = False) -> list[str]:
        """The SPARQL, several queries whose rows belong together; see Aim.patterns."""
        select = " ".join((*self.aim.names, *self.columns))
        if self.optional:
            focus = united(self.aim.patterns(below, None, among, blank))
            patterns = [f"{focus} OPTIONAL {{ {it} }}" for it in self._values(below, among, blank)]
        else:
            patterns = [f"{it} {self.body}" for it in self.aim.patterns(below, self.values, among, blank)]
            if self.after:
                patterns = [united(patterns)]
        return [f"SELECT DISTINCT {select} WHERE {{ {it} }}{self.after}" for it in patterns]

    def _values(self, below: Below, among: Sequence[Term] | None, blank: bool) -> list[str]:
        """What stands inside OPTIONAL: the step to the values; the union of cases when the path may be empty."""
        if self.values is None:
            return [""]
        cases = ways(self.values) if self.aim.split else whole_or_cases(self.values)
        if len(cases) == 1 and cases[0]:
            return [f"{chain(THIS, cases[0], VALUE)} {self.body}"]
        return [united([f"{it} {self.body}" for it in self.aim.patterns(below, self.values, among, blank)])]


def questions(aimed: Aimed, conditions: Conditions, *, split: bool = False) -> Iterator[Question]:
    """Every query of a shape with targets and of the property shapes inside it, less those of sh:sparql."""
    for target in aimed.targets:
        yield from _of_shape(aimed.shape, Aim(target, split=split), conditions)


def with_sparql(shape: Shape, aim: Aim) -> Iterator[tuple[Shape, Constraint, Aim]]:
    """The constraints that are queries themselves, of a shape and of the property shapes inside it."""
    for constraint in shape.constraints:
        if constraint.is_sparql:
            yield shape, constraint, aim
    for inner in shape.properties:
        yield from with_sparql(inner, aim.inside(shape))


def _of_shape(shape: Shape, aim: Aim, conditions: Conditions) -> Iterator[Question]:
    for constraint in shape.constraints:
        for question in _of_constraint(shape, constraint, aim, conditions):
            if question.body != FALSE:
                yield question
    for inner in shape.properties:
        yield from _of_shape(inner, aim.inside(shape), conditions)


def _of_constraint(shape: Shape, constraint: Constraint, aim: Aim, conditions: Conditions) -> Iterator[Question]:
    path, name = shape.path, constraint.name

    def ask(body: str, *columns: str, values: Path | None = None, itself: bool = False) -> Question:
        return Question(shape, constraint, aim, body, values, columns, itself=itself)

    match name:
        case "sparql" | "component":
            return
        case "minCount" | "maxCount" | "qualifiedMinCount" | "qualifiedMaxCount" if path is not None:
            yield _counted(shape, path, constraint, aim, conditions)
        case "hasValue":
            condition = conditions.set_fails(path, constraint, THIS) or FALSE
            yield ask(f"FILTER({condition})")
        case "equals" if path is None:
            yield ask(f"FILTER NOT EXISTS {{ {THIS} {constraint.terms[0]} {THIS} }}", itself=True)
            yield ask(conditions.only_there(path, constraint, THIS, VALUE), VALUE)
        case "equals" if path is not None:
            yield ask(conditions.only_here(constraint, THIS, VALUE), VALUE, values=path)
            yield ask(conditions.only_there(path, constraint, THIS, VALUE), VALUE)
        case "disjoint" if path is None:
            yield ask(f"{THIS} {constraint.terms[0]} {THIS} .", itself=True)
        case "disjoint" if path is not None:
            yield ask(f"{THIS} {constraint.terms[0]} {VALUE} .", VALUE, values=path)
        case "lessThan" | "lessThanOrEquals" if path is not None:
            yield ask(conditions.not_less(constraint, THIS, VALUE, OTHER), VALUE, OTHER, values=path)
        case "uniqueLang" if path is not None:
            yield ask(f"FILTER({conditions.same_language(path, THIS, VALUE)})", _LANGUAGE, values=path)
        case "closed":
            yield ask(conditions.not_allowed(constraint, THIS, PATH, VALUE), PATH, VALUE)
        case _:
            x = THIS if path is None else VALUE
            columns = () if path is None else (VALUE,)
            cases = conditions.cases(constraint, x) if aim.split else (conditions.value_fails(constraint, x),)
            for condition in cases:
                body = condition if condition == FALSE else filters(condition)
                yield ask(body, *columns, values=path, itself=path is None)


def _counted(shape: Shape, path: Path, constraint: Constraint, aim: Aim, conditions: Conditions) -> Question:
    """The query that counts values."""
    number, too_few = constraint.number, constraint.name.endswith(("minCount", "MinCount"))
    counts = conditions.counted(constraint, VALUE)
    body = "" if counts == TRUE else f"FILTER({counts})"

    def ask(body: str, values: Path | None, having: str = "", *, optional: bool = False) -> Question:
        after = f" GROUP BY {' '.join(aim.names)} HAVING(COUNT(DISTINCT {VALUE}) {having})" if having else ""
        return Question(shape, constraint, aim, body, values, (), after, optional)

    if too_few and number <= 1:
        missing = conditions.set_fails(path, constraint, THIS) or FALSE
        return ask(FALSE if missing == FALSE else f"FILTER({missing})", None)
    if too_few:
        return ask(body, path, f"< {number}", optional=True)
    return ask(body, path) if number == 0 else ask(body, path, f"> {number}")
