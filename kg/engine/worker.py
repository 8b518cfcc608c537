"""A query against the clock, for a library: in a process of its own, which is killed when the time is over.

The engine cannot be told to stop, and a thread cannot be ended; a process can. The parent hands the graph over as
N-Quads, or names the directory that it lies in, then the query; the clock runs from when the worker says that it has
read them.
"""

from __future__ import annotations

import json
import os
import struct
import subprocess
import sys
from contextlib import suppress
from pathlib import Path
from typing import TypeAlias

from pyoxigraph import (
    QueryBoolean,
    QueryResultsFormat,
    QuerySolutions,
    QueryTriples,
    RdfFormat,
    parse,
    parse_query_results,
)

from kg.engine.embedded import Embedded
from kg.errors import Place, QueryError, QueryTimeout, UsageError
from kg.terms import Triple

_READY = b"ready\n"
_LENGTH = struct.Struct("!Q")
_ROWS, _TRIPLES = b"R", b"T"
_LONGEST = 1e6  # seconds; also leaves out what is no number
_REFUSED = 3  # the worker's exit code for a QueryError, which it has written out


Result: TypeAlias = QuerySolutions | QueryBoolean | tuple[Triple, ...]


def run_timed(graph: bytes | Path, query: str, seconds: float) -> Result:
    """What a query gives on a graph (N-Quads, or the directory of a store), within so many seconds.

    QueryTimeout when they are over, QueryError as without a clock, UsageError for a time that is none.
    """
    if not 0 < seconds < _LONGEST:
        raise UsageError(f"a timeout should be a number of seconds above 0, not {seconds}")
    worker = subprocess.Popen(
        # -P: no module of the folder that we happen to be in; the path is ours, also where it was changed meanwhile.
        [sys.executable, "-P", "-m", "kg.engine.worker", *([str(graph)] if isinstance(graph, Path) else [])],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        env={**os.environ, "PYTHONPATH": os.pathsep.join(filter(None, sys.path)), "PYTHONUTF8": "1"},
    )
    with worker:
        try:
            out, complaint = _converse(worker, b"" if isinstance(graph, Path) else graph, query, seconds)
        finally:
            worker.kill()
    if worker.returncode == _REFUSED:
        message, line, column = json.loads(out)
        raise QueryError(message, where=None if line is None else Place("query", line, column))
    if worker.returncode:
        raise QueryError(f"the process of the query ended with {worker.returncode}: {_last_line(complaint)}")
    return _read_result(out)


def _converse(worker: subprocess.Popen[bytes], graph: bytes, query: str, seconds: float) -> tuple[bytes, bytes]:
    """Hand graph and query over, and wait so long for what comes back: stdout and stderr."""
    if worker.stdin is None or worker.stdout is None:
        raise QueryError("the process of the query has no pipes")
    with suppress(BrokenPipeError):  # it has died, which is said next
        for data in (graph, query.encode("utf-8", "surrogatepass")):
            worker.stdin.write(_LENGTH.pack(len(data)) + data)
        worker.stdin.flush()
    # Past the buffer of the stream, which communicate would not see; so few bytes come at once.
    if os.read(worker.stdout.fileno(), len(_READY)) != _READY:
        raise QueryError(f"the process of the query did not start: {_last_line(worker.communicate()[1])}")
    try:
        return worker.communicate(timeout=seconds)
    except subprocess.TimeoutExpired as fault:
        raise QueryTimeout(f"the query was stopped after {seconds:g} s") from fault


def _last_line(complaint: bytes) -> str:
    lines = complaint.decode("utf-8", "replace").strip().splitlines()
    return lines[-1][-200:] if lines else "it gave no reason"


def _read_result(data: bytes) -> Result:
    """The result that the worker wrote; its first byte says of which kind."""
    if data[:1] == _TRIPLES:
        quads = parse(data[1:], format=RdfFormat.N_TRIPLES)
        return tuple(Triple(quad.subject, quad.predicate, quad.object) for quad in quads)
    return parse_query_results(data[1:], format=QueryResultsFormat.JSON)


def _written(result: QuerySolutions | QueryBoolean | QueryTriples) -> bytes:
    """A result as bytes, for ``_read_result``."""
    if isinstance(result, QueryTriples):
        return _TRIPLES + (result.serialize(format=RdfFormat.N_TRIPLES) or b"")
    return _ROWS + (result.serialize(format=QueryResultsFormat.JSON) or b"")


def _receive() -> bytes:
    """One length from stdin, and as many bytes."""
    (length,) = _LENGTH.unpack(sys.stdin.buffer.read(_LENGTH.size))
    return sys.stdin.buffer.read(length)


def main() -> int:
    """The worker's side: read, say so, run, write."""
    graph = _receive()
    # Parsed and added rather than loaded: loading would give blank nodes other names than they have over there.
    engine = Embedded.open(sys.argv[1]) if sys.argv[1:] else Embedded(parse(graph, format=RdfFormat.N_QUADS))
    query = _receive().decode("utf-8", "surrogatepass")
    sys.stdout.buffer.write(_READY)
    sys.stdout.buffer.flush()
    try:
        try:
            result = _written(engine.run(query))
        except (OSError, RuntimeError, ValueError) as fault:
            raise QueryError(f"the query broke off: {fault}") from fault
    except QueryError as fault:
        line, column = (None, None) if fault.where is None else (fault.where.line, fault.where.column)
        sys.stdout.buffer.write(json.dumps([fault.message, line, column]).encode())
        return _REFUSED
    sys.stdout.buffer.write(result)
    return 0


if __name__ == "__main__":
    sys.exit(main())
