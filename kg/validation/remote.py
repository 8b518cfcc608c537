"""Validation where the graph lives, on an endpoint or in a store: shapes become SPARQL, only findings come back."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from kg.engine import Embedded, Engine, connect
from kg.errors import UsageError
from kg.terms import Literal, NamedNode, Quad, Term
from kg.validation import compiled
from kg.validation.checks import run_checks
from kg.validation.context import Context
from kg.validation.focus import aimed
from kg.validation.graphs import Graph, rdf_files, read
from kg.validation.messages import LABELS, Language
from kg.validation.placing import placed
from kg.validation.report import Report, Stats, merged, with_findings
from kg.validation.runs import Options, Rules, Run, rules, selected
from kg.validation.shapes import Shapes
from kg.validation.sparql_texts import broken_text
from kg.validation.validator import NothingToCheck, check_shapes, must_reach

_ASSERTED_ONLY = {
    "en": "our shapes of asserted data were not run: the store's default graph holds what rules derived as well; "
    "`kg validate` runs them on the build",
    "zh": "针对所述数据的形状没有运行：该库的默认图也含规则所推导的内容；`kg validate` 在构建结果上运行它们",
}


def run_where_it_is(
    files: Sequence[Path],
    shapes: Sequence[Path],
    ontology: Sequence[Path] | None,
    dataset: Path | None,
    endpoint: str | None,
    options: Options,
    language: Language = "en",
) -> Run:
    """Validate what an endpoint holds, or a dataset (a file, a folder, a store), or files put into a store in memory.

    With our own shapes, those of derived data and the checks run: an endpoint shows one graph, in which what is
    asserted cannot be told from what is derived. EndpointError, QueryError and the rest as the engine says;
    ShapesError for what cannot be put into SPARQL; NothingToCheck; UsageError for an ontology beside an endpoint.
    """
    wanted = selected(rules(shapes, () if ontology is None else ontology), options.shapes)
    if ontology and endpoint is not None:
        raise UsageError("an endpoint has its ontology in its graph, or not at all", hint="leave --ontology out")
    data = read(files) if files else None
    engine = connect(dataset, endpoint) if data is None else _embedded(data, wanted)
    notes: list[str] = []
    sets = list(wanted.sets)
    if wanted.ours and not files and any(group == "structural" for group, _ in sets) and len(sets) > 1:
        sets = [(group, graph) for group, graph in sets if group != "structural"]
        notes.append(_ASSERTED_ONLY[language])
    reports: list[Report] = []
    faults: list[NothingToCheck] = []
    for _, graph in sets:
        try:
            report, doubts = _validated(engine, Shapes.of(graph), options, language)
        except NothingToCheck as fault:
            faults.append(fault)
            continue
        reports.append(report)
        notes += doubts
    if faults and not reports:
        raise faults[0]
    report = merged(*reports) if reports else Report(True, (), 0, engine="compiled")
    if wanted.kept is not None:
        found = tuple(finding for finding in report.findings if finding.shape in wanted.kept)
        report = with_findings(Report(True, (), report.shapes_checked, engine="compiled"), found)
    if wanted.checks:
        found = run_checks(engine, wanted.checks)
        report = with_findings(report, found, [check.source_shape for check in wanted.checks])
    if data is not None:
        read_from = [file for path in files for file in rdf_files(path)]
        report, context = placed(report, wanted.graph, read_from, data)
    else:
        context = Context(wanted.graph, {}, _labels(engine, report))
    return Run(report, context, shipped=False, notes=tuple(dict.fromkeys(notes)))


def _embedded(data: Graph, wanted: Rules) -> Embedded:
    """A store in memory with the data, and the ontology where there is one."""
    triples = [*data.triples, *(() if wanted.added is None else wanted.added.triples)]
    return Embedded(Quad(t.subject, t.predicate, t.object) for t in triples)


def _validated(engine: Engine, shapes: Shapes, options: Options, language: Language) -> tuple[Report, list[str]]:
    """One report, and what this store leaves in doubt."""
    check_shapes(shapes)
    broken = broken_text(shapes.graph)  # an engine's own words would not say where
    if broken is not None:
        raise broken
    plan = compiled.compile(shapes)
    if must_reach(shapes.graph) and not compiled.reaches(engine, plan):
        raise NothingToCheck("no shape that has a target reaches a node there")
    found = compiled.run(engine, plan, focus=options.focus, progress=options.progress)
    counts = compiled.focus_counts(engine, plan) if options.stats else None
    doubts = [d.why if language == "en" else d.why_zh for d in compiled.warnings(engine, plan)]
    looking = tuple(sorted(aimed(shapes.graph), key=str))
    report = Report(
        conforms=not found,
        findings=found,
        shapes_checked=len(looking),
        idle=None if counts is None else tuple(shape for shape in looking if not counts.get(shape)),
        engine="compiled",
        stats=None if counts is None else Stats(tuple((s, counts.get(s, 0)) for s in looking), {}, frozenset()),
        shapes=looking,
    )
    return report, doubts


def _labels(engine: Engine, report: Report) -> dict[Term, tuple[Literal, ...]]:
    """The labels of the findings' focus nodes, for the first thousand."""
    nodes = list(dict.fromkeys(f.focus for f in report.findings if isinstance(f.focus, NamedNode)))[:1000]
    found: dict[Term, tuple[Literal, ...]] = {}
    for at in range(0, len(nodes), 100):
        values = " ".join(map(str, nodes[at : at + 100]))
        which = " ".join(f"({predicate})" for predicate in LABELS)
        query = (
            f"SELECT ?node ?label WHERE {{ VALUES ?node {{ {values} }} VALUES (?p) {{ {which} }} ?node ?p ?label }}"
        )
        for node, label in engine.select(query).rows:
            if node is not None and isinstance(label, Literal):
                found[node] = (*found.get(node, ()), label)
    return found
