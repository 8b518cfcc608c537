"""Names for IRIs: what a person reads instead of them."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Literal as OneOf

from kg.engine.protocol import Engine
from kg.terms import Literal, NamedNode
from kg.vocab import PREFIXES

_OTHER = {"zh": "en", "en": "zh"}
_QUERY = """SELECT ?term ?label ?preferred WHERE {{
  VALUES ?term {{ {terms} }}
  {{ ?term <{skos}prefLabel> ?label BIND(true AS ?preferred) }}
  UNION
  {{ ?term <{rdfs}label> ?label BIND(false AS ?preferred) }}
}}"""


def labels(engine: Engine, terms: Iterable[NamedNode], lang: OneOf["zh", "en"]) -> dict[NamedNode, str]:
    """IRI → its label in ``lang``, else in the other language; IRIs without a label are left out.

    skos:prefLabel comes before rdfs:label; of several, the first in code-point order.
    """
    wanted = sorted(set(terms), key=lambda term: term.value)
    if not wanted:
        return {}
    query = _QUERY.format(terms=" ".join(map(str, wanted)), skos=PREFIXES["skos"], rdfs=PREFIXES["rdfs"])
    best: dict[NamedNode, tuple[int, bool, str]] = {}
    for term, label, preferred in engine.select(query).rows:
        if not isinstance(term, NamedNode) or not isinstance(label, Literal):
            continue
        language = (label.language or "").split("-")[0]
        distance = 0 if language == lang else 1 if language == _OTHER[lang] else 2
        secondary = isinstance(preferred, Literal) and preferred.value != "true"
        key = (distance, secondary, label.value)
        if term not in best or key < best[term]:
            best[term] = key
    return {term: key[2] for term, key in best.items()}
