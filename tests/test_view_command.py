"""``kg view``: what it writes, where, and how it refuses."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from pyoxigraph import RdfFormat, parse, serialize

from kg import resources
from kg.cli import cli, main
from kg.errors import UsageError

CASE = Path(__file__).parent / "cases/networks/invented.trig"


@pytest.fixture(scope="module")
def dataset(tmp_path_factory: pytest.TempPathFactory) -> Path:
    quads = list(parse(path=CASE, format=RdfFormat.TRIG))
    for path in sorted(resources.root("ontology").glob("*.ttl")):
        quads += parse(path=path, format=RdfFormat.TURTLE, rename_blank_nodes=True)
    file = tmp_path_factory.mktemp("dataset") / "zonekg.nq"
    serialize(quads, str(file), format=RdfFormat.N_QUADS)
    return file


def _view(dataset: Path, *arguments: str) -> Result:
    return CliRunner().invoke(cli, ["view", *arguments, "--dataset", str(dataset)], standalone_mode=False)


def test_the_default_is_a_page_of_zones_and_universities(dataset: Path, tmp_path: Path) -> None:
    result = _view(dataset, "--out", str(tmp_path / "made/page.html"))
    assert result.exit_code == 0, result.output
    page = (tmp_path / "made/page.html").read_text(encoding="utf-8")
    assert "哪些开发区与哪些高校相连" in page
    assert "铁舟理工大学" in page
    assert "15 nodes, 18 edges" in result.stderr


def test_a_page_without_out_goes_to_the_current_folder(
    dataset: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    assert _view(dataset, "collaborations", "--lang", "en").exit_code == 0
    assert 'class="en"' in (tmp_path / "collaborations.html").read_text(encoding="utf-8")


def test_the_ending_of_out_chooses_the_format(dataset: Path, tmp_path: Path) -> None:
    assert _view(dataset, "--out", str(tmp_path / "n.gexf")).exit_code == 0
    assert (tmp_path / "n.gexf").read_bytes().startswith(b"<?xml")


@pytest.mark.parametrize("form", ["json", "csv", "graphml", "gexf"])
def test_other_formats_go_to_the_screen(dataset: Path, form: str) -> None:
    result = _view(dataset, "--format", form, "--lang", "zh")
    assert result.exit_code == 0
    assert "青石经开区" in result.stdout


def test_what_it_says_is_in_the_language_asked_for(dataset: Path, tmp_path: Path) -> None:
    written = _view(dataset, "--out", str(tmp_path / "n.csv"), "--lang", "zh").stderr
    assert written.endswith(f"{tmp_path / 'n.csv'}：15 个节点，18 条连线\n")
    empty = ("industry_chains", "--format", "csv", "--lang")
    assert _view(dataset, *empty, "zh").stderr.endswith("网络为空：没有符合的记录\n")
    assert _view(dataset, *empty, "en").stderr.endswith("the network is empty: nothing recorded fits\n")


def test_measures_are_a_table_or_data(dataset: Path) -> None:
    assert "Betweenness (0 to 1): " in _view(dataset, "--metrics", "--lang", "en").stdout
    assert len(json.loads(_view(dataset, "--metrics", "--format", "json").stdout)["measures"]) == 15


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["no_such_network"], "no_such_network"),
        (["coverage_of_passages"], "is no network"),
        (["--format", "table"], "cannot write a network"),
        (["--metrics", "--format", "gexf"], "cannot write measures"),
        (["--metrics", "--out", "measures.gexf"], "cannot write measures"),
        (["--out", "network.pdf"], "nobody knows the format of .pdf"),
        (["--open", "--metrics"], "leave --metrics out"),
    ],
)
def test_wrong_use_is_refused(
    dataset: Path, arguments: list[str], message: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["view", *arguments, "--dataset", str(dataset)]) == 2
    assert message in capsys.readouterr().err


def test_a_view_that_takes_too_long_ends_and_writes_nothing(dataset: Path, tmp_path: Path) -> None:
    """In a process of its own, which it ends."""
    command = [sys.executable, "-m", "kg", "view", "--dataset", str(dataset), "--out", str(tmp_path / "page.html")]
    done = subprocess.run([*command, "--timeout", "0.001"], capture_output=True, text=True, check=False, timeout=60)
    assert done.returncode == 6
    assert "stopped after 0.001 s" in done.stderr
    assert not list(tmp_path.iterdir())


def test_a_folder_that_cannot_be_written_is_named(
    dataset: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "file").write_text("", encoding="utf-8")
    assert main(["view", "--out", str(tmp_path / "file/page.html"), "--dataset", str(dataset)]) == 2
    assert "cannot write" in capsys.readouterr().err


def test_around_takes_a_node_by_its_name_and_what_lies_within_some_steps(dataset: Path, tmp_path: Path) -> None:
    out = tmp_path / "n.json"
    assert _view(dataset, "--around", "青石经开区", "--out", str(out)).exit_code == 0
    near = {node["label"]["en"] for node in json.loads(out.read_bytes())["nodes"]}
    assert "Qingshi Optics Institute" in near
    assert "Hushan University" not in near
    assert _view(dataset, "--around", "Qingshi Development Zone", "--steps", "3", "--out", str(out)).exit_code == 0
    assert "Hushan University" in {node["label"]["en"] for node in json.loads(out.read_bytes())["nodes"]}


def test_kinds_choose_the_edges_that_count(dataset: Path, tmp_path: Path) -> None:
    out = tmp_path / "n.json"
    assert _view(dataset, "--kinds", "经人, direct", "--out", str(out)).exit_code == 0
    found = json.loads(out.read_bytes())
    assert {edge["kind"]["id"].rpartition("/")[2] for edge in found["edges"]} == {"via-person", "direct"}
    assert _view(dataset, "--kinds", "direct", "--around", "青石经开区", "--out", str(out)).exit_code == 0
    assert {node["label"]["en"] for node in json.loads(out.read_bytes())["nodes"]} == {
        "Qingshi Development Zone",
        "Yunhe University",
    }


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (("--steps", "2"), "--around"),
        (("--around", "nowhere"), "no node that is called"),
        (("--kinds", "nothing"), "no edges of the kind"),
    ],
)
def test_what_is_not_there_is_refused(dataset: Path, arguments: tuple[str, ...], words: str) -> None:
    result = _view(dataset, *arguments, "--format", "json")
    assert isinstance(result.exception, UsageError)
    assert words in result.exception.message + str(result.exception.hint)
