"""``kg source``: index the passages of a text, check the index, show what rests on each passage."""

from __future__ import annotations

import re
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING
from typing import Literal as OneOf

import click

from kg.cli.options import dataset_option, lang_option, timed
from kg.errors import DatasetMissing, DatasetStale, SourceChanged, UsageError
from kg.terms import visible

if TYPE_CHECKING:
    from kg.sources import Index, Passage, SourceText, Statements
    from kg.sources.statements import Slot
    from kg.terms import NamedNode, Term

_WIDTH = 80  # columns
# What a line may end behind: a word or one Chinese character, with the punctuation that clings to it.
_PIECE = re.compile(r"[“‘(《]*(?:[!-\u2e7f]+|\S)[,.;:!?。,、;:!?”’)》…]*\s*")
_NORMALISED = {"BOM": "a byte order mark was dropped", "CRLF": "CRLF became LF", "CR": "CR became LF"}
_NOTE = {"en": "note", "zh": "编者说明"}

text_argument = click.argument("text", type=click.Path(path_type=Path, dir_okay=False), metavar="TEXT")
id_option = click.option(
    "--id", "source_id", metavar="ID", help="The source that TEXT is a copy of. [default: found by its digest]"
)


@click.group(
    short_help="Show a source text beside the graph, check its index.",
    context_settings={"help_option_names": ["-h", "--help"]},
)
def command() -> None:
    """Index the passages of a source text, check the index, show what rests on it.

    The text stays yours: an index holds positions and digests, never words. A line's number counts from 1, offsets
    are code points of the text as UTF-8 with LF line ends and no byte order mark (both are normalised first).

    \b
    Example:
      kg source check newspaper.txt
      kg source show newspaper.txt a1-p2-s3 --lang zh
    """


@command.command("index")
@text_argument
@click.option("--id", "source_id", required=True, metavar="ID", help="What to call the source: kexue-daobao-2025-12.")
@click.option(
    "--layout",
    type=click.Path(path_type=Path, dir_okay=False),
    help="What no rule can know of the text, by line number. [default: kg/data/sources/ID.layout.toml]",
)
@click.option(
    "--out",
    type=click.Path(path_type=Path, dir_okay=False),
    help="Where the index goes. [default: kg/data/sources/ID.ttl]",
)
def make_index(text: Path, source_id: str, layout: Path | None, out: Path | None) -> None:
    """Make the index of the passages of TEXT.

    Sentences that a column break cuts are rejoined. Every line of the text must be in a passage; an error names the
    one that is not, or that the layout file gets wrong.

    \b
    Exit codes: 0 made; 2 wrong usage; 3 the text or its layout cannot be used.

    \b
    Example:
      kg source index newspaper.txt --id gazette-2031-05 --layout gazette.toml --out gazette.ttl
    """
    from kg import sources
    from kg.build.turtle import write_turtle
    from kg.resources import write_atomically

    source = _read(text)
    plan = sources.read_layout(layout or sources.layout_path(source_id))
    if plan.source != sources.checked_source_id(source_id):
        raise UsageError(f"the layout {plan.path} is of {plan.source}, not of {source_id}")
    index = sources.index(source, plan)
    target = out or sources.index_path(source_id)
    write_atomically(target, write_turtle(sources.triples(index), path=target))
    cut = sum(len(passage.ranges) > 1 for passage in index.passages)
    click.echo(f"{target}: {len(index.passages)} passages, {cut} of them cut by a column break")


@command.command("check", short_help="Check the index of passages against TEXT.")
@text_argument
@id_option
@lang_option
def check_index(text: Path, source_id: str | None, lang: OneOf["zh", "en"]) -> None:
    """Check every range and digest of the index against your copy, TEXT.

    A changed text (its digest is not the one that was indexed; the passages that differ are named) is told from a
    wrong index (the digest is right, and yet a passage disagrees).

    \b
    Exit codes: 0 all agree; 1 something differs; 2 wrong usage; 3 the text or the
    index cannot be read.

    \b
    Example:
      kg source check newspaper.txt
    """
    from kg import sources

    source = _read(text)
    index = sources.index_for(source, source_id)
    found = sources.check(source, index)
    if not found:
        count = len(index.passages)
        click.echo(
            f"{index.source}：{count} 个段句与文本全部相符"
            if lang == "zh"
            else f"{index.source}: all {count} passages agree with the text"
        )
        return
    names = {"zh": {"text changed": "文本已改变", "index wrong": "索引有误"}}.get(lang, {})
    for difference in found:
        place = f"{text}:{difference.line}" if difference.line else str(text)
        verdict = names.get(difference.verdict.value, difference.verdict.value)
        on = f"{difference.passage}: " if difference.passage else ""
        click.echo(f"{place}: {verdict}: {on}{difference.says(lang)}")
    differing = len({item.passage for item in found if item.passage and item.severe})
    click.echo(
        f"{index.source}：{differing} 个段句有差异（共 {len(index.passages)} 个）"
        if lang == "zh"
        else f"{index.source}: {differing} of {len(index.passages)} passages differ"
    )
    raise click.exceptions.Exit(1)


@command.command("show", short_help="Show passages and what the graph says on them.")
@text_argument
@click.argument("passage", required=False, metavar="[PASSAGE]")
@id_option
@dataset_option
@lang_option
def show(
    text: Path, passage: str | None, source_id: str | None, dataset: Path | None, lang: OneOf["zh", "en"]
) -> None:
    """Show the passages of TEXT and, for each, what the graph says on its strength.

    PASSAGE is an id (a1-p2-s3), an article (a1) or a paragraph (a1-p2). Without a built dataset only the words are
    shown.

    \b
    Exit codes: 0 shown; 2 wrong usage, no such passage; 3 the text is another
    one, or something cannot be read.

    \b
    Example:
      kg source show newspaper.txt a1-p2 --lang en
    """
    from kg import sources

    source = _read(text)
    index = sources.index_for(source, source_id)
    if source.sha256 != index.sha256:
        raise SourceChanged(
            f"this is not the text that {index.source} was indexed from: positions would not hold",
            where=source.place(1),
            hint=f"`kg source check {text}` says where they differ",
        )
    chosen = _choose(index, passage)
    said, names = _said(index, chosen, dataset, lang)
    for item in chosen:
        first = source.line_of(item.start)
        where = f"第 {first} 行" if lang == "zh" else f"line {first}"
        click.echo(click.style(f"{item.id}  {item.kind.value}  {where}", bold=True))
        for line in _wrapped(item.text(source.text), _WIDTH - 2):
            click.echo(f"  {line}")
        if said is not None:
            _print_statements(said[item.id], names, lang)
        click.echo()


def _read(path: Path) -> SourceText:
    """Read the text, and say on stderr what was normalised."""
    from kg.sources import read_text

    source = read_text(path)
    for change in source.normalised:
        click.echo(f"note: {path}: {_NORMALISED[change]} before anything was counted", err=True)
    return source


def _choose(index: Index, name: str | None) -> list[Passage]:
    """The passages that ``name`` means: one, an article's, a paragraph's; all for None."""
    if name is None:
        return list(index.passages)
    single = index.passage(name)
    chosen = [single] if single else [item for item in index.passages if item.id.startswith(f"{name}-")]
    if not chosen:
        articles = ", ".join(dict.fromkeys(item.id.partition("-")[0] for item in index.passages))
        raise UsageError(f"{index.source} has no passage {name!r}", hint=f"like a1-p2-s3, a1-p2 or one of {articles}")
    return chosen


def _said(
    index: Index, chosen: list[Passage], dataset: Path | None, lang: OneOf["zh", "en"]
) -> tuple[Mapping[str, Statements] | None, Mapping[NamedNode, str]]:
    """What the graph says on the chosen passages, and labels for it; None where there is no usable dataset."""
    from kg import resources, sources
    from kg.engine import Embedded, labels

    try:
        path = resources.dataset(dataset)
    except (DatasetMissing, DatasetStale) as absent:
        if dataset is not None:
            raise
        click.echo(f"note: only the words are shown: {absent.message}; {absent.hint}", err=True)
        return None, {}
    with timed("loading the dataset"):
        engine = Embedded.load(path)
    said = sources.statements(engine, index, chosen[0] if len(chosen) == 1 else None)
    terms = {term for item in chosen for term in said[item.id].terms()}
    return said, labels(engine, terms, lang)


def _print_statements(said: Statements, names: Mapping[NamedNode, str], lang: str) -> None:
    """Print claims with their slots, then excuses; say so where there is neither."""
    from kg.vocab import SKOS

    for claim in said.claims:
        for at, line in enumerate(_wrapped(f"{_name(claim.class_, names)}: {_name(claim.claim, names)}", _WIDTH - 4)):
            click.echo(f"  {' ' if at else '●'} {line}")
        click.echo(f"    {_short(claim.claim)}")
        part = None
        for slot in _in_language(claim.slots, lang):
            if slot.part is not None and slot.part != part:
                click.echo(f"    ‣ {_short(slot.part)}")
            part = slot.part
            indent = "      " if part is not None else "    "
            label = f"{_NOTE[lang] if slot.name == SKOS.editorialNote else _name(slot.name, names)}: "
            width = _WIDTH - len(indent) - 2
            first, *rest = _wrapped(label + _value(slot.value, names), width)
            click.echo(indent + first)
            for line in rest:
                click.echo(f"{indent}  {line}")
    for excuse in said.excuses:
        click.echo(f"  ○ {'免引' if lang == 'zh' else 'excused'}: {_name(excuse.reason, names)}")
        notes = [note for note in excuse.notes if note.language in (None, lang)] or list(excuse.notes)
        for note in notes:
            for line in _wrapped(note.value, _WIDTH - 4):
                click.echo(f"    {line}")
    if not said.claims and not said.excuses:
        zh, en = "图谱中没有以此为据的陈述，也没有免引理由", "supports no claim and is not excused"
        click.echo(f"  ✗ {zh if lang == 'zh' else en}")


def _in_language(slots: tuple[Slot, ...], lang: str) -> list[Slot]:
    """The slots, without editor's notes in the other language where one is in ``lang``."""
    from kg.terms import Literal
    from kg.vocab import SKOS

    def language(slot: Slot) -> str | None:
        if slot.name == SKOS.editorialNote and isinstance(slot.value, Literal):
            return slot.value.language
        return None

    if lang not in map(language, slots):
        return list(slots)
    return [slot for slot in slots if language(slot) in (None, lang)]


def _value(term: Term, names: Mapping[NamedNode, str]) -> str:
    from kg.terms import Literal, NamedNode

    if isinstance(term, NamedNode):
        return f"{names[term]}  {_short(term)}" if term in names else _short(term)
    if isinstance(term, Literal):
        return f"{term.value} @{term.language}" if term.language else term.value
    return str(term)


def _name(term: NamedNode, names: Mapping[NamedNode, str]) -> str:
    return visible(names.get(term) or _short(term))


def _short(term: NamedNode) -> str:
    from kg.vocab import shorten

    return visible(shorten(term))


def _wrapped(text: str, width: int) -> list[str]:
    """``text`` in lines of at most ``width`` columns, where a Chinese character takes two."""
    from rich.cells import cell_len, chop_cells

    lines = [""]
    for piece in _PIECE.findall(visible(text)):
        if cell_len(lines[-1]) + cell_len(piece.rstrip()) > width:
            lines += chop_cells(piece, width)  # in more than one part if it is a word longer than a line
        else:
            lines[-1] += piece
    return [line.strip() for line in lines if line.strip()] or [""]
