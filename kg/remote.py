"""The graph on a server, as a library asks it: the endpoint engine with the catalogue of queries."""

from __future__ import annotations

from kg.engine.endpoint import Endpoint
from kg.engine.transport import Credentials
from kg.library import Questions


def connect(
    address: str, *, credentials: Credentials | None = None, timeout: float = 60.0, probe: bool = True
) -> RemoteGraph:
    """Ask a SPARQL 1.1 endpoint what ``load`` asks a dataset; nothing is downloaded but answers.

    ``credentials``: who asks; left out, what the environment says ($ZONEKG_ENDPOINT_TOKEN, or
    $ZONEKG_ENDPOINT_USER and $ZONEKG_ENDPOINT_PASSWORD). ``timeout``: seconds for one query. ``probe``: whether to
    make sure first that its default graph is the union of its named graphs.

    EndpointError when it cannot be reached or keeps its named graphs apart; QueryTimeout; UsageError for what is no
    address.
    """
    graph = RemoteGraph(address, credentials=credentials, timeout=timeout)
    if probe:
        graph.probe()
    return graph


class RemoteGraph(Endpoint, Questions):
    """The endpoint engine with the catalogue of queries.

    >>> import kg
    >>> graph = kg.connect("http://localhost:7878/query")                       # doctest: +SKIP
    >>> graph.query("partnerships_of_zones_and_universities", zone="晋城经开区")  # doctest: +SKIP
    """

    __slots__ = ()
