"""Questions to an engine about many terms at once: few queries, none too long for an engine."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from kg.engine import Engine, labels
from kg.networks.claim import Concept, Label
from kg.terms import NamedNode, Term
from kg.vocab import PREFIXES, shorten

_AT_ONCE = 1000  # terms in a query; an engine that takes no more than a few thousand lines still answers
_HEAD = f"PREFIX zkg: <{PREFIXES['zkg']}>\n"


def ask_of(engine: Engine, query: str, terms: Iterable[NamedNode]) -> Iterator[tuple[Term | None, ...]]:
    """The rows of a query for all terms, which stand for ``{terms}`` in it; none when there are no terms.

    Braces of SPARQL are doubled, and the prefix zkg: is there. Raises what the engine raises.
    """
    for part in _parts(terms):
        yield from engine.select(_HEAD + query.format(terms=" ".join(map(str, part)))).rows


def concepts_of(engine: Engine, terms: Iterable[NamedNode]) -> dict[NamedNode, Concept]:
    """Term → the term with its label; where the graph has none, with its IRI made short."""
    found: dict[NamedNode, Concept] = {}
    for part in _parts(terms):
        zh, en = labels(engine, part, "zh"), labels(engine, part, "en")
        for term in part:
            plain = shorten(term)
            found[term] = Concept(term.value, Label(zh.get(term, plain), en.get(term, plain)))
    return found


def _parts(terms: Iterable[NamedNode]) -> Iterator[list[NamedNode]]:
    """The terms in order, each once, so many at a time."""
    wanted = sorted(set(terms), key=lambda term: term.value)
    for start in range(0, len(wanted), _AT_ONCE):
        yield wanted[start : start + _AT_ONCE]
