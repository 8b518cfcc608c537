"""`bench validate`: what ``kg validate`` costs, beside the bare engine and other validators; part of ``make bench``.

Each size of an invented zones graph, conforming and with one node in a hundred broken, goes through the bare call of
the engine, ``kg validate``, pySHACL and the peers that PyPI has. Then come the single questions: placing findings,
telling "nothing to check" from "conforms", --stats, the shipped graph, shapes compiled to SPARQL. Every run is a
process of its own; time is the median of all its runs, memory the most that one took. Numbers with a bar say whether
it is met.

    python tests/benchmarks/validate.py [--sizes 10k,100k,1m,10m] [--peers NAME,…|none] [--install-peers]
                                        [--repeats N] [--no-extras] [--check]

A peer predicted to pass 300 s or 8 GB, from its smaller sizes, is marked so and not run. ``--check`` ends with 1 when
a bar is missed.
"""

from __future__ import annotations

import argparse
import re
import statistics
import sys
import tempfile
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path

# Run as a file, the folder of this file is on the path; imported by a test, the top folder is.
sys.path.insert(0, str(Path(__file__).resolve().parent.parent.parent))

from tests.benchmarks import contenders
from tests.benchmarks.contenders import BARE, COMPILED, KG, KG_TEXT, PEERS, PYSHACL, Contender
from tests.benchmarks.generate import Made, generate
from tests.benchmarks.measuring import Cost, measure, too_much

SHAPES = Path(__file__).resolve().parent / "shapes"
ZONES, ELSEWHERE = SHAPES / "zones.ttl", SHAPES / "elsewhere.ttl"
LARGE = 788_010  # triples: 2,000 zones
LONG = 20.0  # seconds; a run that takes longer is not repeated

# The bars.
TIMES, MORE = 1.3, 0.2  # a plain run: times the bare call, and seconds more
FASTER, FASTER_AT = 50.0, 700_000  # than pySHACL, from so many triples
GROWTH = 1.15  # times as fast as the data
PLACING = 3.0 / 20  # seconds a megabyte of Turtle
STATS, SHIPPED, SHIPPED_FASTER, COMPILED_SECONDS = 5.0, 0.5, 5.0, 3.0


@dataclass
class Table:
    """The rows printed so far, and the bars that are missed or could not be measured."""

    missed: list[str] = field(default_factory=list)
    unmeasured: list[str] = field(default_factory=list)

    def row(self, what: str, who: str, cost: Cost | None, note: str = "", met: bool | None = None) -> None:
        """Print a row; ``met`` says whether its bar is met, None that it has none."""
        time = "" if cost is None else f"{cost.seconds:.2f} s"
        memory = "" if cost is None else f"{cost.megabytes:,.0f} MB"
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
    """The cost of each command, run in turns so that all meet the same weather; SystemExit on another exit code."""
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


def sizes_of(text: str) -> list[int]:
    """``10k,1m`` as numbers, smallest first."""
    found = [re.fullmatch(r"([0-9]+)([km]?)", part.strip().lower()) for part in text.split(",")]
    if not all(found):
        raise argparse.ArgumentTypeError(f"sizes are like 10k,1m, not {text!r}")
    return sorted(int(part[1]) * {"": 1, "k": 1000, "m": 1_000_000}[part[2]] for part in found if part)


def by_size(table: Table, sizes: list[int], peers: list[Contender], repeats: int, scratch: Path) -> None:
    """The table proper: each size, conforming and broken, through every validator."""
    for broken in (False, True):
        known: dict[str, list[tuple[int, Cost]]] = {}
        for size in sizes:
            data = scratch / "zones.ttl"
            say(f"writing {short(size)} triples{', broken' if broken else ''}")
            made = generate(data, size, broken)
            what = f"{short(size)} {'broken' if broken else 'conforming'}"
            runnable: dict[str, list[str]] = {}
            skipped: dict[str, str] = {}
            for one in (BARE, KG, *peers):
                why = one.absent or too_much(known.get(one.name, []), size)
                if why:
                    skipped[one.name] = why
                else:
                    runnable[one.name] = one.on(data, ZONES)
            say(f"{what}: {', '.join(runnable)}")
            costs = in_turns(runnable, repeats, [1] if broken else [0])
            for one in (BARE, KG, *peers):
                if one.name in skipped:
                    table.row(what, one.name, None, skipped[one.name])
                    continue
                cost = costs[one.name]
                known.setdefault(one.name, []).append((made.triples, cost))
                note, met = judged(one, costs, made, data) if one is KG else ("", None)
                table.row(what, one.name, cost, "stopped at the limit" if cost.code is None else note, met)
            grown(table, what, known)
            against_pyshacl(table, what, made, costs)
            data.unlink()


def judged(one: Contender, costs: dict[str, Cost], made: Made, data: Path) -> tuple[str, bool]:
    """The bar of a plain run: that of the bare call, and time to place findings where there are any."""
    bar = TIMES * costs[BARE.name].seconds + MORE
    note = f"at most {TIMES} × bare + {MORE} s"
    if made.faults:
        bar += PLACING * data.stat().st_size / 1e6
        note += ", and places"
    return f"{note} = {bar:.2f} s", costs[one.name].seconds <= bar


def grown(table: Table, what: str, known: dict[str, list[tuple[int, Cost]]]) -> None:
    """Growth of kg from the size before, beside that of the bare call."""
    ours, bare = known.get(KG.name, []), known.get(BARE.name, [])
    if len(ours) < 2:
        return
    data = ours[-1][0] / ours[-2][0]
    times, theirs = (runs[-1][1].seconds / runs[-2][1].seconds for runs in (ours, bare))
    note = f"time × {times:.1f} on data × {data:.1f} (bare × {theirs:.1f})"
    table.row(what, "growth of kg", None, note, times <= data * GROWTH)


def against_pyshacl(table: Table, what: str, made: Made, costs: dict[str, Cost]) -> None:
    """How many times faster than pySHACL, where it ran."""
    if PYSHACL.name not in costs:
        return
    times = costs[PYSHACL.name].seconds / costs[KG.name].seconds
    bar = made.triples >= FASTER_AT
    note = f"{times:.0f} times faster" + (f", at least {FASTER:.0f}" if bar else "")
    table.row(what, "kg against pySHACL", None, note, times >= FASTER if bar else None)


def placing(table: Table, repeats: int, scratch: Path, triples: int = 400_000) -> None:
    """A thousand findings with their places, as text, on about 20 MB of Turtle."""
    data = scratch / "places.ttl"
    nodes = generate(data, triples).nodes
    made = generate(data, triples, broken=True, every=max(1, nodes // 1000))
    megabytes = data.stat().st_size / 1e6
    what = f"{made.faults} findings, {megabytes:.0f} MB"
    say(what)
    costs = in_turns({one.name: one.on(data, ZONES) for one in (BARE, KG_TEXT)}, repeats, [1])
    bar = TIMES * costs[BARE.name].seconds + MORE + PLACING * megabytes
    table.row(what, BARE.name, costs[BARE.name])
    ours = costs[KG_TEXT.name]
    table.row(what, KG_TEXT.name, ours, f"plain bar + 3 s per 20 MB = {bar:.2f} s", ours.seconds <= bar)


def on_large(table: Table, repeats: int, scratch: Path, triples: int) -> None:
    """Nothing to check against conforming, --stats, and compiled, on the same data."""
    data = scratch / "large.ttl"
    generate(data, triples)
    what = f"{short(triples)} conforming"
    say(f"{what}: conforms, nothing to check, --stats, compiled")
    conforms = in_turns({"": KG.on(data, ZONES)}, repeats, [0])[""]
    nothing = in_turns({"": KG.on(data, ELSEWHERE)}, repeats, [4])[""]
    table.row(what, "kg: conforms", conforms)
    table.row(what, "kg: nothing to check", nothing, "exit code 4")
    if has_option("--stats"):
        stats = in_turns({"": [*KG.on(data, ZONES), "--stats"]}, repeats, [0])[""]
        more = stats.seconds - conforms.seconds
        table.row(what, "kg --stats", stats, f"{more:+.2f} s, at most {STATS:.0f} s more", more <= STATS)
    else:
        table.open(what, "kg --stats", "kg validate has no --stats")
    compiled(table, what, data, triples, repeats)


def has_option(name: str) -> bool:
    """Whether ``kg validate`` has an option."""
    return name in measure([sys.executable, "-m", "kg", "validate", "--help"]).output


def compiled(table: Table, what: str, data: Path, triples: int, repeats: int) -> None:
    """Shapes compiled to SPARQL on a loaded embedded store: compiling and running, not loading."""
    probe = measure([sys.executable, "-c", "from kg.validation.compiled import compile, run"])
    if probe.code != 0:
        table.open(what, COMPILED.name, "no compiled engine (kg.validation.compiled)")
        return
    times: dict[int, float] = {}
    for size, file in ((triples // 2, data.with_name("half.ttl")), (triples, data)):
        if file != data:
            generate(file, size)
        runs = [measure(COMPILED.on(file, ZONES)) for _ in range(repeats)]
        if any(run.code != 0 for run in runs):
            table.open(what, COMPILED.name, f"ended with {runs[0].code}: {runs[0].output.strip()[-200:]}")
            return
        times[size] = statistics.median(float(run.output.split()[-1]) for run in runs)
    cost = Cost(times[triples], max(run.megabytes for run in runs), 0)
    table.row(what, COMPILED.name, cost, f"at most {COMPILED_SECONDS:.0f} s", cost.seconds <= COMPILED_SECONDS)
    growth = times[triples] / times[triples // 2]
    table.row(what, "growth of compiled", None, f"time × {growth:.1f} on data × 2", growth <= 2 * GROWTH)


def shipped(table: Table, repeats: int, scratch: Path) -> None:
    """Our own graph with all our shapes, cold, beside the ``pyshacl`` command on the same triples."""
    from kg import resources
    from kg.errors import ZoneKGError

    what = "the shipped graph"
    say(what)
    try:
        dataset = resources.dataset()
    except ZoneKGError as fault:
        table.open(what, KG.name, f"{fault.message}: {fault.hint}")
        return
    data, shapes = scratch / "shipped.nt", scratch / "shapes.nt"
    flatten = str(Path(__file__).resolve().parent / "peers" / "flatten.py")
    step = measure([sys.executable, flatten, str(dataset), str(resources.root("shapes")), str(data), str(shapes)])
    if step.code != 0:
        sys.exit(step.output)
    ours = in_turns({"": [sys.executable, "-m", "kg", "validate"]}, repeats, [0])[""]
    table.row(what, KG.name, ours, f"under {SHIPPED} s", ours.seconds < SHIPPED)
    # All shapes on all graphs: those for asserted facts find faults in derived ones, which is no matter here.
    theirs = in_turns({"": [*PYSHACL.on(data, shapes), "-f", "nt"]}, repeats, [0, 1])[""]
    times = theirs.seconds / ours.seconds
    note = f"kg is {times:.1f} times faster, at least {SHIPPED_FASTER:.0f}"
    table.row(what, PYSHACL.name, theirs, note, times >= SHIPPED_FASTER)


def main() -> int:
    """Print the table; the exit code is 1 when a bar is missed and --check asks."""
    parser = argparse.ArgumentParser(description="What kg validate costs, beside other validators.")
    parser.add_argument("--sizes", type=sizes_of, default=sizes_of("10k,100k,1m,10m"))
    parser.add_argument("--peers", default=",".join(PEERS), help=f"of {', '.join(PEERS)}; none for none")
    parser.add_argument("--install-peers", action="store_true", help=f"in {contenders.environment()}")
    parser.add_argument("--repeats", type=int, default=3)
    parser.add_argument("--no-extras", action="store_true", help="only the table by size")
    parser.add_argument("--check", action="store_true")
    options = parser.parse_args()
    names = [] if options.peers == "none" else [name.strip() for name in options.peers.split(",")]
    if unknown := sorted(set(names) - set(PEERS)):
        parser.error(f"no peer {', '.join(unknown)}; there are {', '.join(PEERS)}")
    if options.install_peers:
        contenders.install(names)
    table = Table()
    print(f"{'data':<24}{'validator':<24}{'time':>10}{'memory':>11}  {'bar':<58}verdict")
    with tempfile.TemporaryDirectory() as folder:
        scratch = Path(folder)
        by_size(table, options.sizes, [contenders.peer(name) for name in names], options.repeats, scratch)
        if not options.no_extras:
            extras: list[Callable[[], None]] = [
                lambda: placing(table, options.repeats, scratch),
                lambda: on_large(table, options.repeats, scratch, min(LARGE, max(options.sizes))),
                lambda: shipped(table, options.repeats, scratch),
            ]
            for extra in extras:
                extra()
    print()
    print("\n".join(f"not measured: {line}" for line in table.unmeasured))
    print("\n".join(f"over the bar: {line}" for line in table.missed) or "every bar that was measured is met")
    return 1 if table.missed and options.check else 0


if __name__ == "__main__":
    sys.exit(main())
