"""What a person types for a parameter of each type, and what it becomes."""

from __future__ import annotations

from pathlib import Path

import pytest

from kg.engine import Embedded, python_value
from kg.errors import ParameterError
from kg.templates import Template, resolve
from kg.templates.load import parse
from kg.terms import Literal, NamedNode, Quad
from kg.vocab import GRAPH, ID, PREFIXES, RDF, SKOS, VOC, ZKG

HEAD = """\
#+ summary: {en: Say it again., zh: 再说一遍。}
#+ parameters:
#+   it: {type: %s, optional: true, many: true, label: {en: It, zh: 它}}
#+ returns: [it]
SELECT ?it WHERE { VALUES ?it { UNDEF } }
ORDER BY ?it
"""
ZONE, TWIN, OTHER = ID["place/qingshi"], ID["place/qingshi-new"], ID["agent/haiyan"]
CONCEPT = VOC["bound/at-least"]


def quads() -> list[Quad]:
    def label(thing: NamedNode, kind: NamedNode, text: str, language: str | None = None) -> Quad:
        return Quad(thing, kind, Literal(text, language=language), GRAPH.test)

    return [
        Quad(ZONE, RDF.type, ZKG.DevelopmentZone, GRAPH.test),
        Quad(TWIN, RDF.type, ZKG.DevelopmentZone, GRAPH.test),
        Quad(OTHER, RDF.type, ZKG.University, GRAPH.test),
        Quad(CONCEPT, RDF.type, SKOS.Concept, GRAPH.test),
        Quad(CONCEPT, SKOS.inScheme, VOC.bound, GRAPH.test),
        label(CONCEPT, SKOS.notation, "≥"),
        label(CONCEPT, SKOS.notation, "GE-1"),
        label(CONCEPT, SKOS.prefLabel, "至少", "zh"),
        label(CONCEPT, SKOS.prefLabel, "at least", "en"),
        label(ZONE, SKOS.prefLabel, "青石经济技术开发区", "zh"),
        label(ZONE, SKOS.prefLabel, "Qingshi Development Zone", "en"),
        label(ZONE, SKOS.hiddenLabel, "qing shi jing ji ji shu kai fa qu"),
        label(ZONE, SKOS.altLabel, "青石经开区", "zh"),
        label(TWIN, SKOS.altLabel, "青石经开区", "zh"),
        label(TWIN, SKOS.prefLabel, "青石新区", "zh"),
        label(OTHER, SKOS.prefLabel, "海燕大学", "zh"),
    ]


@pytest.fixture(scope="module")
def engine() -> Embedded:
    return Embedded(quads())


def of(kind: str) -> Template:
    return parse(HEAD % kind, Path("echo.rq"))


def typed(value: str, name: str) -> Literal:
    return Literal(value, datatype=NamedNode(PREFIXES["xsd"] + name))


def value(term: NamedNode | Literal) -> object:
    """What a term means: engines may write 12.50 as 12.5."""
    return (term.datatype, python_value(term)) if isinstance(term, Literal) else term


ZONES = "iri, class: zkg:DevelopmentZone"
BOUNDS = "concept, scheme: voc:bound"


@pytest.mark.parametrize(
    ("kind", "text", "term"),
    [
        ("iri", OTHER.value, OTHER),
        ("iri", f"<{OTHER.value}>", OTHER),
        ("iri", "id:agent/haiyan", OTHER),
        ("iri", "海燕大学", OTHER),
        ("iri", "zkg:University", ZKG.University),
        (ZONES, "青石经济技术开发区", ZONE),
        (ZONES, "qingshi development zone", ZONE),
        (ZONES, "qingshijingjijishukaifaqu", ZONE),
        (ZONES, "青石新区", TWIN),
        (BOUNDS, "至少", CONCEPT),
        (BOUNDS, "At least", CONCEPT),
        (BOUNDS, "ge-1", CONCEPT),
        (BOUNDS, "at-least", CONCEPT),
        (BOUNDS, "voc:bound/at-least", CONCEPT),
        ("concept", "至少", CONCEPT),
        ("string", " 12 ", Literal(" 12 ")),
        ("string", "", Literal("")),
        ("integer", "-12", typed("-12", "integer")),
        ("number", "12", typed("12", "integer")),
        ("number", "12.50", typed("12.50", "decimal")),
        ("number", "1e3", typed("1e3", "double")),
        ("date", "2025-12-31", typed("2025-12-31", "date")),
        ("year", "2025", typed("2025", "gYear")),
        ("boolean", "true", typed("true", "boolean")),
    ],
)
def test_a_text_becomes_a_term(engine: Embedded, kind: str, text: str, term: NamedNode | Literal) -> None:
    template = of(kind)
    found = resolve(template, {"it": [text]}, engine)
    assert found == {"it": (term,)}
    (back,) = engine.select(template.fill(**found)).column("it")
    assert isinstance(back, NamedNode | Literal)
    assert value(back) == value(term)


@pytest.mark.parametrize(
    ("kind", "texts"),
    [
        (ZONES, ["青石新区", "青石经济技术开发区"]),
        ("string", ["a", "b"]),
        ("integer", ["1", "2"]),
        ("date", ["2025-01-01", "2025-12-31"]),
        ("year", ["2024", "2025"]),
        ("boolean", ["true", "false"]),
    ],
)
def test_a_list_of_any_type_is_taken(engine: Embedded, kind: str, texts: list[str]) -> None:
    template = of(kind)
    terms = resolve(template, {"it": texts}, engine)["it"]
    assert len(terms) == 2
    assert set(engine.select(template.fill(it=terms)).column("it")) == set(terms)


@pytest.mark.parametrize(
    ("kind", "text", "message"),
    [
        ("integer", "12.5", "'12.5' is no integer; write it like 12"),
        ("number", "twelve", "'twelve' is no number"),
        ("number", "1,000", "'1,000' is no number"),
        ("number", "INF", "is no number"),
        ("date", "2025-02-30", "is no date; write it like 2025-12-31"),
        ("date", "2025-1-1", "is no date"),
        ("date", "20251231", "is no date"),
        ("year", "25", "is no year; write it like 2025"),
        ("boolean", "yes", "is no boolean; write it like true"),
        (BOUNDS, "at most", "no concept of voc:bound is called 'at most', nearest:"),
        (ZONES, "海燕大学", "no zkg:DevelopmentZone is called '海燕大学'"),
        (ZONES, "id:agent/haiyan", "id:agent/haiyan is no zkg:DevelopmentZone"),
        (ZONES, "id:place/nowhere", "the graph knows nothing of id:place/nowhere"),
    ],
)
def test_what_is_of_another_type_is_refused(engine: Embedded, kind: str, text: str, message: str) -> None:
    with pytest.raises(ParameterError) as caught:
        resolve(of(kind), {"it": [text]}, engine)
    assert message in caught.value.message


def test_one_thing_of_a_name_is_used_several_are_listed_and_none_suggests_the_nearest(engine: Embedded) -> None:
    assert resolve(of(ZONES), {"it": ["青石新区"]}, engine) == {"it": (TWIN,)}
    with pytest.raises(ParameterError) as several:
        resolve(of(ZONES), {"it": ["青石经开区"]}, engine, "zh")
    assert "'青石经开区' is the name of 2:" in several.value.message
    assert [line.split() for line in several.value.message.splitlines()[1:]] == [
        ["青石经济技术开发区", "id:place/qingshi"],
        ["青石新区", "id:place/qingshi-new"],
    ]
    assert several.value.hint == "give the IRI of one"
    with pytest.raises(ParameterError) as none:
        resolve(of(ZONES), {"it": ["青石新城"]}, engine, "zh")
    assert "is called '青石新城', nearest:" in none.value.message
    assert none.value.message.splitlines()[1].split() == ["青石新区", "id:place/qingshi-new"]


def test_a_notation_names_no_thing_but_a_concept(engine: Embedded) -> None:
    with pytest.raises(ParameterError, match="no thing is called 'GE-1'"):
        resolve(of("iri"), {"it": ["GE-1"]}, engine)
