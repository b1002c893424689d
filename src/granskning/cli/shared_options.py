"""The options that every command shares, wherever somebody writes them; and the words `help` and `version`."""

from __future__ import annotations

WITH_VALUE = ("-C", "--lang", "--color")
ALONE = ("-q", "--quiet", "-v", "--verbose", "--no-cache")
"""The program's own, which no command has under the same name."""


def spelled_out(arguments: list[str]) -> list[str]:
    """The arguments as the parser wants them: what all share before the command, `help` and `version` as options."""
    ordered = shared_first(arguments)
    at = place_of_command(ordered)
    if at is not None and (ordered[at] == "version" or ordered[at : at + 2] == ["help", "version"]):
        return [*ordered[:at], "--version"]
    if at is None or ordered[at] != "help":
        return ordered
    return [*ordered[:at], *ordered[at + 1 : at + 2], "--help"]


def shared_first(arguments: list[str]) -> list[str]:
    """What all commands share, moved before the command: `check --lang en` is `--lang en check`.

    What stands right after an option of the command's may be its value, and stays; so does all after `--`.
    """
    at = place_of_command(arguments)
    if at is None:
        return list(arguments)
    shared, own = list(arguments[:at]), [arguments[at]]
    rest = iter(arguments[at + 1 :])
    may_be_value = False
    for argument in rest:
        if argument == "--":
            own += [argument, *rest]
        elif may_be_value or not is_shared(argument):
            own.append(argument)
            may_be_value = argument.startswith("-") and "=" not in argument
        else:
            shared.append(argument)
            if argument in WITH_VALUE:
                shared += [value for value in (next(rest, None),) if value is not None]
    return shared + own


def is_shared(argument: str) -> bool:
    """Whether this is an option that every command shares."""
    return argument in WITH_VALUE + ALONE or argument.startswith(("--lang=", "--color="))


def place_of_command(arguments: list[str]) -> int | None:
    """Where the command stands, after the options of the program; None where there is none."""
    places = iter(range(len(arguments)))
    for place in places:
        if arguments[place] in WITH_VALUE:
            next(places, None)
        elif not arguments[place].startswith("-"):
            return place
        elif arguments[place] in ("--help", "-h"):
            break
    return None
