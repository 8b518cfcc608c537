"""The evidence of rows: the passages and records that support the claims they name."""

from __future__ import annotations

import re

from kg.engine.protocol import Engine
from kg.engine.rows import Rows
from kg.terms import Literal, NamedNode, Term
from kg.vocab import PREFIXES, SHORTHANDS

COLUMN = "evidence"
_BASE = SHORTHANDS["id"].removesuffix("id/")
# Also inside text, as GROUP_CONCAT leaves them.
_IRI = re.compile(re.escape(_BASE) + r"[^\x00-\x20\x7f-\xa0;,|<>\"{}^`\\%]+")
_QUERY = """SELECT DISTINCT ?claim ?evidence WHERE {{
  VALUES ?claim {{ {claims} }}
  ?claim <{zkg}supportedBy> ?evidence
  OPTIONAL {{ ?evidence <{zkg}passageOrder> ?order }}
}} ORDER BY ?claim ?order ?evidence"""


def with_evidence(rows: Rows, engine: Engine) -> Rows:
    """The rows with a column ``evidence``: what supports each row's claims, and the passages it names itself.

    IRIs with a space between, each once, in the order of the columns and then of the page; empty where a row names
    neither. A column of that name that is there already is left as it is, and then no other is added.
    """
    if COLUMN in rows.columns:
        return rows
    named = [[iri for term in row if term is not None for iri in _IRI.findall(term.value)] for row in rows.rows]
    supports = _supports({iri for iris in named for iri in iris}, engine)
    wider: list[tuple[Term | None, ...]] = []
    for row, iris in zip(rows.rows, named, strict=True):
        found = dict.fromkeys(
            passage for iri in iris for passage in ([iri] if _is_passage(iri) else supports.get(iri, []))
        )
        wider.append((*row, Literal(" ".join(found)) if found else None))
    return Rows((*rows.columns, COLUMN), tuple(wider), rows.engine)


def _is_passage(iri: str) -> bool:
    source, slash, passage = iri.removeprefix(SHORTHANDS["src"]).partition("/")
    return iri.startswith(SHORTHANDS["src"]) and bool(source and slash and "-" in passage)


def _supports(iris: set[str], engine: Engine) -> dict[str, list[str]]:
    """Claim → what supports it, for those of the IRIs that are claims."""
    found: dict[str, list[str]] = {}
    if iris:
        claims = " ".join(str(NamedNode(iri)) for iri in sorted(iris))
        for claim, evidence in engine.select(_QUERY.format(claims=claims, zkg=PREFIXES["zkg"])).rows:
            if claim is not None and evidence is not None:
                found.setdefault(claim.value, []).append(evidence.value)
    return found
