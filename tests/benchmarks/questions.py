"""The single questions of `bench validate`, each with its own data and its own bar."""

from __future__ import annotations

import statistics
import sys
from pathlib import Path

from tests.benchmarks.contenders import BARE, COMPILED, KG, KG_TEXT, PYSHACL
from tests.benchmarks.generate import generate
from tests.benchmarks.measuring import Cost, measure
from tests.benchmarks.table import Table, in_turns, say, short

HERE = Path(__file__).resolve().parent
ZONES, ELSEWHERE = HERE / "shapes" / "zones.ttl", HERE / "shapes" / "elsewhere.ttl"

# The bars: a plain run is at most so many times the bare call, and so many seconds more; the others are in seconds.
TIMES, MORE = 1.3, 0.2
PLACING = 3.0 / 20  # for each megabyte of Turtle
STATS, SHIPPED, COMPILED_SECONDS = 5.0, 0.5, 3.0
SHIPPED_FASTER = 5.0  # times, than the pyshacl command
GROWTH = 1.15  # times as fast as the data


def placing(table: Table, repeats: int, scratch: Path, triples: int = 475_000) -> None:
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
    flatten = str(HERE / "peers" / "flatten.py")
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
