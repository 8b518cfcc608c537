"""The graph as a library opens it: one call to load, one to ask, and rdflib's Dataset for those who prefer it."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING, TypeAlias
from typing import Literal as OneOf

from kg import resources
from kg.engine import Embedded, Rows
from kg.errors import UsageError
from kg.templates import Template, get, resolve
from kg.terms import BlankNode, Literal, NamedNode, Term, Triple, literal

if TYPE_CHECKING:
    from kg.engine.rdf import Dataset

Value: TypeAlias = str | bool | int | float | Decimal | date | Term


def load(dataset: Path | str | None = None) -> Graph:
    """Open a built dataset: a file or a folder; left out, the one that ``kg query`` would use.

    DatasetMissing when there is none, DatasetStale when it is older than its inputs, SyntaxFault when it is
    ill-formed.
    """
    graph = Graph()
    graph.read(resources.dataset(None if dataset is None else Path(dataset)))
    return graph


class Graph(Embedded):
    """The embedded engine with the catalogue of queries.

    >>> import kg
    >>> graph = kg.load()                                                       # doctest: +SKIP
    >>> graph.query("partnerships_of_zones_and_universities", zone="晋城经开区")  # doctest: +SKIP
    """

    __slots__ = ()

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

    def to_rdflib(self) -> Dataset:
        """A copy of the graph as an rdflib Dataset, with its named graphs; its default graph is their union."""
        from kg.engine.rdf import to_rdflib

        return to_rdflib(self.quads())

    def _filled(self, template: Template, values: dict[str, Value | Iterable[Value] | None]) -> str:
        """The query's text with these values in it."""
        lang: OneOf["zh", "en"] = "zh" if values.get("lang") == "zh" else "en"
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
        return template.fill(**terms)


_TERM = NamedNode | BlankNode | Literal
_ONE = str | bool | int | float | Decimal | date | NamedNode | BlankNode | Literal


def _text(value: str | bool | int | float | Decimal | date) -> str:
    """A Python value as a person would type it; TypeError for one of another type."""
    return value if isinstance(value, str) else literal(value).value


def paged(query: str, limit: int | None, offset: int | None) -> str:
    """The query with LIMIT and OFFSET behind it, which it should not have yet."""
    parts = [f"\n{word} {number}" for word, number in (("LIMIT", limit), ("OFFSET", offset)) if number is not None]
    return query + "".join(parts)
