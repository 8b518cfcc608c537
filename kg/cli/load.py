"""``kg load``: a built dataset onto an endpoint, or into a directory."""

from __future__ import annotations

import hashlib
from pathlib import Path

import click

from kg import resources
from kg.cli.options import dataset_option, timed
from kg.cli.progress import bar
from kg.engine import Embedded
from kg.errors import DataError, Place, UsageError


@click.command("load", short_help="Put the dataset onto an endpoint, or into a directory.")
@click.option("--endpoint", default=None, metavar="URL", help="Where the endpoint answers queries.")
@click.option(
    "--graph-store",
    "store",
    default=None,
    metavar="URL",
    help="Where it takes graphs (Graph Store Protocol). [default: known for Oxigraph, Virtuoso, Fuseki, RDF4J]",
)
@click.option(
    "--directory",
    type=click.Path(path_type=Path, file_okay=False),
    default=None,
    metavar="DIR",
    help="Make a store on disk instead, for `--dataset DIR`.",
)
@dataset_option
def command(endpoint: str | None, store: str | None, directory: Path | None, dataset: Path | None) -> None:
    """Put a built dataset onto an endpoint that allows writing: each named graph is replaced.

    Graphs go in parts. When a load breaks off, the same command goes on where it stopped. At the end the triples
    of each graph are counted. $ZONEKG_ENDPOINT_TOKEN, or $ZONEKG_ENDPOINT_USER and $ZONEKG_ENDPOINT_PASSWORD, say
    who asks.

    \b
    Examples:
      kg load --endpoint http://localhost:7878/query
      kg load --directory /srv/zonekg/store
    """
    if (endpoint is None) == (directory is None):
        raise UsageError("one of --endpoint and --directory")
    if store is not None and endpoint is None:
        raise UsageError("--graph-store goes with --endpoint")
    path = resources.dataset(dataset)
    if directory is not None:
        if not path.stat().st_size:
            raise DataError("the dataset holds nothing", where=Place(path), hint="run `kg build`")
        with timed("making the store"):
            engine = Embedded.create(directory, path)
        click.echo(f"{len(engine)} triples in {directory}", err=True)
    elif endpoint is not None:
        _upload(endpoint, store, path)


def _upload(endpoint: str, store: str | None, path: Path) -> None:
    from kg.engine.endpoint import Endpoint
    from kg.engine.loading import divide, graph_store, journal_path, load

    remote = Endpoint(endpoint)
    target = graph_store(remote) if store is None else store
    digest = hashlib.sha256(path.read_bytes()).hexdigest()
    with timed("reading the dataset"):
        graphs = divide(Embedded.load(path).quads())
    if not graphs:
        raise DataError("the dataset holds nothing", where=Place(path), hint="run `kg build`")
    journal = journal_path(target)
    total = sum(len(part.triples) for parts in graphs.values() for part in parts)
    with bar(f"loading {total} triples", total) as advance:
        report = load(
            remote,
            graphs,
            store=target,
            journal=journal,
            dataset=digest,
            progress=lambda _graph, sent, _total: advance(sent),
        )
    width = max(len(name) for name, _ in report.graphs)
    for name, triples in report.graphs:
        click.echo(f"{name:<{width}}  {triples:>8}")
    kept = f", {report.kept} of them by a load before" if report.kept else ""
    click.echo(f"{report.triples} triples on {endpoint}, counted{kept}", err=True)
    for name in report.strangers:
        click.echo(f"note: the endpoint also holds {name}, which the dataset lacks", err=True)
