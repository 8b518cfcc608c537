"""From the triples of a CONSTRUCT to a Network.

The triples say what the edges are (zkg:NetworkEdge and its properties); a subject with another type is a node,
linked or not. Types and labels that they leave out, and where a passage stands, are asked of the engine.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace

from kg.engine import Engine, labels
from kg.errors import DataError, UsageError
from kg.networks.asking import concepts_of
from kg.networks.claim import Claim, Concept, Evidence, Label, Language, weakest
from kg.networks.claims import claims_involving, claims_of, in_reading_order
from kg.networks.describe import Properties, by_subject, describe_things, pinyin_of, regions_of
from kg.networks.network import Edge, Network, Node, Path
from kg.networks.places import evidence_of, in_page_order
from kg.templates import Template
from kg.terms import BlankNode, Literal, NamedNode, Term, Triple
from kg.vocab import RDF, SKOS, ZKG

# The class that a node is shown as, of all it has: the first that fits. That it has no name is told beside it.
_CLASSES = (
    "DevelopmentZone", "University", "VocationalCollege", "HigherEducationInstitution", "ResearchInstitute",
    "Enterprise", "Platform", "Project", "Person", "GovernmentBody", "PartyBody", "PublicBody", "Association",
    "MediaOrganization", "Organization", "Collaboration", "UnnamedParty", "Group", "SubPark", "Region", "Facility",
    "Product", "Material", "Technology", "Process", "Policy", "Fund", "Award", "Qualification", "Industry", "Field",
    "IndustryChain", "ChainStage", "Event", "Procedure", "Entity",
)  # fmt: skip


def network(engine: Engine, template: Template, **values: Term | Iterable[Term] | None) -> Network:
    """The network that a template in queries/networks constructs, filled with these terms.

    UsageError for a template that constructs something else; DataError for an edge without its two ends or its
    kind; and what ``template.fill`` and the engine raise.
    """
    if template.constructs != "network":
        raise UsageError(
            f"{template.name} does not construct a network", hint="`kg queries` lists the networks; kg query runs it"
        )
    # An iterable is read twice, by the query and by the title.
    values = {
        name: value if value is None or isinstance(value, NamedNode | BlankNode | Literal) else tuple(value)
        for name, value in values.items()
    }
    triples = engine.construct(template.fill(**values))
    return from_triples(template.name, _title(engine, template, values), triples, engine)


def _title(engine: Engine, template: Template, values: Mapping[str, Term | Iterable[Term] | None]) -> Label:
    """What the template asks, and of what: the parameters that are given or have a default."""
    chosen: dict[str, tuple[Term, ...]] = {}
    for parameter in template.parameters:
        given = values.get(parameter.name)
        if given is None:
            terms = parameter.default
        else:
            terms = (given,) if isinstance(given, NamedNode | BlankNode | Literal) else tuple(given)
        if terms:
            chosen[parameter.name] = terms

    def words(lang: Language, between: str, colon: str) -> str:
        named = labels(engine, [t for terms in chosen.values() for t in terms if isinstance(t, NamedNode)], lang)
        parts = []
        for name, terms in chosen.items():
            shown = [named.get(t, t.value.rpartition("/")[2]) if isinstance(t, NamedNode) else t.value for t in terms]
            parts.append(template.parameter(name).label[lang] + colon + between.join(shown))
        return between.join(parts)

    title = Label(zh=template.summary["zh"], en=template.summary["en"])
    if not chosen:
        return title
    return Label(f"{title.zh}（{words('zh', '、', '：')}）", f"{title.en} ({words('en', ', ', ': ')})")


def from_triples(name: str, title: Label, triples: Iterable[Triple], engine: Engine) -> Network:
    """The network that these triples describe, named with the labels of the engine's graph.

    DataError for an edge without its two ends or its kind, or an end that is an IRI nothing is said of.
    """
    subjects = by_subject(triples)
    edges = {iri: about for iri, about in subjects.items() if ZKG.NetworkEdge in about.get(RDF.type, [])}
    things = {iri: about for iri, about in subjects.items() if iri not in edges and RDF.type in about}
    ends = [*_objects(edges, ZKG.edgeFrom), *_objects(edges, ZKG.edgeTo)]
    for iri, found in describe_things(engine, {*things, *ends}).items():
        about = things.setdefault(iri, {})
        for predicate, values in found.items():
            # A label that the template gives is meant instead of the graph's own.
            if predicate == RDF.type or predicate not in about:
                about[predicate] = [*about.get(predicate, []), *values]
    kinds = {iri: _kind(about) for iri, about in things.items() if about.get(RDF.type)}
    regions = regions_of(engine, kinds)
    involved = claims_involving(engine, kinds)
    said = _Said(
        engine,
        concepts=[
            *kinds.values(),
            *regions.values(),
            *_objects(edges, ZKG.edgeKind),
            *_objects(edges, ZKG.edgeStatus),
            *_objects(subjects, ZKG.pathCertainty),
        ],
        claims=[*_objects(edges, ZKG.edgeClaim), *(claim for found in involved.values() for claim in found)],
        evidence=_objects(edges, ZKG.edgePassage),
    )
    nodes = tuple(
        replace(
            _node(iri, things[iri], said.concepts[kind]),
            region=said.concepts[regions[iri]] if iri in regions else None,
            facts=in_reading_order(said.claims[claim] for claim in involved.get(iri, ())),
        )
        for iri, kind in kinds.items()
    )
    try:
        links = tuple(_edge(iri, about, said) for iri, about in edges.items())
        return Network(name, title, nodes, links, _paths(subjects, links, said))
    except ValueError as fault:
        raise DataError(
            f"{name}: {fault}", hint="every end needs a type, from the template or from the graph"
        ) from fault


def _paths(subjects: Mapping[NamedNode, Properties], edges: Iterable[Edge], said: _Said) -> tuple[Path, ...]:
    """The paths that edges are steps of; as certain as the graph says, else as the weakest of their steps."""
    steps: dict[NamedNode, list[Edge]] = {}
    for edge in sorted(edges, key=lambda edge: edge.id):
        for path in _iris(subjects[NamedNode(edge.id)], ZKG.edgePath):
            steps.setdefault(path, []).append(edge)
    found = []
    for path, taken in steps.items():
        told = _iris(subjects.get(path, {}), ZKG.pathCertainty)
        certainty = said.concepts[told[0]] if told else weakest(edge.certainty for edge in taken)
        stated = certainty is None or certainty.name == "stated"
        found.append(Path(path.value, tuple(edge.id for edge in taken), None if stated else certainty))
    return tuple(found)


def _objects(subjects: Mapping[NamedNode, Properties], predicate: NamedNode) -> list[NamedNode]:
    return [term for about in subjects.values() for term in _iris(about, predicate)]


def _iris(about: Properties, predicate: NamedNode) -> list[NamedNode]:
    return [term for term in about.get(predicate, []) if isinstance(term, NamedNode)]


def _kind(about: Properties) -> NamedNode:
    """The class that a thing is shown as."""
    types = [term for term in about[RDF.type] if isinstance(term, NamedNode)]
    for name in _CLASSES:
        if ZKG[name] in types:
            return ZKG[name]
    return types[0]


class _Said:
    """What the graph says of the concepts, claims and evidence of a network: asked once for all of them."""

    def __init__(
        self,
        engine: Engine,
        *,
        concepts: Iterable[NamedNode],
        claims: Iterable[NamedNode],
        evidence: Iterable[NamedNode],
    ) -> None:
        self.concepts = concepts_of(engine, concepts)
        self.claims = claims_of(engine, claims)
        known = {NamedNode(e.iri): e for claim in self.claims.values() for e in claim.evidence}
        self._evidence = {**known, **evidence_of(engine, set(evidence) - known.keys())}

    def evidence(self, about: Properties) -> tuple[Evidence, ...]:
        """The passages and records of an edge."""
        return in_page_order(self._evidence[term] for term in _iris(about, ZKG.edgePassage))

    def claims_on(self, about: Properties, evidence: tuple[Evidence, ...]) -> tuple[Claim, ...]:
        """The claims of an edge by IRI, each with those of the edge's evidence that support it."""
        found = []
        for claim in (self.claims[term] for term in _iris(about, ZKG.edgeClaim)):
            supports = tuple(e for e in claim.evidence if e in evidence)
            # Most edges rest on all of it, and then share the claim with the nodes.
            found.append(claim if supports == claim.evidence else replace(claim, evidence=supports))
        return tuple(sorted(found, key=lambda claim: claim.iri))


def _node(iri: NamedNode, about: Properties, kind: Concept) -> Node:
    names: dict[str, str] = {}
    for term in about.get(SKOS.prefLabel, []):
        if isinstance(term, Literal):
            names.setdefault((term.language or "").split("-")[0], term.value)
    spare = next(iter(names.values()), iri.value.rpartition("/")[2])
    label = Label(names.get("zh") or names.get("en") or spare, names.get("en") or names.get("zh") or spare)
    aliases = {t.value for t in about.get(SKOS.altLabel, []) if isinstance(t, Literal)} - {label.zh, label.en}
    named = ZKG.UnnamedParty not in about[RDF.type]
    return Node(iri.value, kind, label, tuple(sorted(aliases)), named, pinyin=pinyin_of(about))


def _edge(iri: NamedNode, about: Properties, said: _Said) -> Edge:
    """One edge; DataError when it lacks an end or its kind, or has two of one."""
    ends = {}
    for predicate in (ZKG.edgeFrom, ZKG.edgeTo, ZKG.edgeKind):
        found = _iris(about, predicate)
        if len(found) != 1:
            raise DataError(f"edge {iri.value} has {len(found)} values of {predicate.value}, not one")
        ends[predicate] = found[0]
    status = next(iter(_iris(about, ZKG.edgeStatus)), None)
    evidence = said.evidence(about)
    return Edge(
        iri.value,
        ends[ZKG.edgeFrom].value,
        ends[ZKG.edgeTo].value,
        said.concepts[ends[ZKG.edgeKind]],
        None if status is None else said.concepts[status],
        said.claims_on(about, evidence),
        evidence,
    )
