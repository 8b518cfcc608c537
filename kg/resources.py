"""Where ontology, shapes, queries, data and the built dataset lie: in a checkout, or inside an installed wheel.

::

    kind       checkout (also an editable install)   wheel
    ontology   ontology/                             kg/_resources/ontology/
    shapes     shapes/                               kg/_resources/shapes/
    queries    queries/                              kg/_resources/queries/
    data       kg/data/                              kg/data/
    dataset    build/                                kg/_resources/dataset/

A built dataset is a folder with ``zonekg.nq``, ``zonekg.trig`` and ``manifest.json``, whose ``"inputs"`` map the
name of every input file to its SHA-256 (``input_digests()``). It is stale when they differ from the files now.
"""

from __future__ import annotations

import contextlib
import hashlib
import json
import os
import tempfile
from pathlib import Path
from typing import Literal, TypeAlias

from kg.errors import DatasetMissing, DatasetStale, ResourceMissing, UsageError

Kind: TypeAlias = Literal["ontology", "shapes", "queries", "data"]

DATASET_VARIABLE = "ZONEKG_DATASET"
DATASET_FILE = "zonekg.nq"  # of the two files of one content, the faster to load
TRIG_FILE = "zonekg.trig"
MANIFEST_FILE = "manifest.json"
_REBUILD = "run `kg build`"

_PACKAGE = Path(__file__).resolve().parent


def packaged() -> Path | None:
    """The folder of resources inside an installed wheel; None in a checkout or an editable install."""
    folder = _PACKAGE / "_resources"
    return folder if folder.is_dir() else None


def checkout() -> Path | None:
    """The top folder of the checkout that this package is run from; None in an installed wheel."""
    top = _PACKAGE.parent
    return top if packaged() is None and (top / "pyproject.toml").is_file() else None


def root(kind: Kind) -> Path:
    """The folder of one kind of resource. ResourceMissing when it is not there."""
    folder = _PACKAGE / "data" if kind == "data" else (packaged() or _PACKAGE.parent) / kind
    if not folder.is_dir():
        raise ResourceMissing(
            f"no folder of {kind} at {folder}", hint="install zonekg again, or run from a complete checkout"
        )
    return folder


def visible_files(folder: Path, pattern: str) -> list[Path]:
    """The files below a folder, sorted, less the hidden ones that editors and systems leave (.#a.ttl, ._a.ttl)."""
    return sorted(path for path in folder.rglob(pattern) if not path.name.startswith("."))


def inputs() -> dict[str, Path]:
    """Every file that the built dataset depends on, by a name that is the same wherever it lies; sorted.

    Ontology, curated data, queries (the rules, and those that the dataset lists), and the code of the build itself.
    """
    found: dict[str, Path] = {}
    for prefix, folder, patterns in (
        ("ontology", root("ontology"), ("*.ttl",)),
        ("kg/data", root("data"), ("*.ttl", "*.toml")),
        ("queries", root("queries"), ("*.rq",)),
        ("kg/build", _PACKAGE / "build", ("*.py",)),
    ):
        for pattern in patterns:
            for path in visible_files(folder, pattern):
                found[f"{prefix}/{path.relative_to(folder).as_posix()}"] = path
    return dict(sorted(found.items()))


def digest(path: Path) -> str:
    """The SHA-256 of a file's bytes, in hexadecimal."""
    return hashlib.sha256(path.read_bytes()).hexdigest()


def input_digests() -> dict[str, str]:
    """Name → digest of every input file as it is now; a few milliseconds, so no time stamps are trusted."""
    return {name: digest(path) for name, path in inputs().items()}


def dataset(explicit: Path | None = None) -> Path:
    """The file of the built dataset: ``explicit``, else $ZONEKG_DATASET, else the wheel's, else build/'s.

    ``explicit`` and the variable name a file or a built folder. DatasetMissing when what is named, or the last
    resort, is not there; DatasetStale when build/ is older than its inputs. Both say `kg build`.
    """
    if explicit is not None:
        return _named(explicit, "--dataset")
    variable = os.environ.get(DATASET_VARIABLE)
    if variable:
        return _named(Path(variable), f"${DATASET_VARIABLE}")
    inside = packaged()
    if inside is not None:
        return _named(inside / "dataset", "the installed package")
    folder = _PACKAGE.parent / "build"
    if not (folder / DATASET_FILE).is_file():
        raise DatasetMissing(f"no built dataset at {folder}", hint=_REBUILD)
    _refuse_stale(folder)
    return folder / DATASET_FILE


def _named(path: Path, by: str) -> Path:
    """The dataset file that someone named: the path itself, or the file in that folder."""
    file = path / DATASET_FILE if path.is_dir() else path
    if not file.is_file():
        raise DatasetMissing(
            f"no built dataset at {path} (named by {by})",
            hint=f"{_REBUILD}, or `kg build --out DIR` to build it elsewhere",
        )
    return file


def _refuse_stale(folder: Path) -> None:
    """DatasetStale, naming up to three files, when the manifest of ``folder`` is not that of the files now."""
    try:
        recorded = dict(json.loads((folder / MANIFEST_FILE).read_text(encoding="utf-8"))["inputs"])
    except (OSError, ValueError, KeyError, TypeError) as fault:
        raise DatasetStale(f"the dataset in {folder} has no readable manifest", hint=_REBUILD) from fault
    now = input_digests()
    changed = sorted(name for name in {*recorded, *now} if recorded.get(name) != now.get(name))
    if changed:
        more = f" and {len(changed) - 3} more" if len(changed) > 3 else ""
        raise DatasetStale(
            f"the dataset in {folder} is older than its inputs: {', '.join(changed[:3])}{more}", hint=_REBUILD
        )


def write_atomically(path: Path, data: bytes) -> None:
    """Write a file so that a reader sees the old bytes or the new ones, never a part; makes its folder.

    A link stays a link: the file that it leads to is written. What is no file (/dev/null, a pipe) is written to, not
    replaced. UsageError when the file cannot be written.
    """
    try:
        if path.exists() and not path.is_file() and not path.is_dir():
            path.write_bytes(data)
        else:
            _replace(path.resolve(), data)
    except (OSError, RuntimeError) as fault:  # RuntimeError: links that run in a circle
        raise UsageError(f"cannot write {path}: {getattr(fault, 'strerror', None) or fault}") from fault


def _replace(path: Path, data: bytes) -> None:
    """Put a new file with these bytes in the place of the old one."""
    path.parent.mkdir(parents=True, exist_ok=True)
    handle, name = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.")
    try:
        with os.fdopen(handle, "wb") as stream:
            stream.write(data)
        if path.exists():
            mode = path.stat().st_mode & 0o777
        else:
            umask = os.umask(0)
            os.umask(umask)
            mode = 0o666 & ~umask
        Path(name).chmod(mode)  # a temporary file is its owner's alone
        Path(name).replace(path)
    except BaseException:
        with contextlib.suppress(OSError):
            Path(name).unlink()
        raise
