"""Who stands between zones and universities.

Of each pair of a zone and a university, the shortest paths are looked at whose inner nodes are neither, nor a region:
through another zone or another university nobody is introduced, and a region only says where things lie. A node's
part is the mean, over all pairs that have such a path, of the share of their shortest paths that pass through it.
"""

from __future__ import annotations

from collections.abc import Iterable

import networkx as nx


def brokerage(
    graph: nx.Graph[int], zones: Iterable[int], universities: Iterable[int], regions: Iterable[int] = ()
) -> tuple[dict[int, float], int]:
    """Node → its part, between 0 and 1, for every node; and the number of pairs that reach each other."""
    zones, universities = sorted(set(zones)), sorted(set(universities))
    ways = _ways(graph, zones, universities, regions)
    ends = frozenset(universities)
    reached: list[set[int]] = [nx.descendants(ways, zone) for zone in zones]
    pairs = sum(len(ends & found) for found in reached)
    if not pairs:
        return dict.fromkeys(graph.nodes, 0.0), 0
    shares = nx.betweenness_centrality_subset(ways, sources=zones, targets=universities, normalized=False)
    return {node: shares.get(node, 0.0) / pairs for node in graph.nodes}, pairs


def _ways(
    graph: nx.Graph[int], zones: Iterable[int], universities: Iterable[int], regions: Iterable[int]
) -> nx.DiGraph[int]:
    """The graph with directions: none leads into a zone or out of a university, and regions are left out.

    So no path leads through one of them, and shortest paths are those that count.
    """
    starts, ends, closed = frozenset(zones), frozenset(universities), frozenset(regions)
    ways: nx.DiGraph[int] = nx.DiGraph()
    ways.add_nodes_from(node for node in graph.nodes if node not in closed)
    ways.add_edges_from(
        (one, other)
        for node in ways.nodes
        for one, other in ((node, neighbour) for neighbour in graph.adj[node])
        if one not in ends and other not in starts and other not in closed
    )
    return ways
