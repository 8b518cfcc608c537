"""The catalogue in other forms: SIB's vocabulary inside the dataset, files for grlc, a page in Markdown."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest
import yaml
from click.testing import CliRunner
from pyoxigraph import RdfFormat, parse
from rdflib.plugins.sparql.parser import parseQuery

from kg.build.examples import GRAPH, examples
from kg.build.plan import graph_iri
from kg.cli import cli
from kg.engine import Embedded
from kg.errors import BuildError, TemplateError
from kg.templates import Template, catalogue
from kg.templates.grlc import grlc_name, to_grlc
from kg.templates.load import parse as parse_template
from kg.templates.markdown import to_markdown
from kg.terms import BlankNode, Literal, NamedNode, Term
from kg.vocab import ENDPOINT, RDF, SCHEMA, SH
from tests.grlc import called

QUESTIONS = {name: one for name, one in catalogue().items() if one.constructs != "rule"}
PREFIXES = """\
PREFIX sh: <http://www.w3.org/ns/shacl#>
PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#>
PREFIX schema: <https://schema.org/>
PREFIX spex: <https://purl.expasy.org/sparql-examples/ontology#>
"""


# ---- Inside the dataset


def test_the_dataset_lists_the_queries_as_the_files_have_them(shipped_folder: Path) -> None:
    graph = NamedNode("https://w3id.org/zonekg/.well-known/sparql-examples")
    assert graph == NamedNode(GRAPH) == graph_iri(".well-known/sparql-examples")
    quads = [q for q in parse(path=shipped_folder / "zonekg.nq", format=RdfFormat.N_QUADS) if q.graph_name == graph]
    expected = set()
    for name, template in QUESTIONS.items():
        subject = NamedNode(f"{GRAPH}/{name}")
        expected |= {(subject, SH.select if template.returns else SH.construct, Literal(template.text))}
        expected |= {(subject, SCHEMA.keywords, Literal(tag)) for tag in template.tags}
        expected |= {(subject, SCHEMA.target, NamedNode(ENDPOINT))}
    found = {(q.subject, q.predicate, q.object) for q in quads}
    assert expected == {t for t in found if t[1] in {SH.select, SH.construct, SCHEMA.keywords, SCHEMA.target}}
    assert {q.triple for q in quads} == set(examples(QUESTIONS.values()))
    assert not any(isinstance(term, BlankNode) for q in quads for term in (q.subject, q.object))


def test_no_triple_of_it_lies_in_another_graph(shipped_folder: Path) -> None:
    quads = list(parse(path=shipped_folder / "zonekg.nq", format=RdfFormat.N_QUADS))
    assert len({q.triple for q in quads}) == len(quads)
    assert {q.graph_name.value for q in quads if q.subject.value.startswith(GRAPH)} - {GRAPH} == {  # type: ignore[union-attr]
        "https://w3id.org/zonekg/graph/description"  # its title and counts
    }


def test_the_editor_finds_queries_and_prefixes(shipped_engine: Embedded) -> None:
    rows = shipped_engine.select(f"""{PREFIXES} SELECT DISTINCT ?sq ?comment ?query WHERE {{
        ?sq a sh:SPARQLExecutable ; rdfs:comment ?comment ;
          sh:select|sh:ask|sh:construct|spex:describe ?query }} ORDER BY ?sq""")
    texts = {(str(query.value), comment.language) for _, comment, query in rows.rows}  # type: ignore[union-attr]
    assert texts == {(one.text, language) for one in QUESTIONS.values() for language in ("en", "zh")}
    prefixes = shipped_engine.select(f"{PREFIXES} SELECT ?p ?n WHERE {{ [] sh:namespace ?n ; sh:prefix ?p }}")
    names = {prefix.value: base.value for prefix, base in prefixes.rows}  # type: ignore[union-attr]
    assert names["zkg"] == "https://w3id.org/zonekg/ontology#"
    assert len(names) == len(prefixes.rows)


def test_what_the_editors_shape_asks_of_an_example_is_there(shipped_engine: Embedded) -> None:
    rows = shipped_engine.select(f"""{PREFIXES} SELECT ?sq (COUNT(DISTINCT ?query) AS ?queries)
        (COUNT(DISTINCT ?target) AS ?targets) (COUNT(DISTINCT ?prefixes) AS ?sets) (COUNT(DISTINCT ?kind) AS ?kinds)
        WHERE {{ ?sq a sh:SPARQLExecutable, ?kind ; sh:select|sh:construct ?query ; schema:target ?target ;
          sh:prefixes ?prefixes . ?prefixes sh:declare ?declaration }} GROUP BY ?sq""")
    assert len(rows) == len(QUESTIONS)
    assert {tuple(cell.value for cell in row[1:]) for row in rows.rows} == {("1", "1", "1", "2")}  # type: ignore[union-attr]


def test_the_bytes_do_not_depend_on_the_process(shipped_folder: Path, tmp_path: Path, top: Path) -> None:
    code = "import sys; from pathlib import Path; from kg.build import build; build(Path(sys.argv[1]))"
    environment = {**os.environ, "PYTHONHASHSEED": "11"}
    subprocess.run([sys.executable, "-c", code, tmp_path], check=True, env=environment, cwd=top)
    for name in ("zonekg.nq", "zonekg.trig"):
        assert (tmp_path / name).read_bytes() == (shipped_folder / name).read_bytes(), name


def small(prefix: str, name: str) -> Template:
    text = f"""\
#+ summary: {{en: x, zh: x}}
#+ constructs: network
{prefix}
CONSTRUCT {{ ?s a a:b }} WHERE {{ ?s a a:b }}
"""
    return parse_template(text, Path(name))


def test_a_prefix_has_one_meaning() -> None:
    with pytest.raises(BuildError, match="the prefix a: stands for urn:b# here, and for urn:a# in another query"):
        examples([small("PREFIX a: <urn:a#>", "one.rq"), small("PREFIX a: <urn:b#>", "two.rq")])


def test_a_construct_says_so() -> None:
    kinds = {t.object for t in examples([small("PREFIX a: <urn:a#>", "one.rq")]) if t.predicate == RDF.type}
    assert kinds == {SH.SPARQLExecutable, SH.SPARQLConstructExecutable}


# ---- grlc


def answer(engine: Embedded, template: Template, text: str) -> object:
    return engine.select(text).rows if template.constructs is None else set(engine.construct(text))


def shown(term: Term | None) -> str:
    assert isinstance(term, NamedNode | Literal)
    return term.value


@pytest.mark.parametrize("name", QUESTIONS)
def test_grlc_runs_it_and_passes_parameters(name: str, shipped_engine: Embedded) -> None:
    template = QUESTIONS[name]
    text = to_grlc(template, "http://localhost:7878/query")
    header = yaml.safe_load("\n".join(line[2:] for line in text.splitlines() if line.startswith("#+")))
    assert header["endpoint"] == "http://localhost:7878/query"
    assert header["summary"] == template.summary["en"]
    assert tuple(header["tags"]) == template.tags
    parseQuery(text)
    required = {
        grlc_name(p): next(s.content for s in template.slots if s.parameter == p.name).strip("<>")
        for p in template.parameters
        if p.required
    }
    as_it_stands = answer(shipped_engine, template, template.text)
    assert answer(shipped_engine, template, called(text, required)) == as_it_stands
    for parameter in template.parameters:
        if parameter.optional and parameter.name in template.returns:
            rows = shipped_engine.select(template.text).column(parameter.name)
            term = next(term for term in rows if term is not None)
            given = {**required, grlc_name(parameter): shown(term)}
            expected = answer(shipped_engine, template, template.fill(**{parameter.name: term}))
            assert answer(shipped_engine, template, called(text, given)) == expected


TYPED = """\
#+ summary: {en: Say it again., zh: 再说一遍。}
#+ parameters:
#+   the_value: {type: %s, %s, label: {en: It, zh: 它}}
#+ returns: [the_value]
SELECT ?the_value WHERE { VALUES ?the_value { %s } { SELECT * WHERE { VALUES ?the_value { %s } } } }
ORDER BY ?the_value
"""


@pytest.mark.parametrize(
    ("kind", "default", "other"),
    [
        ("string", '"x"', "y z"),
        ("integer", "3", "4"),
        ("number", "2.5", "3.5"),
        ("date", '"2025-12-31"^^<http://www.w3.org/2001/XMLSchema#date>', "2026-01-01"),
        ("year", '"2025"^^<http://www.w3.org/2001/XMLSchema#gYear>', "2026"),
        ("boolean", "true", "false"),
        ("iri", "<urn:a>", "urn:b"),
    ],
)
def test_grlc_passes_values_of_every_type(kind: str, default: str, other: str) -> None:
    plain = default.strip("<>").split('"^^')[0].strip('"')
    template = parse_template(TYPED % (kind, f'default: "{plain}"', default, default), Path("echo.rq"))
    text = to_grlc(template)
    assert yaml.safe_load("\n".join(line[2:] for line in text.splitlines() if line.startswith("#+")))["defaults"] == [
        {"theValue": plain}
    ]
    engine = Embedded()
    assert [shown(term) for (term,) in engine.select(called(text, {})).rows] == [plain]
    assert [shown(term) for (term,) in engine.select(called(text, {"theValue": other})).rows] == [other]


def test_a_comment_inside_a_block_is_named() -> None:
    text = (TYPED % ("iri", "optional: true", "UNDEF", "UNDEF")).replace("VALUES ?the", "VALUES # a note\n ?the", 1)
    with pytest.raises(TemplateError, match="a comment stands between") as caught:
        to_grlc(parse_template(text, Path("echo.rq")))
    assert caught.value.where is not None
    assert caught.value.where.line == 6


# ---- Markdown


def test_the_committed_page_is_up_to_date(top: Path) -> None:
    page = (top / "docs" / "queries.md").read_text(encoding="utf-8")
    assert page == to_markdown(QUESTIONS.values()), "mend with: make catalogue"


def test_the_page_has_every_question_in_both_languages() -> None:
    page = to_markdown(QUESTIONS.values())
    for name, template in QUESTIONS.items():
        assert f"### {name}\n" in page
        assert f"(#{name})" in page
        assert template.summary["en"] in page
        assert template.summary["zh"] in page


# ---- The command


def test_the_command_writes_a_folder_and_a_page(tmp_path: Path) -> None:
    run = CliRunner().invoke
    result = run(cli, ["queries", "--export", "grlc", str(tmp_path / "api"), "--endpoint", "http://localhost/sparql"])
    assert result.exit_code == 0, result.output
    assert {path.stem for path in (tmp_path / "api").iterdir()} == set(QUESTIONS)
    assert "#+ endpoint: http://localhost/sparql\n" in (tmp_path / "api" / "dates.rq").read_text(encoding="utf-8")
    assert run(cli, ["queries", "--export", "markdown", str(tmp_path / "page.md")]).exit_code == 0
    assert (tmp_path / "page.md").read_text(encoding="utf-8") == to_markdown(QUESTIONS.values())
    assert run(cli, ["queries", "--export", "xml", str(tmp_path / "x")]).exit_code == 2
    assert run(cli, ["queries", "--endpoint", "http://localhost/"]).exit_code == 2
