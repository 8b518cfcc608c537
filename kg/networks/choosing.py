"""The part of a network whose edges are of some kinds, or of some statuses."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from kg.errors import UsageError
from kg.networks.claim import Concept, Label
from kg.networks.network import Network


def only(network: Network, *, kinds: Iterable[str] | None = None, statuses: Iterable[str] | None = None) -> Network:
    """The network with all its nodes, and of its edges those of these kinds and these statuses; None takes all.

    Each is given by its IRI, the last part of that, or its label in either language; an edge without a status has
    none of them. A node that loses its edges stays, so that what is left out is seen. The title says what was chosen.
    UsageError for a kind or a status that no edge has.
    """
    edges, chosen = network.edges, list[Concept]()
    if kinds is not None:
        wanted = _concepts(network, "kind", kinds, [edge.kind for edge in edges])
        edges = tuple(edge for edge in edges if edge.kind in wanted)
        chosen += wanted
    if statuses is not None:
        wanted = _concepts(network, "status", statuses, [e.status for e in network.edges if e.status is not None])
        edges = tuple(edge for edge in edges if edge.status in wanted)
        chosen += wanted
    if not chosen:
        return network
    zh, en = "、".join(one.label.zh for one in chosen), ", ".join(one.label.en for one in chosen)
    title = Label(f"{network.title.zh}（仅限：{zh}）", f"{network.title.en} (only: {en})")
    return replace(network, title=title, edges=edges)


def _concepts(network: Network, what: str, wanted: Iterable[str], there: list[Concept]) -> list[Concept]:
    """The concepts of these names; a text by itself would be read letter by letter, and is taken as one name."""
    names = [wanted] if isinstance(wanted, str) else list(wanted)
    known: dict[str, dict[Concept, None]] = {}  # several where a status and a modality are called the same
    for one in there:
        for name in (one.label.zh, one.label.en, one.name, one.iri):
            known.setdefault(name, {})[one] = None
    for name in names:
        if name not in known:
            raise UsageError(
                f"{network.name} has no edges of the {what} {name!r}",
                hint="it has: " + ", ".join(sorted({one.name for one in there})),
            )
    if not names:
        raise UsageError(f"which {what}?", hint="leave it out to take all")
    return list(dict.fromkeys(one for name in names for one in known[name]))
