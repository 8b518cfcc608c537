"""A person's own SPARQL: run as it is, read-only, reaching no server and no file, with errors that have a place."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from kg import resources
from kg.cli import cli, main
from kg.engine import Embedded
from kg.engine.syntax import read_syntax, refuse_services, refuse_strange_graphs
from kg.errors import QueryError
from kg.terms import iri

GRAPH = "https://w3id.org/zonekg/graph/entities"
COUNT = "SELECT (COUNT(*) AS ?n) { ?s a <https://w3id.org/zonekg/ontology#DevelopmentZone> }"


@pytest.fixture
def run(shipped_folder: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[..., Result]:
    monkeypatch.setenv(resources.DATASET_VARIABLE, str(shipped_folder))
    return lambda *arguments, **more: CliRunner().invoke(cli, list(arguments), **more)


def test_a_query_comes_from_a_file_from_stdin_or_from_the_command_line(
    run: Callable[..., Result], tmp_path: Path
) -> None:
    file = tmp_path / "own.rq"
    file.write_text("\ufeff" + COUNT, encoding="utf-8")
    shown = [
        run("query", "--file", str(file), "--format", "csv"),
        run("query", "-", "--format", "csv", input=COUNT),
        run("query", "--text", COUNT, "--format", "csv"),
    ]
    assert {(result.exit_code, result.stdout) for result in shown} == {(0, shown[0].stdout)}
    assert int(shown[0].stdout.split()[1]) >= 5


def test_ask_construct_and_describe_are_answered(run: Callable[..., Result]) -> None:
    assert run("query", "--text", "ASK { ?s ?p ?o }").stdout == "true\n"
    assert json.loads(run("query", "--text", "ASK { ?s ?p 1, 2, 3 }", "--format", "json").stdout)["boolean"] is False
    zone = "?z a <https://w3id.org/zonekg/ontology#DevelopmentZone>"
    construct = f"CONSTRUCT {{ {zone} }} WHERE {{ {zone} }}"
    assert "a zkg:DevelopmentZone" in run("query", "--text", construct).stdout
    assert run("query", "--text", f"DESCRIBE ?z {{ {zone} }} LIMIT 1", "--format", "nt").stdout.endswith(" .\n")


def test_limit_stands_behind_the_query_or_is_refused(run: Callable[..., Result]) -> None:
    query = "SELECT ?s { ?s ?p ?o } ORDER BY ?s # a comment"
    assert len(run("query", "--text", query, "--limit", "3", "--format", "csv").stdout.splitlines()) == 4
    for end in ("LIMIT 5", "OFFSET 5", "VALUES ?s { <urn:a> }"):
        result = run("query", "--text", "SELECT ?s { ?s ?p ?o } " + end, "--limit", "3")
        assert (result.exit_code, "write them into it" in result.stderr) == (2, True)


@pytest.mark.parametrize(
    ("query", "word"),
    [
        ("INSERT DATA { <urn:a> <urn:b> <urn:c> }", "INSERT"),
        ("PREFIX x: <urn:x> # note\nDELETE WHERE { ?s ?p ?o }", "DELETE"),
        ("LOAD <file:///etc/hostname>", "LOAD"),
        ("WITH <urn:g> DELETE { ?s ?p ?o } WHERE { ?s ?p ?o }", "WITH"),
        ("CLEAR ALL", "CLEAR"),
    ],
)
def test_an_update_is_refused_by_name(query: str, word: str) -> None:
    with pytest.raises(QueryError, match=f"{word} is refused: a query only reads") as caught:
        read_syntax(query)
    assert caught.value.where is not None


def test_words_of_updates_elsewhere_are_no_harm() -> None:
    query = "# INSERT\nSELECT ?insert { ?insert ?p 'DELETE' }"
    assert read_syntax(query).form == "SELECT"


@pytest.mark.parametrize(
    "deep", ["{}", "OPTIONAL {{ {} }}", "FILTER EXISTS {{ {} }}", "{{ SELECT * {{ {} }} LIMIT 1 }}"]
)
@pytest.mark.parametrize("address", ["<http://host.example/sparql>", "s:parql", "?v"])
def test_a_server_is_found_wherever_it_stands(deep: str, address: str) -> None:
    service = deep.format(f"SERVICE SILENT {address} {{ ?s ?p ?o }}")
    syntax = read_syntax(f"PREFIX s: <http://host.example/s> SELECT * {{ ?v ?w ?x {service} }}")
    assert len(syntax.services) == 1
    with pytest.raises(QueryError, match="is refused"):
        refuse_services(syntax, ("other.example",))
    if address == "?v":
        with pytest.raises(QueryError, match="variable"):
            refuse_services(syntax, ("host.example",))
    else:
        refuse_services(syntax, ("HOST.example",))


@pytest.mark.parametrize("address", ["http://host.example@evil.example/", "http://host.example.evil/", "file:///etc"])
def test_a_host_that_only_looks_allowed_is_not(address: str) -> None:
    with pytest.raises(QueryError, match="SERVICE"):
        refuse_services(read_syntax(f"SELECT * {{ SERVICE <{address}> {{ ?s ?p ?o }} }}"), ("host.example",))


def test_the_embedded_engine_asks_no_server_even_when_allowed(run: Callable[..., Result]) -> None:
    query = "SELECT * { SERVICE <http://localhost:1/> { ?s ?p ?o } }"
    refused = run("query", "--text", query)
    assert refused.exit_code == 3
    assert "--allow-service localhost" in refused.stderr
    allowed = run("query", "--text", query, "--allow-service", "localhost:1")
    assert allowed.exit_code == 3
    assert "SERVICE is refused" in allowed.stderr


def test_from_names_graphs_of_the_dataset_only(shipped_engine: Embedded) -> None:
    head = f"BASE <https://w3id.org/zonekg/graph/> SELECT * FROM <entities> FROM NAMED <{GRAPH}> "
    syntax = read_syntax(head + "{ ?s ?p ?o }")
    assert syntax.graphs == (iri(GRAPH), iri(GRAPH))
    refuse_strange_graphs(syntax, shipped_engine)
    for address in ("file:///etc/hostname", "http://localhost:1/data", "https://w3id.org/zonekg/graph/no"):
        with pytest.raises(QueryError, match="has no graph of that name"):
            refuse_strange_graphs(read_syntax(f"ASK FROM <{address}> {{ ?s ?p ?o }}"), shipped_engine)


@pytest.mark.parametrize(
    ("query", "place"),
    [
        ("SELECT ?s\n# 注释\nWHRE { ?s ?p ?o }", "own:3:"),
        ("SELECT ?s {\n  ?s ?p\n}", "own:3:"),
        ("", "own:1:1"),
    ],
)
def test_an_error_has_line_and_caret(query: str, place: str) -> None:
    with pytest.raises(QueryError) as caught:
        read_syntax(query, name="own")
    assert str(caught.value.where).startswith(place)
    assert caught.value.message.splitlines()[-1].strip() == "^"


def test_what_the_engine_refuses_has_the_place_in_the_persons_file(
    run: Callable[..., Result], tmp_path: Path
) -> None:
    file = tmp_path / "own.rq"
    file.write_text("SELECT *\n{ ?s foo:bar ?o }", encoding="utf-8")
    result = run("query", "--file", str(file))
    assert result.exit_code == 3
    assert f"at: {file}:2:" in result.stderr
    assert "  { ?s foo:bar ?o }\n" in result.stderr


@pytest.mark.parametrize("query", ["SELECT * { " + "{" * 3000 + "}" * 3000 + " }", "x" * 2_000_000])
def test_a_monstrous_text_is_refused(query: str) -> None:
    with pytest.raises(QueryError):
        read_syntax(query)


@pytest.mark.parametrize(
    ("arguments", "code", "message"),
    [
        (["query"], 2, "which query?"),
        (["query", "--text", "ASK {}", "--file", "x.rq"], 2, "only one of"),
        (["query", "zones_overview", "--text", "ASK {}"], 2, "go with a query of the catalogue"),
        (["query", "zones_overview", "--allow-service", "x"], 2, "--allow-service goes with"),
        (["query", "--file", "nowhere.rq"], 3, "cannot be read"),
        (["query", "--text", "ASK {}", "--format", "csv"], 2, "gives an answer"),
        (["query", "--text", "DROP ALL"], 3, "DROP is refused"),
        (["query", "zones_overview", "--csv-bom"], 2, "--csv-bom goes with"),
    ],
)
def test_exit_codes(
    run: Callable[..., Result], capsys: pytest.CaptureFixture[str], arguments: list[str], code: int, message: str
) -> None:
    assert main(arguments) == code
    assert message in capsys.readouterr().err


def test_explain_prints_a_query_that_runs(run: Callable[..., Result], shipped_engine: Embedded) -> None:
    name = "partnerships_of_zones_and_universities"
    shown = run("query", name, "zone=晋城经开区", "--explain", "--limit", "2").stdout
    assert shown.startswith("# where: the embedded engine, on ")
    assert len(shipped_engine.select(shown)) == 2
    assert "VALUES ?zone { <https://w3id.org/zonekg/id/place/" in shown


def test_evidence_is_a_column_of_passages(run: Callable[..., Result]) -> None:
    query = "SELECT ?c { ?c a <https://w3id.org/zonekg/ontology#Collaboration> } ORDER BY ?c"
    rows = list(csv.DictReader(io.StringIO(run("query", "--text", query, "--evidence", "--format", "csv").stdout)))
    assert len(rows) > 5
    assert all("/source/" in row["evidence"] for row in rows)
    shown = run("query", "partnerships_of_zones_and_universities", "--evidence", "--format", "csv").stdout
    assert next(csv.reader(io.StringIO(shown)))[-1] == "evidence"


def test_out_is_written_whole_in_the_format_of_its_ending(run: Callable[..., Result], tmp_path: Path) -> None:
    file = tmp_path / "rows.csv"
    result = run("query", "--text", COUNT, "--out", str(file), "--csv-bom")
    assert (result.exit_code, result.stdout) == (0, "")
    assert "wrote 1 row to" in result.stderr
    assert file.read_bytes().startswith(b"\xef\xbb\xbfn\r\n")
    for ending, start in ((".xlsx", b"PK"), (".parquet", b"PAR1"), (".html", b"<!DOCTYPE"), (".md", b"| n |")):
        path = file.with_suffix(ending)
        assert run("query", "--text", COUNT, "--out", str(path)).exit_code == 0
        assert path.read_bytes().startswith(start)
