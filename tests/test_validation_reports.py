"""`kg validate`: its reports for people and programs, its places and its exit codes."""

from __future__ import annotations

import json
import re
import sys
import unicodedata
from pathlib import Path

import pytest
from pyoxigraph import RdfFormat, parse

from kg.cli import main
from kg.terms import NamedNode
from kg.validation import places, read, text
from kg.vocab import RDFS, SH

CASES = Path(__file__).resolve().parent / "cases" / "validation"
SHAPES, CONFORMS, FAULTS = (CASES / f"{name}.ttl" for name in ("shapes", "conforms", "faults"))


def run(capsys: pytest.CaptureFixture[str], *arguments: str | Path) -> tuple[int, str, str]:
    code = main(["validate", *map(str, arguments)])
    printed = capsys.readouterr()
    return code, printed.out, printed.err


# Exit codes


@pytest.mark.parametrize("format_", ["text", "turtle", "json"])
def test_0_when_the_data_conforms_and_1_when_there_are_findings(
    format_: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(capsys, CONFORMS, "--shapes", SHAPES, "--format", format_)[0] == 0
    assert run(capsys, FAULTS, "--shapes", SHAPES, "--format", format_)[0] == 1


@pytest.mark.parametrize(
    "arguments",
    [
        ["--nonsense"],
        ["--engine", "fast"],
        ["--format", "pdf"],
        ["--lang", "fr"],
        [str(CONFORMS), "--dataset", "build"],
        [str(CONFORMS), "--ontology", "none", "--ontology", str(CONFORMS)],
    ],
)
def test_2_for_wrong_usage(arguments: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    code, out, err = run(capsys, *arguments)
    assert (code, out) == (2, "")
    assert err


@pytest.mark.parametrize("name", ["broken.ttl", "absent.ttl"])
def test_3_for_data_that_cannot_be_read(name: str, capsys: pytest.CaptureFixture[str]) -> None:
    code, out, err = run(capsys, CASES / name, "--shapes", SHAPES)
    assert (code, out) == (3, "")
    assert name in err


def test_the_place_of_a_syntax_error_has_line_and_column(capsys: pytest.CaptureFixture[str]) -> None:
    assert re.search(r"broken\.ttl:4:\d+", run(capsys, CASES / "broken.ttl", "--shapes", SHAPES)[2])


@pytest.mark.parametrize(
    "path", sorted([*CASES.glob("ill_formed/*.ttl"), *CASES.glob("nothing/*.ttl")]), ids=lambda path: path.stem
)
def test_4_for_ill_formed_shapes_and_for_nothing_to_check(path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    code, out, err = run(capsys, CONFORMS, "--shapes", path)
    assert (code, out) == (4, "")
    assert err.startswith("error: ")


def test_4_for_data_without_a_triple(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(capsys, CASES / "empty.ttl", "--shapes", SHAPES)[0] == 4


def test_5_for_an_internal_fault(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    monkeypatch.setattr("kg.validation.runs.run", lambda *_, **__: 1 / 0)
    assert run(capsys, CONFORMS, "--shapes", SHAPES)[0] == 5


# Text


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_the_text_is_the_one_approved(
    lang: str, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """To approve: cd tests/cases/validation; kg validate faults.ttl --shapes shapes.ttl --lang en > faults.en.txt"""
    monkeypatch.chdir(CASES)
    assert run(capsys, "faults.ttl", "--shapes", "shapes.ttl", "--lang", lang)[1] == (
        CASES / f"faults.{lang}.txt"
    ).read_text(encoding="utf-8")


@pytest.mark.parametrize("lang", ["zh", "en"])
@pytest.mark.parametrize("width", [80, 40, 20])
def test_no_line_is_wider_than_asked_for(lang: text.Language, width: int) -> None:
    from kg.validation import runs

    found = runs.run([FAULTS], [SHAPES])
    lines = text.to_text(found.report, found.context, lang, width=width).splitlines()
    assert max(map(text.columns, lines)) <= width


def test_nothing_in_the_data_can_steer_a_terminal(capsys: pytest.CaptureFixture[str]) -> None:
    out = run(capsys, FAULTS, "--shapes", SHAPES)[1]
    assert not [c for c in out if unicodedata.category(c) in ("Cc", "Cf") and c != "\n"]
    assert "\\u{1b}[31mred" in out.replace("\n", "")


def test_colour_only_on_a_terminal(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("NO_COLOR", raising=False)
    assert "\x1b" not in run(capsys, FAULTS, "--shapes", SHAPES)[1]
    monkeypatch.setattr(sys.stdout, "isatty", lambda: True)
    coloured = run(capsys, FAULTS, "--shapes", SHAPES)[1]
    assert "\x1b[31m" in coloured
    plain = re.sub(r"\x1b\[\d+m", "", coloured)
    monkeypatch.setenv("NO_COLOR", "1")
    assert run(capsys, FAULTS, "--shapes", SHAPES)[1] == plain


def test_a_fallback_is_said_in_the_first_line(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "shacl", None)
    assert run(capsys, CONFORMS, "--shapes", SHAPES)[1].startswith(
        "Checked by the reference engine, since the native"
    )
    code, out, err = run(capsys, CONFORMS, "--shapes", SHAPES, "--format", "turtle")
    assert code == 0
    assert "reference" in err
    assert "reference" not in out


@pytest.mark.parametrize(
    ("given", "shown"),
    [
        ("plain 中文 é", "plain 中文 é"),
        ("\x1b[2J", "\\u{1b}[2J"),
        ("a\u202eb", "a\\u{202e}b"),
        ("a\u2028b\r\n", "a\\u{2028}b\\u{d}\\u{a}"),
    ],
)
def test_what_is_not_seen_is_spelt_out(given: str, shown: str) -> None:
    assert text.visible(given) == shown


@pytest.mark.parametrize(
    ("given", "lines"),
    [
        ("", [""]),
        ("one two three", ["one two", "three"]),
        ("abcdefghijkl", ["abcdefgh", "ijkl"]),
        ("中文字符宽度", ["中文字符", "宽度"]),
        ("中文字符。宽度", ["中文字", "符。宽度"]),
        ("e\u0301" * 8, ["e\u0301" * 8]),
    ],
)
def test_lines_are_broken_by_columns(given: str, lines: list[str]) -> None:
    assert text.wrap(given, 8, 8) == lines


# Turtle and JSON


def test_turtle_is_the_w3c_report_and_nothing_else(capsys: pytest.CaptureFixture[str]) -> None:
    out = run(capsys, FAULTS, "--shapes", SHAPES, "--format", "turtle")[1]
    triples = [quad.triple for quad in parse(out, RdfFormat.TURTLE)]
    assert len([t for t in triples if t.predicate == SH.result]) == 7
    assert [t.object.value for t in triples if t.predicate == SH.conforms] == ["false"]  # type: ignore[union-attr]


def test_json_has_every_finding_with_its_place(capsys: pytest.CaptureFixture[str]) -> None:
    found = json.loads(run(capsys, FAULTS, "--shapes", SHAPES, "--format", "json", "--lang", "zh")[1])
    assert found["conforms"] is False
    assert found["counts"] == {"Violation": 3, "Warning": 3, "Info": 1}
    keeper = next(f for f in found["findings"] if f["shape"]["value"].endswith("-keeper"))
    assert keeper["value"] == {"type": "uri", "value": "http://example.org/g1"}
    assert keeper["label"].startswith("梅兰竹菊")
    assert (Path(keeper["file"]).name, keeper["line"]) == ("faults.ttl", 13)


# Places


def test_places_of_canonical_turtle() -> None:
    data = read(FAULTS)
    g1 = NamedNode("http://example.org/g1")

    def line(*of: object) -> int | None:
        found = places.locate(data, *of)  # type: ignore[arg-type]
        return None if found is None else found.place.line

    area = NamedNode("http://example.org/area")
    large, two_hundred = data.objects(g1, area)
    assert line(g1) == 4
    assert line(g1, RDFS.label) == 4  # what is missing stands at the node
    assert line(g1, area) == 5
    assert line(g1, area, large) == 5
    assert line(g1, area, two_hundred) == 6
    assert line(g1, NamedNode("http://example.org/bed"), NamedNode("http://example.org/b1")) == 7
    assert places.locate(data, NamedNode("http://example.org/nobody")) is None


@pytest.mark.parametrize(
    ("name", "content", "line"),
    [
        ("a.nt", "<http://x> <http://p> <http://y> .\n<http://a> <http://p> <http://y> .\n", 2),
        ("a.nq", "<http://x> <http://p> <http://a> <http://g> .\n<http://a> <http://p> <http://y> <http://g> .\n", 2),
        ("object.ttl", "<http://x> <http://p>\n<http://a> .\n<http://a> <http://p> 1 .\n", 3),
        ("comment.ttl", "# <http://a> <http://p> 1 .\n<http://a> <http://p> 1 .\n", 2),
        ("long.ttl", '<http://x> <http://p> """.\n<http://a> <http://q> . """ .\n<http://a> <http://p> 1 .\n', 3),
        ("one_line.ttl", "<http://x> <http://p> 1 . <http://a> <http://p> 1 .\n", 1),
    ],
)
def test_a_line_is_right(name: str, content: str, line: int, tmp_path: Path) -> None:
    (tmp_path / name).write_text(content, encoding="utf-8")
    found = places.locate(read(tmp_path / name), NamedNode("http://a"))
    assert found is not None
    assert (found.place.file, found.place.line) == (tmp_path / name, line)


def test_findings_over_several_files_name_the_right_one(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    one, two = tmp_path / "one.ttl", tmp_path / "two.ttl"
    one.write_bytes(CONFORMS.read_bytes())
    two.write_text("@prefix ex: <http://example.org/> .\n\nex:g1 ex:area 500 .\n", encoding="utf-8")
    found = json.loads(run(capsys, one, two, "--shapes", SHAPES, "--format", "json")[1])["findings"]
    assert [(Path(f["file"]).name, f["line"]) for f in found] == [("two.ttl", 3)]


def test_places_follow_a_file_that_changes(tmp_path: Path) -> None:
    file = tmp_path / "a.ttl"
    node, kind = NamedNode("http://a"), NamedNode("http://p")
    for blank in (0, 5):
        file.write_text("\n" * blank + "<http://a> <http://p> 1 .\n", encoding="utf-8")
        found = places.locate(read(file), node, kind)
        assert found is not None
        assert found.place.line == blank + 1
