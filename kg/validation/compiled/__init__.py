"""SHACL as plain SPARQL 1.1, run where the graph lives: nothing is downloaded but findings.

``compile`` reads a shapes graph into a ``Plan``; ``run`` asks an engine. On a store that takes long conditions, one
query a shape first finds the few nodes that fail, and only these are asked about one by one; on others (Virtuoso)
each constraint is a small query of its own.
"""

from __future__ import annotations

from collections.abc import Iterable

from kg.engine import Engine
from kg.terms import Term
from kg.validation.compiled.counting import focus_counts, reaches, warnings
from kg.validation.compiled.gaps import DOUBTS, GAPS, STORE_GAPS, Doubt, Gap
from kg.validation.compiled.plan import Plan, compile  # noqa: A004  # what it does
from kg.validation.compiled.running import Progress, Run
from kg.validation.report import Finding

__all__ = [
    "DOUBTS",
    "GAPS",
    "STORE_GAPS",
    "Doubt",
    "Gap",
    "Plan",
    "compile",
    "focus_counts",
    "reaches",
    "run",
    "warnings",
]


def run(
    engine: Engine, plan: Plan, *, focus: Iterable[Term] | None = None, progress: Progress | None = None
) -> tuple[Finding, ...]:
    """The findings, in canonical order. ``focus``: on these nodes only; ``progress(done, all)`` counts shapes.

    QueryError and its subclasses as the engine raises them; ShapesError when a SPARQL constraint says ``?failure``.
    """
    return Run(engine, plan, None if focus is None else frozenset(focus)).findings(progress)
