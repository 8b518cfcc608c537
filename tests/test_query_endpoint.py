"""``kg query --endpoint`` and ``kg.connect``: the catalogue and one's own SPARQL, on a server."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

import kg
from kg.cli.query import command
from kg.engine import Embedded
from kg.engine.transport import Credentials
from kg.errors import DataError, EndpointError, ParameterError, QueryError, QueryTimeout, UsageError
from tests.servers import Answer, fake, oxigraph, served


@pytest.fixture(scope="module")
def address(shipped_engine: Embedded) -> Iterator[str]:
    with served("oxigraph", shipped_engine.quads()) as endpoint:
        yield endpoint.address


def query(*arguments: str) -> Result:
    result = CliRunner().invoke(command, arguments)
    if result.exception is not None and not isinstance(result.exception, SystemExit):
        raise result.exception
    return result


@pytest.mark.parametrize(
    "arguments",
    [
        ["partnerships_of_zones_and_universities", "zone=晋城经开区", "--lang", "zh"],
        ["chains_in_order", "--evidence", "--format", "csv", "--labels"],
        ["figures_planned", "--limit", "3", "--offset", "1", "--format", "json"],
        ["description_of_entity", "entity=qinghuadaxue"],
        ["--text", "SELECT ?c (COUNT(*) AS ?n) { ?s a ?c } GROUP BY ?c ORDER BY DESC(?n) ?c"],
        ["--text", "ASK { ?s a <https://w3id.org/zonekg/ontology#University> }"],
        ["--text", "SELECT (COUNT(*) AS ?n) { GRAPH <https://w3id.org/zonekg/graph/entities> { ?s ?p ?o } }"],
    ],
)
def test_the_answer_is_that_of_the_embedded_engine(arguments: list[str], address: str, shipped_folder: Path) -> None:
    there = query(*arguments, "--endpoint", address)
    here = query(*arguments, "--dataset", str(shipped_folder))
    assert there.stdout == here.stdout
    assert there.stdout.strip()


def test_explain_names_the_endpoint_and_asks_nothing() -> None:
    told = query("zones_overview", "--explain", "--endpoint", "http://127.0.0.1:1/sparql").stdout
    assert told.startswith("# where: the endpoint http://127.0.0.1:1/sparql\n")


def test_what_is_wrong_is_said(address: str) -> None:
    with pytest.raises(UsageError, match="either a dataset or an endpoint"):
        query("zones_overview", "--endpoint", address, "--dataset", "x")
    with pytest.raises(EndpointError, match="cannot be reached"):
        query("zones_overview", "--endpoint", "http://127.0.0.1:1/sparql")
    with pytest.raises(QueryError, match="SERVICE"):
        query("--text", "SELECT * { SERVICE <http://localhost/> { ?s ?p ?o } }", "--endpoint", address)
    with pytest.raises(QueryError, match="no graph of that name"):
        query("--text", "SELECT * FROM <file:///etc/passwd> { ?s ?p ?o }", "--endpoint", address)
    with pytest.raises(QueryError, match="names no graph"):
        query("--text", "SELECT * FROM </etc/passwd> { ?s ?p ?o }", "--endpoint", address)
    with pytest.raises(ParameterError, match="nowhere"):
        query("partnerships_of_zones_and_universities", "zone=nowhere", "--endpoint", address)
    with oxigraph() as empty, pytest.raises(DataError, match="holds nothing"):
        query("zones_overview", "--endpoint", empty + "/query")


def test_from_is_refused_where_the_server_passes_over_it(address: str) -> None:
    with pytest.raises(QueryError, match="passes over FROM"):
        query("--text", "SELECT * FROM <https://w3id.org/zonekg/graph/entities> { ?s ?p ?o }", "--endpoint", address)


def test_an_update_reaches_no_server(address: str) -> None:
    with pytest.raises(QueryError):
        query("--text", "DROP ALL", "--endpoint", address)
    assert kg.connect(address).ask("ASK { ?s ?p ?o }")


def test_a_slow_endpoint_ends_with_its_code() -> None:
    fine = Answer('{"head": {"vars": []}, "results": {"bindings": []}}')
    slow = Answer('{"head": {}, "boolean": true}', slow=30)
    with fake(fine, slow) as server, pytest.raises(QueryTimeout):
        query("zones_overview", "--endpoint", server.address, "--timeout", "0.5")


def test_a_library_asks_the_same(address: str, shipped_folder: Path) -> None:
    there = kg.connect(address, credentials=Credentials())
    here = kg.load(shipped_folder)
    rows = there.query("partnerships_of_zones_and_universities", zone="晋城经开区", limit=5)
    assert rows == here.query("partnerships_of_zones_and_universities", zone="晋城经开区", limit=5)
    assert len(rows)
    assert set(there.triples("description_of_entity", entity="清华大学")) == set(
        here.triples("description_of_entity", entity="清华大学")
    )
    with pytest.raises(UsageError, match="gives triples"):
        there.query("description_of_entity", entity="清华大学")


def test_a_library_opens_a_store(shipped_folder: Path, tmp_path: Path) -> None:
    Embedded.create(tmp_path / "store", shipped_folder)
    graph = kg.load(tmp_path / "store")
    assert len(graph.query("zones_overview", timeout=60)) == 5
    assert query("zones_overview", "--dataset", str(tmp_path / "store")).stdout
