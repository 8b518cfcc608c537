"""What ``kg validate`` runs: which shapes on which data, with which ontology, as one report."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from kg import resources
from kg.engine import Embedded
from kg.errors import ShapesError
from kg.terms import NamedNode, Quad
from kg.validation import documents, own
from kg.validation.checks import checks, described, run_checks
from kg.validation.graphs import Graph, read, union
from kg.validation.report import Report, merged, with_findings
from kg.validation.text import Context
from kg.validation.validator import NothingToCheck, validate


@dataclass(frozen=True)
class Run:
    """A report, what is needed to print it, and whether it is on the whole of our own data."""

    report: Report
    context: Context
    shipped: bool


def run(
    files: Sequence[Path] = (),
    shapes: Sequence[Path] = (),
    *,
    ontology: Sequence[Path] | None = None,
    engine: str = "native",
    dataset: Path | None = None,
) -> Run:
    """Validate ``files`` (none: our data and our build) against ``shapes`` (none: ours).

    ``ontology``: files to add to the data; an empty sequence for nothing; None for ours when the shapes are ours
    and nothing when they are someone else's. ``dataset``: the build, when files are none. Raises as ``validate``
    does, and DatasetMissing or DatasetStale when the build is needed and not there.
    """
    if shapes:
        ours = all(own.is_ours(path) for path in shapes)
        sets = [("structural", read(shapes, fault=ShapesError))]
        if ours:
            groups = {own.group_of(path) for path in shapes}
            sets = [(g, read([p for p in shapes if own.group_of(p) == g], fault=ShapesError)) for g in groups]
    else:
        ours = True
        found = {group: own.shape_files(group) for group in own.GROUPS}
        sets = [(group, read(names, fault=ShapesError)) for group, names in found.items() if names]
    sets.sort(key=lambda item: item[0], reverse=True)  # structural first
    added = (own.ontology() if ours else None) if ontology is None else read(ontology) if ontology else None
    if files:
        return _on_files(read(files), sets, added, engine, ours)
    return _on_ours(sets, engine, resources.dataset(dataset))


def _on_files(data: Graph, sets: Sequence[tuple[str, Graph]], added: Graph | None, engine: str, ours: bool) -> Run:
    """Someone's files; there must be a focus node for one of the sets of shapes."""
    reports: list[Report] = []
    faults: list[NothingToCheck] = []
    for group, shapes in sets:
        seen = data.without(own.is_derived) if ours and group == "structural" else data
        try:
            reports.append(validate(seen, shapes, ontology=added, engine=engine))
        except NothingToCheck as fault:
            faults.append(fault)
    if not reports:
        raise faults[0]
    report = merged(*reports)
    templates = checks() if ours else ()
    if templates:
        seen = data if added is None else union(data, added)
        engine_of_data = Embedded(Quad(t.subject, t.predicate, t.object) for t in seen.triples)
        report = with_findings(report, run_checks(engine_of_data, templates))
    context = Context(
        union(*(shapes for _, shapes in sets), described(templates)), (data, *([added] if added else []))
    )
    return Run(report, context, shipped=False)


def _on_ours(sets: Sequence[tuple[str, Graph]], engine: str, built: Path) -> Run:
    """Our build, and what it was built from: each group of shapes on what it sees, and the checks on the whole."""
    reports: list[Report] = []
    for group, shapes in sets:
        left_out = own.is_derived if group == "structural" else _nothing
        data = documents.built(built, left_out) if engine == "native" else read(built).without(left_out)
        reports.append(validate(data, shapes, engine=engine, stats=True))
    found = run_checks(Embedded.load(built), checks())
    report = with_findings(merged(*reports), found)
    shapes_graph = union(*(shapes for _, shapes in sets), described(checks()))
    graphs = (read([*own.curated_files(), *own.ontology_files()]), read(built)) if report.findings else ()
    return Run(report, Context(shapes_graph, graphs), shipped=True)


def _nothing(_graph: NamedNode) -> bool:
    return False
