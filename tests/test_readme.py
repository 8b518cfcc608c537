"""Every command and every piece of Python in the READMEs runs, on the built graph, and says something."""

from __future__ import annotations

import re
import shlex
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
READMES = ("README.md", "README.zh.md")
_BLOCK = re.compile(r"^```(\w*)\n(.*?)^```$", re.MULTILINE | re.DOTALL)


def _blocks(language: str) -> list[tuple[str, str]]:
    return [
        (name, body)
        for name in READMES
        for kind, body in _BLOCK.findall((ROOT / name).read_text(encoding="utf-8"))
        if kind == language
    ]


COMMANDS = [
    pytest.param(shlex.split(line, comments=True), id=f"{name}: {line.split('#')[0].strip()}")
    for name, body in _blocks("sh")
    for line in body.splitlines()
    if line.strip()
]
PROGRAMS = [pytest.param(body, id=f"{name} {number}") for number, (name, body) in enumerate(_blocks("python"), 1)]


def test_the_readmes_have_commands_and_programs() -> None:
    assert len(COMMANDS) > 10
    assert PROGRAMS
    assert all(command.values[0][0] == "kg" for command in COMMANDS)


@pytest.mark.parametrize("command", COMMANDS)
def test_a_command_of_the_readme_runs(command: list[str]) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "kg", *command[1:]], cwd=ROOT, capture_output=True, check=False, text=True, timeout=120
    )
    assert done.returncode == 0, done.stderr
    assert (done.stdout + done.stderr).strip()  # kg view says on stderr what it wrote


@pytest.mark.parametrize("program", PROGRAMS)
def test_a_program_of_the_readme_runs(program: str) -> None:
    done = subprocess.run(
        [sys.executable, "-c", program], cwd=ROOT, capture_output=True, check=False, text=True, timeout=120
    )
    assert done.returncode == 0, done.stderr
    assert done.stdout.strip()
