"""How many nodes the shapes look at, whether any at all, and what the store leaves in doubt."""

from __future__ import annotations

from kg.engine import Engine
from kg.terms import Literal, NamedNode, Node
from kg.validation.compiled.aims import Below, target
from kg.validation.compiled.gaps import DOUBTS, Doubt
from kg.validation.compiled.hierarchy import below
from kg.validation.compiled.lexical import is_numeric, whole_number
from kg.validation.compiled.model import Aimed, Shape, Target
from kg.validation.compiled.plain import everything
from kg.validation.compiled.plan import Plan
from kg.validation.compiled.traits import traits
from kg.vocab import RDF, SH, XSD

_NO_NUMBERS = {SH.IRI, SH.BlankNode, SH.BlankNodeOrIRI}
_FORMS = {"pattern", "minLength", "maxLength"}
_TERMS = {"maxCount", "qualifiedMinCount", "qualifiedMaxCount", "equals"}  # which tell 1 from 01
_RANGES = {"minExclusive", "minInclusive", "maxExclusive", "maxInclusive"}


def focus_counts(engine: Engine, plan: Plan) -> dict[Node, int]:
    """Shape → the number of its focus nodes, for every shape that has a target and is not deactivated."""
    classes = below(engine, plan.classes)
    return {aimed.shape.node: _count(engine, aimed, classes) for aimed in plan.aimed}


def _count(engine: Engine, aimed: Aimed, classes: Below) -> int:
    patterns = [target(it, "?this", classes) for it in aimed.targets if it.kind != "targetNode"]
    nodes = [term for it in aimed.targets if it.kind == "targetNode" for term in it.terms]
    if not patterns:
        return len(set(nodes))
    union = patterns[0] if len(patterns) == 1 else " UNION ".join(f"{{ {it} }}" for it in patterns)
    ((counted,),) = engine.select(f"SELECT (COUNT(DISTINCT ?this) AS ?n) WHERE {{ {union} }}").rows
    number = int(counted.value) if counted is not None else 0
    if nodes:
        values = f"VALUES ?this {{ {' '.join(map(str, nodes))} }}"
        counted_too: set[object] = set()
        for pattern in patterns:
            counted_too.update(engine.select(f"SELECT DISTINCT ?this WHERE {{ {values} {pattern} }}").column("this"))
        number += len(set(nodes) - counted_too)
    return number


def reaches(engine: Engine, plan: Plan) -> bool:
    """Whether any shape has a focus node there at all: one small question after the other, until one says yes."""
    targets = [it for aimed in plan.aimed for it in aimed.targets]
    if any(it.kind == "targetNode" for it in targets):
        return True
    classes: Below = {}
    if any(engine.ask(f"ASK {{ {target(it, '?this', classes)} }}") for it in targets):
        return True
    classes = below(engine, [term for it in targets if it.kind == "targetClass" for term in it.terms])
    return any(_wider(it, classes) and engine.ask(f"ASK {{ {target(it, '?this', classes)} }}") for it in targets)


def _wider(aimed: Target, classes: Below) -> bool:
    return aimed.kind == "targetClass" and any(len(classes.get(term, ())) > 1 for term in aimed.terms)


def warnings(engine: Engine, plan: Plan) -> tuple[Doubt, ...]:
    """What this store cannot tell of these shapes, so that findings may be missing or too many; see gaps.DOUBTS."""
    store = traits(engine)
    found: list[str] = []
    shapes = list(dict.fromkeys(inner for aimed in plan.aimed for inner in everything(aimed.shape)))
    whole = any(
        whole_number(constraint.terms[0].value) is not None
        for shape in shapes
        for constraint in shape.constraints
        if constraint.name == "datatype"
    )
    typed = any(constraint.name == "datatype" for shape in shapes for constraint in shape.constraints)
    if store.whole_numbers_merge and (whole or any(map(_has_range, shapes))):
        found.append("whole-numbers")
    if any(_sees_forms(shape) for shape in shapes):
        found += ["number-forms"] * store.whole_numbers_merge + ["number-forms-virtuoso"] * store.plain_only
    if store.plain_only and typed:
        found.append("ill-formed-virtuoso")
    if store.plain_only and any(_compares_numbers(shape) for shape in shapes):
        found.append("number-types-virtuoso")
    if not store.labels_hold:
        found.append("blank-labels")
    return tuple(DOUBTS[name] for name in found)


def _compares_numbers(shape: Shape) -> bool:
    """It compares values with literals that are no texts."""
    terms = [term for it in shape.constraints if it.name in ("hasValue", "in") for term in it.terms]
    return any(isinstance(term, Literal) and term.datatype not in (XSD.string, RDF.langString) for term in terms)


def _has_range(shape: Shape) -> bool:
    """It bounds numbers: a value out of the range of its own datatype is out of any."""
    bounds = [it.terms[0] for it in shape.constraints if it.name in _RANGES]
    return any(isinstance(it, Literal) and is_numeric(it.datatype.value) for it in bounds)


def _sees_forms(shape: Shape) -> bool:
    """It looks at lexical forms, or tells terms of one value apart, and values may be numbers."""
    names = {constraint.name for constraint in shape.constraints}
    counts = any(it.name == "minCount" and it.number > 1 for it in shape.constraints)
    if not (names & _FORMS or names & _TERMS or counts or _compares_numbers(shape)):
        return False
    for constraint in shape.constraints:
        first = constraint.terms[0] if constraint.terms else None
        if constraint.name == "class" or (constraint.name == "nodeKind" and first in _NO_NUMBERS):
            return False
        if constraint.name == "datatype" and isinstance(first, NamedNode):
            return first.value.rpartition("#")[2] not in ("string", "langString")
    return not names & {"languageIn"}
