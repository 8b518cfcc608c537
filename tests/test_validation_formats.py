"""The forms of a report, each held against its schema or a parser of its own; fingerprints and baselines."""

from __future__ import annotations

import base64
import csv
import hashlib
import io
import json
import re
import unicodedata
from dataclasses import replace
from functools import cache
from pathlib import Path
from typing import Any
from urllib.parse import unquote

import html5rdf
import jsonschema
import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st
from lxml import etree
from markdown_it import MarkdownIt
from pyoxigraph import RdfFormat, parse

from kg.errors import DataError, Place
from kg.terms import BlankNode, Literal, NamedNode, Term, visible
from kg.validation import Finding, Report, runs, text
from kg.validation.baseline import Baseline, against, compare
from kg.validation.context import Context
from kg.validation.fingerprints import fingerprint
from kg.validation.formats import github, html, markdown
from kg.validation.formats.table import FORMATS
from kg.validation.formats.words import WORDS, word
from kg.validation.graphs import from_n_triples
from kg.validation.messages import Language
from kg.validation.paths import Compound
from kg.validation.places import Located
from kg.vocab import SH, XSD

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


@hostile
def test_sarif_is_valid_whatever_the_data_says(
    of: Report, place: Place | None, label: str | None, language: Language
) -> None:
    run = sarif(write("sarif", of, context(of, place, label), language))
    results = [result for result in run["results"] if result.get("baselineState") != "absent"]
    assert len(results) == len(of.shown) + len(of.known)
    for found in run["tool"]["driver"]["rules"]:
        assert found["help"]["text"]
        assert re.fullmatch("[!-~]*", found.get("helpUri", ""))
    for result in results:
        for at in result["locations"]:
            assert re.fullmatch("[!-~]+", at.get("physicalLocation", {}).get("artifactLocation", {}).get("uri", "x"))
    said = [r["message"]["text"].replace("{{", "{").replace("}}", "}").replace("\\[", "[") for r in results]
    for message in messages(of):
        assert "\n".join(map(visible, message.split("\n"))).replace("\\[", "[") in said or not message


@hostile
def test_junit_is_valid_whatever_the_data_says(
    of: Report, place: Place | None, label: str | None, language: Language
) -> None:
    tree = junit(write("junit", of, context(of, place, label), language))
    whole = "".join(tree.itertext())
    for message in messages(of):
        assert spelt(message) in spelt(whole)
    suite = tree.find("testsuite")
    assert int(suite.get("failures")) == len(tree.findall(".//failure"))
    assert int(suite.get("tests")) == len(tree.findall(".//testcase"))
    assert int(suite.get("skipped")) == len(tree.findall(".//skipped"))


@hostile
def test_every_line_for_github_is_ours(
    of: Report, place: Place | None, label: str | None, language: Language
) -> None:
    found = annotations(write("github", of, context(of, place, label), language))
    assert {command for command, _, _ in found} <= {"error", "warning", "notice"}
    own = [(properties, said) for _, properties, said in found if properties["title"] != "SHACL"]
    assert len(own) == len(of.shown)
    for message in messages(of):
        assert any(said.startswith(visible(message)) for _, said in own)
    assert all(properties.keys() <= {"file", "line", "col", "title"} for properties, _ in own)


@hostile
def test_markdown_has_no_mark_of_the_datas(
    of: Report, place: Place | None, label: str | None, language: Language
) -> None:
    found = tokens(write("markdown", of, context(of, place, label), language))
    kinds = [token.type for token in found]
    shapes = len({f.shape for f in of.shown})
    assert kinds.count("heading_open") == kinds.count("table_open") == 1 + shapes
    assert kinds.count("tr_open") == 2 + shapes + len(of.shown)
    plain = "".join(t.content for token in found if token.type == "inline" for t in token.children or ())
    names = [label] * any(not isinstance(f.focus, Literal) for f in of.shown) if label else []
    for said in [*messages(of), *names]:
        if len(said) <= markdown.LONGEST:
            assert "".join(visible(" ".join(said.split("\n"))).split()) in "".join(plain.split())


@hostile
def test_the_page_has_no_element_of_the_datas(
    of: Report, place: Place | None, label: str | None, language: Language
) -> None:
    tree = page(write("html", of, context(of, place, label), language))
    whole = spelt("".join(tree.itertext()))
    assert all(spelt(message) in whole for message in messages(of))
    assert len(tree.findall(".//details")) == len({f.shape for f in of.shown})
    assert len(tree.findall(".//dl")) == len(of.shown)
    assert tree.get("lang") == {"zh": "zh-Hans", "en": "en"}[language]


@hostile
def test_csv_gives_back_what_it_was_given(
    of: Report, place: Place | None, label: str | None, language: Language
) -> None:
    rows = list(csv.DictReader(io.StringIO(write("csv", of, context(of, place, label), language), newline="")))
    assert [row["fingerprint"] for row in rows] == [fingerprint(found) for found in of.shown]
    assert [row["message"] for row in rows if row["message"] in messages(of)] == messages(of)


@hostile
def test_text_cannot_steer_a_terminal(of: Report, place: Place | None, label: str | None, language: Language) -> None:
    whole = write("text", of, context(of, place, label), language, idle=True)
    assert not [c for c in whole if unicodedata.category(c) in ("Cc", "Cf", "Zl", "Zp") and c != "\n"]
    assert max(map(text.columns, whole.split("\n"))) <= text.WIDTH


@hostile
def test_turtle_and_json_have_every_finding_to_be_listed(
    of: Report, place: Place | None, label: str | None, language: Language
) -> None:
    within = context(of, place, label)
    triples = [quad.triple for quad in parse(write("turtle", of, within, language), RdfFormat.TURTLE)]
    found = json.loads(write("json", of, within, language))
    number = len(of.shown) + len(of.known)
    assert len([t for t in triples if t.predicate == SH.result]) == len(found["findings"]) == number
    assert found.get("leftOut", 0) == of.left_out
    assert found["conforms"] is of.conforms


@pytest.mark.parametrize("name", FORMATS)
@pytest.mark.parametrize("language", LANGUAGES)
def test_a_real_report_is_the_same_twice_and_valid(name: str, language: Language) -> None:
    def once() -> str:
        run = runs.run([CASES / "faults.ttl"], [CASES / "shapes.ttl"])
        return FORMATS[name].write(run.report, replace(run.context, root=CASES), language)

    whole = once()
    assert whole == once()
    assert whole.endswith("\n")
    check = {
        "sarif": sarif,
        "junit": junit,
        "github": annotations,
        "html": page,
        "markdown": tokens,
        "json": json.loads,
    }
    if name in check:
        assert check[name](whole) is not None  # type: ignore[operator]


@pytest.mark.parametrize("name", sorted(FORMATS.keys() - {"turtle", "csv"}))
def test_a_report_without_findings_is_valid_and_says_so(name: str) -> None:
    whole = write(name, report())
    check = {"sarif": sarif, "junit": junit, "github": annotations, "html": page, "markdown": tokens}
    if name in check:
        check[name](whole)  # type: ignore[operator]
    assert re.search('Conforms|"conforms": true', whole)


def test_every_word_of_the_frame_is_there_in_both_languages() -> None:
    for zh, en in WORDS.values():
        assert re.search("[\u4e00-\u9fff]", zh)
        assert en.isascii() or "…" in en
        assert set(re.findall(r"\$\w+", zh)) - {"$n"} <= set(re.findall(r"\$\w+", en))


# What each says


def test_sarif_has_rules_places_and_fingerprints() -> None:
    of = report(finding(said="Two."), finding(shape=BLANK_SHAPE, path=ex("q"), severity="Info"))
    run = sarif(write("sarif", of, context(of, Place("data/中 a.ttl", 3, 7))))
    rules = {rule["id"]: rule for rule in run["tool"]["driver"]["rules"]}
    blank = f"{EX}S {EX}q sh:MinCountConstraintComponent"
    assert rules.keys() == {EX + "Idle", EX + "S", EX + "S-p", blank}
    assert rules[EX + "S-p"]["shortDescription"]["text"] == "the p"
    assert rules[EX + "S-p"]["fullDescription"]["text"] == "Too few values: at least 2 expected."
    assert rules[EX + "S-p"]["helpUri"] == EX + "S-p"
    assert "helpUri" not in rules[blank]
    by_rule = {result["ruleId"]: result for result in run["results"]}
    assert by_rule[EX + "S-p"]["level"] == "error"
    assert by_rule[blank]["level"] == "note"
    (at,) = by_rule[EX + "S-p"]["locations"]
    assert at["physicalLocation"] == {
        "artifactLocation": {"uri": "data/%E4%B8%AD%20a.ttl", "uriBaseId": "SRCROOT"},
        "region": {"startLine": 3, "startColumn": 7},
    }
    assert at["logicalLocations"][0]["fullyQualifiedName"] == f"<{EX}n>"
    assert by_rule[EX + "S-p"]["partialFingerprints"] == {"zonekgFinding/v1": fingerprint(finding())}
    assert run["invocations"][0]["executionSuccessful"] is True
    assert run["columnKind"] == "unicodeCodePoints"


@pytest.mark.parametrize(
    ("severity", "level", "command"),
    [
        (SH.Violation, "error", "error"),
        (SH.Warning, "warning", "warning"),
        (SH.Info, "note", "notice"),
        (ex("Grave"), "warning", "warning"),
    ],
)
def test_severities_become_levels(severity: NamedNode, level: str, command: str) -> None:
    of = report(replace(finding(said="x"), severity=severity))
    assert sarif(write("sarif", of))["results"][0]["level"] == level
    assert annotations(write("github", of))[0][0] == command


def test_a_file_outside_the_folder_is_named_in_full() -> None:
    of = report(finding())
    within = context(of, Place(Path("/else where/a.ttl"), 1))
    (result,) = sarif(write("sarif", of, within))["results"]
    assert result["locations"][0]["physicalLocation"]["artifactLocation"] == {"uri": "file:///else%20where/a.ttl"}
    assert annotations(write("github", of, within))[0][1]["file"] == "/else where/a.ttl"
    assert "/else where/a.ttl:1: Violation" in write("text", of, within)


def test_sarif_says_what_is_new_known_and_gone() -> None:
    old, new, gone = finding(ex("old")), finding(ex("new")), finding(ex("gone"))
    of = against(report(old, new), Baseline.of([old, gone]))
    states = {
        r["partialFingerprints"]["zonekgFinding/v1"]: r["baselineState"] for r in sarif(write("sarif", of))["results"]
    }
    assert states == {
        fingerprint(old): "unchanged",
        fingerprint(new): "new",
        fingerprint(gone): "absent",
    }


def test_junit_has_a_case_for_every_shape_checked_or_switched_off() -> None:
    of = report(finding(said="Wrong."), finding(shape=BLANK_SHAPE, path=ex("q"), severity="Warning"))
    tree = junit(write("junit", of, context(of, Place("a.ttl", 4, 2))))
    cases = {case.get("classname"): case for case in tree.iter("testcase")}
    assert cases.keys() == {EX + "S", EX + "Idle", EX + "Off"}
    (failure,) = cases[EX + "S"]
    assert failure.get("message").startswith("2 findings: ")
    assert "a.ttl:4:2: Violation: Wrong." in failure.text
    assert cases[EX + "Idle"][0].tag == cases[EX + "Off"][0].tag == "skipped"
    assert cases[EX + "Off"][0].get("message") == "deactivated"


@pytest.mark.parametrize(("fail_on", "failures"), [("violation", 0), ("warning", 1), ("info", 1), ("none", 0)])
def test_junit_fails_from_the_level_on_that_is_asked_for(fail_on: str, failures: int) -> None:
    of = report(finding(said="Mild.", severity="Warning"))
    tree = junit(write("junit", of, fail_on=fail_on))
    assert len(tree.findall(".//failure")) == failures
    assert "Mild." in "".join(tree.itertext())


def test_a_message_is_no_link_and_no_placeholder_in_sarif() -> None:
    of = report(finding(said="{0} [a](http://x) [b] {?this}"))
    assert sarif(write("sarif", of))["results"][0]["message"]["text"] == r"{{0}} \[a](http://x) [b] {{?this}}"


def test_a_rule_of_any_iri_has_a_help_uri() -> None:
    of = report(finding(shape=NamedNode("http://example.org/形状#形")))
    rules = {rule["id"]: rule for rule in sarif(write("sarif", of))["tool"]["driver"]["rules"]}
    assert rules["http://example.org/形状#形"]["helpUri"] == "http://example.org/%E5%BD%A2%E7%8A%B6#%E5%BD%A2"


def test_a_long_text_ends_with_the_shapes_that_have_most() -> None:
    of = report(
        *(finding(ex(f"n{i}")) for i in range(30)), *(finding(ex(f"m{i}"), shape=BLANK_SHAPE) for i in range(120))
    )
    for shown in (of, of.first(1)):
        whole = write("text", shown)
        assert re.search(rf"By shape:\n  120 +{EX}S › {EX}q\n   30 +{EX}S-p, the p\n\n", whole)
    assert "By shape" not in write("text", report(*of.findings[:5]))


def test_junit_fails_a_shape_whose_findings_are_not_listed() -> None:
    of = report(finding(said="one"), finding(said="two"), finding(said="three", severity="Warning"))
    (failure,) = junit(write("junit", of.first(1))).iter("failure")
    assert failure.get("message").startswith("3 findings: ")
    assert failure.text.endswith("Not listed: 2 more.")
    (failure,) = junit(write("junit", of.first(0), fail_on="violation")).iter("failure")
    assert failure.get("message").startswith("2 findings: ")


def test_junit_passes_a_shape_of_known_findings() -> None:
    of = report(finding(), finding(shape=ex("Other"), root=ex("Other")))
    assert not list(junit(write("junit", against(of, Baseline.of(of.findings)))).iter("failure"))


@pytest.mark.parametrize("bad", HOSTILE)
def test_the_log_for_github_has_no_command_of_the_datas(bad: str) -> None:
    of = report(*(finding(ex(f"n{i}"), said=bad, value=Literal(bad)) for i in range(12)))
    found = annotations(write("github", of, context(of, Place("##[group]x.ttl"), bad)))
    assert [command for command, _, _ in found] == ["error"] * 10 + ["notice"]


@pytest.mark.parametrize("number", [10, 11, 40])
def test_github_loses_no_finding_silently(number: int) -> None:
    of = report(
        *(finding(ex(f"n{i}"), said=f"v{i}.") for i in range(number)),
        *(finding(ex(f"n{i}"), said=f"i{i}.", severity="Info") for i in range(10)),
        finding(shape=BLANK_SHAPE, said="of the other shape"),
    )
    whole = write("github", of)
    found = annotations(whole)
    for command in ("error", "warning", "notice"):
        assert len([c for c, _, _ in found if c == command]) <= github.MOST
    own = [said for _, properties, said in found if properties["title"] != "SHACL"]
    assert any(said.startswith("of the other shape") for said in own)  # each shape's first comes first
    for name in [*(f"v{i}." for i in range(number)), *(f"i{i}." for i in range(10))]:
        assert name in whole
    (closing,) = (said for _, properties, said in found if properties["title"] == "SHACL")
    assert f"in the log of this step: {len(of.findings) - len(own)}." in closing


def test_markdown_lists_so_many_of_a_shape_and_says_how_many_more() -> None:
    of = report(*(finding(ex(f"n{i}"), said=f"m{i}") for i in range(markdown.ROWS + 7)))
    whole = write("markdown", of)
    assert [t.type for t in tokens(whole)].count("tr_open") == 2 + 1 + markdown.ROWS
    assert "… and 7 more" in whole


@pytest.mark.parametrize("character", ["|", "*", "中", "`"])
def test_markdown_stays_below_what_github_takes(character: str) -> None:
    long = character * 5_000
    of = report(
        *(finding(Literal(f"{i}{long}"), said=f"{i}{long}", shape=ex(f"S{i % 60}"), root=None) for i in range(1_500))
    )
    whole = write("markdown", of)
    assert len(whole.encode("utf-8")) < 1024 * 1024
    more = sum(int(n) for n in re.findall(r"and (\d+) more", whole)) + int(re.findall(r"Not listed: (\d+)", whole)[0])
    listed = len([token for token in tokens(whole) if token.type == "text" and token.content == "❌ Violation"])
    assert listed + more == 1_500


def test_the_page_allows_its_own_style_and_nothing_else() -> None:
    whole = write("html", report(finding()))
    (style,) = re.findall("<style>(.*?)</style>", whole, re.DOTALL)
    digest = base64.b64encode(hashlib.sha256(style.encode("utf-8")).digest()).decode()
    policy = page(whole).find(".//meta[@http-equiv]").get("content")
    assert policy == html.policy()
    assert policy.startswith(f"default-src 'none'; style-src 'sha256-{digest}'")
    assert "url(" not in style
    assert "@import" not in style


@pytest.mark.parametrize("name", ["text", "junit", "github", "markdown", "html"])
@pytest.mark.parametrize("language", LANGUAGES)
def test_people_are_told_what_is_known_and_what_is_not_listed(name: str, language: Language) -> None:
    old = [finding(ex(f"old{i}")) for i in range(3)]
    new = [finding(ex(f"new{i}")) for i in range(5)]
    of = against(report(*old, *new), Baseline.of([*old, finding(ex("gone"))])).first(2)
    whole = write(name, of, language=language)
    assert word("known", language, n=3) in whole
    assert word("left out", language, n=3) in whole
    assert EX + "old0" not in whole
    if name not in ("junit", "github"):  # these are about what is there
        assert word("gone", language, n=1) in whole
        assert EX + "gone" in whole


def test_only_known_findings_are_nothing_new() -> None:
    of = against(report(finding()), Baseline.of([finding()]))
    assert "Nothing new found." in write("text", of)
    assert not of.conforms
    assert "sh:conforms false" in write("turtle", of)


def test_the_gravest_findings_are_listed_first_in_canonical_order() -> None:
    found = [finding(ex(f"n{i}"), severity=s) for i, s in enumerate(["Info", "Violation", "Warning", "Violation"])]
    of = report(*found)
    assert [f.focus.value for f in of.first(3).shown] == [EX + "n1", EX + "n2", EX + "n3"]  # type: ignore[union-attr]
    assert [of.first(n).left_out for n in (0, 3, 4, 9, None)] == [4, 1, 0, 0, 0]
    assert of.first(1).counts() == of.counts()
    with pytest.raises(ValueError, match="below zero"):
        of.first(-1)


def test_a_context_finds_places_and_labels_in_the_data() -> None:
    run = runs.run([CASES / "faults.ttl"], [CASES / "shapes.ttl"])
    (keeper,) = (f for f in run.report.findings if f.shape == ex("GardenShape-keeper"))
    located = run.context.located(keeper)
    assert located is not None
    assert (located.place.file, located.place.line) == (CASES / "faults.ttl", 13)
    assert (run.context.name(keeper.focus, "zh") or "").startswith("梅兰竹菊")
    assert (run.context.name(keeper.focus, "en") or "").startswith("evil")
    assert run.context.name(ex("g1"), "en") is None
    assert run.context.located(replace(keeper, value=None)) is None


# Fingerprints


@given(FINDINGS)
def test_a_fingerprint_does_not_see_severity_messages_and_labels_of_blank_nodes(found: Finding) -> None:
    def relabelled(term: Any) -> Any:
        return BlankNode("other") if isinstance(term, BlankNode) else term

    other = replace(
        found,
        focus=relabelled(found.focus),
        value=relabelled(found.value),
        shape=relabelled(found.shape),
        severity=SH.Warning,
        messages=(Literal("anything"),),
    )
    assert fingerprint(found) == fingerprint(other)
    assert re.fullmatch("[0-9a-f]{64}", fingerprint(found))


def test_fingerprints_tell_apart_what_is_different() -> None:
    found = [
        finding(),
        finding(ex("other")),
        finding(BlankNode("b")),
        finding(Literal("n")),
        finding(Literal("n", language="en")),
        finding(value=Literal("1")),
        finding(value=Literal("1", datatype=XSD.integer)),
        finding(value=Literal("01", datatype=XSD.integer)),
        finding(value=BlankNode("b")),
        finding(path=None),
        finding(path=Compound("inversePath", (ex("p"),))),
        finding(component=SH.MaxCountConstraintComponent),
        finding(root=ex("T")),
        finding(root=None),
        finding(constraint=ex("c")),
    ]
    assert len({fingerprint(one) for one in found}) == len(found)


def test_a_fingerprint_is_the_one_it_was() -> None:
    """Baselines hold fingerprints: a change of this one makes every baseline worthless."""
    assert fingerprint(finding()) == "a3a387049bb3eb3cbcfb146ffbca86fd40dd3d8eaeeb613d3887f30b59d8ea98"


# Baselines


@given(st.lists(FINDINGS, max_size=6))
@example([finding(), finding(severity="Warning"), finding(BlankNode("a"), said="x"), finding(BlankNode("b"))])
@settings(deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_a_baseline_is_read_as_it_was_written(tmp_path: Path, found: list[Finding]) -> None:
    baseline = Baseline.of(found)
    path = tmp_path / "baseline.jsonl"
    baseline.write(path)
    assert Baseline.read(path) == baseline
    assert Baseline.of(reversed(found)).records == baseline.records
    lines = path.read_text(encoding="utf-8").splitlines()
    assert len(lines) == 1 + len({fingerprint(one) for one in found})
    assert max(map(len, lines)) < 6_000
    assert compare(found, baseline) == compare(found, Baseline.read(path))
    assert compare(found, baseline).known == tuple(found)
    assert compare([], baseline).gone == baseline.records


def test_findings_of_one_fingerprint_are_counted() -> None:
    one, two, three = (finding(BlankNode(f"b{i}")) for i in range(3))
    baseline = Baseline.of([one, two])
    assert [record.count for record in baseline.records] == [2]
    found = compare([one, two, three], baseline)
    assert (found.known, found.new, found.gone) == ((one, two), (three,), ())
    assert [record.count for record in compare([three], baseline).gone] == [1]


def test_a_line_of_a_baseline_reads_well(tmp_path: Path) -> None:
    Baseline.of([finding(value=Literal("a\x1bb"))]).write(tmp_path / "b")
    head, line = (tmp_path / "b").read_text(encoding="utf-8").splitlines()
    assert json.loads(head) == {"baseline": "zonekg", "version": 1}
    assert line.startswith(
        '{"shape": "http://example.org/S-p", "path": "http://example.org/p", "component": '
        '"sh:MinCountConstraintComponent", "severity": "sh:Violation", "focus": "http://example.org/n"'
    )
    assert "\\\\u001B" in line


HEAD = '{"baseline": "zonekg", "version": 1}\n'
GOOD = '{"shape": "s", "component": "c", "severity": "v", "focus": "f", "count": 1, "fingerprint": "00"}\n'


@pytest.mark.parametrize(
    ("content", "line", "says"),
    [
        ("", 1, "first line"),
        ("[]\n", 1, "first line"),
        ('{"baseline": "zonekg", "version": 2}\n', 1, "first line"),
        (HEAD + GOOD + "{\n", 3, "not JSON"),
        (HEAD + "\n<<<<<<< ours\n", 3, "merge"),
        (HEAD + "1\n", 2, "not an object"),
        (HEAD + GOOD.replace('"focus": "f", ', ""), 2, "no 'focus'"),
        (HEAD + GOOD.replace('"count": 1', '"count": 0'), 2, "'count'"),
        (HEAD + GOOD.replace('"count": 1', '"count": true'), 2, "'count'"),
        (HEAD + GOOD.replace('"f"', "1"), 2, "'focus' is no text"),
        (HEAD + GOOD.replace('"focus"', '"extra": "x", "focus"'), 2, "unknown 'extra'"),
        (HEAD + GOOD + GOOD, 3, "earlier line"),
        (HEAD + "[" * 100_000 + "\n", 2, "not JSON"),
        (HEAD.encode() + b"\n\xff\n", 3, "UTF-8"),
        (None, None, "cannot read"),
    ],
)
def test_an_ill_formed_baseline_is_refused_at_its_line(
    content: str | bytes | None, line: int | None, says: str, tmp_path: Path
) -> None:
    path = tmp_path / "baseline.jsonl"
    if content is not None:
        path.write_bytes(content.encode() if isinstance(content, str) else content)
    with pytest.raises(DataError) as fault:
        Baseline.read(path)
    assert says in fault.value.message
    assert fault.value.where is not None
    assert (fault.value.where.file, fault.value.where.line) == (path, line)
    assert "--update-baseline" in (fault.value.hint or "")
