"""The header of a query file: lines of YAML behind ``#+``, read strictly, every fault at its line."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

import yaml

from kg.errors import Place, TemplateError

_LANGUAGES = ("en", "zh")
_LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


@dataclass(frozen=True, slots=True)
class Node:
    """A piece of the header: text, a list or a mapping of pieces, and where it stands."""

    value: str | tuple[Node, ...] | Mapping[str, Node]
    where: Place
    keys: Mapping[str, Place]

    def fault(self, message: str, *, hint: str | None = None) -> TemplateError:
        """An error at this piece, to be raised."""
        return TemplateError(message, where=self.where, hint=hint)

    def text(self, what: str) -> str:
        """The piece as text; TemplateError when it is none, or empty."""
        if not isinstance(self.value, str) or not self.value.strip():
            raise self.fault(f"{what} should be text")
        return self.value

    def texts(self, what: str, *, least: int = 0) -> tuple[str, ...]:
        """The piece as a list of at least so many texts without repetition; TemplateError when it is none."""
        if not isinstance(self.value, tuple) or len(self.value) < least:
            raise self.fault(f"{what} should be a list, like [a, b]")
        found = tuple(item.text(f"each item of {what}") for item in self.value)
        if len(set(found)) != len(found):
            raise self.fault(f"{what} names something twice")
        return found

    def mapping(self, what: str, allowed: tuple[str, ...] | None = None) -> Mapping[str, Node]:
        """The piece as a mapping with no other keys than the allowed ones; TemplateError when it is none."""
        if not isinstance(self.value, Mapping):
            raise self.fault(f"{what} should be a mapping, like {{en: …, zh: …}}")
        if allowed is not None:
            for key in self.value:
                if key not in allowed:
                    raise TemplateError(
                        f"unknown key {key!r} in {what}", where=self.keys[key], hint="known: " + ", ".join(allowed)
                    )
        return self.value

    def bilingual(self, what: str) -> dict[str, str]:
        """The piece as text in both languages; TemplateError when one is missing."""
        pieces = self.mapping(what, _LANGUAGES)
        for language in _LANGUAGES:
            if language not in pieces:
                raise self.fault(f"{what} has no {language}")
        return {language: pieces[language].text(f"{what} in {language}") for language in _LANGUAGES}

    def flag(self, what: str) -> bool:
        """The piece as true or false; TemplateError for anything else."""
        if self.value not in ("true", "false"):
            raise self.fault(f"{what} should be true or false")
        return self.value == "true"


def read_header(text: str, path: Path | str) -> Node:
    """The header at the top of a query file. TemplateError when there is none or YAML does not read it."""
    lines = []
    for line in text.splitlines():
        if not line.startswith("#+"):
            break
        # As many characters as in the file, so that columns agree; YAML ignores the indentation all share.
        lines.append("  " + line[2:])
    if not lines:
        raise TemplateError("no header", where=Place(path, 1), hint="begin with `#+ summary:`; see CONTRIBUTING.md")
    try:
        tree = yaml.compose("\n".join(lines), Loader=_LOADER)
    except yaml.YAMLError as fault:
        mark = getattr(fault, "problem_mark", None)
        where = Place(path, 1) if mark is None else Place(path, mark.line + 1, mark.column + 1)
        raise TemplateError(f"the header is not YAML: {getattr(fault, 'problem', fault)}", where=where) from fault
    if tree is None:
        raise TemplateError("the header is empty", where=Place(path, 1))
    return _node(tree, path)


def _node(tree: yaml.Node, path: Path | str) -> Node:
    """A piece of YAML's tree as ours: texts as they are written (no is no boolean), no repeated key."""
    where = Place(path, tree.start_mark.line + 1, tree.start_mark.column + 1)
    if isinstance(tree, yaml.ScalarNode):
        return Node(str(tree.value), where, {})
    if isinstance(tree, yaml.SequenceNode):
        return Node(tuple(_node(item, path) for item in tree.value), where, {})
    pieces: dict[str, Node] = {}
    keys: dict[str, Place] = {}
    for key, value in tree.value:
        name = str(key.value)
        keys[name] = at = Place(path, key.start_mark.line + 1, key.start_mark.column + 1)
        if name in pieces:
            raise TemplateError(f"the key {name!r} stands twice", where=at)
        pieces[name] = _node(value, path)
    return Node(pieces, where, keys)
