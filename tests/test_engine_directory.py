"""A graph in a directory: made once, opened read-only by as many as like."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from kg.engine import Embedded, connect
from kg.errors import DataError, DatasetMissing, QueryError, SyntaxFault

COUNT = "SELECT (COUNT(*) AS ?n) { ?s ?p ?o }"


@pytest.fixture
def dataset(tmp_path: Path) -> Path:
    file = tmp_path / "a.nq"
    file.write_text("<urn:a> <urn:p> <urn:b> <urn:g> .\n<urn:a> <urn:p> <urn:c> <urn:h> .\n", encoding="utf-8")
    return file


def test_a_store_answers_as_the_file_it_was_made_from(tmp_path: Path, dataset: Path) -> None:
    made = Embedded.create(tmp_path / "new" / "store", dataset)
    assert made.select("SELECT ?o { ?s ?p ?o } ORDER BY ?o") == Embedded.load(dataset).select(
        "SELECT ?o { ?s ?p ?o } ORDER BY ?o"
    )
    assert len(Embedded.open(tmp_path / "new" / "store")) == 2
    opened = connect(tmp_path / "new" / "store")
    assert opened.ask("ASK { <urn:a> <urn:p> <urn:b>, <urn:c> }")
    assert [path.name for path in (tmp_path / "new").iterdir()] == ["store"], "nothing else is left behind"


def test_several_processes_have_it_open(tmp_path: Path, dataset: Path) -> None:
    engine = Embedded.create(tmp_path / "store", dataset)
    script = "import sys; from kg.engine import Embedded; print(len(Embedded.open(sys.argv[1])))"
    run = [sys.executable, "-c", script, str(tmp_path / "store")]
    assert subprocess.run(run, capture_output=True, text=True, check=True).stdout == "2\n"
    assert len(engine) == 2


def test_nothing_can_be_written(tmp_path: Path, dataset: Path) -> None:
    engine = Embedded.create(tmp_path / "store", dataset)
    with pytest.raises(DataError):
        engine.read(dataset)
    with pytest.raises(QueryError):
        engine.select("DROP ALL")
    assert len(engine) == 2


def test_a_timeout_holds_here_too(tmp_path: Path, dataset: Path) -> None:
    engine = Embedded.create(tmp_path / "store", dataset)
    assert engine.select(COUNT, timeout=60).values() == [{"n": 2}]


def test_what_is_no_store_is_said(tmp_path: Path, dataset: Path) -> None:
    for path in (tmp_path / "none", tmp_path, dataset):
        with pytest.raises(DatasetMissing, match="no store"):
            Embedded.open(path)
    assert not (tmp_path / "none").exists()
    (tmp_path / "broken").mkdir()
    (tmp_path / "broken" / "CURRENT").write_text("no\n", encoding="utf-8")
    with pytest.raises(DataError, match="cannot be read"):
        Embedded.open(tmp_path / "broken")


def test_a_directory_in_use_is_not_written_over(tmp_path: Path, dataset: Path) -> None:
    with pytest.raises(DataError, match="is there already"):
        Embedded.create(tmp_path, dataset)
    (tmp_path / "empty").mkdir()
    assert len(Embedded.create(tmp_path / "empty", dataset)) == 2


def test_a_dataset_that_cannot_be_read_leaves_no_store(tmp_path: Path) -> None:
    bad = tmp_path / "bad.nq"
    bad.write_text("<urn:a> <urn:p> <urn:b> <urn:g> .\nno\n", encoding="utf-8")
    with pytest.raises(SyntaxFault):
        Embedded.create(tmp_path / "store", bad)
    assert [path.name for path in tmp_path.iterdir()] == ["bad.nq"]
