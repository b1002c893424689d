"""The commands in the order of the help, by what a reader is about to do.

A command's module is read when the command is asked for, so the help of the program costs no more than one of them.
"""

from __future__ import annotations

from collections.abc import Mapping
from importlib import import_module
from keyword import iskeyword
from typing import TYPE_CHECKING, Any

import typer
from typer.core import TyperGroup

from granskning.cli.usage import translate_help
from granskning.i18n import N_
from granskning.interruption import StoppedByUserError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from granskning.i18n import Translator

GROUPS: dict[str, dict[str, str]] = {
    N_("Beginning"): {
        "init": N_("Make a working folder. Overwrites nothing."),
        "new": N_("Make a review file, ready to fill in. Never overwrites."),
    },
    N_("Reviewing"): {
        "serve": N_("Fill in reviews on a page in the browser, on this computer only."),
        "search": N_(
            "Find passages in the strategy's documents, Swedish word forms included. Writes nothing but, with --log, a "
            "line in a review's search log."
        ),
        "check": N_("Find everything that is wrong. Writes nothing."),
        "evidence": N_("Look every quotation up in its document: found, moved, changed, gone or unreadable."),
        "score": N_("Show the scores. Writes nothing."),
        "export": N_("Write reviews as a workbook to fill in (xlsx), or all the folder holds as tables."),
        "import": N_("Bring the answers of a filled-in workbook back into the reviews, or a criteria set in."),
        "approve": N_("Sign a review off: who, when and a fingerprint of what was approved, written into its file."),
    },
    N_("Reporting"): {
        "render": N_(
            "Make one report: a review, its round, a strategy over time, a change, all strategies, a set's annex."
        ),
        "build": N_("Make every report that is not up to date. A front page leads to them."),
        "publish": N_(
            "Publish the report of an approved review, with an archive copy and its sources. Never overwrites."
        ),
        "verify": N_("Try whether a PDF agrees with its own sources, with git, and with what has been published."),
    },
    N_("Remembering"): {
        "save": N_("Save a version with git: the working folder's own files, and no others."),
        "history": N_("Show how results have changed, as git remembers it. Writes nothing."),
        "diff": N_("Show what changed between two commits, rounds or files. Writes nothing."),
        "actions": N_("Show what was promised, by which role, and how it goes. Writes nothing."),
        "stats": N_("Statistics by sex: fetch and freeze indicators, and show what there is."),
    },
    N_("Managing"): {
        "revise": N_("Begin a new version of a criteria set; the present one is kept under criteria/earlier/."),
        "migrate": N_("Move a review to a newer version of its criteria set, with a fate for each answer."),
        "schema": N_("Show the JSON Schema of a kind of file. With --write, renew the editor's schemas."),
        "explain": N_("Tell what a finding means. Without a code, list them all."),
        "doctor": N_("Tell what this computer lacks. For each part, the line that mends it."),
    },
}
"""Under its heading every command, each a module of this package, and what it does in a line."""
HELP = {name: line for commands in GROUPS.values() for name, line in commands.items()}
COMMANDS = tuple(HELP)


class Commands(Mapping[str, Any]):
    """Every command by its name, each put together when it is looked up."""

    def __init__(self, t: Translator) -> None:
        self._t = t
        self._made: dict[str, Any] = {}

    def __getitem__(self, name: str) -> Any:
        """Put a command together, with its help in the reader's language."""
        if name not in HELP:
            raise KeyError(name)
        if name not in self._made:
            part = typer.Typer(add_completion=False, rich_markup_mode=None)
            part.callback()(_nothing)  # else a lone command is no command of a group
            import_module(f"granskning.cli.{module_of(name)}").register(part)
            group: Any = typer.main.get_command(part)
            translate_help(group.commands[name], self._t)
            self._made[name] = group.commands[name]
        return self._made[name]

    def __iter__(self) -> Iterator[str]:
        """Yield the names in the order of the help."""
        return iter(HELP)

    def __len__(self) -> int:
        """How many commands there are."""
        return len(HELP)


def _nothing() -> None:
    """Do nothing before a command."""


def module_of(command: str) -> str:
    """The module of a command; one that Python has a word of its own for gets a _ after it."""
    return f"{command}_" if iskeyword(command) else command


class NobodyReadsError(Exception):
    """Whoever read the output has gone, as `head` does."""


def first_sentence(text: str) -> str:
    """The first sentence of a help, whole: what a list of commands says of each."""
    return text.partition(". ")[0].removesuffix(".") + "."


class ListedCommands(TyperGroup):
    """A command with commands of its own, each told by a whole sentence."""

    translated: Callable[[str], str] = staticmethod(str)
    """Puts a heading or a line of help in the reader's language."""

    def format_commands(self, ctx: Any, formatter: Any) -> None:  # noqa: ARG002  # the parser calls it so
        """Write the commands in order."""
        with formatter.section(self.translated(N_("Commands"))):
            formatter.write_dl([(name, first_sentence(command.help or "")) for name, command in self.commands.items()])


class GroupedCommands(ListedCommands):
    """The program's command, which tells its subcommands under headings."""

    def invoke(self, ctx: Any) -> Any:
        """Run the command. Of Ctrl+C and a reader that has gone the parser would leave by itself, without a word."""
        try:
            return super().invoke(ctx)
        except KeyboardInterrupt as error:
            raise StoppedByUserError(ctx.invoked_subcommand or "") from error
        except BrokenPipeError as error:
            raise NobodyReadsError from error

    def format_commands(self, ctx: Any, formatter: Any) -> None:  # noqa: ARG002  # the parser calls it so
        """Write each group's commands under its heading, with texts that begin at one column."""
        wide = max(map(len, COMMANDS))
        for heading, commands in GROUPS.items():
            with formatter.section(self.translated(heading)):
                formatter.write_dl([
                    (f"{name:<{wide}}", first_sentence(self.translated(line))) for name, line in commands.items()
                ])  # fmt: skip
