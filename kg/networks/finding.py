"""A node by what a person calls it."""

from __future__ import annotations

from kg.errors import UsageError
from kg.networks.network import Network, Node
from kg.templates import as_iri, plain_name
from kg.terms import NamedNode
from kg.vocab import shorten

_LISTED = 10  # of the nodes that share a name


def find(network: Network, node: NamedNode | str) -> Node:
    """The node with this IRI (in full, or like ``id:place/…``), label in either language, pinyin, alias, or end
    of its IRI.

    A name counts when it is the same but for case, width, spaces and punctuation. UsageError when the network has no
    such node, or several.
    """
    iri = node if isinstance(node, NamedNode) else as_iri(node)
    if iri is not None:
        found = network.by_id().get(iri.value)
        if found is None:
            raise UsageError(
                f"{network.name} has no node {shorten(iri)}",
                hint="--metrics csv lists those it has; in Python, view.nodes()",
            )
        return found
    wanted = plain_name(str(node))
    hits = [one for one in network.nodes if wanted and wanted in map(plain_name, _names(one))]
    if not hits:
        near = [one for one in network.nodes if any(wanted in plain_name(name) for name in _names(one))]
        raise UsageError(
            f"{network.name} has no node that is called {str(node)!r}"
            + (", nearest:\n" + _listed(near) if wanted and near else ""),
            hint="--metrics csv lists those it has; in Python, view.nodes()",
        )
    if len(hits) > 1:
        raise UsageError(f"{str(node)!r} is the name of {len(hits)}:\n" + _listed(hits), hint="give the IRI of one")
    return hits[0]


def _names(node: Node) -> tuple[str, ...]:
    return (node.label.zh, node.label.en, *node.aliases, *node.pinyin, node.id.replace("#", "/").rpartition("/")[2])


def _listed(nodes: list[Node]) -> str:
    return "\n".join(f"    {one.label.en}  {one.label.zh}  {shorten(one.id)}" for one in nodes[:_LISTED])
