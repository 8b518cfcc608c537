"""Chinese and Latin text in lines of a terminal: how wide it is, and where a line may end."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable
from functools import cache
from typing import Final

# Marks that no line of Chinese begins with, and those that none ends with (GB/T 15834).
CLOSING: Final = "。，、；：？！）》】」』”’…,;:?!)"
OPENING: Final = "（《【「『“‘"


def columns(text: str) -> int:
    """How many columns a terminal gives the text: two for a wide character, none for a combining one."""
    return len(text) if text.isascii() else sum(map(_columns, text))


@cache
def _columns(character: str) -> int:
    if unicodedata.combining(character) or unicodedata.category(character) in ("Mn", "Me"):
        return 0
    return 2 if is_wide(character) else 1


def is_wide(character: str) -> bool:
    """Whether it takes the room of two Latin letters, as Chinese does."""
    return unicodedata.east_asian_width(character) in ("W", "F")


def wrap(text: str, first: int, rest: int) -> list[str]:
    """Lines of at most ``first``, then ``rest`` columns, broken at spaces, beside wide characters, or anywhere."""
    if columns(text) <= first:
        return [text.rstrip()]
    lines: list[str] = []
    line, used, room = "", 0, first
    for piece in _pieces(text):
        if used + columns(piece.rstrip()) > room and line.strip():
            lines.append(line.rstrip())
            line, used, room = "", 0, rest
        for character in piece:
            if used + _columns(character) > room and character != " ":
                lines.append(line.rstrip())
                line, used, room = "", 0, rest
            line += character
            used += _columns(character)
    return [*lines, line.rstrip()]


def _pieces(text: str) -> Iterable[str]:
    """The text in pieces that a line may be broken after: words with the space after them, wide characters."""
    piece = ""
    for position, character in enumerate(text):
        piece += character
        after = text[position + 1 : position + 2]
        wide = _columns(character) == 2 or (after and _columns(after) == 2)
        if (character == " " and after != " ") or (
            wide and after and after not in CLOSING and character not in OPENING
        ):
            yield piece
            piece = ""
    if piece:
        yield piece
