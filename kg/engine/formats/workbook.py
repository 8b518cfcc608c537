"""Rows as an Excel workbook (extra ``excel``: openpyxl)."""

from __future__ import annotations

import io
import re
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from kg.engine.rows import Rows, python_value
from kg.errors import UsageError
from kg.terms import Term

_MOST_ROWS, _MOST_COLUMNS, _LONGEST = 1_048_576, 16_384, 32_767  # what a sheet and a cell hold
_EXACT = 15  # digits that Excel keeps of a number
_FIRST_YEAR = 1900  # before it, Excel has no dates
_WIDEST = 60
# What XML cannot hold or would change, and an underscore that Excel would take for the beginning of such an escape.
_UNWRITTEN = re.compile("[\x00-\x08\x0b-\x1f\ufffe\uffff]|_(?=x[0-9A-Fa-f]{4}_)")


def to_xlsx(rows: Rows, *, title: str = "rows") -> bytes:
    """One sheet: a row of names that stays in view, then numbers, dates and booleans as such, all else as text.

    Nothing is a formula. What Excel would change is text too: numbers of more than 15 digits, dates before 1900,
    times with a zone. UsageError when the rows do not fit, or openpyxl is not installed.
    """
    try:
        from openpyxl import Workbook
        from openpyxl.cell import WriteOnlyCell
        from openpyxl.styles import Font
        from openpyxl.utils import get_column_letter
    except ImportError as fault:
        raise UsageError("openpyxl is not installed", hint="pip install 'zonekg[excel]'") from fault
    if len(rows) >= _MOST_ROWS or len(rows.columns) > _MOST_COLUMNS:
        raise UsageError(f"{len(rows)} rows of {len(rows.columns)} columns do not fit into a sheet", hint="write csv")
    table = [[_value(term, name) for name, term in zip(rows.columns, row, strict=True)] for row in rows.rows]
    book = Workbook(write_only=True)
    sheet = book.create_sheet(title[:31])
    sheet.freeze_panes = "A2"
    for at, name in enumerate(rows.columns):
        longest = max([len(name), *(len(row[at].value) for row in rows.rows[:200] if row[at] is not None)])  # type: ignore[union-attr]
        sheet.column_dimensions[get_column_letter(at + 1)].width = min(longest + 2, _WIDEST)

    def cell(value: Any, *, bold: bool = False) -> Any:
        made = WriteOnlyCell(sheet, value=value)
        if isinstance(value, str):
            made.data_type = "s"  # or "=1+1" would be computed
        if bold:
            made.font = Font(bold=True)
        return made

    sheet.append([cell(_text(name, "the head"), bold=True) for name in rows.columns])
    for values in table:
        sheet.append([cell(value) for value in values])
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


def _value(term: Term | None, column: str) -> object:
    """What a cell holds."""
    value = python_value(term)
    if isinstance(value, int | Decimal | float) and not isinstance(value, bool):
        digits = sum(character.isdigit() for character in str(value))
        finite = value == value and abs(value) != float("inf")  # not NaN
        if digits <= _EXACT and finite:
            return value
    elif (
        value is None
        or isinstance(value, bool)
        or (isinstance(value, datetime) and value.tzinfo is None and value.year >= _FIRST_YEAR)
        or (isinstance(value, date) and not isinstance(value, datetime) and value.year >= _FIRST_YEAR)
    ):
        return value
    return "" if term is None else _text(term.value, column)


def _text(text: str, column: str) -> str:
    """Text as a cell can hold it: a character that XML cannot is written as Excel writes it, like _x001B_."""
    written = _UNWRITTEN.sub(lambda match: f"_x{ord(match.group()):04X}_", text)
    if len(written) > _LONGEST:
        raise UsageError(f"column {column}: a cell holds {_LONGEST} characters, not {len(text)}", hint="write csv")
    return written
