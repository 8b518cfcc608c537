"""Coverage: every passage either supports a claim or is excused, and anyone can compute that."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass

from kg.engine import Engine
from kg.errors import ShapesError
from kg.sources.records import SOURCE_BASE
from kg.templates import get
from kg.terms import NamedNode


@dataclass(frozen=True)
class CoveredPassage:
    """One passage: how many asserted claims rest on it, and the reasons it is excused for (usually one or none)."""

    source: str
    block: str
    id: str
    kind: str
    claims: int
    excuses: tuple[NamedNode, ...]

    @property
    def state(self) -> str:
        """One of ``used``, ``excused``, ``neither``, ``both``."""
        if self.claims:
            return "both" if self.excuses else "used"
        return "excused" if self.excuses else "neither"


@dataclass(frozen=True)
class CoverageRow:
    """The passages of one kind in one article, counted by state."""

    source: str
    block: str
    kind: str
    used: int
    excused: int
    neither: int
    both: int

    @property
    def all(self) -> int:
        """How many passages the row counts."""
        return self.used + self.excused + self.neither + self.both


@dataclass(frozen=True)
class Coverage:
    """The state of every passage of the graph, in the order of the pages."""

    passages: tuple[CoveredPassage, ...]

    @property
    def complete(self) -> bool:
        """Whether there are passages, and each is either used or excused."""
        return bool(self.passages) and not self.of_state("neither") and not self.of_state("both")

    def of_state(self, state: str) -> tuple[CoveredPassage, ...]:
        """The passages that are ``used``, ``excused``, ``neither`` or ``both``."""
        return tuple(passage for passage in self.passages if passage.state == state)

    def rows(self) -> tuple[CoverageRow, ...]:
        """One row an article and kind, in the order in which they first occur."""
        groups: dict[tuple[str, str, str], Counter[str]] = {}
        for passage in self.passages:
            key = (passage.source, passage.block, passage.kind)
            groups.setdefault(key, Counter())[passage.state] += 1
        return tuple(
            CoverageRow(*key, states["used"], states["excused"], states["neither"], states["both"])
            for key, states in groups.items()
        )

    def total(self) -> CoverageRow:
        """All passages in one row, with empty names."""
        states = Counter(passage.state for passage in self.passages)
        return CoverageRow("", "", "", states["used"], states["excused"], states["neither"], states["both"])

    def reasons(self) -> tuple[tuple[NamedNode, int], ...]:
        """How many passages are excused for each reason, the most frequent first."""
        counts = Counter(reason for passage in self.passages for reason in passage.excuses)
        return tuple(sorted(counts.items(), key=lambda item: (-item[1], item[0].value)))


def coverage(engine: Engine) -> Coverage:
    """Count what the graph behind ``engine`` does with each passage.

    Raises:
        ShapesError: there are no passages, so that nothing would have been checked.
        QueryError: the engine breaks off.
    """
    found: dict[str, CoveredPassage] = {}
    for row in engine.select(get("coverage_of_passages").fill()):
        source, block, passage, kind = (_text(row[name]) for name in ("source", "block", "passage", "kind"))
        excuse = row["excuse"]
        reasons = found[passage].excuses if passage in found else ()
        if isinstance(excuse, NamedNode):
            reasons = (*reasons, excuse)
        found[passage] = CoveredPassage(
            source=source.removeprefix(SOURCE_BASE),
            block=block.removeprefix(f"{source}/"),
            id=passage.removeprefix(f"{source}/"),
            kind=kind.rpartition("/")[2],
            claims=int(_text(row["claims"])),
            excuses=reasons,
        )
    if not found:
        raise ShapesError("the dataset has no passages: nothing to check", hint="run `kg build`")
    return Coverage(tuple(found.values()))


def _text(term: object) -> str:
    """The text of an IRI or a literal."""
    return str(getattr(term, "value", term))
