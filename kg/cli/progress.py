"""A bar on stderr for what takes long: silent where stderr is no terminal, and for the first two seconds."""

from __future__ import annotations

import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager

import click

_PATIENCE = 2.0  # seconds before a person wonders


@contextmanager
def bar(label: str, total: int) -> Iterator[Callable[[int], None]]:
    """``with bar("loading", 100) as advance: … advance(30)``: how much of ``total`` is done by now, in all."""
    if not sys.stderr.isatty() or total < 1:
        yield lambda _done: None
        return
    start = time.monotonic()
    with click.progressbar(length=total, label=label, file=sys.stderr, hidden=True) as shown:

        def advance(done: int) -> None:
            shown.hidden = time.monotonic() - start < _PATIENCE
            shown.update(done - shown.pos)

        yield advance
