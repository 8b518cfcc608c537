"""The exception tree: as its docstring draws it, with exit codes that the command keeps."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from kg import cli, errors
from kg.errors import Place, ZoneKGError

DRAWN = re.compile(r"^([│├└─ ]*)(\w+) {2,}(\d)", re.MULTILINE)


def _classes() -> list[type[ZoneKGError]]:
    return [
        value
        for value in vars(errors).values()
        if isinstance(value, type) and issubclass(value, ZoneKGError) and value.__module__ == "kg.errors"
    ]


def test_the_docstring_draws_every_class_under_its_parent_with_its_code() -> None:
    assert errors.__doc__ is not None
    drawn: dict[str, tuple[str | None, int]] = {}
    ancestors: list[str] = []
    for indent, name, code in DRAWN.findall(errors.__doc__):
        depth = len(indent) // 4 - 1  # the tree itself is indented by four
        ancestors[depth:] = [name]
        drawn[name] = (ancestors[depth - 1] if depth else None, int(code))
    actual = {
        cls.__name__: (cls.__bases__[0].__name__ if cls is not ZoneKGError else None, cls.exit_code)
        for cls in _classes()
    }
    assert drawn == actual


def test_a_place_reads_as_editors_read_it() -> None:
    assert str(Place("a.ttl")) == "a.ttl"
    assert str(Place("a.ttl", 3)) == "a.ttl:3"
    assert str(Place(Path("b/a.ttl"), 3, 7)) == "b/a.ttl:3:7"


def test_an_error_reports_message_place_and_hint() -> None:
    error = errors.DataError("broken", where=Place("a.ttl", 3), hint="mend it")
    assert error.report() == "error: broken\n  at: a.ttl:3\n  hint: mend it"
    assert str(error) == "a.ttl:3: broken"


@pytest.mark.parametrize("cls", _classes())
def test_the_command_ends_with_the_errors_code(
    cls: type[ZoneKGError], monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def fail(*_: object) -> None:
        raise cls("told so", hint="do this")

    monkeypatch.setattr(cli.Kg, "get_command", fail)
    assert cli.main(["anything"]) == cls.exit_code
    captured = capsys.readouterr()
    assert captured.out == ""
    assert captured.err == "error: told so\n  hint: do this\n"


def test_an_unexpected_exception_ends_with_5_and_a_short_message(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def fail(*_: object) -> None:
        raise RuntimeError("out of luck")

    monkeypatch.setattr(cli.Kg, "get_command", fail)
    assert cli.main(["anything"]) == 5
    short = capsys.readouterr().err
    assert "internal fault: RuntimeError: out of luck" in short
    assert "--traceback" in short
    assert "Traceback (most recent call last)" not in short
    assert cli.main(["--traceback", "anything"]) == 5
    assert "Traceback (most recent call last)" in capsys.readouterr().err


def test_a_file_that_the_system_refuses_ends_with_3_and_is_named(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def fail(*_: object) -> None:
        raise PermissionError(13, "Permission denied", "a.ttl")

    monkeypatch.setattr(cli.Kg, "get_command", fail)
    assert cli.main(["anything"]) == 3
    assert capsys.readouterr().err == "error: Permission denied: a.ttl\n"


def test_an_error_cannot_steer_a_terminal(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def fail(*_: object) -> None:
        raise ZoneKGError("one\n  \x1b[2Jtwo\u202e")

    monkeypatch.setattr(cli.Kg, "get_command", fail)
    cli.main(["anything"])
    assert capsys.readouterr().err == "error: one\n  \\u{1b}[2Jtwo\\u{202e}\n"


@pytest.mark.parametrize("arguments", [["kg", "queries", "--lang", "zh"], ["kg", "queries", "\udcff"]])
def test_output_is_utf8_whatever_the_locale(arguments: list[str]) -> None:
    command = [sys.executable, "-m", *arguments]
    done = subprocess.run(command, capture_output=True, env={**os.environ, "PYTHONIOENCODING": "ascii"}, check=False)
    assert done.returncode in (0, 2)
    assert b"internal fault" not in done.stderr
    assert "哪些" in done.stdout.decode("utf-8") or "\\udcff" in done.stderr.decode("utf-8")


@pytest.mark.parametrize("arguments", [["no-such-command"], ["--no-such-option"], ["--traceback"]])
def test_wrong_usage_ends_with_2(arguments: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main(arguments) == 2
    assert capsys.readouterr().err


def test_the_version_is_the_packages(capsys: pytest.CaptureFixture[str]) -> None:
    import kg

    assert cli.main(["--version"]) == 0
    assert capsys.readouterr().out == f"kg {kg.__version__}\n"
