"""What every engine does: answer SPARQL 1.1 queries over the union of the named graphs."""

from __future__ import annotations

from typing import Protocol, runtime_checkable

from kg.engine.rows import Rows
from kg.terms import Triple


@runtime_checkable
class Engine(Protocol):
    """Answers queries. The default graph is the union of the named graphs; nothing is ever written by a query.

    Each method raises QueryError for a query that the engine refuses, cannot finish, or that is of another form
    (an ASK given to ``select``).
    """

    def select(self, query: str) -> Rows:
        """The rows of a SELECT, in the order that the engine gives them."""
        ...

    def ask(self, query: str) -> bool:
        """The answer of an ASK."""
        ...

    def construct(self, query: str) -> tuple[Triple, ...]:
        """The triples of a CONSTRUCT or DESCRIBE, each once, in no order that means anything."""
        ...
