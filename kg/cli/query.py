"""``kg query``: run one query of the catalogue."""

from __future__ import annotations

from pathlib import Path
from typing import Literal

import click

from kg import resources
from kg.cli.options import dataset_option, lang_option, timed
from kg.engine import Embedded, Engine
from kg.errors import ParameterError, UsageError
from kg.templates import Template, get, resolve

_OF_ROWS = ("table", "csv", "json")
_OF_TRIPLES = ("turtle", "nt")
_NUMBER = click.IntRange(0, 2**63 - 1)  # what any engine can count to
_NO_ROWS = {"en": "no rows", "zh": "没有结果"}


@click.command("query", short_help="Run one query of the catalogue.")
@click.argument("name")
@click.argument("values", nargs=-1, metavar="[KEY=VALUE]...")
@click.option(
    "--format",
    "form",
    type=click.Choice([*_OF_ROWS, *_OF_TRIPLES]),
    default=None,
    help="[default: table for rows, turtle for triples]",
)
@click.option("--labels", "wide", is_flag=True, help="csv, json: add a column of labels beside each column of IRIs.")
@click.option("--limit", type=_NUMBER, default=None, metavar="N", help="At most N rows.")
@click.option("--offset", type=_NUMBER, default=None, metavar="N", help="Leave the first N rows out.")
@lang_option
@dataset_option
def command(
    name: str,
    values: tuple[str, ...],
    form: str | None,
    wide: bool,
    limit: int | None,
    offset: int | None,
    lang: Literal["zh", "en"],
    dataset: Path | None,
) -> None:
    """Run the query NAME; `kg queries` lists all, `kg queries NAME` shows what one takes.

    A VALUE is an IRI (in full, or like id:place/xxx), or a label in Chinese, English or pinyin, or an alias;
    for other parameters a text, number, date (2025-12-31), year, or true or false. A KEY that takes several
    values may be given several times.

    \b
    Examples:
      kg query partnerships_of_zones_and_universities university=qinghuadaxue
      kg query partnerships_of_zones_and_universities zone=晋城经开区 --lang zh
    """
    template = get(name)
    form = _form(template, form)
    given = _assignments(values)
    for key in given:  # before the dataset is loaded
        template.parameter(key)
    if any(parameter.name == "lang" for parameter in template.parameters):
        given.setdefault("lang", [lang])  # texts in the language of the labels, unless asked otherwise
    with timed("loading the dataset"):
        engine = Embedded.load(resources.dataset(dataset))
    text = template.fill(**resolve(template, given, engine, lang))
    for word, number in (("LIMIT", limit), ("OFFSET", offset)):
        if number is not None:
            text += f"\n{word} {number}"
    with timed("running the query"):
        if template.constructs is None:
            _print_rows(template, engine, text, form, wide=wide, lang=lang)
        else:
            _print_triples(engine, text, form)


def _form(template: Template, form: str | None) -> str:
    """The format to print; UsageError for one that does not go with what the query gives."""
    fitting = _OF_ROWS if template.constructs is None else _OF_TRIPLES
    if form is not None and form not in fitting:
        what = "rows" if template.constructs is None else "triples"
        raise UsageError(
            f"{template.name} gives {what}, which --format {form} cannot write", hint=" or ".join(fitting)
        )
    return form or fitting[0]


def _assignments(values: tuple[str, ...]) -> dict[str, list[str]]:
    """Parameter → the texts given for it; UsageError for what is no KEY=VALUE."""
    found: dict[str, list[str]] = {}
    for item in values:
        key, sign, text = item.partition("=")
        if not sign or not key:
            raise UsageError(
                f"not KEY=VALUE: {item!r}", hint='like zone=晋城经开区, or university="Tsinghua University"'
            )
        if not text:
            raise ParameterError(f"{key} is empty", hint="leave it out instead")
        found.setdefault(key, []).append(text)
    return found


def _print_rows(
    template: Template, engine: Engine, text: str, form: str, *, wide: bool, lang: Literal["zh", "en"]
) -> None:
    """Run a SELECT and print its rows; say so, and why where the header knows, when there are none."""
    from kg.cli.table import Names, to_table, with_labels
    from kg.engine.formats import to_csv, to_json

    rows = engine.select(text)
    if form == "table":
        if rows.rows:
            click.echo(to_table(rows, Names(rows, engine, lang)), nl=False)
    else:
        if wide:
            rows = with_labels(rows, Names(rows, engine, lang))
        click.echo(to_csv(rows) if form == "csv" else to_json(rows), nl=False)
    if not rows.rows:
        reason = f": {template.empty[lang]}" if template.empty else ""
        click.echo(f"{_NO_ROWS[lang]}{reason}", err=True)


def _print_triples(engine: Engine, text: str, form: str) -> None:
    """Run a CONSTRUCT and print its triples, sorted."""
    triples = engine.construct(text)
    if form == "turtle":
        from kg.build import write_turtle

        click.echo(write_turtle(triples, path="result").decode(), nl=False)
    else:
        click.echo("".join(sorted(f"{triple} .\n" for triple in triples)), nl=False)
    if not triples:
        click.echo("no triples", err=True)
