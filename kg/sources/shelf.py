"""Which sources have an index in the curated data, and which of them a text is."""

from __future__ import annotations

from pathlib import Path

from kg.errors import UsageError
from kg.resources import root
from kg.sources.rdf import read_index
from kg.sources.records import Index, checked_source_id
from kg.sources.text import SourceText


def index_path(source: str) -> Path:
    """Where the index of a source lies in the curated data."""
    return root("data") / "sources" / f"{checked_source_id(source)}.ttl"


def layout_path(source: str) -> Path:
    """Where the layout of a source lies in the curated data."""
    return root("data") / "sources" / f"{checked_source_id(source)}.layout.toml"


def known_sources() -> tuple[str, ...]:
    """The ids of the sources that have an index, sorted."""
    # Beside an index lies SOURCE.excuses.ttl, whose stem has a dot, which no id has.
    return tuple(sorted(path.stem for path in (root("data") / "sources").glob("*.ttl") if "." not in path.stem))


def index_for(source: SourceText, name: str | None = None) -> Index:
    """The index of ``source``: that of ``name``, else the one with its digest, else the only one there is.

    UsageError when several are there and none has its digest; SourceError and IndexWrong as `read_index`.
    """
    if name is not None:
        return read_index(index_path(name))
    known = known_sources()
    indexes = [read_index(index_path(item)) for item in known]
    for index in indexes:
        if index.sha256 == source.sha256:
            return index
    if len(indexes) == 1:
        return indexes[0]
    raise UsageError(
        "no index is of this very text" if known else "there is no index of passages",
        hint=f"--id says which source it is meant to be: {', '.join(known)}"
        if known
        else "`kg source index TEXT --id ID` makes one",
    )
