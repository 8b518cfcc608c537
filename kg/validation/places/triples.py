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
_CLOSING = {"[": "]", "(": ")"}
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
    except ValueError:  # a broken token, or what the term's class refuses
        pass
    reader.flush()
    found = reader.found
    return found if graph is unit.graph else [triple._replace(graph=graph) for triple in found]


class _About(NamedTuple):
    """What the next object belongs to: a subject and a predicate, and the bracket that closes what is around them."""

    subject: Node
    subject_at: int
    predicate: NamedNode
    predicate_at: int
    closing: str | None


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

    def _emit(self, about: _About, value: Term, at: int) -> None:
        subject, subject_at, predicate, predicate_at, _ = about
        self._complete.append(PlacedTriple(subject, predicate, value, self._graph, subject_at, predicate_at, at))

    def statement(self) -> None:
        """A subject with its predicates and objects."""
        self._next()
        at, kind = self._at, self.kind
        subject: Node
        if kind in ("iri", "name"):
            subject = self.names.node(self.written)
        elif kind == "label":
            subject = self._blank("l", self.written[2:])
        elif kind in ("[", "("):
            self._next()
            subject = _NIL if kind == "(" and self.kind == ")" else self._blank("a", at)
            if subject != _NIL:
                self._content(_About(subject, at, _FIRST, at, _CLOSING[kind]))
        else:
            raise BrokenError("no subject")
        self._next()
        self._content(_About(subject, at, _FIRST, at, None))

    def _content(self, about: _About) -> None:
        """All that is said of a subject, up to the closing bracket, which stays at hand.

        Brackets may be nested without an end, so what is around them waits on a stack of our own.
        """
        outer: list[_About] = []
        same = False  # whether the next object has the predicate of the last one
        while True:
            says = True
            if about.closing == ")":
                about = about._replace(predicate=_FIRST, predicate_at=self._at)
            elif not same:
                predicate, at = self._predicate()
                says = predicate is not None
                about = about._replace(predicate=predicate or _FIRST, predicate_at=at)
            if says and (inner := self._object(about)) is not None:
                outer.append(about)
                about, same = inner, False
                continue
            while True:
                if about.closing == ")" and self.kind != ")":
                    cell, at = self._blank("c", self._at), self._at
                    self._emit(about._replace(predicate=_REST, predicate_at=at), cell, at)
                    about = about._replace(subject=cell, subject_at=at)
                    break
                if about.closing != ")" and says and self.kind in (",", ";"):
                    same = self.kind == ","
                    if same:
                        self._next()
                    break
                if about.closing == ")":
                    self._emit(about._replace(predicate=_REST, predicate_at=self._at), _NIL, self._at)
                if not outer and about.closing is None:
                    return
                if self.kind != about.closing:
                    raise BrokenError(f"no {about.closing}")
                if not outer:
                    return
                inner, about, says = about, outer.pop(), True
                if inner.closing == "]":
                    self._emit(about, inner.subject, inner.subject_at)
                self._next()

    def _predicate(self) -> tuple[NamedNode | None, int]:
        """The next predicate and where it stands; None when there is none."""
        while self.kind == ";":
            self._next()
        at = self._at
        if self.kind in ("iri", "name"):
            predicate = self.names.node(self.written)
        elif self.kind == "word" and self.written == "a":
            predicate = _TYPE
        else:
            return None, at
        self._next()
        return predicate, at

    def _object(self, about: _About) -> _About | None:
        """An object; of one in brackets, what begins with the opening bracket."""
        at, kind = self._at, self.kind
        if kind == "string":
            self._emit(about, self._string(), at)
            if self._suffixed:
                self._next()
            return None
        if kind in ("iri", "name"):
            self._emit(about, self.names.node(self.written), at)
        elif kind == "label":
            self._emit(about, self._blank("l", self.written[2:]), at)
        elif kind == "number":
            self._emit(about, _number(self.written), at)
        elif kind == "word" and self.written in ("true", "false"):
            self._emit(about, Literal(self.written, datatype=_BOOLEAN), at)
        elif kind in ("[", "("):
            self._next()
            if kind == "(" and self.kind == ")":
                self._emit(about, _NIL, at)
            else:
                node = self._blank("a", at)
                if kind == "(":
                    self._emit(about, node, at)
                return _About(node, at, _FIRST, at, _CLOSING[kind])
        else:
            raise BrokenError("no object")
        self._next()
        return None

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
