"""`bench query`: what ``kg`` costs on top of the engine, for every query of the catalogue; part of ``make bench``.

Three comparisons, each beside its bar:

- cold: the whole process ``kg query NAME --format csv`` against a bare script that imports pyoxigraph, loads the
  same dataset, runs the same filled text and prints the rows; the two in turns, medians. At most 3 times.
- in process: ``engine.select`` against bare pyoxigraph on the same text, terms read. At most 1.1 times where that
  takes over 10 ms, at most 0.3 ms more where it takes less.
- rdflib: ``Dataset.query`` on the same data, once (left out with ``--no-rdflib``).

    python tests/benchmarks/query.py [--repeats N] [--no-rdflib] [--check] [NAME]...

``--check`` ends with 1 when a bar is missed.
"""

from __future__ import annotations

import argparse
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

import pyoxigraph

import kg
from kg import resources
from kg.templates import Template, catalogue

COLD, SLOW, TIMES, MORE = 3.0, 0.010, 1.1, 0.0003  # the bars; SLOW and MORE in seconds
BARE = """\
import sys
import pyoxigraph
store = pyoxigraph.Store()
store.load(path=sys.argv[1], format=pyoxigraph.RdfFormat.N_QUADS)
with open(sys.argv[2], encoding="utf-8") as stream:
    text = stream.read()
result = store.query(text, use_default_graph_as_union=True)
if isinstance(result, pyoxigraph.QueryTriples):
    sys.stdout.buffer.write(result.serialize(format=pyoxigraph.RdfFormat.N_TRIPLES))
else:
    for row in result:
        print(*row)
"""


def clock(call: Callable[[], object]) -> float:
    """Seconds that a call takes."""
    start = time.perf_counter()
    call()
    return time.perf_counter() - start


def process(*arguments: str) -> Callable[[], object]:
    """A call that runs ``python arguments`` and fails when that does."""

    def run() -> None:
        subprocess.run([sys.executable, *arguments], stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, check=True)

    return run


def paired(one: Callable[[], object], other: Callable[[], object], repeats: int) -> tuple[float, float]:
    """The medians of two calls that take turns, so that both meet the same weather."""
    times = [(clock(one), clock(other)) for _ in range(repeats)]
    return statistics.median(first for first, _ in times), statistics.median(second for _, second in times)


def fastest(one: Callable[[], object], other: Callable[[], object], repeats: int) -> tuple[float, float]:
    """The best times of two calls that take turns: what the work itself takes, without the machine's noise."""
    times = [(clock(one), clock(other)) for _ in range(repeats)]
    return min(first for first, _ in times), min(second for _, second in times)


def main() -> int:
    """Print the table; the exit code is 1 when a bar is missed and --check asks."""
    parser = argparse.ArgumentParser(description="What kg query costs on top of the engine.")
    parser.add_argument("names", nargs="*", metavar="NAME")
    parser.add_argument("--repeats", type=int, default=15)
    parser.add_argument("--no-rdflib", action="store_true")
    parser.add_argument("--check", action="store_true")
    options = parser.parse_args()
    dataset = resources.dataset()
    engine = kg.load(dataset)
    store = pyoxigraph.Store()
    store.load(path=dataset, format=pyoxigraph.RdfFormat.N_QUADS)
    rdflib = None if options.no_rdflib else engine.to_rdflib()
    templates = [t for t in catalogue().values() if t.name in (options.names or [t.name])]
    missed: list[str] = []
    ratios: list[float] = []
    print(f"{'':<44}{'cold start, ms':>22}{'in process, ms':>22}{'rdflib, ms':>12}")
    print(f"{'':<44}{'kg':>8}{'bare':>7}{'ratio':>7}{'kg':>8}{'bare':>7}{'more':>7}")
    with tempfile.TemporaryDirectory() as scratch:
        script = Path(scratch) / "bare.py"
        script.write_text(BARE, encoding="utf-8")
        for template in templates:
            text = Path(scratch) / "query.rq"
            text.write_text(template.fill(), encoding="utf-8")
            ours, bare = paired(
                process(
                    "-m",
                    "kg",
                    "query",
                    template.name,
                    "--dataset",
                    str(dataset),
                    "--format",
                    "csv" if template.constructs is None else "nt",
                ),
                process(str(script), str(dataset), str(text)),
                options.repeats,
            )
            ratios.append(ours / bare)
            inside, plain = in_process(template, engine, store, options.repeats)
            over = inside / plain > TIMES if plain > SLOW else inside - plain > MORE
            if ours / bare > COLD:
                missed.append(f"{template.name}: cold start {ours / bare:.2f} times bare")
            if over:
                missed.append(f"{template.name}: in process {inside * 1000:.2f} ms, bare {plain * 1000:.2f} ms")
            slow = "" if rdflib is None else f"{clock(lambda t=template: list(rdflib.query(t.fill()))) * 1000:.0f}"
            print(
                f"{template.name:<44}{ours * 1000:>8.0f}{bare * 1000:>7.0f}{ours / bare:>7.2f}"
                f"{inside * 1000:>8.2f}{plain * 1000:>7.2f}{(inside - plain) * 1000:>+7.2f}{slow:>12}",
                flush=True,
            )
    print(f"\ncold start: {statistics.median(ratios):.2f} times bare in the median, {max(ratios):.2f} at most")
    print("\n".join(f"over the bar: {line}" for line in missed) or "every bar is met")
    return 1 if missed and options.check else 0


def in_process(template: Template, engine: kg.Graph, store: pyoxigraph.Store, repeats: int) -> tuple[float, float]:
    """The best times of the engine and of bare pyoxigraph on a template's text."""
    text = template.fill()

    def bare() -> object:
        result = store.query(text, use_default_graph_as_union=True)
        if isinstance(result, pyoxigraph.QuerySolutions):
            return [tuple(solution) for solution in result]
        assert isinstance(result, pyoxigraph.QueryTriples)
        return set(result)

    ask = engine.select if template.constructs is None else engine.construct
    return fastest(lambda: ask(text), bare, 2 * repeats)


if __name__ == "__main__":
    sys.exit(main())
