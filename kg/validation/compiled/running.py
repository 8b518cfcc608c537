"""A plan run on an engine: queries out, findings in."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import count, repeat
from typing import TypeAlias

from kg.engine import Engine, Rows
from kg.engine.rows import Row
from kg.errors import QueryError, QueryTimeout, ShapesError
from kg.terms import BlankNode, Literal, NamedNode, Term
from kg.validation.compiled import plain
from kg.validation.compiled.aims import Aim, Below, distinct, target, united
from kg.validation.compiled.conditions import FALSE, Conditions, is_counted
from kg.validation.compiled.gaps import STORE_GAPS
from kg.validation.compiled.hierarchy import below
from kg.validation.compiled.model import Aimed, Constraint, Shape
from kg.validation.compiled.nesting import nested
from kg.validation.compiled.plan import Plan
from kg.validation.compiled.questions import PATH, THIS, VALUE, Question, questions, with_sparql
from kg.validation.compiled.traits import Traits, traits
from kg.validation.paths import Path, to_sparql
from kg.validation.report import Finding

_AT_ONCE = 2000  # nodes named in one query
_FEW_QUESTIONS = 1  # from which a screen before them costs more than it saves
_ENDLESS = re.compile(r">\)*[+*]")  # a path that repeats a step
_IN_MESSAGE = re.compile(r"\{[?$](\w+)\}")

Progress = Callable[[int, int], None]
# The rows met for a constraint and the shapes around it: another target, or another piece of a query, gives them too.
_Seen: TypeAlias = dict[tuple[tuple[Shape, ...], Constraint], set[Row]]


class Run:
    """One run: what the store is like, which classes it has, and a number for each query."""

    def __init__(self, engine: Engine, plan: Plan, focus: frozenset[Term] | None) -> None:
        self._engine, self._plan, self._focus = engine, plan, focus
        self._traits: Traits = traits(engine)
        if self._traits.plain_only:
            plain.check(plan)
        self.below: Below = below(engine, plan.classes)
        self._numbers = count()

    def findings(self, progress: Progress | None = None) -> tuple[Finding, ...]:
        """All findings, in canonical order, each once; those that are alike are counted (``times``)."""
        found: Counter[Finding] = Counter()
        for number, aimed in enumerate(self._plan.aimed):
            if progress is not None:
                progress(number, len(self._plan.aimed))
            found.update(self._of(aimed))
        if progress is not None:
            progress(len(self._plan.aimed), len(self._plan.aimed))
        if self._focus is not None:
            found = Counter({finding: times for finding, times in found.items() if finding.focus in self._focus})
        counted = (finding if times == 1 else replace(finding, times=times) for finding, times in found.items())
        return tuple(sorted(counted, key=lambda finding: finding.key))

    def _of(self, aimed: Aimed) -> Iterator[Finding]:
        """The findings of a shape with targets, each as often as it is a result."""
        conditions = Conditions(self.below, self._traits)
        seen: _Seen = {}
        for one in aimed.targets:
            aim = Aim(one, split=self._traits.plain_only)
            asked = list(questions(Aimed(aimed.shape, (one,)), conditions, split=aim.split))
            single = [question for question in asked if is_counted(question.constraint)]
            asked = [question for question in asked if not is_counted(question.constraint)]
            for question in single:
                yield from self._ask(question, None, seen, blank=False)
            wanted = self._wanted(aim) if all(not question.aim.paths for question in asked) else None
            parts = self._looked_at(aimed.shape, aim, conditions, len(asked)) if wanted is None else wanted
            for among, blank in parts:
                for question in asked:
                    yield from self._ask(question, among, seen, blank=blank)
        first = Aim(aimed.targets[0], split=self._traits.plain_only)
        for shape, constraint, at in with_sparql(aimed.shape, first):
            yield from self._sparql(shape, constraint, [replace(at, target=one) for one in aimed.targets])

    def _ask(
        self, question: Question, among: Sequence[Term] | None, seen: _Seen, *, blank: bool
    ) -> Iterator[Finding]:
        known = seen.setdefault((question.aim.through, question.constraint), set())
        for text in question.texts(self.below, among, blank):
            yield from _found(question, self._select(text), known)

    def _wanted(self, aim: Aim) -> list[tuple[Sequence[Term] | None, bool]] | None:
        """The nodes of a target that are asked for, as ``_looked_at`` gives them; None when it may be any."""
        if self._focus is None or any(isinstance(node, BlankNode) for node in self._focus):
            return None
        pattern = target(aim.target, THIS, self.below)
        found: list[tuple[Sequence[Term] | None, bool]] = []
        nodes = sorted(self._focus, key=str)
        for start in range(0, len(nodes), _AT_ONCE):
            among = nodes[start : start + _AT_ONCE]
            if aim.target.kind == "targetNode":
                there = [node for node in among if node in aim.target.terms]
            else:
                values = f"VALUES {THIS} {{ {' '.join(map(str, among))} }}"
                rows = self._engine.select(f"SELECT DISTINCT {THIS} WHERE {{ {values} {pattern} }}")
                there = [node for node in rows.column("this") if node is not None]
            if there:
                found.append((there, False))
        return found

    def _looked_at(
        self, shape: Shape, aim: Aim, conditions: Conditions, asked: int
    ) -> Iterable[tuple[Sequence[Term] | None, bool]]:
        """(nodes to look at, or None for all; whether at blank ones only): what a screen leaves."""
        if not asked:
            return []
        if self._traits.plain_only or asked <= _FEW_QUESTIONS:
            return [(None, False)]
        condition = conditions.fails(shape, THIS, screening=True)
        if condition == FALSE:
            return []
        focus = distinct(aim.target, THIS, self.below)
        nodes = self._engine.select(f"SELECT {THIS} WHERE {{ {focus} FILTER({condition}) }}").column("this")
        named = [node for node in dict.fromkeys(nodes) if node is not None and not isinstance(node, BlankNode)]
        parts: list[tuple[Sequence[Term] | None, bool]] = [
            (named[start : start + _AT_ONCE], False) for start in range(0, len(named), _AT_ONCE)
        ]
        return parts if len(named) == len(nodes) else [*parts, (None, True)]

    def _select(self, query: str) -> Rows:
        """The rows; blank nodes of an endpoint get labels that no other query gives."""
        try:
            rows = self._engine.select(query)
        except QueryTimeout:
            raise
        except QueryError as fault:
            if self._traits.plain_only and _ENDLESS.search(query):
                gap = STORE_GAPS["endless-path"]
                raise ShapesError(f"{gap.why}: {fault.message}", where=fault.where, hint=gap.hint) from fault
            raise
        if self._traits.labels_hold:
            return rows
        number = next(self._numbers)

        def own(term: Term | None) -> Term | None:
            return BlankNode(f"q{number}-{term.value}") if isinstance(term, BlankNode) else term

        return Rows(rows.columns, tuple(tuple(map(own, row)) for row in rows.rows))

    def _ways(self, aims: Sequence[Aim]) -> Mapping[Term, int]:
        """Focus node → the ways that lead to it, where there are several; it is looked at once for each."""
        if not aims[0].paths:
            return {}
        names = " ".join(aims[0].names)
        patterns = [it for aim in aims for it in aim.patterns(self.below)]
        if self._traits.plain_only:
            each = {row for it in patterns for row in self._engine.select(f"SELECT DISTINCT {names} {{ {it} }}").rows}
            return Counter(row[-1] for row in each if row[-1] is not None)
        ways = f"{{ SELECT DISTINCT {names} WHERE {{ {united(patterns)} }} }}"
        rows = self._engine.select(f"SELECT {THIS} (COUNT(*) AS ?n) WHERE {{ {ways} }} GROUP BY {THIS}")
        return {this: int(number.value) for this, number in rows.rows if this is not None and number is not None}

    def _sparql(self, shape: Shape, constraint: Constraint, aims: Sequence[Aim]) -> Iterator[Finding]:
        """The findings of a SPARQL constraint: every solution is one, for each way to its focus node.

        ``aims``: one for each target. They go into one query, since a node of two targets is one focus node.
        """
        ways: Mapping[Term, int] | None = None
        met: set[Term] = set()
        # Virtuoso answers a union of targets wrongly: one at a time, and no node again.
        for some in [[aim] for aim in aims] if self._traits.plain_only else [aims]:
            found = [(this, finding) for this, finding in self._solutions(shape, constraint, some) if this not in met]
            if found and ways is None:
                ways = self._ways(aims)
            for this, finding in found:
                yield from repeat(finding, ways.get(this, 1) if ways else 1)
            met.update(this for this, _ in found)

    def _solutions(self, shape: Shape, constraint: Constraint, aims: Sequence[Aim]) -> Iterator[tuple[Term, Finding]]:
        """Each solution of a SPARQL constraint: its focus node and the finding."""
        query = self._plan.queries[constraint]
        if query.asks:
            pattern = united([it for aim in aims for it in aim.patterns(self.below, shape.path)])
            if shape.path is None:
                pattern = f"{{ {pattern} }} BIND(?this AS ?value)"
        else:
            pattern = united([it for aim in aims for it in aim.patterns(self.below)])
            if len(aims) > 1 or aims[0].paths or "?fany" in pattern or "?fclass" in pattern:
                # or a node would be met more than once
                pattern = f"{{ SELECT DISTINCT {THIS} WHERE {{ {pattern} }} }}"
        path = None if shape.path is None else to_sparql(shape.path)
        text = query.filled(pattern, path, anchored=self._traits.plain_only)
        for row in self._select(text if self._traits.plain_only else nested(text)):
            this, failure = row.get("this"), row.get("failure")
            if failure is not None and failure.value in ("true", "1"):
                raise ShapesError(f"the SPARQL constraint {constraint.node} reports ?failure for {this}")
            if this is None:
                continue
            at = row.get("path")
            value = row.get("value")
            finding = _finding(
                shape,
                constraint,
                this,
                at if isinstance(at, NamedNode) else shape.path,
                value if value is not None or shape.path is not None else this,
                _messages(shape, constraint, row),
            )
            yield this, finding


def _found(question: Question, rows: Rows, known: set[Row]) -> Iterator[Finding]:
    """The findings of a question's rows, less those that are ``known``, which grows."""
    for terms, row in zip(rows.rows, rows, strict=True):
        if terms in known:
            continue
        known.add(terms)
        this = row["this"]
        if this is None:
            continue
        path: Path | None = question.shape.path
        if PATH in question.columns:
            at = row["path"]
            path = at if isinstance(at, NamedNode) else path
        value = this if question.itself else row["value"] if VALUE in question.columns else None
        yield _finding(question.shape, question.constraint, this, path, value, question.shape.messages)


def _finding(
    shape: Shape,
    constraint: Constraint,
    focus: Term,
    path: Path | None,
    value: Term | None,
    messages: tuple[Literal, ...],
) -> Finding:
    return Finding(
        focus=focus,
        path=path,
        value=value,
        shape=shape.node,
        component=constraint.component,
        severity=shape.severity,
        messages=tuple(sorted(messages, key=str)),
        constraint=constraint.node,
        root=shape.root,
    )


def _messages(shape: Shape, constraint: Constraint, row: dict[str, Term | None]) -> tuple[Literal, ...]:
    """The messages of a query's result, filled in: its own, else the constraint's, else the shape's."""
    own = row.get("message")
    if isinstance(own, Literal):
        return (own,)

    known = {**row, **dict(constraint.bindings)}

    def filled(match: re.Match[str]) -> str:
        term = known.get(match[1])
        return match[0] if term is None else term.value

    return tuple(
        Literal(_IN_MESSAGE.sub(filled, it.value), language=it.language)
        if it.language
        else Literal(_IN_MESSAGE.sub(filled, it.value))
        for it in constraint.messages or shape.messages
    )
