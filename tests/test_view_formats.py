"""``kg view`` and its formats: files by their endings, ``--open``, and terminals that no label can steer."""

from __future__ import annotations

import io
import re
import webbrowser
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from hypothesis import given

from kg import render
from kg.cli import cli, main
from kg.cli.view import _FORMATS
from kg.render.text import on_terminal
from tests.picture_cases import HOSTILE, network, texts

STEERS = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u200e\u200f\u202a-\u202e\u2066-\u2069]")


def _view(dataset: Path, *arguments: str) -> Result:
    arguments = ("view", *arguments, "--dataset", str(dataset))
    return CliRunner().invoke(cli, list(arguments), standalone_mode=False, catch_exceptions=False)


@pytest.mark.parametrize(
    ("ending", "begins"),
    [
        ("html", b"<!DOCTYPE html>"),
        ("svg", b'<?xml version="1.0" encoding="UTF-8"?>\n<svg '),
        ("gexf", b'<?xml version="1.0" encoding="UTF-8"?>\n<gexf '),
        ("graphml", b'<?xml version="1.0" encoding="UTF-8"?>\n<graphml '),
        ("dot", b'graph "zones_and_universities" {'),
        ("csv", b"\xef\xbb\xbfedge,"),
        ("json", b"{\n"),
    ],
)
def test_the_ending_of_the_file_chooses_the_format(
    shipped_folder: Path, tmp_path: Path, ending: str, begins: bytes
) -> None:
    result = _view(shipped_folder, "--out", str(tmp_path / f"n.{ending}"), "--lang", "zh")
    assert result.exit_code == 0, result.output
    data = (tmp_path / f"n.{ending}").read_bytes()
    assert data.lower().startswith(begins.lower())
    assert "屯留经济技术开发区" in data.decode("utf-8")


def test_a_picture_is_in_the_language_asked_for_and_tells_its_origin(shipped_folder: Path) -> None:
    zh = _view(shipped_folder, "--format", "svg", "--lang", "zh").stdout
    en = _view(shipped_folder, "--format", "svg", "--lang", "en").stdout
    assert "来源：科学导报" in zh
    assert "Source: Kexue Daobao" in en
    assert "数据集：ZoneKG" in zh


def test_open_shows_the_file_in_a_browser(
    shipped_folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    shown: list[str] = []
    monkeypatch.setattr(webbrowser, "open", lambda url: bool(shown.append(url)) or len(shown) == 1)
    monkeypatch.chdir(tmp_path)
    first = _view(shipped_folder, "--format", "svg", "--open")
    assert shown == [(tmp_path / "zones_and_universities.svg").resolve().as_uri()]
    assert "by hand" not in first.stderr
    second = _view(shipped_folder, "--out", "my picture.svg", "--open")
    assert shown[1].endswith("/my%20picture.svg")
    assert "open my picture.svg by hand" in second.stderr


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["--open", "--format", "gexf"], "--open shows html, svg, png, not gexf"),
        (["--open", "--metrics"], "not measures"),
        (["--open", "--format", "svg", "--out", "-"], "--open needs a file"),
        (["--metrics", "--format", "svg"], "cannot write measures"),
    ],
)
def test_what_cannot_be_shown_is_refused(
    shipped_folder: Path, arguments: list[str], message: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["view", *arguments, "--dataset", str(shipped_folder)]) == 2
    assert message in capsys.readouterr().err


class _Terminal(io.TextIOWrapper):
    def __init__(self) -> None:
        super().__init__(io.BytesIO(), encoding="utf-8")

    def isatty(self) -> bool:
        return True


def test_a_png_is_not_written_to_a_terminal(
    shipped_folder: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr("sys.stdout", _Terminal())
    assert main(["view", "--format", "png", "--out", "-", "--dataset", str(shipped_folder)]) == 2
    assert "--out FILE.png" in capsys.readouterr().err


@pytest.mark.parametrize("form", ["csv", "json", "dot", "svg", "gexf", "graphml"])
def test_no_label_steers_a_terminal(
    shipped_folder: Path, form: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    hostile = network("".join(HOSTILE[name] for name in ("control", "rtl", "script")))
    monkeypatch.setattr("kg.networks.network", lambda *_: hostile)
    terminal = _Terminal()
    monkeypatch.setattr("sys.stdout", terminal)
    assert main(["view", "--format", form, "--dataset", str(shipped_folder)]) == 0
    shown = terminal.buffer.getvalue().decode("utf-8")  # type: ignore[attr-defined]
    assert "alert(1)" in shown
    assert not STEERS.search(shown)


@given(texts)
def test_lines_and_tabs_are_all_that_a_terminal_is_told(text: str) -> None:
    shown = on_terminal(text)
    assert not STEERS.search(shown)
    assert (shown.count("\n"), shown.count("\t")) == (text.count("\n"), text.count("\t"))
    assert len(shown) <= len(text)


def test_every_format_has_a_renderer() -> None:
    assert set(_FORMATS) == set(render.FORMATS)
