"""RDF terms: pyoxigraph's immutable classes, made with a check and turned into text in one place.

``str(term)`` is N-Triples. Quoted triples (RDF 1.2) are no term of this project.
"""

from __future__ import annotations

import re
import unicodedata
from datetime import date, datetime
from decimal import Decimal
from typing import TypeAlias

from pyoxigraph import BlankNode, DefaultGraph, Literal, NamedNode, Quad, Triple

__all__ = [
    "XSD",
    "BlankNode",
    "DefaultGraph",
    "Literal",
    "NamedNode",
    "Node",
    "Quad",
    "Term",
    "Triple",
    "iri",
    "literal",
    "n3",
    "visible",
]

Node: TypeAlias = NamedNode | BlankNode
Term: TypeAlias = NamedNode | BlankNode | Literal

XSD = "http://www.w3.org/2001/XMLSchema#"

# RFC 3987 leaves more out; these are the characters that SPARQL's IRIREF and Turtle's refuse.
_REFUSED = re.compile(r'[\x00-\x20<>"{}|^`\\\ud800-\udfff]')
# Half a character: Python has such text (from a broken decoding), UTF-8 and RDF do not.
_SURROGATE = re.compile(r"[\ud800-\udfff]")
_ABSOLUTE = re.compile(r"[A-Za-z][A-Za-z0-9+.\-]*:")


def iri(text: str) -> NamedNode:
    """The absolute IRI ``text`` (without angle brackets) as a term; ValueError says what is wrong with it."""
    bad = _REFUSED.search(text)
    if bad:
        raise ValueError(f"not an IRI, character {bad.group()!r} at position {bad.start()}: {text!r}")
    if not _ABSOLUTE.match(text):
        raise ValueError(f"not an absolute IRI (no scheme such as https:): {text!r}")
    return NamedNode(text)


def literal(
    value: str | bool | int | Decimal | float | date | datetime,
    *,
    language: str | None = None,
    datatype: NamedNode | None = None,
) -> Literal:
    """A literal of a Python value; its datatype follows the value's type unless one is given.

    A Decimal keeps its digits. A language goes with text only. ValueError for a combination that RDF does not
    have, TypeError for a value of another type.
    """
    half = _SURROGATE.search(value) if isinstance(value, str) else None
    if half is not None:
        raise ValueError(f"not text, half a character (a lone surrogate) at position {half.start()}")
    if language is not None:
        if not isinstance(value, str) or datatype is not None:
            raise ValueError("a language goes with text and without a datatype")
        return Literal(value, language=language)
    if isinstance(value, str):
        return Literal(value) if datatype is None else Literal(value, datatype=datatype)
    text, own = _lexical(value)
    return Literal(text, datatype=datatype or NamedNode(XSD + own))


def _lexical(value: bool | int | Decimal | float | date | datetime) -> tuple[str, str]:
    """The lexical form of a value that is not text, and the local name of its XSD datatype."""
    match value:
        case bool():  # before int, which it is too
            return ("true" if value else "false"), "boolean"
        case int():
            return str(value), "integer"
        case Decimal():
            if not value.is_finite():
                raise ValueError(f"xsd:decimal has no {value}")
            return format(value, "f"), "decimal"
        case float():
            return repr(value).replace("inf", "INF").replace("nan", "NaN"), "double"
        case datetime():
            return value.isoformat(), "dateTime"
        case date():
            return value.isoformat(), "date"
    raise TypeError(f"no literal for a value of type {type(value).__name__}")


def n3(term: Term) -> str:
    """The term as SPARQL and Turtle write it in full (N-Triples)."""
    return str(term)


def visible(text: str) -> str:
    """The text with what is not seen (control, format and line-breaking characters, surrogates) spelt out."""
    if text.isprintable():  # which leaves out all of these and more
        return text
    return "".join(
        character
        if unicodedata.category(character) not in ("Cc", "Cf", "Cs", "Zl", "Zp")
        else f"\\u{{{ord(character):x}}}"
        for character in text
    )
