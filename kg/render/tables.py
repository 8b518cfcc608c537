"""The measures of a network as a table for a terminal, as CSV and as JSON."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Callable
from dataclasses import asdict

from kg.networks import MEANING, WHOLE, Language, Measures, Network, Whole, measures, whole
from kg.render.text import no_formula, plain
from kg.typesetting import columns as width_of
from kg.typesetting import wrap

_HEADS: dict[Language, dict[str, str]] = {
    "zh": {
        "node": "节点", "kind": "类别", "degree": "度", "edges": "连线数", "weight": "加权度",
        "betweenness": "中介中心性", "closeness": "接近中心性", "eigenvector": "特征向量中心性",
        "pagerank": "PageRank", "component": "连通分量", "core": "核数", "community": "社群", "brokerage": "区校中介",
    },
    "en": {
        "node": "node", "kind": "kind", "degree": "degree", "edges": "edges", "weight": "weight",
        "betweenness": "betweenness", "closeness": "closeness", "eigenvector": "eigenvector", "pagerank": "pagerank",
        "component": "component", "core": "core", "community": "community", "brokerage": "brokerage",
    },
}  # fmt: skip
_SHORT: dict[str, str] = {"betweenness": "between", "brokerage": "broker"}  # where columns are few
_WHOLE_HEADS: dict[Language, dict[str, str]] = {
    "zh": {
        "nodes": "节点", "edges": "连线", "pairs": "相连的对", "density": "密度", "components": "连通分量",
        "largest": "最大分量", "diameter": "直径", "communities": "社群", "modularity": "模块度",
        "placed": "有所在地", "assortativity": "地区同配", "reaching": "可达的对", "converged": "特征向量收敛",
    },
    "en": {**{name: name for name in WHOLE}, "converged": "eigenvector converged"},
}  # fmt: skip
_UNNAMED: dict[Language, str] = {"zh": "未具名", "en": "unnamed"}  # what the column has room for
_MAIN = ("degree", "weight", "betweenness", "brokerage", "community")
_COLUMNS = 80  # of a terminal
_KIND = 12  # columns at most, of the eighty
_ANSWERS: dict[Language, dict[bool, str]] = {"zh": {True: "是", False: "否"}, "en": {True: "yes", False: "no"}}
_NONE = "-"


def text(network: Network, lang: Language) -> str:
    """The main measures in eighty columns, with those of the whole and what each means below."""
    return _table(network, lang, _MAIN, _COLUMNS)


def text_of_all(network: Network, lang: Language) -> str:
    """All measures, in as many columns as they take."""
    return _table(network, lang, tuple(MEANING), None)


def as_csv(network: Network, lang: Language) -> str:
    """All measures of the nodes as CSV, with the IRI of each; no cell is a formula to a spreadsheet."""
    stream = io.StringIO()
    writer = csv.writer(stream)
    writer.writerow(["iri", "label", "kind", "region", *MEANING])
    for row in measures(network):
        node = row.node
        region = node.region.label.of(lang) if node.region else ""
        words = map(no_formula, (node.label.of(lang), node.kind.label.of(lang), region))
        figures = (getattr(row, name) for name in MEANING)
        writer.writerow([node.id, *words, *("" if figure is None else figure for figure in figures)])
    return stream.getvalue()


def as_json(network: Network, lang: Language) -> str:  # noqa: ARG001  # one signature for all formats
    """All measures as JSON, with what each means in both languages."""
    document = {
        "network": network.name,
        "meaning": {name: {"zh": label.zh, "en": label.en} for name, label in MEANING.items()},
        "meaning_of_whole": {name: {"zh": label.zh, "en": label.en} for name, label in WHOLE.items()},
        "whole": asdict(whole(network)),
        "measures": [
            {
                "id": row.node.id,
                "label": {"zh": row.node.label.zh, "en": row.node.label.en},
                "kind": row.node.kind.iri,
                "region": row.node.region.iri if row.node.region else None,
                **{name: getattr(row, name) for name in MEANING},
            }
            for row in measures(network)
        ],
    }
    return json.dumps(document, ensure_ascii=False, indent=2) + "\n"


def _table(network: Network, lang: Language, names: tuple[str, ...], columns: int | None) -> str:
    """Nodes in rows, then the whole, then the sentences."""
    heads = _HEADS[lang]
    if columns is not None and lang == "en":
        heads = {**heads, **_SHORT}
    rows = [(heads["node"], heads["kind"], *(heads[name] for name in names))]
    rows += [_cells(row, lang, names) for row in measures(network)]
    if columns is not None:
        figures = sum(2 + max(width_of(row[i]) for row in rows) for i in range(2, len(rows[0])))
        kinds = min(_KIND, max(width_of(row[1]) for row in rows))
        rows = [(_cut(row[0], columns - figures - kinds - 2), _cut(row[1], kinds), *row[2:]) for row in rows]
    widths = [max(width_of(row[i]) for row in rows) for i in range(len(rows[0]))]
    out = []
    for row in rows:
        cells = [
            cell + " " * (width - width_of(cell)) if i < 2 else " " * (width - width_of(cell)) + cell
            for i, (cell, width) in enumerate(zip(row, widths, strict=True))
        ]
        out.append("  ".join(cells).rstrip())
    sentences = [*(MEANING[name] for name in names), *WHOLE.values()]
    told = [line for sentence in sentences for line in wrap(sentence.of(lang), _COLUMNS, _COLUMNS)]
    return "\n".join([*out, "", *_lines_of(whole(network), lang), "", *told]) + "\n"


def _cells(row: Measures, lang: Language, names: tuple[str, ...]) -> tuple[str, ...]:
    node = row.node
    return (
        plain(node.label.of(lang)),
        _UNNAMED[lang] if node.kind.name == "UnnamedParty" else plain(node.kind.label.of(lang)),
        *(_figure(getattr(row, name), lang) for name in names),
    )


def _lines_of(found: Whole, lang: Language) -> list[str]:
    """The measures of the whole, a line each."""
    heads = _WHOLE_HEADS[lang]
    wide = max(map(width_of, heads.values()))
    return [
        f"{heads[name]}{' ' * (wide - width_of(heads[name]))}  {_figure(getattr(found, name), lang)}"
        for name in WHOLE
    ]


def _figure(value: object, lang: Language) -> str:
    if value is None:
        return _NONE
    if isinstance(value, bool):
        return _ANSWERS[lang][value]
    return f"{value:.3f}" if isinstance(value, float) else str(value)


def _cut(text: str, most: int) -> str:
    """The text in at most so many columns, the rest told by an ellipsis."""
    if width_of(text) <= most:
        return text
    while width_of(text) > most - 1:
        text = text[:-1]
    return text + "…"


MEASURE_FORMATS: dict[str, Callable[[Network, Language], str]] = {
    "table": text,
    "all": text_of_all,
    "csv": as_csv,
    "json": as_json,
}
