"""Every command and every piece of Python in the READMEs runs, on the built graph, and says something."""

from __future__ import annotations

import re
import shlex
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from kg.engine import Embedded
from tests.servers import served

ROOT = Path(__file__).resolve().parent.parent
SERVER = "http://localhost:7878"  # as the READMEs write it
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


@pytest.fixture(scope="module")
def server() -> Iterator[str]:
    """The Oxigraph server of which the READMEs speak, with the graph on it."""
    with served("oxigraph", Embedded.load(ROOT / "build").quads()) as endpoint:
        yield endpoint.address.removesuffix("/query")


@pytest.mark.parametrize("command", COMMANDS)
def test_a_command_of_the_readme_runs(command: list[str], server: str, tmp_path: Path) -> None:
    if "artifacts/store" in command and command[1] != "load":
        Embedded.create(tmp_path / "store", ROOT / "build")
    words = [w.replace(SERVER, server).replace("artifacts/store", str(tmp_path / "store")) for w in command]
    done = subprocess.run(
        [sys.executable, "-m", "kg", *words[1:]], cwd=ROOT, capture_output=True, check=False, text=True, timeout=120
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
