"""Which file belongs to which named graph, and that no triple lies in two."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import TypeVar

from pyoxigraph import CanonicalizationAlgorithm, Dataset

from kg.build.turtle import read_turtle
from kg.errors import BuildError, Place
from kg.terms import BlankNode, NamedNode, Quad, Triple
from kg.vocab import SHORTHANDS, WELL_KNOWN

# The name of an input (as kg.resources.inputs() has it) → its graph; the first that fits.
_PLAN = [
    (re.compile(r"ontology/(vocabularies|alignments)\.ttl"), r"\1"),
    (re.compile(r"ontology/.+\.ttl"), "ontology"),
    (re.compile(r"kg/data/description\.ttl"), "description"),
    (re.compile(r"kg/data/(entities|references)/.+\.ttl"), r"\1"),
    (re.compile(r"kg/data/claims/([^/]+)/.+\.ttl"), r"claims/\1"),
    (re.compile(r"kg/data/sources/([^/.]+)(?:\.[^/.]+)?\.ttl"), r"passages/\1"),
]
_T = TypeVar("_T")
_LABEL = re.compile(r"[^A-Za-z0-9]+")


def graph_iri(name: str) -> NamedNode:
    """The IRI of a graph of the plan: ``entities``, ``claims/<source>``, ``derived/<rule>``, ``.well-known/…``."""
    known, _, local = name.partition("/")
    return NamedNode(WELL_KNOWN + local if known == ".well-known" else SHORTHANDS["graph"] + name)


def graph_of(name: str) -> str | None:
    """The graph that an input file is a part of; None for one that holds no triples (a rule, a layout, code).

    BuildError for a Turtle file that the plan does not know: nothing is left out silently.
    """
    if not name.endswith(".ttl"):
        return None
    for pattern, graph in _PLAN:
        match = pattern.fullmatch(name)
        if match:
            return match.expand(graph)
    raise BuildError("a Turtle file that belongs to no named graph", where=Place(name), hint="see CONTRIBUTING.md")


class Graphs:
    """Named graphs under construction; a triple is taken in once only."""

    def __init__(self) -> None:
        self._triples: dict[str, list[Triple]] = {}
        self._owner: dict[Triple, tuple[str, str]] = {}

    def names(self) -> list[str]:
        """The names of the graphs, sorted."""
        return sorted(self._triples)

    def triples(self, name: str) -> list[Triple]:
        """The triples of one graph, none if it is not there."""
        return self._triples.get(name, [])

    def __contains__(self, triple: Triple) -> bool:
        return triple in self._owner

    def quads(self) -> Iterable[Quad]:
        """Every triple with its graph."""
        for name in self.names():
            graph = graph_iri(name)
            for triple in self._triples[name]:
                yield Quad(triple.subject, triple.predicate, triple.object, graph)

    def add(self, name: str, triples: Iterable[Triple], *, file: str) -> list[Triple]:
        """Take triples into a graph and return the new ones; a repetition within the graph is no harm.

        BuildError, naming both files and graphs, when one lies in another graph already: the union, which is
        what queries see, would count it twice on some engines.
        """
        new = self._triples.setdefault(name, [])
        before = len(new)
        for triple in triples:
            owner = self._owner.setdefault(triple, (name, file))
            if owner == (name, file) or owner[0] == name:
                new.append(triple)
                continue
            raise BuildError(
                f"a triple lies in two graphs, {owner[0]} ({owner[1]}) and {name} ({file}): "
                f"{triple.subject} {triple.predicate} {triple.object}",
                where=Place(file),
                hint="keep it where it is asserted and remove the other",
            )
        self._triples[name] = list(dict.fromkeys(new))
        return self._triples[name][before:]


def read_inputs(inputs: Mapping[str, Path]) -> Graphs:
    """The asserted graphs. SyntaxFault for unreadable Turtle; BuildError for a breach of the plan."""
    graphs = Graphs()
    nameless: dict[str, list[Quad]] = {}
    for name, path in sorted(inputs.items()):
        graph = graph_of(name)
        if graph is None:
            continue
        quads = read_turtle(path.read_bytes(), path=name)
        blank = [quad for quad in quads if has_blank_node(quad)]
        if blank and name.startswith("kg/data/"):
            raise BuildError(
                f"curated data has a blank node: {blank[0].subject} {blank[0].predicate} {blank[0].object}",
                where=Place(name),
                hint="give it an IRI under https://w3id.org/zonekg/id/",
            )
        graphs.add(graph, (quad.triple for quad in quads if not has_blank_node(quad)), file=name)
        nameless.setdefault(graph, []).extend(blank)
    for graph, quads in nameless.items():
        graphs.add(graph, _canonical(quads, graph), file=f"the blank nodes of {graph}")
    return graphs


def has_blank_node(statement: Quad | Triple) -> bool:
    """Whether subject or object is a blank node."""
    return isinstance(statement.subject, BlankNode) or isinstance(statement.object, BlankNode)


def _canonical(quads: Iterable[Quad], graph: str) -> list[Triple]:
    """Statements about blank nodes, with labels that are the same in every run and differ from other graphs'."""
    dataset = Dataset(quads)
    dataset.canonicalize(CanonicalizationAlgorithm.RDFC_1_0)
    prefix = _LABEL.sub("-", graph)

    def labelled(term: _T) -> _T | BlankNode:
        return BlankNode(f"{prefix}-{term.value}") if isinstance(term, BlankNode) else term

    return [Triple(labelled(q.subject), q.predicate, labelled(q.object)) for q in sorted(dataset, key=str)]
