"""Rows as SPARQL 1.1 results in CSV (values of terms) and in TSV (terms as SPARQL writes them)."""

from __future__ import annotations

import csv
import io

from kg.engine.rows import Rows
from kg.terms import BlankNode, Term, n3


def to_csv(rows: Rows) -> str:
    """SPARQL 1.1 results in CSV: the values of terms, empty where unbound; lines end as RFC 4180 has them.

    Values are exact, so that programs read back what is there. A value that begins with = + - or @ stays as it is:
    a spreadsheet that opens the file may take it for a formula, where xlsx says that it is text.
    """
    stream = io.StringIO()
    writer = csv.writer(stream)
    writer.writerow(rows.columns)
    for row in rows.rows:
        writer.writerow(["" if term is None else _plain(term) for term in row])
    return stream.getvalue()


def _plain(term: Term) -> str:
    return f"_:{term.value}" if isinstance(term, BlankNode) else term.value


def to_tsv(rows: Rows) -> str:
    """SPARQL 1.1 results in TSV: terms in full, with type and language, so that nothing is lost."""
    lines = ["\t".join(f"?{name}" for name in rows.columns)]
    # Inside a term a tab is an escape, or it would be the next cell.
    lines += ["\t".join("" if term is None else n3(term).replace("\t", "\\t") for term in row) for row in rows.rows]
    return "".join(f"{line}\n" for line in lines)
