"""What every command is told, and its way out: standard output and standard error, without the parser."""

from __future__ import annotations

import os
import sys
from typing import TYPE_CHECKING, NamedTuple

from granskning.cli.terminal_width import fitted
from granskning.safe_text import printable

if TYPE_CHECKING:
    from pathlib import Path

    from granskning.i18n import Translator


class Session(NamedTuple):
    """What every command is told: where, in which language, and how loudly."""

    folder: Path
    t: Translator
    quiet: bool
    verbose: bool
    color: bool

    def say(self, text: str = "", *, colored: bool = False) -> None:
        """Print a result on standard output. What it quotes does nothing to the terminal.

        Only where `colored` does it keep its escape sequences: then whoever made it has seen to what it quotes.
        """
        print(text if colored else printable(text))  # noqa: T201  # the command line's way out

    def show(self, words: str) -> None:
        """Print what is laid out for reading, as wide as the terminal."""
        self.say(fitted(words))

    def tell(self, line: str) -> None:
        """Print something about the work on standard error, unless asked to be quiet."""
        if not self.quiet:
            say_aside(line)


def say_aside(text: str) -> None:
    """Print on standard error; what is quoted does nothing to the terminal."""
    print(printable(text), file=sys.stderr)  # noqa: T201


def is_colored(choice: str) -> bool:
    """Whether words are coloured: always, never, or (auto) where a terminal shows them and nobody has said no."""
    return choice == "always" or (choice == "auto" and sys.stdout.isatty() and not os.environ.get("NO_COLOR"))


def write_utf8() -> None:
    """Write all letters, whatever the system takes the terminal for."""
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(encoding="utf-8", errors="replace")


def drop_output() -> None:
    """Write into nothing from now on: whoever read the output has gone, as `head` does."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
