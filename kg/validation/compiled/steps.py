"""Property paths as triple patterns: taken apart where a store would answer the whole path wrongly or slowly.

A path that may be of no length at all (``p*``, ``p?``) has a node as its own value even where the graph does not
have the node; a store that begins at the other end misses that. So the empty way is always a case of its own.
"""

from __future__ import annotations

from itertools import product

from kg.terms import NamedNode
from kg.validation.paths import Compound, Path, to_sparql


def step(start: str, path: Path, end: str) -> str:
    """The pattern: from a node along a path to a value."""
    if isinstance(path, NamedNode):
        return f"{start} {path} {end} ."
    if path.kind == "inversePath" and isinstance(path.parts[0], NamedNode):
        return f"{end} {path.parts[0]} {start} ."
    return f"{start} ({to_sparql(path)}) {end} ."


def ways(path: Path) -> list[list[Path]]:
    """The path as alternatives of sequences of steps: a property, one backwards, or one or more of a path.

    The empty sequence is the way of no length.
    """
    if isinstance(path, NamedNode):
        return [[path]]
    match path.kind:
        case "alternativePath":
            found = [way for part in path.parts for way in ways(part)]
        case "sequence":
            found = [[one for part in chosen for one in part] for chosen in product(*map(ways, path.parts))]
        case "inversePath":
            found = [[inverse(one) for one in reversed(way)] for way in ways(path.parts[0])]
        case "zeroOrOnePath":
            found = [[], *ways(path.parts[0])]
        case _:
            repeated: list[Path] = [Compound("oneOrMorePath", path.parts)]
            found = [[], repeated] if path.kind == "zeroOrMorePath" or may_be_empty(path.parts[0]) else [repeated]
    return [way for at, way in enumerate(found) if way not in found[:at]]


def may_be_empty(path: Path) -> bool:
    """Whether a node is its own value along the path."""
    if isinstance(path, NamedNode):
        return False
    match path.kind:
        case "zeroOrMorePath" | "zeroOrOnePath":
            return True
        case "alternativePath":
            return any(map(may_be_empty, path.parts))
    return all(map(may_be_empty, path.parts))


def whole_or_cases(path: Path) -> list[list[Path]]:
    """The path itself as the one step; one that may be empty as its ways."""
    return ways(path) if may_be_empty(path) else [[path]]


def split(path: Path) -> list[list[Path]]:
    """The ways of a path."""
    return ways(path)


def chain(start: str, way: list[Path], end: str) -> str:
    """The pattern: from a node by steps to a value; what is between takes its names from the end's."""
    names = [start, *(f"{end}{number}" for number in range(1, len(way))), end]
    return " ".join(step(at, one, to) for at, one, to in zip(names, way, names[1:], strict=False))


def inverse(path: Path) -> Path:
    """The path backwards."""
    if isinstance(path, Compound) and path.kind == "inversePath":
        return path.parts[0]
    return Compound("inversePath", (path,))
