"""The shapes of claims say what the ontology says: required slots, single slots, closed lists, schemes."""

from __future__ import annotations

import re
from functools import cache

import pytest

from kg.terms import Literal, NamedNode, Term
from kg.validation import Graph, own, read
from kg.validation.focus import subclasses
from kg.vocab import OWL, RDF, RDFS, SH, SKOS, ZKG, shorten

# Derived, never asserted, so that no claim in a file may have them.
DERIVED = {ZKG.involves, ZKG.hasParticipant, ZKG.precedes}


@cache
def shapes() -> Graph:
    return read(own.shape_files("structural"))


def ancestors(term: Term) -> set[Term]:
    """The class and every class above it."""
    found, todo = {term}, [term]
    while todo:
        more = {c for c in own.ontology().objects(todo.pop(), RDFS.subClassOf) if isinstance(c, NamedNode)} - found
        found |= more
        todo += more
    return found


def closed_claim_shapes() -> dict[Term, Term]:
    """Class of claims → its closed shape."""
    claims = subclasses(own.ontology(), ZKG.Claim)
    closed = [t.subject for t in shapes().having(SH["closed"])]
    return {c: shape for shape in closed for c in shapes().objects(shape, SH.targetClass) if c in claims}


CLASSES = sorted(closed_claim_shapes(), key=str)


def counts(shape: Term, parameter: NamedNode) -> set[Term]:
    """The paths of the shape's property shapes that have the parameter."""
    found = set()
    for inner in shapes().objects(shape, SH.property):
        if shapes().objects(inner, parameter):
            found.update(shapes().objects(inner, SH.path))
    return found


def test_every_class_of_claims_has_a_closed_shape() -> None:
    covered = set().union(*(subclasses(own.ontology(), c) for c in CLASSES))
    gathering = {ZKG.Claim, ZKG.QuantifiedClaim}
    assert subclasses(own.ontology(), ZKG.Claim) - covered - gathering == set()


@pytest.mark.parametrize("of", CLASSES, ids=[shorten(c) for c in CLASSES if isinstance(c, NamedNode)])
def test_a_claim_may_have_the_slots_that_the_ontology_gives_its_class(of: Term) -> None:
    shape = closed_claim_shapes()[of]
    allowed = {path for inner in shapes().objects(shape, SH.property) for path in shapes().objects(inner, SH.path)}
    (ignored,) = shapes().objects(shape, SH.ignoredProperties)
    allowed |= set(shapes().items(ignored) or ())
    given = {t.subject for t in own.ontology().having(RDFS.domain) if t.object in ancestors(of)} - DERIVED
    assert {p for p in allowed if p in ZKG} == given | {ZKG.leavesOpen}


@pytest.mark.parametrize("of", CLASSES, ids=[shorten(c) for c in CLASSES if isinstance(c, NamedNode)])
def test_what_the_ontology_requires_has_a_least_count(of: Term) -> None:
    required = {p for c in ancestors(of) for p in own.ontology().objects(c, ZKG.requires)}
    assert required - counts(closed_claim_shapes()[of], SH.minCount) == set()


@pytest.mark.parametrize("of", CLASSES, ids=[shorten(c) for c in CLASSES if isinstance(c, NamedNode)])
def test_a_functional_slot_has_one_value_at_most(of: Term) -> None:
    functional = set(own.ontology().subjects(RDF.type, OWL.FunctionalProperty))
    own_slots = {t.subject for t in own.ontology().having(RDFS.domain) if t.object in ancestors(of)}
    common = counts(next(iter(shapes().subjects(SH.targetClass, ZKG.Claim))), SH.maxCount)
    common |= {p for t in shapes().subjects(SH.targetClass, ZKG.Claim) for p in counts(t, SH.maxCount)}
    single = counts(closed_claim_shapes()[of], SH.maxCount) | common
    assert (functional & own_slots) - single == set()


def test_concepts_come_from_the_schemes_that_the_ontology_names() -> None:
    wrong = []
    for triple in shapes().having(SH.pattern):
        if not isinstance(triple.object, Literal) or "/vocab/" not in triple.object.value:
            continue
        for slot in shapes().objects(triple.subject, SH.path):
            named = {scheme.value for scheme in own.ontology().objects(slot, ZKG.fromScheme)}
            schemes = own.ontology().subjects(RDF.type, SKOS.ConceptScheme)
            let_in = {s.value for s in schemes if re.match(triple.object.value, f"{s.value}/x")}
            if named != let_in:
                wrong.append((str(triple.subject), sorted(named ^ let_in)))
    assert wrong == []
