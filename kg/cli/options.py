"""Options that several commands share, so that they read and behave alike."""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import click

from kg.resources import DATASET_VARIABLE

dataset_option = click.option(
    "--dataset",
    type=click.Path(path_type=Path),
    default=None,
    metavar="PATH",
    help=f"The built dataset, a file or a folder. [default: ${DATASET_VARIABLE}, else the shipped one, else build/]",
)

lang_option = click.option(
    "--lang",
    type=click.Choice(["zh", "en"]),
    default="en",
    show_default=True,
    help="Language of labels and messages.",
)

_PATIENCE = 2.0  # seconds of silence before a person wonders


@contextmanager
def timed(what: str) -> Iterator[None]:
    """Say on stderr what took how long, if it took over two seconds: ``with timed("loading the dataset"): …``."""
    start = time.monotonic()
    yield
    seconds = time.monotonic() - start
    if seconds > _PATIENCE:
        click.echo(f"{what}: {seconds:.1f} s", err=True)
