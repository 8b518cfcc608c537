"""``kg format``: the only writer of curated Turtle."""

from __future__ import annotations

from pathlib import Path

import click

from kg import resources
from kg.errors import DataError


@click.command("format", short_help="Write curated Turtle in its canonical form.")
@click.argument("files", nargs=-1, type=click.Path(path_type=Path, exists=True))
@click.option("--check", is_flag=True, help="Change nothing; end with 1 when a file is not in canonical form.")
@click.pass_context
def command(context: click.Context, files: tuple[Path, ...], check: bool) -> None:
    """Write curated Turtle in its canonical form: sorted, one predicate a line.

    Without FILES: all of kg/data. A folder stands for the .ttl files in it. A comment is an error, since it
    would be lost; so is a blank node.

    \b
    Example:
      kg format --check kg/data/entities
    """
    from kg.build import format_turtle

    different = []
    paths = _turtle_files(files or (resources.root("data"),))
    for path in paths:
        data = path.read_bytes()
        canonical = format_turtle(data, path=path)
        if canonical != data:
            different.append(path)
            if not check:
                resources.write_atomically(path, canonical)
    for path in different:
        click.echo(f"{path}: {'not in canonical form' if check else 'formatted'}")
    number = "1 file" if len(paths) == 1 else f"{len(paths)} files"
    click.echo(f"{number}, {len(different)} {'to format' if check else 'changed'}", err=True)
    if check and different:
        click.echo("mend with: kg format " + " ".join(map(str, files)), err=True)
        context.exit(1)


def _turtle_files(given: tuple[Path, ...]) -> list[Path]:
    """The files named, and the Turtle files in folders named; DataError when that is none."""
    found: dict[Path, None] = {}
    for path in given:
        for file in sorted(path.rglob("*.ttl")) if path.is_dir() else (path,):
            found[file] = None
    if not found:
        raise DataError("there is no Turtle file to format in " + ", ".join(map(str, given)))
    return list(found)
