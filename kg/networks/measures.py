"""Measures of nodes and of the whole, on the network without direction and with parallel edges taken as one.

What each means is in ``kg.networks.meaning``. Numbers are rounded to six places, so that a last bit makes no
difference. With three edges a node, those of 2,000 nodes take six to eleven seconds, most of it betweenness.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

import networkx as nx

from kg.networks.brokerage import brokerage
from kg.networks.graphs import Parts, communities, components, numbered_graph, weights
from kg.networks.network import Network, Node

_PLACES = 6
_ROUNDS = 1000  # of the power iteration
_UNIVERSITIES = frozenset({"University", "VocationalCollege", "HigherEducationInstitution"})


@dataclass(frozen=True, slots=True)
class Measures:
    """The measures of one node. ``component`` and ``community`` are numbers from 1, the largest first.

    ``eigenvector`` is None outside the largest component and where the iteration did not converge; ``brokerage`` is
    None where no zone reaches a university.
    """

    node: Node
    degree: int
    edges: int
    betweenness: float
    weight: int
    closeness: float
    eigenvector: float | None
    pagerank: float
    component: int
    core: int
    community: int
    brokerage: float | None


@dataclass(frozen=True, slots=True)
class Whole:
    """The measures of a network. None: undefined, as the diameter of no nodes."""

    nodes: int
    edges: int
    pairs: int
    density: float
    components: int
    largest: int
    diameter: int | None
    communities: int
    modularity: float | None
    placed: int
    assortativity: float | None
    reaching: int
    converged: bool | None


@dataclass(frozen=True, slots=True, eq=False)
class _Shared:
    """What the measures of nodes and those of the whole both need."""

    graph: nx.Graph[int]
    components: Parts
    communities: Parts
    eigenvector: dict[int, float] | None
    brokers: dict[int, float]
    reaching: int


@lru_cache(maxsize=1)
def _shared(network: Network) -> _Shared:
    """Kept for the last network: a table of nodes and the lines below it ask one after the other."""
    graph = numbered_graph(network)
    brokers, reaching = brokerage(graph, *_ends(network))
    return _Shared(graph, components(graph), communities(graph), eigenvector(graph), brokers, reaching)


def measures(network: Network) -> tuple[Measures, ...]:
    """The measures of every node; the highest betweenness first, then the highest degree."""
    shared = _shared(network)
    graph = shared.graph
    between = nx.betweenness_centrality(graph)
    close = nx.closeness_centrality(graph)
    rank = nx.pagerank(graph, alpha=0.85, max_iter=_ROUNDS, tol=1e-10) if len(graph) else {}
    eigen = shared.eigenvector or {}
    core = nx.core_number(graph)
    component, community = shared.components.number_of(), shared.communities.number_of()
    edges = dict.fromkeys((node.id for node in network.nodes), 0)
    for edge in network.edges:
        for end in {edge.source, edge.target}:
            edges[end] += 1
    weight = dict.fromkeys(edges, 0)
    for ends, claims in weights(network).items():
        for end in ends:
            weight[end] += claims
    found = [
        Measures(
            node,
            degree=int(graph.degree[number]),
            edges=edges[node.id],
            betweenness=_rounded(between[number]),
            weight=weight[node.id],
            closeness=_rounded(close[number]),
            eigenvector=_rounded(eigen[number]) if number in eigen else None,
            pagerank=_rounded(rank[number]),
            component=component[number],
            core=int(core[number]),
            community=community[number],
            brokerage=_rounded(shared.brokers[number]) if shared.reaching else None,
        )
        for number, node in enumerate(network.nodes)
    ]
    return tuple(sorted(found, key=lambda m: (-m.betweenness, -m.degree, m.node.id)))


def whole(network: Network) -> Whole:
    """The measures of the network as a whole."""
    shared = _shared(network)
    graph, parts, groups = shared.graph, shared.components.groups, shared.communities.groups
    linked = graph.number_of_edges() > 0
    return Whole(
        nodes=len(network.nodes),
        edges=len(network.edges),
        pairs=graph.number_of_edges(),
        density=_rounded(nx.density(graph)),
        components=len(parts),
        largest=len(parts[0]) if parts else 0,
        diameter=_diameter(graph, parts[0]) if parts else None,
        communities=len(groups),
        modularity=_rounded(nx.community.modularity(graph, [set(group) for group in groups])) if linked else None,
        placed=sum(node.region is not None for node in network.nodes),
        assortativity=assortativity(graph, [node.region.iri if node.region else None for node in network.nodes]),
        reaching=shared.reaching,
        converged=shared.eigenvector is not None if linked else None,
    )


def _diameter(graph: nx.Graph[int], part: tuple[int, ...]) -> int:
    """The longest of the shortest paths in a component; bounds spare networkx most of its searches."""
    return int(nx.diameter(nx.Graph(graph.subgraph(part)), usebounds=True))


def eigenvector(graph: nx.Graph[int], *, rounds: int = _ROUNDS) -> dict[int, float] | None:
    """Node of the largest component (the first of equals) → its centrality, the highest being 1.

    None where no nodes are linked, or the power iteration does not converge in so many rounds.
    """
    if not graph.number_of_edges():
        return None
    part = nx.Graph(graph.subgraph(components(graph).groups[0]))
    ordered: nx.Graph[int] = nx.Graph()
    ordered.add_nodes_from(sorted(part.nodes))
    ordered.add_edges_from(sorted(part.edges))
    try:
        found = nx.eigenvector_centrality(ordered, max_iter=rounds, tol=1e-9)
    except nx.PowerIterationFailedConvergence:
        return None
    highest = max(found.values())
    return {node: value / highest for node, value in found.items()}


def assortativity(graph: nx.Graph[int], groups: list[str | None]) -> float | None:
    """Newman's coefficient of a division of the nodes, by number; those of no group are left out.

    None where no two of a group are linked to anything, or all that are linked are of one group.
    """
    names = {name: number for number, name in enumerate(sorted({name for name in groups if name is not None}))}
    placed: nx.Graph[int] = nx.Graph()
    placed.add_edges_from((a, b) for a, b in sorted(graph.edges) if groups[a] is not None and groups[b] is not None)
    for node in placed.nodes:
        placed.nodes[node]["group"] = names[groups[node] or ""]
    if len({placed.nodes[node]["group"] for node in placed.nodes}) < 2:
        return None
    return _rounded(float(nx.attribute_assortativity_coefficient(placed, "group")))


def _ends(network: Network) -> tuple[list[int], list[int], list[int]]:
    """The numbers of the zones, of the universities and colleges, and of the regions."""
    kinds = [node.kind.name for node in network.nodes]
    return (
        [number for number, kind in enumerate(kinds) if kind == "DevelopmentZone"],
        [number for number, kind in enumerate(kinds) if kind in _UNIVERSITIES],
        [number for number, kind in enumerate(kinds) if kind == "Region"],
    )


def _rounded(value: float) -> float:
    return round(float(value), _PLACES) + 0.0  # no minus before a zero
