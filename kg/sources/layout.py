"""The layout file: what no rule can know of a text, by line number, never its words.

::

    source = "gazette-2031-05"
    sha256 = "…"                 # of the normalised text that the numbers are for

    [[article]]                  # articles in the order in which they begin on the page
    heading = 3                  # a line, a list of lines, or [] for none
    title = 5
    byline = 25
    lead-ins = [9, 13]           # first lines of the paragraphs that begin with a lead-in
    after-byline = [27]          # lines that go on with the article after its byline
    continues = []               # lines that go on with the paragraph before, though it
                                 #   had ended its sentence
    ends = []                    # lines that end a paragraph without a full stop

    [[caption]]                  # photos, which belong to no article
    lines = 43
    byline = 45
"""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from kg.errors import LayoutError, Place
from kg.sources.records import checked_source_id

_ARTICLE_REQUIRED = ("heading", "title", "byline")
_ARTICLE_OPTIONAL = ("lead-ins", "after-byline", "continues", "ends")
_CAPTION_REQUIRED = ("lines", "byline")
_CAPTION_OPTIONAL = ("continues", "ends")


@dataclass(frozen=True)
class ArticleLayout:
    """Line numbers (from 1) of what an article is made of besides its paragraphs."""

    heading: tuple[int, ...]
    title: tuple[int, ...]
    byline: tuple[int, ...]
    lead_ins: tuple[int, ...] = ()
    after_byline: tuple[int, ...] = ()
    continues: tuple[int, ...] = ()
    ends: tuple[int, ...] = ()

    @property
    def first_line(self) -> int:
        """The line with which the article begins."""
        return min(self.heading + self.title)


@dataclass(frozen=True)
class CaptionLayout:
    """Line numbers (from 1) of a photo's caption and of its photographer."""

    lines: tuple[int, ...]
    byline: tuple[int, ...]
    continues: tuple[int, ...] = ()
    ends: tuple[int, ...] = ()


@dataclass(frozen=True)
class Layout:
    """The layout of the text whose normalised SHA-256 is ``sha256``."""

    source: str
    sha256: str
    articles: tuple[ArticleLayout, ...]
    captions: tuple[CaptionLayout, ...] = ()
    path: str | None = None


def read_layout(path: Path) -> Layout:
    """Read a layout file.

    Raises:
        LayoutError: it cannot be read, is not TOML, lacks a key or has an unknown
            one, or a line number is not a positive integer.
    """
    try:
        content = path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise LayoutError(
            f"cannot read the layout: {error}",
            where=Place(path),
            hint="--layout FILE names it; CONTRIBUTING.md says how to write one",
        ) from error
    return parse_layout(content, str(path))


def parse_layout(content: str, path: str | None = None) -> Layout:
    """The layout that the TOML text ``content`` says; errors as `read_layout`."""
    reader = _Reader(path)
    try:
        table = tomllib.loads(content)
    except tomllib.TOMLDecodeError as error:
        raise reader.error(f"not TOML: {error}") from error
    reader.keys(table, ("source", "sha256", "article"), ("caption",), "the layout")
    source, sha256 = table["source"], table["sha256"]
    if not isinstance(source, str) or not isinstance(sha256, str):
        raise reader.error("source and sha256 are strings")
    articles = reader.tables(table, "article")
    if not articles:
        raise reader.error("a layout has at least one [[article]]")
    return Layout(
        source=checked_source_id(source),
        sha256=sha256,
        articles=tuple(reader.article(item, f"article {number}") for number, item in enumerate(articles, 1)),
        captions=tuple(
            reader.caption(item, f"caption {number}")
            for number, item in enumerate(reader.tables(table, "caption"), 1)
        ),
        path=path,
    )


@dataclass(frozen=True)
class _Reader:
    """Checks TOML values and names the file in what it raises."""

    path: str | None

    def error(self, message: str) -> LayoutError:
        return LayoutError(message, where=Place(self.path or "<layout>"))

    def keys(
        self,
        table: Mapping[str, Any],
        required: tuple[str, ...],
        optional: tuple[str, ...],
        name: str,
    ) -> None:
        for key in required:
            if key not in table:
                raise self.error(f"{name} does not say {key!r} ([] says that there is none)")
        for key in table:
            if key not in required + optional:
                known = ", ".join(required + optional)
                raise self.error(f"{name} has an unknown key {key!r} (known: {known})")

    def tables(self, table: Mapping[str, Any], key: str) -> list[Mapping[str, Any]]:
        value = table.get(key, [])
        if not isinstance(value, list) or not all(isinstance(item, dict) for item in value):
            raise self.error(f"{key!r} is written [[{key}]], one table each")
        return value

    def lines(self, table: Mapping[str, Any], key: str, name: str) -> tuple[int, ...]:
        value = table.get(key, [])
        numbers = value if isinstance(value, list) else [value]
        for number in numbers:
            if not isinstance(number, int) or isinstance(number, bool) or number < 1:
                raise self.error(f"{name}: {key} holds line numbers from 1, not {number!r}")
        if sorted(set(numbers)) != numbers:
            raise self.error(f"{name}: {key} names lines in order, each once")
        return tuple(numbers)

    def article(self, table: Mapping[str, Any], name: str) -> ArticleLayout:
        self.keys(table, _ARTICLE_REQUIRED, _ARTICLE_OPTIONAL, name)
        found = {key.replace("-", "_"): self.lines(table, key, name) for key in _ARTICLE_REQUIRED + _ARTICLE_OPTIONAL}
        if not found["heading"] + found["title"]:
            raise self.error(f"{name} has neither heading nor title: nothing says where it begins")
        return ArticleLayout(**found)

    def caption(self, table: Mapping[str, Any], name: str) -> CaptionLayout:
        self.keys(table, _CAPTION_REQUIRED, _CAPTION_OPTIONAL, name)
        found = {key: self.lines(table, key, name) for key in _CAPTION_REQUIRED + _CAPTION_OPTIONAL}
        if not found["lines"]:
            raise self.error(f"{name} has no lines")
        return CaptionLayout(**found)
