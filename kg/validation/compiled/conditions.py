"""When a node fails a shape, as a SPARQL condition that is always true or false.

``Conditions.fails`` takes a shape and the name of a variable that is bound where the condition stands. Every
comparison that may be an error is wrapped in COALESCE; what looks at other nodes is EXISTS, nested for nested shapes.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import partial
from itertools import combinations, count

from kg.terms import Literal, NamedNode, Term
from kg.validation.compiled.lexical import form, is_numeric, whole_number
from kg.validation.compiled.model import Constraint, Shape
from kg.validation.compiled.steps import step, ways
from kg.validation.compiled.traits import Traits
from kg.validation.paths import Path
from kg.vocab import PREFIXES, RDF

_XSD = PREFIXES["xsd"]
FEW = 3  # values told apart pair by pair; more are counted
_COMPARED = {
    "minExclusive": ">",
    "minInclusive": ">=",
    "maxExclusive": "<",
    "maxInclusive": "<=",
    "lessThan": "<",
    "lessThanOrEquals": "<=",
}
_KINDS = {
    "IRI": "isIRI({0})",
    "BlankNode": "isBlank({0})",
    "Literal": "isLiteral({0})",
    "BlankNodeOrIRI": "!isLiteral({0})",
    "BlankNodeOrLiteral": "!isIRI({0})",
    "IRIOrLiteral": "!isBlank({0})",
}

TRUE, FALSE = "(1 = 1)", "(1 = 0)"


class Joined(str):
    """A condition made of others, which it remembers: Virtuoso fails on a long one, and is asked in pieces."""

    __slots__ = ("by", "parts")
    by: str
    parts: tuple[str, ...]


def _joined(by: str, parts: list[str]) -> Joined:
    found = Joined("(" + f" {by} ".join(parts) + ")")
    found.by, found.parts = by, tuple(parts)
    return found


def _flat(by: str, conditions: list[str]) -> list[str]:
    found: list[str] = []
    for it in conditions:
        found += it.parts if isinstance(it, Joined) and it.by == by else [it]
    return list(dict.fromkeys(found))


def any_of(conditions: list[str]) -> str:
    """One of them holds."""
    left = [it for it in _flat("||", conditions) if it != FALSE]
    if TRUE in left:
        return TRUE
    return FALSE if not left else left[0] if len(left) == 1 else _joined("||", left)


def all_of(conditions: list[str]) -> str:
    """All of them hold."""
    left = [it for it in _flat("&&", conditions) if it != TRUE]
    if FALSE in left:
        return FALSE
    return TRUE if not left else left[0] if len(left) == 1 else _joined("&&", left)


def negated(condition: str) -> str:
    """It does not hold."""
    if isinstance(condition, Joined):
        parts = [negated(it) for it in condition.parts]
        return all_of(parts) if condition.by == "||" else any_of(parts)
    if condition in (TRUE, FALSE):
        return FALSE if condition == TRUE else TRUE
    if condition.startswith("NOT EXISTS"):
        return condition.removeprefix("NOT ")
    return f"NOT {condition}" if condition.startswith("EXISTS") else f"(!({condition}))"


def _total(condition: str) -> str:
    """False where it would be an error."""
    return f"COALESCE({condition}, false)"


def filters(condition: str) -> str:
    """The filters that leave what the condition holds for; empty when it always holds."""
    if condition == TRUE:
        return ""
    parts = condition.parts if isinstance(condition, Joined) and condition.by == "&&" else (condition,)
    return "".join(f" FILTER({part})" for part in parts)


def text(value: str) -> str:
    """A text as SPARQL writes it."""
    return str(Literal(value))


def is_counted(constraint: Constraint) -> bool:
    """Its values are too many to be told apart one from another: it is asked with GROUP BY, and not in a screen."""
    more = constraint.name.endswith(("maxCount", "MaxCount"))
    return constraint.name.lower().endswith("count") and constraint.number + more > FEW


def _on_each(constraint: Constraint) -> bool:
    """Whether a violation shows in one value (beside another, for some)."""
    if constraint.name == "maxCount":
        return constraint.number <= 1
    return constraint.name not in (
        "minCount",
        "qualifiedMinCount",
        "qualifiedMaxCount",
        "hasValue",
        "equals",
        "closed",
    )


class Conditions:
    """Writes conditions for a store. ``below``: class → itself and every class below it there."""

    def __init__(self, below: Mapping[Term, tuple[NamedNode, ...]], store: Traits) -> None:
        self._below, self._store = below, store
        self._count = count()

    def fresh(self) -> str:
        """A variable that no other pattern has."""
        return f"?x{next(self._count)}"

    def fails(self, shape: Shape, node: str, *, screening: bool = False) -> str:
        """The node (a variable) does not conform to the shape.

        ``screening``: constraints that are asked about by themselves, with GROUP BY, are left out.
        """
        constraints = [it for it in shape.constraints if not (screening and is_counted(it))]
        inner = partial(self.fails, screening=screening)
        path = shape.path
        if path is None:
            found = [self.set_fails(None, it, node) or self.value_fails(it, node) for it in constraints]
            return any_of([*found, *(inner(it, node) for it in shape.properties)])
        ones = [it for it in constraints if _on_each(it)]
        sets = [it for it in constraints if not _on_each(it)]

        def bad(value: str) -> list[str]:
            found = [self._each_fails(path, it, node, value) for it in ones]
            return [*found, *(inner(it, value) for it in shape.properties)]

        least = next((it for it in sets if it.name == "minCount" and it.number == 1), None)
        if least is not None and any(it.name == "maxCount" and it.number == 1 for it in ones):
            # Exactly one value, and it is good: one look, where each constraint by itself needs one or two.
            sets.remove(least)
            exact = negated(self.some(path, node, lambda value: all_of([negated(it) for it in bad(value)])))
            return any_of([exact, *(self.set_fails(path, it, node) or FALSE for it in sets)])
        each = self.some(path, node, lambda value: any_of(bad(value)))
        return any_of([*(self.set_fails(path, it, node) or FALSE for it in sets), each])

    def _each_fails(self, path: Path, constraint: Constraint, node: str, value: str) -> str:
        """A value shows that a constraint, one of those that ``_on_each`` names, is violated."""
        match constraint.name:
            case "maxCount":
                apart = partial("(!sameTerm({}, {}))".format, value)
                return TRUE if constraint.number == 0 else self.some(path, node, apart)
            case "disjoint":
                return f"EXISTS {{ {node} {constraint.terms[0]} {value} }}"
            case "lessThan" | "lessThanOrEquals":
                return f"EXISTS {{ {self.not_less(constraint, node, value, self.fresh())} }}"
            case "uniqueLang":
                return self.same_language(path, node, value)
        return self.value_fails(constraint, value)

    def some(self, path: Path, node: str, holds: Callable[[str], str], end: str | None = None) -> str:
        """Some value of a path meets a condition (and is ``end``, where that is given).

        One triple pattern an EXISTS: Oxigraph knows nothing of what is bound around one, and joins two patterns in
        it from their wrong ends.
        """
        found = []
        for way in ways(path):
            if not way:
                found.append(all_of([holds(node), TRUE if end is None else f"sameTerm({node}, {end})"]))
                continue
            at = [node, *(self.fresh() for _ in way[1:]), end or self.fresh()]
            condition = holds(at[-1])
            for start, one, to in reversed(list(zip(at, way, at[1:], strict=False))):
                if condition == FALSE:
                    break
                condition = f"EXISTS {{ {step(start, one, to)}{filters(condition)} }}"
            found.append(condition)
        return any_of(found)

    # Constraints on a set of values

    def set_fails(self, path: Path | None, constraint: Constraint, node: str) -> str | None:
        """The values of a path (None: the node) violate a constraint as a set; None: it is on each by itself."""
        terms = constraint.terms
        match constraint.name:
            case "minCount" | "maxCount" | "qualifiedMinCount" | "qualifiedMaxCount" if path is not None:
                return self._count_fails(path, constraint, node)
            case "hasValue":
                if path is None:
                    return negated(self._same(node, terms[0]))
                if isinstance(terms[0], NamedNode):
                    return negated(self.some(path, node, lambda _: TRUE, str(terms[0])))
                return negated(self.some(path, node, lambda value: self._same(value, terms[0])))
            case "equals" if path is None:
                return any_of([f"NOT EXISTS {{ {node} {terms[0]} {node} }}", self._other(constraint, node)])
            case "equals" if path is not None:
                missing = self.some(path, node, lambda value: f"NOT EXISTS {{ {node} {terms[0]} {value} }}")
                return any_of([missing, self._other(constraint, node, path)])
            case "disjoint" if path is None:
                return f"EXISTS {{ {node} {terms[0]} {node} }}"
            case "closed":
                return f"EXISTS {{ {self.not_allowed(constraint, node, self.fresh(), self.fresh())} }}"
        return None

    def counted(self, constraint: Constraint, value: str) -> str:
        """A value counts for a qualified constraint; each does for a plain one."""
        conforms = [negated(self.fails(shape, value)) for shape in constraint.shapes]
        return all_of([*conforms, *(self.fails(shape, value) for shape in constraint.siblings)])

    def _count_fails(self, path: Path, constraint: Constraint, node: str) -> str:
        """There are too few values (of those that count), or too many."""
        too_few = constraint.name.endswith(("minCount", "MinCount"))
        least = constraint.number if too_few else constraint.number + 1
        if least == 0:
            return FALSE
        if least > FEW:
            value = self.fresh()
            body = step(node, path, value) + filters(self.counted(constraint, value))
            having = f"HAVING(COUNT(DISTINCT {value}) >= {least})"
            enough = f"EXISTS {{ SELECT {node} WHERE {{ {body} }} GROUP BY {node} {having} }}"
        else:
            enough = self._so_many(path, constraint, node, least, ())
        return negated(enough) if too_few else enough

    def _so_many(self, path: Path, constraint: Constraint, node: str, left: int, before: tuple[str, ...]) -> str:
        """There are ``left`` more values, different from those before and from each other."""

        def one(value: str) -> str:
            apart = [f"(!sameTerm({value}, {other}))" for other in before]
            more = self._so_many(path, constraint, node, left - 1, (*before, value)) if left > 1 else TRUE
            return all_of([*apart, self.counted(constraint, value), more])

        return self.some(path, node, one)

    def _other(self, constraint: Constraint, node: str, path: Path | None = None) -> str:
        """sh:equals: a value of the other property that is none of the path's (None: that is not the node)."""
        value = self.fresh()
        return f"EXISTS {{ {self.only_there(path, constraint, node, value)} }}"

    def only_here(self, constraint: Constraint, node: str, value: str) -> str:
        """sh:equals: the filter on a value of the path that the other property has not."""
        return f"FILTER NOT EXISTS {{ {node} {constraint.terms[0]} {value} }}"

    def only_there(self, path: Path | None, constraint: Constraint, node: str, value: str) -> str:
        """sh:equals: the pattern of a value of the other property that the path has not."""
        here = f"sameTerm({value}, {node})" if path is None else self.some(path, node, lambda _: TRUE, value)
        return f"{node} {constraint.terms[0]} {value} . FILTER({negated(here)})"

    def not_less(self, constraint: Constraint, node: str, value: str, other: str) -> str:
        """sh:lessThan: the pattern of another property's value that is not more, or cannot be compared."""
        plain = f'LANG({value}) = "" && LANG({other}) = ""'
        alike = f"((isNumeric({value}) && isNumeric({other})) || DATATYPE({value}) = DATATYPE({other}))"
        less = _total(f"{plain} && {alike} && {value} {_COMPARED[constraint.name]} {other}")
        return f"{node} {constraint.terms[0]} {other} . FILTER(!{less})"

    def same_language(self, path: Path, node: str, value: str) -> str:
        """sh:uniqueLang: another value has the language of this one."""

        def same(other: str) -> str:
            tagged = f'isLiteral({value}) && isLiteral({other}) && LANG({value}) != ""'
            return _total(f"{tagged} && LCASE(LANG({value})) = LCASE(LANG({other})) && !sameTerm({value}, {other})")

        return self.some(path, node, same)

    def not_allowed(self, constraint: Constraint, node: str, property_: str, value: str) -> str:
        """sh:closed: the pattern of a property that the shape does not know."""
        known = ", ".join(map(str, constraint.terms))
        return f"{node} {property_} {value} ." + (f" FILTER({property_} NOT IN ({known}))" if known else "")

    # Constraints on each value by itself

    def value_fails(self, constraint: Constraint, x: str) -> str:
        """A value (a variable) violates a constraint."""
        terms = constraint.terms
        match constraint.name:
            case "class":
                return f"NOT EXISTS {{ {self.instance(x, terms[0])} }}"
            case "datatype":
                return self._not_of_type(x, terms[0].value)
            case "nodeKind":
                return f"(!({_KINDS[terms[0].value.removeprefix(PREFIXES['sh'])].format(x)}))"
            case "minExclusive" | "minInclusive" | "maxExclusive" | "maxInclusive":
                return self._out_of_range(x, constraint.name, terms[0])
            case "minLength":
                return f"(isBlank({x}) || STRLEN(STR({x})) < {constraint.number})"
            case "maxLength":
                return f"(isBlank({x}) || STRLEN(STR({x})) > {constraint.number})"
            case "pattern":
                flags = f", {text(constraint.flags)}" if constraint.flags else ""
                return f"(isBlank({x}) || !REGEX(STR({x}), {text(constraint.text)}{flags}))"
            case "languageIn":
                ranges = [f"LANGMATCHES(LANG({x}), {text(it.value)})" for it in terms]
                return f"(!{_total(f'isLiteral({x}) && {any_of(ranges)}')})" if ranges else TRUE
            case "in":
                return self._not_in(x, terms)
            case "node":
                return self.fails(constraint.shapes[0], x)
            case "not":
                return negated(self.fails(constraint.shapes[0], x))
            case "and":
                return any_of([self.fails(shape, x) for shape in constraint.shapes])
            case "or":
                return all_of([self.fails(shape, x) for shape in constraint.shapes])
            case "xone":
                return self._not_one(x, constraint.shapes)
        return FALSE

    def instance(self, node: str, class_: Term) -> str:
        """The pattern: a node is an instance of a class (rdfs:subClassOf read from the data)."""
        below = self._below.get(class_, ())
        if len(below) <= 1:
            return f"{node} {RDF.type} {class_} ."
        kind = self.fresh()
        return f"{node} {RDF.type} {kind} . FILTER({kind} IN ({', '.join(map(str, below))}))"

    def _not_of_type(self, x: str, datatype: str) -> str:
        if datatype == RDF.langString.value:
            return "(!" + _total(f'isLiteral({x}) && LANG({x}) != ""') + ")"
        of_type = f"DATATYPE({x}) = <{datatype}>"
        bounds = whole_number(datatype)
        if bounds is not None and self._store.whole_numbers_merge:
            of_type = f"DATATYPE({x}) = <{_XSD}integer>"
        wanted = [f"isLiteral({x})", f'LANG({x}) = ""', of_type]
        lexical = form(datatype)
        if lexical is not None:
            matches = f"REGEX(STR({x}), {text(lexical)})"
            number = is_numeric(datatype)
            # Oxigraph knows numbers by their bits; those too large for it are texts there.
            quick = number and not self._store.plain_only
            wanted.append(f"(isNumeric({x}) || {matches})" if quick else matches)
        if bounds is not None:
            least, most = bounds
            wanted += [f"{x} >= {least}"] * (least is not None) + [f"{x} <= {most}"] * (most is not None)
        return f"(!{_total(' && '.join(wanted))})"

    def _out_of_range(self, x: str, name: str, bound: Term) -> str:
        if not isinstance(bound, Literal):
            return TRUE
        kind = bound.datatype.value
        numeric = is_numeric(kind)
        wanted = [f"isLiteral({x})", f"isNumeric({x})" if numeric else f"DATATYPE({x}) = <{kind}>"]
        lexical = form(kind)
        if self._store.plain_only and not numeric and lexical is not None:
            wanted.append(f"REGEX(STR({x}), {text(lexical)})")  # Virtuoso compares ill-formed dates as texts
        return f"(!{_total(' && '.join([*wanted, f'{x} {_COMPARED[name]} {bound}']))})"

    def _same(self, x: str, term: Term) -> str:
        """A variable is that term."""
        if not self._store.plain_only or not isinstance(term, Literal):
            return f"sameTerm({x}, {term})"
        # Virtuoso's sameTerm tells equal texts apart.
        kind = f'LANG({x}) = "{term.language}"' if term.language else f"DATATYPE({x}) = {term.datatype}"
        return f"(isLiteral({x}) && {kind} && {x} = {term})"

    def _not_in(self, x: str, terms: tuple[Term, ...]) -> str:
        iris = ", ".join(str(it) for it in terms if isinstance(it, NamedNode))
        found = [f"(isIRI({x}) && {x} IN ({iris}))"] if iris else []
        found += [self._same(x, it) for it in terms if isinstance(it, Literal)]
        return f"(!{any_of(found)})" if found else TRUE

    def _not_one(self, x: str, shapes: tuple[Shape, ...]) -> str:
        """sh:xone: none conforms, or two do."""
        none = all_of([self.fails(shape, x) for shape in shapes])
        pairs = [all_of([negated(self.fails(a, x)), negated(self.fails(b, x))]) for a, b in combinations(shapes, 2)]
        return any_of([none, *pairs])

    def cases(self, constraint: Constraint, x: str) -> tuple[str, ...]:
        """``value_fails`` as conditions of which one holds, for a store that is asked about each by itself."""
        condition = self.value_fails(constraint, x)
        return condition.parts if isinstance(condition, Joined) and condition.by == "||" else (condition,)
