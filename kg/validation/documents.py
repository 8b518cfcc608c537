"""Data as an engine reads it: the text of one file as it stands, or of several as N-Quads.

A native engine parses faster than Python could hold the triples; so a plain run never makes them. What Python needs
to know of the data (does a shape reach any node?) it reads from a stream, up to the first triple that tells.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import cast

from pyoxigraph import RdfFormat, parse, serialize

from kg.errors import DataError, Place, SyntaxFault
from kg.terms import NamedNode, Quad, Term
from kg.validation.focus import deactivated, targets
from kg.validation.graphs import Graph, Part, Statement, base_of, format_of, rdf_files, read
from kg.vocab import RDF, RDFS

_NATIVE_NAMES = {
    RdfFormat.TURTLE: "turtle",
    RdfFormat.TRIG: "trig",
    RdfFormat.N_TRIPLES: "ntriples",
    RdfFormat.N_QUADS: "nquads",
    RdfFormat.N3: "n3",
    RdfFormat.RDF_XML: "rdfxml",
    RdfFormat.JSON_LD: "jsonld",
}
_PARSED = {name: form for form, name in _NATIVE_NAMES.items()}


@dataclass(frozen=True)
class Document:
    """The data of some files as one text. ``format`` is the native engine's name for it, ``base`` its base IRI."""

    files: tuple[Path, ...]
    text: str
    format: str
    base: str

    def quads(self) -> Iterator[Quad]:
        """The quads as they are read. SyntaxError of the parser, where the text is ill-formed."""
        return parse(input=self.text, format=_PARSED[self.format], base_iri=self.base)

    def flat(self) -> Document:
        """The same with no named graphs: their triples, each once."""
        triples = dict.fromkeys(quad.triple for quad in self.quads())
        text = serialize(triples, format=RdfFormat.N_TRIPLES) or b""
        return Document(self.files, text.decode(), "ntriples", self.base)

    def having(self, predicates: Iterable[NamedNode]) -> Graph:
        """The triples with one of these predicates: a graph that is small where the document is not.

        SyntaxFault or DataError where the text is ill-formed.
        """
        wanted = frozenset(predicates)
        try:
            found = [quad.triple for quad in self.quads() if quad.predicate in wanted]
        except (SyntaxError, ValueError) as fault:
            read(self.files)  # says what is wrong, and where
            raise DataError(f"cannot be read: {fault}", where=Place(self.files[0])) from fault
        return Graph((Part(tuple(dict.fromkeys(cast(list[Statement], found)))),))


def document(paths: Path | Sequence[Path], added: Graph | None = None) -> Document:
    """The document of files (a folder stands for every RDF file below it); ``added`` goes on behind.

    DataError where a file cannot be read or is of no known kind. Ill-formed text is left to the engine, where there
    is one file; with several, SyntaxFault as ``graphs.read`` says.
    """
    named = [paths] if isinstance(paths, Path) else list(paths)
    files = tuple(dict.fromkeys(file for path in named for file in rdf_files(path)))
    if len(files) == 1 and added is None:
        form = format_of(files[0])
        try:
            text = files[0].read_bytes().removeprefix(b"\xef\xbb\xbf").decode()
        except OSError as fault:
            raise DataError(f"cannot be read: {fault.strerror}", where=Place(files[0])) from fault
        except UnicodeDecodeError as fault:
            line = files[0].read_bytes()[: fault.start].count(b"\n") + 1
            raise SyntaxFault(f"not UTF-8: {fault.reason}", where=Place(files[0], line)) from fault
        return Document(files, text, _NATIVE_NAMES[form], base_of(files[0]))
    try:
        parts = [serialize(_stream(file, apart=True), format=RdfFormat.N_QUADS) or b"" for file in files]
    except (SyntaxError, ValueError, OSError):
        read(files)  # says what is wrong, and where
        raise
    if added is not None:
        parts.append(added.n_triples())
    return Document(files, b"".join(parts).decode(), "nquads", "urn:zonekg:files")


def built_documents(path: Path, left_out: Iterable[Callable[[NamedNode], bool]]) -> list[Document]:
    """The N-Quads of ``kg build`` as triples, once for each function: less the named graphs that it says yes to.

    DataError for N-Quads of others, in which graphs are mixed.
    """
    graphs = dict(_graphs(path, path.read_bytes()))
    return [
        Document(
            (path,),
            b"".join(triples for name, triples in graphs.items() if not no(name)).decode(),
            "ntriples",
            "urn:zonekg:build",
        )
        for no in left_out
    ]


def _graphs(path: Path, text: bytes) -> Iterator[tuple[NamedNode, bytes]]:
    """Named graph → its triples: in the dataset one graph's lines follow another's, and no two share a triple."""
    start = 0
    while start < len(text):
        end = text.find(b"\n", start)
        mark = text[text.rfind(b" <", start, end) : end + 1]
        stop = text.rfind(mark) + len(mark)
        lines = text[start:stop]
        name = re.fullmatch(rb" <([^<>\s]*)> \.\n", mark)
        if name is None or lines.count(b"\n") != lines.count(mark):
            raise DataError(
                "no dataset of `kg build`: its named graphs are mixed", where=Place(path), hint="run `kg build`"
            )
        yield NamedNode(name[1].decode()), lines.replace(mark, b" .\n")
        start = stop


def reaches(files: Sequence[Path], shapes: Graph, added: Graph | None = None) -> bool:
    """Whether a shape with a target reaches a node of the files; classes' hierarchies are read from ``added`` too.

    Reads no further than to the first triple that says yes: the whole only where nothing does, or where a node is
    reached through a subclass alone.
    """
    off = deactivated(shapes)
    aims = [(kind, value) for shape, kind, value in targets(shapes) if shape not in off]
    if any(kind == "targetNode" for kind, _ in aims):
        return True
    classes = {value for kind, value in aims if kind == "targetClass"}
    properties = {value for kind, value in aims if kind in ("targetSubjectsOf", "targetObjectsOf")}
    seen: set[Term] = set()
    above: dict[Term, set[Term]] = {}
    for triple in () if added is None else added.having(RDFS.subClassOf):
        above.setdefault(triple.subject, set()).add(triple.object)
    type_, sub_class = RDF.type, RDFS.subClassOf
    for file in files:
        for quad in _stream(file):
            predicate, value = quad.predicate, quad.object
            if predicate in properties:
                return True
            if predicate == type_:
                if value in classes:
                    return True
                seen.add(value)  # type: ignore[arg-type]  # quoted triples are refused elsewhere
            elif predicate == sub_class:
                above.setdefault(quad.subject, set()).add(value)  # type: ignore[arg-type]
    while todo := {up for node in seen for up in above.get(node, ())} - seen:
        seen |= todo
    return bool(seen & classes)


def _stream(file: Path, *, apart: bool = False) -> Iterator[Quad]:
    """The quads of a file as they are read; ``apart``: with blank nodes that no other file has."""
    text = file.read_bytes().removeprefix(b"\xef\xbb\xbf")
    return parse(input=text, format=format_of(file), base_iri=base_of(file), rename_blank_nodes=apart)
