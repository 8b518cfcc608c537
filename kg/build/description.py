"""The dataset described by itself: VoID and DCAT, with counts."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from typing import Final

from kg.build.plan import Graphs, graph_iri
from kg.resources import DATASET_FILE, TRIG_FILE
from kg.templates import Template
from kg.terms import BlankNode, Literal, NamedNode, Triple, literal
from kg.vocab import DCAT, DCTERMS, RDF, VOID, shorten

NAME: Final = "description"
DATASET: Final = NamedNode("https://w3id.org/zonekg/dataset")

_FILES = {
    "trig": (TRIG_FILE, "https://www.iana.org/assignments/media-types/application/trig"),
    "nq": (DATASET_FILE, "https://www.iana.org/assignments/media-types/application/n-quads"),
}


def describe(graphs: Graphs, rules: Iterable[Template]) -> list[Triple]:
    """What build knows of the graphs; title, licence and dates are curated, in kg/data/description.ttl.

    Counts of the dataset are those of the union of all graphs but the description itself. An entity is a
    subject with an IRI.
    """
    summaries = {f"derived/{rule.name}": rule.summary for rule in rules}
    union: list[Triple] = []
    found: list[Triple] = []
    for name in graphs.names():
        if name == NAME:
            continue
        graph, triples = graph_iri(name), graphs.triples(name)
        union += triples
        found += [
            Triple(DATASET, VOID.subset, graph),
            Triple(graph, RDF.type, VOID.Dataset),
            *_counts(graph, triples),
            *(Triple(graph, DCTERMS.description, Literal(text, language=language))
              for language, text in summaries.get(name, {}).items()),
        ]  # fmt: skip
    found += [Triple(DATASET, RDF.type, VOID.Dataset), Triple(DATASET, RDF.type, DCAT.Dataset)]
    found += [*_counts(DATASET, union), *_partitions(union), *_distributions()]
    return found


def _counts(subject: NamedNode, triples: list[Triple]) -> Iterator[Triple]:
    """Triples, entities, classes, properties, distinct subjects and objects."""
    for term, number in (
        (VOID.triples, len(triples)),
        (VOID.entities, len({t.subject for t in triples if not isinstance(t.subject, BlankNode)})),
        (VOID.classes, len({t.object for t in triples if t.predicate == RDF.type})),
        (VOID.properties, len({t.predicate for t in triples})),
        (VOID.distinctSubjects, len({t.subject for t in triples})),
        (VOID.distinctObjects, len({t.object for t in triples})),
    ):
        yield Triple(subject, term, literal(number))


def _partitions(triples: list[Triple]) -> Iterator[Triple]:
    """How many instances each class has, and how many triples each property."""
    classes = Counter(t.object for t in triples if t.predicate == RDF.type and isinstance(t.object, NamedNode))
    properties = Counter(t.predicate for t in triples)
    for kind, partition, key, measure, numbers in (
        ("class", VOID.classPartition, VOID["class"], VOID.entities, classes),
        ("property", VOID.propertyPartition, VOID.property, VOID.triples, properties),
    ):
        yield from _partition(kind, partition, key, measure, numbers)


def _partition(
    kind: str, partition: NamedNode, key: NamedNode, measure: NamedNode, numbers: Mapping[NamedNode, int]
) -> Iterator[Triple]:
    for term, number in sorted(numbers.items(), key=lambda item: item[0].value):
        # An IRI of its own, for blank nodes cannot be referred to; readable, and unique as the term's is.
        name = "".join(c if c.isascii() and (c.isalnum() or c in "-_.") else "-" for c in shorten(term))
        part = NamedNode(f"{DATASET.value}#{kind}-{name}")
        yield Triple(DATASET, partition, part)
        yield Triple(part, RDF.type, VOID.Dataset)
        yield Triple(part, key, term)
        yield Triple(part, measure, literal(number))


def _distributions() -> Iterator[Triple]:
    """The two files of one content."""
    for short, (name, media) in _FILES.items():
        file = NamedNode(f"{DATASET.value}#{short}")
        yield Triple(DATASET, DCAT.distribution, file)
        yield Triple(file, RDF.type, DCAT.Distribution)
        yield Triple(file, DCTERMS.title, Literal(name))
        yield Triple(file, DCAT.mediaType, NamedNode(media))
