"""Where the triples of findings stand, and the labels of nodes."""

from __future__ import annotations

import pathlib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from kg.errors import Place
from kg.terms import BlankNode, Literal, NamedNode, Term
from kg.validation.paths import Path
from kg.validation.places.blanks import Written
from kg.validation.places.documents import Document, open_document
from kg.validation.places.walk import Hit, Triples
from kg.vocab import RDFS, SKOS

_ROUNDS = 12  # looks through whole files: a path needs one for each step that it takes against triples
LABELS = (RDFS.label, SKOS.prefLabel)


@dataclass(frozen=True, slots=True)
class Wanted:
    """What to find: the triple of focus, path and value; less of it where less is given or there."""

    focus: Term
    path: Path | None = None
    value: Term | None = None


@dataclass(frozen=True, slots=True)
class Located:
    """A place and, in a file of named graphs, the graph; for what a rule derived, ``inputs`` are what from."""

    place: Place
    graph: NamedNode | None = None
    inputs: tuple[NamedNode, ...] = ()


@dataclass(frozen=True)
class Found:
    """What was found: places, as far as there are any, and the labels of those nodes that have some."""

    places: dict[Wanted, Located]
    labels: dict[Term, tuple[Literal, ...]]


def find(
    files: Sequence[pathlib.Path],
    wanted: Iterable[Wanted],
    *,
    label_predicates: Sequence[NamedNode] = LABELS,
    named: Iterable[Term] = (),
    blank: Mapping[BlankNode, Written] | None = None,
) -> Found:
    """Find places in files, and the labels of focus nodes and of ``named``.

    The place is that of the value in the triple that says it; where there is none, of the first predicate that the
    path takes at the focus node; where there is none either, of the focus node: where it first is a subject, else
    where it first is an object. A better match in a later file wins. Values are compared as they are written.
    ``blank`` says what blank nodes are in the files (see ``blank_nodes``); one that it does not know is taken for
    the first of its label. Never raises for what is in a file: one that is not of its syntax gives those statements
    that can be told from the rest.
    """
    wishes = list(dict.fromkeys(wanted))
    nodes = list(dict.fromkeys([*(wish.focus for wish in wishes), *named]))
    if not nodes:
        return Found({}, {})
    opened = [open_document(file) for file in dict.fromkeys(files)]
    return search(
        [document for document in opened if document is not None], wishes, nodes, label_predicates, blank or {}
    )


def search(
    documents: Sequence[Document],
    wishes: Sequence[Wanted],
    nodes: Iterable[Term],
    label_predicates: Iterable[NamedNode],
    blank: Mapping[BlankNode, Written],
) -> Found:
    """The same in opened files; labels are looked for at ``nodes``."""
    data = Triples(documents)
    own = _Own(documents, blank)
    best: dict[Wanted, Hit] = {}
    left = wishes
    for _ in range(_ROUNDS):
        again: list[Wanted] = []
        for wish in left:
            data.complete = True
            hit = data.hit(own(wish.focus), wish.path, None if wish.value is None else own(wish.value))
            if hit is not None:
                best[wish] = hit
            if not data.complete:
                again.append(wish)
        if not again:
            break
        data.load()
        left = again
    predicates = set(label_predicates)
    labels = {
        node: tuple(
            dict.fromkeys(
                triple.object
                for _, triple in data.about(own(node))
                if triple.predicate in predicates and isinstance(triple.object, Literal)
            )
        )
        for node in nodes
    }
    return Found(
        {wish: _located(documents, best[wish]) for wish in wishes if wish in best},
        {node: texts for node, texts in labels.items() if texts},
    )


def _located(documents: Sequence[Document], hit: Hit) -> Located:
    return Located(documents[hit.document].place(hit.at), hit.graph)


class _Own:
    """Turns the terms of a report into those of the opened files."""

    def __init__(self, documents: Sequence[Document], blank: Mapping[BlankNode, Written]) -> None:
        self._documents = documents
        self._blank = blank

    def __call__(self, term: Term) -> Term:
        """The term as the files' triples have it."""
        if isinstance(term, Literal) and term.language is not None:
            return Literal(term.value, language=term.language.lower(), direction=term.direction)
        if not isinstance(term, BlankNode):
            return term
        written = self._blank.get(term)
        for document in self._documents:
            if written is None and document.has_label(term.value):
                return document.blank(f"l{term.value}")
            if written is not None and document.file == written.place.file:
                return document.blank(written.name)
        return term
