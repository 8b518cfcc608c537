"""The report as Markdown, for the summary of a job or a comment on a change."""

from __future__ import annotations

import html
import re

from kg.terms import visible
from kg.validation.context import Context
from kg.validation.formats.view import Group, engine, groups, headline, recorded, tally
from kg.validation.formats.words import word
from kg.validation.messages import Language
from kg.validation.report import Report

ROWS = 20  # listed of a shape
BYTES = 400_000  # after which no further shape is listed: GitHub refuses a summary of more than 1 MiB
LONGEST = 300  # characters of a cell
_ICONS = {"error": "❌", "warning": "⚠️", "note": "ℹ️"}
# What means something to some Markdown somewhere: bare addresses (www.x, x://), mentions, emoji codes (:x:), formulas
# and what begins a list or a heading included.
_SPECIAL = re.compile(r"[\\`*_\[\]#|~@$]|:(?=//|[\w+-]+:)|(?<=www)\.|^[-+=]|^\d+(?=[.)])", re.IGNORECASE)


def to_markdown(report: Report, context: Context, language: Language = "en") -> str:
    """The report as GitHub's Markdown: outcome, counts, and a table for every shape."""
    icon = "✅" if not report.new else "❌"
    numbers = tally(report, language)
    numbers |= {word("shapes", language): report.shapes_checked}
    if report.focus_nodes is not None:
        numbers |= {word("nodes", language): report.focus_nodes}
    blocks = [
        f"## {icon} {escaped(headline(report, language))}",
        _table([list(map(escaped, numbers)), [str(n) for n in numbers.values()]]),
    ]
    room, left = BYTES, report.left_out
    for group in groups(report.shown, context, language):
        if room > 0:
            own = _group(group, language)
            room -= sum(len(block.encode("utf-8")) for block in own)
            blocks += own
        else:
            left += len(group.rows)
    if left:
        blocks.append(f"**{escaped(word('left out', language, n=left))}**")
    blocks += _baseline(report, language)
    blocks.append(f"<sub>{escaped(engine(report, language))}</sub>")
    return "\n\n".join(blocks) + "\n"


def _group(group: Group, language: Language) -> list[str]:
    """Heading, shared message and table of a shape."""
    rows = group.rows[:ROWS]
    heading = f"### {code(group.name)}"
    if group.title is not None:
        heading += f" {escaped(_cut(group.title))}"
    blocks = [f"{heading} ({len(group.rows)})"]
    if group.shared is not None:
        blocks.append(escaped(_cut(group.shared)))
    if group.path is not None:
        blocks.append(f"{escaped(word('path', language))} {code(group.path)}")
    cells = [[escaped(word(column, language)) for column in ("severity", "at", "focus", "path", "value", "says")]]
    for row in rows:
        node = code(row.focus) if row.label is None else f"{escaped(_cut(row.label))} {code(row.focus)}"
        cells.append(
            [
                f"{_ICONS[row.level]} {escaped(row.severity)}",
                code(row.place or ""),
                node,
                code(group.path_of(row) or ""),
                code(row.value or ""),
                "" if group.shared is not None else escaped(_cut(row.message)),
            ]
        )
    # A column without a word in it is only in the way.
    kept = [at for at in range(len(cells[0])) if any(line[at] for line in cells[1:])]
    blocks.append(_table([[line[at] for at in kept] for line in cells]))
    if len(group.rows) > len(rows):
        blocks.append(escaped(word("more", language, n=len(group.rows) - len(rows))))
    return blocks


def _baseline(report: Report, language: Language) -> list[str]:
    """What the baseline knows, and what of it is gone."""
    blocks = [escaped(word("known", language, n=len(report.known)))] if report.known else []
    gone = () if report.compared is None else report.compared.gone
    if not gone:
        return blocks
    lines = [f"- {code(recorded(record, language))}" for record in gone[:ROWS]]
    if len(gone) > ROWS:
        lines.append(f"- {escaped(word('more', language, n=len(gone) - ROWS))}")
    total = sum(record.count for record in gone)
    return [*blocks, escaped(word("gone", language, n=total)), "\n".join(lines), escaped(word("update", language))]


def _table(rows: list[list[str]]) -> str:
    """A table of cells that are escaped already."""
    lines = [f"| {' | '.join(row)} |" for row in rows]
    return "\n".join([lines[0], "|" + " --- |" * len(rows[0]), *lines[1:]])


def escaped(text: str) -> str:
    """A text that Markdown takes as it is, on one line."""
    plain = _SPECIAL.sub(
        lambda found: "".join(f"\0{ord(c)};" for c in found[0]), visible(" ".join(text.split("\n"))).strip()
    )
    # Entities, since a backslash would not stop a bare address. No NUL is left by `visible` but those of ours.
    return html.escape(plain, quote=False).replace("\0", "&#")


def code(text: str) -> str:
    """A text as a span of code, in a table too."""
    plain = _cut(visible(text)).strip().replace("|", "\\|")
    if not plain:
        return ""
    ticks = "`" * (1 + max((len(run) for run in re.findall("`+", plain)), default=0))
    edge = " " if plain.startswith("`") or plain.endswith("`") else ""
    return f"{ticks}{edge}{plain}{edge}{ticks}"


def _cut(text: str) -> str:
    """At most so many characters."""
    return text if len(text) <= LONGEST else text[: LONGEST - 1] + "…"
