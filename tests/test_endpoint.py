"""The engine that is elsewhere, against a server that fails in every way that servers do."""

from __future__ import annotations

import base64
import email.utils
import json
import time
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import pytest

from kg.engine import Engine, connect
from kg.engine.endpoint import Endpoint
from kg.engine.transport import PASSWORD, TOKEN, USER, Credentials
from kg.errors import EndpointError, QueryError, QueryTimeout, UsageError
from kg.terms import XSD, BlankNode, Literal, NamedNode, Triple
from tests.servers import Answer, Fake, fake, free_port

NOBODY = Credentials()
SELECT = "SELECT ?a WHERE { ?a ?b ?c }"


def results(*cells: dict[str, object], columns: tuple[str, ...] = ("a",)) -> Answer:
    """An answer of rows."""
    return Answer(json.dumps({"head": {"vars": columns}, "results": {"bindings": cells}}, ensure_ascii=False))


ONE = results({"a": {"type": "uri", "value": "urn:a"}})


def at(server: Fake, **options: object) -> Endpoint:
    """The engine for a fake server; it never sleeps, but notes how long it would have."""
    return Endpoint(server.address, **{"credentials": NOBODY, "timeout": 20, **options})  # type: ignore[arg-type]


@pytest.fixture
def pauses(monkeypatch: pytest.MonkeyPatch) -> list[float]:
    """How long is slept between attempts, which here takes no time."""
    found: list[float] = []
    original = Endpoint.__init__

    def noting(self: Endpoint, *args: object, **options: object) -> None:
        original(self, *args, **options)  # type: ignore[arg-type]
        object.__setattr__(self.transport, "sleep", found.append)

    monkeypatch.setattr(Endpoint, "__init__", noting)
    return found


@pytest.fixture(autouse=True)
def _no_credentials(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in (TOKEN, USER, PASSWORD, "http_proxy", "HTTP_PROXY", "all_proxy", "ALL_PROXY"):
        monkeypatch.delenv(name, raising=False)


def test_rows_are_terms() -> None:
    integer = XSD + "integer"
    answer = results(
        {
            "a": {"type": "uri", "value": "urn:a"},
            "b": {"type": "literal", "value": "甲", "xml:lang": "zh"},
            "c": {"type": "literal", "value": "007", "datatype": integer},
            "d": {"type": "bnode", "value": "n1"},
        },
        {
            "c": {"type": "typed-literal", "value": "7", "datatype": integer},
            "b": {"type": "literal", "value": "x\ny"},
        },
        columns=("a", "b", "c", "d", "e"),
    )
    with fake(answer) as server:
        engine = at(server)
        assert isinstance(engine, Engine)
        rows = engine.select(SELECT)
    seven = Literal("007", datatype=NamedNode(integer))
    assert rows.columns == ("a", "b", "c", "d", "e")
    assert rows.rows == (
        (NamedNode("urn:a"), Literal("甲", language="zh"), seven, BlankNode("n1"), None),
        (None, Literal("x\ny"), Literal("7", datatype=NamedNode(integer)), None, None),
    )
    assert rows.engine is engine


def test_ask_and_construct() -> None:
    with fake(Answer('{"head": {}, "boolean": true}')) as server:
        assert at(server).ask("ASK {}")
    triple = "<urn:a> <urn:p> <urn:b> .\n"
    with fake(Answer(triple * 2, media_type="application/n-triples")) as server:
        found = at(server).construct("CONSTRUCT WHERE { ?a ?b ?c }")
        assert "n-triples" in server.asked[0].headers["accept"]
    assert found == (Triple(NamedNode("urn:a"), NamedNode("urn:p"), NamedNode("urn:b")),), "each once"


def test_a_short_query_is_got_and_a_long_one_posted() -> None:
    with fake(ONE) as server:
        at(server).select(SELECT)
        at(server).select(SELECT + " # 长" * 500)
        got, posted = server.asked
    assert got.method == "GET"
    assert parse_qs(urlsplit(got.path).query) == {"query": [SELECT]}
    assert got.headers["accept"] == "application/sparql-results+json"
    assert got.headers["user-agent"].startswith("zonekg/")
    assert posted.method == "POST"
    assert posted.headers["content-type"] == "application/x-www-form-urlencoded"
    assert parse_qs(posted.body.decode("ascii")) == {"query": [SELECT + " # 长" * 500]}


@pytest.mark.parametrize(
    "query",
    [
        "# what we insert\nINSERT",
        "SELECT ?a # then insert { it\nWHERE { ?a ?b ?c }",
        "PREFIX a: <urn:x#> # delete\nINSERT DATA { a:b a:b a:b }",
        "BASE <urn:drop#>\n#LOAD\nSELECT * {}",
    ],
)
@pytest.mark.parametrize("padding", ["", " " * 4000])
def test_every_text_is_sent_as_a_query_never_as_an_update(query: str, padding: str) -> None:
    with fake(ONE) as server:
        at(server).select(query + padding)
        (asked,) = server.asked
    sent = parse_qs(urlsplit(asked.path).query or asked.body.decode("ascii"))
    assert sent == {"query": [query + padding]}


def test_parameters_of_the_address_are_kept() -> None:
    with fake(ONE) as server:
        Endpoint(server.address + "?db=a%26b", credentials=NOBODY).select(SELECT)
        assert parse_qs(urlsplit(server.asked[0].path).query) == {"query": [SELECT], "db": ["a&b"]}
        with pytest.raises(UsageError, match="the parameter query"):
            Endpoint(server.address + "?query=x", credentials=NOBODY).select(SELECT)


@pytest.mark.parametrize(
    "address",
    [
        "",
        "x",
        "ftp://127.0.0.1/",
        "http://",
        "http://127.0.0.1:x/",
        "http://h/#f",
        "http://经/",
        "file:///etc/hostname",
    ],
)
def test_what_is_no_address_is_refused(address: str) -> None:
    with pytest.raises(UsageError):
        Endpoint(address)


def test_a_password_in_the_address_is_refused_and_not_repeated() -> None:
    with pytest.raises(UsageError) as caught:
        Endpoint("http://me:secret@127.0.0.1/sparql")
    assert "secret" not in caught.value.report()


def test_credentials_come_from_the_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(TOKEN, "a.b-c")
    with fake(ONE) as server:
        engine = Endpoint(server.address)
        engine.select(SELECT)
        assert server.asked[0].headers["authorization"] == "Bearer a.b-c"
    assert "a.b-c" not in repr(engine.transport)
    monkeypatch.setenv(TOKEN, "")
    monkeypatch.setenv(USER, "me")
    with pytest.raises(UsageError, match="go together"):
        Endpoint("http://127.0.0.1/")
    monkeypatch.setenv(PASSWORD, "秘密")
    with fake(ONE) as server:
        Endpoint(server.address).select(SELECT)
        expected = base64.b64encode("me:秘密".encode()).decode()
        assert server.asked[0].headers["authorization"] == f"Basic {expected}"
    monkeypatch.setenv(TOKEN, "x")
    with pytest.raises(UsageError, match="either"):
        Endpoint("http://127.0.0.1/")


@pytest.mark.parametrize("token", ["a b", "a\r\nX-Evil: 1", "é"])
def test_a_token_cannot_break_out_of_its_header(token: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(TOKEN, token)
    with pytest.raises(UsageError, match="no token"):
        Endpoint("http://127.0.0.1/")


def test_a_digest_is_given_where_the_server_wants_one() -> None:
    challenge = Answer(
        "who?", 401, "text/plain", {"WWW-Authenticate": 'Digest realm="r", nonce="n", qop="auth", algorithm=MD5'}
    )
    silent = Answer("", 401, "text/plain")
    with fake(silent, challenge, ONE) as server:
        assert len(at(server, credentials=Credentials(user="me", password="secret")).select(SELECT)) == 1
        schemes = [asked.headers.get("authorization", "").partition(" ")[0] for asked in server.asked]
        assert schemes == ["Basic", "", "Digest"]
    with fake(challenge, ONE) as server:
        assert len(at(server, credentials=Credentials(user="me", password="secret")).select(SELECT)) == 1
        assert server.asked[1].headers["authorization"].startswith('Digest username="me"')


@pytest.mark.parametrize("status", [401, 403])
def test_who_is_not_let_in_hears_which_variables_say_who_asks(status: int) -> None:
    with fake(Answer("go away", status, "text/plain")) as server, pytest.raises(EndpointError) as caught:
        at(server).select(SELECT)
    assert TOKEN in str(caught.value.hint)
    assert "go away" in caught.value.message


@pytest.mark.parametrize("status", [429, 502, 503])
def test_a_busy_server_is_asked_again(status: int, pauses: list[float]) -> None:
    with fake(Answer("later", status, "text/plain"), Answer("later", status, "text/plain"), ONE) as server:
        assert len(at(server).select(SELECT)) == 1
        assert len(server.asked) == 3
    assert pauses == [0.5, 1.0]


@pytest.mark.parametrize("status", [429, 502, 503])
def test_a_server_that_stays_busy_is_our_error(status: int, pauses: list[float]) -> None:
    with fake(Answer("<b>too</b> many", status, "text/html", {"Retry-After": "3"})) as server:
        with pytest.raises(EndpointError, match=f"busy .HTTP {status}, asked 4 times.: too many") as caught:
            at(server).select(SELECT)
        assert server.address in caught.value.message
    assert pauses == [3, 3, 3]
    assert caught.value.hint == "try in 3 s"


def test_retry_after_may_be_a_date(pauses: list[float]) -> None:
    moment = email.utils.formatdate(time.time() + 7, usegmt=True)
    with fake(Answer("", 503, "text/plain", {"Retry-After": moment}), ONE) as server:
        at(server).select(SELECT)
    assert 4 < pauses[0] <= 7


def test_nobody_waits_longer_than_the_timeout(pauses: list[float]) -> None:
    with (
        fake(Answer("", 429, "text/plain", {"Retry-After": "3600"})) as server,
        pytest.raises(EndpointError, match="asked once") as caught,
    ):
        at(server).select(SELECT)
    assert len(server.asked) == 1
    assert pauses == []
    assert caught.value.hint == "try in 3600 s"


@pytest.mark.parametrize("status", [400, 404, 406, 410, 414, 418, 500, 504])
def test_other_refusals_are_our_errors_at_once(status: int) -> None:
    with (
        fake(Answer("\x1b[31mno\nsuch thing", status, "text/plain")) as server,
        pytest.raises(EndpointError, match=f"HTTP {status}") as caught,
    ):
        at(server).select(SELECT)
    assert len(server.asked) == 1
    assert "\x1b" not in caught.value.message
    assert "such thing" in caught.value.message


def test_a_fault_that_we_find_too_is_shown_with_its_caret() -> None:
    with fake(Answer("Error SP030", 400, "text/plain")) as server, pytest.raises(QueryError) as caught:
        at(server).select("SELECT ?a\nWHRE { }")
    assert str(caught.value.where) == "query:2:6"


@pytest.mark.parametrize("code", [301, 302, 303, 307, 308])
@pytest.mark.parametrize("query", [SELECT, SELECT + " " * 3000])
def test_redirects_are_told_not_followed(code: int, query: str) -> None:
    with fake(ONE) as other, fake(Answer("", code, "text/plain", {"Location": other.address})) as server:
        with pytest.raises(EndpointError, match="has moved") as caught:
            at(server, credentials=Credentials(token="secret")).select(query)
        assert other.asked == []
        assert other.address in str(caught.value.hint)


@pytest.mark.parametrize("media_type", ["text/html; charset=utf-8", "application/xhtml+xml", "text/plain"])
@pytest.mark.parametrize("method", ["select", "ask", "construct"])
def test_a_page_with_200_is_no_answer(media_type: str, method: str) -> None:
    page = "<html><style>b {}</style><body><h1>Sorry</h1> we are down</body></html>"
    with fake(Answer(page, media_type=media_type)) as server:
        with pytest.raises(EndpointError, match=r"Sorry|ill-formed") as caught:
            getattr(at(server), method)(SELECT)
        assert server.address in caught.value.message


@pytest.mark.parametrize("body", ["", "{}", "[]", "null", "<html>", '{"head": {"vars": ["a"]}}', '{"a": 1} {"b": 2}'])
def test_what_says_that_it_is_json_and_is_none_is_no_answer(body: str) -> None:
    with fake(Answer(body)) as server, pytest.raises(EndpointError, match="ill-formed"):
        at(server).select(SELECT)


ROW = {"a": {"type": "uri", "value": "urn:a"}}


@pytest.mark.parametrize("kept", [1, 20, 45, 70, 100, 5000, 99_000])
@pytest.mark.parametrize("honest", [True, False])
def test_a_truncated_answer_is_our_error(kept: int, honest: bool) -> None:
    whole = results(*[ROW] * 4000).body
    assert isinstance(whole, str)
    with (
        fake(Answer(whole[:kept], claimed=None if honest else len(whole))) as server,
        pytest.raises(EndpointError, match=r"cut off|broke off"),
    ):
        at(server).select(SELECT)


def test_a_graph_that_stops_between_two_lines_is_our_error() -> None:
    line = "<urn:a> <urn:p> <urn:b> .\n"
    with (
        fake(Answer(line, media_type="application/n-triples", claimed=len(line) * 2)) as server,
        pytest.raises(EndpointError, match="26 bytes early"),
    ):
        at(server).construct("CONSTRUCT WHERE { ?a ?b ?c }")


def test_a_server_that_is_silent_is_a_timeout_that_names_it() -> None:
    with fake(Answer(slow=30)) as server:
        start = time.monotonic()
        with pytest.raises(QueryTimeout, match=r"did not answer in 0\.3 s") as caught:
            at(server, timeout=0.3).select(SELECT)
        assert time.monotonic() - start < 5
        assert server.address in caught.value.message
        with pytest.raises(QueryTimeout, match=r"0\.2 s"):
            at(server).select(SELECT, timeout=0.2)


def test_a_server_that_trickles_is_a_timeout_too() -> None:
    body = results(*[ROW] * 100).body
    with fake(Answer(body, trickle=0.05)) as server:
        start = time.monotonic()
        with pytest.raises(QueryTimeout):
            at(server, timeout=0.5).select(SELECT)
        assert time.monotonic() - start < 5


@pytest.mark.parametrize("seconds", [0, -1, float("nan"), float("inf")])
def test_a_time_that_is_none_is_refused(seconds: float) -> None:
    with fake(ONE) as server, pytest.raises(UsageError, match="timeout"):
        at(server).select(SELECT, timeout=seconds)


def test_nobody_there_is_our_error() -> None:
    address = f"http://127.0.0.1:{free_port()}/sparql"
    with pytest.raises(EndpointError, match="cannot be reached: Connection refused") as caught:
        Endpoint(address, credentials=NOBODY).select(SELECT)
    assert address in caught.value.message


def test_a_part_of_the_answer_is_no_answer() -> None:
    for headers in ({"X-SPARQL-MaxRows": "10000"}, {"X-SQL-State": "S1TAT", "X-SQL-Message": "timed out"}):
        with fake(Answer(ONE.body, headers=headers)) as server, pytest.raises(EndpointError, match="left out a part"):
            at(server).select(SELECT)


def test_an_answer_of_another_form_is_said() -> None:
    boolean, triples = Answer('{"head": {}, "boolean": false}'), Answer("", media_type="text/turtle")
    for answer, method, expected in (
        (boolean, "select", "SELECT is expected"),
        (triples, "select", "SELECT is expected"),
        (ONE, "ask", "ASK is expected"),
        (ONE, "construct", "CONSTRUCT or DESCRIBE is expected"),
    ):
        with fake(answer) as server, pytest.raises(QueryError, match=expected):
            getattr(at(server), method)(SELECT)


def test_half_a_character_is_refused_here() -> None:
    with fake(ONE) as server:
        with pytest.raises(QueryError, match="half a character"):
            at(server).select("SELECT ('\ud800' AS ?a) {}")
        assert server.asked == []


def test_the_probe_says_which_setting_is_missing() -> None:
    graph = {"type": "uri", "value": "urn:g"}
    unseen = results({"g": graph}, columns=("g", "seen"))
    assert isinstance(unseen.body, str)
    for server_name, hint in (
        ("Oxigraph/0.5.13", "--union-default-graph"),
        ("Apache Jena Fuseki", "tdb2:unionDefaultGraph"),
        ("Stardog", "query.all.graphs"),
        ("thing", "Oxigraph --union-default-graph; Fuseki"),
    ):
        with (
            fake(Answer(unseen.body, headers={"Server": server_name})) as server,
            pytest.raises(EndpointError, match=r"out of the default graph, .*urn:g") as caught,
        ):
            connect(None, server.address)
        assert hint in str(caught.value.hint)
    with fake(unseen) as server:
        assert isinstance(connect(endpoint=server.address, probe=False), Endpoint)
        assert server.asked == []
    seen = results({"g": graph, "seen": {"type": "uri", "value": "urn:p"}}, columns=("g", "seen"))
    for good in (seen, results(columns=("g", "seen"))):
        with fake(good) as server:
            connect(endpoint=server.address)


def test_a_dataset_and_an_endpoint_at_once_are_refused(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="either"):
        connect(tmp_path, "http://127.0.0.1/")
