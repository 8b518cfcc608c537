"""The command ``kg``: parse, call one function, print, set the exit code.

Each command is a module of its own that exports a click command named ``command``, loaded when it is asked for.

Exit codes: 0 success; 1 a check found something; 2 wrong usage; 3 what was read cannot be used; 4 shapes are
ill-formed or there is nothing to check; 5 internal fault; 6 the time of --timeout is over; 130 interrupted.
"""

from __future__ import annotations

import gc
import io
import os
import signal
import sys
import threading
from collections.abc import Sequence
from importlib import import_module
from typing import Any, NoReturn

import click

from kg import __version__
from kg.errors import DataError, ZoneKGError
from kg.terms import visible

# Command → the module that holds it. Help, README and the tests go by this table.
COMMANDS: dict[str, str] = {
    "build": "kg.cli.build",
    "load": "kg.cli.load",
    "format": "kg.cli.format",
    "validate": "kg.cli.validate",
    "query": "kg.cli.query",
    "queries": "kg.cli.queries",
    "view": "kg.cli.view",
    "source": "kg.cli.source",
    "coverage": "kg.cli.coverage",
}

_INTERNAL = 5
_INTERRUPTED = 130
_TERMINATED = 143


class Kg(click.Group):
    """A group that imports a command's module when it is asked for, and turns exceptions into exit codes."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """The commands, in the order of the table."""
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """The command of that name; None when there is none."""
        module = COMMANDS.get(cmd_name)
        if module is None:
            return None
        command: click.Command = import_module(module).command
        return command

    def main(
        self,
        args: Sequence[str] | None = None,
        prog_name: str | None = None,
        complete_var: str | None = None,
        standalone_mode: bool = True,
        **extra: Any,
    ) -> Any:
        """Run the command line; with ``standalone_mode`` end the process with its exit code."""
        arguments = list(sys.argv[1:] if args is None else args)
        if not standalone_mode:
            return super().main(arguments, prog_name or "kg", complete_var, False, **extra)
        sys.exit(self.run(arguments, prog_name or "kg", complete_var, **extra))

    def run(self, arguments: list[str], prog_name: str, complete_var: str | None = None, **extra: Any) -> int:
        """Run the command line and return its exit code; messages have gone to stderr."""
        traceback_wanted = _wants_traceback(arguments)
        try:
            code = super().main(arguments, prog_name, complete_var, False, **extra)
            sys.stdout.flush()
        except click.ClickException as fault:
            fault.show()
            return fault.exit_code
        except (click.Abort, KeyboardInterrupt):
            click.echo("interrupted", err=True)
            return _INTERRUPTED
        except ZoneKGError as fault:
            if traceback_wanted:
                _print_traceback()
            click.echo(_shown(fault.report()), err=True)
            return fault.exit_code
        except BrokenPipeError:
            # The reader (head, less) has gone; Python would complain once more when it flushes at exit.
            os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
            return 0
        except OSError as fault:
            if traceback_wanted:
                _print_traceback()
            file = "" if fault.filename is None else f": {fault.filename}"
            click.echo(_shown(f"error: {fault.strerror or fault}{file}"), err=True)
            return DataError.exit_code
        except Exception as fault:  # noqa: BLE001  # the one place where an internal fault becomes a message
            if traceback_wanted:
                _print_traceback()
            name = type(fault).__name__
            click.echo(_shown(f"error: internal fault: {name}" + (f": {fault}" if str(fault) else "")), err=True)
            if not traceback_wanted:
                click.echo("  hint: `kg --traceback …` shows where; please report it", err=True)
            return _INTERNAL
        return code if isinstance(code, int) else 0


def _terminated(_signal: int, _frame: object) -> NoReturn:
    raise SystemExit(_TERMINATED)


def _shown(text: str) -> str:
    """Lines that cannot steer a terminal: an error may quote labels of someone's data."""
    return "\n".join(map(visible, text.split("\n")))


def _speak_utf8() -> None:
    """Write the same bytes whatever the locale; what UTF-8 cannot hold (half a file name, say) is spelt out."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(encoding="utf-8", errors="backslashreplace")


def _wants_traceback(arguments: list[str]) -> bool:
    """Whether --traceback stands before the command (parsing itself may be what fails)."""
    for argument in arguments:
        if argument == "--traceback":
            return True
        if not argument.startswith("-"):
            return False
    return False


def _print_traceback() -> None:
    """Print the exception that is being handled, with its frames."""
    import traceback

    traceback.print_exc()


@click.group(cls=Kg, name="kg", context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, prog_name="kg", message="%(prog)s %(version)s")
@click.option("--traceback", is_flag=True, help="Show where in the code an error arose.")
def cli(traceback: bool) -> None:
    """Build, check, query and view a knowledge graph of development zones and their partners.

    Every statement in it can be traced to the sentence that it comes from.

    \b
    Example:
      kg build && kg query partnerships_of_zones_and_universities --lang en
    """


def main(args: Sequence[str] | None = None) -> int:
    """Run ``kg`` and return its exit code."""
    _speak_utf8()
    gc.set_threshold(100_000, 20, 20)  # a command makes many objects and is soon over
    if threading.current_thread() is threading.main_thread():
        signal.signal(signal.SIGTERM, _terminated)  # so that what is half written is cleaned up, as at Ctrl-C
    return cli.run(list(sys.argv[1:] if args is None else args), "kg")
