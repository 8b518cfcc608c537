"""The engine that needs no server: Oxigraph, in memory or in a directory, inside this process."""

from __future__ import annotations

import re
import tempfile
from collections.abc import Iterable, Iterator
from itertools import count
from pathlib import Path
from typing import NoReturn, Self

from pyoxigraph import QueryBoolean, QuerySolutions, QueryTriples, RdfFormat, Store

from kg.engine.lexer import Token, position, tokens
from kg.engine.rows import Rows
from kg.errors import DataError, DatasetMissing, Place, QueryError, SyntaxFault
from kg.resources import DATASET_FILE
from kg.terms import NamedNode, Quad, Triple

_FORMATS = {
    ".nq": RdfFormat.N_QUADS,
    ".trig": RdfFormat.TRIG,
    ".ttl": RdfFormat.TURTLE,
    ".nt": RdfFormat.N_TRIPLES,
}
_AT = re.compile(r"error at (\d+):(\d+): (.*)", re.DOTALL)
_SERVICE = re.compile("service", re.IGNORECASE | re.ASCII)
_FROM = re.compile(r"(?<![\w?$])FROM(?!\w)", re.IGNORECASE | re.ASCII)
_COMMENT_LINE = re.compile(r"^[ \t]*#[^\n\r]*", re.MULTILINE)
_LONGEST = 200  # characters of the parser's message; it lists every token that would have fitted


_STORE_MARK = "CURRENT"  # the file by which RocksDB, which Oxigraph keeps its stores in, knows its own folder


class Embedded:
    """A graph in memory or in a directory.

    Queries see the union of its named graphs, and can neither write nor reach a network.
    """

    __slots__ = ("_directory", "_store")

    def __init__(self, quads: Iterable[Quad] = ()) -> None:
        self._directory: Path | None = None  # where the store lies, for who opens it too
        self._store = Store()
        self._store.extend(quads)

    @classmethod
    def load(cls, path: Path | str) -> Self:
        """The graph in a file (.nq, .trig, .ttl, .nt), or in a built folder.

        DatasetMissing when there is none, SyntaxFault with its place when it is ill-formed, DataError when it
        cannot be read or is another kind of file.
        """
        engine = cls()
        engine.read(path)
        return engine

    @classmethod
    def open(cls, directory: Path | str) -> Self:
        """The graph that ``create`` put into a directory; nothing is read until a query needs it, nothing is written.

        Several processes may have it open. DatasetMissing when there is none, DataError when it cannot be read.
        """
        directory = Path(directory)
        if not is_store(directory):
            raise DatasetMissing(f"no store at {directory}", hint="`kg load --directory DIR` makes one")
        engine = cls.__new__(cls)
        engine._directory = directory.resolve()
        try:
            engine._store = Store.read_only(str(directory))
        except (OSError, RuntimeError, ValueError) as fault:
            raise DataError(f"cannot be read: {fault}", where=Place(directory)) from fault
        return engine

    @classmethod
    def create(cls, directory: Path | str, path: Path | str) -> Self:
        """A new store in a directory, with the graph of a file or built folder, opened; errors as for ``load``.

        DataError when the directory holds anything yet. It appears whole or not at all.
        """
        directory = Path(directory)
        if directory.exists() and (not directory.is_dir() or any(directory.iterdir())):
            raise DataError("is there already", where=Place(directory), hint="name a new or empty directory")
        directory.parent.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryDirectory(prefix=f".{directory.name}.", dir=directory.parent) as made:
            engine = cls.__new__(cls)
            engine._directory = None  # not yet where it will be
            try:
                engine._store = Store(made)
                engine.read(path)
                engine._store.optimize()
                engine._store.flush()
            except RuntimeError as fault:
                raise DataError(f"cannot be written: {fault}", where=Place(directory)) from fault
            del engine  # closes it
            Path(made).rename(directory)
            Path(made).mkdir()  # for the context to remove
        directory.chmod(0o755)  # temporary folders are one's own
        return cls.open(directory)

    def read(self, path: Path | str) -> None:
        """Add the graph in a file or a built folder; errors as ``load`` says, and then nothing is added."""
        path = Path(path)
        file = path / DATASET_FILE if path.is_dir() else path
        form = _FORMATS.get(file.suffix)
        if form is None:
            raise DataError(
                f"cannot tell the format of {file}", hint="one of " + ", ".join(_FORMATS) + ", or a built folder"
            )
        try:
            # Never lenient: an ill-formed IRI would break out of the queries that it is put into.
            self._store.load(path=file, format=form)
        except FileNotFoundError as fault:
            raise DatasetMissing(f"no dataset at {file}", hint="run `kg build`") from fault
        except OSError as fault:
            raise DataError(f"cannot be read: {fault.strerror or fault}", where=Place(file)) from fault
        except SyntaxError as fault:
            raise SyntaxFault(fault.msg, where=Place(file, fault.lineno, fault.offset)) from fault
        except RuntimeError as fault:
            raise DataError(f"cannot be added: {fault}", where=Place(file)) from fault

    def extend(self, quads: Iterable[Quad]) -> None:
        """Add quads: for who builds a graph, not for queries."""
        self._store.extend(quads)

    def quads(self) -> Iterator[Quad]:
        """Every quad, in no order that means anything."""
        return self._store.quads_for_pattern(None, None, None, None)

    def having(self, predicates: Iterable[NamedNode]) -> Iterator[Quad]:
        """Every quad with one of these predicates."""
        for predicate in predicates:
            yield from self._store.quads_for_pattern(None, predicate, None, None)

    def __len__(self) -> int:
        return len(self._store)

    def select(self, query: str, *, timeout: float | None = None) -> Rows:
        """The rows of a SELECT; QueryError as the protocol says.

        ``timeout`` in seconds: the query then runs in a process of its own, started for it, that opens the same
        directory or gets a copy of the graph (a tenth of a second, and more for a large graph in memory, which the
        time does not count), and that is killed when the time is over; QueryTimeout.
        """
        result = self._answer(query, timeout)
        if not isinstance(result, QuerySolutions):
            _wrong_form("SELECT")
        columns = tuple(variable.value for variable in result.variables)
        try:
            return Rows(columns, tuple(map(tuple, result)), self)
        except (OSError, RuntimeError, ValueError) as fault:
            raise QueryError(f"the query broke off: {fault}") from fault

    def ask(self, query: str, *, timeout: float | None = None) -> bool:
        """The answer of an ASK; QueryError as the protocol says, ``timeout`` as for ``select``."""
        result = self._answer(query, timeout)
        if not isinstance(result, QueryBoolean):
            _wrong_form("ASK")
        return bool(result)

    def construct(self, query: str, *, timeout: float | None = None) -> tuple[Triple, ...]:
        """The triples of a CONSTRUCT or DESCRIBE, each once; errors and ``timeout`` as for ``select``."""
        result = self._answer(query, timeout)
        if not isinstance(result, QueryTriples | tuple):
            _wrong_form("CONSTRUCT or DESCRIBE")
        try:
            return tuple(dict.fromkeys(result))
        except (OSError, RuntimeError, ValueError) as fault:
            raise QueryError(f"the query broke off: {fault}") from fault

    def _answer(
        self, query: str, timeout: float | None
    ) -> QuerySolutions | QueryBoolean | QueryTriples | tuple[Triple, ...]:
        """Run a query here, or against the clock in a worker."""
        if timeout is None:
            return self.run(query)
        from kg.engine.worker import run_timed

        graph = (self._store.dump(format=RdfFormat.N_QUADS) or b"") if self._directory is None else self._directory
        return run_timed(graph, query, timeout)

    def run(self, query: str) -> QuerySolutions | QueryBoolean | QueryTriples:
        """Start a query of any form: what the engine itself gives, read as it is needed; QueryError."""
        _refuse_service(query)
        try:
            # With the flag set, Oxigraph would pass over the graphs that a FROM names.
            return self._store.query(query, use_default_graph_as_union=not reads_from(query))
        except SyntaxError as fault:
            raise _placed(query, str(fault)) from fault
        except (OSError, RuntimeError, ValueError) as fault:
            raise QueryError(f"the query cannot be run: {fault}") from fault


def is_store(path: Path) -> bool:
    """Whether a path is a directory that holds a store."""
    return (path / _STORE_MARK).is_file()


def _names(query: str, keyword: str) -> Token | None:
    """The first use of a keyword (upper case) outside strings, IRIs, comments and names; None without one."""
    if keyword.lower() not in query.lower():  # so that most queries are not read twice
        return None
    return next((token for token in tokens(query) if token.says(keyword)), None)


def reads_from(query: str) -> bool:
    """Whether a query says FROM. Headers and comments may well use the word, and reading tokens takes its time."""
    if '"""' not in query and "'''" not in query:  # or a line that begins with # may be text
        query = _COMMENT_LINE.sub("", query)
    # The word, not the end of a longer name.
    return _FROM.search(query) is not None and _names(query, "FROM") is not None


def _refuse_service(query: str) -> None:
    """QueryError when the query would ask another server.

    Oxigraph itself is the judge, since it reads SERVICE in places where a tokenizer sees a name, an IRI or a string
    (``SERVICE:s``, ``1<2)SERVICE:s#>``): a query that uses the keyword is one that no longer parses without it.
    """
    spellings = sorted(set(_SERVICE.findall(query)))
    if not spellings:
        return
    # As long as the keyword, so that places stay the same; one for each spelling, since names differ by case; and
    # nowhere in the query, so that none is meant already.
    free = (word for word in (f"x{number:06d}" for number in count()) if word not in query)
    others = dict(zip(spellings, free, strict=False))
    try:
        Store().query(_SERVICE.sub(lambda match: others[match.group()], query))
    except SyntaxError as fault:
        token = _names(query, "SERVICE")
        if token is None:
            raise _placed(query, str(fault)) from fault
        line, column = position(query, token.start)
        raise QueryError(
            "SERVICE is refused: a query may not reach another server", where=Place("query", line, column)
        ) from fault
    except (OSError, RuntimeError, ValueError) as fault:
        raise QueryError(f"the query cannot be run: {fault}") from fault


def _wrong_form(expected: str) -> NoReturn:
    raise QueryError(f"the query is of another form: {expected} is expected")


def _placed(query: str, message: str) -> QueryError:
    """The parser's message as an error with its line and a caret under the character it stopped at."""
    match = _AT.match(message)
    if match is None:
        return QueryError(f"not SPARQL: {message[:_LONGEST]}")
    line, column, reason = int(match[1]), int(match[2]), " ".join(match[3].split())
    if len(reason) > _LONGEST:
        reason = reason[: _LONGEST - 1] + "…"
    lines = query.splitlines() or [""]
    shown = lines[min(line, len(lines)) - 1]
    caret = " " * (column - 1) + "^"
    return QueryError(f"not SPARQL: {reason}\n  {shown}\n  {caret}", where=Place("query", line, column))
