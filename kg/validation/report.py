"""What a validation found, as frozen values; the same whichever engine found it."""

from __future__ import annotations

from dataclasses import dataclass, field

from kg.terms import Literal, NamedNode, Node, Term
from kg.validation.paths import Path, to_short_sparql, to_sparql
from kg.vocab import PREFIXES, shorten

SEVERITIES = ("Violation", "Warning", "Info")


@dataclass(frozen=True, slots=True)
class Finding:
    """One validation result.

    ``shape`` is the source shape; ``root`` the nearest shape around it that has an IRI (itself, mostly; None when
    there is none). ``constraint`` is the source constraint of a SPARQL constraint. ``messages`` are those that the
    shapes graph declares, in all their languages; none when it declares none. ``times`` is how many results of the
    W3C report are alike: it has one for each pair of values out of order, or each way that leads to a value. Findings
    that differ in that alone are equal.
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
    times: int = field(default=1, compare=False)

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
class Report:
    """The outcome of a validation.

    ``findings`` are in canonical order. ``shapes_checked`` counts the shapes with targets that are not deactivated,
    ``focus_nodes`` the distinct nodes that they reach; ``idle`` are those of them that reached none. ``engine`` is
    ``native`` or ``reference``; ``fallback`` says why the engine asked for did not run.
    """

    conforms: bool
    findings: tuple[Finding, ...]
    shapes_checked: int
    focus_nodes: int
    idle: tuple[Node, ...] = ()
    engine: str = "native"
    fallback: str | None = None

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
        focus_nodes=sum(report.focus_nodes for report in reports),
        idle=tuple(node for report in reports for node in report.idle),
        engine=reports[0].engine,
        fallback=reports[0].fallback,
    )
