"""The vocabulary is closed: in Python, in Turtle and in SPARQL."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from pyoxigraph import NamedNode, RdfFormat, parse

from kg import vocab
from kg.errors import UnknownTerm
from kg.vocab import NAMESPACES, PREFIXES, SKOS, compact, expand, misspelt, shorten

ZKG = PREFIXES["zkg"]
TOP = Path(__file__).resolve().parent.parent
TURTLE = sorted(path for folder in ("ontology", "shapes", "kg/data") for path in (TOP / folder).rglob("*.ttl"))
SPARQL = sorted((TOP / "queries").rglob("*.rq"))
PREFIXED = re.compile(r"(?<![\w<:/?$\"'])([a-z]+):([A-Za-z_][\w\-]*)")
DECLARED = re.compile(r"^\s*PREFIX\s+([a-z]+):\s*<([^>]*)>", re.IGNORECASE | re.MULTILINE)


def test_a_term_is_reached_by_attribute_and_by_item() -> None:
    assert SKOS.prefLabel == SKOS["prefLabel"] == NamedNode(PREFIXES["skos"] + "prefLabel")


def test_a_misspelt_term_names_its_neighbours() -> None:
    with pytest.raises(UnknownTerm) as caught:
        _ = SKOS.prefLable
    assert caught.value.hint is not None
    assert "skos:prefLabel" in caught.value.hint
    assert not hasattr(SKOS, "prefLable")


def test_our_own_namespaces_are_what_the_files_describe() -> None:
    assert "Claim" in vocab.ZKG.names()
    assert vocab.ZKG.Claim in vocab.ZKG
    assert ZKG + "Clam" not in vocab.ZKG
    assert any("/" in name for name in vocab.VOC.names())
    with pytest.raises(UnknownTerm):
        _ = vocab.VOC["no-such-scheme/no-such-term"]


def test_an_open_namespace_takes_any_name() -> None:
    assert not vocab.ID.closed
    assert vocab.ID["agent/anyone"] == NamedNode("https://w3id.org/zonekg/id/agent/anyone")


@pytest.mark.parametrize(
    ("text", "written"),
    [
        (ZKG + "Claim", "zkg:Claim"),
        (PREFIXES["voc"] + "bound/at-least", "<https://w3id.org/zonekg/vocab/bound/at-least>"),
        (ZKG, f"<{ZKG}>"),
        (ZKG + "1st", f"<{ZKG}1st>"),
        ("https://w3id.org/zonekg/id/agent/x", "<https://w3id.org/zonekg/id/agent/x>"),
        ("https://example.org/x", "<https://example.org/x>"),
    ],
)
def test_compact_writes_what_turtle_reads_plainly(text: str, written: str) -> None:
    assert compact(text) == compact(NamedNode(text)) == written


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("id:agent/x", "https://w3id.org/zonekg/id/agent/x"),
        ("src:kexue-daobao-2025-12/a1-p2-s3", "https://w3id.org/zonekg/source/kexue-daobao-2025-12/a1-p2-s3"),
        ("skos:prefLabel", "http://www.w3.org/2004/02/skos/core#prefLabel"),
    ],
)
def test_expand_undoes_shorten(name: str, text: str) -> None:
    assert expand(name).value == text
    assert shorten(text) == name


@pytest.mark.parametrize("name", ["noprefix", "nosuch:thing", "skos:prefLable"])
def test_expand_refuses_what_it_does_not_know(name: str) -> None:
    with pytest.raises(UnknownTerm):
        expand(name)


def test_misspelt_finds_only_terms_of_closed_namespaces() -> None:
    wrong = PREFIXES["skos"] + "prefLable"
    assert misspelt([wrong, "https://example.org/x", PREFIXES["schema"] + "anything", wrong]) == [wrong]


def test_every_prefix_has_a_namespace_of_its_own() -> None:
    assert len(set(PREFIXES.values())) == len(PREFIXES)
    assert set(PREFIXES) < set(NAMESPACES)


@pytest.mark.parametrize("path", TURTLE, ids=lambda path: path.relative_to(TOP).as_posix())
def test_turtle_uses_known_terms_only(path: Path) -> None:
    iris = {
        node.value
        for quad in parse(path=path, format=RdfFormat.TURTLE)
        for node in (quad.subject, quad.predicate, quad.object)
        if isinstance(node, NamedNode)
    }
    assert misspelt(sorted(iris)) == []


def _terms_of_sparql(text: str) -> Iterator[str]:
    """The IRIs in the text of a query, written in full or with one of the prefixes it declares."""
    prefixes = dict(DECLARED.findall(text))
    lines = (line for line in text.splitlines() if not line.lstrip().upper().startswith("PREFIX"))
    # Without comments and strings; a header's own names (class: zkg:University) count too.
    body = "\n".join(re.sub(r"(?<!\S)#(?!\+).*", "", line) for line in lines)
    body = re.sub(r'"(?:[^"\\\n]|\\.)*"', '""', body)
    yield from (match for match in re.findall(r"<([a-z]+:[^<>\s]*)>", body))
    for prefix, local in PREFIXED.findall(re.sub(r"<[^<>\s]*>", "", body)):
        base = prefixes.get(prefix) or (PREFIXES.get(prefix) if prefix == "zkg" else None)
        if base is not None:
            yield base + local


@pytest.mark.parametrize("path", SPARQL, ids=lambda path: path.relative_to(TOP).as_posix())
def test_sparql_uses_known_terms_only(path: Path) -> None:
    assert misspelt(_terms_of_sparql(path.read_text(encoding="utf-8"))) == []


def test_the_reader_of_sparql_sees_misspelt_terms() -> None:
    text = f"#+ class: zkg:Univercity\nPREFIX z: <{ZKG}>\nSELECT * {{ ?s z:suportedBy <{ZKG}Clam> }} # z:comment"
    assert set(misspelt(_terms_of_sparql(text))) == {ZKG + "Univercity", ZKG + "suportedBy", ZKG + "Clam"}
