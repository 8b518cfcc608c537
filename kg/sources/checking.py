"""Checking an index against a reader's copy of the text: is it the text that changed, or the index that is wrong?

The two are told apart by the file's digest. With the right text every range and digest must agree, and whatever
does not is a fault of the index. With another text the passages that still agree, have moved or have changed are
told apart, so that a reader sees where the copies part.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from enum import Enum
from itertools import pairwise

from kg.sources.records import Index, Passage, PassageKind
from kg.sources.text import SourceText, digest, is_white

_REACH = 400  # code points that a passage is looked for before and after its place in a changed text
_GAPS = (0, *(sign * size for size in range(1, 7) for sign in (1, -1)))  # change in the width of a column break


class Verdict(Enum):
    """Who is to blame for a difference."""

    TEXT_CHANGED = "text changed"
    INDEX_WRONG = "index wrong"


@dataclass(frozen=True)
class Difference:
    """One thing that disagrees; ``passage`` is None for what concerns the whole text.

    ``line`` is a line (from 1) of the reader's copy. ``severe`` is False for a passage that only moved.
    """

    verdict: Verdict
    message: str
    message_zh: str
    passage: str | None = None
    line: int | None = None
    severe: bool = True

    def says(self, lang: str) -> str:
        """The message in ``zh`` or ``en``."""
        return self.message_zh if lang == "zh" else self.message


def check(source: SourceText, index: Index) -> list[Difference]:
    """What differs between ``source`` and ``index``, in the order of the page; empty if they agree."""
    found = list(faults(index))
    if source.sha256 == index.sha256:
        found.extend(_against_right_text(source, index))
    else:
        found.extend(_against_other_text(source, index))
    return found


def _wrong(zh: str, en: str, passage: str | None = None, line: int | None = None) -> Difference:
    return Difference(Verdict.INDEX_WRONG, en, zh, passage, line)


def faults(index: Index) -> Iterator[Difference]:
    """What is wrong with an index even without a text: bounds, overlaps, counts, names."""
    taken: list[tuple[int, int, str]] = []
    for passage in index.passages:
        if not passage.ranges:
            yield _wrong("没有区间", "has no range", passage.id)
        for part in passage.ranges:
            if not 0 <= part.start < part.end <= index.code_points:
                yield _wrong(
                    f"区间 {part.start}–{part.end} 超出文本（0–{index.code_points}）",
                    f"its range {part.start}–{part.end} is outside the text (0–{index.code_points})",
                    passage.id,
                )
            else:
                taken.append((part.start, part.end, passage.id))
    taken.sort()
    for (_, end, before), (start, _, after) in pairwise(taken):
        if start < end:
            yield _wrong(f"与 {before} 的区间重叠", f"its range overlaps one of {before}", after)
    yield from _counts(index)


def _counts(index: Index) -> Iterator[Difference]:
    blocks = {block.id for block in index.blocks}
    for position, passage in enumerate(index.passages, 1):
        if passage.order != position:
            yield _wrong(
                f"版面次序是 {passage.order}，应为 {position}",
                f"its order on the page is {passage.order}, not {position}",
                passage.id,
            )
        if passage.block not in blocks:
            yield _wrong(f"所在篇 {passage.block} 不存在", f"there is no article {passage.block}", passage.id)
        if passage.id != _name(passage):
            yield _wrong(
                f"按其编号应名为 {_name(passage)}", f"by its numbers its name is {_name(passage)}", passage.id
            )
    starts = [passage.start for passage in index.passages if passage.ranges]
    if starts != sorted(starts):
        yield _wrong("段句次序与其位置不符", "the order of the passages is not that of their positions")
    for block in index.blocks:
        yield from _sequence(index, block.id)


def _sequence(index: Index, block: str) -> Iterator[Difference]:
    """Paragraphs count from 1 in a block, and sentences from 1 in a paragraph, without gaps."""
    expected = (1, 1)
    for passage in index.passages:
        if passage.block != block or passage.paragraph is None or passage.sentence is None:
            continue
        numbers = (passage.paragraph, passage.sentence)
        if numbers not in {expected, (expected[0] + 1, 1)} or (expected == (1, 1) and numbers != (1, 1)):
            yield _wrong("段次或句次有缺漏", "its paragraph or sentence number leaves a gap", passage.id)
        expected = (numbers[0], numbers[1] + 1)


def _name(passage: Passage) -> str:
    if passage.paragraph is not None and passage.sentence is not None:
        return f"{passage.block}-p{passage.paragraph}-s{passage.sentence}"
    names = {PassageKind.ZONE_HEADING: "heading", PassageKind.TITLE: "title", PassageKind.BYLINE: "byline"}
    return f"{passage.block}-{names.get(passage.kind, 'p?-s?')}"


def _against_right_text(source: SourceText, index: Index) -> Iterator[Difference]:
    """Every difference from the text that was indexed is the index's fault."""
    if index.code_points != source.code_points:
        yield _wrong(
            f"索引称全文 {index.code_points} 个码点，实为 {source.code_points}",
            f"the index counts {index.code_points} code points, the text has {source.code_points}",
        )
    covered = bytearray(source.code_points)
    for passage in index.passages:
        for part in passage.ranges:
            covered[part.start : part.end] = b"\1" * len(covered[part.start : part.end])
        if not passage.ranges:
            continue
        line = source.line_of(passage.start)
        if digest(passage.text(source.text)) != passage.sha256:
            yield _wrong("摘要与其区间的文字不符", "its digest is not that of its ranges", passage.id, line)
        elif any(_ragged(source.text, part.start, part.end) for part in passage.ranges):
            yield _wrong("区间首尾有空白", "a range of it begins or ends with white space", passage.id, line)
    left = {
        source.line_of(offset)
        for offset, character in enumerate(source.text)
        if not covered[offset] and not is_white(character)
    }
    for line in sorted(left):
        yield _wrong("此行有文字不属任何段句", "text of this line is in no passage", line=line)


def _ragged(text: str, start: int, end: int) -> bool:
    return start < end <= len(text) and (is_white(text[start]) or is_white(text[end - 1]))


def _against_other_text(source: SourceText, index: Index) -> Iterator[Difference]:
    """Which passages of the indexed text still stand in this other one, at their place or nearby."""
    yield Difference(
        Verdict.TEXT_CHANGED,
        f"this is not the text that was indexed: its SHA-256 is {source.sha256}, the index is of {index.sha256}",
        f"这不是编制索引的文本：其 SHA-256 为 {source.sha256}，索引所据为 {index.sha256}",
    )
    shift = 0
    any_changed = False
    after = -1  # where the passage before starts: no passage may be found before it
    passages = [passage for passage in index.passages if passage.ranges]
    for passage, following in zip(passages, [*passages[1:], None], strict=True):
        if _stands_at(source.text, passage, shift):
            after = passage.start + shift
            continue
        moved = None
        if following is None or not _stands_at(source.text, following, shift):
            moved = _found_at(source.text, passage, shift, after)
        elif any(_stands_at(source.text, passage, shift, extra) for extra in _GAPS):
            continue  # something else stands within the column break that cuts it, and that has changed
        # Else: the next passage stands in its place, so this one has changed, even if its like is found nearby.
        if moved is None:
            any_changed = True
            line = source.line_of(min(max(passage.start + shift, 0), source.code_points))
            yield Difference(Verdict.TEXT_CHANGED, "its text has changed", "文字已改变", passage.id, line)
        else:
            shift = moved
            after = passage.start + shift
            yield Difference(
                Verdict.TEXT_CHANGED,
                f"from here on the text has moved by {shift:+d} code points",
                f"自此起文字位移 {shift:+d} 个码点",
                passage.id,
                source.line_of(after),
                severe=False,
            )
    if not any_changed:
        yield Difference(
            Verdict.TEXT_CHANGED,
            "every passage is there; only what lies between them differs",
            "各段句俱在，仅段句之间的内容不同",
            severe=False,
        )


def _stands_at(text: str, passage: Passage, shift: int, extra: int = 0) -> bool:
    """Whether the passage's words stand in ``text``, moved by ``shift`` and each further range by ``extra`` more."""
    offsets = [shift + extra * number for number in range(len(passage.ranges))]
    words = "".join(
        text[max(part.start + offset, 0) : max(part.end + offset, 0)]
        for part, offset in zip(passage.ranges, offsets, strict=True)
    )
    return digest(words) == passage.sha256


def _found_at(text: str, passage: Passage, shift: int, after: int) -> int | None:
    """The shift nearest to ``shift`` at which the passage stands in ``text``, starting behind ``after``; or None.

    A passage that a column break cuts may have its parts further apart or closer: the shift is that of its end.
    """
    breaks = len(passage.ranges) - 1
    for distance in range(_REACH + 1):
        for candidate in (shift + distance, shift - distance)[: 2 if distance else 1]:
            if passage.start + candidate <= after:
                continue
            for extra in _GAPS if breaks else (0,):
                if _stands_at(text, passage, candidate, extra):
                    return candidate + extra * breaks
    return None
