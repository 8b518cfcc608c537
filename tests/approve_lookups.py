"""Write the rows that the lookups give now as those expected, for review with ``git diff``.

    python -m tests.approve_lookups [NAME ...]      (default: every lookup)

The calls in ``tests/cases/lookups/NAME.json`` stay; a lookup without a file gets one, with one call that fills in
nothing. A file whose lookup is gone is removed.
"""

from __future__ import annotations

import sys
import tempfile
from dataclasses import replace
from pathlib import Path

from kg.build import build
from kg.engine import Embedded
from kg.resources import write_atomically
from tests.lookup_cases import FOLDER, cases, names, path_of, to_json


def approve(only: list[str]) -> int:
    """Write the files of the lookups named (empty: all); returns how many changed."""
    changed = 0
    FOLDER.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as folder:
        build(Path(folder))
        engine = Embedded.load(Path(folder))
    for name in names():
        if only and name not in only:
            continue
        text = to_json([replace(case, rows=case.answer(engine)) for case in cases(name)]).encode()
        path = path_of(name)
        if not path.exists() or path.read_bytes() != text:
            write_atomically(path, text)
            print(f"wrote {path.relative_to(FOLDER)}")
            changed += 1
    for path in sorted(set(FOLDER.glob("*.json")) - {path_of(name) for name in names()}):
        path.unlink()
        print(f"removed {path.relative_to(FOLDER)}")
        changed += 1
    return changed


if __name__ == "__main__":
    print(f"{approve(sys.argv[1:])} files changed")
