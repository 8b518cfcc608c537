"""What a SELECT gives: columns and rows of RDF terms, a value like any other."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from typing import TYPE_CHECKING

from kg.terms import XSD, Literal, Term

if TYPE_CHECKING:
    import pandas as pd

    from kg.engine.protocol import Engine

Row = tuple[Term | None, ...]

_INTEGERS = frozenset(
    XSD + name
    for name in (
        "integer", "int", "long", "short", "byte", "nonNegativeInteger", "positiveInteger", "nonPositiveInteger",
        "negativeInteger", "unsignedInt", "unsignedLong", "unsignedShort", "unsignedByte", "gYear",
    )
)  # fmt: skip
# Python reads more than XSD has: 1_000, digits of other scripts, dates without hyphens.
_WHOLE = re.compile(r"[+-]?[0-9]+")
_DECIMAL = re.compile(r"[+-]?(?:[0-9]+(?:\.[0-9]*)?|\.[0-9]+)")
_DOUBLE = re.compile(rf"{_DECIMAL.pattern}(?:[eE][+-]?[0-9]+)?|[+-]?INF|NaN")
_DATE = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_TIME = re.compile(rf"{_DATE.pattern}T[0-9]{{2}}:[0-9]{{2}}:[0-9]{{2}}(?:\.[0-9]+)?(?:Z|[+-][0-9]{{2}}:[0-9]{{2}})?")


@dataclass(frozen=True, slots=True)
class Rows:
    """A table of terms; None where a variable is unbound. Iterating gives one dict a row, by column name.

    ``engine`` is where the rows come from, for the labels that a notebook shows; it is no part of the value.
    """

    columns: tuple[str, ...]
    rows: tuple[Row, ...]
    engine: Engine | None = field(default=None, compare=False, repr=False)

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

    def to_dataframe(self) -> pd.DataFrame:
        """The rows as a pandas DataFrame (extra ``pandas``); UsageError when pandas is not installed.

        A column whose cells are all of one kind gets pandas' type for it, with room for empty cells: Int64,
        Float64 (decimals too: ``values()`` keeps them exact), boolean, datetime64. Every other column holds
        Python values as ``values()`` gives them; IRIs are text.
        """
        from kg.engine.frames import to_dataframe

        return to_dataframe(self)

    def _repr_html_(self) -> str:
        """What a notebook shows: a table with labels beside IRIs."""
        from kg.engine.display import to_notebook

        return to_notebook(self)


def python_value(term: Term | None) -> object:
    """The Python value of a term. A literal whose form is not of its datatype stays text; so do IRIs.

    xsd:gYear gives an int, xsd:decimal a Decimal, an unbound cell None.
    """
    if not isinstance(term, Literal):
        return None if term is None else term.value
    text, kind = term.value, term.datatype.value
    try:
        if kind in _INTEGERS and _WHOLE.fullmatch(text):
            return int(text)
        if kind == XSD + "decimal" and _DECIMAL.fullmatch(text):
            return Decimal(text)
        if kind in (XSD + "double", XSD + "float") and _DOUBLE.fullmatch(text):
            return float(text)
        if kind == XSD + "boolean":
            return {"true": True, "1": True, "false": False, "0": False}[text]
        if kind == XSD + "date" and _DATE.fullmatch(text):
            return date.fromisoformat(text)
        if kind == XSD + "dateTime" and _TIME.fullmatch(text):
            return datetime.fromisoformat(text)
    except (ValueError, KeyError):
        return text
    return text
