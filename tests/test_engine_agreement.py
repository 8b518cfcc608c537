"""One catalogue, one answer: every lookup gives the same rows on every engine.

The same means: equal as multisets of terms in value space, and, for rows, in the order that the query declares.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from decimal import Decimal
from pathlib import Path

import pytest

from kg.engine import Embedded, Engine, python_value
from kg.engine.deviations import TRUTHS
from kg.engine.endpoint import Endpoint
from kg.engine.loading import divide, load
from kg.engine.transport import Credentials
from kg.errors import EndpointError
from kg.templates import Template, read, resolve
from kg.terms import Literal, Term
from kg.vocab import XSD
from tests.engines import ENGINES
from tests.lookup_cases import cases, names
from tests.servers import oxigraph

NETWORKS = Path(__file__).resolve().parent.parent / "queries" / "networks"


@pytest.fixture(scope="module", params=["embedded-directory", "oxigraph", "virtuoso"])
def other(request: pytest.FixtureRequest, shipped_engine: Embedded) -> Iterator[Engine]:
    """The shipped dataset on another engine."""
    with ENGINES[request.param](list(shipped_engine.quads())) as engine:
        if isinstance(engine, Endpoint):
            engine.probe()
        yield engine


def value(term: Term | None) -> object:
    """A term in value space: 1.0 and 1 are one number, tags differ by more than case."""
    if not isinstance(term, Literal):
        return term
    if term.language is not None:
        return term.value, term.language.lower()
    found = python_value(term)
    if isinstance(found, int | Decimal) and not isinstance(found, bool) and not term.datatype.value.endswith("gYear"):
        return Decimal(found).normalize()
    return term.datatype, found


def truths(engine: Engine) -> dict[Literal, Literal]:
    """What this engine computes where others say true and false."""
    virtuoso = isinstance(engine, Endpoint) and "virtuoso" in engine.server().lower()
    return TRUTHS["virtuoso"] if virtuoso else {}


def answers(engine: Engine, template: Template, text: str, truthful: Sequence[int] = ()) -> list[tuple[object, ...]]:
    """Rows or triples in value space; ``truthful``: columns in which the engine's truth values stand."""
    if template.constructs is None:
        rows = engine.select(text)
        assert rows.columns == template.returns
        known = truths(engine)
        return [
            tuple(
                value(known.get(term, term) if at in truthful and isinstance(term, Literal) else term)
                for at, term in enumerate(row)
            )
            for row in rows.rows
        ]
    return [(value(t.subject), t.predicate, value(t.object)) for t in engine.construct(text)]


def truth_columns(rows: list[tuple[object, ...]]) -> list[int]:
    """The columns that hold booleans."""
    return sorted(
        {at for row in rows for at, cell in enumerate(row) if isinstance(cell, tuple) and cell[0] == XSD.boolean}
    )


@pytest.mark.parametrize("name", names())
def test_a_lookup_gives_the_same_rows(name: str, other: Engine, shipped_engine: Embedded) -> None:
    for case in cases(name):
        template = case.template
        given = resolve(template, case.given, shipped_engine)
        assert resolve(template, case.given, other) == given
        expected = answers(shipped_engine, template, template.fill(**given))
        found = answers(other, template, template.fill(**given), truth_columns(expected))
        assert Counter(found) == Counter(expected)
        if template.constructs is None:
            assert found == expected, "the order"


@pytest.mark.parametrize("path", sorted(NETWORKS.glob("*.rq")), ids=lambda path: path.stem)
def test_a_network_has_the_same_triples(path: Path, other: Engine, shipped_engine: Embedded) -> None:
    template = read(path)
    expected = answers(shipped_engine, template, template.text)
    assert expected
    assert Counter(answers(other, template, template.fill())) == Counter(expected)


def test_an_oxigraph_server_without_its_flag_is_noticed(shipped_folder: Path, tmp_path: Path) -> None:
    with oxigraph(union=False) as address:
        endpoint = Endpoint(address + "/query", credentials=Credentials())
        endpoint.probe()  # nothing there yet
        graphs = divide(Embedded.load(shipped_folder).quads())
        with pytest.raises(EndpointError, match="out of the default graph") as caught:
            load(endpoint, graphs, journal=tmp_path / "journal.json")
    assert caught.value.hint == "start it with --union-default-graph"
