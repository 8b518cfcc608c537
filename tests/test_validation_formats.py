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
from pathlib import Path

import pytest
from pyoxigraph import RdfFormat, parse

from kg.errors import Place
from kg.terms import Literal, NamedNode, visible
from kg.validation import Report, runs, text
from kg.validation.baseline import Baseline, against
from kg.validation.fingerprints import fingerprint
from kg.validation.formats import github, html, markdown
from kg.validation.formats.table import FORMATS
from kg.validation.formats.words import WORDS, word
from kg.validation.messages import Language
from kg.vocab import SH
from tests.report_cases import (
    BLANK_SHAPE,
    CASES,
    EX,
    HOSTILE,
    LANGUAGES,
    annotations,
    context,
    ex,
    finding,
    hostile,
    junit,
    messages,
    page,
    report,
    sarif,
    spelt,
    tokens,
    write,
)


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
