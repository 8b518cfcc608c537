"""One invented zone and all that is said about it, as nodes of a graph."""

from __future__ import annotations

import hashlib
import random
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import TextIO

_SYLLABLES = ("an", "bei", "cheng", "da", "dong", "gang", "hai", "he", "jin", "kai", "lu", "ming")
_CHARACTERS = "安北城大东港海河晋开路明"
_ROLES = ("lead", "partner", "host", "academic-partner", "industrial-partner", "supporter")
_KINDS = ("joint-platform", "joint-research", "talent-training", "industry-college", "project-contract")
_STATUSES = ("planned", "signed", "under-way", "achieved")
_INDICATORS = ("output-value", "invention-patents", "people-trained", "loans", "total-investment")
_UNITS = ("yuan", "one", "person", "yuan", "yuan")


@dataclass
class Node:
    """A subject and what is said of it: predicate → objects, as Turtle."""

    name: str
    kind: str
    says: dict[str, list[str]] = field(default_factory=dict)

    def write(self, out: TextIO) -> int:
        """Write the node as Turtle, a property a line; the number of its triples."""
        lines = [f"{self.name} a zkg:{self.kind}"]
        lines += [f"    {predicate} {', '.join(objects)}" for predicate, objects in self.says.items() if objects]
        out.write(" ;\n".join(lines) + " .\n\n")
        return 1 + sum(len(objects) for objects in self.says.values())


def _labels(zh: str, en: str) -> list[str]:
    """Two labels."""
    return [f'"{zh}"@zh', f'"{en}"@en']


def zone_nodes(number: int, dice: random.Random) -> Iterator[Node]:
    """The nodes of a zone."""
    zone = f"place:z{number}"
    syllables = [dice.randrange(len(_SYLLABLES)) for _ in range(3)]
    zh = "".join(_CHARACTERS[i] for i in syllables) + str(number)
    pinyin = " ".join(_SYLLABLES[i] for i in syllables)
    yield Node(
        zone,
        "DevelopmentZone",
        {
            "skos:prefLabel": _labels(f"{zh}经济技术开发区", f"{pinyin.title()} zone {number}"),
            "skos:altLabel": _labels(f"{zh}经开区", f"{pinyin.title()} park {number}"),
            "zkg:pinyin": [f'"{pinyin} kai fa qu"'],
            "zkg:wikidata": [f"<http://www.wikidata.org/entity/Q{number}>"],
        },
    )
    article = f"source:post-{number}\\/a1"
    yield Node(article, "Article", {"zkg:inSource": [f"source:post-{number}"], "zkg:articleNumber": ["1"]})
    passages = [f"source:post-{number}\\/a1-p1-s{i}" for i in range(1, 7)]
    for order, passage in enumerate(passages, 1):
        digest = hashlib.sha256(passage.encode()).hexdigest()
        yield Node(
            passage,
            "Passage",
            {
                "zkg:inArticle": [article],
                "zkg:passageKind": ["vocab:passage-kind\\/sentence"],
                "zkg:passageOrder": [str(order)],
                "zkg:range": [f"{passage}\\/r1"],
                "zkg:sha256": [f'"{digest}"'],
            },
        )
        start = 100 * order
        positions = {"oa:start": [str(start)], "oa:end": [str(start + dice.randrange(20, 90))]}
        yield Node(f"{passage}\\/r1", "TextRange", {**positions, "zkg:rangeNumber": ["1"]})
    universities = [f"agent:z{number}-university-{i}" for i in range(1, 4)]
    enterprises = [f"agent:z{number}-enterprise-{i}" for i in range(1, 13)]
    platforms = [f"thing:z{number}-platform-{i}" for i in range(1, 5)]
    named = {
        "University": (universities, "大学"),
        "Enterprise": (enterprises, "公司"),
        "Platform": (platforms, "平台"),
    }
    for kind, (names, suffix) in named.items():
        for i, name in enumerate(names, 1):
            says = {
                "skos:prefLabel": _labels(f"{zh}{suffix}{i}", f"{pinyin.title()} {kind.lower()} {number}.{i}"),
                "zkg:pinyin": [f'"{pinyin}"'],
            }
            if kind == "University":
                code = number * 4 + i
                says["zkg:moeCode"] = [f'"41{code:08}"']
                says["zkg:ror"] = [f"<https://ror.org/0{code:06}{code % 97:02}>"]
            yield Node(name, kind, says)
    for i, name in enumerate(enterprises + platforms, 1):
        yield _claim(
            f"claim:z{number}-siting-{i}",
            "Siting",
            f"{zh}所载第{i}处位于开发区",
            f"Thing {i} of zone {number} is in the zone",
            dice.choice(passages),
            {"zkg:sited": [name], "zkg:sitedIn": [zone]},
        )
    yield from _collaborations(number, zone, zh, universities + enterprises, passages, dice)
    yield from _figures(number, zone, zh, passages, dice)


def _claim(name: str, kind: str, zh: str, en: str, passage: str, slots: dict[str, list[str]]) -> Node:
    """A claim, with what every claim has."""
    common = {
        "rdfs:label": _labels(zh, en),
        "zkg:certainty": ["vocab:certainty\\/stated"],
        "zkg:supportedBy": [passage],
    }
    return Node(name, kind, common | slots)


def _collaborations(
    number: int, zone: str, zh: str, partners: list[str], passages: list[str], dice: random.Random
) -> Iterator[Node]:
    """Four collaborations of a zone with a partner, each with its two participations."""
    for i in range(1, 5):
        name = f"claim:z{number}-collaboration-{i}"
        partner = dice.choice(partners)
        yield _claim(
            name,
            "Collaboration",
            f"{zh}的第{i}项合作",
            f"Collaboration {i} of zone {number}",
            dice.choice(passages),
            {
                "zkg:collaborationKind": [f"vocab:collaboration-kind\\/{dice.choice(_KINDS)}"],
                "zkg:collaborationStatus": [f"vocab:collaboration-status\\/{dice.choice(_STATUSES)}"],
                "zkg:participation": [f"{name}\\/p1", f"{name}\\/p2"],
            },
        )
        for place, party in ((1, zone), (2, partner)):
            role = [f"vocab:role\\/{dice.choice(_ROLES)}"]
            yield Node(f"{name}\\/p{place}", "Participation", {"zkg:participant": [party], "zkg:role": role})


def _figures(number: int, zone: str, zh: str, passages: list[str], dice: random.Random) -> Iterator[Node]:
    """Five figures of a zone."""
    for i, (indicator, unit) in enumerate(zip(_INDICATORS, _UNITS, strict=True), 1):
        value = dice.randrange(1, 100_000)
        yield _claim(
            f"claim:z{number}-figure-{i}",
            "Observation",
            f"{zh}的第{i}个数据为{value}",
            f"Figure {i} of zone {number} is {value}",
            dice.choice(passages),
            {
                "zkg:bound": ["vocab:bound\\/exactly"],
                "zkg:date": [f'"{dice.randrange(2015, 2026)}"^^xsd:gYear'],
                "zkg:figureOf": [zone],
                "zkg:indicator": [f"vocab:indicator\\/{indicator}"],
                "zkg:modality": ["vocab:modality\\/actual"],
                "zkg:periodKind": ["vocab:period-kind\\/yearly"],
                "zkg:printedForm": [f'"{value}"'],
                "zkg:unit": [f"vocab:unit\\/{unit}"],
                "zkg:value": [f'"{value}"^^xsd:decimal'],
            },
        )
