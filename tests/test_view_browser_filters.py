"""The page's filters, search, surroundings and paths: what does not fit fades and leaves the tables."""

from __future__ import annotations

from html import escape
from pathlib import Path
from typing import Any

import pytest

from kg import render
from kg.networks import Edge, Network
from tests.view_browser import (
    By,
    Keys,
    clear,
    facts,
    needs_browser,
    open_page,
    press,
    rows,
    shoot,
    type_into,
    wait,
)

pytestmark = needs_browser


def _id(network: Network, name: str) -> str:
    return next(node.id for node in network.nodes if name in (node.label.en, node.label.zh))


def _text(browser: Any, selector: str) -> str:
    return str(browser.find_element(By.CSS_SELECTOR, selector).text)


def _ends(edges: list[Edge]) -> set[str]:
    return {end for edge in edges for end in (edge.source, edge.target)}


def test_an_unticked_kind_of_node_fades_with_its_links(browser: Any, zones: Network, tmp_path: Path) -> None:
    open_page(browser, render.html(zones), tmp_path)
    kind = next(node.kind for node in zones.nodes if node.kind.name == "Enterprise")
    press(browser, f"[data-off='kind:{kind.iri}']")
    nodes = {node.id for node in zones.nodes if node.kind != kind}
    edges = {edge.id for edge in zones.edges if edge.source in nodes and edge.target in nodes}
    assert clear(browser, "nodes") == rows(browser, "node") == nodes
    assert clear(browser, "edges") == rows(browser, "edge") == edges
    assert set(browser.execute_script("return zonekg.nodes.getIds()")) == {node.id for node in zones.nodes}
    assert f"{len(nodes)}/{len(zones.nodes)}" in _text(browser, "#status")
    shoot(browser, "filter-kind")
    press(browser, "[data-tool=reset]")
    assert rows(browser, "edge") == {edge.id for edge in zones.edges}
    assert _text(browser, "#status") == ""


@pytest.mark.parametrize("what", ["link", "status"])
def test_an_unticked_kind_or_status_of_links_fades(wide: Any, zones: Network, tmp_path: Path, what: str) -> None:
    open_page(wide, render.html(zones), tmp_path)

    def of(edge: Edge) -> str:
        return edge.kind.iri if what == "link" else edge.status.iri if edge.status else ""

    gone = max({of(edge) for edge in zones.edges})
    press(wide, f"[data-off='{what}:{gone}']")
    left = [edge for edge in zones.edges if of(edge) != gone]
    assert clear(wide, "edges") == rows(wide, "edge") == {edge.id for edge in left}
    linked = _ends(list(zones.edges))
    assert rows(wide, "node") == {n.id for n in zones.nodes if n.id in _ends(left) or n.id not in linked}


def test_parties_without_a_name_can_be_faded(wide: Any, zones: Network, tmp_path: Path) -> None:
    open_page(wide, render.html(zones), tmp_path)
    press(wide, "[data-off='unnamed:']")
    assert rows(wide, "node") == {node.id for node in zones.nodes if node.named}


def test_one_article_stands_out(wide: Any, zones: Network, tmp_path: Path) -> None:
    open_page(wide, render.html(zones), tmp_path)
    type_into(wide, "#article", "invented-page/article-5")
    left = [edge for edge in zones.edges if any(e.number == 5 and e.block == "article" for e in edge.evidence)]
    assert left
    assert rows(wide, "edge") == {edge.id for edge in left}
    assert rows(wide, "node") == _ends(left)
    options = wide.execute_script("return [...document.getElementById('article').options].map((o) => o.text)")
    assert options == ["全部篇目", "第1篇", "第2篇", "第5篇", "图片说明1"]


def test_one_zone_stands_out_up_to_its_universities(wide: Any, zones: Network, tmp_path: Path) -> None:
    open_page(wide, render.html(zones), tmp_path)
    type_into(wide, "#zone", _id(zones, "芦渚经济技术开发区"))
    shown = {node.label.zh for node in zones.nodes if node.id in rows(wide, "node")}
    assert {"芦渚经济技术开发区", "湖山大学", "特种陶瓷项目", "铁舟理工大学"} <= shown
    assert not shown & {"青石经开区", "白星光学有限公司", "云河大学", "孤灯经开区", "林远"}


def test_nodes_with_few_links_fade(wide: Any, zones: Network, tmp_path: Path) -> None:
    open_page(wide, render.html(zones), tmp_path)
    type_into(wide, "#degree", "3")
    ends = [end for edge in zones.edges for end in (edge.source, edge.target)]
    assert rows(wide, "node") == {node.id for node in zones.nodes if ends.count(node.id) >= 3} != set()


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("云河", "云河大学"),
        ("yunhe UNIV", "云河大学"),
        ("云大", "云河大学"),  # an alias
        ("yun he da xue", "云河大学"),
        ("yunheda", "云河大学"),
        ("yhdx", "云河大学"),  # the first letters of its syllables
        ("baixing optics co ltd", "白星光学有限公司"),
    ],
)
def test_search_finds_by_name_alias_and_pinyin(
    wide: Any, zones: Network, tmp_path: Path, text: str, name: str
) -> None:
    open_page(wide, render.html(zones), tmp_path)
    type_into(wide, "#search", text)
    found = _id(zones, name)
    assert clear(wide, "nodes") == rows(wide, "node") == {found}
    wide.find_element(By.ID, "search").send_keys(Keys.ENTER)
    assert wide.execute_script("return document.querySelector('tr.chosen').dataset.nodeRow") == found
    assert name in facts(wide)


def test_search_says_when_nothing_is_found(browser: Any, zones: Network, tmp_path: Path) -> None:
    open_page(browser, render.html(zones), tmp_path)
    browser.find_element(By.ID, "search").send_keys("大学")
    assert len(browser.find_elements(By.CSS_SELECTOR, "#found button")) == 3
    shoot(browser, "search")
    browser.find_element(By.ID, "search").send_keys("没有")
    assert _text(browser, "#found") == "没有找到。"
    browser.switch_to.active_element.send_keys(Keys.ESCAPE)
    assert rows(browser, "node") == {node.id for node in zones.nodes}


@pytest.mark.parametrize("steps", [1, 2, 3])
def test_surroundings_of_a_node(browser: Any, zones: Network, tmp_path: Path, steps: int) -> None:
    open_page(browser, render.html(zones), tmp_path)
    start = _id(zones, "特种陶瓷项目")
    press(browser, f"#nodes-table [data-node='{start}']")
    press(browser, f"[data-ego='{steps}']")
    reached = {start}
    for _ in range(steps):
        reached |= _ends([e for e in zones.edges if {e.source, e.target} & reached])
    assert len(reached) < len(zones.nodes)
    assert clear(browser, "nodes") == rows(browser, "node") == reached
    assert f"周围 {steps} 步" in _text(browser, "#status")
    shoot(browser, f"surroundings-{steps}")
    press(browser, "[data-tool=end]")
    assert rows(browser, "node") == {node.id for node in zones.nodes}


def test_a_path_between_two_nodes(browser: Any, zones: Network, tmp_path: Path) -> None:
    open_page(browser, render.html(zones), tmp_path)
    names = ["青石经开区", "青石光学研究院", "林远", "湖山大学", "特种陶瓷项目"]
    path = [_id(zones, name) for name in names]
    press(browser, f"#nodes-table [data-node='{path[0]}']")
    press(browser, "[data-tool=path]")
    assert "请选另一端" in _text(browser, "#status")
    press(browser, f"#nodes-table [data-node='{path[-1]}']")
    assert rows(browser, "node") == clear(browser, "nodes") == set(path)
    assert "4 步" in _text(browser, "#status")
    assert " – ".join(names) in _text(browser, "#status")
    shoot(browser, "path")
    press(browser, "[data-tool=close]")
    press(browser, f"#nodes-table [data-node='{path[0]}']")
    press(browser, "[data-tool=path]")
    press(browser, f"#nodes-table [data-node='{_id(zones, '孤灯经开区')}']")
    assert "没有路径" in _text(browser, "#status")


def test_the_address_keeps_the_view(browser: Any, zones: Network, tmp_path: Path) -> None:
    open_page(browser, render.html(zones), tmp_path)
    press(browser, "[data-lang=en]")
    press(browser, "[data-off='unnamed:']")
    type_into(browser, "#degree", "1")
    type_into(browser, "#search", "univ")
    press(browser, f"#nodes-table [data-node='{_id(zones, '湖山大学')}']")
    press(browser, "[data-ego='2']")
    before = (clear(browser, "nodes"), rows(browser, "edge"), facts(browser))
    fragment = browser.execute_script("return location.hash")
    open_page(browser, render.html(zones), tmp_path, fragment)
    assert (clear(browser, "nodes"), rows(browser, "edge"), facts(browser)) == before
    assert browser.execute_script("return document.documentElement.lang") == "en"
    assert browser.find_element(By.ID, "search").get_attribute("value") == "univ"
    assert not browser.find_element(By.CSS_SELECTOR, "[data-off='unnamed:']").is_selected()
    assert browser.execute_script("return location.hash") == fragment


@pytest.mark.parametrize(
    "fragment",
    [
        "#node=urn:none&edge=x&ego=99&path=a&path=b&off=kind:none&degree=-4&article=x&year=9999&lang=fr",
        "#%E0%A4%A&=&search=%3Cimg%20src%3Dx%20onerror%3Dalert(1)%3E",
        "#tables",
        "#open=__proto__&classes=maybe&node=__proto__",
        "#degree=1e999&ego=Infinity&year=0000",
    ],
)
def test_a_strange_address_does_no_harm(wide: Any, zones: Network, tmp_path: Path, fragment: str) -> None:
    open_page(wide, render.html(zones), tmp_path, fragment)
    assert wide.find_elements(By.CSS_SELECTOR, "tr.chosen") == []
    assert set(wide.execute_script("return zonekg.nodes.getIds()")) == {node.id for node in zones.nodes}
    press(wide, "[data-lang=en]")  # which writes the address anew
    assert wide.get_log("browser") == []
    assert wide.execute_script("return document.images.length") == 0


def test_going_back_to_an_address_brings_its_view(wide: Any, zones: Network, tmp_path: Path) -> None:
    open_page(wide, render.html(zones), tmp_path)
    node = _id(zones, "湖山大学")
    wide.execute_script("location.hash = new URLSearchParams({ node: arguments[0], lang: 'en' })", node)
    wait(wide, "return document.documentElement.classList.contains('chosen')")
    assert "Hushan University" in facts(wide)


def test_a_page_without_an_address_of_its_own_works(wide: Any, zones: Network, tmp_path: Path) -> None:
    (tmp_path / "around.html").write_text(
        f'<iframe style="width: 1300px; height: 800px" srcdoc="{escape(render.html(zones).decode())}"></iframe>',
        encoding="utf-8",
    )
    wide.get((tmp_path / "around.html").as_uri())
    wide.get_log("browser")
    wide.switch_to.frame(wide.find_element(By.TAG_NAME, "iframe"))
    wait(wide, "return Boolean(window.zonekg)")
    press(wide, f"#nodes-table [data-node='{_id(zones, '湖山大学')}']")
    assert "湖山大学" in facts(wide)
    wide.switch_to.default_content()
    assert wide.get_log("browser") == []
