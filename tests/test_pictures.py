"""SVG and PNG: drawn as the page is, readable without a browser, and nothing in a label is more than text."""

from __future__ import annotations

import re
import struct
import sys
import xml.etree.ElementTree as ET
from importlib import import_module
from itertools import combinations
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings

from kg import render
from kg.engine import Embedded
from kg.errors import ResourceMissing
from kg.networks import Concept, Edge, Label, Language, Network, Node
from kg.networks import network as read_network
from kg.render.drawing import caption, positions
from kg.render.fonts import chinese_font
from kg.render.legend import entries, told_by_colour
from kg.render.rooms import Taken, curve
from kg.render.style import edge_colour, node_look
from kg.render.text import ems, plain
from kg.templates import get
from tests.picture_cases import DIRECT, ENTERPRISE, HOSTILE, ORIGIN, UNNAMED, network, texts

SVG = "{http://www.w3.org/2000/svg}"
ALLOWED = {"svg", "title", "desc", "g", "rect", "text", "tspan", "path", "line", "circle", "polygon"}
LANGUAGES: tuple[Language, ...] = ("zh", "en")


def _picture(found: Network, lang: Language = "zh") -> ET.Element:
    return ET.fromstring(render.svg(found, lang, ORIGIN))


def _texts(root: ET.Element) -> list[str]:
    return ["".join(text.itertext()) for text in root.iter(f"{SVG}text")]


def _group(root: ET.Element, begins: str) -> ET.Element:
    """The mark whose title begins so."""
    for group in root.iter(f"{SVG}g"):
        title = group.find(f"{SVG}title")
        if title is not None and (title.text or "").startswith(begins):
            return group
    raise AssertionError(f"no mark is called {begins}")


@pytest.mark.parametrize("lang", LANGUAGES)
def test_every_node_and_link_is_there_with_its_facts(lang: Language) -> None:
    found = network()
    titles = [title.text or "" for title in _picture(found, lang).iter(f"{SVG}title")]
    for node in found.nodes:
        assert any(node.label.of(lang) in title and node.kind.label.of(lang) in title for title in titles)
    names = found.by_id()
    for edge in found.edges:
        ends = [
            names[end].label.of(lang) if names[end].named else f"[{names[end].label.of(lang)}]"
            for end in (edge.source, edge.target)
        ]
        start = " — ".join(ends) + "\n"
        said = [title for title in titles if title.startswith(start)]
        assert any(edge.kind.label.of(lang) in title for title in said)
        for claim in edge.claims:
            where = [evidence.words(lang) for evidence in claim.evidence]
            assert any(claim.label.of(lang) in title and all(w in title for w in where) for title in said)


def test_status_and_kind_are_told_by_more_than_colour() -> None:
    root = _picture(network())
    via = _group(root, "青石经开区 — 禾禾公司")
    assert via.find(f"{SVG}path").get("stroke-dasharray") == "7 7"  # type: ignore[union-attr]  # planned
    assert via.find(f"{SVG}polygon") is not None  # mediated: the sign of an enterprise
    direct = _group(root, "青石经开区 — [")
    assert direct is not None
    assert direct.find(f"{SVG}polygon") is None
    assert direct.find(f"{SVG}path").get("stroke-width") == "4"  # type: ignore[union-attr]  # achieved


def test_who_has_no_name_is_seen_to_have_none() -> None:
    group = _group(_picture(network()), "[青石经开区]\n未具名的参与方")
    shape = group.find(f"{SVG}circle")
    assert shape is not None
    assert (shape.get("fill"), shape.get("stroke-dasharray")) == ("#FFFFFF", "5 4")
    assert "".join(group.find(f"{SVG}text").itertext()).startswith("[")  # type: ignore[union-attr]


def test_links_between_the_same_nodes_do_not_hide_each_other() -> None:
    root = _picture(network())
    ways = {_group(root, name).find(f"{SVG}path").get("d") for name in ("青石经开区 — 铁舟", "铁舟大学 — 青石")}  # type: ignore[union-attr]
    assert len(ways) == 2
    middles = [
        curve((0.0, 0.0), (10.0, 0.0), 0.2).at(0.5),
        curve((10.0, 0.0), (0.0, 0.0), 0.2).at(0.5),
    ]
    assert middles[0] != middles[1]


def test_a_link_from_a_node_to_itself_is_seen() -> None:
    node = Node("urn:a", ENTERPRISE, Label("甲", "A"))
    root = _picture(Network("n", Label("n", "n"), (node,), (Edge("urn:e", "urn:a", "urn:a", DIRECT),)))
    path = _group(root, "甲 — 甲").find(f"{SVG}path")
    assert path is not None
    numbers = [float(number) for number in re.findall(r"-?[\d.]+", path.get("d", ""))]
    assert max(numbers[1::2]) - min(numbers[1::2]) > 2 * node_look("Enterprise").size


def test_positions_are_those_of_the_page() -> None:
    found = network()
    spots = positions(found)
    root = _picture(found)
    places = {}
    for node in found.nodes:
        name = node.label.zh if node.named else f"[{node.label.zh}]"
        shape = next(e for e in _group(root, f"{name}\n") if e.get("transform"))
        places[node.id] = tuple(map(float, re.findall(r"-?[\d.]+", shape.get("transform", ""))))
    for one, other in combinations(found.nodes, 2):
        for axis in (0, 1):
            apart = places[one.id][axis] - places[other.id][axis]
            assert apart == pytest.approx(spots[one.id][axis] - spots[other.id][axis], abs=0.2)


@pytest.mark.parametrize("name", ["zones_and_universities", "collaborations"])
@pytest.mark.parametrize("lang", LANGUAGES)
def test_no_label_hides_another_or_a_shape(shipped_engine: Embedded, name: str, lang: Language) -> None:
    root = ET.fromstring(render.svg(read_network(shipped_engine, get(name)), lang))
    rooms: list[tuple[str, float, float, float, float]] = []
    for group in root.iter(f"{SVG}g"):
        title = group.find(f"{SVG}title")
        for pane in group.findall(f"{SVG}rect"):
            assert title is not None
            x, y, wide, tall = (float(pane.get(side, "")) for side in ("x", "y", "width", "height"))
            rooms.append((title.text or "", x, y, x + wide, y + tall))
    assert len(rooms) > 40
    for one, other in combinations(rooms, 2):
        if one[0] != other[0]:
            apart = one[1] >= other[3] or other[1] >= one[3] or one[2] >= other[4] or other[2] >= one[4]
            assert apart, (one, other)


def test_kinds_and_statuses_that_read_alike_are_one_line_of_the_legend() -> None:
    voc = "https://w3id.org/zonekg/vocab/"
    label = Label("进行中", "under way")
    statuses = [Concept(f"{voc}{name}/under-way", label) for name in ("collaboration-status", "modality")]
    kinds = [DIRECT, Concept(f"{voc}other-kind/direct", DIRECT.label)]
    edges = tuple(
        Edge(f"urn:e/{i}", "urn:n/zone", "urn:n/party", kind, status)
        for i, (kind, status) in enumerate(zip(kinds, statuses, strict=True))
    )
    found = Network("n", label, network().nodes, edges)
    told = [[entry.words for entry in part] for _, part in entries(found, "en")]
    assert told[1:] == [["direct 2"], ["under way 2"]]
    assert told_by_colour(found) == set(kinds)  # so that neither is written on its line
    description = ET.fromstring(render.svg(found, "en")).findtext("{http://www.w3.org/2000/svg}desc")
    assert description is not None
    assert "under way 2" in description


def test_legend_caption_and_description_are_in_the_language_asked_for() -> None:
    zh, en = _picture(network(), "zh"), _picture(network(), "en")
    for wanted in ("企业 1", "经企业 2", "规划中 2", "未说明状态 1", "未具名的参与方 1", "谁与谁相连？"):
        assert wanted in _texts(zh)
    for wanted in ("enterprise 1", "via enterprise 2", "planned 2", "status not stated 1", "unnamed party 1"):
        assert wanted in _texts(en)
    words = "".join(_texts(zh))
    for wanted in ("4 个节点，5 条连线", "某报，2025年12月（日期由内容推定），page", "ZoneKG 9.8.7, 2026-11-24"):
        assert wanted in words
    assert "A Paper, 2025-12 (date derived), page" in " ".join(_texts(en))
    assert (zh.get("lang"), en.get("lang")) == ("zh-Hans", "en")
    for root, said in ((zh, "4 个节点"), (en, "4 nodes")):
        named = {element.get("id"): element.text or "" for element in root if element.get("id")}
        assert root.get("role") == "img"
        assert (root.get("aria-labelledby") or "").split() == list(named) == ["name", "description"]
        assert named["description"].startswith(said)


def test_a_title_with_the_names_it_asks_of_is_not_cut() -> None:
    title = (
        "Which partners, industries and regions do two zones share? (One zone: Jincheng Economic and Technological "
    )
    title += "Development Zone, Other zone: Tunliu Economic and Technological Development Zone)"
    root = _picture(Network("n", Label("n", title), network().nodes), "en")
    heading = next(root.iter(f"{SVG}text"))
    assert " ".join("".join(row.itertext()) for row in heading).split() == title.split()


def test_kinds_that_share_a_colour_stand_on_their_lines() -> None:
    kinds = [Concept(f"urn:kind/{i}", Label(f"种类{i}", f"kind {i}")) for i in (1, 2)]
    assert len({edge_colour(kind.name) for kind in kinds}) == 1
    nodes = tuple(Node(f"urn:{i}", ENTERPRISE, Label(f"第{i}", f"no {i}")) for i in (1, 2, 3))
    edges = tuple(Edge(f"urn:e{i}", f"urn:{i}", f"urn:{i + 1}", kinds[i - 1]) for i in (1, 2))
    found = Network("n", Label("n", "n"), nodes, edges)
    assert told_by_colour(found) == frozenset()
    assert {"种类1", "种类2", "连线种类"} <= set(_texts(_picture(found)))
    assert told_by_colour(network()) == {kind for kind, _ in network().edge_kinds()}


def test_a_word_goes_where_there_is_room() -> None:
    taken, line = Taken(), curve((0.0, 0.0), (400.0, 0.0), 0.0)
    assert taken.free(line, 20, 10) == (200.0, 0.0)
    taken.add((150.0, -10.0, 210.0, 10.0))
    spot = taken.free(line, 20, 10)
    assert spot is not None
    assert not 140 < spot[0] < 220
    taken.add((-500.0, -500.0, 900.0, 500.0))
    assert taken.free(line, 20, 10) is None


@pytest.mark.parametrize(("lang", "said"), [("zh", "故从略"), ("en", "left out: the page and the SVG have them")])
def test_a_drawing_that_is_too_large_for_names_has_none_and_says_so(lang: Language, said: str) -> None:
    found = network()
    labels = {row for node in found.nodes for row in caption(node, lang).split("\n")}
    whole, small = _picture(found, lang), ET.fromstring(render.svg(found, lang, ORIGIN, largest=100))
    assert labels <= {"".join(row.itertext()) for row in whole.iter(f"{SVG}tspan")}
    assert not labels & {"".join(row.itertext()) for row in small.iter(f"{SVG}tspan")}
    assert said in " ".join(_texts(small))
    assert said not in " ".join(_texts(whole))
    (drawing,) = [group for group in small.iter(f"{SVG}g") if "scale" in group.get("transform", "")]
    assert not list(drawing.iter(f"{SVG}text"))
    # All nodes and links are there, inside the picture, and legend and caption in their own size.
    assert sorted(title.text or "" for title in drawing.iter(f"{SVG}title")) == sorted(
        title.text or "" for title in whole.iter(f"{SVG}title") if title.get("id") is None
    )
    across, down, scale = map(float, re.findall(r"-?[\d.]+", drawing.get("transform", "")))
    for x, y in positions(found).values():
        assert 0 < across + x * scale < float(small.get("width", ""))
        assert 0 < down + y * scale < float(small.get("height", ""))


def test_words_on_lines_are_left_out_with_the_names() -> None:
    kinds = [Concept(f"urn:kind/{i}", Label(f"种类{i}", f"kind {i}")) for i in (1, 2)]
    nodes = tuple(Node(f"urn:{i}", ENTERPRISE, Label(f"第{i}", f"no {i}")) for i in (1, 2, 3))
    edges = tuple(Edge(f"urn:e{i}", f"urn:{i}", f"urn:{i + 1}", kinds[i - 1]) for i in (1, 2))
    found = Network("n", Label("n", "n"), nodes, edges)
    assert "种类1" not in _texts(ET.fromstring(render.svg(found, largest=10)))


def test_what_has_room_is_drawn_as_without_a_limit() -> None:
    assert render.svg(network(), "zh", ORIGIN, largest=16_000) == render.svg(network(), "zh", ORIGIN)


def _assert_harmless(data: bytes) -> ET.Element:
    root = ET.fromstring(data)  # also: well-formed, so no character that XML forbids
    for element in root.iter():
        assert element.tag.removeprefix(SVG) in ALLOWED
        assert not any(name.startswith("on") or name.endswith("href") or name == "style" for name in element.attrib)
        assert not any("url(" in value for value in element.attrib.values())
        for said in (element.text or "", element.tail or ""):
            assert not re.search(
                "[\x00-\x09\x0b-\x1f\x7f-\x9f\u200e\u200f\u202a-\u202e\u2066-\u2069\ufffe\uffff]", said
            )
    assert b"<!" not in data
    assert data.count(b"<?") == 1
    return root


@pytest.mark.parametrize("name", sorted(HOSTILE))
def test_hostile_labels_stay_text_in_the_picture(name: str) -> None:
    text = HOSTILE[name]
    root = _assert_harmless(render.svg(network(text), "zh", ORIGIN))
    titles = [(title.text or "").split("\n")[0] for title in root.iter(f"{SVG}title")]
    assert plain(text) in titles  # in full, ten thousand characters too
    assert max(ems(text) for text in _texts(root)) < 250


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(texts)
def test_any_label_stays_text_in_the_picture(text: str) -> None:
    root = _assert_harmless(render.svg(network(text), "en", ORIGIN))
    titles = [(title.text or "").split("\n")[0] for title in root.iter(f"{SVG}title")]
    assert (plain(text) or "—") in titles


def test_an_empty_network_says_so() -> None:
    assert any("此网络为空" in text for text in _texts(_picture(Network("n", Label("空", "empty")))))


def test_every_node_kind_of_the_style_can_be_told_from_another_family() -> None:
    families = [{"GovernmentBody", "PartyBody", "PublicBody"}, {"Policy", "Procedure"}, {"Award", "Qualification"}]
    families += [{"University", "HigherEducationInstitution"}, {"Association", "MediaOrganization"}]
    families += [{"Collaboration", "UnnamedParty"}]  # one is small, the other hollow
    from kg.render.style import _NODES

    for one, other in combinations(_NODES, 2):
        if not any({one, other} <= family for family in families):
            assert (_NODES[one].shape, _NODES[one].colour) != (_NODES[other].shape, _NODES[other].colour), (
                one,
                other,
            )


@pytest.mark.parametrize(("file", "lang"), [("network.svg", "en"), ("network.zh.svg", "zh")])
def test_the_picture_in_the_docs_is_that_of_the_build(
    shipped_engine: Embedded, top: Path, file: str, lang: Language
) -> None:
    found = read_network(shipped_engine, get("zones_and_universities"))
    made = ET.fromstring(render.svg(found, lang, render.origin(shipped_engine, found)))
    kept = ET.fromstring((top / "docs" / file).read_bytes())
    # What it says, not where: another machine may place a node a pixel away.
    assert list(map("".join, map(ET.Element.itertext, kept.iter(f"{SVG}title")))) == [
        "".join(title.itertext()) for title in made.iter(f"{SVG}title")
    ], "run `make picture`"
    assert sorted(_texts(kept)) == sorted(_texts(made)), "run `make picture`"


# PNG


@pytest.fixture
def font() -> None:
    pytest.importorskip("resvg_py", reason="PNG needs resvg_py")
    try:
        chinese_font()
    except ResourceMissing as fault:
        pytest.skip(str(fault))


def _size(data: bytes) -> tuple[int, int]:
    assert data.startswith(b"\x89PNG\r\n\x1a\n")
    width, height = struct.unpack(">II", data[16:24])
    return width, height


@pytest.mark.usefixtures("font")
def test_a_png_has_two_pixels_for_one_and_the_same_bytes() -> None:
    root = _picture(network())
    data = render.png(network(), "zh", ORIGIN)
    wanted = [2 * float(root.get(side, "")) for side in ("width", "height")]
    assert _size(data) == pytest.approx(wanted, abs=2)
    assert data == render.png(network(), "zh", ORIGIN)


@pytest.mark.usefixtures("font")
def test_a_png_whose_names_nobody_could_read_is_drawn_without(monkeypatch: pytest.MonkeyPatch) -> None:
    module = import_module("kg.render.png")  # the package's own name for it is the function
    monkeypatch.setattr(module, "_LARGEST", 100.0)
    asked: list[float] = []

    def drawn(*_: object, largest: float) -> bytes:
        asked.append(largest)
        return render.svg(network(), largest=largest)

    monkeypatch.setattr(module, "svg", drawn)
    assert max(_size(render.png(network()))) <= 100
    assert asked == [200.0]  # half the size of a label at most


@pytest.mark.usefixtures("font")
def test_chinese_characters_are_drawn() -> None:
    # A font that lacked them would draw the same empty box for each.
    def drawn(name: str) -> bytes:
        return render.png(Network("n", Label("n", "n"), (Node("urn:a", UNNAMED, Label(name, "x")),)))

    assert len({drawn(name) for name in ("园区", "龘靐", "合作")}) == 3


@pytest.mark.usefixtures("font")
@pytest.mark.parametrize("name", ["script", "section", "control", "rtl", "surrogate", "long"])
def test_hostile_labels_are_drawn(name: str) -> None:
    width, height = _size(render.png(network(HOSTILE[name])))
    assert 600 < width < 6000
    assert 300 < height < 6000


def test_png_without_its_library_says_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "resvg_py", None)
    with pytest.raises(ResourceMissing) as fault:
        render.png(network())
    assert "zonekg[png]" in (fault.value.hint or "")


def _font_file(*faces: tuple[str, bool]) -> bytes:
    """A font file with nothing but names, and whether it claims to hold Chinese; several are a collection."""
    bodies, starts = b"", []
    head = 12 + 4 * len(faces) if len(faces) > 1 else 0
    for family, chinese in faces:
        start = head + len(bodies)
        starts.append(start)
        name = family.encode("utf-16-be")
        names = struct.pack(">HHH6H", 0, 1, 18, 3, 1, 0x409, 1, len(name), 0) + name
        metrics = bytes(42) + struct.pack(">IIII", 0, (1 << 27) if chinese else 0, 0, 0)
        offset = start + 12 + 2 * 16
        table = struct.pack(">4sHHHH", b"\0\1\0\0", 2, 0, 0, 0)
        table += struct.pack(">4sIII", b"OS/2", 0, offset, len(metrics))
        table += struct.pack(">4sIII", b"name", 0, offset + len(metrics), len(names))
        bodies += table + metrics + names
    if not head:
        return bodies
    return struct.pack(f">4sII{len(starts)}I", b"ttcf", 0x10000, len(starts), *starts) + bodies


@pytest.mark.parametrize(
    ("name", "data", "family"),
    [
        ("simhei.ttf", _font_file(("SimHei", True)), "SimHei"),
        (
            "NotoSansCJK-Regular.ttc",
            _font_file(("Noto Sans CJK JP", True), ("Noto Sans CJK SC", True)),
            "Noto Sans CJK SC",
        ),
        ("wqy-zenhei.ttc", _font_file(("WenQuanYi Zen Hei", True), ("WenQuanYi Mono", True)), "WenQuanYi Zen Hei"),
        ("simhei.ttf", _font_file(("Latin Only", False)), None),
        ("simhei.ttf", b"no font", None),
        ("simhei.ttf", _font_file(("SimHei", True))[:40], None),
        ("other.ttf", _font_file(("Other", True)), None),
    ],
)
def test_fonts_are_found_by_name_and_must_hold_chinese(
    tmp_path: Path, name: str, data: bytes, family: str | None
) -> None:
    (tmp_path / "deep/er").mkdir(parents=True)
    (tmp_path / "deep/er" / name).write_bytes(data)
    if family is not None:
        assert chinese_font((str(tmp_path),), {}).family == family
        return
    with pytest.raises(ResourceMissing) as fault:
        chinese_font((str(tmp_path),), {})
    assert "fonts-noto-cjk" in (fault.value.hint or "")


def test_a_named_font_is_taken_or_refused_by_name(tmp_path: Path) -> None:
    good, bad = tmp_path / "mine.otf", tmp_path / "latin.otf"
    good.write_bytes(_font_file(("Mine", True)))
    bad.write_bytes(_font_file(("Latin", False)))
    assert chinese_font((), {"ZONEKG_FONT": str(good)}).files == (good,)
    for path in (bad, tmp_path / "absent.otf"):
        with pytest.raises(ResourceMissing) as fault:
            chinese_font((str(tmp_path),), {"ZONEKG_FONT": str(path)})
        assert str(path) in str(fault.value)


def test_a_bold_file_beside_the_font_is_taken_along(tmp_path: Path) -> None:
    for name in ("NotoSansSC-Regular.otf", "NotoSansSC-Bold.otf"):
        (tmp_path / name).write_bytes(_font_file(("Noto Sans SC", True)))
    files = chinese_font((str(tmp_path),), {}).files
    assert [path.name for path in files] == ["NotoSansSC-Regular.otf", "NotoSansSC-Bold.otf"]
