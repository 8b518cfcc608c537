"""Networks as values: nodes, edges and what each edge rests on, made from the CONSTRUCT of a template.

``network(engine, template)`` makes one; ``measures(network)`` and ``layout(network, boxes)`` compute on it.
Nothing here draws; ``kg.render`` does.
"""

from __future__ import annotations

from kg.networks.boxes import Box
from kg.networks.layout import Position, layout
from kg.networks.measures import Measures, measures
from kg.networks.network import Claim, Concept, Edge, Evidence, Label, Language, Network, Node
from kg.networks.reading import from_triples, network

__all__ = [
    "Box",
    "Claim",
    "Concept",
    "Edge",
    "Evidence",
    "Label",
    "Language",
    "Measures",
    "Network",
    "Node",
    "Position",
    "from_triples",
    "layout",
    "measures",
    "network",
]
