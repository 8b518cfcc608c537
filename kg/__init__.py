"""ZoneKG: development zones, universities, enterprises and their links, each traced to its sentence.

This is the one public door. Names are loaded when they are first used, so ``import kg`` costs next to nothing.

>>> import kg
>>> graph = kg.load()                                                        # doctest: +SKIP
>>> rows = graph.query("partnerships_of_zones_and_universities", zone="晋城经开区")  # doctest: +SKIP
>>> view = graph.network("zones_and_universities", lang="zh")                 # doctest: +SKIP
>>> rows = graph.select("SELECT * WHERE { ?s ?p ?o } LIMIT 1")                # doctest: +SKIP
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from kg.build import format_turtle
    from kg.engine import Embedded, Engine, Rows
    from kg.errors import Place, ZoneKGError
    from kg.library import Graph, load
    from kg.remote import RemoteGraph, connect
    from kg.resources import dataset
    from kg.templates import Template, catalogue
    from kg.terms import BlankNode, Literal, NamedNode, Quad, Triple, iri, literal, n3
    from kg.validation import Report, validate
    from kg.view import View
    from kg.vocab import Namespace, compact, expand

__version__ = "0.1.0"

# A name, and the module that owns it. Submodules (kg.build, kg.sources, ...) are reached by their own names.
_DOOR = {
    "BlankNode": "kg.terms",
    "Embedded": "kg.engine",
    "Engine": "kg.engine",
    "Graph": "kg.library",
    "Literal": "kg.terms",
    "NamedNode": "kg.terms",
    "Namespace": "kg.vocab",
    "Place": "kg.errors",
    "Quad": "kg.terms",
    "RemoteGraph": "kg.remote",
    "Report": "kg.validation",
    "Rows": "kg.engine",
    "Template": "kg.templates",
    "Triple": "kg.terms",
    "View": "kg.view",
    "ZoneKGError": "kg.errors",
    "catalogue": "kg.templates",
    "compact": "kg.vocab",
    "connect": "kg.remote",
    "dataset": "kg.resources",
    "expand": "kg.vocab",
    "format_turtle": "kg.build",
    "iri": "kg.terms",
    "literal": "kg.terms",
    "load": "kg.library",
    "n3": "kg.terms",
    "validate": "kg.validation",
}

__all__ = [
    "BlankNode",
    "Embedded",
    "Engine",
    "Graph",
    "Literal",
    "NamedNode",
    "Namespace",
    "Place",
    "Quad",
    "RemoteGraph",
    "Report",
    "Rows",
    "Template",
    "Triple",
    "View",
    "ZoneKGError",
    "catalogue",
    "compact",
    "connect",
    "dataset",
    "expand",
    "format_turtle",
    "iri",
    "literal",
    "load",
    "n3",
    "validate",
]


def __getattr__(name: str) -> object:
    """Load a public name from the module that owns it; AttributeError for any other."""
    owner = _DOOR.get(name)
    if owner is None:
        raise AttributeError(f"module 'kg' has no attribute {name!r}")
    value: object = getattr(import_module(owner), name)
    globals()[name] = value
    return value


def __dir__() -> list[str]:
    return sorted({*globals(), *__all__})
