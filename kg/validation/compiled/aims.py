"""From targets to focus nodes as patterns: where a shape looks, and by which steps it came there."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import product

from kg.terms import NamedNode, Term
from kg.validation.compiled.model import Shape, Target
from kg.validation.compiled.steps import chain, split, whole_or_cases
from kg.validation.paths import Path
from kg.vocab import RDF

Below = Mapping[Term, tuple[NamedNode, ...]]


@dataclass(frozen=True, slots=True)
class Aim:
    """The nodes of a target, and then the values of ``paths`` one by one (sh:property inside sh:property).

    ``through``: the shapes that led here. ``split``: paths are written one step at a time, for a store that takes
    longer ones wrongly.
    """

    target: Target
    paths: tuple[Path, ...] = ()
    through: tuple[Shape, ...] = ()
    split: bool = False

    def inside(self, shape: Shape) -> Aim:
        """One step further: what the property shapes inside a shape look at."""
        paths = self.paths if shape.path is None else (*self.paths, shape.path)
        return replace(self, paths=paths, through=(*self.through, shape))

    @property
    def names(self) -> tuple[str, ...]:
        """The variables from the target's own nodes to the focus nodes.

        SHACL looks at a node once for each way that leads to it, so that a row of these is one look.
        """
        between = (f"?f{number}" for number in range(1, len(self.paths)))
        return (self.root, *between, "?this") if self.paths else ("?this",)

    @property
    def root(self) -> str:
        """The variable of the target's own nodes."""
        return "?f0" if self.paths else "?this"

    def patterns(
        self, below: Below, value: Path | None = None, among: Sequence[Term] | None = None, blank: bool = False
    ) -> list[str]:
        """The patterns that bind ?this, and ?value along ``value`` where it is given: their union is meant.

        ``among``: nodes of the target that are looked at, instead of all of them. ``blank``: blank nodes only.
        """
        cases_of = split if self.split else whole_or_cases
        if among is not None:
            start = f"VALUES {self.root} {{ {' '.join(map(str, among))} }}"
        else:
            start = target(self.target, self.root, below)
            if blank:
                start += f" FILTER(isBlank({self.root}))"
        names = [*self.names]
        paths = list(self.paths)
        if value is not None:
            names.append("?value")
            paths.append(value)
        found = []
        for cases in product(*map(cases_of, paths)):
            pieces = [
                f"BIND({at} AS {to})" if not case else chain(at, case, to)
                for at, case, to in zip(names, cases, names[1:], strict=False)
            ]
            found.append(" ".join([start, *pieces]))
        return found

    def pattern(self, below: Below) -> str:
        """The pattern that binds ?this to every focus node."""
        return united(self.patterns(below))


def united(patterns: Sequence[str]) -> str:
    """The union of patterns as one."""
    return patterns[0] if len(patterns) == 1 else " UNION ".join(f"{{ {it} }}" for it in patterns)


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
