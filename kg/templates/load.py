"""From a query file to a template, with every promise of its header held against its text."""

from __future__ import annotations

import re
from collections.abc import Mapping
from pathlib import Path

from kg.engine.lexer import position
from kg.errors import Place, SyntaxFault, TemplateError
from kg.templates.body import Body, inspect
from kg.templates.header import Node, read_header
from kg.templates.template import Parameter, Template
from kg.templates.values import IRI_TYPES, TYPES, as_iri, from_text
from kg.terms import NamedNode, Term

_KEYS = ("summary", "parameters", "returns", "constructs", "tags", "after", "empty")
_PARAMETER_KEYS = ("type", "class", "scheme", "optional", "many", "default", "label")
_CONSTRUCTS = ("network", "description", "rule", "report")
_NAME = re.compile(r"[a-z][a-z0-9_]*")


def load(path: Path) -> Template:
    """The template in a file. TemplateError, with file and line, for every breach of the format."""
    try:
        text = path.read_text(encoding="utf-8")
    except UnicodeDecodeError as fault:
        raise SyntaxFault(f"not UTF-8: {fault.reason}", where=Place(path)) from fault
    return parse(text, path)


def parse(text: str, path: Path) -> Template:
    """The template that a text is; ``path`` gives its name and stands in errors. TemplateError as ``load``."""
    if not _NAME.fullmatch(path.stem):
        raise TemplateError("a query's file name should be snake_case", where=Place(path))
    head = read_header(text, path)
    pieces = head.mapping("the header", _KEYS)
    if "summary" not in pieces:
        raise head.fault("no summary")
    body = inspect(text)
    constructs = _constructs(pieces)
    template = Template(
        name=path.stem,
        path=path,
        summary=pieces["summary"].bilingual("summary"),
        parameters=_parameters(pieces.get("parameters")),
        returns=pieces["returns"].texts("returns", least=1) if "returns" in pieces else (),
        constructs=constructs,
        tags=pieces["tags"].texts("tags") if "tags" in pieces else (),
        after=pieces["after"].texts("after") if "after" in pieces else (),
        empty=pieces["empty"].bilingual("empty") if "empty" in pieces else None,
        text=text,
        slots=() if constructs == "rule" else body.slots,
    )
    if constructs == "rule" and template.parameters:
        raise pieces["parameters"].fault("a rule takes no parameters; all its VALUES are fixed data")
    if "after" in pieces and constructs != "rule":
        raise pieces["after"].fault("only a rule comes after others", hint="`constructs: rule`")
    _check_form(template, body, head, pieces)
    _check_slots(template, head)
    return template


def _constructs(pieces: Mapping[str, Node]) -> str | None:
    """What a CONSTRUCT is for; None for a SELECT."""
    if "constructs" not in pieces:
        return None
    node = pieces["constructs"]
    kind = node.text("constructs")
    if kind not in _CONSTRUCTS:
        raise node.fault(f"unknown kind {kind!r} of constructs", hint="one of " + ", ".join(_CONSTRUCTS))
    return kind


def _parameters(node: Node | None) -> tuple[Parameter, ...]:
    """The parameters, in the order of the header."""
    if node is None:
        return ()
    return tuple(_parameter(name, piece, node.keys[name]) for name, piece in node.mapping("parameters").items())


def _parameter(name: str, node: Node, where: Place) -> Parameter:
    """One parameter."""
    what = f"parameter {name}"
    if not _NAME.fullmatch(name):
        raise TemplateError(f"{what}: a name should be snake_case", where=where)
    pieces = node.mapping(what, _PARAMETER_KEYS)
    for key in ("type", "label"):
        if key not in pieces:
            raise TemplateError(f"{what} has no {key}", where=where)
    kind = pieces["type"].text("type")
    if kind not in TYPES:
        raise pieces["type"].fault(f"{what}: unknown type {kind!r}", hint="one of " + ", ".join(TYPES))
    if "class" in pieces and kind != "iri":
        raise pieces["class"].fault(f"{what}: a class goes with type iri")
    if "scheme" in pieces and kind != "concept":
        raise pieces["scheme"].fault(f"{what}: a scheme goes with type concept")
    optional = "optional" in pieces and pieces["optional"].flag("optional")
    many = "many" in pieces and pieces["many"].flag("many")
    default = _default(kind, pieces["default"]) if "default" in pieces else ()
    if optional and default:
        raise pieces["default"].fault(f"{what}: what has a default is not optional; leave one of the two out")
    if len(default) > 1 and not many:
        raise pieces["default"].fault(f"{what}: several defaults, and it takes one value")
    return Parameter(
        name=name,
        type=kind,
        label=pieces["label"].bilingual("label"),
        classes=_iris(pieces["class"]) if "class" in pieces else (),
        scheme=_iri(pieces["scheme"]) if "scheme" in pieces else None,
        optional=optional,
        many=many,
        default=default,
    )


def _default(kind: str, node: Node) -> tuple[Term, ...]:
    """A default, or a list of them, as terms of the parameter's type."""
    nodes = node.value if isinstance(node.value, tuple) else (node,)
    if kind in IRI_TYPES:
        return tuple(_iri(item) for item in nodes)
    try:
        return tuple(from_text(kind, item.text("default")) for item in nodes)
    except ValueError as fault:
        raise node.fault(str(fault)) from fault


def _iris(node: Node) -> tuple[NamedNode, ...]:
    """One IRI or a list of them."""
    return tuple(_iri(item) for item in (node.value if isinstance(node.value, tuple) else (node,)))


def _iri(node: Node) -> NamedNode:
    """An IRI written in full or with a prefix of our table."""
    term = as_iri(node.text("an IRI"))
    if term is None:
        raise node.fault(f"not an IRI: {node.value!r}", hint="in full, or with a prefix of kg/vocab")
    return term


def _check_form(template: Template, body: Body, head: Node, pieces: Mapping[str, Node]) -> None:
    """TemplateError unless the form, the columns and the order of the query are as promised."""
    at = Place(template.path, *position(template.text, body.start))
    if ("returns" in pieces) == ("constructs" in pieces):
        raise head.fault("either returns (for SELECT) or constructs (for CONSTRUCT) belongs in the header")
    expected = "CONSTRUCT" if template.constructs else "SELECT"
    if body.form != expected:
        raise TemplateError(f"the header promises a {expected}, the query is {body.form or 'missing'}", where=at)
    if body.limited:
        raise TemplateError("LIMIT and OFFSET belong to the call, not to the query", where=at)
    if template.constructs:
        return
    if body.projection != template.returns:
        shown = "*" if body.projection is None else ", ".join(body.projection)
        raise TemplateError(
            f"the columns differ: returns has {', '.join(template.returns)}; SELECT has {shown}", where=at
        )
    if not body.ordered:
        raise TemplateError("a SELECT needs ORDER BY, so that its rows come in one order", where=at)


def _check_slots(template: Template, head: Node) -> None:
    """TemplateError unless parameters and VALUES blocks are the same ones, filled so that the text runs."""
    declared = {parameter.name: parameter for parameter in template.parameters}
    for slot in template.slots:
        where = Place(template.path, *position(template.text, slot.start))
        parameter = declared.get(slot.parameter)
        if parameter is None:
            raise TemplateError(
                f"VALUES ?{slot.parameter} is no declared parameter",
                where=where,
                hint=f"declare it, or write fixed data as VALUES (?{slot.parameter}) {{ (…) }}",
            )
        if parameter.optional and slot.content.upper() != "UNDEF":
            raise TemplateError(f"the optional {slot.parameter} should stand as {{ UNDEF }}", where=where)
        if not parameter.optional and slot.content.upper() in ("", "UNDEF"):
            raise TemplateError(f"{slot.parameter} is not optional: a real value should stand here", where=where)
    present = {slot.parameter for slot in template.slots}
    for name in declared:
        if name not in present:
            where = head.mapping("the header")["parameters"].keys[name]
            raise TemplateError(f"parameter {name} enters no VALUES ?{name} {{ … }}", where=where)
