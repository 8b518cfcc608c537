"""What all tests share: the checkout, the dataset built from it, and that under STRICT=1 a skip is a failure."""

from __future__ import annotations

import os
from collections.abc import Generator
from pathlib import Path

import pytest

from kg.build import build
from kg.engine import Embedded

TOP = Path(__file__).resolve().parent.parent
os.environ["ZONEKG_LANG"] = "en"  # whatever the locale of who runs the tests
# The W3C's suite is not in the repository: its tests are there for who has it.
collect_ignore = [] if "ZONEKG_W3C_SUITE" in os.environ else ["test_w3c_suite.py"]
STRICT = os.environ.get("STRICT", "") not in {"", "0"}


@pytest.fixture(scope="session")
def top() -> Path:
    """The top folder of the checkout."""
    return TOP


@pytest.fixture(scope="session")
def shipped_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The dataset of our own files, built once for all tests."""
    folder = tmp_path_factory.mktemp("shipped")
    build(folder)
    return folder


@pytest.fixture(scope="session")
def shipped_engine(shipped_folder: Path) -> Embedded:
    """That dataset in an engine; tests only read it."""
    return Embedded.load(shipped_folder)


def _fail_if_skipped(report: pytest.TestReport | pytest.CollectReport) -> None:
    """Under STRICT, turn a skip into a failure that keeps its reason; an expected failure stays one."""
    if not STRICT or not report.skipped or hasattr(report, "wasxfail"):
        return
    reason = report.longrepr[2] if isinstance(report.longrepr, tuple) else str(report.longrepr)
    report.outcome = "failed"
    report.longrepr = f"skipped, which STRICT=1 forbids: {reason}"


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item: pytest.Item) -> Generator[None, pytest.TestReport, pytest.TestReport]:
    report = yield
    _fail_if_skipped(report)
    return report


@pytest.hookimpl(wrapper=True)
def pytest_make_collect_report(
    collector: pytest.Collector,
) -> Generator[None, pytest.CollectReport, pytest.CollectReport]:
    report = yield
    _fail_if_skipped(report)
    return report
