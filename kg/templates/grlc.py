"""Queries as grlc takes them: a server that makes a web API of a folder of SPARQL files (https://grlc.io).

grlc finds parameters by the names of variables, ``?_name_type`` (required) and ``?__name_type`` (optional), and puts
their values in by replacing text. A VALUES block cannot hold a variable, so each becomes a subquery that binds the
parameter to grlc's variable, or to nothing when that is left out: what UNDEF means.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

import yaml

from kg.engine.lexer import position
from kg.errors import Place, TemplateError
from kg.templates.body import Slot
from kg.templates.template import Parameter, Template
from kg.templates.values import sparql
from kg.terms import XSD, NamedNode
from kg.vocab import ENDPOINT

_TYPES = {
    "iri": "iri",
    "concept": "iri",
    "string": "literal",
    "integer": "integer",
    "number": "number",
    "date": "xsd_date",
    "year": "xsd_gYear",
    "boolean": "xsd_boolean",
}
_PREFIX = f"PREFIX xsd: <{XSD}>"
_BLOCK = re.compile(r"VALUES\s*[?$]\w+\s*\{$", re.IGNORECASE)


def to_grlc(template: Template, endpoint: str = ENDPOINT) -> str:
    """A query file for grlc, to run on an endpoint. Of a parameter that takes several values, grlc passes one.

    TemplateError for a comment inside the beginning of a VALUES block.
    """
    parts: list[str] = []
    at = 0
    for slot in template.slots:
        start = _start(template, slot)
        parts += [template.text[at:start], _bound(template.parameter(slot.parameter))]
        at = slot.end + 1  # past the brace
    parts.append(template.text[at:])
    query = "".join(line for line in "".join(parts).splitlines(keepends=True) if not line.startswith("#+"))
    typed = any("xsd" in _TYPES[p.type] or p.type == "integer" for p in template.parameters)
    if typed and _PREFIX not in query:  # else grlc puts it before every SELECT, subqueries too
        query = f"{_PREFIX}\n{query}"
    return "".join(f"#+ {line}\n" for line in _header(template, endpoint)) + query


def grlc_name(parameter: Parameter) -> str:
    """The parameter's name in the web API, where an underscore would end it: ``first_year`` is ``firstYear``."""
    first, *others = parameter.name.split("_")
    return first + "".join(word.capitalize() for word in others)


def _start(template: Template, slot: Slot) -> int:
    """Where the word VALUES of a block stands."""
    match = _BLOCK.search(template.text, 0, slot.start)  # which counts as the end of the text
    if match is None:
        where = Place(template.path, *position(template.text, slot.start))
        raise TemplateError(f"a comment stands between VALUES, ?{slot.parameter} and the brace", where=where)
    return match.start()


def _bound(parameter: Parameter) -> str:
    """What stands for a VALUES block; valid wherever one is, since nothing else in the group need come after it."""
    variable = f"?{'_' if parameter.required else '__'}{grlc_name(parameter)}_{_TYPES[parameter.type]}"
    value = variable
    if parameter.default:
        value = f"COALESCE({variable}, {sparql(parameter.default[0])})"
    return f"{{ SELECT ?{parameter.name} WHERE {{ BIND({value} AS ?{parameter.name}) }} }}"


def _header(template: Template, endpoint: str) -> Iterator[str]:
    """The decorators, as lines of YAML."""
    lines = [template.summary["zh"]]
    lines += [f"{grlc_name(p)}: {p.label['en']} / {p.label['zh']}" for p in template.parameters]
    if template.empty is not None:
        lines += [template.empty["en"], template.empty["zh"]]
    decorators: dict[str, object] = {
        "summary": template.summary["en"],
        "description": "; ".join(lines),
        "endpoint": endpoint,
        "method": "GET",
        "tags": list(template.tags),
    }
    defaults = [{grlc_name(p): _plain(p)} for p in template.parameters if p.default]
    if defaults:
        decorators["defaults"] = defaults
    text: str = yaml.safe_dump(decorators, allow_unicode=True, sort_keys=False, width=1000)
    yield from text.splitlines()


def _plain(parameter: Parameter) -> str:
    """A default as it is passed to the web API: an IRI in full, a literal without its type."""
    term = parameter.default[0]
    return term.value if isinstance(term, NamedNode) else str(getattr(term, "value", term))
