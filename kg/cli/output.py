"""What ``kg query`` prints or writes: the formats by name, and where the bytes go."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Literal

import click

from kg import resources
from kg.engine import Engine, Rows
from kg.errors import UsageError
from kg.terms import NamedNode, Triple

OF_ROWS = ("table", "csv", "tsv", "json", "xml", "markdown", "html", "xlsx", "parquet")
OF_TRIPLES = ("turtle", "nt", "jsonld", "trig")
OF_ANSWERS = ("table", "json", "xml")
_BINARY = ("xlsx", "parquet")
_ENDINGS = {
    ".txt": "table", ".csv": "csv", ".tsv": "tsv", ".json": "json", ".srj": "json", ".xml": "xml", ".srx": "xml",
    ".md": "markdown", ".html": "html", ".xlsx": "xlsx", ".parquet": "parquet",
    ".ttl": "turtle", ".nt": "nt", ".jsonld": "jsonld", ".trig": "trig",
}  # fmt: skip


def choose(form: str, asked: str | None, out: Path | None, *, what: str) -> str:
    """The format for what a query of this form gives: the one asked for, else by the file's ending, else the first.

    UsageError for one that does not go with it, and for bytes on a terminal.
    """
    kind, fitting = _fitting(form)
    if asked is None and out is not None and out.suffix and out.suffix.lower() not in _ENDINGS:
        raise UsageError(
            f"nobody knows the format of {out.suffix}", hint="--format says it; known endings: " + " ".join(_ENDINGS)
        )
    chosen = asked or (out and _ENDINGS.get(out.suffix.lower())) or fitting[0]
    if chosen not in fitting:
        raise UsageError(f"{what} gives {kind}, which --format {chosen} cannot write", hint=" or ".join(fitting))
    if chosen in _BINARY and out is None and sys.stdout.isatty():
        raise UsageError(f"{chosen} is nothing to read on a terminal", hint=f"--out FILE.{chosen}")
    return chosen


def _fitting(form: str) -> tuple[str, tuple[str, ...]]:
    """What a form of query gives, in a word, and the formats for it."""
    if form == "ASK":
        return "an answer", OF_ANSWERS
    return ("rows", OF_ROWS) if form == "SELECT" else ("triples", OF_TRIPLES)


def write_rows(
    rows: Rows, engine: Engine, form: str, *, lang: Literal["zh", "en"], wide: bool, bom: bool, title: str
) -> bytes:
    """Rows in a format; ``wide`` adds columns of labels where labels do not stand in the cells anyway."""
    if form == "table":
        from kg.cli.table import Names, to_table

        return to_table(rows, Names(rows, engine, lang)).encode() if rows.rows else b""
    if form in ("markdown", "html"):
        from kg.engine import labels
        from kg.engine.formats.people import iris_of, to_html, to_markdown

        names = labels(engine, iris_of(rows), lang)
        text = to_markdown(rows, names) if form == "markdown" else to_html(rows, names, lang=lang, title=title)
        return text.encode()
    if wide or form == "xlsx":
        rows = _labelled(rows, engine, lang)
    return _plain(rows, form, bom=bom, title=title)


def _labelled(rows: Rows, engine: Engine, lang: Literal["zh", "en"]) -> Rows:
    from kg.cli.table import Names, with_labels

    return with_labels(rows, Names(rows, engine, lang))


def _plain(rows: Rows, form: str, *, bom: bool, title: str) -> bytes:
    """Rows in a format for programs, or for a spreadsheet."""
    if form == "xlsx":
        from kg.engine.formats.workbook import to_xlsx

        return to_xlsx(rows, title=title)
    if form == "parquet":
        from kg.engine.formats.columnar import to_parquet

        return to_parquet(rows)
    if form == "csv":
        from kg.engine.formats.delimited import to_csv

        return to_csv(rows).encode("utf-8-sig" if bom else "utf-8")
    if form == "tsv":
        from kg.engine.formats.delimited import to_tsv

        return to_tsv(rows).encode()
    from kg.engine.formats.results import to_json, to_xml

    return (to_json(rows) if form == "json" else to_xml(rows)).encode()


def write_answer(answer: bool, form: str) -> bytes:
    """The answer of an ASK: true or false, or as SPARQL results."""
    if form == "table":
        return b"true\n" if answer else b"false\n"
    from kg.engine.formats.results import ask_to_json, ask_to_xml

    return (ask_to_json(answer) if form == "json" else ask_to_xml(answer)).encode()


def write_triples(triples: tuple[Triple, ...], form: str) -> bytes:
    """Triples, sorted, so that the same ones give the same bytes."""
    if form == "nt":
        return "".join(sorted(f"{triple} .\n" for triple in triples)).encode()
    if form == "turtle" and all(isinstance(t.subject, NamedNode) and _is_flat(t) for t in triples):
        from kg.build import write_turtle

        return write_turtle(triples, path="result")
    from pyoxigraph import RdfFormat, serialize

    from kg.vocab import PREFIXES, SHORTHANDS

    kinds = {"turtle": RdfFormat.TURTLE, "jsonld": RdfFormat.JSON_LD, "trig": RdfFormat.TRIG}
    prefixes = {**PREFIXES, **SHORTHANDS}
    return serialize(sorted(triples, key=str), format=kinds[form], prefixes=prefixes) or b""


def _is_flat(triple: Triple) -> bool:
    """Whether the object is no blank node: our own writer of Turtle has none."""
    from kg.terms import Literal as Text

    return isinstance(triple.object, NamedNode | Text)


def deliver(data: bytes, out: Path | None, *, what: str) -> None:
    """Print bytes, or write them into a file: all of them or none."""
    if out is None:
        click.echo(data, nl=False)
        return
    resources.write_atomically(out, data)
    click.echo(f"wrote {what} to {out}", err=True)
