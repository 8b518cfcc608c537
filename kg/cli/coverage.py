"""``kg coverage``: is every passage used or excused?"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING
from typing import Literal as OneOf

import click

from kg.cli.options import dataset_option, lang_option, timed
from kg.terms import visible

if TYPE_CHECKING:
    from collections.abc import Mapping

    from kg.sources import Coverage
    from kg.terms import NamedNode

_WIDTH = 80  # columns
_HEADINGS = {
    "en": ("article", "kind", "all", "used", "excused", "neither", "both"),
    "zh": ("篇", "类别", "全部", "已用", "免引", "未处理", "两者"),
}
_TOTAL = {"en": "total", "zh": "合计"}
_VERDICT = {
    "en": ("complete: every passage supports a claim or is excused", "not complete"),
    "zh": ("完整：每个段句或支持陈述，或有免引理由", "不完整"),
}
_STATES = {
    "en": {"neither": "neither used nor excused", "both": "both used and excused"},
    "zh": {"neither": "既未用又无免引理由", "both": "已用却又免引"},
}


@click.command(
    short_help="Count the passages that support a claim.", context_settings={"help_option_names": ["-h", "--help"]}
)
@dataset_option
@lang_option
def command(dataset: Path | None, lang: OneOf["zh", "en"]) -> None:
    """Count the passages that support a claim, are excused, or are neither.

    Only asserted claims count; reference records and derived statements do not.

    \b
    Exit codes: 0 complete; 1 a passage is neither or both; 3 no dataset; 4 no
    passages.

    \b
    Example:
      kg coverage --lang zh
    """
    from kg import resources
    from kg.engine import Embedded, labels
    from kg.sources import coverage
    from kg.vocab import VOC

    with timed("loading the dataset"):
        engine = Embedded.load(resources.dataset(dataset))
    found = coverage(engine)
    reasons = [reason for reason, _ in found.reasons()]
    kinds = {row.kind: VOC[f"passage-kind/{row.kind}"] for row in found.rows()}
    names = labels(engine, [*reasons, *kinds.values()], lang)
    _print_table(found, {kind: names.get(term, kind) for kind, term in kinds.items()}, lang)
    _print_reasons(found, names, lang)
    for state in ("neither", "both"):
        passages = found.of_state(state)
        if passages:
            click.echo(f"{_STATES[lang][state]} ({len(passages)}):")
            for line in _wrapped([visible(passage.id) for passage in passages]):
                click.echo(f"  {line}")
    click.echo(_VERDICT[lang][0 if found.complete else 1])
    if not found.complete:
        raise click.exceptions.Exit(1)


def _print_table(found: Coverage, kinds: Mapping[str, str], lang: str) -> None:
    """One line an article and kind, sources as captions, a total at the end."""
    lines: list[tuple[str, ...]] = [_HEADINGS[lang]]
    captions: dict[int, str] = {}
    source = ""
    for row in (*found.rows(), found.total()):
        if row.source and row.source != source:
            source = row.source
            captions[len(lines)] = visible(source)
        name, kind = (row.block, kinds[row.kind]) if row.kind else (_TOTAL[lang], "")
        numbers = (row.all, row.used, row.excused, row.neither, row.both)
        lines.append((visible(name), visible(kind), *map(str, numbers)))
    widths = [max(map(_columns, column)) for column in zip(*lines, strict=True)]
    for number, line in enumerate(lines):
        if number in captions:
            click.echo(captions[number])
        cells = []
        for at, (cell, width) in enumerate(zip(line, widths, strict=True)):
            space = " " * (width - _columns(cell))
            cells.append(cell + space if at < 2 else space + cell)
        click.echo("  " + "  ".join(cells).rstrip())


def _print_reasons(found: Coverage, names: Mapping[NamedNode, str], lang: str) -> None:
    """One line a reason for excuses."""
    for reason, count in found.reasons():
        label = names.get(reason, reason.value.rpartition("/")[2])
        click.echo(f"{'免引' if lang == 'zh' else 'excused as'} {visible(label)}: {count}")


def _columns(text: str) -> int:
    """How many columns of a terminal ``text`` takes."""
    from rich.cells import cell_len

    return cell_len(text)


def _wrapped(words: list[str]) -> list[str]:
    import textwrap

    return textwrap.wrap(" ".join(words), _WIDTH - 2, break_on_hyphens=False)
