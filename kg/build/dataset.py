"""The build itself: read, derive, describe, write; the same bytes from the same files."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from pyoxigraph import RdfFormat, serialize

from kg import __version__, resources
from kg.build.description import NAME as DESCRIPTION
from kg.build.description import describe
from kg.build.examples import NAME as EXAMPLES
from kg.build.examples import examples
from kg.build.pinyin import pinyin_labels
from kg.build.plan import Graphs, read_inputs
from kg.build.rules import derive
from kg.errors import BuildError
from kg.templates import Template, read
from kg.vocab import PREFIXES, SHORTHANDS

_RULES = "queries/rules/"


@dataclass(frozen=True, slots=True)
class BuildReport:
    """What was built: where, and how many triples each named graph has."""

    folder: Path
    graphs: tuple[tuple[str, int], ...]

    @property
    def triples(self) -> int:
        """The triples of all graphs together."""
        return sum(number for _, number in self.graphs)


def build(out: Path, *, inputs: Mapping[str, Path] | None = None) -> BuildReport:
    """Write the dataset of the curated files into a folder: TriG, N-Quads, and the manifest of its inputs.

    ``inputs`` (name → file) are our own when left out. DataError of some kind, with its place, when a file is
    ill-formed or breaks the plan of graphs; then nothing is written.
    """
    files = dict(resources.inputs() if inputs is None else inputs)
    # Before they are read, so that a file edited meanwhile makes the dataset stale rather than wrong.
    digests = {name: resources.digest(path) for name, path in sorted(files.items())}
    graphs = assemble(files)
    nquads, trig = _serialized(graphs)
    manifest = {"zonekg": __version__, "inputs": digests}
    resources.write_atomically(out / resources.TRIG_FILE, trig)
    resources.write_atomically(out / resources.DATASET_FILE, nquads)
    # Last: until it is there, the new files count as stale.
    text = json.dumps(manifest, ensure_ascii=False, indent=2, sort_keys=True) + "\n"
    resources.write_atomically(out / resources.MANIFEST_FILE, text.encode())
    return BuildReport(out, tuple((name, len(graphs.triples(name))) for name in graphs.names()))


def assemble(inputs: Mapping[str, Path]) -> Graphs:
    """All named graphs, in memory; errors as ``build`` says."""
    graphs = read_inputs(inputs)
    if not any(graphs.triples(name) for name in graphs.names()):
        raise BuildError("there is nothing to build: no triples in the input files")
    queries = _queries(inputs)
    rules = [query for name, query in queries.items() if name.startswith(_RULES)]
    questions = [query for query in queries.values() if query not in rules]
    asserted = [triple for name in graphs.names() for triple in graphs.triples(name)]
    pinyin = [triple for triple in pinyin_labels(asserted) if triple not in graphs]
    graphs.add("derived/pinyin", pinyin, file="pinyin")
    derive(graphs, rules)
    # After the rules, which speak of the world, not of queries.
    graphs.add(EXAMPLES, examples(questions), file="the catalogue")
    graphs.add(DESCRIPTION, (t for t in describe(graphs, rules) if t not in graphs), file="the build's description")
    return graphs


def _queries(inputs: Mapping[str, Path]) -> dict[str, Template]:
    """The query files among the inputs, rules and others."""
    return {name: read(path) for name, path in sorted(inputs.items()) if name.endswith(".rq")}


def _serialized(graphs: Graphs) -> tuple[bytes, bytes]:
    """The graphs as N-Quads and as TriG, sorted."""
    quads = sorted(((str(quad.graph_name), str(quad), quad) for quad in graphs.quads()), key=lambda it: it[:2])
    nquads = "".join(f"{line} .\n" for _, line, _ in quads).encode()
    trig = serialize((quad for *_, quad in quads), format=RdfFormat.TRIG, prefixes={**PREFIXES, **SHORTHANDS})
    if trig is None:  # only with an output file, by the type of serialize
        raise BuildError("TriG was not written")
    return nquads, trig
