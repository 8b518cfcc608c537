"""Curated Turtle: one form for one graph, and nothing lost on the way there."""

from __future__ import annotations

from pathlib import Path

import pytest
from click.testing import CliRunner
from hypothesis import given
from hypothesis import strategies as st
from pyoxigraph import Dataset, Literal, NamedNode, Quad, RdfFormat, Triple, parse, serialize

from kg.build import format_turtle, write_turtle
from kg.cli.format import command
from kg.errors import FormatError, SyntaxFault
from kg.vocab import PREFIXES

XSD = PREFIXES["xsd"]
DATA = Path(__file__).parent.parent / "kg" / "data"

names = st.one_of(
    st.text("abZ09_-.~/:", max_size=6),
    st.sampled_from(["agent/a-1", "-x", "1", "a.", "甲", "s2", "s10", "%20"]),
)
iris = st.builds(
    lambda base, name: NamedNode(base + name),
    st.sampled_from([*PREFIXES.values(), "https://w3id.org/zonekg/id/", "urn:x:"]),
    names,
)
texts = st.one_of(
    st.text(st.characters(exclude_categories=["Cs"]), max_size=20),
    st.sampled_from(['"""', "'''", "\\", "\\u0022", "a\nb\r\t", "# no comment", "> . }", "\x00\x7f\x85"]),
)
literals = st.one_of(
    st.builds(Literal, texts),
    st.builds(
        lambda text, tag: Literal(text, language=tag), texts, st.sampled_from(["zh", "en", "zh-Latn-pinyin", "fr"])
    ),
    st.builds(
        lambda text, kind: Literal(text, datatype=NamedNode(XSD + kind)),
        st.sampled_from(["1", "-01", "+3", "1.50", ".5", "1.", "1e3", "true", "1", "x", "2025", "2025-01-31", ""]),
        st.sampled_from(["integer", "decimal", "double", "boolean", "gYear", "date", "string"]),
    ),
)
graphs = st.lists(st.builds(Triple, iris, iris, st.one_of(iris, literals)), max_size=12)


def quads_of(data: bytes) -> Dataset:
    return Dataset(parse(data, format=RdfFormat.TURTLE))


@given(graphs)
def test_the_graph_stays_and_the_form_is_a_fixed_point(triples: list[Triple]) -> None:
    before = serialize(triples, format=RdfFormat.TURTLE)
    assert before is not None
    after = format_turtle(before)
    assert quads_of(after) == quads_of(before)
    assert format_turtle(after) == after


@given(graphs, st.randoms())
def test_one_graph_has_one_form(triples: list[Triple], random: object) -> None:
    shuffled = list(triples)
    random.shuffle(shuffled)  # type: ignore[attr-defined]
    assert write_turtle(shuffled) == write_turtle(triples)


def test_the_form_reads_well() -> None:
    data = """
        @prefix z: <https://w3id.org/zonekg/ontology#> . @prefix s: <http://www.w3.org/2004/02/skos/core#> .
        <https://w3id.org/zonekg/id/agent/b10> z:value 12.50 , "x" ;
            z:bound <https://w3id.org/zonekg/vocab/bound/exactly> .
        <https://w3id.org/zonekg/id/agent/b2> s:prefLabel "Two"@en , "二"@zh ; a z:University .
    """
    assert format_turtle(data.encode()).decode() == (
        "@prefix zkg: <https://w3id.org/zonekg/ontology#> .\n"
        "@prefix skos: <http://www.w3.org/2004/02/skos/core#> .\n"
        "\n"
        "<https://w3id.org/zonekg/id/agent/b2>\n"
        "    a zkg:University ;\n"
        "    skos:prefLabel\n"
        '        "二"@zh,\n'
        '        "Two"@en .\n'
        "\n"
        "<https://w3id.org/zonekg/id/agent/b10>\n"
        "    zkg:bound <https://w3id.org/zonekg/vocab/bound/exactly> ;\n"
        "    zkg:value\n"
        "        12.50,\n"
        '        "x" .\n'
    )


@pytest.mark.parametrize(
    ("text", "line", "column"),
    [
        ("# at the top\n<urn:a> <urn:b> <urn:c> .", 1, 1),
        ("<urn:a> <urn:b> <urn:c> . # at the end", 1, 27),
        ('<urn:a> <urn:b> """one\n"# two"\n""" .\n  # three', 4, 3),
    ],
)
def test_a_comment_is_refused_at_its_place(text: str, line: int, column: int) -> None:
    with pytest.raises(FormatError) as caught:
        format_turtle(text.encode(), path="facts.ttl")
    assert str(caught.value.where) == f"facts.ttl:{line}:{column}"
    assert caught.value.hint is not None
    assert "skos:editorialNote" in caught.value.hint


def test_a_hash_that_is_no_comment_passes() -> None:
    text = """@prefix p: <urn:> . <urn:a#b> p:c\\#d "# one" , '# two' , '''# 'three' ''' , "\\"# four" ."""
    assert quads_of(format_turtle(text.encode())) == quads_of(text.encode())


def test_a_blank_node_is_refused() -> None:
    with pytest.raises(FormatError, match="blank node"):
        format_turtle(b"<urn:a> <urn:b> [] .")


@pytest.mark.parametrize("data", [b"<urn:a> <urn:b> .", b'<urn:a> <urn:b> "\xff" .'])
def test_what_is_not_turtle_has_a_place(data: bytes) -> None:
    with pytest.raises(SyntaxFault) as caught:
        format_turtle(data, path="facts.ttl")
    assert caught.value.where is not None
    assert str(caught.value.where).startswith("facts.ttl:1")


def test_our_data_stand_in_canonical_form() -> None:
    result = CliRunner().invoke(command, ["--check", str(DATA)])
    assert result.exit_code == 0, f"{result.output}\nmend with: kg format"


def test_the_command_mends_and_check_only_looks(tmp_path: Path) -> None:
    file = tmp_path / "facts.ttl"
    file.write_bytes(b"<urn:b> <urn:p> 1 . <urn:a> <urn:p> 1 .")
    looked = CliRunner().invoke(command, ["--check", str(tmp_path)])
    assert (looked.exit_code, file.read_bytes()[:7]) == (1, b"<urn:b>")
    assert f"kg format {tmp_path}" in looked.stderr
    assert CliRunner().invoke(command, [str(file)]).exit_code == 0
    assert file.read_bytes().startswith(b"<urn:a>")
    assert CliRunner().invoke(command, ["--check", str(file)]).exit_code == 0


def test_no_file_is_an_error(tmp_path: Path) -> None:
    result = CliRunner().invoke(command, [str(tmp_path)])
    assert "no Turtle file" in str(result.exception)


def test_a_graph_name_is_dropped() -> None:
    term = NamedNode("urn:a")
    assert write_turtle([Quad(term, term, term, term)]) == write_turtle([Triple(term, term, term)])
