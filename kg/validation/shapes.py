"""What a shapes graph says of shapes: which nodes are shapes, which is around which; names for blank ones."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property, lru_cache

from kg.terms import BlankNode, Literal, NamedNode, Node, Term
from kg.validation.focus import TARGETS, deactivated, targets
from kg.validation.gaps import siblings
from kg.validation.graphs import Graph, Statement, n_triples, statement
from kg.validation.substitution import BLANK, with_paths, without_copy
from kg.vocab import RDF, SH

# Properties whose value is a shape, and those whose value is a list of shapes.
_TO_SHAPE = ("property", "node", "not", "qualifiedValueShape")
_TO_SHAPES = ("and", "or", "xone")


def references(shapes: Graph) -> Iterator[tuple[Node, str, Term]]:
    """(shape, property, shape that it refers to), lists taken apart."""
    for name in _TO_SHAPE:
        for triple in shapes.having(SH[name]):
            yield triple.subject, name, triple.object
    for name in _TO_SHAPES:
        for triple in shapes.having(SH[name]):
            for member in shapes.items(triple.object) or ():
                yield triple.subject, name, member


@dataclass(frozen=True, eq=False)
class Shapes:
    """A shapes graph with what is derived from it, each when it is first asked for."""

    graph: Graph

    @cached_property
    def nodes(self) -> tuple[Node, ...]:
        """Every shape: typed as one, having a target or a path-and-constraint, or referred to as one."""
        found: dict[Node, None] = {}
        for triple in self.graph.having(RDF.type):
            if triple.object in (SH.NodeShape, SH.PropertyShape):
                found[triple.subject] = None
        for kind in TARGETS:
            found.update(dict.fromkeys(triple.subject for triple in self.graph.having(SH[kind])))
        for subject, _, shape in references(self.graph):
            found[subject] = None
            if isinstance(shape, NamedNode | BlankNode):
                found[shape] = None
        return tuple(found)

    @classmethod
    @lru_cache(maxsize=8)
    def of(cls, graph: Graph) -> Shapes:
        """The shapes of a graph; asked again, the same, with all that it has worked out."""
        return cls(graph)

    @cached_property
    def _around(self) -> dict[Term, Node]:
        """Shape → a shape that refers to it."""
        found: dict[Term, Node] = {}
        for subject, _, shape in references(self.graph):
            found.setdefault(shape, subject)
        return found

    def root(self, shape: Node) -> NamedNode | None:
        """The shape itself or the nearest around it that has an IRI."""
        seen: set[Node] = set()
        while not isinstance(shape, NamedNode):
            seen.add(shape)
            outer = self._around.get(shape)
            if outer is None or outer in seen:
                return None
            shape = outer
        return shape

    @cached_property
    def n_triples(self) -> bytes:
        """The graph for an engine: blank shapes and constraints have IRIs, which ``original`` undoes.

        Engines relabel or copy blank nodes, so a finding could not be told to be of one shape.
        """
        return n_triples(self.named_triples)

    @cached_property
    def named_triples(self) -> tuple[Statement, ...]:
        """The triples of ``n_triples``."""
        blank: set[Term] = {node for node in self.nodes if isinstance(node, BlankNode)}
        blank |= {t.object for t in self.graph.having(SH.sparql) if isinstance(t.object, BlankNode)}

        def subject(node: Node) -> Node:
            return NamedNode(BLANK + node.value) if node in blank else node

        def value(term: Term) -> Term:
            return term if isinstance(term, Literal) else subject(term)

        off = deactivated(self.graph)

        def idle(t: Statement) -> bool:
            """Whether a triple that native gets wrong asks for nothing: it is left out."""
            if t.predicate == SH.sparql:  # native does not look at whether a constraint is switched off
                return t.object in off
            # Native takes a property shape for a sibling that has the same value shape.
            return t.predicate == SH.qualifiedValueShapesDisjoint and not siblings(self.graph, t.subject)

        named = [
            statement(subject(t.subject), t.predicate, value(t.object)) for t in with_paths(self.graph) if not idle(t)
        ]
        # A shape that is a class is a target by itself; native knows that of rdfs:Class alone, not of its subclasses.
        own = [
            statement(shape, SH.targetClass, of) for shape, kind, of in targets(self.graph) if kind == "targetClass"
        ]
        return tuple(dict.fromkeys([*named, *own]))

    @cached_property
    def sparql(self) -> bool:
        """Whether there are constraints, targets or components in SPARQL."""
        return any(self.graph.having(SH[name]) for name in ("select", "ask"))

    @cached_property
    def blank_nodes(self) -> int:
        """How many blank nodes there are in ``n_triples``: an engine that numbers them goes on with the data's."""
        return len(
            {term for t in self.named_triples for term in (t.subject, t.object) if isinstance(term, BlankNode)}
        )

    @staticmethod
    def original(term: Term) -> Term:
        """The node of the shapes graph that an engine's answer means."""
        if not isinstance(term, NamedNode):
            return term
        iri = without_copy(term.value)
        return BlankNode(iri.removeprefix(BLANK)) if iri.startswith(BLANK) else NamedNode(iri)
