"""When a node fails a shape, as a SPARQL condition that is always true or false.

``Conditions.fails`` takes a shape and the name of a variable that is bound where the condition stands. Every comparison
that may be an error is wrapped in COALESCE; what looks at other nodes is EXISTS. Nested shapes become nested EXISTS.
"""

from __future__ import annotations

from collections.abc import Mapping
from itertools import combinations, count

from kg.terms import Literal, NamedNode, Term
from kg.validation.compiled.lexical import form, whole_number
from kg.validation.compiled.model import Constraint, Shape
from kg.validation.paths import Compound, Path, to_sparql
from kg.vocab import PREFIXES, RDF

_XSD = PREFIXES["xsd"]
_NUMERIC = {"decimal", "double", "float"}
_FEW = 3  # values told apart pair by pair; more are counted
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


def any_of(conditions: list[str]) -> str:
    """One of them holds."""
    left = [it for it in dict.fromkeys(conditions) if it != FALSE]
    if TRUE in left:
        return TRUE
    return FALSE if not left else left[0] if len(left) == 1 else "(" + " || ".join(left) + ")"


def all_of(conditions: list[str]) -> str:
    """All of them hold."""
    left = [it for it in dict.fromkeys(conditions) if it != TRUE]
    if FALSE in left:
        return FALSE
    return TRUE if not left else left[0] if len(left) == 1 else "(" + " && ".join(left) + ")"


def negated(condition: str) -> str:
    """It does not hold."""
    if condition in (TRUE, FALSE):
        return FALSE if condition == TRUE else TRUE
    if condition.startswith("NOT EXISTS"):
        return condition.removeprefix("NOT ")
    return f"NOT {condition}" if condition.startswith("EXISTS") else f"(!({condition}))"


def _total(condition: str) -> str:
    """False where it would be an error."""
    return f"COALESCE({condition}, false)"


def text(value: str) -> str:
    """A text as SPARQL writes it."""
    return str(Literal(value))


def step(start: str, path: Path, end: str) -> str:
    """The pattern: from a node along a path to a value."""
    if isinstance(path, Compound) and path.kind == "inversePath" and isinstance(path.parts[0], NamedNode):
        return f"{end} {path.parts[0]} {start} ."
    if isinstance(path, Compound) and path.kind == "sequence" and all(isinstance(p, NamedNode) for p in path.parts):
        return f"{start} {to_sparql(path)} {end} ."
    return f"{start} {to_sparql(path) if isinstance(path, NamedNode) else f'({to_sparql(path)})'} {end} ."


class Conditions:
    """Writes conditions for a store. ``below``: class → itself and every class below it there."""

    def __init__(self, below: Mapping[Term, tuple[NamedNode, ...]], *, merges_whole_numbers: bool = False) -> None:
        self._below, self._merges = below, merges_whole_numbers
        self._count = count()

    def fresh(self) -> str:
        """A variable that no other pattern has."""
        return f"?x{next(self._count)}"

    def fails(self, shape: Shape, node: str) -> str:
        """The node (a variable) does not conform to the shape."""
        found = [self.violates(shape, constraint, node) for constraint in shape.constraints]
        if shape.path is None:
            found += [self.fails(inner, node) for inner in shape.properties]
            return any_of(found)
        for inner in shape.properties:
            found.append(self._some_value(shape.path, node, lambda value, inner=inner: self.fails(inner, value)))
        return any_of(found)

    def violates(self, shape: Shape, constraint: Constraint, node: str) -> str:
        """The node, as a focus node of the shape, violates one of its constraints."""
        if shape.path is None:
            return self.set_fails(None, constraint, node) or self.value_fails(constraint, node)
        whole = self.set_fails(shape.path, constraint, node)
        return whole or self._some_value(shape.path, node, lambda value: self.value_fails(constraint, value))

    def _some_value(self, path: Path, node: str, fails: object) -> str:
        value = self.fresh()
        condition = fails(value)  # type: ignore[operator]
        if condition == FALSE:
            return FALSE
        return f"EXISTS {{ {step(node, path, value)} FILTER({condition}) }}"

    # Constraints on a set of values

    def set_fails(self, path: Path | None, constraint: Constraint, node: str) -> str | None:
        """The values of a path (None: the node itself) as a set violate a constraint; None: it is on each by itself."""
        match constraint.name:
            case "minCount" | "maxCount" if path is not None:
                return self._count_fails(path, constraint.name, constraint.number, node, None)
            case "qualifiedMinCount" | "qualifiedMaxCount" if path is not None:
                name = constraint.name.removeprefix("qualified")
                return self._count_fails(path, name[0].lower() + name[1:], constraint.number, node, constraint)
            case "hasValue":
                if path is None:
                    return f"(!sameTerm({node}, {constraint.terms[0]}))"
                value = self.fresh()
                if isinstance(constraint.terms[0], NamedNode):
                    return f"NOT EXISTS {{ {step(node, path, str(constraint.terms[0]))} }}"
                return f"NOT EXISTS {{ {step(node, path, value)} FILTER(sameTerm({value}, {constraint.terms[0]})) }}"
            case "equals":
                value = self.fresh()
                return any_of([f"EXISTS {{ {it} }}" for it, _ in self.unequal(path, constraint, node, value)])
            case "disjoint":
                return f"EXISTS {{ {self.shared(path, constraint, node, self.fresh())} }}"
            case "lessThan" | "lessThanOrEquals" if path is not None:
                return f"EXISTS {{ {self.unordered(path, constraint, node, self.fresh())} }}"
            case "uniqueLang" if path is not None:
                return f"EXISTS {{ {self.same_language(path, node, self.fresh())} }}"
            case "closed":
                return f"EXISTS {{ {self.not_allowed(constraint, node, self.fresh(), self.fresh())} }}"
        return None

    def counted(self, constraint: Constraint, value: str) -> str:
        """A value counts for a qualified constraint."""
        conforms = [negated(self.fails(shape, value)) for shape in constraint.shapes]
        return all_of([*conforms, *(self.fails(shape, value) for shape in constraint.siblings)])

    def _count_fails(self, path: Path, name: str, number: int, node: str, qualified: Constraint | None) -> str:
        """There are too few values (of those that count), or too many."""
        least = number if name == "minCount" else number + 1
        prefix = "NOT EXISTS" if name == "minCount" else "EXISTS"
        if least == 0:
            return FALSE

        def one(value: str) -> str:
            counts = TRUE if qualified is None else self.counted(qualified, value)
            return step(node, path, value) + ("" if counts == TRUE else f" FILTER({counts})")

        if least <= _FEW:
            values = [self.fresh() for _ in range(least)]
            apart = [f"!sameTerm({a}, {b})" for a, b in combinations(values, 2)]
            body = " ".join(one(value) for value in values) + (f" FILTER({' && '.join(apart)})" if apart else "")
            return f"{prefix} {{ {body} }}"
        value = self.fresh()
        having = f"HAVING(COUNT(DISTINCT {value}) >= {least})"
        return f"{prefix} {{ SELECT {node} WHERE {{ {one(value)} }} GROUP BY {node} {having} }}"

    def unequal(self, path: Path | None, constraint: Constraint, node: str, value: str) -> list[tuple[str, str]]:
        """sh:equals: (pattern, variable of the value) of values that one side has and the other has not."""
        other = constraint.terms[0]
        if path is None:
            own = (f"{node} {other} {value} . FILTER(!sameTerm({value}, {node}))", value)
            return [(f"FILTER NOT EXISTS {{ {node} {other} {node} }}", node), own]
        return [
            (f"{step(node, path, value)} FILTER NOT EXISTS {{ {node} {other} {value} }}", value),
            (f"{node} {other} {value} . FILTER NOT EXISTS {{ {step(node, path, value)} }}", value),
        ]

    def shared(self, path: Path | None, constraint: Constraint, node: str, value: str) -> str:
        """sh:disjoint: values of both."""
        if path is None:
            return f"{node} {constraint.terms[0]} {node} ."
        return f"{step(node, path, value)} {node} {constraint.terms[0]} {value} ."

    def unordered(self, path: Path, constraint: Constraint, node: str, value: str) -> str:
        """sh:lessThan: values that are not less than another, or cannot be compared with it."""
        other = self.fresh()
        plain = f'LANG({value}) = "" && LANG({other}) = ""'
        alike = f"((isNumeric({value}) && isNumeric({other})) || DATATYPE({value}) = DATATYPE({other}))"
        less = _total(f"{plain} && {alike} && {value} {_COMPARED[constraint.name]} {other}")
        return f"{step(node, path, value)} {node} {constraint.terms[0]} {other} . FILTER(!{less})"

    def same_language(self, path: Path, node: str, value: str) -> str:
        """sh:uniqueLang: a value that shares its language with another."""
        other = self.fresh()
        tagged = f'isLiteral({value}) && isLiteral({other}) && LANG({value}) != ""'
        same = _total(f"{tagged} && LCASE(LANG({value})) = LCASE(LANG({other})) && !sameTerm({value}, {other})")
        return f"{step(node, path, value)} {step(node, path, other)} FILTER({same})"

    def not_allowed(self, constraint: Constraint, node: str, property_: str, value: str) -> str:
        """sh:closed: a property that the shape does not know."""
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
        if bounds is not None and self._merges:
            of_type = f"DATATYPE({x}) = <{_XSD}integer>"
        wanted = [f"isLiteral({x})", f'LANG({x}) = ""', of_type]
        lexical = form(datatype)
        if lexical is not None:
            wanted.append(f"REGEX(STR({x}), {text(lexical)})")
        if bounds is not None:
            least, most = bounds
            wanted += [f"{x} >= {least}"] * (least is not None) + [f"{x} <= {most}"] * (most is not None)
        return f"(!{_total(' && '.join(wanted))})"

    @staticmethod
    def _out_of_range(x: str, name: str, bound: Term) -> str:
        if not isinstance(bound, Literal):
            return TRUE
        kind = bound.datatype.value
        numeric = kind.removeprefix(_XSD) in _NUMERIC or whole_number(kind) is not None
        alike = f"isNumeric({x})" if numeric else f"DATATYPE({x}) = <{kind}>"
        return f"(!{_total(f'isLiteral({x}) && {alike} && {x} {_COMPARED[name]} {bound}')})"

    @staticmethod
    def _not_in(x: str, terms: tuple[Term, ...]) -> str:
        iris = ", ".join(str(it) for it in terms if isinstance(it, NamedNode))
        found = [f"(isIRI({x}) && {x} IN ({iris}))"] if iris else []
        found += [f"sameTerm({x}, {it})" for it in terms if isinstance(it, Literal)]
        return f"(!{any_of(found)})" if found else TRUE

    def _not_one(self, x: str, shapes: tuple[Shape, ...]) -> str:
        """sh:xone: none conforms, or two do."""
        none = all_of([self.fails(shape, x) for shape in shapes])
        pairs = [all_of([negated(self.fails(a, x)), negated(self.fails(b, x))]) for a, b in combinations(shapes, 2)]
        return any_of([none, *pairs])
