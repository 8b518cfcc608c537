"""The distribution: an sdist, the wheel made from it, both installed; and the editable install."""

from __future__ import annotations

import os
import subprocess
import sys
import sysconfig
import tarfile
import venv
import zipfile
from pathlib import Path

import pytest

pytestmark = pytest.mark.packaging


def _run(*command: str | Path, cwd: Path) -> str:
    """The standard output of a command that must succeed, run without what the environment says of us."""
    environment = {
        name: value for name, value in os.environ.items() if not name.startswith(("PYTHON", "ZONEKG", "PIP_"))
    }
    environment["PYTHONUTF8"] = "1"
    result = subprocess.run(
        [str(part) for part in command],
        cwd=cwd,
        env=environment,
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
    )
    assert result.returncode == 0, f"{command}\n{result.stdout}{result.stderr}"
    return result.stdout


@pytest.fixture(scope="module")
def sdist(top: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The sdist of the checkout."""
    out = tmp_path_factory.mktemp("sdist")
    _run(sys.executable, "-m", "hatchling", "build", "-t", "sdist", "-d", out, cwd=top)
    (path,) = out.glob("*.tar.gz")
    return path


@pytest.fixture(scope="module")
def unpacked(sdist: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder that the sdist unpacks to."""
    out = tmp_path_factory.mktemp("unpacked")
    with tarfile.open(sdist) as archive:
        archive.extraction_filter = getattr(tarfile, "data_filter", None)  # Python 3.11.4 and later have it
        archive.extractall(out)
    (folder,) = out.iterdir()
    return folder


@pytest.fixture(scope="module")
def wheel(unpacked: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The wheel made from the unpacked sdist."""
    out = tmp_path_factory.mktemp("wheel")
    _run(sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", out, cwd=unpacked)
    (path,) = out.glob("*.whl")
    return path


@pytest.fixture(scope="module")
def environments(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    """Two fresh environments that see our dependencies, but not our own install of zonekg."""
    return _environment(tmp_path_factory.mktemp("one")), _environment(tmp_path_factory.mktemp("two"))


def _environment(folder: Path) -> Path:
    """The scripts folder of a new virtual environment; a .pth line adds libraries and no editable installs."""
    venv.create(folder, with_pip=True, symlinks=os.name != "nt")
    scripts = folder / ("Scripts" if os.name == "nt" else "bin")
    own = _run(scripts / "python", "-c", "import sysconfig; print(sysconfig.get_path('purelib'))", cwd=folder).strip()
    libraries = {sysconfig.get_path("purelib"), sysconfig.get_path("platlib")}
    (Path(own) / "libraries.pth").write_text("\n".join(sorted(libraries)) + "\n", encoding="utf-8")
    return scripts


def _install(scripts: Path, *what: str | Path, cwd: Path) -> None:
    _run(
        scripts / "python", "-m", "pip", "install", "--quiet", "--disable-pip-version-check", "--no-deps",
        "--no-index", "--no-build-isolation", "--ignore-installed", *what, cwd=cwd,
    )  # fmt: skip


def _contents(wheel: Path) -> dict[str, int]:
    """Name → checksum of every member of a wheel."""
    with zipfile.ZipFile(wheel) as archive:
        return {member.filename: member.CRC for member in archive.infolist()}


def test_the_wheel_carries_all_resources_and_a_dataset(wheel: Path, top: Path) -> None:
    names = set(_contents(wheel))
    for folder in ("ontology", "shapes", "queries"):
        files = {path.relative_to(top).as_posix() for path in (top / folder).rglob("*") if path.is_file()}
        assert files
        assert {f"kg/_resources/{name}" for name in files} <= names
    data = {path.relative_to(top).as_posix() for path in (top / "kg/data").rglob("*.ttl")}
    assert data
    assert data <= names
    assert {f"kg/_resources/dataset/{name}" for name in ("zonekg.nq", "zonekg.trig", "manifest.json")} <= names
    assert "kg/py.typed" in names
    assert {name.split("/")[0] for name in names} == {"kg", next(n for n in names if "dist-info" in n).split("/")[0]}


def test_a_wheel_of_the_checkout_is_the_same_as_one_of_the_sdist(wheel: Path, top: Path, tmp_path: Path) -> None:
    _run(sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", tmp_path, cwd=top)
    (direct,) = tmp_path.glob("*.whl")
    assert _contents(direct) == _contents(wheel)


def test_the_wheel_works_where_there_is_no_checkout(
    wheel: Path, environments: tuple[Path, Path], tmp_path: Path
) -> None:
    scripts = environments[0]
    _install(scripts, wheel, cwd=tmp_path)
    assert _run(scripts / "kg", "--version", cwd=tmp_path).startswith("kg ")
    assert "partnerships_of_zones_and_universities" in _run(scripts / "kg", "queries", cwd=tmp_path)
    code = "import kg; path = kg.dataset(); assert '_resources' in path.parts; kg.Embedded.load(path); print(path)"
    assert "site-packages" in _run(scripts / "python", "-c", code, cwd=tmp_path)


def test_the_editable_install_is_the_checkout(
    unpacked: Path, environments: tuple[Path, Path], tmp_path: Path
) -> None:
    # Of the unpacked sdist, so that the checkout is not touched; it too lacks a built dataset.
    scripts = environments[1]
    _install(scripts, "--editable", unpacked, cwd=tmp_path)
    assert _run(scripts / "kg", "--version", cwd=tmp_path).startswith("kg ")
    assert "partnerships_of_zones_and_universities" in _run(scripts / "kg", "queries", cwd=tmp_path)
    code = "from kg import resources; print(resources.root('ontology'))"
    assert _run(scripts / "python", "-c", code, cwd=tmp_path).strip() == str(unpacked / "ontology")
    _run(scripts / "kg", "build", cwd=unpacked)
    found = _run(scripts / "python", "-c", "import kg; print(kg.dataset())", cwd=tmp_path)
    assert found.strip() == str(unpacked / "build/zonekg.nq")
