"""The W3C validation report as Turtle."""

from __future__ import annotations

from dataclasses import replace

from kg.validation.context import Context
from kg.validation.messages import Language
from kg.validation.report import Report
from kg.validation.results import to_turtle as to_w3c


def to_turtle(report: Report, _context: Context, _language: Language = "en") -> str:
    """The report as Turtle; whatever a baseline knows is in it, and a comment says what is not listed."""
    listed = {*report.shown, *report.known}
    whole = replace(report, findings=tuple(finding for finding in report.findings if finding in listed))
    text = to_w3c(whole).decode("utf-8")
    return text + f"# {report.left_out} more findings are not listed.\n" if report.left_out else text
