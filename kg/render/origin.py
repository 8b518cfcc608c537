"""What a picture or a file says beside its network, asked of the graph itself: its sources and its dataset."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

from kg.engine import Engine, labels
from kg.networks import Label, Language, Network
from kg.terms import Literal, NamedNode, Term

_DATASET = """PREFIX dcterms: <http://purl.org/dc/terms/>
PREFIX dcat: <http://www.w3.org/ns/dcat#>
SELECT ?version ?issued WHERE {
  ?dataset a dcat:Dataset .
  OPTIONAL { ?dataset dcat:version ?version }
  OPTIONAL { ?dataset dcterms:issued ?issued }
}
ORDER BY ?dataset ?version ?issued"""

_SOURCES = """PREFIX zkg: <https://w3id.org/zonekg/ontology#>
PREFIX dcterms: <http://purl.org/dc/terms/>
SELECT ?name ?publisher ?date ?derived WHERE {
  ?source a zkg:Source ; dcterms:identifier ?name .
  OPTIONAL {
    ?claim zkg:publishes ?source ; zkg:publisher ?publisher .
    OPTIONAL { ?claim zkg:date ?date OPTIONAL { ?claim zkg:derivesSlot ?derived FILTER(?derived = zkg:date) } }
  }
}
ORDER BY ?name ?publisher ?date"""


@dataclass(frozen=True, slots=True)
class Source:
    """A source: its identifier, who published it, and when. ``derived``: the date is not printed in it."""

    name: str
    publisher: Label | None = None
    date: str = ""
    derived: bool = False

    def words(self, lang: Language) -> str:
        """The source as a caption names it: 科学导报,2025-12(日期为推导),kexue-daobao-2025-12."""
        zh = lang == "zh"
        date = self.date
        if date and self.derived:
            date += "（日期为推导）" if zh else " (date derived)"
        parts = [self.publisher.of(lang) if self.publisher is not None else "", date, self.name]
        return ("，" if zh else ", ").join(part for part in parts if part)


@dataclass(frozen=True, slots=True)
class Origin:
    """The sources of a network, the version of its dataset, and the date of issue (ISO 8601); empty where unknown."""

    sources: tuple[Source, ...] = ()
    version: str = ""
    issued: str = ""

    def dataset(self) -> str:
        """The dataset as a caption names it: ``ZoneKG 0.1.0, 2026-11-24``; the same in both languages."""
        return ", ".join(part for part in (f"ZoneKG {self.version}".strip(), self.issued) if part)

    def source(self, name: str) -> Source:
        """The source of this identifier, with what is known of it."""
        return next((source for source in self.sources if source.name == name), Source(name))


UNKNOWN: Final = Origin()


def origin(engine: Engine, network: Network) -> Origin:
    """What the engine's graph says of its version and of the sources of a network; nothing where it is silent.

    Raises what the engine raises.
    """
    described = next(iter(engine.select(_DATASET).rows), (None, None))
    rows = list(engine.select(_SOURCES).rows)
    publishers = [row[1] for row in rows]
    zh, en = _labels(engine, publishers, "zh"), _labels(engine, publishers, "en")
    found: dict[str, Source] = {}
    named = set(network.sources())
    for name, publisher, date, derived in rows:
        if _text(name) not in named:
            continue
        label = None
        if isinstance(publisher, NamedNode):
            label = Label(zh.get(publisher, publisher.value), en.get(publisher, publisher.value))
        found.setdefault(_text(name), Source(_text(name), label, _text(date), derived is not None))
    return Origin(tuple(found.values()), _text(described[0]), _text(described[1]))


def _labels(engine: Engine, terms: Iterable[Term | None], lang: Language) -> dict[NamedNode, str]:
    return labels(engine, [term for term in terms if isinstance(term, NamedNode)], lang)


def _text(term: Term | None) -> str:
    return term.value if isinstance(term, Literal) else ""
