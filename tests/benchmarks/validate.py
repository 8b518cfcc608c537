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
import sys
import tempfile
from pathlib import Path

# Run as a file, the folder of this file is on the path; imported by a test, the top folder is.
sys.path.insert(0, str(Path(__file__).resolve().parent.parent.parent))

from tests.benchmarks import contenders
from tests.benchmarks.contenders import BARE, KG, PEERS, PYSHACL, Contender
from tests.benchmarks.generate import Made, generate
from tests.benchmarks.measuring import Cost, too_much
from tests.benchmarks.questions import GROWTH, MORE, PLACING, TIMES, ZONES, on_large, placing, shipped
from tests.benchmarks.table import Table, in_turns, say, short

LARGE = 788_010  # triples: 2,000 zones
FASTER, FASTER_AT = 50.0, 700_000  # times faster than pySHACL, on so many triples and more


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
            placing(table, options.repeats, scratch)
            on_large(table, options.repeats, scratch, min(LARGE, max(options.sizes)))
            shipped(table, options.repeats, scratch)
    lines = [f"not measured: {line}" for line in table.unmeasured]
    lines += [f"over the bar: {line}" for line in table.missed] or ["every bar that was measured is met"]
    print("\n" + "\n".join(lines))
    return 1 if table.missed and options.check else 0


if __name__ == "__main__":
    sys.exit(main())
