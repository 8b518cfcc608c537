"""Rows for a notebook: an HTML table with labels beside IRIs, everything escaped."""

from __future__ import annotations

from html import escape

from kg.engine.formats.people import anchor
from kg.engine.naming import labels
from kg.engine.rows import Rows
from kg.terms import Literal, NamedNode, Term, visible
from kg.vocab import shorten

_SHOWN = 200  # rows; a notebook that shows more is slow to scroll


def to_notebook(rows: Rows) -> str:
    """The first rows as HTML: labels in English and Chinese, then the IRI as a short form that links to itself."""
    shown = Rows(rows.columns, rows.rows[:_SHOWN], rows.engine)
    named = {term for row in shown.rows for term in row if isinstance(term, NamedNode)}
    english = {} if rows.engine is None else labels(rows.engine, named, "en")
    chinese = {} if rows.engine is None else labels(rows.engine, named, "zh")
    head = "".join(f"<th>{escape(visible(name))}</th>" for name in shown.columns)
    body = "".join(
        "<tr>" + "".join(f"<td>{_cell(term, english, chinese)}</td>" for term in row) + "</tr>\n"
        for row in shown.rows
    )
    more = "" if len(rows) <= _SHOWN else f"; the first {_SHOWN} are shown"
    return (
        f"<table>\n<thead><tr>{head}</tr></thead>\n<tbody>\n{body}</tbody>\n</table>\n"
        f"<p>{len(rows)} {'row' if len(rows) == 1 else 'rows'}{more}</p>\n"
    )


def _cell(term: Term | None, english: dict[NamedNode, str], chinese: dict[NamedNode, str]) -> str:
    """The content of one cell."""
    if term is None:
        return ""
    if not isinstance(term, NamedNode):
        text = "<br>".join(escape(visible(line)) for line in term.value.splitlines())
        language = term.language if isinstance(term, Literal) else None
        return text if language is None else f'<span lang="{escape(language)}">{text}</span>'
    names = dict.fromkeys(name for name in (english.get(term), chinese.get(term)) if name is not None)
    said = " · ".join(escape(visible(name)) for name in names)
    link = anchor(term, shorten(term))
    return f"{said}<br><small>{link}</small>" if said else link
