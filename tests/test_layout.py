"""Layouts of large networks: nothing lies on anything, the same bytes each time, neighbours near each other."""

from __future__ import annotations

import hashlib
import itertools
import math
import os
import random
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kg.networks import Box, Concept, Edge, Label, Network, Node, Position, layout
from kg.networks.boxes import sides_of
from kg.networks.layout import LARGE
from kg.networks.layout_large import freed

TOP = Path(__file__).resolve().parent.parent
TITLE = Label("网", "Net")
KIND = Concept("urn:kind", TITLE)
Pairs = list[tuple[int, int]]


def net(count: int, pairs: Pairs) -> Network:
    nodes = tuple(Node(f"urn:n{i:05}", KIND, TITLE) for i in range(count))
    edges = tuple(Edge(f"urn:e{i}", nodes[a].id, nodes[b].id, KIND) for i, (a, b) in enumerate(pairs))
    return Network("net", TITLE, nodes, edges)


def boxes_of(network: Network) -> dict[str, Box]:
    """Boxes of several sizes, one very wide and one very high."""
    sizes = random.Random(7)
    found = {n.id: Box(sizes.uniform(12, 70), 12, sizes.uniform(25, 50)) for n in network.nodes}
    first, second, *_ = found
    return found | {first: Box(900, 12, 30), second: Box(60, 12, 2000)}


def at_random(count: int) -> Pairs:
    chance = random.Random(3)
    return [(chance.randrange(count), chance.randrange(count)) for _ in range(3 * count)]


SHAPES: dict[str, Callable[[int], Pairs]] = {
    "at random, loops and parallels too": at_random,
    "no edge": lambda _: [],
    "a star": lambda count: [(0, i) for i in range(1, count)],
    "a path": lambda count: [(i - 1, i) for i in range(1, count)],
    "a ring": lambda count: [(i - 1, i) for i in range(1, count)] + [(count - 1, 0)],
    "a tree": lambda count: [((i - 1) // 3, i) for i in range(1, count)],
    "pairs": lambda count: [(i, i + 1) for i in range(0, count - 1, 2)],
    "groups of nine, each linked throughout": lambda count: [
        pair for start in range(0, count - 9, 9) for pair in itertools.combinations(range(start, start + 9), 2)
    ],
    "two groups of a hundred, and single nodes": lambda _: [(i - 1, i) for i in range(1, 200) if i != 100],
}


def overlaps(spots: dict[str, Position], boxes: dict[str, Box]) -> list[tuple[str, str]]:
    """Pairs of nodes whose boxes share room."""
    ids = list(spots)
    place = np.array([spots[i] for i in ids], dtype=float)
    sides = np.array([[boxes[i].half, boxes[i].above, boxes[i].half, boxes[i].below] for i in ids])
    low, high = place - sides[:, :2], place + sides[:, 2:]
    hit = (low[:, None] < high[None]).all(axis=2)
    hit &= hit.T
    return [(ids[a], ids[b]) for a, b in np.argwhere(hit) if a < b]


@pytest.mark.parametrize("aspect", [1.45, 0.7])
@pytest.mark.parametrize("shape", SHAPES)
def test_no_box_lies_on_another(shape: str, aspect: float) -> None:
    network = net(LARGE + 100, SHAPES[shape](LARGE + 100))
    boxes = boxes_of(network)
    spots = layout(network, boxes, aspect=aspect)
    assert set(spots) == {node.id for node in network.nodes}
    assert overlaps(spots, boxes) == []


@given(st.data())
@settings(max_examples=40, deadline=None)
def test_boxes_are_freed_wherever_they_stand(data: st.DataObject) -> None:
    count = data.draw(st.integers(2, 30))
    places = st.tuples(st.integers(-40, 40), st.integers(-40, 40))
    spots = {str(i): data.draw(places) for i in range(count)}
    side = st.floats(1, 300)
    boxes = {i: Box(data.draw(side), data.draw(side), data.draw(side)) for i in spots}
    found = freed(np.array(list(spots.values()), dtype=float), sides_of(list(boxes.values())))
    rounded = {i: (round(float(x)), round(float(y))) for i, (x, y) in zip(spots, found, strict=True)}
    assert overlaps(rounded, boxes) == []


def test_neighbours_stand_nearer_than_strangers() -> None:
    side = 30
    pairs = [(i, i + 1) for i in range(side * side) if (i + 1) % side]
    pairs += [(i, i + side) for i in range(side * (side - 1))]
    network = net(side * side, pairs)
    spots = layout(network, {node.id: Box(20, 10, 20) for node in network.nodes})
    linked = [math.dist(spots[edge.source], spots[edge.target]) for edge in network.edges]
    chance = random.Random(1)
    ids = sorted(spots)
    strangers = [math.dist(spots[chance.choice(ids)], spots[chance.choice(ids)]) for _ in linked]
    assert sum(linked) * 5 < sum(strangers)


def test_the_picture_has_about_the_shape_that_is_asked_for() -> None:
    network = net(900, at_random(900))
    boxes = {node.id: Box(40, 10, 30) for node in network.nodes}
    for aspect in (1.45, 0.7):
        width, height = np.ptp(list(layout(network, boxes, aspect=aspect).values()), axis=0)
        assert aspect / 1.5 < width / height < aspect * 1.5


def test_the_whole_is_centred() -> None:
    network = net(LARGE + 1, [(0, 1)])
    boxes = {node.id: Box(10, 10, 10) for node in network.nodes}
    places = np.array(list(layout(network, boxes).values()))
    assert np.abs(places.min(axis=0) + places.max(axis=0)).max() <= 2


DIGEST = """
import hashlib
from tests.test_layout import at_random, boxes_of, net
from kg.networks import layout
network = net(1000, at_random(1000))
print(hashlib.sha256(repr(layout(network, boxes_of(network))).encode()).hexdigest())
"""


@pytest.mark.parametrize("seed", ["1", "2"])
def test_the_layout_does_not_depend_on_the_hash_seed(seed: str) -> None:
    environment = os.environ | {"PYTHONHASHSEED": seed}
    ran = subprocess.run(
        [sys.executable, "-c", DIGEST], env=environment, cwd=TOP, capture_output=True, text=True, check=True
    )
    network = net(1000, at_random(1000))
    here = hashlib.sha256(repr(layout(network, boxes_of(network))).encode()).hexdigest()
    assert ran.stdout.strip() == here


def test_another_seed_gives_another_layout() -> None:
    network = net(500, at_random(500))
    boxes = {node.id: Box(30, 10, 30) for node in network.nodes}
    assert layout(network, boxes, seed=1) != layout(network, boxes, seed=2)
    assert layout(network, boxes, seed=1) == layout(network, boxes, seed=1)


def test_a_node_without_a_box_is_an_error() -> None:
    network = net(LARGE + 1, [])
    boxes = {node.id: Box(10, 10, 10) for node in network.nodes}
    del boxes["urn:n00003"]
    with pytest.raises(KeyError, match="urn:n00003"):
        layout(network, boxes)
