"""The ontology: complete in its labels, within OWL 2 DL, consistent with the data, and what it entails is derived.

HermiT (with owlready2, which needs Java) judges consistency; OWL 2 RL (owlrl) says what the rules must derive.
"""

from __future__ import annotations

import io
import re
import shutil
from collections.abc import Iterable
from functools import cache
from pathlib import Path

import pytest

from kg import resources
from kg.build import Graphs, assemble
from kg.build.projection import project
from kg.build.rules import derive
from kg.build.turtle import read_turtle
from kg.templates import catalogue
from kg.templates.body import terms_in
from kg.terms import BlankNode, Literal, NamedNode, Triple
from kg.vocab import OWL, PREFIXES, RDF, RDFS, SKOS, ZKG, misspelt

CASES = Path(__file__).parent / "cases" / "ontology"
INCONSISTENT = sorted(CASES.glob("inconsistent.*.ttl"))
CORE = NamedNode("https://w3id.org/zonekg/ontology")
OURS = PREFIXES["zkg"]

KINDS = {OWL["Class"], OWL["ObjectProperty"], OWL["DatatypeProperty"], OWL["AnnotationProperty"]}
# The rules that materialise what OWL entails. The others (paths, steps, sums, order) make what OWL cannot say.
ENTAILED = ("types", "involves", "participants", "places", "parts", "affiliations", "reaches", "inverses")
# What those rules derive, and nobody asserts.
SHORTCUTS = {
    ZKG[name]
    for name in (
        "involves", "involvedIn", "supports", "hasParticipant", "participatesIn", "locatedIn", "hosts", "within",
        "partOf", "hasPart", "affiliatedWith", "reaches", "reachedBy",
    )
}  # fmt: skip


def triples(path: Path) -> list[Triple]:
    return [quad.triple for quad in read_turtle(path.read_bytes(), path=path)]


@cache
def ontology() -> tuple[Triple, ...]:
    return tuple(triples(resources.root("ontology") / "core.ttl"))


@cache
def vocabularies() -> tuple[Triple, ...]:
    return tuple(triples(resources.root("ontology") / "vocabularies.ttl"))


@cache
def index() -> dict[tuple[object, NamedNode], list[object]]:
    found: dict[tuple[object, NamedNode], list[object]] = {}
    for triple in (*ontology(), *vocabularies()):
        found.setdefault((triple.subject, triple.predicate), []).append(triple.object)
    return found


def objects(subject: object, predicate: NamedNode) -> list[object]:
    return index().get((subject, predicate), [])


@cache
def declared(*kinds: NamedNode) -> list[NamedNode]:
    found = {t.subject for t in ontology() if t.predicate == RDF["type"] and t.object in kinds}
    return sorted((s for s in found if isinstance(s, NamedNode) and s.value.startswith(OURS)), key=str)


@cache
def concept_slots() -> frozenset[NamedNode]:
    return frozenset(p for p in declared(OWL["ObjectProperty"]) if SKOS["Concept"] in objects(p, RDFS["range"]))


def members(head: object) -> list[object]:
    found = []
    while head != RDF["nil"]:
        found += objects(head, RDF["first"])
        (head,) = objects(head, RDF["rest"])
    return found


# ---- Labels, definitions, names


def test_every_term_has_a_label_and_a_definition_in_both_languages_and_says_who_defines_it() -> None:
    lacking = []
    for term in declared(*KINDS):
        for predicate in (RDFS["label"], SKOS["definition"]):
            languages = [v.language for v in objects(term, predicate) if isinstance(v, Literal) and v.value.strip()]
            if sorted(map(str, languages)) != ["en", "zh"]:
                lacking.append(f"{term} {predicate}")
        if objects(term, RDFS["isDefinedBy"]) != [CORE]:
            lacking.append(f"{term} rdfs:isDefinedBy")
    assert lacking == []


def test_every_concept_has_labels_a_definition_a_notation_and_one_scheme() -> None:
    lacking = []
    for concept in sorted({t.subject for t in vocabularies() if t.object == SKOS["Concept"]}, key=str):
        for predicate in (SKOS["prefLabel"], SKOS["definition"]):
            languages = [value.language for value in objects(concept, predicate) if isinstance(value, Literal)]
            if sorted(map(str, languages)) != ["en", "zh"]:
                lacking.append(f"{concept} {predicate}")
        scheme, notation = objects(concept, SKOS["inScheme"]), objects(concept, SKOS["notation"])
        if str(concept) != f"<{scheme[0].value}/{notation[0].value}>" or len(scheme) != 1:  # type: ignore[attr-defined]
            lacking.append(f"{concept}: its IRI is not its scheme's with its notation")
    assert lacking == []


def test_the_header_says_what_a_registry_asks_for() -> None:
    said = {t.predicate.value for t in ontology() if t.subject == CORE}
    dcterms, vann = PREFIXES["dcterms"], PREFIXES["vann"]
    asked = {dcterms + name for name in ("title", "description", "creator", "license", "created", "modified")}
    asked |= {vann + "preferredNamespacePrefix", vann + "preferredNamespaceUri"}
    assert asked | {OWL["versionIRI"].value, OWL["versionInfo"].value} <= said


def test_a_property_takes_its_values_from_a_scheme_that_exists() -> None:
    schemes = {t.subject for t in vocabularies() if t.object == SKOS["ConceptScheme"]}
    from_scheme = {(t.subject, t.object) for t in ontology() if t.predicate == ZKG["fromScheme"]}
    assert {str(scheme) for _, scheme in from_scheme} <= {str(scheme) for scheme in schemes}
    assert {str(slot) for slot in concept_slots()} == {str(slot) for slot, _ in from_scheme}


def test_every_slot_for_an_entity_is_a_subproperty_of_involves() -> None:
    classes = {str(c) for c in _with_subclasses(ZKG["Entity"])}
    claims = {str(c) for c in _with_subclasses(ZKG["Claim"])}
    slots = [
        p
        for p in declared(OWL["ObjectProperty"])
        if p not in SHORTCUTS
        and any(str(value) in classes for value in objects(p, RDFS["range"]))
        and any(str(value) in claims for value in objects(p, RDFS["domain"]))
    ]
    assert [p for p in slots if ZKG["involves"] not in objects(p, RDFS["subPropertyOf"])] == []
    assert len(slots) > 40


def test_no_file_uses_a_term_that_is_not_declared() -> None:
    wrong = []
    for kind in ("ontology", "shapes", "data"):
        for path in sorted(resources.root(kind).rglob("*.ttl")):
            iris: set[str] = set()
            for triple in triples(path):
                for term in (triple.subject, triple.predicate, triple.object):
                    if isinstance(term, NamedNode):
                        iris.add(term.value)
                    elif isinstance(term, Literal):
                        iris |= _names_in(term.value)
            wrong += [f"{path.name}: {iri}" for iri in misspelt(sorted(iris))]
    for path in sorted(resources.root("queries").rglob("*.rq")):
        wrong += [f"{path.name}: {iri}" for iri in misspelt(terms_in(path.read_text(encoding="utf-8")))]
    assert wrong == []


def _names_in(text: str) -> set[str]:
    """Our terms in a text: the SPARQL of a shape, a note."""
    return {PREFIXES[prefix] + name for prefix, name in re.findall(r"\b(zkg|zks):([A-Za-z][\w-]*)", text)}


# ---- OWL 2 DL


def test_every_property_is_of_one_kind() -> None:
    kinds = (OWL["ObjectProperty"], OWL["DatatypeProperty"], OWL["AnnotationProperty"])
    for term in declared(*kinds):
        assert len([kind for kind in kinds if kind in objects(term, RDF["type"])]) == 1, term
        assert OWL["Class"] not in objects(term, RDF["type"]), term


def test_datatypes_are_those_that_a_reasoner_knows() -> None:
    known = {PREFIXES["xsd"] + name for name in ("string", "integer", "decimal", "boolean", "dateTime")}
    ranges = {str(v) for p in declared(OWL["DatatypeProperty"]) for v in objects(p, RDFS["range"])}
    assert ranges <= {f"<{iri}>" for iri in (*known, PREFIXES["rdf"] + "langString")}


def test_only_simple_properties_are_functional() -> None:
    composite = {t.subject for t in ontology() if t.predicate == OWL["propertyChainAxiom"]}
    composite |= {t.subject for t in ontology() if t.object == OWL["TransitiveProperty"]}
    above = [(t.subject, t.object) for t in ontology() if t.predicate == RDFS["subPropertyOf"]]
    inverse = [(t.subject, t.object) for t in ontology() if t.predicate == OWL["inverseOf"]]
    while True:
        more = {upper for lower, upper in above if lower in composite}
        more |= {b for a, b in inverse if a in composite and isinstance(a, NamedNode)}
        more |= {a for a, b in inverse if b in composite and isinstance(a, NamedNode)}
        if more <= composite:
            break
        composite |= more
    asking = ("FunctionalProperty", "InverseFunctionalProperty", "IrreflexiveProperty", "AsymmetricProperty")
    restricted = {t.subject for t in ontology() if t.object in {OWL[name] for name in asking}}
    assert composite & restricted == set()
    assert ZKG["locatedIn"] in composite


def test_property_chains_are_regular() -> None:
    inverse = {t.subject: t.object for t in ontology() if t.predicate == OWL["inverseOf"]}
    below: dict[object, set[object]] = {}
    for triple in ontology():
        if triple.predicate == OWL["propertyChainAxiom"]:
            for link in members(triple.object):
                below.setdefault(triple.subject, set()).add(inverse.get(link, link))
        elif triple.predicate == RDFS["subPropertyOf"]:
            below.setdefault(triple.object, set()).add(triple.subject)

    def descend(term: object, above: tuple[object, ...]) -> None:
        assert term not in above, f"{term} stands beneath itself"
        for lower in below.get(term, ()):
            descend(lower, (*above, term))

    for term in list(below):
        descend(term, ())


def test_the_data_give_each_property_the_kind_of_value_that_it_takes(shipped: Graphs) -> None:
    for_literals = set(declared(OWL["DatatypeProperty"]))
    for_nodes = set(declared(OWL["ObjectProperty"]))
    wrong = [
        f"{name}: {t}"
        for name in shipped.names()
        for t in shipped.triples(name)
        if t.predicate in (for_nodes if isinstance(t.object, Literal) else for_literals)
    ]
    assert wrong == []


# ---- Consistency, by HermiT

needs_java = pytest.mark.skipif(shutil.which("java") is None, reason="no Java runtime (for the reasoner HermiT)")


def reason(statements: Iterable[Triple]) -> list[str] | None:
    """The unsatisfiable classes; None when everything contradicts itself."""
    import owlready2

    world = owlready2.World()
    world.get_ontology("https://w3id.org/zonekg/projection#").load(fileobj=io.BytesIO(project(statements)))
    try:
        owlready2.sync_reasoner_hermit(world, debug=0)
    except owlready2.OwlReadyInconsistentOntologyError:
        return None
    return sorted(str(entity.iri) for entity in world.inconsistent_classes())


@pytest.fixture(scope="session")
def shipped() -> Graphs:
    return assemble(resources.inputs())


@pytest.mark.java
@needs_java
def test_the_ontology_is_consistent_with_one_of_everything() -> None:
    assert reason([*ontology(), *vocabularies(), *triples(CASES / "complete.ttl"), *one_of_everything()]) == []


@pytest.mark.java
@pytest.mark.slow
@needs_java
def test_the_ontology_is_consistent_with_all_that_is_shipped(shipped: Graphs) -> None:
    # Three speak of other vocabularies; the others hold what the reasoner concludes itself, as a test below proves.
    left_out = {
        "alignments",
        "description",
        ".well-known/sparql-examples",
        "derived/pinyin",
        *(f"derived/{name}" for name in ENTAILED),
    }
    statements = [t for name in shipped.names() if name not in left_out for t in shipped.triples(name)]
    assert reason(statements) == []


@pytest.mark.java
@needs_java
@pytest.mark.parametrize("case", INCONSISTENT, ids=lambda path: path.stem.partition(".")[2])
def test_a_contradiction_is_found(case: Path) -> None:
    assert reason([*ontology(), *vocabularies(), *triples(case)]) is None


def test_there_are_contradictions_to_find() -> None:
    assert len(INCONSISTENT) >= 12


def test_the_projection_keeps_from_the_reasoner_what_it_cannot_read() -> None:
    date = Literal("2031-05-01", datatype=NamedNode(PREFIXES["xsd"] + "date"))
    text = project([Triple(ZKG["Claim"], ZKG["date"], date), Triple(CORE, RDF["type"], OWL["Ontology"])]).decode()
    assert text == f'{ZKG["Claim"]} {ZKG["date"]} "2031-05-01" .\n'


# ---- What OWL 2 RL entails is what the rules derive


def one_of_everything() -> list[Triple]:
    """An individual of every class, and a statement of every slot from one of its domain to one of its range."""
    base = "https://w3id.org/zonekg/id/thing/one-"

    def one(cls: object) -> NamedNode:
        return NamedNode(base + str(cls)[1:-1].rpartition("#")[2])

    concepts = [t.subject for t in vocabularies() if t.predicate == SKOS["inScheme"]]
    found = [Triple(one(cls), RDF["type"], cls) for cls in declared(OWL["Class"])]
    for slot in declared(OWL["ObjectProperty"], OWL["DatatypeProperty"]):
        if slot in SHORTCUTS:
            continue
        for domain in objects(slot, RDFS["domain"]):
            for kind in objects(slot, RDFS["range"]):
                value: NamedNode | Literal = one(kind)
                if kind == SKOS["Concept"]:
                    schemes = objects(slot, ZKG["fromScheme"])
                    value = min((c for c in concepts if objects(c, SKOS["inScheme"])[0] in schemes), key=str)
                elif OWL["DatatypeProperty"] in objects(slot, RDF["type"]):
                    value = Literal("1", datatype=kind) if kind != RDF["langString"] else Literal("1", language="en")
                found.append(Triple(one(domain), slot, value))
    return found


def entailments(statements: Iterable[Triple]) -> set[tuple[str, str, str]]:
    """What OWL 2 RL makes of the statements and the ontology, in our own terms (see ``ours``)."""
    import owlrl
    import rdflib

    graph = rdflib.Graph()
    # A literal or a concept tells the class of its subject and nothing else; it is left out where that is said
    # anyway, which halves the time. One node stands for all literals.
    stand_in = rdflib.URIRef("urn:literal")
    statements = list(statements)
    types = {(t.subject, t.object) for t in statements if t.predicate == RDF["type"]}
    annotations = {RDFS["label"], RDFS["isDefinedBy"], *(ZKG[name] for name in ("requires", "asks", "fromScheme"))}

    def node(term: object) -> rdflib.term.Node:
        if isinstance(term, NamedNode):
            return rdflib.URIRef(term.value)
        return rdflib.BNode(term.value) if isinstance(term, BlankNode) else stand_in

    for triple in (*ontology(), *statements):
        if triple.predicate in annotations or triple.predicate.value.startswith(PREFIXES["skos"]):
            continue
        tells_only_the_class = isinstance(triple.object, Literal) or triple.predicate in concept_slots()
        if tells_only_the_class and all(
            (triple.subject, d) in types for d in objects(triple.predicate, RDFS["domain"])
        ):
            continue
        graph.add((node(triple.subject), node(triple.predicate), node(triple.object)))
    owlrl.DeductiveClosure(owlrl.OWLRL_Semantics, axiomatic_triples=False, datatype_axioms=False).expand(graph)
    return ours((str(s), str(p), str(o)) for s, p, o in graph if not isinstance(s, rdflib.BNode))


def ours(statements: Iterable[tuple[str, str, str]]) -> set[tuple[str, str, str]]:
    """Statements about individuals: of one of our classes, or by a property of ours between two of them.

    A slot for a concept is not compared: nothing follows from it, and what OWL puts there (that an observation is
    actual) the shapes ask every figure to say.
    """
    with_nodes = {p.value for p in declared(OWL["ObjectProperty"]) if p not in concept_slots()}
    return {
        (s, p, o)
        for s, p, o in statements
        if not s.startswith(OURS) and (p in with_nodes or (p == RDF["type"].value and o.startswith(OURS)))
    }


def compared(graphs: Graphs) -> tuple[set[tuple[str, str, str]], set[tuple[str, str, str]]]:
    """What OWL 2 RL entails from all but the entailed graphs, and what is asserted or derived."""
    left_out = {"ontology", "vocabularies", "alignments", "description"}
    names = [name for name in graphs.names() if name not in left_out]
    given = [t for name in names if name.removeprefix("derived/") not in ENTAILED for t in graphs.triples(name)]
    built = ((t.subject.value, t.predicate.value, t.object.value) for name in names for t in graphs.triples(name))
    return entailments(given), ours(built)


@pytest.fixture(scope="session")
def complete() -> Graphs:
    graphs = Graphs()
    graphs.add("ontology", ontology(), file="core.ttl")
    graphs.add("vocabularies", vocabularies(), file="vocabularies.ttl")
    graphs.add("claims", [*triples(CASES / "complete.ttl"), *one_of_everything()], file="complete.ttl")
    derive(graphs, catalogue(resources.root("queries") / "rules").values())
    return graphs


@pytest.mark.parametrize("source", ["complete", "shipped"])
def test_what_owl_entails_is_what_the_rules_derive(source: str, request: pytest.FixtureRequest) -> None:
    entailed, built = compared(request.getfixturevalue(source))
    assert sorted(entailed - built) == [], "entailed, but no rule derives it"
    assert sorted(built - entailed) == [], "derived or asserted, but not entailed"
    assert len(entailed) > 100


def test_the_complete_case_gives_every_rule_work_and_uses_every_property(complete: Graphs) -> None:
    assert [name for name in ENTAILED if not complete.triples(f"derived/{name}")] == []
    names = [name for name in complete.names() if name.startswith(("claims", "derived"))]
    used = {t.predicate for name in names for t in complete.triples(name)}
    unused = [p for p in declared(OWL["ObjectProperty"]) if p not in used and objects(p, RDFS["range"])]
    # An edge's kind, a slot left open and the like have no range that could be filled blindly.
    assert [p for p in unused if objects(p, RDFS["domain"])] == []


def _with_subclasses(top: NamedNode) -> set[object]:
    found: set[object] = {top}
    while True:
        more = {t.subject for t in ontology() if t.predicate == RDFS["subClassOf"] and t.object in found} - found
        if not more:
            return found
        found |= more
