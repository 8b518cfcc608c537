"""What the engine's graph says of the things that are the nodes of a network: types, names, region."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from typing import TypeAlias

from kg.engine import Engine
from kg.networks.asking import ask_of
from kg.terms import Literal, NamedNode, Term, Triple
from kg.vocab import RDF, SKOS

Properties: TypeAlias = Mapping[NamedNode, list[Term]]

_THINGS = f"""SELECT ?thing ?property ?value WHERE {{{{
  VALUES ?thing {{{{ {{terms}} }}}}
  ?thing ?property ?value .
  FILTER(?property IN ({RDF.type}, {SKOS.prefLabel}, {SKOS.altLabel}, {SKOS.hiddenLabel}))
}}}}"""

# The region itself, and whatever lies in it.
_REGIONS = """SELECT ?thing ?region WHERE {{
  VALUES ?thing {{ {terms} }}
  {{ ?thing zkg:within ?region }} UNION {{ ?thing a zkg:Region BIND(?thing AS ?region) }}
  ?claim zkg:classifies ?region ; zkg:level <https://w3id.org/zonekg/vocab/level/prefectural> .
}}"""

# The language of hidden labels that kg.build writes: syllables apart, and together.
_PINYIN = "zh-latn-pinyin"


def by_subject(triples: Iterable[Triple]) -> dict[NamedNode, dict[NamedNode, list[Term]]]:
    """IRI → property → values in a fixed order, each once. Blank nodes are neither nodes nor edges."""
    found: dict[NamedNode, dict[NamedNode, list[Term]]] = {}
    for triple in sorted(set(triples), key=str):
        if isinstance(triple.subject, NamedNode) and isinstance(triple.object, NamedNode | Literal):
            found.setdefault(triple.subject, {}).setdefault(triple.predicate, []).append(triple.object)
    return found


def describe_things(engine: Engine, things: Iterable[NamedNode]) -> dict[NamedNode, dict[NamedNode, list[Term]]]:
    """Thing → its types, preferred, alternative and hidden labels, as the graph has them."""
    return by_subject(
        Triple(thing, predicate, value)
        for thing, predicate, value in ask_of(engine, _THINGS, things)
        if isinstance(thing, NamedNode) and isinstance(predicate, NamedNode) and value is not None
    )


def regions_of(engine: Engine, things: Iterable[NamedNode]) -> dict[NamedNode, NamedNode]:
    """Thing → the prefecture that it is or lies in; what lies in none, or in several, is left out."""
    found: defaultdict[NamedNode, set[NamedNode]] = defaultdict(set)
    for thing, region in ask_of(engine, _REGIONS, things):
        if isinstance(thing, NamedNode) and isinstance(region, NamedNode):
            found[thing].add(region)
    return {thing: min(regions, key=str) for thing, regions in found.items() if len(regions) == 1}


def pinyin_of(about: Properties) -> tuple[str, ...]:
    """The names in toneless pinyin among the hidden labels, syllables apart, sorted."""
    texts = {
        term.value
        for term in about.get(SKOS.hiddenLabel, [])
        if isinstance(term, Literal) and (term.language or "").lower() == _PINYIN
    }
    # The graph has each reading apart and together; of one syllable both are the same.
    together = {text.replace(" ", "") for text in texts if " " in text}
    return tuple(sorted(texts - together))
