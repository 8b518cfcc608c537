"""Where the engines differ from each other or from the SHACL specification, each by name."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, TypeAlias

Right: TypeAlias = Literal["native", "reference", "neither", "undefined"]


@dataclass(frozen=True, slots=True)
class Difference:
    """One difference.

    ``right``: who is right by the specification; ``clause`` is where it says so, and ``why`` what. ``cases``: the
    files under tests/cases/shacl that show it, without their endings.
    """

    name: str
    right: Right
    clause: str
    why: str
    cases: tuple[str, ...]


DIFFERENCES: tuple[Difference, ...] = ()


def wrong_on(case: str, engine: str) -> Difference | None:
    """The difference by which an engine is wrong on a case; None when it must be right."""
    return next((it for it in DIFFERENCES if case in it.cases and it.right != engine), None)
