"""The triples of several opened files together: which of them a property path takes from one node to another."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from kg.terms import NamedNode, Term
from kg.validation.paths import Compound, Path
from kg.validation.places.documents import Document
from kg.validation.places.triples import PlacedTriple

_MOST = 20_000  # nodes that one path may reach before it is given up
_REPEATED = ("zeroOrMorePath", "oneOrMorePath")
_OPTIONAL = ("zeroOrMorePath", "zeroOrOnePath")

_TRIPLE, _PREDICATE, _SUBJECT, _OBJECT = range(4)


class Hit(NamedTuple):
    """A place, the smaller the better: how good a match, the document's index, the offset; and the graph."""

    rank: int
    document: int
    at: int
    graph: NamedNode | None


class Triples:
    """The triples of some documents.

    Those with a certain object need a look through the whole files. They are noted when they are asked for, which
    makes ``complete`` false, and there after ``load``.
    """

    def __init__(self, documents: Sequence[Document]) -> None:
        self._documents = documents
        self._about: dict[Term, list[tuple[int, PlacedTriple]]] = {}
        self._into: dict[Term, list[tuple[int, PlacedTriple]]] = {}
        self._reached: dict[tuple[Term, Path], dict[Term, Hit | None]] = {}
        self._first: dict[Term, list[tuple[int, PlacedTriple]]] = {}
        self._missing: dict[Term, None] = {}
        self._missing_first: dict[Term, None] = {}
        self.complete = True

    def about(self, node: Term) -> list[tuple[int, PlacedTriple]]:
        """The triples with that subject, each with the index of its document."""
        known = self._about.get(node)
        if known is None:
            known = self._about[node] = [
                (index, triple) for index, document in enumerate(self._documents) for triple in document.about(node)
            ]
        return known

    def into(self, node: Term) -> list[tuple[int, PlacedTriple]]:
        """The triples with that object; none as long as they are not loaded."""
        known = self._into.get(node)
        if known is None:
            self._missing[node] = None
            self.complete = False
            return []
        return known

    def first_into(self, node: Term) -> list[tuple[int, PlacedTriple]]:
        """Those of them that stand first in each document; none as long as they are not loaded."""
        known = self._first.get(node)
        if known is None:
            self._missing_first[node] = None
            self.complete = False
            return []
        return known

    def load(self) -> None:
        """Look for the triples that were asked for and not there."""
        for known, missing, first in (
            (self._into, self._missing, False),
            (self._first, self._missing_first, True),
        ):
            known |= {node: [] for node in missing}
            for index, document in enumerate(self._documents if missing else ()):
                for node, triples in document.into(missing.keys(), first=first).items():
                    known[node] += [(index, triple) for triple in triples]
            missing.clear()

    def hit(self, focus: Term, path: Path | None, value: Term | None) -> Hit | None:
        """The best place for a focus node, a path and a value; None when the focus node is nowhere."""
        if path is not None and value is not None and (hit := self._value(focus, path, value)) is not None:
            return hit
        if path is not None and (hit := self._step(focus, path)) is not None:
            return hit
        return self._node(focus)

    def _node(self, node: Term) -> Hit | None:
        """Where a node first is a subject; else where it first is an object."""
        about = self.about(node)
        if about:
            return min(Hit(_SUBJECT, index, triple.subject_at, triple.graph) for index, triple in about)
        into = self.first_into(node)
        return min((Hit(_OBJECT, i, triple.object_at, triple.graph) for i, triple in into), default=None)

    def _value(self, focus: Term, path: Path, value: Term) -> Hit | None:
        """The end of the path at the value."""
        inverse = _inverse(path)
        if inverse is not None:  # the value says it, and is faster to find
            return min(
                (
                    Hit(_TRIPLE, index, triple.object_at, triple.graph)
                    for index, triple in self.about(value)
                    if triple.predicate == inverse and triple.object == focus
                ),
                default=None,
            )
        return self._reach(focus, path).get(value)

    def _step(self, focus: Term, path: Path) -> Hit | None:
        """The first predicate that the path takes at the focus node."""
        if isinstance(path, NamedNode):
            found = ((i, t) for i, t in self.about(focus) if t.predicate == path)
            return min((Hit(_PREDICATE, i, t.predicate_at, t.graph) for i, t in found), default=None)
        inverse = _inverse(path)
        if inverse is not None:
            found = ((i, t) for i, t in self.into(focus) if t.predicate == inverse)
            return min((Hit(_PREDICATE, i, t.predicate_at, t.graph) for i, t in found), default=None)
        ways = path.parts if path.kind == "alternativePath" else path.parts[:1]
        return next((hit for way in ways if (hit := self._step(focus, way)) is not None), None)

    def _reach(self, node: Term, path: Path) -> dict[Term, Hit | None]:
        """The nodes at the end of the path, each with the place of the last step; None for a path of no step."""
        known = self._reached.get((node, path))
        if known is None:
            before, self.complete = self.complete, True
            known = _first_of(self._steps(node, path))
            if self.complete:
                self._reached[node, path] = known
            self.complete &= before
        return known

    def _steps(self, node: Term, path: Path) -> Iterator[tuple[Term, Hit | None]]:
        if isinstance(path, NamedNode):
            for index, triple in self.about(node):
                if triple.predicate == path:
                    yield triple.object, Hit(_TRIPLE, index, triple.object_at, triple.graph)
        elif (inverse := _inverse(path)) is not None:
            for index, triple in self.into(node):
                if triple.predicate == inverse:
                    yield triple.subject, Hit(_TRIPLE, index, triple.object_at, triple.graph)
        elif path.kind == "inversePath":
            yield from self._steps(node, _turned(path.parts[0]))
        elif path.kind == "alternativePath":
            for way in path.parts:
                yield from self._reach(node, way).items()
        elif path.kind == "sequence":
            ends: dict[Term, Hit | None] = {node: None}
            for step in path.parts:
                ends = _first_of(self._onward(ends, step))
            yield from ends.items()
        else:
            yield from self._repeated(node, path)

    def _onward(self, ends: dict[Term, Hit | None], step: Path) -> Iterator[tuple[Term, Hit | None]]:
        """One more step from each end; a step of no triple leaves the place as it was."""
        for end, before in ends.items():
            for node, hit in self._reach(end, step).items():
                yield node, before if hit is None else hit

    def _repeated(self, node: Term, path: Compound) -> Iterator[tuple[Term, Hit | None]]:
        if path.kind in _OPTIONAL:
            yield node, None
        seen: set[Term] = set()
        ends: dict[Term, Hit | None] = {node: None}
        while ends and len(seen) < _MOST:
            ends = {end: hit for end, hit in _first_of(self._onward(ends, path.parts[0])).items() if end not in seen}
            seen |= ends.keys()
            yield from ends.items()
            if path.kind not in _REPEATED:
                return


def _first_of(steps: Iterable[tuple[Term, Hit | None]]) -> dict[Term, Hit | None]:
    """Node → its first place."""
    found: dict[Term, Hit | None] = {}
    for node, hit in steps:
        known = found.get(node)
        if known is None or (hit is not None and hit[:3] < known[:3]):
            found[node] = hit
    return found


def _inverse(path: Path) -> NamedNode | None:
    """The property that a path of one step takes against its direction."""
    if isinstance(path, Compound) and path.kind == "inversePath" and isinstance(path.parts[0], NamedNode):
        return path.parts[0]
    return None


def _turned(path: Path) -> Path:
    """The path from its end to its beginning."""
    if isinstance(path, NamedNode):
        return Compound("inversePath", (path,))
    if path.kind == "inversePath":
        return path.parts[0]
    parts = tuple(_turned(part) for part in path.parts)
    return Compound(path.kind, parts[::-1] if path.kind == "sequence" else parts)
