"""``kg query`` and ``kg queries``: labels in, tables out, and an exit code for every way it can go."""

from __future__ import annotations

import csv
import io
import json
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from pyoxigraph import NamedNode
from rich.cells import cell_len

from kg import resources
from kg.build import build
from kg.cli import cli, main
from kg.cli.table import Names, to_table, with_labels
from kg.engine import Embedded, Rows
from kg.errors import ParameterError
from kg.templates import Parameter, Template, get, resolve
from kg.templates.load import parse
from kg.terms import iri, literal

SMALL = Path(__file__).parent / "cases" / "build" / "small"
WHERE = """\
#+ summary: {en: What lies in a zone?, zh: 开发区内有什么?}
#+ parameters:
#+   zone: {type: iri, class: zkg:DevelopmentZone, optional: true, many: true, label: {en: Zone, zh: 开发区}}
#+   bound: {type: concept, scheme: voc:bound, optional: true, label: {en: Bound, zh: 界限}}
#+   any: {type: iri, optional: true, label: {en: Anything, zh: 任何事物}}
#+   size: {type: number, default: 1, label: {en: Size, zh: 大小}}
#+ returns: [thing, zone, size, passages]
#+ tags: [places, test]
PREFIX zkg: <https://w3id.org/zonekg/ontology#>
SELECT ?thing ?zone ?size (GROUP_CONCAT(STR(?passage); SEPARATOR=" ") AS ?passages) WHERE {
  VALUES ?zone { UNDEF }
  VALUES ?bound { UNDEF }
  VALUES ?any { UNDEF }
  VALUES ?size { 1 }
  ?claim zkg:sited ?thing ; zkg:sitedIn ?zone ; zkg:supportedBy ?passage .
  FILTER(!BOUND(?bound) || EXISTS { ?bound ?p ?o })
}
GROUP BY ?thing ?zone ?size
ORDER BY ?thing ?zone
"""
ZONES = """\
#+ summary: {en: The zones., zh: 各开发区。}
#+ constructs: description
#+ tags: [places]
PREFIX zkg: <https://w3id.org/zonekg/ontology#>
CONSTRUCT { ?zone a zkg:DevelopmentZone } WHERE { ?zone a zkg:DevelopmentZone }
"""
QINGSHI = "https://w3id.org/zonekg/id/place/qingshi-kaifaqu"
HAIYAN = "https://w3id.org/zonekg/id/agent/haiyan-daxue"


@pytest.fixture(scope="module")
def dataset(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("small")
    files = {path.relative_to(SMALL).as_posix(): path for path in SMALL.rglob("*.*")}
    build(folder, inputs=files)
    return folder


@pytest.fixture(scope="module")
def engine(dataset: Path) -> Embedded:
    return Embedded.load(dataset)


@pytest.fixture
def run(dataset: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[..., Result]:
    """Runs a command line on the small dataset and a catalogue of two queries."""
    (tmp_path / "lookups").mkdir()
    (tmp_path / "lookups" / "what_lies_in.rq").write_text(WHERE, encoding="utf-8")
    (tmp_path / "lookups" / "zones.rq").write_text(ZONES, encoding="utf-8")
    monkeypatch.setattr(resources, "root", lambda kind: tmp_path)
    monkeypatch.setenv(resources.DATASET_VARIABLE, str(dataset))
    from kg.cli import cli

    return lambda *arguments: CliRunner().invoke(cli, list(arguments))


def test_a_table_has_labels_in_the_language_asked_for(run: Callable[..., Result]) -> None:
    result = run("query", "what_lies_in", "--lang", "zh")
    assert result.exit_code == 0, result.output
    assert "海燕大学" in result.stdout
    assert "青石经济技术开发区" in result.stdout
    assert "a1-p1-s1" in result.stdout
    assert "w3id" not in result.stdout
    assert "Haiyan University" in run("query", "what_lies_in", "--lang", "en").stdout


@pytest.mark.parametrize(
    "name",
    [
        QINGSHI,
        f"<{QINGSHI}>",
        "id:place/qingshi-kaifaqu",
        "qingshi-kaifaqu",
        "青石经济技术开发区",
        "青石开发区",
        " 青石 开发区 ",
        "Qingshi Development Zone",
        "qingshi development zone",
        "qing shi kai fa qu",
        "qingshikaifaqu",
        "QingshiKaifaqu",
    ],
)
def test_a_zone_is_found_by_any_of_its_names(run: Callable[..., Result], name: str) -> None:
    result = run("query", "what_lies_in", f"zone={name}", "--format", "csv")
    assert result.exit_code == 0, result.output
    rows = list(csv.reader(io.StringIO(result.stdout)))
    assert rows == [
        ["thing", "zone", "size", "passages"],
        [HAIYAN, QINGSHI, "1", "https://w3id.org/zonekg/source/morning-post/a1-p1-s1"],
    ]


def test_a_number_of_full_width_counts_too(engine: Embedded) -> None:
    found = resolve(template(), {"zone": ["重港5G开发区"]}, engine)
    assert found == {"zone": (NamedNode("https://w3id.org/zonekg/id/place/zhonggang-kaifaqu"),)}


def template() -> Template:
    return parse(WHERE, Path("what_lies_in.rq"))


@pytest.mark.parametrize(
    ("given", "message"),
    [
        ({"zone": ["青石"]}, "no zkg:DevelopmentZone is called '青石', nearest:\n    青石经济技术开发区"),
        ({"zone": ["zzzz"]}, "no zkg:DevelopmentZone is called 'zzzz'"),
        ({"zone": ["!!"]}, "is called '!!'"),
        ({"zone": ["海燕大学"]}, "no zkg:DevelopmentZone is called"),
        ({"zone": ["id:agent/haiyan-daxue"]}, "id:agent/haiyan-daxue is no zkg:DevelopmentZone"),
        ({"zone": ["id:place/nowhere"]}, "the graph knows nothing of id:place/nowhere"),
        ({"bound": ["exact"]}, "no concept of voc:bound is called 'exact', nearest"),
        ({"size": ["big"]}, "'big' is no number; write it like 12.5"),
        ({"nothing": ["x"]}, "no parameter 'nothing'"),
    ],
)
def test_what_cannot_be_resolved_is_refused(engine: Embedded, given: dict[str, list[str]], message: str) -> None:
    with pytest.raises(ParameterError) as caught:
        resolve(template(), given, engine, "zh")
    assert message in caught.value.message


def test_a_name_that_several_share_lists_them(engine: Embedded) -> None:
    from pyoxigraph import Literal, Quad

    from kg.vocab import GRAPH, SKOS

    twin = iri("https://w3id.org/zonekg/id/agent/twin")
    both = Embedded(
        [Quad(t, SKOS.altLabel, Literal("双子", language="zh"), GRAPH.entities) for t in (twin, iri(HAIYAN))]
    )
    with pytest.raises(ParameterError) as caught:
        resolve(template(), {"any": ["双子"]}, both)
    assert "is the name of 2:" in caught.value.message
    assert "id:agent/twin" in caught.value.message


def test_other_types_become_literals_and_concepts(engine: Embedded) -> None:
    found = resolve(
        template(), {"size": ["2.5"], "bound": ["at least"], "zone": ["qingshi-kaifaqu", QINGSHI]}, engine
    )
    assert found["size"] == (literal(__import__("decimal").Decimal("2.5")),)
    assert found["bound"] == (iri("https://w3id.org/zonekg/vocab/bound/at-least"),)
    assert found["zone"] == (iri(QINGSHI), iri(QINGSHI))


def test_csv_and_json_keep_iris_and_labels_are_columns_of_their_own(run: Callable[..., Result]) -> None:
    result = run("query", "what_lies_in", "--format", "csv", "--labels", "--lang", "zh")
    rows = list(csv.DictReader(io.StringIO(result.stdout)))
    assert list(rows[0]) == ["thing", "thing_label", "zone", "zone_label", "size", "passages"]
    assert (rows[0]["thing"], rows[0]["thing_label"]) == (HAIYAN, "海燕大学")
    document = json.loads(run("query", "what_lies_in", "--format", "json").stdout)
    assert document["head"]["vars"] == ["thing", "zone", "size", "passages"]
    assert document["results"]["bindings"][0]["thing"] == {"type": "uri", "value": HAIYAN}


def test_limit_and_offset_belong_to_the_call(run: Callable[..., Result]) -> None:
    assert len(run("query", "what_lies_in", "--format", "csv", "--limit", "0").stdout.splitlines()) == 1
    assert len(run("query", "what_lies_in", "--format", "csv", "--offset", "1").stdout.splitlines()) == 1


def test_no_rows_is_no_error_and_is_said(run: Callable[..., Result]) -> None:
    result = run("query", "what_lies_in", "zone=重港5G开发区", "--lang", "zh")
    assert (result.exit_code, result.stdout) == (0, "")
    assert "没有结果" in result.stderr


def test_a_construct_gives_turtle_or_n_triples(run: Callable[..., Result]) -> None:
    turtle = run("query", "zones")
    assert turtle.exit_code == 0, turtle.output
    assert turtle.stdout.count("a zkg:DevelopmentZone .") == 2
    lines = run("query", "zones", "--format", "nt").stdout.splitlines()
    assert len(lines) == 2
    assert lines == sorted(lines)


@pytest.mark.parametrize(
    ("arguments", "code", "message"),
    [
        (["query", "what_lies_on"], 2, "did you mean what_lies_in?"),
        (["query", "what_lies_in", "zone"], 2, "not KEY=VALUE: 'zone'"),
        (["query", "what_lies_in", "zone="], 2, "zone is empty"),
        (["query", "what_lies_in", "zones=x"], 2, "no parameter 'zones'"),
        (["query", "what_lies_in", "size=1", "size=2"], 2, "size takes one value, not 2"),
        (["query", "what_lies_in", "--format", "turtle"], 2, "gives rows"),
        (["query", "zones", "--format", "csv"], 2, "gives triples"),
        (["query", "what_lies_in", "--format", "docx"], 2, "docx"),
        (["query", "what_lies_in", "--dataset", "nowhere"], 3, "no built dataset at nowhere"),
        (["queries", "nothing"], 2, "no query is called 'nothing'"),
        (["queries", "--tag", "nothing"], 2, "no query has the tag"),
    ],
)
def test_exit_codes(
    run: Callable[..., Result], capsys: pytest.CaptureFixture[str], arguments: list[str], code: int, message: str
) -> None:
    assert main(arguments) == code
    assert message in capsys.readouterr().err


def test_queries_lists_by_tag_in_both_languages(run: Callable[..., Result]) -> None:
    text = run("queries").stdout
    assert text.splitlines()[:4] == ["places", "  what_lies_in", "    What lies in a zone?", "    开发区内有什么?"]
    assert "zones" not in run("queries", "--tag", "test").stdout.split()
    assert "What lies" not in run("queries", "--lang", "zh").stdout


def test_queries_shows_what_one_takes_and_gives(run: Callable[..., Result]) -> None:
    text = run("queries", "what_lies_in").stdout
    assert "zone   [iri, of class zkg:DevelopmentZone, one or more]  Zone / 开发区" in text
    assert "columns: thing, zone, size, passages" in text


def test_wide_characters_stand_in_line_within_eighty_columns(engine: Embedded) -> None:
    rows = Rows(
        ("short", "text"),
        ((literal("青石"), literal("很长的一段文字" * 20)), (literal("ab"), literal("x" * 200)), (literal(""), None)),
    )
    lines = to_table(rows, Names(rows, engine, "zh"), width=80).splitlines()
    assert max(map(cell_len, lines)) <= 80
    starts = {
        cell_len(line[: line.index(text)]) for line in lines for text in ("text", "很长", "xx") if text in line[:9]
    }
    assert starts == {7}


def test_several_iris_in_one_cell_stand_one_a_line(engine: Embedded) -> None:
    rows = Rows(("both",), ((literal(f"{HAIYAN} {QINGSHI}"),),))
    names = Names(rows, engine, "en")
    assert names.text(rows.rows[0][0]) == "Haiyan University\nQingshi Development Zone"


def test_many_columns_become_records(engine: Embedded) -> None:
    names = tuple(f"column_{number}" for number in range(12))
    rows = Rows(names, (tuple(literal("值" * 30) for _ in names),) * 2)
    lines = to_table(rows, Names(rows, engine, "zh"), width=80).splitlines()
    assert sum(line.startswith("column_11") for line in lines) == 2
    assert max(map(cell_len, lines)) <= 80


def test_markup_and_control_characters_are_only_text(engine: Embedded) -> None:
    rows = Rows(("x",), ((literal("[bold]no[/bold] :smile: [link"),), (literal("a\x1b[31mb\u202ec\nd\x9be"),)))
    table = to_table(rows, Names(rows, engine, "en"), width=80)
    assert "[bold]no[/bold] :smile: [link" in table
    assert table.splitlines()[-2:] == ["a\\u{1b}[31mb\\u{202e}c", "d\\u{9b}e"]


@pytest.mark.parametrize("end", ["{x}", "a^b", "a\\b", "%zz", "\x7f", "\x85", "\u2028x", "`"])
def test_what_only_begins_like_an_iri_is_text(engine: Embedded, end: str) -> None:
    rows = Rows(("x",), ((literal(f"see https://w3id.org/zonekg/id/{end}"),),))
    assert "see" in to_table(rows, Names(rows, engine, "en"), width=80)


def test_a_label_column_is_there_only_where_something_has_a_label(engine: Embedded) -> None:
    rows = Rows(("a", "b"), ((iri(HAIYAN), literal("x")), (iri("urn:unknown"), None)))
    wider = with_labels(rows, Names(rows, engine, "en"))
    assert wider.columns == ("a", "a_label", "b")
    assert wider.column("a_label") == (literal("Haiyan University"), None)


def test_a_query_does_not_import_what_it_does_not_need(dataset: Path, top: Path) -> None:
    code = (
        "import sys\nfrom kg.cli import main\n"
        f"code = main(['query', 'coverage_of_passages', '--format', 'csv', '--dataset', {str(dataset)!r}])\n"
        "print(code, [m for m in ('rdflib', 'networkx', 'pypinyin', 'rich', 'pyvis', 'numpy') if m in sys.modules],"
        " file=sys.stderr)\n"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, cwd=top)
    assert done.stderr.splitlines()[-1] == "0 []"


def test_the_parameter_says_whether_it_is_required() -> None:
    one = Parameter("x", "iri", {"en": "X", "zh": "X"})
    assert one.required
    assert get("coverage_of_passages").parameters[0].optional


def test_a_limit_beyond_what_engines_count_is_wrong_usage(run: Callable[..., Result]) -> None:
    assert run("query", "what_lies_in", "--limit", str(2**64)).exit_code == 2
    assert run("query", "what_lies_in", "--limit", str(2**63 - 1)).exit_code == 0


def test_the_benchmark_of_queries_runs(shipped_folder: Path, top: Path) -> None:
    command = ["tests/benchmarks/query.py", "--repeats", "1", "--no-rdflib", "zones_overview"]
    done = subprocess.run(
        [sys.executable, *command],
        capture_output=True,
        text=True,
        check=False,
        cwd=top,
        env={**os.environ, resources.DATASET_VARIABLE: str(shipped_folder)},
    )
    assert done.returncode == 0, done.stderr
    assert "times bare in the median" in done.stdout


def test_a_dataset_that_holds_nothing_is_an_error(tmp_path: Path) -> None:
    empty = tmp_path / "empty.ttl"
    empty.write_text("", encoding="utf-8")
    result = CliRunner().invoke(cli, ["query", "unnamed_parties", "--dataset", str(empty)])
    assert result.exit_code == 3
    assert "holds nothing" in result.stderr
