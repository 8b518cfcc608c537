"""Fingerprints and baselines: what a finding is known by, and how the known ones are read and written."""

from __future__ import annotations

import json
import re
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from kg.errors import DataError
from kg.terms import BlankNode, Literal
from kg.validation import Finding
from kg.validation.baseline import Baseline, compare
from kg.validation.fingerprints import fingerprint
from kg.validation.paths import Compound
from kg.vocab import SH, XSD
from tests.report_cases import (
    FINDINGS,
    ex,
    finding,
)


@given(FINDINGS)
def test_a_fingerprint_does_not_see_severity_messages_and_labels_of_blank_nodes(found: Finding) -> None:
    def relabelled(term: Any) -> Any:
        return BlankNode("other") if isinstance(term, BlankNode) else term

    other = replace(
        found,
        focus=relabelled(found.focus),
        value=relabelled(found.value),
        shape=relabelled(found.shape),
        severity=SH.Warning,
        messages=(Literal("anything"),),
    )
    assert fingerprint(found) == fingerprint(other)
    assert re.fullmatch("[0-9a-f]{64}", fingerprint(found))


def test_fingerprints_tell_apart_what_is_different() -> None:
    found = [
        finding(),
        finding(ex("other")),
        finding(BlankNode("b")),
        finding(Literal("n")),
        finding(Literal("n", language="en")),
        finding(value=Literal("1")),
        finding(value=Literal("1", datatype=XSD.integer)),
        finding(value=Literal("01", datatype=XSD.integer)),
        finding(value=BlankNode("b")),
        finding(path=None),
        finding(path=Compound("inversePath", (ex("p"),))),
        finding(component=SH.MaxCountConstraintComponent),
        finding(root=ex("T")),
        finding(root=None),
        finding(constraint=ex("c")),
    ]
    assert len({fingerprint(one) for one in found}) == len(found)


def test_a_fingerprint_is_the_one_it_was() -> None:
    """Baselines hold fingerprints: a change of this one makes every baseline worthless."""
    assert fingerprint(finding()) == "a3a387049bb3eb3cbcfb146ffbca86fd40dd3d8eaeeb613d3887f30b59d8ea98"


# Baselines


@given(st.lists(FINDINGS, max_size=6))
@example([finding(), finding(severity="Warning"), finding(BlankNode("a"), said="x"), finding(BlankNode("b"))])
@settings(deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_a_baseline_is_read_as_it_was_written(tmp_path: Path, found: list[Finding]) -> None:
    baseline = Baseline.of(found)
    path = tmp_path / "baseline.jsonl"
    baseline.write(path)
    assert Baseline.read(path) == baseline
    assert Baseline.of(reversed(found)).records == baseline.records
    lines = path.read_text(encoding="utf-8").splitlines()
    assert len(lines) == 1 + len({fingerprint(one) for one in found})
    assert max(map(len, lines)) < 6_000
    assert compare(found, baseline) == compare(found, Baseline.read(path))
    assert compare(found, baseline).known == tuple(found)
    assert compare([], baseline).gone == baseline.records


def test_findings_of_one_fingerprint_are_counted() -> None:
    one, two, three = (finding(BlankNode(f"b{i}")) for i in range(3))
    baseline = Baseline.of([one, two])
    assert [record.count for record in baseline.records] == [2]
    found = compare([one, two, three], baseline)
    assert (found.known, found.new, found.gone) == ((one, two), (three,), ())
    assert [record.count for record in compare([three], baseline).gone] == [1]


def test_a_line_of_a_baseline_reads_well(tmp_path: Path) -> None:
    Baseline.of([finding(value=Literal("a\x1bb"))]).write(tmp_path / "b")
    head, line = (tmp_path / "b").read_text(encoding="utf-8").splitlines()
    assert json.loads(head) == {"baseline": "zonekg", "version": 1}
    assert line.startswith(
        '{"shape": "http://example.org/S-p", "path": "http://example.org/p", "component": '
        '"sh:MinCountConstraintComponent", "severity": "sh:Violation", "focus": "http://example.org/n"'
    )
    assert "\\\\u001B" in line


HEAD = '{"baseline": "zonekg", "version": 1}\n'


GOOD = '{"shape": "s", "component": "c", "severity": "v", "focus": "f", "count": 1, "fingerprint": "00"}\n'


@pytest.mark.parametrize(
    ("content", "line", "says"),
    [
        ("", 1, "first line"),
        ("[]\n", 1, "first line"),
        ('{"baseline": "zonekg", "version": 2}\n', 1, "first line"),
        (HEAD + GOOD + "{\n", 3, "not JSON"),
        (HEAD + "\n<<<<<<< ours\n", 3, "merge"),
        (HEAD + "1\n", 2, "not an object"),
        (HEAD + GOOD.replace('"focus": "f", ', ""), 2, "no 'focus'"),
        (HEAD + GOOD.replace('"count": 1', '"count": 0'), 2, "'count'"),
        (HEAD + GOOD.replace('"count": 1', '"count": true'), 2, "'count'"),
        (HEAD + GOOD.replace('"f"', "1"), 2, "'focus' is no text"),
        (HEAD + GOOD.replace('"focus"', '"extra": "x", "focus"'), 2, "unknown 'extra'"),
        (HEAD + GOOD + GOOD, 3, "earlier line"),
        (HEAD + "[" * 100_000 + "\n", 2, "not JSON"),
        (HEAD.encode() + b"\n\xff\n", 3, "UTF-8"),
        (None, None, "cannot read"),
    ],
)
def test_an_ill_formed_baseline_is_refused_at_its_line(
    content: str | bytes | None, line: int | None, says: str, tmp_path: Path
) -> None:
    path = tmp_path / "baseline.jsonl"
    if content is not None:
        path.write_bytes(content.encode() if isinstance(content, str) else content)
    with pytest.raises(DataError) as fault:
        Baseline.read(path)
    assert says in fault.value.message
    assert fault.value.where is not None
    assert (fault.value.where.file, fault.value.where.line) == (path, line)
    assert "--update-baseline" in (fault.value.hint or "")
