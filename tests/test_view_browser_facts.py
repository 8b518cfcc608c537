"""The side panel tells what the graph says of a node or a link, claim by claim, each with where it is said.

Texts, firms and figures are invented. Screenshots go to artifacts/screens/, to be looked at.
"""

from __future__ import annotations

import hashlib
import json
import re
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from kg import render
from kg.networks import Claim, Concept, Edge, Evidence, Label, Network, Node, Period
from kg.render import Origin
from kg.render.origin import Source
from kg.render.page import page
from kg.render.words import SCRIPT
from kg.sources import Block, Index, Passage, PassageKind, TextRange
from tests import view_browser
from tests.test_view_browser_source import _drop
from tests.view_browser import By, facts, needs_browser, open_page, press, requests, shoot, type_into, width_of

pytestmark = needs_browser

BAIXING = "https://w3id.org/zonekg/id/agent/baixing-optics"
CLAIM = "https://w3id.org/zonekg/id/claim/"
VOC = "https://w3id.org/zonekg/vocab/"
ORIGIN = Origin(
    (Source("invented-page", Label("虚构报", "An Invented Paper"), "2025-12", derived=True),), "9.8.7", "2026-11-24"
)
# The second sentence supports a fact of a node, and no link.
TEXT = "𠮷日一则：虚构的报纸\n\n白星光学在青石北园。\n白星光学将建<b>镜片</b>生产线。\n"
PASSAGES = {"a1-p1-s2": "白星光学在青石北园。", "a2-p3-s2": "白星光学将建<b>镜片</b>生产线。"}


def _digest(text: str) -> str:
    return hashlib.sha256(text.encode("utf-8")).hexdigest()


def _index() -> Index:
    found = tuple(
        Passage(
            name,
            PassageKind.SENTENCE,
            name[:2],
            order,
            (TextRange(TEXT.index(part), TEXT.index(part) + len(part)),),
            _digest(part),
            1,
            order,
        )
        for order, (name, part) in enumerate(PASSAGES.items(), 1)
    )
    return Index("invented-page", _digest(TEXT), len(TEXT), (Block("a1", 1), Block("a2", 2)), found)


def _fact(browser: Any, name: str) -> Any:
    """The item of the panel that tells of a claim."""
    return browser.find_element(By.XPATH, f"//*[@id='facts']//li[@class='fact'][div[@data-iri='{CLAIM}{name}']]")


def _told(browser: Any) -> list[str]:
    script = "return [...document.querySelectorAll('#facts li.fact > .claim')].map((e) => e.dataset.iri)"
    return [iri.rpartition("/")[2] for iri in browser.execute_script(script)]


@pytest.mark.parametrize(
    ("lang", "wanted"),
    [
        (
            "zh",
            ["白星光学拟年产镜片5000余吨", "目标或预期数据", "规划", "多于5,000吨/年", "5000余吨", "至 2027-06-30",
             "文意推知", "推导得来", "单位", "来源未说明", "所计", "第1篇第2段第3句", "第2篇第3段第2句", "a2-p3-s2"],
        ),
        (
            "en",
            ["Baixing Optics plans more than 5,000 tonnes of lenses a year", "target", "planned",
             "more than 5,000 tonne per year", "5000余吨", "until 2027-06-30", "implied", "Derived", "unit",
             "Not stated", "of thing", "article 1, paragraph 2, sentence 3", "article 2, paragraph 3, sentence 2"],
        ),
    ],
)  # fmt: skip
def test_a_node_tells_its_facts(browser: Any, zones: Network, tmp_path: Path, lang: str, wanted: list[str]) -> None:
    open_page(browser, render.html(zones, lang, ORIGIN), tmp_path)  # type: ignore[arg-type]
    press(browser, f"#nodes-table [data-node='{BAIXING}']")
    names = [claim.iri.rpartition("/")[2] for claim in zones.node(BAIXING).facts]
    assert _told(browser) == names
    fact = _fact(browser, "f-lenses")
    for text in wanted:
        assert text in fact.text, text
    badge = fact.find_element(By.CSS_SELECTOR, ".badge")
    assert badge.value_of_css_property("border-top-style") == "dashed"  # planned
    heading = SCRIPT["facts"].of(lang).format(n=len(names) - 1)  # type: ignore[arg-type]
    assert heading in [e.text for e in browser.find_elements(By.CSS_SELECTOR, "#facts h3")]
    browser.execute_script("arguments[0].scrollIntoView({ block: 'center' })", fact)
    shoot(browser, f"facts-{lang}")
    assert browser.execute_script("return document.documentElement.scrollWidth") <= width_of(browser)


def test_names_are_folded_and_last(browser: Any, zones: Network, tmp_path: Path) -> None:
    open_page(browser, render.html(zones), tmp_path)
    press(browser, f"#nodes-table [data-node='{BAIXING}']")
    fold = browser.find_element(By.CSS_SELECTOR, "#facts > :nth-last-child(2)")  # before the identifier
    assert fold.tag_name == "details"
    assert not _fact(browser, "a-naming").is_displayed()
    fold.find_element(By.TAG_NAME, "summary").click()
    assert "白星光学有限公司简称白星光学" in fold.text
    assert "第1篇标题" in fold.text
    browser.execute_script("arguments[0].scrollIntoView({ block: 'end' })", fold)
    shoot(browser, "facts-names")


def test_a_node_of_which_nothing_is_said_has_no_facts(wide: Any, zones: Network, tmp_path: Path) -> None:
    open_page(wide, render.html(zones), tmp_path)
    press(wide, "#nodes-table [data-node$='gudeng-zone']")
    assert _told(wide) == []
    assert wide.find_elements(By.CSS_SELECTOR, "#facts h3, #facts details, #facts ol") == []
    assert "孤灯经开区" in facts(wide)


@pytest.mark.parametrize(("lang", "status"), [("zh", "规划中"), ("en", "planned")])
def test_a_link_tells_its_claims(browser: Any, zones: Network, tmp_path: Path, lang: str, status: str) -> None:
    figure = zones.claims()[f"{CLAIM}f-lenses"]
    edge = next(
        e for e in zones.edges if e.id.endswith("baixing-optics--agent/yunhe-university/via-enterprise/planned")
    )
    other = Evidence("urn:invented-page/a1-p9-s9", "invented-page", "article", 1, 9, 9, "sentence", 99)
    more = replace(edge, claims=(*edge.claims, figure), evidence=(*edge.evidence, *figure.evidence, other))
    found = replace(zones, edges=tuple(more if e.id == edge.id else e for e in zones.edges))
    open_page(browser, render.html(found, lang, ORIGIN), tmp_path)  # type: ignore[arg-type]
    press(browser, f"#edges-table [data-edge='{edge.id}']")
    assert _told(browser) == ["c-coating", "f-lenses"]
    assert status in _fact(browser, "c-coating").find_element(By.CSS_SELECTOR, ".badge.dashed").text
    amount = figure.amount(lang)  # type: ignore[arg-type]
    for text in (amount, "5000余吨", "2027-06-30"):
        assert text in _fact(browser, "f-lenses").text
    assert "a1-p9-s9" in facts(browser)  # belongs to no claim
    assert facts(browser).count("a2-p3-s2") == 1
    browser.execute_script("document.querySelector('#facts li.fact').scrollIntoView()")
    shoot(browser, f"facts-link-{lang}")


def test_what_is_planned_never_looks_as_what_is_there(wide: Any, zones: Network, tmp_path: Path) -> None:
    open_page(wide, render.html(zones), tmp_path)
    looks: dict[str, set[tuple[str, str]]] = {}
    for node in zones.nodes:
        press(wide, f"#nodes-table [data-node='{node.id}']")
        for claim in node.facts:
            if claim.status is not None:
                badge = _fact(wide, claim.iri.rpartition("/")[2]).find_element(By.CSS_SELECTOR, ".badge")
                look = (
                    badge.value_of_css_property("border-top-style"),
                    badge.value_of_css_property("border-top-width"),
                )
                looks.setdefault(claim.status.name, set()).add(look)
    assert looks["planned"] == looks["in-talks"] == {("dashed", "1px")}
    assert looks["achieved"] == {("solid", "2px")}
    assert looks["under-way"] == {("solid", "1px")}


def test_what_class_and_status_both_say_is_said_once(wide: Any, zones: Network, tmp_path: Path) -> None:
    node = zones.node(BAIXING)
    kinds = {
        "goal": (Label("目标", "goal"), Label("目标", "target")),
        "seen": (Label("实际数据", "observation"), Label("实际", "actual")),
        "aim": (Label("目标或预期数据", "target"), Label("规划", "planned")),
    }
    told = tuple(
        Claim(f"{CLAIM}{name}", kind, kind=Concept(f"urn:kind/{name}", kind), status=Concept(f"urn:s/{name}", status))
        for name, (kind, status) in kinds.items()
    )
    found = replace(zones, nodes=tuple(replace(n, facts=told) if n is node else n for n in zones.nodes))
    open_page(wide, render.html(found, "zh"), tmp_path)
    press(wide, f"#nodes-table [data-node='{BAIXING}']")

    def sorts() -> dict[str, str]:
        return {name: _fact(wide, name).find_element(By.CSS_SELECTOR, ".sort").text for name in kinds}

    assert sorts() == {"goal": "目标", "seen": "实际数据", "aim": "目标或预期数据 规划"}
    assert _fact(wide, "seen").find_element(By.CSS_SELECTOR, ".badge").text == "实际数据"
    press(wide, "[data-lang=en]")
    assert sorts() == {"goal": "goal target", "seen": "observation actual", "aim": "target planned"}


def test_the_text_shows_the_sentence_of_a_fact_too(wide: Any, zones: Network, tmp_path: Path) -> None:
    made = page(zones, "zh", [_index()])
    for sentence in PASSAGES.values():
        assert sentence not in made
    address = open_page(wide, made, tmp_path)
    press(wide, f"#nodes-table [data-node='{BAIXING}']")
    _drop(wide, TEXT.encode("utf-8"))
    quotes = _fact(wide, "f-lenses").find_elements(By.TAG_NAME, "blockquote")
    assert [quote.text for quote in quotes] == [PASSAGES["a2-p3-s2"]]
    press(wide, "#nodes-table [data-node$='yunhe-university']")
    press(wide, f"#nodes-table [data-node='{BAIXING}']")
    assert len(_fact(wide, "s-baixing").find_elements(By.TAG_NAME, "blockquote")) == 1
    assert wide.find_elements(By.CSS_SELECTOR, "#facts blockquote b") == []
    wide.execute_script("arguments[0].scrollIntoView({ block: 'center' })", _fact(wide, "f-lenses"))
    shoot(wide, "facts-sentence")
    assert requests(wide, address) == []


def test_facts_wait_in_the_data_until_they_are_asked_for(wide: Any, zones: Network, tmp_path: Path) -> None:
    made = page(zones, "zh", [])
    label = zones.claims()[f"{CLAIM}f-lenses"].label.zh
    before, _, data = made.partition('id="facets-data"')
    assert label not in before
    assert label in data
    open_page(wide, made, tmp_path)
    assert wide.find_elements(By.CSS_SELECTOR, "li.fact") == []


def test_a_large_network_has_facts_as_well(browser: Any, zones: Network, tmp_path: Path) -> None:
    kind = zones.node(BAIXING).kind
    facts_of_all = zones.node(BAIXING).facts
    many = tuple(Node(f"urn:{i}", kind, Label(f"企业{i}", f"firm {i}"), facts=facts_of_all) for i in range(700))
    edges = tuple(Edge(f"urn:e{i}", "urn:0", f"urn:{i}", kind) for i in range(1, 700))
    open_page(
        browser, page(Network("n", Label("题", "title"), many, edges), "en", []), tmp_path, "#node=urn:5&lang=en"
    )
    assert _told(browser) == [claim.iri.rpartition("/")[2] for claim in facts_of_all]


def test_hostile_facts_stay_text(wide: Any, tmp_path: Path) -> None:
    text = "</script><script>window.hit=1</script><img src=x onerror='window.hit=2'>\u202e{{ 7*7 }}"
    label = Label(text, text)
    concept = Concept("javascript:window.hit=3", label)
    claim = Claim(
        "javascript:window.hit=4",
        label,
        (Evidence("javascript:window.hit=5", text, "article", 1, 1, 1, text, 1),),
        *(concept, concept, concept),
        printed=(text,),
        value="12",
        unit=concept,
        certainty=concept,
        period=Period(text, text),
        derived=(concept,),
        open=(concept,),
    )
    origin = Origin((Source(text, label, text),), text, text)
    nodes = (Node("urn:a", concept, label, facts=(claim,), pinyin=(text,)), Node("urn:b", concept, label))
    edge = Edge("urn:e", "urn:a", "urn:b", concept, concept, (claim,), claim.evidence)
    open_page(wide, render.html(Network("n", label, nodes, (edge,)), "en", origin), tmp_path)
    for selector in ("#nodes-table [data-node='urn:a']", "#edges-table [data-edge='urn:e']"):
        press(wide, selector)
        assert facts(wide).count("window.hit=2") >= 8
        assert wide.find_elements(By.CSS_SELECTOR, "#facts [href^='javascript'], #facts img, #facts script") == []
        press(wide, "#facts .claim")
    assert wide.execute_script("return window.hit") is None
    assert wide.get_log("browser") == []


def test_captions_and_exports_say_who_published_it_and_of_which_dataset(
    wide: Any, zones: Network, tmp_path: Path
) -> None:
    open_page(wide, render.html(zones, "zh", ORIGIN), tmp_path)
    for place in ("figcaption", "footer"):
        text = wide.find_element(By.TAG_NAME, place).text
        assert "虚构报，2025年12月（日期由内容推定），invented-page" in text
        assert "ZoneKG 9.8.7, 2026-11-24" in text
    press(wide, "[data-lang=en]")
    assert (
        "An Invented Paper, 2025-12 (date derived), invented-page"
        in wide.find_element(By.TAG_NAME, "figcaption").text
    )
    for form in ("svg", "gexf"):
        press(wide, f"[data-export={form}]")
        data = view_browser.downloaded(tmp_path, form).decode("utf-8")
        assert "An Invented Paper, 2025-12 (date derived), invented-page" in data
        assert "ZoneKG 9.8.7, 2026-11-24" in data
    assert re.search(r"exported \d{4}-\d\d-\d\d", view_browser.downloaded(tmp_path, "svg").decode("utf-8"))


def test_one_line_of_the_legend_filters_all_that_reads_alike(wide: Any, zones: Network, tmp_path: Path) -> None:
    under, same = (
        Concept(f"{VOC}{name}/under-way", Label("进行中", "under way"))
        for name in ("collaboration-status", "modality")
    )
    kind = zones.edges[0].kind
    nodes = tuple(Node(f"urn:{i}", zones.nodes[0].kind, Label(f"甲{i}", f"A{i}")) for i in range(3))
    edges = tuple(
        Edge(f"urn:e{i}", f"urn:{i}", f"urn:{(i + 1) % 3}", kind, status)
        for i, status in enumerate((under, same, None))
    )
    open_page(wide, render.html(Network("n", Label("题", "title"), nodes, edges)), tmp_path)
    boxes = wide.find_elements(By.CSS_SELECTOR, "[data-off^='status:']")
    assert [box.get_attribute("data-off") for box in boxes] == [f"status:{under.iri}", "status:"]
    assert wide.find_element(By.XPATH, "//li[.//input[@data-off='status:" + under.iri + "']]").text == "进行中 2"
    press(wide, f"[data-off='status:{under.iri}']")
    assert view_browser.rows(wide, "edge") == {"urn:e2"}
    press(wide, "[data-export=gexf]")  # what is handed on keeps its own vocabulary
    press(wide, f"[data-off='status:{under.iri}']")
    data = json.loads(wide.execute_script("return document.getElementById('facets-data').textContent"))
    assert [data["edges"][edge.id]["status"] for edge in edges] == [under.iri, same.iri, ""]


def test_without_pinyin_in_the_graph_a_search_by_it_finds_nothing(wide: Any, zones: Network, tmp_path: Path) -> None:
    bare = replace(zones, nodes=tuple(replace(node, pinyin=()) for node in zones.nodes))
    open_page(wide, render.html(bare), tmp_path)
    type_into(wide, "#search", "yunheda")
    assert view_browser.rows(wide, "node") == set()
    type_into(wide, "#search", "云河")
    assert len(view_browser.rows(wide, "node")) == 1
