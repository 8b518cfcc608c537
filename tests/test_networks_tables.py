"""Measures as a person reads them, and networks with parameters, by ``kg view``."""

from __future__ import annotations

import csv
import io
import json
import re
import unicodedata
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from kg import resources
from kg.cli import cli, main
from kg.engine import Embedded
from kg.networks import MEANING, WHOLE, Language, Network, network
from kg.render import MEASURE_FORMATS
from kg.templates import catalogue, get

NETWORKS = list(catalogue(resources.root("queries") / "networks"))


def columns(line: str) -> int:
    return sum(2 if unicodedata.east_asian_width(character) in "WF" else 1 for character in line)


@pytest.fixture(scope="module", params=NETWORKS)
def shipped(request: pytest.FixtureRequest, shipped_engine: Embedded) -> Network:
    return network(shipped_engine, get(request.param))


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_the_table_fits_a_terminal(shipped: Network, lang: Language) -> None:
    lines = MEASURE_FORMATS["table"](shipped, lang).splitlines()
    assert max(map(columns, lines)) <= 80
    assert lines.index("") == 1 + len(shipped.nodes)


@pytest.mark.parametrize("lang", ["zh", "en"])
@pytest.mark.parametrize("form", ["table", "all"])
def test_every_explanation_begins_with_its_head(shipped: Network, form: str, lang: Language) -> None:
    lines = MEASURE_FORMATS[form](shipped, lang).splitlines()
    first, second = (i for i, line in enumerate(lines) if not line)
    heads = [*lines[0].split()[2:], *(re.split(r"\s{2,}", line)[0] for line in lines[first + 1 : second])]
    told = lines[second + 1 :]
    assert max(map(columns, told)) <= 80
    for head in heads:  # in their order
        at = next(i for i, line in enumerate(told) if line.casefold().startswith(head.casefold()))
        told = told[at + 1 :]


@pytest.mark.parametrize(("lang", "kind"), [("zh", "未具名"), ("en", "unnamed")])
def test_a_kind_is_not_cut_that_has_a_short_name(shipped_engine: Embedded, lang: Language, kind: str) -> None:
    text = MEASURE_FORMATS["table"](network(shipped_engine, get("zones_and_universities")), lang)
    assert f"  {kind}  " in text


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_the_table_of_all_has_every_measure_and_every_sentence(shipped: Network, lang: Language) -> None:
    text = MEASURE_FORMATS["all"](shipped, lang)
    assert len(text.splitlines()[0].split()) == 2 + len(MEANING)
    told = "".join(text.split())
    for sentence in (*MEANING.values(), *WHOLE.values()):
        assert "".join(sentence.of(lang).split()) in told


def test_csv_and_json_say_the_same(shipped: Network) -> None:
    rows = list(csv.DictReader(io.StringIO(MEASURE_FORMATS["csv"](shipped, "zh"), newline="")))
    document = json.loads(MEASURE_FORMATS["json"](shipped, "zh"))
    assert list(document["meaning"]) == list(MEANING)
    assert list(document["meaning_of_whole"]) == list(document["whole"]) == list(WHOLE)
    for row, found in zip(rows, document["measures"], strict=True):
        assert row["iri"] == found["id"]
        assert all(row[name] == ("" if found[name] is None else str(found[name])) for name in MEANING)


def _view(dataset: Path, *arguments: str) -> Result:
    return CliRunner().invoke(cli, ["view", *arguments, "--dataset", str(dataset)], standalone_mode=False)


def test_metrics_are_the_main_ones_or_all(shipped_folder: Path) -> None:
    main_ones = _view(shipped_folder, "zones_and_universities", "--metrics", "--lang", "en")
    every = _view(shipped_folder, "zones_and_universities", "--metrics", "all", "--lang", "en")
    assert "pagerank" not in main_ones.stdout.splitlines()[0]
    assert "pagerank" in every.stdout.splitlines()[0]
    both = [_view(shipped_folder, "collaborations", "--metrics", how, "--format", "csv") for how in ("main", "all")]
    assert both[0].stdout == both[1].stdout != ""


def test_a_network_takes_parameters(shipped_folder: Path) -> None:
    arguments = ("zones_compared", "one=晋城经开区", "other=jiaocheng-kaifaqu", "--format", "json")
    document = json.loads(_view(shipped_folder, *arguments).stdout)
    zones = {node["id"].rpartition("/")[2] for node in document["nodes"] if "DevelopmentZone" in str(node)}
    assert zones == {"jincheng-jingkaiqu", "jiaocheng-kaifaqu"}


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["article_in_full", "zone=x"], "no parameter 'zone'"),
        (["article_in_full", "article=a99"], "is called 'a99'"),
        (["article_in_full", "a5"], "not KEY=VALUE"),
        (["zones_and_universities", "--metrics", "some"], "some"),
    ],
)
def test_a_parameter_that_does_not_fit_is_refused(
    shipped_folder: Path, arguments: list[str], message: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["view", *arguments, "--dataset", str(shipped_folder)]) == 2
    assert message in capsys.readouterr().err
