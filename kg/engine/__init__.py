"""The waist of ZoneKG: everything above speaks SPARQL to an ``Engine`` and never asks which one it has.

``Engine`` is the protocol, ``Embedded`` the one that needs no server, ``Rows`` what a SELECT gives. ``connect`` opens
the engine that somebody names.
"""

from __future__ import annotations

from pathlib import Path

from kg import resources
from kg.engine.embedded import Embedded, is_store
from kg.engine.naming import labels
from kg.engine.protocol import Engine
from kg.engine.rows import Rows, python_value
from kg.errors import UsageError

__all__ = ["Embedded", "Engine", "Rows", "connect", "labels", "opened", "python_value"]


def connect(
    dataset: Path | None = None, endpoint: str | None = None, *, timeout: float | None = None, probe: bool = True
) -> Engine:
    """The engine for a dataset (a file, a built folder or a store's directory) or for an endpoint.

    Neither means the dataset that ``resources.dataset`` finds. ``timeout``: seconds for each query to an endpoint
    (60 unless said). ``probe``: whether to ask an endpoint first if its default graph is the union of its named ones,
    and raise EndpointError when it is not. UsageError for both at once; DatasetMissing, DatasetStale, SyntaxFault.
    """
    if endpoint is not None:
        if dataset is not None:
            raise UsageError("either a dataset or an endpoint")
        from kg.engine.endpoint import Endpoint  # HTTP takes its time to import

        remote = Endpoint(endpoint) if timeout is None else Endpoint(endpoint, timeout=timeout)
        if probe:
            remote.probe()
        return remote
    return opened(dataset)[0]


def opened(dataset: Path | None = None) -> tuple[Embedded, Path]:
    """The embedded engine for a dataset as ``connect`` takes it, and the file or directory that it is on."""
    if dataset is not None and is_store(dataset):
        return Embedded.open(dataset), dataset
    path = resources.dataset(dataset)
    return Embedded.load(path), path
