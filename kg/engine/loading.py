"""A dataset put onto an endpoint, by the SPARQL 1.1 Graph Store Protocol.

Each named graph goes in parts: the first replaces what the graph held, the others are added. Triples that share a
blank node are never in two parts, since a server gives blank nodes new names with each. What has arrived is noted in
a journal, so that a load which broke off goes on where it stopped; at the end the triples of each graph are counted.
"""

from __future__ import annotations

import hashlib
import json
import os
import urllib.request
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import quote, urlsplit, urlunsplit

from pyoxigraph import RdfFormat, serialize

from kg import __version__
from kg.engine.endpoint import Endpoint
from kg.engine.transport import Transport, checked_address, said
from kg.errors import DataError, EndpointError, QueryError, QueryTimeout, UsageError
from kg.resources import write_atomically
from kg.terms import BlankNode, Literal, NamedNode, Quad, Triple

Progress = Callable[[str, int, int], None]  # graph, triples sent so far of all graphs, triples in all
_MOST = 10_000  # triples a part
_PATIENCE = 600.0  # seconds for a part: a server may index as it reads
_AGAIN = "the same command goes on where this one stopped"


@dataclass(frozen=True, slots=True)
class Part:
    """Triples that travel together; ``blank``: whether there are blank nodes among them."""

    triples: tuple[Triple, ...]
    blank: bool


@dataclass(frozen=True, slots=True)
class LoadReport:
    """What a load did: the triples of each graph, how many were there already, and graphs that the dataset lacks."""

    graphs: tuple[tuple[str, int], ...]
    kept: int
    strangers: tuple[str, ...]

    @property
    def triples(self) -> int:
        """The triples of all graphs."""
        return sum(number for _, number in self.graphs)


def divide(quads: Iterable[Quad], most: int = _MOST) -> dict[NamedNode, tuple[Part, ...]]:
    """Graph → its parts, of at most so many triples each, or as many as hang together by blank nodes.

    Those with blank nodes come first. DataError for triples outside named graphs, and for a blank node that stands
    in two graphs.
    """
    graphs: dict[NamedNode, set[Triple]] = {}
    homes: dict[BlankNode, NamedNode] = {}
    for quad in quads:
        if not isinstance(quad.graph_name, NamedNode):
            raise DataError("the dataset has triples outside named graphs", hint="load one that `kg build` made")
        triple = Triple(quad.subject, quad.predicate, quad.object)
        graphs.setdefault(quad.graph_name, set()).add(triple)
        for node in _blank(triple):
            if homes.setdefault(node, quad.graph_name) != quad.graph_name:
                raise DataError(f"the blank node {node} stands in two graphs, which no endpoint would keep together")
    return {name: _parts(graphs[name], most) for name in sorted(graphs, key=str)}


def _parts(triples: set[Triple], most: int) -> tuple[Part, ...]:
    tied: dict[BlankNode, BlankNode] = {}  # union-find: blank node → another of its group, its root in the end

    def root(node: BlankNode) -> BlankNode:
        while tied.setdefault(node, node) != node:
            tied[node] = node = tied[tied[node]]
        return node

    for triple in triples:
        nodes = _blank(triple)
        for node in nodes:
            tied[root(node)] = root(nodes[0])
    groups: dict[BlankNode, list[Triple]] = {}
    ground: list[Triple] = []
    for triple in sorted(triples, key=str):
        nodes = _blank(triple)
        (groups.setdefault(root(nodes[0]), []) if nodes else ground).append(triple)
    found: list[Part] = []
    packed: list[Triple] = []
    for group in groups.values():
        if packed and len(packed) + len(group) > most:
            found.append(Part(tuple(packed), blank=True))
            packed = []
        packed += group
    if packed:
        found.append(Part(tuple(packed), blank=True))
    found += [Part(tuple(ground[at : at + most]), blank=False) for at in range(0, len(ground), most)]
    return tuple(found)


def _blank(triple: Triple) -> list[BlankNode]:
    return [term for term in (triple.subject, triple.object) if isinstance(term, BlankNode)]


def graph_store(endpoint: Endpoint) -> str:
    """The address of the Graph Store Protocol that belongs to an endpoint, for the servers whose habits we know.

    UsageError for others: only who runs them can say.
    """
    server = endpoint.server().lower()
    parts = urlsplit(endpoint.address)
    path = parts.path
    folder = path[: path.rfind("/") + 1]
    if server.startswith("oxigraph"):
        path = f"{folder}store"
    elif server.startswith("virtuoso"):
        path = f"{folder}sparql-graph-crud-auth"
    elif "fuseki" in server or "jena" in server:
        path = f"{folder}data"
    elif "/repositories/" in path:  # RDF4J, GraphDB
        path = path.rstrip("/") + "/rdf-graphs/service"
    else:
        raise UsageError(
            f"nobody here knows where {endpoint.address} takes graphs", hint="--graph-store URL says where"
        )
    return urlunsplit(parts._replace(path=path, query=""))


def journal_path(store: str) -> Path:
    """The file that notes how far the last load to this address has come: in the user's state folder."""
    state = Path(os.environ.get("XDG_STATE_HOME") or Path.home() / ".local" / "state")
    name = hashlib.sha256(store.encode()).hexdigest()[:16]
    return state / "zonekg" / f"load-{name}.json"


def load(
    endpoint: Endpoint,
    graphs: Mapping[NamedNode, tuple[Part, ...]],
    *,
    store: str | None = None,
    journal: Path,
    dataset: str = "",
    probe: bool = True,
    progress: Progress | None = None,
) -> LoadReport:
    """Put the graphs onto an endpoint; ``store`` is its address for the Graph Store Protocol (``graph_store``).

    ``journal`` is read when it is there and was written for the same ``dataset`` (its digest), written before the
    first part and after each, and removed when all is well or when the counts differ, so that a new load then begins
    anew. ``probe``: whether to stop after the first graph when the endpoint keeps named graphs out of its default
    graph. EndpointError, QueryTimeout; DataError when the counts differ; UsageError as ``graph_store`` says, and when
    the journal cannot be written.
    """
    target = graph_store(endpoint) if store is None else checked_address(store)
    transport = Transport(target, endpoint.transport.credentials, _PATIENCE, endpoint.transport.sleep)
    done = _read_journal(journal, graphs, dataset)
    _write_journal(journal, graphs, done, dataset)  # before anything is replaced, and over that of another dataset
    total = sum(_size(parts) for parts in graphs.values())
    sent = kept = 0
    for name, parts in graphs.items():
        first = done.get(name.value, 0)
        if first < len(parts) and parts[first].blank:
            first = 0  # it may have arrived without our hearing of it, and would then be there twice
        sent += _size(parts[:first])
        kept += _size(parts[:first])
        for at in range(first, len(parts)):
            if progress is not None:
                progress(name.value, sent, total)
            try:
                _send(transport, name, parts[at], replace=at == 0)
            except (EndpointError, QueryTimeout) as fault:
                if (
                    not isinstance(fault, EndpointError) or fault.status is None
                ):  # a server that says no says it again
                    fault.hint = f"{fault.hint}; {_AGAIN}" if fault.hint else _AGAIN
                raise
            sent += len(parts[at].triples)
            done[name.value] = at + 1
            _write_journal(journal, graphs, done, dataset)
        if probe:
            endpoint.probe()
            probe = False
    if progress is not None:
        progress("counting", sent, total)
    wrong = _differences(endpoint, graphs)
    journal.unlink(missing_ok=True)
    if wrong:
        raise DataError(
            f"the endpoint {endpoint.address} does not hold what was sent: {'; '.join(wrong[:3])}",
            hint="the same command loads everything anew",
        )
    sizes = tuple((name.value, _size(parts)) for name, parts in graphs.items())
    return LoadReport(sizes, kept, _strangers(endpoint, graphs))


def _send(transport: Transport, graph: NamedNode, part: Part, *, replace: bool) -> None:
    """One part. Sent once more where that does no harm: a graph replaced, or triples that are only there once."""
    data = serialize(part.triples, format=RdfFormat.N_TRIPLES) or b""
    parts = urlsplit(transport.address)
    query = "&".join(filter(None, (parts.query, f"graph={quote(graph.value, safe='')}")))
    target = urlunsplit(parts._replace(query=query))
    headers = {"Content-Type": "application/n-triples", "User-Agent": f"zonekg/{__version__}", "Accept": "*/*"}

    def request(method: str, data: bytes) -> urllib.request.Request:
        return urllib.request.Request(target, data=data, method=method, headers=headers)  # noqa: S310  # checked

    sending = request("PUT" if replace else "POST", data)
    transport.introduce(sending, request("POST", b""))
    reply = transport.send(sending, again=replace or not part.blank)
    try:
        words = reply.read()
    finally:
        reply.close()
    if "html" in reply.media_type and words.strip():
        raise EndpointError(f"the endpoint {transport.address} answers with a page, no receipt: {said(words)}")


def _size(parts: Iterable[Part]) -> int:
    return sum(len(part.triples) for part in parts)


def _differences(endpoint: Endpoint, graphs: Mapping[NamedNode, tuple[Part, ...]]) -> list[str]:
    """Graphs whose number of triples is not the dataset's, in words."""
    wrong: list[str] = []
    for name, parts in graphs.items():
        ((number,),) = endpoint.select(f"SELECT (COUNT(*) AS ?n) WHERE {{ GRAPH {name} {{ ?s ?p ?o }} }}").rows
        found = int(number.value) if isinstance(number, Literal) else -1
        if found != _size(parts):
            wrong.append(f"{name} has {found} triples, not {_size(parts)}")
    return wrong


def _strangers(endpoint: Endpoint, graphs: Mapping[NamedNode, tuple[Part, ...]]) -> tuple[str, ...]:
    """Graphs on the endpoint, of the same family as ours, that the dataset lacks: of an older one, say."""
    names = sorted(name.value for name in graphs)
    same = next((at for at, (a, b) in enumerate(zip(names[0], names[-1], strict=False)) if a != b), len(names[0]))
    prefix = names[0][:same]
    if prefix.count("/") < 4:  # scheme, host and more
        return ()
    text = Literal(prefix)
    query = f"SELECT DISTINCT ?g WHERE {{ GRAPH ?g {{ ?s ?p ?o }} FILTER(STRSTARTS(STR(?g), {text})) }}"
    try:
        found = {term.value for (term,) in endpoint.select(query).rows if term is not None}
    except QueryError:  # an endpoint may find this too much; it is only for the report
        return ()
    return tuple(sorted(found - {name.value for name in graphs}))


def _read_journal(journal: Path, graphs: Mapping[NamedNode, tuple[Part, ...]], dataset: str) -> dict[str, int]:
    """Graph → parts that have arrived; none when there is no journal, or none that fits."""
    shape = {name.value: len(parts) for name, parts in graphs.items()}
    try:
        noted = json.loads(journal.read_text(encoding="utf-8"))
        if noted["parts"] != shape or noted["dataset"] != dataset:
            return {}
        return {name: number for name, number in noted["done"].items() if 0 <= number <= shape[name]}
    except (OSError, ValueError, KeyError, TypeError, AttributeError):
        return {}


def _write_journal(
    journal: Path, graphs: Mapping[NamedNode, tuple[Part, ...]], done: dict[str, int], dataset: str
) -> None:
    """UsageError when it cannot be written."""
    shape = {name.value: len(parts) for name, parts in graphs.items()}
    text = json.dumps({"dataset": dataset, "parts": shape, "done": done}, indent=1, sort_keys=True)
    try:
        write_atomically(journal, text.encode())
    except UsageError as fault:
        fault.hint = "how far a load has come is noted there; $XDG_STATE_HOME names another folder"
        raise
