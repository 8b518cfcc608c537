"""Rows and triples as files. Programs get exact terms; people (Markdown, HTML, Excel) get labels too.

Text formats are given as text, the others as bytes; each function takes rows, and says what it cannot write.
"""

from __future__ import annotations

from kg.engine.formats.delimited import to_csv, to_tsv
from kg.engine.formats.results import ask_to_json, ask_to_xml, to_json, to_xml

__all__ = ["ask_to_json", "ask_to_xml", "to_csv", "to_json", "to_tsv", "to_xml"]
