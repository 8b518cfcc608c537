"""Where the engines differ from each other or from the SHACL specification, each by name.

A case under tests/cases/shacl shows a difference, or a predicate recognises it in what generated shapes find; most
have both. A test fails for a case on which the engine that was wrong has come right.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Literal as OneOf
from typing import TypeAlias

from kg.terms import BlankNode, Literal, NamedNode, Term
from kg.validation.graphs import Graph
from kg.validation.paths import Compound, Path, read_path
from kg.validation.report import Finding
from kg.vocab import SH

Right: TypeAlias = OneOf["native", "reference", "neither", "undefined"]


@dataclass(frozen=True, slots=True, eq=False)
class Contested:
    """What the engines do not agree on: a finding that one has more often than the other, or (None) a refusal.

    ``refusal`` is what the engine that refuses says.
    """

    finding: Finding | None
    shapes: Graph
    data: Graph
    refusal: str = ""


@dataclass(frozen=True, slots=True)
class Difference:
    """One difference.

    ``right``: who is right by the specification (undefined: the specification leaves it open); ``clause`` is where
    it says so, and ``why`` what. ``cases``: the files under tests/cases/shacl that show it, without their endings.
    ``recognises``: whether something contested is this difference.
    """

    name: str
    right: Right
    clause: str
    why: str
    cases: tuple[str, ...] = ()
    recognises: Callable[[Contested], bool] | None = None


_COMPOSITE = ("Not", "And", "Or", "Xone", "Node", "QualifiedMinCount", "QualifiedMaxCount")
_BOUNDS = ("minInclusive", "maxInclusive", "minExclusive", "maxExclusive")
_ORDER = ("lessThan", "lessThanOrEquals")


def _involves(it: Contested, *names: str) -> bool:
    """Whether one of the parameters is what a finding is of; of a shape with inner ones, whether it occurs at all."""
    if it.finding is None:
        return False
    component = it.finding.component.value.rpartition("#")[2].removesuffix("ConstraintComponent")
    if component in _COMPOSITE:
        return any(it.shapes.having(SH[name]) for name in names)
    return component[:1].lower() + component[1:] in names


def _is_simple(it: Contested) -> bool:
    """Whether a finding is of a constraint on values alone, so that its value says what was judged."""
    component = "" if it.finding is None else it.finding.component.value.rpartition("#")[2]
    return component.removesuffix("ConstraintComponent") not in _COMPOSITE


def _datatype(term: Term | None) -> str:
    """The local name of a literal's datatype; empty for anything else."""
    return term.datatype.value.rpartition("#")[2] if isinstance(term, Literal) else ""


def _values(it: Contested) -> Iterator[Term]:
    """The value of a finding; what the data and the targets hold when it does not say what was judged."""
    if it.finding is not None and _is_simple(it) and it.finding.value is not None:
        yield it.finding.value
    else:
        for triple in it.data.triples:
            yield triple.subject
            yield triple.object
        for triple in it.shapes.having(SH.targetNode):
            yield triple.object


def _paths(it: Contested) -> Iterator[Path]:
    """The path of a finding, and those of the shapes when it is of a shape with inner ones or has none."""
    if it.finding is not None and it.finding.path is not None and _is_simple(it):
        yield from _steps(it.finding.path)
    else:
        for triple in it.shapes.having(SH.path):
            yield from _steps(read_path(it.shapes, triple.object))


def _steps(path: Path) -> Iterator[Path]:
    """A path and all within it."""
    yield path
    if isinstance(path, Compound):
        for part in path.parts:
            yield from _steps(part)


def _inverse_of_compound(it: Contested) -> bool:
    return any(
        isinstance(p, Compound) and p.kind == "inversePath" and isinstance(p.parts[0], Compound) for p in _paths(it)
    )


def _bound_of_another_kind(it: Contested) -> bool:
    return _involves(it, *_BOUNDS)


def _unordered(it: Contested) -> bool:
    if it.finding is None:
        return "to compare a" in it.refusal
    return _involves(it, *_ORDER)


def _blank_text(it: Contested) -> bool:
    return _involves(it, "minLength", "maxLength") and any(isinstance(value, BlankNode) for value in _values(it))


def _language(it: Contested) -> bool:
    return _involves(it, "languageIn", "uniqueLang")


def _lexical(it: Contested) -> bool:
    return _involves(it, "datatype") and any(_datatype(value) in _LOOSE for value in _values(it))


_LOOSE = ("dateTime", "decimal", "gYear", "byte", "anyURI", "date")


def _sparql_path(it: Contested) -> bool:
    zero = any(isinstance(p, Compound) and p.kind in ("zeroOrMorePath", "zeroOrOnePath") for p in _paths(it))
    return zero and (_involves(it, "sPARQL") or not _is_simple(it))


DIFFERENCES: tuple[Difference, ...] = (
    Difference(
        name="ask_value",
        right="native",
        clause="5.3.2",
        why="pySHACL leaves out the value of a result that an ASK validator gives at a property shape: it is the value node, and there is one result for each",
        cases=(
            "components/ask",
            "components/message",
            "components/optional_parameter",
            "components/optional_parameter_left_out",
            "components/prefixes",
        ),
    ),
    Difference(
        name="no_suitable_validator",
        right="native",
        clause="6.2.3",
        why="a component without a validator for the kind of shape is ignored; pySHACL fails",
        cases=("components/no_suitable_validator",),
    ),
    Difference(
        name="value_in_a_node_validator",
        right="neither",
        clause="appendix A",
        why="?value is bound before the query for ASK alone; both engines bind it in SELECT validators of node shapes, so such a query is refused",
        cases=("components/node_validator_with_value",),
    ),
    Difference(
        name="several_values_of_a_parameter",
        right="neither",
        clause="2.1",
        why="each value of the only parameter of a component is a constraint; both engines take one of them, so such shapes are refused",
        cases=("components/several_values",),
    ),
    Difference(
        name="lists_of_no_shapes",
        right="native",
        clause="4.6",
        why="rdf:nil is a list; pySHACL refuses it at sh:and, sh:or and sh:xone",
        cases=(
            "logic/and_of_none",
            "logic/or_of_none",
        ),
    ),
    Difference(
        name="inverse_of_a_sequence",
        right="native",
        clause="2.3.1.4",
        why="an inverse path may hold any path; pySHACL finds nothing behind an inverse sequence",
        cases=("paths/inverse_of_sequence",),
        recognises=_inverse_of_compound,
    ),
    Difference(
        name="times_without_a_zone",
        right="native",
        clause="4.3",
        why="times with and without a zone that lie more than 14 hours apart can be compared; pySHACL does not",
        cases=("range/dates_and_times",),
    ),
    Difference(
        name="bounds_of_another_kind",
        right="native",
        clause="4.3",
        why="a value that cannot be compared with the bound violates; pySHACL lets a date pass a number's upper bound",
        cases=(
            "range/max_exclusive",
            "range/max_inclusive",
        ),
        recognises=_bound_of_another_kind,
    ),
    Difference(
        name="counts_without_a_shape",
        right="native",
        clause="4.7.3",
        why="a parameter whose component lacks a mandatory one declares nothing; pySHACL fails",
        cases=("shape_based/qualified_without_shape",),
    ),
    Difference(
        name="solutions_that_are_alike",
        right="native",
        clause="5.3",
        why="each solution is a result; pySHACL reports those that are alike once",
        cases=("sparql/every_solution_is_a_result",),
    ),
    Difference(
        name="forbidden_words_in_texts",
        right="native",
        clause="appendix A",
        why="the clause is forbidden and not the word; pySHACL looks for the word in strings, too",
        cases=("sparql/forbidden_words_in_texts",),
    ),
    Difference(
        name="languages_of_messages",
        right="native",
        clause="5.3.2",
        why="a message keeps its language; pySHACL drops it where variables are filled in",
        cases=("sparql/message",),
    ),
    Difference(
        name="imported_prefixes",
        right="native",
        clause="5.2.1",
        why="prefixes are collected along owl:imports; pySHACL reads those of the node itself",
        cases=("sparql/prefixes",),
    ),
    Difference(
        name="shapes_graph",
        right="native",
        clause="5.3.1",
        why="an engine may do without $shapesGraph, and must fail then; pySHACL does so, and native has it",
        cases=("sparql/shapes_graph",),
    ),
    Difference(
        name="case_of_languages",
        right="native",
        clause="4.4.4",
        why="languages are compared without regard to case, and a term keeps its letters; pySHACL compares with regard to case and writes languages in small letters",
        cases=("text/language_in",),
        recognises=_language,
    ),
    Difference(
        name="no_text_of_a_blank_node",
        right="native",
        clause="4.4.1",
        why="a blank node violates sh:minLength, 0 as well; pySHACL lets it pass",
        cases=("text/min_length_zero",),
        recognises=_blank_text,
    ),
    Difference(
        name="regular_expressions",
        right="native",
        clause="4.4.3",
        why="patterns are SPARQL's REGEX, with the flags s and x and with categories of characters; pySHACL has Python's",
        cases=(
            "text/pattern_category",
            "text/pattern_dot_all",
            "text/pattern_flags",
        ),
    ),
    Difference(
        name="lexical_forms",
        right="native",
        clause="4.1.2",
        why="a literal must be well-formed by XSD; pySHACL takes what Python reads: a date for a time, an exponent in a decimal",
        cases=(
            "value_type/datatype_datetime",
            "value_type/datatype_decimal",
        ),
        recognises=_lexical,
    ),
    Difference(
        name="order_of_what_has_none",
        right="native",
        clause="4.5.3",
        why="two values that SPARQL's < does not compare are a result; pySHACL orders IRIs by their text, and refuses blank nodes",
        cases=("pairs/less_than_of_nodes",),
        recognises=_unordered,
    ),
    Difference(
        name="no_length_from_nowhere",
        right="native",
        clause="appendix A",
        why="$this is bound as if VALUES stood in the query, and a path of no length leads from nodes of the data alone; pySHACL lets it lead from any term",
        recognises=_sparql_path,
    ),
)


def wrong_on(case: str, engine: str) -> Difference | None:
    """The difference by which an engine is wrong on a case; None when it must be right."""
    return next((it for it in DIFFERENCES if case in it.cases and it.right != engine), None)


def named(contested: Contested) -> Difference | None:
    """The first difference that recognises what is contested."""
    return next((it for it in DIFFERENCES if it.recognises is not None and it.recognises(contested)), None)
