"""The W3C's data-shapes-test-suite through ``kg validate``, where the variable ZONEKG_W3C_SUITE names its folder.

The suite is not part of this repository. Messages are not compared, as the suite says.
"""

from __future__ import annotations

import os
from pathlib import Path
from urllib.parse import unquote, urlparse

import pytest

from kg.terms import NamedNode
from kg.validation import read
from kg.vocab import RDF, SH
from tests.test_shacl_specification import FAILURE, RESULT, VALIDATE, canonical, outcome

FILES = sorted(Path(os.environ["ZONEKG_W3C_SUITE"]).rglob("*.ttl"))  # without it this file is not collected
SHT, ACTION = (
    "http://www.w3.org/ns/shacl-test#",
    NamedNode("http://www.w3.org/2001/sw/DataAccess/tests/test-manifest#action"),
)
TESTS = [(path, test) for path in FILES for test in read(path).subjects(RDF.type, VALIDATE)]


def test_the_folder_holds_the_suite() -> None:
    assert len(TESTS) >= 120


@pytest.mark.parametrize(("path", "test"), TESTS, ids=[str(test) for _, test in TESTS])
def test_the_report_is_the_one_that_the_suite_asks_for(
    path: Path, test: NamedNode, capsys: pytest.CaptureFixture[str]
) -> None:
    graph = read(path)
    (action,), (result,) = graph.objects(test, ACTION), graph.objects(test, RESULT)
    data, shapes = (
        Path(unquote(urlparse(str(term)[1:-1]).path))
        for kind in ("dataGraph", "shapesGraph")
        for term in graph.objects(action, NamedNode(SHT + kind))
    )
    code, report = outcome(data, "native", capsys, shapes)
    if result == FAILURE:
        assert code == 4
        return
    conforms = str(graph.value(result, SH.conforms))
    assert code == (0 if conforms.startswith('"true"') else 1), report
    assert report == canonical(graph, result, messages=False)
