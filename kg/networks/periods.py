"""When a claim holds: from a day to a day, as far as the source states it."""

from __future__ import annotations

import calendar
import re
from collections.abc import Iterable
from dataclasses import dataclass

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


def period_of(starts: Iterable[str], ends: Iterable[str]) -> Period | None:
    """The period from the earliest of some dates to the latest of others; None where none can be read.

    A date alone (both start and end) is a period of its own: the day, the month or the year that it names. An end
    before its start is no period.
    """
    first = min(filter(None, map(first_day, starts)), default="")
    last = max(filter(None, map(last_day, ends)), default="")
    if not (first or last) or (last and first > last):
        return None
    return Period(first, last)


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
