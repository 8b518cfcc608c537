"""Closed namespaces and prefixes: a misspelt term is an error, in Python and wherever the tests look.

``ZKG.Claim`` and ``VOC["bound/at-least"]`` are terms. What ``ZKG``, ``VOC`` and ``ZKS`` contain is read from the
Turtle of ontology/ and shapes/ when the first name is asked for, so importing this costs nothing.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from difflib import get_close_matches
from functools import cache

from pyoxigraph import NamedNode, RdfFormat, parse

from kg import resources
from kg.errors import Place, SyntaxFault, UnknownTerm
from kg.vocab.standard import TERMS

_ZONEKG = "https://w3id.org/zonekg/"

# What every host may be asked for (RFC 8615); under it lies the graph that lists the queries.
WELL_KNOWN = _ZONEKG + ".well-known/"
# Where a public endpoint would answer. None does yet; the address is ours to redirect.
ENDPOINT = _ZONEKG + "sparql"

# The fixed table that `kg format` writes Turtle with.
PREFIXES: dict[str, str] = {
    "zkg": _ZONEKG + "ontology#",
    "zks": _ZONEKG + "shapes#",
    "voc": _ZONEKG + "vocab/",
    "owl": "http://www.w3.org/2002/07/owl#",
    "rdf": "http://www.w3.org/1999/02/22-rdf-syntax-ns#",
    "rdfs": "http://www.w3.org/2000/01/rdf-schema#",
    "xsd": "http://www.w3.org/2001/XMLSchema#",
    "skos": "http://www.w3.org/2004/02/skos/core#",
    "dcterms": "http://purl.org/dc/terms/",
    "prov": "http://www.w3.org/ns/prov#",
    "oa": "http://www.w3.org/ns/oa#",
    "org": "http://www.w3.org/ns/org#",
    "schema": "https://schema.org/",
    "sh": "http://www.w3.org/ns/shacl#",
    "dcat": "http://www.w3.org/ns/dcat#",
    "void": "http://rdfs.org/ns/void#",
    "qudt": "http://qudt.org/schema/qudt/",
    "vann": "http://purl.org/vocab/vann/",
    "foaf": "http://xmlns.com/foaf/0.1/",
}

# Prefixes that people may type and read, whose local parts (with slashes) Turtle would not write plainly.
SHORTHANDS: dict[str, str] = {
    "id": _ZONEKG + "id/",
    "src": _ZONEKG + "source/",
    "graph": _ZONEKG + "graph/",
    "ref": _ZONEKG + "reference/",
}

_PLAIN_LOCAL = re.compile(r"[A-Za-z_][A-Za-z0-9_\-]*")


class Namespace:
    """The IRIs that begin alike; closed where the names are known, so that any other raises UnknownTerm.

    ``NS.name`` and ``NS["any/local-part"]`` are NamedNodes. An open namespace (``names`` is None) takes any name.
    """

    __slots__ = ("_base", "_names", "_prefix")

    def __init__(self, prefix: str, base: str, names: Callable[[], frozenset[str]] | None = None) -> None:
        self._prefix = prefix
        self._base = base
        self._names = names

    def __getitem__(self, local: str) -> NamedNode:
        if self._names is not None and local not in self._names():
            near = get_close_matches(local, self._names(), n=3, cutoff=0.6)
            raise UnknownTerm(
                f"no term {self._prefix}:{local}",
                hint="did you mean " + " or ".join(f"{self._prefix}:{name}" for name in near) + "?" if near else None,
            )
        return NamedNode(self._base + local)

    def __getattr__(self, local: str) -> NamedNode:
        if local.startswith("__"):  # Python asking whether we are copyable, picklable, ...
            raise AttributeError(local)
        return self[local]

    def __contains__(self, term: object) -> bool:
        """Whether ``term`` (a NamedNode or an IRI's text) is a term of this namespace."""
        text = term.value if isinstance(term, NamedNode) else term
        if not isinstance(text, str) or not text.startswith(self._base):
            return False
        return self._names is None or text[len(self._base) :] in self._names()

    def __str__(self) -> str:
        return self._base

    def __repr__(self) -> str:
        return f"Namespace({self._prefix!r}, {self._base!r})"

    @property
    def closed(self) -> bool:
        """Whether only known names are terms."""
        return self._names is not None

    def names(self) -> frozenset[str]:
        """The known local names; empty for an open namespace."""
        return frozenset() if self._names is None else self._names()


@cache
def _subjects(kind: resources.Kind) -> frozenset[str]:
    """Every IRI that the Turtle files of a folder describe."""
    found: set[str] = set()
    for path in resources.visible_files(resources.root(kind), "*.ttl"):
        try:
            for quad in parse(path=path, format=RdfFormat.TURTLE):
                if isinstance(quad.subject, NamedNode):
                    found.add(quad.subject.value)
        except SyntaxError as fault:
            raise SyntaxFault(f"not Turtle: {fault.msg}", where=Place(path, fault.lineno, fault.offset)) from fault
    return frozenset(found)


def _described(prefix: str, kind: resources.Kind) -> Callable[[], frozenset[str]]:
    """The local names under a prefix that the Turtle of a folder describes, read when first called."""

    @cache
    def names() -> frozenset[str]:
        base = PREFIXES[prefix]
        return frozenset(text[len(base) :] for text in _subjects(kind) if text.startswith(base) and text != base)

    return names


def _listed(prefix: str) -> Callable[[], frozenset[str]]:
    """The local names of a standard vocabulary."""

    @cache
    def names() -> frozenset[str]:
        return frozenset(TERMS[prefix].split())

    return names


def _namespace(prefix: str) -> Namespace:
    """The namespace of a prefix of the table: ours are described, the standard ones listed, the rest open."""
    kinds: dict[str, resources.Kind] = {"zkg": "ontology", "voc": "ontology", "zks": "shapes"}
    if prefix in kinds:
        return Namespace(prefix, PREFIXES[prefix], _described(prefix, kinds[prefix]))
    if prefix in TERMS:
        return Namespace(prefix, PREFIXES[prefix], _listed(prefix))
    return Namespace(prefix, PREFIXES.get(prefix) or SHORTHANDS[prefix])


NAMESPACES: dict[str, Namespace] = {prefix: _namespace(prefix) for prefix in (*PREFIXES, *SHORTHANDS)}

ZKG = NAMESPACES["zkg"]
ZKS = NAMESPACES["zks"]
VOC = NAMESPACES["voc"]
ID = NAMESPACES["id"]
SRC = NAMESPACES["src"]
GRAPH = NAMESPACES["graph"]
REF = NAMESPACES["ref"]
OWL = NAMESPACES["owl"]
RDF = NAMESPACES["rdf"]
RDFS = NAMESPACES["rdfs"]
XSD = NAMESPACES["xsd"]
SKOS = NAMESPACES["skos"]
DCTERMS = NAMESPACES["dcterms"]
PROV = NAMESPACES["prov"]
OA = NAMESPACES["oa"]
ORG = NAMESPACES["org"]
SCHEMA = NAMESPACES["schema"]
SH = NAMESPACES["sh"]
DCAT = NAMESPACES["dcat"]
VOID = NAMESPACES["void"]
QUDT = NAMESPACES["qudt"]
VANN = NAMESPACES["vann"]
FOAF = NAMESPACES["foaf"]

# Longest base first, so that the nearest namespace wins.
_TURTLE = sorted(PREFIXES.items(), key=lambda item: -len(item[1]))
_READING = sorted({**PREFIXES, **SHORTHANDS}.items(), key=lambda item: -len(item[1]))


def compact(term: NamedNode | str) -> str:
    """An IRI as our Turtle writes it: ``zkg:Claim``, or ``<…>`` whenever the local part is not a plain name."""
    text = term.value if isinstance(term, NamedNode) else term
    for prefix, base in _TURTLE:
        if text.startswith(base):
            local = text[len(base) :]
            return f"{prefix}:{local}" if _PLAIN_LOCAL.fullmatch(local) else f"<{text}>"
    return f"<{text}>"


def shorten(term: NamedNode | str) -> str:
    """An IRI as people read it: ``id:agent/xxx``, ``src:…/a1-p2-s3``, or the whole IRI; ``expand`` undoes it."""
    text = term.value if isinstance(term, NamedNode) else term
    for prefix, base in _READING:
        if text.startswith(base) and len(text) > len(base):
            return f"{prefix}:{text[len(base) :]}"
    return text


def expand(name: str) -> NamedNode:
    """The term that ``prefix:local`` stands for. UnknownTerm for a prefix or a closed name that is not there."""
    prefix, colon, local = name.partition(":")
    namespace = NAMESPACES.get(prefix)
    if not colon or namespace is None:
        raise UnknownTerm(
            f"no prefix in {name!r}" if not colon else f"unknown prefix {prefix!r} in {name!r}",
            hint="known prefixes: " + ", ".join(NAMESPACES),
        )
    return namespace[local]


def misspelt(iris: Iterable[str]) -> list[str]:
    """Those of the IRIs that lie in a closed namespace and are no term of it, in order, each once."""
    wrong: dict[str, None] = {}
    for text in iris:
        for prefix, base in _TURTLE:
            if text.startswith(base):
                namespace = NAMESPACES[prefix]
                if namespace.closed and text != base and text not in namespace:
                    wrong[text] = None
                break
    return list(wrong)
