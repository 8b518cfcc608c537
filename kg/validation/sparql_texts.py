"""Which SPARQL text of a shapes graph does not parse, and where: asked when an engine has refused the shapes."""

from __future__ import annotations

from kg.engine import Embedded
from kg.errors import Place, QueryError, ShapesError
from kg.terms import BlankNode, Literal, NamedNode, Term
from kg.validation.graphs import Graph
from kg.vocab import OWL, SH, compact

_LONGEST = 120  # characters of the parser's words; it lists every token that would have fitted


def broken_text(shapes: Graph) -> ShapesError | None:
    """The error for the first text that is not SPARQL; None when all are."""
    from kg.validation.places import locate

    for predicate in (SH.select, SH.ask):
        for triple in shapes.having(predicate):
            if not isinstance(triple.object, Literal):
                continue
            head = "".join(f"PREFIX {name}: <{base}> " for name, base in _declared(shapes, triple.subject).items())
            try:
                Embedded().run(head + triple.object.value)
            except QueryError as fault:
                if not fault.message.startswith("not SPARQL"):
                    continue
                at = locate(shapes, triple.subject, predicate, triple.object)
                words = fault.message.split("\n")[0][:_LONGEST]
                name = _holder(shapes, triple.subject)
                line = "" if fault.where is None else f" (line {fault.where.line} of the text)"
                where: Place | None = None if at is None else at.place
                return ShapesError(f"the query of {name} is {words}{line}", where=where)
    return None


def _declared(shapes: Graph, holder: Term) -> dict[str, str]:
    """Prefix → namespace for a text: ``sh:prefixes/owl:imports*/sh:declare``."""
    todo, seen, found = shapes.objects(holder, SH.prefixes), set[Term](), dict[str, str]()
    while todo:
        node = todo.pop()
        if node not in seen:
            seen.add(node)
            todo += shapes.objects(node, OWL.imports)
            for declaration in shapes.objects(node, SH.declare):
                prefix, base = shapes.value(declaration, SH.prefix), shapes.value(declaration, SH.namespace)
                if isinstance(prefix, Literal) and isinstance(base, Literal):
                    found[prefix.value] = base.value
    return found


def _holder(shapes: Graph, node: Term) -> str:
    """The constraint, or the shape around it where it has no IRI."""
    while isinstance(node, BlankNode):
        outer = next((t.subject for t in shapes.triples if t.object == node), None)
        if outer is None:
            return "a shape"
        node = outer
    return compact(node) if isinstance(node, NamedNode) else "a shape"
