"""Rows as files: CSV (term values) and SPARQL 1.1 results in JSON."""

from __future__ import annotations

import csv
import io
import json

from kg.engine.rows import Rows
from kg.terms import XSD, BlankNode, Literal, Term


def to_csv(rows: Rows) -> str:
    """SPARQL 1.1 results in CSV: the values of terms, empty where unbound; lines end as RFC 4180 has them.

    Values are exact, so that programs read back what is there: a text that a spreadsheet takes for a formula is one.
    """
    stream = io.StringIO()
    writer = csv.writer(stream)
    writer.writerow(rows.columns)
    for row in rows.rows:
        writer.writerow(["" if term is None else _plain(term) for term in row])
    return stream.getvalue()


def _plain(term: Term) -> str:
    return f"_:{term.value}" if isinstance(term, BlankNode) else term.value


def to_json(rows: Rows) -> str:
    """SPARQL 1.1 results in JSON, indented, in UTF-8 rather than escapes."""
    bindings = [
        {name: _binding(term) for name, term in zip(rows.columns, row, strict=True) if term is not None}
        for row in rows.rows
    ]
    document = {"head": {"vars": list(rows.columns)}, "results": {"bindings": bindings}}
    return json.dumps(document, ensure_ascii=False, indent=2) + "\n"


def _binding(term: Term) -> dict[str, str]:
    """One term as the results format writes it."""
    if isinstance(term, BlankNode):
        return {"type": "bnode", "value": term.value}
    if not isinstance(term, Literal):
        return {"type": "uri", "value": term.value}
    binding = {"type": "literal", "value": term.value}
    if term.language is not None:
        binding["xml:lang"] = term.language
    elif term.datatype.value != XSD + "string":
        binding["datatype"] = term.datatype.value
    return binding
