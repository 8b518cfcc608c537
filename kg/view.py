"""A network to look at and to compute with, as a library hands it out: what ``graph.network(…)`` gives."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable
from dataclasses import dataclass, replace
from pathlib import Path

from kg import resources
from kg.engine import Rows
from kg.errors import UsageError
from kg.networks import (
    MEANING,
    WHOLE,
    Label,
    Language,
    Network,
    Whole,
    edge_rows,
    ego,
    find,
    measure_rows,
    node_rows,
    only,
    whole,
)
from kg.render import FORMATS, Origin, svg, words_of
from kg.terms import NamedNode

_SHOWN = 1000  # nodes; the picture of more is slow to scroll, and fills the notebook
_TOO_LARGE = Label(
    '节点超过 {most} 个，此处不显示图；view.save("network.html") 写出页面。',
    'More than {most} nodes: no picture here; view.save("network.html") writes a page.',
)
_ENDINGS = {"htm": "html", "gv": "dot"}  # other endings of a file's name
_DECLARATION = re.compile(r"^<\?xml[^>]*\?>\s*")


@dataclass(frozen=True, slots=True, repr=False)
class View:
    """A network, where it comes from, and the language it is shown in. A notebook shows its picture.

    ``network`` holds nodes and edges with their claims and evidence, as frozen values; the tables (``nodes``,
    ``edges``, ``measures``) are ``Rows``, with ``to_dataframe()``. ``lang`` is ``zh`` or ``en``.

    >>> import kg
    >>> view = kg.load().network("zones_and_universities", lang="zh")             # doctest: +SKIP
    >>> view.ego("晋城经开区").save("artifacts/jincheng.svg")                      # doctest: +SKIP
    """

    network: Network
    origin: Origin
    lang: Language = "en"

    def __post_init__(self) -> None:
        if self.lang not in ("zh", "en"):
            raise UsageError(f"no language {self.lang!r}", hint="zh or en")

    def nodes(self) -> Rows:
        """A row a node: iri, label, kind, region, and whether the source names it."""
        return node_rows(self.network, self.lang)

    def edges(self) -> Rows:
        """A row an edge: iri, its ends, kind, status, claims, and where the source says it."""
        return edge_rows(self.network, self.lang)

    def measures(self) -> Rows:
        """A row a node: iri, label, kind, region, then its measures; the highest betweenness first.

        On the network without direction, parallel edges taken as one. ``meaning()`` says what each does not mean.
        """
        return measure_rows(self.network, self.lang)

    def whole(self) -> Whole:
        """The measures of the network as a whole: how many nodes, density, components, diameter …"""
        return whole(self.network)

    def meaning(self) -> dict[str, str]:
        """Measure (of a node or of the whole) → what it means, and what it does not in a graph as small as this."""
        return {name: label.of(self.lang) for name, label in (*MEANING.items(), *WHOLE.items())}

    def ego(self, node: NamedNode | str, steps: int = 1, *, kinds: Iterable[str] | None = None) -> View:
        """What lies within so many steps of a node: its IRI, its label in either language, an alias, its IRI's end.

        ``kinds`` chooses the edges that count, by the IRI of their kind or its last part. UsageError for a node or
        a kind that the network does not have, a name of several nodes, or steps below 0.
        """
        middle = find(self.network, node)
        part = ego(self.network, middle.id, steps, kinds)
        title = Label(
            f"{part.title.zh}（距{middle.label.zh}{steps}步以内）",
            f"{part.title.en} (within {steps} step{'' if steps == 1 else 's'} of {middle.label.en})",
        )
        return replace(self, network=replace(part, title=title))

    def only(self, *, kinds: Iterable[str] | None = None, statuses: Iterable[str] | None = None) -> View:
        """The same nodes with some of the edges: those of these kinds and these statuses, None taking all.

        Each by its IRI, the last part of that (``achieved``, ``via-enterprise``), or its label. UsageError for one
        that no edge has.
        """
        return replace(self, network=only(self.network, kinds=kinds, statuses=statuses))

    def to(self, form: str, lang: Language | None = None) -> bytes:
        """The view as html (a page), svg, png, gexf, graphml, dot, csv or json; the same bytes as ``kg view`` writes.

        UsageError for another form or language; ResourceMissing where png lacks its extra or a font.
        """
        if form not in FORMATS:
            raise UsageError(f"nobody knows the format {form!r}", hint="one of " + ", ".join(FORMATS))
        shown = self if lang is None else replace(self, lang=lang)
        return FORMATS[form](shown.network, shown.lang, shown.origin)

    def save(self, path: Path | str, form: str | None = None, lang: Language | None = None) -> Path:
        """Write a file, in the format of its ending unless ``form`` says another; the path. Errors as ``to``.

        Its folder is made. UsageError when it cannot be written.
        """
        path = Path(path)
        ending = path.suffix.lstrip(".").lower()
        data = self.to(form or _ENDINGS.get(ending, ending), lang)
        resources.write_atomically(path, data)
        return path

    def __repr__(self) -> str:
        counts = f"{len(self.network.nodes)} nodes, {len(self.network.edges)} edges"
        return f"<View {self.network.name}: {counts}, lang={self.lang!r}>"

    def __str__(self) -> str:
        return words_of(self.network, self.lang, self.origin)

    def _repr_mimebundle_(self, include: object = None, exclude: object = None) -> dict[str, str]:
        """What a notebook shows: the picture, and for who cannot see it, what it holds in words.

        Of a network of more than a thousand nodes only the words.
        """
        if len(self.network.nodes) > _SHOWN:
            return {"text/plain": f"{self}\n{_TOO_LARGE.of(self.lang).format(most=_SHOWN)}"}
        return {"image/svg+xml": _inline(svg(self.network, self.lang, self.origin)), "text/plain": str(self)}


def _inline(drawing: bytes) -> str:
    """The picture as an element of a page: no declaration, and ids that another picture there does not have."""
    text = _DECLARATION.sub("", drawing.decode("utf-8"))
    mark = hashlib.sha256(drawing).hexdigest()[:8]
    # Each once, and none that a label could hold: its < and the quotes of an attribute are escaped.
    for old, new in (
        ('aria-labelledby="name description"', f'aria-labelledby="name-{mark} description-{mark}"'),
        ('<title id="name">', f'<title id="name-{mark}">'),
        ('<desc id="description">', f'<desc id="description-{mark}">'),
    ):
        text = text.replace(old, new, 1)
    return text
