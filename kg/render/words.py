"""What the page says, in both languages."""

from __future__ import annotations

from kg.networks import Label

WORDS: dict[str, Label] = {
    "explain": Label(
        "每条线都有出处。点选节点或连线,即可看到类别、状态、所据陈述,以及它在来源中的篇、段、句;图下的表格内容相同。"
        "位置事先算好,远近不表示关系强弱。",
        "Every line says where it comes from. Choose a node or a line to read its kind, its status, the claim that "
        "it rests on, and the article, paragraph and sentence; the tables below the picture hold the same. Positions "
        "are computed beforehand: near or far means nothing.",
    ),
    "language": Label("语言", "Language"),
    "picture": Label("网络图", "Picture of the network"),
    "keys": Label(
        "键盘:方向键逐个选节点,回车读其详情,加减号缩放,0 还原,Esc 取消选择。",
        "Keyboard: arrow keys choose one node after another, Enter reads its facts, + and − zoom, 0 shows all, "
        "Esc chooses nothing.",
    ),
    "all": Label("全图", "Show all"),
    "in": Label("放大", "Zoom in"),
    "out": Label("缩小", "Zoom out"),
    "close": Label("关闭", "Close"),
    "panel": Label("详情与出处", "Facts and evidence"),
    "hint": Label("点选图中的节点或连线。", "Choose a node or a line in the picture."),
    "legend": Label("图例", "Legend"),
    "legend-nodes": Label("节点", "Nodes"),
    "legend-edges": Label("连线颜色:种类", "Colour of a line: kind"),
    "legend-status": Label("连线式样:状态", "Style of a line: status"),
    "unnamed": Label("来源未给出名称(方括号、空心虚框)", "not named by the source (square brackets, hollow, dashed)"),
    "no-status": Label("未说明", "not stated"),
    "counts": Label("{nodes} 个节点,{edges} 条连线", "{nodes} nodes, {edges} links"),
    "isolated": Label("在图中没有连线的:", "Without a link in this picture: "),
    "edges": Label("连线与出处", "Links and their evidence"),
    "nodes": Label("节点", "Nodes"),
    "from": Label("起点", "From"),
    "to": Label("终点", "To"),
    "kind": Label("种类", "Kind"),
    "status": Label("状态", "Status"),
    "claims": Label("陈述与出处", "Claims and evidence"),
    "name-zh": Label("中文名", "Chinese name"),
    "name-en": Label("英文名", "English name"),
    "aliases": Label("别名", "Also called"),
    "degree": Label("连线数", "Links"),
    "iri": Label("标识", "Identifier"),
    "edge": Label("连线", "Link"),
    "show": Label("在图中显示", "show in the picture"),
    "skip": Label("跳到表格", "Skip to the tables"),
    "sources": Label("来源:", "Source: "),
    "made": Label("ZoneKG 生成的网络图", "Network picture by ZoneKG"),
    "noscript": Label(
        "图需要 JavaScript;不开启时,下面的表格含有全部内容。",
        "The picture needs JavaScript; without it, the tables below hold everything.",
    ),
}
