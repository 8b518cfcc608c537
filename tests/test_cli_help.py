"""Every command has help with an example, and stands in the README: found from the table of commands."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import click
import pytest

from kg.cli import COMMANDS, cli


def _below(name: str, command: click.Command, context: click.Context) -> Iterator[tuple[str, click.Command]]:
    """A command and its subcommands, each with what a person types after ``kg``."""
    yield name, command
    if isinstance(command, click.Group):
        for child in command.list_commands(context):
            found = command.get_command(context, child)
            assert found is not None
            yield from _below(f"{name} {child}", found, context)


def _commands(name: str) -> list[tuple[str, click.Command]]:
    """The command of that name in the table, and its subcommands."""
    context = click.Context(cli)
    command = cli.get_command(context, name)
    assert command is not None
    return list(_below(name, command, context))


@pytest.mark.parametrize("name", COMMANDS)
def test_every_command_and_subcommand_has_help_with_an_example(name: str) -> None:
    for path, command in _commands(name):
        text = command.get_help(click.Context(command, info_name=path))
        assert "Example" in text, f"kg {path} --help has no example"
        assert f"kg {path}" in text.split("Example", 1)[1], f"the example of kg {path} does not call it"


@pytest.mark.parametrize("name", COMMANDS)
def test_every_option_says_what_it_does(name: str) -> None:
    for path, command in _commands(name):
        for parameter in command.params:
            if isinstance(parameter, click.Option):
                assert parameter.help, f"kg {path}: {parameter.opts}"


@pytest.mark.parametrize("readme", ["README.md", "README.zh.md"])
def test_every_command_is_in_the_readme(readme: str, top: Path) -> None:
    text = (top / readme).read_text(encoding="utf-8")
    assert [name for name in COMMANDS if f"kg {name}" not in text] == []


def test_the_groups_help_lists_every_command() -> None:
    text = cli.get_help(click.Context(cli, info_name="kg"))
    assert "Example" in text
    for name in COMMANDS:
        assert f"\n  {name} " in text
