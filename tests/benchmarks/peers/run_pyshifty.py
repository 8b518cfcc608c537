"""pyshifty on files, without SHACL-AF's rules. Exit code 1 when not conforming."""

import sys
from pathlib import Path

import shifty

conforms, _, _ = shifty.validate(Path(sys.argv[1]), Path(sys.argv[2]), graph_mode="data", infer=False)
print(conforms)
sys.exit(0 if conforms else 1)
