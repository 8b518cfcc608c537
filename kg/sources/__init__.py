"""Passages of a source text: positions, digests, checking, and what the graph says on the strength of each.

The words of a source stay outside the repository. Its index says where each sentence stands in the text and what
its digest is, so that whoever has the text can check both the index and every claim that rests on it.
"""

from __future__ import annotations

from kg.sources.checking import Difference, Verdict, check
from kg.sources.indexing import index
from kg.sources.layout import ArticleLayout, CaptionLayout, Layout, parse_layout, read_layout
from kg.sources.records import (
    SOURCE_BASE,
    Block,
    Index,
    Passage,
    PassageKind,
    TextRange,
    checked_source_id,
)
from kg.sources.text import SourceText, normalise, read_text
from kg.sources.turtle import index_path, layout_path, parse_turtle, read_index, to_turtle

__all__ = [
    "SOURCE_BASE",
    "ArticleLayout",
    "Block",
    "CaptionLayout",
    "Difference",
    "Index",
    "Layout",
    "Passage",
    "PassageKind",
    "SourceText",
    "TextRange",
    "Verdict",
    "check",
    "checked_source_id",
    "index",
    "index_path",
    "layout_path",
    "normalise",
    "parse_layout",
    "parse_turtle",
    "read_index",
    "read_layout",
    "read_text",
    "to_turtle",
]
