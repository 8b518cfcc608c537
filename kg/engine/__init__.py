"""The waist of ZoneKG: everything above speaks SPARQL to an ``Engine`` and never asks which one it has.

``Engine`` is the protocol, ``Embedded`` the one that needs no server, ``Rows`` what a SELECT gives.
"""

from __future__ import annotations

from kg.engine.embedded import Embedded
from kg.engine.naming import labels
from kg.engine.protocol import Engine
from kg.engine.rows import Rows, python_value

__all__ = ["Embedded", "Engine", "Rows", "labels", "python_value"]
