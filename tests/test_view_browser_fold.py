"""Mediated links in the page: each carries the sign of its kind, and paths fold into one line and open again."""

from __future__ import annotations

import time
import xml.etree.ElementTree as ET
from pathlib import Path
from typing import Any

import pytest

from kg import render
from kg.networks import Edge, Network
from kg.render.drawing import TALL, positions
from tests.view_browser import (
    By,
    clear,
    click_picture,
    downloaded,
    facts,
    needs_browser,
    open_page,
    press,
    rows,
    shoot,
    wait,
)

pytestmark = needs_browser
FOLDED = "#mediators=folded"


def _paths(network: Network) -> dict[str, list[Edge]]:
    """Path → its steps, for the paths of more than one."""
    edges = {edge.id: edge for edge in network.edges}
    return {path.id: [edges[step] for step in path.steps] for path in network.paths if len(path.steps) > 1}


def _ends(steps: list[Edge]) -> tuple[str, str]:
    """Where a path begins and where it ends."""
    froms, tos = {edge.source for edge in steps}, {edge.target for edge in steps}
    (start,), (end,) = froms - tos, tos - froms
    return start, end


def _drawn(browser: Any) -> dict[str, tuple[str, str]]:
    lines = browser.execute_script("return zonekg.edges.get().map((line) => [line.id, line.from, line.to])")
    return {name: (start, end) for name, start, end in lines}


def test_folded_paths_are_one_line_each_and_mediators_are_not_drawn(
    browser: Any, zones: Network, tmp_path: Path
) -> None:
    open_page(browser, render.html(zones), tmp_path)
    press(browser, "[data-tool=fold]")
    paths = _paths(zones)
    assert len(paths) > 5
    steps = {edge.id for edges in paths.values() for edge in edges}
    left = {edge.id: (edge.source, edge.target) for edge in zones.edges if edge.id not in steps}
    assert _drawn(browser) == {**left, **{f"path {path}": _ends(edges) for path, edges in paths.items()}}
    ends = {end for edges in paths.values() for end in _ends(edges)}
    between = {end for edges in paths.values() for edge in edges for end in (edge.source, edge.target)} - ends
    between -= {end for pair in left.values() for end in pair}
    assert between
    drawn = set(browser.execute_script("return zonekg.nodes.getIds()"))
    assert drawn == {node.id for node in zones.nodes} - between
    status = browser.find_element(By.ID, "status").text
    assert f"{len(paths)} 条" in status
    assert f"{len(between)} 个中介" in status
    assert rows(browser, "node") == {node.id for node in zones.nodes}  # the tables still list everything
    shoot(browser, "folded")
    assert "mediators=folded" in browser.execute_script("return location.hash")
    press(browser, "[data-tool=fold]")
    assert set(_drawn(browser)) == {edge.id for edge in zones.edges}


def test_a_folded_line_opens_its_path(wide: Any, zones: Network, tmp_path: Path) -> None:
    open_page(wide, render.html(zones), tmp_path, FOLDED)
    path = next(path for path, edges in _paths(zones).items() if "c-academician" in path and len(edges) == 3)
    click_picture(
        wide,
        f"const line = z.network.body.edges['path {path}'];return z.network.canvasToDOM(line.edgeType.getPoint(0.5))",
    )
    wait(wide, f"return !zonekg.edges.get('path {path}')")
    assert {edge.id for edge in _paths(zones)[path]} <= set(_drawn(wide))
    assert "湖山大学" in facts(wide)
    others = {f"path {other}" for other in _paths(zones)} - {f"path {path}"}
    assert others <= set(_drawn(wide))
    address = wide.execute_script("return location.hash")
    open_page(wide, render.html(zones), tmp_path, address)
    assert set(_drawn(wide)) >= others | {edge.id for edge in _paths(zones)[path]}
    shoot(wide, "folded-opened")


def test_a_path_opens_where_the_reader_looks(wide: Any, zones: Network, tmp_path: Path) -> None:
    open_page(wide, render.html(zones), tmp_path, FOLDED)
    time.sleep(0.5)  # until the picture has been fitted
    press(wide, "[data-tool=in]")
    scale = wide.execute_script("return zonekg.network.getScale()")
    person = next(node.id for node in zones.nodes if node.kind.name == "Person")
    press(wide, f"#nodes-table [data-node='{person}']")
    time.sleep(0.8)  # the picture glides
    assert person in wide.execute_script("return zonekg.nodes.getIds()")
    assert wide.execute_script("return zonekg.network.getScale()") == scale


def test_what_is_unfolded_is_not_under_the_panel(browser: Any, zones: Network, tmp_path: Path) -> None:
    between = {end for edges in _paths(zones).values() for edge in edges for end in (edge.source, edge.target)}
    between -= {end for edges in _paths(zones).values() for end in _ends(edges)}
    lowest = max(between, key=lambda node: positions(zones, TALL)[node][1])
    open_page(browser, render.html(zones), tmp_path, FOLDED)
    press(browser, f"#nodes-table [data-node='{lowest}']")
    time.sleep(0.8)
    down, end = browser.execute_script(
        "const rect = (id) => document.getElementById(id).getBoundingClientRect();"
        "const spot = zonekg.network.canvasToDOM(zonekg.network.getPositions([arguments[0]])[arguments[0]]);"
        "const over = getComputedStyle(document.getElementById('panel')).position === 'fixed';"
        "return [spot.y + rect('picture').top, over ? rect('panel').top : rect('picture').bottom]",
        lowest,
    )
    assert down < end - 20


def test_what_a_table_asks_for_is_unfolded(wide: Any, zones: Network, tmp_path: Path) -> None:
    open_page(wide, render.html(zones), tmp_path, FOLDED)
    person = next(node.id for node in zones.nodes if node.kind.name == "Person")
    assert person not in wide.execute_script("return zonekg.nodes.getIds()")
    press(wide, f"#nodes-table [data-node='{person}']")
    assert person in wide.execute_script("return zonekg.nodes.getIds()")


def test_a_chosen_zone_keeps_its_folded_lines_and_their_ends(wide: Any, zones: Network, tmp_path: Path) -> None:
    zone = next(node.id for node in zones.nodes if node.label.en == "Qingshi Development Zone")
    open_page(wide, render.html(zones), tmp_path, f"{FOLDED}&node={zone}")
    own = {path for path, edges in _paths(zones).items() if _ends(edges)[0] == zone}
    faded = wide.execute_script("return zonekg.edges.getIds().filter((id) => zonekg.faded(id))")
    assert own
    assert {f"path {path}" for path in own}.isdisjoint(faded)
    assert {f"path {path}" for path in _paths(zones)} - set(faded) == {f"path {path}" for path in own}
    assert {_ends(_paths(zones)[path])[1] for path in own} <= clear(wide, "nodes")


def test_a_folded_path_fades_where_a_filter_leaves_out_one_of_its_mediators(
    wide: Any, zones: Network, tmp_path: Path
) -> None:
    person = next(node for node in zones.nodes if node.kind.name == "Person")
    through = {path for path, edges in _paths(zones).items() if any(person.id in (e.source, e.target) for e in edges)}
    assert any(len(_paths(zones)[path]) == 3 for path in through)  # one step of it does not touch the person
    open_page(wide, render.html(zones), tmp_path, FOLDED)
    press(wide, f"[data-off='kind:{person.kind.iri}']")
    faded = wide.execute_script("return zonekg.edges.getIds().filter((id) => zonekg.faded(id))")
    assert set(faded) == {f"path {path}" for path in through}


@pytest.mark.parametrize("fragment", ["", FOLDED])
def test_mediated_links_carry_the_sign_of_their_kind(
    wide: Any, zones: Network, tmp_path: Path, fragment: str
) -> None:
    open_page(wide, render.html(zones), tmp_path, fragment)
    mediated = {edge.id for edge in zones.edges if edge.kind.name != "direct"}
    wait(wide, "return Boolean(zonekg.signs())")
    signed = set(wide.execute_script("return [...zonekg.signs().keys()]"))
    assert signed == ({f"path {path}" for path in _paths(zones)} if fragment else mediated)
    press(wide, "[data-export=svg]")
    drawn = ET.fromstring(downloaded(tmp_path, "svg"))
    paper = drawn.find("{http://www.w3.org/2000/svg}rect").get("fill")  # type: ignore[union-attr]
    hollow = [mark for mark in drawn.iter() if mark.get("fill") == paper and mark.get("stroke-width") == "1.6"]
    signs_of_legend = len({edge.kind for edge in zones.edges if edge.kind.name != "direct"})
    assert len(hollow) == len(signed)
    assert signs_of_legend == len(wide.find_elements(By.CSS_SELECTOR, ".legend line + g"))


def test_a_network_without_paths_has_no_button_to_fold(wide: Any, zones: Network, tmp_path: Path) -> None:
    direct = tuple(edge for edge in zones.edges if edge.kind.name == "direct")
    open_page(wide, render.html(Network("n", zones.title, zones.nodes, direct)), tmp_path)
    assert not wide.find_element(By.CSS_SELECTOR, "[data-tool=fold]").is_displayed()
