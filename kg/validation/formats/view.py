"""Findings as people read them: grouped by shape, every part a text, for the formats to lay out and to escape."""

from __future__ import annotations

import contextlib
import os
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby
from pathlib import Path
from urllib.parse import quote

from kg.errors import Place
from kg.terms import BlankNode, Literal, NamedNode, Node, Term
from kg.validation.context import Context
from kg.validation.formats.words import WORDS, number, word
from kg.validation.messages import Language, label, message
from kg.validation.paths import read_path, to_short_sparql
from kg.validation.report import SEVERITIES, Finding, Recorded, Report, counts
from kg.vocab import SH, shorten

_LEVELS = {"Violation": "error", "Warning": "warning", "Info": "note", "Debug": "note", "Trace": "note"}


@dataclass(frozen=True, slots=True)
class Row:
    """One finding. ``place`` is as a terminal can be clicked at; ``focus`` is a term, ``label`` what it is called."""

    finding: Finding
    severity: str
    focus: str
    label: str | None
    path: str | None
    value: str | None
    message: str
    place: str | None
    graph: str | None

    @property
    def level(self) -> str:
        """``error``, ``warning`` or ``note``."""
        return level(self.finding.severity)

    @property
    def called(self) -> str:
        """The focus node with its label before it."""
        return self.focus if self.label is None else f"{self.label} ({self.focus})"


@dataclass(frozen=True, slots=True)
class Group:
    """The findings of one shape. ``shared`` and ``shared_path``: the message and the path, when all have the same."""

    shape: Node
    name: str
    title: str | None
    rows: tuple[Row, ...]
    shared: str | None
    shared_path: str | None

    @property
    def path(self) -> str | None:
        """The path that all share, unless the name of the shape says it already."""
        return None if self.name.endswith(f" › {self.shared_path}") else self.shared_path

    def path_of(self, row: Row) -> str | None:
        """The path of a finding, unless all share it."""
        return None if self.shared_path is not None else row.path

    @property
    def heading(self) -> str:
        """Name and title."""
        return self.name if self.title is None else f"{self.name}, {self.title}"


def groups(findings: Sequence[Finding], context: Context, language: Language) -> tuple[Group, ...]:
    """Findings by shape, in canonical order; those of one shape as they stand in the files."""

    def stands(finding: Finding) -> tuple[str, int, int]:
        place = located.place if (located := context.located(finding)) is not None else None
        return ("", 0, 0) if place is None else (str(place.file), place.line or 0, place.column or 0)

    found: list[Group] = []
    for shape, members in groupby(findings, key=lambda finding: finding.shape):
        own = tuple(sorted(members, key=stands))
        rows = tuple(row(finding, context, language) for finding in own)
        found.append(
            Group(
                shape,
                shape_name(own[0], context, language),
                title(shape, context, language),
                rows,
                shared=rows[0].message if len({row.message for row in rows}) == 1 else None,
                shared_path=rows[0].path if len({row.path for row in rows}) == 1 else None,
            )
        )
    return tuple(found)


def row(finding: Finding, context: Context, language: Language) -> Row:
    """One finding as texts."""
    located = context.located(finding)
    focus = finding.focus
    return Row(
        finding=finding,
        severity=severity(finding.severity, language),
        focus=name(focus),
        label=None if isinstance(focus, Literal) else context.name(focus, language),
        path=None if finding.path is None else to_short_sparql(finding.path),
        value=None if finding.value is None else name(finding.value),
        message=message(finding, context.shapes, language),
        place=None if located is None else place(located.place, context.root),
        graph=None if located is None or located.graph is None else _graph(located.graph, located.inputs),
    )


def _graph(graph: NamedNode, inputs: Sequence[NamedNode]) -> str:
    """The named graph; for what a rule derived, from what."""
    return " ← ".join([shorten(graph), ", ".join(map(shorten, inputs))] if inputs else [shorten(graph)])


def level(severity: NamedNode) -> str:
    """``error``, ``warning`` or ``note``; a severity of someone's own is a warning."""
    return _LEVELS.get(severity.value.removeprefix(str(SH)), "warning")


def severity(term: NamedNode, language: Language) -> str:
    """The word for a severity; the short IRI of someone's own."""
    local = term.value.removeprefix(str(SH))
    return word(local, language) if local in SEVERITIES and local in WORDS else shorten(term)


def shape_name(finding: Finding, context: Context, language: Language) -> str:
    """The short IRI of the finding's shape; for a shape without one, the path below the shape that has one."""
    shape, root = finding.shape, finding.root
    if isinstance(shape, NamedNode):
        return shorten(shape)
    node = context.shapes.value(shape, SH.path)
    own = word("anonymous", language)
    if node is not None:
        with contextlib.suppress(ValueError):  # shapes are checked before; someone else's graph may be anything
            own = to_short_sparql(read_path(context.shapes, node))
    return own if root is None else f"{shorten(root)} › {own}"


def title(shape: Node, context: Context, language: Language) -> str | None:
    """What the shapes graph calls a shape."""
    return label([context.shapes], shape, language)


def name(term: Term) -> str:
    """A term as people read it."""
    if isinstance(term, NamedNode):
        return shorten(term)
    if isinstance(term, BlankNode):
        return str(term)
    if term.language:
        return f'"{term.value}"@{term.language}'
    datatype = shorten(term.datatype)
    return f'"{term.value}"' if datatype == "xsd:string" else f'"{term.value}" ({datatype})'


def place(of: Place, root: Path) -> str:
    """``file:line:column``, the file named from ``root`` where it lies below."""
    return str(Place(relative(of.file, root) or of.file, of.line, of.column))


def relative(file: Path | str, root: Path) -> str | None:
    """The file's path from ``root``, with slashes; None when it does not lie below it, or is no file but an IRI."""
    if isinstance(file, str) and "://" in file:
        return None
    path = Path(os.path.normpath(root / file))
    return path.relative_to(root).as_posix() if path.is_relative_to(root) else None


def uri(file: Path | str, root: Path) -> tuple[str, bool]:
    """The file as a URI reference, and whether it is relative to ``root``."""
    below = relative(file, root)
    if below is not None:
        # A colon in the first step of a relative reference would make it a scheme.
        return quote(below, safe="/"), True
    if isinstance(file, str) and "://" in file:
        return web(file), False
    return Path(os.path.normpath(root / file)).as_uri(), False


def web(iri: str) -> str:
    """An IRI as a URI: what is not ASCII is percent-encoded."""
    return quote(iri, safe="%/:?#[]@!$&'()*+,;=~")


def headline(report: Report, language: Language) -> str:
    """The outcome as one sentence."""
    n = len(report.new)
    if n:
        return word("fails" if report.compared is None else "fails new", language, n=n, findings=number(n, language))
    return word("conforms" if report.conforms else "nothing new", language)


def engine(report: Report, language: Language) -> str:
    """Which engine ran, and why if it is not the one asked for."""
    if report.fallback is not None:
        return word("fallback", language, engine=report.engine, reason=report.fallback)
    return word("checked", language, engine=report.engine)


def tally(report: Report, language: Language) -> dict[str, int]:
    """Severity's word → number of new findings; the three of SHACL always."""
    return {
        word(key, language) if key in SEVERITIES else shorten(NamedNode(key)) if ":" in key else key: n
        for key, n in counts(report.new).items()
    }


def recorded(record: Recorded, language: Language) -> str:
    """A finding that a baseline has, as one text."""
    parts = [record.shape or word("anonymous", language), record.focus, record.path, record.value]
    text = " · ".join(part for part in parts if part)
    return text if record.count == 1 else f"{text} (×{record.count})"
