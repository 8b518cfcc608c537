"""``graph.network(…)``: a network as a value, its tables and files, and what a notebook shows of it."""

from __future__ import annotations

import sys
import xml.etree.ElementTree as ET
from collections import Counter
from dataclasses import FrozenInstanceError, replace
from pathlib import Path
from typing import Any

import html5rdf
import pytest
from click.testing import CliRunner

import kg
from kg import networks
from kg.cli.view import command
from kg.engine import Embedded
from kg.engine.transport import Credentials
from kg.errors import ParameterError, UnknownTemplate, UsageError
from kg.render import FORMATS
from kg.templates import get
from kg.terms import NamedNode
from tests.picture_cases import HOSTILE, ORIGIN, network
from tests.servers import served

JINCHENG = "https://w3id.org/zonekg/id/place/jincheng-jingkaiqu"


@pytest.fixture(scope="module")
def graph(shipped_folder: Path) -> kg.Graph:
    return kg.load(shipped_folder)


@pytest.fixture(scope="module")
def view(graph: kg.Graph) -> kg.View:
    return graph.network("zones_and_universities")


def invented(text: str | None = None, **options: Any) -> kg.View:
    return kg.View(network(text), ORIGIN, **options)


def test_it_is_the_network_of_the_template(view: kg.View, graph: kg.Graph) -> None:
    assert view.network == networks.network(graph, get("zones_and_universities"))
    assert view.lang == "en"
    assert repr(view) == "<View zones_and_universities: 39 nodes, 35 edges, lang='en'>"


def test_it_is_a_value(view: kg.View) -> None:
    with pytest.raises(FrozenInstanceError):
        view.lang = "zh"  # type: ignore[misc]
    again = replace(view, lang="en")
    assert again == view
    assert hash(again) == hash(view)
    assert replace(view, lang="zh") != view


@pytest.mark.parametrize(
    "value", ["晋城经开区", "jincheng jing kai qu", "id:place/jincheng-jingkaiqu", NamedNode(JINCHENG)]
)
def test_values_are_as_for_queries(value: str | NamedNode, graph: kg.Graph) -> None:
    assert graph.network("entity_surroundings", entity=value).network.nodes
    assert graph.network("industry_chains", zone=value) == graph.network(
        "industry_chains", zone=[NamedNode(JINCHENG)]
    )


def test_none_is_as_if_left_out(graph: kg.Graph) -> None:
    assert graph.network("industry_chains", zone=None) == graph.network("industry_chains")


def test_what_does_not_fit_is_refused(graph: kg.Graph) -> None:
    with pytest.raises(UsageError, match="is no network") as caught:
        graph.network("zones_overview")
    assert "zones_and_universities" in str(caught.value.hint)
    with pytest.raises(UnknownTemplate):
        graph.network("nothing_of_that_name")
    with pytest.raises(ParameterError, match="no parameter"):
        graph.network("collaborations", zone="晋城经开区")
    with pytest.raises(ParameterError, match="is called"):
        graph.network("industry_chains", zone="nowhere")
    with pytest.raises(UsageError, match="no language 'de'"):
        graph.network("collaborations", lang="de")  # type: ignore[arg-type]


@pytest.mark.parametrize("form", ["html", "svg", "gexf", "graphml", "dot", "csv", "json"])
@pytest.mark.parametrize("lang", ["zh", "en"])
def test_bytes_are_those_of_the_command(form: str, lang: Any, view: kg.View, shipped_folder: Path) -> None:
    arguments = ["--format", form, "--lang", lang, "--out", "-", "--dataset", str(shipped_folder)]
    assert view.to(form, lang) == CliRunner().invoke(command, arguments).stdout_bytes
    assert replace(view, lang=lang).to(form) == view.to(form, lang)


def test_a_graph_on_a_server_gives_the_same_view(view: kg.View, shipped_engine: Embedded) -> None:
    with served("oxigraph", shipped_engine.quads()) as endpoint:
        there = kg.connect(endpoint.address, credentials=Credentials())
        assert there.network("zones_and_universities") == view
        assert there.network("zones_compared", one="晋城经开区", lang="zh").to("gexf")


def test_a_file_is_written_in_the_format_of_its_ending(tmp_path: Path) -> None:
    view = invented()
    for form in sorted({*FORMATS} - {"png"}):
        file = view.save(tmp_path / "made" / f"network.{form}", lang="zh")
        assert file.read_bytes() == view.to(form, "zh")
    assert view.save(str(tmp_path / "a.HTM")).read_bytes() == view.to("html")
    assert view.save(tmp_path / "a.xml", "gexf").read_bytes() == view.to("gexf")
    with pytest.raises(UsageError, match="'pdf'"):
        view.save(tmp_path / "a.pdf")
    with pytest.raises(UsageError, match="format ''") as caught:
        view.save(tmp_path / "a")
    assert "gexf" in str(caught.value.hint)
    with pytest.raises(UsageError, match="cannot write"):
        view.save(tmp_path / "a.xml" / "b.svg")
    assert sorted(path.name for path in tmp_path.iterdir()) == ["a.HTM", "a.xml", "made"]


@pytest.mark.parametrize(
    "name", ["铁舟大学", "tiezhou  university", "铁舟大学。", "urn:n/university", "<urn:n/university>", "university"]
)
def test_a_node_is_found_by_what_it_is_called(name: str) -> None:
    part, expected = invented().ego(name, 1).network, networks.ego(network(), "urn:n/university")
    assert (part.nodes, part.edges) == (expected.nodes, expected.edges)
    assert part.title.en == "Who is linked with whom? (within 1 step of Tiezhou University)"
    assert part.title.zh == "谁与谁相连？（距铁舟大学1步以内）"


def test_surroundings_take_steps_and_kinds() -> None:
    view = invented()
    assert {node.id for node in view.ego("Hehe Company", 1).network.nodes} == {
        "urn:n/enterprise", "urn:n/university", "urn:n/zone",
    }  # fmt: skip
    assert [node.id for node in view.ego("Hehe Company", 0).network.nodes] == ["urn:n/enterprise"]
    assert len(view.ego("铁舟大学", 1, kinds=["direct"]).network.edges) == 2


def test_a_node_that_is_not_there_or_not_the_only_one_is_said() -> None:
    view = invented()
    with pytest.raises(UsageError, match="is the name of 2") as several:
        view.ego("青石经开区")
    assert "urn:n/party" in several.value.message
    with pytest.raises(UsageError, match=r"(?s)no node that is called '铁舟', nearest:.*urn:n/university"):
        view.ego("铁舟")
    with pytest.raises(UsageError, match="no node urn:n/nobody"):
        view.ego(NamedNode("urn:n/nobody"))
    with pytest.raises(UsageError, match="no node that is called ' '"):
        view.ego(" ")


def test_what_is_planned_can_be_left_out_and_nodes_stay() -> None:
    view = invented()
    done = view.only(statuses=["achieved"])
    assert [edge.id for edge in done.network.edges] == ["urn:e/2", "urn:e/5"]
    assert done.network.nodes == view.network.nodes
    assert done.network.title.zh.endswith("（仅限：已达成）")
    assert done == replace(view, network=networks.only(view.network, statuses=["已达成"]))
    both = view.only(kinds="via-enterprise", statuses=["planned", "achieved"])
    assert [edge.id for edge in both.network.edges] == ["urn:e/1", "urn:e/2"]
    assert view.only() == view
    with pytest.raises(UsageError, match="status 'plan'") as caught:
        view.only(statuses=["plan"])
    assert caught.value.hint == "it has: achieved, planned"
    with pytest.raises(UsageError, match="which kind"):
        view.only(kinds=[])


def test_tables_are_rows(view: kg.View) -> None:
    nodes, edges, measures = view.nodes(), view.edges(), view.measures()
    assert nodes.column("iri") == tuple(NamedNode(node.id) for node in view.network.nodes)
    assert sum(not row["named"] for row in nodes.values()) == sum(not node.named for node in view.network.nodes) > 0
    assert Counter(row["status"] for row in edges.values()) == {"achieved": 27, "under way": 7, "signed": 1}
    assert edges.values()[0]["where"] == "; ".join(e.words("en") for e in view.network.edges[0].evidence)
    assert [row["betweenness"] for row in measures.values()] == [
        m.betweenness for m in networks.measures(view.network)
    ]
    assert view.whole() == networks.whole(view.network)
    assert {*measures.columns[4:], *view.whole().__dataclass_fields__} == set(view.meaning())
    assert replace(view, lang="zh").nodes().column("iri") == nodes.column("iri")
    assert replace(view, lang="zh").nodes().column("label") != nodes.column("label")


def test_tables_become_dataframes(view: kg.View, monkeypatch: pytest.MonkeyPatch) -> None:
    frame = view.measures().to_dataframe()
    assert [str(frame[name].dtype) for name in ("degree", "betweenness", "brokerage")] == [
        "Int64",
        "Float64",
        "Float64",
    ]
    assert str(view.nodes().to_dataframe()["named"].dtype) == "boolean"
    monkeypatch.setitem(sys.modules, "pandas", None)
    with pytest.raises(UsageError, match="pandas is not installed"):
        view.measures().to_dataframe()


def test_a_network_of_nothing_is_shown_too() -> None:
    view = kg.View(replace(network(), nodes=(), edges=()), ORIGIN)
    assert (len(view.nodes()), len(view.edges()), len(view.measures()), view.whole().nodes) == (0, 0, 0, 0)
    assert "empty" in str(view)
    assert view._repr_mimebundle_()["image/svg+xml"].startswith("<svg ")


def _shape(picture: str) -> list[tuple[str, list[str]]]:
    """The elements of a picture that are no lines of text, each with the names of its attributes."""
    return [(e.tag, sorted(e.attrib)) for e in ET.fromstring(picture).iter() if not e.tag.endswith(("text", "tspan"))]


def test_a_notebook_shows_the_picture_and_has_words_for_it() -> None:
    shown = invented(lang="zh")._repr_mimebundle_()
    assert set(shown) == {"image/svg+xml", "text/plain"}
    root = ET.fromstring(shown["image/svg+xml"])
    assert root.tag == "{http://www.w3.org/2000/svg}svg"
    assert shown["image/svg+xml"].startswith("<svg "), "a declaration has no place inside a page"
    assert [e.text for e in root][:1] == ["谁与谁相连？"]
    assert shown["text/plain"].split("\n")[0] == "谁与谁相连？"
    assert "4 个节点，5 条连线" in shown["text/plain"]
    assert "某报，2025年12月（日期由内容推定），page" in shown["text/plain"]


def test_two_pictures_on_a_page_share_no_id() -> None:
    pictures = [invented(lang=lang)._repr_mimebundle_()["image/svg+xml"] for lang in ("zh", "en")]
    ids = [[e.attrib["id"] for e in ET.fromstring(p).iter() if "id" in e.attrib] for p in pictures]
    assert all(ids)
    assert not set(ids[0]) & set(ids[1])
    for picture, own in zip(pictures, ids, strict=True):
        assert ET.fromstring(picture).attrib["aria-labelledby"].split() == own


@pytest.mark.parametrize("name", sorted(HOSTILE))
def test_hostile_labels_stay_text(name: str) -> None:
    shown = invented(HOSTILE[name])._repr_mimebundle_()
    tags = {tag for tag, _ in _shape(shown["image/svg+xml"])}
    assert tags == {tag for tag, _ in _shape(invented("harmless")._repr_mimebundle_()["image/svg+xml"])}
    assert not any(
        attribute.startswith("on") or "href" in attribute
        for _, attributes in _shape(shown["image/svg+xml"])
        for attribute in attributes
    )
    assert all(line.isprintable() for line in shown["text/plain"].split("\n"))
    assert invented(HOSTILE[name]).nodes().rows
    assert invented(HOSTILE[name]).edges().rows


@pytest.mark.parametrize("name", sorted(HOSTILE))
def test_hostile_labels_stay_text_where_a_page_takes_the_picture_in(name: str) -> None:
    """As an exported notebook does: HTML is not read as XML is."""

    def elements(text: str) -> Counter[str]:
        picture = invented(text)._repr_mimebundle_()["image/svg+xml"]
        page = html5rdf.parse(f"<!DOCTYPE html><p>before</p>{picture}<p>after</p>", namespaceHTMLElements=False)
        return Counter(str(element.tag) for element in page.iter())

    found, harmless = elements(HOSTILE[name]), elements("harmless")
    assert set(found) == set(harmless)
    assert (found["p"], found["svg"], found["title"]) == (harmless["p"], harmless["svg"], harmless["title"])


def test_the_picture_of_a_large_network_is_not_put_into_a_notebook() -> None:
    node = network().nodes[0]
    large = replace(network(), nodes=tuple(replace(node, id=f"urn:n/{i}") for i in range(1001)), edges=())
    shown = kg.View(large, ORIGIN, "zh")._repr_mimebundle_()
    assert set(shown) == {"text/plain"}
    assert "1001 个节点" in shown["text/plain"]
    assert 'view.save("network.html")' in shown["text/plain"]


def test_a_title_that_looks_like_an_id_is_left_alone() -> None:
    text = ' id="name" aria-labelledby="name description" <title id="name">'
    assert ET.fromstring(invented(text)._repr_mimebundle_()["image/svg+xml"])[0].text == text.strip()
