"""``kg queries --check``: every breach that a query file can commit, at its file and line, and no other."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner

from kg import resources
from kg.cli import cli
from kg.validation.queries import check_queries

GOOD = """\
#+ summary: {en: Which claims are of a zone?, zh: 哪些陈述属于开发区?}
#+ parameters:
#+   zone: {type: iri, class: zkg:DevelopmentZone, optional: true, label: {en: Zone, zh: 开发区}}
#+ returns: [claim, zone]
#+ tags: [test]
PREFIX zkg: <https://w3id.org/zonekg/ontology#>
SELECT ?claim ?zone WHERE {
  VALUES ?zone { UNDEF }
  ?claim zkg:sitedIn ?zone .
  OPTIONAL { ?claim zkg:sited ?thing FILTER(!BOUND(?zone) || ?thing != ?zone) }
  FILTER EXISTS { ?claim zkg:supportedBy ?by { ?by ?p ?zone FILTER(?zone != ?claim) } }
}
ORDER BY ?claim
"""


def swap(old: str, new: str) -> str:
    assert old in GOOD, old
    return GOOD.replace(old, new)


PATTERN = "  ?claim zkg:sitedIn ?zone ."
RULE = """\
#+ summary: {en: x, zh: x}
#+ constructs: rule
PREFIX zkg: <https://w3id.org/zonekg/ontology#>
CONSTRUCT { ?a zkg:partOf ?b } WHERE { ?a zkg:partOf+ ?b }
"""
OWN = "{ SELECT ?claim WHERE { ?claim zkg:sitedIn ?zone } }"

FAULTS = [
    ("unknown key", swap("#+ tags", "#+ tag"), 5, "unknown key 'tag'"),
    ("undeclared", swap(PATTERN, "  VALUES ?more { 3 } ?claim ?p ?zone, ?more ."), 9, "?more is no declared"),
    ("unused", swap("  VALUES ?zone { UNDEF }\n", ""), 3, "parameter zone enters no VALUES"),
    ("other columns", swap("returns: [claim, zone]", "returns: [zone, claim]"), 7, "the columns differ"),
    ("no order", swap("ORDER BY ?claim", ""), 7, "needs ORDER BY"),
    ("no SPARQL", swap(PATTERN, "  ?claim zkg:sitedIn zone ."), 9, "rdflib cannot parse it"),
    ("an undeclared prefix", swap(PATTERN, "  ?claim zkg:sitedIn ?zone ; none:sited ?x ."), 9, "not SPARQL"),
    ("unknown term", swap(PATTERN, "  ?claim zkg:sitedOn ?zone ."), 9, "unknown term zkg:sitedOn"),
    (
        "unknown concept",
        swap(PATTERN, PATTERN + "\n  ?claim ?p <https://w3id.org/zonekg/vocab/bound/exact> ."),
        10,
        "unknown term voc:bound/exact",
    ),
    (
        "unknown entity",
        swap(PATTERN, PATTERN + "\n  ?claim ?p <https://w3id.org/zonekg/id/place/nowhere> ."),
        10,
        "unknown term id:place/nowhere",
    ),
    ("unknown class", swap("zkg:DevelopmentZone", "zkg:Zone"), 3, "parameter zone: unknown term zkg:Zone"),
    (
        "unknown scheme",
        swap("iri, class: zkg:DevelopmentZone", "concept, scheme: voc:none"),
        3,
        "parameter zone: unknown term voc:none",
    ),
    ("both ends free", swap(PATTERN, "  ?zone zkg:partOf* ?claim ."), 9, "both ends free, ?zone and ?claim"),
    ("both ends free, inverse", swap(PATTERN, "  ?zone (^zkg:partOf)+ ?claim ."), 9, "both ends free"),
    ("an idle block", swap(PATTERN, "  { SELECT ?claim WHERE { VALUES ?zone { UNDEF } ?claim a ?x } } " + PATTERN), 8,
     "stands in a scope that does not use it"),
    ("a subquery without a block", swap(PATTERN, OWN + PATTERN), 8, "a subquery uses ?zone"),
    ("a filter that is blind", swap(PATTERN, PATTERN + "{ ?a ?b ?c FILTER(?c = ?zone) }"), 8, "a FILTER reads ?zone"),
    ("a bind that is blind", swap(PATTERN, PATTERN + "OPTIONAL { BIND(?zone AS ?d) }"), 8, "a BIND reads ?zone"),
]  # fmt: skip


def write(folder: Path, text: str, name: str = "what_is_it.rq") -> Path:
    path = folder / name
    path.write_text(text, encoding="utf-8")
    return path


@pytest.mark.parametrize(("text", "line", "message"), [fault[1:] for fault in FAULTS], ids=[f[0] for f in FAULTS])
def test_a_breach_is_found_at_its_line(tmp_path: Path, text: str, line: int, message: str) -> None:
    path = write(tmp_path, text)
    found = check_queries([path])
    assert found
    assert message in found[0].message
    assert found[0].where is not None
    assert (found[0].where.file, found[0].where.line) == (path, line)


@pytest.mark.parametrize(
    "text",
    [
        GOOD,
        RULE,
        swap(PATTERN, "  ?claim zkg:partOf* ?zone . ?claim a zkg:Siting ."),
        swap(PATTERN, "  ?zone a/zkg:partOf* ?claim ."),
        swap(PATTERN, PATTERN + "{ SELECT ?claim ?zone WHERE { ?claim ?p ?zone } }"),
        swap(PATTERN, PATTERN + OWN.replace("{ ?claim", "{ VALUES ?zone { UNDEF } ?claim")),
        swap(PATTERN, PATTERN + "{ ?a ?b ?zone } UNION { ?a ?b ?c }"),
    ],
)
def test_what_is_in_order_is_passed(tmp_path: Path, text: str) -> None:
    path = write(tmp_path, text)
    assert [str(finding) for finding in check_queries([path])] == []


def test_two_files_of_one_name_are_found(tmp_path: Path) -> None:
    for folder in ("a", "b"):
        (tmp_path / folder).mkdir()
        write(tmp_path / folder, GOOD)
    (found,) = check_queries(sorted(tmp_path.rglob("*.rq")))
    assert "two queries are called what_is_it" in found.message


def test_our_own_queries_are_in_order() -> None:
    result = CliRunner().invoke(cli, ["queries", "--check"])
    assert (result.exit_code, result.stdout) == (0, "")


def test_findings_end_with_1_and_say_file_and_line(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = write(tmp_path, swap("zkg:DevelopmentZone", "zkg:Zone"))
    monkeypatch.setattr(resources, "root", lambda kind: tmp_path)
    write(tmp_path, RULE, "another.rq")
    result = CliRunner().invoke(cli, ["queries", "--check", "what_is_it"])
    assert result.exit_code == 1
    assert result.stdout.startswith(f"{path}:3:")
    assert result.stderr.splitlines()[-1].startswith("1 query, ")


def test_a_query_reads_one_query_file_and_no_rdflib(shipped_folder: Path, top: Path) -> None:
    code = """
import json, sys
opened = []
sys.addaudithook(lambda event, given: opened.append(str(given[0])) if event == "open" else None)
from kg.cli import main
code = main(["query", "dates", "--format", "csv", "--dataset", sys.argv[1]])
files = [path for path in opened if path.endswith((".rq", ".ttl"))]
print(json.dumps([code, files, "rdflib" in sys.modules]), file=sys.stderr)
"""
    done = subprocess.run(
        [sys.executable, "-c", code, str(shipped_folder)], capture_output=True, encoding="utf-8", check=True, cwd=top
    )
    assert json.loads(done.stderr.splitlines()[-1]) == [0, [str(top / "queries" / "lookups" / "dates.rq")], False]
