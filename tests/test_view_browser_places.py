"""From a place to its links and back, how certain a link is, the paths through it, and all of it on paper."""

from __future__ import annotations

import base64
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from kg import render
from kg.networks import Concept, Label, Network
from tests.view_browser import (
    By,
    Keys,
    clear,
    downloaded,
    facts,
    needs_browser,
    open_page,
    press,
    rows,
    type_into,
    wait,
)

pytestmark = needs_browser


@pytest.mark.parametrize("text", ["第5篇第2段第3句", "article 5, paragraph 2, sentence 3", "a5-p2-s3"])
def test_a_place_is_searched_for_as_one_says_it(wide: Any, zones: Network, tmp_path: Path, text: str) -> None:
    open_page(wide, render.html(zones), tmp_path)
    standing = {edge.id for edge in zones.edges if any(e.id == "a5-p2-s3" for e in edge.evidence)}
    assert standing
    field = wide.find_element(By.ID, "search")
    field.send_keys(text)
    assert rows(wide, "edge") == clear(wide, "edges") == standing
    field.send_keys(Keys.ENTER)
    assert "第5篇第2段第3句" in facts(wide)


def test_what_a_claim_says_is_searched_for(wide: Any, zones: Network, tmp_path: Path) -> None:
    open_page(wide, render.html(zones), tmp_path)
    type_into(wide, "#search", "青石经开区与云河大学签约")
    claim = "青石经开区与云河大学签约"
    assert rows(wide, "edge") == {e.id for e in zones.edges if any(c.label.zh == claim for c in e.claims)}


def test_a_place_in_the_panel_leads_to_all_that_stands_on_it(browser: Any, zones: Network, tmp_path: Path) -> None:
    open_page(browser, render.html(zones), tmp_path)
    edge = next(e for e in zones.edges if any(x.id == "a5-p2-s3" for x in e.evidence))
    press(browser, f"#edges-table [data-edge='{edge.id}']")
    press(browser, "#facts [data-place='a5-p2-s3']")
    assert rows(browser, "edge") == {e.id for e in zones.edges if any(x.id == "a5-p2-s3" for x in e.evidence)}
    assert browser.find_element(By.ID, "search").get_attribute("value") == "a5-p2-s3"


def test_nothing_in_a_file_links_to_where_nothing_answers(wide: Any, zones: Network, tmp_path: Path) -> None:
    open_page(wide, render.html(zones), tmp_path)
    press(wide, "#edges-table [data-edge]")
    assert wide.find_elements(By.CSS_SELECTOR, "#facts a") == []


def test_links_that_are_not_stated_outright_are_paler_and_can_be_left_out(
    wide: Any, zones: Network, tmp_path: Path
) -> None:
    certainty = Concept("urn:certainty/implied", Label("文意推知", "implied"))
    doubted = tuple(replace(claim, certainty=certainty) for claim in zones.edges[0].claims)
    first, *others = zones.edges
    changed = replace(zones, edges=(replace(first, claims=doubted), *others))
    open_page(wide, render.html(changed), tmp_path)
    implied = {first.id}
    pale = wide.execute_script("return zonekg.edges.get().filter((x) => x.color.opacity < 1).map((x) => x.id)")
    assert set(pale) == implied
    press(wide, f"#edges-table [data-edge='{first.id}']")
    assert "文意推知" in facts(wide)
    press(wide, f"[data-off='certainty:{certainty.iri}']")
    assert rows(wide, "edge") == {edge.id for edge in zones.edges} - implied


def test_a_link_shows_the_whole_of_its_paths(wide: Any, zones: Network, tmp_path: Path) -> None:
    open_page(wide, render.html(zones), tmp_path)
    path = next(path for path in zones.paths if "c-academician" in path.id)
    press(wide, f"#edges-table [data-edge='{path.steps[0]}']")
    assert clear(wide, "edges") == set(path.steps)
    assert "青石经开区 – 青石光学研究院 – 林远 – 湖山大学" in facts(wide)


def test_a_filter_lets_go_of_what_was_chosen(wide: Any, zones: Network, tmp_path: Path) -> None:
    open_page(wide, render.html(zones), tmp_path)
    press(wide, "#edges-table [data-edge]")
    type_into(wide, "#degree", "2")
    assert "chosen" not in wide.find_element(By.TAG_NAME, "html").get_attribute("class").split()
    assert len(clear(wide, "nodes")) > 2


def test_paper_has_the_picture(browser: Any, zones: Network, tmp_path: Path) -> None:
    open_page(browser, render.html(zones), tmp_path)
    browser.execute_script("""
        window.papers = [];
        new MutationObserver((changes) => changes.forEach(({ addedNodes }) => addedNodes.forEach((node) =>
          papers.push([node.querySelectorAll("path").length, node.textContent])))).observe(
            document.getElementById("picture"), { childList: true });""")
    printed = browser.execute_cdp_cmd("Page.printToPDF", {"printBackground": True})["data"]
    assert base64.b64decode(printed).startswith(b"%PDF")
    wait(browser, "return papers.length > 0 && !document.querySelector('.paper')")
    ((lines, text),) = browser.execute_script("return papers")
    assert lines == len(zones.edges)
    assert all(node.label.zh[:4] in text for node in zones.nodes)
    # Under the style of paper it is this that is seen, and not the canvas, which is empty there.
    browser.execute_script("window.dispatchEvent(new Event('beforeprint'))")
    browser.execute_cdp_cmd("Emulation.setEmulatedMedia", {"media": "print"})
    seen = browser.execute_script(
        "return [...document.querySelectorAll('#picture > *')].map((x) => x.checkVisibility())"
    )
    browser.execute_cdp_cmd("Emulation.setEmulatedMedia", {"media": ""})
    browser.execute_script("window.dispatchEvent(new Event('afterprint'))")
    assert sorted(seen) == [False, True]
    assert browser.find_elements(By.CSS_SELECTOR, ".paper") == []
    assert browser.get_log("browser") == []


def test_an_export_says_what_is_seen_and_not_what_was_answered(wide: Any, zones: Network, tmp_path: Path) -> None:
    open_page(wide, render.html(zones), tmp_path)
    wide.execute_script("""
        const drop = new Event("drop", { bubbles: true, cancelable: true });
        Object.assign(drop, { dataTransfer: { files: [new File(["another text"], "t.txt")] } });
        document.body.dispatchEvent(drop);""")
    wait(wide, "return document.getElementById('status').textContent.length > 0")
    told = wide.find_element(By.ID, "status").text
    press(wide, "[data-export=svg]")
    assert told[:8] not in downloaded(tmp_path, "svg").decode("utf-8")


def test_what_an_address_chooses_is_seen_beside_the_panel(browser: Any, zones: Network, tmp_path: Path) -> None:
    edge = next(edge for edge in zones.edges if "luzhu" in edge.source)
    open_page(browser, render.html(zones), tmp_path, f"#edge={edge.id}")
    ends = f"zonekg.network.getPositions([{edge.source!r}, {edge.target!r}])"
    seen = f"""
        const picture = document.getElementById("picture").getBoundingClientRect();
        const panel = document.getElementById("panel").getBoundingClientRect();
        return Object.values({ends}).map((spot) => zonekg.network.canvasToDOM(spot)).every(({{ x, y }}) =>
          picture.left + x < (panel.left || innerWidth) && picture.top + y > 0 && y > 0 &&
          picture.top + y < (panel.left ? innerHeight : panel.top));"""
    wait(browser, seen)
