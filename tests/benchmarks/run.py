"""`make bench`: how long the commands take from a cold start, as a table.

Each command is a process of its own, run several times; the table shows the best and the median.
"""

from __future__ import annotations

import os
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

QUESTION = "partnerships_of_zones_and_universities"


def seconds(arguments: list[str]) -> float:
    """How long ``python arguments`` takes; SystemExit with its stderr when it fails."""
    start = time.perf_counter()
    result = subprocess.run([sys.executable, *arguments], capture_output=True, check=False)
    elapsed = time.perf_counter() - start
    if result.returncode != 0:
        sys.exit(f"{arguments} ended with {result.returncode}:\n{result.stderr.decode('utf-8', 'replace')}")
    return elapsed


def main() -> None:
    """Print the table."""
    repeats = int(os.environ.get("REPEATS", "5"))
    with tempfile.TemporaryDirectory() as scratch:
        cases = {
            "python, alone": ["-c", "pass"],
            "import kg": ["-c", "import kg"],
            "import kg.cli": ["-c", "import kg.cli"],
            "kg --version": ["-m", "kg", "--version"],
            "kg queries": ["-m", "kg", "queries"],
            f"kg query {QUESTION}": ["-m", "kg", "query", QUESTION],
            "kg validate": ["-m", "kg", "validate"],
            "kg build": ["-m", "kg", "build", "--out", str(Path(scratch) / "dataset")],
        }
        print(f"{'':<52}{'best':>9}{'median':>9}   of {repeats}")
        for name, arguments in cases.items():
            times = [seconds(arguments) for _ in range(repeats)]
            print(f"{name:<52}{min(times) * 1000:>6.0f} ms{statistics.median(times) * 1000:>6.0f} ms", flush=True)


if __name__ == "__main__":
    main()
