"""What is wrong with a shapes graph, said before an engine runs: engines pass over most of it without a word.

Three kinds of fault: a term that its vocabulary has not (``sh:minCout``, ``zkg:Clam``), in SPARQL texts too; a
parameter of the wrong kind or number; a shape that is no shape.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from difflib import get_close_matches
from functools import lru_cache
from typing import TYPE_CHECKING

from kg.errors import Place, ShapesError
from kg.terms import BlankNode, Literal, NamedNode, Term
from kg.validation.graphs import Graph
from kg.validation.paths import read_path
from kg.validation.shapes import Shapes, references
from kg.validation.sparql_rules import Fault, sparql_faults
from kg.vocab import NAMESPACES, PREFIXES, RDF, SH, compact, misspelt

if TYPE_CHECKING:
    from kg.validation.places import Located

_IRI, _BOOLEAN, _COUNT, _TEXT, _LIST, _KIND, _MESSAGE, _LITERAL = (
    "an IRI", "true or false", "a whole number, 0 or more", "a plain text", "a well-formed list",
    "one of SHACL's six node kinds", "a text", "a literal",
)  # fmt: skip
_PARAMETERS = {
    "targetClass": _IRI, "targetSubjectsOf": _IRI, "targetObjectsOf": _IRI, "class": _IRI, "datatype": _IRI,
    "severity": _IRI, "equals": _IRI, "disjoint": _IRI, "lessThan": _IRI, "lessThanOrEquals": _IRI,
    "deactivated": _BOOLEAN, "closed": _BOOLEAN, "uniqueLang": _BOOLEAN, "qualifiedValueShapesDisjoint": _BOOLEAN,
    "minCount": _COUNT, "maxCount": _COUNT, "minLength": _COUNT, "maxLength": _COUNT, "qualifiedMinCount": _COUNT,
    "qualifiedMaxCount": _COUNT, "pattern": _TEXT, "flags": _TEXT, "in": _LIST, "languageIn": _LIST, "and": _LIST,
    "or": _LIST, "xone": _LIST, "ignoredProperties": _LIST, "nodeKind": _KIND, "message": _MESSAGE,
    "minInclusive": _LITERAL, "maxInclusive": _LITERAL, "minExclusive": _LITERAL, "maxExclusive": _LITERAL,
}  # fmt: skip
_ONCE = (
    "path", "datatype", "deactivated", "closed", "uniqueLang", "minCount", "maxCount", "minLength", "maxLength",
    "minInclusive", "maxInclusive", "minExclusive", "maxExclusive", "pattern", "flags", "in", "languageIn",
    "ignoredProperties", "nodeKind", "severity", "qualifiedValueShape", "qualifiedMinCount", "qualifiedMaxCount",
)  # fmt: skip
# Parameters that say something of a set of values, so that they need a path.
_WITH_PATH = ("minCount", "maxCount", "uniqueLang", "lessThan", "lessThanOrEquals", "qualifiedValueShape")
_NODE_KINDS = {
    SH[f"{a}"] for a in ("IRI", "BlankNode", "Literal", "BlankNodeOrIRI", "BlankNodeOrLiteral", "IRIOrLiteral")
}
_STRING, _INTEGER = "string", "integer"
_OURS = ("zkg", "voc", "zks")
_IN_SPARQL = re.compile(r"(?<![\w:/?$@])(sh|zkg|zks|voc):([A-Za-z_][\w\-]*)")
SH_BASE = PREFIXES["sh"]
# How alike a slip is to the term meant, 0 to 1: sh:minCout and sh:minCount are 0.93, sh:minLength and
# sh:minListLength (of SHACL 1.2) 0.82.
_SLIP = 0.85
_RULES = NamedNode(SH_BASE + "Rules")
_MOST = 20  # faults named in one message


@lru_cache(maxsize=8)
def check(shapes: Shapes, *, own: bool) -> None:
    """Raise ShapesError, naming file and term, when the shapes graph is ill-formed.

    ``own``: the shapes are this project's, so that any term that a standard vocabulary has not is a fault, and a
    shape of which nothing is said (elsewhere someone may have extended rdf: or skos: for good reasons; SHACL passes
    over terms of sh: that it has not, which later versions of it and others add; and it takes a shape of which
    nothing is said for one that every node conforms to).
    """
    graph = shapes.graph
    faults = list(
        dict.fromkeys([*_terms(shapes, own), *_parameters(graph), *_structure(shapes, own), *sparql_faults(graph)])
    )
    if not faults:
        return
    lines: list[str] = []
    places: list[Place] = []
    for subject, predicate, what in faults:
        place = _place(shapes.graph, subject, predicate)
        if place is not None:
            places.append(place.place)
        lines.append(f"{place.place}: {what}" if place is not None and len(faults) > 1 else what)
    lines = list(dict.fromkeys(lines))
    if len(lines) > _MOST:
        lines = [*lines[:_MOST], f"… and {len(lines) - _MOST} more"]
    message = (
        f"the shapes graph is ill-formed: {lines[0]}"
        if len(lines) == 1
        else "\n  ".join(["the shapes graph is ill-formed:", *lines])
    )
    raise ShapesError(message, where=places[0] if len(lines) == 1 and places else None)


def _place(shapes: Graph, subject: Term, predicate: NamedNode | None) -> Located | None:
    """Where a fault stands; for a blank node, where the nearest node around it that has an IRI does."""
    seen: set[Term] = set()
    while isinstance(subject, BlankNode) and subject not in seen:
        seen.add(subject)
        outer = next((triple for triple in shapes.triples if triple.object == subject), None)
        if outer is not None:
            subject, predicate = outer.subject, None
    from kg.validation.places import locate  # its expressions take a fifth of a second to compile

    return locate(shapes, subject, predicate)


def _terms(shapes: Shapes, own: bool) -> Iterator[Fault]:
    """Terms that closed vocabularies have not; of sh: in shapes of others, only what is plainly misspelt."""
    graph = shapes.graph
    described = {t.subject.value for t in graph.triples if isinstance(t.subject, NamedNode)}
    prefixes = [p for p in PREFIXES if NAMESPACES[p].closed] if own else ["sh", *_OURS]
    bases = tuple(PREFIXES[prefix] for prefix in prefixes)
    known: dict[str, str | None] = {}

    def fault(iri: str) -> str | None:
        if iri not in known:
            known[iri] = None
            if iri.startswith(PREFIXES["zks"]) and iri in described:
                return None
            if iri.startswith(bases) and misspelt([iri]) and (own or not iri.startswith(SH_BASE) or _slip(iri)):
                known[iri] = f"{compact(iri)} is no term of its vocabulary{_near(iri)}"
        return known[iri]

    # A graph of others may hold data too, and data may use sh: as it likes.
    about = {*shapes.nodes, *(triple.object for triple in graph.having(SH.sparql))}
    for triple in graph.triples:
        for term in (triple.predicate, triple.object, triple.subject):
            if not isinstance(term, NamedNode) or term == _RULES or not (what := fault(term.value)):
                continue
            if own or not term.value.startswith(SH_BASE) or triple.subject in about or triple.predicate == RDF.type:
                yield triple.subject, triple.predicate, what
    for name in ("select", "ask", "construct", "update"):
        for triple in graph.having(SH[name]):
            if isinstance(triple.object, Literal):
                text = re.sub(r"\"[^\"\n]*\"|'[^'\n]*'", '""', triple.object.value)
                for prefix, local in _IN_SPARQL.findall(text):
                    if what := fault(PREFIXES[prefix] + local):
                        yield triple.subject, triple.predicate, f"in a SPARQL text, {what}"


def _slip(iri: str) -> bool:
    """Whether a term that sh: has not is one of SHACL's but for the case or a letter or two."""
    local, names = iri.removeprefix(SH_BASE), NAMESPACES["sh"].names()
    return local.lower() in {name.lower() for name in names} or bool(get_close_matches(local, names, 1, _SLIP))


def _near(iri: str) -> str:
    """A guess at what was meant."""
    for prefix, base in PREFIXES.items():
        if iri.startswith(base):
            near = get_close_matches(iri[len(base) :], NAMESPACES[prefix].names(), n=1, cutoff=0.6)
            return f" (did you mean {prefix}:{near[0]}?)" if near else ""
    return ""


def _parameters(shapes: Graph) -> Iterator[Fault]:
    """Parameters of the wrong kind or number."""
    for name, kind in _PARAMETERS.items():
        for triple in shapes.having(SH[name]):
            # sh:message and others also stand on what is no shape; the kinds are the same there.
            if not _fits(shapes, triple.object, kind):
                yield triple.subject, triple.predicate, f"sh:{name} must be {kind}, not {_show(triple.object)}"
    for name in _ONCE:
        seen: set[Term] = set()
        for triple in shapes.having(SH[name]):
            if triple.subject in seen:
                yield triple.subject, triple.predicate, f"sh:{name} stands more than once in {_show(triple.subject)}"
            seen.add(triple.subject)
    for triple in shapes.having(SH.pattern):
        try:
            re.compile(triple.object.value if isinstance(triple.object, Literal) else "")
        except re.error as fault:
            # XPath's regular expressions have escapes (\p{…}, \i) that Python's have not; the engine judges those.
            if "bad escape" not in str(fault):
                yield triple.subject, triple.predicate, f"sh:pattern is no regular expression: {fault}"


def _fits(shapes: Graph, value: Term, kind: str) -> bool:
    """Whether a value is of the kind."""
    if kind == _IRI:
        return isinstance(value, NamedNode)
    if kind == _KIND:
        return value in _NODE_KINDS
    if kind == _LIST:
        return shapes.items(value) is not None
    if not isinstance(value, Literal):
        return False
    datatype = value.datatype.value.rpartition("#")[2]
    if kind == _BOOLEAN:
        return datatype == "boolean" and value.value in ("true", "false", "1", "0")
    if kind == _COUNT:
        return datatype == _INTEGER and re.fullmatch(r"\+?[0-9]+", value.value) is not None
    if kind == _TEXT:
        return datatype == _STRING
    return kind == _LITERAL or datatype in (_STRING, "langString")


def _structure(shapes: Shapes, own: bool) -> Iterator[Fault]:
    """Shapes that are no shapes."""
    graph = shapes.graph
    for subject, name, shape in references(graph):
        if isinstance(shape, Literal):
            yield subject, SH[name], f"sh:{name} must be a shape, not {_show(shape)}"
        elif own and isinstance(shape, NamedNode) and not graph.about(shape):
            yield subject, SH[name], f"sh:{name} names {_show(shape)}, of which nothing is said"
        elif name == "property" and not graph.objects(shape, SH.path):
            at = shape if isinstance(shape, NamedNode) and graph.about(shape) else subject
            yield at, None, f"a property shape has no sh:path: {_show(at)}"
    for triple in graph.having(RDF.type):
        if triple.object == SH.NodeShape and graph.objects(triple.subject, SH.path):
            yield triple.subject, SH.path, f"a node shape has an sh:path: {_show(triple.subject)}"
        if triple.object == SH.PropertyShape and not graph.objects(triple.subject, SH.path):
            yield triple.subject, None, f"a property shape has no sh:path: {_show(triple.subject)}"
    for triple in graph.having(SH.path):
        try:
            read_path(graph, triple.object)
        except ValueError as fault:
            yield triple.subject, SH.path, f"sh:path: {fault}"
    for name in _WITH_PATH:
        for triple in graph.having(SH[name]):
            if not graph.objects(triple.subject, SH.path):
                yield (
                    triple.subject,
                    triple.predicate,
                    f"sh:{name} needs an sh:path, {_show(triple.subject)} has none",
                )
    for name, kinds, what in (
        ("ignoredProperties", NamedNode, "IRIs"),
        ("languageIn", Literal, "texts"),
    ):
        for triple in graph.having(SH[name]):
            if not all(isinstance(member, kinds) for member in graph.items(triple.object) or ()):
                yield triple.subject, triple.predicate, f"the members of sh:{name} must be {what}"
    for triple in graph.having(SH.targetNode):
        if isinstance(triple.object, BlankNode):
            yield triple.subject, triple.predicate, "sh:targetNode must be an IRI or a literal, not a blank node"
    for triple in graph.having(SH.node):
        if graph.objects(triple.object, SH.path):
            yield (
                triple.subject,
                triple.predicate,
                f"sh:node must be a node shape, and {_show(triple.object)} has a path",
            )
    for triple in graph.having(SH.entailment):
        if triple.object == _RULES:
            continue  # SHACL-AF: there are rules, which an engine that has none refuses
        yield triple.subject, SH.entailment, f"the entailment {_show(triple.object)} is not supported"
    for name in ("qualifiedMinCount", "qualifiedMaxCount"):
        # SHACL passes over a parameter whose component lacks another; in shapes of ours it is a slip.
        for triple in graph.having(SH[name]) if own else ():
            if not graph.objects(triple.subject, SH.qualifiedValueShape):
                yield triple.subject, triple.predicate, f"sh:{name} needs an sh:qualifiedValueShape"


def _show(term: Term) -> str:
    """A term as an error names it."""
    if isinstance(term, NamedNode):
        return compact(term)
    return "a blank node" if isinstance(term, BlankNode) else str(term)
