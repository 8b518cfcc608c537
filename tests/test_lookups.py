"""The lookups: golden rows for each, parameters that select rows, and facts read off the page by hand."""

from __future__ import annotations

from pathlib import Path

import pytest
from click.testing import CliRunner
from pyoxigraph import RdfFormat, parse

from kg.cli.query import command
from kg.engine import Embedded, Rows
from kg.templates import Template, get, resolve
from kg.terms import NamedNode
from kg.vocab import shorten
from tests.lookup_cases import FOLDER, cases, names, path_of

MEND = "review, then: python -m tests.approve_lookups"
ZONES = ("晋城经开区", "盂县经开区", "平遥开发区", "交城经济开发区", "屯留经开区")
SELECTING = 4  # values tried for a parameter


@pytest.fixture(scope="module")
def engine(shipped_engine: Embedded) -> Embedded:
    return shipped_engine


@pytest.fixture(scope="module")
def backwards(shipped_folder: Path) -> Embedded:
    """The same graph, with its quads put in from the last to the first."""
    quads = list(parse(path=shipped_folder / "zonekg.nq", format=RdfFormat.N_QUADS))
    return Embedded(reversed(quads))


def ask(engine: Embedded, name: str, **given: str) -> Rows:
    template = get(name)
    texts = {key: [value] for key, value in given.items()}
    return engine.select(template.fill(**resolve(template, texts, engine)))


def column(rows: Rows, name: str) -> list[str]:
    """A column as short names and plain texts."""
    at = rows.columns.index(name)
    return [
        "" if row[at] is None else shorten(row[at]) if isinstance(row[at], NamedNode) else row[at].value  # type: ignore[union-attr]
        for row in rows.rows
    ]


def test_every_lookup_has_golden_rows() -> None:
    assert [name for name in names() if not path_of(name).exists()] == [], MEND
    assert {path.stem for path in FOLDER.glob("*.json")} == set(names()), MEND


@pytest.mark.parametrize("name", names())
def test_the_rows_are_the_golden_ones(name: str, engine: Embedded) -> None:
    for case in cases(name):
        assert case.rows, MEND
        assert case.answer(engine) == case.rows, f"{case.given}: {MEND}"


@pytest.mark.parametrize("name", names())
def test_the_order_of_the_rows_is_not_that_of_the_store(name: str, engine: Embedded, backwards: Embedded) -> None:
    template = get(name)
    if template.constructs is None:
        assert backwards.select(template.text).rows == engine.select(template.text).rows, "ORDER BY leaves it open"


def selecting(template: Template) -> list[str]:
    """The optional parameters that are columns too."""
    return [p.name for p in template.parameters if p.optional and p.name in template.returns]


@pytest.mark.parametrize("name", [name for name in names() if selecting(get(name))])
def test_a_parameter_that_is_a_column_selects_its_rows(name: str, engine: Embedded) -> None:
    template = get(name)
    everything = engine.select(template.text)
    for parameter in selecting(template):
        at = everything.columns.index(parameter)
        found = dict.fromkeys(row[at] for row in everything.rows if row[at] is not None)
        for value in list(found)[:SELECTING]:
            assert value is not None
            rows = engine.select(template.fill(**{parameter: value})).rows
            assert rows == tuple(row for row in everything.rows if row[at] == value), (parameter, value)


@pytest.mark.parametrize(
    "name", [n for n in names() if "zone" in {p.name for p in get(n).parameters} and "zone" not in get(n).returns]
)
def test_a_zone_that_is_no_column_narrows(name: str, engine: Embedded) -> None:
    everything = set(engine.select(get(name).text).rows)
    parts = [set(ask(engine, name, zone=zone).rows) for zone in ZONES]
    assert any(parts)
    assert set().union(*parts) <= everything
    assert any(part < everything for part in parts)


@pytest.mark.parametrize("name", names())
def test_a_lookup_says_where_its_rows_stand(name: str) -> None:
    """Evidence in every one, but in counts and searches, and where the question is which there are."""
    without = {"search_labels", "zones_overview", "universities_meeting_in_zones", "claims_of_passage"}
    template = get(name)
    if template.constructs is None and name not in without:
        assert {"passage", "passages", "evidence", "record"} & set(template.returns)


# Read off the page, not off the graph.


def test_the_flagship_answers(engine: Embedded) -> None:
    rows = ask(engine, "partnerships_of_zones_and_universities")
    paths = set(zip(column(rows, "zone"), column(rows, "path"), column(rows, "university"), strict=True))
    of = "voc:path-kind/"
    jincheng, tunliu = "id:place/jincheng-jingkaiqu", "id:place/tunliu-jingkaiqu"
    expected = {
        (jincheng, "direct", "sun-yat-sen-university"),
        (jincheng, "via-person", "tsinghua-university"),
        (jincheng, "via-consortium", "jincheng-vocational-and-technical-college"),
        (jincheng, "via-platform", "shanxi-institute-of-science-and-technology"),
        (tunliu, "via-enterprise", "shanxi-university-of-chinese-medicine"),
        (tunliu, "via-enterprise", "guangdong-pharmaceutical-university"),
        (tunliu, "via-enterprise", "taiyuan-university-of-technology"),
        (tunliu, "via-enterprise", "north-university-of-china"),
        (tunliu, "via-enterprise", "north-china-electric-power-university"),
        (tunliu, "via-project", "tsinghua-university"),
        (tunliu, "via-project", "peking-university"),
        (tunliu, "via-project", "wuhan-university-of-science-and-technology"),
        (tunliu, "via-consortium", "changzhi-vocational-and-technical-college"),
    }
    assert paths == {(zone, of + path, "id:agent/" + university) for zone, path, university in expected}
    assert len(rows) == len(expected)


def test_zones_without_a_named_university(engine: Embedded) -> None:
    rows = ask(engine, "zones_without_named_university")
    partners = set(zip(column(rows, "zone"), column(rows, "partner"), strict=True))
    assert partners == {
        ("id:place/jiaocheng-kaifaqu", "id:agent/jiaocheng-rd-institutions"),
        ("id:place/pingyao-kaifaqu", "id:agent/unnamed-institutes"),
        ("id:place/pingyao-kaifaqu", "id:agent/unnamed-universities"),
        ("id:place/yuxian-jingkaiqu", ""),
    }


def test_pairs_are_no_clique(engine: Embedded) -> None:
    rows = ask(engine, "enterprises_and_university_partners", enterprise="太行药业")
    assert column(rows, "partner") == ["id:agent/guangdong-pharmaceutical-university"]


def test_planned_and_achieved_never_meet(engine: Embedded) -> None:
    achieved = ask(engine, "figures_achieved")
    planned = ask(engine, "figures_planned")
    assert "39.4万吨/年" in column(planned, "printed")
    assert "硝酸135万吨" in column(achieved, "printed")
    assert not set(column(achieved, "printed")) & {"39.4万吨/年", "突破300亿元", "149.58亿元", "1600人"}
    existing = ask(engine, "capacities", modality="actual")
    assert sorted(column(existing, "value")) == ["1350000", "3000000", "650000"]


def test_three_areas_in_mu_measure_three_things(engine: Embedded) -> None:
    rows = ask(engine, "figures_achieved", zone="盂县经开区")
    areas = {
        (printed, indicator)
        for printed, indicator, unit in zip(
            column(rows, "printed"), column(rows, "indicator"), column(rows, "unit"), strict=True
        )
        if unit == "voc:unit/mu"
    }
    of = "voc:indicator/land-"
    assert areas == {("1540亩", of + "acquired"), ("750余亩", of + "levelled"), ("838亩", of + "use-right-area")}


def test_a_group_by_alternative_counts_once(engine: Embedded) -> None:
    rows = ask(engine, "recognitions_of_group_by_alternative")
    assert column(rows, "number") == ["29"] * 3
    assert len(set(column(rows, "title"))) == 3
    awards = ask(engine, "awards_and_qualifications")
    of_them = {
        one_of
        for recipient, one_of in zip(column(awards, "recipient"), column(awards, "one_of"), strict=True)
        if recipient == "id:agent/enterprises-29"
    }
    assert of_them == {"true"}


def test_a_path_is_no_more_certain_than_what_it_rests_on(engine: Embedded) -> None:
    rows = ask(engine, "partnerships_of_zones_and_universities", university="清华大学")
    assert set(column(rows, "certainty")) <= {"voc:certainty/implied", "voc:certainty/doubtful"}
    direct = ask(engine, "partnerships_of_zones_and_universities", university="中山大学")
    assert column(direct, "certainty") == ["voc:certainty/stated"]


@pytest.mark.parametrize("name", ["figures_achieved", "figures_planned", "capacities"])
def test_a_claim_is_one_row(name: str, engine: Embedded) -> None:
    found = column(ask(engine, name), "claim")
    assert len(found) == len(set(found))


def test_misprints_are_kept_and_mended_beside(engine: Embedded) -> None:
    rows = ask(engine, "doubtful_readings", kind="misprint")
    readings = dict(zip(column(rows, "printed"), column(rows, "emended"), strict=True))
    assert readings["预拓阳极"] == "预焙阳极"
    assert readings["平遥聚源内制品股份有限公司"] == "平遥聚源肉制品股份有限公司"


def test_a_name_is_found_in_chinese_english_and_pinyin(engine: Embedded) -> None:
    for text in ("清华", "tsinghua", "qinghua", "qing hua"):
        assert "id:agent/tsinghua-university" in column(ask(engine, "search_labels", text=text), "thing"), text


def test_texts_come_in_the_language_of_the_labels(shipped_folder: Path) -> None:
    for lang, words in (("zh", "规定征地周期"), ("en", "prescribed period")):
        result = CliRunner().invoke(command, ["changes", "--lang", lang, "--dataset", str(shipped_folder)])
        assert result.exit_code == 0
        assert words in result.output
