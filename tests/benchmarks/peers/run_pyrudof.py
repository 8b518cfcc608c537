"""pyrudof's native mode on files. Exit code 1 when not conforming."""

import sys
from pathlib import Path

import pyrudof

session = pyrudof.Rudof(pyrudof.RudofConfig())
session.read_data(Path(sys.argv[1]))
session.read_shacl(Path(sys.argv[2]))
report = session.validate_shacl()
print(report.conforms)
sys.exit(0 if report.conforms else 1)
