"""What all tests share: the checkout, the dataset built from it, and that under STRICT=1 a skip is a failure."""

from __future__ import annotations

import os
from collections.abc import Generator, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from pyoxigraph import RdfFormat, parse

from kg.build import build
from kg.engine import Embedded
from kg.networks import Network, network
from kg.templates import get

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


@pytest.fixture(scope="session")
def invented_engine() -> Embedded:
    """Invented zones and universities, with the ontology; tests only read it."""
    found = Embedded.load(TOP / "tests/cases/networks/invented.trig")
    for path in sorted((TOP / "ontology").glob("*.ttl")):
        found.extend(parse(path=path, format=RdfFormat.TURTLE))
    return found


@pytest.fixture(scope="session")
def zones(invented_engine: Embedded) -> Network:
    """The network of those zones and universities."""
    return network(invented_engine, get("zones_and_universities"))


@pytest.fixture(scope="module", params=["phone", "wide"])
def browser(request: pytest.FixtureRequest) -> Iterator[Any]:
    """A browser as a telephone, and one with a wide window."""
    with started(request.param) as driver:
        yield driver


@pytest.fixture(scope="module")
def wide() -> Iterator[Any]:
    """A wide window alone, for what does not depend on the shape."""
    with started("wide") as driver:
        yield driver


@contextmanager
def started(shape: str) -> Iterator[Any]:
    """A browser of this shape, closed at the end; selenium may not be there."""
    from tests.view_browser import start

    driver = start(shape)
    try:
        yield driver
    finally:
        driver.quit()


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
