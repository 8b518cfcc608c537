"""When an edge holds: the dates of the claims that it rests on, as far as the source states them."""

from __future__ import annotations

import calendar
import re
from collections.abc import Mapping
from dataclasses import dataclass

from kg.engine import Engine
from kg.networks import Edge, Network
from kg.terms import Literal, NamedNode
from kg.vocab import ZKG

_QUERY = """SELECT ?claim ?slot ?date WHERE {{
  VALUES ?claim {{ {claims} }}
  VALUES ?slot {{ {slots} }}
  ?claim ?slot ?date .
}}
ORDER BY ?claim ?slot ?date"""
_DATE = re.compile(r"(\d{4})(?:-(\d\d)(?:-(\d\d))?)?")


@dataclass(frozen=True, slots=True, order=True)
class Period:
    """From a day to a day, ISO 8601 (YYYY-MM-DD), both included; empty where that end is open."""

    start: str = ""
    end: str = ""


def first_day(date: str) -> str:
    """The first day of a date, a month or a year in ISO 8601: 2025-12 → 2025-12-01. Empty for anything else."""
    found = _parts(date)
    return "" if found is None else f"{found[0]:04d}-{found[1] or 1:02d}-{found[2] or 1:02d}"


def last_day(date: str) -> str:
    """The last day of a date, a month or a year in ISO 8601: 2025-02 → 2025-02-28. Empty for anything else."""
    found = _parts(date)
    if found is None:
        return ""
    year, month, day = found
    month = month or 12
    return f"{year:04d}-{month:02d}-{day or calendar.monthrange(year, month)[1]:02d}"


def _parts(date: str) -> tuple[int, int | None, int | None] | None:
    match = _DATE.fullmatch(date)
    if match is None:
        return None
    year, month, day = (None if part is None else int(part) for part in match.groups())
    if not year or (month is not None and not 1 <= month <= 12):
        return None
    if day is not None and (month is None or not 1 <= day <= calendar.monthrange(year, month)[1]):
        return None
    return year, month, day


def periods_of_claims(engine: Engine, network: Network) -> dict[str, Period]:
    """Claim → its period, for the dated ones among the claims of a network's edges.

    A date alone is a period of its own: the day, the month or the year that it names. Raises what the engine raises.
    """
    claims = sorted({claim.iri for edge in network.edges for claim in edge.claims})
    if not claims:
        return {}
    query = _QUERY.format(
        claims=" ".join(str(NamedNode(claim)) for claim in claims),
        slots=" ".join(map(str, (ZKG.date, ZKG.dateStart, ZKG.dateEnd))),
    )
    starts: dict[str, str] = {}
    ends: dict[str, str] = {}
    for claim, slot, date in engine.select(query).rows:
        if not isinstance(claim, NamedNode) or not isinstance(date, Literal):
            continue
        if slot != ZKG.dateEnd and first_day(date.value):
            starts.setdefault(claim.value, first_day(date.value))
        if slot != ZKG.dateStart and last_day(date.value):
            ends[claim.value] = max(ends.get(claim.value, ""), last_day(date.value))
    found = {claim: Period(starts.get(claim, ""), ends.get(claim, "")) for claim in sorted({*starts, *ends})}
    return {claim: period for claim, period in found.items() if not period.end or period.start <= period.end}


def spells(edge: Edge, periods: Mapping[str, Period]) -> list[Period]:
    """The periods of an edge's claims, each once, the earliest first; none where no claim is dated."""
    return sorted({periods[claim.iri] for claim in edge.claims if claim.iri in periods})
