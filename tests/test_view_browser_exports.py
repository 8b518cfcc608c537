"""What the page hands out: its table, GEXF and pictures of what stands out, with every label as text."""

from __future__ import annotations

import csv
import io
import math
import struct
import xml.etree.ElementTree as ET
from dataclasses import replace
from pathlib import Path
from typing import Any

import networkx as nx
import pytest

from kg import render
from kg.networks import Claim, Concept, Edge, Label, Language, Network, Node, Period
from kg.render import drawing
from tests.exchange_schemas import GEXF, VIZ, assert_gexf
from tests.view_browser import (
    TOP,
    By,
    downloaded,
    needs_browser,
    open_page,
    press,
    rows,
    type_into,
    wait,
)

pytestmark = needs_browser
CSV_HEADS = {
    "zh": ["编号", "起点", "终点", "种类", "状态", "陈述", "出处", "连线标识", "起点标识", "终点标识", "陈述标识",
           "出处标识"],
    "en": ["number", "from", "to", "kind", "status", "claims", "where", "IRI of the link", "IRI of from", "IRI of to",
           "IRIs of the claims", "IRIs of where"],
}  # fmt: skip
HOSTILE = "=1+1</script><img src=x onerror='window.hit=1'>\"]]>&\u202e"


def _edge_rows(data: bytes) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(data.decode("utf-8-sig"), newline="")))


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_the_page_exports_its_table_as_csv(wide: Any, zones: Network, tmp_path: Path, lang: Language) -> None:
    def shown() -> list[list[str]]:
        return list(
            wide.execute_script(
                "return [...document.querySelectorAll('#edges-table tbody tr:not([hidden])')].map((row) =>"
                "[row.cells[0].querySelector('button').firstChild.data.trim(),"
                " ...[1, 2, 3, 4].map((i) => row.cells[i].innerText.trim()), row.dataset.edgeRow])"
            )
        )

    open_page(wide, render.html(zones, lang), tmp_path)
    press(wide, "[data-export=csv]")
    data = downloaded(tmp_path, "csv")
    assert data.startswith(b"\xef\xbb\xbf")
    assert data.count(b"\r\n") == data.count(b"\n") == 1 + len(zones.edges)
    heads = CSV_HEADS[lang]
    found = _edge_rows(data)
    assert list(found[0]) == heads
    assert [[row[head] for head in (*heads[:5], heads[7])] for row in found] == shown()
    assert [row[heads[0]] for row in found] == [str(n) for n in range(1, len(found) + 1)]
    command = {row["edge"]: row for row in _edge_rows(render.csv(zones, lang))}
    for row in found:
        same = command[row[heads[7]]]
        assert [row[head] for head in (*heads[1:4], *heads[5:7])] == [
            same[name] for name in ("from_label", "to_label", "kind", "claim_labels", "where")
        ]
        assert [row[head] for head in heads[8:]] == [same[name] for name in ("from", "to", "claims", "evidence")]
    for path in tmp_path.glob("*.csv"):
        path.unlink()
    press(wide, "[data-off='unnamed:']")
    press(wide, "[data-export=csv]")
    part = _edge_rows(downloaded(tmp_path, "csv"))
    assert [[row[head] for head in (*heads[:5], heads[7])] for row in part] == shown()
    assert len(part) < len(found)


def test_the_page_exports_gexf_of_what_stands_out(wide: Any, zones: Network, tmp_path: Path) -> None:
    open_page(wide, render.html(zones, "en"), tmp_path)
    press(wide, "[data-off='unnamed:']")
    press(wide, "[data-export=gexf]")
    data = downloaded(tmp_path, "gexf")
    assert_gexf(ET.fromstring(data))
    graph = nx.read_gexf(io.BytesIO(data))
    assert set(graph.nodes) == {node.id for node in zones.nodes if node.named}
    assert graph.number_of_edges() == len(rows(wide, "edge"))
    assert all(graph.nodes[n.id]["label"] == n.label.en for n in zones.nodes if n.named)
    assert graph.nodes[zones.nodes[0].id]["viz"]["position"]


def test_the_gexf_of_the_page_is_that_of_the_command(wide: Any, zones: Network, tmp_path: Path) -> None:
    """But for what the page leaves out: parallel edges are told apart, weighed and dated alike."""

    def told(data: bytes) -> list[tuple[object, ...]]:
        graph = ET.fromstring(data)
        assert_gexf(graph)
        return sorted(
            (
                edge.get("id"),
                edge.get("kind"),
                float(edge.get("weight", "")),
                [spell.attrib for spell in edge.iter(f"{GEXF}spell")],
                [colour.attrib for colour in edge.iter(f"{VIZ}color")],
            )
            for edge in graph.iter(f"{GEXF}edge")
        )

    periods = [Period("2020-03-01", "2022-12-31"), Period("2022-06-01", "2023-06-30"), Period("2025-01-01", "")]
    claims = tuple(Claim(f"urn:c{i}", zones.title, period=period) for i, period in enumerate(periods))
    dated = replace(
        zones,
        edges=tuple(replace(edge, claims=claims) for edge in zones.edges),
    )
    open_page(wide, render.html(dated), tmp_path)
    press(wide, "[data-export=gexf]")
    found = told(downloaded(tmp_path, "gexf"))
    assert found == told(render.gexf(dated))
    assert any(" 2" in str(edge[1]) for edge in found)
    assert all(len(list(edge[3])) == 2 for edge in found)  # type: ignore[call-overload]


def test_the_page_exports_svg_and_png(wide: Any, zones: Network, tmp_path: Path) -> None:
    open_page(wide, render.html(zones), tmp_path)
    press(wide, "[data-export=svg]")
    data = downloaded(tmp_path, "svg")
    root = ET.fromstring(data)
    text = "".join(root.itertext())
    for node in zones.nodes:
        for line in drawing.caption(node, "zh").split("\n"):
            assert line in text
    assert len([e for e in root.iter() if e.tag.endswith("}path")]) == len(zones.edges)
    assert zones.title.zh in text
    assert "invented-page" in text
    assert b"href" not in data
    assert b"<script" not in data
    press(wide, "[data-export=png]")
    png = downloaded(tmp_path, "png")
    assert png.startswith(b"\x89PNG")
    width, height = struct.unpack(">II", png[16:24])
    assert width >= 1.9 * float(root.attrib["width"])
    assert height >= 1.9 * float(root.attrib["height"])
    (TOP / "artifacts/screens/export.png").write_bytes(png)
    assert wide.get_log("browser") == []


def test_loops_and_line_breaks_are_exported(wide: Any, tmp_path: Path) -> None:
    name = "two\nlines\tand \r more"
    node = Node("urn:0", Concept("urn:kind", Label("类", "kind")), Label(name, name))
    via = Concept("urn:kind/via-project", Label("经项目", "via project"))
    loop = Edge("urn:loop", node.id, node.id, via)
    open_page(wide, render.html(Network("n", Label("题", "Title"), (node,), (loop,))), tmp_path)
    wait(wide, "return Boolean(zonekg.signs())")
    for form in ("gexf", "svg"):
        press(wide, f"[data-export={form}]")
    assert nx.read_gexf(io.BytesIO(downloaded(tmp_path, "gexf"))).nodes[node.id]["label"] == "two lines and more"
    drawn = ET.fromstring(downloaded(tmp_path, "svg"))
    circle, sign = next(element for element in drawn if element.tag.endswith("}g"))
    assert float(circle.get("r", "0")) > 10
    corners = [tuple(map(float, corner.split(","))) for corner in sign.get("points", "").split()]
    middle = [sum(axis) / len(corners) for axis in zip(*corners, strict=True)]
    apart = math.hypot(middle[0] - float(circle.get("cx", "0")), middle[1] - float(circle.get("cy", "0")))
    assert apart == pytest.approx(float(circle.get("r", "0")), abs=0.5)
    assert wide.get_log("browser") == []


def test_hostile_labels_stay_text_in_the_exports(wide: Any, tmp_path: Path) -> None:
    kind = Concept("urn:kind", Label(HOSTILE, HOSTILE))
    nodes = tuple(Node(f"urn:{i}", kind, Label(HOSTILE, HOSTILE), (HOSTILE,)) for i in range(2))
    edge = Edge("javascript:window.hit=2", "urn:0", "urn:1", kind, kind)
    open_page(wide, render.html(Network(HOSTILE, Label(HOSTILE, HOSTILE), nodes, (edge,))), tmp_path)
    for form in ("csv", "gexf", "svg", "png"):
        press(wide, f"[data-export={form}]")
    assert _edge_rows(downloaded(tmp_path, "csv"))[0]["起点"] == "'" + HOSTILE
    graph = nx.read_gexf(io.BytesIO(downloaded(tmp_path, "gexf")))
    assert graph.nodes["urn:0"]["label"] == HOSTILE
    tags = {element.tag.rpartition("}")[2] for element in ET.fromstring(downloaded(tmp_path, "svg")).iter()}
    assert not tags & {"script", "img", "image", "foreignObject", "a"}
    assert downloaded(tmp_path, "png").startswith(b"\x89PNG")
    press(wide, "#edges-table [data-edge]")
    assert wide.find_elements(By.CSS_SELECTOR, "#facts a") == []
    type_into(wide, "#search", "<img")
    assert wide.execute_script("return window.hit") is None
    assert wide.execute_script("return document.images.length") == 0
    assert wide.get_log("browser") == []
