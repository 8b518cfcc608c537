"""Networks as values: read from CONSTRUCT templates on an invented graph, measured, laid out."""

from __future__ import annotations

import random
from dataclasses import FrozenInstanceError, replace
from pathlib import Path

import pytest

from kg import resources
from kg.engine import Embedded
from kg.errors import DataError, UsageError
from kg.networks import Box, Concept, Edge, Label, Network, Node, from_triples, layout, measures, network
from kg.render.drawing import positions
from kg.templates import catalogue, get
from kg.terms import Literal, NamedNode, Quad, Triple, literal
from kg.vocab import ID, RDF, ZKG

CASE = Path(__file__).parent / "cases/networks/invented.trig"
NETWORKS = list(catalogue(resources.root("queries") / "networks"))
TITLE = Label("题", "title")


@pytest.fixture(scope="module")
def engine(invented_engine: Embedded) -> Embedded:
    return invented_engine


def _links(found: Network) -> list[tuple[str, str, str, str]]:
    names = {node.id: node.label.en for node in found.nodes}
    return sorted(
        (names[e.source], names[e.target], e.kind.name, e.status.name if e.status else "") for e in found.edges
    )


def _edge(found: Network, ending: str) -> Edge:
    return next(edge for edge in found.edges if edge.id.endswith(ending))


def _steps(found: Network, ending: str) -> list[Edge]:
    """The steps of the path whose IRI ends so."""
    path = next(path for path in found.paths if path.id.endswith(ending))
    return [edge for edge in found.edges if edge.id in path.steps]


def test_a_path_becomes_a_chain_from_zone_to_university(zones: Network) -> None:
    chain = [e for e in _links(zones) if e[2] == "via-person"]
    assert chain == [
        ("Lin Yuan", "Hushan University", "via-person", "achieved"),
        ("Qingshi Development Zone", "Qingshi Optics Institute", "via-person", "achieved"),
        ("Qingshi Optics Institute", "Lin Yuan", "via-person", "achieved"),
    ]


def test_a_direct_path_is_one_edge_with_all_its_passages(zones: Network) -> None:
    edge = _edge(zones, "qingshi-zone--agent/yunhe-university/direct/signed")
    assert (edge.kind.name, edge.status.name if edge.status else None) == ("direct", "signed")
    assert [e.words("zh") for e in edge.evidence] == ["第1篇标题", "第1篇第1段第1句"]
    assert [e.words("en") for e in edge.evidence] == ["article 1, title", "article 1, paragraph 1, sentence 1"]
    assert [claim.label.zh for claim in edge.claims] == ["青石经开区与云河大学签约"]


def test_parallel_edges_survive(zones: Network) -> None:
    links = _links(zones)
    assert ("Baixing Optics Co., Ltd.", "Yunhe University", "via-enterprise", "under-way") in links
    assert ("Baixing Optics Co., Ltd.", "Yunhe University", "via-enterprise", "planned") in links


def test_the_edge_from_a_zone_rests_on_the_sitings_too(zones: Network) -> None:
    edge = _edge(zones, "qingshi-zone--agent/baixing-optics/via-enterprise/under-way")
    assert {claim.label.en for claim in edge.claims} == {
        "Baixing Optics and Yunhe University do research on lenses",
        "Baixing Optics is in Qingshi North Park",
        "The north park is in the Qingshi zone",
    }
    other = _edge(zones, "baixing-optics--agent/yunhe-university/via-enterprise/under-way")
    assert [claim.iri.rpartition("/")[2] for claim in other.claims] == ["c-lens"]


def test_mediators_of_one_sort_stand_side_by_side(engine: Embedded) -> None:
    path = NamedNode("https://w3id.org/zonekg/derived/path/c-consortium--luzhu-zone--luzhu-vocational-college")
    step = NamedNode(path.value + "/thing/station")
    more = Embedded.load(CASE)
    more.extend(
        [
            Quad(path, ZKG.pathStep, step),
            Quad(step, ZKG.mediator, ID["thing/station"]),
            Quad(step, ZKG.stepLevel, literal(2)),
            Quad(ID["thing/station"], RDF.type, ZKG.Platform),
        ]
    )
    found = network(more, get("zones_and_universities"))
    ends = {(e.source.rpartition("/")[2], e.target.rpartition("/")[2]) for e in _steps(found, path.value)}
    assert ends == {
        ("luzhu-zone", "luzhu-consortium"),
        ("luzhu-zone", "station"),
        ("luzhu-consortium", "luzhu-vocational-college"),
        ("station", "luzhu-vocational-college"),
    }


def test_an_affiliation_stands_beside_its_record(zones: Network) -> None:
    edge = _edge(zones, "lin-yuan--agent/hushan-university/via-person/achieved")
    record = edge.evidence[-1]
    assert (record.block, record.words("en"), record.id) == ("record", "reference record", "lin-yuan-record")


def test_partners_without_a_name_are_there_and_marked(zones: Network) -> None:
    unnamed = {node.label.zh: node.kind.name for node in zones.nodes if not node.named}
    assert unnamed == {
        "多所高校院所(未具名)": "UnnamedParty",
        "三位专家(未具名)": "UnnamedParty",
        "海归人才创办的企业(未具名)": "Enterprise",  # what it is is known, its name is not
    }
    links = _links(zones)
    assert (
        "Luzhu Economic and Technological Development Zone",
        "three experts (not named)",
        "direct",
        "achieved",
    ) in links
    assert (
        "Baixing Optics Co., Ltd.",
        "several universities and institutes (not named)",
        "via-enterprise",
        "under-way",
    ) in links


def test_a_zone_without_partners_is_a_node(zones: Network) -> None:
    assert "孤灯经开区" in {node.label.zh for node in zones.nodes}
    assert not [edge for edge in zones.edges if "gudeng" in edge.source + edge.target]


def test_a_caption_is_called_one(zones: Network) -> None:
    edge = _edge(zones, "baixing-optics--agent/tiezhou-university/via-enterprise/in-talks")
    assert edge.evidence[0].words("zh") == "图片说明1第1段第1句"


def test_collaborations_have_a_node_each_and_roles_for_edges(engine: Embedded) -> None:
    found = network(engine, get("collaborations"))
    nodes = [node for node in found.nodes if node.kind.name == "Collaboration"]
    assert len(nodes) == 10
    assert {node.label.en for node in nodes} >= {"project contract", "consortium"}
    assert ("expert advice", "Lin Yuan", "expert", "achieved") in _links(found)
    assert ("expert advice", "Qingshi Optics Institute", "establishes", "achieved") in _links(found)


def test_the_graph_is_not_changed(engine: Embedded) -> None:
    before = len(engine)
    network(engine, get("zones_and_universities"))
    assert len(engine) == before


def test_the_order_of_triples_does_not_matter(engine: Embedded) -> None:
    triples = list(engine.construct(get("zones_and_universities").fill()))
    first = from_triples("n", TITLE, triples, engine)
    random.Random(1).shuffle(triples)
    assert from_triples("n", TITLE, triples, engine) == first


def test_a_template_of_another_kind_is_refused(engine: Embedded) -> None:
    with pytest.raises(UsageError, match="does not construct a network"):
        network(engine, get("coverage_of_passages"))


@pytest.mark.parametrize("missing", ["edgeFrom", "edgeTo", "edgeKind"])
def test_an_edge_without_its_ends_or_kind_is_an_error(engine: Embedded, missing: str) -> None:
    edge, zone = NamedNode("urn:e"), ID["place/qingshi-zone"]
    triples = [Triple(edge, RDF.type, ZKG.NetworkEdge)]
    triples += [Triple(edge, ZKG[p], zone) for p in ("edgeFrom", "edgeTo", "edgeKind") if p != missing]
    with pytest.raises(DataError, match=missing):
        from_triples("n", TITLE, triples, engine)


def test_an_end_of_which_nothing_is_known_is_an_error(engine: Embedded) -> None:
    edge, zone = NamedNode("urn:e"), ID["place/qingshi-zone"]
    triples = [
        Triple(edge, RDF.type, ZKG.NetworkEdge),
        Triple(edge, ZKG.edgeFrom, zone),
        Triple(edge, ZKG.edgeTo, NamedNode("urn:stranger")),
        Triple(edge, ZKG.edgeKind, ZKG.Siting),
    ]
    with pytest.raises(DataError, match="urn:stranger"):
        from_triples("n", TITLE, triples, engine)


def test_a_label_in_one_language_serves_both() -> None:
    triples = [
        Triple(NamedNode("urn:a"), RDF.type, ZKG.Enterprise),
        Triple(
            NamedNode("urn:a"),
            NamedNode("http://www.w3.org/2004/02/skos/core#prefLabel"),
            Literal("甲", language="zh"),
        ),
    ]
    assert from_triples("n", TITLE, triples, Embedded()).nodes[0].label == Label("甲", "甲")


def test_networks_are_frozen_and_checked(zones: Network) -> None:
    with pytest.raises(FrozenInstanceError):
        zones.name = "other"  # type: ignore[misc]
    with pytest.raises(ValueError, match="given twice"):
        replace(zones, edges=(*zones.edges, zones.edges[0]))
    with pytest.raises(ValueError, match="which is no node"):
        replace(zones, nodes=())
    assert replace(zones, nodes=tuple(reversed(zones.nodes))) == zones
    assert hash(zones) == hash(replace(zones))


def test_measures_of_a_known_network() -> None:
    kind = Concept("urn:kind", TITLE)
    nodes = tuple(Node(f"urn:{name}", kind, Label(name, name)) for name in "abcd")
    pairs = [("a", "b"), ("a", "b"), ("b", "c")]
    edges = tuple(Edge(f"urn:e{i}", f"urn:{a}", f"urn:{b}", kind) for i, (a, b) in enumerate(pairs))
    found = {m.node.label.en: (m.degree, m.edges, m.betweenness) for m in measures(Network("n", TITLE, nodes, edges))}
    assert found == {"a": (1, 2, 0.0), "b": (2, 3, 0.333333), "c": (1, 1, 0.0), "d": (0, 0, 0.0)}


def _overlaps(spots: dict[str, tuple[int, int]], boxes: dict[str, Box]) -> list[tuple[str, str]]:
    found = []
    names = sorted(spots)
    for i, a in enumerate(names):
        for b in names[i + 1 :]:
            (ax, ay), (bx, by) = spots[a], spots[b]
            beside = abs(ax - bx) >= boxes[a].half + boxes[b].half
            above = ay + boxes[a].below <= by - boxes[b].above or by + boxes[b].below <= ay - boxes[a].above
            if not beside and not above:
                found.append((a, b))
    return found


@pytest.mark.parametrize("aspect", [1.45, 0.7])
def test_no_label_lies_over_another(zones: Network, aspect: float) -> None:
    boxes = {node.id: Box(half=70, above=20, below=60) for node in zones.nodes}
    spots = layout(zones, boxes, aspect=aspect)
    assert set(spots) == {node.id for node in zones.nodes}
    assert _overlaps(spots, boxes) == []
    assert layout(zones, boxes, aspect=aspect) == spots


def test_an_empty_network_has_an_empty_layout() -> None:
    assert layout(Network("n", TITLE), {}) == {}


def test_a_network_of_some_size_is_laid_out() -> None:
    kind = Concept("urn:kind", TITLE)
    generator = random.Random(7)
    nodes = tuple(Node(f"urn:{i:03}", kind, Label(str(i), str(i))) for i in range(260))
    pairs = [(i, generator.randrange(i)) for i in range(1, 250)]
    edges = tuple(Edge(f"urn:e{i}", f"urn:{a:03}", f"urn:{b:03}", kind) for i, (a, b) in enumerate(pairs))
    spots = positions(Network("n", TITLE, nodes, edges))
    assert len(set(spots.values())) == 260


@pytest.mark.parametrize("name", NETWORKS)
def test_shipped_networks_have_evidence_on_every_edge(shipped_engine: Embedded, name: str) -> None:
    found = network(shipped_engine, get(name))
    assert found.edges
    for edge in found.edges:
        assert edge.claims, edge.id
        assert edge.evidence, edge.id
        assert edge.other_evidence == (), edge.id
        assert all(e.block != "article" or e.number for e in edge.evidence)


def test_every_partnership_path_is_drawn_from_end_to_end(shipped_engine: Embedded) -> None:
    found = network(shipped_engine, get("zones_and_universities"))
    rows = shipped_engine.select(f"SELECT ?p ?z ?u WHERE {{ ?p {ZKG.pathZone} ?z ; {ZKG.pathUniversity} ?u }}")
    assert len(rows) > 0
    for path, zone, university in rows.rows:
        assert isinstance(path, NamedNode)
        assert isinstance(zone, NamedNode)
        assert isinstance(university, NamedNode)
        edges = _steps(found, path.value)
        steps = shipped_engine.select(f"SELECT ?m WHERE {{ {path} {ZKG.pathStep}/{ZKG.mediator} ?m }}")
        mediators = {row[0].value for row in steps.rows if row[0] is not None}
        # Whoever stands between is led to and leads on; only the zone begins and only the university ends.
        assert {edge.source for edge in edges} == mediators | {zone.value}
        assert {edge.target for edge in edges} == mediators | {university.value}
