"""The report as JUnit XML: a test case for every shape that was checked."""

from __future__ import annotations

import re
from xml.sax.saxutils import escape, quoteattr

from kg.terms import NamedNode, Node, visible
from kg.validation.context import Context
from kg.validation.formats.rules import identifier, owners, switched_off
from kg.validation.formats.view import Row, engine, headline, name, row, title
from kg.validation.formats.words import number, word
from kg.validation.messages import Language
from kg.validation.report import Report

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
    owner = owners(report, context)
    found: dict[str, list[Row]] = {_key(shape): [] for shape in report.shapes}
    called: dict[str, Node] = {_key(shape): shape for shape in report.shapes}
    for finding in report.shown:
        shape = owner.get(finding.shape, finding.root or finding.shape)
        key = _key(shape) if isinstance(shape, NamedNode) or shape in report.shapes else identifier(finding)
        called.setdefault(key, shape)
        found.setdefault(key, []).append(row(finding, context, language))
    skipped = {_key(shape): word("met none", language) for shape in report.idle or ()}
    for shape in switched_off(context):
        called.setdefault(_key(shape), shape)
        found.setdefault(_key(shape), [])
        skipped[_key(shape)] = word("off", language)
    cases = [
        _case(key, called[key], found[key], skipped.get(key), _FAILING[fail_on], context, language)
        for key in sorted(found)
    ]
    failures = sum("<failure" in case for case in cases)
    passed_over = sum("<skipped" in case for case in cases)
    totals = f'tests="{len(cases)}" failures="{failures}" errors="0"'
    lines = [
        '<?xml version="1.0" encoding="UTF-8"?>',
        f'<testsuites name="SHACL" {totals}>',
        f'<testsuite name="SHACL" {totals} skipped="{passed_over}">',
        "<properties>",
        f'<property name="engine" value={_attribute(report.engine)}/>',
        *([] if (n := report.focus_nodes) is None else [f'<property name="focusNodes" value="{n}"/>']),
        "</properties>",
        *cases,
        f"<system-out>{_text(_summary(report, language))}</system-out>",
        "</testsuite>",
        "</testsuites>",
    ]
    return "".join(f"{line}\n" for line in lines)


def _key(shape: Node) -> str:
    """What orders and names the case of a shape."""
    return name(shape)


def _case(
    key: str,
    shape: Node,
    rows: list[Row],
    skipped: str | None,
    failing: tuple[str, ...],
    context: Context,
    language: Language,
) -> str:
    """The test case of a shape."""
    titled = title(shape, context, language)
    attributes = f"name={_attribute(key if titled is None else f'{key}, {titled}')} classname={_attribute(key)}"
    inside: list[str] = []
    bad = [shown for shown in rows if shown.level in failing]
    if bad:
        # One element for all of them: most readers take the first alone.
        worst = min(bad, key=lambda shown: _LEVELS.index(shown.level))
        first = worst.message if len(bad) == 1 else f"{number(len(bad), language)}: {worst.message}"
        details = "\n".join(_details(shown, language) for shown in bad)
        kind = _attribute(worst.finding.severity_name)
        inside.append(f"<failure type={kind} message={_attribute(first)}>{_text(details)}</failure>")
    mild = [_details(shown, language) for shown in rows if shown.level not in failing]
    if mild:
        inside.append(f"<system-out>{_text(chr(10).join(mild))}</system-out>")
    if skipped is not None and not rows:
        inside.append(f"<skipped message={_attribute(skipped)}/>")
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
