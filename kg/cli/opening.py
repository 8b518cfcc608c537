"""The graph that a command asks: a built dataset, a store in a directory, or a SPARQL endpoint."""

from __future__ import annotations

from pathlib import Path
from typing import Literal

from kg.cli.options import timed
from kg.engine import Engine, connect, opened
from kg.errors import DataError, Place

_LOADING = {"en": "loading the dataset", "zh": "装载数据集"}


def open_graph(
    dataset: Path | None,
    endpoint: str | None,
    lang: Literal["zh", "en"],
    *,
    timeout: float | None = None,
    probe: bool = True,
) -> tuple[Engine, str]:
    """The engine to ask, and where it is, in words. One that holds nothing is refused: its answers mean nothing.

    ``timeout``: seconds for each query to an endpoint (60 unless said). ``probe``: whether to ask an endpoint first
    if it can be reached, has its default graph as it should be, and holds something. UsageError for a dataset and
    an endpoint at once; DataError for what holds nothing; and what ``kg.engine.connect`` raises.
    """
    if endpoint is not None:
        engine = connect(dataset, endpoint, timeout=timeout, probe=probe)
        if probe and not engine.ask("ASK { ?s ?p ?o }"):
            raise DataError(f"the endpoint {endpoint} holds nothing", hint="`kg load --endpoint URL` fills it")
        return engine, f"the endpoint {endpoint}"
    with timed(_LOADING[lang]):
        embedded, path = opened(dataset)
    if not len(embedded):
        raise DataError("the dataset holds nothing", where=Place(path), hint="run `kg build`")
    return embedded, f"the embedded engine, on {path}"
