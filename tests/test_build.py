"""The build: named graphs, rules, pinyin, description; the same bytes from the same files."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner
from pyoxigraph import BlankNode, Dataset, RdfFormat, parse

from kg import resources
from kg.build import assemble, build, graph_of
from kg.build.description import DATASET
from kg.build.pinyin import PINYIN
from kg.cli.build import command
from kg.engine import Embedded
from kg.errors import BuildError, DataError
from kg.vocab import GRAPH, VOID, ZKG

CASES = Path(__file__).parent / "cases" / "build"
SMALL = CASES / "small"
FAULTS = sorted(path for path in (CASES / "faults").iterdir() if path.is_dir())


def files_in(*folders: Path) -> dict[str, Path]:
    """Name → file; of files with one name, that of the last folder."""
    return {
        path.relative_to(folder).as_posix(): path
        for folder in folders
        for path in sorted(folder.rglob("*"))
        if path.suffix in {".ttl", ".rq", ".toml"}
    }


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("built")
    build(folder, inputs=files_in(SMALL))
    return folder


def test_every_file_goes_to_its_graph(built: Path) -> None:
    names = {quad.graph_name for quad in parse(path=built / "zonekg.nq", format=RdfFormat.N_QUADS)}
    assert names == {
        GRAPH[name]
        for name in (
            "ontology",
            "vocabularies",
            "alignments",
            "entities",
            "claims/morning-post",
            "passages/morning-post",
            "references",
            "derived/pinyin",
            "derived/located",
            "derived/hosts",
            "description",
        )
    }


def test_what_is_no_turtle_is_in_no_graph() -> None:
    assert graph_of("kg/data/sources/morning-post.layout.toml") is None
    assert graph_of("queries/rules/hosts.rq") is None


def test_both_files_hold_the_same_quads(built: Path) -> None:
    trig = Dataset(parse(path=built / "zonekg.trig", format=RdfFormat.TRIG))
    nquads = Dataset(parse(path=built / "zonekg.nq", format=RdfFormat.N_QUADS))
    assert len(trig) == len(nquads) > 0
    assert trig == nquads


def test_no_triple_lies_in_two_graphs(built: Path) -> None:
    quads = list(parse(path=built / "zonekg.nq", format=RdfFormat.N_QUADS))
    assert len({quad.triple for quad in quads}) == len(quads)


def test_the_bytes_are_the_same_in_another_process(built: Path, tmp_path: Path, top: Path) -> None:
    code = (
        "import sys; from pathlib import Path; from kg.build import build\n"
        "small = Path(sys.argv[1])\n"
        "files = {p.relative_to(small).as_posix(): p for p in small.rglob('*.*')}\n"
        "build(Path(sys.argv[2]), inputs=dict(sorted(files.items(), reverse=True)))\n"
    )
    environment = {**os.environ, "PYTHONHASHSEED": "7"}
    subprocess.run([sys.executable, "-c", code, SMALL, tmp_path], check=True, env=environment, cwd=top)
    for name in ("zonekg.nq", "zonekg.trig", "manifest.json"):
        assert (tmp_path / name).read_bytes() == (built / name).read_bytes(), name


def test_blank_nodes_of_different_graphs_stay_apart(built: Path) -> None:
    by_graph: dict[str, set[str]] = {}
    for quad in parse(path=built / "zonekg.nq", format=RdfFormat.N_QUADS):
        for term in (quad.subject, quad.object):
            if isinstance(term, BlankNode):
                by_graph.setdefault(str(quad.graph_name), set()).add(term.value)
    assert len(by_graph) == 2
    one, other = by_graph.values()
    assert not one & other


def test_rules_run_in_their_order_and_derive_only_what_is_new() -> None:
    graphs = assemble(files_in(SMALL))
    assert [str(t.predicate) for t in graphs.triples("derived/located")] == [str(ZKG.locatedIn)]
    hosts = graphs.triples("derived/hosts")
    assert [(t.subject.value.rpartition("/")[2], t.object.value.rpartition("/")[2]) for t in hosts] == [  # type: ignore[union-attr]
        ("qingshi-kaifaqu", "haiyan-daxue")
    ]


def test_pinyin_labels_are_toneless_and_a_curators_reading_wins() -> None:
    graphs = assemble(files_in(SMALL))
    labels: dict[str, list[str]] = {}
    for triple in graphs.triples("derived/pinyin"):
        labels.setdefault(triple.subject.value.rpartition("/")[2], []).append(triple.object.value)  # type: ignore[union-attr]
        assert triple.object.language == "zh-latn-pinyin"  # type: ignore[union-attr]
    assert set(labels["qingshi-kaifaqu"]) == {
        "qing shi kai fa qu",
        "qingshikaifaqu",
        "qing shi jing ji ji shu kai fa qu",
        "qingshijingjijishukaifaqu",
    }
    assert set(labels["zhonggang-kaifaqu"]) == {"chong gang 5g kai fa qu", "chonggang5gkaifaqu"}
    assert set(labels["haiyan-daxue"]) == {"hai yan da xue", "haiyandaxue"}
    assert "exactly" in labels  # vocabularies are searched too


def test_the_override_of_pinyin_is_a_term_of_the_ontology() -> None:
    assert PINYIN in ZKG


def recounted(quads: list[tuple[str, str, str]]) -> dict[str, int]:
    """The counts of VoID, of triples as texts."""
    kind = "<http://www.w3.org/1999/02/22-rdf-syntax-ns#type>"
    return {
        "triples": len(quads),
        "entities": len({s for s, _, _ in quads if not s.startswith("_:")}),
        "classes": len({o for _, p, o in quads if p == kind}),
        "properties": len({p for _, p, _ in quads}),
        "distinctSubjects": len({s for s, _, _ in quads}),
        "distinctObjects": len({o for _, _, o in quads}),
    }


@pytest.mark.parametrize("which", ["small", "ours"])
def test_the_description_counts_what_is_there(which: str, tmp_path: Path) -> None:
    build(tmp_path, inputs=files_in(SMALL) if which == "small" else None)
    graphs: dict[str, list[tuple[str, str, str]]] = {}
    for quad in parse(path=tmp_path / "zonekg.nq", format=RdfFormat.N_QUADS):
        triple = (str(quad.subject), str(quad.predicate), str(quad.object))
        graphs.setdefault(str(quad.graph_name), []).append(triple)
    said: dict[str, dict[str, int]] = {}
    parts: dict[str, dict[str, str]] = {}
    for s, p, o in graphs.pop(str(GRAPH.description)):
        name = p.removeprefix(f"<{VOID}").rstrip(">")
        if p.startswith(f"<{VOID}") and o.endswith("#integer>") and "#" not in s:
            said.setdefault(s, {})[name] = int(o.split('"')[1])
        elif p.startswith(f"<{VOID}") and "#" in s:
            parts.setdefault(s, {})[name] = o
    union = [triple for triples in graphs.values() for triple in triples]
    assert said.pop(str(DATASET)) == recounted(union)
    said = {name: counts for name, counts in said.items() if counts["triples"]}  # rules may find nothing yet
    assert said == {name: recounted(triples) for name, triples in graphs.items()}
    for part in parts.values():
        if "class" in part:
            instances = {s for s, p, o in union if p.endswith("#type>") and o == part["class"]}
            assert part["entities"].split('"')[1] == str(len(instances))
        else:
            assert part["triples"].split('"')[1] == str(sum(p == part["property"] for _, p, _ in union))
    assert len(parts) == said_partitions(union)


def said_partitions(union: list[tuple[str, str, str]]) -> int:
    """One a class with an IRI, one a property."""
    classes = {o for _, p, o in union if p.endswith("rdf-syntax-ns#type>") and o.startswith("<")}
    return len(classes) + len({p for _, p, _ in union})


def test_the_manifest_has_the_digest_of_every_input(built: Path) -> None:
    manifest = json.loads((built / "manifest.json").read_text(encoding="utf-8"))
    assert set(manifest) == {"zonekg", "inputs"}
    assert manifest["inputs"] == {name: resources.digest(path) for name, path in files_in(SMALL).items()}


def test_there_are_faults_to_try() -> None:
    assert len(FAULTS) >= 10


@pytest.mark.parametrize("case", FAULTS, ids=lambda path: path.name)
def test_a_fault_stops_the_build_and_is_named(case: Path, tmp_path: Path) -> None:
    expected = (case / "expected.txt").read_text(encoding="utf-8").strip()
    with pytest.raises(DataError) as caught:
        build(tmp_path / "out", inputs=files_in(SMALL, case))
    assert expected in str(caught.value)
    assert not (tmp_path / "out").exists(), "nothing may be written"


def test_nothing_to_build_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(BuildError, match="nothing to build"):
        build(tmp_path, inputs={})


def test_the_command_writes_a_dataset_that_loads(tmp_path: Path) -> None:
    result = CliRunner().invoke(command, ["--out", str(tmp_path / "new")])
    assert result.exit_code == 0, result.output
    assert "vocabularies" in result.stdout
    engine = Embedded.load(tmp_path / "new")
    assert len(engine) > 1000
    assert engine.ask(f"ASK {{ {DATASET} <{VOID}triples> ?n }}")
