"""The graph as a library opens it: one call to load, one to ask, and rdflib's Dataset for those who prefer it."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING, Protocol, TypeAlias
from typing import Literal as OneOf

from kg import resources
from kg.engine import Embedded, Engine, Rows
from kg.engine.embedded import is_store
from kg.errors import UsageError
from kg.templates import Template, catalogue, get, resolve
from kg.terms import BlankNode, Literal, NamedNode, Term, Triple, literal

if TYPE_CHECKING:
    from kg.engine.rdf import Dataset
    from kg.view import View

Value: TypeAlias = str | bool | int | float | Decimal | date | Term


def load(dataset: Path | str | None = None) -> Graph:
    """Open a built dataset: a file, a folder, or a store that ``kg load --directory`` made; left out, the one that
    ``kg query`` would use. For one on a server see ``connect``.

    DatasetMissing when there is none, DatasetStale when it is older than its inputs, SyntaxFault when it is
    ill-formed.
    """
    path = None if dataset is None else Path(dataset)
    if path is not None and is_store(path):
        return Graph.open(path)
    graph = Graph()
    graph.read(resources.dataset(path))
    return graph


class Questions(Engine, Protocol):
    """The catalogue of queries, asked of whatever engine this is added to."""

    __slots__ = ()

    def select(self, query: str, *, timeout: float | None = None) -> Rows:
        """The engine's own."""
        ...

    def construct(self, query: str, *, timeout: float | None = None) -> tuple[Triple, ...]:
        """The engine's own."""
        ...

    def query(
        self,
        name: str,
        /,
        *,
        limit: int | None = None,
        offset: int | None = None,
        timeout: float | None = None,
        **values: Value | Iterable[Value] | None,
    ) -> Rows:
        """The rows of a query of the catalogue, its parameters given by name.

        A value is a term (``kg.iri(…)``), a Python number, date or boolean, or a text: for a parameter that is
        text, the text itself; for one that is an IRI or a concept, the IRI in full or with a prefix, a label in
        Chinese, English or pinyin, or an alias. A list of them where the parameter takes several; None is as if
        it were left out. ``limit`` and ``offset`` count rows, ``timeout`` seconds (see ``select``).

        UnknownTemplate, ParameterError, QueryError; UsageError for a query that gives triples.
        """
        template = get(name)
        if template.constructs is not None:
            raise UsageError(f"{name} gives triples, not rows", hint=f"graph.triples({name!r}, …)")
        return self.select(paged(self._filled(template, values), limit, offset), timeout=timeout)

    def triples(
        self, name: str, /, *, timeout: float | None = None, **values: Value | Iterable[Value] | None
    ) -> tuple[Triple, ...]:
        """The triples of a query of the catalogue that constructs; otherwise as ``query``."""
        template = get(name)
        if template.constructs is None:
            raise UsageError(f"{name} gives rows, not triples", hint=f"graph.query({name!r}, …)")
        return self.construct(self._filled(template, values), timeout=timeout)

    def network(
        self, name: str, /, *, lang: OneOf["zh", "en"] = "en", **values: Value | Iterable[Value] | None
    ) -> View:
        """A network of the catalogue as a View: a picture in a notebook, tables, measures, files.

        Values are as for ``query``; ``lang`` is the language that it is shown in. On an endpoint only what the
        network is made of is fetched, and each question is given the time that ``connect`` was told.

        UsageError for a query that is no network; UnknownTemplate, ParameterError, QueryError.
        """
        template = get(name)
        if template.constructs != "network":
            known = ", ".join(catalogue(resources.root("queries") / "networks"))
            raise UsageError(f"{name} is no network", hint=f"the networks: {known}")
        terms = self._terms(template, values, lang)
        from kg.networks import network  # and what they compute with, which takes a second to import
        from kg.render import origin
        from kg.view import View

        found = network(self, template, **terms)
        return View(found, origin(self, found), lang)

    def _filled(self, template: Template, values: dict[str, Value | Iterable[Value] | None]) -> str:
        """The query's text with these values in it."""
        return template.fill(**self._terms(template, values, "zh" if values.get("lang") == "zh" else "en"))

    def _terms(
        self, template: Template, values: dict[str, Value | Iterable[Value] | None], lang: OneOf["zh", "en"]
    ) -> dict[str, list[Term]]:
        """Parameter → terms; ``lang`` is that of the labels in messages."""
        terms: dict[str, list[Term]] = {}
        for name, value in values.items():
            template.parameter(name)
            if value is None:
                continue
            several = [value] if isinstance(value, _ONE) else list(value)
            terms[name] = [
                item if isinstance(item, _TERM) else resolve(template, {name: [_text(item)]}, self, lang)[name][0]
                for item in several
            ]
        return terms


class Graph(Embedded, Questions):
    """The embedded engine with the catalogue of queries.

    >>> import kg
    >>> graph = kg.load()                                                       # doctest: +SKIP
    >>> graph.query("partnerships_of_zones_and_universities", zone="晋城经开区")  # doctest: +SKIP
    """

    __slots__ = ()

    def to_rdflib(self) -> Dataset:
        """A copy of the graph as an rdflib Dataset, with its named graphs; its default graph is their union."""
        from kg.engine.rdf import to_rdflib

        return to_rdflib(self.quads())


_TERM = NamedNode | BlankNode | Literal
_ONE = str | bool | int | float | Decimal | date | NamedNode | BlankNode | Literal


def _text(value: str | bool | int | float | Decimal | date) -> str:
    """A Python value as a person would type it; TypeError for one of another type."""
    return value if isinstance(value, str) else literal(value).value


def paged(query: str, limit: int | None, offset: int | None) -> str:
    """The query with LIMIT and OFFSET behind it, which it should not have yet."""
    parts = [f"\n{word} {number}" for word, number in (("LIMIT", limit), ("OFFSET", offset)) if number is not None]
    return query + "".join(parts)
