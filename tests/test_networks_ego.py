"""The surroundings of one node."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.errors import UsageError
from kg.networks import Concept, Edge, Label, Network, Node, ego

NOTHING = Label("", "")


def made(pairs: list[tuple[str, str, str]]) -> Network:
    """A network of edges (from, to, kind)."""
    names = sorted({name for a, b, _ in pairs for name in (a, b)})
    kind = Concept("urn:Thing", NOTHING)
    return Network(
        "n",
        NOTHING,
        tuple(Node(name, kind, Label(name, name)) for name in names),
        tuple(Edge(f"e{i}", a, b, Concept(f"urn:kind/{k}", NOTHING)) for i, (a, b, k) in enumerate(pairs)),
    )


# a → b → c → d, a ← e, and b – e of another kind
NETWORK = made([("a", "b", "k"), ("b", "c", "k"), ("c", "d", "k"), ("e", "a", "k"), ("b", "e", "other")])


@pytest.mark.parametrize(
    ("node", "steps", "kinds", "nodes", "edges"),
    [
        ("a", 0, None, "a", []),
        ("a", 1, None, "abe", ["e0", "e3", "e4"]),  # that between two neighbours too
        ("a", 1, ["k"], "abe", ["e0", "e3"]),
        ("a", 2, ["urn:kind/k"], "abce", ["e0", "e1", "e3"]),
        ("a", 9, None, "abcde", ["e0", "e1", "e2", "e3", "e4"]),
        ("b", 9, ["other"], "be", ["e4"]),
        ("d", 1, ["other"], "d", []),
        ("d", 1, ["k", "other"], "cd", ["e2"]),
    ],
)
def test_a_node_has_what_lies_within_its_steps(
    node: str, steps: int, kinds: list[str] | None, nodes: str, edges: list[str]
) -> None:
    found = ego(NETWORK, node, steps, kinds)
    assert "".join(n.id for n in found.nodes) == nodes
    assert [e.id for e in found.edges] == edges


@pytest.mark.parametrize(
    ("node", "steps", "kinds", "message"),
    [("x", 1, None, "no node x"), ("a", -1, None, "0 or more"), ("a", 1, ["k", "typo"], "kind typo")],
)
def test_what_is_not_there_is_refused(node: str, steps: int, kinds: list[str] | None, message: str) -> None:
    with pytest.raises(UsageError, match=message):
        ego(NETWORK, node, steps, kinds)


@given(
    st.lists(st.tuples(*[st.sampled_from("abcdefgh")] * 2, st.sampled_from("kl")), min_size=1, max_size=20),
    st.integers(0, 4),
)
def test_more_steps_never_take_anything_away(pairs: list[tuple[str, str, str]], steps: int) -> None:
    network = made(pairs)
    before = repr(network)
    node = network.nodes[0].id
    less, more = ego(network, node, steps), ego(network, node, steps + 1)
    assert set(less.nodes) <= set(more.nodes) <= set(network.nodes)
    assert set(less.edges) <= set(more.edges) <= set(network.edges)
    assert repr(network) == before
