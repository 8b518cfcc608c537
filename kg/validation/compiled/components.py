"""Constraint components of someone's own: sh:ConstraintComponent with SPARQL validators."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from kg.terms import Literal, NamedNode, Node, Term
from kg.validation.focus import is_true
from kg.validation.graphs import Graph
from kg.vocab import SH

_VALIDATORS = ("nodeValidator", "propertyValidator", "validator")


@dataclass(frozen=True, slots=True)
class Parameter:
    """A property that takes a parameter, and the name of the variable that stands for it."""

    path: NamedNode
    name: str
    optional: bool


@dataclass(frozen=True, slots=True)
class Component:
    """A component: its parameters and its validators, each where there is one; ``foreign``: some are no SPARQL."""

    node: NamedNode
    parameters: tuple[Parameter, ...]
    of_node: Node | None
    of_property: Node | None
    of_value: Node | None
    foreign: bool

    def validator(self, *, has_path: bool) -> Node | None:
        """The validator for a property shape or a node shape; None where the component has none for it."""
        return (self.of_property if has_path else self.of_node) or self.of_value

    def uses(self, graph: Graph, shape: Node) -> Iterator[dict[str, Term]]:
        """Parameter → value, for each constraint that a shape makes of the component."""
        given = {it: graph.objects(shape, it.path) for it in self.parameters}
        needed = [it for it in self.parameters if not it.optional]
        if not needed or not all(given[it] for it in needed):
            return
        # A component with one parameter is used once for every value; one with more has one value of each.
        first = needed[0]
        for value in dict.fromkeys(given[first]) if len(self.parameters) == 1 else given[first][:1]:
            rest = {it.name: values[0] for it, values in given.items() if values and it != first}
            yield {first.name: value, **rest}


def components(graph: Graph) -> tuple[Component, ...]:
    """Every component of the graph that has parameters."""
    found: list[Component] = []
    for node in dict.fromkeys(triple.subject for triple in graph.having(SH.parameter)):
        parameters = tuple(_parameters(graph, node))
        if isinstance(node, NamedNode) and parameters:
            of_node, of_property, of_value = (_validator(graph, node, name) for name in _VALIDATORS)
            found.append(Component(node, parameters, of_node, of_property, of_value, _foreign(graph, node)))
    return tuple(found)


def _validator(graph: Graph, component: Node, name: str) -> Node | None:
    """The SPARQL validator of a kind; those in JavaScript are passed over, as the specification allows."""
    for node in graph.objects(component, SH[name]):
        if not isinstance(node, Literal) and _is_sparql(graph, node):
            return node
    return None


def _is_sparql(graph: Graph, validator: Term) -> bool:
    return bool(graph.objects(validator, SH.ask) or graph.objects(validator, SH.select))


def _foreign(graph: Graph, component: Node) -> bool:
    return any(not _is_sparql(graph, it) for name in _VALIDATORS for it in graph.objects(component, SH[name]))


def _parameters(graph: Graph, component: Node) -> Iterator[Parameter]:
    for node in graph.objects(component, SH.parameter):
        path = graph.value(node, SH.path)
        if isinstance(path, NamedNode):
            name = path.value.replace("#", "/").replace(":", "/").rpartition("/")[2]
            yield Parameter(path, name, is_true(graph.value(node, SH.optional)))
