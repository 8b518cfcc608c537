"""The report as SARIF 2.1.0, which code scanning services and editors read.

Every result names its focus node as a logical location. One whose file is not known (the data is on an endpoint) has
no other, which SARIF allows and GitHub's code scanning does not take.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable
from typing import Any

import kg
from kg.terms import visible
from kg.validation.context import Context
from kg.validation.fingerprints import fingerprint, lasting
from kg.validation.formats.markdown import code, escaped
from kg.validation.formats.rules import Rule, identifier, rules
from kg.validation.formats.view import engine, recorded, row, uri, web
from kg.validation.formats.words import word
from kg.validation.messages import Language
from kg.validation.paths import to_sparql
from kg.validation.report import Finding, Recorded, Report

SCHEMA = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/os/schemas/sarif-schema-2.1.0.json"
_BASE = "SRCROOT"
_LANGUAGES = {"zh": "zh-CN", "en": "en-US"}
# Characters that GitHub takes of a rule's name and of its descriptions.
_NAME, _DESCRIPTION = 255, 1000
# `[text](target)` in a message would be a link.
_LINK = re.compile(r"\[(?=[^\[\]]*\]\()")


def to_sarif(report: Report, context: Context, language: Language = "en") -> str:
    """The report as SARIF: rules are the shapes; with a baseline, results say whether they are new, known or gone."""
    known = frozenset(report.known)
    listed = {*report.shown, *known}
    findings = [finding for finding in report.findings if finding in listed]
    known_rules = rules(report, findings, context, language)
    index = {key: position for position, key in enumerate(known_rules)}
    results = [_result(finding, index, context, language) for finding in findings]
    if report.compared is not None:
        for finding, result in zip(findings, results, strict=True):
            result["baselineState"] = "unchanged" if finding in known else "new"
        results += [_gone(record, index, language) for record in report.compared.gone]
    notes = [engine(report, language)]
    if report.left_out:
        notes.append(word("left out", language, n=report.left_out))
    run = {
        "tool": {"driver": _driver(known_rules.values())},
        "language": _LANGUAGES[language],
        "columnKind": "unicodeCodePoints",
        "originalUriBaseIds": {_BASE: {"description": {"text": "The folder that validation was run in."}}},
        "invocations": [
            {
                "executionSuccessful": True,
                "toolExecutionNotifications": [{"level": "note", "message": _message(note)} for note in notes],
            }
        ],
        "properties": {
            "conforms": report.conforms,
            "engine": report.engine,
            "shapesChecked": report.shapes_checked,
            **({} if report.focus_nodes is None else {"focusNodes": report.focus_nodes}),
        },
        "results": results,
    }
    return json.dumps({"$schema": SCHEMA, "version": "2.1.0", "runs": [run]}, ensure_ascii=False, indent=2) + "\n"


def _driver(found: Iterable[Rule]) -> dict[str, Any]:
    """The tool and its rules."""
    return {
        "name": "zonekg",
        "version": kg.__version__,
        "semanticVersion": kg.__version__,
        "rules": [_rule(rule) for rule in found],
    }


def _rule(rule: Rule) -> dict[str, Any]:
    """A rule with its help as plain text and as Markdown."""
    plain = [rule.description, *(f"{key}: {value}" for key, value in rule.facts)]
    marked = [
        f"**{escaped(rule.title)}**",
        escaped(rule.description),
        "\n".join(f"- {escaped(key)}: {code(value)}" for key, value in rule.facts),
    ]
    found: dict[str, Any] = {
        "id": visible(rule.identifier),
        "name": visible(rule.title)[:_NAME],
        "shortDescription": _message(rule.title[:_DESCRIPTION]),
        "fullDescription": _message(rule.description[:_DESCRIPTION]),
        "help": {**_message("\n".join(plain)), "markdown": "\n\n".join(marked)},
        "defaultConfiguration": {"level": rule.level},
    }
    if rule.iri is not None:
        found["properties"] = {"iri": rule.iri}
        if rule.iri.startswith(("http://", "https://")):
            found["helpUri"] = web(rule.iri)
    return found


def _result(finding: Finding, index: dict[str, int], context: Context, language: Language) -> dict[str, Any]:
    """A finding."""
    shown = row(finding, context, language)
    key = identifier(finding)
    properties = {
        "focus": str(finding.focus),
        "label": shown.label,
        "path": None if finding.path is None else to_sparql(finding.path),
        "value": None if finding.value is None else str(finding.value),
        "component": finding.component.value,
        "severity": finding.severity.value,
        "graph": shown.graph,
    }
    return {
        "ruleId": visible(key),
        "ruleIndex": index[key],
        "level": shown.level,
        "message": _message(shown.message),
        "locations": [_location(finding, context)],
        "partialFingerprints": {"zonekgFinding/v1": fingerprint(finding)},
        "properties": {name: value for name, value in properties.items() if value is not None},
    }


def _location(finding: Finding, context: Context) -> dict[str, Any]:
    """Where a finding stands: its focus node and, where it is known, the place in a file."""
    node = {"fullyQualifiedName": visible(lasting(finding.focus)), "kind": "resource"}
    found: dict[str, Any] = {"logicalLocations": [node]}
    located = context.located(finding)
    if located is not None:
        at, below = uri(located.place.file, context.root)
        physical: dict[str, Any] = {"artifactLocation": {"uri": at, **({"uriBaseId": _BASE} if below else {})}}
        if located.place.line is not None:
            physical["region"] = {"startLine": located.place.line}
            if located.place.column is not None:
                physical["region"]["startColumn"] = located.place.column
        found["physicalLocation"] = physical
    return found


def _gone(record: Recorded, index: dict[str, int], language: Language) -> dict[str, Any]:
    """A finding that the baseline alone has."""
    key = record.shape or "_:"
    return {
        "ruleId": key,
        **({"ruleIndex": index[key]} if key in index else {}),
        "level": "none",
        "kind": "pass",
        "message": _message(word("gone one", language, what=recorded(record, language))),
        "occurrenceCount": record.count,
        "partialFingerprints": {"zonekgFinding/v1": record.fingerprint},
        "baselineState": "absent",
    }


def _message(text: str) -> dict[str, str]:
    """A text as a message: braces stand for placeholders unless doubled, brackets for links unless escaped."""
    plain = "\n".join(visible(line) for line in text.split("\n"))
    return {"text": _LINK.sub(r"\\[", plain.replace("{", "{{").replace("}", "}}")) or "-"}
