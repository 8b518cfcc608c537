"""Triples of several files as one graph that remembers which file (and named graph) each came from."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Protocol, cast

from pyoxigraph import DefaultGraph, RdfFormat, parse, serialize

from kg.errors import DataError, Place, SyntaxFault, ZoneKGError
from kg.resources import visible_files
from kg.terms import BlankNode, Literal, NamedNode, Node, Term, Triple
from kg.vocab import RDF

# The parser labels an anonymous blank node at random; such labels are replaced, so that reports are repeatable.
_RANDOM_LABEL = re.compile(r"[0-9a-f]{16,}")
_MOVED: ContextVar[tuple[tuple[Path, Path], ...]] = ContextVar("moved", default=())
_EXTENSIONS = {"ttl", "nt", "nq", "trig", "n3", "rdf", "xml", "owl", "jsonld", "json"}


class Statement(Protocol):
    """A triple of three plain terms: pyoxigraph's Triple, whose type allows for quoted triples that no graph has."""

    @property
    def subject(self) -> Node:
        """The subject."""

    @property
    def predicate(self) -> NamedNode:
        """The predicate."""

    @property
    def object(self) -> Term:
        """The object."""


def statement(subject: Node, predicate: NamedNode, value: Term) -> Statement:
    """A triple."""
    return cast(Statement, Triple(subject, predicate, value))


def n_triples(statements: Iterable[Statement]) -> bytes:
    """Triples as N-Triples, in their order."""
    return serialize(cast(Iterable[Triple], statements), format=RdfFormat.N_TRIPLES) or b""


def from_n_triples(text: str) -> Graph:
    """N-Triples that a program wrote, as a graph."""
    quads = parse(text, format=RdfFormat.N_TRIPLES)
    return Graph((Part(tuple(cast(Statement, quad.triple) for quad in quads)),))


@dataclass(frozen=True, eq=False)
class Part:
    """The triples of one named graph (None: the default graph) of one file (None: not from a file)."""

    triples: tuple[Statement, ...]
    file: Path | None = None
    graph: NamedNode | None = None

    @cached_property
    def by_subject(self) -> dict[Term, list[Statement]]:
        """Subject → its triples."""
        found: dict[Term, list[Statement]] = defaultdict(list)
        for triple in self.triples:
            found[triple.subject].append(triple)
        return dict(found)


@dataclass(frozen=True, eq=False)
class Graph:
    """The union of some parts; blank nodes of different files are different nodes."""

    parts: tuple[Part, ...] = ()

    @cached_property
    def triples(self) -> tuple[Statement, ...]:
        """Every triple once, in the order of the files."""
        return tuple(dict.fromkeys(triple for part in self.parts for triple in part.triples))

    def __len__(self) -> int:
        return len(self.triples)

    @cached_property
    def _by_predicate(self) -> dict[NamedNode, list[Statement]]:
        found: dict[NamedNode, list[Statement]] = defaultdict(list)
        for triple in self.triples:
            found[triple.predicate].append(triple)
        return dict(found)

    @cached_property
    def _by_subject(self) -> dict[Term, list[Statement]]:
        found: dict[Term, list[Statement]] = defaultdict(list)
        for triple in self.triples:
            found[triple.subject].append(triple)
        return dict(found)

    def about(self, subject: Term) -> Sequence[Statement]:
        """The triples with that subject."""
        return self._by_subject.get(subject, ())

    def having(self, predicate: NamedNode) -> Sequence[Statement]:
        """The triples with that predicate."""
        return self._by_predicate.get(predicate, ())

    def objects(self, subject: Term, predicate: NamedNode) -> list[Term]:
        """The values of a property of a node."""
        return [triple.object for triple in self.about(subject) if triple.predicate == predicate]

    def value(self, subject: Term, predicate: NamedNode) -> Term | None:
        """The first value of a property of a node; None when it has none."""
        return next(iter(self.objects(subject, predicate)), None)

    def subjects(self, predicate: NamedNode, value: Term) -> list[Node]:
        """The nodes that have that value."""
        return [triple.subject for triple in self.having(predicate) if triple.object == value]

    def items(self, head: Term) -> list[Term] | None:
        """The members of an RDF list; None when it is no well-formed list (also when it runs in a circle)."""
        members: list[Term] = []
        seen: set[Term] = set()
        while head != RDF.nil:
            first, rest = self.objects(head, RDF.first), self.objects(head, RDF.rest)
            if len(first) != 1 or len(rest) != 1 or head in seen or isinstance(head, Literal):
                return None
            seen.add(head)
            members.append(first[0])
            head = rest[0]
        return members

    def n_triples(self) -> bytes:
        """The graph as N-Triples, in the order of ``triples``."""
        return n_triples(self.triples)

    def files(self) -> tuple[Path, ...]:
        """The files, each once."""
        return tuple(dict.fromkeys(part.file for part in self.parts if part.file is not None))

    def without(self, graph: Callable[[NamedNode], bool]) -> Graph:
        """The graph less the named graphs that the function says yes to."""
        return Graph(tuple(part for part in self.parts if part.graph is None or not graph(part.graph)))


def union(*graphs: Graph) -> Graph:
    """The parts of all graphs as one; blank nodes of one label that come from different graphs are kept apart."""
    taken: set[str] = set()
    parts: list[Part] = []
    for graph in graphs:
        names: dict[BlankNode, BlankNode] = {}
        parts += [_apart(part, names, taken) for part in graph.parts]
        taken |= {node.value for node in names.values()}
    return Graph(tuple(parts))


def _apart(part: Part, names: dict[BlankNode, BlankNode], taken: set[str]) -> Part:
    """The part with its blank nodes renamed where the label is random or ``taken``; notes them in ``names``."""
    if not any(isinstance(t.subject, BlankNode) or isinstance(t.object, BlankNode) for t in part.triples):
        return part
    used = {node.value for node in names.values()}

    def name(node: BlankNode) -> BlankNode:
        known = names.get(node)
        if known is None:
            label, number = node.value, len(names) + len(taken)
            while label in taken or label in used or _RANDOM_LABEL.fullmatch(label):
                label, number = f"b{number}", number + 1
            known = names[node] = BlankNode(label)
            used.add(label)
        return known

    def renamed(triple: Statement) -> Statement:
        subject, value = triple.subject, triple.object
        if not isinstance(subject, BlankNode) and not isinstance(value, BlankNode):
            return triple
        return statement(
            name(subject) if isinstance(subject, BlankNode) else subject,
            triple.predicate,
            name(value) if isinstance(value, BlankNode) else value,
        )

    triples = tuple(renamed(triple) for triple in part.triples)
    return part if triples == part.triples else Part(triples, part.file, part.graph)


def read(paths: Path | Iterable[Path], *, fault: type[ZoneKGError] = SyntaxFault) -> Graph:
    """Read files (a folder stands for every RDF file below it) as one graph.

    Relative IRIs resolve against the file's own. Raises ``fault`` with file, line and column where one is not the
    RDF that its ending says; DataError (or ``fault``, if another was given) where one cannot be read.
    """
    unreadable = DataError if fault is SyntaxFault else fault
    named = [paths] if isinstance(paths, Path) else list(paths)
    files = dict.fromkeys(file for path in named for file in rdf_files(path))
    return union(*(_read(file, fault, unreadable) for file in files))


def prefixes(graph: Graph) -> dict[str, str]:
    """Prefix → namespace, as the files of a graph declare them; those that mean two things are left out."""
    found: dict[str, set[str]] = {}
    for file in graph.files():
        text = file.read_bytes().removeprefix(b"\xef\xbb\xbf")
        parser = parse(input=text, format=format_of(file), base_iri=base_of(file))
        for _ in parser:
            pass
        for prefix, namespace in parser.prefixes.items():
            found.setdefault(prefix, set()).add(namespace)
    return {prefix: names.pop() for prefix, names in found.items() if len(names) == 1}


def rdf_files(path: Path) -> list[Path]:
    """The path itself, or the RDF files below it when it is a folder."""
    if not path.is_dir():
        return [path]
    return [file for file in visible_files(path, "*") if file.suffix[1:] in _EXTENSIONS - {"json", "xml"}]


def format_of(path: Path, unreadable: type[ZoneKGError] = DataError) -> RdfFormat:
    """The format that a file's ending says; ``unreadable`` (an error) for an ending that is not known."""
    ending = path.suffix[1:].lower()
    format_ = RdfFormat.from_extension({"owl": "rdf"}.get(ending, ending)) if ending in _EXTENSIONS else None
    if format_ is None:
        known = " ".join(f".{name}" for name in sorted(_EXTENSIONS))
        raise unreadable("not a kind of RDF file that is known", where=Place(path), hint=f"known endings: {known}")
    return format_


@contextmanager
def moved(here: Path, there: Path) -> Iterator[None]:
    """Read files below ``here`` as if they lay below ``there``: relative IRIs in them resolve against that."""
    token = _MOVED.set((*_MOVED.get(), (here.resolve(), there.resolve())))
    try:
        yield
    finally:
        _MOVED.reset(token)


def base_of(file: Path) -> str:
    """The base IRI of a file: its own, unless it has been ``moved``."""
    path = file.resolve()
    for here, there in _MOVED.get():
        if path.is_relative_to(here):
            return (there / path.relative_to(here)).as_uri()
    return path.as_uri()


def _read(path: Path, fault: type[ZoneKGError], unreadable: type[ZoneKGError]) -> Graph:
    """One file."""
    format_ = format_of(path, unreadable)
    try:
        text = path.read_bytes().removeprefix(b"\xef\xbb\xbf")  # a byte-order mark is legal, and the parser stumbles
    except OSError as error:
        raise unreadable(f"cannot be read: {error.strerror}", where=Place(path)) from error
    found: dict[NamedNode | None, list[Statement]] = defaultdict(list)
    try:
        for quad in parse(input=text, format=format_, base_iri=base_of(path)):
            graph = None if isinstance(quad.graph_name, DefaultGraph) else quad.graph_name
            if isinstance(quad.subject, Triple) or isinstance(quad.object, Triple):
                raise fault("a quoted triple (RDF 1.2) is not supported", where=Place(path))
            found[graph if isinstance(graph, NamedNode) else None].append(cast(Statement, quad.triple))
    except SyntaxError as error:
        message = re.sub(r"^Parser error at line \d+[^:]*: ", "", error.msg)
        where = Place(path, error.lineno, error.offset)
        raise fault(f"not {format_.name}: {message}", where=where) from error
    except ValueError as error:
        raise fault(f"not {format_.name}: {error}", where=Place(path)) from error
    return Graph(tuple(Part(tuple(triples), path, graph) for graph, triples in found.items()))
