"""The clock of a command: when the time is over, the process ends, whatever the engine is doing.

The engine has no way to stop a query, but lets other threads run meanwhile. One of them waits, says what happened,
and ends the process; a command that has printed nothing yet leaves nothing half done.
"""

from __future__ import annotations

import os
import signal
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager

from kg.errors import QueryTimeout, ZoneKGError


@contextmanager
def deadline(seconds: float | None, fault: ZoneKGError | None = None) -> Iterator[None]:
    """End the process, unless the block ends within so many seconds (None: any).

    ``fault`` is what it ends with: its words and its exit code; left out, QueryTimeout.
    """
    if seconds is None:
        yield
        return
    fault = fault or QueryTimeout(
        f"the query was stopped after {seconds:g} s", hint="ask for less, or give it more with --timeout"
    )
    timer = threading.Timer(seconds, _end, (fault,))
    timer.daemon = True
    timer.start()
    try:
        yield
    finally:
        timer.cancel()


def _end(fault: ZoneKGError) -> None:
    try:
        sys.stderr.write(fault.report() + "\n")
        sys.stderr.flush()
    finally:
        os._exit(fault.exit_code)


@contextmanager
def interruptible() -> Iterator[None]:
    """Let Ctrl-C and SIGTERM end the process at once, also while an engine written in Rust holds the main thread.

    Python would call its handlers only when the engine comes back. What is written is written whole or not at all, so
    that nothing is left half done.
    """
    if threading.current_thread() is not threading.main_thread():
        yield
        return
    before = {number: signal.getsignal(number) for number in (signal.SIGINT, signal.SIGTERM)}
    try:
        for number in before:
            signal.signal(number, signal.SIG_DFL)
        yield
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)
