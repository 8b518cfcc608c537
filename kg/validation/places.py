"""Where in the files a node, or a property of it, stands: cheaply, or not at all.

No parser here says where a triple stands. This reads the first column alone: a statement that begins there, after a
finished one, tells its subject, as all Turtle of `kg format` and all N-Triples do. Where that cannot be sure (long
strings, one-line documents) the file is named without a line.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from kg.errors import Place
from kg.terms import Literal, NamedNode, Term
from kg.validation.graphs import Graph, Part
from kg.vocab import RDF

_PREFIX = re.compile(r"^\s*(?:@prefix|PREFIX)\s+([\w.\-]*):\s*<([^>]*)>", re.IGNORECASE)
_FIRST = re.compile(r"(?:<([^>\s]*)>|([\w.\-]*):([^\s;,()\[\]]*))(?=[\s;]|$)")


@dataclass(frozen=True, slots=True)
class Located:
    """A place and, in a file of named graphs, the graph."""

    place: Place
    graph: NamedNode | None = None


def locate(
    graph: Graph, subject: Term, predicate: NamedNode | None = None, value: Term | None = None
) -> Located | None:
    """The place of a triple, or of its subject when there is no such triple; None when neither is in a file."""
    best: tuple[int, Part] | None = None
    for part in graph.parts:
        triples = part.by_subject.get(subject) if part.file is not None else None
        if not triples:
            continue
        exact = [t for t in triples if t.predicate == predicate]
        rank = 0 if any(t.object == value for t in exact) else 1 if exact else 2
        if best is None or rank < best[0]:
            best = rank, part
    if best is None:
        return None
    file = best[1].file
    line = None if file is None else _line(file, subject, predicate, value)
    return Located(Place(file or "", line), best[1].graph)


def _line(file: Path, subject: Term, predicate: NamedNode | None, value: Term | None) -> int | None:
    """The line of the value, else of the property, else of the subject."""
    try:
        state = file.stat()
    except OSError:
        return None
    text = _read(file, state.st_mtime_ns, state.st_size)
    if text is None or not isinstance(subject, NamedNode):
        return None
    start = text.starts.get(subject.value)
    if start is None or predicate is None:
        return start
    names = {f" {name} " for name in text.names(predicate.value)}
    if predicate == RDF.type:
        names.add(" a ")
    found = _search(text.lines[start - 1 : text.end(start)], names)
    if found is None:
        return start
    if isinstance(value, NamedNode):
        tokens = {f" {name} " for name in text.names(value.value)}
    elif isinstance(value, Literal):
        tokens = {f'"{value.value}"', f" {value.value} "}
    else:
        return start + found
    block = text.lines[start - 1 + found : text.end(start)]
    last = next((i for i, line in enumerate(block) if line.rstrip().endswith((";", "."))), len(block) - 1)
    return start + found + (_search(block[: last + 1], tokens) or 0)


def _search(lines: Iterable[str], tokens: set[str]) -> int | None:
    """The index of the first line with one of the tokens, punctuation taken as space."""
    for index, line in enumerate(lines):
        spaced = f" {re.sub(r'[;,.]?$', '', line.strip()).strip()} "
        if any(token in spaced for token in tokens):
            return index
    return None


@dataclass(frozen=True)
class _Text:
    """The lines of a file, its prefixes, and the line on which each subject's first statement begins."""

    lines: list[str]
    prefixes: dict[str, str]
    starts: dict[str, int]

    def names(self, iri: str) -> list[str]:
        """The ways in which the file may write an IRI."""
        short = [f"{p}:{iri[len(base) :]}" for p, base in self.prefixes.items() if base and iri.startswith(base)]
        return [f"<{iri}>", *short]

    def end(self, start: int) -> int:
        """The number of the line before the next statement that begins in the first column."""
        for number in range(start + 1, len(self.lines) + 1):
            if self.lines[number - 1][:1].strip():
                return number - 1
        return len(self.lines)


@lru_cache(maxsize=64)
def _read(file: Path, _changed: int, _size: int) -> _Text | None:
    """The file's text, read anew when the file has changed; None when its first column cannot be trusted."""
    if file.suffix not in (".ttl", ".nt", ".nq", ".trig"):
        return None
    try:
        text = file.read_text(encoding="utf-8-sig")
    except (OSError, ValueError):
        return None
    if '"""' in text or "'''" in text:
        return None
    lines = text.split("\n")
    prefixes = {found[1]: found[2] for line in lines if (found := _PREFIX.match(line))}
    starts: dict[str, int] = {}
    finished = True  # whether the line before ended a statement
    for number, line in enumerate(lines, 1):
        stripped = line.strip()
        if not stripped or stripped.startswith("#"):
            continue
        if finished and (found := _FIRST.match(line)):
            full, prefix, local = found.groups()
            iri = full if full is not None else prefixes.get(prefix, "") + local
            starts.setdefault(iri, number)
        finished = stripped.endswith((".", "{", "}")) or _PREFIX.match(line) is not None
    return _Text(lines, prefixes, starts)
