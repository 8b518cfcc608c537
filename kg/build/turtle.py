"""The one way that curated Turtle is written: sorted, one predicate a line, the same bytes for the same graph."""

from __future__ import annotations

import re
from collections.abc import Iterable
from pathlib import Path

from pyoxigraph import RdfFormat, parse

from kg.engine.lexer import position
from kg.errors import FormatError, Place, SyntaxFault
from kg.terms import XSD, Literal, NamedNode, Quad, Triple
from kg.vocab import PREFIXES, compact

_A = NamedNode(PREFIXES["rdf"] + "type")
_INDENT = "    "

# In well-formed Turtle: what a comment sign may stand in without being one, and the comment itself.
_COMMENT = re.compile(
    r'''"""(?:"{0,2}(?:[^"\\]|\\.))*""" | \'\'\'(?:'{0,2}(?:[^'\\]|\\.))*\'\'\'
      | "(?:[^"\\]|\\.)*" | '(?:[^'\\]|\\.)*' | <[^<>"{}|^`\x00-\x20]*> | \\. | (?P<comment>\#[^\n\r]*)''',
    re.VERBOSE | re.DOTALL,
)
_ESCAPES = {'"': '\\"', "\\": "\\\\", "\n": "\\n", "\r": "\\r", "\t": "\\t", "\b": "\\b", "\f": "\\f"}
_ESCAPED = re.compile(r'["\\\x00-\x1f\x7f]')
_BARE = {
    XSD + "integer": re.compile(r"[+-]?[0-9]+"),
    XSD + "decimal": re.compile(r"[+-]?[0-9]*\.[0-9]+"),
    XSD + "double": re.compile(r"[+-]?(?:[0-9]+\.[0-9]*|\.?[0-9]+)[eE][+-]?[0-9]+"),
    XSD + "boolean": re.compile(r"true|false"),
}
_PLACE = re.compile(r"Parser error (?:at|between) .*?: (?=\S)")  # which the error says in its own way
_LANGUAGES = {"zh": 0, "en": 1}
_DIGITS = re.compile(r"([0-9]+)")


Value = NamedNode | Literal


def format_turtle(data: bytes, *, path: Path | str = "<turtle>") -> bytes:
    """The canonical form of a curated file; formatting it again changes nothing.

    ``path`` names the file in errors. SyntaxFault for what is not Turtle in UTF-8; FormatError for a comment
    (it would be lost), a blank node (it would have no name) or a quoted triple.
    """
    quads = read_turtle(data, path=path)
    _refuse_comments(data.decode("utf-8"), path)
    return write_turtle(quads, path=path)


def read_turtle(data: bytes, *, path: Path | str) -> list[Quad]:
    """The statements of a Turtle file, blank nodes renamed apart. SyntaxFault with its place."""
    try:
        data.decode("utf-8")
        return list(parse(data, format=RdfFormat.TURTLE, rename_blank_nodes=True))
    except UnicodeDecodeError as fault:
        line = data.count(b"\n", 0, fault.start) + 1
        raise SyntaxFault(f"not UTF-8: {fault.reason}", where=Place(path, line)) from fault
    except SyntaxError as fault:
        reason = _PLACE.sub("", fault.msg)
        raise SyntaxFault(f"not Turtle: {reason}", where=Place(path, fault.lineno, fault.offset)) from fault


def write_turtle(statements: Iterable[Quad | Triple], *, path: Path | str = "<turtle>") -> bytes:
    """Statements as canonical Turtle; graph names are dropped. FormatError as ``format_turtle`` says."""
    subjects: dict[NamedNode, dict[NamedNode, set[Value]]] = {}
    for statement in statements:
        subject, value = statement.subject, statement.object
        if not isinstance(subject, NamedNode) or not isinstance(value, NamedNode | Literal):
            raise FormatError(
                f"a blank node or quoted triple: {statement.subject} {statement.predicate} {statement.object}",
                where=Place(path),
                hint="give it an IRI",
            )
        subjects.setdefault(subject, {}).setdefault(statement.predicate, set()).add(value)
    writer = _Writer()
    blocks = [writer.block(subject, subjects[subject]) for subject in sorted(subjects, key=iri_key)]
    header = "".join(f"@prefix {name}: <{base}> .\n" for name, base in PREFIXES.items() if name in writer.used)
    return "\n".join(part for part in (header, *blocks) if part).encode()


class _Writer:
    """Turns terms into text and remembers which prefixes that took."""

    def __init__(self) -> None:
        self.used: set[str] = set()

    def block(self, subject: NamedNode, predicates: dict[NamedNode, set[Value]]) -> str:
        """A subject with all that is said of it."""
        lines = []
        for predicate in sorted(predicates, key=lambda term: (term != _A, iri_key(term))):
            verb = "a" if predicate == _A else self.iri(predicate)
            values = [self.value(value) for value in sorted(predicates[predicate], key=_value_key)]
            if len(values) == 1:
                lines.append(f"{_INDENT}{verb} {values[0]}")
            else:
                lines.append(f"{_INDENT}{verb}\n" + ",\n".join(_INDENT * 2 + value for value in values))
        return self.iri(subject) + "\n" + " ;\n".join(lines) + " .\n"

    def iri(self, term: NamedNode) -> str:
        """``prefix:name`` where the table allows it, else ``<…>``."""
        text = compact(term)
        if not text.startswith("<"):
            self.used.add(text.partition(":")[0])
        return text

    def value(self, term: Value) -> str:
        """An object; numbers and booleans bare where Turtle reads the same literal back."""
        if isinstance(term, NamedNode):
            return self.iri(term)
        kind = term.datatype.value
        if term.language is None and kind in _BARE and _BARE[kind].fullmatch(term.value):
            return term.value
        if getattr(term, "direction", None) is not None:  # RDF 1.2; N-Triples writes it as Turtle does
            return str(term)
        text = '"' + _ESCAPED.sub(_escape, term.value) + '"'
        if term.language is not None:
            return f"{text}@{term.language}"
        return text if kind == XSD + "string" else f"{text}^^{self.iri(term.datatype)}"


def _escape(match: re.Match[str]) -> str:
    character = match.group()
    return _ESCAPES.get(character) or f"\\u{ord(character):04X}"


def iri_key(term: NamedNode) -> tuple[object, ...]:
    """Sorts IRIs as people count: s2 before s10. Total: equal keys mean equal IRIs."""
    parts = _DIGITS.split(term.value)
    # Texts and numbers alternate, so that like is compared with like; a number goes by length, then digits.
    return (tuple(_number(part) if at % 2 else part for at, part in enumerate(parts)), term.value)


def _number(digits: str) -> tuple[int, str]:
    significant = digits.lstrip("0")
    return len(significant), significant


def _value_key(term: Value) -> tuple[object, ...]:
    """IRIs first; then literals: zh, en, other languages, none; by text, then datatype."""
    if isinstance(term, NamedNode):
        return (0, *iri_key(term))
    language = term.language or "~"
    return (1, _LANGUAGES.get(language, 2), language, term.value, str(term))


def _refuse_comments(text: str, path: Path | str) -> None:
    """FormatError at the first comment."""
    for match in _COMMENT.finditer(text):
        if match["comment"] is not None:
            line, column = position(text, match.start())
            raise FormatError(
                "a comment would not survive formatting",
                where=Place(path, line, column),
                hint='say it of the subject, as skos:editorialNote "…"@en',
            )
