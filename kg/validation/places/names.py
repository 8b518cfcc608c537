"""What names stand for at some point of a file: prefixes, the base, escapes."""

from __future__ import annotations

import re
from functools import lru_cache

from pyoxigraph import RdfFormat, parse

from kg.terms import NamedNode

_ABSOLUTE = re.compile(r"[A-Za-z][A-Za-z0-9+.\-]*:")
_ESCAPED = re.compile(r"\\(?:u([0-9A-Fa-f]{4})|U([0-9A-Fa-f]{8})|([\s\S]))")
_SHORT = {"t": "\t", "b": "\b", "n": "\n", "r": "\r", "f": "\f"}


class BrokenError(ValueError):
    """The text is not of its syntax here. Never leaves this package."""


def unescape(text: str) -> str:
    """The text of a string, an IRI or a local name with its escapes undone; BrokenError where one means nothing."""

    def character(found: re.Match[str]) -> str:
        code = found[1] or found[2]
        if code is None:
            return _SHORT.get(found[3], found[3])
        number = int(code, 16)
        if number > 0x10FFFF or 0xD800 <= number < 0xE000:
            raise BrokenError(f"no character has the number {code}")
        return chr(number)

    return _ESCAPED.sub(character, text) if "\\" in text else text


@lru_cache(maxsize=16384)
def _resolve(reference: str, base: str) -> str:
    """A relative IRI reference against a base, by the parser that reads the data: it has the last word."""
    try:
        quad = next(iter(parse(f"<{reference}> <x:p> <x:o> .", format=RdfFormat.TURTLE, base_iri=base)))
    except (SyntaxError, ValueError, StopIteration) as fault:
        raise BrokenError(f"no IRI: {reference}") from fault
    subject = quad.subject
    return subject.value if isinstance(subject, NamedNode) else reference


class Names:
    """The prefixes and the base between two declarations; a declaration makes a new one."""

    __slots__ = ("_known", "base", "prefixes")

    def __init__(self, base: str, prefixes: dict[str, str]) -> None:
        self.base = base
        self.prefixes = prefixes  # the prefix with its colon → the beginning of IRIs
        self._known: dict[str, NamedNode] = {}

    def text(self, written: str) -> str:
        """The IRI of ``<…>`` or of a prefixed name; BrokenError when there is none."""
        if written[0] == "<":
            reference = unescape(written[1:-1])
            return reference if _ABSOLUTE.match(reference) else _resolve(reference, self.base)
        prefix, _, local = written.partition(":")
        start = self.prefixes.get(prefix + ":")
        if start is None:
            raise BrokenError(f"the prefix {prefix}: is not declared")
        return start + unescape(local)

    def node(self, written: str) -> NamedNode:
        """The same as a term."""
        known = self._known.get(written)
        if known is None:
            try:
                known = self._known[written] = NamedNode(self.text(written))
            except ValueError as fault:
                raise BrokenError(str(fault)) from fault
        return known

    def with_prefix(self, prefix: str, written: str) -> Names:
        """The names after a declaration of a prefix (with its colon)."""
        return Names(self.base, {**self.prefixes, prefix: self.text(written)})

    def with_base(self, written: str) -> Names:
        """The names after a declaration of the base."""
        return Names(self.text(written), self.prefixes)
