"""Shapes compiled to SPARQL, run on an embedded store that is loaded before the clock starts.

Prints the seconds of compiling and running. Exit code 1 when the data does not conform.
"""

import sys
import time
from pathlib import Path

import kg
from kg.errors import ShapesError
from kg.validation import compiled, read
from kg.validation.shapes import Shapes

engine = kg.load(Path(sys.argv[1]))
shapes = Shapes.of(read(Path(sys.argv[2]), fault=ShapesError))
start = time.perf_counter()
found = compiled.run(engine, compiled.compile(shapes))
print(f"{time.perf_counter() - start:.3f}")
sys.exit(1 if found else 0)
