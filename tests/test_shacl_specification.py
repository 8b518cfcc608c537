"""Our own case for each clause of the SHACL specification, through ``kg validate``, with both engines.

A case is a Turtle file that is data graph, shapes graph and report at once, as in the W3C suite: ``mf:result``
is the report, or ``sht:Failure``. Messages count where the case names ``sh:resultMessage``. Where an engine is wrong,
``kg.validation.differences`` says so; such a case fails when the engine has come right.
"""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pyoxigraph import CanonicalizationAlgorithm, Dataset, RdfFormat, parse

from kg.cli import main
from kg.errors import ShapesError
from kg.terms import BlankNode, DefaultGraph, Literal, NamedNode, Quad, Term
from kg.validation import Graph, engines, prebinding, read, validate, wellformed
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


# What an engine would pass over is refused before it runs

HEAD = """@prefix ex: <http://example.org/> . @prefix sh: <http://www.w3.org/ns/shacl#> .
@prefix xsd: <http://www.w3.org/2001/XMLSchema#> . @prefix owl: <http://www.w3.org/2002/07/owl#> .
ex:a ex:p ex:b . ex:b a ex:A, ex:B .
"""
QUALIFIED = (
    "sh:path ex:p ; sh:qualifiedValueShape ex:{} ; sh:qualifiedMinCount 1 ; sh:qualifiedValueShapesDisjoint true"
)
COMPONENT = """ex:Comp a sh:ConstraintComponent ; sh:parameter [ sh:path ex:least ] ; sh:propertyValidator [
    a sh:SPARQLSelectValidator ; sh:select "SELECT $this ?value WHERE { $this $PATH ?value }" ] .
"""
FUNCTION = """ex:small a sh:SPARQLFunction ; sh:parameter [ sh:path ex:of ] ; sh:returnType xsd:boolean ;
    sh:select "SELECT (false AS ?result) WHERE { }" .
ex:S sh:targetNode ex:a ; sh:sparql [
    sh:select "SELECT $this WHERE { $this ?p ?o FILTER (!<http://example.org/small>(?o)) }" ] .
"""
GAPS = {
    "two siblings with one shape, and a third": (
        "ex:S sh:targetNode ex:a ; sh:property "
        + " , ".join(f"[ {QUALIFIED.format(shape)} ]" for shape in "AAB")
        + " . ex:A sh:class ex:A . ex:B sh:class ex:B .",
        "sh:qualifiedValueShapesDisjoint",
        {"native"},
    ),
    "a path within a path in a query of a component": (
        COMPONENT + "ex:S sh:targetNode ex:a ; sh:path [ sh:inversePath [ sh:inversePath ex:p ] ] ; ex:least 1 .",
        "a path within a path",
        {"native", "reference"},
    ),
    "a function of SHACL-AF": (FUNCTION, "the function", {"native"}),
    "rules": ("ex:S sh:targetNode ex:a ; sh:rule [ a sh:TripleRule ] .", "sh:rule", {"native"}),
}


@pytest.mark.parametrize("engine", engines.ENGINES)
@pytest.mark.parametrize("name", GAPS)
def test_what_an_engine_would_pass_over_is_refused(name: str, engine: str, tmp_path: Path) -> None:
    text, said, refusing = GAPS[name]
    (tmp_path / "case.ttl").write_text(HEAD + text, encoding="utf-8")
    graph = read(tmp_path / "case.ttl")
    if engine in refusing:
        with pytest.raises(ShapesError, match=said):
            validate(graph, graph, engine=engine)
    elif name != "rules":
        assert not validate(graph, graph, engine=engine).conforms


def test_a_function_that_no_query_calls_is_no_gap(tmp_path: Path) -> None:
    text = FUNCTION.replace("!<http://example.org/small>(?o)", "isIRI(?o)")
    (tmp_path / "case.ttl").write_text(HEAD + text, encoding="utf-8")
    graph = read(tmp_path / "case.ttl")
    assert len(validate(graph, graph).findings) == 1


@pytest.mark.parametrize(
    ("term", "fault"),
    [
        ("sh:minCout 1", True),
        ("sh:maxcount 1", True),
        ("sh:dataType xsd:string", True),
        ("sh:minListLength 1", False),
        ("sh:memberShape ex:M", False),
        ("sh:uniqueMembers true", False),
        ("sh:reifierShape ex:M", False),
        ("sh:singleLine true", False),
        ("sh:targetWhere ex:M", False),
        ("sh:nodeByExpression ex:M", False),
        ("sh:subsetOf ex:q", False),
    ],
)
def test_only_slips_are_faults_among_terms_that_shacl_has_not(term: str, fault: bool, tmp_path: Path) -> None:
    (tmp_path / "case.ttl").write_text(HEAD + f"ex:P sh:targetNode ex:a ; sh:path ex:p ; {term} .", encoding="utf-8")
    shapes = Shapes(read(tmp_path / "case.ttl"))
    if fault:
        with pytest.raises(ShapesError, match="is no term of its vocabulary"):
            wellformed.check(shapes, own=False)
    else:
        wellformed.check(shapes, own=False)


def test_rules_are_no_entailment_that_is_missing(tmp_path: Path) -> None:
    text = "<http://example.org/> sh:entailment sh:Rules . ex:S sh:targetNode ex:a ; sh:nodeKind sh:IRI ."
    (tmp_path / "case.ttl").write_text(HEAD + text, encoding="utf-8")
    assert validate(read(tmp_path / "case.ttl"), read(tmp_path / "case.ttl")).conforms


@given(st.text(alphabet="SELECTASK $this{}()*?ovi.PATH\"'#<>\n", max_size=60), st.sampled_from(["SELECT", "ASK"]))
def test_any_text_can_be_checked(text: str, form: str) -> None:
    assert all(isinstance(fault, str) for fault in prebinding.faults(text, form, prebinding.ALWAYS))  # type: ignore[arg-type]
    prebinding.gives_failure(text)


# What is judged later: by an engine that parses the text, by what is refused as a gap, or since there is no shape.
LATER = {"sparql_nonsense", "sparql_unknown_prefix", "failure_variable", "no_shape"}


@pytest.mark.parametrize("case", sorted((ROOT / "failures").glob("*.ttl")), ids=lambda path: path.stem)
def test_ill_formed_shapes_are_known_before_an_engine_runs(case: Path) -> None:
    shapes = Shapes(read(case))
    if case.stem in LATER:
        wellformed.check(shapes, own=False)
    else:
        with pytest.raises(ShapesError, match="the shapes graph is ill-formed"):
            wellformed.check(shapes, own=False)


@pytest.mark.parametrize("case", [path for path in CASES if path.parent.name != "failures"], ids=name)
def test_legal_shapes_are_not_ill_formed(case: Path) -> None:
    wellformed.check(Shapes(read(case)), own=False)
