"""Every shape of ours: has cases, finds exactly what they expect, speaks zh and en, and meets nodes when shipped.

Cases are found from the files (tests/shape_cases.py says how they lie); a missing one is a failure.
"""

from __future__ import annotations

from functools import cache
from pathlib import Path

import pytest

from kg import resources
from kg.errors import ShapesError
from kg.terms import Literal, NamedNode
from kg.validation import Graph, focus_nodes, own, read, union, wellformed
from kg.validation.focus import deactivated
from kg.validation.shapes import Shapes, references
from kg.vocab import PREFIXES, RDF, SH, shorten
from tests import shape_cases
from tests.shape_cases import FOLDER, Case, Shape, belonging, brief, cases, node_shapes

GROUPS = own.GROUPS
DIRECT = {
    SH[name] for name in ("closed", "class", "or", "and", "not", "xone", "nodeKind", "pattern", "in", "hasValue")
}


def shape_files() -> list[Path]:
    try:
        return list(own.shape_files())
    except (ShapesError, resources.ResourceMissing):
        return []


def named(items: tuple[Shape, ...] | tuple[Case, ...] | list[Path]) -> list[str]:
    return [item.stem if isinstance(item, Path) else str(item) for item in items]


invalid = tuple(case for case in cases() if not case.valid)
valid = tuple(case for case in cases() if case.valid)


def test_there_are_shapes() -> None:
    assert shape_files(), "no shapes found: shapes/*.ttl"
    assert node_shapes(), "no node shape in shapes/*.ttl"


def test_there_are_shapes_for_what_people_assert_and_for_what_rules_derive() -> None:
    assert {own.group_of(file) for file in shape_files()} == set(GROUPS)


@pytest.mark.parametrize("file", shape_files(), ids=named(shape_files()))
def test_a_shape_file_is_well_formed(file: Path) -> None:
    # Shapes of other files may be referred to, so each file is judged within its group.
    group = read(own.shape_files(own.group_of(file)), fault=ShapesError)
    wellformed.check(Shapes(group), own=True)


@pytest.mark.parametrize("shape", node_shapes(), ids=named(node_shapes()))
def test_a_node_shape_has_a_valid_case_and_an_invalid_one(shape: Shape) -> None:
    assert shape.iri.value.startswith(PREFIXES["zks"]), f"{shape.iri} does not lie in zks:"
    where = shape.folder.relative_to(FOLDER.parent.parent.parent)
    assert (shape.folder / "valid.ttl").is_file(), f"zks:{shape.name} has no valid case: {where}/valid.ttl"
    assert list(shape.folder.glob("invalid.*.ttl")), (
        f"zks:{shape.name} has no invalid case: {where}/invalid.<the one fault>.ttl"
    )


def test_every_case_belongs_to_a_node_shape() -> None:
    folders = {shape.folder for shape in node_shapes()}
    stray = [path for path in FOLDER.glob("*/*/*") if path.parent not in folders]
    assert stray == [], "these cases belong to no node shape: is the folder named for it, below its file's stem?"
    odd = [
        path.name
        for path in FOLDER.glob("*/*/*")
        if path.name != "valid.ttl" and not path.match("invalid.*.ttl") and not path.match("invalid.*.expected.json")
    ]
    assert odd == [], "only valid.ttl, invalid.<fault>.ttl and invalid.<fault>.expected.json are cases"


@pytest.mark.parametrize("group", GROUPS)
def test_a_property_shape_has_an_iri_and_messages_in_zh_and_en(group: own.Group) -> None:
    if not own.shape_files(group):
        pytest.fail(f"no shapes for {group}")
    shapes = shape_cases.shapes_of(group)
    inner = [(outer, shape) for outer, name, shape in references(shapes) if name == "property"]
    typed = [(shape, shape) for shape in shapes.subjects(RDF.type, SH.PropertyShape)]
    faults: set[str] = set()
    for outer, shape in [*inner, *typed]:
        if not isinstance(shape, NamedNode):
            faults.add(f"a property shape without an IRI in {outer}")
        elif {"zh", "en"} - languages(shapes, shape):
            faults.add(f"{shorten(shape)} lacks sh:message in {sorted({'zh', 'en'} - languages(shapes, shape))}")
    for triple in shapes.having(SH.sparql):
        if {"zh", "en"} - languages(shapes, triple.object):
            faults.add(f"an sh:sparql of {triple.subject} lacks sh:message in zh or en")
    for shape in node_shapes():
        # What a node shape itself checks is said by the node shape.
        checks = own.group_of(shape.file) == group and any(t.predicate in DIRECT for t in shapes.about(shape.iri))
        if checks and {"zh", "en"} - languages(shapes, shape.iri):
            faults.add(f"{shorten(shape.iri)} has constraints of its own and lacks sh:message in zh or en")
    assert not faults, "\n".join(sorted(faults))


def languages(shapes: Graph, shape: object) -> set[str]:
    found = shapes.objects(shape, SH.message)  # type: ignore[arg-type]  # a node of the graph
    return {text.language for text in found if isinstance(text, Literal) and text.language}


@pytest.mark.parametrize("group", GROUPS)
def test_the_ontology_conforms(group: own.Group) -> None:
    if not own.shape_files(group):
        pytest.fail(f"no shapes for {group}")
    found = [finding.brief() for finding in shape_cases.ontology_findings(group)]
    assert found == [], "run: kg validate"


@pytest.mark.parametrize("case", valid, ids=named(valid))
def test_a_valid_case_conforms_to_all_shapes_of_its_group(case: Case) -> None:
    assert brief(case.findings()) == []


@pytest.mark.parametrize("case", invalid, ids=named(invalid))
def test_an_invalid_case_has_the_findings_expected(case: Case) -> None:
    mend = f"run: python -m tests.approve_shapes {case.path.relative_to(FOLDER.parent.parent.parent)}"
    found = case.findings()
    assert case.expected_path.is_file(), f"{case} has no expected findings; {mend}"
    assert brief(found) == case.expected(), mend
    parts = belonging(NamedNode(PREFIXES["zks"] + case.path.parent.name), shape_cases.shapes_of(case.group))
    assert any(finding.shape in parts for finding in found), "the shape that the case is of finds nothing"


@cache
def remember_queries() -> None:
    """Let rdflib parse a SPARQL text once: that is most of the time that pySHACL takes on a case."""
    from rdflib.plugins.sparql import processor

    parse, translate = processor.parseQuery, processor.translateQuery

    @cache
    def translated(text: str, base: str | None, prefixes: tuple[tuple[str, object], ...]) -> object:
        return translate(parse(text), base, dict(prefixes))

    processor.parseQuery = lambda text: text
    processor.translateQuery = lambda text, base=None, prefixes=None: translated(
        text, base, tuple(sorted((prefixes or {}).items()))
    )


@pytest.mark.parametrize("case", cases(), ids=named(cases()))
def test_both_engines_agree_on_a_case(case: Case) -> None:
    remember_queries()

    def key(engine: str) -> list[dict[str, str | None]]:
        return brief(case.findings(engine))

    assert key("native") == key("reference")


def test_every_shape_meets_focus_nodes_in_the_shipped_graph() -> None:
    curated = union(read(own.curated_files()), own.ontology())
    built = None
    lonely: list[str] = []
    for group in GROUPS:
        files = own.shape_files(group)
        if not files:
            continue
        if group == "derived" and built is None:
            built = read(resources.dataset())
        shapes = read(files)
        counts = focus_nodes(shapes, curated if group == "structural" or built is None else built)
        reached = {shape for shape, number in counts.items() if number}
        # A shape without a target works through those that refer to it.
        links = [(outer, inner) for outer, _, inner in references(shapes)]
        grown = True
        while grown:
            more = {inner for outer, inner in links if outer in reached} - reached
            grown = bool(more)
            reached |= more  # type: ignore[arg-type]  # well-formed shapes are no literals
        ours = [shape for file in files for shape in read(file).subjects(RDF.type, SH.NodeShape)]
        off = deactivated(shapes)
        lonely += [shorten(s) for s in ours if isinstance(s, NamedNode) and s not in reached and s not in off]
        lonely += [shorten(s) for s, number in counts.items() if not number and isinstance(s, NamedNode)]
    assert sorted(set(lonely)) == [], "these shapes check nothing in the shipped graph"
