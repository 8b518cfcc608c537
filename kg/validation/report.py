"""What a validation found, as frozen values; the same whichever engine found it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace

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
class ClassCoverage:
    """How many nodes have a class as their type, and how many of those are focus nodes of some shape."""

    name: Term
    instances: int
    checked: int


@dataclass(frozen=True, slots=True)
class Stats:
    """What was looked at.

    ``focus``: shape → number of its focus nodes, for every shape with a target. ``typed``: class → the nodes that
    have it as their type. ``reached``: the focus nodes of all shapes.
    """

    focus: tuple[tuple[Node, int], ...]
    typed: Mapping[Term, frozenset[Term]]
    reached: frozenset[Term]

    @property
    def classes(self) -> tuple[ClassCoverage, ...]:
        """How much of each class is checked, by name."""
        return tuple(
            ClassCoverage(name, len(self.typed[name]), len(self.typed[name] & self.reached))
            for name in sorted(self.typed, key=str)
        )


@dataclass(frozen=True, slots=True)
class Recorded:
    """A finding as a baseline keeps it: its fingerprint, how often it was there, and short names for people."""

    fingerprint: str
    count: int
    severity: str
    shape: str
    component: str
    focus: str
    path: str | None = None
    value: str | None = None


@dataclass(frozen=True, slots=True)
class Compared:
    """Findings held against a baseline: those it does not have, those it has, and what it has that is gone."""

    new: tuple[Finding, ...]
    known: tuple[Finding, ...]
    gone: tuple[Recorded, ...]


@dataclass(frozen=True, slots=True)
class Report:
    """The outcome of a validation.

    ``findings`` are in canonical order. ``shapes_checked`` counts the shapes with targets that are not deactivated,
    which are ``shapes``. ``focus_nodes`` counts the distinct nodes that they reach, ``idle`` are those shapes that
    reached none, and ``stats`` says more: all None where nobody asked for them. ``engine`` is ``native``,
    ``reference`` or ``compiled``; ``fallback`` says why the engine asked for did not run. ``compared``: the findings
    held against a baseline, when there is one. ``most``: how many findings to list.
    ``conforms`` and ``findings`` are the whole truth, whatever of it is known or not listed.
    """

    conforms: bool
    findings: tuple[Finding, ...]
    shapes_checked: int
    focus_nodes: int | None = None
    idle: tuple[Node, ...] | None = None
    engine: str = "native"
    fallback: str | None = None
    stats: Stats | None = None
    shapes: tuple[Node, ...] = ()
    compared: Compared | None = None
    most: int | None = None

    @property
    def new(self) -> tuple[Finding, ...]:
        """The findings that no baseline has: all, without one."""
        return self.findings if self.compared is None else self.compared.new

    @property
    def known(self) -> tuple[Finding, ...]:
        """The findings that the baseline has."""
        return () if self.compared is None else self.compared.known

    @property
    def shown(self) -> tuple[Finding, ...]:
        """The new findings to list, in canonical order: the gravest where not all are wanted."""
        if self.most is None or self.most >= len(self.new):
            return self.new
        gravest = sorted(range(len(self.new)), key=lambda at: (_gravity(self.new[at]), at))
        return tuple(self.new[at] for at in sorted(gravest[: self.most]))

    @property
    def left_out(self) -> int:
        """How many new findings are not listed."""
        return len(self.new) - len(self.shown)

    def first(self, most: int | None) -> Report:
        """The report with ``most`` new findings listed (None: all). ValueError when the number is below zero."""
        if most is not None and most < 0:
            raise ValueError(f"a number of findings below zero: {most}")
        return replace(self, most=most)

    def counts(self) -> dict[str, int]:
        """Severity → number of findings; the three of SHACL always, others as they come."""
        return counts(self.findings)


def counts(findings: Iterable[Finding]) -> dict[str, int]:
    """Severity → number of the findings; the three of SHACL always, others as they come."""
    found = dict.fromkeys(SEVERITIES, 0)
    for finding in findings:
        found[finding.severity_name] = found.get(finding.severity_name, 0) + 1
    return found


def _gravity(finding: Finding) -> int:
    """0 for what weighs most; a severity of someone's own weighs as a warning."""
    return SEVERITIES.index(finding.severity_name) if finding.severity_name in SEVERITIES else 1


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
        shapes=tuple(dict.fromkeys(node for report in reports for node in report.shapes)),
    )


def with_findings(report: Report, more: Iterable[Finding], shapes: Iterable[Node] = ()) -> Report:
    """The report with findings of another origin, in order, and what was checked for them beside the shapes."""
    findings = sorted([*report.findings, *more], key=lambda finding: finding.key)
    shapes = tuple(shapes)
    return replace(
        report,
        findings=tuple(findings),
        conforms=not findings,
        shapes=(*report.shapes, *shapes),
        shapes_checked=report.shapes_checked + len(shapes),
    )


def _sum(numbers: Iterable[int | None]) -> int | None:
    known = list(numbers)
    return None if None in known else sum(number for number in known if number is not None)


def _together(stats: Sequence[Stats | None]) -> Stats | None:
    """What was looked at in all."""
    known = [one for one in stats if one is not None]
    if len(known) < len(stats):
        return None
    typed: dict[Term, frozenset[Term]] = {}
    for name, nodes in (pair for one in known for pair in one.typed.items()):
        typed[name] = typed.get(name, frozenset()) | nodes
    return Stats(
        tuple(pair for one in known for pair in one.focus),
        typed,
        frozenset().union(*(one.reached for one in known)),
    )
