"""``kg query``: run one query of the catalogue, or SPARQL of one's own."""

from __future__ import annotations

import sys
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Literal

import click

from kg.cli import output
from kg.cli.opening import open_graph
from kg.cli.options import dataset_option, endpoint_option, lang_option, timed
from kg.cli.watchdog import deadline
from kg.engine import Engine
from kg.errors import DataError, ParameterError, Place, QueryError, UsageError
from kg.templates import Template, get, resolve

_NUMBER = click.IntRange(0, 2**63 - 1)  # what any engine can count to
_NO_ROWS = {"en": "no rows: nothing recorded fits", "zh": "没有结果：没有符合的记录"}
_LEFT_OPEN = {  # where parameters narrowed a query down to nothing
    "en": "; what sources leave open is in `kg query open_slots`",
    "zh": "；来源未说明之处见 `kg query open_slots`",
}
_NO_TRIPLES = {"en": "no triples", "zh": "没有三元组"}


@dataclass(frozen=True, slots=True)
class Options:
    """How to answer, whatever the question."""

    form: str | None
    wide: bool
    bom: bool
    evidence: bool
    explain: bool
    out: Path | None
    limit: int | None
    offset: int | None
    timeout: float | None
    lang: Literal["zh", "en"]
    dataset: Path | None
    endpoint: str | None


@click.command("query", short_help="Run one query of the catalogue, or your own SPARQL.")
@click.argument("name", required=False)
@click.argument("values", nargs=-1, metavar="[KEY=VALUE]...")
@click.option(
    "--file", type=click.Path(path_type=Path), default=None, metavar="FILE", help="Run the SPARQL in a file."
)
@click.option("--text", default=None, metavar="SPARQL", help="Run this SPARQL.")
@click.option(
    "--format",
    "form",
    type=click.Choice([*output.OF_ROWS, *output.OF_TRIPLES]),
    default=None,
    help="[default: by the ending of --out; else table for rows, turtle for triples]",
)
@click.option(
    "--out", type=click.Path(path_type=Path), default=None, metavar="FILE", help="Write a file, not stdout."
)
@click.option("--labels", "wide", is_flag=True, help="Add a column of labels beside each column of IRIs.")
@click.option("--evidence", is_flag=True, help="Add a column: what supports the claims of the row.")
@click.option("--csv-bom", "bom", is_flag=True, help="csv: begin with a byte order mark, so that Excel reads UTF-8.")
@click.option("--limit", type=_NUMBER, default=None, metavar="N", help="At most N rows.")
@click.option("--offset", type=_NUMBER, default=None, metavar="N", help="Leave the first N rows out.")
@click.option(
    "--timeout",
    type=click.FloatRange(0, 1e6, min_open=True),
    default=None,
    metavar="SECONDS",
    help="Stop a query that takes longer; the exit code is then 6.",
)
@click.option("--explain", is_flag=True, help="Print the query as it would run, and where; do not run it.")
@click.option(
    "--allow-service",
    "hosts",
    multiple=True,
    metavar="HOST",
    help="Let your own SPARQL ask this host with SERVICE, on an endpoint; the embedded engine never does.",
)
@lang_option
@dataset_option
@endpoint_option
def command(
    name: str | None,
    values: tuple[str, ...],
    file: Path | None,
    text: str | None,
    hosts: tuple[str, ...],
    **options: object,
) -> None:
    """Run the query NAME; `kg queries` lists all, `kg queries NAME` shows what one takes.

    A VALUE is an IRI (in full, or like id:place/xxx), or a label in Chinese, English or pinyin, or an alias;
    for other parameters a text, number, date (2025-12-31), year, or true or false. A KEY that takes several
    values may be given several times.

    With --file, --text or the NAME - (stdin), your own SPARQL 1.1 is run instead. It can only read, reaches no
    server, and FROM names graphs of the dataset.

    csv holds values as they are: one that begins with = + - or @ may be taken for a formula by a spreadsheet;
    xlsx marks it as text.

    \b
    Examples:
      kg query partnerships_of_zones_and_universities university=qinghuadaxue
      kg query partnerships_of_zones_and_universities zone=晋城经开区 --lang zh
      kg query figures_planned --format xlsx --out figures.xlsx
      kg query zones_overview --endpoint http://localhost:7878/query
      kg query --text 'SELECT ?c (COUNT(*) AS ?n) { ?s a ?c } GROUP BY ?c'
    """
    wanted = Options(**options)  # type: ignore[arg-type]  # click has made each what it is declared to be
    if wanted.bom and (wanted.form or (wanted.out and wanted.out.suffix.lower() == ".csv" and "csv")) != "csv":
        raise UsageError("--csv-bom goes with --format csv")
    own = _own_text(name, file, text)
    if own is None:
        if hosts:
            raise UsageError("--allow-service goes with your own SPARQL: --file, --text or -")
        _run_template(get(name or ""), assignments(values), wanted)
    elif values or (name is not None and name != "-"):
        raise UsageError("a NAME and KEY=VALUE go with a query of the catalogue, not with --file, --text or -")
    else:
        _run_own(*own, hosts, wanted)


def _own_text(name: str | None, file: Path | None, text: str | None) -> tuple[str, str] | None:
    """The person's own SPARQL, and what to call it in errors; None when a query of the catalogue is asked for."""
    if (file is not None) + (text is not None) + (name == "-") > 1:
        raise UsageError("only one of --file, --text and -")
    if text is not None:
        return text, "--text"
    if file is None and name != "-":
        if name is None:
            raise UsageError("which query?", hint="`kg queries` lists all; or --file, --text, or - for stdin")
        return None
    try:
        data = sys.stdin.buffer.read() if file is None else file.read_bytes()
        return data.decode("utf-8-sig"), "stdin" if file is None else str(file)
    except OSError as fault:
        raise DataError(f"cannot be read: {fault.strerror or fault}", where=Place(file or "stdin")) from fault
    except UnicodeDecodeError as fault:
        raise DataError(f"not UTF-8: {fault.reason}", where=Place(file or "stdin")) from fault


def assignments(values: tuple[str, ...]) -> dict[str, list[str]]:
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


def _run_template(template: Template, given: dict[str, list[str]], wanted: Options) -> None:
    """Fill a query of the catalogue, and answer it."""
    form = "SELECT" if template.constructs is None else "CONSTRUCT"
    written = output.choose(form, wanted.form, wanted.out, what=template.name)
    for key in given:  # before the dataset is loaded
        template.parameter(key)
    if any(parameter.name == "lang" for parameter in template.parameters):
        given.setdefault("lang", [wanted.lang])  # texts in the language of the labels, unless asked otherwise
    engine, place = _open(wanted)
    with deadline(wanted.timeout):
        text = template.fill(**resolve(template, given, engine, wanted.lang))
    narrowed = any(name != "lang" for name in given)
    why = f": {template.empty[wanted.lang]}" if template.empty else _LEFT_OPEN[wanted.lang] if narrowed else ""
    _answer(form, _paged(text, wanted), engine, place, written, wanted, title=template.name, why=why)


def _run_own(text: str, called: str, hosts: tuple[str, ...], wanted: Options) -> None:
    """Read a person's own SPARQL, refuse what it may not do, and answer it."""
    from kg.engine.syntax import read_syntax, refuse_services, refuse_strange_graphs

    syntax = read_syntax(text, name=called)
    refuse_services(syntax, hosts)
    written = output.choose(syntax.form, wanted.form, wanted.out, what="the query")
    if (wanted.limit, wanted.offset) != (None, None):
        if syntax.form == "ASK" or syntax.closed:
            raise UsageError("--limit and --offset do not go with this query", hint="write them into it")
        text = _paged(text, wanted)
    engine, place = _open(wanted)
    refuse_strange_graphs(syntax, engine)
    try:
        _answer(syntax.form, text, engine, place, written, wanted, title="query", why="")
    except QueryError as fault:
        if fault.where is not None and fault.where.file == "query":  # as engines call a text that has no file
            fault.where = replace(fault.where, file=called)
        raise


def _open(wanted: Options) -> tuple[Engine, str]:
    """The engine to ask, and where it is, in words."""
    return open_graph(wanted.dataset, wanted.endpoint, wanted.lang, timeout=wanted.timeout, probe=not wanted.explain)


def _paged(text: str, wanted: Options) -> str:
    """The query with the LIMIT and OFFSET of the call behind it."""
    for word, number in (("LIMIT", wanted.limit), ("OFFSET", wanted.offset)):
        if number is not None:
            text += f"\n{word} {number}"
    return text


def _answer(
    form: str, text: str, engine: Engine, place: str, written: str, wanted: Options, *, title: str, why: str
) -> None:
    """Run a query, or only show it; print or write what it gives, and say so when that is nothing."""
    if wanted.explain:
        output.deliver(f"# where: {place}\n{text.rstrip()}\n".encode(), wanted.out, what="the query")
        return
    nothing = None
    with timed("running the query"), deadline(wanted.timeout):
        if form == "SELECT":
            rows = engine.select(text)
            if wanted.evidence:
                from kg.engine.evidence import with_evidence

                rows = with_evidence(rows, engine)
            data = output.write_rows(
                rows, engine, written, lang=wanted.lang, wide=wanted.wide, bom=wanted.bom, title=title
            )
            what, nothing = _counted(len(rows), "row"), None if rows.rows else f"{_NO_ROWS[wanted.lang]}{why}"
        elif form == "ASK":
            data, what = output.write_answer(engine.ask(text), written), "the answer"
        else:
            triples = engine.construct(text)
            data, what = output.write_triples(triples, written), _counted(len(triples), "triple")
            nothing = None if triples else _NO_TRIPLES[wanted.lang]
    output.deliver(data, wanted.out, what=what)
    if nothing is not None:
        click.echo(nothing, err=True)


def _counted(number: int, thing: str) -> str:
    return f"{number} {thing}" if number == 1 else f"{number} {thing}s"
