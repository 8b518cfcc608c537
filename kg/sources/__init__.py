"""Passages of a source text: positions, digests, checking, and what the graph says on the strength of each.

The words of a source stay outside the repository. Its index says where each sentence stands in the text and what
its digest is, so that whoever has the text can check both the index and every claim that rests on it.
"""

from __future__ import annotations

from kg.sources.checking import Difference, Verdict, check, faults
from kg.sources.coverage import Coverage, CoverageRow, coverage
from kg.sources.indexing import index
from kg.sources.layout import ArticleLayout, CaptionLayout, Layout, parse_layout, read_layout
from kg.sources.rdf import parse_turtle, read_index, triples
from kg.sources.records import (
    SOURCE_BASE,
    Block,
    Index,
    Passage,
    PassageKind,
    TextRange,
    checked_source_id,
)
from kg.sources.shelf import index_for, index_path, known_sources, layout_path
from kg.sources.statements import ClaimStatement, Excuse, Slot, Statements, statements
from kg.sources.text import SourceText, normalise, read_text

__all__ = [
    "SOURCE_BASE",
    "ArticleLayout",
    "Block",
    "CaptionLayout",
    "ClaimStatement",
    "Coverage",
    "CoverageRow",
    "Difference",
    "Excuse",
    "Index",
    "Layout",
    "Passage",
    "PassageKind",
    "Slot",
    "SourceText",
    "Statements",
    "TextRange",
    "Verdict",
    "check",
    "checked_source_id",
    "coverage",
    "faults",
    "index",
    "index_for",
    "index_path",
    "known_sources",
    "layout_path",
    "normalise",
    "parse_layout",
    "parse_turtle",
    "read_index",
    "read_layout",
    "read_text",
    "statements",
    "triples",
]
