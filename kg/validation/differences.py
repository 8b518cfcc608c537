"""Where the engines differ from each other or from the SHACL specification, each by name.

A case under tests/cases/shacl shows a difference, or a predicate recognises it in what generated shapes find; many
have both. A test fails for a case on which the engine that was wrong has come right.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal as OneOf
from typing import TypeAlias

from kg.validation import contested as by
from kg.validation.contested import Contested

Right: TypeAlias = OneOf["native", "reference", "neither", "undefined"]


@dataclass(frozen=True, slots=True)
class Difference:
    """One difference.

    ``right``: who is right by the specification (undefined: the specification leaves it open); ``clause`` is where
    it says so, and ``why`` what. ``cases``: the files under tests/cases/shacl that show it, without their endings.
    ``recognises``: whether something contested may be this difference.
    """

    name: str
    right: Right
    clause: str
    why: str
    cases: tuple[str, ...] = ()
    recognises: Callable[[Contested], bool] | None = None


DIFFERENCES: tuple[Difference, ...] = (
    Difference(
        "ask_value",
        "native",
        "5.3.2",
        "the value of a result is the value node, and there is one for each; pySHACL leaves the value out of "
        "what an ASK validator finds at a property shape",
        cases=(
            "components/ask",
            "components/message",
            "components/optional_parameter",
            "components/optional_parameter_left_out",
            "components/prefixes",
        ),
    ),
    Difference(
        "no_suitable_validator",
        "native",
        "6.2.3",
        "a component without a validator for the kind of shape is ignored; pySHACL fails",
        cases=("components/no_suitable_validator",),
    ),
    Difference(
        "value_in_a_node_validator",
        "neither",
        "appendix A",
        "?value is bound before the query in ASK alone; both engines bind it in SELECT validators of node "
        "shapes, so that such a query is refused",
        cases=("components/node_validator_with_value",),
    ),
    Difference(
        "several_values_of_a_parameter",
        "neither",
        "2.1",
        "each value of a component's only parameter is a constraint; both engines take one of them, so that "
        "such shapes are refused",
        cases=("components/several_values",),
    ),
    Difference(
        "lists_of_no_shapes",
        "native",
        "4.6",
        "rdf:nil is a list; pySHACL refuses it at sh:and, sh:or and sh:xone",
        cases=(
            "logic/and_of_none",
            "logic/or_of_none",
        ),
    ),
    Difference(
        "counts_without_a_shape",
        "native",
        "4.7.3",
        "a parameter whose component lacks a mandatory one declares nothing; pySHACL fails",
        cases=("shape_based/qualified_without_shape",),
    ),
    Difference(
        "solutions_that_are_alike",
        "native",
        "5.3",
        "each solution is a result; pySHACL reports those that are alike once",
        cases=("sparql/every_solution_is_a_result",),
    ),
    Difference(
        "forbidden_words_in_texts",
        "native",
        "appendix A",
        "the clause is forbidden and not the word; pySHACL looks for the word in strings too",
        cases=("sparql/forbidden_words_in_texts",),
    ),
    Difference(
        "languages_of_messages",
        "native",
        "5.3.2",
        "a message keeps its language; pySHACL drops it where variables are filled in",
        cases=("sparql/message",),
    ),
    Difference(
        "imported_prefixes",
        "native",
        "5.2.1",
        "prefixes are collected along owl:imports; pySHACL reads those of the node itself",
        cases=("sparql/prefixes",),
    ),
    Difference(
        "shapes_graph",
        "native",
        "5.3.1",
        "an engine may do without $shapesGraph, and must fail then: pySHACL does, and native has it",
        cases=("sparql/shapes_graph",),
    ),
    Difference(
        "regular_expressions",
        "native",
        "4.4.3",
        "patterns are those of SPARQL's REGEX, with the flags s and x and with categories of characters; "
        "pySHACL has Python's",
        cases=(
            "text/pattern_category",
            "text/pattern_dot_all",
            "text/pattern_flags",
        ),
    ),
    Difference(
        "message_variable",
        "neither",
        "5.3.2",
        "a binding for ?message is the message of a result; both engines take the declared ones",
        cases=("sparql/message_variable",),
    ),
    Difference(
        "recursion",
        "undefined",
        "3.4.3",
        "what a shape that refers to itself finds is left open; both engines break off, pySHACL after some rounds",
        recognises=by.recursive,
    ),
    Difference(
        "inverse_of_a_sequence",
        "native",
        "2.3.1.4",
        "an inverse path may hold any path; pySHACL finds nothing behind an inverse sequence",
        cases=("paths/inverse_of_sequence",),
        recognises=by.inverse_of_a_sequence,
    ),
    Difference(
        "case_of_languages",
        "native",
        "4.4.4",
        "languages are compared without regard to case; pySHACL takes those of terms in small letters and "
        "those of a list as they are",
        cases=("text/language_in",),
        recognises=by.language,
    ),
    Difference(
        "no_text_of_a_blank_node",
        "native",
        "4.4.1",
        "a blank node violates sh:minLength, 0 as well; pySHACL lets it pass then",
        cases=("text/min_length_zero",),
        recognises=by.blank_text,
    ),
    Difference(
        "lexical_forms",
        "native",
        "4.1.2",
        "a literal must be well-formed by XSD; pySHACL takes what Python reads: a date for a time, an "
        "exponent in a decimal, spaces around a number",
        cases=(
            "value_type/datatype_datetime",
            "value_type/datatype_decimal",
            "value_type/datatype_space",
        ),
        recognises=by.lexical_form,
    ),
    Difference(
        "end_of_day",
        "neither",
        "4.1.2",
        "24:00:00 is a time of XSD 1.1 and 24:00:01 is none; native takes both, pySHACL neither",
        cases=("value_type/datatype_end_of_day",),
    ),
    Difference(
        "out_of_range",
        "neither",
        "4.3",
        "a literal such as 300 of the type xsd:byte is no value, and cannot be compared; native compares its "
        "number, and pySHACL does so for types without an upper end",
        cases=("range/out_of_range_of_its_datatype",),
        recognises=by.out_of_range,
    ),
    Difference(
        "texts_of_other_kinds",
        "neither",
        "4.3",
        "SPARQL compares plain texts with plain texts alone; both engines compare them with some literals of "
        "other kinds, native with texts in a language and xsd:anyURI",
        cases=(
            "range/texts_of_other_kinds",
            "pairs/less_than_of_texts_with_language",
        ),
        recognises=by.other_texts,
    ),
    Difference(
        "times_without_a_zone",
        "native",
        "4.3",
        "times with and without a zone that lie more than 14 hours apart can be compared; to pySHACL none can",
        cases=("range/dates_and_times",),
        recognises=by.times,
    ),
    Difference(
        "values_that_have_no_order",
        "native",
        "4.3, 4.5.3",
        "what SPARQL does not compare is a result; pySHACL orders some of it by Python's rules (IRIs by their "
        "text, a date under a number), and fails on the rest",
        cases=(
            "range/max_exclusive",
            "range/max_inclusive",
            "pairs/less_than_of_nodes",
        ),
        recognises=by.no_order,
    ),
    Difference(
        "paths_from_nowhere",
        "native",
        "appendix A",
        "$this is bound as if VALUES stood in the query, so that a path of no length leads from nodes of the "
        "data alone; in pySHACL it leads from any term, and repeated paths from literals lead astray",
        recognises=by.from_nowhere,
    ),
)


def wrong_on(case: str, engine: str) -> Difference | None:
    """The difference by which an engine is wrong on a case; None when it must be right."""
    return next((it for it in DIFFERENCES if case in it.cases and it.right != engine), None)


def named(contested: Contested) -> Difference | None:
    """The first difference that recognises what is contested."""
    return next((it for it in DIFFERENCES if it.recognises is not None and it.recognises(contested)), None)
