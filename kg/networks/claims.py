"""What the engine's graph says of claims: how each says what it says, when that holds, and what it rests on."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from decimal import Decimal, InvalidOperation

from kg.engine import Engine
from kg.networks.asking import ask_of, concepts_of
from kg.networks.claim import Claim, Concept
from kg.networks.periods import period_of
from kg.networks.places import evidence_of, in_page_order
from kg.terms import Literal, NamedNode, Term
from kg.vocab import RDF, VOC, ZKG

# A status says more than a modality where a claim has both.
_STATUSES = (ZKG.collaborationStatus, ZKG.permitState, ZKG.modality)
_TELLING = (*_STATUSES, ZKG.bound, ZKG.unit, ZKG.certainty, ZKG.derivesSlot, ZKG.leavesOpen)  # each is a concept
_SLOTS = (
    RDF.type, *_TELLING, ZKG.printedForm, ZKG.value, ZKG.date, ZKG.dateStart, ZKG.dateEnd, ZKG.supportedBy,
)  # fmt: skip
_USUAL = VOC["certainty/stated"]

# With a second VALUES block for the slots, Oxigraph joins the two first: thirty times slower for thousands of claims.
_SAID = f"""SELECT ?claim ?slot ?value WHERE {{{{
  VALUES ?claim {{{{ {{terms}} }}}}
  ?claim ?slot ?value .
  FILTER(?slot IN ({", ".join(map(str, _SLOTS))}))
}}}}"""
_ABOVE = """SELECT ?class ?above WHERE {{
  VALUES ?class {{ {terms} }}
  ?class <http://www.w3.org/2000/01/rdf-schema#subClassOf> ?above .
}}"""
# Slots of parties are in participations; a collaboration that is a node of a network speaks of itself.
_INVOLVING = """SELECT ?thing ?claim WHERE {{
  VALUES ?thing {{ {terms} }}
  {{ ?claim zkg:involves ?thing }} UNION {{ ?thing zkg:supportedBy ?evidence BIND(?thing AS ?claim) }}
}}"""

Slots = dict[NamedNode, list[Term]]


def claims_of(engine: Engine, claims: Iterable[NamedNode]) -> dict[NamedNode, Claim]:
    """Claim → all that the graph says of how it is meant, with all its evidence; a stranger has its IRI alone.

    Raises what the engine raises.
    """
    said: dict[NamedNode, Slots] = {claim: {} for claim in claims}
    for claim, slot, value in sorted(set(ask_of(engine, _SAID, said)), key=str):
        if isinstance(claim, NamedNode) and isinstance(slot, NamedNode) and value is not None:
            said[claim].setdefault(slot, []).append(value)
    kinds = _kinds(engine, said)
    concepts = concepts_of(
        engine,
        [
            *said,
            *kinds.values(),
            *(term for slots in said.values() for slot in _TELLING for term in _iris(slots, slot)),
        ],
    )
    evidence = evidence_of(engine, [term for slots in said.values() for term in _iris(slots, ZKG.supportedBy)])
    found = {}
    for claim, slots in said.items():
        held = {slot: tuple(concepts[term] for term in _iris(slots, slot)) for slot in _TELLING}
        dates = _texts(slots, ZKG.date)
        found[claim] = Claim(
            claim.value,
            concepts[claim].label,
            in_page_order(evidence[term] for term in _iris(slots, ZKG.supportedBy)),
            kind=concepts[kinds[claim]] if claim in kinds else None,
            status=_first(*(held[slot] for slot in _STATUSES)),
            bound=_first(held[ZKG.bound]),
            printed=tuple(_texts(slots, ZKG.printedForm)),
            value=_digits(next(iter(_texts(slots, ZKG.value)), "")),
            unit=_first(held[ZKG.unit]),
            certainty=_first(tuple(c for c in held[ZKG.certainty] if c.iri != _USUAL.value)),
            period=period_of([*dates, *_texts(slots, ZKG.dateStart)], [*dates, *_texts(slots, ZKG.dateEnd)]),
            derived=held[ZKG.derivesSlot],
            open=held[ZKG.leavesOpen],
        )
    return found


def claims_involving(engine: Engine, things: Iterable[NamedNode]) -> dict[NamedNode, set[NamedNode]]:
    """Thing → the claims that speak of it, in whatever slot; what nothing is said of is left out."""
    found: dict[NamedNode, set[NamedNode]] = {}
    for thing, claim in ask_of(engine, _INVOLVING, things):
        if isinstance(thing, NamedNode) and isinstance(claim, NamedNode):
            found.setdefault(thing, set()).add(claim)
    return found


def in_reading_order(claims: Iterable[Claim]) -> tuple[Claim, ...]:
    """The claims in the order of the page, then by IRI; those that only name something last."""
    return tuple(sorted(claims, key=lambda claim: (claim.names, claim.place, claim.iri)))


def _kinds(engine: Engine, said: Mapping[NamedNode, Slots]) -> dict[NamedNode, NamedNode]:
    """Claim → its class: of several the one that is above none of the others, the first of equals."""
    types = {claim: _iris(slots, RDF.type) for claim, slots in said.items()}
    above: dict[NamedNode, set[NamedNode]] = {}
    for kind, upper in ask_of(engine, _ABOVE, [kind for kinds in types.values() for kind in kinds]):
        if isinstance(kind, NamedNode) and isinstance(upper, NamedNode) and kind != upper:
            above.setdefault(kind, set()).add(upper)
    found = {}
    for claim, kinds in types.items():
        upper_ones = {upper for kind in kinds for upper in above.get(kind, ())}
        special = [kind for kind in kinds if kind not in upper_ones]
        if special:
            found[claim] = special[0]
    return found


def _iris(slots: Mapping[NamedNode, list[Term]], slot: NamedNode) -> list[NamedNode]:
    return [term for term in slots.get(slot, []) if isinstance(term, NamedNode)]


def _texts(slots: Mapping[NamedNode, list[Term]], slot: NamedNode) -> list[str]:
    return [term.value for term in slots.get(slot, []) if isinstance(term, Literal)]


def _first(*several: tuple[Concept, ...]) -> Concept | None:
    return next((concept for concepts in several for concept in concepts), None)


def _digits(number: str) -> str:
    """A decimal in one way, however an engine writes it: 0.50 → 0.5, 1E+2 → 100; empty for what is none."""
    try:
        found = Decimal(number)
    except InvalidOperation:
        return ""
    if not found.is_finite():
        return ""
    text = f"{found:f}"
    return (text.rstrip("0").rstrip(".") if "." in text else text) or "0"
