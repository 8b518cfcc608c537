"""Every error that ZoneKG raises on purpose, each with a place where it has one and a hint where it knows one.

::

    ZoneKGError                  5  (a subclass not listed here is an internal fault)
    ├── UsageError               2  asked for in the wrong way
    │   ├── ParameterError       2  a template's parameter is unknown, missing or of the wrong type
    │   ├── UnknownTemplate      2  no query of that name
    │   └── UnknownTerm          2  a name outside a closed namespace (also an AttributeError)
    ├── DataError                3  what was read cannot be used
    │   ├── ResourceMissing      3  ontology, shapes, queries or data are not where they should lie
    │   ├── DatasetMissing       3  no built dataset
    │   ├── DatasetStale         3  the built dataset is older than its inputs
    │   ├── SyntaxFault          3  a file is not the Turtle, TriG, SPARQL or TOML that it should be
    │   ├── FormatError          3  curated Turtle breaks a rule of its style
    │   ├── BuildError           3  the curated files cannot become a dataset
    │   ├── SourceError          3  a source text and its index
    │   │   ├── LayoutError      3  the layout file contradicts itself or the text
    │   │   ├── SourceChanged    3  the text is not the one that was indexed
    │   │   └── IndexWrong       3  the text is the right one and the index is not
    │   ├── TemplateError        3  a query file's header or body is ill-formed
    │   └── QueryError           3  an engine refuses a query or breaks it off
    │       ├── EndpointError    3  an endpoint cannot be reached, or what it answers is no answer
    │       └── QueryTimeout     6  the time that a query was given is over
    └── ShapesError              4  shapes are ill-formed, or there is nothing to check

The number is the exit code of the command ``kg``. 0 is success; 1 is a check that found something, which is no
error; 3 is also a file that the system does not let us read; 5 is internal: any other exception.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import ClassVar


@dataclass(frozen=True, slots=True)
class Place:
    """Where something stands: a file, and a line and column (both from 1) where they are known."""

    file: Path | str
    line: int | None = None
    column: int | None = None

    def __str__(self) -> str:
        parts = [str(self.file)]
        if self.line is not None:
            parts.append(str(self.line))
            if self.column is not None:
                parts.append(str(self.column))
        return ":".join(parts)


class ZoneKGError(Exception):
    """The root of the tree. ``message`` says what is wrong, ``where`` at which place, ``hint`` what mends it."""

    exit_code: ClassVar[int] = 5

    def __init__(self, message: str, *, where: Place | None = None, hint: str | None = None) -> None:
        super().__init__(message)
        self.message = message
        self.where = where
        self.hint = hint

    def __str__(self) -> str:
        return self.message if self.where is None else f"{self.where}: {self.message}"

    def report(self) -> str:
        """The error as lines for a person: ``error: …``, then the place and the hint where there are any."""
        lines = [f"error: {self.message}"]
        if self.where is not None:
            # A file's name may hold line ends, which would begin a line of their own.
            where = "".join(c if c.isprintable() else repr(c)[1:-1] for c in str(self.where))
            lines.append(f"  at: {where}")
        if self.hint is not None:
            lines.append(f"  hint: {self.hint}")
        return "\n".join(lines)


class UsageError(ZoneKGError):
    """Asked for in the wrong way."""

    exit_code = 2


class ParameterError(UsageError):
    """A template's parameter is unknown, missing or of the wrong type."""


class UnknownTemplate(UsageError):
    """There is no query of that name."""


class UnknownTerm(UsageError, AttributeError):
    """A name outside a closed namespace; an AttributeError too, so that ``hasattr`` answers."""


class DataError(ZoneKGError):
    """What was read cannot be used."""

    exit_code = 3


class ResourceMissing(DataError):
    """Ontology, shapes, queries or data are not where they should lie."""


class DatasetMissing(DataError):
    """There is no built dataset."""


class DatasetStale(DataError):
    """The built dataset is older than its inputs."""


class SyntaxFault(DataError):
    """A file is not the Turtle, TriG, SPARQL or TOML that it should be."""


class FormatError(DataError):
    """Curated Turtle breaks a rule of its style."""


class BuildError(DataError):
    """The curated files cannot become a dataset."""


class SourceError(DataError):
    """Something is wrong between a source text and its index."""


class LayoutError(SourceError):
    """The layout file contradicts itself or the text."""


class SourceChanged(SourceError):
    """The text is not the one that was indexed."""


class IndexWrong(SourceError):
    """The text is the right one and the index is not."""


class TemplateError(DataError):
    """A query file's header or body is ill-formed."""


class QueryError(DataError):
    """An engine refuses a query or breaks it off."""


class EndpointError(QueryError):
    """An endpoint cannot be reached, or what it answers is no answer. ``status`` is HTTP's, where there is one."""

    def __init__(
        self, message: str, *, where: Place | None = None, hint: str | None = None, status: int | None = None
    ) -> None:
        super().__init__(message, where=where, hint=hint)
        self.status = status


class QueryTimeout(QueryError):
    """The time that a query was given is over."""

    exit_code = 6


class ShapesError(ZoneKGError):
    """Shapes are ill-formed, or there is nothing to check."""

    exit_code = 4
