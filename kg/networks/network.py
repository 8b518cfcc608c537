"""The values that a network is made of: nodes, edges, and the network itself.

All are frozen, and their order is fixed by what they hold.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from kg.networks.claim import Claim, Concept, Evidence, Label, weakest
from kg.networks.periods import Period


@dataclass(frozen=True, slots=True)
class Node:
    """A thing in the network. ``named`` is false for a party that the text describes without naming it.

    ``region`` is the prefecture in which it lies, None where that is not known or not one. ``pinyin`` are its names
    in toneless pinyin, syllables apart. ``facts`` are the claims that speak of it, in the order of the page, what it
    is called last; a node that is itself a claim has that one.
    """

    id: str
    kind: Concept
    label: Label
    aliases: tuple[str, ...] = ()
    named: bool = True
    region: Concept | None = None
    pinyin: tuple[str, ...] = ()
    # Not hashed: layouts are kept by network, and thousands of facts would be gone through each time.
    facts: tuple[Claim, ...] = field(default=(), hash=False)


@dataclass(frozen=True, slots=True)
class Edge:
    """A link of one kind and status between two nodes, with the claims and the evidence it rests on.

    Several edges may join the same nodes: the IRI tells them apart. ``status`` is None where none applies.
    """

    id: str
    source: str
    target: str
    kind: Concept
    status: Concept | None = None
    claims: tuple[Claim, ...] = ()
    evidence: tuple[Evidence, ...] = ()

    @property
    def other_evidence(self) -> tuple[Evidence, ...]:
        """The evidence that belongs to none of the claims."""
        told = {evidence for claim in self.claims for evidence in claim.evidence}
        return tuple(evidence for evidence in self.evidence if evidence not in told)

    @property
    def periods(self) -> tuple[Period, ...]:
        """When its claims hold, each period once, the earliest first; none where no claim is dated."""
        return tuple(sorted({claim.period for claim in self.claims if claim.period is not None}))

    @property
    def certainty(self) -> Concept | None:
        """How certain it is: as the weakest of its claims; None where they are stated outright."""
        return weakest(claim.certainty for claim in self.claims)

    @property
    def weight(self) -> int:
        """How many different claims it rests on; 1 where it has none."""
        return len({claim.iri for claim in self.claims}) or 1


@dataclass(frozen=True, slots=True)
class Path:
    """A way from one node to another. ``steps`` are edges by IRI, which other paths may share; ``certainty`` is None
    where it is stated outright.
    """

    id: str
    steps: tuple[str, ...]
    certainty: Concept | None = None


@dataclass(frozen=True, slots=True)
class Network:
    """Nodes, edges and paths, each sorted by IRI whatever order they were given in.

    A path that lacks a step is left out.

    ValueError when two nodes or two edges share an IRI, or an edge ends at a node that is not there.
    """

    name: str
    title: Label
    nodes: tuple[Node, ...] = ()
    edges: tuple[Edge, ...] = ()
    paths: tuple[Path, ...] = ()

    def __post_init__(self) -> None:
        object.__setattr__(self, "nodes", tuple(sorted(self.nodes, key=lambda node: node.id)))
        object.__setattr__(self, "edges", tuple(sorted(self.edges, key=lambda edge: edge.id)))
        there = {edge.id for edge in self.edges}
        paths = (path for path in self.paths if there.issuperset(path.steps))
        object.__setattr__(self, "paths", tuple(sorted(paths, key=lambda path: path.id)))
        known = {node.id for node in self.nodes}
        for what, ids in (("node", [n.id for n in self.nodes]), ("edge", [e.id for e in self.edges])):
            repeated = [iri for iri, times in Counter(ids).items() if times > 1]
            if repeated:
                raise ValueError(f"{what} given twice: {repeated[0]}")
        for edge in self.edges:
            for end in (edge.source, edge.target):
                if end not in known:
                    raise ValueError(f"edge {edge.id} ends at {end}, which is no node")

    def node(self, iri: str) -> Node:
        """The node with this IRI; KeyError when there is none."""
        return self.by_id()[iri]

    def by_id(self) -> Mapping[str, Node]:
        """IRI → node."""
        return {node.id: node for node in self.nodes}

    def node_kinds(self) -> tuple[tuple[Concept, int], ...]:
        """The kinds of nodes with how many there are of each; the most frequent first."""
        return _ranked(Counter(node.kind for node in self.nodes))

    def edge_kinds(self) -> tuple[tuple[Concept, int], ...]:
        """The kinds of edges with how many there are of each; the most frequent first.

        Those that a reader cannot tell apart (see ``alike``) count as one.
        """
        return _counted(edge.kind for edge in self.edges)

    def statuses(self) -> tuple[tuple[Concept, int], ...]:
        """The statuses of edges with how many there are of each; the most frequent first. Alike ones count as one."""
        return _counted(edge.status for edge in self.edges if edge.status is not None)

    def certainties(self) -> tuple[tuple[Concept, int], ...]:
        """The certainties of edges that are not stated outright, with how many there are of each."""
        return _counted(edge.certainty for edge in self.edges if edge.certainty is not None)

    def sources(self) -> tuple[str, ...]:
        """The identifiers of the sources that the edges and the facts of the nodes rest on, sorted."""
        return tuple(sorted({e.source for e in self.evidence().values() if e.source}))

    def claims(self) -> Mapping[str, Claim]:
        """IRI → claim, for those of the edges and the facts of the nodes; each once, with all its evidence.

        An edge may rest on some of the passages of a claim only; the facts of a node have all.
        """
        found = {claim.iri: claim for edge in self.edges for claim in edge.claims}
        found |= {claim.iri: claim for node in self.nodes for claim in node.facts}
        return dict(sorted(found.items()))

    def evidence(self) -> Mapping[str, Evidence]:
        """IRI → evidence, for all that the edges and the facts of the nodes rest on."""
        found = {e.iri: e for edge in self.edges for e in edge.evidence}
        found |= {e.iri: e for claim in self.claims().values() for e in claim.evidence}
        return dict(sorted(found.items()))


def alike(concepts: Iterable[Concept]) -> dict[Concept, Concept]:
    """Concept → the first by IRI of those with its name and label, mostly itself.

    Vocabularies share terms: “under way” of a collaboration and of a figure are the same to who reads a legend.
    """
    first: dict[tuple[str, Label], Concept] = {}
    ordered = sorted(set(concepts), key=lambda concept: concept.iri)
    return {concept: first.setdefault((concept.name, concept.label), concept) for concept in ordered}


def _counted(concepts: Iterable[Concept]) -> tuple[tuple[Concept, int], ...]:
    several = list(concepts)
    told_as = alike(several)
    return _ranked(Counter(told_as[concept] for concept in several))


def _ranked(counts: Counter[Concept]) -> tuple[tuple[Concept, int], ...]:
    return tuple(sorted(counts.items(), key=lambda item: (-item[1], item[0].iri)))
