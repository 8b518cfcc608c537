"""SPARQL constraints and validators: the query of a shape, run for all focus nodes at once.

SHACL runs it once a node, with $this bound before. Here the pattern of the focus nodes is put into each scope that
needs $this: the outermost WHERE, each subquery, and each inner group that reads $this in a FILTER or a BIND, where a
variable bound outside the braces is not seen. What would mean something else for many nodes than for one is refused.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from typing import NoReturn

from kg.engine.lexer import Token, tokens
from kg.terms import Term

Refuse = Callable[[str, str], NoReturn]

_FORBIDDEN = {
    "SERVICE": "sparql-service",
    "GRAPH": "sparql-graph",
    "FROM": "sparql-graph",
    "MINUS": "sparql-forbidden",
    "VALUES": "sparql-forbidden",
    "LIMIT": "sparql-limit",
    "OFFSET": "sparql-limit",
    "CONSTRUCT": "sparql-form",
    "ASK": "sparql-form",
    "DESCRIBE": "sparql-form",
}


@dataclass(frozen=True, slots=True)
class UserQuery:
    """A query taken apart: its text, where the pattern of focus nodes goes, where $PATH stands, what is replaced.

    ``asks``: it is an ASK, which each value is to answer with yes; ``slots`` are then the ends of its group.
    """

    text: str
    slots: tuple[int, ...]
    paths: tuple[tuple[int, int], ...]
    replaced: tuple[tuple[int, int, str], ...] = ()
    asks: bool = False

    def filled(self, pattern: str, path: str | None, *, anchored: bool = False) -> str:
        """The query with the pattern of the focus nodes, and the path of the property shape, put in.

        Of an ASK, the values that it does not hold for; ``pattern`` then binds ?value as well. ``anchored``: it is
        repeated inside EXISTS, for a store to which an EXISTS without a triple pattern is never true nor false.
        """
        edits = list(self.replaced)
        edits += [(start, end, f"({path})") for start, end in self.paths]
        if not self.asks:
            edits += [(slot, slot, f" {pattern} ") for slot in self.slots]
            return self._edited(edits, 0, len(self.text))
        first, last = self.slots
        ask = next(token for token in tokens(self.text) if token.says("ASK"))
        prologue = self._edited([], 0, ask.start)
        body = (f"{pattern} " if anchored else "") + self._edited(edits, first, last)
        return f"{prologue} SELECT DISTINCT ?this ?value WHERE {{ {pattern} FILTER NOT EXISTS {{ {body} }} }}"

    def _edited(self, edits: list[tuple[int, int, str]], first: int, last: int) -> str:
        text = self.text[:last]
        for start, end, new in sorted(edits, reverse=True):
            if first <= start and end <= last:
                text = text[:start] + new + text[end:]
        return text[first:]


def read(text: str, refuse: Refuse, bindings: Mapping[str, Term] | None = None) -> UserQuery:
    """Take a query apart. ``refuse`` is called with the name of a gap and what was met.

    ``bindings`` (None for sh:sparql): the parameters of a validator, which may be an ASK. They are put in as terms.
    """
    reader = _Reader(text, refuse)
    if bindings is None:
        return reader.query()
    query = reader.validator()
    return replace(query, replaced=tuple(reader.replaced(bindings)))


def _is(token: Token, name: str) -> bool:
    return token.kind == "var" and token.text[1:] == name


class _Reader:
    """One pass over the tokens; it knows braces and the clauses of SELECT, the rest is the engine's to judge."""

    def __init__(self, text: str, refuse: Refuse) -> None:
        self._text, self._refuse = text, refuse
        self._tokens = list(tokens(text))
        self._slots: list[int] = []

    def query(self) -> UserQuery:
        paths = self._check()
        start = next((at for at, token in enumerate(self._tokens) if token.says("SELECT")), None)
        if start is None:
            self._refuse("sparql-form", "no SELECT")
        if self._select(start, outermost=True) != len(self._tokens):
            self._refuse("sparql-form", "braces")
        return UserQuery(self._text, tuple(self._slots), paths)

    def validator(self) -> UserQuery:
        """A SELECT as ``query`` reads it, or an ASK."""
        if not any(token.says("ASK") for token in self._tokens):
            return self.query()
        paths = self._check(asks=True)
        start = next(at for at, token in enumerate(self._tokens) if token.says("ASK")) + 1
        start += self._at(start).says("WHERE")
        if not self._at(start).says("{") or self._group(start, "exists")[0] != len(self._tokens):
            self._refuse("sparql-form", "braces")
        return UserQuery(self._text, (self._tokens[start].end, self._tokens[-1].start), paths, asks=True)

    def replaced(self, bindings: Mapping[str, Term]) -> Iterator[tuple[int, int, str]]:
        """(start, end, text) for each use of a parameter: its term; true for BOUND; nothing in a projection."""
        stream = self._tokens
        projecting = False
        for at, token in enumerate(stream):
            projecting = token.says("SELECT") or (projecting and not token.says("{"))
            term = bindings.get(token.text[1:]) if token.kind == "var" else None
            if term is None:
                continue
            if at and stream[at - 1].says("AS"):
                self._refuse("sparql-assigned", token.text)
            if at > 1 and stream[at - 2].says("BOUND"):
                yield stream[at - 2].start, stream[at + 1].end, "true"
            elif projecting and not any(it.says("(") for it in stream[at - 2 : at]):
                yield token.start, token.end, ""
            else:
                yield token.start, token.end, str(term)

    def _check(self, *, asks: bool = False) -> tuple[tuple[int, int], ...]:
        """Refuse words and variables; where $PATH stands."""
        paths: list[tuple[int, int]] = []
        before: Token | None = None
        for token in self._tokens:
            word = token.text.upper() if token.kind == "word" else ""
            if word in _FORBIDDEN and not (asks and word == "ASK"):
                self._refuse(_FORBIDDEN[token.text.upper()], token.text)
            if _is(token, "shapesGraph") or _is(token, "currentShape"):
                self._refuse("sparql-variable", token.text)
            if _is(token, "this") and before is not None and before.says("AS"):
                self._refuse("sparql-assigned", "")
            if _is(token, "PATH"):
                paths.append((token.start, token.end))
            before = token
        return tuple(paths)

    def _at(self, at: int) -> Token:
        if at >= len(self._tokens):
            self._refuse("sparql-form", "braces")
        return self._tokens[at]

    def _select(self, at: int, *, outermost: bool) -> int:
        """Read a SELECT with its modifiers; the position after it."""
        at += 1
        projected = False
        while not self._at(at).says("{"):
            projected |= _is(self._at(at), "this") or self._at(at).says("*")
            at += 1
        if not projected:
            self._refuse("sparql-scope", "" if not outermost else "SELECT without $this")
        at = self._group(at, "where")[0]
        grouped: bool | None = None
        while at < len(self._tokens) and not self._tokens[at].says("}"):
            token = self._tokens[at]
            if token.says("{"):  # EXISTS in HAVING
                at = self._group(at, "exists")[0]
                continue
            if token.says("GROUP"):
                grouped = False
            elif (token.says("HAVING") or token.says("ORDER")) and grouped is False:
                break
            elif grouped is False and _is(token, "this"):
                grouped = True
            at += 1
        if grouped is False:
            self._refuse("sparql-scope", "GROUP BY")
        while at < len(self._tokens) and not self._tokens[at].says("}"):
            at = self._group(at, "exists")[0] if self._tokens[at].says("{") else at + 1
        return at

    def _group(self, at: int, kind: str) -> tuple[int, bool]:
        """Read a group; the position after it, and whether it names $this."""
        start = self._at(at).end
        at += 1
        if self._at(at).says("SELECT"):
            at = self._select(at, outermost=False)
            self._at(at)
            return at + 1, True
        this = reads = False
        while not self._at(at).says("}"):
            token = self._at(at)
            if token.says("{"):
                before = self._tokens[at - 1]
                inner = "exists" if before.says("EXISTS") else "optional" if before.says("OPTIONAL") else "plain"
                if kind == "exists" and inner == "plain":
                    inner = "exists"  # what EXISTS puts in is seen all through it
                at, named = self._group(at, inner)
                this |= named
                continue
            this |= _is(token, "this")
            reads |= token.says("FILTER") or token.says("BIND")
            at += 1
        if kind == "where" or (this and reads and kind in ("plain", "optional")):
            self._slots.append(start)
        return at + 1, this
