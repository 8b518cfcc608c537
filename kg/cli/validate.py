"""``kg validate``: check data against SHACL shapes."""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from kg.cli.options import dataset_option, endpoint_option, lang_option, timed
from kg.cli.progress import bar, waiting
from kg.cli.watchdog import deadline, interruptible
from kg.errors import ShapesError, UsageError, ZoneKGError

if TYPE_CHECKING:
    from kg.validation.report import Report
    from kg.validation.runs import Run

_FORMATS = ("text", "turtle", "json", "csv", "sarif", "junit", "github", "markdown", "html")
_LEVELS = ("violation", "warning", "info", "none")


@dataclass(frozen=True, slots=True)
class Request:
    """What was asked for, beside files and shapes."""

    formats: tuple[str, ...]
    lang: Any
    engine: str
    endpoint: str | None
    dataset: Path | None
    fail_on: str
    baseline: Path | None
    update_baseline: bool
    since: str | None
    focus: tuple[str, ...]
    names: tuple[str, ...]
    profile: Path | None
    most: int | None
    timeout: float | None
    stats: bool


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
    type=click.Choice(["native", "reference", "compiled"]),
    default=None,
    help="native is the Rust engine; reference is pySHACL, slow, and knows SHACL-AF; compiled is SPARQL, where the "
    "data lives. [default: native for files, compiled for --endpoint and stores]",
)
@click.option(
    "--format",
    "formats",
    multiple=True,
    metavar="FORMAT[=FILE]",
    help=f"How to report: {', '.join(_FORMATS)}. Repeat it for several, each to its own FILE. [default: text]",
)
@click.option(
    "--fail-on",
    type=click.Choice(_LEVELS),
    default="info",
    show_default=True,
    help="The least severity that makes the exit code 1.",
)
@click.option(
    "--baseline",
    type=click.Path(path_type=Path),
    default=None,
    metavar="FILE",
    help="Known findings: they pass, new ones fail, those that are gone are listed.",
)
@click.option("--update-baseline", is_flag=True, help="Write the findings of this run to the --baseline.")
@click.option(
    "--since", default=None, metavar="REV", help="Report what is new since a revision of git, both validated whole."
)
@click.option("--focus", multiple=True, metavar="IRI", help="Report findings on this node only. Repeatable.")
@click.option("--shape", "names", multiple=True, metavar="NAME", help="Use this shape only. Repeatable.")
@click.option(
    "--profile",
    type=click.Path(path_type=Path),
    default=None,
    metavar="FILE",
    help='Grade severities anew, by a TOML file: [severity] "ex:NameShape" = "warning" (or info, off).',
)
@click.option("--max-findings", "most", type=click.IntRange(0), default=None, metavar="N", help="List N findings.")
@click.option(
    "--timeout",
    type=click.FloatRange(0, 1e6, min_open=True),
    default=None,
    metavar="SECONDS",
    help="Give up after that time; validation has then failed, and the exit code is 4.",
)
@click.option("--stats", is_flag=True, help="Count focus nodes, and say how much of each class is checked.")
@lang_option
@dataset_option
@endpoint_option
def command(files: tuple[Path, ...], shapes: tuple[Path, ...], ontology: tuple[str, ...], **options: Any) -> None:
    """Check FILES (RDF files, or folders of them) against SHACL shapes.

    Without FILES: the built dataset, and what it was made from. Without --shapes: our shapes, with our ontology added
    to the data, and our checks of the whole (queries/checks).

    \b
    Exit codes:
      0  the data conforms, or has only findings below --fail-on
      1  there are findings
      2  wrong usage
      3  data cannot be read
      4  shapes are ill-formed, validation failed, or there is nothing to check
      5  internal fault

    \b
    Examples:
      kg validate
      kg validate --lang zh new_claims.ttl
      kg validate data.ttl --shapes shapes.ttl --format turtle > report.ttl
      kg validate data.ttl --shapes shapes/ --format github --format sarif=kg.sarif
      kg validate data.ttl --shapes shapes.ttl --baseline known.jsonl
      kg validate --endpoint http://localhost:7878/query --shapes shapes.ttl
    """
    request = Request(**options)
    _check_usage(request, files, ontology)
    targets = _targets(request.formats, [*files, *shapes, *([request.baseline] if request.baseline else [])])
    added = None if not ontology else [Path(name) for name in ontology if name != "none"]
    late = ShapesError(f"validation was stopped after {request.timeout or 0:g} s", hint="--timeout gives it more")
    with timed("validated"), deadline(request.timeout, late), interruptible():
        run = _run(request, files, shapes, added)
        report = _judged(request, run, files, shapes, added)
    _write(report, run, request, targets)
    click.get_current_context().exit(1 if _fails(report, request.fail_on) else 0)


def _check_usage(request: Request, files: Sequence[Path], ontology: Sequence[str]) -> None:
    """UsageError for options that do not go together."""
    if request.dataset is not None and files:
        raise UsageError("--dataset names our build, which FILES replace", hint="give one of the two")
    if "none" in ontology and len(ontology) > 1:
        raise UsageError("--ontology none goes with no other --ontology")
    if request.endpoint is not None:
        if files or request.dataset is not None:
            raise UsageError("--endpoint goes with neither FILES nor --dataset")
        if request.engine not in (None, "compiled"):
            raise UsageError(f"on an endpoint the compiled engine runs, not {request.engine}")
    if request.update_baseline and request.baseline is None:
        raise UsageError("--update-baseline goes with --baseline FILE")
    if request.update_baseline and (request.focus or request.names):
        raise UsageError("--update-baseline goes with neither --focus nor --shape: the rest would be lost")
    if request.since is not None:
        if not files:
            raise UsageError("--since needs FILES", hint="`kg validate kg/data --since main`, say")
        if request.baseline is not None:
            raise UsageError("either --since or --baseline")


def _targets(formats: Sequence[str], inputs: Sequence[Path]) -> dict[str, Path | None]:
    """Format → the file to write it to, None for standard output; UsageError, also for a file that is read."""
    found: dict[str, Path | None] = {}
    for text in formats or ("text",):
        name, sign, file = text.partition("=")
        if name not in _FORMATS or (sign and not file):
            raise UsageError(f"no format {text!r}", hint="FORMAT or FORMAT=FILE, with one of " + ", ".join(_FORMATS))
        if name in found:
            raise UsageError(f"--format {name} is given twice")
        found[name] = Path(file) if sign else None
    written = [
        file.resolve() for file in found.values() if file is not None and (not file.exists() or file.is_file())
    ]
    if len(set(written)) < len(written):
        raise UsageError("two formats go to one file")
    for given in inputs:
        if given.resolve() in written:
            raise UsageError(f"a report would overwrite {given}, which is read")
    printed = [name for name, file in found.items() if file is None]
    if len(printed) > 1:
        raise UsageError(
            f"{' and '.join(printed)} cannot both go to standard output", hint=f"--format {printed[1]}=FILE"
        )
    return found


def _run(request: Request, files: Sequence[Path], shapes: Sequence[Path], added: Sequence[Path] | None) -> Run:
    from kg.engine.embedded import is_store
    from kg.terms import iri
    from kg.validation import runs
    from kg.vocab import expand

    try:
        focus = frozenset(iri(name) if "://" in name else expand(name) for name in request.focus) or None
    except (ValueError, UsageError) as fault:
        raise UsageError(f"--focus: {fault}", hint=getattr(fault, "hint", None)) from fault
    options = runs.Options(engine=request.engine or "native", focus=focus, shapes=request.names, stats=request.stats)
    stored = request.dataset is not None and is_store(request.dataset)
    if stored and request.engine not in (None, "compiled"):
        raise UsageError(f"on a store the compiled engine runs, not {request.engine}")
    if request.endpoint is not None or stored or request.engine == "compiled":
        from kg.validation.remote import run_where_it_is

        with bar("validating", 100) as advance:
            counted = replace(options, progress=lambda done, of: advance(100 * done // max(of, 1)))
            return run_where_it_is(files, shapes, added, request.dataset, request.endpoint, counted, request.lang)
    with waiting("validating"):  # the other engines do not say how far they are
        return runs.run(files, shapes, ontology=added, dataset=request.dataset, options=options)


def _judged(
    request: Request, run: Run, files: Sequence[Path], shapes: Sequence[Path], added: Sequence[Path] | None
) -> Report:
    """The report, graded, held against what is known, and cut to what is to be listed."""
    from kg.validation import baseline

    report = run.report
    if request.profile is not None:
        report = _graded(request.profile, report, run)
    if request.update_baseline and request.baseline is not None:
        baseline.Baseline.of(report.findings).write(request.baseline)
        click.echo(f"{len(report.findings)} findings written to {request.baseline}", err=True)
    if request.baseline is not None:
        report = baseline.against(report, baseline.Baseline.read(request.baseline))
        if report.compared is not None and (request.focus or request.names):  # the rest was not looked at
            report = replace(report, compared=replace(report.compared, gone=()))
    if request.since is not None:
        before = _before(request, request.since, files, shapes, added)
        report = baseline.against(report, baseline.Baseline.of(before.findings))
    return report.first(request.most)


def _before(
    request: Request, revision: str, files: Sequence[Path], shapes: Sequence[Path], added: Sequence[Path] | None
) -> Report:
    """The report on the same files and shapes as they were."""
    from kg.validation.report import Report
    from kg.validation.revisions import checked_out
    from kg.validation.validator import NothingToCheck

    with (
        checked_out(files, revision) as old,
        checked_out(shapes, revision, inside=files[0]) as old_shapes,
        checked_out(added or (), revision, inside=files[0]) as old_added,
    ):
        if not old or (shapes and not old_shapes):
            return Report(conforms=True, findings=(), shapes_checked=0)
        try:
            run = _run(request, old, old_shapes, old_added if added else added)
        except NothingToCheck:
            return Report(conforms=True, findings=(), shapes_checked=0)
        except ZoneKGError as fault:
            fault.message = f"as of {revision}: {fault.message}"
            raise
        return run.report if request.profile is None else _graded(request.profile, run.report, run)


def _graded(file: Path, report: Report, run: Run) -> Report:
    """The report with the severities of a profile."""
    from kg.validation.graphs import prefixes
    from kg.validation.profile import Profile
    from kg.validation.selecting import shapes_of

    shapes = run.context.shapes
    return Profile.read(file, [*shapes_of(shapes), *report.shapes], prefixes(shapes)).grade(report, shapes)


def _write(report: Report, run: Run, request: Request, targets: dict[str, Path | None]) -> None:
    """The report in each form that was asked for."""
    from kg.resources import write_atomically
    from kg.validation.formats.table import FORMATS

    for note in run.notes:
        click.echo(f"note: {note}", err=True)
    if report.fallback is not None and targets.get("text", Path()) is not None:
        click.echo(f"note: checked by the {report.engine} engine, since {report.fallback}", err=True)
    for name, file in targets.items():
        colour = file is None and sys.stdout.isatty() and not os.environ.get("NO_COLOR")
        output = FORMATS[name].write(
            report,
            run.context,
            request.lang,
            colour=colour,
            idle=run.shipped or request.stats,
            fail_on=request.fail_on,
            stats=request.stats,
        )
        if file is None:
            click.echo(output, nl=False, color=True)
        else:
            write_atomically(file, output.encode("utf-8"))


def _fails(report: Report, level: str) -> bool:
    """Whether a new finding is as grave as the level; a severity of someone's own is as grave as can be."""
    if level == "none":
        return False
    order = {"Violation": 0, "Warning": 1, "Info": 2}
    return any(order.get(finding.severity_name, 0) <= _LEVELS.index(level) for finding in report.new)
