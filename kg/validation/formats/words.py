"""The words of a report's frame, zh and en."""

from __future__ import annotations

from string import Template

from kg.validation.messages import Language

WORDS: dict[str, tuple[str, str]] = {  # name → zh, en
    "title": ("SHACL 校验报告", "SHACL validation report"),
    "conforms": ("符合：没有发现问题。", "Conforms: nothing found."),
    "nothing new": ("没有新问题。", "Nothing new found."),
    "fails": ("不符合：$n 项。", "Does not conform: $findings."),
    "fails new": ("新问题 $n 项。", "New: $findings."),
    "checked": ("由 $engine 引擎校验。", "Checked by the $engine engine."),
    "fallback": ("由 $engine 引擎校验，因为：$reason。", "Checked by the $engine engine, since $reason."),
    "focus": ("节点", "node"),
    "path": ("路径", "path"),
    "value": ("值", "value"),
    "says": ("说明", "says"),
    "at": ("位置", "at"),
    "severity": ("严重程度", "severity"),
    "number": ("数量", "number"),
    "shape": ("形状", "shape"),
    "shapes": ("形状", "shapes"),
    "nodes": ("焦点节点", "focus nodes"),
    "component": ("约束组件", "constraint component"),
    "graph": ("图", "graph"),
    "Violation": ("违规", "Violation"),
    "Warning": ("警告", "Warning"),
    "Info": ("提示", "Info"),
    "finding": ("$n 项", "$n finding"),
    "findings": ("$n 项", "$n findings"),
    "closing": (
        "形状 $shapes 个，焦点节点 $nodes 个；违规 $violation 项，警告 $warning 项，提示 $info 项。",
        "Shapes: $shapes; focus nodes: $nodes; violations: $violation, warnings: $warning, infos: $info.",
    ),
    "focus by shape": ("各形状的焦点节点数：", "Focus nodes of each shape:"),
    "classes checked": (
        "各类的实例，其中作为焦点节点受校验的：",
        "Instances of each class, and how many of them are focus nodes of a shape:",
    ),
    "closing_uncounted": (
        "形状 $shapes 个；违规 $violation 项，警告 $warning 项，提示 $info 项。",
        "Shapes: $shapes; violations: $violation, warnings: $warning, infos: $info.",
    ),
    "others": ("其他严重程度：$n 项。", "Of other severities: $n."),
    "other": ("其他", "other"),
    "idle": ("没有焦点节点的形状：$shapes", "Shapes that met no focus node: $shapes"),
    "met none": ("没有焦点节点", "met no focus node"),
    "off": ("已停用", "deactivated"),
    "anonymous": ("没有 IRI 的形状", "a shape without an IRI"),
    "left out": ("另有 $n 项未列出。", "Not listed: $n more."),
    "more": ("……另有 $n 项", "… and $n more"),
    "by shape": ("按形状计数：", "By shape:"),
    "more shapes": ("……另有 $n 个形状", "… and $n more shapes"),
    "known": ("基线中的已知问题：$n 项。", "Known findings (baseline): $n."),
    "gone": ("基线中已消失的问题：$n 项。", "Gone from the baseline: $n."),
    "gone one": ("已不再出现：$what", "gone: $what"),
    "update": (
        "用 --update-baseline 可将其从基线中删除。",
        "Use --update-baseline to take them out of the baseline.",
    ),
    "not annotated": (
        "$n 项没有标注，见本步骤的日志。",
        "Without an annotation, in the log of this step: $n.",
    ),
    "all": ("其余各项", "The others"),
    "targets": ("目标", "targets"),
}


def word(name: str, language: Language, **values: object) -> str:
    """A word or sentence of the frame. KeyError for a name that the table does not have."""
    return Template(WORDS[name][language == "en"]).safe_substitute({k: str(v) for k, v in values.items()})


def number(n: int, language: Language) -> str:
    """So many findings."""
    return word("finding" if n == 1 else "findings", language, n=n)
