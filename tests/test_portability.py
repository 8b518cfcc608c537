"""Lookups and networks are plain SPARQL 1.1: rdflib, which shares no code with Oxigraph, gives the same answers."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest
import rdflib

from kg import resources
from kg.engine import Embedded
from kg.templates import catalogue, get
from kg.terms import Literal, NamedNode, Term
from tests.lookup_cases import names

Cell = tuple[str, str, str | None] | None
SELECTS = [name for name in names() if get(name).constructs is None]
# The networks of everything take rdflib more than a minute together; the others ten seconds.
NETWORKS = sorted(
    set(catalogue(resources.root("queries") / "networks"))
    - {"article_in_full", "entity_surroundings", "parties_in_full"}
)


@pytest.fixture(scope="module")
def other(shipped_folder: Path) -> rdflib.Dataset:
    dataset = rdflib.Dataset(default_union=True)
    dataset.parse(shipped_folder / "zonekg.nq", format="nquads")
    return dataset


def ours(term: Term | None) -> Cell:
    if isinstance(term, Literal):
        return ("literal", term.value, term.language)
    return None if not isinstance(term, NamedNode) else ("iri", term.value, None)


def theirs(term: object) -> Cell:
    if isinstance(term, rdflib.Literal):
        return ("literal", str(term), term.language)
    return None if term is None else ("iri", str(term), None)


@pytest.mark.parametrize("name", SELECTS)
def test_another_engine_gives_the_same_rows(name: str, shipped_engine: Embedded, other: rdflib.Dataset) -> None:
    text = get(name).text
    expected = Counter(tuple(map(ours, row)) for row in shipped_engine.select(text).rows)
    found = Counter(tuple(map(theirs, row)) for row in other.query(text))  # type: ignore[union-attr, arg-type]
    assert found == expected


@pytest.mark.parametrize("name", NETWORKS)
def test_another_engine_gives_the_same_triples(name: str, shipped_engine: Embedded, other: rdflib.Dataset) -> None:
    text = get(name).text
    expected = {(ours(t.subject), ours(t.predicate), ours(t.object)) for t in shipped_engine.construct(text)}
    assert {tuple(map(theirs, triple)) for triple in other.query(text)} == expected  # type: ignore[arg-type]
