"""Options that several commands share, so that they read and behave alike."""

from __future__ import annotations

import os
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

endpoint_option = click.option(
    "--endpoint",
    default=None,
    metavar="URL",
    help="Ask a SPARQL endpoint instead. $ZONEKG_ENDPOINT_TOKEN, or $ZONEKG_ENDPOINT_USER and "
    "$ZONEKG_ENDPOINT_PASSWORD, say who asks.",
)

LANGUAGE_VARIABLE = "ZONEKG_LANG"


def language() -> str:
    """The language of who asks, ``zh`` or ``en``: $ZONEKG_LANG, else the locale's (POSIX's variables), else en."""
    variables = (LANGUAGE_VARIABLE, "LC_ALL", "LC_MESSAGES", "LANG")
    named = next((os.environ[name] for name in variables if os.environ.get(name)), "")
    return "zh" if named.lower().startswith("zh") else "en"


lang_option = click.option(
    "--lang",
    type=click.Choice(["zh", "en"]),
    default=language,
    show_default=f"${LANGUAGE_VARIABLE}, else as the locale",
    help="Language of labels and messages; that which a page shows first.",
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
