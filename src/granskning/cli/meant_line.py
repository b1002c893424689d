"""What somebody meant by a line that the parser refused: the command last, one hyphen for two, a Swedish option."""

from __future__ import annotations

import re
import shlex
from typing import TYPE_CHECKING, Any

from granskning.cli.shared_options import place_of_command
from granskning.i18n import N_

if TYPE_CHECKING:
    from collections.abc import Container, Iterator

    from granskning.i18n import Translator

_MEANT = N_("did you mean {suggestion}?")
_OPTIONS_IN_SWEDISH = {
    "språk": ("--lang",), "mapp": ("-C",), "omgång": ("--round",), "roll": ("--reviewer", "--role"),
    "granskare": ("--reviewer",), "dokumentversion": ("--edition",), "kort": ("--short",), "exempel": ("--example",),
    "uppsättning": ("--set", "--criteria"), "ramverk": ("--set",), "datum": ("--as-of", "--date"),
    "sedan": ("--since", "--as-of"), "till": ("--to",), "från": ("--from",), "meddelande": ("-m",), "fil": ("-o",),
    "utfil": ("-o",), "ut": ("-o",), "output": ("-o",), "out": ("-o",), "belägg": ("--evidence",),
    "rapport": ("--report",), "hjälp": ("--help",), "version": ("--version",), "äldre": ("--history",),
    "tyst": ("--quiet",), "färg": ("--color",), "port": ("--port",),
}  # fmt: skip
"""What somebody may call an option in Swedish, or in another program; the first that the command has is meant."""


def meant_line(error: Any, complaint: str, arguments: list[str], t: Translator) -> str | None:
    """The hint for a line that can be read in another way; None where none is near."""
    kind = type(error).__name__
    if kind == "NoSuchOption":
        known = set(options_in(getattr(error, "ctx", None)))
        written = _as_written(error.option_name, arguments)
        names = (f"-{written}", *_OPTIONS_IN_SWEDISH.get(written.strip("-").casefold(), ()))
        name = next((name for name in names if name in known), None)
        return t(_MEANT, suggestion=name) if name else None
    if match := re.match(r"No such command '(.+)'\.", complaint):
        at = place_of_command(arguments)
        line = None if at is None else _command_first(arguments, at, match[1], error.ctx.command.commands)
        return t(_MEANT, suggestion=line) if line else None
    if complaint.startswith("Got unexpected extra argument"):
        takes_names = any(parameter.param_type_name == "argument" for parameter in error.ctx.command.params)
        hint = N_("a name with spaces in it stands in quotation marks; see: {command} --help")
        nameless = N_("{command} is of the whole folder and takes no name; see: {command} --help")
        return t(hint if takes_names else nameless, command=error.ctx.command_path)
    if " requires " in complaint:
        at = place_of_command(arguments)
        command = f" {arguments[at]}" if at is not None else ""
        return t("see: {command} --help", command=f"granskning{command}")
    return None


def options_in(context: Any) -> Iterator[str]:
    """The options of the command that a line was read for, and of the program."""
    while context is not None:
        for parameter in context.command.params:
            yield from parameter.opts
        context = context.parent
    yield "--help"


def _as_written(option: str, arguments: list[str]) -> str:
    """An option as it was written: of `-format` the parser names only `-f`."""
    if option.startswith("--"):
        return option
    return next((word for word in arguments if word.startswith(option)), option).partition("=")[0]


def _command_first(arguments: list[str], at: int, name: str, commands: Container[str]) -> str | None:
    """The line with the command before what it is about, where that was written first: `provplan check`."""
    following = at + 1
    if arguments[at] != name or following >= len(arguments) or arguments[following] not in commands:
        return None
    words = [arguments[following], name, *arguments[following + 1 :]]
    return f"granskning {shlex.join(words)}"
