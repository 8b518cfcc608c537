"""The triples of a statement, each with the places of its three tokens, in the order in which the parser gives them.

Oxigraph's parser, which reads the data (and is inside the engine ``native`` too), hands on the triples that one token
completes last first, and a string is complete only at the token after it. Blank nodes are numbered by that order, so
it is kept here.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from pyoxigraph import BaseDirection

from kg.terms import XSD, BlankNode, Literal, NamedNode, Node, Term
from kg.validation.places.names import BrokenError, Names, unescape
from kg.validation.places.tokens import TOKEN
from kg.validation.places.units import Unit, units
from kg.vocab import RDF

_BOOLEAN, _INTEGER, _DECIMAL, _DOUBLE = (
    NamedNode(XSD + name) for name in ("boolean", "integer", "decimal", "double")
)
_DIRECTIONS = {"ltr": BaseDirection.LTR, "rtl": BaseDirection.RTL}
_TYPE, _FIRST, _REST, _NIL = RDF.type, RDF.first, RDF.rest, RDF.nil


class PlacedTriple(NamedTuple):
    """A triple, and where its tokens begin: offsets into the text, in code points from 0.

    A blank node has a name that says what is written: ``l`` and its label, ``a`` and the offset of the bracket that
    stands for it, ``c`` and the offset of a list's member (from the second on) for the cell that holds it.
    """

    subject: Node
    predicate: NamedNode
    object: Term
    graph: NamedNode | None
    subject_at: int
    predicate_at: int
    object_at: int


def statements(text: str, syntax: str, base: str, space: str = "") -> Iterator[PlacedTriple]:
    """All triples of a text, in the parser's order. Of a broken statement, those before the fault.

    ``syntax`` is ``ttl``, ``trig``, ``nt`` or ``nq``; ``base`` the IRI that relative ones resolve against; ``space``
    is put before the names of blank nodes.
    """
    for unit in units(text, syntax, base):
        yield from triples(text, unit, syntax, space)


def triples(text: str, unit: Unit, syntax: str, space: str = "") -> list[PlacedTriple]:
    """The triples of one statement, as far as it is well-formed."""
    reader = _Reader(text, unit, space)
    graph = unit.graph
    try:
        reader.statement()
        if syntax == "nq" and reader.kind in ("iri", "label"):
            graph = reader.names.node(reader.written) if reader.kind == "iri" else None
    except (ValueError, RecursionError):  # ValueError: a broken token, or what the term's class refuses
        pass
    reader.flush()
    found = reader.found
    return found if graph is unit.graph else [triple._replace(graph=graph) for triple in found]


class _Reader:
    """Reads one statement, always one token ahead."""

    def __init__(self, text: str, unit: Unit, space: str) -> None:
        self._text = text
        self._position, self._end = unit.start, unit.end
        self.names: Names = unit.names
        self._graph = unit.graph
        self._space = space
        self.found: list[PlacedTriple] = []
        self._complete: list[PlacedTriple] = []  # by the token at hand
        self.kind: str | None = None
        self.written = ""
        self._at = unit.start
        self._suffixed = False  # whether the last string had a language or datatype

    def flush(self) -> None:
        """Hand on what the token at hand has completed."""
        if self._complete:
            self.found += reversed(self._complete)
            self._complete.clear()

    def _next(self) -> None:
        """The next token becomes the one at hand; at the end its kind is None."""
        self.flush()
        found = TOKEN.match(self._text, self._position, self._end)
        kind = found.lastgroup if found is not None else None
        if found is None or kind is None:
            if found is not None and found.end() < self._end:
                raise BrokenError("no token")
            self.kind, self.written, self._at = None, "", self._end
            return
        self.written = found[kind]
        self.kind = self.written if kind == "mark" else kind
        self._position = found.end()
        self._at = self._position - len(self.written)

    def _blank(self, kind: str, what: int | str) -> BlankNode:
        return BlankNode(f"{self._space}{kind}{what}")

    def _expect(self, mark: str) -> None:
        if self.kind != mark:
            raise BrokenError(f"no {mark}")

    def _emit(self, subject: Node, of: tuple[int, NamedNode, int], value: Term, at: int) -> None:
        subject_at, predicate, predicate_at = of
        self._complete.append(PlacedTriple(subject, predicate, value, self._graph, subject_at, predicate_at, at))

    def statement(self) -> None:
        """A subject with its predicates and objects."""
        self._next()
        at = self._at
        subject: Node
        if self.kind in ("iri", "name"):
            subject = self.names.node(self.written)
            self._next()
        elif self.kind == "label":
            subject = self._blank("l", self.written[2:])
            self._next()
        elif self.kind == "[":
            subject = self._blank("a", at)
            self._next()
            self._predicates(subject, at)
            self._expect("]")
            self._next()
        elif self.kind == "(":
            self._next()
            subject = _NIL if self.kind == ")" else self._blank("a", at)
            if isinstance(subject, BlankNode):
                self._members(subject, at)
            self._next()
        else:
            raise BrokenError("no subject")
        self._predicates(subject, at)

    def _predicates(self, subject: Node, subject_at: int) -> None:
        """Predicates with their objects, maybe none."""
        while True:
            while self.kind == ";":
                self._next()
            if self.kind in ("iri", "name"):
                predicate = self.names.node(self.written)
            elif self.kind == "word" and self.written == "a":
                predicate = _TYPE
            else:
                return
            of = subject_at, predicate, self._at
            self._next()
            self._object(subject, of)
            while self.kind == ",":
                self._next()
                self._object(subject, of)
            if self.kind != ";":
                return

    def _object(self, subject: Node, of: tuple[int, NamedNode, int]) -> None:
        """One object."""
        at, kind = self._at, self.kind
        if kind == "string":
            self._emit(subject, of, self._string(), at)
            if self._suffixed:
                self._next()
            return
        if kind in ("iri", "name"):
            self._emit(subject, of, self.names.node(self.written), at)
        elif kind == "label":
            self._emit(subject, of, self._blank("l", self.written[2:]), at)
        elif kind == "number":
            self._emit(subject, of, _number(self.written), at)
        elif kind == "word" and self.written in ("true", "false"):
            self._emit(subject, of, Literal(self.written, datatype=_BOOLEAN), at)
        elif kind == "[":
            node = self._blank("a", at)
            self._next()
            self._predicates(node, at)
            self._expect("]")
            self._emit(subject, of, node, at)
        elif kind == "(":
            self._next()
            if self.kind == ")":
                self._emit(subject, of, _NIL, at)
            else:
                cell = self._blank("a", at)
                self._emit(subject, of, cell, at)
                self._members(cell, at)
        else:
            raise BrokenError("no object")
        self._next()

    def _members(self, cell: BlankNode, at: int) -> None:
        """The members of a list whose first cell is given, up to its closing bracket, which stays at hand."""
        while True:
            member_at = self._at
            self._object(cell, (at, _FIRST, member_at))
            if self.kind == ")":
                self._emit(cell, (at, _REST, self._at), _NIL, self._at)
                return
            following = self._blank("c", self._at)
            self._emit(cell, (at, _REST, self._at), following, self._at)
            cell, at = following, self._at

    def _string(self) -> Literal:
        """A string with its language or datatype, whose last token stays at hand; without one, the token after it."""
        written = self.written
        quotes = 3 if len(written) >= 6 and written[:3] in ('"""', "'''") else 1
        value = unescape(written[quotes:-quotes])
        self._next()
        self._suffixed = self.kind in ("tag", "^^")
        if self.kind == "tag":
            tag, _, direction = self.written[1:].partition("--")
            if direction and direction not in _DIRECTIONS:
                raise BrokenError("no direction")
            return Literal(value, language=tag.lower(), direction=_DIRECTIONS.get(direction))
        if self.kind == "^^":
            self._next()
            if self.kind not in ("iri", "name"):
                raise BrokenError("no datatype")
            return Literal(value, datatype=self.names.node(self.written))
        return Literal(value)


def _number(written: str) -> Literal:
    """A number written without quotes."""
    if "e" in written or "E" in written:
        return Literal(written, datatype=_DOUBLE)
    return Literal(written, datatype=_DECIMAL if "." in written else _INTEGER)
