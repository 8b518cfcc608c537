"""The measures of a network as a table for a terminal, as CSV and as JSON."""

from __future__ import annotations

import csv
import io
import json
import unicodedata
from collections.abc import Callable

from kg.networks import Language, Measures, Network, measures
from kg.networks.measures import MEANING
from kg.render.text import no_formula, plain

_HEADS: dict[Language, tuple[str, ...]] = {
    "zh": ("节点", "类别", "度", "边数", "中介中心性"),
    "en": ("node", "kind", "degree", "edges", "betweenness"),
}


def text(network: Network, lang: Language) -> str:
    """The measures in columns, with what each means below."""
    rows = [_HEADS[lang], *(tuple(map(plain, _cells(row, lang))) for row in measures(network))]
    widths = [max(_width(row[i]) for row in rows) for i in range(len(rows[0]))]
    out = []
    for row in rows:
        cells = [
            cell + " " * (width - _width(cell)) if i < 2 else " " * (width - _width(cell)) + cell
            for i, (cell, width) in enumerate(zip(row, widths, strict=True))
        ]
        out.append("  ".join(cells).rstrip())
    return "\n".join([*out, "", *(label.of(lang) for label in MEANING.values())]) + "\n"


def as_csv(network: Network, lang: Language) -> str:
    """The measures as CSV, with the IRI of each node; no cell is a formula to a spreadsheet."""
    stream = io.StringIO()
    writer = csv.writer(stream)
    writer.writerow(["iri", "label", "kind", "degree", "edges", "betweenness"])
    for row in measures(network):
        writer.writerow([row.node.id, *map(no_formula, _cells(row, lang))])
    return stream.getvalue()


def as_json(network: Network, lang: Language) -> str:  # noqa: ARG001  # one signature for all formats
    """The measures as JSON, with what each means in both languages."""
    document = {
        "network": network.name,
        "meaning": {name: {"zh": label.zh, "en": label.en} for name, label in MEANING.items()},
        "measures": [
            {
                "id": row.node.id,
                "label": {"zh": row.node.label.zh, "en": row.node.label.en},
                "kind": row.node.kind.iri,
                "degree": row.degree,
                "edges": row.edges,
                "betweenness": row.betweenness,
            }
            for row in measures(network)
        ],
    }
    return json.dumps(document, ensure_ascii=False, indent=2) + "\n"


def _cells(row: Measures, lang: Language) -> tuple[str, ...]:
    node = row.node
    figures = (str(row.degree), str(row.edges), f"{row.betweenness:.3f}")
    return (node.label.of(lang), node.kind.label.of(lang), *figures)


def _width(text: str) -> int:
    """Columns of a terminal that a text takes."""
    return sum(2 if unicodedata.east_asian_width(character) in "WF" else 1 for character in text)


MEASURE_FORMATS: dict[str, Callable[[Network, Language], str]] = {"table": text, "csv": as_csv, "json": as_json}
