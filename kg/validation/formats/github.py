"""The report as workflow commands of GitHub Actions, which become annotations on the lines of a change.

GitHub shows ten annotations of a level a step and drops the others without a word. So each shape's first finding
comes first, the others stand in the log, and a closing annotation says how many have none.
"""

from __future__ import annotations

from kg.terms import visible
from kg.validation.context import Context
from kg.validation.formats.view import Group, Row, engine, groups, headline, relative
from kg.validation.formats.words import word
from kg.validation.messages import Language
from kg.validation.report import Report

MOST = 10  # annotations of a level that GitHub shows for a step
_COMMANDS = {"error": "error", "warning": "warning", "note": "notice"}


def to_github(report: Report, context: Context, language: Language = "en") -> str:
    """The report as lines for the log of a step."""
    found = groups(report.shown, context, language)
    # Turn by turn: the first finding of every shape, then the second of each.
    turns = sorted(
        ((turn, position, group, row) for position, group in enumerate(found) for turn, row in enumerate(group.rows)),
        key=lambda item: item[:2],
    )
    by_level: dict[str, list[tuple[Group, Row]]] = {level: [] for level in _COMMANDS}
    for _, _, group, row in turns:
        by_level[row.level].append((group, row))
    room = dict.fromkeys(_COMMANDS, MOST)
    if report.left_out or report.known or any(len(rows) > MOST for rows in by_level.values()):
        room["note"] -= 1  # for the closing one
    lines = [_log(engine(report, language))]
    rest: list[tuple[Group, Row]] = []
    for level, rows in by_level.items():
        lines += [_annotation(group, row, context) for group, row in rows[: room[level]]]
        rest += rows[room[level] :]
    if rest:
        lines.append(f"::group::{_data(word('all', language))}")
        lines += [_log(_line(group, row)) for group, row in rest]
        lines.append("::endgroup::")
    closing = [headline(report, language)]
    if rest:
        closing.append(word("not annotated", language, n=len(rest)))
    if report.left_out:
        closing.append(word("left out", language, n=report.left_out))
    if report.known:
        closing.append(word("known", language, n=len(report.known)))
    if len(closing) > 1:
        lines.append(f"::notice title=SHACL::{_data(' '.join(closing))}")
    else:
        lines.append(_log(closing[0]))
    return "".join(f"{line}\n" for line in lines)


def _annotation(group: Group, row: Row, context: Context) -> str:
    """A finding as a command."""
    located = context.located(row.finding)
    properties: dict[str, str] = {}
    if located is not None:
        file = located.place.file
        properties["file"] = relative(file, context.root) or str(file)
        if located.place.line is not None:
            properties["line"] = str(located.place.line)
            if located.place.column is not None:
                properties["col"] = str(located.place.column)
    properties["title"] = visible(group.heading)
    said = ",".join(f"{key}={_property(value)}" for key, value in properties.items())
    facts = [row.message, row.called, row.path, row.value]
    return f"::{_COMMANDS[row.level]} {said}::{_data(chr(10).join(visible(f) for f in facts if f is not None))}"


def _line(group: Group, row: Row) -> str:
    """A finding as a line of the log."""
    head = [row.place, row.severity, row.message]
    tail = [row.called, row.path, row.value, group.name]
    return ": ".join(p for p in head if p is not None) + " | " + " | ".join(p for p in tail if p is not None)


def _data(text: str) -> str:
    """A text after the second pair of colons."""
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(text: str) -> str:
    """A text as a property's value."""
    return _data(text).replace(":", "%3A").replace(",", "%2C")


def _log(text: str) -> str:
    """A line that is no command: neither ``::name`` at its beginning nor the older ``##[name]`` anywhere in it."""
    return "- " + visible(text).replace("##[", "# #[")
