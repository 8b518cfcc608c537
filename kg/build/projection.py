"""The graph as an OWL 2 DL reasoner takes it, for HermiT and its like."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from kg.terms import XSD, BlankNode, Literal, NamedNode, Node, Term, Triple
from kg.vocab import PREFIXES

_OWL, _RDF, _SKOS = PREFIXES["owl"], PREFIXES["rdf"], PREFIXES["skos"]
_TYPE, _FIRST, _REST = NamedNode(_RDF + "type"), NamedNode(_RDF + "first"), NamedNode(_RDF + "rest")
_IN_SCHEME = NamedNode(_SKOS + "inScheme")
_ONTOLOGY = NamedNode(_OWL + "Ontology")
_LANG_STRING, _PLAIN_LITERAL = NamedNode(_RDF + "langString"), NamedNode(_RDF + "PlainLiteral")

# The OWL 2 datatype map (https://www.w3.org/TR/owl2-syntax/#Datatype_Maps), and rdf:langString, which literals with
# a language have.
_DATATYPES = frozenset(
    [_OWL + "real", _OWL + "rational", _RDF + "PlainLiteral", _RDF + "XMLLiteral", _RDF + "langString"]
    + [
        XSD + name
        for name in (
            "decimal", "integer", "nonNegativeInteger", "nonPositiveInteger", "positiveInteger", "negativeInteger",
            "long", "int", "short", "byte", "unsignedLong", "unsignedInt", "unsignedShort", "unsignedByte", "double",
            "float", "string", "normalizedString", "token", "language", "Name", "NCName", "NMTOKEN", "boolean",
            "hexBinary", "base64Binary", "anyURI", "dateTime", "dateTimeStamp",
        )
    ]
)  # fmt: skip


def project(triples: Iterable[Triple]) -> bytes:
    """Triples as sorted N-Triples for a reasoner; what changes is what a reasoner cannot read or could not know.

    - A literal whose datatype is outside the OWL 2 datatype map (xsd:date, gYear, gYearMonth, duration, ...) becomes
      a string of the same form: HermiT aborts on it. SHACL checks those datatypes.
    - The range rdf:langString becomes rdf:PlainLiteral, its name in that map.
    - The concepts of each scheme are declared different: RDF has no unique names, so that without it two modalities
      of one figure would merely be two names of one.
    - Headers of ontologies go: several files make one ontology.
    """
    statements = list(triples)
    headers = {t.subject for t in statements if t.predicate == _TYPE and t.object == _ONTOLOGY}
    kept = {Triple(t.subject, t.predicate, _known(t.object)) for t in statements if t.subject not in headers}
    kept.update(_differences(statements))
    return "".join(sorted(f"{triple} .\n" for triple in kept)).encode()


def _known(term: Term | Triple) -> Term | Triple:
    """The term, in the OWL 2 datatype map."""
    if term == _LANG_STRING:
        return _PLAIN_LITERAL
    if isinstance(term, Literal) and term.datatype.value not in _DATATYPES:
        return Literal(term.value)
    return term


def _differences(triples: Iterable[Triple]) -> Iterator[Triple]:
    """One owl:AllDifferent for each scheme of concepts."""
    schemes: dict[str, set[str]] = {}
    for triple in triples:
        if triple.predicate == _IN_SCHEME and isinstance(triple.subject, NamedNode):
            schemes.setdefault(str(triple.object), set()).add(triple.subject.value)
    for number, (_, concepts) in enumerate(sorted(schemes.items())):
        if len(concepts) < 2:
            continue
        axiom = BlankNode(f"different{number}")
        members = [BlankNode(f"different{number}m{index}") for index in range(len(concepts))]
        yield Triple(axiom, _TYPE, NamedNode(_OWL + "AllDifferent"))
        yield Triple(axiom, NamedNode(_OWL + "distinctMembers"), members[0])
        rest: list[Node] = [*members[1:], NamedNode(_RDF + "nil")]
        for member, concept, following in zip(members, sorted(concepts), rest, strict=True):
            yield Triple(member, _FIRST, NamedNode(concept))
            yield Triple(member, _REST, following)
