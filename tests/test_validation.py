"""Validation: engines, findings, focus nodes, ill-formed shapes, and what is nothing to check."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from kg.errors import DataError, ShapesError, SyntaxFault, UsageError
from kg.terms import BlankNode, NamedNode
from kg.validation import Graph, engines, focus_nodes, merged, own, read, results, union, validate, wellformed
from kg.validation.graphs import from_n_triples
from kg.validation.paths import Compound, read_path, to_sparql
from kg.validation.shapes import Shapes
from kg.validation.validator import NothingToCheck
from kg.vocab import RDF, SH

CASES = Path(__file__).resolve().parent / "cases" / "validation"
SHAPES, CONFORMS, FAULTS = CASES / "shapes.ttl", CASES / "conforms.ttl", CASES / "faults.ttl"
EX = "http://example.org/"
HEAD = f"@prefix ex: <{EX}> . @prefix sh: <http://www.w3.org/ns/shacl#> . "

both = pytest.mark.parametrize("engine", engines.ENGINES)


def graph(tmp_path: Path, text: str, name: str = "graph.ttl") -> Graph:
    path = tmp_path / name
    path.write_text(HEAD + text, encoding="utf-8")
    return read(path)


@both
def test_data_that_conforms_has_no_finding(engine: str) -> None:
    report = validate(CONFORMS, SHAPES, engine=engine, stats=True)
    assert report.conforms
    assert report.findings == ()
    assert (report.shapes_checked, report.focus_nodes, report.engine) == (2, 1, engine)
    assert report.idle == (NamedNode(EX + "BadWordShape"),)


@both
def test_a_finding_has_all_that_the_specification_asks_for(engine: str) -> None:
    report = validate(FAULTS, SHAPES, engine=engine)
    assert not report.conforms
    assert report.counts() == {"Violation": 3, "Warning": 3, "Info": 1}
    found = next(f for f in report.findings if f.component == SH.SPARQLConstraintComponent)
    assert found.focus == NamedNode(EX + "g1")
    assert found.path is None
    assert found.value is not None
    assert found.value.value == "fine"
    assert found.shape == NamedNode(EX + "BadWordShape")
    assert found.constraint == NamedNode(EX + "BadWordShape-none")
    assert {message.language: message.value for message in found.messages} == {
        "en": "The word fine is bad.",
        "zh": "词语 fine 不好。",
    }
    assert found.severity_name == "Violation"


def test_both_engines_give_equal_findings() -> None:
    assert validate(FAULTS, SHAPES).findings == validate(FAULTS, SHAPES, engine="reference").findings


@both
def test_a_finding_of_a_shape_without_an_iri_names_the_shape_around_it(engine: str) -> None:
    report = validate(FAULTS, SHAPES, engine=engine)
    found = next(f for f in report.findings if isinstance(f.shape, BlankNode))
    assert found.root == NamedNode(EX + "GardenShape")
    assert isinstance(found.path, Compound)
    assert to_sparql(found.path) == (f"<{EX}bed>/<{EX}next>*/(<{EX}plant>|^<{EX}growsIn>)")


@both
def test_only_the_shapes_own_messages_are_kept(engine: str) -> None:
    report = validate(FAULTS, SHAPES, engine=engine)
    area = [f for f in report.findings if f.shape == NamedNode(EX + "GardenShape-area")]
    assert len(area) == 3
    assert all(f.messages == () for f in area)


@both
def test_blank_nodes_of_the_data_keep_their_labels(engine: str, tmp_path: Path) -> None:
    data = graph(tmp_path, "_:z9 a ex:C ; ex:p [ a ex:C ] . ex:x ex:p _:a . _:a a ex:C .")
    shapes = graph(tmp_path, "ex:S a sh:NodeShape ; sh:targetClass ex:C ; sh:nodeKind sh:IRI .", "shapes.ttl")
    found = {f.focus for f in validate(data, shapes, engine=engine).findings}
    assert found == {t.subject for t in data.having(RDF.type)}
    assert {BlankNode("z9"), BlankNode("a")} <= found


@both
def test_lexical_forms_are_kept(engine: str, tmp_path: Path) -> None:
    data = graph(tmp_path, 'ex:a a ex:C ; ex:p "007"^^<http://www.w3.org/2001/XMLSchema#integer> .')
    shapes = graph(
        tmp_path,
        "ex:S a sh:NodeShape ; sh:targetClass ex:C ; sh:property [ sh:path ex:p ; sh:nodeKind sh:IRI ] .",
        "s.ttl",
    )
    (found,) = validate(data, shapes, engine=engine).findings
    assert found.value is not None
    assert found.value.value == "007"


def test_blank_nodes_of_different_files_are_different(tmp_path: Path) -> None:
    one = graph(tmp_path, "_:a ex:p ex:b .", "one.ttl")
    two = graph(tmp_path, "_:a ex:p ex:b .", "two.ttl")
    assert len(union(one, two)) == 2
    assert len(read([tmp_path / "one.ttl", tmp_path / "two.ttl"])) == 2
    assert len(union(one, one).triples) == 2


def test_labels_of_anonymous_nodes_are_the_same_from_run_to_run(tmp_path: Path) -> None:
    first = graph(tmp_path, "ex:a ex:p [ ex:q [] ] .").n_triples()
    assert read(tmp_path / "graph.ttl").n_triples() == first
    assert b"_:b0" in first


def test_where_the_native_engine_cannot_be_loaded_the_reference_runs_and_says_why(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setitem(sys.modules, "shacl", None)
    report = validate(FAULTS, SHAPES)
    assert report.engine == "reference"
    assert report.fallback is not None
    assert "cannot be loaded" in report.fallback
    monkeypatch.undo()
    assert validate(FAULTS, SHAPES).findings == report.findings


def test_a_breakdown_of_the_native_engine_is_an_internal_fault() -> None:
    class PanicException(BaseException):
        pass

    class Broken:
        class Shapes:
            @staticmethod
            def from_text(text: str, format: str) -> None:  # noqa: A002  # the engine's name for it
                raise PanicException("oh")

    with pytest.raises(RuntimeError, match="broke down: oh"):
        engines.Native(Broken).run(read(CONFORMS), Shapes(read(SHAPES)), None)  # type: ignore[arg-type]


def test_an_unknown_engine_is_wrong_usage() -> None:
    with pytest.raises(UsageError, match="no engine 'fast'"):
        validate(CONFORMS, SHAPES, engine="fast")


@both
def test_focus_limits_the_findings(engine: str) -> None:
    report = validate(FAULTS, SHAPES, engine=engine, focus=[NamedNode(EX + "g1")])
    assert {f.focus for f in report.findings} == {NamedNode(EX + "g1")}
    assert len(report.findings) == 6


# Targets and focus nodes


def test_focus_nodes_counts_every_kind_of_target() -> None:
    counts = focus_nodes(read(CASES / "focus" / "shapes.ttl"), read(CASES / "focus" / "data.ttl"))
    assert {str(shape.value).removeprefix(EX): number for shape, number in counts.items()} == {
        "ByClass": 3,  # oak and elm by subclasses, which run in a circle here, and moss
        "ByNode": 3,  # a target node need not occur in the data
        "BySubject": 2,
        "ByObject": 2,
        "Tree": 2,  # a shape that is a class
        "Bush": 1,  # of a class of classes
        "ByTwo": 2,
        "Lonely": 0,
        "PropertyWithTarget": 2,
    }


def test_the_native_engine_looks_at_the_focus_nodes_counted(tmp_path: Path) -> None:
    text = (CASES / "focus" / "shapes.ttl").read_text(encoding="utf-8")
    # Each shape finds fault with every focus node.
    failing = text.replace("sh:NodeShape ;", "sh:NodeShape ; sh:in () ;").replace(
        "sh:NodeShape .", "sh:NodeShape ; sh:in () ."
    )
    failing = failing.replace("sh:path ex:near .", "sh:path ex:near ; sh:minCount 99 .")
    (tmp_path / "failing.ttl").write_text(failing, encoding="utf-8")
    shapes, data = read(tmp_path / "failing.ttl"), read(CASES / "focus" / "data.ttl")
    for engine in engines.ENGINES:
        found: dict[object, int] = {}
        for finding in validate(data, shapes, engine=engine).findings:
            found[finding.shape] = found.get(finding.shape, 0) + 1
        assert found == {shape: number for shape, number in focus_nodes(shapes, data).items() if number}, engine


# Nothing to check


@pytest.mark.parametrize("path", sorted((CASES / "nothing").glob("*.ttl")), ids=lambda path: path.stem)
def test_an_empty_check_never_passes(path: Path) -> None:
    with pytest.raises(NothingToCheck, match="nothing to check"):
        validate(CONFORMS, path)


def test_empty_data_is_nothing_to_check() -> None:
    with pytest.raises(NothingToCheck):
        validate(CASES / "empty.ttl", SHAPES)


def test_shapes_that_are_all_deactivated_check_nothing_on_purpose(tmp_path: Path) -> None:
    shapes = graph(
        tmp_path, "ex:S a sh:NodeShape ; sh:targetClass ex:Garden ; sh:deactivated true ; sh:nodeKind sh:Literal ."
    )
    report = validate(CONFORMS, shapes)
    assert report.conforms
    assert report.shapes_checked == 0


def test_the_ontology_added_is_no_data_to_check(tmp_path: Path) -> None:
    ontology = graph(tmp_path, "ex:T a ex:Garden .", "ontology.ttl")
    data = graph(tmp_path, "ex:a ex:p ex:b .", "data.ttl")
    shapes = graph(tmp_path, "ex:S a sh:NodeShape ; sh:targetClass ex:Garden ; sh:nodeKind sh:IRI .", "shapes.ttl")
    with pytest.raises(NothingToCheck):
        validate(data, shapes, ontology=ontology)
    more = graph(tmp_path, "ex:g a ex:Garden .", "more.ttl")
    assert validate(more, shapes, ontology=ontology).focus_nodes == 1


def test_classes_of_the_ontology_reach_the_data(tmp_path: Path) -> None:
    sub = "<http://www.w3.org/2000/01/rdf-schema#subClassOf>"
    ontology = graph(tmp_path, f"ex:Walled {sub} ex:Garden .", "ontology.ttl")
    data = graph(tmp_path, "ex:g a ex:Walled .", "data.ttl")
    shapes = graph(tmp_path, "ex:S a sh:NodeShape ; sh:targetClass ex:Garden ; sh:nodeKind sh:Literal .", "s.ttl")
    assert len(validate(data, shapes, ontology=ontology).findings) == 1


# Ill-formed shapes


@pytest.mark.parametrize("path", sorted((CASES / "ill_formed").glob("*.ttl")), ids=lambda path: path.stem)
def test_ill_formed_shapes_are_refused_by_name_and_place(path: Path) -> None:
    with pytest.raises(ShapesError) as caught:
        validate(CONFORMS, path)
    assert not isinstance(caught.value, NothingToCheck)
    if path.stem not in {"sparql_that_does_not_parse", "target_computed_by_sparql"}:  # the engine judges these
        assert path.name in caught.value.report()
        assert f"{path.name}:" in caught.value.report(), "no line"


def test_the_reference_engine_refuses_what_it_cannot_read() -> None:
    with pytest.raises(ShapesError, match="pySHACL refuses"):
        validate(CONFORMS, CASES / "ill_formed" / "sparql_that_does_not_parse.ttl", engine="reference")


def test_the_reference_engine_knows_advanced_targets() -> None:
    report = validate(CONFORMS, CASES / "ill_formed" / "target_computed_by_sparql.ttl", engine="reference")
    assert report.conforms


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("unknown_sh_term", "sh:minCout is no term of its vocabulary (did you mean sh:minCount?)"),
        ("misspelt_term_of_ours", "zkg:Clam is no term of its vocabulary (did you mean zkg:Claim?)"),
        ("misspelt_term_in_sparql", "in a SPARQL text, zkg:involvez"),
        ("property_without_path", "a property shape has no sh:path"),
    ],
)
def test_the_fault_is_named(name: str, said: str) -> None:
    with pytest.raises(ShapesError) as caught:
        validate(CONFORMS, CASES / "ill_formed" / f"{name}.ttl")
    assert said in caught.value.message


def test_misspelt_terms_of_standard_vocabularies_are_faults_of_our_shapes_alone(tmp_path: Path) -> None:
    shapes = Shapes(
        graph(
            tmp_path,
            "@prefix skos: <http://www.w3.org/2004/02/skos/core#> . "
            "ex:S a sh:NodeShape ; sh:targetSubjectsOf skos:prefLable ; sh:nodeKind sh:IRI .",
        )
    )
    wellformed.check(shapes, own=False)
    with pytest.raises(ShapesError, match="skos:prefLable is no term"):
        wellformed.check(shapes, own=True)


def test_the_cases_for_reports_are_well_formed() -> None:
    wellformed.check(Shapes(read(SHAPES)), own=False)


# Data


def test_broken_turtle_is_an_error_with_a_place() -> None:
    with pytest.raises(SyntaxFault) as caught:
        validate(CASES / "broken.ttl", SHAPES)
    where = caught.value.where
    assert where is not None
    assert (where.file, where.line) == (CASES / "broken.ttl", 4)
    assert where.column is not None


def test_broken_shapes_are_ill_formed_shapes_with_a_place() -> None:
    with pytest.raises(ShapesError) as caught:
        validate(CONFORMS, CASES / "broken.ttl")
    assert caught.value.where is not None
    assert caught.value.where.line == 4


@pytest.mark.parametrize(
    ("name", "content", "said"),
    [
        ("latin.ttl", b'<http://a> <http://b> "\xff" .', "UTF-8"),
        ("notes.txt", b"hello", "not a kind of RDF file"),
        ("quoted.ttl", b"<http://a> <http://b> <<( <http://a> <http://b> <http://c> )>> .", "quoted|not Turtle"),
    ],
)
def test_data_that_cannot_be_read_is_an_error(name: str, content: bytes, said: str, tmp_path: Path) -> None:
    (tmp_path / name).write_bytes(content)
    with pytest.raises(DataError, match=said) as caught:
        validate(tmp_path / name, SHAPES)
    assert caught.value.where is not None
    assert caught.value.where.file == tmp_path / name


def test_a_missing_file_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(DataError, match="cannot be read"):
        validate(tmp_path / "none.ttl", SHAPES)
    with pytest.raises(ShapesError, match="cannot be read"):
        validate(CONFORMS, tmp_path / "none.ttl")


def test_a_byte_order_mark_is_passed_over(tmp_path: Path) -> None:
    (tmp_path / "bom.ttl").write_bytes(b"\xef\xbb\xbf" + CONFORMS.read_bytes())
    assert validate(tmp_path / "bom.ttl", SHAPES).conforms


def test_a_folder_stands_for_its_files(tmp_path: Path) -> None:
    (tmp_path / "below").mkdir()
    (tmp_path / "below" / "a.ttl").write_bytes(CONFORMS.read_bytes())
    (tmp_path / "notes.txt").write_text("no RDF", encoding="utf-8")
    assert validate(tmp_path, SHAPES).conforms


def test_structural_shapes_do_not_see_what_rules_derived(tmp_path: Path) -> None:
    path = tmp_path / "data.trig"
    path.write_text(
        "<http://a> <http://b> <http://c> . "
        "<https://w3id.org/zonekg/graph/derived/x> { <http://d> <http://b> <http://c> . } "
        "<https://w3id.org/zonekg/graph/entities> { <http://e> <http://b> <http://c> . }",
        encoding="utf-8",
    )
    data = read(path)
    assert {t.subject.value for t in own.seen_by("structural", data).triples} == {"http://a", "http://e"}
    assert len(own.seen_by("derived", data)) == 3


# Reports as triples


@both
def test_the_turtle_report_says_what_the_findings_say(engine: str) -> None:
    report = validate(FAULTS, SHAPES, engine=engine)
    from pyoxigraph import RdfFormat, parse, serialize

    quads = parse(results.to_turtle(report), RdfFormat.TURTLE)
    text = serialize((quad.triple for quad in quads), format=RdfFormat.N_TRIPLES)
    assert text is not None
    again = results.findings(from_n_triples(text.decode()), Shapes(read(SHAPES)))
    assert [f.brief() | {"shape": None} for f in again] != []
    assert sorted(str((f.focus, f.path, f.value, f.component, f.severity, f.messages)) for f in again) == sorted(
        str((f.focus, f.path, f.value, f.component, f.severity, f.messages)) for f in report.findings
    )


def test_the_report_is_the_same_from_run_to_run() -> None:
    assert results.to_turtle(validate(FAULTS, SHAPES)) == results.to_turtle(validate(FAULTS, SHAPES))


def test_merged_reports_add_up() -> None:
    one, two = (validate(file, SHAPES, stats=True) for file in (CONFORMS, FAULTS))
    both_ = merged(one, two)
    assert both_.findings == two.findings
    assert not both_.conforms
    assert both_.focus_nodes == (one.focus_nodes or 0) + (two.focus_nodes or 0)
    assert merged(one, validate(FAULTS, SHAPES)).focus_nodes is None


@pytest.mark.parametrize(
    ("text", "sparql"),
    [
        ("ex:p", "<ex:p>"),
        ("[ sh:inversePath ex:p ]", "^<ex:p>"),
        ("( ex:p [ sh:inversePath ( ex:q ex:r ) ] )", "<ex:p>/^(<ex:q>/<ex:r>)"),
        ("[ sh:oneOrMorePath [ sh:alternativePath ( ex:p ex:q ) ] ]", "(<ex:p>|<ex:q>)+"),
        ("[ sh:zeroOrOnePath [ sh:zeroOrMorePath ex:p ] ]", "(<ex:p>*)?"),
        ("( [ sh:alternativePath ( ex:p ex:q ) ] ex:r )", "(<ex:p>|<ex:q>)/<ex:r>"),
    ],
)
def test_a_path_is_written_as_sparql_writes_it(text: str, sparql: str, tmp_path: Path) -> None:
    shapes = graph(tmp_path, f"ex:S sh:path {text} .")
    node = shapes.value(NamedNode(EX + "S"), SH.path)
    assert node is not None
    assert to_sparql(read_path(shapes, node)).replace(EX, "ex:") == sparql
