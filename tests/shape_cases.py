"""The cases of our shapes, found from the files: one valid twin and one-fault invalid twins a node shape.

::

    tests/cases/shapes/<file>/<ShapeName>/valid.ttl
    tests/cases/shapes/<file>/<ShapeName>/invalid.<the one fault>.ttl
    tests/cases/shapes/<file>/<ShapeName>/invalid.<the one fault>.expected.json

``<file>`` is the stem of a file of shapes/, ``<ShapeName>`` the local name of a node shape in it. A case is validated
against all shapes of its group (kg/validation/own.py) with our ontology added. The expected findings are written by
``python -m tests.approve_shapes``, for review.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from kg.terms import NamedNode, Node, Term
from kg.validation import Finding, Graph, own, read, validate
from kg.validation.shapes import references
from kg.vocab import PREFIXES, RDF, SH

FOLDER = Path(__file__).resolve().parent / "cases" / "shapes"
ZKS = PREFIXES["zks"]


@dataclass(frozen=True)
class Shape:
    """A node shape of ours and the file that it stands in."""

    file: Path
    iri: NamedNode

    @property
    def name(self) -> str:
        return self.iri.value.removeprefix(ZKS)

    @property
    def folder(self) -> Path:
        return FOLDER / self.file.stem / self.name

    def __str__(self) -> str:
        return f"{self.file.stem}/{self.name}"


@dataclass(frozen=True)
class Case:
    """One file of a shape's cases."""

    path: Path

    @property
    def group(self) -> own.Group:
        return own.group_of(Path(self.path.parent.parent.name))

    @property
    def valid(self) -> bool:
        return self.path.name == "valid.ttl"

    @property
    def expected_path(self) -> Path:
        return self.path.with_suffix(".expected.json")

    def expected(self) -> list[dict[str, Any]]:
        """The findings approved."""
        found: list[dict[str, Any]] = json.loads(self.expected_path.read_text(encoding="utf-8"))
        return found

    def findings(self, engine: str = "native") -> list[Finding]:
        """What an engine finds, less what it finds in the ontology alone (which a test of its own looks at)."""
        data = read(self.path)
        # The slow engine need not look at the whole ontology.
        nodes: set[Term] = {term for t in data.triples for term in (t.subject, t.object)}
        focus = nodes if engine == "reference" else None
        report = validate(data, shapes_of(self.group), ontology=own.ontology(), engine=engine, focus=focus)
        assert report.fallback is None, report.fallback
        return [finding for finding in report.findings if finding not in ontology_findings(self.group)]

    def __str__(self) -> str:
        return self.path.relative_to(FOLDER).as_posix()


@cache
def shapes_of(group: own.Group) -> Graph:
    """All shapes of a group."""
    return read(own.shape_files(group))


@cache
def ontology_findings(group: own.Group) -> frozenset[Finding]:
    """What the shapes of a group find in our ontology alone."""
    return frozenset(validate(own.ontology(), shapes_of(group), require_focus=False).findings)


@cache
def node_shapes() -> tuple[Shape, ...]:
    """Every node shape of ours; empty when there are no shape files."""
    try:
        files = own.shape_files()
    except Exception:  # noqa: BLE001  # a test of its own says what is wrong; discovery must not break off
        return ()
    found = []
    for file in files:
        graph = read(file)
        named = [shape for shape in graph.subjects(RDF.type, SH.NodeShape) if isinstance(shape, NamedNode)]
        found += [Shape(file, shape) for shape in sorted(named, key=str)]
    return tuple(found)


@cache
def cases() -> tuple[Case, ...]:
    """Every case there is."""
    return tuple(Case(path) for path in sorted(FOLDER.glob("*/*/*.ttl")))


def belonging(shape: NamedNode, shapes: Graph) -> set[Node]:
    """The shape and what it is made of: its property shapes and its nameless parts, not what it refers to."""
    parts: set[Node] = {shape}
    links = list(references(shapes))
    todo: list[Node] = [shape]
    while todo:
        inside = todo.pop()
        for outer, name, inner in links:
            if outer != inside or inner in parts or not (name == "property" or not isinstance(inner, NamedNode)):
                continue
            parts.add(inner)  # type: ignore[arg-type]  # well-formed shapes are no literals
            todo.append(inner)  # type: ignore[arg-type]
    return parts


def brief(findings: list[Finding]) -> list[dict[str, str | None]]:
    """Findings as the expected files have them: in canonical order, each once."""
    unique = {json.dumps(finding.brief(), ensure_ascii=False, sort_keys=True) for finding in findings}
    return [json.loads(text) for text in sorted(unique)]


def to_json(findings: list[Finding]) -> str:
    """The text of an expected file."""
    return json.dumps(brief(findings), ensure_ascii=False, indent=2) + "\n"
