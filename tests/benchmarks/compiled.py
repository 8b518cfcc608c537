"""How long compiled validation takes on a loaded embedded store: ``python -m tests.benchmarks.compiled [ZONES ...]``.

A zone is about 386 triples: itself, three universities, twenty enterprises and 25 collaborations.
"""

from __future__ import annotations

import random
import sys
import time
from collections.abc import Iterator

from kg.engine import Embedded
from kg.terms import Literal, NamedNode, Quad, literal
from kg.validation import compiled
from kg.validation.shapes import Shapes
from kg.vocab import RDF, RDFS, XSD
from tests.compiled_random import EX, PREFIXES, graph

Row = tuple[NamedNode, NamedNode, NamedNode | Literal]


def _ex(name: str) -> NamedNode:
    return NamedNode(EX + name)


def _date(text: str) -> Literal:
    return Literal(text, datatype=XSD.date)


def _thing(node: NamedNode, kind: str, name: str) -> Iterator[Row]:
    yield node, RDF.type, _ex(kind)
    yield node, RDFS.label, literal(name, language="en")
    yield node, RDFS.label, literal(f"名称 {name}", language="zh")


def rows(zones: int, broken: float = 0.0, seed: int = 1) -> Iterator[Row]:
    """The triples; ``broken`` is the share of nodes with one fault."""
    chance = random.Random(seed)  # no secret

    def bad() -> bool:
        return chance.random() < broken

    for kind in ("NationalZone", "ProvincialZone"):
        yield _ex(kind), RDFS.subClassOf, _ex("Zone")
    for z in range(zones):
        zone = _ex(f"zone/{z}")
        yield from _thing(zone, "NationalZone" if z % 2 else "ProvincialZone", f"zone {z}")
        if not bad():
            yield zone, _ex("established"), Literal(str(1980 + z % 40), datatype=XSD.gYear)
        yield zone, _ex("area"), literal(chance.randint(1, 500))
        yield zone, _ex("status"), _ex("bad" if bad() else "active")
        for u in range(3):
            node = _ex(f"university/{z}-{u}")
            yield from _thing(node, "University", f"university {z} {u}")
            yield node, _ex("code"), literal("xx" if bad() else f"U{z:06d}")
            yield node, _ex("near"), zone
        for e in range(20):
            node = _ex(f"enterprise/{z}-{e}")
            yield from _thing(node, "Enterprise", f"enterprise {z} {e}")
            yield node, _ex("locatedIn"), zone
            yield node, _ex("industry"), _ex(f"industry/{e % 7}")
            if not bad():
                yield node, _ex("employees"), literal(chance.randint(1, 5000))
            yield node, _ex("founded"), _date(f"20{e:02d}-0{1 + e % 9}-11")
        for c in range(25):
            node = _ex(f"collaboration/{z}-{c}")
            yield node, RDF.type, _ex("Collaboration")
            yield node, _ex("zone"), zone
            yield node, _ex("enterprise"), _ex(f"enterprise/{z}-{c % 20}")
            yield node, _ex("university"), _ex("enterprise/0-0" if bad() else f"university/{z}-{c % 3}")
            yield node, _ex("kind"), _ex(f"kind/{c % 5}")
            yield node, _ex("start"), _date("2019-01-01")
            yield node, _ex("end"), _date("2020-01-01")
            yield node, _ex("amount"), Literal(f"{chance.randint(1, 999)}.5", datatype=XSD.decimal)
            yield node, _ex("note"), literal(f"note {z} {c}", language="en")


def _property(path: str, *constraints: str) -> str:
    return f"sh:property [ sh:path {path} ; {' ; '.join(constraints)} ]"


_ONE = ("sh:minCount 1", "sh:maxCount 1")
_LABEL = _property("rdfs:label", "sh:minCount 1", "sh:uniqueLang true", 'sh:languageIn ( "en" "zh" )')
_OF = {
    "Zone": (
        _LABEL,
        _property("ex:established", *_ONE, "sh:datatype xsd:gYear"),
        _property("ex:area", *_ONE, "sh:datatype xsd:integer", "sh:minInclusive 1"),
        _property("ex:status", *_ONE, "sh:in ( ex:active ex:closed )"),
        _property("[ sh:inversePath ex:zone ]", "sh:minCount 1", "sh:class ex:Collaboration"),
        _property("[ sh:inversePath ex:near ]", "sh:minCount 3", "sh:class ex:University"),
    ),
    "University": (
        _LABEL,
        _property("ex:code", *_ONE, 'sh:pattern "^U[0-9]{6}$"', "sh:datatype xsd:string"),
        _property("ex:near", *_ONE, "sh:class ex:Zone"),
        "sh:nodeKind sh:IRI",
    ),
    "Enterprise": (
        _LABEL,
        _property("ex:locatedIn", *_ONE, "sh:class ex:Zone"),
        _property("ex:industry", "sh:minCount 1", "sh:nodeKind sh:IRI"),
        _property("ex:employees", *_ONE, "sh:datatype xsd:integer", "sh:minInclusive 1"),
        _property("ex:founded", *_ONE, "sh:datatype xsd:date", 'sh:minInclusive "1980-01-01"^^xsd:date'),
        "sh:closed true ; sh:ignoredProperties ( rdf:type )",
    ),
    "Collaboration": (
        _property("ex:zone", *_ONE, "sh:class ex:Zone"),
        _property("ex:enterprise", "sh:minCount 1", "sh:class ex:Enterprise"),
        _property("ex:university", "sh:minCount 1", "sh:or ( [ sh:class ex:University ] [ sh:class ex:Institute ] )"),
        _property("ex:kind", *_ONE, "sh:nodeKind sh:IRI", 'sh:pattern "kind/"'),
        _property("ex:start", *_ONE, "sh:datatype xsd:date", "sh:lessThan ex:end"),
        _property("ex:end", "sh:maxCount 1", "sh:datatype xsd:date"),
        _property("ex:amount", "sh:maxCount 1", "sh:datatype xsd:decimal", "sh:minExclusive 0"),
        _property("ex:note", "sh:minCount 1", "sh:minLength 3", "sh:uniqueLang true"),
        _property("( ex:zone rdfs:label )", "sh:minCount 1"),
        _property("ex:enterprise", "sh:qualifiedValueShape [ sh:class ex:Enterprise ]", "sh:qualifiedMinCount 1"),
        _property("ex:mentor", "sh:maxCount 0"),
    ),
}
SHAPES = PREFIXES + "\n".join(
    f"ex:{name}Shape sh:targetClass ex:{name} ; {' ; '.join(it)} ." for name, it in _OF.items()
)


def main() -> None:
    """Print a line for each size, conforming and with one node in a hundred broken."""
    sizes = [int(it) for it in sys.argv[1:]] or [26, 260, 2080]
    plan = compiled.compile(Shapes(graph(SHAPES)))
    print(f"{'triples':>10}{'broken':>8}{'findings':>10}{'seconds':>9}")
    for zones in sizes:
        for broken in (0.0, 0.01):
            store = Embedded(Quad(*row) for row in rows(zones, broken))
            start = time.perf_counter()
            found = compiled.run(store, plan)
            print(f"{len(store):>10}{broken:>8}{len(found):>10}{time.perf_counter() - start:>9.2f}", flush=True)


if __name__ == "__main__":
    main()
