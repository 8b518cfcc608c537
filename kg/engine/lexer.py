"""SPARQL text as tokens: just enough to tell words from what stands in strings, IRIs and comments."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

_TOKEN = re.compile(
    r"""
      (?P<comment> \#[^\n\r]* )
    | (?P<string>  \"\"\" (?:"{0,2}(?:[^"\\]|\\.))* \"\"\" | ''' (?:'{0,2}(?:[^'\\]|\\.))* '''
                 | "(?:[^"\\\n\r]|\\.)*" | '(?:[^'\\\n\r]|\\.)*' )
    | (?P<iri>     <[^<>"{}|^`\\\x00-\x20]*> )
    | (?P<var>     [?$][^\W]+ )
    | (?P<lang>    @[A-Za-z]+(?:-[A-Za-z0-9]+)* )
    | (?P<name>    (?:[^\W\d_](?:[\w.\-]*[\w\-])?)? : (?:(?:[\w:\-]|%[0-9A-Fa-f]{2}|\\.)
                     (?:(?:[\w:.\-]|%[0-9A-Fa-f]{2}|\\.)*(?:[\w:\-]|%[0-9A-Fa-f]{2}|\\.))?)? | _:[\w.\-]*[\w\-] )
    | (?P<word>    [A-Za-z_]\w* )
    | (?P<number>  [0-9]+(?:\.[0-9]+)?(?:[eE][+-]?[0-9]+)? | \.[0-9]+(?:[eE][+-]?[0-9]+)? )
    | (?P<mark>    \S )
    """,
    re.VERBOSE | re.DOTALL,
)


@dataclass(frozen=True, slots=True)
class Token:
    """One token: its kind (string, iri, var, lang, name, word, number, mark), text, and span in the query."""

    kind: str
    text: str
    start: int
    end: int

    def says(self, word: str) -> bool:
        """Whether this is that keyword (upper case) or that punctuation mark."""
        return self.kind in ("word", "mark") and self.text.upper() == word


def tokens(query: str) -> Iterator[Token]:
    """The tokens of a query without comments and space. Never fails: what it cannot read becomes marks."""
    for match in _TOKEN.finditer(query):
        kind = match.lastgroup
        if kind is not None and kind != "comment":
            yield Token(kind, match.group(), match.start(), match.end())


def position(text: str, offset: int) -> tuple[int, int]:
    """Line and column (both from 1) of an offset in a text."""
    return text.count("\n", 0, offset) + 1, offset - (text.rfind("\n", 0, offset) + 1) + 1
