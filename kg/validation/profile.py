"""Severities graded anew by a small file: what is a violation to one project is a warning to another.

::

    [severity]
    "ex:NameShape" = "warning"                        # a shape, or one that it is part of
    "sh:MaxCountConstraintComponent" = "info"         # a kind of constraint
    "ex:OldShape" = "off"                             # found, and not reported

Names are IRIs in full, or with a prefix (one of ours, or of the shapes' files), or the last part of a shape's IRI.
What names a shape goes before what names a component; the nearer shape before the one around it.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from pathlib import Path

from kg.errors import DataError, Place
from kg.terms import NamedNode, Term
from kg.validation.graphs import Graph
from kg.validation.report import Finding, Report
from kg.validation.selecting import names_of, shapes_of, within
from kg.vocab import SH

_LEVELS = {"violation": SH.Violation, "warning": SH.Warning, "info": SH.Info, "off": None}


@dataclass(frozen=True)
class Profile:
    """Name → severity; None for what is not to be reported."""

    levels: Mapping[str, NamedNode | None]
    prefixes: Mapping[str, str]

    @classmethod
    def read(cls, path: Path, shapes: Iterable[Term], prefixes: Mapping[str, str]) -> Profile:
        """The profile in a file, for these shapes; names may have ``prefixes`` beside ours.

        DataError where it cannot be read, is ill-formed, or names what is neither a shape nor a component of SHACL.
        """
        where = Place(path)
        try:
            given = tomllib.loads(path.read_text(encoding="utf-8"))
        except OSError as fault:
            raise DataError(f"the profile cannot be read: {fault.strerror}", where=where) from fault
        except (UnicodeDecodeError, tomllib.TOMLDecodeError) as fault:
            raise DataError(f"the profile is not TOML: {fault}", where=where) from fault
        levels = given.get("severity")
        if set(given) != {"severity"} or not isinstance(levels, dict):
            raise DataError("a profile has one table, [severity]", where=where)
        known = {name for term in (*shapes, *_components()) for name in names_of(term, prefixes)}
        for name, level in levels.items():
            if level not in _LEVELS:
                raise DataError(
                    f"the profile: {level!r} is no severity", where=where, hint="one of " + ", ".join(_LEVELS)
                )
            if name not in known:
                raise DataError(f"the profile: no shape or component is called {name!r}", where=where)
        return cls({name: _LEVELS[level] for name, level in levels.items()}, prefixes)

    def grade(self, report: Report, shapes: Graph) -> Report:
        """The report with its severities as the profile has them, less what is off."""
        around = {
            name: within(shapes, frozenset({shape}))
            for shape in shapes_of(shapes)
            for name in names_of(shape, self.prefixes)
            if name in self.levels
        }
        graded = [self._graded(finding, around) for finding in report.findings]
        found = tuple(sorted((it for it in graded if it is not None), key=lambda finding: finding.key))
        return replace(report, findings=found, conforms=not found)

    def _graded(self, finding: Finding, around: Mapping[str, frozenset[Term]]) -> Finding | None:
        named = [name for term in (finding.shape, finding.root) for name in names_of(term, self.prefixes)]
        named += [name for name, shapes in around.items() if finding.shape in shapes]
        for name in [*named, *names_of(finding.component, self.prefixes)]:
            if name in self.levels:
                level = self.levels[name]
                return None if level is None else replace(finding, severity=level)
        return finding


def _components() -> list[NamedNode]:
    return [SH[name] for name in SH.names() if name.endswith("ConstraintComponent")]
