"""The engine that is elsewhere: any SPARQL 1.1 Protocol endpoint, asked through SPARQLWrapper.

SPARQLWrapper writes the requests; sending them and reading the answers is ours (``transport``), and so is what a
query is: SPARQLWrapper guesses its form from the text, and takes a SELECT whose comment ends in a word like INSERT
for an update.
"""

from __future__ import annotations

import re
import urllib.request
from typing import NoReturn
from urllib.parse import parse_qsl, quote_plus, urlsplit, urlunsplit

from pyoxigraph import (
    QueryBoolean,
    QueryResultsFormat,
    QuerySolutions,
    RdfFormat,
    parse,
    parse_query_results,
)

from kg import __version__
from kg.engine.deviations import PASSES_OVER_FROM, VIRTUOSO_ASKED, VIRTUOSO_BLANK
from kg.engine.embedded import Embedded, reads_from
from kg.engine.rows import Rows
from kg.engine.transport import Credentials, Reply, Transport, checked_address, said
from kg.errors import EndpointError, QueryError, QueryTimeout, UsageError
from kg.terms import Triple

_NUL = re.compile(r"\x00|\\u0000|\\U00000000")
_LONGEST_GET = 2000  # characters of the query, encoded; some servers and proxies refuse addresses not much longer
_RESULTS = ("application/sparql-results+json", "application/json", "text/json", "")
_GRAPHS = {
    "application/n-triples": RdfFormat.N_TRIPLES,
    "text/turtle": RdfFormat.TURTLE,
    "application/x-turtle": RdfFormat.TURTLE,
    "text/plain": RdfFormat.N_TRIPLES,
    "text/rdf+n3": RdfFormat.TURTLE,
}
_RESULTS_WANTED = _RESULTS[0]
_GRAPHS_WANTED = "application/n-triples, text/turtle;q=0.8"
# A triple of some named graph, and whether the default graph has it too.
_PROBE = """SELECT ?g ?seen WHERE {
  { SELECT ?g ?s ?p ?o WHERE { GRAPH ?g { ?s ?p ?o FILTER(ISIRI(?s) && ISIRI(?o)) } } LIMIT 1 }
  OPTIONAL { ?s ?seen ?o FILTER(?seen = ?p) }
}"""
# Beginning of the header Server, or of a name in the address → the setting that makes the default graph the union.
_SETTINGS = {
    "oxigraph": "start it with --union-default-graph",
    "jena": "set tdb2:unionDefaultGraph true (or tdb:unionDefaultGraph) in its configuration",
    "fuseki": "set tdb2:unionDefaultGraph true (or tdb:unionDefaultGraph) in its configuration",
    "stardog": "set query.all.graphs=true on the database",
}
_ANY_SETTING = (
    "its default graph should be the union of its named graphs: Oxigraph --union-default-graph; "
    "Fuseki tdb2:unionDefaultGraph true; Stardog query.all.graphs=true; others have it so of themselves"
)


class Endpoint:
    """A graph on a server. Queries are sent as queries, so that nothing can be written by one.

    ``timeout``: seconds for one query, from its sending to the last row. Each method raises EndpointError where the
    server cannot be reached or answers with what is no answer, QueryTimeout, and QueryError as the protocol says.
    """

    __slots__ = ("_parameters", "_plain", "transport")

    def __init__(self, address: str, *, credentials: Credentials | None = None, timeout: float = 60.0) -> None:
        who = Credentials.from_environment() if credentials is None else credentials
        self.transport = Transport(checked_address(address), who, timeout)
        parts = urlsplit(address)
        # SPARQLWrapper writes its own ? behind the address.
        self._parameters = parse_qsl(parts.query, keep_blank_values=True)
        self._plain = urlunsplit(parts._replace(query=""))

    @property
    def address(self) -> str:
        """Where the endpoint is."""
        return self.transport.address

    def __repr__(self) -> str:
        return f"Endpoint({self.address!r})"

    def select(self, query: str, *, timeout: float | None = None) -> Rows:
        """The rows of a SELECT; ``timeout`` in seconds, for this query alone."""
        reply = self._ask(query, _RESULTS_WANTED, timeout)
        try:
            result = self._results(reply, "SELECT")
            if not isinstance(result, QuerySolutions):
                _wrong_form("SELECT")
            columns = tuple(variable.value for variable in result.variables)
            rows = Rows(columns, tuple(map(tuple, result)), self)
            reply.read()  # what is missing behind the last row is missing too
        except (SyntaxError, OSError, RuntimeError, ValueError) as fault:
            raise self._unreadable(reply, fault) from fault
        finally:
            reply.close()
        return rows

    def ask(self, query: str, *, timeout: float | None = None) -> bool:
        """The answer of an ASK; ``timeout`` as for ``select``."""
        reply = self._ask(query, _RESULTS_WANTED, timeout)
        try:
            result = self._results(reply, "ASK")
            if isinstance(result, QuerySolutions) and [v.value for v in result.variables] == [VIRTUOSO_ASKED]:
                return any(True for _ in result)
            if not isinstance(result, QueryBoolean):
                _wrong_form("ASK")
            return bool(result)
        except (SyntaxError, OSError, RuntimeError, ValueError) as fault:
            raise self._unreadable(reply, fault) from fault
        finally:
            reply.close()

    def construct(self, query: str, *, timeout: float | None = None) -> tuple[Triple, ...]:
        """The triples of a CONSTRUCT or DESCRIBE, each once; ``timeout`` as for ``select``."""
        reply = self._ask(query, _GRAPHS_WANTED, timeout)
        try:
            form = _GRAPHS.get(reply.media_type)
            if form is None:
                if reply.media_type in _RESULTS or "sparql-results" in reply.media_type:
                    _wrong_form("CONSTRUCT or DESCRIBE")
                raise self._no_answer(reply)
            # From bytes: the whole of them, so that an answer which stops between two lines is noticed.
            quads = parse(reply.read(), format=form)
            return tuple(dict.fromkeys(Triple(quad.subject, quad.predicate, quad.object) for quad in quads))
        except (SyntaxError, OSError, RuntimeError, ValueError) as fault:
            raise self._unreadable(reply, fault) from fault
        finally:
            reply.close()

    def probe(self) -> None:
        """EndpointError, naming the setting that is missing, unless the default graph is the union of the named.

        An endpoint without named graphs passes: there the union is empty, and what there is, is the default graph.
        """
        reply = self._ask(_PROBE, _RESULTS_WANTED, None)
        server = str(reply.headers.get("Server", "")).lower()
        try:
            result = self._results(reply, "SELECT")
            found = list(result) if isinstance(result, QuerySolutions) else []
        except (SyntaxError, OSError, RuntimeError, ValueError) as fault:
            raise self._unreadable(reply, fault) from fault
        finally:
            reply.close()
        if found and found[0]["seen"] is None:
            setting = next((text for name, text in _SETTINGS.items() if name in server), _ANY_SETTING)
            raise EndpointError(
                f"the endpoint {self.address} keeps its named graphs out of the default graph, so that queries would "
                f"find too little ({found[0]['g']} is one that they would not see)",
                hint=setting,
            )

    def server(self) -> str:
        """What the server calls itself; empty when it says nothing. EndpointError unless it answers a query."""
        reply = self._ask("ASK { }", _RESULTS_WANTED, None)
        try:
            self._results(reply, "ASK")
        except (SyntaxError, OSError, RuntimeError, ValueError) as fault:
            raise self._unreadable(reply, fault) from fault
        finally:
            reply.close()
        return str(reply.headers.get("Server", ""))

    def _ask(self, query: str, accepted: str, timeout: float | None) -> Reply:
        """Send a query: the server's answer, which it says is a good one."""
        if _NUL.search(query):
            raise QueryError("the query holds the character U+0000, at which some servers end a text")
        try:
            request = self._request(query, accepted)
        except UnicodeEncodeError as fault:
            raise QueryError("the query holds half a character (a lone surrogate)") from fault
        try:
            reply = self.transport.send(request, timeout=timeout)
        except EndpointError as fault:
            if fault.status == 400:
                _show_fault(query)
            raise
        if str(reply.headers.get("Server", "")).lower().startswith(PASSES_OVER_FROM) and reads_from(query):
            reply.close()
            raise QueryError(
                "an Oxigraph server whose default graph is the union passes over FROM, and would answer from all "
                "graphs",
                hint="write GRAPH <name> { … } instead",
            )
        # Virtuoso's: the time it allows was over, or the rows were too many, and this is a part of the answer.
        if reply.headers.get("X-SQL-State") or reply.headers.get("X-SPARQL-MaxRows"):
            reply.close()
            limit = reply.headers.get("X-SPARQL-MaxRows")
            why = (
                f"it gives {limit} rows at most" if limit else said(str(reply.headers.get("X-SQL-Message")).encode())
            )
            raise EndpointError(f"the endpoint {self.address} has left out a part of the answer: {why}")
        return reply

    def _request(self, query: str, accepted: str) -> urllib.request.Request:
        """The request as SPARQLWrapper writes it."""
        from SPARQLWrapper import GET, POST, SELECT, SPARQLWrapper

        wrapper = SPARQLWrapper(self._plain, agent=f"zonekg/{__version__}")
        wrapper.setOnlyConneg(True)
        # Not setQuery, which would read the text to guess its form: to an endpoint of queries every text is a query.
        wrapper.queryString, wrapper.queryType = query, SELECT
        for name, value in self._parameters:
            if not wrapper.addParameter(name, value):
                raise UsageError(f"the address of an endpoint cannot hold the parameter {name}")
        wrapper.setMethod(GET if len(quote_plus(query)) <= _LONGEST_GET else POST)
        wrapper.addCustomHttpHeader("Accept", accepted)
        request: urllib.request.Request = wrapper._createRequest()
        return request

    def _results(self, reply: Reply, wanted: str) -> QuerySolutions | QueryBoolean:
        if reply.media_type in _GRAPHS and reply.media_type != "text/plain":
            _wrong_form(wanted)
        if reply.media_type not in _RESULTS:
            raise self._no_answer(reply)
        if str(reply.headers.get("Server", "")).lower().startswith("virtuoso"):
            data = VIRTUOSO_BLANK.sub(rb'\1"', reply.read())
            return parse_query_results(data, format=QueryResultsFormat.JSON)
        return parse_query_results(reply, format=QueryResultsFormat.JSON)  # type: ignore[arg-type]  # has read()

    def _no_answer(self, reply: Reply) -> EndpointError:
        """The error for an answer of another kind: a page for people, say."""
        words = said(reply.read(2000))
        return EndpointError(
            f"the endpoint {self.address} answers with {reply.media_type}, no result of a query: {words}",
            hint="is this the address of queries (Oxigraph: …/query, Virtuoso: …/sparql), not that of a page?",
        )

    def _unreadable(self, reply: Reply, fault: Exception) -> EndpointError | QueryTimeout:
        """The error for an answer that cannot be read to its end."""
        if reply.fault is not None:
            return reply.fault
        words = fault.msg if isinstance(fault, SyntaxError) else str(fault)
        return self.transport.broken("the answer is cut off or ill-formed", words)


def _wrong_form(expected: str) -> NoReturn:
    raise QueryError(f"the query is of another form: {expected} is expected")


def _show_fault(query: str) -> None:
    """QueryError with line and caret, where the embedded engine finds the fault too."""
    try:
        Embedded().run(query)
    except QueryError as fault:
        if fault.message.startswith("not SPARQL"):
            raise
