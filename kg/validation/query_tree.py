"""The syntax tree of a query as rdflib reads it: its columns, its order, its scopes, its endless paths.

rdflib's tree is walked here and nowhere else. It has no places; they come from the text.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any, cast

from pyparsing import ParseException
from rdflib.plugins.sparql.parser import parseQuery
from rdflib.plugins.sparql.parserutils import CompValue
from rdflib.term import Variable

from kg.errors import Place, SyntaxFault

_UNBOUNDED = ("*", "+")
_EXISTS = frozenset({"Builtin_EXISTS", "Builtin_NOTEXISTS"})


@dataclass(slots=True)
class Group:
    """What stands between two braces."""

    binds: set[str] = field(default_factory=set)  # what something here, or further in, can bind
    blind: list[tuple[str, str]] = field(default_factory=list)  # unbound variables, each read by FILTER or by BIND
    endless: list[tuple[str | None, str | None]] = field(default_factory=list)  # the variables at their ends
    fixed: set[str] = field(default_factory=set)  # bound here by something other than an endless path


@dataclass(slots=True)
class Scope:
    """The query, or one subquery: variables inside have nothing to do with those outside unless projected."""

    columns: tuple[str, ...] | None  # None for * and for a CONSTRUCT
    ordered: bool
    outermost: bool
    uses: set[str] = field(default_factory=set)  # in patterns and expressions, not in VALUES
    blocks: set[str] = field(default_factory=set)  # in VALUES


@dataclass(slots=True)
class Tree:
    """A whole query; the outermost scope first."""

    scopes: list[Scope] = field(default_factory=list)
    groups: list[Group] = field(default_factory=list)


def read_tree(text: str, where: Place) -> Tree:
    """The tree of a query. SyntaxFault, at its line of ``where``'s file, when rdflib cannot parse it."""
    try:
        query = cast("CompValue", parseQuery(text)[1])
    except ParseException as fault:
        place = Place(where.file, fault.lineno, fault.column)
        raise SyntaxFault(f"rdflib cannot parse it: {fault.msg}", where=place) from fault
    tree = Tree()
    _Walk(tree).scope(query, frozenset())
    return tree


class _Walk:
    """One pass over rdflib's tree; ``given`` are the variables that an EXISTS around has filled in.

    A CompValue is a dict whose attributes are None where it has no such key; its ``get`` is no dict's.
    """

    def __init__(self, tree: Tree) -> None:
        self._tree = tree
        self._scope = Scope(None, ordered=False, outermost=True)

    def scope(self, query: CompValue, given: frozenset[str]) -> set[str]:
        """The query or a subquery; returns what it projects."""
        around = self._scope
        scope = Scope(_columns(query), ordered="orderby" in query, outermost=not self._tree.scopes)
        self._tree.scopes.append(scope)
        self._scope = scope
        bound = self.group(query.where, given)
        for key in ("projection", "groupby", "having", "orderby", "template"):
            if key in query:
                scope.uses |= _variables(query[key])
        if query.valuesClause is not None:
            scope.blocks |= _block(query.valuesClause)
        self._scope = around
        return bound if scope.columns is None else set(scope.columns)

    def group(self, node: Any, given: frozenset[str], left: frozenset[str] = frozenset()) -> set[str]:
        """A group, or the subquery that it is; returns what it binds. ``left`` is what an OPTIONAL adds to."""
        if node.name == "SubSelect":
            projected = self.scope(node, given)
            self._scope.uses |= projected
            return projected
        group = Group()
        self._tree.groups.append(group)
        filters = []
        for part in node.part or ():
            match part.name:
                case "TriplesBlock":
                    self._triples(part, group)
                case "InlineData":
                    group.binds |= _block(part)
                    self._scope.blocks |= _block(part)
                case "Bind":
                    self._reads(part.expr, "BIND", group, given, frozenset())
                    group.binds.add(str(part.var))
                    group.fixed.add(str(part.var))
                    self._scope.uses.add(str(part.var))
                case "Filter":
                    filters.append(part.expr)
                case "OptionalGraphPattern":
                    group.binds |= self.group(part.graph, given, frozenset(group.binds))
                case "MinusGraphPattern":
                    self.group(part.graph, given)
                case "GroupOrUnionGraphPattern":
                    branches = [self.group(branch, given) for branch in part.graph]
                    group.binds |= set().union(*branches)
                    group.fixed |= set.intersection(*branches)
                case _:  # GRAPH
                    group.binds |= self.group(part.graph, given) | _variables(part.term)
        for expression in filters:  # a filter reads the whole group, wherever it stands
            self._reads(expression, "FILTER", group, given, left)
        group.fixed |= given
        return group.binds

    def _reads(self, expression: Any, by: str, group: Group, given: frozenset[str], left: frozenset[str]) -> None:
        """Note what an expression reads, and walk the patterns of its EXISTS, which see all that is bound."""
        read = _variables(expression, stop=_EXISTS)
        group.blind += [(name, by) for name in sorted(read - group.binds - given - left)]
        self._scope.uses |= read
        for one in _exists(expression):
            self.group(one.graph, given | left | group.binds)

    def _triples(self, block: CompValue, group: Group) -> None:
        """Note the variables of triple patterns, and the paths without end."""
        for triples in block.triples:
            terms = list(triples)
            group.binds |= _variables(terms)
            self._scope.uses |= _variables(terms)
            for subject, path, value in zip(terms[::3], terms[1::3], terms[2::3], strict=True):
                ends = [str(end) if isinstance(end, Variable) else None for end in (subject, value)]
                if _endless(path):
                    group.endless.append((ends[0], ends[1]))
                else:
                    group.fixed |= _variables([subject, path, value])


def _columns(query: CompValue) -> tuple[str, ...] | None:
    if query.name == "ConstructQuery" or "projection" not in query:
        return None
    return tuple(str(one.evar if "evar" in one else one.var) for one in query.projection)


def _endless(node: Any) -> bool:
    """Whether a path is nothing but steps repeated without bound; one plain step gives the others their start."""
    if not isinstance(node, CompValue) or not node.name.startswith("Path"):
        return False  # a variable or a name
    if node.name == "PathElt":
        return str(node.mod) in _UNBOUNDED or _endless(node.part)
    if node.name == "PathEltOrInverse":
        return _endless(node.part)
    steps = [_endless(step) for step in node.part]
    return any(steps) if node.name == "PathAlternative" else all(steps)


def _children(node: Any) -> Iterator[Any]:
    if isinstance(node, CompValue):
        yield from node.values()
    elif not isinstance(node, str) and hasattr(node, "__iter__"):
        yield from node


def _exists(node: Any) -> Iterator[CompValue]:
    """The EXISTS and NOT EXISTS of an expression, less those inside others."""
    if isinstance(node, CompValue) and node.name in _EXISTS:
        yield node
        return
    for child in _children(node):
        yield from _exists(child)


def _variables(node: Any, stop: frozenset[str] = frozenset()) -> set[str]:
    """Every variable below a node, less those below a node of these names."""
    if isinstance(node, Variable):
        return {str(node)}
    if isinstance(node, CompValue) and node.name in stop:
        return set()
    found: set[str] = set()
    for child in _children(node):
        found |= _variables(child, stop)
    return found


def _block(data: CompValue) -> set[str]:
    """The variables of a VALUES block."""
    return _variables(data.var)
