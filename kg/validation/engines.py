"""The two engines behind one function: shapes and data in, the triples of the W3C report out.

native: the PyPI package ``shacl`` (Rust). reference: pySHACL, slow and thorough; it runs where the native one cannot
be loaded, and for the parts of SHACL-AF that native has not.
"""

from __future__ import annotations

import logging
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from functools import lru_cache
from importlib import import_module
from types import ModuleType
from typing import TYPE_CHECKING, Any, Protocol

from kg.errors import DataError, ShapesError
from kg.terms import BlankNode, Literal, NamedNode, Term
from kg.validation.documents import Document
from kg.validation.focus import TARGETS, focus_sets
from kg.validation.gaps import needs_advanced, refuse_any, refuse_native
from kg.validation.graphs import Graph, Part, Statement, from_n_triples, read, statement
from kg.validation.shapes import Shapes
from kg.validation.sparql_texts import broken_text
from kg.vocab import SH

if TYPE_CHECKING:
    import rdflib

ENGINES = ("native", "reference")


class Engine(Protocol):
    """Validates; ``focus`` says which nodes' findings are wanted (an engine may give more)."""

    def run(self, data: Graph | Document, shapes: Shapes, focus: frozenset[Term] | None) -> Graph:
        """The W3C report as a graph. ShapesError when the engine refuses the shapes.

        Blank nodes keep the labels of a graph; those of a document are ``b0``, ``b1``, … in the order of its text.
        DataError for a document that cannot be read.
        """


class Native:
    """The PyPI package ``shacl``."""

    def __init__(self, module: ModuleType) -> None:
        self._module = module

    def run(self, data: Graph | Document, shapes: Shapes, focus: frozenset[Term] | None) -> Graph:
        """See Engine; ``focus`` is left to the caller."""
        refuse_native(shapes.graph)
        if isinstance(data, Graph):
            answer = self._answer(shapes, data.n_triples().decode(), "ntriples", None)
            return _labelled(answer, list(_blank_nodes(data.triples)), shapes)
        if "<<" in data.text:  # a quoted triple, or just text: the engine would pass over the difference
            read(data.files)
        try:
            if data.format in ("nquads", "trig") and shapes.sparql:
                data = data.flat()  # the engine's SPARQL goes through named graphs one by one, at length
            return _labelled(self._answer(shapes, data.text, data.format, data.base), None, shapes)
        except DataError:
            read(data.files)  # says what is wrong, and where
            raise

    def _answer(self, shapes: Shapes, text: str, form: str, base: str | None) -> Graph:
        """The engine's report, with its own names for blank nodes. DataError for an ill-formed text."""
        try:
            compiled = self._module.Shapes.from_text(shapes.n_triples.decode(), "ntriples")
            report = compiled.validate_text(text, form, **({} if base is None else {"base": base}))
            return from_n_triples(report.serialize("ntriples"))
        except ValueError as fault:
            if str(fault).startswith("parse error"):
                raise DataError(f"the native engine cannot read the data: {fault}") from fault
            broken = broken_text(shapes.graph) if "SPARQL" in str(fault) else None
            raise broken or ShapesError(f"the native engine refuses the shapes: {fault}") from fault
        except BaseException as fault:
            # A panic in Rust is no Exception, so that nobody catches it by accident; here it becomes an internal one.
            if type(fault).__name__ == "PanicException":
                raise RuntimeError(f"the native engine broke down: {fault}") from None
            raise


def _labelled(report: Graph, names: list[BlankNode] | None, shapes: Shapes) -> Graph:
    """The report with the data's own labels, or with numbers where there are no ``names``.

    Native numbers blank nodes ``0_b0``, ``0_b1``, … as it meets them: those of the shapes (lists, paths) first.
    """
    first = shapes.blank_nodes

    def own(node: BlankNode) -> BlankNode:
        number = int(node.value.removeprefix("0_b")) - first
        return BlankNode(f"b{number}") if names is None else names[number]

    def renamed(triple: Statement) -> Statement:
        value = triple.object
        if not isinstance(value, BlankNode) or not value.value.startswith("0_b") or triple.predicate == SH.result:
            return triple
        if int(value.value.removeprefix("0_b")) < first:  # a node of the shapes graph
            return triple
        return statement(triple.subject, triple.predicate, own(value))

    return Graph((Part(tuple(renamed(triple) for triple in report.triples)),))


def _blank_nodes(triples: Iterable[Statement]) -> dict[BlankNode, None]:
    """The blank nodes, each once, in the order in which they are met."""
    order: dict[BlankNode, None] = {}
    for triple in triples:
        for term in (triple.subject, triple.object):
            if isinstance(term, BlankNode):
                order[term] = None
    return order


class Reference:
    """pySHACL."""

    def run(self, data: Graph | Document, shapes: Shapes, focus: frozenset[Term] | None) -> Graph:
        """See Engine."""
        refuse_any(shapes.graph)
        if isinstance(data, Document):
            data = read(data.files)
        pyshacl = import_module("pyshacl")
        errors = import_module("pyshacl.errors")
        given = _to_rdflib(data.parts)
        wanted = _to_rdflib([_named(shapes).parts[0]] if focus is None else _aimed(shapes, data, focus))
        try:
            with _quiet("pyshacl", "rdflib.term"):
                _, report, _ = pyshacl.validate(
                    given,
                    shacl_graph=wanted,
                    advanced=needs_advanced(shapes.graph),
                    inference="none",
                )
        except errors.ReportableRuntimeError as fault:
            raise ShapesError(f"pySHACL refuses the shapes: {fault.message}") from fault
        except import_module("pyparsing").ParseBaseException as fault:  # what rdflib says of ill-formed SPARQL
            raise ShapesError(f"pySHACL refuses the shapes: SPARQL error: {fault}") from fault
        except NotImplementedError as fault:
            raise ShapesError(f"pySHACL cannot do that: {fault}", hint="use --engine native") from fault
        except Exception as fault:
            # Comparing what Python does not compare, a prefix that is not declared, a pattern that is not Python's.
            what = f"{type(fault).__name__}: {fault}"
            raise ShapesError(f"pySHACL breaks down: {what}", hint="use --engine native") from fault
        if isinstance(report, Exception):  # pySHACL returns some of its failures
            raise ShapesError(f"pySHACL refuses the shapes: {report}") from report
        return _from_rdflib(report)


def _aimed(shapes: Shapes, data: Graph, focus: frozenset[Term]) -> list[Part]:
    """The shapes with the nodes of ``focus`` as their only targets.

    pySHACL's own ``focus_nodes`` leaves out values that inner shapes look at: ``sh:or`` and ``sh:not`` go wrong.
    """
    sets = focus_sets(_named(shapes), data)
    aims = [statement(shape, SH.targetNode, node) for shape, nodes in sets.items() for node in nodes & focus]
    return [_aimless(shapes), Part(tuple(aims))]


@lru_cache(maxsize=8)
def _named(shapes: Shapes) -> Graph:
    """The shapes graph as engines get it."""
    return Graph((Part(shapes.named_triples),))


@lru_cache(maxsize=8)
def _aimless(shapes: Shapes) -> Part:
    """The shapes graph without its targets."""
    kinds = {SH[kind] for kind in TARGETS}
    return Part(tuple(triple for triple in shapes.named_triples if triple.predicate not in kinds))


@contextmanager
def _quiet(*names: str) -> Iterator[None]:
    """Silence loggers: what pySHACL logs it also raises or reports, and ill-typed literals are findings."""
    loggers = [logging.getLogger(name) for name in names]
    levels = [logger.level for logger in loggers]
    try:
        for logger in loggers:
            logger.setLevel(logging.CRITICAL)
        yield
    finally:
        for logger, level in zip(loggers, levels, strict=True):
            logger.setLevel(level)


def load(name: str) -> tuple[Engine, str, str | None]:
    """An engine by name: (engine, name of the one that will run, why it is not the one asked for)."""
    if name == "reference":
        return Reference(), "reference", None
    try:
        return Native(import_module("shacl")), "native", None
    except ImportError as fault:
        return Reference(), "reference", f"the native engine cannot be loaded ({fault})"


def _to_rdflib(parts: Iterable[Part]) -> rdflib.Graph:
    """Our triples as rdflib's."""
    import rdflib

    graph = rdflib.Graph()
    for part in parts:
        for triple in _triples(part):
            graph.add(triple)
    return graph


@lru_cache(maxsize=64)
def _triples(part: Part) -> list[Any]:
    """The triples of a part as rdflib's, lexical forms kept."""
    import rdflib

    def term(value: Any) -> Any:
        if isinstance(value, NamedNode):
            return rdflib.URIRef(value.value)
        if isinstance(value, BlankNode):
            return rdflib.BNode(value.value)
        if value.language:
            return rdflib.Literal(value.value, lang=value.language)
        # rdflib would rewrite "01"^^xsd:integer; and plain text has no datatype of its own there.
        datatype = None if value.datatype.value.endswith("#string") else rdflib.URIRef(value.datatype.value)
        return rdflib.Literal(value.value, datatype=datatype, normalize=False)

    return [(term(triple.subject), term(triple.predicate), term(triple.object)) for triple in part.triples]


def _from_rdflib(graph: rdflib.Graph) -> Graph:
    """rdflib's triples as ours."""
    import rdflib

    def term(value: Any) -> Any:
        if isinstance(value, rdflib.URIRef):
            return NamedNode(str(value))
        if isinstance(value, rdflib.BNode):
            return BlankNode(str(value))
        if value.language:
            return Literal(str(value), language=value.language)
        return Literal(str(value), datatype=NamedNode(str(value.datatype))) if value.datatype else Literal(str(value))

    return Graph((Part(tuple(statement(term(s), term(p), term(o)) for s, p, o in graph)),))
