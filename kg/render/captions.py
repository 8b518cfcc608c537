"""What a still picture says beside the names: its legend, its caption, and what a reader without eyes is told."""

from __future__ import annotations

from kg.networks import Edge, Label, Language, Network
from kg.render.origin import Origin
from kg.render.text import plain

CAPTIONS: dict[str, Label] = {
    "nodes": Label("节点", "Nodes"),
    "kinds": Label("连线颜色与标记：种类", "Colour and sign of a line: kind"),
    "kind": Label("连线种类", "Kind of a line"),
    "statuses": Label("连线式样：状态", "Style of a line: status"),
    "unnamed": Label(
        "名称未给出者画成空心虚框，名称加方括号", "not named by the source: hollow and dashed, its name in brackets"
    ),
    "others": Label("其余种类写在线上（线短处从略）", "other kinds stand on the lines, where there is room"),
    "on-lines": Label("写在线上（线短处从略）", "stands on the lines, where there is room"),
    "certainties": Label("连线浓淡：确定程度", "Strength of a line: certainty"),
    "stated": Label("明说", "stated"),
    "no-status": Label("未说明状态", "status not stated"),
    "counts": Label("{nodes} 个节点，{edges} 条连线", "{nodes} nodes, {edges} links"),
    "unnamed-count": Label("其中 {count} 个节点来源未给出名称", "{count} of the nodes not named by the source"),
    "sources": Label("来源：{sources}", "Source: {sources}"),
    "dataset": Label("数据集：{dataset}", "Dataset: {dataset}"),
    "positions": Label("位置由程序排定，远近不表示关系强弱", "Positions are computed: near or far means nothing"),
    "no-labels": Label(
        "网络过大，名称在此无法辨认，故从略：网页和 SVG 中有名称",
        "Too large for names to be read here, so they are left out: the page and the SVG have them",
    ),
    "empty": Label("此网络为空", "This network is empty"),
}
_STOP: dict[Language, str] = {"zh": "。", "en": ". "}
_BETWEEN: dict[Language, str] = {"zh": "；", "en": "; "}


def caption_of(network: Network, lang: Language, origin: Origin, *, labels: bool = True) -> str:
    """What stands below the picture: how much there is, what it rests on, and of which dataset it is made.

    ``labels``: whether the picture has names on its nodes and lines.
    """
    parts = [_counts(network, lang), *_rests_on(network, lang, origin), CAPTIONS["positions"].of(lang)]
    if not labels:
        parts.append(CAPTIONS["no-labels"].of(lang))
    return _sentences(parts, lang)


def words_of(network: Network, lang: Language, origin: Origin) -> str:
    """The network in lines, for where there is no picture: its title, what it holds, and what it rests on."""
    rests_on = _sentences(_rests_on(network, lang, origin), lang)
    return "\n".join(
        line for line in (plain(network.title.of(lang)), description_of(network, lang), rests_on) if line
    )


def _rests_on(network: Network, lang: Language, origin: Origin) -> list[str]:
    """The sources of the network, and the dataset, where they are known."""
    parts = []
    sources = [origin.source(name).words(lang) for name in network.sources()]
    if sources:
        parts.append(CAPTIONS["sources"].of(lang).format(sources=_BETWEEN[lang].join(map(plain, sources))))
    if origin.dataset():
        parts.append(CAPTIONS["dataset"].of(lang).format(dataset=plain(origin.dataset())))
    return parts


def description_of(network: Network, lang: Language) -> str:
    """The picture in words: how many nodes and links there are, and how many of each kind and status."""
    parts = [_counts(network, lang)]
    between = "、" if lang == "zh" else ", "
    parts += [
        between.join(f"{plain(kind.label.of(lang))} {count}" for kind, count in counted)
        for counted in (network.node_kinds(), network.edge_kinds(), network.statuses())
        if counted
    ]
    unnamed = sum(1 for node in network.nodes if not node.named)
    if unnamed:
        parts.append(CAPTIONS["unnamed-count"].of(lang).format(count=unnamed))
    return _sentences(parts, lang)


def _sentences(parts: list[str], lang: Language) -> str:
    return "".join(part + _STOP[lang] for part in parts).strip()


def _counts(network: Network, lang: Language) -> str:
    if not network.nodes:
        return CAPTIONS["empty"].of(lang)
    return CAPTIONS["counts"].of(lang).format(nodes=len(network.nodes), edges=len(network.edges))


def edge_words(edge: Edge, names: tuple[str, str], lang: Language) -> str:
    """An edge in lines: its ends, its kind and status, then each claim with where it is said."""
    status = CAPTIONS["no-status"] if edge.status is None else edge.status.label
    parts = [edge.kind.label, status, *([] if edge.certainty is None else [edge.certainty.label])]
    rows = [" — ".join(names), _BETWEEN[lang].join(label.of(lang) for label in parts)]
    for claim in edge.claims:
        where = _BETWEEN[lang].join(evidence.words(lang) for evidence in claim.evidence)
        rows.append(claim.label.of(lang) + (f" [{where}]" if where else ""))
    rows += [evidence.words(lang) for evidence in edge.other_evidence]
    return "\n".join(map(plain, rows))
