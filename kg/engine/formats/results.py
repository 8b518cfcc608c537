"""Rows and answers as SPARQL 1.1 results in JSON and in XML."""

from __future__ import annotations

import json
import re
from html import escape  # that of xml.sax.saxutils would import urllib.request

from kg.engine.rows import Rows
from kg.errors import UsageError
from kg.terms import XSD, BlankNode, Literal, Term

_NAMESPACE = "http://www.w3.org/2005/sparql-results#"
_NO_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def to_json(rows: Rows) -> str:
    """SPARQL 1.1 results in JSON, indented, in UTF-8 rather than escapes."""
    bindings = [
        {name: _binding(term) for name, term in zip(rows.columns, row, strict=True) if term is not None}
        for row in rows.rows
    ]
    return _json({"head": {"vars": list(rows.columns)}, "results": {"bindings": bindings}})


def ask_to_json(answer: bool) -> str:
    """The answer of an ASK as SPARQL 1.1 results in JSON."""
    return _json({"head": {}, "boolean": answer})


def _json(document: object) -> str:
    return json.dumps(document, ensure_ascii=False, indent=2) + "\n"


def _binding(term: Term) -> dict[str, str]:
    """One term as the JSON results format writes it."""
    if isinstance(term, BlankNode):
        return {"type": "bnode", "value": term.value}
    if not isinstance(term, Literal):
        return {"type": "uri", "value": term.value}
    binding = {"type": "literal", "value": term.value}
    if term.language is not None:
        binding["xml:lang"] = term.language
    elif term.datatype.value != XSD + "string":
        binding["datatype"] = term.datatype.value
    return binding


def to_xml(rows: Rows) -> str:
    """SPARQL 1.1 results in XML. UsageError for a character that XML cannot hold (a control character)."""
    lines = [*_opening(rows.columns), "  <results>"]
    for row in rows.rows:
        lines.append("    <result>")
        for name, term in zip(rows.columns, row, strict=True):
            if term is not None:
                lines.append(f'      <binding name="{escape(name)}">{_element(term, name)}</binding>')
        lines.append("    </result>")
    return "\n".join([*lines, "  </results>", "</sparql>"]) + "\n"


def ask_to_xml(answer: bool) -> str:
    """The answer of an ASK as SPARQL 1.1 results in XML."""
    return "\n".join([*_opening(()), f"  <boolean>{str(answer).lower()}</boolean>", "</sparql>"]) + "\n"


def _opening(columns: tuple[str, ...]) -> list[str]:
    variables = [f'    <variable name="{escape(name)}"/>' for name in columns]
    head = ["  <head>", *variables, "  </head>"] if columns else ["  <head/>"]
    return ['<?xml version="1.0" encoding="UTF-8"?>', f'<sparql xmlns="{_NAMESPACE}">', *head]


def _element(term: Term, column: str) -> str:
    """One term as the XML results format writes it."""
    bad = _NO_XML.search(term.value)
    if bad:
        raise UsageError(f"column {column}: XML has no character U+{ord(bad.group()):04X}", hint="write json, or tsv")
    text = escape(term.value, quote=False).replace("\r", "&#13;")  # as itself, it would be read as a line feed
    if isinstance(term, BlankNode):
        return f"<bnode>{text}</bnode>"
    if not isinstance(term, Literal):
        return f"<uri>{text}</uri>"
    if term.language is not None:
        return f'<literal xml:lang="{escape(term.language)}">{text}</literal>'
    if term.datatype.value != XSD + "string":
        return f'<literal datatype="{escape(term.datatype.value)}">{text}</literal>'
    return f"<literal>{text}</literal>"
