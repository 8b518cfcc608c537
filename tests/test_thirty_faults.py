"""A broken copy of the curated data: thirty faults, each found by the shape that is meant to, at its line.

A case is tests/cases/faults/NN.name.toml. It edits one line of a file: ``old`` becomes ``new`` (empty: the line goes)
among the lines of ``subject``. ``finds`` lists what is found then: the shape, and the line ``at`` which: the edited
one, the first of the ``subject`` (where something is missing, or the fault is in the node as such), or the first of
the subject's lines that begins with the words given. All cases break one copy, which is validated once; so they must
not meet.
"""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
import tomllib
from dataclasses import dataclass
from pathlib import Path

import pytest

from kg import resources

FOLDER = Path(__file__).resolve().parent / "cases" / "faults"
CASES = {path.stem: path for path in sorted(FOLDER.glob("*.toml"))}
SHAPES = "https://w3id.org/zonekg/shapes#"


@dataclass(frozen=True, slots=True)
class Found:
    """A finding: who finds it, of what, and where."""

    shape: str
    focus: str
    file: str
    line: int | None


@dataclass(eq=False)
class Line:
    """A line of a file, the same while those before it come and go."""

    text: str


def block(lines: list[Line], subject: str) -> list[Line]:
    """The lines of a subject: from the one that is its IRI to the empty one after it."""
    (start,) = (i for i, line in enumerate(lines) if line.text == f"<{subject}>")
    end = next((i for i in range(start, len(lines)) if not lines[i].text), len(lines))
    return lines[start:end]


def broken(folder: Path) -> dict[str, list[Found]]:
    """Edit the copy in a folder, once for each case; case → what is to be found."""
    files: dict[str, list[Line]] = {}
    marks: list[tuple[str, str, str, str, Line]] = []
    for name, path in CASES.items():
        case = tomllib.loads(path.read_text(encoding="utf-8"))
        file = case["file"]
        if file not in files:
            files[file] = [Line(text) for text in (folder / file).read_text(encoding="utf-8").split("\n")]
        inside = block(files[file], case["subject"])
        (edited,) = (line for line in inside if line.text == case["old"])
        for find in case["finds"]:
            subject, at = find.get("subject", case["subject"]), find.get("at")
            around = block(files[file], subject)
            if at is None:
                line = edited
            elif at == "subject":
                line = around[0]
            else:
                line = next(line for line in around if line.text.split() and line.text.strip().startswith(at))
            focus = case["new"].strip("<>") if edited is inside[0] else subject
            shape = find["shape"] if "://" in find["shape"] else SHAPES + find["shape"]
            marks.append((name, shape, focus, file, line))
        if case["new"]:
            edited.text = case["new"]
        else:
            files[file].remove(edited)
    for file, lines in files.items():
        (folder / file).write_text("\n".join(line.text for line in lines), encoding="utf-8")
    expected: dict[str, list[Found]] = {}
    for name, shape, focus, file, line in marks:
        expected.setdefault(name, []).append(Found(shape, focus, file, files[file].index(line) + 1))
    return expected


def validated(folder: Path) -> tuple[int, list[Found]]:
    """The exit code of ``kg validate`` on a folder, and its findings."""
    result = subprocess.run(
        [sys.executable, "-m", "kg", "validate", str(folder), "--format", "json"],
        capture_output=True,
        encoding="utf-8",
        check=False,
    )
    assert result.returncode in (0, 1), result.stderr
    findings = json.loads(result.stdout)["findings"]
    return result.returncode, [
        Found(
            finding["shape"]["value"],
            finding["focus"]["value"],
            Path(finding["file"]).relative_to(folder).as_posix(),
            finding["line"],
        )
        for finding in findings
    ]


@pytest.fixture(scope="module")
def copy(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy of our data, whole."""
    folder = tmp_path_factory.mktemp("faults") / "data"
    shutil.copytree(resources.root("data"), folder)
    return folder


@pytest.fixture(scope="module")
def sound(copy: Path) -> tuple[int, list[Found]]:
    """What is found in the copy before it is broken."""
    return validated(copy)


@pytest.fixture(scope="module")
def outcome(copy: Path, sound: tuple[int, list[Found]]) -> tuple[dict[str, list[Found]], list[Found]]:
    """What is to be found in the broken copy, by case, and what is."""
    expected = broken(copy)
    code, found = validated(copy)
    assert code == 1
    return expected, found


def without_lines(findings: list[Found]) -> list[tuple[str, str, str]]:
    """Findings as who, of what and in which file."""
    return sorted((found.shape, found.focus, found.file) for found in findings)


def at_its_line(expected: Found, found: list[Found]) -> None:
    """The one assertion on lines: the finding stands at the line expected, and nowhere else."""
    lines = [one.line for one in found if without_lines([one]) == without_lines([expected])]
    assert lines == [expected.line]


def test_there_are_thirty_faults_and_each_is_another() -> None:
    cases = [tomllib.loads(path.read_text(encoding="utf-8")) for path in CASES.values()]
    assert len(cases) == 30
    assert len({case["what"] for case in cases}) == len(cases)
    assert len({(case["file"], case["subject"]) for case in cases}) == len(cases)


def test_the_copy_conforms_before_it_is_broken(sound: tuple[int, list[Found]]) -> None:
    assert sound == (0, [])


def test_nothing_is_found_but_the_faults(outcome: tuple[dict[str, list[Found]], list[Found]]) -> None:
    expected, found = outcome
    assert without_lines(found) == without_lines([one for case in expected.values() for one in case])


@pytest.mark.parametrize("case", CASES)
def test_the_fault_is_found_at_its_line(case: str, outcome: tuple[dict[str, list[Found]], list[Found]]) -> None:
    expected, found = outcome
    for one in expected[case]:
        at_its_line(one, found)
