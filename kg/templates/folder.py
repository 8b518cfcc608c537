"""The query files of a folder: found by name, listed, and put in the order that rules need."""

from __future__ import annotations

from collections.abc import Iterable
from difflib import get_close_matches
from graphlib import CycleError, TopologicalSorter
from pathlib import Path

from kg import resources
from kg.errors import Place, TemplateError, UnknownTemplate
from kg.templates.load import load
from kg.templates.template import Template


def files(folder: Path | None = None) -> dict[str, Path]:
    """Name → file, without reading any; sorted by name. TemplateError for a name that two files share."""
    return dict(sorted(_paths(folder).items()))


def catalogue(folder: Path | None = None) -> dict[str, Template]:
    """Name → template, for every .rq file under a folder (ours, when left out); sorted by name.

    TemplateError for an ill-formed file and for a name that two files share.
    """
    return {name: load(path) for name, path in files(folder).items()}


def get(name: str, folder: Path | None = None) -> Template:
    """The template of that name, without reading others. UnknownTemplate, with the nearest, when there is none."""
    return load(find(name, folder))


def find(name: str, folder: Path | None = None) -> Path:
    """The file of that name, without reading it; UnknownTemplate as ``get``."""
    paths = _paths(folder)
    if name not in paths:
        # What begins or goes on with the name first; otherwise what is spelt nearly alike.
        near = [*[known for known in paths if known.startswith(name)], *[k for k in paths if name in k[1:]]][:3]
        near = near or get_close_matches(name, paths, n=3, cutoff=0.6)
        raise UnknownTemplate(
            f"no query is called {name!r}",
            hint=("did you mean " + " or ".join(near) + "? " if near else "") + "`kg queries` lists all",
        )
    return paths[name]


def read(path: Path) -> Template:
    """The template in one file, wherever it lies."""
    return load(path)


def _paths(folder: Path | None) -> dict[str, Path]:
    """Name → file, without reading any."""
    found: dict[str, Path] = {}
    for path in resources.visible_files(resources.root("queries") if folder is None else folder, "*.rq"):
        if path.stem in found:
            raise TemplateError(
                f"two queries are called {path.stem}", where=Place(path), hint=f"see {found[path.stem]}"
            )
        found[path.stem] = path
    return found


def order(rules: Iterable[Template]) -> list[Template]:
    """Rules so that each comes after those it names; otherwise by name.

    TemplateError for a name that is no rule, and for a cycle, which it spells out.
    """
    by_name = {rule.name: rule for rule in sorted(rules, key=lambda rule: rule.name)}
    for rule in by_name.values():
        for name in rule.after:
            if name not in by_name:
                raise TemplateError(f"after: there is no rule {name!r}", where=Place(rule.path))
    sorter = TopologicalSorter({name: rule.after for name, rule in by_name.items()})
    try:
        sorter.prepare()
    except CycleError as fault:
        cycle = list(reversed(fault.args[1]))
        raise TemplateError(
            "rules wait for each other: " + " after ".join(cycle), where=Place(by_name[cycle[0]].path)
        ) from fault
    ordered: list[Template] = []
    while sorter.is_active():
        ready = sorted(sorter.get_ready())
        ordered += [by_name[name] for name in ready]
        sorter.done(*ready)
    return ordered
