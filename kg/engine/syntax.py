"""A person's own SPARQL, read before it runs: what form it has, and what it would reach outside the graph.

The tree is rdflib's. It is read here and not run: the engine parses the text again, and refuses on its own account
what it must not do.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

from kg.engine.embedded import Embedded
from kg.engine.lexer import position, tokens
from kg.engine.protocol import Engine
from kg.errors import Place, QueryError
from kg.terms import NamedNode

_FORMS = {"SelectQuery": "SELECT", "ConstructQuery": "CONSTRUCT", "DescribeQuery": "DESCRIBE", "AskQuery": "ASK"}
_MOST = 1_000_000  # characters; the parser takes seconds for as many


@dataclass(frozen=True, slots=True)
class Syntax:
    """What a query is and names. ``services`` holds None where a variable says which server to ask."""

    form: str  # SELECT, CONSTRUCT, DESCRIBE or ASK
    closed: bool  # whether it ends in LIMIT, OFFSET or VALUES, so that no LIMIT can be put behind it
    graphs: tuple[NamedNode, ...]  # of FROM and FROM NAMED
    services: tuple[str | None, ...]


def read_syntax(query: str, *, name: str = "query") -> Syntax:
    """The outline of a query. QueryError, with line and caret, for an update and for what is no SPARQL 1.1.

    ``name`` stands in errors for the text: a file's name, say.
    """
    from pyparsing import ParseBaseException
    from rdflib.plugins.sparql.algebra import translatePrologue
    from rdflib.plugins.sparql.parser import parseQuery

    if len(query) > _MOST:
        raise QueryError(f"a query of {len(query)} characters is too long; {_MOST} at most")
    try:
        head, body = parseQuery(query)
        prologue = translatePrologue(head, "urn:query:")
    except ParseBaseException as fault:
        raise _refused(query, name, fault.lineno, fault.column) from fault
    except RecursionError as fault:
        raise QueryError("the query is nested too deeply") from fault
    except Exception as fault:  # rdflib raises bare Exceptions for prefixes
        raise QueryError(f"not SPARQL: {fault}") from fault

    def iri(node: Any) -> str:
        try:
            return str(prologue.absolutize(node))
        except Exception as fault:  # as above
            raise QueryError(f"not SPARQL: {fault}") from fault

    try:
        graphs = [node.default or node.named for node in _nodes(body, "DatasetClause")]
        services = [node.term for node in _nodes(body, "ServiceGraphPattern")]
    except RecursionError as fault:
        raise QueryError("the query is nested too deeply") from fault
    return Syntax(
        form=_FORMS[body.name],
        closed="limitoffset" in body or "valuesClause" in body,
        graphs=tuple(_graph(iri(node)) for node in graphs),
        services=tuple(None if type(node).__name__ == "Variable" else iri(node) for node in services),
    )


def _graph(name: str) -> NamedNode:
    """The graph that a FROM names; QueryError for what is no IRI, a file's name say."""
    try:
        return NamedNode(name)
    except ValueError as fault:
        raise QueryError(
            f"FROM <{name}> is refused: it names no graph of the dataset", hint="no file or address is read"
        ) from fault


def _nodes(tree: Any, name: str) -> Iterator[Any]:
    """Every node of that name, wherever in the tree."""
    from rdflib.plugins.sparql.parserutils import CompValue

    if isinstance(tree, CompValue):
        if tree.name == name:
            yield tree
        for child in tree.values():
            yield from _nodes(child, name)
    elif not isinstance(tree, str):
        try:
            children = iter(tree)
        except TypeError:
            return
        for child in children:
            yield from _nodes(child, name)


def _refused(query: str, name: str, line: int, column: int) -> QueryError:
    """Why a text that rdflib cannot read is refused; the embedded engine's words, where it has some, are clearer."""
    update = _update_word(query)
    if update is not None:
        return QueryError(
            f"{update[0]} is refused: a query only reads", where=Place(name, *position(query, update[1]))
        )
    try:
        Embedded().run(query)
    except QueryError as fault:
        where = None if fault.where is None else Place(name, fault.where.line, fault.where.column)
        return QueryError(fault.message, where=where)
    lines = query.splitlines() or [""]
    shown = lines[min(line, len(lines)) - 1]
    caret = " " * (column - 1) + "^"
    return QueryError(
        f"SPARQL that this check cannot read\n  {shown}\n  {caret}",
        where=Place(name, line, column),
        hint="SPARQL 1.1, as rdflib reads it, is run",
    )


def _update_word(query: str) -> tuple[str, int] | None:
    """The first word of an update and where it stands; None when the text does not begin as one."""
    words = ("INSERT", "DELETE", "LOAD", "CLEAR", "CREATE", "DROP", "COPY", "MOVE", "ADD", "WITH")
    forms = ("SELECT", "CONSTRUCT", "DESCRIBE", "ASK")
    for token in tokens(query):
        if token.kind == "word" and token.text.upper() in (*words, *forms):
            return (token.text.upper(), token.start) if token.text.upper() in words else None
    return None


def refuse_services(syntax: Syntax, allowed: tuple[str, ...]) -> None:
    """QueryError unless every server that the query would ask is one of these hosts (``host`` or ``host:port``)."""
    for address in syntax.services:
        if address is None:
            raise QueryError("SERVICE with a variable is refused: nobody can tell which server it would ask")
        server = urlsplit(address).netloc.rpartition("@")[2].lower()
        host = re.sub(r":[0-9]*$", "", server)
        if not {server, host} & {name.lower() for name in allowed}:
            raise QueryError(
                f"SERVICE <{address}> is refused: a query may not reach another server",
                hint=f"--allow-service {host}, where the query runs on an endpoint",
            )


def refuse_strange_graphs(syntax: Syntax, engine: Engine) -> None:
    """QueryError unless every FROM and FROM NAMED names a graph of the dataset: never a file, never a host."""
    for graph in syntax.graphs:
        if not engine.ask(f"ASK {{ GRAPH {graph} {{ ?s ?p ?o }} }}"):
            raise QueryError(
                f"FROM {graph} is refused: the dataset has no graph of that name",
                hint="SELECT DISTINCT ?g { GRAPH ?g { ?s ?p ?o } } lists them; no file or address is read",
            )
