"""``kg validate``: check data against SHACL shapes."""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import Any

import click

from kg.cli.options import dataset_option, lang_option, timed
from kg.errors import UsageError


@click.command(short_help="Check data against SHACL shapes.")
@click.argument("files", nargs=-1, type=click.Path(path_type=Path))
@click.option(
    "--shapes",
    multiple=True,
    type=click.Path(path_type=Path),
    metavar="FILE",
    help="A file or folder of shapes to use instead of ours. Repeat it for several.",
)
@click.option(
    "--ontology",
    multiple=True,
    metavar="FILE|none",
    help="A file or folder to add to the data. [default: our ontology with our shapes, nothing with others]",
)
@click.option(
    "--engine",
    type=click.Choice(["native", "reference"]),
    default="native",
    show_default=True,
    help="native is the Rust engine, reference is pySHACL: slow, and knows SHACL-AF.",
)
@lang_option
@click.option(
    "--format",
    "format_",
    type=click.Choice(["text", "turtle", "json"]),
    default="text",
    show_default=True,
    help="text for people; turtle is the W3C validation report.",
)
@dataset_option
def command(
    files: tuple[Path, ...],
    shapes: tuple[Path, ...],
    ontology: tuple[str, ...],
    engine: str,
    lang: Any,
    format_: str,
    dataset: Path | None,
) -> None:
    """Check FILES (RDF files, or folders of them) against SHACL shapes.

    Without FILES: our curated data, and the built dataset for the shapes of what rules derive. Without --shapes: our
    shapes, with our ontology added to the data.

    \b
    Exit codes:
      0  the data conforms
      1  there are findings
      2  wrong usage
      3  data cannot be read
      4  shapes are ill-formed, or there is nothing to check
      5  internal fault

    \b
    Examples:
      kg validate
      kg validate --lang zh new_claims.ttl
      kg validate data.ttl --shapes shapes.ttl --format turtle > report.ttl
    """
    from kg.validation import results, runs, text
    from kg.validation.formats import json

    if dataset is not None and files:
        raise UsageError("--dataset names our build, which FILES replace", hint="give one of the two")
    if "none" in ontology and len(ontology) > 1:
        raise UsageError("--ontology none goes with no other --ontology")
    added = None if not ontology else [Path(name) for name in ontology if name != "none"]
    with timed("validated"):
        run = runs.run(files, shapes, ontology=added, engine=engine, dataset=dataset)
    report = run.report
    if format_ == "text":
        colour = sys.stdout.isatty() and not os.environ.get("NO_COLOR")
        output = text.to_text(report, run.context, lang, colour=colour, idle=run.shipped)
    else:
        if report.fallback is not None:
            click.echo(f"note: checked by the {report.engine} engine, since {report.fallback}", err=True)
        turtle = format_ == "turtle"
        output = results.to_turtle(report).decode() if turtle else json.to_json(report, run.context, lang)
    click.echo(output, nl=False, color=True)
    click.get_current_context().exit(0 if report.conforms else 1)
