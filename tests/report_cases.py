"""Findings and reports for the tests of what is made of them: plain ones, hostile ones, and any at all."""

from __future__ import annotations

import json
import re
from functools import cache
from pathlib import Path
from typing import Any
from urllib.parse import unquote

import html5rdf
import jsonschema
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st
from lxml import etree
from markdown_it import MarkdownIt

from kg.errors import Place
from kg.terms import BlankNode, Literal, NamedNode, Term, visible
from kg.validation import Finding, Report
from kg.validation.baseline import Baseline, against
from kg.validation.context import Context
from kg.validation.formats.table import FORMATS
from kg.validation.graphs import from_n_triples
from kg.validation.messages import Language
from kg.validation.paths import Compound
from kg.validation.places import Located
from kg.vocab import SH

HERE = Path(__file__).resolve().parent


CASES = HERE / "cases" / "validation"


EX = "http://example.org/"


ROOT = Path("/folder")


LANGUAGES: tuple[Language, ...] = ("zh", "en")


# One shape with a target and two property shapes, one of them blank; one deactivated; one that is idle.
SHAPES = from_n_triples(
    """
    <http://example.org/S> <http://www.w3.org/ns/shacl#targetClass> <http://example.org/C> .
    <http://example.org/S> <http://www.w3.org/ns/shacl#property> <http://example.org/S-p> .
    <http://example.org/S> <http://www.w3.org/ns/shacl#property> _:b .
    <http://example.org/S-p> <http://www.w3.org/ns/shacl#path> <http://example.org/p> .
    <http://example.org/S-p> <http://www.w3.org/ns/shacl#name> "the p"@en .
    <http://example.org/S-p> <http://www.w3.org/ns/shacl#name> "属性 p"@zh .
    <http://example.org/S-p> <http://www.w3.org/ns/shacl#minCount> "2" .
    _:b <http://www.w3.org/ns/shacl#path> <http://example.org/q> .
    <http://example.org/Off> <http://www.w3.org/ns/shacl#targetClass> <http://example.org/C> .
    <http://example.org/Off> <http://www.w3.org/ns/shacl#deactivated> "true" .
    <http://example.org/Idle> <http://www.w3.org/ns/shacl#targetClass> <http://example.org/D> .
    """
)


BLANK_SHAPE = next(t.subject for t in SHAPES.triples if isinstance(t.subject, BlankNode))


def ex(name: str) -> NamedNode:
    return NamedNode(EX + name)


def finding(
    focus: Term | None = None,
    *,
    said: str | None = None,
    shape: NamedNode | BlankNode | None = None,
    severity: str = "Violation",
    value: Term | None = None,
    **more: Any,
) -> Finding:
    """A finding of the shape S-p unless another is given."""
    return Finding(
        **{
            "focus": focus or ex("n"),
            "path": ex("p"),
            "value": value,
            "shape": shape or ex("S-p"),
            "component": SH.MinCountConstraintComponent,
            "severity": SH[severity],
            "messages": () if said is None else (Literal(said),),
            "root": ex("S") if isinstance(shape, BlankNode) else shape or ex("S-p"),
        }
        | more
    )


def report(*findings: Finding) -> Report:
    ordered = tuple(sorted(findings, key=lambda found: found.key))
    return Report(
        conforms=not findings,
        findings=ordered,
        shapes_checked=2,
        focus_nodes=3,
        idle=(ex("Idle"),),
        shapes=(ex("Idle"), ex("S")),
    )


def context(of: Report, place: Place | None = None, label: str | None = None) -> Context:
    """The context of a report: every finding at the place, every node with the label."""
    places = {} if place is None else {found: Located(place) for found in of.findings}
    labels = {} if label is None else {found.focus: (Literal(label),) for found in of.findings}
    return Context(SHAPES, places, labels, ROOT)


def write(name: str, of: Report, within: Context | None = None, language: Language = "en", **options: object) -> str:
    return FORMATS[name].write(of, within or context(of), language, **options)


# Schemas and parsers


# What the page is made of.
OURS = {
    *("html", "head", "meta", "title", "style", "body", "main", "h1", "h2", "p", "ul", "li", "b", "details"),
    *("summary", "code", "span", "bdi", "br", "dl", "dt", "dd", "footer"),
}


@cache
def _sarif_schema() -> jsonschema.Draft7Validator:
    return jsonschema.Draft7Validator(
        json.loads((HERE / "schemas" / "sarif-schema-2.1.0.json").read_text(encoding="utf-8"))
    )


@cache
def _junit_schema() -> etree.XMLSchema:
    return etree.XMLSchema(etree.parse(HERE / "schemas" / "junit-10.xsd"))


def sarif(of: str) -> dict[str, Any]:
    """The one run of a SARIF log that its schema accepts."""
    log = json.loads(of)
    _sarif_schema().validate(log)
    (run,) = log["runs"]
    rules = [rule["id"] for rule in run["tool"]["driver"]["rules"]]
    assert len(rules) == len(set(rules))
    for result in run["results"]:
        assert "ruleIndex" not in result or rules[result["ruleIndex"]] == result["ruleId"]
    return dict(run)


def junit(of: str) -> Any:
    """The tree of a JUnit file that its schema accepts."""
    tree = etree.fromstring(of.encode("utf-8"))
    _junit_schema().assertValid(tree)
    return tree


def annotations(of: str) -> list[tuple[str, dict[str, str], str]]:
    """(command, properties, text) of the annotations in a step's log; any other line is no command."""
    found = []
    for line in of.removesuffix("\n").split("\n"):
        command = re.fullmatch(r"::(\w+)(?: ([^:]*))?::(.*)", line)
        if command is None:
            assert line.startswith("- ")
            assert "##[" not in line
            continue
        pairs = [pair.split("=", 1) for pair in (command[2] or "").split(",") if pair]
        if command[1] not in ("group", "endgroup"):
            found.append((command[1], {key: unquote(value) for key, value in pairs}, unquote(command[3])))
    return found


def page(of: str) -> Any:
    """The tree of an HTML page that parses without a fault and has nothing in it but what we write."""
    tree = html5rdf.HTMLParser(strict=True, namespaceHTMLElements=False).parse(of)
    tags = {element.tag for element in tree.iter() if isinstance(element.tag, str)}
    assert tags <= OURS
    for element in tree.iter():
        assert element.attrib.keys() <= {"lang", "charset", "name", "content", "http-equiv", "class", "open"}
    return tree


def tokens(of: str) -> list[Any]:
    """The tokens of Markdown with tables and HTML, those inside paragraphs too; only ours may be there."""
    parser = MarkdownIt("commonmark").enable(["table", "strikethrough"])
    found = [inner for token in parser.parse(of) for inner in (token, *(token.children or ()))]
    kinds = {token.type for token in found if token.nesting >= 0}
    assert kinds <= {
        *("heading_open", "paragraph_open", "inline", "text", "code_inline", "strong_open"),
        *("table_open", "thead_open", "tbody_open", "tr_open", "th_open", "td_open", "html_inline"),
        *("bullet_list_open", "list_item_open", "text_special"),
    }
    assert [token.content for token in found if token.type == "html_inline"] == ["<sub>", "</sub>"]
    return found


# Whatever the data says


HOSTILE = [
    "\"quoted\" 'single' `ticks` ``two``",
    "]]> <script>alert(1)</script> <!-- & &amp; --> </style></title>",
    "\u202eright to left\u202c \u200f\u2066",
    "two\nlines\r\nthree\u2028four",
    "\x00\x01\x1b[31mred\x07\x7f\x85\ufffe\uffff",
    "::error file=x,line=1::text ##[error]old %0A %25 100%",
    "| a | b |\n|---|---|\n# heading\n- list\n1. one\n> quote\n    code",
    "[link](http://evil.example) ![image](x) <http://a.example> https://evil.example www.evil.example",
    "@someone #1 :tada: user@evil.example",
    "**bold** _it_ ~~gone~~ $x$ [^1] {0} {?x} \\| \\",
    "# heading #1", "## ", "> quote", "```", "~~~", "***", "- [ ] task", "&lt;b&gt; &#124;",
    "=1+1", "x" * 10_000, "", " ", "-", "1. x", "+", "中文，标点。",
]  # fmt: skip


TEXTS = st.sampled_from(HOSTILE) | st.text(st.characters(exclude_categories=["Cs"]), max_size=40)


IRIS = st.sampled_from(
    [
        "http://example.org/n",
        "javascript:alert(1)",
        "urn:a'b(c)*_~&=1",
        "http://e.org/::error,a=b%0A",
        "http://e.org/\u202e中",
    ]
).map(NamedNode)


TERMS = IRIS | st.just(BlankNode("b1")) | TEXTS.map(Literal) | TEXTS.map(lambda t: Literal(t, language="en"))


PLACES = st.none() | st.builds(
    Place,
    st.sampled_from(
        ["a.ttl", "/folder/a b/中.ttl", "/else/x.ttl", "a,b:c%d.ttl", "<script>.ttl", "x\ny.ttl", "::error.ttl"]
    )
    .map(Path),
    st.none() | st.integers(1, 9),
    st.integers(1, 9),
)  # fmt: skip


COMPOUND = Compound("alternativePath", (ex("p"), Compound("inversePath", (ex("q"),))))


FINDINGS = st.builds(
    finding,
    TERMS,
    said=st.none() | TEXTS,
    shape=st.sampled_from([ex("S-p"), ex("S"), BLANK_SHAPE, BlankNode("unknown"), NamedNode("urn:x:*_'")]),
    severity=st.sampled_from(["Violation", "Warning", "Info"]),
    value=st.none() | TERMS,
    path=st.sampled_from([None, ex("p"), COMPOUND]),
)  # fmt: skip


REPORTS = st.lists(FINDINGS, max_size=5, unique=True).map(lambda found: report(*found))


@st.composite
def compared(draw: st.DrawFn) -> Report:
    """A report, perhaps with a baseline, perhaps with few findings to be listed."""
    of = draw(REPORTS)
    if draw(st.booleans()):
        of = against(of, Baseline.of([*of.findings[::2], *draw(st.lists(FINDINGS, max_size=2))]))
    return of.first(draw(st.none() | st.integers(0, 3)))


def hostile(function: Any) -> Any:
    """Run with reports of every kind, and once with each hostile text everywhere."""
    given_ = given(of=compared(), place=PLACES, label=st.none() | TEXTS, language=st.sampled_from(LANGUAGES))
    found = given_(function)
    for bad in HOSTILE:
        one = report(finding(said=bad, value=Literal(bad)), finding(Literal(bad), shape=BLANK_SHAPE, said=bad))
        found = example(of=one, place=Place(ROOT / "a.ttl", 1, 2), label=bad, language="en")(found)
    return settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))(found)


def spelt(of: str) -> str:
    """What is seen of a text, with the code points that are no characters, which XML and HTML refuse, spelt out."""
    return "".join(
        f"\\u{{{ord(c):x}}}" if ord(c) & 0xFFFE == 0xFFFE or "\ufdd0" <= c <= "\ufdef" else visible(c) for c in of
    )


def messages(of: Report) -> list[str]:
    return [message.value for found in of.shown for message in found.messages]
