"""What the page says, in both languages."""

from __future__ import annotations

from kg.networks import Label

WORDS: dict[str, Label] = {
    "explain": Label(
        "每条线都有出处。点选节点或连线，即可看到类别、状态、所据陈述，以及它在来源中的篇、段、句；图下的表格列有同样的连线。"
        "位置事先算好，远近不表示关系强弱。",
        "Every line says where it comes from. Choose a node or a line to read its kind, its status, the claim that "
        "it rests on, and the article, paragraph and sentence; the tables below the picture list the same links. "
        "Positions are computed beforehand: near or far means nothing.",
    ),
    "language": Label("语言", "Language"),
    "picture": Label("网络图", "Picture of the network"),
    "keys": Label(
        "键盘：Tab 依次选节点，方向键走向相邻节点，回车读详情，“/”搜索，“+”“−”缩放，“0”全图，Esc 取消选择，"
        "再按 Esc 离开图。",
        "Keyboard: Tab chooses one node after another, arrows walk to neighbours, Enter reads the facts, “/” "
        "searches, “+” and “−” zoom, “0” shows all, Esc chooses nothing and, once more, leaves the picture.",
    ),
    "all": Label("全图", "Show all"),
    "in": Label("放大", "Zoom in"),
    "out": Label("缩小", "Zoom out"),
    "close": Label("关闭", "Close"),
    "panel": Label("详情与出处", "Facts and evidence"),
    "hint": Label("点选图中的节点或连线。", "Choose a node or a line in the picture."),
    "legend": Label("图例", "Legend"),
    "legend-nodes": Label("节点", "Nodes"),
    "legend-edges": Label("连线颜色与标记：种类", "Colour and sign of a line: kind"),
    "legend-status": Label("连线式样：状态", "Style of a line: status"),
    "unnamed": Label(
        "名称未给出者画成空心虚框，名称加方括号",
        "not named by the source: hollow and dashed, its name in square brackets",
    ),
    "legend-certainty": Label("连线浓淡：确定程度", "Strength of a line: certainty"),
    "stated": Label("明说", "stated"),
    "path-kind": Label("所属路径的种类", "Kind of path"),
    "path-status": Label("所属路径的状态", "Status of path"),
    "nameless": Label("来源未给出名称", "not named by the source"),
    "no-status": Label("未说明", "not stated"),
    "counts": Label("{nodes} 个节点，{edges} 条连线", "{nodes} nodes, {edges} links"),
    "isolated": Label("在图中没有连线的：", "Without a link in this picture: "),
    "edges": Label("连线与出处", "Links and their evidence"),
    "counting": Label(
        "句数含段首导语；被版面断开的段落合为一段。",
        "Sentences are counted with the words that lead a paragraph in; a paragraph that the layout breaks is one.",
    ),
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
    "sources": Label("来源：", "Source: "),
    "dataset": Label("数据集：", "Dataset: "),
    "made": Label("ZoneKG 生成的网络图", "Network picture by ZoneKG"),
    "noscript": Label(
        "图需要 JavaScript；不开启时，下面的表格含有全部连线。",
        "The picture needs JavaScript; without it, the tables below hold all links.",
    ),
    "noscript-large": Label(
        "图和表格需要 JavaScript；不开启时，请改用 CSV 格式。",
        "The picture and the tables need JavaScript; without it, take the network as CSV.",
    ),
    "search": Label("搜索", "Search"),
    "search-hint": Label("搜索：名称、拼音、陈述，或“第5篇第2段第3句”", "Search: name, pinyin, claim, article 5"),
    "classes": Label("按类汇总", "Classes"),
    "fold": Label("收起中介", "Fold mediators"),
    "move": Label("自动排布（可拖动）", "Arrange"),
    "back": Label("归位", "Put back"),
    "text": Label("对照原文…", "Compare with the text…"),
    "export": Label("导出", "Export"),
    "export-png": Label("图片（PNG）", "Picture (PNG)"),
    "export-svg": Label("矢量图（SVG）", "Drawing (SVG)"),
    "export-csv": Label("表格（CSV，可用 Excel 打开）", "Table (CSV)"),
    "export-gexf": Label("Gephi 文件（GEXF）", "Gephi file (GEXF)"),
    "legend-kinds": Label("连线种类", "Kinds of lines"),
    "narrow": Label("筛选（其余变淡）", "Narrow down (the rest fades)"),
    "article": Label("篇目", "Article"),
    "zone": Label("开发区", "Zone"),
    "any-article": Label("全部篇目", "All articles"),
    "any-zone": Label("全部开发区", "All zones"),
    "least": Label("连线数至少", "Links at least"),
    "year": Label("年份（无日期者保留）", "Year (undated links stay)"),
    "reset": Label("全部恢复", "Reset"),
}

# What the script says while the page is in use; what stands in braces is filled in there.
SCRIPT: dict[str, Label] = {
    **{name: WORDS[name] for name in ("show", "no-status", "nameless")},
    "more": Label("再列 {n} 行（还有 {left} 行）", "List {n} more ({left} are left)"),
    "shown": Label(
        "突出显示 {nodes}/{allNodes} 个节点、{edges}/{allEdges} 条连线；其余变淡，表格中不列。",
        "{nodes} of {allNodes} nodes and {edges} of {allEdges} links stand out; the rest is faded, and not in the "
        "tables.",
    ),
    "none": Label("没有找到。", "Nothing found."),
    "grouped": Label(
        "汇总显示：{disks} 个类别代替 {nodes} 个节点、{edges} 条连线。略去了各个节点、同类之间的连线和"
        "单条连线的状态。点选圆盘即可展开；再按“按类汇总”显示全部。",
        "Classes: {disks} disks stand for {nodes} nodes and {edges} links. Left out are the single nodes, links "
        "inside a class and the status of single links. Choose a disk to open it; press Classes again to see all.",
    ),
    "folded": Label(
        "中介已收起：{paths} 条经由中介的路径各画成一条线，{nodes} 个中介未画出。点选这样的线即可展开；"
        "再按“收起中介”显示全部。",
        "Folded: each of {paths} mediated paths is drawn as one line, and {nodes} mediators are not drawn. Choose "
        "such a line to open it; press Fold mediators again to see all.",
    ),
    "around": Label("只看周围：", "Only around it:"),
    "step": Label("{n} 步", "{n} steps"),
    "off": Label("全部", "all"),
    "from-here": Label("从这里找路径…", "Path from here…"),
    "other-end": Label(
        "路径起点：{name}。请选另一端（Esc 取消）。", "Path from {name}: choose the other end (Esc: none)."
    ),
    "path": Label("最短路径，{n} 步：{names}。", "Shortest path, {n} steps: {names}."),
    "no-path": Label("{from} 与 {to} 之间没有路径（已计入筛选）。", "No path between {from} and {to} (as filtered)."),
    "around-now": Label("只看“{name}”周围 {n} 步。", "Within {n} steps of {name}."),
    "end": Label("结束", "End"),
    "text-right": Label(
        "所选文件与本来源一致（SHA-256 校验）；{n} 处出处旁已显示原句。文件只在本机读取，没有上传。",
        "The file is the text of the source (checked by SHA-256); {n} passages now show their sentence. It was read "
        "on this machine only, and sent nowhere.",
    ),
    "text-wrong": Label(
        "这个文件与本来源不一致（校验值不同），没有采用。请选未经改动的原始 UTF-8 文本。",
        "This file is not the text of the source (its checksum differs), and was not taken. Choose the original text "
        "in UTF-8, unaltered.",
    ),
    "text-still": Label("先前所选原文仍在显示。", " The sentences of the text chosen before are still shown."),
    "text-broken": Label("文件不是 UTF-8 文本。", "The file is not text in UTF-8."),
    "text-none": Label(
        "本页没有所据来源的索引，无法核对原文。", "This page has no index of its sources to check a text by."
    ),
    "printed": Label("打印日期 {date}", "printed {date}"),
    "exported": Label("导出日期 {date}", "exported {date}"),
    "passage-wrong": Label("（此处文字与校验值不符）", "(the words here do not have the checksum)"),
    "csv-number": Label("编号", "number"),
    "csv-from": Label("起点", "from"),
    "csv-to": Label("终点", "to"),
    "csv-kind": Label("种类", "kind"),
    "csv-status": Label("状态", "status"),
    "csv-claims": Label("陈述", "claims"),
    "csv-where": Label("出处", "where"),
    "csv-edge-iri": Label("连线标识", "IRI of the link"),
    "csv-from-iri": Label("起点标识", "IRI of from"),
    "csv-to-iri": Label("终点标识", "IRI of to"),
    "csv-claim-iris": Label("陈述标识", "IRIs of the claims"),
    "csv-where-iris": Label("出处标识", "IRIs of where"),
    "identifier": Label("标识", "Identifier"),
    "years": Label("时期", "Period"),
    "since": Label("自 {day} 起", "from {day}"),
    "until": Label("至 {day}", "until {day}"),
    "links": Label("连线（{n}）", "Links ({n})"),
    "facts": Label("相关陈述（{n}）", "Facts ({n})"),
    "namings": Label("名称的出处（{n}）", "Where its names stand ({n})"),
    "paths-of": Label("所属路径（{n}）", "Paths through it ({n})"),
    "path-certainty": Label("其中有{certainty}的一步。", "One of the steps is {certainty}."),
    "claims-of": Label("所据陈述（{n}）", "Claims ({n})"),
    "amount": Label("数值", "Value"),
    "printed-form": Label("文中写法", "As printed"),
    "certainty": Label("确定程度", "Certainty"),
    "derived": Label("推导得来", "Derived"),
    "open": Label("来源未说明", "Not stated by the source"),
}
