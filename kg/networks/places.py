"""Where the passages stand that claims and edges rest on."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Literal as OneOf

from kg.engine import Engine
from kg.networks.asking import ask_of
from kg.networks.claim import Evidence
from kg.terms import Literal, NamedNode, Term

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
_DIGITS = re.compile(r"(\d+)$")


def evidence_of(engine: Engine, terms: Iterable[NamedNode]) -> dict[NamedNode, Evidence]:
    """Passage or record → where it stands; what is no passage is a record of reference."""
    wanted = set(terms)
    found = {term: Evidence(term.value) for term in wanted}
    for passage, kind, block, caption, source, article, paragraph, sentence, order in ask_of(
        engine, _POSITIONS, wanted
    ):
        if not isinstance(passage, NamedNode) or not isinstance(block, NamedNode):
            continue
        form: OneOf["article", "caption"] = "article" if caption is None else "caption"
        digits = _DIGITS.search(block.value)  # a caption's number stands in its IRI alone: …/c1
        found[passage] = Evidence(
            passage.value,
            source.value.rpartition("/")[2] if isinstance(source, NamedNode) else "",
            form,
            _number(article) or (int(digits[1]) if digits else None),
            _number(paragraph),
            _number(sentence),
            kind.value.rpartition("/")[2] if isinstance(kind, NamedNode) else "",
            _number(order) or 0,
        )
    return found


def in_page_order(evidence: Iterable[Evidence]) -> tuple[Evidence, ...]:
    """The passages in the order of their pages, each once; records last."""
    return tuple(sorted(set(evidence), key=lambda e: (e.block == "record", e.source, e.order, e.iri)))


def _number(term: Term | None) -> int | None:
    return int(term.value) if isinstance(term, Literal) and term.value.isdecimal() else None
