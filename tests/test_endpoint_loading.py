"""Datasets put onto endpoints: in parts, resumed, counted."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.request import Request

import pytest
from click.testing import CliRunner

from kg.cli.load import command
from kg.engine import Embedded
from kg.engine.endpoint import Endpoint
from kg.engine.loading import divide, graph_store, load
from kg.engine.transport import Credentials, Reply, Transport
from kg.errors import DataError, EndpointError, UsageError, ZoneKGError
from kg.terms import BlankNode, Literal, NamedNode, Quad
from tests.servers import Answer, fake, oxigraph

G, H, P = (NamedNode(f"urn:x:y/{name}") for name in "ghp")


def numbers(count: int, graph: NamedNode = G) -> list[Quad]:
    return [Quad(NamedNode(f"urn:{at}"), P, Literal(str(at)), graph) for at in range(count)]


def tied(count: int, label: str, graph: NamedNode = G) -> list[Quad]:
    """A chain of blank nodes."""
    return [Quad(BlankNode(f"{label}{at}"), P, BlankNode(f"{label}{at + 1}"), graph) for at in range(count)]


@pytest.fixture(scope="module")
def server() -> Iterator[str]:
    with oxigraph() as address:
        yield address


@pytest.fixture
def endpoint(server: str) -> Endpoint:
    return Endpoint(server + "/query", credentials=Credentials())


def count(endpoint: Endpoint, graph: NamedNode = G) -> object:
    return endpoint.select(f"SELECT (COUNT(*) AS ?n) {{ GRAPH {graph} {{ ?s ?p ?o }} }}").values()[0]["n"]


def test_parts_never_split_a_blank_node() -> None:
    graphs = divide([*numbers(25), *tied(3, "a"), *tied(12, "b"), *tied(4, "c"), *tied(4, "d"), *numbers(1, H)], 10)
    assert [len(part.triples) for part in graphs[H]] == [1]
    parts = graphs[G]
    assert sum(len(part.triples) for part in parts) == 48
    assert [part.blank for part in parts] == sorted((part.blank for part in parts), reverse=True)
    assert all(len(part.triples) <= 10 for part in parts if not part.blank)
    homes: dict[str, set[int]] = {}
    for at, part in enumerate(parts):
        for triple in part.triples:
            for term in (triple.subject, triple.object):
                if isinstance(term, BlankNode):
                    homes.setdefault(term.value, set()).add(at)
    assert all(len(home) == 1 for home in homes.values())
    assert len(homes) == 4 + 13 + 5 + 5


def test_what_no_endpoint_would_keep_is_refused() -> None:
    with pytest.raises(DataError, match="outside named graphs"):
        divide([Quad(G, P, G)])
    with pytest.raises(DataError, match="two graphs"):
        divide([*tied(1, "a"), *tied(1, "a", H)])


def test_a_graph_is_replaced_part_by_part(endpoint: Endpoint, tmp_path: Path) -> None:
    told: list[tuple[str, int, int]] = []
    load(endpoint, divide(numbers(40), 10), journal=tmp_path / "j")
    report = load(
        endpoint,
        divide([*numbers(25), *tied(12, "b")], 10),
        journal=tmp_path / "j",
        progress=lambda *what: told.append(what),
    )
    assert (report.triples, report.kept, report.strangers) == (37, 0, ())
    assert count(endpoint) == 37
    assert told[0] == (G.value, 0, 37)
    assert told[-1] == ("counting", 37, 37)
    assert not (tmp_path / "j").exists()


@pytest.mark.parametrize("fails_at", range(6))
def test_a_load_that_broke_off_goes_on(
    fails_at: int, endpoint: Endpoint, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    graphs = divide([*numbers(25), *tied(12, "b"), *tied(9, "c"), *numbers(3, H)], 10)
    original, sent = Transport.send, 0

    def breaking(self: Transport, request: Request, **options: Any) -> Reply:
        nonlocal sent
        reply = original(self, request, **options)
        sent += 1
        if sent == fails_at + 1:  # it has arrived, and nobody heard of it
            reply.close()
            raise EndpointError("the connection broke")
        return reply

    store = graph_store(endpoint)
    monkeypatch.setattr(Transport, "send", breaking)
    with pytest.raises(EndpointError) as caught:
        load(endpoint, graphs, store=store, journal=tmp_path / "j", probe=False)
    assert "goes on" in str(caught.value.hint)
    monkeypatch.setattr(Transport, "send", original)
    report = load(endpoint, graphs, store=store, journal=tmp_path / "j", probe=False)
    assert (count(endpoint), count(endpoint, H)) == (46, 3)
    assert report.kept == {0: 0, 1: 0, 2: 21, 3: 31, 4: 41, 5: 46}[fails_at]


def test_counts_that_differ_are_said(endpoint: Endpoint, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    graphs = divide(numbers(25), 10)
    monkeypatch.setattr("kg.engine.loading._send", lambda *_, **__: None)
    endpoint_store = graph_store(endpoint)
    with pytest.raises(DataError, match="triples, not 25"):
        load(endpoint, graphs, store=endpoint_store, journal=tmp_path / "j")
    assert not (tmp_path / "j").exists(), "so that the next load begins anew"


def test_graphs_that_the_dataset_lacks_are_named(endpoint: Endpoint, tmp_path: Path) -> None:
    names = [NamedNode(f"https://w3id.org/zonekg/graph/{name}") for name in ("a", "b", "old")]
    load(endpoint, divide([q for name in names for q in numbers(1, name)]), journal=tmp_path / "j")
    report = load(endpoint, divide([q for name in names[:2] for q in numbers(1, name)]), journal=tmp_path / "j")
    assert report.strangers == ("https://w3id.org/zonekg/graph/old",)


@pytest.mark.parametrize(
    ("server_name", "path", "store"),
    [
        ("Oxigraph/0.5.13", "/query", "/store"),
        ("Virtuoso/07.20", "/sparql", "/sparql-graph-crud-auth"),
        ("Apache Jena Fuseki (5)", "/ds/sparql", "/ds/data"),
        ("", "/repositories/zone", "/repositories/zone/rdf-graphs/service"),
    ],
)
def test_where_a_server_takes_graphs(server_name: str, path: str, store: str) -> None:
    with fake(Answer('{"head": {}, "boolean": true}', headers={"Server": server_name})) as told:
        top = told.address.removesuffix("/sparql")
        assert graph_store(Endpoint(top + path, credentials=Credentials())) == top + store


def test_a_server_that_nobody_knows_needs_an_address() -> None:
    with fake(Answer('{"head": {}, "boolean": true}')) as told, pytest.raises(UsageError) as caught:
        graph_store(Endpoint(told.address, credentials=Credentials()))
    assert "--graph-store" in str(caught.value.hint)


@pytest.mark.parametrize(
    "answer",
    [
        Answer("<html><h1>Sign in</h1></html>", media_type="text/html"),
        Answer("read only", 405, "text/plain"),
        Answer("no", 403, "text/plain"),
        Answer("", 307, "text/plain", {"Location": "http://127.0.0.1:1/"}),
    ],
)
def test_an_endpoint_that_takes_nothing_is_our_error(answer: Answer, tmp_path: Path) -> None:
    with fake(answer) as told, pytest.raises(ZoneKGError):
        load(
            Endpoint(told.address, credentials=Credentials()),
            divide(numbers(1)),
            store=told.address,
            journal=tmp_path / "j",
        )


def test_a_part_with_blank_nodes_is_not_sent_twice_blindly(tmp_path: Path) -> None:
    with fake(Answer("", 503, "text/plain", {"Retry-After": "0"})) as told:
        endpoint = Endpoint(told.address, credentials=Credentials())
        graphs = divide([*tied(8, "a"), *tied(8, "b")], 10)
        noted = {"dataset": "", "parts": {G.value: 2}, "done": {G.value: 1}}
        (tmp_path / "j").write_text(json.dumps(noted), encoding="utf-8")
        with pytest.raises(EndpointError):
            load(endpoint, graphs, store=told.address, journal=tmp_path / "j")
        assert {asked.method for asked in told.asked} == {"PUT"}, "the graph begins anew"


def test_the_command_loads_an_endpoint(server: str, shipped_folder: Path, tmp_path: Path) -> None:
    state = {"XDG_STATE_HOME": str(tmp_path)}
    arguments = ["--endpoint", server + "/query", "--dataset", str(shipped_folder)]
    result = CliRunner().invoke(command, arguments, env=state)
    assert result.exit_code == 0, result.output
    total = len(Embedded.load(shipped_folder))
    assert f"{total} triples" in result.stderr
    assert list(tmp_path.rglob("*.json")) == []


def test_the_command_makes_a_store(shipped_folder: Path, tmp_path: Path) -> None:
    arguments = ["--directory", str(tmp_path / "store"), "--dataset", str(shipped_folder)]
    result = CliRunner().invoke(command, arguments)
    assert result.exit_code == 0, result.output
    assert len(Embedded.open(tmp_path / "store")) == len(Embedded.load(shipped_folder))


@pytest.mark.parametrize(
    "arguments",
    [
        [],
        ["--endpoint", "http://127.0.0.1/", "--directory", "x"],
        ["--directory", "x", "--graph-store", "http://127.0.0.1/"],
    ],
)
def test_the_command_wants_one_target(arguments: list[str]) -> None:
    result = CliRunner().invoke(command, arguments)
    assert isinstance(result.exception, UsageError)


def test_a_journal_of_another_dataset_is_not_gone_on_with(endpoint: Endpoint, tmp_path: Path) -> None:
    first, second = divide(numbers(30), 10), divide([*numbers(29), Quad(G, P, Literal("new"), G)], 10)
    journal = tmp_path / "j"
    noted = {"dataset": "first", "parts": {G.value: 3}, "done": {G.value: 2}}
    load(endpoint, first, journal=journal, dataset="first")
    journal.write_text(json.dumps(noted), encoding="utf-8")
    report = load(endpoint, second, journal=journal, dataset="second")
    assert report.kept == 0
    assert endpoint.ask(f"ASK {{ GRAPH {G} {{ {G} {P} 'new' }} }}")


def test_nothing_is_replaced_when_the_journal_cannot_be_written(endpoint: Endpoint, tmp_path: Path) -> None:
    load(endpoint, divide(numbers(3)), journal=tmp_path / "j")
    (tmp_path / "file").touch()
    with pytest.raises(UsageError) as caught:
        load(endpoint, divide(numbers(9)), journal=tmp_path / "file" / "j")
    assert "XDG_STATE_HOME" in str(caught.value.hint)
    assert count(endpoint) == 3


def test_an_address_that_answers_no_queries_is_noticed_before_anything_is_written(
    server: str, endpoint: Endpoint, tmp_path: Path
) -> None:
    load(endpoint, divide(numbers(3)), journal=tmp_path / "j")
    with pytest.raises(EndpointError, match="no result of a query"):
        load(Endpoint(server + "/", credentials=Credentials()), divide(numbers(9)), journal=tmp_path / "j")
    assert count(endpoint) == 3


def test_a_graph_kept_out_of_the_default_graph_stops_the_load(tmp_path: Path) -> None:
    with oxigraph(union=False) as address:
        apart = Endpoint(address + "/query", credentials=Credentials())
        quads = [Quad(NamedNode(f"urn:{at}"), P, G, graph) for at in range(9) for graph in (G, H)]
        with pytest.raises(EndpointError, match="out of the default graph"):
            load(apart, divide(quads), journal=tmp_path / "j")
        assert (count(apart), count(apart, H)) == (9, 0)


def test_an_empty_dataset_becomes_no_store(tmp_path: Path) -> None:
    (tmp_path / "empty.nq").touch()
    arguments = ["--directory", str(tmp_path / "store"), "--dataset", str(tmp_path / "empty.nq")]
    result = CliRunner().invoke(command, arguments)
    assert isinstance(result.exception, DataError)
    assert not (tmp_path / "store").exists()


def test_a_load_that_is_ended_leaves_nothing_behind(shipped_folder: Path, tmp_path: Path) -> None:
    code = (
        "import os, signal, sys\nfrom kg.engine import Embedded\nfrom kg.cli import main\n"
        "Embedded.read = lambda self, path: os.kill(os.getpid(), signal.SIGTERM)\nsys.exit(main(sys.argv[1:]))\n"
    )
    arguments = ["load", "--directory", str(tmp_path / "store"), "--dataset", str(shipped_folder)]
    done = subprocess.run([sys.executable, "-c", code, *arguments], check=False, capture_output=True, timeout=60)
    assert done.returncode == 143
    assert list(tmp_path.iterdir()) == []
