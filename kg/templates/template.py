"""A query with its description: what it asks, which terms it takes, what it gives."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

from kg.errors import ParameterError
from kg.templates.body import Slot
from kg.templates.values import brief, misfit, sparql
from kg.terms import BlankNode, Literal, NamedNode, Term


@dataclass(frozen=True, slots=True)
class Parameter:
    """What may be asked for: a type, and for IRIs the classes or the vocabulary (scheme) they come from."""

    name: str
    type: str
    label: Mapping[str, str]
    classes: tuple[NamedNode, ...] = ()
    scheme: NamedNode | None = None
    optional: bool = False
    many: bool = False
    default: tuple[Term, ...] = ()

    @property
    def required(self) -> bool:
        """Whether a call must give it."""
        return not self.optional and not self.default


@dataclass(frozen=True, slots=True)
class Template:
    """One query file. ``text`` runs as it stands; ``fill`` gives the text with other terms in its blocks."""

    name: str
    path: Path
    summary: Mapping[str, str]
    parameters: tuple[Parameter, ...]
    returns: tuple[str, ...]  # the columns of a SELECT; empty for a CONSTRUCT
    constructs: str | None  # network, description, rule or report; None for a SELECT
    tags: tuple[str, ...]
    after: tuple[str, ...]  # for a rule: the rules whose triples it builds on
    empty: Mapping[str, str] | None  # why it gives nothing on the shipped data, where that is so
    text: str
    slots: tuple[Slot, ...]

    def parameter(self, name: str) -> Parameter:
        """The parameter of that name; ParameterError, listing all, when there is none."""
        for parameter in self.parameters:
            if parameter.name == name:
                return parameter
        known = ", ".join(parameter.name for parameter in self.parameters)
        raise ParameterError(
            f"{self.name} has no parameter {name!r}",
            hint=f"it has: {known}" if known else "it takes no parameters",
        )

    def fill(self, /, **values: Term | Iterable[Term] | None) -> str:
        """The query with these terms in its VALUES blocks; what is left out keeps its default, or its blocks go.

        A block of UNDEF changes no answer, since every solution joins it unchanged; but Virtuoso gets joins with it
        wrong, so that none is sent to an engine.
        A parameter declared ``many`` takes several terms. ParameterError for an unknown or missing parameter, a
        term of another type, several terms where one is meant, or an empty list.
        """
        for name in values:
            self.parameter(name)
        written = {p.name: self._written(p, values.get(p.name)) for p in self.parameters}
        parts = []
        at = 0
        for slot in self.slots:
            terms = written[slot.parameter]
            if terms is None:
                parts.append(self.text[at : slot.block])
                at = slot.end + 1  # the closing brace goes too
            else:
                parts += [self.text[at : slot.start], f" {terms} "]
                at = slot.end
        parts.append(self.text[at:])
        return "".join(parts)

    def _written(self, parameter: Parameter, value: Term | Iterable[Term] | None) -> str | None:
        """What goes between the braces for one parameter; None where its blocks go."""
        if value is None:
            if parameter.default:
                return " ".join(map(sparql, parameter.default))
            if parameter.optional:
                return None
            raise ParameterError(f"{self.name} needs a value for {parameter.name}")
        if isinstance(value, str):  # type: ignore[unreachable]  # whoever has no type checker
            raise ParameterError(
                f"{parameter.name}: a term is expected, not the text {brief(value)}",
                hint="kg.iri(…) or kg.literal(…); labels are resolved by kg.templates.resolve",
            )
        terms = (value,) if isinstance(value, NamedNode | BlankNode | Literal) else tuple(value)
        if not terms:
            raise ParameterError(f"{parameter.name}: the list is empty", hint="leave the parameter out instead")
        if len(terms) > 1 and not parameter.many:
            raise ParameterError(f"{parameter.name} takes one value, not {len(terms)}")
        for term in terms:
            reason = misfit(parameter.type, term)
            if reason is not None:
                raise ParameterError(f"{parameter.name}: {reason}")
        try:
            return " ".join(map(sparql, terms))
        except ValueError as fault:
            raise ParameterError(f"{parameter.name}: {fault}") from fault
