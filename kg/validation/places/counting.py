"""Blank nodes by number: counted where they do not matter, read where they do."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Collection, Iterable, Sequence

from kg.terms import BlankNode
from kg.validation.places.documents import Document
from kg.validation.places.tokens import ALL
from kg.validation.places.triples import PlacedTriple


def first_seen(triples: Iterable[PlacedTriple]) -> dict[BlankNode, int]:
    """The blank nodes in the order in which the triples name them, each with the offset at which it first stands."""
    found: dict[BlankNode, int] = {}
    for triple in triples:
        for term, at in ((triple.subject, triple.subject_at), (triple.object, triple.object_at)):
            if isinstance(term, BlankNode):
                found[term] = min(at, found.get(term, at))
    return found


def numbered(document: Document, first: int, wanted: Collection[int]) -> tuple[dict[int, tuple[BlankNode, int]], int]:
    """Number → blank node and the offset at which it first stands, for those wanted; and the next free number.

    The blank nodes have numbers from ``first`` on, in the order in which the parser's triples name them. Only
    statements with a wanted one are read; in the others blank nodes are counted, which is many times faster.
    """
    found: dict[int, tuple[BlankNode, int]] = {}
    order = sorted(wanted)
    labels: set[str] = set()
    for index in document.maybe_blank():
        start, end, *_ = document.units[index]
        tokens = ALL.findall(document.text, start, end)
        if document.syntax == "nq":
            tokens = tokens[: _end_of_object(tokens)]  # a graph's name is in no triple
        new = {token for token in tokens if token.startswith("_:")} - labels
        following = first + len(new) + tokens.count("[") + ("(" in tokens and _cells(tokens))
        at = bisect_left(order, first)
        if at < len(order) and order[at] < following:
            nodes = first_seen(document.blanks_of(index))
            names = {node: document.own(node) or "" for node in nodes}
            fresh = [node for node, name in names.items() if name[:1] != "l" or f"_:{name[1:]}" in new]
            found |= {n: (node, nodes[node]) for n, node in enumerate(fresh, first) if n in wanted}
        labels |= new
        first = following
    return found, first


def _cells(tokens: Sequence[str]) -> int:
    """The number of members in all the lists of a statement."""
    count = 0
    inside: list[str] = []  # the brackets that are open
    datatype = False  # whether the next name is a datatype
    for token in tokens:
        if token in ("]", ")"):
            if inside:
                inside.pop()
            continue
        if token[0] in "#@^":
            datatype |= token[0] == "^"
            continue
        if inside and inside[-1] == "(" and not datatype:
            count += 1
        datatype = False
        if token in ("[", "("):
            inside.append(token)
    return count


def _end_of_object(tokens: Sequence[str]) -> int:
    """How many tokens of a line of N-Quads come before the name of its graph."""
    terms = [i for i, t in enumerate(tokens) if t[0] not in "#@" and t[0] != "^" and tokens[max(i - 1, 0)][0] != "^"]
    return terms[3] if len(terms) > 3 else len(tokens)
