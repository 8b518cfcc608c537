"""What a report says in zh and en: the words of the frame, and a sentence for shapes without a message."""

from __future__ import annotations

from collections.abc import Iterable
from string import Template
from typing import Literal as Choice
from typing import TypeAlias

from kg.terms import Literal, NamedNode, Term
from kg.validation.graphs import Graph
from kg.validation.report import Finding
from kg.vocab import NAMESPACES, RDFS, SH, SKOS, shorten

Language: TypeAlias = Choice["zh", "en"]

WORDS: dict[str, tuple[str, str]] = {  # name → zh, en
    "conforms": ("符合:没有发现问题。", "Conforms: nothing found."),
    "checked": ("由 $engine 引擎校验。", "Checked by the $engine engine."),
    "fallback": ("由 $engine 引擎校验,因为:$reason。", "Checked by the $engine engine, since $reason."),
    "path": ("路径", "path"),
    "value": ("值", "value"),
    "says": ("说明", "says"),
    "at": ("位置", "at"),
    "graph": ("图 $graph", "graph $graph"),
    "Violation": ("违规", "Violation"),
    "Warning": ("警告", "Warning"),
    "Info": ("提示", "Info"),
    "finding": ("$n 项", "$n finding"),
    "findings": ("$n 项", "$n findings"),
    "closing": (
        "形状 $shapes 个,焦点节点 $nodes 个;违规 $violation 项,警告 $warning 项,提示 $info 项。",
        "Shapes: $shapes; focus nodes: $nodes; violations: $violation, warnings: $warning, infos: $info.",
    ),
    "closing_uncounted": (
        "形状 $shapes 个;违规 $violation 项,警告 $warning 项,提示 $info 项。",
        "Shapes: $shapes; violations: $violation, warnings: $warning, infos: $info.",
    ),
    "others": ("其他严重程度:$n 项。", "Of other severities: $n."),
    "idle": ("没有焦点节点的形状:$shapes", "Shapes that met no focus node: $shapes"),
    "anonymous": ("没有 IRI 的形状", "a shape without an IRI"),
}

_DEFAULTS: dict[str, tuple[str, str]] = {  # component's parameter → zh, en
    "class": ("值应属于类 $parameter。", "The value must be an instance of $parameter."),
    "datatype": ("值的数据类型应为 $parameter,且形式合法。", "The value must be a well-formed $parameter."),
    "nodeKind": ("节点种类应为 $parameter。", "The node kind must be $parameter."),
    "minCount": ("值太少:至少应有 $parameter 个。", "Too few values: at least $parameter expected."),
    "maxCount": ("值太多:至多应有 $parameter 个。", "Too many values: at most $parameter expected."),
    "minExclusive": ("值应大于 $parameter。", "The value must be greater than $parameter."),
    "minInclusive": ("值应不小于 $parameter。", "The value must be at least $parameter."),
    "maxExclusive": ("值应小于 $parameter。", "The value must be less than $parameter."),
    "maxInclusive": ("值应不大于 $parameter。", "The value must be at most $parameter."),
    "minLength": ("文本太短:至少应有 $parameter 个字符。", "Too short: at least $parameter characters expected."),
    "maxLength": ("文本太长:至多应有 $parameter 个字符。", "Too long: at most $parameter characters expected."),
    "pattern": ("文本应匹配正则表达式 $parameter。", "The text must match the regular expression $parameter."),
    "languageIn": ("语言标签不在允许之列。", "The language tag is not one of those allowed."),
    "uniqueLang": ("同一语言只应有一个值。", "More than one value in a language."),
    "equals": ("值应与 $parameter 的值相同。", "The values must equal those of $parameter."),
    "disjoint": ("值不应也是 $parameter 的值。", "The value must not be one of $parameter too."),
    "lessThan": ("值应小于 $parameter 的值。", "The value must be less than that of $parameter."),
    "lessThanOrEquals": ("值应不大于 $parameter 的值。", "The value must be at most that of $parameter."),
    "not": ("不应符合该形状。", "It conforms to a shape that it must not conform to."),
    "and": ("没有符合所列的全部形状。", "It does not conform to all of the listed shapes."),
    "or": ("所列形状一个也不符合。", "It conforms to none of the listed shapes."),
    "xone": ("应恰好符合所列形状之一。", "It must conform to exactly one of the listed shapes."),
    "node": ("值应符合形状 $parameter。", "The value must conform to the shape $parameter."),
    "qualifiedMinCount": (
        "符合限定形状的值太少:至少应有 $parameter 个。",
        "Too few values conform to the qualified shape: at least $parameter expected.",
    ),
    "qualifiedMaxCount": (
        "符合限定形状的值太多:至多应有 $parameter 个。",
        "Too many values conform to the qualified shape: at most $parameter expected.",
    ),
    "closed": ("该形状是封闭的,不允许这个属性。", "The shape is closed and does not allow this property."),
    "hasValue": ("应有值 $parameter。", "The value $parameter is missing."),
    "in": ("值不在允许之列。", "The value is not one of those allowed."),
    "sparql": ("违反了一条 SPARQL 约束。", "A SPARQL constraint is violated."),
}

_LABELS = (SKOS.prefLabel, RDFS.label, NAMESPACES["schema"]["name"], NAMESPACES["dcterms"]["title"], SH.name)


def word(name: str, language: Language, **values: object) -> str:
    """A word or sentence of the frame."""
    return Template(WORDS[name][language == "en"]).safe_substitute({k: str(v) for k, v in values.items()})


def preferred(texts: Iterable[Term], language: Language) -> str | None:
    """The text in the language, else one without a language, else English, else any; None when there is none."""
    literals = [text for text in texts if isinstance(text, Literal)]

    def rank(text: Literal) -> tuple[int, str]:
        tag = (text.language or "").split("-")[0]
        order = [language, "", "en"]
        return (order.index(tag) if tag in order else len(order), text.value)

    return min(literals, key=rank).value if literals else None


def label(graphs: Iterable[Graph], node: Term, language: Language) -> str | None:
    """The label of a node in the first graph that has one."""
    for graph in graphs:
        for predicate in _LABELS:
            found = preferred(graph.objects(node, predicate), language)
            if found is not None:
                return found
    return None


def message(finding: Finding, shapes: Graph, language: Language) -> str:
    """What a finding says: the shape's message in the language, else a sentence of ours."""
    declared = preferred(finding.messages, language)
    if declared is not None:
        return declared
    name = finding.component.value.rpartition("#")[2].removesuffix("ConstraintComponent")
    parameter = "sparql" if name == "SPARQL" else name[:1].lower() + name[1:]
    if parameter not in _DEFAULTS:
        return shorten(finding.component)
    value = shapes.value(finding.shape, SH[parameter])
    shown = shorten(value) if isinstance(value, NamedNode) else value.value if value is not None else "?"
    return Template(_DEFAULTS[parameter][language == "en"]).safe_substitute(parameter=shown)
