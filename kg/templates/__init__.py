"""Queries as described files: a strict header, typed parameters that are RDF terms, and a text that runs as it is.

``get(name)`` and ``catalogue()`` read them; ``template.fill(zone=iri(...))`` gives the SPARQL to run;
``resolve(template, {"zone": ["…"]}, engine)`` turns what a person typed (IRI, label, alias, pinyin) into terms.
"""

from __future__ import annotations

from kg.templates.folder import catalogue, files, find, get, order, read
from kg.templates.lookup import plain_name, resolve
from kg.templates.template import Parameter, Template
from kg.templates.values import as_iri

__all__ = [
    "Parameter",
    "Template",
    "as_iri",
    "catalogue",
    "files",
    "find",
    "get",
    "order",
    "plain_name",
    "read",
    "resolve",
]
