"""``kg queries``: the catalogue, or all about one query."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

import click

from kg.cli.options import timed
from kg.errors import UsageError
from kg.templates import Parameter, Template, catalogue, files, find, get
from kg.terms import NamedNode, Term
from kg.vocab import shorten

_LANGUAGES = ("en", "zh")
_WORDS = {
    "en": {
        "parameters": "parameters",
        "optional": " (in brackets: may be left out)",
        "none": "none",
        "columns": "columns",
        "constructs": "constructs",
        "after": "after",
        "tags": "tags",
        "empty": "gives nothing",
    },
    "zh": {
        "parameters": "参数",
        "optional": "（方括号：可省略）",
        "none": "无",
        "columns": "列",
        "constructs": "构造",
        "after": "先行规则",
        "tags": "标签",
        "empty": "无结果时",
    },
}


@click.command("queries", short_help="List the queries, or show what one takes and gives.")
@click.argument("name", required=False)
@click.option("--tag", default=None, help="Only the queries with this tag.")
@click.option(
    "--lang", type=click.Choice(_LANGUAGES), default=None, help="Summaries in one language. [default: both]"
)
@click.option(
    "--export",
    type=(click.Choice(["grlc", "markdown"]), click.Path(path_type=Path)),
    default=None,
    metavar="FORM PATH",
    help="Write the catalogue: grlc (a folder of files for that server), markdown (a page).",
)
@click.option("--endpoint", default=None, metavar="URL", help="grlc: the endpoint that the files name.")
@click.option("--check", is_flag=True, help="Hold the files against their headers; end with 1 at a finding.")
@click.pass_context
def command(
    context: click.Context,
    name: str | None,
    tag: str | None,
    lang: str | None,
    export: tuple[str, Path] | None,
    endpoint: str | None,
    check: bool,
) -> None:
    """List the queries by tag, or show what the query NAME takes and gives.

    \b
    Examples:
      kg queries partnerships_of_zones_and_universities
      kg queries --export markdown docs/queries.md
    """
    if endpoint is not None and (export is None or export[0] != "grlc"):
        raise UsageError("--endpoint goes with --export grlc")
    if export is not None:
        _export(*export, name, endpoint)
        return
    if check:
        context.exit(_check(name))
    languages = _LANGUAGES if lang is None else (lang,)
    lines = _one(get(name), languages) if name else _all(catalogue().values(), tag, languages)
    click.echo("\n".join(lines))


def _export(form: str, path: Path, name: str | None, endpoint: str | None) -> None:
    """Write the queries, rules left out, or one, in another form."""
    from kg.resources import write_atomically
    from kg.templates.grlc import to_grlc
    from kg.templates.markdown import to_markdown
    from kg.vocab import ENDPOINT

    templates = [one for one in ([get(name)] if name else catalogue().values()) if one.constructs != "rule"]
    if form == "markdown":
        write_atomically(path, to_markdown(templates).encode())
    else:
        for template in templates:
            write_atomically(path / f"{template.name}.rq", to_grlc(template, endpoint or ENDPOINT).encode())
    number = "1 query" if len(templates) == 1 else f"{len(templates)} queries"
    click.echo(f"{number} written to {path}", err=True)


def _check(name: str | None) -> int:
    """Print what is wrong with the query files, or with one, a line a finding; the exit code."""
    from kg.validation.queries import check_queries

    paths = [path for path in files().values() if name is None or path == find(name)]
    with timed("checking"):
        findings = check_queries(paths)
    for finding in findings:
        click.echo(f"{finding}" + (f" ({finding.hint})" if finding.hint else ""))
    number = "1 query" if len(paths) == 1 else f"{len(paths)} queries"
    click.echo(f"{number}, {len(findings)} finding" + "s" * (len(findings) != 1), err=True)
    return 1 if findings else 0


def _all(templates: Iterable[Template], tag: str | None, languages: Iterable[str]) -> list[str]:
    """Every query once, under its first tag (its folder when it has none)."""
    groups: dict[str, list[Template]] = {}
    for template in templates:
        if tag is None or tag in template.tags:
            group = tag or next(iter(template.tags), template.path.parent.name)
            groups.setdefault(group, []).append(template)
    if not groups:
        raise click.BadParameter(f"no query has the tag {tag!r}", param_hint="--tag")
    lines: list[str] = []
    for group, members in sorted(groups.items()):
        lines += ["", group] if lines else [group]
        for template in members:
            lines.append(f"  {template.name}")
            lines += [f"    {template.summary[language]}" for language in languages]
    return lines


def _one(template: Template, languages: Iterable[str]) -> list[str]:
    """Everything that the header says."""
    say = _WORDS["zh" if tuple(languages) == ("zh",) else "en"]
    lines = [template.name, *(f"  {template.summary[language]}" for language in languages), ""]
    if template.parameters:
        lines.append(say["parameters"] + say["optional"] * any(not one.required for one in template.parameters) + ":")
        width = max(len(parameter.name) for parameter in template.parameters)
        for parameter in template.parameters:
            label = " / ".join(parameter.label[language] for language in languages)
            lines.append(f"  {parameter.name:<{width}}  {_kind(parameter)}  {label}")
    else:
        lines.append(f"{say['parameters']}: {say['none']}")
    if template.returns:
        lines.append(f"{say['columns']}: " + ", ".join(template.returns))
    if template.constructs:
        lines.append(f"{say['constructs']}: {template.constructs}")
    if template.after:
        lines.append(f"{say['after']}: " + ", ".join(template.after))
    if template.tags:
        lines.append(f"{say['tags']}: " + ", ".join(template.tags))
    if template.empty:
        lines += [f"{say['empty']}: {template.empty[language]}" for language in languages]
    return lines


def _kind(parameter: Parameter) -> str:
    """Type, origin and number of a parameter's values, in brackets where they may be left out."""
    parts = [parameter.type]
    if parameter.classes:
        parts.append("of class " + " or ".join(map(shorten, parameter.classes)))
    if parameter.scheme is not None:
        parts.append("of " + shorten(parameter.scheme))
    if parameter.many:
        parts.append("one or more")
    if parameter.default:
        parts.append("default " + ", ".join(map(_default, parameter.default)))
    text = ", ".join(parts)
    return f"[{text}]" if not parameter.required else text


def _default(term: Term) -> str:
    """A default as it may be typed."""
    return shorten(term) if isinstance(term, NamedNode) else str(term)
