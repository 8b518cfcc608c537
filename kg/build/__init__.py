"""From curated files to the dataset: named graphs, rules, pinyin, description; and the only writer of Turtle.

``build(folder)`` writes the dataset; ``format_turtle(data)`` gives the canonical form of a curated file.
"""

from __future__ import annotations

from kg.build.dataset import BuildReport, assemble, build
from kg.build.plan import Graphs, graph_iri, graph_of
from kg.build.turtle import format_turtle, write_turtle

__all__ = [
    "BuildReport",
    "Graphs",
    "assemble",
    "build",
    "format_turtle",
    "graph_iri",
    "graph_of",
    "write_turtle",
]
