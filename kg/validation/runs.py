"""What ``kg validate`` runs: which shapes on which data, with which ontology, as one report."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from kg import resources
from kg.errors import ShapesError
from kg.validation import own
from kg.validation.context import Context
from kg.validation.graphs import Graph, read, union
from kg.validation.report import Report, merged
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
    return _on_ours(sets, added, engine, resources.dataset(dataset) if dict(sets).get("derived") else None)


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
    context = Context.of(union(*(shapes for _, shapes in sets)), (data, *([added] if added else [])), report)
    return Run(report, context, shipped=False)


def _on_ours(sets: Sequence[tuple[str, Graph]], added: Graph | None, engine: str, built: Path | None) -> Run:
    """Our data: structural shapes on the curated files and the ontology, the others on the built dataset."""
    graphs: list[Graph] = []
    reports: list[Report] = []
    for group, shapes in sets:
        if group == "derived" and built is not None:
            data = read(built)
        else:
            curated = read(own.curated_files())
            data = curated if added is None else union(curated, added)
        graphs.append(data)
        reports.append(validate(data, shapes, engine=engine))
    report = merged(*reports)
    return Run(report, Context.of(union(*(shapes for _, shapes in sets)), graphs, report), shipped=True)
