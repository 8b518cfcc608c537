"""The classes below some classes, asked level by level: no path of unbounded length, which not every store takes."""

from __future__ import annotations

from collections.abc import Iterable

from kg.engine import Engine
from kg.terms import NamedNode, Term
from kg.vocab import RDFS

_AT_ONCE = 500


def below(engine: Engine, classes: Iterable[Term]) -> dict[Term, tuple[NamedNode, ...]]:
    """Class → itself and every class below it (rdfs:subClassOf in the data, any number of steps).

    A class without a name is passed through; its own instances are not seen (see gaps).
    """
    roots = [it for it in dict.fromkeys(classes) if isinstance(it, NamedNode)]
    children: dict[Term, list[Term]] = {}
    todo: list[NamedNode] = roots
    seen: set[Term] = set(roots)
    while todo:
        level: list[NamedNode] = []
        for start in range(0, len(todo), _AT_ONCE):
            for child, parent in _children(engine, todo[start : start + _AT_ONCE]):
                children.setdefault(parent, []).append(child)
                if child not in seen:
                    seen.add(child)
                    level.append(child)
        todo = level
    return {root: _closure(root, children) for root in roots}


def _children(engine: Engine, parents: list[NamedNode]) -> Iterable[tuple[NamedNode, Term]]:
    sub = RDFS.subClassOf
    values = " ".join(map(str, parents))
    rows = engine.select(
        f"SELECT DISTINCT ?child ?parent WHERE {{ VALUES ?parent {{ {values} }} ?child {sub} ?parent }}"
    )
    nameless = False
    for child, parent in rows.rows:
        if isinstance(child, NamedNode) and parent is not None:
            yield child, parent
        else:
            nameless = True
    if not nameless:
        return
    for one in parents:
        # One end is fixed, so that every engine takes the path; it leads through classes without a name.
        for (child,) in engine.select(f"SELECT DISTINCT ?child WHERE {{ ?child {sub}+ {one} }}").rows:
            if isinstance(child, NamedNode):
                yield child, one


def _closure(root: NamedNode, children: dict[Term, list[Term]]) -> tuple[NamedNode, ...]:
    found: dict[Term, None] = {root: None}
    todo: list[Term] = [root]
    while todo:
        for child in children.get(todo.pop(), ()):
            if child not in found:
                found[child] = None
                todo.append(child)
    return tuple(it for it in found if isinstance(it, NamedNode))
