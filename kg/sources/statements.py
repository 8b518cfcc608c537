"""What the graph says on the strength of each passage: the claims that it supports, or why it supports none."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from kg.engine import Engine
from kg.sources.records import Index, Passage
from kg.templates import get
from kg.terms import Literal, NamedNode, Term
from kg.vocab import ZKG


@dataclass(frozen=True)
class Slot:
    """One property of a claim and its value; ``part`` is the participation that it belongs to, if any."""

    name: NamedNode
    value: Term
    part: NamedNode | None = None


@dataclass(frozen=True)
class ClaimStatement:
    """An asserted claim: its IRI, its class, its slots in the order of their names."""

    claim: NamedNode
    class_: NamedNode
    slots: tuple[Slot, ...]


@dataclass(frozen=True)
class Excuse:
    """Why a passage supports nothing, and the curators' notes on it."""

    reason: NamedNode
    notes: tuple[Literal, ...] = ()


@dataclass(frozen=True)
class Statements:
    """What the graph has on one passage; all empty when nobody has dealt with it."""

    claims: tuple[ClaimStatement, ...] = ()
    excuses: tuple[Excuse, ...] = ()

    def terms(self) -> set[NamedNode]:
        """Every IRI in here, for whoever wants their labels."""
        found = {excuse.reason for excuse in self.excuses}
        for claim in self.claims:
            found |= {claim.claim, claim.class_}
            for slot in claim.slots:
                found.add(slot.name)
                if isinstance(slot.value, NamedNode):
                    found.add(slot.value)
        return found


def statements(engine: Engine, index: Index, passage: Passage | None = None) -> Mapping[str, Statements]:
    """The statements on ``passage`` (None: on every passage of ``index``), by the passage's id.

    Passages that the graph says nothing of are in it too. QueryError when the engine breaks off.
    """
    wanted = index.passages if passage is None else (passage,)
    filled = {"passage": NamedNode(index.iri(passage.id))} if passage else {}
    rows: dict[str, list[dict[str, Term | None]]] = {}
    for row in engine.select(get("claims_on_passages").fill(**filled)):
        on = row["passage"]
        if isinstance(on, NamedNode):
            rows.setdefault(on.value, []).append(row)
    return {item.id: _statements(rows.get(index.iri(item.id), [])) for item in wanted}


def _statements(rows: Iterable[Mapping[str, Term | None]]) -> Statements:
    """The rows on one passage, gathered by claim; those without a claim are its excuse."""
    claims: dict[tuple[NamedNode, NamedNode], list[Slot]] = {}
    reasons: list[NamedNode] = []
    notes: list[Literal] = []
    for row in rows:
        claim, kind, part, name, value = (row[column] for column in ("claim", "class", "part", "slot", "value"))
        if not isinstance(name, NamedNode) or value is None:
            continue
        if isinstance(claim, NamedNode) and isinstance(kind, NamedNode):
            slot = Slot(name, value, part if isinstance(part, NamedNode) else None)
            claims.setdefault((claim, kind), []).append(slot)
        elif name == ZKG.excusedAs and isinstance(value, NamedNode):
            reasons.append(value)
        elif isinstance(value, Literal):
            notes.append(value)
    return Statements(
        tuple(ClaimStatement(claim, kind, tuple(slots)) for (claim, kind), slots in claims.items()),
        tuple(Excuse(reason, tuple(notes)) for reason in reasons),
    )
