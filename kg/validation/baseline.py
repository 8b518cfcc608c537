"""Known findings, kept in a file beside the code: they pass, new ones fail, and those that are gone are told.

The file is JSON Lines: a first line that says what it is, then a finding a line in a fixed order, so that a change
of it reads well in a review and two branches merge without fuss.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from kg.errors import DataError, Place
from kg.resources import write_atomically
from kg.terms import NamedNode, Term, visible
from kg.validation.fingerprints import fingerprint, lasting
from kg.validation.paths import to_short_sparql
from kg.validation.report import Compared, Finding, Recorded, Report
from kg.vocab import shorten

_HEAD = {"baseline": "zonekg", "version": 1}
_LONGEST = 200  # characters of a text for people; the fingerprint tells findings apart
_MEND = "`kg validate … --update-baseline` writes the file anew"


@dataclass(frozen=True)
class Baseline:
    """The findings that are known, each fingerprint once, in the order of the file."""

    records: tuple[Recorded, ...] = ()

    @classmethod
    def of(cls, findings: Iterable[Finding]) -> Baseline:
        """The baseline that knows exactly these findings."""
        records: dict[str, Recorded] = {}
        for finding in findings:
            record = _record(finding)
            known = records.get(record.fingerprint)
            if known is not None:  # of two severities always the same one, whatever the order of the findings
                record = replace(known, count=known.count + 1, severity=min(known.severity, record.severity))
            records[record.fingerprint] = record
        return cls(tuple(sorted(records.values(), key=_order)))

    @classmethod
    def read(cls, path: Path) -> Baseline:
        """The baseline in a file. DataError, with the line, when it cannot be read or is not one."""
        try:
            text = path.read_bytes().decode("utf-8")
        except OSError as error:
            hint = f"{_MEND}, the first time too" if isinstance(error, FileNotFoundError) else None
            raise DataError(f"cannot read the baseline: {error.strerror}", where=Place(path), hint=hint) from error
        except UnicodeDecodeError as error:
            row = error.object[: error.start].count(b"\n") + 1
            raise DataError("the baseline is not UTF-8", where=Place(path, row), hint=_MEND) from error
        lines = [(at, line) for at, line in enumerate(text.split("\n"), 1) if line.strip()]
        if not lines or _parsed(path, *lines[0]) != _HEAD:
            raise DataError(
                f"no baseline: its first line should be {json.dumps(_HEAD)}",
                where=Place(path, lines[0][0] if lines else 1),
                hint=_MEND,
            )
        records: dict[str, Recorded] = {}
        for number, line in lines[1:]:
            record = _read(path, number, _parsed(path, number, line))
            if record.fingerprint in records:
                raise _ill_formed(path, number, "a fingerprint that an earlier line has too")
            records[record.fingerprint] = record
        return cls(tuple(records.values()))

    def write(self, path: Path) -> None:
        """Write the file, whole or not at all. UsageError when that cannot be done."""
        lines: list[object] = [_HEAD]
        lines += [{k: v for k, v in _fields(record).items() if v is not None} for record in self.records]
        whole = "".join(json.dumps(line, ensure_ascii=False) + "\n" for line in lines)
        write_atomically(path, whole.encode("utf-8"))


def compare(findings: Iterable[Finding], baseline: Baseline) -> Compared:
    """Hold findings against a baseline; of several with one fingerprint, as many are known as it counts."""
    left = Counter({record.fingerprint: record.count for record in baseline.records})
    new: list[Finding] = []
    known: list[Finding] = []
    for finding in findings:
        print_ = fingerprint(finding)
        if left[print_] > 0:
            left[print_] -= 1
            known.append(finding)
        else:
            new.append(finding)
    gone = (replace(record, count=left[record.fingerprint]) for record in baseline.records)
    return Compared(tuple(new), tuple(known), tuple(record for record in gone if record.count))


def against(report: Report, baseline: Baseline) -> Report:
    """The report with its findings held against the baseline."""
    return replace(report, compared=compare(report.findings, baseline))


def _record(finding: Finding) -> Recorded:
    """What the file keeps of a finding."""
    return Recorded(
        fingerprint=fingerprint(finding),
        count=1,
        severity=_short(finding.severity),
        shape="" if finding.root is None else _short(finding.root),
        component=_short(finding.component),
        focus=_short(finding.focus),
        path=None if finding.path is None else _cut(to_short_sparql(finding.path)),
        value=None if finding.value is None else _short(finding.value),
    )


def _short(term: Term) -> str:
    """A term for people, the same whatever a parser called a blank node."""
    return _cut(shorten(term) if isinstance(term, NamedNode) else lasting(term))


def _cut(text: str) -> str:
    """At most so many characters, all of them to be seen."""
    return visible(text if len(text) <= _LONGEST else text[: _LONGEST - 1] + "…")


def _order(record: Recorded) -> tuple[str, ...]:
    """Shape, path, component, focus node, value: findings of one cause stand together."""
    return (
        record.shape,
        record.path or "",
        record.component,
        record.focus,
        record.value or "",
        record.fingerprint,
    )


def _fields(record: Recorded) -> dict[str, str | int | None]:
    """The fields in the order of the file: what people read first."""
    return {
        "shape": record.shape,
        "path": record.path,
        "component": record.component,
        "severity": record.severity,
        "focus": record.focus,
        "value": record.value,
        "count": record.count,
        "fingerprint": record.fingerprint,
    }


def _parsed(path: Path, number: int, line: str) -> Any:
    """The JSON of a line."""
    try:
        return json.loads(line)
    except (ValueError, RecursionError) as error:
        column = getattr(error, "colno", None)
        merge = line.startswith(("<<<<<<<", "=======", ">>>>>>>"))
        what = "a merge left unfinished" if merge else "not JSON"
        raise DataError(f"the baseline: {what}", where=Place(path, number, column), hint=_MEND) from error


def _read(path: Path, number: int, given: Any) -> Recorded:
    """One line after the first."""
    if not isinstance(given, dict):
        raise _ill_formed(path, number, "not an object")
    texts = {"fingerprint", "severity", "shape", "component", "focus"}
    unknown = given.keys() - texts - {"count", "path", "value"}
    missing = (texts | {"count"}) - given.keys()
    if unknown or missing:
        wrong = [f"unknown {name!r}" for name in sorted(unknown)] + [f"no {name!r}" for name in sorted(missing)]
        raise _ill_formed(path, number, ", ".join(wrong))
    for name, value in given.items():
        if name != "count" and not isinstance(value, str):
            raise _ill_formed(path, number, f"{name!r} is no text")
    count = given["count"]
    if not isinstance(count, int) or isinstance(count, bool) or count < 1:
        raise _ill_formed(path, number, "'count' is no number above zero")
    return Recorded(**given)


def _ill_formed(path: Path, number: int, what: str) -> DataError:
    """The error for a line."""
    return DataError(f"the baseline is ill-formed: {visible(what)}", where=Place(path, number), hint=_MEND)
