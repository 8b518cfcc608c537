"""Checking: a changed text is told from a wrong index, and each difference is named at its passage."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kg import sources
from kg.build.turtle import write_turtle
from kg.errors import IndexWrong, SourceError
from kg.sources import Index, Passage, SourceText, TextRange, Verdict
from kg.sources.text import digest

CASES = Path(__file__).parent / "cases" / "sources"
SOURCE = sources.read_text(CASES / "gazette.txt")
INDEX = sources.index(SOURCE, sources.read_layout(CASES / "gazette.layout.toml"))
OFFSETS = [offset for item in INDEX.passages for part in item.ranges for offset in range(part.start, part.end)]


def owner(offset: int) -> str:
    return next(p.id for p in INDEX.passages for part in p.ranges if part.start <= offset < part.end)


def changed(found: list[sources.Difference]) -> list[str | None]:
    assert {item.verdict for item in found} == {Verdict.TEXT_CHANGED}
    return [item.passage for item in found if item.severe and item.passage]


@settings(deadline=None)
@given(st.sampled_from(OFFSETS), st.sampled_from("甲乙丙。,"))
def test_one_changed_character_is_reported_at_its_passage(offset: int, character: str) -> None:
    text = SOURCE.text[:offset] + character + SOURCE.text[offset + 1 :]
    if text != SOURCE.text:
        assert changed(sources.check(SourceText(text), INDEX)) == [owner(offset)]


@settings(deadline=None)
@given(st.sampled_from([o for o in OFFSETS if o - 1 in OFFSETS and owner(o) == owner(o - 1)]))
def test_one_added_character_is_reported_once_and_moves_the_rest(offset: int) -> None:
    found = sources.check(SourceText(SOURCE.text[:offset] + "添" + SOURCE.text[offset:]), INDEX)
    assert changed(found) == [owner(offset)]
    moved = [item for item in found if not item.severe]
    # Of a sentence around a caption the end lies behind passages that come after it.
    assert all("+1" in item.message or "+0" in item.message for item in moved)


def test_a_line_more_in_a_column_break_changes_no_passage() -> None:
    cut = next(item for item in INDEX.passages if item.id == "a1-p1-s2").ranges[0].end
    found = sources.check(SourceText(SOURCE.text[:cut] + "\n\n" + SOURCE.text[cut:]), INDEX)
    assert changed(found) == []
    assert [item.passage for item in found] == [None, "a1-p1-s2", None]
    assert "every passage is there" in found[-1].message


def test_another_text_altogether_has_changed_throughout() -> None:
    found = sources.check(SourceText("别的文字。"), INDEX)
    assert changed(found) == [item.id for item in INDEX.passages]


def with_passage(name: str, **values: object) -> Index:
    passages = tuple(replace(p, **values) if p.id == name else p for p in INDEX.passages)  # type: ignore[arg-type]
    return replace(INDEX, passages=passages)


def ranges(name: str) -> tuple[TextRange, ...]:
    found = INDEX.passage(name)
    assert found is not None
    return found.ranges


@pytest.mark.parametrize(
    ("index", "passage", "message"),
    [
        (with_passage("a1-p1-s1", sha256="0" * 64), "a1-p1-s1", "digest"),
        (with_passage("a1-p1-s1", ranges=()), "a1-p1-s1", "has no range"),
        (with_passage("a1-title", ranges=(TextRange(10, 19),)), "a1-p1-s1", "overlaps one of a1-title"),
        (with_passage("a2-p4-s1", ranges=(TextRange(339, 999),)), "a2-p4-s1", "outside the text"),
        (with_passage("a1-title", ranges=(TextRange(10, 10),)), "a1-title", "outside the text"),
        (with_passage("a1-title", order=7), "a1-title", "order on the page is 7"),
        (with_passage("a1-p1-s2", sentence=3), "a1-p1-s2", "by its numbers its name is a1-p1-s3"),
        (with_passage("a1-p1-s2", sentence=3), "a1-p1-s2", "leaves a gap"),
        (with_passage("a1-title", block="a9"), "a1-title", "there is no article a9"),
        (replace(INDEX, code_points=999), None, "counts 999 code points"),
    ],
)
def test_a_fault_of_the_index_is_told_from_a_changed_text(index: Index, passage: str | None, message: str) -> None:
    found = sources.check(SOURCE, index)
    assert {item.verdict for item in found} == {Verdict.INDEX_WRONG}
    assert any(item.passage == passage and message in item.message for item in found)


def test_words_in_no_passage_are_the_index_s_fault() -> None:
    index = replace(INDEX, passages=tuple(p for p in INDEX.passages if p.id != "a2-byline"))
    found = sources.check(SOURCE, index)
    assert any(item.line == 34 and "in no passage" in item.message for item in found)


def test_white_space_at_the_end_of_a_range_is_the_index_s_fault() -> None:
    part = ranges("a1-title")[0]
    longer = TextRange(part.start, part.end + 1)
    index = with_passage("a1-title", ranges=(longer,), sha256=digest(SOURCE.text[part.start : part.end + 1]))
    assert any("white space" in item.message for item in sources.check(SOURCE, index))


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_differences_are_said_in_both_languages(lang: str) -> None:
    (found,) = sources.check(SOURCE, with_passage("a1-p1-s1", sha256="0" * 64))
    assert found.says(lang) == {"zh": found.message_zh, "en": found.message}[lang]


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        (b" a zkg:Source", b" a zkg:Article", "an index is of one source"),
        (b"zkg:passageOrder 1 ", b"zkg:passageOrder 1, 2 ", "has 2 values for zkg:passageOrder"),
        (b"zkg:passageOrder 1 ", b'zkg:passageOrder "x" ', "not a whole number"),
        (b"passage-kind/title>", b"passage-kind/tilte>", "unknown kind 'tilte'"),
        (b"a zkg:Source", b"a zkg:Source zkg", "not Turtle"),
    ],
)
def test_an_index_that_is_not_one_is_an_error(old: bytes, new: bytes, message: str) -> None:
    content = write_turtle(sources.triples(INDEX)).replace(b"\n    a ", b" a ")
    assert old in content
    with pytest.raises(IndexWrong, match=message):
        sources.parse_turtle(content.replace(old, new, 1))


def test_a_missing_index_names_the_command_that_makes_one(tmp_path: Path) -> None:
    with pytest.raises(SourceError) as caught:
        sources.read_index(tmp_path / "none.ttl")
    assert "kg source index" in (caught.value.hint or "")


def test_passages_are_found_by_name_and_by_iri() -> None:
    found = INDEX.passage("a1-p1-s2")
    assert isinstance(found, Passage)
    assert INDEX.passage(INDEX.iri("a1-p1-s2")) is found
    assert INDEX.passage("a1-p9-s9") is None
