"""Every file under queries/: found, strict, run as it stands on our data, and worth a row."""

from __future__ import annotations

from itertools import pairwise
from pathlib import Path

import pytest

from kg.engine import Embedded
from kg.engine.lexer import tokens
from kg.templates import catalogue, order
from kg.templates.body import terms_in
from kg.templates.load import load
from kg.terms import iri
from kg.vocab import misspelt

TOP = Path(__file__).resolve().parent.parent
FILES = sorted((TOP / "queries").rglob("*.rq"))
FOLDERS = {"lookups", "networks", "rules", "checks"}
SHAPES_OF_USE = {"networks": "network", "rules": "rule"}


@pytest.fixture(scope="module")
def engine(shipped_engine: Embedded) -> Embedded:
    return shipped_engine


def name(path: Path) -> str:
    return path.relative_to(TOP / "queries").with_suffix("").as_posix()


def test_queries_are_found() -> None:
    assert FILES
    assert {path.relative_to(TOP / "queries").parts[0] for path in FILES} <= FOLDERS
    assert not [path for path in (TOP / "queries").rglob("*") if path.is_file() and path.suffix != ".rq"]


def test_the_catalogue_has_them_all() -> None:
    assert {template.path for template in catalogue().values()} == set(FILES)


def test_the_rules_have_an_order() -> None:
    rules = catalogue(TOP / "queries" / "rules")
    assert {rule.name for rule in order(rules.values())} == set(rules)


@pytest.mark.parametrize("path", FILES, ids=name)
def test_the_header_is_strict_and_the_text_keeps_it(path: Path) -> None:
    template = load(path)
    use = SHAPES_OF_USE.get(path.relative_to(TOP / "queries").parts[0])
    if use is not None:
        assert template.constructs == use
    if use != "rule":
        assert template.tags


@pytest.mark.parametrize("path", FILES, ids=name)
def test_every_term_of_ours_is_in_the_ontology(path: Path) -> None:
    template = load(path)
    declared = [term.value for parameter in template.parameters for term in parameter.classes]
    declared += [parameter.scheme.value for parameter in template.parameters if parameter.scheme is not None]
    assert misspelt([*terms_in(template.text), *declared]) == []


@pytest.mark.parametrize("path", FILES, ids=name)
def test_prefixes_are_declared_and_used(path: Path) -> None:
    stream = list(tokens(path.read_text(encoding="utf-8")))
    declared = {after.text for token, after in pairwise(stream) if token.says("PREFIX")}
    used = [token.text.partition(":")[0] + ":" for token in stream if token.kind == "name" and token.text[:2] != "_:"]
    unused = {prefix for prefix in declared if used.count(prefix) < 2}
    assert not unused, f"declared and not used: {sorted(unused)}"


@pytest.mark.parametrize("path", FILES, ids=name)
def test_it_runs_as_it_stands_and_gives_something(path: Path, engine: Embedded) -> None:
    template = load(path)
    if template.constructs is None:
        rows = engine.select(template.text)
        assert rows.columns == template.returns
        found = len(rows)
    else:
        found = len(engine.construct(template.text))
    if template.empty:
        assert found == 0, f"gives {found}; take `empty` out of the header"
    else:
        assert found > 0, "gives nothing; mend it, or say why in the header: `#+ empty: {en: …, zh: …}`"


@pytest.mark.parametrize("path", FILES, ids=name)
def test_filling_it_with_what_stands_there_changes_no_row(path: Path, engine: Embedded) -> None:
    template = load(path)
    given = {}
    for slot in template.slots:
        parameter = template.parameter(slot.parameter)
        if parameter.required:
            terms = terms_in(template.text[: template.text.index("{")] + "{" + slot.content + "}")
            if not terms:
                pytest.fail(f"{parameter.name} is required and no IRI: give it a default")
            given[slot.parameter] = [iri(term) for term in terms[-1:]]
    filled = template.fill(**given)
    if template.constructs is None:
        assert engine.select(filled).rows == engine.select(template.text).rows
    else:
        assert set(engine.construct(filled)) == set(engine.construct(template.text))
