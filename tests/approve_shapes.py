"""Write the findings that the invalid cases of our shapes have now as those expected, for review with ``git diff``.

    python -m tests.approve_shapes [FOLDER OR FILE ...]      (default: every case)

An expected file whose case is gone is removed.
"""

from __future__ import annotations

import sys
from pathlib import Path

from kg.resources import write_atomically
from tests.shape_cases import FOLDER, cases, to_json


def approve(only: list[Path]) -> int:
    """Write the expected files below ``only`` (empty: all); returns how many changed."""
    changed = 0
    expected = set()
    for case in cases():
        if case.valid:
            continue
        expected.add(case.expected_path)
        if only and not any(path == case.path or path in case.path.parents for path in only):
            continue
        text = to_json(case.findings()).encode()
        if not case.expected_path.exists() or case.expected_path.read_bytes() != text:
            write_atomically(case.expected_path, text)
            print(f"wrote {case.expected_path.relative_to(FOLDER)}")
            changed += 1
    for path in sorted(set(FOLDER.glob("*/*/*.expected.json")) - expected):
        path.unlink()
        print(f"removed {path.relative_to(FOLDER)}")
        changed += 1
    return changed


if __name__ == "__main__":
    print(f"{approve([Path(name).resolve() for name in sys.argv[1:]])} files changed")
