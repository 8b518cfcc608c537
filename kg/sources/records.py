"""What an index is made of: positions only, never text."""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import Enum

from kg.errors import UsageError
from kg.vocab import SHORTHANDS

SOURCE_BASE = SHORTHANDS["src"]
_SOURCE_ID = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*\Z")


class PassageKind(Enum):
    """The kinds of passages; the value is the term in the scheme ``passage-kind``."""

    ZONE_HEADING = "zone-heading"
    TITLE = "title"
    LEAD_IN = "lead-in"
    SENTENCE = "sentence"
    BYLINE = "byline"
    CAPTION = "caption"


@dataclass(frozen=True, order=True)
class TextRange:
    """Code points ``start`` (inclusive) to ``end`` (exclusive) of the normalised text."""

    start: int
    end: int


@dataclass(frozen=True)
class Block:
    """An article (``a1``) or the caption of a photo (``c1``), numbered on the page."""

    id: str
    number: int
    caption: bool = False


@dataclass(frozen=True)
class Passage:
    """A position in a source.

    ``order`` counts all passages of the page from 1. ``paragraph`` and
    ``sentence`` count from 1 and are None for headings, titles and bylines.
    ``sha256`` is that of the ranges' text joined with nothing between.
    """

    id: str
    kind: PassageKind
    block: str
    order: int
    ranges: tuple[TextRange, ...]
    sha256: str
    paragraph: int | None = None
    sentence: int | None = None

    def text(self, text: str) -> str:
        """The passage's words, from the normalised ``text`` of the source."""
        return "".join(text[part.start : part.end] for part in self.ranges)

    @property
    def start(self) -> int:
        """The code point at which the passage begins; -1 where it has no range (a fault)."""
        return self.ranges[0].start if self.ranges else -1


@dataclass(frozen=True)
class Index:
    """The passages of one source, in the order of the page."""

    source: str
    sha256: str
    code_points: int
    blocks: tuple[Block, ...]
    passages: tuple[Passage, ...]

    def passage(self, name: str) -> Passage | None:
        """The passage named ``name`` (``a1-p2-s3``, or its IRI), if there is one."""
        wanted = name.removeprefix(f"{SOURCE_BASE}{self.source}/")
        return next((item for item in self.passages if item.id == wanted), None)

    def iri(self, local: str) -> str:
        """The IRI of a passage, article or range of this source."""
        return f"{SOURCE_BASE}{self.source}/{local}"


def checked_source_id(name: str) -> str:
    """``name`` if it may name a source (``kexue-daobao-2025-12``).

    Raises:
        UsageError: it is not lower-case ASCII words joined by hyphens.
    """
    if not _SOURCE_ID.match(name):
        raise UsageError(
            f"{name!r} cannot name a source",
            hint="use lower-case letters, digits and single hyphens: kexue-daobao-2025-12",
        )
    return name
