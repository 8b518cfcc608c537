"""What a picture or a file says beside its network, asked of the graph itself: its sources and its dataset."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

from kg.engine import Engine, labels
from kg.networks import Label, Language, Network
from kg.networks.asking import ask_of
from kg.terms import Literal, NamedNode, Term

_DATE: Final = re.compile(r"([0-9]{4})(?:-([0-9]{2})(?:-([0-9]{2}))?)?")

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
SELECT ?name ?publisher ?date ?derived ?source WHERE {
  ?source a zkg:Source ; dcterms:identifier ?name .
  OPTIONAL {
    ?claim zkg:publishes ?source ; zkg:publisher ?publisher .
    OPTIONAL { ?claim zkg:date ?date OPTIONAL { ?claim zkg:derivesSlot ?derived FILTER(?derived = zkg:date) } }
  }
}
ORDER BY ?name ?publisher ?date"""

# An article's printed headline, and what it reports on.
_ARTICLES = """SELECT ?source ?number ?title ?about WHERE {{
  VALUES ?source {{ {terms} }}
  ?article zkg:inSource ?source ; zkg:articleNumber ?number .
  ?report zkg:reportIn ?article .
  OPTIONAL {{ ?report zkg:printedForm ?title }}
  OPTIONAL {{ ?report zkg:reportsOn ?about }}
}}"""


@dataclass(frozen=True, slots=True)
class Source:
    """A source: its identifier, who published it, and when. ``derived``: the date is not printed in it.

    ``articles``: the number of an article, and what tells it from the others: in Chinese its headline, in English
    what it reports on; where only one of them is known, that one.
    """

    name: str
    publisher: Label | None = None
    date: str = ""
    derived: bool = False
    articles: tuple[tuple[int, Label], ...] = ()

    def words(self, lang: Language) -> str:
        """The source as a caption names it: 科学导报，2025年12月（日期由内容推定），kexue-daobao-2025-12."""
        zh = lang == "zh"
        date = _in_chinese(self.date) if zh else self.date
        if date and self.derived:
            date += "（日期由内容推定）" if zh else " (date derived)"
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
    rows = [row for row in rows if _text(row[0]) in named]
    articles = _articles(engine, [row[4] for row in rows])
    for name, publisher, date, derived, source in rows:
        label = None
        if isinstance(publisher, NamedNode):
            label = Label(zh.get(publisher, publisher.value), en.get(publisher, publisher.value))
        found.setdefault(
            _text(name), Source(_text(name), label, _text(date), derived is not None, articles.get(source, ()))
        )
    return Origin(tuple(found.values()), _text(described[0]), _text(described[1]))


def _articles(engine: Engine, sources: Iterable[Term | None]) -> dict[Term | None, tuple[tuple[int, Label], ...]]:
    """Source → its articles by number; those of which nothing is told are left out."""
    rows = sorted(
        ask_of(engine, _ARTICLES, [term for term in sources if isinstance(term, NamedNode)]),
        key=lambda row: tuple(map(str, row)),
    )
    abouts = [row[3] for row in rows]
    zh, en = _labels(engine, abouts, "zh"), _labels(engine, abouts, "en")
    found: dict[Term | None, dict[int, Label]] = {}
    for source, number, title, about in rows:
        headline = f"《{_text(title)}》" if _text(title) else ""
        names = ("", "")
        if isinstance(about, NamedNode):
            names = (zh.get(about, ""), en.get(about, ""))
        label = Label(headline or names[0] or names[1], names[1] or names[0] or headline)
        if label.zh and _text(number).isdecimal():
            found.setdefault(source, {}).setdefault(int(_text(number)), label)
    return {source: tuple(sorted(articles.items())) for source, articles in found.items()}


def _labels(engine: Engine, terms: Iterable[Term | None], lang: Language) -> dict[NamedNode, str]:
    return labels(engine, [term for term in terms if isinstance(term, NamedNode)], lang)


def _in_chinese(date: str) -> str:
    """A date, a month or a year in ISO 8601 as Chinese writes it: 2025-03-09 → 2025年3月9日. Others as they are."""
    found = _DATE.fullmatch(date)
    if found is None:
        return date
    return "".join(f"{int(part)}{unit}" for part, unit in zip(found.groups(), "年月日", strict=True) if part)


def _text(term: Term | None) -> str:
    return term.value if isinstance(term, Literal) else ""
