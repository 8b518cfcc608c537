"""Which blank node of a file a blank node of a report is: engines and parsers number them, each in its own way.

``native`` is the PyPI package ``shacl``: ``0_b`` and a number, by the order in which the parser's triples name them
(subject before object), counted on from the shapes graph's. ``read`` is kg.validation.graphs.read: labels as they are
written unless another file has taken them, numbers for the rest.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Literal as OneOf
from typing import cast

from kg.errors import Place
from kg.terms import BlankNode, NamedNode, Term
from kg.validation.graphs import Graph, Part, Statement, statement, union
from kg.validation.places.counting import first_seen, numbered
from kg.validation.places.documents import Document, Foreign, open_document
from kg.validation.places.triples import PlacedTriple

Numbering = OneOf["native", "read"]

_NATIVE = re.compile(r"0_b[0-9]{1,18}")


@dataclass(frozen=True, slots=True)
class Written:
    """A blank node as a file has it: where it first stands; its label with ``_:``, None when it has none.

    ``name`` tells the finder what to look for (see PlacedTriple).
    """

    place: Place
    label: str | None
    name: str


def blank_nodes(
    files: Sequence[Path], numbering: Numbering, first: int = 0, only: Collection[BlankNode] | None = None
) -> dict[BlankNode, Written]:
    """Blank node of a report → blank node of a file, for the files in the order in which they were read.

    ``first`` (for ``native``) is the number of blank nodes of the shapes graph. A file that cannot be read has none,
    nor has one of a syntax without a lexer here. ``only`` (for ``native``) are the blank nodes to look for: a few of
    many are found many times faster than all.
    """
    documents = [document for file in files if (document := open_document(file)) is not None]
    if numbering == "native":
        return _native(documents, first) if only is None else _some_native(documents, first, only)
    graphs = [_as_parsed(document) for document in documents]
    parts = iter(union(*graphs).parts)
    found: dict[BlankNode, Written] = {}
    for document, graph in zip(documents, graphs, strict=True):
        theirs = [triple for _ in graph.parts for triple in next(parts).triples]
        ours = [triple for group in _by_graph(document).values() for triple in group]
        found |= _paired(document, ours, theirs)
    return found


def _native(documents: Iterable[Document], first: int) -> dict[BlankNode, Written]:
    """All blank nodes as native numbers them."""
    order = [_written(d, node, at) for d in documents for node, at in first_seen(d.with_blanks()).items()]
    return {BlankNode(f"0_b{number}"): written for number, written in enumerate(order, first)}


def _some_native(documents: Iterable[Document], first: int, only: Collection[BlankNode]) -> dict[BlankNode, Written]:
    """Some of them."""
    wanted = {int(node.value[3:]): node for node in only if _NATIVE.fullmatch(node.value)}
    found: dict[BlankNode, Written] = {}
    for document in documents:
        nodes, first = numbered(document, first, wanted)
        found |= {wanted[number]: _written(document, node, at) for number, (node, at) in nodes.items()}
    return found


def blank_nodes_of(graph: Graph) -> dict[BlankNode, Written]:
    """The same for a graph that was read from files, whatever has become of the labels since.

    A file that has changed since then has none.
    """
    found: dict[BlankNode, Written] = {}
    for file in graph.files():
        document = open_document(file)
        if document is None:
            continue
        parts = [part for part in graph.parts if part.file == file]
        groups = _by_graph(document)
        ours = [triple for part in parts for triple in groups.get(part.graph, ())]
        found |= _paired(document, ours, [t for part in parts for t in part.triples if _blank(t)])
    return found


def _blank(triple: Statement | PlacedTriple) -> bool:
    return isinstance(triple.subject, BlankNode) or isinstance(triple.object, BlankNode)


def _written(document: Document, node: BlankNode, at: int) -> Written:
    name = document.own(node) or ""
    return Written(document.place(at), f"_:{name[1:]}" if name[:1] == "l" else None, name)


def _by_graph(document: Document) -> dict[NamedNode | None, list[PlacedTriple]]:
    """The triples with blank nodes, by graph, as kg.validation.graphs.read parts them."""
    found: dict[NamedNode | None, list[PlacedTriple]] = {graph: [] for graph in document.graphs()}
    for triple in document.with_blanks():
        found[triple.graph].append(triple)
    return found


def _as_parsed(document: Document) -> Graph:
    """The triples with blank nodes under the labels that the parser would give: random ones where there are none."""
    if isinstance(document, Foreign):
        return Graph()
    names: dict[Term, BlankNode] = {}

    def renamed(term: Term) -> Term:
        if not isinstance(term, BlankNode):
            return term
        name = document.own(term) or ""
        label = name[1:] if name[:1] == "l" else f"{len(names):032x}"
        return names.setdefault(term, BlankNode(label))

    return Graph(
        tuple(
            Part(
                tuple(
                    statement(cast("NamedNode | BlankNode", renamed(t.subject)), t.predicate, renamed(t.object))
                    for t in group
                ),
                document.file,
                graph,
            )
            for graph, group in _by_graph(document).items()
        )
    )


def _paired(
    document: Document, ours: Sequence[PlacedTriple], theirs: Sequence[Statement]
) -> dict[BlankNode, Written]:
    """Their blank nodes → ours, where both have the same triples in the same order; else nothing."""
    if len(ours) != len(theirs) or any(a.predicate != b.predicate for a, b in zip(ours, theirs, strict=True)):
        return {}
    seen = first_seen(ours)
    return {
        them: _written(document, us, seen[us])
        for a, b in zip(ours, theirs, strict=True)
        for us, them in ((a.subject, b.subject), (a.object, b.object))
        if isinstance(us, BlankNode) and isinstance(them, BlankNode)
    }
