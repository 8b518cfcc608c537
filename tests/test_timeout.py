"""An endless join is really stopped: in a library by a worker that is killed, on a terminal by a watchdog."""

from __future__ import annotations

import subprocess
import sys
import time
from pathlib import Path

import pytest

from kg.engine import Embedded
from kg.errors import QueryError, QueryTimeout, UsageError
from kg.terms import BlankNode, Literal, Quad, iri

A, P, G = iri("urn:a"), iri("urn:p"), iri("urn:g")
# 30,000 triples to the fourth: hours, whatever the machine.
ENDLESS = """SELECT (COUNT(*) AS ?n) WHERE {
  ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l FILTER(CONCAT(STR(?a), STR(?d), STR(?g)) != STR(?j))
}"""


@pytest.fixture
def small() -> Embedded:
    return Embedded(
        [Quad(A, P, Literal("一\n", language="zh"), G), Quad(BlankNode("b"), P, Literal("\ud7ff\x01"), G)]
    )


@pytest.mark.parametrize("query", [ENDLESS, ENDLESS.replace("(COUNT(*) AS ?n)", "*")])
def test_a_library_call_is_stopped_and_the_engine_goes_on(shipped_engine: Embedded, query: str) -> None:
    start = time.monotonic()
    with pytest.raises(QueryTimeout, match=r"stopped after 0\.5 s"):
        shipped_engine.select(query, timeout=0.5)
    assert time.monotonic() - start < 30
    assert shipped_engine.ask("ASK { ?s ?p ?o }", timeout=60)


def test_ask_and_construct_are_stopped_too(shipped_engine: Embedded) -> None:
    pattern = ENDLESS.partition("WHERE")[2]
    with pytest.raises(QueryTimeout):
        shipped_engine.ask("ASK" + pattern.replace("!=", "="), timeout=0.2)
    with pytest.raises(QueryTimeout):
        shipped_engine.construct("CONSTRUCT { ?a ?e ?i }" + pattern, timeout=0.2)


def test_the_answers_are_those_without_a_clock(small: Embedded) -> None:
    query = "SELECT * WHERE { ?s ?p ?o } ORDER BY ?o"
    assert small.select(query, timeout=60) == small.select(query)
    construct = "CONSTRUCT { ?o ?p ?s } WHERE { ?x ?p ?o BIND(?o AS ?s) } "
    construct = construct.replace("?o ?p ?s", "?x ?p ?s")
    assert set(small.construct(construct, timeout=60)) == set(small.construct(construct))
    assert not small.ask("ASK { ?s ?p 1 }", timeout=60)


@pytest.mark.parametrize(
    "query", ["SELECT * WHERE {\n ?s ?p }", "SELECT * {\n SERVICE <http://localhost:1/> {} }", "ASK {}"]
)
def test_the_errors_are_those_without_a_clock(small: Embedded, query: str) -> None:
    with pytest.raises(QueryError) as plain:
        small.select(query)
    with pytest.raises(QueryError) as timed:
        small.select(query, timeout=60)
    assert (timed.value.message, timed.value.where) == (plain.value.message, plain.value.where)


@pytest.mark.parametrize("seconds", [0, -1, float("nan"), float("inf")])
def test_a_time_that_is_none_is_refused(small: Embedded, seconds: float) -> None:
    with pytest.raises(UsageError, match="seconds above 0"):
        small.ask("ASK {}", timeout=seconds)


@pytest.mark.parametrize("form", ["SELECT *", "SELECT (COUNT(*) AS ?n)", "ASK", "CONSTRUCT { ?a ?b ?i }"])
def test_a_command_is_stopped_with_a_code_of_its_own(shipped_folder: Path, top: Path, form: str) -> None:
    query = ENDLESS.replace("SELECT (COUNT(*) AS ?n)", form)
    query = query.replace("!=", "=") if form == "ASK" else query
    done = kg("--text", query, "--timeout", "1", "--dataset", str(shipped_folder), cwd=top)
    assert (done.returncode, done.stdout) == (6, "")
    assert "the query was stopped after 1 s" in done.stderr


def test_a_template_is_stopped_too_and_leaves_no_file(shipped_folder: Path, tmp_path: Path) -> None:
    (tmp_path / "pyproject.toml").touch()
    header = "#+ summary: {en: Never., zh: 无尽。}\n#+ returns: [n]\n"
    code = (
        "import sys, pathlib\nfrom kg import resources\nfrom kg.cli import main\n"
        f"resources.root = lambda kind: pathlib.Path({str(tmp_path)!r})\nsys.exit(main(sys.argv[1:]))\n"
    )
    (tmp_path / "endless.rq").write_text(header + ENDLESS + " ORDER BY ?n", encoding="utf-8")
    out = tmp_path / "rows.csv"
    arguments = ["query", "endless", "--timeout", "1", "--dataset", str(shipped_folder), "--out", str(out)]
    done = subprocess.run(
        [sys.executable, "-c", code, *arguments], capture_output=True, text=True, check=False, timeout=60
    )
    assert done.returncode == 6, done.stderr
    assert not out.exists()


def test_a_query_in_time_is_answered(shipped_folder: Path, top: Path) -> None:
    done = kg("--text", "ASK { ?s ?p ?o }", "--timeout", "60", "--dataset", str(shipped_folder), cwd=top)
    assert (done.returncode, done.stdout) == (0, "true\n")


def kg(*arguments: str, cwd: Path) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "kg", "query", *arguments]
    return subprocess.run(command, capture_output=True, text=True, check=False, cwd=cwd, timeout=60)
