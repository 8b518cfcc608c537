"""``kg validate``: forms of a report, what makes it fail, what is known, and where validation runs."""

from __future__ import annotations

import json
import re
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from pyoxigraph import RdfFormat, parse

from kg.cli import main
from kg.engine import Embedded
from kg.engine.transport import Credentials
from kg.terms import NamedNode, Quad
from tests.servers import served

SHAPES = """\
@prefix sh: <http://www.w3.org/ns/shacl#> .
@prefix ex: <http://example.org/> .
@prefix xsd: <http://www.w3.org/2001/XMLSchema#> .
ex:ThingShape a sh:NodeShape ; sh:targetClass ex:Thing ;
    sh:property ex:ThingShape-name, ex:ThingShape-size .
ex:ThingShape-name sh:path ex:name ; sh:minCount 1 ; sh:message "A name is missing."@en, "缺少名称。"@zh .
ex:ThingShape-size sh:path ex:size ; sh:datatype xsd:integer ; sh:severity sh:Warning .
ex:OtherShape a sh:NodeShape ; sh:targetClass ex:Other ; sh:property [ sh:path ex:size ; sh:maxInclusive 9 ] .
"""
DATA = """\
@prefix ex: <http://example.org/> .
ex:a a ex:Thing ; ex:name "a" .
ex:b a ex:Thing ; ex:name "b" ; ex:size "big" .
"""
WORSE = DATA + "ex:c a ex:Thing .\n"


@pytest.fixture
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    (tmp_path / "shapes.ttl").write_text(SHAPES, encoding="utf-8")
    (tmp_path / "data.ttl").write_text(DATA, encoding="utf-8")
    (tmp_path / "worse.ttl").write_text(WORSE, encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    return tmp_path


def kg(capsys: pytest.CaptureFixture[str], *arguments: object) -> tuple[int, str, str]:
    code = main(["validate", *map(str, arguments)])
    said = capsys.readouterr()
    return code, said.out, said.err


def findings(out: str) -> list[tuple[str, int | None]]:
    return [
        (finding["focus"]["value"].rpartition("/")[2], finding["line"]) for finding in json.loads(out)["findings"]
    ]


JSON = ("--shapes", "shapes.ttl", "--format", "json")


@pytest.mark.parametrize(
    ("file", "level", "code"),
    [
        ("data.ttl", "info", 1),
        ("data.ttl", "warning", 1),
        ("data.ttl", "violation", 0),
        ("worse.ttl", "violation", 1),
        ("worse.ttl", "none", 0),
    ],
)
def test_the_level_decides_what_fails(
    file: str, level: str, code: int, here: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert kg(capsys, file, *JSON, "--fail-on", level)[0] == code


def test_several_forms_go_each_to_its_file(here: Path, capsys: pytest.CaptureFixture[str]) -> None:
    forms = {
        "sarif": "a.sarif",
        "junit": "b.xml",
        "markdown": "c.md",
        "html": "d.html",
        "turtle": "e.ttl",
        "csv": "f",
    }
    asked = [word for name, file in forms.items() for word in ("--format", f"{name}={file}")]
    code, out, _ = kg(capsys, "worse.ttl", "--shapes", "shapes.ttl", "--format", "github", *asked)
    assert code == 1
    assert "::error file=worse.ttl,line=4" in out
    assert all((here / file).stat().st_size for file in forms.values())
    assert list(parse(path=here / "e.ttl", format=RdfFormat.TURTLE))


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["--format", "text", "--format", "json"], "cannot both go to standard output"),
        (["--format", "pdf"], "no format 'pdf'"),
        (["--format", "json="], "no format 'json='"),
        (["--update-baseline"], "goes with --baseline"),
        (["--shape", "ThinShape"], "did you mean"),
        (["--focus", "nothing"], "--focus"),
        (["--since", "HEAD"], "git"),
        (["--update-baseline", "--baseline", "b", "--shape", "ThingShape"], "the rest would be lost"),
        (["--format", "json=data.ttl"], "would overwrite"),
        (["--format", "json=a", "--format", "csv=a"], "two formats go to one file"),
        (["--endpoint", "http://127.0.0.1:1/"], "neither FILES"),
    ],
)
def test_what_does_not_go_together_is_wrong_usage(
    arguments: list[str], said: str, here: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    code, _, err = kg(capsys, "data.ttl", "--shapes", "shapes.ttl", *arguments)
    assert code == 2
    assert said in err


def test_known_findings_pass_and_new_ones_fail(here: Path, capsys: pytest.CaptureFixture[str]) -> None:
    code, _, err = kg(capsys, "data.ttl", *JSON, "--baseline", "known.jsonl", "--update-baseline")
    assert code == 0, err
    assert kg(capsys, "data.ttl", *JSON, "--baseline", "known.jsonl")[0] == 0
    code, out, _ = kg(capsys, "worse.ttl", "--shapes", "shapes.ttl", "--baseline", "known.jsonl", "--lang", "en")
    assert code == 1
    assert "worse.ttl:4:1" in out
    (here / "good.ttl").write_text(DATA.replace('"big"', "1"), encoding="utf-8")
    code, out, _ = kg(capsys, "good.ttl", "--shapes", "shapes.ttl", "--baseline", "known.jsonl", "--lang", "en")
    assert code == 0
    assert "Gone from the baseline: 1." in out


def test_a_shape_and_a_node_may_be_picked(here: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert findings(kg(capsys, "worse.ttl", *JSON)[1]) == [("c", 4), ("b", 3)]
    assert findings(kg(capsys, "worse.ttl", *JSON, "--focus", "http://example.org/c")[1]) == [("c", 4)]
    assert findings(kg(capsys, "worse.ttl", *JSON, "--shape", "ThingShape-size")[1]) == [("b", 3)]
    assert findings(kg(capsys, "worse.ttl", *JSON, "--shape", "ex:ThingShape")[1]) == [
        ("c", 4),
        ("b", 3),
    ]
    code, _, err = kg(capsys, "worse.ttl", *JSON, "--shape", "OtherShape")
    assert (code, "nothing to check" in err) == (4, True)
    code, _, err = kg(capsys, "worse.ttl", *JSON, "--focus", "http://example.org/typo")
    assert (code, "nothing to check" in err) == (4, True)
    kg(capsys, "worse.ttl", *JSON, "--baseline", "b.jsonl", "--update-baseline")
    only_c = kg(capsys, "worse.ttl", *JSON, "--baseline", "b.jsonl", "--focus", "http://example.org/c")
    assert (only_c[0], json.loads(only_c[1])["baseline"]["gone"]) == (0, [])


def test_a_profile_grades_anew(here: Path, capsys: pytest.CaptureFixture[str]) -> None:
    profile = here / "profile.toml"
    profile.write_text('[severity]\n"ex:ThingShape-name" = "info"\n"ThingShape-size" = "off"\n', encoding="utf-8")
    code, out, _ = kg(capsys, "worse.ttl", *JSON, "--profile", profile, "--fail-on", "warning")
    assert code == 0
    assert [f["severity"] for f in json.loads(out)["findings"]] == ["http://www.w3.org/ns/shacl#Info"]
    profile.write_text('[severity]\n"ThingShape" = "off"\n"ThingShape-size" = "info"\n', encoding="utf-8")
    found = json.loads(kg(capsys, "worse.ttl", *JSON, "--profile", profile)[1])["findings"]
    assert [f["severity"] for f in found] == ["http://www.w3.org/ns/shacl#Info"], "the nearer shape goes first"
    for text, said in (
        ("severity = 3", "one table"),
        ('[severity]\n"NoShape" = "info"', "no shape or component"),
        ('[severity]\n"ThingShape-name" = "grave"', "no severity"),
        ("[severity", "not TOML"),
    ):
        profile.write_text(text, encoding="utf-8")
        code, _, err = kg(capsys, "worse.ttl", *JSON, "--profile", profile)
        assert (code, said in err) == (3, True), err


def test_only_what_is_new_since_a_revision_fails(here: Path, capsys: pytest.CaptureFixture[str]) -> None:
    def git(*arguments: str) -> None:
        who = ["-c", "user.name=n", "-c", "user.email=e@example.org"]
        subprocess.run(["git", *who, *arguments], cwd=here, check=True, capture_output=True)

    git("init", "-q")
    git("add", ".")
    git("commit", "-q", "-m", "one")
    assert kg(capsys, "data.ttl", *JSON, "--since", "HEAD")[0] == 0
    (here / "data.ttl").write_text("# moved\n" + WORSE, encoding="utf-8")
    code, out, _ = kg(capsys, "data.ttl", *JSON, "--since", "HEAD")
    assert code == 1
    new = [finding for finding in json.loads(out)["findings"] if finding["baseline"] == "new"]
    assert [(finding["focus"]["value"], finding["line"]) for finding in new] == [("http://example.org/c", 5)]
    (here / "new.ttl").write_text(WORSE, encoding="utf-8")
    assert kg(capsys, "new.ttl", *JSON, "--since", "HEAD")[0] == 1, "it was not there"
    (here / "relative.ttl").write_text("@prefix ex: <http://example.org/> .\n<x> a ex:Thing .\n", encoding="utf-8")
    git("add", ".")
    git("commit", "-q", "-m", "two")
    assert kg(capsys, "relative.ttl", *JSON, "--since", "HEAD")[0] == 0, "relative IRIs are the same ones"
    (here / "relative.ttl").write_text("@prefix ex:", encoding="utf-8")
    git("commit", "-q", "-a", "-m", "three")
    (here / "relative.ttl").write_text(DATA, encoding="utf-8")
    code, _, err = kg(capsys, "relative.ttl", *JSON, "--since", "HEAD")
    assert (code, "as of HEAD" in err) == (3, True)
    code, _, err = kg(capsys, "data.ttl", *JSON, "--since", "no-such-revision")
    assert code == 2
    assert "revision" in err


def test_the_gravest_findings_are_listed_first(here: Path, capsys: pytest.CaptureFixture[str]) -> None:
    code, out, _ = kg(capsys, "worse.ttl", *JSON, "--max-findings", 1)
    assert code == 1
    assert findings(out) == [("c", 4)]
    assert json.loads(out)["leftOut"] == 1


def test_stats_count_shapes_and_classes(here: Path, capsys: pytest.CaptureFixture[str]) -> None:
    stats = json.loads(kg(capsys, "worse.ttl", *JSON, "--stats")[1])["stats"]
    assert {entry["shape"]["value"].rpartition("/")[2]: entry["count"] for entry in stats["focusNodes"]} == {
        "ThingShape": 3,
        "OtherShape": 0,
    }
    assert [(c["instances"], c["checked"]) for c in stats["classes"]] == [(3, 3)]


@pytest.fixture(scope="module", params=["oxigraph", "virtuoso"])
def endpoint(request: pytest.FixtureRequest) -> Iterator[str]:
    quads = [
        Quad(q.subject, q.predicate, q.object, NamedNode("urn:x:graph"))
        for q in parse(WORSE.encode(), format=RdfFormat.TURTLE)
    ]
    with served(request.param, quads) as server:
        yield server.address


def test_an_endpoint_gives_the_findings_of_a_file(
    endpoint: str, here: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    def told(out: str) -> list[tuple[str, str | None]]:
        return [(f["focus"]["value"], f["path"]) for f in json.loads(out)["findings"]]

    code, out, err = kg(capsys, "--endpoint", endpoint, *JSON)
    assert code == 1, err
    assert told(out) == told(kg(capsys, "worse.ttl", *JSON)[1])
    assert json.loads(out)["engine"] == "compiled"
    code, _, err = kg(capsys, "--endpoint", endpoint, *JSON, "--shape", "OtherShape")
    assert (code, "nothing to check" in err) == (4, True)


def test_files_and_stores_are_checked_by_sparql_too(here: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = kg(capsys, "worse.ttl", *JSON, "--engine", "compiled")[1]
    assert json.loads(file)["engine"] == "compiled"
    (here / "worse.nq").write_bytes(
        b"".join(
            f"{q.subject} {q.predicate} {q.object} <urn:x:graph> .\n".encode()
            for q in parse(WORSE.encode(), format=RdfFormat.TURTLE)
        )
    )
    Embedded.create(here / "store", here / "worse.nq")
    store = kg(capsys, "--dataset", here / "store", *JSON)[1]
    assert kg(capsys, "--dataset", here / "store", *JSON, "--engine", "native")[0] == 2
    assert [f["focus"] for f in json.loads(store)["findings"]] == [f["focus"] for f in json.loads(file)["findings"]]


def test_our_derived_shapes_and_checks_run_on_an_endpoint(
    shipped_engine: Embedded, capsys: pytest.CaptureFixture[str]
) -> None:
    with served("oxigraph", shipped_engine.quads()) as server:
        assert server.transport.credentials == Credentials()
        code, out, err = kg(capsys, "--endpoint", server.address, "--lang", "en")
    assert code == 0, out + err
    assert "asserted data were not run" in err
    assert "Conforms" in out


@pytest.mark.parametrize(
    "text",
    [
        "",
        "no quads\n",
        "<urn:a> <urn:p> <urn:b> <urn:g> .\n<urn:a> <urn:p> <urn:c> <urn:h> .\n<urn:a> <urn:p> <urn:d> <urn:g> .\n",
        "<urn:a> <urn:p> <urn:b> .\n",
    ],
)
def test_what_kg_build_has_not_made_is_no_dataset(
    text: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "a.nq").write_text(text, encoding="utf-8")
    code, out, _ = kg(capsys, "--dataset", tmp_path / "a.nq")
    assert (code, out) == (4 if not text else 3, "")


ENDLESS = (
    """
ex:ThingShape sh:sparql [ sh:message "never" ; sh:select """
    '"""'
    """SELECT $this WHERE {
  ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l . ?m ?n ?o . ?p ?q ?r . ?s ?t ?u . ?v ?w ?x .
  FILTER(CONCAT(STR(?a), STR(?d), STR(?g), STR(?j), STR(?m), STR(?p), STR(?s)) = STR($this))
}"""
    '"""'
    """ ] .
"""
)


@pytest.mark.parametrize(("number", "code"), [(signal.SIGINT, -signal.SIGINT), (signal.SIGTERM, -signal.SIGTERM)])
def test_an_engine_that_never_comes_back_can_be_interrupted(number: int, code: int, here: Path) -> None:
    (here / "shapes.ttl").write_text(SHAPES + ENDLESS, encoding="utf-8")
    (here / "more.ttl").write_text(WORSE + "".join(f"ex:n{n} ex:p ex:o{n} .\n" for n in range(200)), encoding="utf-8")
    command = [sys.executable, "-m", "kg", "validate", "more.ttl", "--shapes", "shapes.ttl"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE) as process:
        time.sleep(2)  # for it to be in the engine
        assert process.poll() is None
        process.send_signal(number)
        assert process.wait(20) == code


def test_a_validation_that_takes_too_long_has_failed(here: Path) -> None:
    (here / "shapes.ttl").write_text(SHAPES + ENDLESS, encoding="utf-8")
    (here / "more.ttl").write_text(WORSE + "".join(f"ex:n{n} ex:p ex:o{n} .\n" for n in range(200)), encoding="utf-8")
    command = [sys.executable, "-m", "kg", "validate", "more.ttl", "--shapes", "shapes.ttl", "--timeout", "1"]
    done = subprocess.run(command, capture_output=True, text=True, timeout=60, check=False)
    assert (done.returncode, done.stdout) == (4, "")
    assert "validation was stopped after 1 s" in done.stderr


def test_the_name_of_a_file_begins_no_line_of_its_own(here: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (here / "a\n::error::x.ttl").write_text("no Turtle", encoding="utf-8")
    code, _, err = kg(capsys, "a\n::error::x.ttl", *JSON)
    assert code == 3
    assert not any(line.startswith("::") for line in err.splitlines())


def test_a_text_that_is_not_sparql_is_named_with_its_place(here: Path, capsys: pytest.CaptureFixture[str]) -> None:
    broken = 'ex:ThingShape sh:sparql [ sh:select "SELECT $this WHERE { $this ex:p }" ] .\n'
    (here / "shapes.ttl").write_text(SHAPES + broken, encoding="utf-8")
    code, _, err = kg(capsys, "data.ttl", *JSON)
    assert code == 4
    assert "the query of <http://example.org/ThingShape> is not SPARQL" in err
    assert f"shapes.ttl:{SHAPES.count(chr(10)) + 1}:" in err


def test_imports_that_nobody_follows_are_said(here: Path, capsys: pytest.CaptureFixture[str]) -> None:
    imports = "<http://example.org/> <http://www.w3.org/2002/07/owl#imports> <http://example.org/more> .\n"
    (here / "shapes.ttl").write_text(SHAPES + imports, encoding="utf-8")
    assert "owl:imports is not followed: <http://example.org/more>" in kg(capsys, "data.ttl", *JSON)[2]


def test_what_a_rule_derived_stands_in_the_rule_and_names_its_inputs(
    shipped_folder: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    kind = "<https://w3id.org/zonekg/ontology#pathKind>"
    text = (shipped_folder / "zonekg.nq").read_text(encoding="utf-8")
    path = "(<https://w3id.org/zonekg/derived/path/[^>]*>)"
    broken = re.sub(f"{path} {kind} <[^>]*>", rf"\1 {kind} <https://w3id.org/zonekg/vocab/path-kind/no-such>", text)
    assert broken != text
    (tmp_path / "zonekg.nq").write_text(broken, encoding="utf-8")
    code, out, _ = kg(capsys, "--dataset", tmp_path, "--format", "json")
    found = [f for f in json.loads(out)["findings"] if f["path"] == kind]
    assert code == 1
    assert found
    assert {Path(f["file"]).name for f in found} == {"partnership_paths.rq"}
    assert all(f["derivedFrom"] for f in found)
