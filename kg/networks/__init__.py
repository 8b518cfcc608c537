"""Networks as values: nodes, edges and what each edge rests on, made from the CONSTRUCT of a template.

``network(engine, template)`` makes one; ``measures(network)``, ``whole(network)``, ``ego(network, node)``,
``only(network, statuses=…)`` and ``layout(network, boxes)`` compute on it.
Nothing here draws; ``kg.render`` does.
"""

from __future__ import annotations

from kg.networks.boxes import Box
from kg.networks.choosing import only
from kg.networks.claim import Claim, Concept, Evidence, Label, Language
from kg.networks.ego import ego
from kg.networks.finding import find
from kg.networks.graphs import weights
from kg.networks.layout import Position, layout
from kg.networks.meaning import MEANING, WHOLE
from kg.networks.measures import Measures, Whole, measures, whole
from kg.networks.network import Edge, Network, Node, Path, alike
from kg.networks.periods import Period
from kg.networks.reading import from_triples, network
from kg.networks.rows import edge_rows, measure_rows, node_rows

__all__ = [
    "MEANING",
    "WHOLE",
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
    "Path",
    "Period",
    "Position",
    "Whole",
    "alike",
    "edge_rows",
    "ego",
    "find",
    "from_triples",
    "layout",
    "measure_rows",
    "measures",
    "network",
    "node_rows",
    "only",
    "weights",
    "whole",
]
