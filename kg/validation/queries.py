"""Query files held against rdflib's syntax tree and against the ontology: what reading a header does not show.

``check_queries()`` takes seconds and imports rdflib, so ``make lint`` runs it (``kg queries --check``), and
``kg query`` does not. It stands here, since rdflib may be imported here only.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import cache
from itertools import pairwise
from pathlib import Path

from pyoxigraph import RdfFormat, parse

from kg import resources
from kg.engine import Embedded
from kg.engine.lexer import position, tokens
from kg.errors import Place, QueryError, SyntaxFault, TemplateError, ZoneKGError
from kg.templates import Template, read
from kg.templates.body import inspect, placed_terms
from kg.templates.header import Node, read_header
from kg.templates.values import as_iri
from kg.terms import NamedNode
from kg.validation.query_tree import Group, Tree, read_tree
from kg.vocab import SHORTHANDS, misspelt, shorten

_DESCRIBED = tuple(SHORTHANDS[prefix] for prefix in ("id", "src", "ref"))  # in kg/data, each of them
_IRI_KEYS = ("class", "scheme", "default")


def check_queries(paths: Iterable[Path] | None = None) -> list[ZoneKGError]:
    """All that is wrong with query files (ours, when left out), each with its place; empty when nothing is.

    The header first; the other checks only for a file whose header and text agree.
    """
    files = resources.visible_files(resources.root("queries"), "*.rq") if paths is None else list(paths)
    found: list[ZoneKGError] = []
    names: dict[str, Path] = {}
    for path in files:
        if names.setdefault(path.stem, path) != path:
            found.append(
                TemplateError(f"two queries are called {path.stem}; see {names[path.stem]}", where=Place(path))
            )
        try:
            template = read(path)
            tree = read_tree(template.text, Place(path))
            found += _engine_refuses(template)
        except ZoneKGError as fault:
            found.append(fault)
            continue
        found += [*_header_terms(template), *_body_terms(template), *_form(template, tree), *_scopes(template, tree)]
        if template.constructs != "rule":  # rules materialise closures, and run on the embedded engine alone
            found += _paths(template, tree)
    return found


def _engine_refuses(template: Template) -> Iterator[ZoneKGError]:
    """What Oxigraph does not parse, at its line of the file."""
    engine = Embedded()
    try:
        if template.constructs is None:
            engine.select(template.text)
        else:
            engine.construct(template.text)
    except QueryError as fault:
        at = fault.where or Place("query")
        yield SyntaxFault(fault.message.splitlines()[0], where=Place(template.path, at.line, at.column))


def _unknown(iris: Iterable[str]) -> set[str]:
    """Those IRIs of our namespaces that are no term of the ontology, and nothing that the data describes."""
    known = list(iris)
    return {*misspelt(known), *(it for it in known if it.startswith(_DESCRIBED) and it not in _subjects())}


@cache
def _subjects() -> frozenset[str]:
    """Every IRI that a file of kg/data describes."""
    return frozenset(
        quad.subject.value
        for path in resources.visible_files(resources.root("data"), "*.ttl")
        for quad in parse(path=path, format=RdfFormat.TURTLE)
        if isinstance(quad.subject, NamedNode)
    )


def _header_terms(template: Template) -> Iterator[ZoneKGError]:
    """Unknown classes, schemes and defaults."""
    pieces = read_header(template.text, template.path).mapping("the header")
    parameters = pieces["parameters"].mapping("parameters") if "parameters" in pieces else {}
    for name, parameter in parameters.items():
        for key in _IRI_KEYS:
            for node in _items(parameter.mapping(name).get(key)):
                term = as_iri(node.value) if isinstance(node.value, str) else None
                if term is not None and _unknown([term.value]):
                    yield TemplateError(f"parameter {name}: unknown term {shorten(term)}", where=node.where)


def _items(node: Node | None) -> tuple[Node, ...]:
    """A piece of the header, or the pieces of a list."""
    if node is None:
        return ()
    return node.value if isinstance(node.value, tuple) else (node,)


def _body_terms(template: Template) -> Iterator[ZoneKGError]:
    """Unknown terms in the query itself."""
    named = list(placed_terms(template.text))
    unknown = _unknown(dict.fromkeys(term for term, _ in named))
    for term, offset in named:
        if term in unknown:
            yield TemplateError(f"unknown term {shorten(term)}", where=_at(template, offset))


def _form(template: Template, tree: Tree) -> Iterator[ZoneKGError]:
    """Columns and order, as the tree has them."""
    if template.constructs is not None:
        return
    outer, where = tree.scopes[0], _at(template, inspect(template.text).start)
    if outer.columns != template.returns:
        shown = "*" if outer.columns is None else ", ".join(outer.columns)
        yield TemplateError(f"returns has {', '.join(template.returns)}; SELECT has {shown}", where=where)
    if not outer.ordered:
        yield TemplateError("a SELECT needs ORDER BY, so that its rows come in one order", where=where)


def _scopes(template: Template, tree: Tree) -> Iterator[ZoneKGError]:
    """Parameters that do not reach a scope or a filter that names them."""
    parameters = {parameter.name for parameter in template.parameters}
    for scope in tree.scopes:
        for name in sorted(scope.blocks & parameters - scope.uses):
            yield TemplateError(f"VALUES ?{name} stands in a scope that does not use it", where=_slot(template, name))
        if not scope.outermost:
            own = parameters & scope.uses - scope.blocks - set(scope.columns or parameters)
            for name in sorted(own):
                yield TemplateError(
                    f"a subquery uses ?{name}, and neither projects it nor has a VALUES block for it",
                    where=_slot(template, name),
                    hint=f"put VALUES ?{name} {{ … }} into the subquery too",
                )
    for group in tree.groups:
        for name, by in group.blind:
            if name in parameters:
                yield TemplateError(
                    f"a {by} reads ?{name} in a group where nothing binds it: it does not see outside its braces",
                    where=_slot(template, name),
                )


def _paths(template: Template, tree: Tree) -> Iterator[ZoneKGError]:
    """Paths of unbounded length with both ends free, which Virtuoso refuses."""
    for group in tree.groups:
        for start, end in group.endless:
            if _free(start, group) and _free(end, group):
                yield TemplateError(
                    f"a path of unbounded length with both ends free, ?{start} and ?{end}",
                    where=_path(template, end),
                    hint="bind one end, or let a rule materialise the closure",
                )


def _free(end: str | None, group: Group) -> bool:
    return end is not None and end not in group.fixed


def _path(template: Template, end: str | None) -> Place:
    """Where a repeated step stands before this variable; else where the query begins."""
    stream = list(tokens(template.text))
    for mark, after in pairwise(stream):
        if mark.text in ("*", "+") and after.kind == "var" and after.text[1:] == end:
            return _at(template, mark.start)
    return _at(template, inspect(template.text).start)


def _slot(template: Template, name: str) -> Place:
    """Where the first block of a parameter stands."""
    return next(_at(template, slot.start) for slot in template.slots if slot.parameter == name)


def _at(template: Template, offset: int) -> Place:
    return Place(template.path, *position(template.text, offset))
