"""The report for people: grouped by shape, at most 80 columns, zh or en; nothing in the data can steer a terminal."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import groupby
from pathlib import Path

from kg.terms import BlankNode, Literal, NamedNode, Node, Term, visible
from kg.validation.graphs import Graph
from kg.validation.messages import Language, label, message, word
from kg.validation.paths import to_short_sparql
from kg.validation.places import Located, locate
from kg.validation.report import Finding, Report
from kg.vocab import shorten

WIDTH = 80
_COLOURS = {"Violation": "31", "Warning": "33", "Info": "36", "shape": "1", "good": "32", "dim": "2"}


@dataclass(frozen=True)
class Context:
    """What a report needs beside itself: the shapes, and the data that findings are found in again."""

    shapes: Graph
    data: tuple[Graph, ...]

    def located(self, finding: Finding) -> Located | None:
        """Where a finding stands: its value, its property or its focus node."""
        predicate = finding.path if isinstance(finding.path, NamedNode) else None
        found = (locate(graph, finding.focus, predicate, finding.value) for graph in self.data)
        return next((place for place in found if place is not None), None)


def to_text(
    report: Report,
    context: Context,
    language: Language = "en",
    *,
    colour: bool = False,
    width: int = WIDTH,
    idle: bool = False,
) -> str:
    """The report as lines of at most ``width`` columns, each ended by LF; ``idle``: name shapes that met no node."""
    page = _Page(colour, width)
    _heading(page, report, language)
    for shape, findings in groupby(report.findings, key=lambda finding: finding.shape):
        _group(page, shape, list(findings), context, language)
    _closing(page, report, language, idle)
    return "".join(f"{line}\n" for line in page.lines)


def _heading(page: _Page, report: Report, language: Language) -> None:
    """The first line: which engine ran, and why if it is not the one asked for."""
    if report.fallback is not None:
        page.add(word("fallback", language, engine=report.engine, reason=report.fallback), style="Warning")
    else:
        page.add(word("checked", language, engine=report.engine), style="dim")


def _group(page: _Page, shape: Node, findings: Sequence[Finding], context: Context, language: Language) -> None:
    """The findings of one shape; a message that they share stands once, under the shape."""
    root = findings[0].root
    name = _name(shape) if isinstance(shape, NamedNode) else word("anonymous", language)
    if root is not None and root != shape:
        name = f"{shorten(root)} › {name}"
    title = label([context.shapes], shape, language)
    number = word("finding" if len(findings) == 1 else "findings", language, n=len(findings))
    page.add("")
    page.add(f"{name} ({number})" if title is None else f"{name}, {title} ({number})", style="shape")
    said = [message(finding, context.shapes, language) for finding in findings]
    shared = len(set(said)) == 1
    if shared:
        page.add(said[0], indent=2)
    for finding, text in zip(findings, said, strict=True):
        _finding(page, finding, None if shared else text, context, language)


def _finding(page: _Page, finding: Finding, says: str | None, context: Context, language: Language) -> None:
    """One finding."""
    severity = finding.severity_name
    shown = word(severity, language) if severity in _COLOURS else shorten(finding.severity)
    name = label(context.data, finding.focus, language) if not isinstance(finding.focus, Literal) else None
    focus = _name(finding.focus) if name is None else f"{name} ({_name(finding.focus)})"
    page.add(f"{shown}: {focus}", indent=2, style=severity if severity in _COLOURS else None)
    rows: list[tuple[str, str]] = []
    if finding.path is not None:
        rows.append(("path", to_short_sparql(finding.path)))
    if finding.value is not None:
        rows.append(("value", _name(finding.value)))
    if says is not None:
        rows.append(("says", says))
    place = context.located(finding)
    if place is not None:
        text = _relative(str(place.place))
        if place.graph is not None:
            text += f" ({word('graph', language, graph=shorten(place.graph))})"
        rows.append(("at", text))
    for key, text in rows:
        page.add(text, indent=4, key=word(key, language))


def _closing(page: _Page, report: Report, language: Language, idle: bool) -> None:
    """The last lines: counts."""
    page.add("")
    if idle and report.idle:
        page.add(word("idle", language, shapes=", ".join(map(_name, report.idle))), style="Warning")
    if report.conforms:
        page.add(word("conforms", language), style="good")
    counts = {name.lower(): number for name, number in report.counts().items()}
    page.add(
        word(
            "closing" if report.focus_nodes is not None else "closing_uncounted",
            language,
            shapes=report.shapes_checked,
            nodes=report.focus_nodes,
            **counts,
        ),
        style=None if report.conforms else "shape",
    )
    others = len(report.findings) - sum(counts[name] for name in ("violation", "warning", "info"))
    if others:
        page.add(word("others", language, n=others))


def _name(term: Term) -> str:
    """A term as people read it."""
    if isinstance(term, NamedNode):
        return shorten(term)
    if isinstance(term, BlankNode):
        return str(term)
    if term.language:
        return f'"{term.value}"@{term.language}'
    datatype = shorten(term.datatype)
    return f'"{term.value}"' if datatype == "xsd:string" else f'"{term.value}" ({datatype})'


def _relative(place: str) -> str:
    """A place with the working folder left out."""
    return place.removeprefix(f"{Path.cwd()}/")


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
        for number, line in enumerate(wrap(visible(text), self._width - columns(lead), self._width - len(hang))):
            plain = (lead if number == 0 else hang) + line
            code = _COLOURS.get(style or "")
            self.lines.append(f"\x1b[{code}m{plain}\x1b[0m" if self._colour and code and line else plain.rstrip())


def columns(text: str) -> int:
    """How many columns a terminal gives the text: two for a wide character, none for a combining one."""
    return sum(map(_columns, text))


def _columns(character: str) -> int:
    if unicodedata.combining(character) or unicodedata.category(character) in ("Mn", "Me"):
        return 0
    return 2 if unicodedata.east_asian_width(character) in ("W", "F") else 1


def wrap(text: str, first: int, rest: int) -> list[str]:
    """Lines of at most ``first``, then ``rest`` columns, broken at spaces, beside wide characters, or anywhere."""
    lines: list[str] = []
    line, room = "", first
    for piece in _pieces(text):
        if columns(line) + columns(piece.rstrip()) > room and line.strip():
            lines.append(line.rstrip())
            line, room = "", rest
        for character in piece:
            if columns(line) + _columns(character) > room and character != " ":
                lines.append(line.rstrip())
                line, room = "", rest
            line += character
    return [*lines, line.rstrip()]


# Characters that Chinese does not begin a line with.
_NOT_FIRST = "。,、;:?!)》」』”’…,;:?!)"


def _pieces(text: str) -> Iterable[str]:
    """The text in pieces that a line may be broken after: words with the space after them, wide characters."""
    piece = ""
    for position, character in enumerate(text):
        piece += character
        after = text[position + 1 : position + 2]
        wide = _columns(character) == 2 or (after and _columns(after) == 2)
        if (character == " " and after != " ") or (wide and after and after not in _NOT_FIRST):
            yield piece
            piece = ""
    if piece:
        yield piece
