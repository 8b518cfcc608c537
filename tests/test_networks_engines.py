"""A network filled with parameters is the same on every engine: also an optional one given, or a default replaced."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from kg.engine import Embedded, Engine
from kg.networks import network
from kg.templates import get, resolve
from tests.engines import ENGINES

CALLS: list[tuple[str, dict[str, list[str]]]] = [
    ("article_in_full", {"article": ["a2"]}),
    ("article_in_full", {"article": ["c1"]}),
    ("entity_surroundings", {"entity": ["id:agent/sannai-foundry"]}),
    ("entity_surroundings", {"entity": ["id:place/jincheng-jingkaiqu"]}),
    ("industry_chains", {"zone": ["id:place/jiaocheng-kaifaqu"]}),
    ("zones_compared", {"one": ["id:place/pingyao-kaifaqu"]}),
    ("zones_compared", {"one": ["id:place/jiaocheng-kaifaqu"], "other": ["id:place/yuxian-jingkaiqu"]}),
]


@pytest.fixture(scope="module", params=["embedded-directory", "oxigraph", "virtuoso"])
def other(request: pytest.FixtureRequest, shipped_engine: Embedded) -> Iterator[Engine]:
    """The shipped dataset on another engine."""
    with ENGINES[request.param](list(shipped_engine.quads())) as engine:
        yield engine


@pytest.mark.parametrize(("name", "given"), CALLS, ids=[f"{name}-{given}" for name, given in CALLS])
def test_a_filled_network_is_the_same(
    name: str, given: dict[str, list[str]], other: Engine, shipped_engine: Embedded
) -> None:
    template = get(name)
    expected = network(shipped_engine, template, **resolve(template, given, shipped_engine))
    assert expected.edges or given == {"article": ["c1"]}
    assert network(other, template, **resolve(template, given, other)) == expected
