"""What the engine's graph says of the concepts, claims and passages that a network names."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping
from typing import Literal as OneOf
from typing import TypeAlias

from kg.engine import Engine, labels
from kg.networks.network import Claim, Concept, Evidence, Label
from kg.terms import Literal, NamedNode, Term, Triple
from kg.vocab import PREFIXES, RDF, SKOS, shorten

Properties: TypeAlias = Mapping[NamedNode, list[Term]]

_HEAD = f"PREFIX zkg: <{PREFIXES['zkg']}>\n"

_THINGS = """SELECT ?thing ?property ?value WHERE {{
  VALUES ?thing {{ {terms} }}
  VALUES ?property {{ {properties} }}
  ?thing ?property ?value .
}}"""

_SUPPORT = """SELECT ?claim ?passage WHERE {{
  VALUES ?claim {{ {terms} }}
  ?claim zkg:supportedBy ?passage .
}}"""

_POSITIONS = """SELECT ?passage ?kind ?block ?caption ?source ?article ?paragraph ?sentence ?order WHERE {{
  VALUES ?passage {{ {terms} }}
  ?passage a zkg:Passage ; zkg:inArticle ?block .
  OPTIONAL {{ ?passage zkg:passageKind ?kind }}
  OPTIONAL {{ ?block a zkg:PhotoCaption BIND(true AS ?caption) }}
  OPTIONAL {{ ?block zkg:inSource ?source }}
  OPTIONAL {{ ?passage zkg:articleNumber ?article }}
  OPTIONAL {{ ?passage zkg:paragraphNumber ?paragraph }}
  OPTIONAL {{ ?passage zkg:sentenceNumber ?sentence }}
  OPTIONAL {{ ?passage zkg:passageOrder ?order }}
}}"""

# The region itself, and whatever lies in it.
_REGIONS = """SELECT ?thing ?region WHERE {{
  VALUES ?thing {{ {terms} }}
  {{ ?thing zkg:within ?region }} UNION {{ ?thing a zkg:Region BIND(?thing AS ?region) }}
  ?claim zkg:classifies ?region ; zkg:level <https://w3id.org/zonekg/vocab/level/prefectural> .
}}"""

_DIGITS = re.compile(r"(\d+)$")


def by_subject(triples: Iterable[Triple]) -> dict[NamedNode, dict[NamedNode, list[Term]]]:
    """IRI → property → values in a fixed order, each once. Blank nodes are neither nodes nor edges."""
    found: dict[NamedNode, dict[NamedNode, list[Term]]] = {}
    for triple in sorted(set(triples), key=str):
        if isinstance(triple.subject, NamedNode) and isinstance(triple.object, NamedNode | Literal):
            found.setdefault(triple.subject, {}).setdefault(triple.predicate, []).append(triple.object)
    return found


def describe_things(engine: Engine, things: Iterable[NamedNode]) -> dict[NamedNode, dict[NamedNode, list[Term]]]:
    """Thing → its types, preferred and alternative labels, as the graph has them."""
    wanted = sorted(set(things), key=lambda term: term.value)
    if not wanted:
        return {}
    query = _THINGS.format(terms=_values(wanted), properties=_values((RDF.type, SKOS.prefLabel, SKOS.altLabel)))
    return by_subject(
        Triple(thing, predicate, value)
        for thing, predicate, value in engine.select(query).rows
        if isinstance(thing, NamedNode) and isinstance(predicate, NamedNode) and value is not None
    )


def regions_of(engine: Engine, things: Iterable[NamedNode]) -> dict[NamedNode, NamedNode]:
    """Thing → the prefecture that it is or lies in; what lies in none, or in several, is left out."""
    wanted = sorted(set(things), key=lambda term: term.value)
    found: defaultdict[NamedNode, set[NamedNode]] = defaultdict(set)
    if wanted:
        for thing, region in engine.select(_HEAD + _REGIONS.format(terms=_values(wanted))).rows:
            if isinstance(thing, NamedNode) and isinstance(region, NamedNode):
                found[thing].add(region)
    return {thing: min(regions, key=str) for thing, regions in found.items() if len(regions) == 1}


class Describer:
    """Asks once for all terms of a network, then answers for each."""

    def __init__(
        self,
        engine: Engine,
        *,
        concepts: Iterable[NamedNode],
        claims: Iterable[NamedNode],
        evidence: Iterable[NamedNode],
    ) -> None:
        claims = sorted(set(claims), key=lambda term: term.value)
        named = [*concepts, *claims]
        self._zh = labels(engine, named, "zh")
        self._en = labels(engine, named, "en")
        self._support = _support(engine, claims)
        self._positions = _positions(engine, sorted(set(evidence), key=lambda term: term.value))

    def concept(self, term: NamedNode) -> Concept:
        """The term with its label."""
        return Concept(term.value, self._label(term))

    def evidence(self, terms: Iterable[Term]) -> tuple[Evidence, ...]:
        """The passages and records in the order of the page, records last."""
        found = {term: self._positions.get(term) or Evidence(term.value) for term in terms if _is_iri(term)}
        return tuple(sorted(found.values(), key=lambda e: (e.block == "record", e.source, e.order, e.iri)))

    def claims(self, terms: Iterable[Term], evidence: tuple[Evidence, ...]) -> tuple[Claim, ...]:
        """The claims, each with those of the evidence that support it; sorted by IRI."""
        wanted = sorted({term for term in terms if isinstance(term, NamedNode)}, key=lambda term: term.value)
        return tuple(
            Claim(
                term.value,
                self._label(term),
                tuple(e for e in evidence if e.iri in self._support[term.value]),
            )
            for term in wanted
        )

    def _label(self, term: NamedNode) -> Label:
        plain = shorten(term)
        return Label(self._zh.get(term, plain), self._en.get(term, plain))


def _is_iri(term: Term) -> bool:
    return isinstance(term, NamedNode)


def _values(terms: Iterable[NamedNode]) -> str:
    return " ".join(map(str, terms))


def _support(engine: Engine, claims: list[NamedNode]) -> defaultdict[str, set[str]]:
    """Claim → the IRIs of what supports it."""
    found: defaultdict[str, set[str]] = defaultdict(set)
    if claims:
        for claim, passage in engine.select(_HEAD + _SUPPORT.format(terms=_values(claims))).rows:
            if isinstance(claim, NamedNode) and isinstance(passage, NamedNode):
                found[claim.value].add(passage.value)
    return found


def _positions(engine: Engine, passages: list[NamedNode]) -> dict[Term, Evidence]:
    """Passage → where it stands; what is no passage (a record of reference) is left out."""
    found: dict[Term, Evidence] = {}
    if not passages:
        return found
    for row in engine.select(_HEAD + _POSITIONS.format(terms=_values(passages))):
        passage, block, kind, source = row["passage"], row["block"], row["kind"], row["source"]
        if not isinstance(passage, NamedNode) or not isinstance(block, NamedNode):
            continue
        caption = row["caption"] is not None
        form: OneOf["article", "caption"] = "caption" if caption else "article"
        digits = _DIGITS.search(block.value)  # a caption's number stands in its IRI alone: …/c1
        found[passage] = Evidence(
            passage.value,
            source.value.rpartition("/")[2] if isinstance(source, NamedNode) else "",
            form,
            _number(row["article"]) or (int(digits[1]) if digits else None),
            _number(row["paragraph"]),
            _number(row["sentence"]),
            kind.value.rpartition("/")[2] if isinstance(kind, NamedNode) else "",
            _number(row["order"]) or 0,
        )
    return found


def _number(term: Term | None) -> int | None:
    return int(term.value) if isinstance(term, Literal) and term.value.isdecimal() else None
