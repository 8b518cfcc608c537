"""$PATH in SPARQL texts, put in here where engines write the path wrongly.

Both leave out the brackets of an operator within an operator: ``^^p`` and ``p+?`` are no SPARQL.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from kg.engine.lexer import tokens
from kg.terms import Literal, NamedNode, Node, Term
from kg.validation.graphs import Graph, Statement, statement
from kg.validation.paths import Compound, Path, read_path, to_sparql
from kg.vocab import SH

# The IRI of a blank node of a shapes graph, for engines: this and its label.
BLANK = "urn:zonekg:blank-shape:"
_COPY = "urn:zonekg:at-path:"
_COPIED = re.compile(rf"{re.escape(_COPY)}[0-9]+:")
_LISTS = ("sequence", "alternativePath")


def path_of(shapes: Graph, shape: Term) -> Path | None:
    """The path of a shape; None for a node shape, and for a path that is ill-formed."""
    node = shapes.value(shape, SH.path)
    try:
        return None if node is None else read_path(shapes, node)
    except ValueError:
        return None


def stacked(path: Path) -> bool:
    """Whether a path has an operator right within an operator."""
    if not isinstance(path, Compound):
        return False
    inner = path.parts[0]
    here = path.kind not in _LISTS and isinstance(inner, Compound) and inner.kind not in _LISTS
    return here or any(stacked(part) for part in path.parts)


def with_paths(shapes: Graph) -> Iterator[Statement]:
    """The triples of a shapes graph, where each shape that needs it has constraints of its own with its path in.

    Such a constraint is a copy whose IRI ``without_copy`` undoes.
    """
    number = 0
    for triple in shapes.triples:
        path = path_of(shapes, triple.subject) if triple.predicate == SH.sparql else None
        if path is None or not stacked(path) or isinstance(triple.object, Literal):
            yield triple
            continue
        copy = NamedNode(f"{_COPY}{number}:{_name(triple.object)}")
        number += 1
        yield statement(triple.subject, triple.predicate, copy)
        for about in shapes.about(triple.object):
            value = about.object
            if about.predicate == SH.select and isinstance(value, Literal):
                value = Literal(_filled(value.value, path))
            yield statement(copy, about.predicate, value)


def without_copy(iri: str) -> str:
    """The IRI of which ``with_paths`` made a copy; any other as it is."""
    return _COPIED.sub("", iri, count=1) if iri.startswith(_COPY) else iri


def _name(node: Node) -> str:
    """A node as the end of an IRI."""
    return node.value if isinstance(node, NamedNode) else BLANK + node.value


def _filled(query: str, path: Path) -> str:
    """A query with the path in the place of $PATH."""
    pieces: list[str] = []
    end = 0
    for token in tokens(query):
        if token.kind == "var" and token.text[1:] == "PATH":
            pieces += [query[end : token.start], f"({to_sparql(path)})"]
            end = token.end
    return "".join([*pieces, query[end:]])
