"""What is said, how, and where: the values that nodes and edges of a network rest on. All are frozen."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from typing import Literal, TypeAlias

from kg.networks.periods import Period

Language: TypeAlias = Literal["zh", "en"]

# How a passage that is no sentence is called, by its kind (voc passage-kind/…).
_PASSAGES: dict[Language, dict[str, str]] = {
    "zh": {"zone-heading": "区名", "title": "标题", "byline": "署名"},
    "en": {"zone-heading": "zone heading", "title": "title", "byline": "byline"},
}


@dataclass(frozen=True, slots=True, order=True)
class Label:
    """A name in both languages; where one is missing, both hold the other."""

    zh: str
    en: str

    def of(self, lang: Language) -> str:
        """The name in one language."""
        return self.zh if lang == "zh" else self.en


@dataclass(frozen=True, slots=True)
class Concept:
    """A class or a concept with its name: the kind of a node, the kind or the status of an edge."""

    iri: str
    label: Label

    @property
    def name(self) -> str:
        """The last part of the IRI: ``University``, ``via-enterprise``, ``planned``."""
        return self.iri.replace("#", "/").rstrip("/").rpartition("/")[2]


@dataclass(frozen=True, slots=True)
class Evidence:
    """Where something is said: a passage of an article or a caption, or a record of reference (no block).

    Numbers count from 1. ``order`` is that of the passages on the page.
    """

    iri: str
    source: str = ""
    block: Literal["article", "caption", "record"] = "record"
    number: int | None = None
    paragraph: int | None = None
    sentence: int | None = None
    kind: str = ""
    order: int = 0

    @property
    def id(self) -> str:
        """The passage's own name: ``a5-p2-s3``."""
        return self.iri.rpartition("/")[2]

    def words(self, lang: Language) -> str:
        """Where it stands, as a person says it: 第5篇第2段第3句; article 5, paragraph 2, sentence 3."""
        if self.block == "record":
            return "参考记录" if lang == "zh" else "reference record"
        parts = []
        if lang == "zh":
            parts.append(f"第{self.number}篇" if self.block == "article" else f"图片说明{self.number}")
            if self.paragraph is not None:
                parts.append(f"第{self.paragraph}段")
            if self.sentence is not None:
                parts.append(f"第{self.sentence}句")
            parts.append(_PASSAGES["zh"].get(self.kind, ""))
            return "".join(parts)
        parts.append(f"article {self.number}" if self.block == "article" else f"caption {self.number}")
        if self.paragraph is not None:
            parts.append(f"paragraph {self.paragraph}")
        if self.sentence is not None:
            parts.append(f"sentence {self.sentence}")
        if self.kind in _PASSAGES["en"]:
            parts.append(_PASSAGES["en"][self.kind])
        return ", ".join(parts)


_CERTAINTIES = ("implied", "doubtful")  # less and less; what is stated has none


def weakest(certainties: Iterable[Concept | None]) -> Concept | None:
    """The least certain of them: doubtful, then implied; None where all is stated."""
    found = [one for one in certainties if one is not None]
    return max(found, key=lambda one: _CERTAINTIES.index(one.name) if one.name in _CERTAINTIES else 9, default=None)


@dataclass(frozen=True, slots=True)
class Claim:
    """One thing that a source says, and how it says it; None or empty where it has nothing of the kind.

    ``kind`` is its class, the most special one; ``status`` that of a collaboration or a permit, else its modality;
    ``bound`` how a figure is to be read (exactly, more than, about ...), ``printed`` its expressions as printed,
    ``value`` the number in base units of ``unit``, in digits without an exponent. ``certainty`` is None for what the
    source says outright. ``derived`` are the slots whose value is not printed, ``open`` those that it leaves open.
    """

    iri: str
    label: Label
    evidence: tuple[Evidence, ...] = ()
    kind: Concept | None = None
    status: Concept | None = None
    bound: Concept | None = None
    printed: tuple[str, ...] = ()
    value: str = ""
    unit: Concept | None = None
    certainty: Concept | None = None
    period: Period | None = None
    derived: tuple[Concept, ...] = ()
    open: tuple[Concept, ...] = ()

    @property
    def names(self) -> bool:
        """Whether it only says what something is called."""
        return self.kind is not None and self.kind.name == "Naming"

    def amount(self, lang: Language) -> str:
        """Its number in words, with bound and unit: 多于750亩; more than 750 mu. Empty for what is no figure."""
        # A number without a word before it is exact.
        bound = "" if self.bound is None or self.bound.name == "exactly" else self.bound.label.of(lang)
        if not self.value:
            return bound
        number = f"{Decimal(self.value):,f}"
        # In English a number of things needs no unit beside it.
        unit = ""
        if self.unit is not None and (lang == "zh" or self.unit.name != "one"):
            unit = self.unit.label.of(lang)
        return ("" if lang == "zh" else " ").join(part for part in (bound, number, unit) if part)

    @property
    def place(self) -> tuple[tuple[bool, str, int], ...]:
        """Where it stands, for sorting in the order of the page: reference records after passages, nothing last."""
        found = tuple((e.block == "record", e.source, e.order) for e in self.evidence)
        return found or ((True, "\U0010ffff", 0),)
