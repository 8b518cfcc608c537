"""The report as one page: nothing is loaded, no script runs, and it reads on a phone and in the dark."""

from __future__ import annotations

import base64
import hashlib
import re
from html import escape

from kg.terms import visible
from kg.validation.context import Context
from kg.validation.formats.view import Group, Row, engine, groups, headline, name, recorded, tally
from kg.validation.formats.words import number, word
from kg.validation.messages import Language
from kg.validation.report import Report

OPEN = 20  # findings of a shape up to which it is unfolded at first

_STYLE = """
:root { color-scheme: light dark; --ink: #1f2328; --soft: #59636e; --paper: #fff; --card: #f6f8fa; --line: #d1d9e0;
  --error: #b3131c; --warning: #8a5200; --note: #0b57a8; --good: #126b2c; }
@media (prefers-color-scheme: dark) { :root { --ink: #e6edf3; --soft: #9aa4af; --paper: #0d1117; --card: #161b22;
  --line: #343b44; --error: #ff8a84; --warning: #e3b341; --note: #79c0ff; --good: #56d364; } }
* { box-sizing: border-box; }
body { margin: 0; background: var(--paper); color: var(--ink);
  font: 1rem/1.55 system-ui, "Noto Sans CJK SC", "PingFang SC", "Microsoft YaHei", sans-serif; }
main { max-width: 64rem; margin: 0 auto; padding: 1.5rem 1rem 3rem; }
h1 { font-size: 1.1rem; font-weight: 600; color: var(--soft); margin: 0; }
.outcome { font-size: 1.6rem; font-weight: 650; line-height: 1.3; margin: .15rem 0 1rem; }
.counts { display: flex; flex-wrap: wrap; gap: .5rem; margin: 0 0 1.5rem; padding: 0; list-style: none; }
.counts li { background: var(--card); border: 1px solid var(--line); border-radius: .5rem; padding: .35rem .75rem; }
.counts b { font-variant-numeric: tabular-nums; }
details { border: 1px solid var(--line); border-radius: .5rem; margin: 0 0 1rem; }
summary { background: var(--card); border-radius: .5rem; padding: .6rem .9rem; cursor: pointer;
  overflow-wrap: anywhere; }
details[open] > summary { border-radius: .5rem .5rem 0 0; border-bottom: 1px solid var(--line); }
summary:focus-visible { outline: 3px solid var(--note); outline-offset: 2px; }
summary h2 { display: inline; font-size: 1rem; font-weight: 600; margin: 0; }
.number { color: var(--soft); white-space: nowrap; }
.shared { display: block; margin-top: .15rem; }
.findings { list-style: none; margin: 0; padding: 0 .9rem; }
.findings > li { padding: .7rem 0; border-top: 1px solid var(--line); }
.findings > li:first-child { border-top: 0; }
.head { margin: 0; overflow-wrap: anywhere; }
.level { font-weight: 650; }
.error { color: var(--error); } .warning { color: var(--warning); } .note { color: var(--note); }
.good { color: var(--good); }
dl { display: grid; grid-template-columns: max-content minmax(0, 1fr); gap: .1rem .9rem; margin: .25rem 0 0; }
dt { color: var(--soft); } dd { margin: 0; overflow-wrap: anywhere; }
code { font: .9em/1.5 ui-monospace, "SFMono-Regular", Menlo, Consolas, "Noto Sans Mono CJK SC", monospace; }
.gone, footer { color: var(--soft); overflow-wrap: anywhere; }
@media (max-width: 34rem) { main { padding: 1rem .6rem 2rem; } .outcome { font-size: 1.35rem; }
  .findings { padding: 0 .7rem; } }
@media print { details { break-inside: avoid; } }
"""
_NOT_CHARACTERS = re.compile(
    "[\ufdd0-\ufdef"
    + "".join(chr(plane + last) for plane in range(0, 0x110000, 0x10000) for last in (0xFFFE, 0xFFFF))
    + "]"
)
_LANGUAGES = {"zh": "zh-Hans", "en": "en"}


def policy() -> str:
    """The page's Content-Security-Policy: its own style, and nothing else at all."""
    digest = base64.b64encode(hashlib.sha256(_STYLE.encode("utf-8")).digest()).decode("ascii")
    return f"default-src 'none'; style-src 'sha256-{digest}'; base-uri 'none'; form-action 'none'"


def to_html(report: Report, context: Context, language: Language = "en") -> str:
    """The report as a page in the language."""
    bad = bool(report.new)
    counted = [
        *tally(report, language).items(),
        (word("shapes", language), report.shapes_checked),
        *([] if report.focus_nodes is None else [(word("nodes", language), report.focus_nodes)]),
    ]
    title = word("title", language)
    lines = [
        "<!DOCTYPE html>",
        f'<html lang="{_LANGUAGES[language]}">',
        "<head>",
        '<meta charset="utf-8">',
        f'<meta http-equiv="Content-Security-Policy" content="{escape(policy())}">',
        '<meta name="viewport" content="width=device-width, initial-scale=1">',
        f"<title>{_text(headline(report, language))} – {_text(title)}</title>",
        f"<style>{_STYLE}</style>",
        "</head>",
        "<body>",
        "<main>",
        f"<h1>{_text(title)}</h1>",
        f'<p class="outcome {"error" if bad else "good"}">{_text(headline(report, language))}</p>',
        '<ul class="counts">',
        *(f"<li>{_text(key)} <b>{n}</b></li>" for key, n in counted),
        "</ul>",
    ]
    for group in groups(report.shown, context, language):
        lines += _group(group, language)
    lines += _closing(report, language)
    lines += [f"<footer><p>{_text(engine(report, language))}</p></footer>", "</main>", "</body>", "</html>"]
    return "".join(f"{line}\n" for line in lines)


def _group(group: Group, language: Language) -> list[str]:
    """A shape's findings, to be folded."""
    title = "" if group.title is None else f"{_data(group.title)} "
    count = f'<span class="number">{_text(number(len(group.rows), language))}</span>'
    shared = "" if group.shared is None else f'<span class="shared">{_data(group.shared)}</span>'
    if group.path is not None:
        shared += f'<span class="shared">{_text(word("path", language))} <code>{_text(group.path)}</code></span>'
    lines = [
        "<details open>" if len(group.rows) <= OPEN else "<details>",
        f"<summary><h2>{title}<code>{_text(group.name)}</code></h2> {count}{shared}</summary>",
    ]
    lines.append('<ul class="findings">')
    lines += [_finding(row, group, language) for row in group.rows]
    return [*lines, "</ul>", "</details>"]


def _finding(row: Row, group: Group, language: Language) -> str:
    """One finding."""
    head = f'<span class="level {row.level}">{_text(row.severity)}</span>'
    if row.place is not None:
        head += f" <code>{_text(row.place)}</code>"
    if group.shared is None:
        head += f"<br>{_data(row.message)}"
    facts = [(word("focus", language), f"<code>{_text(row.focus)}</code>")]
    if row.label is not None:
        facts[0] = (facts[0][0], f"{_data(row.label)} {facts[0][1]}")
    for key, text in (("path", group.path_of(row)), ("value", row.value), ("graph", row.graph)):
        if text is not None:
            facts.append((word(key, language), f"<code>{_text(text)}</code>"))
    listed = "".join(f"<dt>{_text(key)}</dt><dd>{value}</dd>" for key, value in facts)
    return f'<li><p class="head">{head}</p><dl>{listed}</dl></li>'


def _closing(report: Report, language: Language) -> list[str]:
    """What is not listed, what the baseline says, which shapes met no node."""
    lines: list[str] = []
    if report.left_out:
        lines.append(f"<p><b>{_text(word('left out', language, n=report.left_out))}</b></p>")
    if report.known:
        lines.append(f"<p>{_text(word('known', language, n=len(report.known)))}</p>")
    if report.compared is not None and report.compared.gone:
        gone = report.compared.gone
        lines.append(f"<p>{_text(word('gone', language, n=sum(record.count for record in gone)))}</p>")
        lines.append('<ul class="gone">')
        lines += [f"<li><code>{_text(recorded(record, language))}</code></li>" for record in gone]
        lines += ["</ul>", f"<p>{_text(word('update', language))}</p>"]
    if report.idle:
        lines.append(f'<p class="gone">{_text(word("idle", language, shapes=", ".join(map(name, report.idle))))}</p>')
    return lines


def _data(text: str) -> str:
    """A text of the data, which may run from right to left without turning what stands beside it."""
    return f"<bdi>{_text(text)}</bdi>"


def _text(text: str) -> str:
    """A text between tags, every character of it to be seen; HTML has no place for what is no character at all."""
    return _NOT_CHARACTERS.sub(lambda found: f"\\u{{{ord(found[0]):x}}}", escape(visible(text)))
