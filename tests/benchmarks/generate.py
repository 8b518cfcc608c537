"""Zones graphs of any size for `bench validate`: what the project describes, invented, in its own vocabulary.

A zone is 394 triples: itself, universities, enterprises, platforms, the claims that site them, collaborations whose
participants have roles, figures with value, unit and period, and the passages that all of this rests on. The same
arguments give the same bytes. The text goes to disk node by node, so that ten million triples need no memory.

    python tests/benchmarks/generate.py OUT.ttl --triples 100000 [--broken]
"""

from __future__ import annotations

import argparse
import random
import sys
from dataclasses import dataclass
from pathlib import Path

# Run as a file, the folder of this file is on the path; imported by a test, the top folder is.
sys.path.insert(0, str(Path(__file__).resolve().parent.parent.parent))

from tests.benchmarks.zones import Node, zone_nodes

PER_ZONE = 394  # triples; tests count them
EVERY = 100  # of a broken graph, one node in so many has a fault

HEAD = """\
@prefix zkg: <https://w3id.org/zonekg/ontology#> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
@prefix skos: <http://www.w3.org/2004/02/skos/core#> .
@prefix xsd: <http://www.w3.org/2001/XMLSchema#> .
@prefix oa: <http://www.w3.org/ns/oa#> .
@prefix agent: <https://w3id.org/zonekg/id/agent/> .
@prefix place: <https://w3id.org/zonekg/id/place/> .
@prefix thing: <https://w3id.org/zonekg/id/thing/> .
@prefix claim: <https://w3id.org/zonekg/id/claim/> .
@prefix source: <https://w3id.org/zonekg/source/> .
@prefix vocab: <https://w3id.org/zonekg/vocab/> .

zkg:DevelopmentZone rdfs:subClassOf zkg:Party, zkg:Place .
zkg:University rdfs:subClassOf zkg:Party .
zkg:Enterprise rdfs:subClassOf zkg:Party .
zkg:Platform rdfs:subClassOf zkg:Party .
zkg:Party rdfs:subClassOf zkg:Entity .
zkg:Place rdfs:subClassOf zkg:Entity .
zkg:Siting rdfs:subClassOf zkg:Claim .
zkg:Collaboration rdfs:subClassOf zkg:Claim .
zkg:Observation rdfs:subClassOf zkg:Claim .

"""
HEAD_TRIPLES = 10


@dataclass(frozen=True, slots=True)
class Made:
    """What was written: triples, nodes, and those of them that have a fault (each makes exactly one finding)."""

    triples: int
    nodes: int
    faults: int


def generate(path: Path, triples: int, broken: bool = False, *, every: int = EVERY, seed: int = 4) -> Made:
    """Write about so many triples (whole zones, one at least) to a Turtle file, and say what was written.

    ``broken``: one node in ``every`` has one fault. ``seed`` chooses who works with whom.
    """
    dice = random.Random(seed)  # no secret
    zones = max(1, round((triples - HEAD_TRIPLES) / PER_ZONE))
    count, nodes, faults = HEAD_TRIPLES, 0, 0
    with path.open("w", encoding="utf-8", newline="\n") as out:
        out.write(HEAD)
        for number in range(1, zones + 1):
            for node in zone_nodes(number, dice):
                nodes += 1
                if broken and nodes % every == 0:
                    _break(node, faults)
                    faults += 1
                count += node.write(out)
    return Made(count, nodes, faults)


# What can be wrong with a node of a class: property → its faulty objects. Each makes exactly one finding.
_FAULTS: dict[str, list[tuple[str, list[str]]]] = {
    "DevelopmentZone": [("zkg:pinyin", ['"Kai Fa Qu"']), ("zkg:wikidata", ["<http://www.wikidata.org/entity/P1>"])],
    "University": [("zkg:moeCode", ['"411401"']), ("zkg:ror", ["<https://ror.org/1>"])],
    "Enterprise": [("skos:prefLabel", ['"无英文名"@zh']), ("zkg:pinyin", ['"gong  si"'])],
    "Platform": [("skos:prefLabel", ['"Platform"@en']), ("zkg:pinyin", ['"píng tái"'])],
    "Siting": [
        ("zkg:sitedIn", ["zkg:Place"]),
        ("zkg:certainty", ["vocab:modality\\/actual"]),
        ("zkg:supportedBy", []),
    ],
    "Collaboration": [("zkg:collaborationStatus", []), ("zkg:supportedBy", ["zkg:Passage"])],
    "Participation": [("zkg:role", []), ("zkg:participant", ["vocab:role\\/lead"])],
    "Observation": [("zkg:value", ['"many"']), ("zkg:unit", []), ("zkg:date", ['"last year"'])],
    "Article": [("zkg:articleNumber", ["0"])],
    "Passage": [("zkg:passageOrder", ['"first"']), ("zkg:sha256", ['"0123456789abcdef"'])],
    "TextRange": [("oa:end", ["1"]), ("zkg:rangeNumber", [])],
}


def _break(node: Node, number: int) -> None:
    """Give a node the fault whose turn it is."""
    faults = _FAULTS[node.kind]
    predicate, objects = faults[number % len(faults)]
    node.says[predicate] = objects


def main() -> int:
    """Write a graph and say what was written."""
    parser = argparse.ArgumentParser(description="Write an invented zones graph as Turtle.")
    parser.add_argument("out", type=Path, metavar="OUT.ttl")
    parser.add_argument("--triples", type=int, default=100_000)
    parser.add_argument("--broken", action="store_true", help=f"one node in {EVERY} has a fault")
    options = parser.parse_args()
    made = generate(options.out, options.triples, options.broken)
    print(f"{made.triples} triples, {made.nodes} nodes, {made.faults} with a fault", file=sys.stderr)
    return 0


if __name__ == "__main__":
    sys.exit(main())
