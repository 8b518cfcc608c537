"""Shapes as the translation needs them: a tree of frozen values, read from the shapes graph once.

What is not translated is refused while reading (see gaps). A deactivated shape or constraint is left out: it holds.
"""

from __future__ import annotations

from dataclasses import dataclass

from kg.terms import BlankNode, Literal, NamedNode, Node, Term
from kg.validation.compiled.components import Component, components
from kg.validation.compiled.gaps import refuse
from kg.validation.focus import deactivated, is_true, targets
from kg.validation.paths import Path, read_path
from kg.validation.shapes import Shapes
from kg.vocab import SH

# Parameters whose every value is a constraint on each value node by itself.
_ONE_BY_ONE = (
    "class", "datatype", "nodeKind", "minExclusive", "minInclusive", "maxExclusive", "maxInclusive",
    "minLength", "maxLength", "pattern", "languageIn", "in",
)  # fmt: skip
_ON_SETS = ("minCount", "maxCount", "hasValue", "equals", "disjoint", "lessThan", "lessThanOrEquals")
_ON_SHAPES = ("node", "not", "and", "or", "xone")
_ADVANCED = ("rule", "expression", "js", "target")
_NODE_KIND = ["IRI", "BlankNode", "Literal", "BlankNodeOrIRI", "BlankNodeOrLiteral", "IRIOrLiteral"]


@dataclass(frozen=True, eq=False, slots=True)
class Constraint:
    """One constraint. ``name`` is the local name of its parameter; which of the rest is filled depends on it.

    ``terms``: the values of the parameter, or the members of its list. ``shapes``: those that it refers to.
    ``number``: a count or a length. ``siblings``: the qualified shapes that values may not conform to as well.
    ``node``: the constraint's own node (sh:sparql). ``text``: a pattern with its ``flags``, or a query, with
    ``bindings`` for the parameters of a component of someone's own (``name`` is then ``component``).
    """

    name: str
    component: NamedNode
    terms: tuple[Term, ...] = ()
    shapes: tuple[Shape, ...] = ()
    siblings: tuple[Shape, ...] = ()
    number: int = 0
    text: str = ""
    flags: str = ""
    node: Node | None = None
    messages: tuple[Literal, ...] = ()
    bindings: tuple[tuple[str, Term], ...] = ()

    @property
    def is_sparql(self) -> bool:
        """It is a query of the shapes graph's own."""
        return self.name in ("sparql", "component")


@dataclass(frozen=True, slots=True)
class Target:
    """A target: its kind (``targetClass``, …) and the classes, nodes or property."""

    kind: str
    terms: tuple[Term, ...]


@dataclass(frozen=True, eq=False, slots=True)
class Shape:
    """A node shape, or a property shape when it has a path; ``properties`` are those of sh:property."""

    node: Node
    root: NamedNode | None
    path: Path | None
    severity: NamedNode
    messages: tuple[Literal, ...]
    constraints: tuple[Constraint, ...]
    properties: tuple[Shape, ...]


@dataclass(frozen=True, slots=True)
class Aimed:
    """A shape with its targets."""

    shape: Shape
    targets: tuple[Target, ...]


def aimed(shapes: Shapes) -> tuple[Aimed, ...]:
    """Every shape that has a target and is not deactivated. ShapesError for a gap, where it is met."""
    reader = _Reader(shapes)
    found: dict[Node, dict[str, list[Term]]] = {}
    for shape, kind, value in targets(shapes.graph):
        if shape in reader.off:
            continue
        if isinstance(value, BlankNode):
            refuse("blank-target", shapes, shape)
        if isinstance(value, Literal) and kind != "targetNode":
            refuse("ill-formed", shapes, shape, f"sh:{kind}")
        values = found.setdefault(shape, {}).setdefault(kind, [])
        if value not in values:
            values.append(value)
    return tuple(
        Aimed(
            reader.shape(node),
            tuple(
                target
                for kind, terms in kinds.items()
                for target in (
                    [Target(kind, tuple(terms))]
                    if kind in ("targetNode", "targetClass")
                    else [Target(kind, (term,)) for term in terms]
                )
            ),
        )
        for node, kinds in found.items()
    )


class _Reader:
    """Reads shapes, each once; ``within`` are those around, so that a circle is seen."""

    def __init__(self, shapes: Shapes) -> None:
        self._shapes, self._graph = shapes, shapes.graph
        self.off = deactivated(shapes.graph)
        self._read: dict[Node, Shape] = {}
        self._within: list[Node] = []
        self._components = components(shapes.graph)
        for triple in self._graph.having(SH.entailment):
            refuse("entailment", shapes, triple.subject)

    def shape(self, node: Node) -> Shape:
        """The shape at a node."""
        if node in self._read:
            return self._read[node]
        if node in self._within:
            refuse("recursion", self._shapes, node)
        self._within.append(node)
        self._check(node)
        path = self._graph.value(node, SH.path)
        try:
            read = None if path is None else read_path(self._graph, path)
        except ValueError as fault:
            refuse("ill-formed", self._shapes, node, f"sh:path: {fault}")
        severity = self._graph.value(node, SH.severity)
        inner = [it for it in self._nodes(node, "property") if it not in self.off]
        found = Shape(
            node=node,
            root=self._shapes.root(node),
            path=read,
            severity=severity if isinstance(severity, NamedNode) else SH.Violation,
            messages=self._messages(node),
            constraints=() if node in self.off else tuple(self._constraints(node)),
            properties=() if node in self.off else tuple(self.shape(it) for it in inner),
        )
        self._within.pop()
        self._read[node] = found
        return found

    def _check(self, node: Node) -> None:
        """Refuse what stands at a shape and is not SHACL Core or sh:sparql."""
        for triple in self._graph.about(node):
            for name in _ADVANCED:
                if triple.predicate == SH[name]:
                    refuse(name, self._shapes, node)

    def _messages(self, node: Node) -> tuple[Literal, ...]:
        return tuple(it for it in self._graph.objects(node, SH.message) if isinstance(it, Literal))

    def _nodes(self, node: Node, name: str) -> list[Node]:
        found = dict.fromkeys(self._graph.objects(node, SH[name]))
        if any(isinstance(it, Literal) for it in found):
            refuse("ill-formed", self._shapes, node, f"sh:{name}")
        return [it for it in found if not isinstance(it, Literal)]

    def _items(self, node: Node, name: str, head: Term) -> tuple[Term, ...]:
        members = self._graph.items(head)
        if members is None:
            refuse("ill-formed", self._shapes, node, f"sh:{name}")
        return tuple(members)

    def _number(self, node: Node, name: str, value: Term) -> int:
        try:
            return int(value.value)
        except ValueError:
            refuse("ill-formed", self._shapes, node, f"sh:{name}")

    def _shapes_in(self, node: Node, name: str, head: Term) -> tuple[Shape, ...]:
        """The shapes that a parameter refers to; sh:sparql inside cannot be a condition."""
        members = self._items(node, name, head) if name in ("and", "or", "xone") else (head,)
        found = []
        for member in members:
            if isinstance(member, Literal):
                refuse("ill-formed", self._shapes, node, f"sh:{name}")
            shape = self.shape(member)
            self._without_sparql(shape)
            found.append(shape)
        return tuple(found)

    def _without_sparql(self, shape: Shape) -> None:
        if any(it.is_sparql for it in shape.constraints):
            refuse("sparql-nested", self._shapes, shape.node)
        for inner in shape.properties:
            self._without_sparql(inner)

    def _constraints(self, node: Node) -> list[Constraint]:
        """The constraints of a shape, less sh:property."""
        values = self._graph.objects
        found: list[Constraint] = []
        for name in (*_ONE_BY_ONE, *_ON_SETS):
            found += [self._plain(node, name, value) for value in dict.fromkeys(values(node, SH[name]))]
        for name in _ON_SHAPES:
            found += [
                Constraint(name, _component(name), shapes=self._shapes_in(node, name, value))
                for value in dict.fromkeys(values(node, SH[name]))
            ]
        if any(is_true(value) for value in values(node, SH.uniqueLang)):
            found.append(Constraint("uniqueLang", _component("uniqueLang")))
        if any(is_true(value) for value in values(node, SH["closed"])):
            found.append(self._closed(node))
        found += self._qualified(node)
        for value in self._nodes(node, "sparql"):
            if value not in self.off:
                found.append(self._sparql(node, value))
        for component in self._components:
            for bindings in component.uses(self._graph, node):
                found += self._custom(node, component, bindings)
        return found

    def _plain(self, node: Node, name: str, value: Term) -> Constraint:
        terms = self._items(node, name, value) if name in ("in", "languageIn") else (value,)
        if name in ("in", "hasValue") and any(isinstance(it, BlankNode) for it in terms):
            refuse("blank-term", self._shapes, node, f"sh:{name}")
        iris = name in ("class", "datatype", "nodeKind", "equals", "disjoint", "lessThan", "lessThanOrEquals")
        kinds = [SH[kind] for kind in _NODE_KIND]
        if (iris and not isinstance(value, NamedNode)) or (name == "nodeKind" and value not in kinds):
            refuse("ill-formed", self._shapes, node, f"sh:{name}")
        flags = self._graph.value(node, SH.flags)
        return Constraint(
            name,
            _component(name),
            terms=terms,
            number=self._number(node, name, value) if name.endswith(("Count", "Length")) else 0,
            text=value.value if name == "pattern" else "",
            flags=flags.value if name == "pattern" and isinstance(flags, Literal) else "",
        )

    def _closed(self, node: Node) -> Constraint:
        """sh:closed: ``terms`` are the properties allowed."""
        allowed: list[Term] = []
        for inner in self._graph.objects(node, SH.property):
            allowed += [it for it in self._graph.objects(inner, SH.path) if isinstance(it, NamedNode)]
        for head in self._graph.objects(node, SH.ignoredProperties):
            allowed += self._items(node, "ignoredProperties", head)
        if any(not isinstance(it, NamedNode) for it in allowed):
            refuse("ill-formed", self._shapes, node, "sh:ignoredProperties")
        return Constraint("closed", _component("closed"), terms=tuple(dict.fromkeys(allowed)))

    def _qualified(self, node: Node) -> list[Constraint]:
        found: list[Constraint] = []
        for value in dict.fromkeys(self._graph.objects(node, SH.qualifiedValueShape)):
            shapes = self._shapes_in(node, "qualifiedValueShape", value)
            siblings: tuple[Shape, ...] = ()
            if any(is_true(it) for it in self._graph.objects(node, SH.qualifiedValueShapesDisjoint)):
                siblings = self._siblings(node, value)
            for name in ("qualifiedMinCount", "qualifiedMaxCount"):
                for count in self._graph.objects(node, SH[name]):
                    number = self._number(node, name, count)
                    found.append(Constraint(name, _component(name), (), shapes, siblings, number))
        return found

    def _siblings(self, node: Node, own: Term) -> tuple[Shape, ...]:
        """The other qualified shapes of the property shapes of the shapes that have this one."""
        found: dict[Term, None] = {}
        for parent in self._graph.subjects(SH.property, node):
            for inner in self._graph.objects(parent, SH.property):
                found.update(dict.fromkeys(self._graph.objects(inner, SH.qualifiedValueShape)))
        found.pop(own, None)
        return tuple(s for it in found for s in self._shapes_in(node, "qualifiedValueShape", it))

    def _sparql(self, node: Node, value: Node) -> Constraint:
        texts = self._graph.objects(value, SH.select)
        if len(texts) != 1 or not isinstance(texts[0], Literal):
            refuse("ill-formed", self._shapes, node, "sh:sparql needs one sh:select")
        return Constraint(
            "sparql",
            SH.SPARQLConstraintComponent,
            text=self._prologue(value) + texts[0].value,
            node=value,
            messages=self._messages(value),
        )

    def _custom(self, node: Node, component: Component, bindings: dict[str, Term]) -> list[Constraint]:
        validator = component.validator(has_path=bool(self._graph.objects(node, SH.path)))
        if validator is None and not component.foreign:
            return []  # without a validator for this kind of shape the component says nothing of it (6.2.3)
        if validator is None:
            refuse("custom-component", self._shapes, node, component.node.value)
        if any(isinstance(value, BlankNode) for value in bindings.values()):
            refuse("blank-term", self._shapes, node, component.node.value)
        texts = [*self._graph.objects(validator, SH.ask), *self._graph.objects(validator, SH.select)]
        text, messages = self._prologue(validator) + texts[0].value, self._messages(validator)
        bound = tuple(bindings.items())
        return [Constraint("component", component.node, text=text, messages=messages, bindings=bound)]

    def _prologue(self, constraint: Node) -> str:
        """The PREFIX lines of sh:prefixes, owl:imports followed."""
        imports = NamedNode("http://www.w3.org/2002/07/owl#imports")
        todo, seen = list(self._graph.objects(constraint, SH.prefixes)), set[Term]()
        lines: dict[str, str] = {}
        while todo:
            at = todo.pop()
            if at in seen:
                continue
            seen.add(at)
            todo += self._graph.objects(at, imports)
            for declared in self._graph.objects(at, SH.declare):
                prefix = self._graph.value(declared, SH.prefix)
                base = self._graph.value(declared, SH.namespace)
                if isinstance(prefix, Literal) and isinstance(base, Literal):
                    lines[prefix.value] = f"PREFIX {prefix.value}: {NamedNode(base.value)}\n"
        return "".join(lines.values())


def _component(name: str) -> NamedNode:
    """The component of a parameter: sh:minCount → sh:MinCountConstraintComponent."""
    return SH[name[0].upper() + name[1:] + "ConstraintComponent"]
