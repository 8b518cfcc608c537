"""``kg view``: a network of the graph as a page, as a picture, or as a file for other programs."""

from __future__ import annotations

import sys
import webbrowser
from pathlib import Path
from typing import Literal

import click

from kg import resources
from kg.cli.options import dataset_option, lang_option, timed
from kg.cli.query import assignments
from kg.engine import Embedded
from kg.errors import UsageError
from kg.templates import catalogue, get, resolve

_DEFAULT = "zones_and_universities"
_FORMATS = ("html", "svg", "png", "gexf", "graphml", "csv", "json", "dot")
_MEASURES = ("table", "csv", "json")
_SHOWN = ("html", "svg", "png")  # what a browser shows
_FILES = ("html", "png")  # what is nothing to read on a screen


@click.command("view", short_help="Draw a network as a page or a picture, or write it as a file.")
@click.argument("name", default=_DEFAULT)
@click.argument("values", nargs=-1, metavar="[KEY=VALUE]...")
@click.option(
    "--out",
    type=click.Path(path_type=Path, allow_dash=True),
    default=None,
    metavar="FILE",
    help="Where to write, - for the screen. [default: NAME.html for a page, NAME.png for a PNG, else the screen]",
)
@click.option(
    "--format",
    "form",
    type=click.Choice([*_FORMATS, "table"]),
    default=None,
    help="table goes with --metrics. [default: by the ending of --out, else html; table for measures]",
)
@click.option(
    "--metrics",
    type=click.Choice(["main", "all"]),
    is_flag=False,
    flag_value="main",
    default=None,
    help="Measures instead of the picture: table, csv or json. A table has the main ones unless all are asked for. "
    "[--metrics alone: main]",
)
@click.option("--open", "show", is_flag=True, help="Show the page or the picture in a browser when it is written.")
@lang_option
@dataset_option
def command(
    name: str,
    values: tuple[str, ...],
    out: Path | None,
    form: str | None,
    metrics: Literal["main", "all"] | None,
    show: bool,
    lang: Literal["zh", "en"],
    dataset: Path | None,
) -> None:
    """Draw the network NAME, by default that of zones and universities, as one page that works without a network.

    Every line of the picture tells the claims and the sentences that it rests on. `kg queries --tag network`
    lists the networks, `kg queries NAME` shows what one takes. A VALUE is an IRI or a label in Chinese, English or
    pinyin; a KEY that takes several values may be given several times.

    SVG and PNG are drawn without a browser, in the language of --lang; PNG needs
    `pip install 'zonekg[png]'` and a font with Chinese characters. GEXF and GraphML open in Gephi, DOT in Graphviz.

    \b
    Examples:
      kg view zones_and_universities --out network.html
      kg view article_in_full article=a5 --out article.svg --open
      kg view zones_and_universities --metrics all
    """
    chosen = _format(out, form, metrics is not None)
    out = _file(name, out, chosen, show=show, metrics=metrics is not None)
    template = get(name)
    if template.constructs != "network":
        known = ", ".join(catalogue(resources.root("queries") / "networks"))
        raise UsageError(f"{name} is no network", hint=f"the networks: {known}")
    given = assignments(values)
    for key in given:  # before the dataset is loaded
        template.parameter(key)
    # networkx, numpy and pyvis take a second to import: not before the arguments are known to be right.
    from kg.networks import network
    from kg.render import FORMATS, MEASURE_FORMATS, origin

    with timed("loading the dataset"):
        engine = Embedded.load(resources.dataset(dataset))
    with timed("drawing the network"):
        found = network(engine, template, **resolve(template, given, engine, lang))
        if metrics is None:
            data = FORMATS[chosen](found, lang, origin(engine, found))
        else:
            table = metrics if metrics == "all" and chosen == "table" else chosen
            data = MEASURE_FORMATS[table](found, lang).encode("utf-8")
    if not found.nodes:
        click.echo("the network is empty", err=True)
    if out is None:
        sys.stdout.buffer.write(_shown(data) if sys.stdout.isatty() else data)
        return
    resources.write_atomically(out, data)
    click.echo(f"{out}: {len(found.nodes)} nodes, {len(found.edges)} edges", err=True)
    if show and not webbrowser.open(out.resolve().as_uri()):
        click.echo(f"no browser answers; open {out} by hand", err=True)


def _shown(data: bytes) -> bytes:
    """The text as a terminal may have it: without a byte-order mark and the characters that steer one."""
    from kg.render.text import on_terminal

    text = data.decode("utf-8-sig").replace("\r\n", "\n")
    return on_terminal(text).encode("utf-8")


def _format(out: Path | None, form: str | None, metrics: bool) -> str:
    """The format to write; UsageError where it does not go with what is asked for."""
    fitting = _MEASURES if metrics else _FORMATS
    if form is None:
        ending = out.suffix.lstrip(".").lower() if out is not None else ""
        return ending if ending in fitting else fitting[0]
    if form not in fitting:
        what = "measures" if metrics else "a network"
        raise UsageError(f"--format {form} cannot write {what}", hint="one of " + ", ".join(fitting))
    return form


def _file(name: str, out: Path | None, form: str, *, show: bool, metrics: bool) -> Path | None:
    """The file to write, None for the screen; UsageError for what cannot be shown where it is asked for."""
    if show and (metrics or form not in _SHOWN):
        raise UsageError(f"--open shows {', '.join(_SHOWN)}, not {'measures' if metrics else form}")
    if out is None and not metrics and (show or form in _FILES):
        return Path(f"{name}.{form}")
    if out is None or str(out) != "-":
        return out
    if show:
        raise UsageError("--open needs a file, and --out - is none")
    if form == "png" and sys.stdout.isatty():
        raise UsageError("a PNG is nothing to read on a terminal", hint="--out FILE.png")
    return None
