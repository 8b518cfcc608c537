"""Where in the files a triple or a node stands, exactly: for Turtle, TriG, N-Triples and N-Quads.

No parser here says where a triple stands, so the files are read again, by a lexer that keeps places: only the
statements that matter, and only when a place is wanted.
"""

from __future__ import annotations

from kg.validation.places.blanks import Numbering, Written, blank_nodes, blank_nodes_of
from kg.validation.places.find import LABELS, Found, Located, Wanted, find
from kg.validation.places.located import locate
from kg.validation.places.triples import PlacedTriple, statements

__all__ = [
    "LABELS",
    "Found",
    "Located",
    "Numbering",
    "PlacedTriple",
    "Wanted",
    "Written",
    "blank_nodes",
    "blank_nodes_of",
    "find",
    "locate",
    "statements",
]
