"""The bare call of the PyPI package ``shacl``: data and shapes from files. Exit code 1 when not conforming."""

import sys

import shacl

report = shacl.Shapes.from_file(sys.argv[2]).validate_file(sys.argv[1])
print(report.conforms)
sys.exit(0 if report.conforms else 1)
