"""What the graph says on passages, coverage, and the commands: on a small invented graph."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

import pytest

from kg import sources
from kg.build.turtle import write_turtle
from kg.cli import main
from kg.engine import Embedded
from kg.errors import ShapesError
from kg.terms import Literal, NamedNode, Quad, Term, literal
from kg.vocab import GRAPH, ID, RDF, RDFS, SKOS, VOC, ZKG

CASES = Path(__file__).parent / "cases" / "sources"
TEXT = CASES / "gazette.txt"
SOURCE = sources.read_text(TEXT)
INDEX = sources.index(SOURCE, sources.read_layout(CASES / "gazette.layout.toml"))
CLAIM = ID["claim/yunling-bridge"]
PART = ID["claim/yunling-bridge-nanhu"]
UNIVERSITY = ID["agent/nanhu-university"]
USED = "a1-p1-s2"
DERIVED = GRAPH["derived/invented"]


def passage(name: str) -> NamedNode:
    return NamedNode(INDEX.iri(name))


def quads(graph: NamedNode, statements: Iterable[tuple[NamedNode, NamedNode, Term]]) -> list[Quad]:
    return [Quad(*statement, graph) for statement in statements]


def graph(excused: Iterable[str]) -> list[Quad]:
    """The index, one claim on USED, and excuses for the passages named."""
    positions = GRAPH["passages/gazette-2031-05"]
    excuses = [
        statement
        for name in excused
        for statement in (
            (passage(name), ZKG.excusedAs, VOC["excuse/rhetoric"]),
            (passage(name), SKOS.editorialNote, literal("Praise.", language="en")),
            (passage(name), SKOS.editorialNote, literal("赞语。", language="zh")),
        )
    ]
    return [
        *(Quad(t.subject, t.predicate, t.object, positions) for t in sources.triples(INDEX)),
        *quads(positions, excuses),
        *quads(
            GRAPH["claims/gazette-2031-05"],
            [
                (CLAIM, RDF.type, ZKG.Collaboration),
                (CLAIM, RDFS.label, Literal("Bridge built together", language="en")),
                (CLAIM, RDFS.label, Literal("合建新桥", language="zh")),
                (CLAIM, ZKG.supportedBy, passage(USED)),
                (CLAIM, ZKG.participation, PART),
                (PART, RDF.type, ZKG.Participation),
                (PART, ZKG.participant, UNIVERSITY),
            ],
        ),
        *quads(
            GRAPH["entities"],
            [
                (UNIVERSITY, SKOS.prefLabel, Literal("南湖大学", language="zh")),
                (UNIVERSITY, SKOS.prefLabel, Literal("Nanhu University", language="en")),
            ],
        ),
        # A derived graph repeats the slot, and rests on another passage: neither counts.
        *quads(DERIVED, [(CLAIM, ZKG.involves, UNIVERSITY), (CLAIM, ZKG.supportedBy, passage("a1-title"))]),
        *quads(
            GRAPH["vocabularies"],
            [
                (VOC["excuse/rhetoric"], SKOS.prefLabel, Literal("修辞", language="zh")),
                (VOC["excuse/rhetoric"], SKOS.prefLabel, Literal("rhetoric", language="en")),
            ],
        ),
    ]


REST = [item.id for item in INDEX.passages if item.id != USED]


def test_statements_are_those_asserted_on_the_passage() -> None:
    found = sources.statements(Embedded(graph(["a1-title"])), INDEX)
    assert list(found) == [item.id for item in INDEX.passages]
    (claim,) = found[USED].claims
    assert (claim.claim, claim.class_) == (CLAIM, ZKG.Collaboration)
    assert claim.slots == (sources.Slot(ZKG.participant, UNIVERSITY, PART),)
    (excuse,) = found["a1-title"].excuses
    assert found["a1-title"].claims == ()
    assert (excuse.reason, len(excuse.notes)) == (VOC["excuse/rhetoric"], 2)
    assert found["a1-heading"] == sources.Statements()


def test_statements_on_one_passage_are_those_among_all() -> None:
    engine = Embedded(graph(["a1-title"]))
    everything = sources.statements(engine, INDEX)
    for item in INDEX.passages:
        assert sources.statements(engine, INDEX, item) == {item.id: everything[item.id]}


def test_coverage_is_complete_when_every_passage_is_used_or_excused() -> None:
    found = sources.coverage(Embedded(graph(REST)))
    total = found.total()
    assert found.complete
    assert (total.all, total.used, total.excused) == (len(INDEX.passages), 1, len(REST))
    assert sum(row.all for row in found.rows()) == total.all
    assert found.reasons() == ((VOC["excuse/rhetoric"], len(REST)),)


@pytest.mark.parametrize(
    ("excused", "state", "name"), [(REST[:-1], "neither", REST[-1]), ([*REST, USED], "both", USED)]
)
def test_coverage_names_what_is_neither_or_both(excused: list[str], state: str, name: str) -> None:
    found = sources.coverage(Embedded(graph(excused)))
    assert not found.complete
    assert [item.id for item in found.of_state(state)] == [name]


def test_coverage_of_nothing_is_an_error() -> None:
    with pytest.raises(ShapesError, match="no passages"):
        sources.coverage(Embedded())


@pytest.fixture
def shelf(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder of curated data that holds the invented source only."""
    folder = tmp_path / "data" / "sources"
    folder.mkdir(parents=True)
    (folder / "gazette-2031-05.layout.toml").write_bytes((CASES / "gazette.layout.toml").read_bytes())
    monkeypatch.setattr("kg.sources.shelf.root", lambda kind: tmp_path / kind)
    return folder


@pytest.fixture
def indexed(shelf: Path) -> Path:
    (shelf / "gazette-2031-05.ttl").write_bytes(write_turtle(sources.triples(INDEX)))
    (shelf / "gazette-2031-05.excuses.ttl").write_bytes(b"")
    return shelf


def dataset(folder: Path, excused: Iterable[str]) -> str:
    path = folder / "graph.nq"
    path.write_text("".join(f"{quad} .\n" for quad in graph(excused)), encoding="utf-8")
    return str(path)


def test_index_writes_the_index_where_curated_data_lies(shelf: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["source", "index", str(TEXT), "--id", "gazette-2031-05"]) == 0
    assert (shelf / "gazette-2031-05.ttl").read_bytes() == write_turtle(sources.triples(INDEX))
    assert "27 passages, 5 of them cut" in capsys.readouterr().out


def test_index_refuses_the_layout_of_another_source(shelf: Path, capsys: pytest.CaptureFixture[str]) -> None:
    layout = str(shelf / "gazette-2031-05.layout.toml")
    assert main(["source", "index", str(TEXT), "--id", "other", "--layout", layout]) == 2
    assert "is of gazette-2031-05" in capsys.readouterr().err


def test_check_agrees_with_a_copy_that_has_other_line_ends(
    indexed: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    copy = tmp_path / "copy.txt"
    copy.write_bytes(b"\xef\xbb\xbf" + TEXT.read_bytes().replace(b"\n", b"\r\n"))
    assert main(["source", "check", str(copy)]) == 0
    said = capsys.readouterr()
    assert "all 27 passages agree" in said.out
    assert "byte order mark" in said.err
    assert "CRLF" in said.err


@pytest.mark.parametrize(("lang", "verdict"), [("en", "text changed: a1-p1-s1: its text"), ("zh", "文本已改变")])
def test_check_names_what_changed(
    indexed: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str], lang: str, verdict: str
) -> None:
    copy = tmp_path / "copy.txt"
    copy.write_text(SOURCE.text.replace("3.5公里", "3.6公里"), encoding="utf-8")
    assert main(["source", "check", str(copy), "--lang", lang]) == 1
    assert verdict in capsys.readouterr().out


def test_check_says_which_sources_there_are_when_it_cannot_tell(
    indexed: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (indexed / "second.ttl").write_bytes((indexed / "gazette-2031-05.ttl").read_bytes())
    copy = tmp_path / "copy.txt"
    copy.write_text("别的文字。", encoding="utf-8")
    assert main(["source", "check", str(copy)]) == 2
    assert "gazette-2031-05, second" in capsys.readouterr().err
    assert main(["source", "check", str(copy), "--id", "gazette-2031-05"]) == 1
    assert main(["source", "check", str(copy), "--id", "third"]) == 3


def test_show_puts_words_and_statements_side_by_side(
    indexed: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = dataset(tmp_path, ["a1-title"])
    assert main(["source", "show", str(TEXT), "a1", "--dataset", path, "--lang", "zh"]) == 0
    said = capsys.readouterr().out
    for part in (
        "a1-p1-s2",
        "合建新桥",
        "南湖大学",
        "id:agent/nanhu-university",
        "免引: 修辞",
        "赞语。",
        "也没有免引理由",
    ):
        assert part in said
    assert "Praise." not in said
    assert "a2-" not in said
    assert main(["source", "show", str(TEXT), USED, "--dataset", path, "--lang", "en"]) == 0
    said = capsys.readouterr().out
    assert "Bridge built together" in said
    assert "excused" not in said


def test_show_keeps_to_eighty_columns(indexed: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    from rich.cells import cell_len

    assert main(["source", "show", str(TEXT), "--dataset", dataset(tmp_path, REST)]) == 0
    assert main(["coverage", "--dataset", dataset(tmp_path, [])]) == 1
    lines = capsys.readouterr().out.splitlines()
    assert max(cell_len(line) for line in lines) <= 80


def test_show_without_a_dataset_shows_the_words(
    indexed: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("ZONEKG_DATASET", str(tmp_path / "none"))
    assert main(["source", "show", str(TEXT), "a1-p2"]) == 0
    said = capsys.readouterr()
    assert "聚人才,兴产业。" in said.out
    assert "a1-p1" not in said.out
    assert "kg build" in said.err
    assert main(["source", "show", str(TEXT), "--dataset", str(tmp_path / "none")]) == 3


def test_show_refuses_another_text_and_an_unknown_passage(
    indexed: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    copy = tmp_path / "copy.txt"
    copy.write_text(SOURCE.text + "添。", encoding="utf-8")
    assert main(["source", "show", str(copy)]) == 3
    assert "kg source check" in capsys.readouterr().err
    assert main(["source", "show", str(TEXT), "a9-p1-s1"]) == 2
    assert "one of a1, " in capsys.readouterr().err


def test_coverage_ends_with_the_codes_it_documents(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["coverage", "--dataset", dataset(tmp_path, REST)]) == 0
    assert "complete" in capsys.readouterr().out
    assert main(["coverage", "--dataset", dataset(tmp_path, REST[1:]), "--lang", "zh"]) == 1
    said = capsys.readouterr().out
    assert "既未用又无免引理由 (1):\n  a1-heading" in said
    assert "不完整" in said
    empty = tmp_path / "empty.nq"
    empty.write_bytes(b"")
    assert main(["coverage", "--dataset", str(empty)]) == 4
    assert main(["coverage", "--dataset", str(tmp_path / "none")]) == 3
