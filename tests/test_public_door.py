"""The public names of ``kg``: pinned, each reachable, and cheap until used."""

from __future__ import annotations

import subprocess
import sys

import pytest

import kg

PUBLIC = [
    "BlankNode",
    "Embedded",
    "Engine",
    "Graph",
    "Literal",
    "NamedNode",
    "Namespace",
    "Place",
    "Quad",
    "RemoteGraph",
    "Report",
    "Rows",
    "Template",
    "Triple",
    "View",
    "ZoneKGError",
    "catalogue",
    "compact",
    "connect",
    "dataset",
    "expand",
    "format_turtle",
    "iri",
    "literal",
    "load",
    "n3",
    "validate",
]


def test_public_names_are_pinned() -> None:
    assert kg.__all__ == PUBLIC


@pytest.mark.parametrize("name", PUBLIC)
def test_every_public_name_is_its_owners(name: str) -> None:
    value = getattr(kg, name)
    assert value is getattr(sys.modules[kg._DOOR[name]], name)


def test_another_name_is_an_attribute_error() -> None:
    with pytest.raises(AttributeError, match="no_such_name"):
        _ = kg.no_such_name  # type: ignore[attr-defined]


@pytest.mark.parametrize("use", ["import kg.cli", "kg.load; kg.Graph; kg.connect; kg.RemoteGraph"])
def test_what_is_not_used_is_not_loaded(use: str) -> None:
    heavy = {"rdflib", "networkx", "rich", "yaml", "numpy", "scipy", "pyvis", "shacl", "pyshacl", "SPARQLWrapper"}
    if "load" in use:
        heavy.remove("yaml")  # the queries' headers are read by it
    code = f"import sys, kg; {use}; print(sorted({heavy} & set(sys.modules)))"
    loaded = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, encoding="utf-8", check=True
    ).stdout.strip()
    assert loaded == "[]"
