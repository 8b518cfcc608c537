"""The place of one triple of a graph that was read from files: for errors in a shapes file."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path

from kg.terms import BlankNode, NamedNode, Term
from kg.validation.graphs import Graph
from kg.validation.places.blanks import Written, blank_nodes_of
from kg.validation.places.documents import Document, open_document
from kg.validation.places.find import Located, Wanted, search


def locate(
    graph: Graph, subject: Term, predicate: NamedNode | None = None, value: Term | None = None
) -> Located | None:
    """The place of a triple, or of its subject when there is no such triple; None when neither is in a file."""
    documents = [document for file in graph.files() if (document := _opened(file)) is not None]
    blank = _blank(graph) if isinstance(subject, BlankNode) or isinstance(value, BlankNode) else {}
    wanted = Wanted(subject, predicate, value)
    return search(documents, [wanted], (), (), blank).places.get(wanted)


def _opened(file: Path) -> Document | None:
    """The file, opened anew when it has changed."""
    try:
        state = file.stat()
    except OSError:
        return None
    return _read(file, state.st_mtime_ns, state.st_size)


@lru_cache(maxsize=64)
def _read(file: Path, _changed: int, _size: int) -> Document | None:
    return open_document(file)


@lru_cache(maxsize=8)
def _blank(graph: Graph) -> dict[BlankNode, Written]:
    """The graph's blank nodes in its files."""
    return blank_nodes_of(graph)
