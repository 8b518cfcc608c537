"""The report for people: grouped by shape, at most 80 columns, zh or en; nothing in the data can steer a terminal."""

from __future__ import annotations

from collections import Counter

from kg.terms import visible
from kg.typesetting import columns, wrap
from kg.validation.context import Context
from kg.validation.formats.view import Group, Row, engine, groups, headline, name, recorded
from kg.validation.formats.words import number, word
from kg.validation.messages import Language
from kg.validation.report import SEVERITIES, Report, Stats, counts

WIDTH = 80
SCREEN = 20  # findings from which on a report ends with the shapes that have most
LISTED = 10  # shapes listed there
_COLOURS = {"Violation": "31", "Warning": "33", "Info": "36", "shape": "1", "good": "32", "dim": "2"}


def to_text(
    report: Report,
    context: Context,
    language: Language = "en",
    *,
    colour: bool = False,
    width: int = WIDTH,
    idle: bool = False,
    stats: bool = False,
) -> str:
    """The report as lines of at most ``width`` columns, each ended by LF.

    ``idle``: name shapes that met no node; ``stats``: count what every shape met, and what of each class is checked.
    """
    page = _Page(colour, width)
    page.add(engine(report, language), style="dim" if report.fallback is None else "Warning")
    for group in groups(report.shown, context, language):
        _group(page, group, language)
    if len(report.new) > SCREEN:
        _by_shape(page, report, context, language)
    if stats and report.stats is not None:
        _stats(page, report.stats, language)
    _closing(page, report, language, idle)
    return "".join(f"{line}\n" for line in page.lines)


def _group(page: _Page, group: Group, language: Language) -> None:
    """The findings of one shape; a message that they share stands once, under the shape."""
    page.add("")
    page.add(f"{group.heading} ({number(len(group.rows), language)})", style="shape")
    if group.shared is not None:
        page.add(group.shared, indent=2)
    if group.path is not None:
        page.add(group.path, indent=2, key=word("path", language))
    for row in group.rows:
        _finding(page, row, group, language)


def _finding(page: _Page, row: Row, group: Group, language: Language) -> None:
    """One finding: place, severity and message as compilers write them, then the node and what is wrong with it."""
    style = row.finding.severity_name if row.finding.severity_name in _COLOURS else None
    head = [row.place, row.severity, None if group.shared is not None else row.message]
    page.add(": ".join(part for part in head if part is not None), indent=2, style=style)
    page.add(row.called, indent=4, key=word("focus", language))
    if row.graph is not None:
        page.add(row.graph, indent=4, key=word("graph", language))
    for key, text in (("path", group.path_of(row)), ("value", row.value)):
        if text is not None:
            page.add(text, indent=4, key=word(key, language))


def _by_shape(page: _Page, report: Report, context: Context, language: Language) -> None:
    """The shapes with most findings, listed or not: the end of a long report is what people see first."""
    number_of = Counter(finding.shape for finding in report.new)
    first = {finding.shape: finding for finding in reversed(report.new)}
    most = [(n, first[shape]) for shape, n in number_of.most_common()]
    if len(most) == 1:
        return
    page.add("")
    page.add(word("by shape", language), style="shape")
    wide = len(str(most[0][0]))
    for n, finding in most[:LISTED]:
        (group,) = groups([finding], context, language)
        page.add(group.heading, indent=2, key=str(n).rjust(wide) + " ")
    if len(most) > LISTED:
        page.add(word("more shapes", language, n=len(most) - LISTED), indent=2)


def _closing(page: _Page, report: Report, language: Language, idle: bool) -> None:
    """The last lines: what is not listed, what the baseline says, and counts."""
    page.add("")
    if report.left_out:
        page.add(word("left out", language, n=report.left_out), style="Warning")
    if idle and report.idle:
        page.add(word("idle", language, shapes=", ".join(map(name, report.idle))), style="Warning")
    if report.compared is not None:
        if report.known:
            page.add(word("known", language, n=len(report.known)), style="dim")
        _gone(page, report, language)
    if not report.new:
        page.add(headline(report, language), style="good")
    found = counts(report.new)
    numbers = {key.lower(): found[key] for key in SEVERITIES}
    page.add(
        word(
            "closing" if report.focus_nodes is not None else "closing_uncounted",
            language,
            shapes=report.shapes_checked,
            nodes=report.focus_nodes,
            **numbers,
        ),
        style="shape" if report.new else None,
    )
    others = len(report.new) - sum(numbers.values())
    if others:
        page.add(word("others", language, n=others))


def _gone(page: _Page, report: Report, language: Language) -> None:
    """What the baseline has and the data has no more."""
    gone = () if report.compared is None else report.compared.gone
    if not gone:
        return
    page.add(word("gone", language, n=sum(record.count for record in gone)))
    for record in gone:
        page.add(f"- {recorded(record, language)}", indent=2)
    page.add(word("update", language))


def _stats(page: _Page, stats: Stats, language: Language) -> None:
    """Two lists: shapes with the number of their focus nodes, classes with how many of their nodes are checked."""
    page.add("")
    page.add(word("focus by shape", language), style="shape")
    for shape, met in stats.focus:
        page.add(name(shape), indent=2, key=f"{met:>7}", style=None if met else "Warning")
    if stats.classes:
        page.add("")
        page.add(word("classes checked", language), style="shape")
        for seen in stats.classes:
            style = None if seen.checked == seen.instances else "Warning"
            page.add(name(seen.name), indent=2, key=f"{seen.checked:>7} / {seen.instances:<7}", style=style)


class _Page:
    """Lines, wrapped and coloured."""

    def __init__(self, colour: bool, width: int) -> None:
        self.lines: list[str] = []
        self._colour = colour
        self._width = width

    def add(self, text: str, *, indent: int = 0, key: str = "", style: str | None = None) -> None:
        """Add a text, after a key of its own column if there is one; continuation lines hang below the text."""
        lead = " " * indent
        if key:
            lead += key + " " * max(1, 6 - columns(key))
        hang = " " * (columns(lead) if key else indent + 2 if indent else 0)
        for position, line in enumerate(wrap(visible(text), self._width - columns(lead), self._width - len(hang))):
            plain = (lead if position == 0 else hang) + line
            code = _COLOURS.get(style or "")
            self.lines.append(f"\x1b[{code}m{plain}\x1b[0m" if self._colour and code and line else plain.rstrip())
