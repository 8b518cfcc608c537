"""What a process costs: seconds and peak memory of a child, and what larger inputs are predicted to cost."""

from __future__ import annotations

import math
import os
import signal
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent.parent
SECONDS, MEGABYTES = 300.0, 8000.0  # past these a run is not worth its time
_KEPT = 20_000  # bytes of a command's output that are kept, from its end
# ru_maxrss is in kilobytes, on macOS in bytes.
_PER_MEGABYTE = 1e6 if sys.platform == "darwin" else 1e3
# A child's peak begins with that of the process which starts it, so the one that does is as small as Python can be.
_LAUNCHER = """\
import os, sys, time
start = time.perf_counter()
child = os.posix_spawnp(sys.argv[2], sys.argv[2:], os.environ)
_, status, usage = os.wait4(child, 0)
seconds = time.perf_counter() - start
with open(sys.argv[1], "w") as out:
    print(seconds, usage.ru_maxrss, os.waitstatus_to_exitcode(status), file=out)
"""


@dataclass(frozen=True, slots=True)
class Cost:
    """What a run took: wall-clock seconds, peak memory in megabytes; its exit code (None: stopped at the limit)."""

    seconds: float
    megabytes: float
    code: int | None
    output: str = ""


def measure(arguments: Sequence[str], limit: float = SECONDS) -> Cost:
    """Run a command from the top folder and say what it took; it is ended after ``limit`` seconds.

    Its outputs go to a file, so that a large report costs no pipe; their end is kept.
    """
    with tempfile.TemporaryDirectory() as folder, tempfile.TemporaryFile() as out:
        numbers = Path(folder) / "numbers"
        launcher = subprocess.Popen(
            [sys.executable, "-I", "-S", "-c", _LAUNCHER, str(numbers), *arguments],
            stdout=out,
            stderr=subprocess.STDOUT,
            stdin=subprocess.DEVNULL,
            cwd=ROOT,
            start_new_session=True,
        )
        try:
            launcher.wait(limit)
        except subprocess.TimeoutExpired:
            return Cost(limit, 0.0, None)
        finally:
            if launcher.poll() is None:
                os.killpg(launcher.pid, signal.SIGKILL)
                launcher.wait()
        size = out.seek(0, os.SEEK_END)
        out.seek(max(0, size - _KEPT))
        text = out.read().decode("utf-8", "replace")
        seconds, memory, code = numbers.read_text(encoding="utf-8").split()
    return Cost(float(seconds), int(memory) / _PER_MEGABYTE, int(code), text)


def predicted(known: Sequence[tuple[int, Cost]], size: int) -> tuple[float, float]:
    """Seconds and megabytes that a run on ``size`` triples will take at least, from smaller runs (size, cost).

    Time grows by the power seen between the last two sizes, and no slower than the data; memory on their line.
    """
    (*_, (last, cost)) = known
    ratio = size / last
    if len(known) == 1:
        return cost.seconds * ratio, cost.megabytes
    before, earlier = known[-2]
    power = max(1.0, math.log(cost.seconds / earlier.seconds) / math.log(last / before))
    slope = max(0.0, (cost.megabytes - earlier.megabytes) / (last - before))
    return cost.seconds * ratio**power, cost.megabytes + slope * (size - last)


def too_much(known: Sequence[tuple[int, Cost]], size: int) -> str | None:
    """Why a run on ``size`` triples is not worth its time; None when it is, or when nothing is known."""
    if not known:
        return None
    if any(cost.code is None for _, cost in known):
        return f"> {SECONDS:.0f} s (predicted)"
    seconds, megabytes = predicted(known, size)
    if seconds > SECONDS:
        return f"> {SECONDS:.0f} s (predicted)"
    return f"> {MEGABYTES / 1000:.0f} GB (predicted)" if megabytes > MEGABYTES else None
