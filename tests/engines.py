"""The engines that tests run on: name → how one is opened on some quads, and closed.

Add an engine here, and every test that asks for ``ENGINES`` runs on it too.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import AbstractContextManager, contextmanager

from kg.engine import Embedded, Engine
from kg.terms import Quad

Opener = Callable[[Sequence[Quad]], AbstractContextManager[Engine]]


@contextmanager
def embedded_memory(quads: Sequence[Quad]) -> Iterator[Engine]:
    """Oxigraph in this process, in memory."""
    yield Embedded(quads)


ENGINES: dict[str, Opener] = {"embedded-memory": embedded_memory}
