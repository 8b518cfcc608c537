"""What is ill-formed in the SPARQL part of a shapes graph: constraints, components, validators, prefixes."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TypeAlias

from kg.terms import XSD, Literal, NamedNode, Node, Term
from kg.validation.focus import is_true, subclasses
from kg.validation.graphs import Graph
from kg.validation.prebinding import ALWAYS, Form, faults
from kg.vocab import OWL, PREFIXES, RDF, SH

Fault: TypeAlias = tuple[Term, NamedNode | None, str]  # subject, predicate where there is one, what is wrong

_VALIDATORS: dict[str, Form] = {"validator": "ASK", "nodeValidator": "SELECT", "propertyValidator": "SELECT"}
_RESERVED = ("this", "shapesGraph", "currentShape", "path", "PATH", "value")
# The longest name at the end of an IRI; a parameter goes into queries as a variable of that name.
_LOCAL_NAME = re.compile(r"[^\W\d][\w.\-]*$")
_VARIABLE = re.compile(r"\w+")


def sparql_faults(shapes: Graph) -> Iterator[Fault]:
    """What is ill-formed in the SPARQL part of a shapes graph."""
    checked: set[Term] = set()
    for triple in shapes.having(SH.sparql):
        if isinstance(triple.object, Literal):
            yield triple.subject, SH.sparql, f"sh:sparql must be a constraint, not {triple.object}"
        elif triple.object not in checked:
            checked.add(triple.object)
            yield from _query(shapes, triple.subject, triple.object, "SELECT", ALWAYS)
    for component in components(shapes):
        yield from _component(shapes, component)


def components(shapes: Graph) -> tuple[Node, ...]:
    """The constraint components that the graph declares; not those of SHACL, which may stand there too."""
    kinds = subclasses(shapes, SH.ConstraintComponent)
    found = (t.subject for t in shapes.having(RDF.type) if t.object in kinds)
    return tuple(
        dict.fromkeys(it for it in found if not (isinstance(it, NamedNode) and it.value.startswith(PREFIXES["sh"])))
    )


def parameter_name(path: NamedNode) -> str:
    """The name of a parameter: the local name of its path; empty when it has none."""
    found = _LOCAL_NAME.search(path.value)
    return found.group() if found else ""


def _component(shapes: Graph, component: Node) -> Iterator[Fault]:
    """A component of someone's own."""
    names: list[str] = []
    mandatory = False
    for parameter in shapes.objects(component, SH.parameter):
        paths = shapes.objects(parameter, SH.path)
        if len(paths) != 1 or not isinstance(paths[0], NamedNode):
            yield component, SH.parameter, "a parameter of a component needs one sh:path, an IRI"
            continue
        name = parameter_name(paths[0])
        if not _VARIABLE.fullmatch(name) or name in _RESERVED:
            yield component, SH.parameter, f"a parameter cannot be called {name!r}: its queries have a variable of it"
        if name in names:
            yield component, SH.parameter, f"two parameters of a component are called {name!r}"
        names.append(name)
        optional = shapes.objects(parameter, SH.optional)
        if len(optional) > 1:
            yield component, SH.parameter, f"sh:optional stands more than once at the parameter {name!r}"
        mandatory = mandatory or not (optional and is_true(optional[0]))
    if not mandatory:
        yield component, SH.parameter, "a constraint component needs a parameter that is not optional"
    prebound = ALWAYS | set(names)
    for kind, form in _VALIDATORS.items():
        for validator in shapes.objects(component, SH[kind]):
            types = shapes.objects(validator, RDF.type)
            wanted = SH.SPARQLAskValidator if form == "ASK" else SH.SPARQLSelectValidator
            if wanted in types:
                value = {"value"} if form == "ASK" else set()
                yield from _query(shapes, component, validator, form, prebound | value)
            elif not types:
                yield component, SH[kind], f"a value of sh:{kind} needs the type sh:{wanted.value.rpartition('#')[2]}"


def _query(shapes: Graph, around: Node, holder: Term, form: Form, prebound: frozenset[str]) -> Iterator[Fault]:
    """The query of a constraint or validator, and the prefixes that it uses; ``around`` is the shape or component."""
    at = holder if isinstance(holder, NamedNode) else around
    predicate = SH.ask if form == "ASK" else SH.select
    where = predicate if at is holder else None
    texts = shapes.objects(holder, predicate)
    if len(texts) != 1:
        kind = "validator" if prebound - ALWAYS else "constraint"
        yield around, None, f"a SPARQL-based {kind} needs one sh:{form.lower()}"
        return
    text = texts[0]
    if not isinstance(text, Literal) or text.datatype.value != XSD + "string":
        yield at, where, f"sh:{form.lower()} must be a plain text"
        return
    for what in faults(text.value, form, prebound):
        yield at, where, f"in a SPARQL text, {what}"
    for what in _prefixes(shapes, holder):
        yield at, None, what


def _prefixes(shapes: Graph, holder: Term) -> Iterator[str]:
    """What is wrong with the prefixes that a query uses: ``sh:prefixes/owl:imports*/sh:declare``."""
    todo = shapes.objects(holder, SH.prefixes)
    seen: set[Term] = set()
    mapping: dict[str, str] = {}
    while todo:
        node = todo.pop()
        if node in seen:
            continue
        seen.add(node)
        if isinstance(node, Literal):
            yield f"sh:prefixes must be a node that declares prefixes, not {node}"
            continue
        todo += shapes.objects(node, OWL.imports)
        for declaration in shapes.objects(node, SH.declare):
            prefix = _only(shapes, declaration, SH.prefix, "string")
            namespace = _only(shapes, declaration, SH.namespace, "anyURI")
            if prefix is None or namespace is None:
                yield "sh:declare needs one sh:prefix, a plain text, and one sh:namespace, an xsd:anyURI"
            elif mapping.setdefault(prefix, namespace) != namespace:
                yield f"the prefix {prefix!r} is declared for two namespaces"


def _only(shapes: Graph, node: Term, predicate: NamedNode, datatype: str) -> str | None:
    """The text of the only value of a property; None unless there is one, and of that datatype of XSD."""
    values = shapes.objects(node, predicate)
    if len(values) != 1 or not isinstance(values[0], Literal) or values[0].datatype.value != XSD + datatype:
        return None
    return values[0].value
