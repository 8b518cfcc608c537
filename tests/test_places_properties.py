"""Places hold for whatever the grammars allow: the lexer against the parser, and against a writer that knows."""

from __future__ import annotations

import re
from collections.abc import Iterable
from pathlib import Path
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pyoxigraph import RdfFormat, parse

from kg.terms import BlankNode, Literal, NamedNode, Term
from kg.validation import read
from kg.validation.paths import Compound
from kg.validation.places import Located, Wanted, blank_nodes, blank_nodes_of, find, statements
from tests.places_pools import TEXTS
from tests.places_writer import BASE, Writer

FORMATS = {
    "ttl": RdfFormat.TURTLE,
    "trig": RdfFormat.TRIG,
    "nt": RdfFormat.N_TRIPLES,
    "nq": RdfFormat.N_QUADS,
}
SYNTAX = pytest.mark.parametrize("syntax", FORMATS)
NOWHERE = NamedNode("http://nowhere.example/")

numbers = st.integers(0, 2**32)
hostile = st.lists(st.text(st.characters(exclude_categories=("Cs",)), max_size=12), max_size=5)


def written(number: int, syntax: str, texts: Iterable[str] = (), size: int = 4) -> Writer:
    """A document that depends on the number alone."""
    writer = Writer(Random(number), syntax, (*TEXTS, *texts))
    writer.document(size)
    return writer


def anonymised(rows: Iterable[tuple[object, ...]]) -> list[tuple[object, ...]]:
    """The rows with blank nodes numbered as they come."""
    names: dict[BlankNode, int] = {}
    return [
        tuple(names.setdefault(term, len(names)) if isinstance(term, BlankNode) else term for term in row)
        for row in rows
    ]


def line_and_column(text: str, at: int) -> tuple[int, int]:
    lines = re.split(r"\r\n|\r|\n", text[:at])
    return len(lines), len(lines[-1]) + 1


@SYNTAX
@given(number=numbers, texts=hostile)
@settings(max_examples=80, deadline=None)
def test_the_lexer_yields_the_parsers_triples_in_its_order(syntax: str, number: int, texts: list[str]) -> None:
    text = written(number, syntax, texts).text
    parsed = [
        (q.subject, q.predicate, q.object, q.graph_name if isinstance(q.graph_name, NamedNode) else None)
        for q in parse(text.encode(), format=FORMATS[syntax], base_iri=BASE)
    ]
    assert anonymised(triple[:4] for triple in statements(text, syntax, BASE)) == anonymised(parsed)


@SYNTAX
@given(number=numbers, texts=hostile)
@settings(max_examples=80, deadline=None)
def test_every_token_stands_where_it_was_written(syntax: str, number: int, texts: list[str]) -> None:
    writer = written(number, syntax, texts)

    def blank(term: Term) -> Term | None:
        return None if isinstance(term, BlankNode) else term

    wrote = [(r.at, blank(r.subject), r.predicate, blank(r.object), r.graph) for r in writer.records]
    found = [
        (triple[4:], blank(triple.subject), triple.predicate, blank(triple.object), triple.graph)
        for triple in statements(writer.text, syntax, BASE)
    ]
    assert sorted(found, key=str) == sorted(wrote, key=str)


@SYNTAX
@given(number=numbers)
@settings(max_examples=50, deadline=None)
def test_triples_predicates_and_nodes_are_found(
    syntax: str, number: int, tmp_path_factory: pytest.TempPathFactory
) -> None:
    file = tmp_path_factory.getbasetemp() / f"found.{syntax}"
    text = written(number, syntax).text
    file.write_bytes(b"\xef\xbb\xbf" * (number % 2) + text.encode())
    graph = read(file)
    blank = blank_nodes_of(graph)
    by_graph = [
        [t for t in statements(text, syntax, file.resolve().as_uri()) if t.graph == part.graph]
        for part in graph.parts
    ]
    pairs = [
        (theirs, ours)
        for part, group in zip(graph.parts, by_graph, strict=True)
        for theirs, ours in zip(part.triples, group, strict=True)
    ]
    expected: dict[Wanted, tuple[int, int]] = {}  # how good, offset

    def note(wanted: Wanted, rank: int, at: int) -> None:
        expected[wanted] = min(expected.get(wanted, (rank, at)), (rank, at))

    nowhere = Literal("nowhere")
    for theirs, ours in pairs:
        subject, predicate, value = theirs.subject, theirs.predicate, theirs.object
        note(Wanted(subject, predicate, value), 0, ours.object_at)
        note(Wanted(value, Compound("inversePath", (predicate,)), subject), 0, ours.object_at)
        note(Wanted(subject, predicate, nowhere), 1, ours.predicate_at)
        note(Wanted(subject, predicate), 1, ours.predicate_at)
        note(Wanted(value, Compound("inversePath", (predicate,))), 1, ours.predicate_at)
        for path in (None, NOWHERE):
            note(Wanted(subject, path), 2, ours.subject_at)
            note(Wanted(value, path), 3, ours.object_at)
    found = find([file], expected, blank=blank).places
    places = {wanted: (at.place.line, at.place.column) for wanted, at in found.items()}
    assert places == {wanted: line_and_column(text, at) for wanted, (_, at) in expected.items()}


@SYNTAX
@given(number=numbers, first=st.integers(0, 3))
@settings(max_examples=30, deadline=None)
def test_the_native_engines_blank_nodes_are_known(
    syntax: str, number: int, first: int, tmp_path_factory: pytest.TempPathFactory
) -> None:
    shacl = pytest.importorskip("shacl")
    file = tmp_path_factory.getbasetemp() / f"native.{syntax}"
    writer = written(number, syntax)
    text = writer.text
    file.write_bytes(text.encode())
    names = blank_nodes([file], "native", first)
    some = list(names)[:: number % 3 + 1]
    assert blank_nodes([file], "native", first, some) == {node: names[node] for node in some}
    theirs = {
        tuple(place(names[term]) if isinstance(term, BlankNode) else term for term in triple)
        for triple in told(shacl, text, syntax, {record.predicate for record in writer.records}, first)
    }
    starts: dict[Term, tuple[int, int]] = {}
    ours = list(statements(text, syntax, BASE))
    for triple in ours:
        for term, at in ((triple.subject, triple.subject_at), (triple.object, triple.object_at)):
            here = line_and_column(text, at)
            starts[term] = min(starts.get(term, here), here)
    kind = {node: cell(node) for node in starts}
    assert theirs == {
        tuple((*starts[term], kind[term]) if isinstance(term, BlankNode) else term for term in triple[:3])
        for triple in ours
    }


def cell(node: Term) -> bool:
    """Whether a blank node of the lexer is a list's cell that stands where its member does."""
    return isinstance(node, BlankNode) and node.value.startswith("c")


def place(written_: object) -> tuple[int | None, int | None, bool]:
    at, name = written_.place, written_.name  # type: ignore[attr-defined]
    return at.line, at.column, name.startswith("c")


NATIVE = {"ttl": "turtle", "trig": "trig", "nt": "ntriples", "nq": "nquads"}
SH = "http://www.w3.org/ns/shacl#"


def told(shacl: object, text: str, syntax: str, predicates: set[NamedNode], blanks: int) -> set[tuple[Term, ...]]:
    """Every triple of the data as the native engine reports it, since each is made a violation."""
    triples: set[tuple[Term, ...]] = set()
    for kind in ("IRI", "Literal"):  # every value lacks one of the two
        shapes = "".join(
            f"<urn:s:{i}> a <{SH}NodeShape> ; <{SH}targetSubjectsOf> {p} ; <{SH}property> <urn:p:{i}> .\n"
            f"<urn:p:{i}> <{SH}path> {p} ; <{SH}nodeKind> <{SH}{kind}> .\n"
            for i, p in enumerate(predicates)
        )
        shapes += "<urn:x> <urn:y> [] .\n" * blanks
        report = shacl.Shapes.from_text(shapes).validate_text(text, NATIVE[syntax], base=BASE)  # type: ignore[attr-defined]
        results: dict[object, dict[str, Term]] = {}
        for quad in parse(report.serialize("ntriples"), format=RdfFormat.N_TRIPLES):
            results.setdefault(quad.subject, {})[quad.predicate.value.removeprefix(SH)] = quad.object  # type: ignore[assignment]
        triples |= {(r["focusNode"], r["resultPath"], r["value"]) for r in results.values() if "value" in r}
    return triples


@given(number=numbers, syntaxes=st.lists(st.sampled_from(list(FORMATS)), min_size=1, max_size=3))
@settings(max_examples=50, deadline=None)
def test_the_readers_blank_nodes_are_known(
    number: int, syntaxes: list[str], tmp_path_factory: pytest.TempPathFactory
) -> None:
    files = [tmp_path_factory.getbasetemp() / f"read{index}.{syntax}" for index, syntax in enumerate(syntaxes)]
    for index, file in enumerate(files):
        file.write_bytes(written(number + index, file.suffix[1:], size=3).text.encode())
    graph = read(files)
    names = blank_nodes(files, "read")
    assert names == blank_nodes_of(graph)
    nodes = {term for t in graph.triples for term in (t.subject, t.object) if isinstance(term, BlankNode)}
    assert names.keys() == nodes
    # Each triple with a blank node is found as a whole, in the file that it is from.
    wanted = {
        Wanted(t.subject, t.predicate, t.object): part.file
        for part in reversed(graph.parts)
        for t in part.triples
        if isinstance(t.subject, BlankNode)
    }
    found = find(files, wanted, blank=names).places
    assert {wish: at.place.file for wish, at in found.items()} == wanted


@SYNTAX
@given(number=numbers, cut=st.floats(0, 1), put=st.text(st.sampled_from("\"'<>[](){}.;,\\#@^_:a1 \n"), max_size=3))
@settings(max_examples=80, deadline=None)
def test_a_broken_file_raises_nothing(
    syntax: str, number: int, cut: float, put: str, tmp_path_factory: pytest.TempPathFactory
) -> None:
    file = tmp_path_factory.getbasetemp() / f"broken.{syntax}"
    writer = written(number, syntax)
    at = int(len(writer.text) * cut)
    file.write_bytes((writer.text[:at] + put + writer.text[at + len(put) :]).encode())
    wanted = [Wanted(record.subject, record.predicate, record.object) for record in writer.records]
    found = find([file], wanted).places
    assert all(isinstance(place, Located) for place in found.values())
    blank_nodes([file], "native")
    blank_nodes([file], "read")


def test_a_file_that_is_no_text_or_not_there_gives_no_place(tmp_path: Path) -> None:
    (tmp_path / "a.ttl").write_bytes(b"<http://a> <http://b> '\xff' .")
    files = [tmp_path / "a.ttl", tmp_path / "missing.ttl", tmp_path]
    assert find(files, [Wanted(NamedNode("http://a"))]).places == {}
    assert blank_nodes(files, "native") == {}
    assert blank_nodes(files, "read") == {}
