"""The embedded engine: SPARQL over the union of the named graphs, read-only, with errors that have a place."""

from __future__ import annotations

from datetime import UTC, date, datetime
from decimal import Decimal
from pathlib import Path

import pytest
from pyoxigraph import BlankNode, Literal, NamedNode, Quad

from kg.engine import Embedded, Engine, Rows, labels, python_value
from kg.engine.formats import to_csv, to_json
from kg.errors import DataError, DatasetMissing, QueryError, SyntaxFault
from kg.terms import literal
from kg.vocab import PREFIXES

A, B, P, G, H = (NamedNode(f"urn:{name}") for name in "abpgh")


@pytest.fixture
def engine() -> Embedded:
    return Embedded([Quad(A, P, Literal("1"), G), Quad(B, P, Literal("2"), H)])


def test_it_is_an_engine(engine: Embedded) -> None:
    assert isinstance(engine, Engine)


def test_the_default_graph_is_the_union_of_the_named_ones(engine: Embedded) -> None:
    rows = engine.select("SELECT ?s ?o WHERE { ?s ?p ?o } ORDER BY ?s")
    assert rows == Rows(("s", "o"), ((A, Literal("1")), (B, Literal("2"))))
    assert engine.select("SELECT ?g WHERE { GRAPH ?g { ?s ?p ?o } } ORDER BY ?g").column("g") == (G, H)


def test_ask_and_construct(engine: Embedded) -> None:
    assert engine.ask("ASK { ?s ?p '1' }")
    assert not engine.ask("ASK { ?s ?p '3' }")
    triples = engine.construct("CONSTRUCT { <urn:c> <urn:p> 1 } WHERE { ?s ?p ?o }")
    assert [str(triple) for triple in triples] == [
        '<urn:c> <urn:p> "1"^^<http://www.w3.org/2001/XMLSchema#integer>'
    ], "each once"


def test_a_query_of_another_form_is_refused(engine: Embedded) -> None:
    with pytest.raises(QueryError, match="SELECT is expected"):
        engine.select("ASK {}")
    with pytest.raises(QueryError, match="ASK is expected"):
        engine.ask("SELECT * {}")
    with pytest.raises(QueryError, match="CONSTRUCT"):
        engine.construct("ASK {}")


@pytest.mark.parametrize(
    "query",
    [
        "INSERT DATA { <urn:x> <urn:y> 1 }",
        "DELETE WHERE { ?s ?p ?o }",
        "LOAD <file:///etc/hostname>",
        "DROP ALL",
    ],
)
def test_a_query_cannot_write(engine: Embedded, query: str) -> None:
    with pytest.raises(QueryError):
        engine.select(query)
    assert len(engine) == 2


@pytest.mark.parametrize("word", ["SERVICE", "service", "Service SILENT"])
def test_a_query_cannot_reach_a_server(engine: Embedded, word: str) -> None:
    with pytest.raises(QueryError, match="SERVICE is refused") as caught:
        engine.select(f"SELECT * WHERE {{\n  {word} <http://localhost:1/> {{ ?s ?p ?o }} }}")
    assert str(caught.value.where) == "query:2:3"


@pytest.mark.parametrize(
    "pattern",
    [
        "SERVICE:s{ ?s ?p ?o }",
        "SERVICEa:s{ ?s ?p ?o }",
        "SERVICESILENT <http://localhost:1/> { ?s ?p ?o }",
        "?s ?p trueSERVICE <http://localhost:1/> { ?s ?p ?o }",
        "?s ?p trueSERVICE:s{ ?s ?p ?o }",
        "FILTER(1<2)SERVICE:s#>\n{ ?s ?p ?o }",
        "FILTER(1<2)#>'''\nSERVICE <http://localhost:1/> { ?s ?p ?o } #'''\n",
        "FILTER('a'<'>'&&1=1||'' ='') SERVICE <http://localhost:1/> { ?s ?p ?o } FILTER('' ='')",
    ],
)
def test_a_server_is_not_reached_where_a_tokenizer_sees_no_keyword(engine: Embedded, pattern: str) -> None:
    prefixes = "PREFIX : <http://localhost:1/> PREFIX a: <urn:a> PREFIX trueservice: <urn:t> PREFIX x000000: <urn:x> "
    with pytest.raises(QueryError, match=r"not SPARQL|SERVICE is refused"):
        engine.select(f"{prefixes}SELECT * WHERE {{ {pattern} }}")


def test_the_word_service_elsewhere_is_no_harm(engine: Embedded) -> None:
    query = """PREFIX service: <urn:service#> # SERVICE <urn:x> {}
        SELECT ?service WHERE { ?service ?p ?o FILTER(?o != "SERVICE <urn:x> {}" && ?p != service:service) }"""
    assert len(engine.select(query)) == 2


def test_an_error_has_line_and_caret(engine: Embedded) -> None:
    with pytest.raises(QueryError) as caught:
        engine.select("SELECT ?s\n# a note\nWHRE { ?s ?p ?o }")
    assert caught.value.where is not None
    assert caught.value.where.line == 3
    lines = caught.value.message.splitlines()
    assert lines[1] == "  WHRE { ?s ?p ?o }"
    assert lines[2].rstrip().endswith("^")
    assert len(caught.value.message) < 400


def test_from_reads_no_file_and_no_host(engine: Embedded) -> None:
    assert len(engine.select("SELECT * FROM <file:///etc/hostname> FROM <http://localhost:1/> { ?s ?p ?o }")) == 0


def test_from_names_the_graphs_to_read(engine: Embedded) -> None:
    assert engine.select("SELECT ?s FROM <urn:g> { ?s ?p ?o }").column("s") == (A,)
    assert len(engine.select("SELECT ?s FROM <urn:g> FROM <urn:h> { ?s ?p ?o }")) == 2
    assert len(engine.select("SELECT ?from { ?from ?p ?o } # FROM")) == 2
    assert len(engine.select("# FROM\nSELECT ?s {\n ?s ?p ?o\n # FROM <urn:g>\n}")) == 2
    assert len(engine.select('SELECT ("""\n#""" AS ?x) FROM <urn:g> { ?s ?p ?o }')) == 1


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("a.nq", "<urn:a> <urn:p> <urn:b> <urn:g> ."),
        ("a.trig", "<urn:g> { <urn:a> <urn:p> <urn:b> }"),
        ("a.ttl", "<urn:a> <urn:p> <urn:b> ."),
        ("a.nt", "<urn:a> <urn:p> <urn:b> ."),
    ],
)
def test_a_file_is_loaded_by_its_ending(tmp_path: Path, name: str, text: str) -> None:
    file = tmp_path / name
    file.write_text(text, encoding="utf-8")
    assert Embedded.load(file).ask("ASK { <urn:a> <urn:p> <urn:b> }")


def test_what_cannot_be_loaded_is_said(tmp_path: Path) -> None:
    with pytest.raises(DatasetMissing, match=r"zonekg\.nq"):
        Embedded.load(tmp_path)
    with pytest.raises(DataError, match="cannot tell the format"):
        Embedded.load(tmp_path / "a.xlsx")
    (tmp_path / "a.nq").write_text("<urn:a> <urn:p> <urn:b> <urn:g> .\n<urn:a> <urn:p> urn:b .\n", encoding="utf-8")
    with pytest.raises(SyntaxFault) as caught:
        Embedded.load(tmp_path / "a.nq")
    assert caught.value.where is not None
    assert caught.value.where.line == 2


def test_an_ill_formed_iri_is_not_loaded(tmp_path: Path) -> None:
    file = tmp_path / "a.nq"
    file.write_text("<urn:a> <urn:p> <urn:b\\u003E> .\n", encoding="utf-8")
    with pytest.raises(SyntaxFault):
        Embedded.load(file)


def test_a_folder_in_place_of_a_file_is_said(tmp_path: Path) -> None:
    (tmp_path / "zonekg.nq").mkdir()
    with pytest.raises(DataError, match="cannot be read"):
        Embedded.load(tmp_path)


def test_rows_are_a_value() -> None:
    rows = Rows(("x", "y"), ((A, None), (literal(3), literal("z"))))
    assert rows == Rows(("x", "y"), ((A, None), (literal(3), literal("z"))))
    assert list(rows) == [{"x": A, "y": None}, {"x": literal(3), "y": literal("z")}]
    assert rows.values() == [{"x": "urn:a", "y": None}, {"x": 3, "y": "z"}]
    assert rows.column("x") == (A, literal(3))
    with pytest.raises(KeyError):
        rows.column("z")


@pytest.mark.parametrize(
    ("text", "kind", "value"),
    [
        ("12", "integer", 12),
        ("2025", "gYear", 2025),
        ("1.50", "decimal", Decimal("1.50")),
        ("1e3", "double", 1000.0),
        ("1", "boolean", True),
        ("2025-12-01", "date", date(2025, 12, 1)),
        ("2025-12", "gYearMonth", "2025-12"),
        ("twelve", "integer", "twelve"),
        ("maybe", "boolean", "maybe"),
        ("x", "decimal", "x"),
        ("1_000", "integer", "1_000"),
        ("١", "integer", "١"),
        ("1e3", "decimal", "1e3"),
        ("infinity", "double", "infinity"),
        ("-INF", "double", float("-inf")),
        ("20251201", "date", "20251201"),
        ("2025-12-01T10:00:00Z", "dateTime", datetime(2025, 12, 1, 10, tzinfo=UTC)),
        ("2025-12-01", "dateTime", "2025-12-01"),
    ],
)
def test_a_literal_has_its_python_value(text: str, kind: str, value: object) -> None:
    found = python_value(Literal(text, datatype=NamedNode(PREFIXES["xsd"] + kind)))
    assert found == value
    assert type(found) is type(value)


def test_labels_come_in_the_language_asked_for_else_in_the_other() -> None:
    pref, label = NamedNode(PREFIXES["skos"] + "prefLabel"), NamedNode(PREFIXES["rdfs"] + "label")
    engine = Embedded(
        [
            Quad(A, pref, Literal("甲", language="zh"), G),
            Quad(A, pref, Literal("A", language="en"), G),
            Quad(A, label, Literal("another", language="en"), G),
            Quad(B, label, Literal("乙", language="zh"), G),
        ]
    )
    assert labels(engine, [A, B, P], "en") == {A: "A", B: "乙"}
    assert labels(engine, [A, B, P], "zh") == {A: "甲", B: "乙"}
    assert labels(engine, [], "zh") == {}


def test_rows_as_csv_and_json() -> None:
    rows = Rows(
        ("x", "y"), ((A, None), (literal(3), literal('a,"b"')), (BlankNode("n"), literal("z", language="zh")))
    )
    assert to_csv(rows) == 'x,y\r\nurn:a,\r\n3,"a,""b"""\r\n_:n,z\r\n'
    import json

    assert json.loads(to_json(rows)) == {
        "head": {"vars": ["x", "y"]},
        "results": {
            "bindings": [
                {"x": {"type": "uri", "value": "urn:a"}},
                {
                    "x": {"type": "literal", "value": "3", "datatype": PREFIXES["xsd"] + "integer"},
                    "y": {"type": "literal", "value": 'a,"b"'},
                },
                {"x": {"type": "bnode", "value": "n"}, "y": {"type": "literal", "value": "z", "xml:lang": "zh"}},
            ]
        },
    }
