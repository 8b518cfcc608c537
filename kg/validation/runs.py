"""What ``kg validate`` runs: which shapes on which data, with which ontology, as one report."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace
from pathlib import Path
from typing import cast

from kg import resources
from kg.engine import Embedded
from kg.errors import ShapesError
from kg.terms import NamedNode, Quad, Term
from kg.validation import own
from kg.validation.checks import Check, checks, described, run_checks
from kg.validation.context import Context
from kg.validation.documents import Document, built_documents
from kg.validation.graphs import Graph, Part, Statement, prefixes, rdf_files, read, union
from kg.validation.placing import placed
from kg.validation.report import Report, merged, with_findings
from kg.validation.selecting import named, only, shapes_of, within
from kg.validation.validator import NothingToCheck, validate
from kg.vocab import OWL, RDF


@dataclass(frozen=True, slots=True)
class Options:
    """How to validate, whatever the data: the engine, which nodes and shapes, and whether to count."""

    engine: str = "native"
    focus: frozenset[Term] | None = None
    shapes: tuple[str, ...] = ()
    stats: bool = False
    progress: Callable[[int, int], None] | None = None  # shapes done, of how many; only the compiled engine knows


@dataclass(frozen=True)
class Run:
    """A report, what is needed to print it, whether it is on the whole of our own data, and what it cannot tell."""

    report: Report
    context: Context
    shipped: bool
    notes: tuple[str, ...] = ()


@dataclass(frozen=True)
class Rules:
    """What data is held against: sets of shapes, each with what it may see, and our checks, or none."""

    sets: tuple[tuple[own.Group, Graph], ...]
    ours: bool
    added: Graph | None
    checks: tuple[Check, ...] = ()
    kept: frozenset[Term] | None = None  # findings of these shapes alone

    @property
    def graph(self) -> Graph:
        """All shapes, with what reports say of the checks."""
        return union(*(shapes for _, shapes in self.sets), described(self.checks))


def rules(shapes: Sequence[Path], ontology: Sequence[Path] | None) -> Rules:
    """The rules in files (none: ours).

    ``ontology``: files to add to the data; an empty sequence for nothing; None for ours when the shapes are ours
    and nothing when they are someone else's.
    """
    if shapes:
        ours = all(own.is_ours(path) for path in shapes)
        groups: dict[own.Group, list[Path]] = {}
        for path in shapes:
            groups.setdefault(own.group_of(path) if ours else "structural", []).append(path)
        files = {group: tuple(paths) for group, paths in groups.items()}
    else:
        ours = True
        files = {group: own.shape_files(group) for group in own.GROUPS}
    sets = [(group, read(names, fault=ShapesError)) for group, names in files.items() if names]
    sets.sort(key=lambda item: item[0], reverse=True)  # structural first
    added = (own.ontology() if ours else None) if ontology is None else read(ontology) if ontology else None
    return Rules(tuple(sets), ours, added, checks() if ours and not shapes else ())


def run(
    files: Sequence[Path] = (),
    shapes: Sequence[Path] = (),
    *,
    ontology: Sequence[Path] | None = None,
    dataset: Path | None = None,
    options: Options | None = None,
) -> Run:
    """Validate ``files`` (none: our data and our build) against ``shapes`` (none: ours).

    ``ontology`` as for ``rules``. ``dataset``: the build, when files are none. Raises as ``validate`` does, and
    DatasetMissing or DatasetStale when the build is needed and not there.
    """
    options = options or Options()
    # Our build has our ontology in it.
    wanted = rules(shapes, ontology if files or ontology else ())
    wanted = selected(wanted, options.shapes)
    if files:
        return _on_files(files, wanted, options)
    return _on_ours(wanted, options, resources.dataset(dataset))


def selected(wanted: Rules, names: tuple[str, ...]) -> Rules:
    """The rules of these names only; all, when there are none. UsageError for a name that no rule has."""
    if not names:
        return wanted
    asked = {check.source_shape: check for check in wanted.checks}
    known = [shape for _, shapes in wanted.sets for shape in shapes_of(shapes)]
    declared = {prefix: base for _, shapes in wanted.sets for prefix, base in prefixes(shapes).items()}
    chosen = named(names, [*known, *asked], declared)
    sets = tuple((group, only(shapes, chosen)) for group, shapes in wanted.sets if chosen & set(shapes_of(shapes)))
    kept = frozenset(term for _, shapes in sets for term in within(shapes, chosen)) | chosen
    return replace(wanted, sets=sets, checks=tuple(asked[shape] for shape in asked if shape in chosen), kept=kept)


def _on_files(files: Sequence[Path], wanted: Rules, options: Options) -> Run:
    """Someone's files; there must be a focus node for one of the sets of shapes."""
    reports: list[Report] = []
    faults: list[NothingToCheck] = []
    data: Sequence[Path] | Graph = files
    if wanted.ours:  # which has graphs of several kinds, and checks
        data = read(files)
    for group, shapes in wanted.sets:
        left_out = own.is_derived if wanted.ours and group == "structural" else None
        seen = data.without(left_out) if isinstance(data, Graph) and left_out is not None else data
        try:
            reports.append(_validated(seen, shapes, wanted.added, options))
        except NothingToCheck as fault:
            faults.append(fault)
    if faults and not reports:
        raise faults[0]
    report = _merged(reports, wanted, options)
    if wanted.checks and isinstance(data, Graph):
        seen = data if wanted.added is None else union(data, wanted.added)
        store = Embedded(Quad(t.subject, t.predicate, t.object) for t in seen.triples)
        report = _checked(report, store, wanted, options)
    notes = _imports(wanted)
    read_from = [*_rdf_files(files), *(() if wanted.added is None else wanted.added.files())]
    report, context = placed(report, wanted.graph, read_from, data if isinstance(data, Graph) else None)
    return Run(report, context, shipped=False, notes=notes)


def _on_ours(wanted: Rules, options: Options, built: Path) -> Run:
    """Our build, and what it was built from: each group of shapes on what it sees, and the checks on the whole."""
    counting = Options(options.engine, options.focus, options.shapes, stats=True)
    left_out = {group: own.is_derived if group == "structural" else _nothing for group, _ in wanted.sets}
    # Loading a store and validating run outside of Python, so all at once.
    with ThreadPoolExecutor(1 + len(wanted.sets)) as pool:
        store = pool.submit(Embedded.load, built)
        data: list[Document | Graph]
        if options.engine == "native" and built.suffix == ".nq":
            data = [*built_documents(built, left_out.values())]
        else:
            whole = read(built)
            data = [whole.without(no) for no in left_out.values()]
        shapes = [shapes for _, shapes in wanted.sets]

        def validated(it: Document | Graph, its: Graph, no: Callable[[NamedNode], bool]) -> Report:
            return _validated(it, its, None, counting, lambda predicates: _having(store.result(), predicates, no))

        reports = list(pool.map(validated, data, shapes, left_out.values()))
        report = _merged(reports, wanted, options)
        if wanted.checks:
            report = _checked(report, store.result(), wanted, options)
    files = [*own.curated_files(), *own.ontology_files()]
    report, context = placed(report, wanted.graph, files, None, built=built)
    return Run(report, context, shipped=not options.shapes)


def _validated(
    data: Document | Graph | Sequence[Path],
    shapes: Graph,
    added: Graph | None,
    options: Options,
    index: Callable[[frozenset[NamedNode]], Graph] | None = None,
) -> Report:
    return validate(
        data, shapes, ontology=added, engine=options.engine, focus=options.focus, stats=options.stats, index=index
    )


def _having(store: Embedded, predicates: Iterable[NamedNode], no: Callable[[NamedNode], bool]) -> Graph:
    """The triples of a store with these predicates, less those of the named graphs that the function says yes to."""
    quads = store.having(predicates)
    kept = [q.triple for q in quads if isinstance(q.graph_name, NamedNode) and not no(q.graph_name)]
    return Graph((Part(tuple(dict.fromkeys(cast(list[Statement], kept)))),))


def _merged(reports: Sequence[Report], wanted: Rules, options: Options) -> Report:
    """The reports as one, with the findings of the rules that are wanted."""
    if not reports:  # only checks were asked for
        return Report(conforms=True, findings=(), shapes_checked=0, engine=options.engine)
    report = merged(*reports)
    if wanted.kept is None:
        return report
    found = tuple(finding for finding in report.findings if finding.shape in wanted.kept)
    return replace(report, findings=found, conforms=not found)


def _checked(report: Report, engine: Embedded, wanted: Rules, options: Options) -> Report:
    """The report with what our checks find in an engine's graph."""
    found = run_checks(engine, wanted.checks)
    if options.focus is not None:
        found = tuple(finding for finding in found if finding.focus in options.focus)
    return with_findings(report, found, [check.source_shape for check in wanted.checks])


def _imports(wanted: Rules) -> tuple[str, ...]:
    """What shapes graphs import, which nobody fetches: said, unless it was given as well."""
    if wanted.ours:
        return ()
    imported = {t.object for _, shapes in wanted.sets for t in shapes.having(OWL.imports)}
    given = {t.subject for _, shapes in wanted.sets for t in shapes.having(RDF.type)}
    names = sorted(str(term) for term in imported - given)
    return (f"owl:imports is not followed: {', '.join(names)}",) if names else ()


def _rdf_files(paths: Iterable[Path]) -> list[Path]:
    return [file for path in paths for file in rdf_files(path)]


def _nothing(_graph: NamedNode) -> bool:
    return False
