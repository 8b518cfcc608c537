"""What a validation found, as frozen values; the same whichever engine found it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from kg.terms import Literal, NamedNode, Node, Term
from kg.validation.paths import Path, to_short_sparql, to_sparql
from kg.vocab import PREFIXES, shorten

SEVERITIES = ("Violation", "Warning", "Info")


@dataclass(frozen=True, slots=True)
class Finding:
    """One validation result.

    ``shape`` is the source shape; ``root`` the nearest shape around it that has an IRI (itself, mostly; None when
    there is none). ``constraint`` is the source constraint of a SPARQL constraint. ``messages`` are those that the
    shapes graph declares, in all their languages; none when it declares none.
    """

    focus: Term
    path: Path | None
    value: Term | None
    shape: Node
    component: NamedNode
    severity: NamedNode
    messages: tuple[Literal, ...] = ()
    constraint: Node | None = None
    root: NamedNode | None = None

    @property
    def severity_name(self) -> str:
        """``Violation``, ``Warning``, ``Info``, or the IRI of a severity of someone's own."""
        return self.severity.value.removeprefix(PREFIXES["sh"])

    @property
    def key(self) -> tuple[str, ...]:
        """What findings are ordered by: root shape, shape, focus, path, component, value, severity, messages."""
        return (
            str(self.root or ""),
            str(self.shape),
            str(self.focus),
            "" if self.path is None else to_sparql(self.path),
            self.component.value,
            "" if self.value is None else str(self.value),
            self.severity.value,
            *(str(message) for message in self.messages),
        )

    def brief(self) -> dict[str, str | None]:
        """Focus, path, component, shape and severity with short IRIs: what a shape's test cases expect."""
        return {
            "focus": _short(self.focus),
            "path": None if self.path is None else to_short_sparql(self.path),
            "component": shorten(self.component),
            "shape": _short(self.shape),
            "severity": shorten(self.severity),
        }


def _short(term: Term) -> str:
    """A short name for an IRI, N-Triples for anything else."""
    return shorten(term) if isinstance(term, NamedNode) else str(term)


@dataclass(frozen=True, slots=True)
class ClassCoverage:
    """How many nodes have a class as their type, and how many of those are focus nodes of some shape."""

    name: Term
    instances: int
    checked: int


@dataclass(frozen=True, slots=True)
class Stats:
    """What was looked at: the number of focus nodes of each shape with a target, and the classes of the data."""

    focus: tuple[tuple[Node, int], ...]
    classes: tuple[ClassCoverage, ...]


@dataclass(frozen=True, slots=True)
class Report:
    """The outcome of a validation.

    ``findings`` are in canonical order. ``shapes_checked`` counts the shapes with targets that are not deactivated.
    ``focus_nodes`` counts the distinct nodes that they reach, ``idle`` are those shapes that reached none, and
    ``stats`` says more: all None where nobody asked for them. ``engine`` is
    ``native`` or ``reference``; ``fallback`` says why the engine asked for did not run.
    """

    conforms: bool
    findings: tuple[Finding, ...]
    shapes_checked: int
    focus_nodes: int | None = None
    idle: tuple[Node, ...] | None = None
    engine: str = "native"
    fallback: str | None = None
    stats: Stats | None = None

    def counts(self) -> dict[str, int]:
        """Severity → number of findings; the three of SHACL always, others as they come."""
        counts = dict.fromkeys(SEVERITIES, 0)
        for finding in self.findings:
            counts[finding.severity_name] = counts.get(finding.severity_name, 0) + 1
        return counts


def merged(*reports: Report) -> Report:
    """Several reports (of one engine, on different data) as one, the numbers summed."""
    findings = sorted({f for report in reports for f in report.findings}, key=lambda finding: finding.key)
    return Report(
        conforms=not findings,
        findings=tuple(findings),
        shapes_checked=sum(report.shapes_checked for report in reports),
        focus_nodes=_sum(report.focus_nodes for report in reports),
        idle=None if any(r.idle is None for r in reports) else tuple(n for r in reports for n in r.idle or ()),
        engine=reports[0].engine,
        fallback=reports[0].fallback,
        stats=_together([report.stats for report in reports]),
    )


def with_findings(report: Report, more: Iterable[Finding]) -> Report:
    """The report with findings of another origin, in order."""
    findings = sorted({*report.findings, *more}, key=lambda finding: finding.key)
    return replace(report, findings=tuple(findings), conforms=not findings)


def _sum(numbers: Iterable[int | None]) -> int | None:
    known = list(numbers)
    return None if None in known else sum(number for number in known if number is not None)


def _together(stats: Sequence[Stats | None]) -> Stats | None:
    """The shapes of all; of a class that several saw, what the one says that checked most of it."""
    known = [one for one in stats if one is not None]
    if len(known) < len(stats):
        return None
    classes: dict[Term, ClassCoverage] = {}
    for seen in (seen for one in known for seen in one.classes):
        before = classes.get(seen.name)
        if before is None or (seen.checked, seen.instances) > (before.checked, before.instances):
            classes[seen.name] = seen
    return Stats(
        tuple(pair for one in known for pair in one.focus), tuple(classes[name] for name in sorted(classes, key=str))
    )
