"""`bench view`: what a large network costs as a picture, beside pyvis as it comes; part of ``make bench``.

For each size of an invented network, three edges a node: the layout, making the page with panel, legend and evidence,
the size of its file, the same network as a PNG, and in headless Chromium the time to the first drawn frame and to the
answer to a click. The same graph goes through pyvis with its defaults, whose physics run in the page, and once more
with positions given and physics off, which is about the least that vis-network takes on this machine. Layouts, pages
and PNGs are made in a process of their own (time without imports, memory the most that the process took). Where the
page begins with an aggregated view, both that and the full picture (``#classes=open``) are measured; the bars are the
full picture's.

    python tests/benchmarks/view.py [--sizes 500,2000,10000] [--repeats N] [--limit SECONDS] [--no-pyvis] [--check]

A run in the browser is ended after ``--limit`` seconds. ``--check`` ends with 1 when a bar is missed.
"""

from __future__ import annotations

import argparse
import json
import statistics
import sys
import tempfile
import time
from importlib.util import find_spec
from pathlib import Path

# Run as a file, the folder of this file is on the path; imported by a test, the top folder is.
sys.path.insert(0, str(Path(__file__).resolve().parent.parent.parent))

from tests.benchmarks import view_screen
from tests.benchmarks.measuring import Cost, measure
from tests.benchmarks.table import Table, say
from tests.benchmarks.view_network import boxes, invented
from tests.benchmarks.view_screen import Seen, seen

LAYOUT, MEMORY = 20.0, 2000.0  # seconds and megabytes, at 10,000 nodes
PICTURED = {2000: 15.0, 10_000: 60.0}  # nodes: seconds to a PNG, its layout in it
DRAWN = {2000: 2.0, 10_000: 6.0}  # nodes: seconds to the first frame
ANSWERED = {2000: 0.3, 10_000: 0.6}  # nodes: seconds from a click to its answer
AGGREGATED = 2000  # nodes; larger networks begin with classes
WHOLE = "#classes=open&lang=zh"
KG, PYVIS, PLACED = "kg", "pyvis as it comes", "pyvis, nodes placed"


def make(what: str, count: int, out: Path) -> None:
    """In a process of its own: lay out, or write the page; prints its seconds as JSON in the last line."""
    network = invented(count)
    begun = time.perf_counter()
    if what == "layout":
        from kg.networks import layout

        rooms = boxes(network)
        begun = time.perf_counter()
        layout(network, rooms)
    elif what == "page":
        from kg import render

        render.html(invented(10))  # imports are not counted
        begun = time.perf_counter()
        out.write_bytes(render.html(network))
    elif what == "png":
        from kg import render

        render.png(invented(10))
        begun = time.perf_counter()
        out.write_bytes(render.png(network))
    else:
        from pyvis.network import Network as Pyvis

        from kg.networks import layout

        spots = layout(network, boxes(network)) if what == "placed" else {}
        begun = time.perf_counter()
        made = Pyvis(cdn_resources="in_line")
        for node in network.nodes:
            place = dict(zip("xy", spots[node.id], strict=True)) if spots else {}
            made.add_node(node.id, label=node.label.en, **place)
        for edge in network.edges:
            made.add_edge(edge.source, edge.target)
        if spots:
            made.toggle_physics(False)
        made.write_html(str(out))
    print(json.dumps(time.perf_counter() - begun))


def made(what: str, count: int, out: Path, limit: float) -> Cost:
    """The cost of making something; SystemExit when it fails."""
    cost = measure([sys.executable, __file__, "--make", what, "--sizes", str(count), "--out", str(out)], limit)
    if cost.code is None:
        return cost
    if cost.code:
        sys.exit(f"making the {what} of {count} nodes ended with {cost.code}:\n{cost.output}")
    return Cost(json.loads(cost.output.splitlines()[-1]), cost.megabytes, 0)


def timed(table: Table, what: str, who: str, found: list[float | None], bar: float | None) -> None:
    """The row of some runs: their median, which is no number where one of them passed the limit."""
    times = [seconds for seconds in found if seconds is not None]
    middle = statistics.median(times) if times and len(times) == len(found) else None
    note = " ".join([*(["not within the limit"] if middle is None else []), *([f"under {bar:g} s"] if bar else [])])
    met = None if bar is None else middle is not None and middle < bar
    table.row(what, who, None if middle is None else Cost(middle, 0, 0), note, met)


def on_screen(table: Table, what: str, who: str, runs: list[Seen], bars: tuple[float | None, float | None]) -> None:
    """The two rows of what was seen in the browser."""
    timed(table, f"{what} first frame", who, [run.drawn for run in runs], bars[0])
    timed(table, f"{what} click answered", who, [run.answered for run in runs], bars[1])


def no_png() -> str:
    """Why no PNG can be drawn here; empty when one can."""
    if find_spec("resvg_py") is None:
        return "resvg_py is not installed"
    from kg.errors import ResourceMissing  # not above: what is measured imports no more than it needs
    from kg.render.fonts import chinese_font

    try:
        chinese_font()
    except ResourceMissing as fault:
        return str(fault)
    return ""


def ours(table: Table, count: int, page: Path, repeats: int, limit: float) -> None:
    """Layout, page and screen of kg."""
    what = f"{count:,}"
    say(f"{what} nodes: layout")
    cost = made("layout", count, page, limit)
    met = cost.code == 0 and cost.seconds < LAYOUT and cost.megabytes < MEMORY
    table.row(f"{what} layout", KG, cost, f"under {LAYOUT:g} s and {MEMORY / 1000:g} GB", met)
    written(table, "page", what, KG, count, page, limit)
    if no_png():
        table.open(f"{what} PNG", KG, no_png())
    else:
        say(f"{what} nodes: PNG")
        cost, bar = made("png", count, page.with_suffix(".png"), limit), PICTURED.get(count)
        timed(table, f"{what} PNG", KG, [None if cost.code is None else cost.seconds], bar)
    if view_screen.absent():
        table.open(f"{what} screen", KG, view_screen.absent())
        return
    say(f"{what} nodes: kg in the browser")
    bars = DRAWN.get(count), ANSWERED.get(count)
    if count > AGGREGATED:
        first = [seen(page, click=False, limit=limit).drawn for _ in range(repeats)]
        timed(table, f"{what} as it opens", KG, first, bars[0])
    runs = [seen(page, WHOLE, limit=limit) for _ in range(repeats)]
    on_screen(table, what, KG, runs, bars)


def theirs(table: Table, count: int, page: Path, limit: float, kind: str = "pyvis", who: str = PYVIS) -> None:
    """Page and screen of pyvis; a single run, since it is long."""
    what = f"{count:,}"
    written(table, kind, what, who, count, page, limit)
    if view_screen.absent():
        table.open(f"{what} screen", who, view_screen.absent())
        return
    say(f"{what} nodes: {who} in the browser, {limit:g} s at most")
    on_screen(table, what, who, [seen(page, limit=limit)], (None, None))


def written(table: Table, kind: str, what: str, who: str, count: int, page: Path, limit: float) -> None:
    """The row of making a page, with the size of its file."""
    say(f"{what} nodes: page of {who}")
    cost = made(kind, count, page, limit)
    if cost.code is None:
        sys.exit(f"the page of {what} nodes by {who} was not made within {limit:g} s")
    table.row(f"{what} page", who, cost, f"{page.stat().st_size / 1e6:.1f} MB")


def sizes_of(text: str) -> list[int]:
    """``500,2000`` as numbers, smallest first."""
    try:
        found = sorted(int(part) for part in text.split(","))
    except ValueError:
        raise argparse.ArgumentTypeError(f"sizes are like 500,2000, not {text!r}") from None
    if found[0] < 10:
        raise argparse.ArgumentTypeError("ten nodes at least")
    return found


def main() -> int:
    """Print the table; the exit code is 1 when a bar is missed and --check asks."""
    parser = argparse.ArgumentParser(description="What a large network costs as a picture.")
    parser.add_argument("--sizes", type=sizes_of, default=sizes_of("500,2000,10000"))
    parser.add_argument("--repeats", type=int, default=3, help="runs of kg in the browser; the median counts")
    parser.add_argument("--limit", type=float, default=120.0, help="seconds after which a run is ended")
    parser.add_argument("--no-pyvis", action="store_true")
    parser.add_argument("--check", action="store_true")
    parser.add_argument("--make", choices=("layout", "page", "png", "pyvis", "placed"), help=argparse.SUPPRESS)
    parser.add_argument("--out", type=Path, help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.make:
        make(options.make, options.sizes[0], options.out)
        return 0
    table = Table()
    print(f"{'nodes':<24}{'made by':<24}{'time':>10}{'memory':>11}  {'bar':<58}verdict")
    with tempfile.TemporaryDirectory() as folder:
        for count in options.sizes:
            ours(table, count, Path(folder) / "kg.html", options.repeats, options.limit)
            if not options.no_pyvis:
                page = Path(folder) / "pyvis.html"
                theirs(table, count, page, options.limit, "placed", PLACED)
                theirs(table, count, page, options.limit)
    lines = [f"not measured: {line}" for line in table.unmeasured]
    lines += [f"over the bar: {line}" for line in table.missed] or ["every bar that was measured is met"]
    print("\n" + "\n".join(lines))
    return 1 if table.missed and options.check else 0


if __name__ == "__main__":
    sys.exit(main())
