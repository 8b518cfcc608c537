"""The page in Debian's Chromium: no request, no error, everything there, clicks and keys show the evidence.

Screenshots go to artifacts/screens/, to be looked at.
"""

from __future__ import annotations

import time
from pathlib import Path
from typing import Any

from kg import render
from kg.networks import Claim, Concept, Edge, Evidence, Label, Network, Node
from tests.view_browser import (
    By,
    Keys,
    click_picture,
    facts,
    needs_browser,
    open_page,
    press,
    requests,
    shoot,
    wait,
    width_of,
)

pytestmark = needs_browser
EXPORTS = [f"[data-export={form}]" for form in ("png", "svg", "csv", "gexf")]


def test_the_page_makes_no_request_and_no_error(browser: Any, zones: Network, tmp_path: Path) -> None:
    address = open_page(browser, render.html(zones), tmp_path)
    for selector in (
        "[data-lang=en]", "#edges-table [data-edge]", "#facts a", "#nodes-table [data-node]", "[data-ego='1']",
        "[data-tool=path]", "[data-tool=close]", "[data-tool=move]", "[data-tool=back]", "[data-tool=classes]",
        "[data-tool=classes]", "[data-off]", "[data-tool=reset]", "[data-tool=all]", *EXPORTS,
    ):  # fmt: skip
        if selector != "#facts a":  # a link leads away when pressed; that it is there does nothing
            press(browser, selector)
    time.sleep(0.5)
    assert requests(browser, address) == []
    assert browser.execute_script("return performance.getEntriesByType('resource').length") == 0
    assert browser.get_log("browser") == []


def test_every_node_and_edge_is_there(browser: Any, zones: Network, tmp_path: Path) -> None:
    open_page(browser, render.html(zones), tmp_path)
    drawn = browser.execute_script(
        "const body = zonekg.network.body;"
        "return [Object.keys(body.nodes), body.edgeIndices.map(String), zonekg.nodes.getIds()]"
    )
    assert sorted(drawn[2]) == [node.id for node in zones.nodes]
    assert set(drawn[0]) >= {node.id for node in zones.nodes}
    assert sorted(drawn[1]) == [edge.id for edge in zones.edges]
    assert len(browser.find_elements(By.CSS_SELECTOR, "[data-edge-row]")) == len(zones.edges)
    shoot(browser, "zones-zh")


def test_labels_do_not_hide_each_other(browser: Any, zones: Network, tmp_path: Path) -> None:
    open_page(browser, render.html(zones), tmp_path)
    for lang in ("zh", "en"):
        press(browser, f"[data-lang={lang}]")
        time.sleep(0.4)
        overlapping = browser.execute_script("""
            const found = [];
            const all = zonekg.nodes.getIds().map((id) => [id, zonekg.network.getBoundingBox(id)]);
            all.forEach(([a, p], i) => all.slice(i + 1).forEach(([b, q]) => {
              if (p.left < q.right && q.left < p.right && p.top < q.bottom && q.top < p.bottom) found.push([a, b]);
            }));
            return found;""")
        assert overlapping == [], lang
        outside = browser.execute_script("""
            const frame = document.getElementById("picture");
            return zonekg.nodes.getIds().filter((id) => {
              const box = zonekg.network.getBoundingBox(id);
              const [low, high] = [[box.left, box.top], [box.right, box.bottom]].map(([x, y]) =>
                zonekg.network.canvasToDOM({ x, y }));
              return low.x < 0 || low.y < 0 || high.x > frame.clientWidth || high.y > frame.clientHeight;
            });""")
        assert outside == [], lang


def test_the_language_can_be_switched(browser: Any, zones: Network, tmp_path: Path) -> None:
    open_page(browser, render.html(zones), tmp_path)
    body = browser.find_element(By.TAG_NAME, "body")
    assert "图例" in body.text
    assert "Legend" not in body.text
    press(browser, "[data-lang=en]")
    assert "Legend" in body.text
    assert "图例" not in body.text
    assert browser.title == zones.title.en
    assert browser.execute_script("return document.documentElement.lang") == "en"
    labels = browser.execute_script("return zonekg.nodes.get().map((node) => node.label.replaceAll('\\n', ' '))")
    assert "Yunhe University" in labels
    shoot(browser, "zones-en")


def test_a_click_on_a_node_shows_its_facts(browser: Any, zones: Network, tmp_path: Path) -> None:
    open_page(browser, render.html(zones), tmp_path)
    node = next(node for node in zones.nodes if node.label.en == "Hushan University")
    script = f"const id = {node.id!r}; return z.network.canvasToDOM(z.network.getPositions([id])[id])"
    click_picture(browser, script)
    wait(browser, "return document.documentElement.classList.contains('chosen')")
    told = facts(browser)
    for wanted in ("湖山大学", "Hushan University", "普通高校", "林远", "参考记录", "第5篇第2段第3句", "a5-p2-s3"):
        assert wanted in told
    shoot(browser, "zones-node")


def test_a_click_on_an_edge_shows_its_evidence(browser: Any, zones: Network, tmp_path: Path) -> None:
    open_page(browser, render.html(zones), tmp_path)
    edge = next(e for e in zones.edges if e.id.endswith("agent/hushan-university/via-project/under-way"))
    click_picture(
        browser,
        f"const p = z.network.getPositions(), a = p[{edge.source!r}], b = p[{edge.target!r}];"
        "return z.network.canvasToDOM({ x: a.x * 0.4 + b.x * 0.6, y: a.y * 0.4 + b.y * 0.6 })",
    )
    wait(browser, "return document.documentElement.classList.contains('chosen')")
    told = facts(browser)
    for wanted in (
        "特种陶瓷项目",
        "湖山大学",
        "经项目",
        "进行中",
        "特种陶瓷项目由湖山大学支撑",
        "第5篇第2段第3句",
        "a5-p2-s3",
    ):
        assert wanted in told
    assert browser.execute_script("return document.querySelector('tr.chosen').dataset.edgeRow") == edge.id
    shoot(browser, "zones-edge")


def test_the_keyboard_reaches_everything(browser: Any, zones: Network, tmp_path: Path) -> None:
    open_page(browser, render.html(zones), tmp_path)
    frame = browser.find_element(By.CSS_SELECTOR, "#picture .vis-network")
    chosen = "return document.querySelector('tr.chosen').dataset.nodeRow"
    frame.send_keys(Keys.TAB)
    seen = [browser.execute_script(chosen)]
    for _ in zones.nodes[1:]:
        browser.switch_to.active_element.send_keys(Keys.TAB)
        seen.append(browser.execute_script(chosen))
    assert sorted(seen) == [node.id for node in zones.nodes]
    browser.switch_to.active_element.send_keys(Keys.TAB)  # nobody is kept in the picture
    assert browser.execute_script("return document.activeElement.className") != "vis-network"
    frame.send_keys(Keys.ENTER)
    assert browser.execute_script("return document.activeElement.id") == "panel"
    browser.switch_to.active_element.send_keys(Keys.ESCAPE)
    assert browser.find_elements(By.CSS_SELECTOR, "tr.chosen") == []
    browser.switch_to.active_element.send_keys("/")
    assert browser.execute_script("return document.activeElement.id") == "search"
    button = browser.find_element(By.CSS_SELECTOR, "#edges-table [data-edge]")
    button.send_keys(Keys.ENTER)
    assert "参考记录" in facts(browser)


def test_arrows_walk_to_neighbours_that_lie_there(browser: Any, zones: Network, tmp_path: Path) -> None:
    open_page(browser, render.html(zones), tmp_path)
    start = next(node for node in zones.nodes if node.label.en == "Baixing Optics Co., Ltd.").id
    near = {e.source for e in zones.edges if e.target == start} | {e.target for e in zones.edges if e.source == start}
    spots = browser.execute_script("return zonekg.network.getPositions()")
    walked = 0
    for key, axis, way in (
        (Keys.ARROW_RIGHT, "x", 1), (Keys.ARROW_LEFT, "x", -1), (Keys.ARROW_DOWN, "y", 1), (Keys.ARROW_UP, "y", -1)
    ):  # fmt: skip
        press(browser, f"#nodes-table [data-node='{start}']")
        frame = browser.find_element(By.CSS_SELECTOR, "#picture .vis-network")
        frame.send_keys(key)
        end = browser.execute_script("return document.querySelector('tr.chosen').dataset.nodeRow")
        if end != start:
            walked += 1
            assert end in near
            assert (spots[end][axis] - spots[start][axis]) * way > 0
    assert walked > 0


def test_the_wheel_scrolls_the_page_until_the_picture_is_in_use(browser: Any, zones: Network, tmp_path: Path) -> None:
    def turn_the_wheel() -> tuple[float, float]:
        """How the scale of the picture and the place of the page change."""
        state = "return [zonekg.network.getScale(), scrollY]"
        scale, top = browser.execute_script(state)
        middle = {"x": browser.execute_script("return innerWidth / 2"), "y": 400, "type": "mouseWheel"}
        browser.execute_cdp_cmd("Input.dispatchMouseEvent", {**middle, "deltaX": 0, "deltaY": 120})
        time.sleep(0.5)
        after = browser.execute_script(state)
        return after[0] - scale, after[1] - top

    open_page(browser, render.html(zones), tmp_path)
    zoomed, scrolled = turn_the_wheel()
    assert (zoomed, scrolled > 0) == (0, True)
    browser.execute_script("scrollTo(0, 0); document.querySelector('#picture .vis-network').focus()")
    zoomed, scrolled = turn_the_wheel()
    assert (zoomed < 0, scrolled) == (True, 0)


def test_hostile_labels_do_nothing(browser: Any, tmp_path: Path) -> None:
    texts = [
        "</script><script>window.hit=1</script><img src=x onerror='window.hit=2'>",
        "\"' onmouseover='window.hit=3' <!-- ]]> {{ 7*7 }}",
        "\u202eabc\u2066\u200fdef",
        "长" * 10_000,
    ]
    kind = Concept("urn:kind", Label(texts[0], texts[1]))
    nodes = tuple(Node(f"urn:{i}", kind, Label(text, text), (text,)) for i, text in enumerate(texts))
    evidence = (Evidence("urn:page/a1-p1-s1", texts[0], "article", 1, 1, 1, texts[1], 1),)
    edges = tuple(
        Edge(
            f"urn:e{i}",
            f"urn:{i}",
            f"urn:{(i + 1) % 4}",
            kind,
            kind,
            (Claim("urn:c", Label(t, t), evidence),),
            evidence,
        )
        for i, t in enumerate(texts)
    )
    open_page(browser, render.html(Network("n", Label(texts[0], texts[1]), nodes, edges)), tmp_path)
    for i in range(4):
        press(browser, f"#edges-table tr:nth-child({i + 1}) [data-edge]")
        press(browser, f"#nodes-table tr:nth-child({i + 1}) [data-node]")
    assert browser.execute_script("return window.hit") is None
    assert browser.get_log("browser") == []
    assert browser.execute_script("return document.images.length") == 0
    shown = browser.execute_script(
        "return [...document.querySelectorAll('#nodes-table bdi')].map((e) => e.textContent)"
    )
    assert set(texts) <= set(shown)
    assert browser.execute_script("return document.documentElement.scrollWidth") <= width_of(browser)
    shoot(browser, "hostile")
