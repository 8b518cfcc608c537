"""Values that would break out of a query come back unchanged, or are refused by name: on every engine."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from kg.engine import Embedded, Engine, python_value
from kg.errors import ParameterError, ZoneKGError
from kg.templates import resolve
from kg.templates.load import parse
from kg.terms import Literal, NamedNode, Quad, iri, literal
from tests.engines import ENGINES

ECHO = """\
#+ summary: {en: Say it again., zh: 再说一遍。}
#+ parameters:
#+   it: {type: %s, many: true, label: {en: It, zh: 它}}
#+ returns: [it, found]
SELECT ?it ?found WHERE {
  VALUES ?it { %s }
  OPTIONAL { <urn:test:thing> <urn:test:says> ?found FILTER(STR(?it) = "never said") }
}
ORDER BY ?it
"""
STRING = parse(ECHO % ("string", '"x"'), Path("echo.rq"))
IRI = parse(ECHO % ("iri", "<urn:x>"), Path("echo.rq"))
THING = Quad(NamedNode("urn:test:thing"), NamedNode("urn:test:says"), Literal("here"), NamedNode("urn:test:graph"))

# What ends a string, an IRI, a block or a comment, and what is resolved before strings are read.
PIECES = [
    '"', "'", '"""', "'''", "\\", "\\\\", "\\u0022", "\\U00000022", "\\u", "u0022", "\\n", "\n", "\r", "\r\n", "\t",
    "}", "{", "} }", "> . }", "<", ">", "#", "UNDEF", "?it", "$it", "<urn:a>", "@en", "^^", "^^<urn:a>", "%0A", "%00",
    "]]>", "&quot;", "\x00", "\x01", "\x1f", "\x7f", "\x85", "\u2028", "\u2029", "\ufeff", "\ufffe", "\uffff", "é",
    "e\u0301", "经开区", "𠮷", "\U0010ffff", "\u202e", " ", "; DROP ALL", "} INSERT DATA { <urn:a> <urn:b> 1 }",
    "SERVICE <http://localhost/>", "LIMIT 0", "\ud800", "\udfff", "\ud83d\ude00", "0", "a",
]  # fmt: skip
HOSTILE = st.one_of(
    st.text(st.characters(codec=None, categories=None)),
    st.lists(st.sampled_from(PIECES), min_size=1, max_size=12).map("".join),
)
MANY = settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])
MEGABYTE = {
    "quotes and braces": 'x"}\\\n' * 200_000,
    "backslashes": "\\" * 1_000_000,
    "one word": "经" * 350_000,
    "escapes": "\\u0022" * 170_000,
}


@pytest.fixture(scope="module", params=ENGINES)
def engine(request: pytest.FixtureRequest) -> Iterator[Engine]:
    with ENGINES[request.param]([THING]) as opened:
        yield opened


def check(fault: ZoneKGError) -> None:
    """An error that says something, briefly, and can be printed."""
    assert 0 < len(fault.message) < 1000
    fault.message.encode()


def echoed(engine: Engine, text: str) -> Literal | None:
    """What the engine gives for a text; None when it was refused, which must be by an error of ours that is brief."""
    try:
        rows = engine.select(STRING.fill(**resolve(STRING, {"it": [text]}, engine)))
    except ZoneKGError as fault:
        check(fault)
        return None
    assert rows.columns == ("it", "found")
    assert len(rows.rows) == 1
    (found, other) = rows.rows[0]
    assert other is None
    assert isinstance(found, Literal)
    return found


def has_half_a_character(text: str) -> bool:
    return any("\ud800" <= character <= "\udfff" for character in text)


@MANY
@given(text=HOSTILE)
def test_a_text_comes_back_unchanged_or_is_refused(engine: Engine, text: str) -> None:
    found = echoed(engine, text)
    assert found is None or (found.value, found.language) == (text, None)
    if has_half_a_character(text):
        assert found is None


@MANY
@given(text=HOSTILE)
def test_the_embedded_engine_refuses_no_text(text: str) -> None:
    assert (echoed(Embedded(), text) is None) == has_half_a_character(text)


@pytest.mark.parametrize("text", MEGABYTE.values(), ids=MEGABYTE)
def test_a_megabyte_comes_back_unchanged_or_is_refused(engine: Engine, text: str) -> None:
    assert len(text.encode()) >= 1_000_000
    found = echoed(engine, text)
    assert found is None or found.value == text
    assert found is not None or not isinstance(engine, Embedded)


@MANY
@given(text=HOSTILE)
def test_an_iri_comes_back_unchanged_or_is_refused(engine: Engine, text: str) -> None:
    try:
        term = iri("urn:x:" + text)
    except UnicodeError:
        raise
    except ValueError:
        return
    try:
        rows = engine.select(IRI.fill(it=term))
    except ZoneKGError as fault:
        check(fault)
        return
    assert rows.rows == ((term, None),)


@MANY
@given(text=HOSTILE, kind=st.sampled_from(["iri, class: zkg:University", "concept, scheme: voc:bound", "iri"]))
def test_what_names_nothing_is_refused(engine: Engine, text: str, kind: str) -> None:
    template = parse(ECHO % (kind, "<urn:x>"), Path("echo.rq"))
    with pytest.raises(ParameterError) as caught:
        resolve(template, {"it": [text]}, engine)
    check(caught.value)


@pytest.mark.parametrize("text", MEGABYTE.values(), ids=MEGABYTE)
@pytest.mark.parametrize("kind", ["iri, class: zkg:University", "integer", "date", "year", "boolean", "number"])
def test_a_megabyte_that_names_nothing_is_refused_briefly(engine: Engine, text: str, kind: str) -> None:
    template = parse(ECHO % (kind, "<urn:x>"), Path("echo.rq"))
    with pytest.raises(ParameterError) as caught:
        resolve(template, {"it": [text]}, engine)
    assert len(caught.value.message) < 300


@pytest.mark.parametrize("kind", ["integer", "number", "date", "year", "boolean"])
@MANY
@given(text=HOSTILE)
def test_a_number_or_date_is_one_or_is_refused(kind: str, text: str) -> None:
    template = parse(ECHO % (kind, "1"), Path("echo.rq"))
    try:
        given = resolve(template, {"it": [text]}, Embedded())
    except ParameterError as fault:
        check(fault)
        return
    assert text.isascii()  # digits of other scripts are no number of SPARQL
    (found,) = Embedded().select(template.fill(**given)).column("it")
    (term,) = given["it"]
    assert isinstance(found, Literal)
    assert isinstance(term, Literal)
    assert (found.datatype, python_value(found)) == (term.datatype, python_value(term))


def test_half_a_character_is_named_for_what_it_is() -> None:
    with pytest.raises(ValueError, match="lone surrogate"):
        literal("a\ud800")
    with pytest.raises(ParameterError, match="lone surrogate"):
        resolve(STRING, {"it": ["a\ud800"]}, Embedded())
