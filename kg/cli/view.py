"""``kg view``: a network of the graph as a page, as a picture, or as a file for other programs."""

from __future__ import annotations

import sys
import webbrowser
from pathlib import Path
from typing import Literal

import click

from kg import resources
from kg.cli.opening import open_graph
from kg.cli.options import dataset_option, endpoint_option, lang_option, timed
from kg.cli.progress import waiting
from kg.cli.query import assignments
from kg.cli.watchdog import deadline
from kg.errors import QueryTimeout, UsageError
from kg.templates import catalogue, get, resolve

_DEFAULT = "zones_and_universities"
_FORMATS = ("html", "svg", "png", "gexf", "graphml", "csv", "json", "dot")
_MEASURES = ("table", "csv", "json")
_SHOWN = ("html", "svg", "png")  # what a browser shows
_FILES = ("html", "png")  # what is nothing to read on a screen
_ALSO = {"htm": "html", "gv": "dot", "txt": "table"}  # other endings of a file's name
_SAYS = {
    "en": {
        "asking": "asking the graph",
        "drawing": "drawing the network",
        "measuring": "reckoning the measures",
        "empty": "the network is empty: nothing recorded fits",
        "written": "{out}: {nodes} nodes, {edges} edges",
        "no-browser": "no browser answers; open {out} by hand",
    },
    "zh": {
        "asking": "查询图谱",
        "drawing": "绘制网络",
        "measuring": "计算度量",
        "empty": "网络为空：没有符合的记录",
        "written": "{out}：{nodes} 个节点，{edges} 条连线",
        "no-browser": "没有可用的浏览器；请自行打开 {out}",
    },
}


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
@click.option("--around", metavar="NODE", default=None, help="Only what lies around this node: its label or IRI.")
@click.option(
    "--steps",
    type=click.IntRange(min=0),
    default=None,
    metavar="N",
    help="How many steps around it. [default: 1]",
)
@click.option(
    "--kinds",
    default=None,
    metavar="KIND,...",
    help="Only edges of these kinds, by label or the last part of the IRI: via-enterprise,direct.",
)
@click.option("--open", "show", is_flag=True, help="Show the page or the picture in a browser when it is written.")
@click.option(
    "--timeout",
    type=click.FloatRange(0, 1e6, min_open=True),
    default=None,
    metavar="SECONDS",
    help="Give up when asking and drawing take longer; the exit code is then 6.",
)
@lang_option
@dataset_option
@endpoint_option
def command(
    name: str,
    values: tuple[str, ...],
    out: Path | None,
    form: str | None,
    metrics: Literal["main", "all"] | None,
    around: str | None,
    steps: int | None,
    kinds: str | None,
    show: bool,
    timeout: float | None,
    lang: Literal["zh", "en"],
    dataset: Path | None,
    endpoint: str | None,
) -> None:
    """Draw the network NAME, by default that of zones and universities, as one page that works without a network.

    Every line of the picture tells the claims and the sentences that it rests on. `kg queries --tag network`
    lists the networks, `kg queries NAME` shows what one takes. A VALUE is an IRI or a label in Chinese, English or
    pinyin, or an alias; a KEY that takes several values may be given several times.

    With --endpoint the network is asked of a server, and only what it is made of is fetched; each question has
    60 s, or --timeout.

    SVG and PNG are drawn without a browser, in the language of --lang; PNG needs
    `pip install 'zonekg[png]'` and a font with Chinese characters. GEXF and GraphML open in Gephi, DOT in Graphviz.

    \b
    Examples:
      kg view zones_and_universities --out network.html
      kg view article_in_full article=a5 --out article.svg --open
      kg view zones_and_universities --metrics all
      kg view parties_in_full --around 清华大学 --steps 2 --out tsinghua.html
      kg view zones_compared --endpoint http://localhost:7878/query
    """
    if steps is not None and around is None:
        raise UsageError("--steps goes with --around", hint="--around NODE says around what")
    chosen = _format(out, form, metrics is not None)
    out = _file(name, out, chosen, show=show, metrics=metrics is not None)
    template = get(name)
    if template.constructs != "network":
        known = ", ".join(catalogue(resources.root("queries") / "networks"))
        raise UsageError(f"{name} is no network", hint=f"the networks: {known}")
    given = assignments(values)
    for key in given:  # before the dataset is loaded
        template.parameter(key)
    says = _SAYS[lang]
    engine, _ = open_graph(dataset, endpoint, lang, timeout=timeout)
    # networkx, numpy and pyvis take a second to import: not before the graph is there and the arguments are right.
    from kg.networks import network
    from kg.render import MEASURE_FORMATS, origin
    from kg.view import View

    late = QueryTimeout(f"the view was stopped after {timeout or 0:g} s", hint="--timeout gives it more")
    with deadline(timeout, late):
        with timed(says["asking"]):
            found = network(engine, template, **resolve(template, given, engine, lang))
            view = View(found, origin(engine, found), lang)
        if kinds is not None:
            view = view.only(kinds=[kind.strip() for kind in kinds.split(",")])
        if around is not None:
            view = view.ego(around, 1 if steps is None else steps)
        found = view.network
        doing = says["drawing" if metrics is None else "measuring"]
        with timed(doing), waiting(doing):
            if metrics is None:
                data = view.to(chosen)
            else:
                table = metrics if metrics == "all" and chosen == "table" else chosen
                data = MEASURE_FORMATS[table](found, lang).encode("utf-8")
    if not found.nodes:
        click.echo(says["empty"], err=True)
    if out is None:
        sys.stdout.buffer.write(_shown(data) if sys.stdout.isatty() else data)
        return
    resources.write_atomically(out, data)
    click.echo(says["written"].format(out=out, nodes=len(found.nodes), edges=len(found.edges)), err=True)
    if show and not webbrowser.open(out.resolve().as_uri()):
        click.echo(says["no-browser"].format(out=out), err=True)


def _shown(data: bytes) -> bytes:
    """The text as a terminal may have it: without a byte-order mark and the characters that steer one."""
    from kg.render.text import on_terminal

    text = data.decode("utf-8-sig").replace("\r\n", "\n")
    return on_terminal(text).encode("utf-8")


def _format(out: Path | None, form: str | None, metrics: bool) -> str:
    """The format to write; UsageError where it does not go with what is asked for, or no format has that ending."""
    fitting = _MEASURES if metrics else _FORMATS
    what = "measures" if metrics else "a network"
    if form is None:
        ending = out.suffix.lstrip(".").lower() if out is not None else ""
        if not ending:
            return fitting[0]
        form = _ALSO.get(ending, ending)
        if form not in (*_FORMATS, *_MEASURES):
            raise UsageError(f"nobody knows the format of .{ending}", hint="--format says it: " + ", ".join(fitting))
    if form not in fitting:
        raise UsageError(f"the format {form} cannot write {what}", hint="one of " + ", ".join(fitting))
    return form


def _file(name: str, out: Path | None, form: str, *, show: bool, metrics: bool) -> Path | None:
    """The file to write, None for the screen; UsageError for what cannot be shown where it is asked for."""
    if show and (metrics or form not in _SHOWN):
        raise UsageError(
            f"--open shows {', '.join(_SHOWN)}, not {'measures' if metrics else form}",
            hint="leave --metrics out" if metrics else "--format html",
        )
    if out is None and not metrics and (show or form in _FILES):
        return Path(f"{name}.{form}")
    if out is None or str(out) != "-":
        return out
    if show:
        raise UsageError("--open needs a file, and --out - is none", hint=f"--out {name}.{form}")
    if form == "png" and sys.stdout.isatty():
        raise UsageError("a PNG is nothing to read on a terminal", hint="--out FILE.png")
    return None
