"""The clock of a command: when the time is over, the process ends, whatever the engine is doing.

The engine has no way to stop a query, but lets other threads run meanwhile. One of them waits, says what happened,
and ends the process; a command that has printed nothing yet leaves nothing half done.
"""

from __future__ import annotations

import os
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager

from kg.errors import QueryTimeout


@contextmanager
def deadline(seconds: float | None) -> Iterator[None]:
    """End the process with QueryTimeout's exit code, unless the block ends within so many seconds (None: any)."""
    if seconds is None:
        yield
        return
    timer = threading.Timer(seconds, _end, (seconds,))
    timer.daemon = True
    timer.start()
    try:
        yield
    finally:
        timer.cancel()


def _end(seconds: float) -> None:
    fault = QueryTimeout(
        f"the query was stopped after {seconds:g} s", hint="ask for less, or give it more with --timeout"
    )
    try:
        sys.stderr.write(fault.report() + "\n")
        sys.stderr.flush()
    finally:
        os._exit(fault.exit_code)
