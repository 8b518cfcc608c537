"""The findings as CSV (RFC 4180), one a line, for tables and spreadsheets."""

from __future__ import annotations

import csv
import io

from kg.terms import NamedNode, Term
from kg.validation.context import Context
from kg.validation.fingerprints import fingerprint
from kg.validation.formats.view import relative, row
from kg.validation.messages import Language
from kg.validation.paths import to_sparql
from kg.validation.report import Report

COLUMNS = (
    "severity",
    "file",
    "line",
    "column",
    "graph",
    "focus",
    "label",
    "path",
    "value",
    "message",
    "shape",
    "rootShape",
    "component",
    "fingerprint",
)


def to_csv(report: Report, context: Context, language: Language = "en") -> str:
    """The new findings that are to be listed: IRIs in full without brackets, other terms as N-Triples.

    Cells hold what they hold: a spreadsheet may take one that begins with = + - or @ for a formula.
    """
    stream = io.StringIO()
    writer = csv.writer(stream)
    writer.writerow(COLUMNS)
    for finding in report.shown:
        located = context.located(finding)
        at = None if located is None else located.place
        shown = row(finding, context, language)
        writer.writerow(
            (
                finding.severity_name,
                "" if at is None else relative(at.file, context.root) or at.file,
                "" if at is None or at.line is None else at.line,
                "" if at is None or at.column is None else at.column,
                _plain(None if located is None else located.graph),
                _plain(finding.focus),
                shown.label or "",
                "" if finding.path is None else to_sparql(finding.path),
                _plain(finding.value),
                shown.message,
                _plain(finding.shape),
                _plain(finding.root),
                finding.component.value,
                fingerprint(finding),
            )
        )
    return stream.getvalue()


def _plain(term: Term | None) -> str:
    """A term in a cell."""
    if term is None:
        return ""
    return term.value if isinstance(term, NamedNode) else str(term)
