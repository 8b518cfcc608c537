"""What the page's script filters, finds, exports and quotes by: a plain dictionary beside what is drawn.

Of a source it holds positions and digests, never text: the reader brings the text.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence

from kg.networks import Claim, Concept, Edge, Evidence, Label, Network, Node, Path, alike
from kg.render.origin import Origin
from kg.render.style import edge_stroke, node_look, points, sign_points
from kg.sources import Index, index_path, known_sources, read_index

ZONE = "DevelopmentZone"
# Where a zone's surroundings end: what stands behind a university is not the zone's.
_STOPS = {ZONE, "University", "VocationalCollege", "HigherEducationInstitution", "ResearchInstitute"}


def facets(network: Network, indexes: Sequence[Index], origin: Origin) -> dict[str, object]:
    """The data of the page's script; ``indexes`` say where the passages stand that edges and facts rest on.

    ``origin`` says of which sources and dataset exports tell.
    """
    degrees, claims, evidence = degrees_of(network), network.claims(), network.evidence()
    statuses = {edge.status for edge in network.edges if edge.status is not None}
    statuses |= {claim.status for claim in claims.values() if claim.status is not None}
    concepts = statuses | {node.kind for node in network.nodes} | {edge.kind for edge in network.edges}
    concepts |= {edge.certainty for edge in network.edges if edge.certainty is not None}
    concepts |= {path.certainty for path in network.paths if path.certainty is not None}
    concepts |= {concept for claim in claims.values() for concept in _concepts(claim)}
    return {
        "name": network.name,
        "sources": _both(sources_of(network, origin)),
        "dataset": origin.dataset(),
        "concepts": {concept.iri: _both(concept.label) for concept in concepts},
        "nodes": {
            node.id: {
                "kind": node.kind.iri,
                "named": node.named,
                "zh": node.label.zh,
                "en": node.label.en,
                "aliases": list(node.aliases),
                "pinyin": list(node.pinyin),
                "degree": degrees[node.id],
                "facts": [claim.iri for claim in node.facts],
            }
            for node in network.nodes
        },
        "edges": {edge.id: _edge(edge) for edge in network.edges},
        "claims": {iri: _claim(claim) for iri, claim in claims.items()},
        "strokes": {status.iri: _stroke(status) for status in statuses},
        "same": _same(edge.kind for edge in network.edges) | _same(e.status for e in network.edges if e.status),
        "evidence": {iri: {"zh": e.words("zh"), "en": e.words("en"), "of": e.source} for iri, e in evidence.items()},
        "rows": [edge.id for edge in in_reading_order(network)],
        "passages": _passages(evidence, indexes),
        "stops": sorted({node.kind.iri for node in network.nodes if node.kind.name in _STOPS}),
        "zones": [node.id for node in zones_in(network)],
        "paths": {path.id: _path(path) for path in network.paths},
        "signs": {
            edge.kind.iri: corners for edge in network.edges if (corners := sign_points(edge.kind.name)) is not None
        },
        "corners": {node.kind.iri: points(node_look(node.kind.name).shape, 1.0, 0.0) for node in network.nodes},
    }


def in_reading_order(network: Network) -> list[Edge]:
    """The edges in the order in which their sources tell of them."""
    return sorted(network.edges, key=lambda edge: [(e.source, e.order) for e in edge.evidence])


def degrees_of(network: Network) -> Counter[str]:
    """Node → how many edges end at it."""
    return Counter(end for edge in network.edges for end in {edge.source, edge.target})


def articles_of(network: Network, origin: Origin) -> list[Concept]:
    """The articles and captions that the edges rest on, in the order of their sources and numbers.

    An article has its headline, or what it reports on, after its number, where ``origin`` knows of it.
    """
    several = len(network.sources()) > 1
    known = {name: dict(origin.source(name).articles) for name in network.sources()}
    found = {}
    for edge in network.edges:
        for e in edge.evidence:
            key = _article(e)
            if key:
                rank = (e.source, e.block, e.number or 0)
                label = Evidence(e.iri, e.source, e.block, e.number)
                after = f" · {e.source}" if several else ""
                told = known[e.source].get(e.number or 0) if e.block == "article" else None
                zh, en = (f"：{told.zh}", f": {told.en}") if told else ("", "")
                found[rank] = Concept(key, Label(label.words("zh") + zh + after, label.words("en") + en + after))
    return [concept for _, concept in sorted(found.items(), key=lambda item: item[0])]


def sources_of(network: Network, origin: Origin) -> Label:
    """The sources of a network as a caption names them, with publisher and date where these are known."""
    found = [origin.source(name) for name in network.sources()]
    return Label("；".join(source.words("zh") for source in found), "; ".join(s.words("en") for s in found))


def zones_in(network: Network) -> list[Node]:
    """The zones of the network, by IRI."""
    return [node for node in network.nodes if node.kind.name == ZONE]


def shipped_indexes(sources: Iterable[str]) -> list[Index]:
    """The indexes that the package holds of these sources; a source without one is left out."""
    known = set(known_sources())
    return [read_index(index_path(source)) for source in sources if source in known]


def _edge(edge: Edge) -> dict[str, object]:
    return {
        "kind": edge.kind.iri,
        "status": "" if edge.status is None else edge.status.iri,
        "certainty": "" if edge.certainty is None else edge.certainty.iri,
        "articles": sorted({_article(e) for e in edge.evidence} - {""}),
        "claims": [claim.iri for claim in edge.claims],
        "evidence": [e.iri for e in edge.evidence],
        "dates": [[period.start, period.end] for period in edge.periods],
    }


def _path(path: Path) -> dict[str, object]:
    return {"steps": list(path.steps), "certainty": "" if path.certainty is None else path.certainty.iri}


def _article(evidence: Evidence) -> str:
    """The article or caption that a passage stands in; empty for a record of reference."""
    if evidence.block == "record" or evidence.number is None:
        return ""
    return f"{evidence.source}/{evidence.block}-{evidence.number}"


def _concepts(claim: Claim) -> list[Concept]:
    """The concepts that a claim names."""
    several = (claim.kind, claim.status, claim.certainty, *claim.derived, *claim.open)
    return [concept for concept in several if concept is not None]


def _claim(claim: Claim) -> dict[str, object]:
    """A claim as the panel tells of it; what it has nothing of is left out."""
    found: dict[str, object] = {
        "kind": claim.kind and claim.kind.iri,
        "status": claim.status and claim.status.iri,
        "certainty": claim.certainty and claim.certainty.iri,
        "amount": _both(Label(claim.amount("zh"), claim.amount("en"))) if claim.amount("zh") else None,
        "printed": list(claim.printed),
        "dates": claim.period and [claim.period.start, claim.period.end],
        "derived": [slot.iri for slot in claim.derived],
        "open": [slot.iri for slot in claim.open],
        "names": claim.names,
    }
    told = {name: value for name, value in found.items() if value}
    return {**_both(claim.label), "evidence": [e.iri for e in claim.evidence], **told}


def _stroke(status: Concept) -> str:
    """How a status looks in words, as its lines do: what is planned is dashed, what is there bold."""
    dashes, width = edge_stroke(status.name)
    return "dashed" if dashes else "bold" if width > 2 else "plain"


def _same(concepts: Iterable[Concept]) -> dict[str, str]:
    """IRI → that of the concept which stands for it in the legend, for those that share a line there."""
    return {concept.iri: first.iri for concept, first in alike(concepts).items() if concept != first}


def _both(label: Label) -> dict[str, str]:
    return {"zh": label.zh, "en": label.en}


def _passages(evidence: Mapping[str, Evidence], indexes: Iterable[Index]) -> dict[str, object]:
    """Source → its digest, and digest and code points of each passage that something rests on."""
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
