"""A network as tables of terms: its nodes, its edges, and the measures of its nodes.

IRIs are IRIs and figures figures; every other cell is a text in one language.
"""

from __future__ import annotations

from kg.engine import Rows
from kg.networks.claim import Language
from kg.networks.meaning import MEANING
from kg.networks.measures import measures
from kg.networks.network import Edge, Network, Node
from kg.terms import Literal, NamedNode, Term, literal

_NODE = ("iri", "label", "kind", "region")
_BETWEEN = {"zh": "；", "en": "; "}


def node_rows(network: Network, lang: Language) -> Rows:
    """One row a node, by IRI: iri, label, kind, region, named (false for a party that the source does not name)."""
    return Rows((*_NODE, "named"), tuple((*_cells(node, lang), literal(node.named)) for node in network.nodes))


def edge_rows(network: Network, lang: Language) -> Rows:
    """One row an edge, by IRI: iri, from, from_label, to, to_label, kind, status, claims (their labels), where."""
    nodes = network.by_id()
    columns = ("iri", "from", "from_label", "to", "to_label", "kind", "status", "claims", "where")

    def row(edge: Edge) -> tuple[Term | None, ...]:
        return (
            NamedNode(edge.id),
            NamedNode(edge.source),
            _text(nodes[edge.source].label.of(lang)),
            NamedNode(edge.target),
            _text(nodes[edge.target].label.of(lang)),
            _text(edge.kind.label.of(lang)),
            None if edge.status is None else _text(edge.status.label.of(lang)),
            _text(_BETWEEN[lang].join(claim.label.of(lang) for claim in edge.claims)),
            _text(_BETWEEN[lang].join(evidence.words(lang) for evidence in edge.evidence)),
        )

    return Rows(columns, tuple(map(row, network.edges)))


def measure_rows(network: Network, lang: Language) -> Rows:
    """One row a node, the highest betweenness first: iri, label, kind, region, then each measure of ``MEANING``."""
    return Rows(
        (*_NODE, *MEANING),
        tuple(
            (*_cells(row.node, lang), *(_figure(getattr(row, name)) for name in MEANING)) for row in measures(network)
        ),
    )


def _cells(node: Node, lang: Language) -> tuple[Term | None, ...]:
    region = None if node.region is None else _text(node.region.label.of(lang))
    return NamedNode(node.id), _text(node.label.of(lang)), _text(node.kind.label.of(lang)), region


def _text(text: str) -> Literal:
    return literal(text.encode("utf-8", "replace").decode("utf-8"))  # half a surrogate pair is no text of RDF


def _figure(value: int | float | None) -> Literal | None:
    return None if value is None else literal(value)
