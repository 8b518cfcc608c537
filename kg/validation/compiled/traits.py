"""What a store does otherwise, found by one small query: nobody has to say which one it is."""

from __future__ import annotations

from dataclasses import dataclass

from kg.engine import Embedded, Engine
from kg.vocab import PREFIXES

_XSD = PREFIXES["xsd"]


@dataclass(frozen=True, slots=True)
class Traits:
    """``labels_hold``: a blank node has one label in all queries. ``whole_numbers_merge``: xsd:int becomes
    xsd:integer. ``plain_only``: it answers long conditions wrongly or not at all, so that each constraint is asked
    by itself.
    """

    labels_hold: bool
    whole_numbers_merge: bool
    plain_only: bool


def traits(engine: Engine) -> Traits:
    """Ask the store. QueryError, EndpointError as its ``select`` raises them."""
    query = f'SELECT (DATATYPE("7"^^<{_XSD}int>) AS ?int) (DATATYPE("a"@en) AS ?text) WHERE {{}}'
    ((whole, tagged),) = engine.select(query).rows
    return Traits(
        labels_hold=isinstance(engine, Embedded),
        whole_numbers_merge=whole is not None and whole.value == _XSD + "integer",
        plain_only=tagged is None,  # Virtuoso 7 knows no rdf:langString
    )
