"""Rows as values, as DataFrames and in notebooks; the graph as a library opens it."""

from __future__ import annotations

import sys
from datetime import date
from pathlib import Path

import pytest

import kg
from kg.engine import Embedded, Rows
from kg.errors import ParameterError, UsageError
from kg.terms import XSD, BlankNode, Literal, NamedNode, Quad, iri, literal
from kg.vocab import RDFS, SKOS

A, B, G = iri("https://w3id.org/zonekg/id/agent/a"), iri("urn:b"), iri("urn:g")


def typed(text: str, kind: str) -> Literal:
    return Literal(text, datatype=NamedNode(XSD + kind))


@pytest.fixture(scope="module")
def graph(shipped_folder: Path) -> kg.Graph:
    return kg.load(shipped_folder)


def test_rows_are_equal_whatever_engine_they_come_from() -> None:
    assert Rows(("x",), ((A,),)) == Rows(("x",), ((A,),), Embedded())
    assert repr(Rows(("x",), ())) == "Rows(columns=('x',), rows=())"


def test_a_dataframe_has_a_type_for_each_column() -> None:
    rows = Rows(
        ("who", "many", "size", "yes", "day", "mixed", "none", "big"),
        (
            (A, literal(3), typed("1.50", "decimal"), literal(True), literal(date(2025, 12, 1)), literal("a"), None,
             typed("9" * 30, "integer")),
            (None, None, literal(2), None, None, literal(1), None, None),
        ),
    )  # fmt: skip
    frame = rows.to_dataframe()
    assert list(frame.columns) == list(rows.columns)
    assert [str(frame[name].dtype) for name in ("many", "size", "yes")] == ["Int64", "Float64", "boolean"]
    assert str(frame["day"].dtype).startswith("datetime64")
    assert frame["size"].sum() == 3.5
    assert frame["who"][0] == A.value
    assert frame["who"][1] is None
    assert list(frame["mixed"]) == ["a", 1]
    assert frame["big"][0] == int("9" * 30)
    assert frame["none"].isna().all()


def test_a_dataframe_of_no_rows_keeps_its_columns() -> None:
    frame = Rows(("a", "b"), ()).to_dataframe()
    assert (list(frame.columns), len(frame)) == (["a", "b"], 0)


def test_dates_beyond_pandas_and_times_of_several_zones_do_not_fail() -> None:
    rows = Rows(
        ("day", "time"),
        (
            (typed("0800-01-01", "date"), typed("2025-01-01T00:00:00Z", "dateTime")),
            (typed("9999-12-31", "date"), typed("2025-01-01T00:00:00", "dateTime")),
        ),
    )
    assert len(rows.to_dataframe()) == 2


def test_without_pandas_the_extra_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "pandas", None)
    with pytest.raises(UsageError) as caught:
        Rows(("a",), ()).to_dataframe()
    assert caught.value.hint == "pip install 'zonekg[pandas]'"


def test_a_notebook_shows_labels_beside_iris_and_escapes_both() -> None:
    engine = Embedded(
        [
            Quad(A, SKOS.prefLabel, Literal("<b>Tom & Co</b>", language="en"), G),
            Quad(A, SKOS.prefLabel, Literal("汤姆\u202e", language="zh"), G),
            Quad(B, RDFS.label, Literal("b", language="en"), G),
        ]
    )
    shown = engine.select("SELECT ?s ?o { ?s ?p ?o } ORDER BY ?s ?o")._repr_html_()
    assert "&lt;b&gt;Tom &amp; Co&lt;/b&gt; · 汤姆\\u{202e}" in shown
    assert "<b>" not in shown
    assert "\u202e" not in shown
    assert f'<a href="{A.value}">id:agent/a</a>' in shown
    assert 'href="urn' not in shown, "only IRIs of the web are links"
    assert "<p>3 rows</p>" in shown


def test_a_notebook_shows_the_first_rows_of_many() -> None:
    shown = Rows(("n", "m"), tuple((literal(n), None) for n in range(1000)))._repr_html_()
    assert shown.count("<tr>") == 201
    assert "1000 rows; the first 200 are shown" in shown


def test_a_script_cannot_come_in_by_an_iri() -> None:
    shown = Rows(("x",), ((NamedNode("javascript:alert(1)"),), (NamedNode("http://h/'onclick='x"),)))._repr_html_()
    assert 'href="javascript' not in shown
    assert "'onclick" not in shown


def test_a_query_of_the_catalogue_takes_labels_terms_and_values(graph: kg.Graph) -> None:
    name = "partnerships_of_zones_and_universities"
    all_rows = graph.query(name)
    by_label = graph.query(name, zone="晋城经开区")
    assert 0 < len(by_label) < len(all_rows)
    zone = by_label.column("zone")[0]
    assert isinstance(zone, NamedNode)
    assert graph.query(name, zone=zone) == by_label
    assert graph.query(name, zone=None) == all_rows
    assert graph.query(name, limit=1, offset=1).rows == all_rows.rows[1:2]
    assert "·" in by_label._repr_html_()


def test_what_does_not_fit_is_refused(graph: kg.Graph) -> None:
    with pytest.raises(ParameterError, match="no parameter"):
        graph.query("partnerships_of_zones_and_universities", zones="x")
    with pytest.raises(ParameterError, match="is called"):
        graph.query("partnerships_of_zones_and_universities", zone="nowhere at all")
    with pytest.raises(UsageError, match="gives rows, not triples"):
        graph.triples("partnerships_of_zones_and_universities")
    with pytest.raises(UsageError, match="gives triples, not rows"):
        graph.query("collaborations")


def test_a_network_comes_as_triples(graph: kg.Graph) -> None:
    assert len(graph.triples("collaborations")) > 10


def test_rdflib_gets_the_same_graph(graph: kg.Graph) -> None:
    dataset = graph.to_rdflib()
    query = "SELECT (COUNT(*) AS ?n) WHERE { GRAPH ?g { ?s ?p ?o } }"
    (row,) = dataset.query(query)
    assert int(row[0]) == len(graph)  # type: ignore[index]
    union = "PREFIX zkg: <https://w3id.org/zonekg/ontology#> SELECT DISTINCT ?z { ?z a zkg:DevelopmentZone }"
    assert {str(r[0]) for r in dataset.query(union)} == {  # type: ignore[index]
        term.value for term in graph.select(union).column("z") if term is not None
    }


def test_rdflib_gets_every_term_as_it_is_written() -> None:
    from kg.engine.rdf import to_rdflib

    terms = [typed("007", "integer"), Literal("a", language="zh-Hans"), Literal("x"), BlankNode("n"), A]
    dataset = to_rdflib([Quad(A, B, term, G) for term in terms] + [Quad(A, B, B)])
    assert {node.n3() for _, _, node in dataset.graph(G.value).triples((None, None, None))} == {
        '"007"^^<http://www.w3.org/2001/XMLSchema#integer>', '"a"@zh-hans', '"x"', "_:n", f"<{A.value}>",
    }  # fmt: skip
    assert len(dataset) == 6
