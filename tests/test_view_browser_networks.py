"""Every network of the catalogue as a page, on the shipped graph: whole, silent, readable at first sight."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from kg import render, resources
from kg.engine import Embedded
from kg.networks import Network, network
from kg.templates import catalogue, get
from tests.view_browser import By, needs_browser, open_page, press, requests, shoot, wait, width_of

pytestmark = needs_browser
NETWORKS = list(catalogue(resources.root("queries") / "networks"))


@pytest.fixture(scope="module")
def pages(shipped_engine: Embedded) -> dict[str, tuple[Network, bytes]]:
    """Network → itself and its page; made when first asked for, since the layout of some takes seconds."""
    made: dict[str, tuple[Network, bytes]] = {}

    class Pages(dict[str, tuple[Network, bytes]]):
        def __missing__(self, name: str) -> tuple[Network, bytes]:
            found = network(shipped_engine, get(name))
            self[name] = found, render.html(found, "zh", render.origin(shipped_engine, found))
            return self[name]

    return Pages(made)


@pytest.mark.parametrize("name", NETWORKS)
def test_a_page_shows_the_whole_network_and_asks_for_nothing(
    browser: Any, pages: dict[str, tuple[Network, bytes]], tmp_path: Path, name: str
) -> None:
    found, page = pages[name]
    assert found.nodes
    assert found.edges
    address = open_page(browser, page, tmp_path)
    assert set(browser.execute_script("return zonekg.nodes.getIds()")) == {node.id for node in found.nodes}
    assert set(browser.execute_script("return zonekg.edges.getIds()")) == {edge.id for edge in found.edges}
    wait(browser, "return zonekg.nodes.getIds().every((id) => zonekg.network.getBoundingBox(id))")
    for lang in ("en", "zh"):
        press(browser, f"[data-lang={lang}]")
        shoot(browser, f"network-{name}-{lang}")
        outside = browser.execute_script("""
            const { clientWidth, clientHeight } = document.getElementById("picture");
            return zonekg.nodes.getIds().filter((id) => {
              const { left, top, right, bottom } = zonekg.network.getBoundingBox(id);
              const low = zonekg.network.canvasToDOM({ x: left, y: top });
              const high = zonekg.network.canvasToDOM({ x: right, y: bottom });
              return low.x < 0 || low.y < 0 || high.x > clientWidth || high.y > clientHeight;
            });""")
        assert outside == [], lang
    hidden = browser.execute_script("""
        const all = zonekg.nodes.getIds().map((id) => [id, zonekg.network.getBoundingBox(id)]);
        return all.flatMap(([a, p], i) => all.slice(i + 1).filter(([, q]) =>
          p.left < q.right && q.left < p.right && p.top < q.bottom && q.top < p.bottom).map(([b]) => [a, b]));""")
    assert hidden == []
    assert browser.execute_script("return document.documentElement.scrollWidth") <= width_of(browser)
    assert browser.find_element(By.TAG_NAME, "h1").text == found.title.zh
    assert requests(browser, address) == []
    assert browser.get_log("browser") == []
