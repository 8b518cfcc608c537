"""Terms are checked when made, and keep their lexical form."""

from __future__ import annotations

from datetime import UTC, date, datetime
from decimal import Decimal

import pytest

from kg.terms import XSD, Literal, NamedNode, iri, literal, n3


@pytest.mark.parametrize("text", ["", "relative/path", "#fragment", "https://e.org/a b", "https://e.org/<x>", "a:\n"])
def test_what_is_no_absolute_iri_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match="IRI"):
        iri(text)


@pytest.mark.parametrize("text", ["https://e.org/园区", "urn:x:y", "https://w3id.org/zonekg/vocab/bound/at-least"])
def test_an_iri_is_kept_as_it_is(text: str) -> None:
    assert iri(text) == NamedNode(text)
    assert n3(iri(text)) == f"<{text}>"


@pytest.mark.parametrize(
    ("value", "lexical", "datatype"),
    [
        ("林", "林", "string"),
        (True, "true", "boolean"),
        (130, "130", "integer"),
        (Decimal("2.50"), "2.50", "decimal"),
        (Decimal("1E+8"), "100000000", "decimal"),
        (0.5, "0.5", "double"),
        (date(2025, 12, 1), "2025-12-01", "date"),
        (datetime(2025, 12, 1, 8, tzinfo=UTC), "2025-12-01T08:00:00+00:00", "dateTime"),
    ],
)
def test_a_literals_datatype_follows_its_value(value: str, lexical: str, datatype: str) -> None:
    assert literal(value) == Literal(lexical, datatype=NamedNode(XSD + datatype))


def test_a_language_goes_with_text_only() -> None:
    assert literal("开发区", language="zh") == Literal("开发区", language="zh")
    with pytest.raises(ValueError, match="language"):
        literal(3, language="zh")
    with pytest.raises(ValueError, match="language"):
        literal("x", language="zh", datatype=NamedNode(XSD + "string"))


def test_an_infinite_decimal_and_a_strange_type_are_refused() -> None:
    with pytest.raises(ValueError, match="decimal"):
        literal(Decimal("Infinity"))
    with pytest.raises(TypeError, match="list"):
        literal([])  # type: ignore[arg-type]
