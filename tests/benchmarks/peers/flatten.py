"""The shipped graph for a validator that reads one file of data and one of shapes.

``flatten.py DATASET.nq FOLDER_OF_SHAPES DATA.nt SHAPES.nt``: the triples of all named graphs, and those of all shape
files; blank nodes of different files stay different.
"""

import sys
from pathlib import Path

import pyoxigraph

from kg.validation import read

dataset, shapes, data_out, shapes_out = (Path(name) for name in sys.argv[1:])
triples = {quad.triple for quad in pyoxigraph.parse(path=dataset, format=pyoxigraph.RdfFormat.N_QUADS)}
data_out.write_bytes(pyoxigraph.serialize(triples, format=pyoxigraph.RdfFormat.N_TRIPLES) or b"")
shapes_out.write_bytes(read(shapes).n_triples())
