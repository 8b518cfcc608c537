"""GEXF, GraphML and DOT: what Gephi, Graphviz and networkx read back is the network, whatever its labels say."""

from __future__ import annotations

import csv
import io
import json
import re
import shutil
import subprocess
import xml.etree.ElementTree as ET
from collections import Counter
from dataclasses import replace

import networkx as nx
import pytest
from hypothesis import HealthCheck, given, settings

from kg import render
from kg.engine import Embedded
from kg.networks import Evidence, Label, Network, Period
from kg.networks import network as read_network
from kg.render.dot import text as dot_text
from kg.render.drawing import caption, positions
from kg.render.facets import articles_of
from kg.render.gexf import joined
from kg.render.origin import Source
from kg.render.style import edge_colour, node_look
from kg.render.text import plain, shortened, xml_text
from kg.render.values import rgb
from kg.templates import get
from tests.exchange_schemas import GEXF, VIZ, assert_gexf, assert_graphml
from tests.picture_cases import HOSTILE, ORIGIN, SIGNED, WORKS, network, texts

SLOW = settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.too_slow])


def _gexf(found: Network, origin: render.Origin = ORIGIN) -> ET.Element:
    return ET.fromstring(render.gexf(found, "zh", origin))


@pytest.mark.parametrize("name", ["zones_and_universities", "collaborations"])
def test_the_shipped_networks_follow_the_schema(shipped_engine: Embedded, name: str) -> None:
    found = read_network(shipped_engine, get(name))
    root = _gexf(found, render.origin(shipped_engine, found))
    assert_gexf(root)
    assert len(list(root.iter(f"{GEXF}edge"))) == len(found.edges) > 30
    assert_graphml(ET.fromstring(render.graphml(found, "zh", render.origin(shipped_engine, found))))


def test_gephi_gets_kinds_colours_positions_and_sizes() -> None:
    found = network()
    root = _gexf(found)
    assert_gexf(root)
    spots = positions(found)
    for node in root.iter(f"{GEXF}node"):
        name = node.get("id", "")
        kind = found.node(name).kind.name
        place = node.find(f"{VIZ}position")
        size = node.find(f"{VIZ}size")
        assert place is not None
        assert size is not None
        # Gephi's y axis points up.
        assert (float(place.get("x", "")), -float(place.get("y", ""))) == spots[name]
        assert float(size.get("value", "")) == node_look(kind).size
    zone = next(node for node in root.iter(f"{GEXF}node") if node.get("id") == "urn:n/zone")
    assert zone.find(f"{VIZ}color").attrib == {"r": "213", "g": "94", "b": "0"}  # type: ignore[union-attr]
    shapes = [edge.find(f"{VIZ}shape").get("value") for edge in root.iter(f"{GEXF}edge")]  # type: ignore[union-attr]
    assert shapes == ["dashed", "solid", "solid", "dashed", "solid"]


def test_parallel_links_stay_apart_in_gephi() -> None:
    # Gephi makes one of the edges that join the same nodes and are of one kind.
    edges = list(_gexf(network()).iter(f"{GEXF}edge"))
    keys = [(frozenset((edge.get("source"), edge.get("target"))), edge.get("kind")) for edge in edges]
    assert len(set(keys)) == len(keys)
    assert [edge.get("kind") for edge in edges] == [
        "via-enterprise",
        "via-enterprise",
        "direct",
        "direct 2",
        "direct",
    ]


def test_periods_are_spells() -> None:
    root = _gexf(network())
    graph = root.find(f"{GEXF}graph")
    assert graph is not None
    assert (graph.get("mode"), graph.get("timeformat")) == ("dynamic", "date")
    found = {e.get("id"): [spell.attrib for spell in e.iter(f"{GEXF}spell")] for e in root.iter(f"{GEXF}edge")}
    march = {"start": "2024-03-01", "end": "2024-03-31"}
    assert found == {
        "urn:e/1": [march],
        "urn:e/2": [{"start": "2020-01-01"}],  # March 2024 lies in it
        "urn:e/3": [],
        "urn:e/4": [],
        "urn:e/5": [],
    }
    undated = tuple(
        replace(edge, claims=tuple(replace(claim, period=None) for claim in edge.claims)) for edge in network().edges
    )
    static = _gexf(replace(network(), edges=undated)).find(f"{GEXF}graph")
    assert static is not None
    assert (static.get("mode"), static.get("timeformat")) == ("static", None)


@pytest.mark.parametrize(
    ("periods", "expected"),
    [
        ([], []),
        (["2020-01-01/2020-12-31", "2021-01-01/2021-12-31"], ["2020-01-01/2020-12-31", "2021-01-01/2021-12-31"]),
        (["2020-01-01/2020-12-31", "2020-12-31/2021-06-30"], ["2020-01-01/2021-06-30"]),  # one day in both
        (["2020-01-01/2020-12-31", "2020-03-01/2020-03-31"], ["2020-01-01/2020-12-31"]),
        (["2020-01-01/2020-01-01", "2020-01-01/2020-02-01"], ["2020-01-01/2020-02-01"]),
        (["2020-01-01/", "2024-03-01/2024-03-31"], ["2020-01-01/"]),
        (["/2020-12-31", "2020-06-01/"], ["/"]),
        (["/2020-12-31", "/2021-12-31", "2023-01-01/"], ["/2021-12-31", "2023-01-01/"]),
    ],
)
def test_no_day_is_in_two_spells(periods: list[str], expected: list[str]) -> None:
    found = joined(sorted(Period(*period.split("/")) for period in periods))
    assert [f"{period.start}/{period.end}" for period in found] == expected


@pytest.mark.parametrize("form", ["gexf", "graphml"])
def test_weights_count_different_claims(form: str) -> None:
    found = network()
    first, second, *rest = found.edges
    repeated = replace(second, claims=(SIGNED, WORKS, SIGNED))
    read = nx.read_gexf if form == "gexf" else nx.read_graphml
    graph = read(io.BytesIO(render.FORMATS[form](replace(found, edges=(first, repeated, *rest)), "zh", ORIGIN)))
    weights = {key: data["weight"] for _, _, key, data in graph.edges(keys=True, data=True)}
    assert weights == {"urn:e/1": 1.0, "urn:e/2": 2.0, "urn:e/3": 1.0, "urn:e/4": 1.0, "urn:e/5": 1.0}


def test_colours_places_and_periods_come_back_from_gexf() -> None:
    found = network()
    graph = nx.read_gexf(io.BytesIO(render.gexf(found, "zh", ORIGIN)))
    spots = positions(found)
    for name, about in graph.nodes(data=True):
        place = about["viz"]["position"]
        assert (place["x"], -place["y"], place["z"]) == (*spots[name], 0.0)
        assert about["viz"]["size"] == node_look(found.node(name).kind.name).size
    colours = {n: tuple(about["viz"]["color"][c] for c in "rgb") for n, about in graph.nodes(data=True)}
    assert colours["urn:n/zone"] == (213, 94, 0)
    assert min(colours["urn:n/party"]) > 200  # paler, and not the white of Gephi's ground
    assert colours["urn:n/party"] != (255, 255, 255)
    spells = {key: data.get("spells", []) for _, _, key, data in graph.edges(keys=True, data=True)}
    assert spells["urn:e/1"] == [("2024-03-01", "2024-03-31")]
    assert [start for start, _ in spells["urn:e/2"]] == ["2020-01-01"]
    assert graph.number_of_edges("urn:n/zone", "urn:n/university") == 2


@pytest.mark.parametrize("form", ["gexf", "graphml"])
def test_networkx_reads_back_what_was_written(form: str) -> None:
    found = network()
    read = nx.read_gexf if form == "gexf" else nx.read_graphml
    graph = read(io.BytesIO(render.FORMATS[form](found, "zh", ORIGIN)))
    assert graph.is_multigraph()
    assert not graph.is_directed()
    assert {(frozenset((a, b)), key) for a, b, key in graph.edges(keys=True)} == {
        (frozenset((edge.source, edge.target)), edge.id) for edge in found.edges
    }
    zone = graph.nodes["urn:n/zone"]
    assert (zone["label_zh"], zone["label_en"]) == ("青石经开区", "Qingshi Zone")
    assert (zone["kind"], zone["kind_zh"], zone["kind_en"]) == ("DevelopmentZone", "开发区", "development zone")
    assert (zone["named"], graph.nodes["urn:n/party"]["named"]) == (True, False)
    about = next(data for _, _, key, data in graph.edges(keys=True, data=True) if key == "urn:e/2")
    assert about["status"] == "achieved"
    assert about["status_zh"] == "已达成"
    assert about["claims"].split() == [SIGNED.iri, WORKS.iri]
    assert about["evidence_zh"] == "第5篇第2段第3句"
    assert about["date_start"] == "2020-01-01"
    assert "date_end" not in about  # open


def test_graphml_has_places_and_colours_by_the_names_that_gephi_knows() -> None:
    found = network()
    data = render.graphml(found, "en", ORIGIN)
    assert_graphml(ET.fromstring(data))
    graph = nx.read_graphml(io.BytesIO(data))
    spots = positions(found)
    for name, about in graph.nodes(data=True):
        assert (about["x"], -about["y"]) == spots[name]
        assert about["size"] == node_look(found.node(name).kind.name).size
    zone = graph.nodes["urn:n/zone"]
    assert (zone["label"], zone["r"], zone["g"], zone["b"]) == ("Qingshi Zone", 213, 94, 0)
    about = graph.edges["urn:n/zone", "urn:n/university", "urn:e/3"]
    assert {name: about[name] for name in ("label", "r", "g", "b")} == {
        "label": "direct",
        **{name: int(value) for name, value in rgb(edge_colour("direct")).items()},
    }


@pytest.mark.parametrize("form", ["gexf", "graphml"])
def test_both_say_where_they_come_from(form: str) -> None:
    words = "".join(ET.fromstring(render.FORMATS[form](network(), "en", ORIGIN)).itertext())
    assert "A Paper, 2025-12 (date derived), page" in words
    assert "ZoneKG 9.8.7, 2026-11-24" in words


def test_the_origin_is_what_the_graph_says(shipped_engine: Embedded) -> None:
    found = render.origin(shipped_engine, read_network(shipped_engine, get("people_and_institutions")))
    source = found.source("kexue-daobao-2025-12")
    assert source.words("zh") == "科学导报，2025年12月（日期由内容推定），kexue-daobao-2025-12"
    assert found.dataset() == f"ZoneKG {found.version}, {found.issued}"
    assert found.version
    articles = dict(source.articles)
    assert sorted(articles) == [1, 2, 3, 4, 5]
    assert (articles[1].zh, articles[1].en) == (
        "《构筑校地合作新生态》",
        "Jincheng Economic and Technological Development Zone",
    )
    assert found.source("other").words("en") == "other"


@pytest.mark.parametrize(
    ("date", "zh"),
    [
        ("2025", "2025年"),
        ("2025-12", "2025年12月"),
        ("2025-03-09", "2025年3月9日"),
        ("spring 2025", "spring 2025"),
        ("2025-3", "2025-3"),
    ],
)
def test_a_date_is_written_as_each_language_does(date: str, zh: str) -> None:
    assert (Source("page", None, date).words("zh"), Source("page", None, date).words("en")) == (
        f"{zh}，page",
        f"{date}, page",
    )
    assert Source("page", None, date, derived=True).words("zh") == f"{zh}（日期由内容推定），page"


def test_articles_have_their_headlines_after_their_numbers() -> None:
    edges = network().edges
    evidence = tuple(Evidence(f"urn:page/a{n}-p1-s1", "page", "article", n, 1, 1, "sentence", n) for n in (1, 2))
    found = replace(network(), edges=(replace(edges[0], evidence=evidence),))
    told = ((1, Label("《石头记》", "Qingshi Zone")),)
    labels = [a.label for a in articles_of(found, render.Origin((Source("page", articles=told),)))]
    assert labels == [Label("第1篇：《石头记》", "article 1: Qingshi Zone"), Label("第2篇", "article 2")]


# DOT

_TOKEN = re.compile(r'\s+|(?P<string>"(?:[^"\\]|\\.)*")|(?P<word>[A-Za-z_]\w*)|(?P<mark>--|[\[\]{},;=])', re.DOTALL)
_ENTITIES = {"amp": "&"}


def _tokens(text: str) -> list[str]:
    """The tokens of a DOT file; fails where there is something else."""
    found, place = [], 0
    while place < len(text):
        match = _TOKEN.match(text, place)
        assert match is not None, text[place : place + 40]
        if match.lastgroup is not None:
            found.append(match.group())
        place = match.end()
    return found


def _attributes(tokens: list[str], place: int) -> tuple[dict[str, str], int]:
    found = {}
    assert tokens[place] == "["
    place += 1
    while tokens[place] != "]":
        name, equals, value = tokens[place : place + 3]
        assert equals == "="
        found[name] = value[1:-1].replace('\\"', '"')
        place += 4 if tokens[place + 3] == "," else 3
    assert tokens[place + 1] == ";"
    return found, place + 2


def _read_dot(data: bytes) -> tuple[dict[str, dict[str, str]], list[tuple[str, str, dict[str, str]]]]:
    """Nodes and edges of a DOT file as ours are: strings in quotes, attributes in brackets."""
    tokens = _tokens(data.decode("utf-8"))
    assert tokens[0] == "graph"
    assert tokens[2] == "{"
    assert tokens[-1] == "}"
    nodes, edges, place = {}, [], 3
    while place < len(tokens) - 1:
        if tokens[place + 1] == "--":
            about, after = _attributes(tokens, place + 3)
            edges.append((tokens[place][1:-1], tokens[place + 2][1:-1], about))
        else:
            about, after = _attributes(tokens, place + 1)
            nodes[tokens[place].strip('"')] = about
        place = after
    return nodes, edges


def _shown(value: str) -> str:
    """What Graphviz shows for a label: escapes and entities read."""
    lines = re.sub(r"\\(.)", lambda match: "\n" if match[1] == "n" else match[1], value)
    return re.sub(r"&(\w+);", lambda match: _ENTITIES[match[1]], lines)


def test_dot_holds_the_network() -> None:
    found = network()
    nodes, edges = _read_dot(render.dot(found, "zh", ORIGIN))
    assert set(nodes) == {"graph", "node", *(node.id for node in found.nodes)}
    assert [(a, b, about["id"]) for a, b, about in edges] == [(e.source, e.target, e.id) for e in found.edges]
    assert nodes["urn:n/zone"]["xlabel"] == "青石经开区"
    assert (nodes["urn:n/zone"]["shape"], nodes["urn:n/zone"]["fillcolor"]) == ("hexagon", "#D55E00")
    assert nodes["urn:n/party"]["xlabel"] == "[青石经开区]"
    assert nodes["urn:n/party"]["style"] == "filled,dashed"
    assert [about["style"] for _, _, about in edges] == ["dashed", "bold", "solid", "dashed", "bold"]
    assert "第5篇第2段第3句" in _shown(edges[0][2]["tooltip"])


@SLOW
@given(texts)
def test_any_words_are_shown_unchanged_by_graphviz(words: str) -> None:
    quoted = '"' + dot_text(words).replace('"', '\\"') + '"'
    assert _tokens(quoted) == [quoted]
    assert _shown(quoted[1:-1].replace('\\"', '"')).split("\n") == [plain(line) for line in words.split("\n")]


@pytest.mark.parametrize("name", sorted(HOSTILE))
def test_graphviz_draws_each_node_and_link_and_says_what_it_was_told(name: str) -> None:
    if shutil.which("neato") is None:
        pytest.skip("Graphviz is not installed")
    found = network(HOSTILE[name])
    result = subprocess.run(["neato", "-n", "-Tsvg"], input=render.dot(found), capture_output=True, check=True)
    assert result.stderr == b""
    root = ET.fromstring(result.stdout)
    assert Counter(e.get("class") for e in root.iter() if e.get("class")) == {"graph": 1, "node": 4, "edge": 5}
    said = {e.get("{http://www.w3.org/1999/xlink}title", "").split("\n")[0] for e in root.iter()}
    assert shortened(plain(HOSTILE[name]), 400).replace("\\", "\u2216") in said
    shown = {"".join(e.itertext()) for e in root.iter("{http://www.w3.org/2000/svg}text")}
    assert {row.strip() for row in caption(found.node("urn:n/zone"), "zh").split("\n")} <= shown


# Labels that mean harm


@pytest.mark.parametrize("name", sorted(HOSTILE))
def test_hostile_labels_stay_text_in_dot(name: str) -> None:
    nodes, edges = _read_dot(render.dot(network(HOSTILE[name])))
    assert len(nodes) == 6
    assert len(edges) == 5
    shown = _shown(nodes["urn:n/zone"]["tooltip"])
    assert shown.split("\n")[0] == shortened(plain(HOSTILE[name]), 400).replace("\\", "\u2216")


@pytest.mark.parametrize("name", sorted(HOSTILE))
def test_hostile_labels_stay_text_in_gexf_and_graphml(name: str) -> None:
    text = HOSTILE[name]
    assert_gexf(_gexf(network(text)))
    assert_graphml(ET.fromstring(render.graphml(network(text), "zh", ORIGIN)))
    for form, read in (("gexf", nx.read_gexf), ("graphml", nx.read_graphml)):
        graph = read(io.BytesIO(render.FORMATS[form](network(text), "zh", ORIGIN)))
        assert set(graph.nodes) == {node.id for node in network().nodes}
        assert {key for _, _, key in graph.edges(keys=True)} == {edge.id for edge in network().edges}
        assert graph.nodes["urn:n/zone"]["label_zh"].split() == xml_text(text).split()


@pytest.mark.parametrize("name", sorted(HOSTILE))
def test_hostile_labels_stay_text_in_json_and_csv(name: str) -> None:
    text = HOSTILE[name].encode("utf-8", "replace").decode("utf-8")
    document = json.loads(render.json(network(HOSTILE[name])))
    assert {node["id"]: node["label"]["zh"] for node in document["nodes"]}["urn:n/zone"] == text
    rows = list(csv.DictReader(io.StringIO(render.csv(network(HOSTILE[name])).decode("utf-8-sig"), newline="")))
    assert [row["edge"] for row in rows] == [edge.id for edge in network().edges]
    assert rows[0]["from_label"] == text


@SLOW
@given(texts)
def test_any_label_stays_text_in_every_file(text: str) -> None:
    found = network(text)
    assert_gexf(_gexf(found))
    values = [
        value.get("value") for value in _gexf(found).iter(f"{GEXF}attvalue") if value.get("for") == "node_label_en"
    ]
    kept = xml_text(text)
    if text:
        assert len(values) == 4
        # In GEXF white space of an attribute may come back as another.
        assert "".join(values[3].split()) == "".join(kept.split())  # type: ignore[union-attr]
    nodes, edges = _read_dot(render.dot(found))
    assert (len(nodes), len(edges)) == (6, 5)
    assert len(list(csv.reader(io.StringIO(render.csv(found).decode("utf-8-sig"), newline="")))) == 6
    assert len(json.loads(render.json(found))["edges"]) == 5
