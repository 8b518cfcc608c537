"""The validators that `bench validate` compares, each as a command on a file of data and a file of shapes."""

from __future__ import annotations

import os
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

HERE = Path(__file__).resolve().parent
# Peers from PyPI that are no part of the project, with what else they need. They live in an environment of their own.
INSTALLED = {"pyrudof": ["pyrudof"], "pyshifty": ["pyshifty", "rdflib"]}
PEERS = ("pySHACL", *INSTALLED)


@dataclass(frozen=True, slots=True)
class Contender:
    """A validator: its name, and its command less the two files; None where it is not there, and why."""

    name: str
    command: tuple[str, ...] | None
    shapes_option: str | None = None
    tail: tuple[str, ...] = ()
    absent: str = ""

    def on(self, data: Path, shapes: Path) -> list[str]:
        """The command that validates data against shapes."""
        assert self.command is not None
        option = [] if self.shapes_option is None else [self.shapes_option]
        return [*self.command, str(data), *option, str(shapes), *self.tail]


BARE = Contender("bare shacl", (sys.executable, str(HERE / "peers" / "run_shacl.py")))
KG = Contender("kg validate", (sys.executable, "-m", "kg", "validate"), "--shapes", ("--format", "json"))
KG_TEXT = Contender("kg validate, text", (sys.executable, "-m", "kg", "validate"), "--shapes", ("--format", "text"))
PYSHACL = Contender("pySHACL", (sys.executable, "-m", "pyshacl"), "-s")
COMPILED = Contender("compiled", (sys.executable, str(HERE / "peers" / "run_compiled.py")))


def environment() -> Path:
    """The folder of the peers' own environment, in the user's cache."""
    cache = os.environ.get("XDG_CACHE_HOME")
    return (Path(cache) if cache else Path.home() / ".cache") / "zonekg" / "bench-peers"


def install(names: list[str]) -> None:
    """Install peers in their own environment; what cannot be installed is said there and left out."""
    folder = environment()
    if not (folder / "bin" / "python").exists():
        subprocess.run([sys.executable, "-m", "venv", str(folder)], check=True)
    for name in names:
        if name in INSTALLED:
            command = [str(folder / "bin" / "python"), "-m", "pip", "install", "--quiet", *INSTALLED[name]]
            result = subprocess.run(command, capture_output=True, encoding="utf-8", check=False)
            if result.returncode != 0:
                print(f"{name} cannot be installed: {result.stderr.strip()[-300:]}", file=sys.stderr)


def peer(name: str) -> Contender:
    """A peer by name; without a command where it is not installed."""
    if name == PYSHACL.name:
        return PYSHACL
    python = environment() / "bin" / "python"
    module = "shifty" if name == "pyshifty" else name
    if not python.exists():
        return Contender(name, None, absent="not installed (--install-peers)")
    there = subprocess.run([str(python), "-c", f"import {module}"], capture_output=True, check=False).returncode == 0
    if not there:
        return Contender(name, None, absent="cannot be installed, or is not yet (--install-peers)")
    return Contender(name, (str(python), str(HERE / "peers" / f"run_{name}.py")))
