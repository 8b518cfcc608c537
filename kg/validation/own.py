"""Our shapes, our ontology and our data, and which shapes look at what.

The name of a shape file says it: ``derived*.ttl`` is for what rules derive and sees the built dataset whole; every
other file is structural and sees what people assert, which is the curated files, or a dataset less its derived
graphs. (An entity shape is closed, and a rule's shortcut on the entity would break it.)
"""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Literal, TypeAlias

from kg import resources
from kg.errors import ResourceMissing, ShapesError
from kg.terms import NamedNode
from kg.validation.graphs import Graph, read
from kg.vocab import GRAPH, WELL_KNOWN

Group: TypeAlias = Literal["structural", "derived"]
GROUPS: tuple[Group, ...] = ("structural", "derived")


def group_of(shape_file: Path) -> Group:
    """The group that a shape file belongs to, by its name."""
    return "derived" if shape_file.stem.startswith("derived") else "structural"


def shape_files(group: Group | None = None) -> tuple[Path, ...]:
    """Our shape files (of one group). ShapesError when there is none at all."""
    files = resources.visible_files(resources.root("shapes"), "*.ttl")
    if not files:
        raise ShapesError("no shapes found", hint=f"shape files belong in {resources.root('shapes')}")
    return tuple(file for file in files if group in (None, group_of(file)))


def is_ours(shape_file: Path) -> bool:
    """Whether a file lies in our folder of shapes."""
    try:
        return resources.root("shapes").resolve() in shape_file.resolve().parents
    except ResourceMissing:
        return False


@cache
def ontology() -> Graph:
    """Our ontology, read once."""
    return read(ontology_files())


def ontology_files() -> tuple[Path, ...]:
    """The files of our ontology."""
    return tuple(resources.visible_files(resources.root("ontology"), "*.ttl"))


def curated_files() -> tuple[Path, ...]:
    """The curated Turtle."""
    return tuple(resources.visible_files(resources.root("data"), "*.ttl"))


def is_derived(graph: NamedNode) -> bool:
    """Whether a named graph is a rule's, or speaks of the dataset or its queries: made by the build, not asserted."""
    made = (GRAPH["derived/"].value, WELL_KNOWN)
    return graph.value.startswith(made) or graph == GRAPH["description"]


def seen_by(group: Group, data: Graph) -> Graph:
    """What the shapes of a group look at in some data."""
    return data if group == "derived" else data.without(is_derived)
