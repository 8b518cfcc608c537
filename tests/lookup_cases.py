"""The golden rows of the lookups: where they lie, how they are written, and what a query gives now.

A file ``tests/cases/lookups/NAME.json`` holds the calls of one query, each with what a person would type for its
parameters and the rows expected on the shipped graph. Only the calls are written by hand; ``python -m
tests.approve_lookups`` writes the rows, for review with ``git diff``.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from kg.engine import Embedded
from kg.templates import Template, read, resolve
from kg.terms import BlankNode, Literal, NamedNode, Term
from kg.vocab import PREFIXES, shorten

TOP = Path(__file__).resolve().parent.parent
QUERIES = TOP / "queries" / "lookups"
FOLDER = TOP / "tests" / "cases" / "lookups"


@dataclass(frozen=True, slots=True)
class Case:
    """One call of a query."""

    name: str
    given: dict[str, list[str]]
    rows: tuple[tuple[str, ...], ...]

    @property
    def template(self) -> Template:
        return read(QUERIES / f"{self.name}.rq")

    def answer(self, engine: Embedded) -> tuple[tuple[str, ...], ...]:
        """The rows that the query gives now, written as in the files; triples, sorted, for a CONSTRUCT."""
        template = self.template
        text = template.fill(**resolve(template, self.given, engine))
        if template.constructs is not None:
            triples = engine.construct(text)
            return tuple(sorted((written(t.subject), written(t.predicate), written(t.object)) for t in triples))
        return tuple(tuple(written(term) for term in row) for row in engine.select(text).rows)


def written(term: Term | None) -> str:
    """A term in short: an IRI with a prefix, a literal with its type or language, nothing for what is unbound."""
    if term is None:
        return ""
    if isinstance(term, NamedNode):
        return shorten(term)
    if isinstance(term, Literal):
        text = " ".join(shorten(NamedNode(word)) if _is_ours(word) else word for word in term.value.split(" "))
        if term.language is not None:
            return f'"{text}"@{term.language}'
        kind = term.datatype.value
        return f'"{text}"' if kind == PREFIXES["xsd"] + "string" else f'"{text}"^^{shorten(term.datatype)}'
    assert isinstance(term, BlankNode)
    raise ValueError("a blank node has no name to compare by")


def _is_ours(word: str) -> bool:
    return word.startswith("https://w3id.org/zonekg/") and not word.endswith(";")


def path_of(name: str) -> Path:
    """The file of golden rows for a query."""
    return FOLDER / f"{name}.json"


def names() -> list[str]:
    """Every lookup, by its file."""
    return sorted(path.stem for path in QUERIES.glob("*.rq"))


def cases(name: str) -> list[Case]:
    """The calls in the file of a query; one without parameters when there is no file yet."""
    path = path_of(name)
    if not path.exists():
        return [Case(name, {}, ())]
    calls: list[dict[str, Any]] = json.loads(path.read_text(encoding="utf-8"))
    return [Case(name, call["given"], tuple(tuple(row) for row in call["rows"])) for call in calls]


def to_json(calls: list[Case]) -> str:
    """The text of a file: a row a line, so that a difference reads as rows."""
    blocks = []
    for call in calls:
        given = json.dumps(call.given, ensure_ascii=False)
        rows = ",\n".join("      " + json.dumps(row, ensure_ascii=False) for row in call.rows)
        blocks.append(f'  {{\n    "given": {given},\n    "rows": [\n{rows}\n    ]\n  }}')
    return "[\n" + ",\n".join(blocks) + "\n]\n"
