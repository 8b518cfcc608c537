"""A bar on stderr for what takes long: silent where stderr is no terminal, and for the first two seconds."""

from __future__ import annotations

import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager

import click

_TICK = 0.5  # seconds between signs of life
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
            shown.update(max(0, done - shown.pos))

        yield advance


@contextmanager
def waiting(label: str) -> Iterator[None]:
    """Show for how long something has run that cannot say how far it is; nothing is left of it at the end."""
    if not sys.stderr.isatty():
        yield
        return
    done = threading.Event()
    start = time.monotonic()

    def tick() -> None:
        while not done.wait(_TICK):
            seconds = time.monotonic() - start
            if seconds > _PATIENCE:
                click.echo(f"\r{label}: {seconds:.0f} s", nl=False, err=True)

    thread = threading.Thread(target=tick, daemon=True)
    thread.start()
    try:
        yield
    finally:
        done.set()
        thread.join()
        if time.monotonic() - start > _PATIENCE:
            click.echo("\r\x1b[K", nl=False, err=True)
