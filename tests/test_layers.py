"""Imports point one way: import-linter's contracts of pyproject.toml, and two that it cannot say."""

from __future__ import annotations

import ast
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

LINTER = "import sys; from importlinter.cli import lint_imports; sys.exit(lint_imports(no_cache=True))"


def test_the_contracts_are_kept(top: Path) -> None:
    result = subprocess.run(
        [sys.executable, "-c", LINTER],
        cwd=top,
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
        env={"PYTHONUTF8": "1", "PATH": "/usr/bin:/bin", "NO_COLOR": "1"},
    )
    assert result.returncode == 0, result.stdout + result.stderr


def _imports(top: Path) -> Iterator[tuple[str, str, str]]:
    """Every ``from X import Y`` of the package: file, X, Y."""
    for path in sorted((top / "kg").rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.ImportFrom):
                for alias in node.names:
                    yield path.relative_to(top).as_posix(), node.module or "", alias.name


def test_only_the_engine_knows_the_store(top: Path) -> None:
    strangers = [
        file
        for file, module, name in _imports(top)
        if module == "pyoxigraph" and name == "Store" and not file.startswith("kg/engine/")
    ]
    assert strangers == []


def test_nobody_imports_the_public_door_but_the_command_line(top: Path) -> None:
    # The door names every layer, so a module that came through it could reach the layers above its own.
    owners = {"__version__", "resources"}
    through = [
        (file, name)
        for file, module, name in _imports(top)
        if module == "kg" and not (top / "kg" / f"{name}.py").exists() and not (top / "kg" / name).is_dir()
    ]
    assert [pair for pair in through if pair[1] not in owners] == []
