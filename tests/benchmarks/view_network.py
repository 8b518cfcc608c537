"""Invented networks of any size for `bench view`: kinds, statuses, claims and passages as the real ones have."""

from __future__ import annotations

import random

from kg.networks import Box, Claim, Concept, Edge, Evidence, Label, Network, Node

PER_NODE = 3  # edges
_GROUP = 40  # nodes that are linked among themselves more than with others
_WITHIN = 0.85  # share of edges in a group
_BASE = "https://example.org/"


def _concepts(names: dict[str, str]) -> list[Concept]:
    return [Concept(f"{_BASE}{name}", Label(zh, name.replace("-", " "))) for name, zh in names.items()]


_KINDS = _concepts({
    "DevelopmentZone": "开发区", "Enterprise": "企业", "University": "普通高校", "Project": "项目", "Platform": "平台"
})  # fmt: skip
_LINKS = _concepts({"direct": "直接", "via-enterprise": "经企业", "via-platform": "经平台", "via-project": "经项目"})
_STATUSES = _concepts({"planned": "计划中", "signed": "已签约", "under-way": "进行中", "achieved": "已实现"})


def invented(count: int, seed: int = 11) -> Network:
    """A network of so many nodes in groups with three edges a node, a claim and a passage or two on each edge.

    Ten nodes at least, so that there are enough pairs.
    """
    chance = random.Random(seed)
    nodes = []
    for i in range(count):
        kind = _KINDS[min(chance.randrange(8), 4)]
        label = Label(f"第{i}号{kind.label.zh}", f"{kind.label.en} no. {i}")
        nodes.append(Node(f"{_BASE}node/{i:05}", kind, label, (f"{kind.label.zh}{i}",), named=i % 20 != 0))
    pairs: set[tuple[int, int]] = set()
    while len(pairs) < PER_NODE * count:
        a = chance.randrange(count)
        start = a - a % _GROUP
        within = chance.random() < _WITHIN
        b = chance.randrange(start, min(count, start + _GROUP)) if within else chance.randrange(count)
        if a != b:
            pairs.add((a, b))
    edges = [_edge(i, nodes[a], nodes[b], chance) for i, (a, b) in enumerate(sorted(pairs))]
    return Network("invented", Label(f"{count}个节点", f"{count} nodes"), tuple(nodes), tuple(edges))


def _edge(number: int, source: Node, target: Node, chance: random.Random) -> Edge:
    passages = []
    for _ in range(chance.randint(1, 2)):
        article, paragraph, sentence = (chance.randint(1, top) for top in (5, 20, 6))
        iri = f"{_BASE}source/invented/a{article}-p{paragraph}-s{sentence}"
        order = article * 1000 + paragraph * 10 + sentence
        passages.append(Evidence(iri, "invented", "article", article, paragraph, sentence, order=order))
    evidence = tuple(dict.fromkeys(passages))
    says = Label(f"{source.label.zh}与{target.label.zh}合作", f"{source.label.en} works with {target.label.en}")
    claim = Claim(f"{_BASE}claim/{number}", says, evidence)
    kind, status = chance.choice(_LINKS), chance.choice([*_STATUSES, None])
    return Edge(f"{_BASE}edge/{number:05}", source.id, target.id, kind, status, (claim,), evidence)


def boxes(network: Network) -> dict[str, Box]:
    """Room for each node and its label, about what the page needs."""
    return {node.id: Box(max(12.0, 3.2 * len(node.label.en)), 12.0, 34.0) for node in network.nodes}
