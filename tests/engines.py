"""The engines that tests run on: name → how one is opened on some quads, and closed.

Add an engine here, and every test that asks for ``ENGINES`` runs on it too.
"""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Iterator, Sequence
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path

from pyoxigraph import RdfFormat, serialize

from kg.engine import Embedded, Engine
from kg.terms import Quad
from tests.servers import served

Opener = Callable[[Sequence[Quad]], AbstractContextManager[Engine]]


@contextmanager
def embedded_memory(quads: Sequence[Quad]) -> Iterator[Engine]:
    """Oxigraph in this process, in memory."""
    yield Embedded(quads)


@contextmanager
def embedded_directory(quads: Sequence[Quad]) -> Iterator[Engine]:
    """Oxigraph in this process, in a directory."""
    with tempfile.TemporaryDirectory() as scratch:
        file = Path(scratch) / "quads.nq"
        serialize(quads, file, format=RdfFormat.N_QUADS)
        yield Embedded.create(Path(scratch) / "store", file)


@contextmanager
def oxigraph_server(quads: Sequence[Quad]) -> Iterator[Engine]:
    """An Oxigraph server on loopback."""
    with served("oxigraph", quads) as endpoint:
        yield endpoint


@contextmanager
def virtuoso_server(quads: Sequence[Quad]) -> Iterator[Engine]:
    """A Virtuoso server on loopback."""
    with served("virtuoso", quads) as endpoint:
        yield endpoint


ENGINES: dict[str, Opener] = {
    "embedded-memory": embedded_memory,
    "embedded-directory": embedded_directory,
    "oxigraph": oxigraph_server,
    "virtuoso": virtuoso_server,
}
