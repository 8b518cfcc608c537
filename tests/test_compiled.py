"""Compiled validation: findings equal to native's, on every engine, for every construct; gaps are refused by name."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from kg.engine import Embedded, Engine
from kg.engine.rows import python_value
from kg.errors import ShapesError
from kg.terms import BlankNode, Literal, NamedNode, Quad, Term
from kg.validation import compiled, focus_nodes, own, read, union, validate
from kg.validation.graphs import Graph, Part, statement
from kg.validation.report import Finding
from kg.validation.shapes import Shapes
from tests import compiled_cases, shape_cases
from tests.benchmarks import compiled as benchmark
from tests.compiled_random import EX, PREFIXES, graph, native, quads
from tests.engines import ENGINES
from tests.shape_cases import Case, brief, cases

DATA = graph(PREFIXES + compiled_cases.DATA)

# Where native and the compiled queries differ, and who is right. Case → why.
NATIVE_WRONG = {
    "lessThanOrEquals": "texts with language tags have no order in SPARQL, so that each such value is a violation",
    "sparql_aggregate": "native leaves out a value that the query computes",
    "sparql_subquery": "native leaves out a value that the query computes",
}
# What an engine changes while loading, so that the case says something else there. Line of the data → why.
CHANGED = {
    "virtuoso": {
        "ex:nowhole": "an ill-formed whole number becomes 0",
        "ex:blank": "its name for a blank node is none to the reader of results",
    }
}
# Cases that an engine refuses: an error, never a wrong answer.
REFUSED = {
    ("virtuoso", "target_node_of_no_length"): "endless-path",  # from nodes that VALUES names
    ("virtuoso", "target_nodes"): "literal-target",
    ("virtuoso", "target_texts"): "literal-target",
    ("virtuoso", "inverse_endless"): "endless-path",
    ("virtuoso", "nested_count"): "nested-count",
    ("virtuoso", "path_one_or_more"): "endless-path",
    ("virtuoso", "path_one_or_more_values"): "endless-path",
    ("virtuoso", "sparql_optional_step"): "optional-step",
}


def value(term: Term | None) -> object:
    """A term in value space; every blank node as one, since labels hold for one answer only."""
    if isinstance(term, Literal):
        return python_value(term), term.language
    return "blank" if isinstance(term, BlankNode) else term


def key(finding: Finding) -> str:
    """A finding as two engines can be compared by it."""
    about = [value(finding.focus), finding.path, value(finding.value), finding.shape, finding.component]
    # A message may quote the value, as the engine writes it.
    quoted = isinstance(finding.value, BlankNode) or not isinstance(python_value(finding.value), str | None)
    messages = len(finding.messages) if quoted else finding.messages
    return str([*about, finding.severity, messages, finding.constraint, finding.root, finding.times])


def keys(findings: tuple[Finding, ...]) -> list[str]:
    return sorted(map(key, findings))


def data_for(engine: str, name: str = "") -> str:
    """The data of the cases, less what the engine changes, and what native cannot ask a validator about."""
    changed = tuple(CHANGED.get(engine, ())) + ("ex:blank",) * name.startswith("component_ask")
    lines = compiled_cases.DATA.splitlines()
    return PREFIXES + "\n".join(line for line in lines if not (changed and line.startswith(changed)))


@pytest.fixture(scope="module", params=list(ENGINES))
def engine(request: pytest.FixtureRequest) -> Iterator[tuple[str, Engine]]:
    """An engine with the data of the cases in a named graph."""
    loaded = [
        Quad(q.subject, q.predicate, q.object, NamedNode(EX + "g")) for q in quads(graph(data_for(request.param)))
    ]
    with ENGINES[request.param](loaded) as opened:
        yield request.param, opened


@pytest.mark.parametrize("name", compiled_cases.SHAPES)
def test_a_construct_gives_what_native_gives_on_every_engine(name: str, engine: tuple[str, Engine]) -> None:
    which, opened = engine
    data = graph(data_for(which, name))
    shapes = Shapes(graph(PREFIXES + compiled_cases.SHAPES[name]))
    plan = compiled.compile(shapes)
    if (which, name) in REFUSED:
        with pytest.raises(ShapesError) as caught:
            compiled.run(opened, plan)
        assert compiled.STORE_GAPS[REFUSED[which, name]].why in caught.value.message
        return
    about = {triple.subject for triple in data.triples} | {triple.object for triple in data.triples}
    all_found = compiled.run(opened, plan)
    found = keys(tuple(it for it in all_found if it.focus in about or not name.startswith("component_ask")))
    expected = keys(native(shapes, data))
    if name in NATIVE_WRONG:
        assert found != expected, "they agree: take the case out of the table"
        assert found == keys(compiled.run(Embedded(quads(data)), plan))
    else:
        assert found == expected


@pytest.mark.parametrize("name", compiled_cases.SHAPES)
def test_every_case_has_a_finding_and_a_focus_node_without_one(name: str) -> None:
    plan = compiled.compile(Shapes(graph(PREFIXES + compiled_cases.SHAPES[name])))
    store = Embedded(quads(DATA))
    found = compiled.run(store, plan)
    assert found
    if name not in ("in_nothing", "property_inside", "target_node", "target_node_of_no_length"):
        assert len({finding.focus for finding in found}) < sum(compiled.focus_counts(store, plan).values())


# Our own shapes


@pytest.mark.parametrize("case", cases(), ids=str)
def test_a_case_of_our_shapes_has_the_findings_expected(case: Case) -> None:
    data = union(read(case.path), own.ontology())
    plan = compiled.compile(Shapes.of(shape_cases.shapes_of(case.group)))
    found = compiled.run(Embedded(quads(data)), plan)
    known = shape_cases.ontology_findings(case.group)
    assert brief([it for it in found if it not in known]) == ([] if case.valid else case.expected())


@pytest.mark.parametrize("group", own.GROUPS)
def test_our_shapes_on_our_data_find_what_native_finds(group: own.Group) -> None:
    data = union(read(own.curated_files()), own.ontology())
    shapes = Shapes.of(shape_cases.shapes_of(group))
    store = Embedded(quads(data))
    plan = compiled.compile(shapes)
    assert compiled.run(store, plan) == validate(data, shapes.graph, require_focus=False).findings
    assert compiled.focus_counts(store, plan) == focus_nodes(shapes.graph, data)
    assert compiled.reaches(store, plan) == (group == "structural")


def test_virtuoso_s_doubts_are_said(engine: tuple[str, Engine]) -> None:
    which, opened = engine
    inner = "sh:path ex:p ; sh:hasValue 5 ; sh:minLength 1 ; sh:datatype xsd:int"
    shapes = f"ex:S sh:targetClass ex:T ; sh:property [ {inner} ] ."
    said = {doubt.store for doubt in compiled.warnings(opened, compiled.compile(Shapes(graph(PREFIXES + shapes))))}
    expected = {"oxigraph": {"oxigraph", "endpoint"}, "virtuoso": {"virtuoso", "endpoint"}}
    assert said == expected.get(which, {"oxigraph"})


def test_every_refusal_of_a_store_has_a_case() -> None:
    assert set(REFUSED.values()) == set(compiled.STORE_GAPS)


def test_progress_counts_shapes() -> None:
    seen: list[tuple[int, int]] = []
    plan = compiled.compile(Shapes(graph(PREFIXES + compiled_cases.SHAPES["several_targets"])))
    compiled.run(Embedded(quads(DATA)), plan, progress=lambda done, of: seen.append((done, of)))
    assert seen == [(0, 1), (1, 1)]


@pytest.mark.parametrize("broken", [0.0, 0.05])
def test_the_benchmark_finds_what_native_finds(broken: float) -> None:
    store = Embedded(Quad(*row) for row in benchmark.rows(12, broken))
    data = Graph((Part(tuple(statement(it.subject, it.predicate, it.object) for it in store.quads())),))
    shapes = Shapes(graph(benchmark.SHAPES))
    found = compiled.run(store, compiled.compile(shapes))
    assert found == native(shapes, data)
    assert bool(found) == (broken > 0)
