"""The types of parameters: which terms fit them, how a term is written into a query, how text becomes a term."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date

from kg.terms import XSD, Literal, NamedNode, Term, iri, literal
from kg.vocab import PREFIXES, SHORTHANDS

IRI_TYPES = frozenset({"iri", "concept"})


def _date(text: str) -> bool:
    try:
        return date.fromisoformat(text).isoformat() == text
    except ValueError:
        return False


def _pattern(expression: str) -> Callable[[str], bool]:
    compiled = re.compile(expression)
    return lambda text: compiled.fullmatch(text) is not None


_WHOLE = _pattern(r"[+-]?[0-9]+")
_DECIMAL = _pattern(r"[+-]?(?:[0-9]+\.?[0-9]*|\.[0-9]+)")
_DOUBLE = _pattern(r"[+-]?(?:[0-9]+\.?[0-9]*|\.[0-9]+)(?:[eE][+-]?[0-9]+)?")

# Type → the datatypes it takes, the plainest first, each with the test of its lexical form; and an example.
_LITERALS: dict[str, list[tuple[str, Callable[[str], bool]]]] = {
    "string": [("string", lambda _: True)],
    "integer": [("integer", _WHOLE)],
    "number": [("integer", _WHOLE), ("decimal", _DECIMAL), ("double", _DOUBLE)],
    "date": [("date", _date)],
    "year": [("gYear", _pattern(r"-?[0-9]{4,}"))],
    "boolean": [("boolean", _pattern(r"true|false"))],
}
_EXAMPLES = {"integer": "12", "number": "12.5", "date": "2025-12-31", "year": "2025", "boolean": "true"}

TYPES = (*sorted(IRI_TYPES), *_LITERALS)


_SHOWN = 80  # characters of a value in a message


def brief(value: object) -> str:
    """A value as messages show it: quoted, no longer than a line."""
    text = repr(value)
    return text if len(text) <= _SHOWN else f"{text[: _SHOWN - 1]}…"


def misfit(kind: str, term: object) -> str | None:
    """Why a term is none of a parameter's type, in words; None when it fits."""
    if kind in IRI_TYPES:
        return None if isinstance(term, NamedNode) else f"an IRI (NamedNode) is expected, not {brief(term)}"
    if not isinstance(term, Literal):
        return f"a literal of type {kind} is expected, not {brief(term)}"
    if term.language is not None:
        return f"a literal without a language is expected, not {brief(str(term))}"
    for datatype, fits in _LITERALS[kind]:
        if term.datatype.value == XSD + datatype and fits(term.value):
            return None
    return f"a {kind} is expected, not {brief(str(term))}"


def from_text(kind: str, text: str) -> Literal:
    """The literal that a text means. ValueError, with an example, when it is none of that type."""
    for datatype, fits in _LITERALS[kind]:
        if fits(text):
            return literal(text, datatype=NamedNode(XSD + datatype))
    raise ValueError(f"{brief(text)} is no {kind}; write it like {_EXAMPLES[kind]}")


def as_iri(text: str) -> NamedNode | None:
    """The IRI that a text is: ``<…>``, absolute, or with a known prefix; None for anything else (a label, say).

    Whether the term exists is not asked: that would read the ontology.
    """
    bare = text[1:-1] if text.startswith("<") and text.endswith(">") else text
    prefix, colon, local = bare.partition(":")
    if not colon:
        return None
    base = {**PREFIXES, **SHORTHANDS}.get(prefix)
    if base is not None and bare is text:
        bare = base + local
    elif not (bare is not text or "//" in local[:2] or prefix == "urn"):
        return None
    try:
        return iri(bare)
    except ValueError:
        return None


_ESCAPES = {'"': '\\"', "\\": "\\\\", "\n": "\\n", "\r": "\\r", "\t": "\\t"}
# A backslash and u: SPARQL 1.1 resolves \uXXXX before it reads strings, and some engines do so even behind an
# escaped backslash; written as a code point itself, the u cannot be misread. Always eight digits: behind \uXXXX
# rdflib takes four more, if the text goes on with them.
_SPECIAL = re.compile(r'["\x00-\x1f\x7f]|\\[uU]?')


def _escape(match: re.Match[str]) -> str:
    text = match.group()
    if len(text) == 2:  # backslash and u
        return f"\\\\\\U{ord(text[1]):08X}"
    return _ESCAPES.get(text) or f"\\U{ord(text):08X}"


def sparql(term: Term) -> str:
    """A term as SPARQL text that means this term and nothing else, on any engine.

    ValueError for a blank node (in a query it would be a variable) and for an IRI with characters that IRIs
    cannot have.
    """
    if isinstance(term, NamedNode):
        return f"<{iri(term.value).value}>"
    if not isinstance(term, Literal):
        raise ValueError(f"not an IRI or a literal: {term}")
    text = '"' + _SPECIAL.sub(_escape, term.value) + '"'
    if term.language is not None:
        return f"{text}@{term.language}"
    return text if term.datatype.value == XSD + "string" else f"{text}^^<{iri(term.datatype.value).value}>"
