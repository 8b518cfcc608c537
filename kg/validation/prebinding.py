"""What SHACL asks of SPARQL texts, where variables are bound before a query runs (SHACL 5.2, 5.3 and appendix A).

Read from tokens: an engine parses the text anyway, and takes forms that SHACL forbids without a word.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import Literal, TypeAlias

from kg.engine.lexer import Token, tokens

Form: TypeAlias = Literal["SELECT", "ASK"]

FORBIDDEN = ("MINUS", "SERVICE", "VALUES")
ALWAYS = frozenset({"this", "shapesGraph", "currentShape"})
# A subquery need not give these back.
_OPTIONAL = frozenset({"shapesGraph", "currentShape"})
_OPENING, _CLOSING = "({[", ")}]"
_FORMS = ("SELECT", "ASK", "CONSTRUCT", "DESCRIBE")


def faults(query: str, form: Form, prebound: frozenset[str]) -> Iterator[str]:
    """What is wrong with the text of a query.

    ``form``: what it must be. ``prebound``: the variables that may be bound before it runs, without their ``$``.
    """
    text = list(tokens(query))
    begin = next((index for index, token in enumerate(text) if _is(token, *_FORMS)), None)
    if begin is None or not text[begin].says(form):
        yield f"must be a query of the form {form}"
        return
    for token in text:
        if _is(token, *FORBIDDEN):
            yield f"{token.text.upper()} is forbidden, since variables are bound before the query runs"
    for word, after in pairwise(text):
        if word.says("AS") and after.kind == "var" and after.text[1:] in prebound:
            yield f"AS {after.text} is forbidden, since ?{after.text[1:]} is bound before the query runs"
    if form == "SELECT":
        if "this" not in _projected(text, begin):
            yield "SELECT must give back $this"
        yield from _path_uses(text)
    needed = sorted(prebound - _OPTIONAL)
    for index, token in enumerate(text[begin + 1 :], begin + 1):
        if token.says("SELECT"):
            missing = [name for name in needed if name not in _projected(text, index)]
            if missing:
                names = ", ".join(f"${name}" for name in missing)
                yield f"a subquery must give back what is bound before the query runs: {names}"


def gives_failure(query: str) -> bool:
    """Whether a SELECT gives back ?failure, by which a query says that it cannot judge (SHACL 5.3)."""
    text = list(tokens(query))
    begin = next((index for index, token in enumerate(text) if token.says("SELECT")), None)
    return begin is not None and "failure" in _projected(text, begin)


def uses(query: str, name: str) -> bool:
    """Whether a query has a variable of that name."""
    return any(token.kind == "var" and token.text[1:] == name for token in tokens(query))


def _is(token: Token, *words: str) -> bool:
    """Whether a token is one of the keywords."""
    return token.kind == "word" and token.text.upper() in words


def _head(text: Sequence[Token], select: int) -> tuple[int, int]:
    """Where what stands between a SELECT and its group begins and ends."""
    end = select + 1
    while end < len(text) and not (text[end].says("{") or _is(text[end], "WHERE", "FROM")):
        end += 1
    return select + 1, end


def _projected(text: Sequence[Token], select: int) -> set[str]:
    """The variables that the SELECT at an index gives back; those of its whole group for ``*``."""
    start, end = _head(text, select)
    found: set[str] = set()
    depth = 0
    for index in range(start, end):
        token = text[index]
        depth += (token.text in _OPENING) - (token.text in _CLOSING)
        if depth == 0 and token.says("*"):
            return _group(text, end)
        if token.kind == "var" and (depth == 0 or text[index - 1].says("AS")):
            found.add(token.text[1:])
    return found


def _group(text: Sequence[Token], start: int) -> set[str]:
    """The variables in the first group at or after an index."""
    found: set[str] = set()
    depth = 0
    for token in text[start:]:
        depth += token.says("{") - token.says("}")
        if token.kind == "var":
            found.add(token.text[1:])
        if depth == 0 and token.says("}"):
            break
    return found


def _path_uses(text: Sequence[Token]) -> Iterator[str]:
    """Uses of $PATH that are no predicate of a triple pattern."""
    heads = [_head(text, index) for index, token in enumerate(text) if token.says("SELECT")]
    for index, token in enumerate(text):
        if token.kind != "var" or token.text[1:] != "PATH":
            continue
        before = text[index - 1] if index else None
        after = text[index + 1] if index + 1 < len(text) else None
        if (
            any(start <= index < end for start, end in heads)
            or before is None
            or after is None
            or not (
                before.kind in ("var", "iri", "name", "string", "number", "lang") or before.text in (";", "]", ")")
            )
            or not (
                after.kind in ("var", "iri", "name", "string", "number") or after.text in ("[", "(", "true", "false")
            )
        ):
            yield "$PATH may only stand as the predicate of a triple pattern"
            return
