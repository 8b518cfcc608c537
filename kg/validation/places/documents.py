"""A file as the finder sees it: the triples about a node, each with its place, read only when they are asked for."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator
from functools import cached_property
from itertools import count
from pathlib import Path

from kg.errors import Place, ZoneKGError
from kg.terms import BlankNode, NamedNode, Term
from kg.validation.graphs import read
from kg.validation.places.names import BrokenError
from kg.validation.places.tokens import EMPTY_LIST, MENTIONS, SUBJECT
from kg.validation.places.triples import PlacedTriple, triples
from kg.validation.places.units import SYNTAXES, Unit, units
from kg.vocab import RDF

_LINE_END = re.compile(r"\r\n?|\n")
# What may stand for a term in a way that its text does not show: an escape, a relative IRI.
_VEILED = re.compile(r"\\|<(?![A-Za-z][A-Za-z0-9+.\-]*:)")
_MAY_BE_BLANK = re.compile(r"_:|[\[(]")
_numbers = count()


class Document:
    """The text of one file. Its blank nodes have names that no other document's have."""

    def __init__(self, file: Path, text: str, syntax: str) -> None:
        self.file = file
        self.text = text
        self.syntax = syntax
        self.space = f"{next(_numbers)}"
        self._read: dict[int, list[PlacedTriple]] = {}

    @cached_property
    def units(self) -> list[Unit]:
        """The statements."""
        return list(units(self.text, self.syntax, self.file.resolve().as_uri()))

    @cached_property
    def _starts(self) -> list[int]:
        return [unit.start for unit in self.units]

    @cached_property
    def _lines(self) -> list[int]:
        return [0, *(found.end() for found in _LINE_END.finditer(self.text))]

    @cached_property
    def _by_subject(self) -> dict[str, list[int]]:
        """IRI, or ``_:`` and label → the indexes of the statements whose subject it is."""
        found: dict[str, list[int]] = defaultdict(list)
        match, text = SUBJECT.match, self.text
        for index, unit in enumerate(self.units):
            subject = match(text, unit.start)
            if subject is None:
                continue
            written = subject[0]
            if written == "(" and EMPTY_LIST.match(text, unit.start):
                written = RDF.nil.value
            elif written[0] not in "[(_":
                try:
                    written = unit.names.text(written)
                except BrokenError:
                    continue
            found[written].append(index)
        return dict(found)

    def triples(self, index: int) -> list[PlacedTriple]:
        """The triples of a statement."""
        known = self._read.get(index)
        if known is None:
            known = self._read[index] = triples(self.text, self.units[index], self.syntax, self.space)
        return known

    def place(self, at: int) -> Place:
        """The place of an offset: its line and column from 1, the column in code points."""
        line = bisect_right(self._lines, at)
        return Place(self.file, line, at - self._lines[line - 1] + 1)

    def has_label(self, label: str) -> bool:
        """Whether a blank node of that label seems to stand in the file."""
        return re.search(rf"_:{re.escape(label)}(?![\w\-·]|\.+[\w\-·])", self.text) is not None

    def about(self, node: Term) -> list[PlacedTriple]:
        """The triples with that subject, in the order of their statements."""
        if isinstance(node, NamedNode):
            indexes = self._by_subject.get(node.value, ())
        elif isinstance(node, BlankNode) and (name := self.own(node)) is not None:
            if name[0] == "l":
                indexes = self._by_subject.get(f"_:{name[1:]}", ())
            else:
                indexes = [max(bisect_right(self._starts, int(name[1:])) - 1, 0)] if self.units else ()
        else:
            return []
        return [triple for index in indexes for triple in self.triples(index) if triple.subject == node]

    def own(self, node: BlankNode) -> str | None:
        """What a blank node of this document is (see PlacedTriple); None for one of another."""
        found = re.fullmatch(rf"{self.space}([acl].+)", node.value, re.DOTALL)
        return None if found is None else found[1]

    def blank(self, name: str) -> BlankNode:
        """The blank node that is ``name`` (see PlacedTriple)."""
        return BlankNode(self.space + name)

    def into(self, nodes: Collection[Term], *, first: bool = False) -> dict[Term, list[PlacedTriple]]:
        """Node → the triples with that object (``first``: those of the first statement), of those that have any."""
        found: dict[Term, list[PlacedTriple]] = defaultdict(list)
        forms: dict[str, set[Term]] = defaultdict(set)
        statements: dict[int, set[Term]] = defaultdict(set)
        for node in nodes:
            name = self.own(node) if isinstance(node, BlankNode) else None
            if name is not None and name[0] != "l":
                statements[bisect_right(self._starts, int(name[1:])) - 1].add(node)
            for form in self._forms(node):
                forms[form].add(node)
        left = set(nodes)
        text, words, veiled = self.text, MENTIONS.findall, _VEILED.search
        nil = RDF.nil in nodes  # which every list ends with, unnamed
        for index, (start, end, *_) in enumerate(self.units):
            if (
                index in statements
                or (forms and not forms.keys().isdisjoint(words(text, start, end)))
                or (forms and veiled(text, start, end))
                or (nil and text.find(")", start, end) >= 0)
            ):
                here = {triple.object for triple in self.triples(index)} & left
                for triple in self.triples(index) if here else ():
                    if triple.object in here:
                        found[triple.object].append(triple)
                if first and here:
                    left -= here
                    for node in here:
                        self._drop(node, forms)
        return found

    def _drop(self, node: Term, forms: dict[str, set[Term]]) -> None:
        """Take a node out of the table of forms."""
        for form in self._forms(node):
            those = forms.get(form, set())
            those.discard(node)
            if not those:
                forms.pop(form, None)

    def _forms(self, node: Term) -> Iterable[str]:
        """How the file may write a node, but for escapes and relative IRIs."""
        if isinstance(node, BlankNode):
            name = self.own(node)
            return [f"_:{name[1:]}"] if name is not None and name[0] == "l" else []
        if isinstance(node, NamedNode):
            short = ((p, len(start)) for p, start in self._prefixes if node.value.startswith(start))
            return [f"<{node.value}>", *(prefix + node.value[length:] for prefix, length in short)]
        quotes = ('"', "'", '"""', "'''")
        return [node.value, *(f"{quote}{node.value}{quote}" for quote in quotes)]

    @cached_property
    def _prefixes(self) -> set[tuple[str, str]]:
        """Every prefix with everything that it has stood for."""
        tables = {id(unit.names): unit.names for unit in self.units}
        return {item for names in tables.values() for item in names.prefixes.items()}

    def with_blanks(self) -> Iterator[PlacedTriple]:
        """The triples that have a blank node, in the parser's order."""
        for index in self.maybe_blank():
            yield from self.blanks_of(index)

    def maybe_blank(self) -> Iterator[int]:
        """The statements that look as if they had one."""
        blank, text = _MAY_BE_BLANK.search, self.text
        return (index for index, (start, end, *_) in enumerate(self.units) if blank(text, start, end))

    def blanks_of(self, index: int) -> Iterator[PlacedTriple]:
        """A statement's triples that have one; not kept, since there may be many."""
        for triple in triples(self.text, self.units[index], self.syntax, self.space):
            if isinstance(triple.subject, BlankNode) or isinstance(triple.object, BlankNode):
                yield triple

    def graphs(self) -> list[NamedNode | None]:
        """The graphs that have a triple, in the order of their first ones; None for the default graph."""
        if self.syntax != "nq":
            return list(dict.fromkeys(unit.graph for unit in self.units))
        return list(dict.fromkeys(t.graph for index in range(len(self.units)) for t in self.triples(index)))


class Foreign(Document):
    """A file of a syntax without a lexer here (RDF/XML, JSON-LD, N3): its triples, without lines."""

    def __init__(self, file: Path) -> None:
        super().__init__(file, "", "")

    @cached_property
    def _triples(self) -> list[PlacedTriple]:
        try:
            parts = read(self.file).parts
        except ZoneKGError:
            return []
        return [
            PlacedTriple(t.subject, t.predicate, t.object, part.graph, 0, 0, 0)
            for part in parts
            for t in part.triples
        ]

    def place(self, at: int) -> Place:
        """The file."""
        return Place(self.file)

    def about(self, node: Term) -> list[PlacedTriple]:
        """The triples with that subject."""
        return [triple for triple in self._triples if triple.subject == node]

    def into(self, nodes: Collection[Term], *, first: bool = False) -> dict[Term, list[PlacedTriple]]:
        """Node → the triples with that object, of those nodes that have any."""
        found: dict[Term, list[PlacedTriple]] = defaultdict(list)
        for triple in self._triples:
            if triple.object in nodes:
                found[triple.object].append(triple)
        return found


def open_document(file: Path) -> Document | None:
    """The file; None when it cannot be read."""
    syntax = file.suffix[1:].lower()
    if syntax not in SYNTAXES:
        return Foreign(file)
    try:
        return Document(file, file.read_bytes().removeprefix(b"\xef\xbb\xbf").decode("utf-8"), syntax)
    except (OSError, ValueError):
        return None
