"""Our checks of the whole dataset: one valid case and one-fault invalid cases each, found from the files.

``tests/cases/checks/NAME/valid.ttl`` and ``invalid.<the one fault>.ttl`` beside ``….expected.json``, the findings.
"""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from kg.engine import Embedded
from kg.terms import Literal, Quad
from kg.validation import own, read, union
from kg.validation.checks import Check, checks, described, run_checks
from kg.validation.graphs import Graph

FOLDER = Path(__file__).resolve().parent / "cases" / "checks"
CASES = sorted(FOLDER.glob("*/*.ttl"))
CHECKS = checks()


def engine_of(graph: Graph) -> Embedded:
    return Embedded(Quad(t.subject, t.predicate, t.object) for t in graph.triples)


def found(path: Path) -> list[dict[str, str | None]]:
    """What the check of a case finds beside our ontology."""
    return [
        finding.brief()
        for finding in run_checks(
            engine_of(union(read(path), own.ontology())), [c for c in CHECKS if c.name == path.parent.name]
        )
    ]


@pytest.mark.parametrize("check", CHECKS, ids=lambda check: check.name)
def test_a_check_has_cases_and_says_what_it_finds_in_both_languages(check: Check) -> None:
    name = check.name
    assert (FOLDER / name / "valid.ttl").is_file()
    invalid = sorted((FOLDER / name).glob("invalid.*.ttl"))
    assert invalid
    for path in invalid:
        findings = run_checks(engine_of(union(read(path), own.ontology())), [c for c in CHECKS if c.name == name])
        assert {finding.shape for finding in findings} == {check.source_shape}
        assert all({m.language for m in finding.messages} == {"zh", "en"} for finding in findings)


@pytest.mark.parametrize("path", CASES, ids=lambda path: f"{path.parent.name}/{path.name}")
def test_a_case_has_the_findings_expected(path: Path) -> None:
    expected = [] if path.name == "valid.ttl" else json.loads(path.with_suffix(".expected.json").read_text("utf-8"))
    assert found(path) == expected
    assert bool(expected) == path.name.startswith("invalid.")


def test_the_shipped_graph_passes_every_check(shipped_engine: Embedded) -> None:
    assert CHECKS
    assert run_checks(shipped_engine, CHECKS) == ()


def test_what_a_check_asks_stands_in_reports_as_its_label() -> None:
    graph = described(CHECKS)
    for check in CHECKS:
        labels = [t.object for t in graph.about(check.source_shape)]
        assert {label.language for label in labels if isinstance(label, Literal)} == {"zh", "en"}
