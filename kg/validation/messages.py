"""What findings say in zh and en: labels, and a sentence for shapes without a message."""

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

_DEFAULTS: dict[str, tuple[str, str]] = {  # component's parameter → zh, en
    "class": ("值应属于类 $parameter。", "The value must be an instance of $parameter."),
    "datatype": ("值的数据类型应为 $parameter，且形式合法。", "The value must be a well-formed $parameter."),
    "nodeKind": ("节点种类应为 $parameter。", "The node kind must be $parameter."),
    "minCount": ("值太少：至少应有 $parameter 个。", "Too few values: at least $parameter expected."),
    "maxCount": ("值太多：至多应有 $parameter 个。", "Too many values: at most $parameter expected."),
    "minExclusive": ("值应大于 $parameter。", "The value must be greater than $parameter."),
    "minInclusive": ("值应不小于 $parameter。", "The value must be at least $parameter."),
    "maxExclusive": ("值应小于 $parameter。", "The value must be less than $parameter."),
    "maxInclusive": ("值应不大于 $parameter。", "The value must be at most $parameter."),
    "minLength": ("文本太短：至少应有 $parameter 个字符。", "Too short: at least $parameter characters expected."),
    "maxLength": ("文本太长：至多应有 $parameter 个字符。", "Too long: at most $parameter characters expected."),
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
        "符合限定形状的值太少：至少应有 $parameter 个。",
        "Too few values conform to the qualified shape: at least $parameter expected.",
    ),
    "qualifiedMaxCount": (
        "符合限定形状的值太多：至多应有 $parameter 个。",
        "Too many values conform to the qualified shape: at most $parameter expected.",
    ),
    "closed": ("该形状是封闭的，不允许这个属性。", "The shape is closed and does not allow this property."),
    "hasValue": ("应有值 $parameter。", "The value $parameter is missing."),
    "in": ("值不在允许之列。", "The value is not one of those allowed."),
    "sparql": ("违反了一条 SPARQL 约束。", "A SPARQL constraint is violated."),
}

LABELS = (SKOS.prefLabel, RDFS.label, NAMESPACES["schema"]["name"], NAMESPACES["dcterms"]["title"], SH.name)


def preferred(texts: Iterable[Term], language: Language) -> str | None:
    """The text in the language, else one without a language, else English, else any; None when there is none."""
    literals = [text for text in texts if isinstance(text, Literal)]

    def rank(text: Literal) -> tuple[int, str]:
        tag = (text.language or "").split("-")[0]
        order = [language, "", "en"]
        return (order.index(tag) if tag in order else len(order), text.value)

    return min(literals, key=rank).value if literals else None


def labels(graphs: Iterable[Graph], node: Term) -> tuple[Literal, ...]:
    """The labels of a node in all languages: the values of the first property that the first graph has."""
    for graph in graphs:
        for predicate in LABELS:
            found = [text for text in graph.objects(node, predicate) if isinstance(text, Literal)]
            if found:
                return tuple(found)
    return ()


def label(graphs: Iterable[Graph], node: Term, language: Language) -> str | None:
    """The label of a node in the first graph that has one."""
    return preferred(labels(graphs, node), language)


def message(finding: Finding, shapes: Graph, language: Language) -> str:
    """What a finding says: the shape's message in the language, else a sentence of ours."""
    declared = preferred(finding.messages, language)
    if declared is not None:
        return declared
    name = finding.component.value.rpartition("#")[2].removesuffix("ConstraintComponent")
    parameter = "sparql" if name == "SPARQL" else name[:1].lower() + name[1:]
    if parameter not in _DEFAULTS:
        return shorten(finding.component)
    return _sentence(parameter, shapes.value(finding.shape, SH[parameter]), language)


def sentences(shapes: Graph, shape: Term, language: Language) -> list[str]:
    """What the constraints of a shape ask for, a sentence of ours for each, in the order of the table."""
    found = ((parameter, shapes.objects(shape, SH[parameter])) for parameter in _DEFAULTS)
    return [_sentence(parameter, value, language) for parameter, values in found for value in sorted(values, key=str)]


def _sentence(parameter: str, value: Term | None, language: Language) -> str:
    """The sentence of ours for a parameter and its value."""
    shown = shorten(value) if isinstance(value, NamedNode) else value.value if value is not None else "?"
    return Template(_DEFAULTS[parameter][language == "en"]).safe_substitute(parameter=shown)
