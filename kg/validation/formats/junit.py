"""The report as JUnit XML: a test case for every shape that was checked."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from xml.sax.saxutils import escape, quoteattr

from kg.terms import NamedNode, Node, visible
from kg.validation.context import Context
from kg.validation.formats.rules import identifier, owners, switched_off
from kg.validation.formats.view import Row, engine, headline, level, name, row, title
from kg.validation.formats.words import number, word
from kg.validation.messages import Language, message
from kg.validation.report import Finding, Report

_LEVELS = ("error", "warning", "note")
# `fail_on` → the levels that fail a test case.
_FAILING = {"violation": _LEVELS[:1], "warning": _LEVELS[:2], "info": _LEVELS, "none": ()}
# XML 1.0 has no way to write these at all.
_FORBIDDEN = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def to_junit(report: Report, context: Context, language: Language = "en", *, fail_on: str = "info") -> str:
    """The report as JUnit XML.

    A shape passes without findings, and is skipped when it is deactivated or met no focus node. Findings are counted
    to the shape with a target that leads to them. ``fail_on``: violation, warning, info or none, from where on a
    finding fails its case; milder ones are its output.
    """
    cases = _cases(report, context, language)
    failing = _FAILING[fail_on]
    written = [_case(cases[key], failing, context, language) for key in sorted(cases)]
    failures = sum("<failure" in case for case in written)
    passed_over = sum("<skipped" in case for case in written)
    totals = f'tests="{len(written)}" failures="{failures}" errors="0"'
    lines = [
        '<?xml version="1.0" encoding="UTF-8"?>',
        f'<testsuites name="SHACL" {totals}>',
        f'<testsuite name="SHACL" {totals} skipped="{passed_over}">',
        "<properties>",
        f'<property name="engine" value={_attribute(report.engine)}/>',
        *([] if (n := report.focus_nodes) is None else [f'<property name="focusNodes" value="{n}"/>']),
        "</properties>",
        *written,
        f"<system-out>{_text(_summary(report, language))}</system-out>",
        "</testsuite>",
        "</testsuites>",
    ]
    return "".join(f"{line}\n" for line in lines)


@dataclass(frozen=True)
class _Case:
    """What is found of a shape: every new finding, of them those to be listed, and why nothing can be."""

    name: str
    shape: Node
    new: list[Finding] = field(default_factory=list)
    listed: list[Row] = field(default_factory=list)
    skipped: str | None = None


def _cases(report: Report, context: Context, language: Language) -> dict[str, _Case]:
    """Name → case."""
    cases: dict[str, _Case] = {}
    for shape in (*report.shapes, *switched_off(context)):
        why = "met none" if shape in (report.idle or ()) else None if shape in report.shapes else "off"
        skipped = None if why is None else word(why, language)
        cases[name(shape)] = _Case(name(shape), shape, skipped=skipped)
    owner, shown = owners(report, context), frozenset(report.shown)
    for finding in report.new:
        shape = owner.get(finding.shape, finding.root or finding.shape)
        key = name(shape) if isinstance(shape, NamedNode) or name(shape) in cases else identifier(finding)
        case = cases.setdefault(key, _Case(key, shape))
        case.new.append(finding)
        if finding in shown:
            case.listed.append(row(finding, context, language))
    return cases


def _case(case: _Case, failing: tuple[str, ...], context: Context, language: Language) -> str:
    """The test case of a shape; a finding that is not listed fails it too."""
    titled = title(case.shape, context, language)
    full = case.name if titled is None else f"{case.name}, {titled}"
    attributes = f"name={_attribute(full)} classname={_attribute(case.name)}"
    inside: list[str] = []
    bad = [finding for finding in case.new if level(finding.severity) in failing]
    if bad:
        # One element for all of them: most readers take the first alone.
        worst = min(bad, key=lambda finding: _LEVELS.index(level(finding.severity)))
        said = message(worst, context.shapes, language)
        first = said if len(bad) == 1 else f"{number(len(bad), language)}: {said}"
        details = [_details(shown, language) for shown in case.listed if shown.level in failing]
        if len(bad) > len(details):
            details.append(word("left out", language, n=len(bad) - len(details)))
        kind = _attribute(worst.severity_name)
        inside.append(f"<failure type={kind} message={_attribute(first)}>{_text(chr(10).join(details))}</failure>")
    mild = [_details(shown, language) for shown in case.listed if shown.level not in failing]
    if mild:
        inside.append(f"<system-out>{_text(chr(10).join(mild))}</system-out>")
    if case.skipped is not None and not case.new:
        inside.append(f"<skipped message={_attribute(case.skipped)}/>")
    if not inside:
        return f'<testcase {attributes} time="0"/>'
    return f'<testcase {attributes} time="0">\n' + "\n".join(inside) + "\n</testcase>"


def _details(shown: Row, language: Language) -> str:
    """A finding as lines, its place first."""
    head = [shown.place, shown.severity, shown.message]
    lines = [": ".join(part for part in head if part is not None)]
    facts = [("focus", shown.called), ("path", shown.path), ("value", shown.value), ("graph", shown.graph)]
    lines += [f"  {word(key, language)}: {value}" for key, value in facts if value is not None]
    return "\n".join(map(visible, lines))


def _summary(report: Report, language: Language) -> str:
    """The lines at the end: the engine, the outcome, what is known and what is not listed."""
    lines = [engine(report, language), headline(report, language)]
    if report.known:
        lines.append(word("known", language, n=len(report.known)))
    if report.left_out:
        lines.append(word("left out", language, n=report.left_out))
    return "\n".join(lines)


def _attribute(text: str) -> str:
    """A text as an attribute's value, quoted."""
    return quoteattr(_possible(visible(text)))


def _text(text: str) -> str:
    """A text between tags."""
    return escape(_possible(text))


def _possible(text: str) -> str:
    """The text with the characters that XML cannot write spelt out."""
    return _FORBIDDEN.sub(lambda found: f"\\u{{{ord(found[0]):x}}}", text)
