"""Indexing: the invented page gives the approved passages, any page keeps its words, a wrong layout is named."""

from __future__ import annotations

import re
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kg import sources
from kg.build.turtle import write_turtle
from kg.errors import LayoutError, SourceError, UsageError
from kg.sources import Index, Layout, PassageKind, SourceText
from kg.sources.sentences import sentence_bounds
from kg.sources.text import digest, is_white

CASES = Path(__file__).parent / "cases" / "sources"
WRONG = sorted((CASES / "wrong-layouts").glob("*.toml"))


def gazette() -> tuple[SourceText, Index]:
    source = sources.read_text(CASES / "gazette.txt")
    return source, sources.index(source, sources.read_layout(CASES / "gazette.layout.toml"))


def without_white(text: str) -> str:
    return "".join(character for character in text if not is_white(character))


def test_the_invented_page_gives_the_approved_passages() -> None:
    source, index = gazette()
    listing = "".join(
        f"{item.id}\t{item.kind.value}\t{' '.join(f'{part.start}-{part.end}' for part in item.ranges)}"
        f"\t{item.text(source.text)}\n"
        for item in index.passages
    )
    assert listing == (CASES / "gazette.passages.tsv").read_text(encoding="utf-8")


@pytest.mark.parametrize("change", ["BOM", "CRLF", "CR", "both"])
def test_line_ends_and_byte_order_mark_do_not_change_the_index(change: str, tmp_path: Path) -> None:
    source, index = gazette()
    content = (CASES / "gazette.txt").read_text(encoding="utf-8")
    content = content.replace("\n", {"CRLF": "\r\n", "both": "\r\n", "CR": "\r"}.get(change, "\n"))
    mark = "\ufeff" if change in {"BOM", "both"} else ""
    path = tmp_path / "copy.txt"
    path.write_bytes((mark + content).encode("utf-8"))
    copy = sources.read_text(path)
    assert copy.normalised == (("BOM", "CRLF") if change == "both" else (change,))
    assert (copy.text, copy.sha256) == (source.text, index.sha256)
    assert sources.check(copy, index) == []


@pytest.mark.parametrize("path", WRONG, ids=lambda path: path.stem)
def test_a_wrong_layout_is_an_error_that_names_the_line(path: Path) -> None:
    line, message = re.findall(r"^# (?:line|error): (.*)$", path.read_text(encoding="utf-8"), re.MULTILINE)
    source = sources.read_text(CASES / "gazette.txt")
    with pytest.raises(SourceError) as caught:
        sources.index(source, sources.read_layout(path))
    assert message in caught.value.message
    assert caught.value.where is not None
    assert caught.value.where.line == int(line)


@pytest.mark.parametrize(
    ("change", "message"),
    [
        (("byline = 18", ""), "article 1 does not say 'byline'"),
        (("byline = 18", "byline = 18\nlead-in = 10"), "unknown key 'lead-in'"),
        (("byline = 18", "byline = -1"), "line numbers from 1, not -1"),
        (("byline = 18", "byline = true"), "line numbers from 1, not True"),
        (("byline = 18", "byline = [19, 18]"), "names lines in order"),
        (("lines = 26", "lines = []"), "caption 1 has no lines"),
        (("[[caption]]", "[caption]"), "written [[caption]]"),
        (("heading = 2\ntitle = 4", "heading = []\ntitle = []"), "neither heading nor title"),
        (("byline = 18", "byline ="), "not TOML"),
    ],
)
def test_an_ill_formed_layout_says_what_is_wrong(change: tuple[str, str], message: str) -> None:
    content = (CASES / "gazette.layout.toml").read_text(encoding="utf-8")
    assert change[0] in content
    with pytest.raises(LayoutError, match=re.escape(message)):
        sources.parse_layout(content.replace(*change, 1))


def test_a_source_is_named_in_lower_case_ascii() -> None:
    assert sources.checked_source_id("gazette-2031-05") == "gazette-2031-05"
    for bad in ("Gazette", "公报", "a--b", "../a", "a.b", ""):
        with pytest.raises(UsageError):
            sources.checked_source_id(bad)


def test_what_is_not_utf8_is_an_error_with_its_line(tmp_path: Path) -> None:
    path = tmp_path / "text.txt"
    path.write_bytes("第一行\n".encode() + "第二行".encode("gb18030"))
    with pytest.raises(SourceError) as caught:
        sources.read_text(path)
    assert caught.value.where is not None
    assert caught.value.where.line == 2


@pytest.mark.parametrize(
    ("joined", "expected"),
    [
        ("甲。乙!丙?", ["甲。", "乙!", "丙?"]),
        ("甲。乙!丙?丁", ["甲。", "乙!", "丙?", "丁"]),
        ("他说:“好。”走了。", ["他说:“好。”", "走了。"]),
        ("“好!”,他说。", ["“好!”,他说。"]),
        ("甲(乙。)丙。", ["甲(乙。)", "丙。"]),
        ("真的?!真的。", ["真的?!", "真的。"]),
        ("值3.5亿;占6.28%。", ["值3.5亿;占6.28%。"]),
        ('说"好。"乙说"坏。"', ['说"好。"', '乙说"坏。"']),
        ('甲。"乙"丙。', ["甲。", '"乙"丙。']),
        ("见 http://a/b?c=1 一文。", ["见 http://a/b?c=1 一文。"]),
    ],
)
def test_sentences_end_at_stops_with_their_closers(joined: str, expected: list[str]) -> None:
    assert [joined[begin:end] for begin, end in sentence_bounds(joined)] == expected


# Pages made of sentences that we know, cut by column breaks where we say: the index must find them again.
_FIRST = st.sampled_from("云岭东海船桥路年“《")
_INNER = st.text(st.sampled_from("云岭东海船桥路年13.5、,;~% “》()"), max_size=12)
_STOP = st.sampled_from(["。", "!", "?", "。”", "?!", "!』", "。)", "!”"])
_SENTENCE = st.builds(lambda first, inner, stop: first + inner + "园" + stop, _FIRST, _INNER, _STOP)
_PARAGRAPH = st.tuples(st.lists(_SENTENCE, min_size=1, max_size=4), st.booleans())
_ARTICLE = st.lists(_PARAGRAPH, min_size=1, max_size=3)


@st.composite
def pages(draw: st.DrawFn) -> tuple[SourceText, Layout, list[tuple[str, str]]]:
    """A text, its layout, and the passages that must be found in it: id and words without white space."""
    lines: list[str] = []
    articles: list[dict[str, list[int]]] = []
    expected: list[tuple[str, str]] = []

    def put(line: str) -> int:
        lines.append(draw(st.sampled_from(["", " ", "  "])) + line + draw(st.sampled_from(["", " "])))
        number = len(lines)
        lines.extend([""] * draw(st.integers(0, 3)))
        return number

    for number, article in enumerate(draw(st.lists(_ARTICLE, min_size=1, max_size=3)), 1):
        layout: dict[str, list[int]] = {"heading": [put("区名")], "title": [put("题 目")], "lead_ins": []}
        expected += [(f"a{number}-heading", "区名"), (f"a{number}-title", "题目")]
        behind = draw(st.integers(0, len(article) - 1))
        layout["after_byline"] = []
        for count, (sentences, lead_in) in enumerate(article, 1):
            joined = "".join(sentences)
            ends = {len("".join(sentences[:at])) for at in range(len(sentences) + 1)}
            cuts = draw(st.lists(st.integers(1, len(joined) - 1).filter(lambda at, e=ends: at not in e), max_size=2))  # type: ignore[misc]
            edges = [0, *sorted(set(cuts)), len(joined)]
            pieces = [joined[a:b] for a, b in pairwise(edges)]
            numbers = [put(piece) for piece in pieces if without_white(piece)]
            if count > len(article) - behind:
                layout["after_byline"] += numbers
            if lead_in:
                layout["lead_ins"].append(numbers[0])
            expected += [(f"a{number}-p{count}-s{at}", without_white(text)) for at, text in enumerate(sentences, 1)]
            if count == len(article) - behind:
                layout["byline"] = [put("作者")]
                expected.append((f"a{number}-byline", "作者"))
        articles.append(layout)
    source = SourceText("\n".join(lines))
    plan = Layout(
        "invented",
        source.sha256,
        tuple(sources.ArticleLayout(**{k: tuple(v) for k, v in item.items()}) for item in articles),
    )
    return source, plan, expected


@settings(deadline=None)
@given(pages())
def test_every_sentence_is_found_wherever_columns_break(
    page: tuple[SourceText, Layout, list[tuple[str, str]]],
) -> None:
    source, layout, expected = page
    index = sources.index(source, layout)
    assert [(item.id, without_white(item.text(source.text))) for item in index.passages] == expected
    leads = {item.id.split("-")[1] for item in index.passages if item.kind is PassageKind.LEAD_IN}
    assert all(item.sentence == 1 for item in index.passages if item.kind is PassageKind.LEAD_IN)
    assert len(leads) <= sum(len(article.lead_ins) for article in layout.articles)


@settings(deadline=None)
@given(pages())
def test_ranges_never_overlap_and_together_hold_all_words(
    page: tuple[SourceText, Layout, list[tuple[str, str]]],
) -> None:
    source, layout, _ = page
    index = sources.index(source, layout)
    ranges = sorted(part for item in index.passages for part in item.ranges)
    assert all(before.end <= after.start for before, after in pairwise(ranges))
    joined = "".join(source.text[part.start : part.end] for part in ranges)
    assert without_white(joined) == without_white(source.text)
    for part in ranges:
        words = source.text[part.start : part.end]
        assert words == words.strip() != ""
    assert all(digest(item.text(source.text)) == item.sha256 for item in index.passages)
    assert sources.check(source, index) == []


@settings(deadline=None)
@given(pages())
def test_the_index_is_deterministic_and_survives_turtle(
    page: tuple[SourceText, Layout, list[tuple[str, str]]],
) -> None:
    source, layout, _ = page
    index = sources.index(source, layout)
    written = write_turtle(sources.triples(index))
    assert written == write_turtle(sources.triples(sources.index(source, layout)))
    assert sources.parse_turtle(written) == index


def test_the_index_holds_no_words() -> None:
    _, index = gazette()
    assert write_turtle(sources.triples(index)).isascii()


@pytest.mark.parametrize("name", sources.known_sources())
def test_a_shipped_index_is_sound_canonical_and_made_with_its_layout(name: str) -> None:
    index = sources.read_index(sources.index_path(name))
    assert list(sources.faults(index)) == []
    assert write_turtle(sources.triples(index)) == sources.index_path(name).read_bytes()
    assert sources.read_layout(sources.layout_path(name)).sha256 == index.sha256
    assert index.source == name
