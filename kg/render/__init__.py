"""A network as something to look at or to hand on: a page by pyvis, SVG, PNG, GEXF, GraphML, DOT, CSV and JSON.

``FORMATS`` names the renderers; each takes a Network, a language and where the network comes from, and gives bytes,
the same for the same network. ``origin(engine, network)`` finds out where it comes from.
"""

from __future__ import annotations

from typing import Protocol

from kg.networks import Language, Network
from kg.render.captions import words_of
from kg.render.dot import dot
from kg.render.files import csv, json
from kg.render.gexf import gexf
from kg.render.graphml import graphml
from kg.render.origin import UNKNOWN, Origin, origin
from kg.render.png import png
from kg.render.svg import svg
from kg.render.tables import MEASURE_FORMATS

__all__ = [
    "FORMATS",
    "MEASURE_FORMATS",
    "Origin",
    "Renderer",
    "csv",
    "dot",
    "gexf",
    "graphml",
    "html",
    "json",
    "origin",
    "png",
    "svg",
    "words_of",
]


class Renderer(Protocol):
    """What writes a network in one format."""

    def __call__(self, network: Network, lang: Language = "zh", origin: Origin = UNKNOWN) -> bytes:
        """The network as bytes, texts in ``lang``; ``origin`` for a caption."""


def html(network: Network, lang: Language = "zh", origin: Origin = UNKNOWN) -> bytes:
    """One self-contained page, first shown in ``lang``, that makes no request."""
    from kg.render.page import page  # pyvis brings IPython with it, which takes most of a second

    return page(network, lang, origin=origin).encode("utf-8", "replace")


FORMATS: dict[str, Renderer] = {
    "html": html,
    "svg": svg,
    "png": png,
    "gexf": gexf,
    "graphml": graphml,
    "dot": dot,
    "csv": csv,
    "json": json,
}
