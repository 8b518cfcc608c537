"""The templates of networks: on invented claims, edge by edge, and what must hold on the shipped graph.

``tests/cases/networks/claims/*.txt``: the first line names the template and its parameters, then an edge a line
(from, kind, status or -, to, claims), and a lone node a line.
"""

from __future__ import annotations

from collections import defaultdict
from itertools import combinations
from pathlib import Path

import pytest

from kg import resources
from kg.build import Graphs
from kg.build.rules import derive
from kg.build.turtle import read_turtle
from kg.engine import Embedded
from kg.networks import Edge, Network, ego, network
from kg.templates import catalogue, get, resolve
from kg.terms import NamedNode
from kg.vocab import ZKG

CASES = Path(__file__).parent / "cases" / "networks" / "claims"
NETWORKS = list(catalogue(resources.root("queries") / "networks"))
UNIVERSITIES = {"University", "VocationalCollege"}


@pytest.fixture(scope="module")
def invented() -> Embedded:
    """The invented claims with all that the rules derive."""
    graphs = Graphs()
    for name in ("core", "vocabularies"):
        path = resources.root("ontology") / f"{name}.ttl"
        graphs.add(name, [q.triple for q in read_turtle(path.read_bytes(), path=path)], file=name)
    path = CASES / "input.ttl"
    graphs.add("claims", [q.triple for q in read_turtle(path.read_bytes(), path=path)], file="input.ttl")
    derive(graphs, catalogue(resources.root("queries") / "rules").values())
    return Embedded(graphs.quads())


def end(iri: str) -> str:
    return iri.rpartition("/")[2]


def written(found: Network) -> list[str]:
    """The network in lines, as in the files."""
    ends = {iri for edge in found.edges for iri in (edge.source, edge.target)}
    lines = [
        " ".join(
            [
                end(edge.source),
                edge.kind.name,
                edge.status.name if edge.status else "-",
                end(edge.target),
                ",".join(end(claim.iri) for claim in edge.claims),
            ]
        )
        for edge in found.edges
    ]
    return sorted(lines) + sorted(end(node.id) for node in found.nodes if node.id not in ends)


@pytest.mark.parametrize("case", sorted(CASES.glob("*.txt")), ids=lambda case: case.stem)
def test_a_template_makes_the_edges_that_the_claims_state(case: Path, invented: Embedded) -> None:
    call, *expected = case.read_text(encoding="utf-8").splitlines()
    name, *given = call.split()
    values: defaultdict[str, list[str]] = defaultdict(list)
    for item in given:
        values[item.partition("=")[0]].append(item.partition("=")[2])
    template = get(name)
    assert written(network(invented, template, **resolve(template, values, invented))) == expected


@pytest.mark.parametrize("name", sorted(set(NETWORKS) - {"collaborations", "zones_and_universities"}))
def test_a_template_has_a_case(name: str) -> None:
    assert [case for case in CASES.glob("*.txt") if case.read_text(encoding="utf-8").split()[0] == name]


@pytest.fixture(scope="module", params=NETWORKS)
def shipped(request: pytest.FixtureRequest, shipped_engine: Embedded) -> Network:
    return network(shipped_engine, get(request.param))


def test_every_claim_of_an_edge_speaks_of_one_of_its_ends_or_of_what_stands_between(
    shipped: Network, shipped_engine: Embedded
) -> None:
    about: defaultdict[str, set[str]] = defaultdict(set)
    for claim, thing in shipped_engine.select(f"SELECT ?c ?t WHERE {{ ?c {ZKG.involves} ?t }}").rows:
        assert isinstance(claim, NamedNode)
        assert isinstance(thing, NamedNode)
        about[claim.value].add(thing.value)
    for edge in shipped.edges:
        ends = {edge.source, edge.target}
        told = {thing for claim in edge.claims for thing in about[claim.iri]} | {c.iri for c in edge.claims}
        assert ends <= told, edge.id
        for claim in edge.claims:  # what a mediator is may be a claim of its own
            assert about[claim.iri] & (ends | told), edge.id


def test_an_edge_has_the_status_of_its_claim(shipped: Network, shipped_engine: Embedded) -> None:
    """So that nothing planned is shown as achieved: an edge's status is that of each of its claims that has one."""
    known: defaultdict[str, set[str]] = defaultdict(set)
    path = f"{ZKG.modality}|{ZKG.collaborationStatus}|{ZKG.permitState}"
    for claim, status in shipped_engine.select(f"SELECT ?c ?s WHERE {{ ?c {path} ?s }}").rows:
        assert isinstance(claim, NamedNode)
        assert isinstance(status, NamedNode)
        known[claim.value].add(status.value)
    for edge in shipped.edges:
        statuses = {status for claim in edge.claims for status in known[claim.iri]}
        assert statuses == ({edge.status.iri} if edge.status else set()), edge.id


def test_no_list_becomes_a_clique(shipped: Network, shipped_engine: Embedded) -> None:
    """No claim joins three of those that take part in it pairwise; what two of them set up is another matter."""
    parties: defaultdict[str, set[str]] = defaultdict(set)
    for claim, party in shipped_engine.select(f"SELECT ?c ?p WHERE {{ ?c {ZKG.hasParticipant} ?p }}").rows:
        assert isinstance(claim, NamedNode)
        assert isinstance(party, NamedNode)
        parties[claim.value].add(party.value)
    joined: defaultdict[str, set[frozenset[str]]] = defaultdict(set)
    for edge in shipped.edges:
        for claim in edge.claims:
            joined[claim.iri].add(frozenset((edge.source, edge.target)))
    assert joined
    for claim, pairs in joined.items():
        things = {thing for pair in pairs for thing in pair}
        things &= parties.get(claim, things)
        for triple in combinations(sorted(things), 3):
            assert not all(frozenset(pair) in pairs for pair in combinations(triple, 2)), claim


def test_parties_without_a_name_are_marked(shipped: Network, shipped_engine: Embedded) -> None:
    rows = shipped_engine.select(f"SELECT ?p WHERE {{ ?p a {ZKG.UnnamedParty} }}").rows
    unnamed = {row[0].value for row in rows if row[0] is not None}
    assert {node.id for node in shipped.nodes if not node.named} == unnamed & {node.id for node in shipped.nodes}


def test_universities_that_meet_are_not_joined(shipped_engine: Embedded) -> None:
    found = network(shipped_engine, get("universities_meeting"))
    kinds = {node.id: node.kind.name for node in found.nodes}
    places: defaultdict[str, set[str]] = defaultdict(set)
    for edge in found.edges:
        assert kinds[edge.target] not in UNIVERSITIES
        places[edge.target].add(edge.source)
    assert min(map(len, places.values())) >= 2


def test_all_articles_together_are_each_of_them(shipped_engine: Embedded) -> None:
    template = get("article_in_full")
    names = ["a1", "a2", "a3", "a4", "a5", "c1"]
    parts = [network(shipped_engine, template, **resolve(template, {"article": [n]}, shipped_engine)) for n in names]
    every = network(shipped_engine, template)
    assert {edge for part in parts for edge in part.edges} == set(every.edges)
    assert {node for part in parts for node in part.nodes} <= set(every.nodes)


def test_the_surroundings_of_an_entity_are_its_ego_network(shipped_engine: Embedded) -> None:
    every = network(shipped_engine, get("article_in_full"))
    entity = "https://w3id.org/zonekg/id/agent/sannai-foundry"
    near = network(shipped_engine, get("entity_surroundings"), entity=NamedNode(entity))
    hubs = {node.id for node in near.nodes if node.kind.name == "Collaboration"}

    def touching(found: Network) -> set[Edge]:
        return {edge for edge in found.edges if {edge.source, edge.target} & ({entity} | hubs)}

    assert set(near.edges) == touching(ego(every, entity, 2))


def test_the_title_says_what_was_asked_for(shipped_engine: Embedded) -> None:
    template = get("zones_compared")
    given = resolve(template, {"other": ["jiaocheng-kaifaqu"]}, shipped_engine)
    title = network(shipped_engine, template, **{name: iter(terms) for name, terms in given.items()}).title
    assert title.zh.endswith("（开发区：晋城经济技术开发区、另一开发区：交城经济开发区）")
    assert title.en.endswith(
        "(One zone: Jincheng Economic and Technological Development Zone, "
        "Other zone: Jiaocheng Economic Development Zone)"
    )


def test_nodes_know_their_prefecture(shipped_engine: Embedded) -> None:
    found = network(shipped_engine, get("parties_in_full"))
    regions = {end(node.id): end(node.region.iri) for node in found.nodes if node.region}
    assert regions["tunliu-jingkaiqu"] == regions["sannai-foundry"] == "changzhi"
    assert "tsinghua-university" not in regions
