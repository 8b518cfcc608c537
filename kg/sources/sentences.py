"""Paragraphs rejoined over column breaks, and their sentences.

A sentence ends at a stop (full stop, exclamation or question mark, full or half
width) with the closing quotes and brackets that follow it. It does not end at a
semicolon, at a decimal point, or where a comma follows the closing quote.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from kg.sources.records import TextRange
from kg.sources.text import Line, is_white, trim

STOPS = frozenset("。\uff61!\uff01?\uff1f")
CLOSERS = frozenset("”’」』\uff63》〉】〕〗)\uff09]\uff3d}\uff5d")
_STRAIGHT_QUOTES = frozenset("\"'\uff02\uff07")
# After a stop and its closing quote these go on with the sentence: “…!”, …
_GOES_ON = frozenset(",\uff0c、\uff64;\uff1b:\uff1a—…")


@dataclass(frozen=True)
class Paragraph:
    """Pieces of text, one per line, that read on as one paragraph."""

    lines: tuple[Line, ...]

    @property
    def first_line(self) -> int:
        """The number of the line with which the paragraph begins."""
        return self.lines[0].number

    def words(self, text: str) -> str:
        """The rejoined paragraph, as it stands in ``text``."""
        return _joined(text, self.lines)

    def sentences(self, text: str) -> list[tuple[TextRange, ...]]:
        """The ranges of each sentence; several where a column break cuts it."""
        joined = self.words(text)
        offsets = [offset for line in self.lines for offset in range(line.start, line.end)]
        starts = {line.start for line in self.lines}
        found = []
        for begin, end in sentence_bounds(joined):
            ranges = tuple(_ranges(text, offsets[begin:end], starts))
            if ranges:
                found.append(ranges)
        return found


def _joined(text: str, lines: Sequence[Line]) -> str:
    return "".join(text[line.start : line.end] for line in lines)


def _ranges(text: str, offsets: Sequence[int], line_starts: set[int]) -> Iterator[TextRange]:
    """The runs of ``offsets``, cut where a line starts, without white space at their ends."""
    begin = 0
    for position in range(1, len(offsets) + 1):
        if position == len(offsets) or offsets[position] in line_starts:
            start, end = trim(text, offsets[begin], offsets[position - 1] + 1)
            if start < end:
                yield TextRange(start, end)
            begin = position


def sentence_bounds(joined: str) -> Iterator[tuple[int, int]]:
    """Start and end of each sentence of a rejoined paragraph (what is left last)."""
    begin = position = 0
    while position < len(joined):
        if not _is_stop(joined, position):
            position += 1
            continue
        end = _after_closers(joined, position + 1)
        if end < len(joined) and joined[end] in _GOES_ON:
            position = end
            continue
        yield begin, end
        begin = position = end
    if begin < len(joined):
        yield begin, len(joined)


def _is_stop(joined: str, position: int) -> bool:
    """Whether a sentence may end here: not at the ``?`` inside ``http://a/b?c``."""
    character = joined[position]
    if character not in STOPS:
        return False
    following = joined[position + 1 : position + 2]
    return not (character.isascii() and following.isascii() and following.isalnum())


def _after_closers(joined: str, position: int) -> int:
    """The position after further stops, and closing quotes and brackets."""
    while position < len(joined):
        character = joined[position]
        closes = character in _STRAIGHT_QUOTES and joined.count(character, 0, position) % 2
        if character in STOPS or character in CLOSERS or closes:
            position += 1
        else:
            break
    return position


def ends_sentence(piece: str) -> bool:
    """Whether ``piece`` ends with a stop, closers after it allowed."""
    end = len(piece)
    while end and (is_white(piece[end - 1]) or piece[end - 1] in CLOSERS or piece[end - 1] in _STRAIGHT_QUOTES):
        end -= 1
    return end > 0 and piece[end - 1] in STOPS


def goes_on(piece: str) -> bool:
    """Whether a line that reads ``piece`` can only continue the line before it."""
    return piece[:1] in (STOPS | CLOSERS | _GOES_ON) - {"—", "…"} and piece != ""


def paragraphs(
    text: str, lines: Sequence[Line], *, continues: frozenset[int], ends: frozenset[int]
) -> list[Paragraph]:
    """Join body ``lines`` into paragraphs.

    A line goes on with the paragraph before it when that one has not ended its
    sentence, when it begins with punctuation that cannot begin one, or when the
    layout says so (``continues``); a line in ``ends`` ends its paragraph in any case.
    """
    found: list[list[Line]] = []
    for line in lines:
        if found and (
            line.number in continues
            or goes_on(text[line.start : line.end])
            or not (found[-1][-1].number in ends or ends_sentence(_joined(text, found[-1])))
        ):
            found[-1].append(line)
        else:
            found.append([line])
    return [Paragraph(tuple(group)) for group in found]
