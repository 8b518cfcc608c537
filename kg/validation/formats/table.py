"""Every form of a report by name, with the ending of its files; a form's module is loaded when it is first used."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from importlib import import_module
from typing import cast

from kg.validation.context import Context
from kg.validation.messages import Language
from kg.validation.report import Report


@dataclass(frozen=True, slots=True)
class Format:
    """A form of a report: the ending of its files, its media type, its function, and what that may be told more."""

    extension: str
    media_type: str
    module: str
    function: str
    options: frozenset[str] = frozenset()

    def write(self, report: Report, context: Context, language: Language = "en", **options: object) -> str:
        """The report in this form. Options that it does not know are for other forms, and passed over."""
        function = cast(Callable[..., str], getattr(import_module(self.module), self.function))
        return function(report, context, language, **{k: v for k, v in options.items() if k in self.options})


def _format(name: str, extension: str, media_type: str, *options: str) -> Format:
    return Format(extension, media_type, f"kg.validation.formats.{name}", f"to_{name}", frozenset(options))


FORMATS: dict[str, Format] = {
    "text": Format(
        "txt", "text/plain", "kg.validation.text", "to_text", frozenset({"colour", "width", "idle", "stats"})
    ),
    "turtle": _format("turtle", "ttl", "text/turtle"),
    "json": _format("json", "json", "application/json"),
    "csv": _format("csv", "csv", "text/csv"),
    "sarif": _format("sarif", "sarif", "application/sarif+json"),
    "junit": _format("junit", "xml", "application/xml", "fail_on"),
    "github": _format("github", "txt", "text/plain"),
    "markdown": _format("markdown", "md", "text/markdown"),
    "html": _format("html", "html", "text/html"),
}
