"""What an engine would pass over, or get wrong, without a word: refused before it runs.

None of it is ill-formed. A check that leaves something out must not look like one that passed.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from kg.errors import ShapesError
from kg.terms import Literal, NamedNode, Node, Term
from kg.validation.focus import is_true
from kg.validation.graphs import Graph
from kg.validation.prebinding import gives_failure, uses
from kg.validation.sparql_rules import components
from kg.validation.substitution import path_of, stacked
from kg.vocab import RDF, SH, compact

# Of SHACL-AF, what changes the answer and native passes over without a word.
ADVANCED = ("target", "rule", "expression", "js")


def refuse_native(shapes: Graph) -> None:
    """Raise ShapesError where the native engine must not run."""
    for name in ADVANCED:
        if shapes.having(SH[name]):
            raise ShapesError(
                f"sh:{name} (SHACL Advanced Features) is not known to the native engine",
                hint="use --engine reference",
            )
    for function in _functions(shapes):
        raise ShapesError(
            f"the function {compact(function)} (SHACL Advanced Features) is not known to the native engine",
            hint="use --engine reference",
        )
    for shape in _disjoint(shapes):
        if twins(shapes, shape) and siblings(shapes, shape):
            raise ShapesError(
                "sh:qualifiedValueShapesDisjoint among property shapes of which two have one sh:qualifiedValueShape "
                "is not counted rightly by the native engine",
                hint="use --engine reference",
            )
    refuse_any(shapes)


def needs_advanced(shapes: Graph) -> bool:
    """Whether the shapes use what of SHACL-AF changes the answer."""
    return any(shapes.having(SH[name]) for name in ADVANCED) or any(True for _ in _functions(shapes))


def _functions(shapes: Graph) -> Iterator[NamedNode]:
    """The functions that the graph declares and a query of it seems to call; a call of none known is never true."""
    texts = [
        t.object.value for name in ("select", "ask") for t in shapes.having(SH[name]) if isinstance(t.object, Literal)
    ]
    for kind in ("SPARQLFunction", "JSFunction"):
        for function in shapes.subjects(RDF.type, SH[kind]):
            if isinstance(function, NamedNode):
                called = re.compile(rf"[:/#]{re.escape(re.split('[/#]', function.value)[-1])}>?\s*\(")
                if any(called.search(text) for text in texts):
                    yield function


def refuse_any(shapes: Graph) -> None:
    """Raise ShapesError where neither engine must run."""
    for triple in shapes.having(SH.select):
        if isinstance(triple.object, Literal) and gives_failure(triple.object.value):
            raise ShapesError("a SPARQL text gives back ?failure, which no engine here looks at")
    for component in components(shapes):
        name = compact(component) if isinstance(component, NamedNode) else "a component"
        for validator in shapes.objects(component, SH.nodeValidator):
            for text in shapes.objects(validator, SH.select):
                if isinstance(text, Literal) and uses(text.value, "value"):
                    raise ShapesError(
                        f"the node validator of {name} has a variable ?value, which the engines here bind "
                        "to the focus node",
                        hint="call the variable something else",
                    )
        if _without_brackets(shapes, component):
            raise ShapesError(f"a path within a path is more than the engines here can put into a query of {name}")
        for parameter in shapes.objects(component, SH.parameter):
            for path in shapes.objects(parameter, SH.path):
                if isinstance(path, NamedNode) and (several := _several(shapes, path)):
                    raise ShapesError(
                        f"{compact(path)} has several values at {_show(several)}: of such constraints the engines "
                        "here validate one",
                        hint="write a shape for each value",
                    )


def _without_brackets(shapes: Graph, component: Node) -> bool:
    """Whether a query of a component needs a path that engines write wrongly (see ``substitution``)."""
    texts = [
        text
        for validator in shapes.objects(component, SH.propertyValidator)
        for text in shapes.objects(validator, SH.select)
        if isinstance(text, Literal) and uses(text.value, "PATH")
    ]
    names = [
        path
        for parameter in shapes.objects(component, SH.parameter)
        for path in shapes.objects(parameter, SH.path)
        if isinstance(path, NamedNode)
    ]
    paths = (path_of(shapes, triple.subject) for name in names for triple in shapes.having(name))
    return bool(texts) and any(path is not None and stacked(path) for path in paths)


def siblings(shapes: Graph, shape: Term) -> set[Term]:
    """The shapes that values counted at a property shape must not conform to (SHACL 4.7.3)."""
    around = shapes.subjects(SH.property, shape)
    beside = {it for outer in around for it in shapes.objects(outer, SH.property)}
    wanted = {value for it in beside for value in shapes.objects(it, SH.qualifiedValueShape)}
    return wanted - set(shapes.objects(shape, SH.qualifiedValueShape))


def twins(shapes: Graph, shape: Term) -> bool:
    """Whether a property shape beside this one counts values of the same shape.

    By the specification it is no sibling; native takes it for one.
    """
    own = set(shapes.objects(shape, SH.qualifiedValueShape))
    beside = {it for outer in shapes.subjects(SH.property, shape) for it in shapes.objects(outer, SH.property)}
    return any(own & set(shapes.objects(it, SH.qualifiedValueShape)) for it in beside - {shape})


def _disjoint(shapes: Graph) -> Iterator[Term]:
    """The property shapes that have sh:qualifiedValueShapesDisjoint."""
    return (t.subject for t in shapes.having(SH.qualifiedValueShapesDisjoint) if is_true(t.object))


def _several(shapes: Graph, predicate: NamedNode) -> Term | None:
    """A node that has two values of a property."""
    seen: set[Term] = set()
    for triple in shapes.having(predicate):
        if triple.subject in seen:
            return triple.subject
        seen.add(triple.subject)
    return None


def _show(term: Term) -> str:
    """A node as a message names it."""
    return compact(term) if isinstance(term, NamedNode) else "a shape without an IRI"
