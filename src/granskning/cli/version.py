"""Which version this is: told without the parser, which takes six times as long to read."""

from __future__ import annotations

from granskning import __version__
from granskning.cli.shared_options import spelled_out


def tell_version(arguments: list[str]) -> bool:
    """Whether the version is asked for; if so, it is printed."""
    is_asked = "--version" in spelled_out(arguments)[:4]
    if is_asked:
        print(f"granskning {__version__}")  # noqa: T201  # the command line's way out
    return is_asked
