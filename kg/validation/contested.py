"""What two engines do not agree on, and how to recognise of which kind it is.

A finding of a constraint on values says itself what was judged. One of a shape with inner shapes does not, so that
it is recognised by what the shapes and the data hold at all.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal as OneOf

from kg.terms import BlankNode, Literal, NamedNode, Term
from kg.validation.graphs import Graph
from kg.validation.paths import Compound, Path, read_path
from kg.validation.report import Finding
from kg.validation.shapes import references
from kg.vocab import SH

_COMPOSITE = ("Not", "And", "Or", "Xone", "Node", "QualifiedMinCount", "QualifiedMaxCount")
_BOUNDS = ("minInclusive", "maxInclusive", "minExclusive", "maxExclusive")
_PAIRS = ("lessThan", "lessThanOrEquals")
_BYTES = {"byte": 2**7, "short": 2**15, "int": 2**31, "long": 2**63}
_UNSIGNED = ("nonNegativeInteger", "positiveInteger", "unsignedByte", "unsignedShort", "unsignedInt", "unsignedLong")
# Well-formed literals of the datatypes that SPARQL compares, as kinds within which it does.
_FORMS = {
    "number": (
        re.compile(r"[+-]?([0-9]+(\.[0-9]*)?|\.[0-9]+)([eE][+-]?[0-9]+)?|[+-]?INF"),
        ("integer", "decimal", "double", "float", *_BYTES, *_UNSIGNED),
    ),
    "text": (re.compile(r".*", re.DOTALL), ("string",)),
    "boolean": (re.compile(r"true|false|0|1"), ("boolean",)),
    "day": (re.compile(r"-?[0-9]{4,}-(0[1-9]|1[0-2])-([0-2][0-9]|30|31)(Z|[+-][0-9:]+)?"), ("date",)),
    "time": (re.compile(r"-?[0-9]{4,}-[0-9]{2}-[0-9]{2}T[0-9:.]+(Z|[+-][0-9:]+)?"), ("dateTime",)),
}
_NO_EXPONENT = ("integer", "decimal", *_BYTES, *_UNSIGNED)


@dataclass(frozen=True, slots=True, eq=False)
class Contested:
    """A finding that one engine (``more``) has more often than the other, or (None) a refusal of that engine.

    ``refusal`` is what it says then.
    """

    finding: Finding | None
    shapes: Graph
    data: Graph
    more: OneOf["native", "reference"]
    refusal: str = ""


def recursive(it: Contested) -> bool:
    """Whether a shape refers to itself, by whatever way."""
    to: dict[Term, set[Term]] = {}
    for shape, _, inner in references(it.shapes):
        to.setdefault(shape, set()).add(inner)

    def reached(shape: Term) -> set[Term]:
        seen: set[Term] = set()
        todo = [*to.get(shape, ())]
        while todo:
            node = todo.pop()
            if node not in seen:
                seen.add(node)
                todo += to.get(node, ())
        return seen

    return any(shape in reached(shape) for shape in to)


def inverse_of_a_sequence(it: Contested) -> bool:
    """Whether a path has a sequence within an inverse path."""
    return any(
        isinstance(path, Compound)
        and path.kind == "inversePath"
        and any(isinstance(inner, Compound) and inner.kind == "sequence" for inner in _within(path))
        for path in _paths(it)
    )


def language(it: Contested) -> bool:
    """Whether languages were compared that are not in small letters on both sides."""
    if not _involves(it, "languageIn", "uniqueLang"):
        return False
    listed = (
        member.value
        for triple in it.shapes.having(SH.languageIn)
        for member in it.shapes.items(triple.object) or ()
        if isinstance(member, Literal)
    )
    in_data = (value.language or "" for value in _values(it) if isinstance(value, Literal))
    return any(text != text.lower() for text in (*listed, *in_data))


def blank_text(it: Contested) -> bool:
    """Whether a blank node was asked for a text of length 0 or more."""
    return _involves(it, "minLength") and any(isinstance(value, BlankNode) for value in _values(it))


def lexical_form(it: Contested) -> bool:
    """Whether native alone found a literal ill-formed."""
    at_fault = any(_kind(value) == "" and isinstance(value, Literal) for value in _values(it))
    return _involves(it, "datatype") and at_fault and (it.more == "native" or not _is_simple(it))


def out_of_range(it: Contested) -> bool:
    """Whether a whole number that its datatype has not was compared."""
    return _involves(it, *_BOUNDS, *_PAIRS) and any(_beyond(value) for value in _compared(it))


def other_texts(it: Contested) -> bool:
    """Whether a plain text was compared with a text in a language, or an xsd:anyURI."""
    values = [*_compared(it)]
    other = any(isinstance(v, Literal) and (v.language or _datatype(v) == "anyURI") for v in values)
    return _involves(it, *_BOUNDS, *_PAIRS) and other and any(_kind(value) == "text" for value in values)


def times(it: Contested) -> bool:
    """Whether times with and without a zone were compared."""
    zones = {
        bool(re.search(r"(Z|[+-]\d\d:\d\d)$", v.value))
        for v in _compared(it)
        if isinstance(v, Literal) and _is_time(v)
    }
    return _involves(it, *_BOUNDS, *_PAIRS) and len(zones) == 2


def no_order(it: Contested) -> bool:
    """Whether values were compared that SPARQL does not compare, which native finds fault with."""
    if it.finding is None:
        return it.more == "reference" and bool(
            re.search(r"to compare a|InvalidOperation|not supported between|can't compare", it.refusal)
        )
    if not _involves(it, *_BOUNDS, *_PAIRS):
        return False
    if _is_simple(it) and it.more != "native":
        return False
    kinds = {_kind(value) for value in _compared(it)}
    return "" in kinds or len(kinds) > 1


def from_nowhere(it: Contested) -> bool:
    """Whether a query had a path that repeats or may be left out, from what is the subject of no triple."""
    repeats = ("zeroOrMorePath", "zeroOrOnePath", "oneOrMorePath")
    if not any(isinstance(path, Compound) and path.kind in repeats for path in _paths(it)):
        return False
    if it.finding is None:
        return it.more == "reference" and "AssertionError" in it.refusal
    if not _is_simple(it):
        return bool(it.shapes.having(SH.sparql))
    return it.finding.component == SH.SPARQLConstraintComponent and not it.data.about(it.finding.focus)


def _is_simple(it: Contested) -> bool:
    """Whether a finding is of a constraint on values alone."""
    return it.finding is not None and _component(it.finding) not in _COMPOSITE


def _component(finding: Finding) -> str:
    """The name of a component less what all have: MinLength."""
    return finding.component.value.rpartition("#")[2].removesuffix("ConstraintComponent")


def _involves(it: Contested, *names: str) -> bool:
    """Whether a finding is of one of the parameters; of a shape with inner ones, whether one occurs at all."""
    if it.finding is None:
        return False
    if not _is_simple(it):
        return any(it.shapes.having(SH[name]) for name in names)
    component = _component(it.finding)
    return component[:1].lower() + component[1:] in names


def _values(it: Contested) -> Iterator[Term]:
    """The value of a finding; what the data and the targets hold where it does not say what was judged."""
    if it.finding is not None and _is_simple(it) and it.finding.value is not None:
        yield it.finding.value
        return
    for triple in it.data.triples:
        yield triple.subject
        yield triple.object
    for triple in it.shapes.having(SH.targetNode):
        yield triple.object


def _compared(it: Contested) -> Iterator[Term]:
    """The values judged, and what they were compared with."""
    yield from _values(it)
    finding = it.finding
    if finding is None:
        return
    names = (*_BOUNDS, *_PAIRS)
    for name in names if not _is_simple(it) else (_component(finding)[:1].lower() + _component(finding)[1:],):
        if name not in names:
            continue
        for triple in it.shapes.having(SH[name]):
            if _is_simple(it) and triple.subject != finding.shape:
                continue
            if isinstance(triple.object, NamedNode):
                yield from it.data.objects(finding.focus, triple.object)
            else:
                yield triple.object


def _paths(it: Contested) -> Iterator[Path]:
    """The path of a finding and all within it; those of all shapes where it has none or is of inner shapes."""
    if it.finding is not None and it.finding.path is not None and _is_simple(it):
        yield from _within(it.finding.path)
    else:
        for triple in it.shapes.having(SH.path):
            yield from _within(read_path(it.shapes, triple.object))


def _within(path: Path) -> Iterator[Path]:
    """A path and all within it."""
    yield path
    if isinstance(path, Compound):
        for part in path.parts:
            yield from _within(part)


def _datatype(term: Term) -> str:
    """The local name of a literal's datatype; empty for anything else."""
    return term.datatype.value.rpartition("#")[2] if isinstance(term, Literal) else ""


def _kind(term: Term) -> str:
    """The kind of a literal within which SPARQL compares; empty for what it compares with nothing."""
    own = _datatype(term)
    for kind, (form, datatypes) in _FORMS.items():
        if isinstance(term, Literal) and own in datatypes and form.fullmatch(term.value):
            return "" if own in _NO_EXPONENT and re.search("[eEI]", term.value) else kind
    return ""


def _is_time(term: Term) -> bool:
    """Whether a literal is a day or a time."""
    return _datatype(term) in ("date", "dateTime")


def _beyond(term: Term) -> bool:
    """Whether a literal is a whole number that its datatype has not."""
    own = _datatype(term)
    if not isinstance(term, Literal) or not re.fullmatch(r"[+-]?[0-9]+", term.value):
        return False
    number = int(term.value)
    end = _BYTES.get(own)
    return (end is not None and not -end <= number < end) or (own in _UNSIGNED and number < 0)
