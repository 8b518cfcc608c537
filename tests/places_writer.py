"""Writes Turtle, TriG, N-Triples and N-Quads in all the ways of their grammars, and remembers where what stands."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from random import Random
from urllib.parse import urljoin

from kg.terms import XSD, BlankNode, Literal, NamedNode, Term
from kg.vocab import RDF
from tests.places_pools import COMMENTS, LOCALS, NAMESPACES, NUMBERS, TEXTS

BASE = "file:///some/where/data.ttl"
# What needs no white space before it, and what needs none behind it.
_SAFE_AFTER, _SAFE_BEFORE = "<\"'[(,;])}{", ">\"')],;[({}^"
_NAME = re.compile(r"[\w·:\-]", re.UNICODE)
_PLAIN = re.compile(r"[A-Za-z0-9_:\-é·中文例え𝄞]")
_ESCAPABLE = "_~.-!$&'()*+,;=/?#@"


@dataclass(frozen=True)
class Record:
    """A triple as it was written: its terms, its graph, and the offsets of its three tokens."""

    subject: Term
    predicate: NamedNode
    object: Term
    graph: NamedNode | None
    at: tuple[int, int, int]


@dataclass
class Writer:
    """Writes one document with the choices of ``random``; blank nodes without a label have names of our own."""

    random: Random
    syntax: str
    texts: Sequence[str] = TEXTS
    parts: list[str] = field(default_factory=list)
    records: list[Record] = field(default_factory=list)
    labels: dict[str, BlankNode] = field(default_factory=dict)
    length: int = 0
    last: str = ""
    anonymous: int = 0
    base: str = BASE
    graph: NamedNode | None = None

    def __post_init__(self) -> None:
        self.prefixes: dict[str, str] = {}

    @property
    def text(self) -> str:
        """What has been written."""
        return "".join(self.parts)

    def chance(self, of: float) -> bool:
        """Yes, so often."""
        return self.random.random() < of

    def raw(self, text: str) -> int:
        """Write something; where it begins."""
        at = self.length
        self.parts.append(text)
        self.length += len(text)
        return at

    def token(self, text: str, *, joined: bool = False) -> int:
        """Write a token, with white space before it where there must be and sometimes where there need not."""
        needed = bool(self.last) and not (
            text[0] in _SAFE_AFTER or (self.last[-1] in _SAFE_BEFORE and not self.escaped)
        )
        needed |= text[0] in "\"'" and self.last[-1:] == text[0]  # the two would begin a long string
        if text == ".":
            needed = False
        elif self.last == "." and self.dotted and (_NAME.match(text) or text[0] in "._@+-%\\"):
            needed = True
        if not joined:
            self.gap(needed)
        if text == ".":  # whether a name behind the dot would be taken for the rest of the token before it
            decimal = re.fullmatch(r"[+-]?[0-9]*\.[0-9]+", self.last) is not None
            free = (
                (self.last[-1:] in ">\"')]" and not self.escaped)
                or self.last.startswith("@")
                or decimal
                or not self.joins
            )
            self.dotted = not free
        self.last = text
        return self.raw(text)

    dotted = False

    @property
    def escaped(self) -> bool:
        """Whether the last token is a prefixed name with an escape in it."""
        return "\\" in self.last and self.last[0] not in "<\"'"

    @property
    def joins(self) -> bool:
        """Whether nothing stands between the last token and here."""
        return bool(self.parts) and self.parts[-1] == self.last

    def gap(self, needed: bool) -> None:
        """White space and comments."""
        line = self.syntax in ("nt", "nq")
        for _ in range(self.random.choice((0, 0, 1, 1, 2)) or needed):
            if self.chance(0.1) and not line:
                self.raw(
                    " " * (self.last != "") + self.random.choice(COMMENTS) + self.random.choice(("\n", "\r\n", "\r"))
                )
            else:
                self.raw(
                    self.random.choice((" ", "\t"))
                    if line
                    else self.random.choice((" ", "  ", "\t", "\n", "\r\n", "\r"))
                )

    # Terms

    def iri(self) -> NamedNode:
        """Some IRI, most from few."""
        local = self.random.choice(LOCALS[:4]) if self.chance(0.5) else self.random.choice(LOCALS)
        start = self.random.choice(NAMESPACES)
        return NamedNode(start + local.replace("#", "") if "#" in start else start + local)

    def literal(self) -> Literal:
        """Some literal."""
        if self.chance(0.3):
            number = self.random.choice((*NUMBERS, "true", "false"))
            kind = "boolean" if number[0] in "tf" else "double" if "e" in number.lower() else "decimal"
            kind = kind if "." in number or kind != "decimal" else "integer"
            return Literal(number, datatype=NamedNode(XSD + kind))
        value = self.random.choice(self.texts)
        way = self.random.randrange(3)
        if way == 1:
            return Literal(value, language=self.random.choice(("en", "zh-hans", "de-at-1996")))
        return Literal(value, datatype=self.iri()) if way == 2 else Literal(value)

    def write_iri(self, iri: NamedNode) -> int:
        """An IRI in one of its forms."""
        full = self.syntax in ("nt", "nq")
        ways = [self._bracketed(iri.value)]
        if not full:
            ways += [
                p + local
                for p, start in self.prefixes.items()
                if (local := self._local(iri.value, start)) is not None
            ]
            if iri == RDF.type:
                return self.token("a")
            relative = self._relative(iri.value)
            ways += [] if relative is None else [self._bracketed(relative)]
        return self.token(self.random.choice(ways))

    def _bracketed(self, text: str) -> str:
        return "<" + "".join(self._code(c) if self.chance(0.05) else c for c in text) + ">"

    def _code(self, character: str) -> str:
        code = ord(character)
        return f"\\u{code:04X}" if code < 0x10000 and self.chance(0.7) else f"\\U{code:08x}"

    def _relative(self, iri: str) -> str | None:
        start = re.sub(r"[^/]*$", "", self.base)
        if not iri.startswith(start):
            return None
        reference = iri[len(start) :]
        if not reference or ":" in reference or reference.startswith(("/", "?", "#", ".")) or ".." in reference:
            return None
        return reference if urljoin(self.base, reference) == iri else None

    def _local(self, iri: str, start: str) -> str | None:
        """The local name for an IRI under a namespace; None when there is none."""
        if not iri.startswith(start):
            return None
        local, written = iri[len(start) :], ""
        for index, c in enumerate(local):
            inner = 0 < index < len(local) - 1
            percent = c == "%" and re.match(r"%[0-9A-Fa-f]{2}", local[index:]) is not None
            dot = c == "." and inner and self.chance(0.7)
            odd = (index == 0 and c in "-·") or (c in "_-" and self.chance(0.2))
            if percent or dot or (_PLAIN.match(c) and not odd):
                written += c
            elif c in _ESCAPABLE:
                written += "\\" + c
            else:
                return None
        return None if re.search(r"(?<!\\)\.$", written) else written

    def write_literal(self, literal: Literal) -> int:
        """A literal in one of its forms."""
        value, kind = literal.value, literal.datatype.value.removeprefix(XSD)
        full = self.syntax in ("nt", "nq")
        if not full and kind in ("integer", "decimal", "double", "boolean") and value in (*NUMBERS, "true", "false"):
            return self.token(value)
        at = self.token(self._quoted(value, full))
        if literal.language is not None:
            tag = literal.language.upper() if self.chance(0.2) else literal.language
            self.token(f"@{tag}", joined=True)
        elif kind != "string" or self.chance(0.1):
            self.token("^^", joined=True)
            self.write_iri(literal.datatype)
        return at

    def _quoted(self, value: str, full: bool) -> str:
        quote = '"' if full else self.random.choice(('"', "'", '"""', "'''"))
        short = {
            "\n": "\\n",
            "\r": "\\r",
            "\t": "\\t",
            "\b": "\\b",
            "\f": "\\f",
            "\\": "\\\\",
            '"': '\\"',
            "'": "\\'",
        }
        written = ""
        for index, c in enumerate(value):
            long = len(quote) == 3
            must = c == "\\" or (
                c == quote[0] and (not long or index == len(value) - 1 or written.endswith(quote[0] * 2))
            )
            must |= c in "\n\r" and not long
            if c in short and (must or self.chance(0.2)):
                written += short[c]
            elif self.chance(0.05):
                written += self._code(c)
            else:
                written += c
        return quote + written + quote

    # Statements

    def document(self, size: int) -> None:
        """Declarations and statements in any order."""
        if self.chance(0.3):
            self.gap(False)
        for _ in range(size):
            if self.syntax in ("nt", "nq"):
                self._line()
                continue
            if self.chance(0.4):
                self._declaration()
            if self.syntax == "trig" and self.chance(0.5):
                self._block()
            else:
                self._statement()
                self.token(".")
        self.gap(
            self.syntax not in ("nt", "nq")
        )  # the parser stumbles over an escaped name and a dot at the very end

    def _declaration(self) -> None:
        sparql = self.chance(0.5)
        if self.chance(0.2):
            base = self.random.choice(("http://example.org/q/", "sub/", BASE, "../"))
            if not self.base.startswith(("http", "file")):
                return
            self.token(self._cased("BASE") if sparql else "@base")
            self.token(f"<{base}>")
            self.base = urljoin(self.base, base)
        else:
            prefix = self.random.choice((":", "ex:", "e.x:", "a:", "é-1:", "graph:", "true:"))
            start = self.random.choice((*NAMESPACES, NAMESPACES[0] + "a", NAMESPACES[0] + "v1"))
            self.token(self._cased("PREFIX") if sparql else "@prefix")
            self.token(prefix)
            self.token(f"<{start}>")
            self.prefixes[prefix] = start
        if not sparql:
            self.token(".")

    def _cased(self, word: str) -> str:
        return "".join(self.random.choice((c.lower(), c)) for c in word)

    def _block(self) -> None:
        way = self.random.randrange(3)
        if way:
            if way == 2:
                self.token(self._cased("GRAPH"))
            graph = self.iri()
            self.write_iri(graph)
            self.graph = graph
        self.token("{")
        count = self.random.randrange(4)
        for index in range(count):
            self._statement()
            if index < count - 1 or self.chance(0.5):
                self.token(".")
        self.token("}")
        self.graph = None

    def _line(self) -> None:
        """A line of N-Triples or N-Quads."""
        if self.chance(0.1):
            self.raw(self.random.choice(COMMENTS) + "\n")
        self.last = ""
        subject, subject_at = self._node()
        predicate = self.iri()
        predicate_at = self.write_iri(predicate)
        value: Term
        if self.chance(0.5):
            value = self.literal()
            value_at = self.write_literal(value)
        else:
            value, value_at = self._node()
        graph = None
        if self.syntax == "nq" and self.chance(0.5):
            graph = self.iri()
            self.write_iri(graph)
        self.records.append(Record(subject, predicate, value, graph, (subject_at, predicate_at, value_at)))
        self.token(".")
        self.raw(self.random.choice(("\n", "\r\n", "\r", ' # " <\n')))

    def _node(self) -> tuple[NamedNode | BlankNode, int]:
        """An IRI or a labelled blank node, written."""
        if self.chance(0.8):
            iri = self.iri()
            return iri, self.write_iri(iri)
        label = self.random.choice(("x", "y", "b0", "b1", "1", "a.b", "x-1", "0123456789abcdef"))
        return self.labels.setdefault(label, BlankNode(f"label-{label}")), self.token(f"_:{label}")

    def _fresh(self) -> BlankNode:
        self.anonymous += 1
        return BlankNode(f"anonymous-{self.anonymous}")

    def _statement(self) -> None:
        way = self.random.random()
        subject: Term
        if way < 0.12:
            at, subject, filled = self._bracket(2)
            if filled and self.chance(0.5):
                return
        elif way < 0.2:
            at, subject = self._list(2)
        else:
            subject, at = self._node()
        self._predicates(subject, at, 2)

    def _predicates(self, subject: Term, subject_at: int, depth: int) -> None:
        for index in range(self.random.choice((1, 1, 2, 3))):
            if index:
                for _ in range(self.random.choice((1, 1, 1, 2))):
                    self.token(";")
            predicate = RDF.type if self.chance(0.2) else self.iri()
            predicate_at = self.write_iri(predicate)
            for number in range(self.random.choice((1, 1, 1, 2, 3))):
                if number:
                    self.token(",")
                value, at = self._value(depth)
                self.record(subject, predicate, value, (subject_at, predicate_at, at))
        if self.chance(0.2):
            self.token(";")

    def record(self, subject: Term, predicate: NamedNode, value: Term, at: tuple[int, int, int]) -> None:
        """Remember a triple."""
        self.records.append(Record(subject, predicate, value, self.graph, at))

    def _value(self, depth: int) -> tuple[Term, int]:
        """An object, written."""
        way = self.random.random() if depth else 1
        if way < 0.12:
            at, node, _ = self._bracket(depth - 1)
            return node, at
        if way < 0.2:
            at, head = self._list(depth - 1)
            return head, at
        if self.chance(0.5):
            literal = self.literal()
            return literal, self.write_literal(literal)
        return self._node()

    def _bracket(self, depth: int) -> tuple[int, BlankNode, bool]:
        at, node, filled = self.token("["), self._fresh(), self.chance(0.7)
        if filled:
            self._predicates(node, at, depth)
        self.token("]")
        return at, node, filled

    def _list(self, depth: int) -> tuple[int, NamedNode | BlankNode]:
        at = self.token("(")
        members = [self._value(depth) for _ in range(self.random.randrange(4))]
        end = self.token(")")
        if not members:
            return at, RDF.nil
        cells = [(self._fresh(), at if index == 0 else member[1]) for index, member in enumerate(members)]
        following = [*cells[1:], (RDF.nil, end)]
        for (cell, cell_at), (member, member_at), (rest, rest_at) in zip(cells, members, following, strict=True):
            self.record(cell, RDF.first, member, (cell_at, member_at, member_at))
            self.record(cell, RDF.rest, rest, (cell_at, rest_at, rest_at))
        return at, cells[0][0]
