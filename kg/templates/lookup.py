"""What a person typed becomes terms: an IRI, a prefixed name, or a label in zh, en or pinyin, or an alias."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from difflib import SequenceMatcher
from functools import cache
from typing import Literal as OneOf

from kg.engine import Engine, labels
from kg.errors import ParameterError
from kg.templates.template import Parameter, Template
from kg.templates.values import IRI_TYPES, as_iri, brief, from_text, sparql
from kg.terms import Literal, NamedNode, Term
from kg.vocab import PREFIXES, shorten

Language = OneOf["zh", "en"]

_HEAD = f"PREFIX rdfs: <{PREFIXES['rdfs']}>\nPREFIX skos: <{PREFIXES['skos']}>\n"
_NEAR = 5  # suggestions
_LISTED = 10  # of the things that share a name
_CUTOFF = 0.5  # how alike a suggestion should be, 0 to 1


def resolve(
    template: Template, given: Mapping[str, Sequence[str]], engine: Engine, lang: Language = "en"
) -> dict[str, tuple[Term, ...]]:
    """The terms to fill a template with, from texts by parameter name.

    A label counts when it is the same but for case, width, spaces and punctuation. One thing of that name is
    used; several are listed and refused, none suggests the nearest: both ParameterError. ``lang`` is that of
    the labels in messages.
    """
    return {
        name: tuple(_term(template.parameter(name), text, engine, lang) for text in texts)
        for name, texts in given.items()
    }


def _term(parameter: Parameter, text: str, engine: Engine, lang: Language) -> Term:
    """One term."""
    if parameter.type not in IRI_TYPES:
        try:
            return from_text(parameter.type, text)
        except ValueError as fault:
            raise ParameterError(f"{parameter.name}: {fault}") from fault
    named = as_iri(text)
    if named is not None:
        return _checked(parameter, named, engine)
    names = _names(parameter, engine)
    wanted = plain_name(text)
    hits = sorted({term for term, name in names if name == wanted}, key=lambda term: term.value) if wanted else []
    if len(hits) == 1:
        return hits[0]
    if hits:
        raise ParameterError(
            f"{parameter.name}: {brief(text)} is the name of {len(hits)}:\n" + _list(hits[:_LISTED], engine, lang),
            hint="give the IRI of one",
        )
    near = _nearest(wanted, names)
    raise ParameterError(
        f"{parameter.name}: no {_kind(parameter)} is called {brief(text)}"
        + (", nearest:\n" + _list(near, engine, lang) if near else ""),
        hint="give a whole name, or the IRI" if near else None,
    )


def _kind(parameter: Parameter) -> str:
    """What a parameter's values are, in a word or two."""
    if parameter.classes:
        return " or ".join(shorten(term) for term in parameter.classes)
    return "thing" if parameter.scheme is None else f"concept of {shorten(parameter.scheme)}"


def _list(terms: Iterable[NamedNode], engine: Engine, lang: Language) -> str:
    """Lines for a person: label and IRI."""
    terms = list(terms)
    known = labels(engine, terms, lang)
    return "\n".join(f"    {known.get(term, '')}  {shorten(term)}" for term in terms)


def _pattern(parameter: Parameter) -> str:
    """The graph pattern that ?term must fit."""
    if parameter.classes:
        # One end of the path is fixed: not every engine takes another.
        kinds = " UNION ".join(f"{{ ?kind rdfs:subClassOf* {sparql(term)} }}" for term in parameter.classes)
        return f"{kinds} ?term a ?kind ."
    if parameter.scheme is not None:
        return f"?term skos:inScheme {sparql(parameter.scheme)} ."
    return "?term a skos:Concept ." if parameter.type == "concept" else ""


def _checked(parameter: Parameter, term: NamedNode, engine: Engine) -> NamedNode:
    """The IRI itself, when the graph knows it as what the parameter takes."""
    one = f"VALUES ?term {{ {sparql(term)} }}"
    if not engine.ask(f"ASK {{ {one} {{ ?term ?p ?o }} UNION {{ ?s ?p ?term }} }}"):
        raise ParameterError(f"{parameter.name}: the graph knows nothing of {shorten(term)}")
    pattern = _pattern(parameter)
    if pattern and not engine.ask(f"{_HEAD}ASK {{ {one} {pattern} }}"):
        raise ParameterError(f"{parameter.name}: {shorten(term)} is no {_kind(parameter)}")
    return term


def _names(parameter: Parameter, engine: Engine) -> list[tuple[NamedNode, str]]:
    """All names, made plain, of all that the parameter takes: labels, aliases, pinyin, notations, the IRI's end."""
    pattern = _pattern(parameter)
    notation = "|skos:notation" if parameter.type == "concept" else ""
    named = f"?term skos:prefLabel|skos:altLabel|skos:hiddenLabel|rdfs:label{notation} ?label"
    # Passages have no label, only the end of their IRI; of things of any kind, those with a label will do.
    body = f"{pattern} OPTIONAL {{ {named} }}" if pattern else named
    query = f"{_HEAD}SELECT DISTINCT ?term ?label WHERE {{ {body} }}"
    found: dict[tuple[NamedNode, str], None] = {}
    for term, label in engine.select(query).rows:
        if isinstance(term, NamedNode):
            if isinstance(label, Literal):
                found[term, plain_name(label.value)] = None
            found[term, plain_name(term.value.replace("#", "/").rpartition("/")[2])] = None
    return list(found)


@cache
def plain_name(text: str) -> str:
    """A name without what people leave out or vary: case, width, spaces, punctuation."""
    folded = unicodedata.normalize("NFKC", text).casefold()
    return "".join(character for character in folded if unicodedata.category(character)[0] in "LNM")


def _nearest(wanted: str, names: Iterable[tuple[NamedNode, str]]) -> list[NamedNode]:
    """The things whose names are most like the wanted one, best first; one inside the other counts as like."""
    scores: dict[NamedNode, float] = {}
    matcher = SequenceMatcher(autojunk=False)
    matcher.set_seq2(wanted)
    for term, name in names:
        if not name or not wanted:
            continue
        matcher.set_seq1(name)
        score = matcher.ratio() if matcher.real_quick_ratio() >= _CUTOFF / 2 else 0.0
        if wanted in name or (len(name) > 1 and name in wanted):
            score += 1.0
        scores[term] = max(score, scores.get(term, 0.0))
    near = [term for term, score in scores.items() if score >= _CUTOFF]
    return sorted(near, key=lambda term: (-scores[term], term.value))[:_NEAR]
