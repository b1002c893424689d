"""Puts the commands together, and the one place where errors become sentences and exit codes.

Exit codes: 0 fine, 1 findings, 2 wrong usage or a thing that could not be done, 3 our own bug, 130 interrupted.
"""

from __future__ import annotations

import os
import re
import sys
from enum import StrEnum
from functools import cache
from pathlib import Path
from typing import Annotated, Any

import typer
from typer.exceptions import TyperException

from granskning.cli.completion import hear_shells, offer_languages
from granskning.cli.groups import Commands, GroupedCommands, NobodyReadsError
from granskning.cli.interrupted import INTERRUPTED, words_of_interruption
from granskning.cli.language import VARIABLE, language_of
from granskning.cli.session import Session, drop_output, is_colored, say_aside, write_utf8
from granskning.cli.shared_options import spelled_out
from granskning.cli.usage import explain_usage, translate_help, translate_parser
from granskning.cli.version import tell_version
from granskning.errors import GranskningError, UsageError, Words
from granskning.i18n import N_, TAG, Translator
from granskning.interruption import StoppedByUserError, noted_writes
from granskning.remembering import remembering_nothing

FINE, FINDINGS, NOT_DONE, OUR_BUG = 0, 1, 2, 3
SECONDS = typer.Option(
    "--seconds",
    min=1,
    metavar="N",
    help=N_("Seconds of processor time that a report may take; otherwise 120, and 20 to fill in own templates."),
)
SECONDS_TO_READ = typer.Option(
    "--seconds",
    min=1,
    metavar="N",
    help=N_("Seconds of processor time that reading the file may take; otherwise 60."),
)


class Color(StrEnum):
    """When to use colour."""

    auto = "auto"
    always = "always"
    never = "never"


def make_app() -> typer.Typer:
    """The program with the options that every command shares; its commands are `groups.Commands`."""
    app = typer.Typer(
        name="granskning",
        cls=GroupedCommands,
        help=N_("Review public strategies against target pictures: fill in YAML, check it, score it, print reports."),
        add_completion=False,
        rich_markup_mode=None,
        pretty_exceptions_enable=False,
        no_args_is_help=True,
        context_settings={"help_option_names": ["--help", "-h"], "max_content_width": 100},
    )
    app.callback()(prepare)
    return app


def prepare(  # the options that every command shares
    context: typer.Context,
    folder: Annotated[
        Path, typer.Option("-C", metavar="DIR", help=N_("Work as if started in this folder."), show_default=False)
    ] = Path(),
    lang: Annotated[
        str | None,
        typer.Option(
            "--lang",
            metavar="sv|en|…",
            help=N_(
                "Language of the terminal, and of the texts of criteria sets; otherwise GRANSKNING_LANG, the folder's,"
                " the system's."
            ),
            show_default=False,
            autocompletion=offer_languages,
        ),
    ] = None,
    quiet: Annotated[bool, typer.Option("-q", "--quiet", help=N_("Results only."))] = False,
    verbose: Annotated[bool, typer.Option("-v", "--verbose", help=N_("Tell more."))] = False,
    color: Annotated[Color, typer.Option("--color", help=N_("Use colour."), show_default=False)] = Color.auto,
    no_cache: Annotated[
        bool, typer.Option("--no-cache", help=N_("Work everything out anew; remember nothing."))
    ] = False,
    version: Annotated[bool, typer.Option("--version", help=N_("Show the version and leave."))] = False,  # noqa: ARG001
) -> None:
    """Make the session that every command is given."""
    for value in (lang, os.environ.get(VARIABLE)):
        if value and not re.fullmatch(TAG, value):
            message, hint = N_("{value} is no language tag"), N_("write sv, en or another tag, such as fi or se")
            raise UsageError(message, hint, value=value)
    t: Translator = context.obj
    if no_cache:
        context.with_resource(remembering_nothing())
    context.obj = session = Session(folder, t, quiet, verbose, is_colored(color.value))
    if lang and session.t.foreign:
        session.tell(session.t("[Only in Swedish] Fixed words are in Swedish. Language of the texts: {language}.",
                               language=session.t.foreign))  # fmt: skip


def run(arguments: list[str]) -> int:
    """Run one command and return its exit code. Nothing is raised, whatever happens."""
    write_utf8()
    if tell_version(arguments):
        return FINE
    t = Translator(language_of(arguments))
    arguments = spelled_out(arguments)
    with noted_writes() as written:
        try:
            return _invoke(arguments, t)
        except GranskningError as error:
            _complain(sentence(error, t), advice(error, t), t)
            return NOT_DONE
        except (KeyboardInterrupt, StoppedByUserError) as stop:
            for line in words_of_interruption(getattr(stop, "command", ""), written, t):
                say_aside(line)
            return INTERRUPTED
        except BrokenPipeError:
            drop_output()
            return FINE
        except Exception:  # noqa: BLE001  # the one boundary: our own bugs end here
            import traceback  # hopefully never

            say_aside(traceback.format_exc().rstrip("\n"))
            say_aside(t("This is a fault in granskning, not in your files. Please report it."))
            return OUR_BUG


def sentence(error: GranskningError, t: Translator) -> str:
    """What could not be done, in the reader's language."""
    return t(error.message, **_spoken(error.values, t))


def advice(error: GranskningError, t: Translator) -> str:
    """What helps, in the reader's language; empty where nothing is known to."""
    return t(error.hint, **_spoken(error.values, t)) if error.hint else ""


def _spoken(values: dict[str, object], t: Translator) -> dict[str, object]:
    """Values for a sentence: msgids among them translated."""
    return {name: t(value) if isinstance(value, Words) else value for name, value in values.items()}


@cache  # whoever runs several commands in one process reads each one's parameters once
def make_command(language: str) -> Any:
    """The program with all its commands, its help in a language."""
    command: Any = typer.main.get_command(make_app())
    t = Translator(language)
    translate_help(command, t)
    command.commands = Commands(t)
    return command


def _invoke(arguments: list[str], t: Translator) -> int:
    translate_parser(t)
    try:
        hear_shells()
        outcome = make_command(t.language).main(args=arguments, prog_name="granskning", standalone_mode=False, obj=t)
    except typer.Abort:
        raise KeyboardInterrupt from None
    except NobodyReadsError as error:
        raise BrokenPipeError from error
    except TyperException as error:
        message, hint = explain_usage(error, t, arguments)
        if message:
            _complain(message, hint, t)
        return NOT_DONE
    if outcome == INTERRUPTED:  # before the command began
        raise KeyboardInterrupt
    sys.stdout.flush()
    return outcome if isinstance(outcome, int) else FINE


def _complain(message: str, hint: str, t: Translator) -> None:
    say_aside(f"granskning: {message}")
    if hint:
        say_aside(f"  {t('hint')}: {hint}")
