"""What the page's script filters, finds, exports and quotes by: a plain dictionary beside what is drawn.

Of a source it holds positions and digests, never text: the reader brings the text.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from typing import TypeAlias

from kg.build.pinyin import pinyin_labels
from kg.networks import Concept, Edge, Evidence, Label, Network, Node
from kg.render.style import edge_sign, node_look, points
from kg.sources import Index, index_path, known_sources, read_index
from kg.terms import Literal, NamedNode, Triple
from kg.vocab import SKOS

Dates: TypeAlias = tuple[str, str]
"""First and last day of a period, ISO 8601 (YYYY-MM-DD); empty where that end is open."""

ZONE = "DevelopmentZone"
# Where a zone's surroundings end: what stands behind a university is not the zone's.
_STOPS = {ZONE, "University", "VocationalCollege", "HigherEducationInstitution", "ResearchInstitute"}
_READ = 100  # characters of a name that are read as pinyin


def facets(network: Network, indexes: Sequence[Index], dates: Mapping[str, Dates]) -> dict[str, object]:
    """The data of the page's script; ``indexes`` say where the passages stand that the edges rest on.

    ``dates``: claim → its first and last day, for the dated ones.
    """
    degrees, pinyin = degrees_of(network), _pinyin(network.nodes)
    concepts = {node.kind for node in network.nodes} | {edge.kind for edge in network.edges}
    concepts |= {edge.status for edge in network.edges if edge.status is not None}
    evidence = {e.iri: e for edge in network.edges for e in edge.evidence}
    return {
        "name": network.name,
        "sources": list(network.sources()),
        "concepts": {concept.iri: _both(concept.label) for concept in concepts},
        "nodes": {
            node.id: {
                "kind": node.kind.iri,
                "named": node.named,
                "zh": node.label.zh,
                "en": node.label.en,
                "aliases": list(node.aliases),
                "pinyin": pinyin.get(node.id, []),
                "degree": degrees[node.id],
            }
            for node in network.nodes
        },
        "edges": {edge.id: _edge(edge, dates) for edge in network.edges},
        "claims": {
            claim.iri: {**_both(claim.label), "evidence": [e.iri for e in claim.evidence]}
            for edge in network.edges
            for claim in edge.claims
        },
        "evidence": {iri: {"zh": e.words("zh"), "en": e.words("en"), "of": e.source} for iri, e in evidence.items()},
        "rows": [edge.id for edge in in_reading_order(network)],
        "passages": _passages(evidence, indexes),
        "stops": sorted({node.kind.iri for node in network.nodes if node.kind.name in _STOPS}),
        "zones": [node.id for node in zones_in(network)],
        "signs": {edge.kind.iri: corners for edge in network.edges if (corners := _sign(edge.kind)) is not None},
        "corners": {node.kind.iri: points(node_look(node.kind.name).shape, 1.0, 0.0) for node in network.nodes},
    }


def in_reading_order(network: Network) -> list[Edge]:
    """The edges in the order in which their sources tell of them."""
    return sorted(network.edges, key=lambda edge: [(e.source, e.order) for e in edge.evidence])


def degrees_of(network: Network) -> Counter[str]:
    """Node → how many edges end at it."""
    return Counter(end for edge in network.edges for end in {edge.source, edge.target})


def articles_of(network: Network) -> list[Concept]:
    """The articles and captions that the edges rest on, in the order of their sources and numbers."""
    several = len(network.sources()) > 1
    found = {}
    for edge in network.edges:
        for e in edge.evidence:
            key = _article(e)
            if key:
                rank = (e.source, e.block, e.number or 0)
                label = Evidence(e.iri, e.source, e.block, e.number)
                after = f" · {e.source}" if several else ""
                found[rank] = Concept(key, Label(label.words("zh") + after, label.words("en") + after))
    return [concept for _, concept in sorted(found.items(), key=lambda item: item[0])]


def zones_in(network: Network) -> list[Node]:
    """The zones of the network, by IRI."""
    return [node for node in network.nodes if node.kind.name == ZONE]


def shipped_indexes(sources: Iterable[str]) -> list[Index]:
    """The indexes that the package holds of these sources; a source without one is left out."""
    known = set(known_sources())
    return [read_index(index_path(source)) for source in sources if source in known]


def _edge(edge: Edge, dates: Mapping[str, Dates]) -> dict[str, object]:
    return {
        "kind": edge.kind.iri,
        "status": "" if edge.status is None else edge.status.iri,
        "path": edge.path,
        "articles": sorted({_article(e) for e in edge.evidence} - {""}),
        "claims": [claim.iri for claim in edge.claims],
        "evidence": [e.iri for e in edge.evidence],
        "dates": sorted({dates[claim.iri] for claim in edge.claims if claim.iri in dates}),
    }


def _sign(kind: Concept) -> str | None:
    """The corners of the sign on links of a kind, in units of its half-size; empty for a circle, None for no sign."""
    sign = edge_sign(kind.name)
    return None if sign is None else points(sign, 1.2 if sign == "star" else 1.0, 0.0)


def _article(evidence: Evidence) -> str:
    """The article or caption that a passage stands in; empty for a record of reference."""
    if evidence.block == "record" or evidence.number is None:
        return ""
    return f"{evidence.source}/{evidence.block}-{evidence.number}"


def _both(label: Label) -> dict[str, str]:
    return {"zh": label.zh, "en": label.en}


def _pinyin(nodes: Iterable[Node]) -> dict[str, list[str]]:
    """Node → its Chinese names in toneless pinyin, syllables apart."""
    triples = [
        Triple(NamedNode(node.id), term, Literal(name[:_READ], language="zh"))
        for node in nodes
        for term, names in ((SKOS.prefLabel, [node.label.zh]), (SKOS.altLabel, node.aliases))
        for name in names
    ]
    found: defaultdict[str, list[str]] = defaultdict(list)
    for triple in pinyin_labels(triples):
        if isinstance(triple.subject, NamedNode) and isinstance(triple.object, Literal):
            found[triple.subject.value].append(triple.object.value)
    # The same reading is there apart and together: the script joins the syllables itself.
    together = {text.replace(" ", "") for texts in found.values() for text in texts if " " in text}
    return {node: [text for text in texts if text not in together] for node, texts in found.items()}


def _passages(evidence: Mapping[str, Evidence], indexes: Iterable[Index]) -> dict[str, object]:
    """Source → its digest, and digest and code points of each passage that an edge rests on."""
    found: dict[str, object] = {}
    for index in indexes:
        wanted = {index.iri(item.id): item for item in index.passages if index.iri(item.id) in evidence}
        if wanted:
            found[index.source] = {
                "sha256": index.sha256,
                "passages": {
                    iri: {"sha256": item.sha256, "ranges": [[part.start, part.end] for part in item.ranges]}
                    for iri, item in wanted.items()
                },
            }
    return found
