"""Help and usage errors in the user's language: the one place that knows how the argument parser words itself."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from granskning.cli.help_page import laid_out, told_in, usage_words
from granskning.cli.meant_line import meant_line, options_in
from granskning.cli.shared_options import is_shared
from granskning.findings.suggestions import ALIKE_WORDS, nearest
from granskning.i18n import N_

if TYPE_CHECKING:
    from collections.abc import Mapping

    from granskning.i18n import Translator

_MESSAGES = (
    # what the parser says                                                      what we say
    (r"No such option: (?P<name>\S+)", N_("there is no option {name}")),
    (r"No such command '(?P<name>.+)'\.", N_("there is no command {name}")),
    (r"Missing argument '?(?P<name>[^'.]+)'?\.", N_("the argument {name} is missing")),
    (r"Missing option '?(?P<name>[^'.]+)'?\.", N_("the option {name} is missing")),
    (r"Missing command\.", N_("no command was given")),
    (r"Got unexpected extra argument(?:\(s\)|s)? \((?P<name>.+)\)", N_("too many arguments: {name}")),
    (r"Option '?(?P<name>[^' ]+)'? requires an argument\.", N_("the option {name} needs a value")),
    (r"Option '?(?P<name>[^' ]+)'? requires (?P<count>\d+) arguments\.", N_("the option {name} needs {count} values")),
    (r"Option '?(?P<name>[^' ]+)'? does not take a value\.", N_("the option {name} takes no value")),
    (
        r"Invalid value for (?P<name>.+?): '(?P<value>.*)' is not one of (?P<choices>.+)\.",
        N_("{value} is not a value for {name}; choose one of {choices}"),
    ),
    (
        r"Invalid value for (?P<name>.+?): '?(?P<value>.*?)'? is not a valid integer\.",
        N_("{value} is not a whole number, which {name} needs"),
    ),
    (r"Invalid value for (?P<name>.+?): '?(?P<value>.*?)'? is not a valid (?:integer|int) range\.",
     N_("{value} is not a whole number, which {name} needs")),
    (r"Invalid value for '?(?P<name>.+?)'?: (?P<value>.*) is not in the range (?P<low>\d+)<=x<=(?P<high>\d+)\.",
     N_("{value} is not a value for {name}; it must be from {low} to {high}")),
    (r"Invalid value for '?(?P<name>.+?)'?: (?P<value>.*) is not in the range x>=(?P<low>\d+)\.",
     N_("{value} is not a value for {name}; it must be {low} or more")),
    (r"Invalid value for (?P<name>.+?): (?P<value>.*) is not in the range (?P<choices>.+)\.",
     N_("{value} is not a value for {name}; it must be {choices}")),
    (r"Invalid value for (?P<name>.+?): (?P<value>.*)", N_("{name} has a value that cannot be used: {value}")),
)  # fmt: skip
OTHER_WORDS = {
    "granska": "serve", "sida": "serve", "börja": "init", "skapa": "init", "ny": "new", "sök": "search",
    "kontrollera": "check", "belägg": "evidence", "räkna": "score", "poäng": "score", "resultat": "score",
    "exportera": "export", "importera": "import", "godkänn": "approve", "rapport": "render", "skriv": "render",
    "bygg": "build", "publicera": "publish", "verifiera": "verify", "pröva": "verify", "spara": "save",
    "historik": "history", "jämför": "diff", "skillnad": "diff", "åtgärder": "actions", "statistik": "stats",
    "revidera": "revise", "migrera": "migrate", "förklara": "explain", "hjälp": "help", "hämta": "fetch",
    "lista": "list", "visa": "show", "samlad": "new --kind consensus", "joint": "new --kind consensus",
    "consensus": "new --kind consensus", "report": "render", "pdf": "render", "print": "render", "log": "history",
    "validate": "check", "lint": "check", "test": "check", "commit": "save", "compare": "diff", "start": "serve",
    "web": "serve", "create": "new", "sign": "approve", "update": "migrate", "upgrade": "migrate", "status": "doctor",
}  # fmt: skip
"""What somebody may call a command in Swedish, or by habit from another program."""
_HELP_TEXT = N_("Show this help and leave.")


def translate_parser(t: Translator) -> None:
    """Put the parser's own few words ("Options", "required") in the reader's language: they are the process's."""
    import typer.core  # the module that holds those words

    typer.core._ = t.catalogue.gettext  # type: ignore[attr-defined]


def translate_help(command: Any, t: Translator) -> None:
    """Put every help text of the command and its subcommands in the reader's language."""
    command.help = t(command.help) if command.help else command.help
    command.short_help = t(command.short_help) if command.short_help else command.short_help
    if hasattr(command, "translated"):  # which tells its commands itself
        command.translated = t
    for parameter in command.params:
        told_in(parameter, t)
    command.get_help_option = _help_option(command.get_help_option, t)
    command.get_help = laid_out(command.get_help)
    _translate_usage(command, t)
    for child in getattr(command, "commands", {}).values():
        translate_help(child, t)


def _help_option(original: Any, t: Translator) -> Any:
    def get_help_option(context: Any) -> Any:
        option = original(context)
        if option is not None:
            option.help = t(_HELP_TEXT)
        return option

    return get_help_option


def _translate_usage(command: Any, t: Translator) -> None:
    def format_usage(context: Any, formatter: Any) -> None:
        words = usage_words(command.collect_usage_pieces(context), t)
        formatter.write_usage(context.command_path, words, prefix=f"{t('Usage')}: ")

    command.format_usage = format_usage


def explain_usage(error: Any, t: Translator, arguments: list[str]) -> tuple[str, str]:
    """The sentence and the hint for a usage error in that line."""
    context = getattr(error, "ctx", None)
    hint = t("see: {command} --help", command=context.command_path) if context else ""
    if type(error).__name__ == "NoArgsIsHelpError":
        error.show()
        return "", ""
    told = error.format_message() if hasattr(error, "format_message") else str(error)
    told = re.sub(r"'(--?[\w-]+)'", r"\1", told)
    hint = _other_reading(error, told, arguments, t) or hint
    for pattern, message in _MESSAGES:
        if match := re.match(pattern, told):
            values = {name: re.sub(r"'([\w-]+)'", r"\1", value or "") for name, value in match.groupdict().items()}
            if near := _nearest_choice(values):
                hint = t("did you mean {suggestion}?", suggestion=near)
            return t(message, **values), hint
    return t("the command cannot be understood"), hint


def _other_reading(error: Any, complaint: str, arguments: list[str], t: Translator) -> str:
    """The hint for what was meant, where that can be told; else an empty one."""
    if line := meant_line(error, complaint, arguments, t):
        return line
    unknown = type(error).__name__ == "NoSuchOption"
    if unknown and is_shared(error.option_name):
        return t("write it right after granskning, before the command")
    near = _nearest_option(error) if unknown else _meant_command(error, complaint)
    return t("did you mean {suggestion}?", suggestion=near) if near else ""


def _nearest_option(error: Any) -> str | None:
    """The option of the command, or of the program, that is most like the one that was written."""
    known = [name.removeprefix("--") for name in options_in(error.ctx) if name.startswith("--")]
    near = nearest(error.option_name.lstrip("-"), known)
    return f"--{near}" if near else None


def _meant_command(error: Any, complaint: str) -> str | None:
    """The command that is meant by another word for what it does, or misspelt."""
    match = re.match(r"No such command '(.+)'\.", complaint)
    if match is None:
        return None
    commands = error.ctx.command.commands
    words = {word: meant for word, meant in OTHER_WORDS.items() if meant.split()[0] in commands}
    likely = nearest(match[1], [*commands, *words], alike=ALIKE_WORDS)
    return words.get(likely, likely) if likely else None


def _nearest_choice(values: Mapping[str, str]) -> str | None:
    """The one of a few values that is most like the one that was written."""
    choices = re.findall(r"[a-z][\w-]*", values.get("choices", ""))
    written = values.get("value", "").casefold()
    return nearest("xlsx" if written in ("excel", "xls") else written, choices) if choices and written else None
