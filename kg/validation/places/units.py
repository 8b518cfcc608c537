"""A file's text cut into its statements, quickly: regular expressions find their ends, and nothing else is read."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from kg.terms import NamedNode
from kg.validation.places.names import BrokenError, Names
from kg.validation.places.tokens import (
    DECLARATION,
    DOUBTFUL,
    GRAPH_NAME,
    REST,
    SPACE,
    TAG,
    TOKEN,
    WORD_BACKWARDS,
)

# The endings of the files that are cut here.
SYNTAXES = ("ttl", "trig", "nt", "nq")

_BEFORE_WORD = " \t\r\n;,()[]^>"
_LONGEST = 200  # characters of a word that are looked at before all tokens of the statement are


class Unit(NamedTuple):
    """One statement: from the first character of its subject up to the dot or brace that ends it."""

    start: int
    end: int
    names: Names
    graph: NamedNode | None


def units(text: str, syntax: str, base: str) -> Iterator[Unit]:
    """The statements in their order. Where no end of a statement can be told they just end.

    ``base`` is the IRI that relative ones resolve against.
    """
    names = Names(base, {})
    graph: NamedNode | None = None
    inside = False  # within the braces of a graph
    position = 0
    space, size = SPACE.match, len(text)
    try:
        while True:
            start = space(text, position).end()  # type: ignore[union-attr]  # it matches nothing, too
            if start >= size:
                return
            if not inside and text[start] in "@PpBbVv" and (found := DECLARATION.match(text, start)):
                prefix, iri = found["p1"] or found["p3"], found["i1"] or found["i3"] or found["i2"] or found["i4"]
                if iri is not None:
                    names = names.with_prefix(prefix, iri) if prefix else names.with_base(iri)
                position = found.end()
                continue
            end, position = _end(text, start)
            mark = text[position - 1]
            if mark == "{":
                if syntax != "trig" or inside:
                    return
                graph, inside = _graph(text, start, end, names), True
                continue
            if end > start:
                yield Unit(start, end, names, graph)
            if mark == "}":
                if not inside:
                    return
                graph, inside = None, False
    except BrokenError:
        return


def _end(text: str, start: int) -> tuple[int, int]:
    """Where the statement ends that begins at ``start``, and where its dot or brace does."""
    position = token = start
    while True:
        end = REST.match(text, position).end()  # type: ignore[union-attr]  # it matches nothing, too
        mark = text[end : end + 1]
        if mark == "@" and (found := TAG.match(text, end)):
            return found.end(), found.end() + 1
        if mark == "." and DOUBTFUL.match(text, end):
            token = _token_at(text, _word_at(text, token, end), end)
            if token > end:
                position = token
                continue
        elif mark not in (".", "{", "}") or not mark:
            raise BrokenError("no token")
        return end, end + 1


def _word_at(text: str, position: int, dot: int) -> int:
    """Where the word begins that the dot is in or behind, if what is before it shows that; else ``position``.

    No string and no comment is open at the dot, so none is open where a word of plain name characters begins.
    """
    word = WORD_BACKWARDS.match(text[max(dot - _LONGEST, position) : dot][::-1])
    start = dot - (word.end() if word is not None else 0)
    return start if start > position and text[start - 1] in _BEFORE_WORD else position


def _token_at(text: str, position: int, dot: int) -> int:
    """The end of the last token that begins before the dot; ``position`` is where a token before it ends."""
    while position < dot:
        found = TOKEN.match(text, position)
        if found is None or found.lastgroup is None:
            raise BrokenError("no token")
        position = found.end()
    return position


def _graph(text: str, start: int, end: int, names: Names) -> NamedNode | None:
    """The name of the graph whose block begins at ``end``; None for the default graph and for a blank name."""
    found = GRAPH_NAME.fullmatch(text, start, end)
    if found is None:
        raise BrokenError("no name of a graph")
    name = found["iri"] or found["name"]
    return names.node(name) if name else None
