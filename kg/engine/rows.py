"""What a SELECT gives: columns and rows of RDF terms, a value like any other."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal, InvalidOperation

from kg.terms import XSD, Literal, Term

Row = tuple[Term | None, ...]

_INTEGERS = frozenset(
    XSD + name
    for name in (
        "integer", "int", "long", "short", "byte", "nonNegativeInteger", "positiveInteger", "nonPositiveInteger",
        "negativeInteger", "unsignedInt", "unsignedLong", "unsignedShort", "unsignedByte", "gYear",
    )
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Rows:
    """A table of terms; None where a variable is unbound. Iterating gives one dict a row, by column name."""

    columns: tuple[str, ...]
    rows: tuple[Row, ...]

    def __len__(self) -> int:
        return len(self.rows)

    def __iter__(self) -> Iterator[dict[str, Term | None]]:
        for row in self.rows:
            yield dict(zip(self.columns, row, strict=True))

    def column(self, name: str) -> tuple[Term | None, ...]:
        """The terms of one column; KeyError when there is no such column."""
        if name not in self.columns:
            raise KeyError(name)
        index = self.columns.index(name)
        return tuple(row[index] for row in self.rows)

    def values(self) -> list[dict[str, object]]:
        """One dict of Python values a row: int, Decimal, float, bool, date, datetime, else text; IRIs as text."""
        return [{name: python_value(term) for name, term in zip(self.columns, row, strict=True)} for row in self.rows]


def python_value(term: Term | None) -> object:
    """The Python value of a term. A literal whose form is not of its datatype stays text; so do IRIs.

    xsd:gYear gives an int, xsd:decimal a Decimal, an unbound cell None.
    """
    if not isinstance(term, Literal):
        return None if term is None else term.value
    text, kind = term.value, term.datatype.value
    try:
        if kind in _INTEGERS:
            return int(text)
        if kind == XSD + "decimal":
            return Decimal(text)
        if kind in (XSD + "double", XSD + "float"):
            return float(text)
        if kind == XSD + "boolean":
            return {"true": True, "1": True, "false": False, "0": False}[text]
        if kind == XSD + "date":
            return date.fromisoformat(text)
        if kind == XSD + "dateTime":
            return datetime.fromisoformat(text)
    except (ValueError, KeyError, InvalidOperation):
        return text
    return text
