"""Query templates: a header that promises, a text that keeps it, parameters that are terms."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pyoxigraph import BlankNode, Literal, NamedNode

from kg.engine import Embedded
from kg.errors import ParameterError, TemplateError, UnknownTemplate
from kg.templates import Template, catalogue, get, order
from kg.templates.body import inspect, terms_in
from kg.templates.load import parse
from kg.terms import Term, iri, literal
from kg.vocab import PREFIXES

XSD = PREFIXES["xsd"]
GOOD = """\
#+ summary: {en: What is it?, zh: 是什么?}
#+ parameters:
#+   thing: {type: iri, class: zkg:University, optional: true, many: true, label: {en: Thing, zh: 事物}}
#+   size: {type: integer, default: 3, label: {en: Size, zh: 大小}}
#+   name: {type: string, label: {en: Name, zh: 名称}}
#+ returns: [thing, size, name]
#+ tags: [test]
PREFIX zkg: <https://w3id.org/zonekg/ontology#>
SELECT ?thing ?size ?name WHERE {
  VALUES ?thing { UNDEF } # VALUES ?comment { 1 }
  VALUES ?size { 3 }
  { SELECT ?name WHERE { VALUES ?name { "VALUES ?string { 2 }" } } ORDER BY ?name LIMIT 5 }
  VALUES (?fixed) { (zkg:University) }
}
ORDER BY ?thing
"""


def template(text: str = GOOD, name: str = "what_is_it.rq") -> Template:
    return parse(text, Path(name))


def test_the_header_is_read() -> None:
    found = template()
    assert found.name == "what_is_it"
    assert found.summary == {"en": "What is it?", "zh": "是什么?"}
    assert [parameter.name for parameter in found.parameters] == ["thing", "size", "name"]
    assert found.parameters[0].classes == (NamedNode(PREFIXES["zkg"] + "University"),)
    assert found.parameters[0].many
    assert [parameter.required for parameter in found.parameters] == [False, False, True]
    assert found.parameters[1].default == (literal(3),)
    assert found.returns == ("thing", "size", "name")
    assert found.constructs is None
    assert [slot.parameter for slot in found.slots] == ["thing", "size", "name"]


def swap(old: str, new: str) -> str:
    assert old in GOOD, old
    return GOOD.replace(old, new)


CONSTRUCT = """\
#+ summary: {en: x, zh: x}
#+ constructs: network
CONSTRUCT { ?s ?p ?o } WHERE { ?s ?p ?o }
"""

PARAMETERS = "#+ parameters: {s: {type: iri, label: {en: s, zh: s}}}"

FAULTS = [
    ("no header", "SELECT * {}", 1, "no header"),
    ("not YAML", swap("{en: What is it?, zh: 是什么?}", "{en: ["), 3, "not YAML"),
    ("unknown key", swap("#+ tags: [test]", "#+ tag: [test]"), 7, "unknown key 'tag'"),
    ("unknown parameter key", swap("optional: true", "optinal: true"), 3, "unknown key 'optinal'"),
    ("key twice", swap("#+ tags: [test]", "#+ tags: [a]\n#+ tags: [b]"), 8, "'tags' stands twice"),
    ("parameter twice", swap("#+   size:", "#+   thing:"), 4, "'thing' stands twice"),
    ("no zh", swap(", zh: 是什么?", ""), 1, "summary has no zh"),
    ("no summary", swap("#+ summary: {en: What is it?, zh: 是什么?}\n", ""), 1, "no summary"),
    ("no label", swap(", label: {en: Size, zh: 大小}", ""), 4, "size has no label"),
    ("unknown type", swap("type: integer", "type: int"), 4, "unknown type 'int'"),
    ("ill-formed default", swap("default: 3", "default: three"), 4, "'three' is no integer"),
    ("default of an optional", swap("default: 3", "default: 3, optional: true"), 4, "is not optional"),
    ("flag that is none", swap("optional: true", "optional: yes"), 3, "true or false"),
    ("class of a literal", swap("default: 3", "default: 3, class: zkg:University"), 4, "goes with type iri"),
    ("scheme of an iri", swap("class: zkg:University", "scheme: voc:x"), 3, "goes with type concept"),
    ("class that is no IRI", swap("class: zkg:University", "class: University"), 3, "not an IRI"),
    ("undeclared", swap("VALUES ?size { 3 }", "VALUES ?size { 3 } VALUES ?more { 3 }"), 11, "?more is no declared"),
    ("unused", swap("VALUES ?size { 3 }", ""), 4, "parameter size enters no VALUES"),
    ("optional that is set", swap("{ UNDEF }", "{ zkg:University }"), 10, "should stand as { UNDEF }"),
    ("required that is open", swap("VALUES ?size { 3 }", "VALUES ?size { UNDEF }"), 11, "a real value should stand"),
    ("other columns", swap("returns: [thing, size, name]", "returns: [size, thing, name]"), 9, "the columns differ"),
    ("all columns", swap("SELECT ?thing ?size ?name WHERE", "SELECT * WHERE"), 9, "SELECT has *"),
    ("column twice", swap("returns: [thing,", "returns: [thing, thing,"), 6, "names something twice"),
    ("no order", swap("}\nORDER BY ?thing", "}"), 9, "needs ORDER BY"),
    ("limit", GOOD + "LIMIT 3\n", 9, "LIMIT and OFFSET belong to the call"),
    ("neither", swap("#+ returns: [thing, size, name]\n", ""), 1, "either returns"),
    ("another form", swap("returns: [thing, size, name]", "constructs: network"), 9, "promises a CONSTRUCT"),
    ("after of a select", swap("#+ tags: [test]", "#+ after: [x]"), 7, "only a rule"),
    ("unknown purpose", CONSTRUCT.replace("network", "graph"), 2, "unknown kind 'graph'"),
    ("rule with parameters", CONSTRUCT.replace("network", "rule\n" + PARAMETERS), 3, "no parameters"),
]  # fmt: skip


@pytest.mark.parametrize(("text", "line", "message"), [fault[1:] for fault in FAULTS], ids=[f[0] for f in FAULTS])
def test_a_breach_of_the_format_is_named_at_its_line(text: str, line: int, message: str) -> None:
    with pytest.raises(TemplateError) as caught:
        template(text)
    assert message in caught.value.message
    assert caught.value.where is not None
    assert (str(caught.value.where.file), caught.value.where.line) == ("what_is_it.rq", line)


def test_a_file_name_is_snake_case() -> None:
    with pytest.raises(TemplateError, match="snake_case"):
        template(name="What-is-it.rq")


def test_filling_changes_what_stands_between_the_braces_and_nothing_else() -> None:
    found = template()
    filled = found.fill(thing=[iri("urn:a"), iri("urn:b")], name=literal("n"))
    assert filled == GOOD.replace("{ UNDEF }", "{ <urn:a> <urn:b> }").replace(
        "{ 3 }", '{ "3"^^<http://www.w3.org/2001/XMLSchema#integer> }'
    ).replace('{ "VALUES ?string { 2 }" }', '{ "n" }')
    left_out = found.fill(name=literal("x"), thing=None)
    assert left_out == GOOD.replace("VALUES ?thing { UNDEF }", "").replace(
        "{ 3 }", '{ "3"^^<http://www.w3.org/2001/XMLSchema#integer> }'
    ).replace('{ "VALUES ?string { 2 }" }', '{ "x" }')


@pytest.mark.parametrize(
    ("values", "message"),
    [
        ({}, "needs a value for name"),
        ({"name": literal("n"), "nmae": literal("n")}, "no parameter 'nmae'"),
        ({"name": "n"}, "not the text 'n'"),
        ({"name": iri("urn:a")}, "a literal of type string"),
        ({"name": literal("n", language="en")}, "without a language"),
        ({"name": literal(3)}, "a string is expected"),
        ({"name": [literal("a"), literal("b")]}, "takes one value, not 2"),
        ({"name": []}, "the list is empty"),
        ({"name": literal("n"), "thing": literal("a")}, "an IRI"),
        ({"name": literal("n"), "thing": BlankNode()}, "an IRI"),
        ({"name": literal("n"), "size": Literal("x", datatype=NamedNode(XSD + "integer"))}, "a integer is expected"),
    ],
)
def test_a_wrong_value_is_refused(values: dict[str, Term], message: str) -> None:
    with pytest.raises(ParameterError) as caught:
        template().fill(**values)
    assert message in caught.value.message


ECHO = """\
#+ summary: {en: Say it again., zh: 再说一遍。}
#+ parameters:
#+   it: {type: %s, many: true, label: {en: It, zh: 它}}
#+ returns: [it]
SELECT ?it WHERE { VALUES ?it { %s } { SELECT (COUNT(*) AS ?n) WHERE { VALUES ?it { %s } } } }
ORDER BY ?it
"""
ECHO_STRING = parse(ECHO % ("string", '"x"', '"x"'), Path("echo.rq"))
ECHO_IRI = parse(ECHO % ("iri", "<urn:x>", "<urn:x>"), Path("echo.rq"))
EMPTY = Embedded()
PIECES = [
    '"',
    "'",
    '"""',
    "'''",
    "\\",
    "\\u0022",
    "\\U00000022",
    "u0022",
    "\n",
    "\r",
    "}",
    "> . }",
    "{",
    "#",
    "UNDEF",
]
PIECES += ["\x00", "\x7f", "\u2028", "?x", "$x", "<urn:a>", "@en", "^^", "\\n", "%0A", "]]>", "\ufeff", "𠮷", " "]
hostile = st.one_of(
    st.text(st.characters(exclude_categories=["Cs"])),
    st.lists(st.sampled_from(PIECES), max_size=12).map("".join),
)


@given(st.lists(hostile, min_size=1, max_size=4))
def test_hostile_strings_come_back_unchanged(texts: list[str]) -> None:
    rows = EMPTY.select(ECHO_STRING.fill(it=[Literal(text) for text in texts]))
    assert sorted(str(term) for term in rows.column("it")) == sorted(str(Literal(text)) for text in texts)


@pytest.mark.parametrize("text", [*PIECES, "\\u0022ab", "\x00abcd", "\\U0001F600", "\x1f0000"])
def test_rdflib_reads_hostile_strings_alike(text: str) -> None:
    import rdflib

    found = rdflib.Graph().query(ECHO_STRING.fill(it=Literal(text)))
    assert [str(row[0]) for row in found] == [text]


def test_a_megabyte_comes_back_unchanged() -> None:
    text = 'x"}\\\n' * 200_000
    assert EMPTY.select(ECHO_STRING.fill(it=Literal(text))).column("it") == (Literal(text),)


@given(hostile)
def test_hostile_iris_come_back_unchanged_or_are_refused(text: str) -> None:
    try:
        term = NamedNode("urn:x:" + text)
    except ValueError:
        return
    try:
        filled = ECHO_IRI.fill(it=term)
    except ParameterError:
        return
    assert EMPTY.select(filled).column("it") == (term,)


@pytest.mark.parametrize("kind", ["integer", "number", "date", "year", "boolean"])
@given(text=hostile)
def test_hostile_lexical_forms_are_refused(kind: str, text: str) -> None:
    found = parse(ECHO % (kind, "1", "1"), Path("echo.rq"))
    datatype = {"year": "gYear", "number": "decimal"}.get(kind, kind)
    term = Literal("x" + text, datatype=NamedNode(XSD + datatype))
    with pytest.raises(ParameterError):
        found.fill(it=term)


def test_a_folder_is_a_catalogue(tmp_path: Path) -> None:
    for name in ("b/two", "a/one"):
        (tmp_path / f"{name}.rq").parent.mkdir()
        (tmp_path / f"{name}.rq").write_text(GOOD, encoding="utf-8")
    assert list(catalogue(tmp_path)) == ["one", "two"]
    assert get("two", tmp_path).path == tmp_path / "b" / "two.rq"
    with pytest.raises(UnknownTemplate) as caught:
        get("twoo", tmp_path)
    assert "did you mean two?" in (caught.value.hint or "")
    (tmp_path / "b" / "one.rq").write_text(GOOD, encoding="utf-8")
    with pytest.raises(TemplateError, match="two queries are called one"):
        catalogue(tmp_path)


def rule(name: str, *after: str) -> Template:
    text = CONSTRUCT.replace("network", f"rule\n#+ after: [{', '.join(after)}]")
    return parse(text, Path(f"{name}.rq"))


def test_rules_come_after_those_they_name() -> None:
    rules = [rule("a", "c"), rule("b"), rule("c", "d", "b"), rule("d")]
    assert [found.name for found in order(rules)] == ["b", "d", "c", "a"]
    assert order(reversed(rules)) == order(rules)


def test_a_cycle_of_rules_is_spelt_out() -> None:
    with pytest.raises(TemplateError, match=r"a after b after a|b after a after b"):
        order([rule("a", "b"), rule("b", "a")])


def test_the_columns_of_a_select() -> None:
    query = "SELECT DISTINCT ?a (COUNT(?x) AS ?b) (IF(?c, (?d), ?e) AS $f) ?g FROM <urn:x> WHERE { SELECT ?h { } }"
    assert inspect(query).projection == ("a", "b", "f", "g")


def test_the_terms_that_a_query_names() -> None:
    query = """PREFIX a: <urn:a#> PREFIX : <urn:b/>
        SELECT ?x { ?x a:one/:two* <urn:three> . # a:four
          FILTER(?x < 3 && "a:five" > '<urn:six>') }"""
    assert terms_in(query) == ["urn:a#one", "urn:b/two", "urn:three"]
