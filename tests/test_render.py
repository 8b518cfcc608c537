"""The page and the files made of a network: self-contained, the same bytes each time, hostile labels stay text."""

from __future__ import annotations

import base64
import csv
import hashlib
import io
import json
import re
import xml.etree.ElementTree as ET
from html.parser import HTMLParser

import networkx as nx
import pytest
from pyvis.network import Network as Pyvis

from kg import render
from kg.networks import Claim, Concept, Edge, Evidence, Label, Network, Node
from kg.render import page as page_module
from kg.render.text import ems, lines, plain

# PNG needs a font with Chinese characters: tests/test_pictures.py
WITHOUT_FONTS = {form: make for form, make in render.FORMATS.items() if form != "png"}
KIND = Concept("https://w3id.org/zonekg/ontology#Enterprise", Label("企业", "enterprise"))
DIRECT = Concept("https://w3id.org/zonekg/vocab/path-kind/direct", Label("直接", "direct"))
PLANNED = Concept("https://w3id.org/zonekg/vocab/collaboration-status/planned", Label("规划中", "planned"))
SENTENCE = Evidence("urn:src/page/a5-p2-s3", "page", "article", 5, 2, 3, "sentence", 7)
HOSTILE = {
    "script": "</script><script>alert(1)</script><img src=x onerror=alert(2)>",
    "quotes": "\"' onmouseover='alert(3)' \" &amp; &lt;b&gt;",
    "comment": "<!-- <script> -->]]>",
    "rtl": "\u202eabc\u2066\u200fdef",
    "control": "a\x00b\x0bc\ud7ff\ufffe",
    "formula": "=HYPERLINK(1)",
    "template": "{{ 7*7 }}{% raw %}",
    "long": "长" * 10_000,
}


def _network(text: str = "青石") -> Network:
    """Two nodes and two edges between them that say the text wherever a text can stand."""
    label = Label(text, text)
    kind = Concept(KIND.iri, label)
    nodes = (Node("urn:a", kind, label, (text + "!",)), Node("urn:b", KIND, Label("乙", "B"), named=False))
    claim = Claim("urn:c", label, (SENTENCE,))
    edges = tuple(
        Edge(f"urn:e{i}", "urn:a", "urn:b", Concept(DIRECT.iri, label), PLANNED, (claim,), (SENTENCE,))
        for i in (1, 2)
    )
    return Network("n", label, nodes, edges)


class _Page(HTMLParser):
    """Elements with attributes, texts, and the contents of scripts and styles."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.elements: list[tuple[str, dict[str, str | None]]] = []
        self.texts: list[str] = []
        self.raw: list[tuple[str, dict[str, str | None], str]] = []
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append((tag, dict(attrs)))
        if tag in ("script", "style"):
            self.raw.append((tag, dict(attrs), ""))

    def handle_data(self, data: str) -> None:
        if self.elements and self.cdata_elem:
            tag, attributes, text = self.raw[-1]
            self.raw[-1] = (tag, attributes, text + data)
        else:
            self.texts.append(data)


@pytest.fixture(scope="module")
def page() -> str:
    return render.html(_network()).decode("utf-8")


def test_pyvis_makes_the_page(monkeypatch: pytest.MonkeyPatch) -> None:
    made: list[Pyvis] = []

    class Spy(Pyvis):
        def generate_html(self, *args: object, **options: object) -> str:
            made.append(self)
            return str(super().generate_html(*args, **options))

    monkeypatch.setattr(page_module, "Pyvis", Spy)
    render.html(_network())
    assert len(made) == 1
    assert [node["id"] for node in made[0].nodes] == ["urn:a", "urn:b"]
    assert [edge["id"] for edge in made[0].edges] == ["urn:e1", "urn:e2"]  # parallel edges survive


def test_nothing_in_the_page_points_outside(page: str) -> None:
    for tag, attributes in _Page(page).elements:
        for name in ("src", "href", "action", "data", "poster", "srcset", "xlink:href", "background", "ping"):
            value = attributes.get(name)
            assert value is None or value.startswith(("#", "data:")), (tag, name, value)
        assert tag not in {"iframe", "object", "embed", "base", "form"}
        assert not any(name.startswith("on") or name == "style" for name in attributes), (tag, attributes)
    own = "".join((page_module._ASSETS / name).read_text(encoding="utf-8") for name in ("page.js", "page.css"))
    assert not re.search(r"https?:|@import|url\(|fetch\(|XMLHttpRequest|WebSocket|import\(|sendBeacon", own)


def test_the_policy_allows_just_the_scripts_and_the_style_of_the_page(page: str) -> None:
    parsed = _Page(page)
    policy = next(a["content"] for t, a in parsed.elements if a.get("http-equiv") == "Content-Security-Policy")
    assert policy is not None
    rules = dict(rule.strip().split(" ", 1) for rule in policy.split(";"))
    assert rules["default-src"] == "'none'"
    assert rules["img-src"] == "data: blob:"
    assert "connect-src" not in rules
    assert "unsafe" not in policy

    def digest(text: str) -> str:
        return f"'sha256-{base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()}'"

    scripts = {digest(text) for tag, a, text in parsed.raw if tag == "script" and a.get("type") is None}
    assert scripts == set(rules["script-src"].split())
    assert {digest(text) for tag, _, text in parsed.raw if tag == "style"} == {rules["style-src"]}


@pytest.mark.parametrize("form", sorted(WITHOUT_FONTS))
@pytest.mark.parametrize("lang", ["zh", "en"])
def test_the_same_network_gives_the_same_bytes(form: str, lang: str) -> None:
    make = render.FORMATS[form]
    assert make(_network(), lang) == make(_network(), lang)  # type: ignore[arg-type]


def test_the_page_holds_both_languages_and_the_evidence(page: str) -> None:
    texts = "".join(_Page(page).texts)
    for wanted in (
        "第5篇第2段第3句",
        "article 5, paragraph 2, sentence 3",
        "a5-p2-s3",
        "规划中",
        "planned",
        "青石",
        "图例",
        "Legend",
    ):
        assert wanted in texts
    assert '<html lang="zh-Hans" class="zh">' in page
    assert '<html lang="en" class="en">' in render.html(_network(), "en").decode("utf-8")


def test_statuses_and_unnamed_parties_can_be_seen(page: str) -> None:
    data = {a["id"]: json.loads(text) for tag, a, text in _Page(page).raw if a.get("type") == "application/json"}
    edge = data["edges-data"][0]
    assert edge["dashes"] == [7, 7]
    assert {e["smooth"]["type"] for e in data["edges-data"]} == {"curvedCW", "curvedCCW"}
    unnamed = data["nodes-data"][1]
    assert unnamed["zh"] == "[乙]"
    assert unnamed["shapeProperties"]["borderDashes"]
    assert data["options-data"]["physics"] == {"enabled": False}


@pytest.mark.parametrize("name", sorted(HOSTILE))
def test_hostile_labels_stay_text_in_the_page(name: str) -> None:
    text = HOSTILE[name]
    harmless, hostile = _Page(render.html(_network()).decode()), _Page(render.html(_network(text)).decode("utf-8"))
    shown = "".join(hostile.texts)
    assert [tag for tag, _ in hostile.elements] == [tag for tag, _ in harmless.elements]
    assert [sorted(a) for _, a in hostile.elements] == [sorted(a) for _, a in harmless.elements]
    if "\x00" not in text:  # HTML has no such character
        assert text in shown
    data = next(json.loads(t) for _, a, t in hostile.raw if a.get("id") == "nodes-data")
    assert len(data[0]["zh"]) < 80
    assert not re.search("[\x00-\x09\x0b-\x1f\u200f\u202e\u2066]", data[0]["zh"])


@pytest.mark.parametrize("name", sorted(HOSTILE))
@pytest.mark.parametrize("form", ["gexf", "graphml"])
def test_hostile_labels_stay_text_in_xml(name: str, form: str) -> None:
    text = HOSTILE[name]
    data = render.FORMATS[form](_network(text), "zh")
    read = nx.read_gexf if form == "gexf" else nx.read_graphml
    graph = read(io.BytesIO(data))
    assert set(graph.nodes) == {"urn:a", "urn:b"}
    assert graph.number_of_edges() == 2
    clean = re.sub("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]", "\ufffd", text)
    assert graph.nodes["urn:a"]["label_zh"].split() == clean.split()
    assert ET.fromstring(data).tag.endswith(form)


@pytest.mark.parametrize("name", sorted(HOSTILE))
def test_hostile_labels_stay_text_in_json_and_csv(name: str) -> None:
    text = HOSTILE[name]
    document = json.loads(render.json(_network(text)))
    assert document["nodes"][0]["label"]["zh"] == text
    assert [edge["evidence"][0]["zh"] for edge in document["edges"]] == ["第5篇第2段第3句"] * 2
    rows = list(csv.DictReader(io.StringIO(render.csv(_network(text)).decode("utf-8-sig"), newline="")))
    assert [row["from_label"] for row in rows] == [("'" if text.startswith("=") else "") + text] * 2
    assert rows[0]["where"] == "第5篇第2段第3句"


def test_gexf_has_what_gephi_shows() -> None:
    root = ET.fromstring(render.gexf(_network()))
    viz = "{http://gexf.net/1.3/viz}"
    assert len(list(root.iter(f"{viz}position"))) == 2
    assert [e.get("value") for e in root.iter(f"{viz}shape")] == ["square", "square", "dashed", "dashed"]
    assert b"lastmodified" not in render.gexf(_network())


def test_the_network_is_not_changed() -> None:
    network = _network()
    for make in WITHOUT_FONTS.values():
        make(network, "zh")
    assert network == _network()


def test_an_empty_network_can_be_written() -> None:
    for make in WITHOUT_FONTS.values():
        assert make(Network("n", Label("空", "empty")), "zh")


def test_measures_are_written_in_columns() -> None:
    first, second, *_ = render.MEASURE_FORMATS["table"](_network(), "zh").splitlines()
    assert first.split() == ["节点", "类别", "度", "加权度", "中介中心性", "区校中介", "社群"]
    assert second.split()[2:] == ["1", "1", "0.000", "-", "1"]
    assert json.loads(render.MEASURE_FORMATS["json"](_network(), "en"))["measures"][0]["edges"] == 2


@pytest.mark.parametrize("name", sorted(HOSTILE))
def test_measures_of_hostile_labels_are_only_text(name: str) -> None:
    network = _network(HOSTILE[name])
    assert not re.search("[\x00-\x09\x0b-\x1f\x7f-\x9f\u200f\u202e]", render.MEASURE_FORMATS["table"](network, "zh"))
    rows = list(csv.reader(io.StringIO(render.MEASURE_FORMATS["csv"](network, "zh"), newline="")))
    assert not [cell for row in rows for cell in row if cell.startswith(("=", "+", "-", "@"))]


def test_labels_break_into_lines() -> None:
    assert lines("青石经开区") == ["青石经开区"]
    assert lines("青石经济技术开发区管理委员会") == ["青石经济技术开发", "区管理委员会"]
    assert lines("Guangdong Pharmaceutical University") == ["Guangdong", "Pharmaceutical", "University"]
    assert lines("长" * 100)[-1].endswith("…")
    assert max(ems(line) for line in lines("x" * 300)) < 12
    assert lines(" \u202e ") == ["—"]
    assert plain("a\x00b\u202ec\n d") == "a b c d"
