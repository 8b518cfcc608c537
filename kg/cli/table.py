"""Rows on a terminal: names instead of IRIs, wide characters in line, eighty columns."""

from __future__ import annotations

import io
import re
import shutil
import sys
from typing import Literal as OneOf

from kg.engine import Engine, Rows, labels
from kg.terms import NamedNode, Term, visible
from kg.vocab import SHORTHANDS, shorten

Language = OneOf["zh", "en"]

WIDTH = 80
_NARROWEST = 9  # cells a column needs to be readable; with less, rows are written as records
# Our IRIs inside text, as GROUP_CONCAT leaves them.
_INSIDE = re.compile(r"https://w3id\.org/zonekg/[^\x00-\x20\x7f-\xa0\s;,|<>\"{}^`\\%]+")
_ONLY_IRIS = re.compile(r"[\s;,|]+(?=https://w3id\.org/zonekg/)")
_WORD = re.compile(r"[!-\u2e7f]+")  # what should not be broken; Chinese may be, anywhere
_LONGEST_WORD = 14
_WIDEST = 40  # cells beyond which a column's text is no reason to narrow the others


class Names:
    """What stands for terms on a screen: labels in one language, short forms where there are none."""

    def __init__(self, rows: Rows, engine: Engine, lang: Language) -> None:
        terms = [term for row in rows.rows for term in row if term is not None]
        named = {term for term in terms if isinstance(term, NamedNode)}
        inside = {iri for term in terms for iri in _INSIDE.findall(term.value)}
        iris = named | {NamedNode(iri) for iri in inside}
        self._labels = labels(engine, iris, lang)
        sources = {term.value.removeprefix(SHORTHANDS["src"]).partition("/")[0] for term in iris if _is_passage(term)}
        self._one_source = len(sources) == 1

    def label(self, term: Term | None) -> str | None:
        """The label of an IRI; None for anything else, and for an IRI without one."""
        return self._labels.get(term) if isinstance(term, NamedNode) else None

    def text(self, term: Term | None) -> str:
        """What a cell shows; nothing in it can steer a terminal."""
        if term is None:
            return ""
        if isinstance(term, NamedNode):
            return visible(self._name(term))
        text = _ONLY_IRIS.sub("\n", term.value) if _INSIDE.match(term.value) else term.value
        named = _INSIDE.sub(lambda match: self._name(NamedNode(match.group())), text)
        return "\n".join(map(visible, named.splitlines()))

    def _name(self, term: NamedNode) -> str:
        label = self._labels.get(term)
        if label is not None:
            return label
        if self._one_source and _is_passage(term):
            return term.value.rpartition("/")[2]  # the source goes without saying
        return shorten(term)


def _is_passage(term: NamedNode) -> bool:
    return term.value.startswith(SHORTHANDS["src"]) and "/" in term.value.removeprefix(SHORTHANDS["src"])


def with_labels(rows: Rows, names: Names) -> Rows:
    """The rows with a column ``x_label`` behind each column ``x`` that has an IRI with a label."""
    from kg.terms import Literal

    labelled = {
        name for at, name in enumerate(rows.columns) if any(names.label(row[at]) is not None for row in rows.rows)
    }
    columns = [part for name in rows.columns for part in ([name, f"{name}_label"] if name in labelled else [name])]
    wider = []
    for row in rows.rows:
        cells: list[Term | None] = []
        for name, term in zip(rows.columns, row, strict=True):
            cells.append(term)
            if name in labelled:
                label = names.label(term)
                cells.append(None if label is None else Literal(label))
        wider.append(tuple(cells))
    return Rows(tuple(columns), tuple(wider))


def to_table(rows: Rows, names: Names, *, width: int | None = None) -> str:
    """The rows as a table of ``width`` cells (the terminal's, else 80); as records when columns would be slivers."""
    from rich.console import Console
    from rich.table import Table
    from rich.text import Text

    if width is None:
        width = shutil.get_terminal_size((WIDTH, 24)).columns if sys.stdout.isatty() else WIDTH
    stream = io.StringIO()
    console = Console(file=stream, width=width, color_system=None, legacy_windows=False)
    cells = [[names.text(term) for term in row] for row in rows.rows]
    widths = _widths(rows.columns, cells, width) if rows.columns else []
    if widths is None:
        for row in rows.rows:
            record = Table.grid(padding=(0, 2))
            record.add_column(no_wrap=True)
            record.add_column(overflow="fold")
            for name, term in zip(rows.columns, row, strict=True):
                if term is not None:
                    record.add_row(Text(name), Text(names.text(term)))
            console.print(record)
            console.print()
    else:
        table = Table(box=None, pad_edge=False, padding=(0, 2, 0, 0), header_style="none")
        for name, column_width in zip(rows.columns, widths, strict=True):
            table.add_column(name, overflow="fold", width=column_width)
        table.add_row(*("─" * column.width for column in table.columns if column.width))
        for row_cells in cells:
            table.add_row(*map(Text, row_cells))
        console.print(table)
    return "\n".join(line.rstrip() for line in stream.getvalue().strip("\n").splitlines()) + "\n"


def _widths(columns: tuple[str, ...], cells: list[list[str]], width: int) -> list[int] | None:
    """Cells for each column: enough for its longest word, and a share of the rest by how much text it has.

    None when there are too many columns, or words of ordinary length would be broken.
    """
    from rich.cells import cell_len

    if width // len(columns) < _NARROWEST:
        return None

    least, natural = [], []
    for at, name in enumerate(columns):
        texts = [name, *(row[at] for row in cells)]
        words = [word for text in texts for word in _WORD.findall(text)]
        least.append(max(4, *(min(len(word), _LONGEST_WORD) for word in [name, *words])))
        longest = max(cell_len(line) for text in texts for line in text.splitlines() or [""])
        natural.append(max(least[-1], min(longest, _WIDEST)))
    free = width - 2 * (len(columns) - 1)
    if sum(natural) <= free:
        return natural
    if sum(least) > free:
        # The longest words break first, so that short columns stay whole.
        most_allowed = max(least)
        while sum(min(value, most_allowed) for value in least) > free:
            most_allowed -= 1
        return [min(value, most_allowed) for value in least] if most_allowed >= _NARROWEST else None
    wanted = [most - some for most, some in zip(natural, least, strict=True)]
    spare = free - sum(least)
    return [some + want * spare // sum(wanted) for some, want in zip(least, wanted, strict=True)]
