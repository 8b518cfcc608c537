"""Measures of nodes, on the network without direction and with parallel edges taken as one."""

from __future__ import annotations

from dataclasses import dataclass

import networkx as nx

from kg.networks.network import Label, Network, Node

# What each measure means, and what it does not mean in a graph as small as this.
MEANING: dict[str, Label] = {
    "degree": Label(
        zh="度:与多少个节点相连。反映来源写了多少,不等于实际合作的多少。",
        en="Degree: how many nodes it is linked to. It tells what the source wrote of, not how much was done.",
    ),
    "edges": Label(
        zh="边数:相连的边数,平行的边分别计算。",
        en="Edges: how many edges end at it, parallel ones counted each.",
    ),
    "betweenness": Label(
        zh="中介中心性(0至1):有多大比例的最短路径经过它。图很小,一条边即可使其大变。",
        en="Betweenness (0 to 1): the share of shortest paths that pass through it. In a graph this small, "
        "one edge can change it much.",
    ),
}


@dataclass(frozen=True, slots=True)
class Measures:
    """The measures of one node: neighbours, edges, and betweenness between 0 and 1."""

    node: Node
    degree: int
    edges: int
    betweenness: float


def simple_graph(network: Network) -> nx.Graph[str]:
    """The network as a networkx graph of its own: no direction, no parallel edges, no loops; nodes in order."""
    graph: nx.Graph[str] = nx.Graph()
    graph.add_nodes_from(node.id for node in network.nodes)
    graph.add_edges_from((edge.source, edge.target) for edge in network.edges if edge.source != edge.target)
    return graph


def measures(network: Network) -> tuple[Measures, ...]:
    """The measures of every node; the highest betweenness first, then the highest degree."""
    graph = simple_graph(network)
    between = nx.betweenness_centrality(graph)
    count = dict.fromkeys(graph.nodes, 0)
    for edge in network.edges:
        for end in {edge.source, edge.target}:
            count[end] += 1
    found = [
        Measures(node, int(graph.degree[node.id]), count[node.id], round(float(between[node.id]), 6))
        for node in network.nodes
    ]
    return tuple(sorted(found, key=lambda m: (-m.betweenness, -m.degree, m.node.id)))
