"""SHACL validation: data and shapes in, one report out, whichever engine runs.

>>> from pathlib import Path
>>> from kg.validation import validate
>>> report = validate(Path("data.ttl"), Path("shapes.ttl"))  # doctest: +SKIP
>>> report.conforms, len(report.findings)  # doctest: +SKIP
(False, 3)
"""

from __future__ import annotations

from kg.validation.focus import focus_nodes
from kg.validation.graphs import Graph, read, union
from kg.validation.report import Finding, Report, merged
from kg.validation.validator import validate

__all__ = ["Finding", "Graph", "Report", "focus_nodes", "merged", "read", "union", "validate"]
