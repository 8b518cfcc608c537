"""What grlc 1.3 does with a query and the parameters of a call: finds variables by their names, replaces text."""

from __future__ import annotations

import re

VARIABLE = re.compile(
    r"\?(?P<required>_{1,2})(?P<name>[a-zA-Z0-9]+)(?:_(?P<type>iri|number|literal|integer))?"
    r"(?:_(?P<prefix>[a-zA-Z0-9]+)_(?P<datatype>[a-zA-Z0-9]+))?(?:_(?P<language>[a-zA-Z0-9]+))?"
)


def called(query: str, given: dict[str, str]) -> str:
    """The query that grlc would send; AssertionError for a parameter that it does not know, or misses."""
    text = "\n".join(line for line in query.split("\n") if not line.startswith("#+"))
    parameters = {match["name"]: match for match in VARIABLE.finditer(text)}
    assert set(given) <= set(parameters)
    assert {name for name, match in parameters.items() if match["required"] == "_"} <= set(given)
    for name, value in given.items():
        match = parameters[name]
        written = f'"{value}"'
        if match["type"] == "number":
            written = value
        elif match["type"] == "iri":
            written = f"<{value}>"
        elif match["type"] == "integer":
            written += "^^xsd:integer"
        elif match["prefix"]:
            written += f"^^{match['prefix']}:{match['datatype']}"
        text = text.replace(match[0], written)
        if "xsd:" in written:
            assert "PREFIX xsd: <http://www.w3.org/2001/XMLSchema#>" in text  # else grlc spoils subqueries
    return text
