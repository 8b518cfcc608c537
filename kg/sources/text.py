"""A source text as the index counts it: UTF-8, LF line ends, no byte order mark."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from pathlib import Path

from kg.errors import Place, SourceError

_BOM = "\ufeff"
_INVISIBLE = frozenset("\u200b\ufeff")


@dataclass(frozen=True)
class Line:
    """One line of a text, without white space at its ends.

    ``number`` counts from 1; ``start`` and ``end`` are code points of the
    normalised text (``end`` exclusive; both equal on a blank line).
    """

    number: int
    start: int
    end: int

    @property
    def blank(self) -> bool:
        """Whether the line holds only white space."""
        return self.start == self.end


@dataclass(frozen=True)
class SourceText:
    """A normalised text, where it came from and what normalising changed."""

    text: str
    path: str | None = None
    normalised: tuple[str, ...] = ()
    """What differed from the plain form: any of ``BOM``, ``CRLF``, ``CR``."""

    @property
    def sha256(self) -> str:
        """SHA-256 (hex) of the normalised text in UTF-8."""
        return digest(self.text)

    @property
    def code_points(self) -> int:
        """Length of the normalised text in code points."""
        return len(self.text)

    def lines(self) -> tuple[Line, ...]:
        """All lines, blank ones too; only LF ends a line."""
        found: list[Line] = []
        offset = 0
        for number, raw in enumerate(self.text.split("\n"), start=1):
            start, end = trim(self.text, offset, offset + len(raw))
            found.append(Line(number, start, end))
            offset += len(raw) + 1
        return tuple(found)

    def place(self, line: int) -> Place:
        """The place of ``line`` (from 1) for an error message."""
        return Place(self.path or "<text>", line)

    def line_of(self, offset: int) -> int:
        """The number (from 1) of the line that holds code point ``offset``."""
        return self.text.count("\n", 0, offset) + 1


def digest(text: str) -> str:
    """SHA-256 (hex) of ``text`` in UTF-8."""
    return hashlib.sha256(text.encode("utf-8")).hexdigest()


def is_white(character: str) -> bool:
    """Whether ``character`` is layout: white space, also the ideographic one."""
    return character.isspace() or character in _INVISIBLE


def trim(text: str, start: int, end: int) -> tuple[int, int]:
    """``start`` and ``end`` moved inwards over white space (equal if all is)."""
    while start < end and is_white(text[start]):
        start += 1
    while end > start and is_white(text[end - 1]):
        end -= 1
    return start, end


def normalise(text: str, path: str | None = None) -> SourceText:
    """``text`` without byte order mark and with LF line ends, saying what changed."""
    changed: list[str] = []
    if text.startswith(_BOM):
        text = text.removeprefix(_BOM)
        changed.append("BOM")
    if "\r\n" in text:
        text = text.replace("\r\n", "\n")
        changed.append("CRLF")
    if "\r" in text:
        text = text.replace("\r", "\n")
        changed.append("CR")
    return SourceText(text, path, tuple(changed))


def read_text(path: Path) -> SourceText:
    """Read and normalise the text in ``path``.

    Raises:
        SourceError: the file cannot be read, is not UTF-8, or holds no text.
    """
    try:
        content = path.read_bytes()
    except OSError as error:
        raise SourceError(f"cannot read the text: {error.strerror}", where=Place(path)) from error
    try:
        decoded = content.decode("utf-8")
    except UnicodeDecodeError as error:
        line = content.count(b"\n", 0, error.start) + 1
        raise SourceError(
            f"the text is not UTF-8 (byte {error.start})",
            where=Place(path, line),
            hint="save the text as UTF-8",
        ) from error
    source = normalise(decoded, str(path))
    if not source.text.strip():
        raise SourceError("the text is empty", where=Place(path))
    return source
