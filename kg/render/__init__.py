"""A network as something to look at or to hand on: one HTML page by pyvis, GEXF, GraphML, CSV, JSON.

``FORMATS`` names the renderers; each takes a Network and gives bytes, the same for the same network.
"""

from __future__ import annotations

from collections.abc import Callable

from kg.networks import Language, Network
from kg.render.files import csv, gexf, graphml, json
from kg.render.tables import MEASURE_FORMATS

__all__ = ["FORMATS", "MEASURE_FORMATS", "csv", "gexf", "graphml", "html", "json"]


def html(network: Network, lang: Language = "zh") -> bytes:
    """One self-contained page, first shown in ``lang``, that makes no request."""
    from kg.render.page import page  # pyvis brings IPython with it, which takes most of a second

    return page(network, lang).encode("utf-8")


FORMATS: dict[str, Callable[[Network, Language], bytes]] = {
    "html": html,
    "gexf": gexf,
    "graphml": graphml,
    "csv": csv,
    "json": json,
}
