"""Our own case for each clause of the SHACL specification, through ``kg validate``, with both engines.

A case is a Turtle file that is data graph, shapes graph and report at once, as in the W3C suite: ``mf:result``
is the report, or ``sht:Failure``. Messages count where the case names ``sh:resultMessage``. Where an engine is wrong,
``kg.validation.differences`` says so; such a case fails when the engine has come right.
"""

from __future__ import annotations

from pathlib import Path

import pytest
from pyoxigraph import CanonicalizationAlgorithm, Dataset, RdfFormat, parse

from kg.cli import main
from kg.errors import ShapesError
from kg.terms import BlankNode, DefaultGraph, Literal, NamedNode, Quad, Term
from kg.validation import Graph, engines, read, wellformed
from kg.validation.differences import wrong_on
from kg.validation.graphs import from_n_triples, n_triples, statement
from kg.validation.shapes import Shapes
from kg.vocab import RDF, RDFS, SH

ROOT = Path(__file__).resolve().parent / "cases" / "shacl"
CASES = sorted(ROOT.rglob("*.ttl"))
TESTS, MANIFEST = "http://www.w3.org/ns/shacl-test#", "http://www.w3.org/2001/sw/DataAccess/tests/test-manifest#"
FAILURE, VALIDATE, RESULT = (
    NamedNode(TESTS + "Failure"),
    NamedNode(TESTS + "Validate"),
    NamedNode(MANIFEST + "result"),
)
_COMPARED = {
    SH.conforms, SH.focusNode, SH.value, SH.resultPath, SH.sourceShape, SH.sourceConstraint,
    SH.sourceConstraintComponent, SH.resultSeverity,
}  # fmt: skip


def name(path: Path) -> str:
    return path.relative_to(ROOT).with_suffix("").as_posix()


def canonical(report: Graph, top: Term, messages: bool) -> set[Quad]:
    """What is compared of the report at a node, its blank nodes labelled canonically."""
    found: set[Quad] = set()

    def keep(node: Term, whole: bool) -> None:
        for triple in report.about(node):
            told = triple.predicate in _COMPARED or (messages and triple.predicate == SH.resultMessage)
            if whole or told or triple.predicate == SH.result:
                found.add(Quad(triple.subject, triple.predicate, triple.object, DefaultGraph()))
            if triple.predicate == SH.result:
                keep(triple.object, whole=False)
            elif triple.predicate == SH.resultPath or (whole and isinstance(triple.object, BlankNode)):
                keep(triple.object, whole=isinstance(triple.object, BlankNode))

    keep(top, whole=False)
    dataset = Dataset(found)
    dataset.canonicalize(CanonicalizationAlgorithm.UNSTABLE)
    return set(dataset)


def outcome(
    case: Path, engine: str, capsys: pytest.CaptureFixture[str], shapes: Path | None = None
) -> tuple[int, set[Quad] | str]:
    """The exit code of ``kg validate``, and its report (what it says of itself, when there is none)."""
    code = main(
        [
            "validate",
            str(case),
            "--shapes",
            str(shapes or case),
            "--format",
            "turtle",
            "--ontology",
            "none",
            "--engine",
            engine,
        ]
    )
    printed = capsys.readouterr()
    if code not in (0, 1):
        return code, printed.err
    triples = (statement(q.subject, q.predicate, q.object) for q in parse(printed.out, RdfFormat.TURTLE))
    report = from_n_triples(n_triples(triples).decode())
    (top,) = (triple.subject for triple in report.having(RDF.type) if triple.object == SH.ValidationReport)
    return code, canonical(report, top, _messages_matter(read(case)))


def expected(case: Path) -> tuple[int, set[Quad] | None]:
    """The exit code that a case asks for, and its report (None for a failure)."""
    graph = read(case)
    (result,) = graph.having(RESULT)
    if result.object == FAILURE:
        return 4, None
    conforms = graph.value(result.object, SH.conforms)
    return (0 if isinstance(conforms, Literal) and conforms.value == "true" else 1), canonical(
        graph, result.object, _messages_matter(graph)
    )


def _messages_matter(case: Graph) -> bool:
    return any(triple.object == SH.resultMessage for triple in case.having(RDFS.seeAlso))


@pytest.mark.parametrize("engine", engines.ENGINES)
@pytest.mark.parametrize("case", CASES, ids=name)
def test_the_report_is_the_one_that_the_specification_asks_for(
    case: Path, engine: str, capsys: pytest.CaptureFixture[str]
) -> None:
    code, report = expected(case)
    got_code, got = outcome(case, engine, capsys)
    right = got_code == code and (report is None or got == report)
    difference = wrong_on(name(case), engine)
    if difference is None:
        assert got_code == code, got
        assert report is None or got == report
    else:
        assert not right, f"{engine} is right now: strike {difference.name} from the table of differences"
        assert got_code != 5, got


@pytest.mark.parametrize("case", CASES, ids=name)
def test_a_case_says_what_it_shows_and_which_clause_it_is_of(case: Path) -> None:
    graph = read(case)
    (test,) = graph.subjects(RDF.type, VALIDATE)
    assert len(graph.objects(test, RDFS.label)) == 1
    (clause,) = graph.objects(test, RDFS.comment)
    assert isinstance(clause, Literal)
    assert clause.value.startswith("SHACL ")


def test_a_count_without_its_shape_is_a_slip_in_shapes_of_ours() -> None:
    shapes = Shapes(read(ROOT / "shape_based" / "qualified_without_shape.ttl"))
    with pytest.raises(ShapesError, match="sh:qualifiedMinCount needs an sh:qualifiedValueShape"):
        wellformed.check(shapes, own=True)


def test_a_shape_of_which_nothing_is_said_is_a_slip_in_shapes_of_ours() -> None:
    shapes = Shapes(read(ROOT / "shape_based" / "node_without_constraints.ttl"))
    with pytest.raises(ShapesError, match="of which nothing is said"):
        wellformed.check(shapes, own=True)
