"""The report for programs: JSON."""

from __future__ import annotations

import json
from typing import Any

from kg.terms import BlankNode, NamedNode, Term
from kg.validation.context import Context
from kg.validation.fingerprints import fingerprint
from kg.validation.messages import Language, message
from kg.validation.paths import to_sparql
from kg.validation.report import Finding, Recorded, Report


def to_json(report: Report, context: Context, language: Language = "en") -> str:
    """The report as JSON: terms as in SPARQL's JSON results, paths in SPARQL's syntax, labels in the language."""
    known = frozenset(report.known)
    listed = {*report.shown, *known}
    whole: dict[str, Any] = {
        "conforms": report.conforms,
        "engine": report.engine,
        "fallback": report.fallback,
        "shapesChecked": report.shapes_checked,
        "focusNodes": report.focus_nodes,
        "shapesWithoutFocusNode": None if report.idle is None else [_term(shape) for shape in report.idle],
        "counts": report.counts(),
    }
    if report.compared is not None:
        whole["baseline"] = {
            "new": len(report.new),
            "known": len(report.known),
            "gone": [_recorded(record) for record in report.compared.gone],
        }
    if report.stats is not None:
        whole["stats"] = {
            "focusNodes": [{"shape": _term(shape), "count": met} for shape, met in report.stats.focus],
            "classes": [
                {"class": _term(seen.name), "instances": seen.instances, "checked": seen.checked}
                for seen in report.stats.classes
            ],
        }
    if report.left_out:
        whole["leftOut"] = report.left_out
    whole["findings"] = [
        _finding(finding, context, language)
        | ({} if report.compared is None else {"baseline": "known" if finding in known else "new"})
        for finding in report.findings
        if finding in listed
    ]
    return json.dumps(whole, ensure_ascii=False, indent=2) + "\n"


def _finding(finding: Finding, context: Context, language: Language) -> dict[str, Any]:
    """One finding."""
    located = context.located(finding)
    return {
        "focus": _term(finding.focus),
        "label": context.name(finding.focus, language),
        "path": None if finding.path is None else to_sparql(finding.path),
        "value": None if finding.value is None else _term(finding.value),
        "shape": _term(finding.shape),
        "rootShape": None if finding.root is None else finding.root.value,
        "constraint": None if finding.constraint is None else _term(finding.constraint),
        "component": finding.component.value,
        "severity": finding.severity.value,
        "message": message(finding, context.shapes, language),
        "messages": [_term(said) for said in finding.messages],
        "file": None if located is None else str(located.place.file),
        "line": None if located is None else located.place.line,
        "column": None if located is None else located.place.column,
        "graph": None if located is None or located.graph is None else located.graph.value,
        "derivedFrom": [] if located is None else [term.value for term in located.inputs],
        "fingerprint": fingerprint(finding),
    }


def _recorded(record: Recorded) -> dict[str, str | int | None]:
    """A finding that only the baseline has, in its short names."""
    return {
        "fingerprint": record.fingerprint,
        "count": record.count,
        "severity": record.severity,
        "rootShape": record.shape,
        "component": record.component,
        "focus": record.focus,
        "path": record.path,
        "value": record.value,
    }


def _term(term: Term) -> dict[str, str]:
    """A term as SPARQL's JSON results write it."""
    if isinstance(term, NamedNode):
        return {"type": "uri", "value": term.value}
    if isinstance(term, BlankNode):
        return {"type": "bnode", "value": term.value}
    if term.language:
        return {"type": "literal", "value": term.value, "xml:lang": term.language}
    plain = term.datatype.value.endswith("#string")
    return {"type": "literal", "value": term.value, **({} if plain else {"datatype": term.datatype.value})}
