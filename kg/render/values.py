"""What GEXF and GraphML tell of nodes and edges: the same attributes in both, in the same order."""

from __future__ import annotations

from kg.networks import Edge, Label, Node
from kg.render.style import edge_colour, edge_stroke, node_look

# Attribute → type. Labels and evidence stand in both languages; IRIs are apart by spaces, names by " | ".
NODE: dict[str, str] = {
    "label_zh": "string", "label_en": "string", "kind": "string", "kind_zh": "string", "kind_en": "string",
    "aliases": "string", "named": "boolean",
}  # fmt: skip
EDGE: dict[str, str] = {
    "kind": "string", "kind_zh": "string", "kind_en": "string", "status": "string", "status_zh": "string",
    "status_en": "string", "certainty": "string", "certainty_zh": "string",
    "certainty_en": "string", "date_start": "string", "date_end": "string", "claims": "string", "claim_zh": "string",
    "claim_en": "string", "evidence": "string", "evidence_zh": "string", "evidence_en": "string",
}  # fmt: skip
_NONE = Label("", "")


def node_values(node: Node) -> dict[str, str]:
    """Attribute → value, for all of ``NODE``."""
    return {
        "label_zh": node.label.zh,
        "label_en": node.label.en,
        "kind": node.kind.name,
        "kind_zh": node.kind.label.zh,
        "kind_en": node.kind.label.en,
        "aliases": " | ".join(node.aliases),
        "named": "true" if node.named else "false",
    }


def edge_values(edge: Edge) -> dict[str, str]:
    """Attribute → value, for all of ``EDGE``; empty where the network knows nothing."""
    status = _NONE if edge.status is None else edge.status.label
    certainty = _NONE if edge.certainty is None else edge.certainty.label
    dated = edge.periods
    return {
        "kind": edge.kind.name,
        "kind_zh": edge.kind.label.zh,
        "kind_en": edge.kind.label.en,
        "status": "" if edge.status is None else edge.status.name,
        "status_zh": status.zh,
        "status_en": status.en,
        "certainty": "" if edge.certainty is None else edge.certainty.name,
        "certainty_zh": certainty.zh,
        "certainty_en": certainty.en,
        "date_start": min((period.start for period in dated), default=""),
        "date_end": "" if any(not period.end for period in dated) else max((p.end for p in dated), default=""),
        "claims": " ".join(claim.iri for claim in edge.claims),
        "claim_zh": " | ".join(claim.label.zh for claim in edge.claims),
        "claim_en": " | ".join(claim.label.en for claim in edge.claims),
        "evidence": " ".join(evidence.iri for evidence in edge.evidence),
        "evidence_zh": " | ".join(evidence.words("zh") for evidence in edge.evidence),
        "evidence_en": " | ".join(evidence.words("en") for evidence in edge.evidence),
    }


def rgb(colour: str) -> dict[str, str]:
    """``#D55E00`` as the numbers r, g and b, 0 to 255."""
    return {name: str(int(colour[i : i + 2], 16)) for name, i in (("r", 1), ("g", 3), ("b", 5))}


def node_rgb(node: Node) -> dict[str, str]:
    """The colour of a node; a party without a name is paler than the others of its kind."""
    found = rgb(node_look(node.kind.name).colour)
    return found if node.named else {name: str((int(value) + 2 * 255) // 3) for name, value in found.items()}


def edge_rgb(edge: Edge) -> dict[str, str]:
    """The colour of an edge, by its kind."""
    return rgb(edge_colour(edge.kind.name))


def edge_look(edge: Edge) -> tuple[bool, float]:
    """Whether the line of an edge is broken, and its width in pixels, by its status."""
    dashes, width = edge_stroke(None if edge.status is None else edge.status.name)
    return bool(dashes), width
