"""What a network knows of claims: how each is meant, when it holds, what it rests on; and which speak of a node."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import pytest
import rdflib

from kg import render
from kg.build.pinyin import LANGUAGE
from kg.engine import Embedded, Engine, Rows
from kg.networks import Claim, Concept, Edge, Evidence, Label, Network, Node, Period, alike, from_triples, network
from kg.networks import asking as asking_module
from kg.networks import describe as describe_module
from kg.networks.claims import claims_of
from kg.networks.periods import first_day, last_day, period_of
from kg.templates import get
from kg.terms import BlankNode, DefaultGraph, Literal, NamedNode, Quad, Term, Triple
from kg.vocab import ID, RDF, ZKG
from tests.engines import ENGINES

CASE = Path(__file__).parent / "cases/networks/invented.trig"
VOC = "https://w3id.org/zonekg/vocab/"
TITLE = Label("题", "title")


@pytest.fixture(scope="module")
def engine(invented_engine: Embedded) -> Embedded:
    return invented_engine


def _node(found: Network, name: str) -> Node:
    return next(node for node in found.nodes if node.label.en.startswith(name))


def _named(claims: tuple[Claim, ...]) -> list[str]:
    return [claim.iri.rpartition("/")[2] for claim in claims]


def test_a_claim_says_how_it_is_meant(engine: Embedded) -> None:
    claim = claims_of(engine, [ID["claim/f-lenses"]])[ID["claim/f-lenses"]]
    assert claim.kind is not None
    assert (claim.kind.iri, claim.kind.label.zh) == (ZKG.Target.value, "目标或预期数据")  # not one of those above
    assert claim.status == Concept(VOC + "modality/planned", Label("规划", "planned"))
    assert claim.bound == Concept(VOC + "bound/more-than", Label("多于", "more than"))
    assert claim.certainty == Concept(VOC + "certainty/implied", Label("文意推知", "implied"))
    assert (claim.value, claim.printed) == ("5000", ("5000余吨",))
    assert claim.unit is not None
    assert claim.unit.name == "tonne-per-year"
    assert (claim.amount("zh"), claim.amount("en")) == ("多于5,000吨/年", "more than 5,000 tonne per year")
    assert claim.period == Period("", "2027-06-30")
    assert [slot.iri for slot in claim.derived] == [ZKG.unit.value]
    assert [slot.label.en for slot in claim.open] == ["of thing"]
    assert [e.id for e in claim.evidence] == ["a1-p2-s3", "a2-p3-s2"]


def test_what_a_claim_does_not_say_is_nothing(engine: Embedded) -> None:
    claim = claims_of(engine, [ID["claim/a-naming"]])[ID["claim/a-naming"]]
    assert claim.names
    assert (claim.status, claim.bound, claim.unit, claim.period) == (None, None, None, None)
    assert claim.certainty is None  # said outright, as usual
    assert (claim.value, claim.printed, claim.derived, claim.open, claim.amount("zh")) == ("", (), (), (), "")
    stranger = NamedNode("urn:stranger")
    assert claims_of(engine, [stranger]) == {stranger: Claim("urn:stranger", Label("urn:stranger", "urn:stranger"))}


@pytest.mark.parametrize(
    ("value", "unit", "bound", "zh", "en"),
    [
        ("130", "one", "more-than", "more-than130one", "more-than 130"),
        ("24", "mu", "exactly", "24mu", "24 mu"),
        ("38.45", "percent", "", "38.45percent", "38.45 percent"),
        ("30000000000", "", "about", "about30,000,000,000", "about 30,000,000,000"),
        ("", "mu", "more-than", "more-than", "more-than"),
        ("", "", "", "", ""),
    ],
)
def test_an_amount_keeps_its_bound_and_unit(value: str, unit: str, bound: str, zh: str, en: str) -> None:
    def concept(name: str) -> Concept | None:
        return Concept(f"{VOC}any/{name}", Label(name, name)) if name else None

    claim = Claim("urn:c", TITLE, value=value, unit=concept(unit), bound=concept(bound))
    assert (claim.amount("zh"), claim.amount("en")) == (zh, en)


def test_the_facts_of_a_node_are_the_claims_that_speak_of_it_in_the_order_of_the_page(zones: Network) -> None:
    facts = _node(zones, "Baixing Optics").facts
    assert _named(facts) == ["c-lens", "s-baixing", "c-coating", "c-unnamed", "f-lenses", "c-talks", "a-naming"]
    orders = [claim.place for claim in facts[:-1]]
    assert orders == sorted(orders)
    assert facts[-1].names  # what it is called comes last, though it stands first on the page
    assert _named(_node(zones, "Gudeng").facts) == []


def test_a_record_of_reference_stands_after_the_page(zones: Network) -> None:
    assert _named(_node(zones, "Lin Yuan").facts) == ["c-academician", "a-lin"]


def test_a_collaboration_that_is_a_node_speaks_of_itself(engine: Embedded) -> None:
    found = network(engine, get("collaborations"))
    nodes = [node for node in found.nodes if node.kind.name == "Collaboration"]
    assert nodes
    for node in nodes:
        assert [claim.iri for claim in node.facts] == [node.id]


def test_an_edge_and_a_node_share_a_claim(zones: Network) -> None:
    facts = {claim.iri: claim for node in zones.nodes for claim in node.facts}
    shared = [claim for edge in zones.edges for claim in edge.claims]
    assert shared
    assert all(claim is facts[claim.iri] for claim in shared)
    assert set(zones.claims()) == set(facts)
    assert set(zones.evidence()) >= {"https://w3id.org/zonekg/source/invented-page/a1-p2-s3"}


def test_triples_without_claims_give_no_facts() -> None:
    triples = [Triple(NamedNode("urn:a"), RDF.type, ZKG.Enterprise)]
    (node,) = from_triples("n", TITLE, triples, Embedded()).nodes
    assert (node.facts, node.pinyin) == ((), ())


def test_pinyin_is_what_the_graph_has_of_it(zones: Network) -> None:
    assert _node(zones, "Baixing Optics").pinyin == ("bai xing guang xue", "bai xing guang xue you xian gong si")
    assert describe_module._PINYIN == LANGUAGE


def test_an_edge_has_periods_and_a_weight() -> None:
    kind = Concept("urn:kind", TITLE)
    late, early = Period("2024-03-01", "2024-03-31"), Period("2020-01-01", "")
    claims = tuple(
        Claim(f"urn:c{i}", TITLE, period=period) for i, period in enumerate((late, early, None, late, early))
    )
    edge = Edge("urn:e", "urn:a", "urn:b", kind, None, (*claims, claims[0]))
    assert edge.periods == (early, late)
    assert edge.weight == 5
    bare = Edge("urn:e", "urn:a", "urn:b", kind)
    assert (bare.periods, bare.weight) == ((), 1)


def test_sources_are_those_of_edges_and_facts() -> None:
    kind = Concept("urn:kind", TITLE)
    claims = [Claim(f"urn:c/{name}", TITLE, (Evidence(f"urn:{name}", name),)) for name in ("one", "two", "")]
    nodes = (Node("urn:a", kind, TITLE, facts=(claims[0], claims[2])), Node("urn:b", kind, TITLE))
    edge = Edge("urn:e", "urn:a", "urn:b", kind, None, (claims[1],), claims[1].evidence)
    assert Network("n", TITLE, nodes, (edge,)).sources() == ("one", "two")


def test_what_reads_alike_counts_as_one() -> None:
    names = ("collaboration-status/under-way", "modality/under-way", "modality/planned")
    under, same, planned = (Concept(VOC + name, Label("进行", "under way")) for name in names)
    other = Concept(VOC + "stage/under-way", Label("施工", "works"))  # another label: another thing
    assert alike([same, planned, under, other]) == {under: under, same: under, planned: planned, other: other}
    kind = Concept("urn:kind", TITLE)
    edges = tuple(
        Edge(f"urn:e{i}", "urn:a", "urn:a", status, status) for i, status in enumerate((under, same, same, planned))
    )
    found = Network("n", TITLE, (Node("urn:a", kind, TITLE),), edges)
    assert found.statuses() == found.edge_kinds() == ((under, 3), (planned, 1))


@pytest.mark.parametrize(
    ("date", "first", "last"),
    [
        ("2025-12-15", "2025-12-15", "2025-12-15"),
        ("2025-02", "2025-02-01", "2025-02-28"),
        ("2024-02", "2024-02-01", "2024-02-29"),
        ("2025", "2025-01-01", "2025-12-31"),
        *[
            (wrong, "", "")
            for wrong in ("", "2025-13", "2025-02-30", "0000", "soon", "2025-1", "2025-12-15T00:00:00")
        ],
    ],
)
def test_a_date_has_a_first_and_a_last_day(date: str, first: str, last: str) -> None:
    assert (first_day(date), last_day(date)) == (first, last)


@pytest.mark.parametrize(
    ("starts", "ends", "period"),
    [
        (["2024"], ["2024"], Period("2024-01-01", "2024-12-31")),
        (["2024-05"], [], Period("2024-05-01", "")),
        ([], ["2027-06"], Period("", "2027-06-30")),
        (["2024", "2023-02"], ["2024"], Period("2023-02-01", "2024-12-31")),
        (["2025"], ["2024"], None),
        (["soon"], [], None),
        ([], [], None),
    ],
)
def test_a_period_goes_from_the_first_to_the_last_date(
    starts: list[str], ends: list[str], period: Period | None
) -> None:
    assert period_of(starts, ends) == period


def test_periods_are_those_that_claims_state(shipped_engine: Embedded) -> None:
    periods = {
        "shanxi-premium-opinion-issued": Period("2021-01-01", "2021-12-31"),
        "yuhao-third-prize": Period("2025-10-01", "2025-10-31"),
        "jiaocheng-exports": Period("2025-01-01", "2025-11-30"),
        "dinglun-ncepu-flywheel": None,
    }
    found = claims_of(shipped_engine, [ID[f"claim/{name}"] for name in periods])
    assert {claim.iri.rpartition("/")[2]: claim.period for claim in found.values()} == periods


def test_every_shipped_claim_of_a_node_has_a_class_and_evidence(shipped_engine: Embedded) -> None:
    found = network(shipped_engine, get("article_in_full"))
    claims = found.claims().values()
    assert len(claims) > 500
    for claim in claims:
        assert claim.kind is not None, claim.iri
        assert claim.kind.name not in {"Claim", "QuantifiedClaim", "Figure"}, claim.iri
        assert claim.evidence, claim.iri
        # Planned is never told like what is there.
        if claim.kind.name == "Target":
            assert claim.status is not None
            assert claim.status.name in {"planned", "target", "expected"}
    assert all(node.facts for node in found.nodes)


class _Counting:
    """An engine that counts the questions it is asked."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine
        self.asked = 0

    def select(self, query: str) -> Rows:
        self.asked += 1
        return self._engine.select(query)

    def ask(self, query: str) -> bool:
        self.asked += 1
        return self._engine.ask(query)

    def construct(self, query: str) -> tuple[Triple, ...]:
        self.asked += 1
        return self._engine.construct(query)


def test_the_questions_do_not_grow_with_the_nodes(
    engine: Embedded, shipped_engine: Embedded, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked = []
    for one, name in ((engine, "zones_and_universities"), (shipped_engine, "parties_in_full")):
        counting = _Counting(one)
        network(counting, get(name))
        asked.append(counting.asked)
    assert asked[0] == asked[1] < 20
    # In smaller parts the answers are the same.
    whole = network(engine, get("zones_and_universities"))
    monkeypatch.setattr(asking_module, "_AT_ONCE", 3)
    assert network(engine, get("zones_and_universities")) == whole


class _Rdflib:
    """rdflib as an engine, as far as networks ask: it shares no code with Oxigraph."""

    def __init__(self, quads: Iterator[object]) -> None:
        self._dataset = rdflib.Dataset(default_union=True)
        text = "\n".join(f"{quad} ." for quad in quads)
        self._dataset.parse(data=text, format="nquads")

    def select(self, query: str) -> _Answer:
        return _Answer([tuple(map(_term, row)) for row in self._dataset.query(query)])  # type: ignore[union-attr,arg-type]


class _Answer:
    def __init__(self, rows: list[tuple[Term | None, ...]]) -> None:
        self.rows = rows


def _term(term: object) -> Term | None:
    if isinstance(term, rdflib.Literal):
        if term.language:
            return Literal(str(term), language=term.language)
        return Literal(str(term), datatype=NamedNode(str(term.datatype))) if term.datatype else Literal(str(term))
    if isinstance(term, rdflib.URIRef):
        return NamedNode(str(term))
    return None if term is None else BlankNode(str(term))


def test_rdflib_tells_the_same(engine: Embedded, zones: Network) -> None:
    triples = engine.construct(get("zones_and_universities").fill())
    other: Engine = _Rdflib(engine.quads())  # type: ignore[assignment]
    assert from_triples(zones.name, zones.title, triples, other) == zones


def test_virtuoso_tells_the_same(engine: Embedded, zones: Network) -> None:
    graph = NamedNode("https://w3id.org/zonekg/graph/invented")
    # Its server takes nothing outside named graphs, and the ontology's files stand there.
    quads = [Quad(*quad.triple, graph) if quad.graph_name == DefaultGraph() else quad for quad in engine.quads()]
    with ENGINES["virtuoso"](quads) as other:
        assert network(other, get("zones_and_universities")) == zones


def test_json_holds_what_the_network_holds(zones: Network) -> None:
    document = json.loads(render.json(zones))
    claims = {claim["id"]: claim for claim in document["claims"]}
    assert set(claims) == set(zones.claims())
    lenses = claims[ID["claim/f-lenses"].value]
    assert (lenses["value"], lenses["bound"]["label"]["en"], lenses["printed"]) == ("5000", "more than", ["5000余吨"])
    assert lenses["period"] == {"start": None, "end": "2027-06-30"}
    assert lenses["status"]["id"] == VOC + "modality/planned"
    assert [e["zh"] for e in lenses["evidence"]] == ["第1篇第2段第3句", "第2篇第3段第2句"]
    firm = next(node for node in document["nodes"] if node["label"]["en"].startswith("Baixing"))
    assert firm["facts"] == [claim.iri for claim in _node(zones, "Baixing").facts]
    assert "bai xing guang xue" in firm["pinyin"]
    assert {edge["weight"] for edge in document["edges"]} == {edge.weight for edge in zones.edges}
