"""Servers on loopback that tests start and stop: one that answers as it is told, and real ones."""

from __future__ import annotations

import shutil
import socket
import subprocess
import sys
import tempfile
import threading
import time
import urllib.error
import urllib.request
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest

from kg.engine.endpoint import Endpoint
from kg.engine.loading import divide, load
from kg.engine.transport import Credentials
from kg.terms import Quad

LOOPBACK = "127.0.0.1"
_PATIENCE = 60  # seconds that a server may take to start


@dataclass
class Asked:
    """One request that came in."""

    method: str
    path: str
    headers: dict[str, str]
    body: bytes


@dataclass
class Answer:
    """What to answer. ``claimed``: the Content-Length, when another than the truth; ``slow``: seconds before it."""

    body: bytes | str = b""
    status: int = 200
    media_type: str = "application/sparql-results+json"
    headers: dict[str, str] = field(default_factory=dict)
    claimed: int | None = None
    slow: float = 0.0
    trickle: float = 0.0  # seconds between bytes


@dataclass
class Fake:
    """A server that gives its answers one after the other, the last one for ever, and remembers what it was asked."""

    address: str
    answers: list[Answer]
    asked: list[Asked] = field(default_factory=list)


@contextmanager
def fake(*answers: Answer) -> Iterator[Fake]:
    """A server with these answers."""
    told = Fake("", list(answers))
    done = threading.Event()

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def answer(self) -> None:
            length = int(self.headers.get("Content-Length") or 0)
            headers = {name.lower(): value for name, value in self.headers.items()}
            told.asked.append(Asked(self.command, self.path, headers, self.rfile.read(length)))
            answer = told.answers.pop(0) if len(told.answers) > 1 else told.answers[0]
            done.wait(answer.slow)
            body = answer.body.encode() if isinstance(answer.body, str) else answer.body
            try:
                self.send_response_only(answer.status)
                self.send_header("Content-Type", answer.media_type)
                for name, value in answer.headers.items():
                    self.send_header(name, value)
                self.send_header("Content-Length", str(len(body) if answer.claimed is None else answer.claimed))
                self.send_header("Connection", "close")
                self.end_headers()
                if answer.trickle:
                    for byte in body:
                        self.wfile.write(bytes([byte]))
                        if done.wait(answer.trickle):
                            break
                else:
                    self.wfile.write(body)
            except OSError:  # who asked has gone
                pass
            self.close_connection = True

        do_GET = do_POST = do_PUT = do_DELETE = answer  # noqa: N815

        def log_message(self, *args: object) -> None:
            pass

    server = ThreadingHTTPServer((LOOPBACK, 0), Handler)
    server.daemon_threads = False  # so that closing waits for them
    told.address = f"http://{LOOPBACK}:{server.server_address[1]}/sparql"
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True)
    thread.start()
    try:
        yield told
    finally:
        done.set()
        server.shutdown()
        server.server_close()
        thread.join()


def free_port() -> int:
    """A port of loopback that nobody listens to now."""
    with socket.socket() as probe:
        probe.bind((LOOPBACK, 0))
        port: int = probe.getsockname()[1]
        return port


def answers(address: str) -> bool:
    """Whether a server answers there, whatever it says."""
    opener = urllib.request.build_opener(urllib.request.ProxyHandler({}))
    try:
        opener.open(address, timeout=5).close()
    except urllib.error.HTTPError as fault:
        fault.close()
    except OSError:
        return False
    return True


@contextmanager
def running(command: list[str], address: str, folder: Path) -> Iterator[None]:
    """A server's process, from when it answers until the end of the block."""
    log = folder / "log"
    with log.open("wb") as out:
        process = subprocess.Popen(command, cwd=folder, stdin=subprocess.DEVNULL, stdout=out, stderr=out)
    try:
        end = time.monotonic() + _PATIENCE
        while not answers(address):
            if process.poll() is not None or time.monotonic() > end:
                raise AssertionError(f"{command[0]} did not start: {log.read_text('utf-8', 'replace')[-2000:]}")
            time.sleep(0.1)
        yield
    finally:
        process.terminate()
        try:
            process.wait(20)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()


def oxigraph_binary() -> str | None:
    """The binary of the package ``oxigraph``, which is a development dependency."""
    here = Path(sys.executable).parent / "oxigraph"
    return str(here) if here.exists() else shutil.which("oxigraph")


@contextmanager
def oxigraph(*, union: bool = True) -> Iterator[str]:
    """An empty Oxigraph server: the address of its folder, under which are query, update and store."""
    binary = oxigraph_binary()
    assert binary is not None, "oxigraph is a development dependency"
    port = free_port()
    with tempfile.TemporaryDirectory() as made:
        folder = Path(made)
        command = [binary, "serve", "--location", str(folder / "db"), "--bind", f"{LOOPBACK}:{port}"]
        address = f"http://{LOOPBACK}:{port}"
        with running(command + ["--union-default-graph"] * union, f"{address}/", folder):
            yield address


def virtuoso_binary() -> str | None:
    """The server of Debian's package virtuoso-opensource."""
    return shutil.which("virtuoso-t")


VIRTUOSO_USER, VIRTUOSO_PASSWORD = "dba", "dba"  # of a database that nobody has changed yet
_INI = """\
[Database]
DatabaseFile = {folder}/virtuoso.db
ErrorLogFile = {folder}/virtuoso.log
LockFile = {folder}/virtuoso.lck
TransactionFile = {folder}/virtuoso.trx
xa_persistent_file = {folder}/virtuoso.pxa
FileExtend = 200
[TempDatabase]
DatabaseFile = {folder}/virtuoso-temp.db
TransactionFile = {folder}/virtuoso-temp.trx
[Parameters]
ServerPort = {host}:{sql_port}
DisableUnixSocket = 1
DirsAllowed = {folder}
NumberOfBuffers = 10000
MaxDirtyBuffers = 6000
[HTTPServer]
ServerPort = {host}:{port}
ServerRoot = {folder}
ServerThreads = 20
EnabledGzipContent = 0
[URIQA]
DynamicLocal = 0
DefaultHost = {host}:{port}
[SPARQL]
ResultSetMaxRows = {most}
MaxQueryCostEstimationTime = 400
MaxQueryExecutionTime = 60
"""


@contextmanager
def virtuoso(*, most: int = 1_000_000) -> Iterator[str]:
    """A new Virtuoso: the address of its folder, under which are sparql and sparql-graph-crud-auth.

    ``most``: rows that it gives for a query; it leaves out the others.
    """
    binary = virtuoso_binary()
    if binary is None:
        pytest.skip("Virtuoso is not installed (Debian: virtuoso-opensource)")
    port, sql_port = free_port(), free_port()
    with tempfile.TemporaryDirectory() as made:
        folder = Path(made)
        ini = folder / "virtuoso.ini"
        text = _INI.format(folder=folder, host=LOOPBACK, port=port, sql_port=sql_port, most=most)
        ini.write_text(text, encoding="utf-8")
        address = f"http://{LOOPBACK}:{port}"
        with running([binary, "+foreground", "+configfile", str(ini)], f"{address}/sparql?query=ASK%7B%7D", folder):
            yield address


@contextmanager
def served(engine: str, quads: Iterable[Quad] = ()) -> Iterator[Endpoint]:
    """A new server of that name, ``oxigraph`` or ``virtuoso``, that holds these quads."""
    with (virtuoso if engine == "virtuoso" else oxigraph)() as address, tempfile.TemporaryDirectory() as scratch:
        if engine == "virtuoso":
            who = Credentials(user=VIRTUOSO_USER, password=VIRTUOSO_PASSWORD)
            endpoint = Endpoint(f"{address}/sparql", credentials=who)
        else:
            endpoint = Endpoint(f"{address}/query", credentials=Credentials())
        load(endpoint, divide(quads), journal=Path(scratch) / "journal.json")
        yield endpoint
