"""What the text of a query says of itself: its form, its columns, and the blocks that parameters enter."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from kg.engine.lexer import Token, tokens

_FORMS = ("SELECT", "CONSTRUCT", "ASK", "DESCRIBE")


@dataclass(frozen=True, slots=True)
class Slot:
    """One ``VALUES ?parameter { … }``: where it begins, the span between its braces, and what stands there."""

    parameter: str
    block: int
    start: int
    end: int
    content: str


@dataclass(frozen=True, slots=True)
class Body:
    """Offsets are into the text of the file."""

    form: str | None
    projection: tuple[str, ...] | None  # None for SELECT * and for other forms
    slots: tuple[Slot, ...]
    ordered: bool
    limited: bool
    start: int  # of the form's word


def inspect(text: str) -> Body:
    """Read a query's outer shape; never fails, the engine judges the syntax."""
    stream = list(tokens(text))
    first = next((i for i, t in enumerate(stream) if t.kind == "word" and t.text.upper() in _FORMS), None)
    if first is None:
        return Body(None, None, (), ordered=False, limited=False, start=0)
    form = stream[first].text.upper()
    return Body(
        form,
        _projection(stream[first + 1 :]) if form == "SELECT" else None,
        tuple(_slots(stream, text)),
        ordered=_at_top(stream, "ORDER"),
        limited=_at_top(stream, "LIMIT") or _at_top(stream, "OFFSET"),
        start=stream[first].start,
    )


def _projection(stream: list[Token]) -> tuple[str, ...] | None:
    """The columns of a SELECT, in order; None for ``*``."""
    columns: list[str] = []
    depth = 0
    for before, token in zip([None, *stream], stream, strict=False):
        if token.says("{") or (depth == 0 and (token.says("WHERE") or token.says("FROM"))):
            break
        if token.says("("):
            depth += 1
        elif token.says(")"):
            depth -= 1
        elif token.says("*") and depth == 0:
            return None
        elif token.kind == "var" and (depth == 0 or (depth == 1 and before is not None and before.says("AS"))):
            columns.append(token.text[1:])
    return tuple(columns)


def _slots(stream: list[Token], text: str) -> list[Slot]:
    """The blocks of one unbracketed variable. Fixed data stands in the other form, ``VALUES (?x) { (…) }``."""
    found = []
    for i in range(len(stream) - 2):
        word, variable, brace = stream[i : i + 3]
        if not (word.says("VALUES") and variable.kind == "var" and brace.says("{")):
            continue
        close = next((token for token in stream[i + 3 :] if token.says("}")), None)
        if close is not None:
            content = text[brace.end : close.start].strip()
            found.append(Slot(variable.text[1:], word.start, brace.end, close.start, content))
    return found


def _at_top(stream: list[Token], word: str) -> bool:
    """Whether a keyword stands outside all braces: of the whole query, not of a subquery."""
    depth = 0
    for token in stream:
        if token.says("{"):
            depth += 1
        elif token.says("}"):
            depth -= 1
        elif depth == 0 and token.says(word):
            return True
    return False


def terms_in(text: str) -> list[str]:
    """The IRIs that a query names, in full, in order, each once; prefixes by the query's own declarations."""
    return list(dict.fromkeys(found for found, _ in placed_terms(text)))


def placed_terms(text: str) -> Iterator[tuple[str, int]]:
    """Each naming of an IRI, in full, with its offset; declarations of prefixes are none."""
    stream = list(tokens(text))
    prefixes = prefixes_in(text)
    declared = {j for i, token in enumerate(stream) if token.says("PREFIX") for j in (i + 1, i + 2)}
    for i, token in enumerate(stream):
        if i in declared:
            continue
        if token.kind == "iri":
            yield token.text[1:-1], token.start
        elif token.kind == "name" and not token.text.startswith("_:"):
            prefix, _, local = token.text.partition(":")
            if prefix in prefixes:
                yield prefixes[prefix] + local.replace("\\", ""), token.start


def prefixes_in(text: str) -> dict[str, str]:
    """Prefix → namespace, as a query declares them."""
    stream = list(tokens(text))
    triples = zip(stream, stream[1:], stream[2:], strict=False)
    return {
        name.text[:-1]: base.text[1:-1]
        for word, name, base in triples
        if word.says("PREFIX") and name.kind == "name" and base.kind == "iri"
    }
