"""Measures of networks, against small graphs reckoned by hand."""

from __future__ import annotations

import math
import random
import subprocess
import sys
from collections.abc import Mapping
from dataclasses import fields, replace
from fractions import Fraction
from itertools import product

import networkx as nx
import pytest

from kg.networks import (
    MEANING,
    WHOLE,
    Claim,
    Concept,
    Edge,
    Label,
    Measures,
    Network,
    Node,
    Whole,
    measures,
    weights,
    whole,
)
from kg.networks.brokerage import brokerage
from kg.networks.graphs import numbered_graph
from kg.networks.measures import eigenvector

NOTHING = Label("", "")
KIND = Concept("urn:kind", NOTHING)
CLASSES = {"z": "DevelopmentZone", "u": "University", "v": "VocationalCollege", "r": "Region"}


def graph(edges: str, alone: str = "", *, regions: Mapping[str, str] | None = None) -> Network:
    """A network from pairs of names (``ab bc``, ``z1-e1``); the letter before a number tells a class."""
    pairs = [tuple(pair.split("-")) if "-" in pair else tuple(pair) for pair in edges.split()]
    names = sorted({name for pair in pairs for name in pair} | set(alone.split()))
    nodes = tuple(
        Node(
            name,
            Concept(f"urn:class/{CLASSES.get(name[0] if len(name) > 1 else '', 'Enterprise')}", NOTHING),
            Label(name, name),
            region=Concept(regions[name], NOTHING) if regions and name in regions else None,
        )
        for name in names
    )
    made = tuple(Edge(f"e{number}", a, b, KIND) for number, (a, b) in enumerate(pairs))
    return Network("n", NOTHING, nodes, made)


def column(network: Network, name: str) -> dict[str, object]:
    return {row.node.id: getattr(row, name) for row in measures(network)}


PATH = graph("ab bc", "d")  # a – b – c, and d alone
TWO_TRIANGLES = graph("ab bc ca de ef fd cd")
BROKERS = graph("z1-e1 e1-u1 z1-e2 e2-u1 z1-u2 z2-u1")


@pytest.mark.parametrize(
    ("network", "name", "expected"),
    [
        (graph("ab ab bc"), "degree", {"a": 1, "b": 2, "c": 1}),
        (graph("ab ab bc bb"), "edges", {"a": 2, "b": 4, "c": 1}),
        (graph("ab ab bc bb"), "weight", {"a": 2, "b": 3, "c": 1}),
        (PATH, "betweenness", {"a": 0, "b": 0.333333, "c": 0, "d": 0}),  # one pair of three has b between
        (PATH, "closeness", {"a": 0.444444, "b": 0.666667, "c": 0.444444, "d": 0}),  # 2/3 · 2/3, 1 · 2/3
        (PATH, "eigenvector", {"a": round(math.sqrt(0.5), 6), "b": 1, "c": round(math.sqrt(0.5), 6), "d": None}),
        (graph("ab bc"), "pagerank", {"a": 0.256757, "b": 0.486486, "c": 0.256757}),  # 0.07125 / 0.2775
        (PATH, "component", {"a": 1, "b": 1, "c": 1, "d": 2}),
        (graph("ab bc ca cd"), "core", {"a": 2, "b": 2, "c": 2, "d": 1}),
        (TWO_TRIANGLES, "community", {"a": 1, "b": 1, "c": 1, "d": 2, "e": 2, "f": 2}),
        (TWO_TRIANGLES, "brokerage", dict.fromkeys("abcdef")),
        # Three pairs reach each other: z1–u1 by two ways, z1–u2 and z2–u1 directly; z2–u2 only through u1.
        (BROKERS, "brokerage", {"z1": 0, "z2": 0, "e1": 0.166667, "e2": 0.166667, "u1": 0, "u2": 0}),
        # Two steps between, each on the only way; a college is one too; nothing passes through a region.
        (
            graph("z1-e1 e1-e2 e2-v1 z1-r1 r1-u1"),
            "brokerage",
            {"z1": 0, "e1": 1, "e2": 1, "v1": 0, "r1": 0, "u1": 0},
        ),
    ],
)
def test_a_measure_of_nodes_is_what_a_hand_reckons(
    network: Network, name: str, expected: dict[str, float | None]
) -> None:
    assert column(network, name) == expected


@pytest.mark.parametrize("seed", range(20))
def test_brokerage_is_the_mean_share_of_shortest_paths(seed: int) -> None:
    chance = random.Random(seed)
    count = chance.randint(6, 30)
    found = nx.gnm_random_graph(count, chance.randint(count, 2 * count), seed=seed)
    order = chance.sample(range(count), count)
    zones, universities, regions = order[:2], order[2:4], order[4:5]
    closed = {*zones, *universities, *regions}
    shares = dict.fromkeys(found.nodes, Fraction(0))
    pairs = 0
    for zone, university in product(zones, universities):
        open_to_both = found.subgraph(set(found.nodes) - closed | {zone, university})
        if not nx.has_path(open_to_both, zone, university):
            continue
        pairs += 1
        paths = list(nx.all_shortest_paths(open_to_both, zone, university))
        for node in (node for path in paths for node in path[1:-1]):
            shares[node] += Fraction(1, len(paths))
    parts, reaching = brokerage(found, zones, universities, regions)
    assert reaching == pairs
    assert parts == pytest.approx({node: float(share / max(pairs, 1)) for node, share in shares.items()}, abs=1e-12)


@pytest.mark.parametrize(
    ("network", "name", "expected"),
    [
        (graph("ab ab bc"), "nodes", 3),
        (graph("ab ab bc"), "edges", 3),
        (graph("ab ba bc"), "pairs", 2),
        (graph("ab bc cd"), "density", 0.5),  # three of six pairs
        (PATH, "components", 2),
        (PATH, "largest", 3),
        (PATH, "diameter", 2),
        (TWO_TRIANGLES, "diameter", 3),
        (TWO_TRIANGLES, "communities", 2),
        (TWO_TRIANGLES, "modularity", 0.357143),  # 2 · (3/7 − 1/4)
        (BROKERS, "reaching", 3),
        (PATH, "converged", True),
        (graph("ab bc cd", regions={"a": "r", "b": "r", "c": "s", "d": "s"}), "placed", 4),
        # Two of three edges inside; by chance one half: (2/3 − 1/2) / (1 − 1/2).
        (graph("ab bc cd", regions={"a": "r", "b": "r", "c": "s", "d": "s"}), "assortativity", 0.333333),
        (graph("ab cd", regions={"a": "r", "b": "r", "c": "s", "d": "s"}), "assortativity", 1.0),
        (graph("ab cd", regions={"a": "r", "b": "s", "c": "s", "d": "r"}), "assortativity", -1.0),
        (graph("ab bc", regions={"a": "r", "b": "r", "c": "r"}), "assortativity", None),  # one region: undefined
        (graph("ab bc", regions={"a": "r", "c": "s"}), "assortativity", None),  # no edge with both ends placed
    ],
)
def test_a_measure_of_the_whole_is_what_a_hand_reckons(network: Network, name: str, expected: float | None) -> None:
    assert getattr(whole(network), name) == expected


def test_claims_are_the_weight_and_each_counts_once() -> None:
    one, two = (Claim(f"urn:{name}", NOTHING) for name in ("one", "two"))
    base = graph("ab ba")
    first, second = base.edges
    both = replace(base, edges=(replace(first, claims=(one, two)), replace(second, claims=(one,))))
    assert weights(both) == {("a", "b"): 2}
    assert weights(base) == {("a", "b"): 2}  # edges without claims count one each


def test_an_empty_network_has_measures_too() -> None:
    empty = Network("n", NOTHING)
    assert measures(empty) == ()
    assert whole(empty) == Whole(0, 0, 0, 0.0, 0, 0, None, 0, None, 0, None, 0, None)


def test_nodes_without_edges_have_measures_too() -> None:
    lone = graph("", "a b")
    assert column(lone, "eigenvector") == {"a": None, "b": None}
    assert column(lone, "pagerank") == {"a": 0.5, "b": 0.5}
    assert whole(lone) == Whole(2, 0, 0, 0.0, 2, 1, 0, 2, None, 0, None, 0, None)


def test_an_iteration_that_does_not_converge_is_told() -> None:
    assert eigenvector(numbered_graph(PATH), rounds=2) is None
    long = graph(" ".join(f"a{n:03}-a{n + 1:03}" for n in range(400)))
    assert whole(long).converged is False
    assert set(column(long, "eigenvector").values()) == {None}


def test_only_the_largest_component_has_eigenvector_centrality() -> None:
    found = column(graph("ab cd de"), "eigenvector")
    assert [name for name, value in found.items() if value is None] == ["a", "b"]
    assert found["d"] == 1.0


def test_the_order_of_nodes_and_edges_makes_no_difference() -> None:
    network = graph("z1-e1 e1-u1 z1-u2 z2-u1 ab bc ca cd e2-u2 e1-e2", "x y")
    expected = measures(network), whole(network)
    for seed in range(5):
        nodes, edges = list(network.nodes), list(network.edges)
        random.Random(seed).shuffle(nodes)
        random.Random(seed).shuffle(edges)
        shuffled = Network("n", NOTHING, tuple(nodes), tuple(edges))
        assert (measures(shuffled), whole(shuffled)) == expected


_PRINTED = """
from tests.test_networks_measures import TWO_TRIANGLES, graph
from kg.networks import measures, whole
import random
generator = random.Random(3)
pairs = " ".join(f"n{generator.randrange(i):02}-n{i:02}" for i in range(1, 60) for _ in range(2))
for network in (TWO_TRIANGLES, graph(pairs)):
    print(measures(network), whole(network))
"""


def test_the_order_of_sets_of_strings_makes_no_difference() -> None:
    found = {
        subprocess.run(
            [sys.executable, "-c", _PRINTED], env={"PYTHONHASHSEED": seed}, check=True, capture_output=True
        ).stdout
        for seed in ("1", "2", "3")
    }
    assert len(found) == 1
    assert b"brokerage" in found.pop()


def test_the_network_is_not_changed() -> None:
    network = graph("ab bc ca cd", "e")
    before = repr(network)
    measures(network)
    whole(network)
    assert repr(network) == before


def test_every_measure_has_a_sentence_in_both_languages() -> None:
    assert set(MEANING) == {field.name for field in fields(Measures)} - {"node"}
    assert list(WHOLE) == [field.name for field in fields(Whole)]
    for sentence in [*MEANING.values(), *WHOLE.values()]:
        assert sentence.zh.endswith("。")
        assert sentence.en.endswith(".")
        assert sentence.zh != sentence.en
