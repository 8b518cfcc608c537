"""Under STRICT=1 nothing may be skipped; without it, a skip is listed with its reason."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

CASE = """
import pytest

def test_that_runs():
    pass

@pytest.mark.skip(reason="no browser here")
def test_that_is_skipped():
    pass

@pytest.mark.xfail(reason="a known gap")
def test_of_a_known_gap():
    raise AssertionError
"""

WHOLE_MODULE = """
import pytest

pytest.importorskip("no_such_module_at_all")
"""


def _pytest(folder: Path, strict: str, top: Path) -> subprocess.CompletedProcess[str]:
    (folder / "conftest.py").write_text((top / "tests/conftest.py").read_text(encoding="utf-8"), encoding="utf-8")
    (folder / "pytest.ini").write_text("[pytest]\naddopts = -rs\n", encoding="utf-8")
    return subprocess.run(
        [sys.executable, "-m", "pytest", "-p", "no:cacheprovider", str(folder)],
        cwd=folder,
        env={"STRICT": strict, "PATH": "/usr/bin:/bin"},
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
    )


@pytest.mark.parametrize(("strict", "code"), [("", 0), ("0", 0), ("1", 1)])
def test_a_skip_fails_only_under_strict(tmp_path: Path, top: Path, strict: str, code: int) -> None:
    (tmp_path / "test_case.py").write_text(CASE, encoding="utf-8")
    result = _pytest(tmp_path, strict, top)
    assert result.returncode == code, result.stdout
    assert "no browser here" in result.stdout
    assert "1 xfailed" in result.stdout


@pytest.mark.parametrize(("strict", "codes"), [("", {0, 5}), ("1", {1, 2})])
def test_a_skipped_module_fails_only_under_strict(tmp_path: Path, top: Path, strict: str, codes: set[int]) -> None:
    (tmp_path / "test_runs.py").write_text("def test_that_runs():\n    pass\n", encoding="utf-8")
    (tmp_path / "test_module.py").write_text(WHOLE_MODULE, encoding="utf-8")
    result = _pytest(tmp_path, strict, top)
    assert result.returncode in codes, result.stdout
    assert "no_such_module_at_all" in result.stdout


def test_that_no_tests_is_a_failure(tmp_path: Path, top: Path) -> None:
    assert _pytest(tmp_path, "", top).returncode == 5
