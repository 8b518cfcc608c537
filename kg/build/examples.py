"""The catalogue inside the dataset, in the vocabulary that SIB's SPARQL editor and its like look for.

A named graph, ``https://w3id.org/zonekg/.well-known/sparql-examples``, lists every query but the rules, so that an
endpoint that serves the dataset lists its own questions::

    SELECT ?comment ?query {
      ?example a sh:SPARQLExecutable ; rdfs:comment ?comment ; sh:select|sh:ask|sh:construct|spex:describe ?query
    }

See https://github.com/sib-swiss/sparql-examples. Of its own terms (spex:) there are only those for DESCRIBE and for
federated queries, and ours are neither. The header stays in the text: it is comments, and says what may be changed.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Final

from kg.errors import BuildError, Place
from kg.templates import Template
from kg.templates.body import prefixes_in
from kg.terms import XSD, Literal, NamedNode, Triple
from kg.vocab import ENDPOINT, RDF, RDFS, SCHEMA, SH, WELL_KNOWN

NAME: Final = ".well-known/sparql-examples"
GRAPH: Final = WELL_KNOWN + "sparql-examples"

_PREFIXES = NamedNode(GRAPH + "#prefixes")


def examples(templates: Iterable[Template]) -> list[Triple]:
    """The triples that describe the queries. BuildError when two give one prefix different namespaces."""
    found: list[Triple] = []
    declared: dict[str, str] = {}
    for template in templates:
        found += _example(template)
        for prefix, base in prefixes_in(template.text).items():
            if declared.setdefault(prefix, base) != base:
                raise BuildError(
                    f"the prefix {prefix}: stands for {base} here, and for {declared[prefix]} in another query",
                    where=Place(template.path),
                )
    for prefix, base in sorted(declared.items()):
        declaration = NamedNode(f"{GRAPH}#prefix-{prefix}")
        found += [
            Triple(_PREFIXES, SH.declare, declaration),
            Triple(declaration, SH.prefix, Literal(prefix)),
            Triple(declaration, SH.namespace, Literal(base, datatype=NamedNode(XSD + "anyURI"))),
        ]
    return found


def _example(template: Template) -> Iterator[Triple]:
    """One query."""
    example = NamedNode(f"{GRAPH}/{template.name}")
    form, text = ("Select", SH.select) if template.constructs is None else ("Construct", SH.construct)
    yield Triple(example, RDF.type, SH.SPARQLExecutable)
    yield Triple(example, RDF.type, SH[f"SPARQL{form}Executable"])
    for language, summary in template.summary.items():
        yield Triple(example, RDFS.comment, Literal(summary, language=language))
    yield Triple(example, text, Literal(template.text))
    yield Triple(example, SH.prefixes, _PREFIXES)
    yield Triple(example, SCHEMA.target, NamedNode(ENDPOINT))
    for tag in template.tags:
        yield Triple(example, SCHEMA.keywords, Literal(tag))
