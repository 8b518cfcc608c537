"""`bench view`: the networks it invents, the rows it prints, what it says of bars. Nothing here asserts a time."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from tests.benchmarks import view, view_screen
from tests.benchmarks.table import Table
from tests.benchmarks.view_network import PER_NODE, boxes, invented
from tests.benchmarks.view_screen import Seen


def test_an_invented_network_has_all_that_a_page_shows() -> None:
    network = invented(100)
    assert (len(network.nodes), len(network.edges)) == (100, 100 * PER_NODE)
    assert len(network.node_kinds()) == 5
    assert len(network.edge_kinds()) == len(network.statuses()) == 4
    assert all(edge.claims and edge.evidence for edge in network.edges)
    assert any(not node.named for node in network.nodes)
    assert set(boxes(network)) == {node.id for node in network.nodes}
    assert invented(100) == network


def run(monkeypatch: pytest.MonkeyPatch, *arguments: str) -> int:
    monkeypatch.setattr(sys, "argv", ["view.py", "--sizes", "20", "--repeats", "1", *arguments])
    return view.main()


def test_without_a_browser_the_rest_is_measured(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(view_screen, "absent", lambda: "no chromium")
    run(monkeypatch)
    rows = capsys.readouterr().out
    assert f"{'20 layout':<24}{'kg':<24}" in rows
    assert "20 PNG" in rows  # measured, or why not
    for who in (view.KG, view.PYVIS, view.PLACED):
        assert f"{'20 page':<24}{who:<24}" in rows
        assert f"not measured: 20 screen, {who}: no chromium" in rows


@pytest.mark.browser
@pytest.mark.skipif(bool(view_screen.absent()), reason=view_screen.absent() or "all is there")
def test_frames_and_clicks_are_seen_in_every_page(tmp_path: Path) -> None:
    for what in ("page", "pyvis", "placed"):
        page = tmp_path / f"{what}.html"
        view.made(what, 20, page, 60)
        found = view_screen.seen(page, view.WHOLE, limit=60)
        assert found.drawn is not None, what
        assert found.answered is not None, what


@pytest.mark.browser
@pytest.mark.skipif(bool(view_screen.absent()), reason=view_screen.absent() or "all is there")
def test_a_page_that_draws_nothing_is_not_seen_within_the_limit(tmp_path: Path) -> None:
    page = tmp_path / "empty.html"
    page.write_text("<!doctype html><title>empty</title>", encoding="utf-8")
    assert view_screen.seen(page, limit=0.5) == Seen(None)


@pytest.mark.parametrize(
    ("found", "bar", "missed"),
    [([1.0, 3.0, 1.5], 2.0, False), ([3.0, 1.0, 2.5], 2.0, True), ([1.0, None], 2.0, True), ([9.0], None, False)],
)
def test_a_bar_is_held_against_the_median_of_all_runs(
    found: list[float | None], bar: float | None, missed: bool, capsys: pytest.CaptureFixture[str]
) -> None:
    table = Table()
    view.timed(table, "2,000 first frame", "kg", found, bar)
    assert bool(table.missed) is missed
    assert ("not within the limit" in capsys.readouterr().out) is (None in found)


@pytest.mark.parametrize("bar", [1e9, 0.0])
def test_a_missed_bar_fails_the_check(bar: float, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(view_screen, "absent", lambda: "no chromium")
    monkeypatch.setattr(view, "LAYOUT", bar)
    assert run(monkeypatch, "--no-pyvis", "--check") == (0 if bar else 1)
    assert run(monkeypatch, "--no-pyvis") == 0


@pytest.mark.parametrize("sizes", ["many", "5", ""])
def test_sizes_that_are_none_are_wrong_usage(sizes: str) -> None:
    command = [sys.executable, view.__file__, "--sizes", sizes]
    ran = subprocess.run(command, check=False, capture_output=True, text=True)
    assert ran.returncode == 2
    assert "error: argument --sizes" in ran.stderr


def test_what_cannot_be_made_ends_the_benchmark(tmp_path: Path) -> None:
    with pytest.raises(SystemExit, match="making the page of 20 nodes ended with 1"):
        view.made("page", 20, tmp_path / "no folder" / "a.html", 60)
