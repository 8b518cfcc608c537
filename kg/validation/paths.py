"""SHACL property paths as frozen values: read from a graph, written as SPARQL and back as triples."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import TypeAlias

from kg.terms import BlankNode, NamedNode, Node, Term, Triple
from kg.validation.graphs import Graph
from kg.vocab import RDF, SH, shorten

_SUFFIX = {"zeroOrMorePath": "*", "oneOrMorePath": "+", "zeroOrOnePath": "?"}
OPERATORS = ("inversePath", "alternativePath", *_SUFFIX)


@dataclass(frozen=True, slots=True)
class Compound:
    """A path made of paths. ``kind`` is ``sequence`` or the local name of SHACL's property (``inversePath``, …)."""

    kind: str
    parts: tuple[Path, ...]


Path: TypeAlias = NamedNode | Compound


def read_path(graph: Graph, node: Term, within: frozenset[Term] = frozenset()) -> Path:
    """The path that stands at a node. ValueError says what is wrong with it, a path inside itself included."""
    if isinstance(node, NamedNode):
        return node
    if not isinstance(node, BlankNode):
        raise ValueError(f"a literal is no property path: {node}")
    if node in within:
        raise ValueError("a property path that contains itself")
    inside = within | {node}
    if graph.objects(node, RDF.first):
        steps = graph.items(node)
        if steps is None or len(steps) < 2:
            raise ValueError("a sequence path needs a well-formed list of two steps or more")
        return Compound("sequence", tuple(read_path(graph, step, inside) for step in steps))
    used = [(kind, value) for kind in OPERATORS for value in graph.objects(node, SH[kind])]
    if len(used) != 1:
        raise ValueError("a blank node that is no property path" if not used else "a path of two kinds at once")
    kind, value = used[0]
    if kind != "alternativePath":
        return Compound(kind, (read_path(graph, value, inside),))
    ways = graph.items(value)
    if ways is None or len(ways) < 2:
        raise ValueError("sh:alternativePath needs a well-formed list of two paths or more")
    return Compound(kind, tuple(read_path(graph, way, inside) for way in ways))


def to_short_sparql(path: Path) -> str:
    """The path for people: short names where there are prefixes, full IRIs in brackets elsewhere."""

    def name(iri: NamedNode) -> str:
        short = shorten(iri)
        return f"<{short}>" if short == iri.value and isinstance(path, Compound) else short

    return to_sparql(path, name)


def to_sparql(path: Path, name: Callable[[NamedNode], str] = str) -> str:
    """The path in SPARQL's syntax; ``name`` writes an IRI."""
    if isinstance(path, NamedNode):
        return name(path)
    parts = [to_sparql(part, name) for part in path.parts]
    if path.kind == "sequence":
        return "/".join(
            _bracketed(part, text, {"alternativePath"}) for part, text in zip(path.parts, parts, strict=True)
        )
    if path.kind == "alternativePath":
        return "|".join(parts)
    inner = _bracketed(path.parts[0], parts[0], None)
    return f"^{inner}" if path.kind == "inversePath" else inner + _SUFFIX[path.kind]


def _bracketed(part: Path, text: str, kinds: set[str] | None) -> str:
    """The text of a part, in brackets when it is of one of the kinds (None: of any compound kind)."""
    compound = isinstance(part, Compound) and (kinds is None or part.kind in kinds)
    return f"({text})" if compound else text


def to_triples(path: Path, fresh: Iterator[BlankNode]) -> tuple[Node, list[Triple]]:
    """The path as SHACL writes it: its node, and the triples about it with blank nodes taken from ``fresh``."""
    if isinstance(path, NamedNode):
        return path, []
    nodes: list[Node] = []
    triples: list[Triple] = []
    for part in path.parts:
        node, inner = to_triples(part, fresh)
        nodes.append(node)
        triples += inner
    if path.kind not in ("sequence", "alternativePath"):
        own = next(fresh)
        return own, [Triple(own, SH[path.kind], nodes[0]), *triples]
    head: Node = RDF.nil
    for node in reversed(nodes):
        cell = next(fresh)
        triples = [Triple(cell, RDF.first, node), Triple(cell, RDF.rest, head), *triples]
        head = cell
    if path.kind == "sequence":
        return head, triples
    own = next(fresh)
    return own, [Triple(own, SH[path.kind], head), *triples]
