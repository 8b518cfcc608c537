"""Run the notebooks and keep their outputs, for review with ``git diff``: ``make notebooks``."""

from __future__ import annotations

import os
import sys
from pathlib import Path

import nbformat
from nbclient import NotebookClient

from kg.resources import write_atomically

TOP = Path(__file__).resolve().parent.parent
FOLDER = TOP / "notebooks"
# What differs from machine to machine, or from run to run.
METADATA = {"kernelspec": {"display_name": "Python 3", "language": "python", "name": "python3"}}


def execute(path: Path) -> bytes:
    """The notebook with the outputs of a run from top to bottom; nbclient's error when a cell fails."""
    notebook = nbformat.read(path, as_version=4)
    NotebookClient(notebook, timeout=300, kernel_name="python3", resources={"metadata": {"path": TOP}}).execute()
    notebook.metadata = nbformat.from_dict(METADATA)
    for number, cell in enumerate(notebook.cells):
        cell.metadata = nbformat.from_dict({})
        cell.id = f"cell-{number:02}"
        for output in cell.get("outputs", ()):
            if "metadata" in output:
                output.metadata = nbformat.from_dict({})
    return (nbformat.writes(notebook) + "\n").encode()


def approve(only: list[str]) -> int:
    """Run the notebooks named (empty: all); returns how many changed."""
    os.environ.update(PYTHONHASHSEED="0", PYTHONUTF8="1")
    changed = 0
    for path in sorted(FOLDER.glob("*.ipynb")):
        if only and path.stem not in only:
            continue
        data = execute(path)
        if path.read_bytes() != data:
            write_atomically(path, data)
            print(f"wrote {path.relative_to(TOP)}")
            changed += 1
    return changed


if __name__ == "__main__":
    print(f"{approve(sys.argv[1:])} notebooks changed")
