"""The sentence itself: shown when the reader brings the source's text, and only then. All texts are invented."""

from __future__ import annotations

import hashlib
from pathlib import Path
from typing import Any

import pytest

from kg import render
from kg.networks import Network
from kg.render.page import page
from kg.sources import Block, Index, Passage, PassageKind, TextRange
from tests.view_browser import (
    By,
    facts,
    needs_browser,
    open_page,
    press,
    requests,
    shoot,
    wait,
)

pytestmark = needs_browser

# 𠮷 takes two units in JavaScript's strings; the second sentence runs over a line break.
TEXT = "𠮷日一则：虚构的报纸\n\n青石经开区与云河大学签约。\n特种陶瓷项目由\n湖山大学<b>支撑</b>。\n"
SENTENCES = {"a1-p1-s1": ["青石经开区与云河大学签约。"], "a5-p2-s3": ["特种陶瓷项目由", "湖山大学<b>支撑</b>。"]}


def _digest(text: str) -> str:
    return hashlib.sha256(text.encode("utf-8")).hexdigest()


def _index() -> Index:
    passages = []
    for order, (name, parts) in enumerate(SENTENCES.items(), 1):
        ranges = tuple(TextRange(TEXT.index(part), TEXT.index(part) + len(part)) for part in parts)
        passages.append(
            Passage(name, PassageKind.SENTENCE, name[:2], order, ranges, _digest("".join(parts)), 1, order)
        )
    blocks = (Block("a1", 1), Block("a5", 5))
    return Index("invented-page", _digest(TEXT), len(TEXT), blocks, tuple(passages))


def _drop(browser: Any, data: bytes) -> None:
    """Drop a file on the page."""
    browser.execute_script(
        "const carried = new DataTransfer(); carried.items.add(new File([new Uint8Array(arguments[0])], 'text.txt'));"
        "const about = { dataTransfer: carried, bubbles: true, cancelable: true };"
        "document.body.dispatchEvent(new DragEvent('drop', about));",
        list(data),
    )
    wait(browser, "return Boolean(document.getElementById('status').textContent)")


def _choose(browser: Any, zones: Network) -> None:
    edge = next(e for e in zones.edges if e.id.endswith("agent/hushan-university/via-project/under-way"))
    press(browser, f"#edges-table [data-edge='{edge.id}']")


def test_the_page_holds_positions_and_digests_but_no_text(zones: Network) -> None:
    made = page(zones, "zh", [_index()])
    assert _digest(TEXT) in made
    for sentence in SENTENCES.values():
        assert "".join(sentence) not in made
    assert _digest(TEXT) not in page(zones, "zh", [])


def test_the_dropped_text_shows_the_sentence_and_goes_nowhere(wide: Any, zones: Network, tmp_path: Path) -> None:
    address = open_page(wide, page(zones, "zh", [_index()]), tmp_path)
    _choose(wide, zones)
    wanted = "".join(SENTENCES["a5-p2-s3"])
    assert wanted not in facts(wide)
    _drop(wide, TEXT.encode("utf-8"))
    assert wide.find_element(By.CSS_SELECTOR, "#facts blockquote").text == wanted
    assert wide.find_elements(By.CSS_SELECTOR, "#facts blockquote b") == []
    assert "一致" in wide.find_element(By.ID, "status").text
    shoot(wide, "sentence")
    press(wide, "[data-lang=en]")
    shoot(wide, "sentence-en")
    assert requests(wide, address) == []
    assert wide.get_log("browser") == []
    assert wide.execute_script("return performance.getEntriesByType('resource').length") == 0
    assert wide.execute_script("return localStorage.length + sessionStorage.length") == 0


@pytest.mark.parametrize(
    "data",
    [
        pytest.param(b"\xef\xbb\xbf" + TEXT.encode(), id="byte order mark"),
        pytest.param(TEXT.replace("\n", "\r\n").encode(), id="CRLF"),
        pytest.param(TEXT.replace("\n", "\r").encode(), id="CR"),
    ],
)
def test_a_text_is_known_whatever_its_line_ends(wide: Any, zones: Network, tmp_path: Path, data: bytes) -> None:
    open_page(wide, page(zones, "zh", [_index()]), tmp_path)
    _choose(wide, zones)
    _drop(wide, data)
    assert wide.find_element(By.CSS_SELECTOR, "#facts blockquote").text == "".join(SENTENCES["a5-p2-s3"])


def test_the_text_can_be_chosen_with_the_keyboard(wide: Any, zones: Network, tmp_path: Path) -> None:
    open_page(wide, page(zones, "zh", [_index()]), tmp_path)
    _choose(wide, zones)
    file = tmp_path / "text.txt"
    file.write_text(TEXT, encoding="utf-8", newline="")
    wide.find_element(By.ID, "text").send_keys(str(file))
    wait(wide, "return Boolean(document.querySelector('#facts blockquote'))")
    assert "".join(SENTENCES["a5-p2-s3"]) in facts(wide)


@pytest.mark.parametrize(
    ("data", "said"),
    [
        pytest.param(TEXT.replace("签约", "解约").encode(), "没有采用", id="another text"),
        pytest.param(TEXT.encode("gb18030"), "不是 UTF-8", id="another encoding"),
        pytest.param(b"", "没有采用", id="empty"),
    ],
)
def test_another_text_shows_no_sentence(wide: Any, zones: Network, tmp_path: Path, data: bytes, said: str) -> None:
    open_page(wide, page(zones, "zh", [_index()]), tmp_path)
    _choose(wide, zones)
    _drop(wide, data)
    assert said in wide.find_element(By.ID, "status").text
    assert wide.find_elements(By.CSS_SELECTOR, "blockquote") == []


def test_what_cannot_be_read_is_said_to_be_no_text(wide: Any, zones: Network, tmp_path: Path) -> None:
    open_page(wide, page(zones, "zh", [_index()]), tmp_path)
    wide.execute_script(
        "const folder = { arrayBuffer: () => Promise.reject(new DOMException('a folder', 'NotReadableError')) };"
        "const drop = new Event('drop', { bubbles: true, cancelable: true });"
        "document.body.dispatchEvent(Object.assign(drop, { dataTransfer: { files: [folder] } }));"
    )
    wait(wide, "return document.getElementById('status').textContent.includes('不是 UTF-8')")
    assert wide.get_log("browser") == []


def test_sentences_of_an_earlier_text_stay_and_the_page_says_so(wide: Any, zones: Network, tmp_path: Path) -> None:
    open_page(wide, page(zones, "zh", [_index()]), tmp_path)
    _choose(wide, zones)
    _drop(wide, TEXT.replace("签约", "解约").encode())
    assert "仍在显示" not in wide.find_element(By.ID, "status").text
    _drop(wide, TEXT.encode())
    wait(wide, "return Boolean(document.querySelector('#facts blockquote'))")
    for data in (TEXT.replace("签约", "解约").encode(), TEXT.encode("gb18030")):
        _drop(wide, data)
        wait(wide, "return document.getElementById('status').textContent.includes('先前所选原文仍在显示。')")
        assert wide.find_element(By.CSS_SELECTOR, "#facts blockquote").text == "".join(SENTENCES["a5-p2-s3"])


def test_without_an_index_the_page_says_so(wide: Any, zones: Network, tmp_path: Path) -> None:
    open_page(wide, render.html(zones), tmp_path)
    _drop(wide, TEXT.encode())
    assert "没有所据来源的索引" in wide.find_element(By.ID, "status").text


def test_the_page_digests_as_the_standard_says(wide: Any, zones: Network, tmp_path: Path) -> None:
    open_page(wide, render.html(zones), tmp_path)
    for length in [*range(131), 1000, 65_537]:
        data = bytes((i * 31 + length) % 256 for i in range(length))
        found = wide.execute_script(
            "const n = arguments[0];"
            "return zonekg.sha256(Uint8Array.from({ length: n }, (_, i) => (i * 31 + n) % 256))",
            length,
        )
        assert found == hashlib.sha256(data).hexdigest(), length
