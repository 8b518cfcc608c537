"""The page in Debian's Chromium: no request, no error, everything there, clicks and keys show the evidence.

Screenshots go to artifacts/screens/, to be looked at.
"""

from __future__ import annotations

import json
import shutil
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from pyoxigraph import RdfFormat, parse

from kg import render, resources
from kg.engine import Embedded
from kg.networks import Claim, Concept, Edge, Evidence, Label, Network, Node, network
from kg.templates import get

selenium = pytest.importorskip("selenium.webdriver", reason="selenium is not installed")

from selenium.webdriver.common.action_chains import ActionChains  # noqa: E402
from selenium.webdriver.common.by import By  # noqa: E402
from selenium.webdriver.common.keys import Keys  # noqa: E402

TOP = Path(__file__).resolve().parent.parent
CHROMIUM, DRIVER = shutil.which("chromium"), shutil.which("chromedriver")
pytestmark = [
    pytest.mark.browser,
    pytest.mark.skipif(not CHROMIUM or not DRIVER, reason="chromium and chromedriver are not installed"),
]
FLAGS = ["--headless=new", "--no-sandbox", "--disable-gpu", "--no-first-run", "--disable-background-networking"]
SCREENS = {"wide": (1366, 860), "phone": (390, 844)}


@pytest.fixture(scope="module", params=sorted(SCREENS))
def browser(request: pytest.FixtureRequest) -> Iterator[Any]:
    width, height = SCREENS[request.param]
    options = selenium.ChromeOptions()
    options.binary_location = CHROMIUM
    for flag in [*FLAGS, "--hide-scrollbars", f"--window-size={width},{height}"]:
        options.add_argument(flag)
    if request.param == "phone":
        metrics = {"width": width, "height": height, "pixelRatio": 2.0}
        options.add_experimental_option("mobileEmulation", {"deviceMetrics": metrics})
    options.set_capability("goog:loggingPrefs", {"browser": "ALL", "performance": "ALL"})
    driver = selenium.Chrome(options=options, service=selenium.ChromeService(DRIVER))
    driver.shape = request.param
    yield driver
    driver.quit()


@pytest.fixture(scope="module")
def zones() -> Network:
    engine = Embedded.load(TOP / "tests/cases/networks/invented.trig")
    for path in sorted(resources.root("ontology").glob("*.ttl")):
        engine.extend(parse(path=path, format=RdfFormat.TURTLE))
    return network(engine, get("zones_and_universities"))


def _open(browser: Any, data: bytes, folder: Path) -> str:
    """Open the page from a file; its address."""
    file = folder / "page.html"
    file.write_bytes(data)
    browser.get_log("browser"), browser.get_log("performance")
    browser.get(file.as_uri())
    _wait(browser, "return Boolean(window.zonekg)")
    return file.as_uri()


def _wait(browser: Any, script: str, seconds: float = 10) -> None:
    end = time.monotonic() + seconds
    while not browser.execute_script(script):
        assert time.monotonic() < end, f"waited in vain for: {script}"
        time.sleep(0.05)


def _shoot(browser: Any, name: str) -> None:
    folder = TOP / "artifacts/screens"
    folder.mkdir(parents=True, exist_ok=True)
    time.sleep(0.4)  # vis-network draws in the next frame
    browser.save_screenshot(str(folder / f"{name}-{browser.shape}.png"))


def _facts(browser: Any) -> str:
    return str(browser.find_element(By.ID, "facts").text)


def _press(browser: Any, selector: str) -> None:
    """Click without scrolling: buttons of the table are far below."""
    browser.execute_script("document.querySelector(arguments[0]).click()", selector)


def _click_picture(browser: Any, script: str) -> None:
    """Click at the point of the picture that the script computes."""
    spot = browser.execute_script(f"const z = window.zonekg; {script}")
    canvas = browser.find_element(By.CSS_SELECTOR, "#picture canvas")
    middle = canvas.size["width"] / 2, canvas.size["height"] / 2
    actions = ActionChains(browser)
    actions.move_to_element_with_offset(canvas, int(spot["x"] - middle[0]), int(spot["y"] - middle[1])).click()
    actions.perform()


def test_the_page_makes_no_request_and_no_error(browser: Any, zones: Network, tmp_path: Path) -> None:
    address = _open(browser, render.html(zones), tmp_path)
    for selector in ("[data-lang=en]", "#edges-table [data-edge]", "#nodes-table [data-node]", "[data-tool=all]"):
        _press(browser, selector)
    time.sleep(0.5)
    requests = []
    for entry in browser.get_log("performance"):
        message = json.loads(entry["message"])["message"]
        if message["method"] == "Network.requestWillBeSent":
            requests.append(message["params"]["request"]["url"])
    assert [url for url in requests if url != address and not url.startswith("data:")] == []
    assert browser.execute_script("return performance.getEntriesByType('resource').length") == 0
    assert browser.get_log("browser") == []


def test_every_node_and_edge_is_there(browser: Any, zones: Network, tmp_path: Path) -> None:
    _open(browser, render.html(zones), tmp_path)
    drawn = browser.execute_script(
        "const body = zonekg.network.body;"
        "return [Object.keys(body.nodes), body.edgeIndices.map(String), zonekg.nodes.getIds()]"
    )
    assert sorted(drawn[2]) == [node.id for node in zones.nodes]
    assert set(drawn[0]) >= {node.id for node in zones.nodes}
    assert sorted(drawn[1]) == [edge.id for edge in zones.edges]
    assert len(browser.find_elements(By.CSS_SELECTOR, "[data-edge-row]")) == len(zones.edges)
    _shoot(browser, "zones-zh")


def test_labels_do_not_hide_each_other(browser: Any, zones: Network, tmp_path: Path) -> None:
    _open(browser, render.html(zones), tmp_path)
    for lang in ("zh", "en"):
        _press(browser, f"[data-lang={lang}]")
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
    _open(browser, render.html(zones), tmp_path)
    body = browser.find_element(By.TAG_NAME, "body")
    assert "图例" in body.text
    assert "Legend" not in body.text
    _press(browser, "[data-lang=en]")
    assert "Legend" in body.text
    assert "图例" not in body.text
    assert browser.title == zones.title.en
    assert browser.execute_script("return document.documentElement.lang") == "en"
    labels = browser.execute_script("return zonekg.nodes.get().map((node) => node.label.replaceAll('\\n', ' '))")
    assert "Yunhe University" in labels
    _shoot(browser, "zones-en")


def test_a_click_on_a_node_shows_its_facts(browser: Any, zones: Network, tmp_path: Path) -> None:
    _open(browser, render.html(zones), tmp_path)
    node = next(node for node in zones.nodes if node.label.en == "Hushan University")
    script = f"const id = {node.id!r}; return z.network.canvasToDOM(z.network.getPositions([id])[id])"
    _click_picture(browser, script)
    _wait(browser, "return document.documentElement.classList.contains('chosen')")
    facts = _facts(browser)
    for wanted in ("湖山大学", "Hushan University", "普通高校", "林远", "参考记录", "第5篇第2段第3句", "a5-p2-s3"):
        assert wanted in facts
    _shoot(browser, "zones-node")


def test_a_click_on_an_edge_shows_its_evidence(browser: Any, zones: Network, tmp_path: Path) -> None:
    _open(browser, render.html(zones), tmp_path)
    edge = next(e for e in zones.edges if e.id.endswith("/edge/ceramics-project--hushan-university"))
    _click_picture(
        browser,
        f"const p = z.network.getPositions(), a = p[{edge.source!r}], b = p[{edge.target!r}];"
        "return z.network.canvasToDOM({ x: a.x * 0.4 + b.x * 0.6, y: a.y * 0.4 + b.y * 0.6 })",
    )
    _wait(browser, "return document.documentElement.classList.contains('chosen')")
    facts = _facts(browser)
    for wanted in (
        "特种陶瓷项目",
        "湖山大学",
        "经项目",
        "进行中",
        "特种陶瓷项目由湖山大学支撑",
        "第5篇第2段第3句",
        "a5-p2-s3",
    ):
        assert wanted in facts
    assert browser.execute_script("return document.querySelector('tr.chosen').dataset.edgeRow") == edge.id
    _shoot(browser, "zones-edge")


def test_the_keyboard_reaches_everything(browser: Any, zones: Network, tmp_path: Path) -> None:
    _open(browser, render.html(zones), tmp_path)
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
    assert "第1篇" in _facts(browser)


def test_arrows_walk_to_neighbours_that_lie_there(browser: Any, zones: Network, tmp_path: Path) -> None:
    _open(browser, render.html(zones), tmp_path)
    start = next(node for node in zones.nodes if node.label.en == "Baixing Optics Co., Ltd.").id
    near = {e.source for e in zones.edges if e.target == start} | {e.target for e in zones.edges if e.source == start}
    spots = browser.execute_script("return zonekg.network.getPositions()")
    walked = 0
    for key, axis, way in (
        (Keys.ARROW_RIGHT, "x", 1), (Keys.ARROW_LEFT, "x", -1), (Keys.ARROW_DOWN, "y", 1), (Keys.ARROW_UP, "y", -1)
    ):  # fmt: skip
        _press(browser, f"#nodes-table [data-node='{start}']")
        frame = browser.find_element(By.CSS_SELECTOR, "#picture .vis-network")
        frame.send_keys(key)
        end = browser.execute_script("return document.querySelector('tr.chosen').dataset.nodeRow")
        if end != start:
            walked += 1
            assert end in near
            assert (spots[end][axis] - spots[start][axis]) * way > 0
    assert walked > 0


def test_the_wheel_scrolls_the_page_until_the_picture_is_in_use(browser: Any, zones: Network, tmp_path: Path) -> None:
    _open(browser, render.html(zones), tmp_path)
    enabled = "return zonekg.network.interactionHandler.options.zoomView"
    assert browser.execute_script(enabled) is False
    browser.execute_script("document.querySelector('#picture .vis-network').focus()")
    assert browser.execute_script(enabled) is True


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
    _open(browser, render.html(Network("n", Label(texts[0], texts[1]), nodes, edges)), tmp_path)
    for i in range(4):
        _press(browser, f"#edges-table tr:nth-child({i + 1}) [data-edge]")
        _press(browser, f"#nodes-table tr:nth-child({i + 1}) [data-node]")
    assert browser.execute_script("return window.hit") is None
    assert browser.get_log("browser") == []
    assert browser.execute_script("return document.images.length") == 0
    shown = browser.execute_script(
        "return [...document.querySelectorAll('#nodes-table bdi')].map((e) => e.textContent)"
    )
    assert set(texts) <= set(shown)
    assert browser.execute_script("return document.documentElement.scrollWidth <= innerWidth + 1")
    _shoot(browser, "hostile")
