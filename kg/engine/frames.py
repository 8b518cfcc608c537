"""Rows as a pandas DataFrame, with a type for each column."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal
from typing import TYPE_CHECKING

from kg.engine.rows import Rows, python_value
from kg.errors import UsageError

if TYPE_CHECKING:
    import pandas as pd

_INT64 = 2**63


def to_dataframe(rows: Rows) -> pd.DataFrame:
    """As ``Rows.to_dataframe`` says."""
    try:
        import pandas as pd
    except ImportError as fault:
        raise UsageError("pandas is not installed", hint="pip install 'zonekg[pandas]'") from fault
    columns: dict[str, pd.Series] = {}
    for at, name in enumerate(rows.columns):
        values = [python_value(row[at]) for row in rows.rows]
        kind = column_kind(values)
        if kind == "decimal":
            values = [float(value) if isinstance(value, Decimal | int) else None for value in values]
        if kind in ("date", "datetime"):
            columns[name] = pd.Series(pd.to_datetime(pd.Series(values, dtype="object"), errors="raise"))
        else:
            columns[name] = pd.Series(values, dtype=_DTYPES.get(kind, "object"))
    return pd.DataFrame(columns, columns=list(rows.columns), index=range(len(rows)))


_DTYPES = {"int": "Int64", "decimal": "Float64", "float": "Float64", "bool": "boolean"}


def column_kind(values: list[object]) -> str:
    """What all values of a column are: int, decimal, float, bool, date, datetime; else text, also when all are None.

    Whole numbers beyond 64 bits, and dates that pandas and Arrow cannot put on one line of time (a mix of times
    with and without a zone), are text.
    """
    kinds = {type(value) for value in values if value is not None}
    if kinds == {int}:
        return "int" if all(-_INT64 <= v < _INT64 for v in values if isinstance(v, int)) else "text"
    if kinds and kinds <= {int, Decimal}:
        return "decimal"
    if kinds == {float}:
        return "float"
    if kinds == {bool}:
        return "bool"
    if kinds == {date}:
        return "date"
    if kinds == {datetime}:
        zones = {value.utcoffset() for value in values if isinstance(value, datetime)}
        return "datetime" if len(zones) == 1 else "text"
    return "text"
