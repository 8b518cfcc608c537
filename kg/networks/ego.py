"""The surroundings of one node in a network that is there already."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable

from kg.errors import UsageError
from kg.networks.network import Network


def ego(network: Network, node: str, steps: int = 1, kinds: Iterable[str] | None = None) -> Network:
    """The part of a network that lies within so many steps of a node, whichever way edges point.

    ``kinds`` chooses edges by the IRI or the name (its last part) of their kind; None takes all. Edges of these kinds
    between the nodes that are reached are there too, also those between two at the same distance.
    UsageError for a node or a kind that the network does not have, or steps below 0.
    """
    if steps < 0:
        raise UsageError(f"steps must be 0 or more, not {steps}")
    if node not in network.by_id():
        raise UsageError(f"{network.name} has no node {node}", hint="give the IRI of one")
    edges = network.edges
    if kinds is not None:
        wanted = frozenset(kinds)
        known = {name for edge in edges for name in (edge.kind.iri, edge.kind.name)}
        if not wanted <= known:
            raise UsageError(
                f"{network.name} has no edges of the kind {min(wanted - known)}",
                hint="it has: " + ", ".join(sorted({edge.kind.name for edge in edges})),
            )
        edges = tuple(edge for edge in edges if edge.kind.iri in wanted or edge.kind.name in wanted)
    neighbours: defaultdict[str, set[str]] = defaultdict(set)
    for edge in edges:
        neighbours[edge.source].add(edge.target)
        neighbours[edge.target].add(edge.source)
    reached, front = {node}, {node}
    for _ in range(steps):
        front = {other for one in front for other in neighbours[one]} - reached
        if not front:
            break
        reached |= front
    return Network(
        network.name,
        network.title,
        tuple(found for found in network.nodes if found.id in reached),
        tuple(edge for edge in edges if edge.source in reached and edge.target in reached),
        network.paths,
    )
