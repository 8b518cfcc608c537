"""Rows as Parquet (extra ``parquet``: pyarrow)."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from kg.engine.frames import column_kind
from kg.engine.rows import Rows, python_value
from kg.errors import UsageError

_DIGITS = 38  # of a decimal128


def to_parquet(rows: Rows) -> bytes:
    """One column each, typed where all its cells are of one kind, else text (the lexical form); empty cells are null.

    Kinds: int64, decimal128 (exact), double, bool, date32, timestamp. UsageError when pyarrow is not installed.
    """
    try:
        import pyarrow as pa
        import pyarrow.parquet as pq
    except ImportError as fault:
        raise UsageError("pyarrow is not installed", hint="pip install 'zonekg[parquet]'") from fault
    arrays = []
    for at in range(len(rows.columns)):
        terms = [row[at] for row in rows.rows]
        values = [python_value(term) for term in terms]
        kind = _type(pa, values)
        if kind is None:
            arrays.append(pa.array([None if term is None else term.value for term in terms], pa.string()))
        else:
            arrays.append(pa.array(values, kind))
    sink = pa.BufferOutputStream()
    pq.write_table(pa.Table.from_arrays(arrays, names=list(rows.columns)), sink)
    return bytes(sink.getvalue().to_pybytes())


def _type(pa: Any, values: list[object]) -> Any:
    """Arrow's type for a column; None for text."""
    kind = column_kind(values)
    if kind == "decimal":
        numbers = [Decimal(value) for value in values if isinstance(value, Decimal | int)]
        scale = max(max(-int(number.as_tuple().exponent), 0) for number in numbers)
        whole = max(max(number.adjusted() + 1, 1) for number in numbers)
        return pa.decimal128(whole + scale, scale) if whole + scale <= _DIGITS else None
    if kind == "datetime":
        zone = next(value for value in values if value is not None).tzinfo  # type: ignore[attr-defined]
        return pa.timestamp("us", tz=None if zone is None else "UTC")
    simple = {"int": pa.int64(), "float": pa.float64(), "bool": pa.bool_(), "date": pa.date32()}
    return simple.get(kind)
