"""Where in the files a triple stands."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from pathlib import Path
from re import _parser as sre_parser  # type: ignore[attr-defined]
from typing import Any

import pytest
from pyoxigraph import RdfFormat, parse

from kg.terms import XSD, BlankNode, Literal, NamedNode, Term
from kg.validation import Graph, read, union
from kg.validation.paths import Compound
from kg.validation.paths import Path as PropertyPath
from kg.validation.places import Located, Wanted, blank_nodes, blank_nodes_of, find, locate, statements, tokens
from kg.vocab import RDF, RDFS

EX = "http://example.org/"
HEAD = "@prefix ex: <http://example.org/> .\n"
Write = Callable[..., Path]


def ex(name: str) -> NamedNode:
    return NamedNode(EX + name)


def typed(value: str, kind: str) -> Literal:
    return Literal(value, datatype=NamedNode(XSD + kind))


@pytest.fixture
def write(tmp_path: Path) -> Write:
    def of(text: str, name: str = "a.ttl") -> Path:
        (tmp_path / name).write_bytes(text.encode())
        return tmp_path / name

    return of


def where(found: Located | None) -> tuple[int | None, int | None] | None:
    return None if found is None else (found.place.line, found.place.column)


def place(file: Path, focus: Term, path: PropertyPath | None = None, value: Term | None = None) -> object:
    wanted = Wanted(focus, path, value)
    return where(find([file], [wanted]).places.get(wanted))


S, P, Q, OBJECT = ex("s"), ex("p"), ex("q"), ex("o")
DECIMAL, INTEGER, DOUBLE = "decimal", "integer", "double"


# One line each, behind a line of prefixes: the text, the value that ex:s has for ex:p, and its column in line 2.
@pytest.mark.parametrize(
    ("text", "value", "column"),
    [
        ("ex:s ex:p ex:o .", OBJECT, 11),
        ("ex:s ex:p ex:o.", OBJECT, 11),
        ("ex:s<http://example.org/p>ex:o.", OBJECT, 27),
        ("ex:s ex:p'x',\"y\",'z'.", Literal("z"), 18),
        ("ex:s ex:q ex:o;;; ex:p ex:o;.", OBJECT, 24),
        ("ex:t ex:p ex:o . ex:s ex:p ex:o .", OBJECT, 28),
        ("ex:t ex:p ex:o.\tex:s\tex:p\tex:o.", OBJECT, 27),
        ('ex:s ex:q """\\""" . ex:s ex:p ex:o . """ ; ex:p ex:o .', OBJECT, 49),
        ("ex:s ex:q 'ex:s ex:p ex:o . # ' ; ex:p ex:o . # ex:s ex:p ex:o .", OBJECT, 40),
        ("ex:s ex:p 1.", typed("1", INTEGER), 11),
        ("ex:s ex:p 1.5.", typed("1.5", DECIMAL), 11),
        ("ex:s ex:p 1 , 01 , 1.0 , 1e0 , true .", typed("01", INTEGER), 15),
        ("ex:s ex:p 1 , 01 , 1.0 , 1e0 , true .", typed("1.0", DECIMAL), 20),
        ("ex:s ex:p 1 , 01 , 1.0 , 1e0 , true .", typed("1e0", DOUBLE), 26),
        ("ex:s ex:p 1 , 01 , 1.0 , 1e0 , true .", typed("true", "boolean"), 32),
        ('ex:s ex:p "1" , "1"^^<http://www.w3.org/2001/XMLSchema#integer> .', typed("1", INTEGER), 17),
        ('ex:s ex:p "1"^^<http://www.w3.org/2001/XMLSchema#string> , 1 .', Literal("1"), 11),
        ('ex:s ex:p "x" , "x"@en , "x"@EN-gb , "x"@en--rtl .', Literal("x", language="en-gb"), 26),
        ('ex:s ex:p "x"@en.ex:t ex:p ex:o.', Literal("x", language="en"), 11),
        ("ex:s ex:p 1.ab:t ex:p ex:o.", typed("1", INTEGER), 11),
        ("ex:s ex:q ex:.ex:s ex:p ex:o.", OBJECT, 25),
        ("ex:s ex:q ex:v1.x , ex:a\\.. ex:s ex:p ex:o.", OBJECT, 39),
        ('ex:s ex:q "𝄞𝄞中" ; ex:p ex:o .', OBJECT, 24),
        ("ex:s ex:p ex:a\\,b .", ex("a,b"), 11),
        ("ex:s ex:p ex:a%2Cb .", ex("a%2Cb"), 11),
        ("ex:s ex:p <http://example.org/\\u006F> .", OBJECT, 11),
        (
            "pReFiX ex: <http://example.org/x> ex:s ex:p 1 .PREFIX ex: <http://example.org/> ex:s ex:p ex:o.",
            OBJECT,
            91,
        ),
        ("bAsE <http://example.org/a/> <../s> <../p> <../o> .", OBJECT, 44),
        ("@base <http://example.org/> . <s> <p> <o> .", OBJECT, 39),
        ("ex:s ex:p [ ex:s 1 ] , ex:o .", OBJECT, 24),
        ("ex:s ex:p ( ex:a ex:b ) , ex:o .", OBJECT, 27),
        ("[ ex:q ex:s ] ex:p 1 . ex:s ex:p ex:o .", OBJECT, 34),
        ("ex:s ex:p () .", RDF.nil, 11),
    ],
)
def test_a_value_stands_at_its_token(text: str, value: Term, column: int, write: Write) -> None:
    assert place(write(HEAD + text), S, P, value) == (2, column)


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_every_end_of_line_counts(end: str, write: Write) -> None:
    text = end.join(("\ufeff" + HEAD.strip(), "# a", "", "ex:s ex:q '''a", "b''' ;", "\tex:p ex:o ."))
    assert place(write(text), S, P, OBJECT) == (6, 7)


@pytest.mark.parametrize(
    ("path", "value", "expected"),
    [
        (P, typed("2", INTEGER), (3, 12)),
        (P, typed("3", INTEGER), (3, 5)),
        (P, None, (3, 5)),
        (RDF.type, ex("T"), (2, 8)),
        (ex("none"), None, (2, 1)),
        (None, None, (2, 1)),
        (None, S, (2, 1)),
        (Compound("inversePath", (Q,)), ex("t"), (6, 11)),
        (Compound("inversePath", (Q,)), ex("nobody"), (6, 6)),
        (Compound("inversePath", (ex("none"),)), None, (2, 1)),
        (Compound("sequence", (ex("k"), ex("name"))), Literal("n"), (4, 20)),
        (Compound("sequence", (ex("to"), ex("to"), P)), typed("9", INTEGER), (8, 11)),
        (Compound("sequence", (ex("to"), ex("to"), P)), typed("8", INTEGER), (5, 5)),
        (Compound("sequence", (ex("none"), P)), None, (2, 1)),
        (Compound("sequence", (Compound("inversePath", (Q,)), ex("to"))), ex("v"), (7, 30)),
        (Compound("inversePath", (Compound("sequence", (ex("to"), Q)),)), ex("r"), (9, 30)),
        (Compound("alternativePath", (ex("none"), P)), typed("2", INTEGER), (3, 12)),
        (Compound("alternativePath", (ex("none"), P)), None, (3, 5)),
        (Compound("zeroOrMorePath", (ex("to"),)), ex("v"), (7, 12)),
        (Compound("oneOrMorePath", (ex("to"),)), ex("v"), (7, 12)),
        (Compound("zeroOrOnePath", (ex("to"),)), ex("u"), (5, 11)),
        (Compound("zeroOrOnePath", (ex("to"),)), ex("v"), (5, 5)),
        (Compound("zeroOrMorePath", (ex("to"),)), S, (9, 12)),
        (Compound("zeroOrMorePath", (ex("none"),)), S, (2, 1)),
    ],
)
def test_a_path_leads_as_far_as_it_can(
    path: PropertyPath | None, value: Term | None, expected: tuple[int, int], write: Write
) -> None:
    text = """ex:s a ex:T ;
    ex:p 1,2 ;
    ex:k [ ex:name "n" ] ;
    ex:to ex:u .
ex:t ex:q ex:s .
ex:u ex:to ex:v . ex:t ex:to ex:v .
ex:v ex:p 9 .
ex:v ex:to ex:s . ex:r ex:to ex:t .
"""
    assert place(write(HEAD + text), S, path, value) == expected


def test_an_exact_match_in_a_later_file_wins(write: Write) -> None:
    one = write(HEAD + "ex:s ex:p 1 .\nex:o ex:q ex:x .\n", "one.ttl")
    two = write(HEAD + "ex:s\n  ex:p 2 ; ex:q 5 .\n", "two.ttl")
    nt = write("<http://example.org/y> <http://example.org/q> <http://example.org/z> .\n", "three.nt")
    wanted = {
        Wanted(S, P, typed("2", INTEGER)): (two, 3, 8),
        Wanted(S, P, typed("3", INTEGER)): (one, 2, 6),
        Wanted(S, Q): (two, 3, 12),
        Wanted(S): (one, 2, 1),
        Wanted(ex("x")): (one, 3, 11),
        Wanted(ex("z")): (nt, 1, 47),
    }
    found = find([one, two, nt], wanted).places
    assert {w: (at.place.file, at.place.line, at.place.column) for w, at in found.items()} == wanted
    assert find([two, one], [Wanted(S)]).places[Wanted(S)].place.file == two
    assert find([one, two, nt], [Wanted(ex("nobody"), P, OBJECT)]).places == {}


@pytest.mark.parametrize(
    ("name", "text", "line"),
    [
        ("a.trig", HEAD + "ex:s ex:p 1 .\nex:g {\n ex:s ex:p ex:o }", 4),
        ("a.trig", HEAD + "{ ex:s ex:p 1 }\ngraph<http://example.org/g>{\nex:s ex:p ex:o.}", 4),
        ("a.trig", HEAD + "ex:x { ex:s ex:p 1 . }\n\nGRAPH ex:g { ex:t a 1 . ex:s ex:p ex:o . }", 4),
        ("a.nq", f"<{EX}s> <{EX}p> '1' .\n<{EX}s><{EX}p><{EX}o><{EX}g>.\n".replace("'", '"'), 2),
    ],
)
def test_a_named_graph_is_named(name: str, text: str, line: int, write: Write) -> None:
    wanted = Wanted(S, P, OBJECT)
    found = find([write(text, name)], [wanted]).places[wanted]
    assert (found.graph, found.place.line) == (ex("g"), line)


def test_labels_come_along(write: Write) -> None:
    one = write(HEAD + 'ex:s ex:p 1 ; <http://www.w3.org/2000/01/rdf-schema#label> "a"@en , "b" .', "one.ttl")
    two = write(f'<{EX}s> <{RDFS.label.value}> "c"@zh .\n<{EX}o> <{EX}name> "n" .\n', "two.nt")
    found = find([one, two], [Wanted(S, P)], named=[OBJECT, ex("nobody")])
    assert found.labels == {S: (Literal("a", language="en"), Literal("b"), Literal("c", language="zh"))}
    assert find([two], [], named=[OBJECT], label_predicates=[ex("name")]).labels == {OBJECT: (Literal("n"),)}


def test_a_syntax_without_a_lexer_gives_the_file(write: Write) -> None:
    text = (
        '<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns:ex="http://example.org/">'
        '<rdf:Description rdf:about="http://example.org/s"><ex:p>x</ex:p></rdf:Description></rdf:RDF>'
    )
    file, turtle = write(text, "a.rdf"), write(HEAD + "ex:s ex:q 1 .")
    wanted = {Wanted(S, P, Literal("x")): (file, None), Wanted(S, Q): (turtle, 2), Wanted(Literal("x")): (file, None)}
    found = find([turtle, file], wanted).places
    assert {w: (at.place.file, at.place.line) for w, at in found.items()} == wanted
    assert blank_nodes([file], "native") == {}
    assert find([write("<rdf:RDF", "broken.rdf")], wanted).places == {}


# Blank nodes

BLANK = """ex:s ex:p [ ex:q _:x ] , ( 1 [] ) .
_:x ex:q [
  ex:p 2 ] .
"""


@pytest.mark.parametrize("numbering", ["native", "read"])
def test_blank_nodes_have_their_label_and_place(numbering: str, write: Write) -> None:
    file = write(HEAD + BLANK)
    names = blank_nodes([file], numbering, 0)  # type: ignore[arg-type]
    assert {(w.label, w.place.line, w.place.column) for w in names.values()} == {
        (None, 2, 11), ("_:x", 2, 18), (None, 2, 26), (None, 2, 30), (None, 2, 30), (None, 3, 10),
    }  # fmt: skip
    inner = next(node for node, written in names.items() if written.place.line == 3)
    wanted = {Wanted(inner): (3, 10), Wanted(inner, P): (4, 3), Wanted(inner, P, typed("2", INTEGER)): (4, 8)}
    found = find([file], wanted, blank=names).places
    assert {w: where(at) for w, at in found.items()} == wanted


def test_a_blank_node_that_nothing_is_known_of_is_that_of_its_label(write: Write) -> None:
    one, two = write(HEAD + "_:xy ex:p 1 .", "one.ttl"), write(HEAD + "ex:s ex:p 1 . _:x ex:p 1 .", "two.ttl")
    wanted = Wanted(BlankNode("x"), P)
    assert find([one, two], [wanted]).places[wanted].place.file == two
    assert find([one, two], [Wanted(BlankNode("z"), P)]).places == {}


def test_a_graph_knows_its_blank_nodes_whatever_their_labels_are_now(write: Write) -> None:
    one = read(write(HEAD + "[] ex:p 1 .\n_:x ex:p 1 .", "one.ttl"))
    two = read(write(HEAD + "_:x ex:p 2 .\n\n[] ex:p 2 .", "two.ttl"))
    graph = union(Graph(one.parts), Graph(two.parts))
    found = {
        (place.place.file, place.place.line)
        for triple in graph.triples
        if (place := locate(graph, triple.subject, P, triple.object)) is not None
    }
    assert found == {(one.files()[0], 2), (one.files()[0], 3), (two.files()[0], 2), (two.files()[0], 4)}
    one.files()[0].write_text("", encoding="utf-8")
    assert {written.place.file for written in blank_nodes_of(graph).values()} == {two.files()[0]}


# The lexer alone


def test_a_broken_statement_gives_what_stands_before_the_fault() -> None:
    text = HEAD + "ex:s ex:p 1 . ex:s ex:p 2 , . ex:s ex:p 3 . ex:s ex:p ' . ex:s ex:p 4 ."
    assert [triple.object for triple in statements(text, "ttl", EX)] == [typed(n, INTEGER) for n in ("1", "2", "3")]


@pytest.mark.parametrize(
    "text", ["a" * 300_000, "'" * 300_000, "ex:a" + "." * 300_000, "[" * 100_000, "ex:1.a;" * 60_000]
)
def test_no_text_is_slow_or_too_deep(text: str, write: Write) -> None:
    assert find([write(HEAD + text + " .")], [Wanted(S, P, OBJECT), Wanted(Literal("x"))]).places == {}


@pytest.mark.parametrize(("opening", "closing"), [("[ex:p ", "]"), ("(", ")")])
def test_brackets_are_as_deep_as_they_like(opening: str, closing: str) -> None:
    text = f"{HEAD}ex:s ex:p {opening * 5000}1{closing * 5000} ."
    found = list(statements(text, "ttl", EX))
    assert len(found) == len(list(parse(text.encode(), format=RdfFormat.TURTLE)))
    assert max(triple.object_at for triple in found if isinstance(triple.object, Literal)) == text.index("1")


def _groups_repeated_possessively(parsed: Any) -> Iterator[Any]:
    """What stands, in a parsed pattern, under a possessive quantifier and is more than one character."""
    for operation, about in parsed:
        if str(operation) == "POSSESSIVE_REPEAT" and [str(op) for op, _ in about[2]] not in (["IN"], ["LITERAL"]):
            yield about[2]
        for part in about if isinstance(about, tuple) else [about]:
            for inner in part if isinstance(part, list) else [part]:
                if isinstance(inner, sre_parser.SubPattern):
                    yield from _groups_repeated_possessively(inner)


def test_no_group_is_repeated_possessively() -> None:
    """Before Python 3.11.5 such a group takes what does not match, and places were missing without a word."""
    assert len(list(_groups_repeated_possessively(sre_parser.parse("a(?:b(?:cd)*+|[ef]++)")))) == 1
    patterns = [value for value in vars(tokens).values() if isinstance(value, re.Pattern)]
    assert len(patterns) > 5
    for pattern in patterns:
        assert list(_groups_repeated_possessively(sre_parser.parse(pattern.pattern, pattern.flags))) == []
