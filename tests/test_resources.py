"""Where things lie: every case of found, missing and stale, in a checkout and inside a wheel."""

from __future__ import annotations

import hashlib
import json
import os
import time
from pathlib import Path

import pytest

from kg import resources
from kg.errors import DatasetMissing, DatasetStale, ResourceMissing, UsageError

KINDS: tuple[resources.Kind, ...] = ("ontology", "shapes", "queries", "data")


@pytest.fixture
def checkout(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A small checkout, which kg.resources believes to be its own."""
    for name in (
        "pyproject.toml",
        "ontology/core.ttl",
        "shapes/claims.ttl",
        "queries/rules/paths.rq",
        "queries/lookups/all.rq",
        "kg/data/entities/zones.ttl",
        "kg/data/sources/one.layout.toml",
        "kg/build/__init__.py",
    ):
        resources.write_atomically(tmp_path / name, name.encode())
    monkeypatch.setattr(resources, "_PACKAGE", tmp_path / "kg")
    monkeypatch.delenv(resources.DATASET_VARIABLE, raising=False)
    return tmp_path


@pytest.fixture
def wheel(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A package as a wheel lays it, which kg.resources believes to be its own."""
    package = tmp_path / "site-packages/kg"
    for name in ("ontology/core.ttl", "shapes/claims.ttl", "queries/rules/paths.rq", "dataset/zonekg.nq"):
        resources.write_atomically(package / "_resources" / name, b"")
    resources.write_atomically(package / "data/entities/zones.ttl", b"")
    monkeypatch.setattr(resources, "_PACKAGE", package)
    monkeypatch.delenv(resources.DATASET_VARIABLE, raising=False)
    return package


def _build(folder: Path) -> Path:
    """A dataset with a true manifest."""
    resources.write_atomically(folder / "zonekg.nq", b"")
    manifest = json.dumps({"inputs": resources.input_digests()})
    resources.write_atomically(folder / "manifest.json", manifest.encode())
    return folder / "zonekg.nq"


def test_a_checkout_has_every_kind(checkout: Path) -> None:
    assert [resources.root(kind) for kind in KINDS] == [
        checkout / "ontology",
        checkout / "shapes",
        checkout / "queries",
        checkout / "kg/data",
    ]
    assert resources.checkout() == checkout
    assert resources.packaged() is None


def test_a_wheel_has_every_kind(wheel: Path) -> None:
    inside = wheel / "_resources"
    assert [resources.root(kind) for kind in KINDS] == [
        inside / "ontology",
        inside / "shapes",
        inside / "queries",
        wheel / "data",
    ]
    assert resources.checkout() is None
    assert resources.dataset() == inside / "dataset/zonekg.nq"


def test_a_missing_folder_is_named(checkout: Path) -> None:
    (checkout / "shapes/claims.ttl").unlink()
    (checkout / "shapes").rmdir()
    with pytest.raises(ResourceMissing, match="shapes"):
        resources.root("shapes")


def test_inputs_are_ontology_data_queries_and_the_build(checkout: Path) -> None:
    assert list(resources.inputs()) == [
        "kg/build/__init__.py",
        "kg/data/entities/zones.ttl",
        "kg/data/sources/one.layout.toml",
        "ontology/core.ttl",
        "queries/lookups/all.rq",
        "queries/rules/paths.rq",
    ]
    assert resources.input_digests()["ontology/core.ttl"] == hashlib.sha256(b"ontology/core.ttl").hexdigest()


def test_without_a_dataset_the_error_names_the_command(checkout: Path) -> None:
    with pytest.raises(DatasetMissing) as caught:
        resources.dataset()
    assert "kg build" in caught.value.report()


def test_a_fresh_build_is_found(checkout: Path) -> None:
    built = _build(checkout / "build")
    assert resources.dataset() == built == checkout / "build/zonekg.nq"


@pytest.mark.parametrize("change", ["edit", "add", "remove", "same size, old time"])
def test_a_changed_input_makes_the_build_stale(checkout: Path, change: str) -> None:
    _build(checkout / "build")
    core = checkout / "ontology/core.ttl"
    if change == "edit":
        core.write_bytes(b"other words")
    elif change == "add":
        (checkout / "ontology/more.ttl").write_bytes(b"")
    elif change == "remove":
        core.unlink()
    else:
        core.write_bytes(b"ontology/core.TTL")
    with pytest.raises(DatasetStale, match=r"ontology/(core|more)\.ttl") as caught:
        resources.dataset()
    assert "kg build" in caught.value.report()


@pytest.mark.parametrize("manifest", [None, b"", b"[]", b'{"inputs": 3}', b"{}", b"\xff"])
def test_an_unreadable_manifest_makes_the_build_stale(checkout: Path, manifest: bytes | None) -> None:
    _build(checkout / "build")
    path = checkout / "build/manifest.json"
    path.unlink()
    if manifest is not None:
        path.write_bytes(manifest)
    with pytest.raises(DatasetStale, match="manifest"):
        resources.dataset()


def test_what_is_not_an_input_leaves_the_build_fresh(checkout: Path) -> None:
    built = _build(checkout / "build")
    (checkout / "shapes/claims.ttl").write_bytes(b"changed")
    assert resources.dataset() == built


@pytest.mark.parametrize("form", ["folder", "file"])
def test_an_explicit_path_comes_first(
    checkout: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, form: str
) -> None:
    _build(checkout / "build")
    monkeypatch.setenv(resources.DATASET_VARIABLE, str(checkout / "build"))
    other = tmp_path / "other/zonekg.nq"
    resources.write_atomically(other, b"")
    assert resources.dataset(other if form == "file" else other.parent) == other


def test_the_variable_comes_before_the_wheel_and_the_build(
    wheel: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    resources.write_atomically(tmp_path / "mine.trig", b"")
    monkeypatch.setenv(resources.DATASET_VARIABLE, str(tmp_path / "mine.trig"))
    assert resources.dataset() == tmp_path / "mine.trig"


def test_an_empty_variable_is_none(wheel: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(resources.DATASET_VARIABLE, "")
    assert resources.dataset() == wheel / "_resources/dataset/zonekg.nq"


def test_a_named_dataset_that_is_missing_is_not_replaced_by_another(
    checkout: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    _build(checkout / "build")
    with pytest.raises(DatasetMissing, match="--dataset"):
        resources.dataset(checkout / "nowhere")
    monkeypatch.setenv(resources.DATASET_VARIABLE, str(checkout / "nowhere"))
    with pytest.raises(DatasetMissing, match=resources.DATASET_VARIABLE):
        resources.dataset()


def test_a_wheel_without_its_dataset_is_an_error(wheel: Path) -> None:
    (wheel / "_resources/dataset/zonekg.nq").unlink()
    with pytest.raises(DatasetMissing, match="installed package"):
        resources.dataset()


def test_telling_staleness_is_cheap() -> None:
    resources.input_digests()
    start = time.perf_counter()
    resources.input_digests()
    assert time.perf_counter() - start < 0.1  # a few milliseconds, and room for a busy machine


def test_writing_replaces_a_file_whole_and_leaves_nothing_else(tmp_path: Path) -> None:
    path = tmp_path / "new/folder/file.ttl"
    resources.write_atomically(path, b"one")
    path.chmod(0o640)
    resources.write_atomically(path, "二".encode())
    assert path.read_text(encoding="utf-8") == "二"
    assert path.stat().st_mode & 0o777 == 0o640
    assert [entry.name for entry in path.parent.iterdir()] == ["file.ttl"]


def test_a_failed_write_leaves_the_old_bytes(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "file.ttl"
    resources.write_atomically(path, b"one")

    def fail(*_: object) -> None:
        raise OSError("disk full")

    monkeypatch.setattr(Path, "replace", fail)
    with pytest.raises(UsageError, match=r"cannot write .*file\.ttl: disk full"):
        resources.write_atomically(path, b"two")
    monkeypatch.undo()
    assert path.read_bytes() == b"one"
    assert [entry.name for entry in tmp_path.iterdir()] == ["file.ttl"]


def test_writing_through_a_link_keeps_the_link(tmp_path: Path) -> None:
    (tmp_path / "there").mkdir()
    link = tmp_path / "link.ttl"
    link.symlink_to("there/file.ttl")
    resources.write_atomically(link, b"one")
    resources.write_atomically(link, b"two")
    assert link.is_symlink()
    assert (tmp_path / "there" / "file.ttl").read_bytes() == b"two"


def test_what_is_no_file_is_written_to_and_not_replaced(tmp_path: Path) -> None:
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    reader = os.open(pipe, os.O_RDONLY | os.O_NONBLOCK)
    try:
        resources.write_atomically(pipe, b"one")
        assert os.read(reader, 10) == b"one"
    finally:
        os.close(reader)
    assert pipe.is_fifo()


def test_a_place_that_cannot_be_written_is_named(tmp_path: Path) -> None:
    (tmp_path / "file").write_bytes(b"")
    loop = tmp_path / "loop"
    loop.symlink_to("loop")
    for path in (tmp_path / "file" / "below.ttl", tmp_path, loop / "x"):
        with pytest.raises(UsageError, match="cannot write"):
            resources.write_atomically(path, b"")
    assert sorted(path.name for path in tmp_path.iterdir()) == ["file", "loop"]


def test_what_editors_leave_is_no_input(checkout: Path) -> None:
    before = set(resources.inputs())
    (checkout / "ontology" / ".#core.ttl").symlink_to("somebody@somewhere.1234")
    assert set(resources.inputs()) == before
