"""Reads the command line, runs one command, and turns errors into words and exit codes."""

from __future__ import annotations

import argparse
import datetime as dt
import gc
import importlib
import os
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from functools import partial
from typing import Any, NoReturn

from workbook.command_declaration import Argument, Command, Takes
from workbook.commands import COMMANDS
from workbook.model.days import days_in_text
from workbook.model.errors import ChampionsError

#: Exit code where something went wrong that we did not foresee.
UNFORESEEN = 3


def main(argv: Sequence[str] | None = None) -> int:
    """Runs one command.

    Args:
        argv: the words after `champions`; the process's own by default.

    Returns:
        The exit code, as the command declares it; 2 for what a person can fix, 3 for a fault of ours.
    """
    from addin.frontends.safe_output import doors

    _speak_utf8()
    with doors():
        return _run(argv)


def _run(argv: Sequence[str] | None) -> int:
    """Runs one command, whatever comes of it."""
    try:
        words = sys.argv[1:] if argv is None else list(argv)
        options = _parser(words[:1]).parse_args(words)
        if options.command is None:
            _parser().print_help()
            return 0
        module = importlib.import_module(f"addin.frontends.terminal.{options.command.replace('-', '_')}")
        with _uncollected():
            return int(module.run(options))
    except ChampionsError as error:
        sys.stderr.write(_words_of(error))
        return 2
    except BrokenPipeError:
        sys.stderr.close()
        return 0
    except OSError as error:
        sys.stderr.write(_words_of(_of_the_disk(error)))
        return 2
    except KeyboardInterrupt:
        sys.stderr.write("Stopped. Nothing was left half-written.\n")
        return 130
    except Exception as error:  # noqa: BLE001 - the last resort: no traceback reaches a manager
        return _report_fault(error)


@contextmanager
def _uncollected() -> Iterator[None]:
    """Without looking for cycles: a command is over soon, and each look would go through all the entries again."""
    enabled = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if enabled:
            gc.enable()


def _speak_utf8() -> None:
    """Windows' consoles may have another encoding; a name must never be what ends a command."""
    for stream in (sys.stdout, sys.stderr):
        reconfigure = getattr(stream, "reconfigure", None)
        if reconfigure is not None:
            reconfigure(encoding="utf-8", errors="replace")


def _words_of(error: ChampionsError) -> str:
    from addin.frontends.safe_output import in_one_line

    lines = [error.what]
    if error.where:
        lines.append(f"  Where: {in_one_line(error.where)}")
    to_do = " ".join(part for part in (error.next_step, in_one_line(error.in_terminal)) if part)
    if to_do:
        lines.append(f"  What to do: {to_do}")
    return "\n".join(lines) + "\n"


def _of_the_disk(error: OSError) -> ChampionsError:
    """What the system says of a disk or folder, in words."""
    return ChampionsError(
        f"A disk or folder does not answer as it should ({error.strerror or error}). {_what_was_written()}",
        where=str(error.filename or ""),
        next_step="See that the disk or the network folder can be reached and has room, then try again.",
    )


def _report_fault(error: Exception) -> int:
    from addin.frontends.faults import where_told, write_fault

    place = write_fault(error)
    sends = "send us that file. It holds no entries of yours." if place else "tell us what you did."
    sys.stderr.write(
        f"Something went wrong that we did not foresee. {_what_was_written()}\n"
        f"  Where: {where_told(place)}\n"
        f"  What to do: try again; if it happens again, {sends}\n"
    )
    return UNFORESEEN


def _what_was_written() -> str:
    """Whether this command had put a new workbook in place before it failed; a module not loaded has written none."""
    saving = sys.modules.get("addin.lossless.save.saving")
    if saving is None or not saving.REPLACED:
        return "The workbook was not changed by this."
    return f'{saving.REPLACED[-1]} had been written by then, whole; "champions undo" takes that back.'


class _Parser(argparse.ArgumentParser):
    def __init__(self, *words: Any, **more: Any) -> None:
        more["formatter_class"] = partial(_help_formatter, more.get("formatter_class", argparse.HelpFormatter))
        super().__init__(*words, **more)
        self.color = False  # newer Pythons colour their help; colours are signs that the door holds back

    def error(self, message: str) -> NoReturn:
        self.exit(2, f"{message[:1].upper()}{message[1:]}.\nSee: {self.prog} --help\n")


def _parser(named: Sequence[str] = ()) -> argparse.ArgumentParser:
    """Knows the one command that is named, since making all of them takes a while; all where none of ours is."""
    parser = _Parser(
        prog="champions",
        description="Runs a digital champions programme from its master workbook.",
        epilog="Begin with: champions new programme.xlsx    Look around with: champions demo",
    )
    parser.add_argument("--version", action=_Version, nargs=0, help="Show which version this is and exit.")
    commands = parser.add_subparsers(dest="command", metavar="COMMAND", title="commands", parser_class=_Parser)
    for command in [command for command in COMMANDS if command.name in named] or COMMANDS:
        _add_command(commands, command)
    return parser


def _help_formatter(shape: type[argparse.HelpFormatter], prog: str) -> argparse.HelpFormatter:
    """The form of the help, as wide as the terminal; argparse would import shutil for that at each argument."""
    width = 0
    with suppress(ValueError, OSError):
        width = int(os.environ.get("COLUMNS") or 0) or os.get_terminal_size(1).columns
    return shape(prog, width=(width if width > 0 else 80) - 2)


class _One(argparse.Action):
    """Takes one word. Behind `--` argparse gives an empty list for the word `--`."""

    def __call__(self, _parser: argparse.ArgumentParser, options: argparse.Namespace, word: Any, *_: object) -> None:
        setattr(options, self.dest, "--" if word == [] else word)


class _Version(argparse.Action):
    """Says which version this is; looked up only when it is asked for."""

    def __call__(self, parser: argparse.ArgumentParser, *_: object) -> NoReturn:
        from importlib.metadata import version

        parser.exit(0, f"champion-workbook {version('champion-workbook')}\n")


def _add_command(commands: argparse._SubParsersAction[_Parser], command: Command) -> None:
    exits = "\n".join(f"  {code}  {meaning}" for code, meaning in command.exits)
    examples = "\n".join(f"  {example}" for example in command.examples)
    parser = commands.add_parser(
        command.name,
        help=command.summary,
        description=f"{command.summary}\n\n{command.detail}",
        epilog=f"examples:\n{examples}\n\nexit codes:\n{exits}",
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    for argument in command.arguments:
        _add_argument(parser, argument)


def _add_argument(parser: argparse.ArgumentParser, argument: Argument) -> None:
    words = argument.words.replace("%", "%%")
    if argument.takes is Takes.FLAG:
        parser.add_argument(argument.name, help=words, action="store_true")
        return
    kinds: dict[Takes, Callable[[str], Any]] = {
        Takes.WHOLE: lambda text: _whole(text, argument),
        Takes.DAY: lambda text: _day(text, argument),
    }
    kind = kinds.get(argument.takes, str)
    given = argument.default
    default = _day(str(given), argument) if argument.takes is Takes.DAY and given else given
    nargs = ("*" if argument.optional else "+") if argument.many else "?" if argument.optional else None
    parser.add_argument(
        argument.name,
        help=words,
        type=kind,
        metavar=argument.metavar,
        default=default,
        nargs=nargs,
        choices=argument.choices or None,
        action=_One if nargs is None else "store",
    )


def _whole(text: str, argument: Argument) -> int:
    try:
        number = int(text)
    except ValueError:
        raise argparse.ArgumentTypeError(f"{text[:40]} is not a whole number") from None
    if not argument.admits(number):
        raise argparse.ArgumentTypeError(f"{text[:40]} is not from {argument.least} to {argument.most}")
    return number


def _day(text: str, argument: Argument) -> dt.date:
    days = days_in_text(text)
    if len(days) != 1:
        raise argparse.ArgumentTypeError(
            f"{text[:40]} is not a date that can be read one way only; write it as 2026-06-30"
        )
    if not argument.admits(days[0].year):
        raise argparse.ArgumentTypeError(f"the year of {text[:40]} is not from {argument.least} to {argument.most}")
    return days[0]
