"""The index as RDF and back: IRIs, numbers and digests, never a word of the text.

`kg.build` writes the triples as Turtle, as it does with all curated data.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from pathlib import Path

from pyoxigraph import RdfFormat, parse

from kg.errors import IndexWrong, Place, SourceError
from kg.sources.records import SOURCE_BASE, Block, Index, Passage, PassageKind, TextRange
from kg.terms import Literal, NamedNode, Triple, literal
from kg.vocab import DCTERMS, OA, RDF, VOC, ZKG, compact


def triples(index: Index) -> Iterator[Triple]:
    """The index as RDF: the source, its blocks, the passages and their ranges."""
    source = NamedNode(SOURCE_BASE + index.source)
    yield Triple(source, RDF.type, ZKG.Source)
    yield Triple(source, DCTERMS.identifier, literal(index.source))
    yield Triple(source, ZKG.sha256, literal(index.sha256))
    yield Triple(source, ZKG.codePoints, literal(index.code_points))
    for block in index.blocks:
        node = NamedNode(index.iri(block.id))
        yield Triple(node, RDF.type, ZKG.PhotoCaption if block.caption else ZKG.Article)
        yield Triple(node, ZKG.inSource, source)
        if not block.caption:
            yield Triple(node, ZKG.articleNumber, literal(block.number))
    numbers = {block.id: block.number for block in index.blocks if not block.caption}
    for passage in index.passages:
        yield from _passage(index, passage, numbers)


def _passage(index: Index, passage: Passage, numbers: Mapping[str, int]) -> Iterator[Triple]:
    node = NamedNode(index.iri(passage.id))
    yield Triple(node, RDF.type, ZKG.Passage)
    yield Triple(node, ZKG.passageKind, VOC[f"passage-kind/{passage.kind.value}"])
    yield Triple(node, ZKG.inArticle, NamedNode(index.iri(passage.block)))
    yield Triple(node, ZKG.passageOrder, literal(passage.order))
    yield Triple(node, ZKG.sha256, literal(passage.sha256))
    for term, number in (
        (ZKG.articleNumber, numbers.get(passage.block)),
        (ZKG.paragraphNumber, passage.paragraph),
        (ZKG.sentenceNumber, passage.sentence),
    ):
        if number is not None:
            yield Triple(node, term, literal(number))
    for number, part in enumerate(passage.ranges, 1):
        place = NamedNode(index.iri(f"{passage.id}/r{number}"))
        yield Triple(node, ZKG.range, place)
        yield Triple(place, RDF.type, ZKG.TextRange)
        yield Triple(place, ZKG.rangeNumber, literal(number))
        yield Triple(place, OA.start, literal(part.start))
        yield Triple(place, OA.end, literal(part.end))


def read_index(path: Path) -> Index:
    """Read an index.

    Raises:
        SourceError: there is no such file.
        IndexWrong: it is not Turtle, or a source, passage or range lacks what it must have.
    """
    try:
        content = path.read_bytes()
    except OSError as error:
        raise SourceError(
            f"no index of passages: {error.strerror}",
            where=Place(path),
            hint="`kg source index TEXT --id ID` makes one",
        ) from error
    return parse_turtle(content, path)


def parse_turtle(content: bytes, path: Path | str = "<index>") -> Index:
    """The index that the Turtle ``content`` holds; errors as `read_index`."""
    graph = _Graph(path)
    try:
        for quad in parse(content, format=RdfFormat.TURTLE):
            graph.add(quad.subject, quad.predicate, quad.object)
    except SyntaxError as error:
        raise IndexWrong(f"not Turtle: {error.msg}", where=Place(path, error.lineno, error.offset)) from error
    sources = graph.of_class(ZKG.Source)
    if len(sources) != 1:
        raise graph.error(f"an index is of one source; this one names {len(sources)}")
    source = sources[0]
    base = f"{source}/"
    name = source.removeprefix(SOURCE_BASE)
    blocks = [
        Block(node.removeprefix(base), graph.number_of(node, base), graph.is_a(node, ZKG.PhotoCaption))
        for kind in (ZKG.Article, ZKG.PhotoCaption)
        for node in graph.of_class(kind)
    ]
    passages = [graph.passage(node, base) for node in graph.of_class(ZKG.Passage)]
    return Index(
        source=name,
        sha256=graph.text(source, ZKG.sha256),
        code_points=graph.number(source, ZKG.codePoints),
        blocks=tuple(sorted(blocks, key=lambda block: (block.caption, block.number))),
        passages=tuple(sorted(passages, key=lambda passage: (passage.order, passage.id))),
    )


class _Graph:
    """The triples of one file by subject and predicate, with readers that say what is missing."""

    def __init__(self, path: Path | str) -> None:
        self.path = path
        self.values: dict[str, dict[NamedNode, list[object]]] = defaultdict(lambda: defaultdict(list))

    def add(self, subject: object, predicate: NamedNode, value: object) -> None:
        self.values[subject.value if isinstance(subject, NamedNode) else str(subject)][predicate].append(value)

    def error(self, message: str) -> IndexWrong:
        return IndexWrong(message, where=Place(self.path), hint="make the index again with `kg source index`")

    def is_a(self, node: str, kind: NamedNode) -> bool:
        return kind in self.values[node][RDF.type]

    def of_class(self, kind: NamedNode) -> list[str]:
        return sorted(node for node in list(self.values) if self.is_a(node, kind))

    def one(self, node: str, predicate: NamedNode) -> object:
        values = self.values[node][predicate] if node in self.values else []
        if len(values) != 1:
            raise self.error(f"{node} has {len(values)} values for {compact(predicate)}, not one")
        return values[0]

    def text(self, node: str, predicate: NamedNode) -> str:
        value = self.one(node, predicate)
        if not isinstance(value, Literal | NamedNode):
            raise self.error(f"{node}: {compact(predicate)} is a blank node")
        return value.value

    def number(self, node: str, predicate: NamedNode) -> int:
        text = self.text(node, predicate)
        if not text.isdecimal():
            raise self.error(f"{node}: {compact(predicate)} is {text!r}, not a whole number")
        return int(text)

    def number_or_none(self, node: str, predicate: NamedNode) -> int | None:
        return self.number(node, predicate) if self.values[node][predicate] else None

    def number_of(self, node: str, base: str) -> int:
        """An article's number as stated; a caption's, which has none, from its name."""
        stated = self.number_or_none(node, ZKG.articleNumber)
        if stated is not None:
            return stated
        digits = node.removeprefix(base)[1:]
        if not digits.isdecimal():
            raise self.error(f"{node} has no number")
        return int(digits)

    def passage(self, node: str, base: str) -> Passage:
        kind = self.text(node, ZKG.passageKind).rpartition("/")[2]
        try:
            known = PassageKind(kind)
        except ValueError as error:
            raise self.error(f"{node} is of an unknown kind {kind!r}") from error
        places = [value.value for value in self.values[node][ZKG.range] if isinstance(value, NamedNode)]
        places.sort(key=lambda place: self.number(place, ZKG.rangeNumber))
        return Passage(
            id=node.removeprefix(base),
            kind=known,
            block=self.text(node, ZKG.inArticle).removeprefix(base),
            order=self.number(node, ZKG.passageOrder),
            ranges=tuple(TextRange(self.number(p, OA.start), self.number(p, OA.end)) for p in places),
            sha256=self.text(node, ZKG.sha256),
            paragraph=self.number_or_none(node, ZKG.paragraphNumber),
            sentence=self.number_or_none(node, ZKG.sentenceNumber),
        )
