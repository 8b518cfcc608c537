"""The table that `bench validate` prints, and the runs whose numbers stand in it."""

from __future__ import annotations

import statistics
import sys
from collections.abc import Sequence
from dataclasses import dataclass, field

from tests.benchmarks.measuring import Cost, measure

LONG = 20.0  # seconds; a run that takes longer is not repeated


@dataclass
class Table:
    """The rows printed so far, and the bars that are missed or could not be measured."""

    missed: list[str] = field(default_factory=list)
    unmeasured: list[str] = field(default_factory=list)

    def row(self, what: str, who: str, cost: Cost | None, note: str = "", met: bool | None = None) -> None:
        """Print a row; ``met`` says whether its bar is met, None that it has none."""
        time = "" if cost is None else f"{cost.seconds:.2f} s"
        memory = "" if cost is None or not cost.megabytes else f"{cost.megabytes:,.0f} MB"
        verdict = {None: "", True: "met", False: "MISSED"}[met]
        print(f"{what:<24}{who:<24}{time:>10}{memory:>11}  {note:<58}{verdict}".rstrip(), flush=True)
        if met is False:
            self.missed.append(f"{what}, {who}: {note}")

    def open(self, what: str, who: str, why: str) -> None:
        """Print a row that could not be measured."""
        self.row(what, who, None, why)
        self.unmeasured.append(f"{what}, {who}: {why}")


def say(text: str) -> None:
    """Progress, on standard error."""
    print(f"… {text}", file=sys.stderr, flush=True)


def in_turns(commands: dict[str, list[str]], repeats: int, codes: Sequence[int]) -> dict[str, Cost]:
    """The cost of each command, in turns so that all meet the same weather; SystemExit on an unexpected exit code."""
    runs: dict[str, list[Cost]] = {name: [] for name in commands}
    for _ in range(repeats):
        for name, command in commands.items():
            if runs[name] and runs[name][0].seconds > LONG:
                continue
            cost = measure(command)
            if cost.code is not None and cost.code not in codes:
                sys.exit(f"{' '.join(command)} ended with {cost.code}:\n{cost.output}")
            runs[name].append(cost)
    return {
        name: Cost(statistics.median(c.seconds for c in costs), max(c.megabytes for c in costs), costs[0].code)
        for name, costs in runs.items()
    }


def short(size: int) -> str:
    """A number of triples as people say it: 10k, 1m."""
    return f"{size // 1_000_000}m" if size >= 1_000_000 else f"{size // 1000}k"
