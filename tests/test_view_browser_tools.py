"""Classes, movement, periods, paper and darkness: what the page's buttons make of the picture."""

from __future__ import annotations

import dataclasses
import re
import time
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread
from typing import Any

import pytest

from kg import render
from kg.networks import Claim, Concept, Edge, Label, Network, Node, Period
from kg.render import drawing
from kg.render import page as page_module
from tests.view_browser import (
    TOP,
    By,
    clear,
    click_picture,
    facts,
    needs_browser,
    open_page,
    press,
    requests,
    rows,
    shoot,
    type_into,
    wait,
    width_of,
)

pytestmark = needs_browser
ASSETS = TOP / "kg/render/assets"
ZONE = Concept("https://w3id.org/zonekg/ontology#DevelopmentZone", Label("开发区", "development zone"))
FIRM = Concept("https://w3id.org/zonekg/ontology#Enterprise", Label("企业", "enterprise"))
LINK = Concept("https://w3id.org/zonekg/vocab/path-kind/direct", Label("直接", "direct"))


def _status(browser: Any) -> str:
    return str(browser.find_element(By.ID, "status").text)


def _ids(browser: Any) -> set[str]:
    return set(browser.execute_script("return zonekg.nodes.getIds()"))


@pytest.fixture
def large(monkeypatch: pytest.MonkeyPatch) -> Network:
    """A network over the limit, on a grid, since a layout of that size takes its time."""
    monkeypatch.setattr(
        drawing,
        "layout",
        lambda network, boxes, aspect: {n.id: (i % 50 * 160, i // 50 * 90) for i, n in enumerate(network.nodes)},
    )
    nodes = [Node(f"urn:z{i}", ZONE, Label(f"区{i}", f"zone {i}")) for i in range(21)]
    nodes += [Node(f"urn:f{i}", FIRM, Label(f"企业{i}", f"firm {i}")) for i in range(1980)]
    edges = [Edge(f"urn:e{i}", f"urn:z{i % 21}", f"urn:f{i}", LINK) for i in range(1980)]
    edges += [Edge(f"urn:w{i}", "urn:z0", f"urn:z{i}", LINK) for i in range(1, 21)]
    return Network("large", Label("大图", "large"), tuple(nodes), tuple(edges))


def test_a_large_network_is_first_shown_by_classes(browser: Any, large: Network, tmp_path: Path) -> None:
    open_page(browser, render.html(large), tmp_path)
    assert _ids(browser) == {f"disk {ZONE.iri}", f"disk {FIRM.iri}"}
    said = _status(browser)
    for wanted in ("2 个类别", "2001 个节点", "2000 条连线", "略去"):
        assert wanted in said
    labels = browser.execute_script("return zonekg.nodes.get().map((node) => node.label)")
    assert sorted(labels) == ["企业\n1980", "开发区\n21"]
    assert browser.execute_script("return zonekg.edges.get().map((edge) => edge.label)") == ["1980"]
    shoot(browser, "classes-large")
    click_picture(
        browser, f"const id = 'disk {ZONE.iri}'; return z.network.canvasToDOM(z.network.getPositions([id])[id])"
    )
    wait(browser, "return zonekg.nodes.length > 2")
    assert _ids(browser) == {f"disk {FIRM.iri}", *(f"urn:z{i}" for i in range(21))}
    assert browser.execute_script("return zonekg.edges.getIds().filter((id) => id.startsWith('urn:w')).length") == 20
    assert "1 个类别代替 1980 个节点、1980 条连线" in _status(browser)
    shoot(browser, "classes-large-open")
    press(browser, "[data-lang=en]")
    assert "enterprise\n1980" in browser.execute_script("return zonekg.nodes.get().map((node) => node.label)")


def test_what_is_looked_for_is_drawn_though_its_class_was_closed(wide: Any, large: Network, tmp_path: Path) -> None:
    address = open_page(wide, render.html(large), tmp_path)
    type_into(wide, "#search", "区7")
    press(wide, "#found button")
    assert "urn:z7" in _ids(wide)
    assert "区7" in facts(wide)
    press(wide, "[data-tool=classes]")
    assert _ids(wide) == {node.id for node in large.nodes}
    assert wide.execute_script("return zonekg.edges.length") == len(large.edges)
    fragment = wide.execute_script("return location.hash")
    open_page(wide, render.html(large), tmp_path, fragment)
    assert _ids(wide) == {node.id for node in large.nodes}
    assert requests(wide, address) == []
    assert wide.get_log("browser") == []


def test_long_tables_are_listed_bit_by_bit_in_step_with_filters(wide: Any, large: Network, tmp_path: Path) -> None:
    open_page(wide, render.html(large), tmp_path)
    assert len(rows(wide, "edge")) == len(rows(wide, "node")) == 200
    press(wide, "#edges-table ~ .more [data-tool=more]")
    assert len(rows(wide, "edge")) == 400
    assert wide.execute_script("return document.activeElement.closest('tr').rowIndex") == 201
    while wide.find_elements(By.CSS_SELECTOR, "#edges-table + .more"):
        press(wide, "#edges-table + .more [data-tool=more]")
    assert rows(wide, "edge") == {edge.id for edge in large.edges}
    type_into(wide, "#search", "企业1979")
    assert rows(wide, "node") == {"urn:f1979"}
    assert rows(wide, "edge") == set()
    press(wide, "#found button")
    assert "开发区" not in facts(wide).split("标识")[0]
    assert f"区{1979 % 21}" in facts(wide)


def test_a_row_made_by_the_script_is_that_of_the_template(
    wide: Any, zones: Network, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def table(name: str) -> list[str]:
        script = (
            f"return [...document.querySelectorAll('#{name}-table tbody td')].map((cell) => cell.innerText.trim())"
        )
        return [re.sub(r"\s+", " ", text) for text in wide.execute_script(script)]

    open_page(wide, render.html(zones), tmp_path)
    written = [table("edges"), table("nodes")]
    monkeypatch.setattr(page_module, "_LISTED", 3)
    open_page(wide, render.html(zones), tmp_path)
    assert [table("edges"), table("nodes")] == written
    assert wide.get_log("browser") == []


def test_a_large_picture_fades_under_a_veil(wide: Any, large: Network, tmp_path: Path) -> None:
    def pixel(node: str) -> list[int]:
        time.sleep(0.3)  # vis-network draws in the next frame
        return list(
            wide.execute_script(
                """
            const spot = zonekg.network.canvasToDOM(zonekg.network.getPositions([arguments[0]])[arguments[0]]);
            const drawn = document.createElement("canvas").getContext("2d");
            for (const canvas of document.querySelectorAll("#picture canvas")) {
              const ratio = canvas.width / canvas.clientWidth;
              drawn.drawImage(canvas, spot.x * ratio, spot.y * ratio, 1, 1, 0, 0, 1, 1);
            }
            return [...drawn.getImageData(0, 0, 1, 1).data]""",
                node,
            )
        )

    open_page(wide, render.html(large), tmp_path, "#classes=open")
    assert wide.execute_script("return zonekg.standing()") is None
    before = pixel("urn:z3")
    type_into(wide, "#search", "区5")
    near, far = pixel("urn:z5"), pixel("urn:z3")
    assert near == before
    assert min(far[:3]) > min(before[:3])
    assert wide.execute_script("return [...zonekg.standing().nodes]") == ["urn:z5"]
    shoot(wide, "veil")
    press(wide, "[data-tool=reset]")
    assert pixel("urn:z3") == before


def test_disks_follow_the_filters(wide: Any, large: Network, tmp_path: Path) -> None:
    open_page(wide, render.html(large), tmp_path)
    type_into(wide, "#degree", "2")
    disks = wide.execute_script("return zonekg.nodes.get().map((node) => [node.label, zonekg.faded(node.id)])")
    assert sorted(disks) == [["企业\n0/1980", True], ["开发区\n21", False]]


def test_a_small_network_can_be_shown_by_classes_and_back(browser: Any, zones: Network, tmp_path: Path) -> None:
    open_page(browser, render.html(zones), tmp_path)
    press(browser, "[data-tool=classes]")
    assert _ids(browser) == {f"disk {node.kind.iri}" for node in zones.nodes}
    shoot(browser, "classes")
    press(browser, "[data-tool=classes]")
    assert _ids(browser) == clear(browser, "nodes") == {node.id for node in zones.nodes}
    assert set(browser.execute_script("return zonekg.edges.getIds()")) == {edge.id for edge in zones.edges}
    assert _status(browser) == ""


def test_the_picture_moves_when_asked_and_can_be_put_back(wide: Any, zones: Network, tmp_path: Path) -> None:
    open_page(wide, render.html(zones), tmp_path)
    spots = "return zonekg.network.getPositions()"
    before = wide.execute_script(spots)
    assert wide.execute_script("return zonekg.network.physics.physicsEnabled") is False
    press(wide, "[data-tool=move]")
    wait(wide, f"return JSON.stringify((() => {{ {spots} }})()) !== arguments_before".replace(
        "arguments_before", f"JSON.stringify({before!r})"
    ))  # fmt: skip
    press(wide, "[data-tool=back]")
    wait(wide, "return !zonekg.network.physics.physicsEnabled")
    assert wide.execute_script(spots) == before


def test_disks_are_put_back_and_turn_with_the_picture(wide: Any, zones: Network, tmp_path: Path) -> None:
    open_page(wide, render.html(zones), tmp_path, "#classes=closed")
    spots = "return zonekg.network.getPositions()"
    before = wide.execute_script(spots)
    wide.execute_script("zonekg.network.moveNode(arguments[0], 700, 700)", next(iter(before)))
    press(wide, "[data-tool=back]")
    assert wide.execute_script(spots) == before
    wide.execute_script("window.first = JSON.stringify(zonekg.network.getPositions())")
    screen = {"width": 390, "height": 844, "deviceScaleFactor": 1, "mobile": False}
    wide.execute_cdp_cmd("Emulation.setDeviceMetricsOverride", screen)
    try:
        wait(wide, "return JSON.stringify(zonekg.network.getPositions()) !== window.first")
    finally:
        wide.execute_cdp_cmd("Emulation.clearDeviceMetricsOverride", {})


def _dated(iri: str, period: Period | None) -> Claim:
    return Claim(iri, LINK.label, period=period)


def test_a_slider_shows_one_year_where_claims_are_dated(browser: Any, tmp_path: Path) -> None:
    nodes = tuple(Node(f"urn:{i}", FIRM, Label(f"企业{i}", f"firm {i}")) for i in range(3))
    edges = tuple(
        Edge(f"urn:{name}", f"urn:{i}", f"urn:{(i + 1) % 3}", LINK, None, (_dated(f"urn:claim-{name}", period),))
        for i, (name, period) in enumerate(
            {"a": Period("2020-03-01", "2022-12-31"), "b": Period("2023-01-01", ""), "c": None}.items()
        )
    )
    open_page(browser, page_module.page(Network("n", Label("题", "title"), nodes, edges), "zh", []), tmp_path)
    slider = browser.find_element(By.ID, "year")
    assert slider.is_displayed()
    assert (slider.get_attribute("min"), slider.get_attribute("max")) == ("2020", "2024")
    type_into(browser, "#year", "2021")
    assert rows(browser, "edge") == clear(browser, "edges") == {"urn:a", "urn:c"}  # c has no date
    assert browser.find_element(By.ID, "year-shown").text == "2021"
    fragment = browser.execute_script("return location.hash")
    assert "year=2021" in fragment
    type_into(browser, "#year", "2023")
    assert rows(browser, "edge") == {"urn:b", "urn:c"}
    type_into(browser, "#year", "2024")
    assert rows(browser, "edge") == {"urn:a", "urn:b", "urn:c"}
    press(browser, "#edges-table [data-edge='urn:a']")
    assert "2020-03-01–2022-12-31" in facts(browser)
    shoot(browser, "years")


def test_without_periods_there_is_no_slider(wide: Any, zones: Network, tmp_path: Path) -> None:
    open_page(wide, render.html(zones), tmp_path)
    assert not wide.find_element(By.ID, "year").is_displayed()


def test_identifiers_are_links_that_tell_nothing_of_the_page(wide: Any, zones: Network, tmp_path: Path) -> None:
    open_page(wide, render.html(zones), tmp_path)
    handler = partial(SimpleHTTPRequestHandler, directory=str(tmp_path))
    with ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        Thread(target=server.serve_forever, daemon=True).start()
        wide.get(f"http://127.0.0.1:{server.server_port}/page.html")
        server.shutdown()
    press(wide, "#edges-table [data-edge]")
    links = wide.find_elements(By.CSS_SELECTOR, "#facts a")
    edge = next(e for e in zones.edges if e.id == wide.execute_script(
        "return document.querySelector('tr.chosen').dataset.edgeRow"))  # fmt: skip
    wanted = {edge.id, *(claim.iri for claim in edge.claims)}  # a place leads to what stands on it instead
    assert {link.get_attribute("href") for link in links} == wanted
    assert {link.get_attribute("rel") for link in links} == {"noopener noreferrer"}


def test_paper_has_caption_source_and_date(browser: Any, zones: Network, tmp_path: Path) -> None:
    open_page(browser, render.html(zones), tmp_path)
    dark = {"features": [{"name": "prefers-color-scheme", "value": "dark"}]}
    browser.execute_cdp_cmd("Emulation.setEmulatedMedia", {"media": "print", **dark})  # paper is white all the same
    try:
        browser.execute_script("window.dispatchEvent(new Event('beforeprint'))")
        caption = browser.find_element(By.TAG_NAME, "figcaption").text
        for wanted in ("15 个节点", "invented-page"):
            assert wanted in caption
        assert re.search(r"打印日期 \d{4}-\d\d-\d\d", caption)
        assert browser.execute_script("return zonekg.nodes.get().map((node) => node.font.color)")[0] == "#000000"
        for hidden in (".bar", ".tools", "#panel", ".languages", ".narrow"):
            assert not browser.find_element(By.CSS_SELECTOR, hidden).is_displayed()
        time.sleep(0.3)
        shoot(browser, "paper")
    finally:
        browser.execute_script("window.dispatchEvent(new Event('afterprint'))")
        browser.execute_cdp_cmd("Emulation.setEmulatedMedia", {"media": "", "features": []})


def test_dark_and_light_have_enough_contrast(browser: Any, zones: Network, tmp_path: Path) -> None:
    for scheme in ("dark", "light"):
        features = {"features": [{"name": "prefers-color-scheme", "value": scheme}]}
        browser.execute_cdp_cmd("Emulation.setEmulatedMedia", features)
        open_page(browser, render.html(zones), tmp_path)
        press(browser, f"#nodes-table [data-node='{zones.nodes[0].id}']")
        low = browser.execute_script("""
            const bright = (text) => {
              const part = text.match(/[\\d.]+/g).slice(0, 3).map((v) => v / 255)
                .map((v) => v <= 0.03928 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4);
              return 0.2126 * part[0] + 0.7152 * part[1] + 0.0722 * part[2];
            };
            const ground = (e) => {
              for (; e; e = e.parentElement) {
                const found = getComputedStyle(e).backgroundColor;
                if (!/, 0\\)$/.test(found)) return found;
              }
            };
            const places = "p, dt, dd, th, td, button, label, h1, h2, h3, .count, .where, a, code";
            return [...document.querySelectorAll(places)]
              .filter((e) => e.offsetParent && e.textContent.trim()).map((e) => {
                const [a, b] = [bright(getComputedStyle(e).color), bright(ground(e))].sort((x, y) => y - x);
                return [(a + 0.05) / (b + 0.05), e.outerHTML.slice(0, 80)];
              }).filter(([ratio]) => ratio < 4.5);""")
        assert low == [], scheme
        shoot(browser, scheme)
    browser.execute_cdp_cmd("Emulation.setEmulatedMedia", {"features": []})


def test_nothing_runs_over_the_edge_of_the_page(browser: Any, zones: Network, tmp_path: Path) -> None:
    open_page(browser, render.html(zones), tmp_path)
    for lang in ("zh", "en"):
        press(browser, f"[data-lang={lang}]")
        for selector in ("[data-tool=close]", "#edges-table [data-edge]", "#nodes-table [data-node]"):
            press(browser, selector)
            assert browser.execute_script("return document.documentElement.scrollWidth") <= width_of(browser), lang
        browser.execute_script("document.querySelector('.legend').scrollIntoView()")
        press(browser, "[data-tool=close]")
        shoot(browser, f"legend-{lang}")


def test_the_script_has_no_way_out() -> None:
    found = {path.name: path.read_text(encoding="utf-8") for path in ASSETS.glob("*.js")}
    assert len(found) > 10
    for name, text in found.items():
        assert len(text.splitlines()) <= 400, name
        outside = set(re.findall(r"https?://[\w./]+", text))
        assert outside <= {"http://gexf.net/1.3", "http://gexf.net/1.3/viz", "http://www.w3.org/2000/svg"}, name
        assert not re.search(
            r"fetch\(|XMLHttpRequest|WebSocket|EventSource|sendBeacon|import\(|eval\(|Function\(|innerHTML|outerHTML"
            r"|insertAdjacentHTML|document\.write|localStorage|sessionStorage|indexedDB|serviceWorker", text
        ), name  # fmt: skip


def test_every_part_of_the_script_is_in_the_page() -> None:
    page = render.html(Network("n", Label("空", "empty"))).decode("utf-8")
    for path in ASSETS.glob("*.js"):
        assert path.read_text(encoding="utf-8").splitlines()[0] in page, path.name


def test_kinds_that_share_a_colour_can_still_be_filtered(wide: Any, zones: Network, tmp_path: Path) -> None:
    other = dataclasses.replace(zones.edges[0], kind=Concept("urn:role", Label("角色", "role")))
    more = dataclasses.replace(zones.edges[1], kind=Concept("urn:other", Label("别的", "other")))
    open_page(wide, render.html(Network("n", zones.title, zones.nodes, (other, more, *zones.edges[2:]))), tmp_path)
    assert wide.find_elements(By.CSS_SELECTOR, "[data-off='link:urn:role'] ~ svg") == []
    press(wide, "[data-off='link:urn:role']")
    assert other.id not in rows(wide, "edge")
    assert more.id in rows(wide, "edge")
