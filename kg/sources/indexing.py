"""Making the index: every line of the text gets its place, or the error names it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace

from kg.errors import LayoutError, SourceChanged
from kg.sources.layout import ArticleLayout, CaptionLayout, Layout
from kg.sources.records import Block, Index, Passage, PassageKind, TextRange
from kg.sources.sentences import Paragraph, ends_sentence, paragraphs
from kg.sources.text import Line, SourceText, digest


def index(source: SourceText, layout: Layout) -> Index:
    """The passages of ``source``, in the order of the page.

    Raises:
        SourceChanged: the layout is for a text with another digest.
        LayoutError: a line is in no passage or in two, or the layout speaks of a
            line that is blank, beyond the end or out of order; the line is named.
    """
    if layout.sha256 != source.sha256:
        raise SourceChanged(
            f"the layout is for a text with SHA-256 {layout.sha256}, this one has {source.sha256}",
            where=source.place(1),
            hint="check the line numbers in the layout against this text, then put its digest there",
        )
    page = _Page(source, source.lines())
    blocks = [
        *(Block(f"a{number}", number) for number in range(1, len(layout.articles) + 1)),
        *(Block(f"c{number}", number, True) for number in range(1, len(layout.captions) + 1)),
    ]
    # Captions first: an article may run on around one.
    found = [
        passage
        for number, caption in enumerate(layout.captions, 1)
        for passage in _caption(page, f"c{number}", caption)
    ]
    starts = [article.first_line for article in layout.articles] + [len(page.lines) + 1]
    for number, article in enumerate(layout.articles, 1):
        if starts[number - 1] >= starts[number]:
            raise page.error(starts[number - 1], f"article {number} begins here, after article {number + 1}")
        found.extend(_article(page, f"a{number}", article, starts[number]))
    page.all_accounted_for()
    found.sort(key=lambda passage: passage.start)
    return Index(
        source=layout.source,
        sha256=source.sha256,
        code_points=source.code_points,
        blocks=tuple(blocks),
        passages=tuple(replace(item, order=order) for order, item in enumerate(found, 1)),
    )


@dataclass
class _Page:
    """The lines of a text and what has claimed each of them so far."""

    source: SourceText
    lines: tuple[Line, ...]
    owners: dict[int, str] = field(default_factory=dict)

    def error(self, line: int, message: str, hint: str | None = None) -> LayoutError:
        return LayoutError(message, where=self.source.place(line), hint=hint)

    def claim(self, number: int, owner: str) -> Line:
        """Line ``number``, from now on part of ``owner`` (``the byline of a1``)."""
        if number > len(self.lines):
            raise self.error(
                len(self.lines),
                f"the layout says that line {number} is {owner}; the text ends here",
            )
        line = self.lines[number - 1]
        if line.blank:
            raise self.error(number, f"the layout says that this line is {owner}; it is blank")
        if number in self.owners:
            raise self.error(number, f"this line is both {self.owners[number]} and {owner}")
        self.owners[number] = owner
        return line

    def free(self, first: int, last: int) -> list[int]:
        """Lines from ``first`` to ``last`` that hold text and are nobody's yet."""
        return [
            number
            for number in range(first, last + 1)
            if number not in self.owners and not self.lines[number - 1].blank
        ]

    def all_accounted_for(self) -> None:
        """Raise a LayoutError that names the first line in no passage, if there is one."""
        left = self.free(1, len(self.lines))
        if not left:
            return
        others = f" (nor are lines {', '.join(map(str, left[1:]))})" if left[1:] else ""
        before = [number for number in self.owners if number < left[0]]
        after = f" It follows {self.owners[max(before)]}." if before else ""
        raise self.error(
            left[0],
            f"this line is in no passage{others}.{after}",
            "the layout file says what it is: a heading, a title, a byline, a caption, or a line after the byline",
        )

    def passage(
        self,
        block: str,
        local: str,
        kind: PassageKind,
        ranges: tuple[TextRange, ...],
        numbers: tuple[int, int] | None = None,
    ) -> Passage:
        words = "".join(self.source.text[part.start : part.end] for part in ranges)
        paragraph, sentence = numbers or (None, None)
        return Passage(f"{block}-{local}", kind, block, 0, ranges, digest(words), paragraph, sentence)

    def whole(self, block: str, name: str, kind: PassageKind, numbers: Sequence[int]) -> Iterator[Passage]:
        """The passage that whole lines make (none if there are none)."""
        lines = [self.claim(number, f"the {name} of {block}") for number in numbers]
        if lines:
            ranges = tuple(TextRange(line.start, line.end) for line in lines)
            yield self.passage(block, name, kind, ranges)


def _article(page: _Page, block: str, layout: ArticleLayout, next_start: int) -> Iterator[Passage]:
    _in_order(page, block, layout, next_start)
    yield from page.whole(block, "heading", PassageKind.ZONE_HEADING, layout.heading)
    yield from page.whole(block, "title", PassageKind.TITLE, layout.title)
    yield from page.whole(block, "byline", PassageKind.BYLINE, layout.byline)
    last = min(layout.byline) - 1 if layout.byline else next_start - 1
    body = [
        page.claim(number, f"the text of {block}")
        for number in [*page.free(layout.first_line, last), *layout.after_byline]
    ]
    found = _body(page, block, body, layout.continues, layout.ends)
    yield from _sentences(page, block, found, layout.lead_ins)


def _caption(page: _Page, block: str, layout: CaptionLayout) -> Iterator[Passage]:
    body = [page.claim(number, f"the caption {block}") for number in layout.lines]
    found = _body(page, block, body, layout.continues, layout.ends)
    yield from _sentences(page, block, found, (), PassageKind.CAPTION)
    yield from page.whole(block, "byline", PassageKind.BYLINE, layout.byline)


def _in_order(page: _Page, block: str, layout: ArticleLayout, next_start: int) -> None:
    """Raise a LayoutError when heading, title, byline and what follows it are out of order."""
    parts = (
        ("heading", layout.heading),
        ("title", layout.title),
        ("byline", layout.byline),
        ("text after the byline", layout.after_byline),
    )
    latest, latest_name = 0, ""
    for name, numbers in parts:
        for number in numbers:
            if number <= latest:
                raise page.error(number, f"the {name} of {block} stands before its {latest_name}")
            if number >= next_start:
                raise page.error(number, f"the {name} of {block} stands after the next article begins")
            latest, latest_name = number, name
    if layout.after_byline and not layout.byline:
        raise page.error(layout.after_byline[0], f"{block} has no byline that this could follow")


def _body(
    page: _Page,
    block: str,
    body: list[Line],
    continues: tuple[int, ...],
    ends: tuple[int, ...],
) -> list[Paragraph]:
    """The paragraphs of a block; each must end its sentence, or the layout must say so."""
    numbers = {line.number for line in body}
    for number in continues + ends:
        if number not in numbers:
            raise page.error(
                min(number, len(page.lines)),
                f"the layout says where line {number} goes on or ends, but it is not in the text of {block}",
            )
    text = page.source.text
    found = paragraphs(text, body, continues=frozenset(continues), ends=frozenset(ends))
    if found:
        last = found[-1].lines[-1]
        if last.number not in ends and not ends_sentence(found[-1].words(text)):
            raise page.error(
                last.number,
                f"{block} ends here, in the middle of a sentence",
                "if this line is a byline, a heading or a caption, the layout file says so; "
                "if the text ends like this, put the line in 'ends'",
            )
    return found


def _sentences(
    page: _Page,
    block: str,
    found: list[Paragraph],
    lead_ins: tuple[int, ...],
    kind: PassageKind = PassageKind.SENTENCE,
) -> Iterator[Passage]:
    firsts = {paragraph.first_line for paragraph in found}
    for number in lead_ins:
        if number not in firsts:
            raise page.error(
                min(number, len(page.lines)),
                f"the layout gives {block} a lead-in here, but no paragraph of it begins here",
            )
    for number, paragraph in enumerate(found, 1):
        has_lead_in = paragraph.first_line in lead_ins
        for count, ranges in enumerate(paragraph.sentences(page.source.text), 1):
            own = PassageKind.LEAD_IN if has_lead_in and count == 1 else kind
            yield page.passage(block, f"p{number}-s{count}", own, ranges, (number, count))
