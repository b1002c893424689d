"""What is asked for in the plainest way, understood without the parser: a command whose words are kept, and no more."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from granskning.cli.shared_options import spelled_out

if TYPE_CHECKING:
    from collections.abc import Mapping

COMMANDS: Mapping[str, Mapping[str, tuple[str, ...]]] = {
    "check": {"--format": ("text", "json", "sarif", "junit", "github"), "--fail-on": ("error", "warning")},
    "history": {"--format": ("table", "csv")},
    "build": {"--format": ("", "pdf", "html", "docx")},
}
"""What is kept: of each command the options that it may have once, with their values, the usual one first.

An empty value is that of an option that nobody gave.
"""


class PlainRequest(NamedTuple):
    """A command with values of options that it has, and names."""

    command: str
    folder: Path
    quiet: bool
    verbose: bool
    options: Mapping[str, str]
    names: tuple[str, ...]


def plain_request(arguments: list[str]) -> PlainRequest | None:
    """What is asked for, where that is a command whose words are kept, in the plainest way."""
    words = iter(spelled_out(arguments))
    folder, flags = ".", set()
    for word in words:
        if word in COMMANDS:
            command = word
            break
        if word == "-C":
            folder = next(words, "")
        elif word in ("-q", "--quiet", "-v", "--verbose"):
            flags.add(word.lstrip("-")[0])
        else:
            return None
    else:
        return None
    known = COMMANDS[command]
    given: dict[str, str] = {}
    names = []
    for word in words:
        if word in known and word not in given:
            given[word] = next(words, "")
        elif word and not word.startswith("-"):
            names.append(word)
        else:
            return None
    if not folder or not all(value and value in known[name] for name, value in given.items()):
        return None
    options = {name: values[0] for name, values in known.items()} | given
    return PlainRequest(command, Path(folder), "q" in flags, "v" in flags, options, tuple(names))
