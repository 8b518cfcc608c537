"""The benchmarks' own machinery: the graphs that they write, what they measure, and how they judge it."""

from __future__ import annotations

import math
import sys
from pathlib import Path

import pyoxigraph
import pytest

from kg.validation import validate
from tests.benchmarks import validate as bench
from tests.benchmarks.contenders import INSTALLED, peer
from tests.benchmarks.generate import EVERY, HEAD_TRIPLES, PER_ZONE, generate
from tests.benchmarks.measuring import Cost, measure, predicted, too_much
from tests.benchmarks.questions import ELSEWHERE, ZONES
from tests.benchmarks.table import Table, in_turns, short

SMALL = HEAD_TRIPLES + 12 * PER_ZONE


def cost(seconds: float, megabytes: float = 10, code: int | None = 0) -> Cost:
    return Cost(seconds, megabytes, code)


@pytest.mark.parametrize("broken", [False, True])
def test_the_generator_writes_what_it_says(broken: bool, tmp_path: Path) -> None:
    made = generate(tmp_path / "a.ttl", SMALL, broken)
    triples = list(pyoxigraph.parse(path=tmp_path / "a.ttl"))
    assert len(set(triples)) == len(triples) == made.triples
    assert broken or made.triples == SMALL
    assert made.faults == (made.nodes // EVERY if broken else 0)


def test_the_same_arguments_give_the_same_bytes(tmp_path: Path) -> None:
    for name, seed in (("a", 4), ("b", 4), ("c", 5)):
        generate(tmp_path / name, SMALL, broken=True, seed=seed)
    assert (tmp_path / "a").read_bytes() == (tmp_path / "b").read_bytes()
    assert (tmp_path / "a").read_bytes() != (tmp_path / "c").read_bytes()


def test_a_conforming_graph_conforms_and_every_shape_has_a_focus_node(tmp_path: Path) -> None:
    generate(tmp_path / "a.ttl", SMALL)
    report = validate(tmp_path / "a.ttl", ZONES, stats=True)
    assert report.conforms
    assert report.idle == ()


def test_each_fault_of_a_broken_graph_is_one_finding_on_a_node_of_its_own(tmp_path: Path) -> None:
    made = generate(tmp_path / "a.ttl", SMALL, broken=True, every=7)
    findings = validate(tmp_path / "a.ttl", ZONES).findings
    assert len(findings) == len({finding.focus for finding in findings}) == made.faults > 100
    assert len({finding.component for finding in findings}) > 5


def test_the_shape_that_reaches_nothing_reaches_nothing(tmp_path: Path) -> None:
    generate(tmp_path / "a.ttl", SMALL)
    assert validate(tmp_path / "a.ttl", ELSEWHERE, require_focus=False, stats=True).focus_nodes == 0


def test_a_run_has_seconds_memory_exit_code_and_output() -> None:
    ran = measure([sys.executable, "-c", "import sys; print('said'); sys.exit(3)"])
    assert ran.code == 3
    assert ran.output == "said\n"
    assert ran.seconds > 0
    assert ran.megabytes > 1


def test_memory_is_the_child_s_own() -> None:
    small, large = (measure([sys.executable, "-c", f"x = bytearray({n})"]) for n in (1, 200_000_000))
    assert large.megabytes - small.megabytes == pytest.approx(200, abs=40)


def test_a_run_past_the_limit_is_stopped() -> None:
    assert measure([sys.executable, "-c", "import time; time.sleep(60)"], limit=0.2).code is None


@pytest.mark.parametrize(
    ("known", "size", "seconds", "megabytes"),
    [
        ([(100, cost(2, 30))], 1000, 20, 30),
        ([(100, cost(2, 30)), (1000, cost(20, 120))], 10_000, 200, 1020),
        ([(100, cost(1, 30)), (1000, cost(100, 30))], 10_000, 10_000, 30),  # square
        ([(100, cost(10, 30)), (1000, cost(10, 20))], 10_000, 100, 20),  # never slower than the data
    ],
)
def test_larger_runs_are_predicted(
    known: list[tuple[int, Cost]], size: int, seconds: float, megabytes: float
) -> None:
    said = predicted(known, size)
    assert math.isclose(said[0], seconds)
    assert math.isclose(said[1], megabytes)


@pytest.mark.parametrize(
    ("known", "why"),
    [
        ([], None),
        ([(100, cost(29))], None),
        ([(100, cost(31))], "> 300 s (predicted)"),
        ([(10, cost(1, 100)), (100, cost(1, 1000))], "> 8 GB (predicted)"),
        ([(100, cost(1, 10, code=None))], "> 300 s (predicted)"),
    ],
)
def test_a_run_that_would_take_too_much_is_not_run(known: list[tuple[int, Cost]], why: str | None) -> None:
    assert too_much(known, 1000) == why


def test_sizes_are_read_smallest_first() -> None:
    assert bench.sizes_of("1m,10k,500") == [500, 10_000, 1_000_000]
    assert [short(size) for size in (10_000, 10_000_000)] == ["10k", "10m"]


def test_a_command_that_ends_otherwise_than_it_should_ends_the_benchmark() -> None:
    with pytest.raises(SystemExit, match="ended with 3"):
        in_turns({"a": [sys.executable, "-c", "raise SystemExit(3)"]}, 1, [0])


def test_a_peer_that_is_not_installed_is_said_to_be_so(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    for name in INSTALLED:
        assert peer(name).command is None
        assert "--install-peers" in peer(name).absent


def run(monkeypatch: pytest.MonkeyPatch, *arguments: str) -> int:
    monkeypatch.setattr(
        sys, "argv", ["validate.py", "--sizes", "1k", "--repeats", "1", "--no-extras", "--peers", *arguments]
    )
    return bench.main()


def test_the_table_has_a_row_for_each_size_and_validator(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(monkeypatch, "none") == 0
    rows = capsys.readouterr().out
    for what in ("1k conforming", "1k broken"):
        for who in ("bare shacl", "kg validate"):
            assert f"{what:<24}{who:<24}" in rows


@pytest.mark.parametrize("met", [True, False])
def test_a_missed_bar_is_said_and_fails_the_check(
    met: bool, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(bench, "judged", lambda *_: ("the bar", met))
    assert run(monkeypatch, "none", "--check") == (0 if met else 1)
    assert ("over the bar: 1k broken, kg validate: the bar" in capsys.readouterr().out) is not met


def test_an_unknown_peer_is_wrong_usage(monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(SystemExit) as ended:
        run(monkeypatch, "pyshackle")
    assert ended.value.code == 2


def test_what_could_not_be_measured_is_listed() -> None:
    table = Table()
    table.open("1k", "compiled", "not there")
    assert table.unmeasured == ["1k, compiled: not there"]
