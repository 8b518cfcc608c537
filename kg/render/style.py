"""How kinds and statuses look: a shape and a colour for each kind of node, a dash for each status.

Colours are those of Okabe and Ito, told apart with any colour vision; no kind is told by its colour alone.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, TypeAlias

Shape: TypeAlias = Literal["dot", "square", "diamond", "triangle", "triangleDown", "star", "hexagon"]

VERMILION, BLUE, SKY, GREEN = "#D55E00", "#0072B2", "#56B4E9", "#009E73"
ORANGE, PURPLE, YELLOW, GREY = "#E69F00", "#CC79A7", "#F0E442", "#7A828E"


@dataclass(frozen=True, slots=True)
class Look:
    """Shape, colour and half-size in pixels of a node."""

    shape: Shape
    colour: str
    size: int = 13


_NODES: dict[str, Look] = {
    "DevelopmentZone": Look("hexagon", VERMILION, 22),
    "University": Look("dot", BLUE, 16),
    "VocationalCollege": Look("triangleDown", SKY, 16),
    "HigherEducationInstitution": Look("dot", BLUE, 16),
    "ResearchInstitute": Look("diamond", SKY, 15),
    "Enterprise": Look("square", GREEN),
    "Platform": Look("triangle", PURPLE, 15),
    "Project": Look("diamond", ORANGE, 15),
    "Person": Look("star", YELLOW, 15),
    "Collaboration": Look("dot", GREY, 8),
    "UnnamedParty": Look("dot", GREY),
    "GovernmentBody": Look("hexagon", GREY, 14),
    "PartyBody": Look("hexagon", GREY, 14),
    "PublicBody": Look("hexagon", GREY, 14),
    "Association": Look("diamond", GREY),
    "MediaOrganization": Look("diamond", GREY),
    "Group": Look("dot", ORANGE, 12),
    "SubPark": Look("hexagon", ORANGE, 16),
    "Region": Look("hexagon", YELLOW, 15),
    "Facility": Look("triangle", YELLOW),
    "Product": Look("star", GREEN),
    "Material": Look("dot", GREEN, 11),
    "Technology": Look("star", PURPLE),
    "Process": Look("diamond", PURPLE),
    "Policy": Look("square", YELLOW, 11),
    "Procedure": Look("square", YELLOW, 11),
    "Fund": Look("triangle", GREEN),
    "Award": Look("star", ORANGE),
    "Qualification": Look("star", ORANGE),
    "Industry": Look("triangleDown", GREEN),
    "Field": Look("triangleDown", PURPLE),
    "IndustryChain": Look("triangleDown", VERMILION),
    "ChainStage": Look("triangleDown", ORANGE, 12),
    "Event": Look("star", SKY),
}
_OTHER = Look("square", GREY, 11)

_EDGES = {
    "direct": BLUE,
    "via-enterprise": GREEN,
    "via-project": ORANGE,
    "via-platform": PURPLE,
    "via-consortium": SKY,
    "via-person": VERMILION,
}

# A small hollow sign half-way along a mediated link, so that the mediator's kind is not told by colour alone.
_SIGNS: dict[str, Shape] = {
    "via-enterprise": "square",
    "via-project": "diamond",
    "via-platform": "triangle",
    "via-consortium": "dot",
    "via-person": "star",
}

# Lengths of dash and gap in pixels (none: solid), and width in pixels.
_STATUSES: dict[str, tuple[tuple[int, ...], float]] = {
    "planned": ((7, 7), 2.0),
    "in-talks": ((2, 5), 2.0),
    "signed": ((16, 5), 2.0),
    "under-way": ((), 2.0),
    "achieved": ((), 4.0),
    # Those of other claims: what is aimed at or expected is drawn as planned, what is there as achieved.
    "target": ((7, 7), 2.0),
    "expected": ((7, 7), 2.0),
    "in-process": ((), 2.0),
    "obtained": ((), 4.0),
    "actual": ((), 4.0),
}
_NO_STATUS: tuple[tuple[int, ...], float] = ((), 1.0)


def node_look(kind: str) -> Look:
    """The look of a kind of node, by the last part of its IRI."""
    return _NODES.get(kind, _OTHER)


def edge_colour(kind: str) -> str:
    """The colour of a kind of edge, by the last part of its IRI."""
    return _EDGES.get(kind, GREY)


def edge_sign(kind: str) -> Shape | None:
    """The sign that a picture puts on a mediated link, by the last part of its kind's IRI; None for a direct one."""
    return _SIGNS.get(kind)


def sign_points(kind: str, radius: float = 1.0) -> str | None:
    """The corners of that sign around its middle, as ``points``: empty for a circle, None where there is none."""
    sign = edge_sign(kind)
    return None if sign is None else points(sign, sign_reach(sign, radius), 0.0)


def sign_reach(sign: Shape, radius: float) -> float:
    """How far a sign reaches from its middle: a star, being mostly gaps, farther than the others."""
    return radius * (1.2 if sign == "star" else 1.0)


def edge_stroke(status: str | None) -> tuple[tuple[int, ...], float]:
    """Dashes and width of an edge by its status."""
    return _STATUSES.get(status or "", _NO_STATUS)


def edge_opacity(certainty: str | None) -> float:
    """How strong a line is: what the source does not say outright is paler, by the last part of the concept's IRI."""
    return 1.0 if certainty is None else 0.5


def rank(kind: str) -> int:
    """Where a kind of node or a status stands in a legend."""
    order = [*_NODES, *_EDGES, *_STATUSES]
    return order.index(kind) if kind in order else len(order)


def points(shape: Shape, radius: float = 8.0, centre: float = 10.0) -> str:
    """The corners of a shape for an SVG polygon; empty for a dot, which is a circle."""
    corners: dict[str, list[tuple[float, float]]] = {
        "dot": [],
        "square": [(-0.85, -0.85), (0.85, -0.85), (0.85, 0.85), (-0.85, 0.85)],
        "diamond": [(0, -1), (1, 0), (0, 1), (-1, 0)],
        "triangle": [(0, -1), (1, 0.8), (-1, 0.8)],
        "triangleDown": [(0, 1), (1, -0.8), (-1, -0.8)],
        "hexagon": [(1, 0), (0.5, 0.87), (-0.5, 0.87), (-1, 0), (-0.5, -0.87), (0.5, -0.87)],
        "star": [
            (0, -1), (0.24, -0.32), (0.95, -0.31), (0.38, 0.12), (0.59, 0.81),
            (0, 0.4), (-0.59, 0.81), (-0.38, 0.12), (-0.95, -0.31), (-0.24, -0.32),
        ],
    }  # fmt: skip
    return " ".join(f"{centre + x * radius:.1f},{centre + y * radius:.1f}" for x, y in corners[shape])
