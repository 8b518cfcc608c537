"""Rows, answers and triples as files: read back by other programs, they are what they were."""

from __future__ import annotations

import csv
import io
import json
import sys
from datetime import date, datetime
from decimal import Decimal

import openpyxl
import pyarrow.parquet as pq
import pyoxigraph
import pytest
from pyoxigraph import QueryResultsFormat, QuerySolutions, RdfFormat, parse_query_results

from kg.cli.output import write_answer, write_triples
from kg.engine import Rows
from kg.engine.formats import to_csv, to_json, to_tsv, to_xml
from kg.engine.formats.columnar import to_parquet
from kg.engine.formats.people import iris_of, to_html, to_markdown
from kg.engine.formats.workbook import to_xlsx
from kg.errors import UsageError
from kg.terms import XSD, BlankNode, Literal, NamedNode, Triple, iri, literal

A, B = iri("https://w3id.org/zonekg/id/agent/a"), iri("urn:x?a=1&b='2'")
NASTY = [
    "",
    "a\tb",
    'q"uo,te',
    "line\nfeed",
    "back\\slash \\u0041",
    "<b>&amp;</b>]]>",
    "=1+1",
    "@x",
    "-1",
    "+2",
    "中文 𝔘",
]


def typed(text: str, kind: str) -> Literal:
    return Literal(text, datatype=NamedNode(XSD + kind))


ROWS = Rows(
    ("a", "b", "c"),
    (
        *((A, Literal(text), Literal(text, language="zh")) for text in NASTY),
        (B, BlankNode("n1"), None),
        (None, typed("007", "integer"), typed("1e3", "double")),
        (None, None, None),
    ),
)


@pytest.mark.parametrize(
    ("text", "form"),
    [
        (to_json(ROWS), QueryResultsFormat.JSON),
        (to_xml(ROWS), QueryResultsFormat.XML),
        (to_tsv(ROWS), QueryResultsFormat.TSV),
    ],
)
def test_the_formats_of_sparql_are_read_back_by_another_reader(text: str, form: QueryResultsFormat) -> None:
    read = parse_query_results(text.encode(), format=form)
    assert isinstance(read, QuerySolutions)
    rows = [tuple(row) for row in read]
    if form == QueryResultsFormat.TSV:  # the format lets a reader take numbers by their value
        assert len(rows) == len(ROWS)
        assert rows[: len(NASTY)] == list(ROWS.rows[: len(NASTY)])
        return
    assert rows == list(ROWS.rows)


def test_a_carriage_return_survives_xml() -> None:
    rows = Rows(("x",), ((Literal("a\r\nb"),),))
    read = parse_query_results(to_xml(rows).encode(), format=QueryResultsFormat.XML)
    assert isinstance(read, QuerySolutions)
    assert [tuple(row) for row in read] == list(rows.rows)


def test_what_xml_cannot_hold_is_refused_by_name() -> None:
    with pytest.raises(UsageError, match=r"column x: XML has no character U\+0001"):
        to_xml(Rows(("x",), ((Literal("a\x01"),),)))


def test_csv_keeps_values_as_they_are() -> None:
    read = list(csv.reader(io.StringIO(to_csv(ROWS), newline="")))
    assert read[0] == ["a", "b", "c"]
    assert [row[1] for row in read[1 : len(NASTY) + 1]] == NASTY
    assert read[len(NASTY) + 1] == [B.value, "_:n1", ""]


def test_tsv_has_a_cell_for_each_column_whatever_is_in_it() -> None:
    assert {line.count("\t") for line in to_tsv(ROWS).splitlines()} == {2}
    assert to_tsv(ROWS).startswith("?a\t?b\t?c\n")


@pytest.mark.parametrize("answer", [True, False])
def test_an_answer_is_a_boolean(answer: bool) -> None:
    assert json.loads(write_answer(answer, "json"))["boolean"] is answer
    read = parse_query_results(write_answer(answer, "xml"), format=QueryResultsFormat.XML)
    assert bool(read) is answer
    assert write_answer(answer, "table").decode().strip() == str(answer).lower()


def test_markdown_has_labels_that_link_and_no_markup_from_values() -> None:
    rows = Rows(
        ("x_y", "z"), ((A, Literal("a|b <i>*c*</i>\nd`")), (B, None), (Literal(f"{A.value} {A.value}"), None))
    )
    assert iris_of(rows) == {A, B}
    lines = to_markdown(rows, {A: "Tom [&] Co"}).splitlines()
    assert lines[:2] == ["| x\\_y | z |", "| --- | --- |"]
    link = "[Tom \\[\\&\\] Co](<https://w3id.org/zonekg/id/agent/a>)"
    assert lines[2] == f"| {link} | a\\|b \\<i\\>\\*c\\*\\</i\\><br>d\\` |"
    assert "](" not in lines[3], "only IRIs of the web are links"
    assert lines[4] == f"| {link}<br>{link} |  |"


def test_html_is_a_page_that_runs_nothing() -> None:
    rows = Rows(("x",), ((Literal("<script>alert(1)</script>\u202e"),), (NamedNode("javascript:x"),), (A,)))
    page = to_html(rows, {A: "Tom & Co"}, lang="zh", title="<t>")
    assert "<script" not in page
    assert "\u202e" not in page
    assert "<title>&lt;t&gt;</title>" in page
    assert 'href="javascript' not in page
    assert f'<a href="{A.value}">Tom &amp; Co</a>' in page


def test_a_workbook_has_types_and_no_formulas() -> None:
    terms = [
        literal(3), literal(Decimal("1.5")), literal(True), literal(date(2025, 12, 1)),
        literal(datetime(2025, 1, 1, 12)),  # noqa: DTZ001
        Literal("=1+1"), Literal("a\x1bb_x0041_"), typed("1" * 20, "integer"), typed("1850-01-01", "date"),
        typed("2025-01-01T00:00:00Z", "dateTime"), A, None, typed("NaN", "double"),
    ]  # fmt: skip
    rows = Rows(("=head",), tuple((term,) for term in terms))
    sheet = openpyxl.load_workbook(io.BytesIO(to_xlsx(rows, title="a" * 40))).active
    assert sheet is not None
    cells = [row[0] for row in sheet.iter_rows()]
    assert [cell.value for cell in cells] == [
        "=head", 3, 1.5, True, datetime(2025, 12, 1), datetime(2025, 1, 1, 12),  # noqa: DTZ001
        "=1+1", "a_x001B_b_x005F_x0041_", "1" * 20,
        "1850-01-01", "2025-01-01T00:00:00Z", A.value, None, "NaN",
    ]  # fmt: skip
    assert "f" not in {cell.data_type for cell in cells}
    assert sheet.freeze_panes == "A2"


def test_what_does_not_fit_into_a_cell_is_refused() -> None:
    with pytest.raises(UsageError, match="column x: a cell holds 32767 characters"):
        to_xlsx(Rows(("x",), ((Literal("x" * 32_768),),)))


def test_parquet_has_a_type_for_each_column() -> None:
    rows = Rows(
        ("int", "dec", "dbl", "yes", "day", "time", "text", "mixed", "none", "long"),
        (
            (literal(3), typed("1.50", "decimal"), literal(0.5), literal(True), literal(date(2025, 12, 1)),
             typed("2025-01-01T08:00:00+08:00", "dateTime"), A, literal(1), None, typed("9" * 40, "decimal")),
            (None, literal(12), None, None, None, None, None, Literal("a"), None, None),
        ),
    )  # fmt: skip
    table = pq.read_table(io.BytesIO(to_parquet(rows)))
    types = {field.name: str(field.type) for field in table.schema}
    assert types == {
        "int": "int64", "dec": "decimal128(4, 2)", "dbl": "double", "yes": "bool", "day": "date32[day]",
        "time": "timestamp[us, tz=UTC]", "text": "string", "mixed": "string", "none": "string", "long": "string",
    }  # fmt: skip
    assert table["dec"].to_pylist() == [Decimal("1.50"), Decimal(12)]
    assert table["mixed"].to_pylist() == ["1", "a"]


def test_no_rows_are_a_file_too() -> None:
    empty = Rows(("a", "b"), ())
    assert pq.read_table(io.BytesIO(to_parquet(empty))).column_names == ["a", "b"]
    assert openpyxl.load_workbook(io.BytesIO(to_xlsx(empty))).active is not None
    assert to_csv(empty) == "a,b\r\n"


@pytest.mark.parametrize(("module", "write"), [("openpyxl", to_xlsx), ("pyarrow", to_parquet)])
def test_without_the_extra_it_is_named(monkeypatch: pytest.MonkeyPatch, module: str, write: object) -> None:
    monkeypatch.setitem(sys.modules, module, None)
    with pytest.raises(UsageError) as caught:
        write(ROWS)  # type: ignore[operator]
    assert "pip install 'zonekg[" in (caught.value.hint or "")


@pytest.mark.parametrize(
    ("form", "read"),
    [
        ("turtle", RdfFormat.TURTLE),
        ("nt", RdfFormat.N_TRIPLES),
        ("jsonld", RdfFormat.JSON_LD),
        ("trig", RdfFormat.TRIG),
    ],
)
def test_triples_are_read_back_and_are_always_the_same_bytes(form: str, read: RdfFormat) -> None:
    triples = tuple(Triple(A, iri("urn:p"), Literal(text)) for text in NASTY)
    data = write_triples(triples, form)
    assert {quad.triple for quad in pyoxigraph.parse(data, format=read)} == set(triples)
    assert write_triples(tuple(reversed(triples)), form) == data


def test_blank_nodes_can_be_written_too() -> None:
    data = write_triples((Triple(BlankNode("x"), iri("urn:p"), BlankNode("y")),), "turtle")
    assert len(list(pyoxigraph.parse(data, format=RdfFormat.TURTLE))) == 1
