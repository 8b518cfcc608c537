"""The catalogue as a page for people, made from the headers alone."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from kg.templates.template import Parameter, Template
from kg.terms import Literal, NamedNode
from kg.vocab import shorten

_INTRODUCTION = """\
# The questions · 问题目录

Each is a file in `queries/`, runs as it stands in any SPARQL editor, and takes parameters from the command line
(`kg query NAME zone=晋城经开区`) or from Python. A value is an IRI, or a label in Chinese, English or pinyin.
This page is made from the headers of the files by `make catalogue`; edit those.

每个问题是 `queries/` 中的一个文件，可在任何 SPARQL 编辑器中直接运行，
也可在命令行（`kg query 名称 zone=晋城经开区`）或 Python 中带参数运行。参数值可为 IRI，或中文、英文、拼音标签。
本页由 `make catalogue` 根据各文件的头部生成，请勿直接修改。
"""


def to_markdown(templates: Iterable[Template]) -> str:
    """A page in en and zh: the questions under their first tags, then each with its parameters and columns."""
    groups: dict[str, list[Template]] = {}
    for template in templates:
        groups.setdefault(next(iter(template.tags), template.path.parent.name), []).append(template)
    ordered = [(tag, sorted(members, key=lambda one: one.name)) for tag, members in sorted(groups.items())]
    lines = [_INTRODUCTION]
    for tag, members in ordered:
        lines += [f"- **{tag}**: " + ", ".join(f"[{_spaced(one.name)}](#{one.name})" for one in members)]
    for tag, members in ordered:
        lines += ["", f"## {tag}"]
        for template in members:
            lines += ["", *_section(template)]
    return "\n".join(lines) + "\n"


def _section(template: Template) -> Iterator[str]:
    """One query."""
    yield f"### {template.name}"
    yield ""
    yield f"{template.summary['en']}  "
    yield template.summary["zh"]
    if template.parameters:
        yield ""
        yield "| parameter 参数 | type 类型 | meaning 含义 |"
        yield "|---|---|---|"
        for parameter in template.parameters:
            meaning = f"{parameter.label['en']} · {parameter.label['zh']}"
            yield f"| `{parameter.name}` | {_cell(_kind(parameter))} | {_cell(meaning)} |"
    yield ""
    if template.constructs is None:
        yield "Columns 列: " + ", ".join(f"`{name}`" for name in template.returns)
    else:
        yield f"Constructs 构造: {template.constructs}"
    if template.empty is not None:
        yield ""
        yield f"{template.empty['en']}  "
        yield template.empty["zh"]


def _kind(parameter: Parameter) -> str:
    """The type, where values come from, how many, and whether one must be given."""
    parts = [parameter.type]
    if parameter.classes:
        parts.append("of " + " or ".join(f"`{shorten(term)}`" for term in parameter.classes))
    if parameter.scheme is not None:
        parts.append(f"of `{shorten(parameter.scheme)}`")
    text = " ".join(parts)
    if parameter.many:
        text += ", one or more 可多个"
    if parameter.default:
        text += ", default 默认 " + ", ".join(f"`{_typed(term)}`" for term in parameter.default)
    if parameter.required:
        text += ", required 必填"
    return text


def _typed(term: object) -> str:
    """A default as it may be typed."""
    if isinstance(term, NamedNode):
        return shorten(term)
    return term.value if isinstance(term, Literal) else str(term)


def _cell(text: str) -> str:
    return text.replace("|", "\\|").replace("\n", " ")


def _spaced(name: str) -> str:
    return name.replace("_", " ")
