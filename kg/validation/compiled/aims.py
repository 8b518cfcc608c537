"""From targets to focus nodes as patterns: where a shape looks, and by which steps it came there."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from kg.terms import NamedNode, Term
from kg.validation.compiled.conditions import step
from kg.validation.compiled.model import Target
from kg.validation.paths import Path
from kg.vocab import RDF

Below = Mapping[Term, tuple[NamedNode, ...]]


@dataclass(frozen=True, slots=True)
class Aim:
    """The nodes of a target, and then the values of ``paths``, one after the other (sh:property inside sh:property)."""

    target: Target
    paths: tuple[Path, ...] = ()

    def along(self, path: Path | None) -> Aim:
        """One step further."""
        return self if path is None else replace(self, paths=(*self.paths, path))

    @property
    def root(self) -> str:
        """The variable of the target's own nodes."""
        return "?f0" if self.paths else "?this"

    def pattern(self, below: Below, among: Sequence[Term] | None = None, blank: bool = False) -> str:
        """The pattern that binds ?this.

        ``among``: nodes of the target that are looked at, instead of all of them. ``blank``: blank nodes only.
        """
        if among is not None:
            start = f"VALUES {self.root} {{ {' '.join(map(str, among))} }}"
        else:
            start = target(self.target, self.root, below)
            if blank:
                start += f" FILTER(isBlank({self.root}))"
        steps = []
        at = self.root
        for number, path in enumerate(self.paths, 1):
            next_ = "?this" if number == len(self.paths) else f"?f{number}"
            steps.append(step(at, path, next_))
            at = next_
        return " ".join([start, *steps])


def target(aimed: Target, node: str, below: Below, own: str = "?f") -> str:
    """The pattern of a target's nodes; ``own``: the beginning of the names of variables that it may take."""
    match aimed.kind:
        case "targetClass":
            classes = list(dict.fromkeys(it for root in aimed.terms for it in (root, *below.get(root, ()))))
            if len(classes) == 1:
                return f"{node} {RDF.type} {classes[0]} ."
            return f"VALUES {own}class {{ {' '.join(map(str, classes))} }} {node} {RDF.type} {own}class ."
        case "targetSubjectsOf":
            return f"{node} {aimed.terms[0]} {own}any ."
        case "targetObjectsOf":
            return f"{own}any {aimed.terms[0]} {node} ."
    return f"VALUES {node} {{ {' '.join(map(str, aimed.terms))} }}"


def distinct(aimed: Target, node: str, below: Below, own: str = "?f") -> str:
    """The same, each node once."""
    pattern = target(aimed, node, below, own)
    plain = aimed.kind == "targetNode" or pattern.startswith(f"{node} {RDF.type}")
    return pattern if plain else f"{{ SELECT DISTINCT {node} WHERE {{ {pattern} }} }}"
