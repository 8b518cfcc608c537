"""Labels for a picture: cleaned of what would disturb it, broken into lines, and measured."""

from __future__ import annotations

import re

from kg.typesetting import CLOSING, OPENING, is_wide

LINE_EMS = 9.5  # width of a line: nine Chinese characters and a bit
LINES = 4
_LONGEST = 14.0  # width of a word that is not broken
_NARROW = 0.56  # of an em: a Latin letter on average

# Control characters, the marks that turn the direction of the text around them, and what is no character at all.
_CONTROLS = re.compile(
    r"[\x00-\x1f\x7f-\x9f\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069\ud800-\udfff\ufeff\ufffe\uffff]+"
)
_NOT_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_FORMULA = ("=", "+", "-", "@", "\t", "\r")
_PIECES = re.compile(rf"[A-Za-z0-9À-ɏ.,;:!?'’()&/%+]+|\s+|[{OPENING}]*.[{CLOSING}]*", re.DOTALL)


def plain(text: str) -> str:
    """The text on one line, without control characters and marks of direction."""
    return " ".join(_CONTROLS.sub(" ", text).split())


def on_terminal(text: str) -> str:
    """The text in its lines, without what steers a terminal: each control character and mark becomes U+FFFD."""
    return "\n".join("\t".join(_CONTROLS.sub("\ufffd", cell) for cell in row.split("\t")) for row in text.split("\n"))


def shortened(text: str, most: int) -> str:
    """The text, or its beginning and … where it is longer than ``most`` characters."""
    return text if len(text) <= most else text[: most - 1] + "…"


def xml_text(text: str) -> str:
    """The text with U+FFFD for each character that XML 1.0 cannot hold; everything else as it is."""
    return _NOT_XML.sub("\ufffd", text)


def no_formula(cell: str) -> str:
    """The cell of a table for spreadsheets: what one would take for a formula gets an apostrophe before it."""
    return f"'{cell}" if cell.startswith(_FORMULA) else cell


def ems(text: str) -> float:
    """About how wide a line is, in ems."""
    wide = sum(1 for character in text if is_wide(character))
    return wide + (len(text) - wide) * _NARROW


def lines(text: str, width: float = LINE_EMS, most: int = LINES) -> list[str]:
    """The text in lines of about the same width, at most ``most`` of them; the last ends in … when text is left."""
    clean = plain(text)[:400]
    total = ems(clean)
    if total > width:  # even lines look better than a full one and a rest
        width = max(width * 0.6, total / -(-total // width) + 1.0)
    words = [ems(word) for word in _PIECES.findall(clean)]
    width = max([width, *(word for word in words if word <= _LONGEST)])
    found: list[str] = []
    line = ""
    for piece in _split(clean, width):
        if line and ems((line + piece).rstrip()) > width:
            found.append(line.rstrip())
            line = ""
        line += piece.lstrip() if not line else piece
    if line.strip():
        found.append(line.rstrip())
    if len(found) > most:
        found = [*found[: most - 1], found[most - 1][: max(1, len(found[most - 1]) - 1)] + "…"]
    return found or ["—"]


def _split(text: str, width: float) -> list[str]:
    """Where a line may break: between words, between Chinese characters, inside a word that fits no line."""
    found: list[str] = []
    for match in _PIECES.finditer(text):
        piece = match.group()
        room = max(1, int(width / _NARROW))
        found += [piece[i : i + room] for i in range(0, len(piece), room)]
    return found
