"""Who stands between zones and universities.

Of each pair of a zone and a university, the shortest paths are looked at whose inner nodes are neither, nor a region:
through another zone or another university nobody is introduced, and a region only says where things lie. A node's
part is the mean, over all pairs that have such a path, of the share of their shortest paths that pass through it.
"""

from __future__ import annotations

from collections import Counter, deque
from collections.abc import Iterable
from fractions import Fraction

import networkx as nx


def brokerage(
    graph: nx.Graph[int], zones: Iterable[int], universities: Iterable[int], regions: Iterable[int] = ()
) -> tuple[dict[int, Fraction], int]:
    """Node → its part, between 0 and 1, for every node; and the number of pairs that reach each other."""
    zones, universities = sorted(set(zones)), sorted(set(universities))
    closed = frozenset(zones) | frozenset(universities) | frozenset(regions)
    total: dict[int, Fraction] = dict.fromkeys(graph.nodes, Fraction(0))
    from_universities = {university: _counted(graph, university, closed) for university in universities}
    pairs = 0
    for zone in zones:
        here, ways = _counted(graph, zone, closed)
        for university in universities:
            if university not in here:
                continue
            pairs += 1
            there, back = from_universities[university]
            for node in here.keys() & there.keys():
                if node not in closed and here[node] + there[node] == here[university]:
                    total[node] += Fraction(ways[node] * back[node], ways[university])
    return {node: part / pairs if pairs else part for node, part in total.items()}, pairs


def _counted(graph: nx.Graph[int], start: int, closed: frozenset[int]) -> tuple[dict[int, int], Counter[int]]:
    """Steps to each node that is reached, and the number of shortest ways; no way leads on from a closed node."""
    steps, ways = {start: 0}, Counter({start: 1})
    queue = deque([start])
    while queue:
        node = queue.popleft()
        if node in closed and node != start:
            continue
        for neighbour in graph.adj[node]:
            if neighbour not in steps:
                steps[neighbour] = steps[node] + 1
                queue.append(neighbour)
            if steps[neighbour] == steps[node] + 1:
                ways[neighbour] += ways[node]
    return steps, ways
