"""Files as they were at a revision of git, put into a folder of their own for as long as they are needed."""

from __future__ import annotations

import subprocess
import tarfile
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from io import BytesIO
from pathlib import Path

from kg.errors import DataError, UsageError
from kg.terms import visible
from kg.validation.graphs import moved


@contextmanager
def checked_out(paths: Sequence[Path], revision: str, *, inside: Path | None = None) -> Iterator[list[Path]]:
    """The same files and folders as they were at a revision; those that were not there are left out.

    ``inside``: a path in the repository, where ``paths`` may also be others, which are given as they are. UsageError
    where git is missing, the files lie in no repository, or the revision is unknown.
    """
    if not paths:
        yield []
        return
    top = Path(_git(["rev-parse", "--show-toplevel"], _folder(inside or paths[0])).decode().strip())
    commit = _git(["rev-parse", "--verify", "--quiet", "--end-of-options", f"{revision}^{{commit}}"], top).decode()
    with tempfile.TemporaryDirectory(prefix="kg-since-") as made:
        found: list[Path] = []
        for path in paths:
            try:
                name = path.resolve().relative_to(top.resolve())
            except ValueError as fault:
                if inside is not None:
                    found.append(path)
                    continue
                raise UsageError(f"{path} is not in the repository at {top}") from fault
            listed = _git(["ls-tree", "-r", "--name-only", "-z", commit.strip(), "--", name.as_posix() or "."], top)
            if not listed:
                continue
            archive = _git(["archive", "--format=tar", commit.strip(), "--", name.as_posix() or "."], top)
            with tarfile.open(fileobj=BytesIO(archive)) as tar:
                # Python before 3.11.4 has no filter; git lets no name lead out of the folder either.
                tar.extraction_filter = getattr(tarfile, "data_filter", None)
                tar.extractall(made)  # noqa: S202  # what git wrote
            found.append(Path(made) / name)
        with moved(Path(made), top):
            yield found


def _folder(path: Path) -> Path:
    return path if path.is_dir() else path.parent


def _git(arguments: list[str], folder: Path) -> bytes:
    """What git says. UsageError when it says no."""
    try:
        done = subprocess.run(["git", "-C", str(folder), *arguments], capture_output=True, check=False)
    except FileNotFoundError as fault:
        raise UsageError("--since needs git") from fault
    except OSError as fault:
        raise DataError(f"git cannot be run: {fault.strerror}") from fault
    if done.returncode:
        words = visible(" ".join(done.stderr.decode("utf-8", "replace").split()))[:300]
        raise UsageError(
            f"git: {words}" if words else "git knows no such revision",
            hint="--since takes a commit, a branch or a tag",
        )
    return done.stdout
