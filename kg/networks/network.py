"""The values that a network is made of. All are frozen, and their order is fixed by what they hold."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal, TypeAlias

Language: TypeAlias = Literal["zh", "en"]

# How a passage that is no sentence is called, by its kind (voc passage-kind/…).
_PASSAGES: dict[Language, dict[str, str]] = {
    "zh": {"zone-heading": "区名", "title": "标题", "byline": "署名"},
    "en": {"zone-heading": "zone heading", "title": "title", "byline": "byline"},
}


@dataclass(frozen=True, slots=True, order=True)
class Label:
    """A name in both languages; where one is missing, both hold the other."""

    zh: str
    en: str

    def of(self, lang: Language) -> str:
        """The name in one language."""
        return self.zh if lang == "zh" else self.en


@dataclass(frozen=True, slots=True)
class Concept:
    """A class or a concept with its name: the kind of a node, the kind or the status of an edge."""

    iri: str
    label: Label

    @property
    def name(self) -> str:
        """The last part of the IRI: ``University``, ``via-enterprise``, ``planned``."""
        return self.iri.replace("#", "/").rstrip("/").rpartition("/")[2]


@dataclass(frozen=True, slots=True)
class Evidence:
    """Where something is said: a passage of an article or a caption, or a record of reference (no block).

    Numbers count from 1. ``order`` is that of the passages on the page.
    """

    iri: str
    source: str = ""
    block: Literal["article", "caption", "record"] = "record"
    number: int | None = None
    paragraph: int | None = None
    sentence: int | None = None
    kind: str = ""
    order: int = 0

    @property
    def id(self) -> str:
        """The passage's own name: ``a5-p2-s3``."""
        return self.iri.rpartition("/")[2]

    def words(self, lang: Language) -> str:
        """Where it stands, as a person says it: 第5篇第2段第3句; article 5, paragraph 2, sentence 3."""
        if self.block == "record":
            return "参考记录" if lang == "zh" else "reference record"
        parts = []
        if lang == "zh":
            parts.append(f"第{self.number}篇" if self.block == "article" else f"图片说明{self.number}")
            if self.paragraph is not None:
                parts.append(f"第{self.paragraph}段")
            if self.sentence is not None:
                parts.append(f"第{self.sentence}句")
            parts.append(_PASSAGES["zh"].get(self.kind, ""))
            return "".join(parts)
        parts.append(f"article {self.number}" if self.block == "article" else f"caption {self.number}")
        if self.paragraph is not None:
            parts.append(f"paragraph {self.paragraph}")
        if self.sentence is not None:
            parts.append(f"sentence {self.sentence}")
        if self.kind in _PASSAGES["en"]:
            parts.append(_PASSAGES["en"][self.kind])
        return ", ".join(parts)


@dataclass(frozen=True, slots=True)
class Claim:
    """A claim that an edge rests on, with the evidence for it."""

    iri: str
    label: Label
    evidence: tuple[Evidence, ...] = ()


@dataclass(frozen=True, slots=True)
class Node:
    """A thing in the network. ``named`` is false for a party that the text describes without naming it.

    ``region`` is the prefecture in which it lies, None where that is not known or not one.
    """

    id: str
    kind: Concept
    label: Label
    aliases: tuple[str, ...] = ()
    named: bool = True
    region: Concept | None = None


@dataclass(frozen=True, slots=True)
class Edge:
    """A link of one kind and status between two nodes, with the claims and the evidence it rests on.

    Several edges may join the same nodes: the IRI tells them apart. ``status`` is None where none applies. ``path``
    is the IRI of the path that the edge is a step of, empty where there is none.
    """

    id: str
    source: str
    target: str
    kind: Concept
    status: Concept | None = None
    claims: tuple[Claim, ...] = ()
    evidence: tuple[Evidence, ...] = ()
    path: str = ""

    @property
    def other_evidence(self) -> tuple[Evidence, ...]:
        """The evidence that belongs to none of the claims."""
        told = {evidence for claim in self.claims for evidence in claim.evidence}
        return tuple(evidence for evidence in self.evidence if evidence not in told)


@dataclass(frozen=True, slots=True)
class Network:
    """Nodes and edges, each sorted by IRI whatever order they were given in.

    ValueError when two nodes or two edges share an IRI, or an edge ends at a node that is not there.
    """

    name: str
    title: Label
    nodes: tuple[Node, ...] = ()
    edges: tuple[Edge, ...] = ()

    def __post_init__(self) -> None:
        object.__setattr__(self, "nodes", tuple(sorted(self.nodes, key=lambda node: node.id)))
        object.__setattr__(self, "edges", tuple(sorted(self.edges, key=lambda edge: edge.id)))
        known = {node.id for node in self.nodes}
        for what, ids in (("node", [n.id for n in self.nodes]), ("edge", [e.id for e in self.edges])):
            repeated = [iri for iri, times in Counter(ids).items() if times > 1]
            if repeated:
                raise ValueError(f"{what} given twice: {repeated[0]}")
        for edge in self.edges:
            for end in (edge.source, edge.target):
                if end not in known:
                    raise ValueError(f"edge {edge.id} ends at {end}, which is no node")

    def node(self, iri: str) -> Node:
        """The node with this IRI; KeyError when there is none."""
        return self.by_id()[iri]

    def by_id(self) -> Mapping[str, Node]:
        """IRI → node."""
        return {node.id: node for node in self.nodes}

    def node_kinds(self) -> tuple[tuple[Concept, int], ...]:
        """The kinds of nodes with how many there are of each; the most frequent first."""
        return _counted(Counter(node.kind for node in self.nodes))

    def edge_kinds(self) -> tuple[tuple[Concept, int], ...]:
        """The kinds of edges with how many there are of each; the most frequent first."""
        return _counted(Counter(edge.kind for edge in self.edges))

    def statuses(self) -> tuple[tuple[Concept, int], ...]:
        """The statuses of edges with how many there are of each; the most frequent first."""
        return _counted(Counter(edge.status for edge in self.edges if edge.status is not None))

    def sources(self) -> tuple[str, ...]:
        """The identifiers of the sources that the edges rest on, sorted."""
        return tuple(sorted({e.source for edge in self.edges for e in edge.evidence if e.source}))


def _counted(counts: Counter[Concept]) -> tuple[tuple[Concept, int], ...]:
    return tuple(sorted(counts.items(), key=lambda item: (-item[1], item[0].iri)))
