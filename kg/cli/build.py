"""``kg build``: the dataset from the curated files."""

from __future__ import annotations

from pathlib import Path

import click

from kg import resources
from kg.cli.options import timed
from kg.errors import UsageError


@click.command("build", short_help="Build the dataset from the curated files.")
@click.option(
    "--out",
    type=click.Path(path_type=Path, file_okay=False),
    default=None,
    metavar="DIR",
    help="Folder to write to. [default: build/ of the checkout]",
)
def command(out: Path | None) -> None:
    """Build the dataset: TriG, N-Quads and a manifest of the files it was made from.

    Named graphs for entities, claims, passages, references, ontology and vocabularies; one for what each rule
    derives; one that describes the rest (VoID, DCAT). The same files give the same bytes.

    \b
    Example:
      kg build --out /tmp/zonekg
    """
    from kg.build import build

    folder = out if out is not None else _default()
    with timed("building the dataset"):
        report = build(folder)
    width = max(len(name) for name, _ in report.graphs)
    for name, triples in report.graphs:
        click.echo(f"{name:<{width}}  {triples:>8}")
    click.echo(f"{'all':<{width}}  {report.triples:>8}")
    click.echo(f"written to {report.folder}", err=True)


def _default() -> Path:
    """build/ of the checkout. UsageError in an installed wheel, which has no such place."""
    top = resources.checkout()
    if top is None:
        raise UsageError("where to? this is no checkout", hint="kg build --out DIR")
    return top / "build"
