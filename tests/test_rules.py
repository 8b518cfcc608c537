"""Every rule, on invented claims: tests/cases/rules/RULE/CASE/input.ttl gives expected.ttl, no more and no less."""

from __future__ import annotations

from pathlib import Path

import pytest

from kg import resources
from kg.build import Graphs
from kg.build.rules import derive
from kg.build.turtle import read_turtle
from kg.templates import Template, catalogue
from kg.terms import Triple

CASES = Path(__file__).parent / "cases" / "rules"
RULES = catalogue(resources.root("queries") / "rules")


def triples(path: Path) -> list[Triple]:
    return [quad.triple for quad in read_turtle(path.read_bytes(), path=path)]


def with_those_before(rule: Template) -> dict[str, Template]:
    found = {rule.name: rule}
    for name in rule.after:
        found |= with_those_before(RULES[name])
    return found


@pytest.mark.parametrize("rule", sorted(RULES))
def test_a_rule_has_a_case(rule: str) -> None:
    assert any((CASES / rule).glob("*/input.ttl")), f"add tests/cases/rules/{rule}/CASE/input.ttl and expected.ttl"


@pytest.mark.parametrize(
    "case",
    sorted(path.parent for path in CASES.glob("*/*/input.ttl")),
    ids=lambda case: f"{case.parent.name}-{case.name}",
)
def test_a_rule_derives_what_its_case_expects(case: Path) -> None:
    rule = RULES[case.parent.name]
    graphs = Graphs()
    for name in ("core", "vocabularies"):
        graphs.add(name, triples(resources.root("ontology") / f"{name}.ttl"), file=name)
    graphs.add("input", triples(case / "input.ttl"), file="input.ttl")

    derive(graphs, with_those_before(rule).values())

    derived = set(graphs.triples(f"derived/{rule.name}"))
    expected = set(triples(case / "expected.ttl"))
    assert sorted(map(str, derived - expected)) == [], "derived, but not expected"
    assert sorted(map(str, expected - derived)) == [], "expected, but not derived"
