"""From a Network to graphs of networkx, made anew for each measure, in an order that the network fixes."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass

import networkx as nx

from kg.networks.network import Network


def simple_graph(network: Network) -> nx.Graph[str]:
    """The network as a networkx graph of its own: no direction, no parallel edges, no loops; nodes in order."""
    graph: nx.Graph[str] = nx.Graph()
    graph.add_nodes_from(node.id for node in network.nodes)
    graph.add_edges_from(_pairs(network))
    return graph


def numbered_graph(network: Network) -> nx.Graph[int]:
    """The same graph with the nodes' numbers in place of their IRIs.

    networkx keeps nodes in sets; the order of a set of numbers is the same in every run, that of strings is not.
    """
    index = {node.id: number for number, node in enumerate(network.nodes)}
    graph: nx.Graph[int] = nx.Graph()
    graph.add_nodes_from(range(len(network.nodes)))
    graph.add_edges_from((index[a], index[b]) for a, b in _pairs(network))
    return graph


def _pairs(network: Network) -> list[tuple[str, str]]:
    """The pairs of different nodes that edges join, each once, sorted."""
    return sorted({_pair(e.source, e.target) for e in network.edges if e.source != e.target})


def _pair(a: str, b: str) -> tuple[str, str]:
    return (a, b) if a < b else (b, a)


def weights(network: Network) -> dict[tuple[str, str], int]:
    """Pair of nodes, the lesser IRI first → how many different claims join them; an edge without claims is one."""
    claims: defaultdict[tuple[str, str], set[str]] = defaultdict(set)
    for edge in network.edges:
        if edge.source != edge.target:
            claims[_pair(edge.source, edge.target)].update(c.iri for c in edge.claims)
            if not edge.claims:
                claims[_pair(edge.source, edge.target)].add(edge.id)
    return {pair: len(found) for pair, found in sorted(claims.items())}


@dataclass(frozen=True, slots=True)
class Parts:
    """A division of the nodes' numbers into groups: the largest first, then the one with the least number."""

    groups: tuple[tuple[int, ...], ...]

    def number_of(self) -> dict[int, int]:
        """Node's number → its group's number, from 1."""
        return {node: number for number, group in enumerate(self.groups, 1) for node in group}


def components(graph: nx.Graph[int]) -> Parts:
    """The connected components."""
    return _parts([tuple(sorted(found)) for found in nx.connected_components(graph)])


def communities(graph: nx.Graph[int], *, seed: int = 20251101) -> Parts:
    """The communities that Louvain's method finds from this seed, at resolution 1; pairs weigh alike."""
    found = nx.community.louvain_communities(graph, seed=seed) if len(graph) else []
    return _parts([tuple(sorted(group)) for group in found])


def _parts(groups: list[tuple[int, ...]]) -> Parts:
    return Parts(tuple(sorted(groups, key=lambda group: (-len(group), group[0]))))
