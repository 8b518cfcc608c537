"""Rows as tables for people: Markdown and HTML, with labels that link to their IRIs."""

from __future__ import annotations

import re
from collections.abc import Mapping
from html import escape

from kg.engine.rows import Rows
from kg.terms import NamedNode, Term, visible
from kg.vocab import shorten

_WEB = ("http://", "https://")
_LISTED = re.compile(r"https://w3id\.org/zonekg/[^\x00-\x20\x7f-\xa0;,|<>\"{}^`\\]+")
_MARKUP = re.compile(r"([\\`*_{}\[\]<>|~&$])")
_STYLE = (
    "body{font-family:system-ui,sans-serif}table{border-collapse:collapse}"
    "th,td{border:1px solid #999;padding:.25em .5em;text-align:left;vertical-align:top}"
)


def to_markdown(rows: Rows, names: Mapping[NamedNode, str]) -> str:
    """A table as GitHub's Markdown has it; what would be markup in a value is escaped."""
    lines = ["| " + " | ".join(map(_escaped, rows.columns)) + " |", "|" + " --- |" * len(rows.columns)]
    lines += ["| " + " | ".join(_markdown(term, names) for term in row) + " |" for row in rows.rows]
    return "\n".join(lines) + "\n"


def iris_of(rows: Rows) -> set[NamedNode]:
    """The IRIs in the cells of rows."""
    return {iri for row in rows.rows for term in row if term is not None for iri in _iris(term)}


def _iris(term: Term) -> list[NamedNode]:
    """The IRI that a term is, or the IRIs of ours that its text lists, as GROUP_CONCAT leaves them; else none."""
    if isinstance(term, NamedNode):
        return [term]
    parts = term.value.split(" ")
    return [NamedNode(part) for part in parts] if all(map(_LISTED.fullmatch, parts)) else []


def _markdown(term: Term | None, names: Mapping[NamedNode, str]) -> str:
    """The content of one cell."""
    if term is None:
        return ""
    links = _iris(term)
    return "<br>".join(_link(iri, names) for iri in links) or "<br>".join(map(_escaped, term.value.splitlines()))


def _link(term: NamedNode, names: Mapping[NamedNode, str]) -> str:
    text = _escaped(names.get(term) or shorten(term))
    # Inside <…> only these end a link's target or a cell.
    return f"[{text}](<{_quoted(term.value)}>)" if term.value.startswith(_WEB) else text


def _quoted(address: str) -> str:
    return address.replace("\\", "%5C").replace("|", "%7C").replace("<", "%3C").replace(">", "%3E")


def _escaped(text: str) -> str:
    return _MARKUP.sub(r"\\\1", visible(text))


def to_html(rows: Rows, names: Mapping[NamedNode, str], *, lang: str, title: str) -> str:
    """A page with one table; it asks nothing of any network."""
    head = "".join(f"<th>{escape(visible(name))}</th>" for name in rows.columns)
    body = "".join(
        "<tr>" + "".join(f"<td>{_html(term, names)}</td>" for term in row) + "</tr>\n" for row in rows.rows
    )
    return (
        f'<!DOCTYPE html>\n<html lang="{escape(lang)}">\n<head>\n<meta charset="utf-8">\n'
        f"<title>{escape(visible(title))}</title>\n<style>{_STYLE}</style>\n</head>\n<body>\n"
        f"<table>\n<thead><tr>{head}</tr></thead>\n<tbody>\n{body}</tbody>\n</table>\n</body>\n</html>\n"
    )


def _html(term: Term | None, names: Mapping[NamedNode, str]) -> str:
    """The content of one cell."""
    if term is None:
        return ""
    links = "<br>".join(anchor(iri, names.get(iri) or shorten(iri)) for iri in _iris(term))
    return links or "<br>".join(escape(visible(line)) for line in term.value.splitlines())


def anchor(term: NamedNode, text: str) -> str:
    """A link to an IRI of the web; other schemes (javascript: is one) are only text."""
    shown = escape(visible(text))
    return f'<a href="{escape(term.value)}">{shown}</a>' if term.value.startswith(_WEB) else shown
