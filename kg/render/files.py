"""A network as a table and as JSON. Same network, same bytes: everything in order.

Half a surrogate pair, which UTF-8 cannot hold, becomes ``?``.
"""

from __future__ import annotations

import csv as csv_module
import io
import json as json_module

from kg.networks import Claim, Concept, Evidence, Label, Language, Network, Period
from kg.render.drawing import positions
from kg.render.origin import UNKNOWN, Origin
from kg.render.text import no_formula

_COLUMNS = (
    "edge", "from", "from_label", "to", "to_label", "kind", "status", "claims", "claim_labels", "evidence", "where",
)  # fmt: skip


def json(network: Network, lang: Language = "zh", origin: Origin = UNKNOWN) -> bytes:  # noqa: ARG001  # as all formats
    """Everything that the network holds, in JSON; ``lang`` changes nothing, both languages are there."""
    spots = positions(network)
    document = {
        "name": network.name,
        "title": _label(network.title),
        "sources": list(network.sources()),
        "nodes": [
            {
                "id": node.id,
                "kind": _concept(node.kind),
                "label": _label(node.label),
                "aliases": list(node.aliases),
                "named": node.named,
                "pinyin": list(node.pinyin),
                "facts": [claim.iri for claim in node.facts],
                "x": spots[node.id][0],
                "y": spots[node.id][1],
            }
            for node in network.nodes
        ],
        "edges": [
            {
                "id": edge.id,
                "source": edge.source,
                "target": edge.target,
                "kind": _concept(edge.kind),
                "status": None if edge.status is None else _concept(edge.status),
                "certainty": None if edge.certainty is None else _concept(edge.certainty),
                "claims": [
                    {"id": c.iri, "label": _label(c.label), "evidence": [e.iri for e in c.evidence]}
                    for c in edge.claims
                ],
                "evidence": [_evidence(evidence) for evidence in edge.evidence],
                "periods": [_period(period) for period in edge.periods],
                "weight": edge.weight,
            }
            for edge in network.edges
        ],
        "paths": [
            {
                "id": path.id,
                "steps": list(path.steps),
                "certainty": None if path.certainty is None else _concept(path.certainty),
            }
            for path in network.paths
        ],
        "claims": [_claim(claim) for claim in network.claims().values()],
    }
    return (json_module.dumps(document, ensure_ascii=False, indent=2) + "\n").encode("utf-8", "replace")


def csv(network: Network, lang: Language = "zh", origin: Origin = UNKNOWN) -> bytes:  # noqa: ARG001  # as all formats
    """One row an edge, names in ``lang``; with a byte-order mark, since spreadsheets want one to read UTF-8.

    A cell that a spreadsheet would take for a formula gets an apostrophe before it.
    """
    nodes = network.by_id()
    stream = io.StringIO()
    writer = csv_module.writer(stream)
    writer.writerow(_COLUMNS)
    for edge in network.edges:
        cells = [
            edge.id,
            edge.source,
            nodes[edge.source].label.of(lang),
            edge.target,
            nodes[edge.target].label.of(lang),
            edge.kind.label.of(lang),
            "" if edge.status is None else edge.status.label.of(lang),
            " ".join(claim.iri for claim in edge.claims),
            " | ".join(claim.label.of(lang) for claim in edge.claims),
            " ".join(evidence.iri for evidence in edge.evidence),
            " | ".join(evidence.words(lang) for evidence in edge.evidence),
        ]
        writer.writerow(map(no_formula, cells))
    return ("\ufeff" + stream.getvalue()).encode("utf-8", "replace")


def _label(label: Label) -> dict[str, str]:
    return {"zh": label.zh, "en": label.en}


def _concept(concept: Concept) -> dict[str, object]:
    return {"id": concept.iri, "label": _label(concept.label)}


def _period(period: Period) -> dict[str, str | None]:
    return {"start": period.start or None, "end": period.end or None}


def _claim(claim: Claim) -> dict[str, object]:
    """A claim with all its evidence; null where it says nothing of the kind."""

    def told(concept: Concept | None) -> dict[str, object] | None:
        return None if concept is None else _concept(concept)

    return {
        "id": claim.iri,
        "label": _label(claim.label),
        "kind": told(claim.kind),
        "status": told(claim.status),
        "bound": told(claim.bound),
        "printed": list(claim.printed),
        "value": claim.value or None,
        "unit": told(claim.unit),
        "certainty": told(claim.certainty),
        "period": None if claim.period is None else _period(claim.period),
        "derived": [_concept(slot) for slot in claim.derived],
        "open": [_concept(slot) for slot in claim.open],
        "evidence": [_evidence(evidence) for evidence in claim.evidence],
    }


def _evidence(evidence: Evidence) -> dict[str, object]:
    return {"id": evidence.iri, "zh": evidence.words("zh"), "en": evidence.words("en")}
