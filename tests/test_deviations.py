"""Where engines differ from the standards: each named deviation is real, and there is no other for what we store."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from pyoxigraph import RdfFormat, parse

from kg.engine import Embedded, Engine, Rows
from kg.engine.deviations import PATTERNS, TRUTHS, VALUES, Name, PatternDeviation
from kg.terms import Literal, NamedNode, Quad
from kg.vocab import XSD
from tests.servers import served

P, G = NamedNode("urn:p"), NamedNode("urn:x:g")
# What comes back as it was stored, on every engine; beside the deviations, one of each kind that data has.
KEPT = (
    Literal("7", datatype=XSD.integer),
    Literal("1.5", datatype=XSD.decimal),
    Literal("2025-12-01", datatype=XSD.date),
    Literal("2025-12-01T00:00:00+08:00", datatype=XSD.dateTime),
    Literal("2025", datatype=XSD.gYear),
    Literal("2025-12", datatype=XSD.gYearMonth),
    Literal("http://a.example/", datatype=XSD.anyURI),
    Literal("0a", datatype=XSD.hexBinary),
    Literal(""),
    Literal(" a\n\r\t\"'\\"),
    Literal("e\u0301 é 𠮷"),
    Literal("a", language="zh-hans"),
    Literal("x", datatype=NamedNode("urn:datatype")),
)
STORED = (*KEPT, *dict.fromkeys(deviation.stored for deviation in VALUES))
ENGINES = ("embedded", "oxigraph", "virtuoso")


def named(engine: str) -> Name:
    return "virtuoso" if engine == "virtuoso" else "oxigraph"


@pytest.fixture(scope="module", params=ENGINES)
def name(request: pytest.FixtureRequest) -> str:
    return str(request.param)


@pytest.fixture(scope="module")
def engine(name: str) -> Iterator[Engine]:
    quads = [Quad(NamedNode(f"urn:{at}"), P, term, G) for at, term in enumerate(STORED)]
    for at, deviation in enumerate(PATTERNS):
        graph = NamedNode(f"urn:x:pattern{at}")
        quads += [
            Quad(q.subject, q.predicate, q.object, graph) for q in parse(deviation.data, format=RdfFormat.TURTLE)
        ]
    if name == "embedded":
        yield Embedded(quads)
        return
    with served(name, quads) as endpoint:
        yield endpoint


def test_values_come_back_as_stored_or_as_named(engine: Engine, name: str) -> None:
    rows = engine.select(f"SELECT ?s ?o WHERE {{ GRAPH {G} {{ ?s {P} ?o }} }}")
    found = {row[0]: row[1] for row in rows.rows}
    expected = {d.stored: d.given for d in VALUES if d.engine == named(name)}
    for at, term in enumerate(STORED):
        assert found[NamedNode(f"urn:{at}")] == expected.get(term, term)


def test_truths_are_computed_as_named(engine: Engine, name: str) -> None:
    ((found,),) = engine.select("SELECT ?b WHERE { BIND(1 = 1 AS ?b) }").rows
    assert TRUTHS.get(named(name), {}).get(found, found) == Literal("true", datatype=XSD.boolean)  # type: ignore[arg-type]
    assert (found == Literal("true", datatype=XSD.boolean)) == (named(name) not in TRUTHS)


def bound(rows: Rows) -> int:
    return sum(term is not None for row in rows.rows for term in row)


@pytest.mark.parametrize("deviation", PATTERNS, ids=lambda deviation: deviation.name)
def test_patterns_are_answered_rightly_or_as_named(engine: Engine, name: str, deviation: PatternDeviation) -> None:
    assert bound(engine.select(deviation.instead)) == deviation.right
    rightly = bound(engine.select(deviation.query)) == deviation.right
    assert rightly == (deviation.engine != named(name)), "an engine that has mended it needs no entry"
