"""What is said when a command is interrupted: what is in its place by then, and what is not."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

from granskning.cli.language import language_of
from granskning.i18n import N_, Translator
from granskning.interruption import leave_without_words

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence
    from pathlib import Path

INTERRUPTED = 130
"""The exit code."""
_SHOWN = 5
"""So many files are named."""
_GOES_ON = N_("Nothing is half-written. The same command goes on where it stopped.")
_AGAIN = dict.fromkeys(("build", "import", "evidence", "stats"), _GOES_ON)
"""Commands that do one thing after another. What others write is written together, or not at all."""


def words_of_interruption(command: str, written: Collection[Path], t: Translator) -> list[str]:
    """A line or some, for the reader of the terminal."""
    if command == "serve":
        return [t("The page is closed. What it said is saved is in the files.")]
    if command == "save":
        saved = t.plural("Interrupted, but a version with {count} file was saved.",
                         "Interrupted, but a version with {count} files was saved.", len(written))  # fmt: skip
        return [saved if written else t("Interrupted. No version was saved; the files are as they were.")]
    if not written:
        return [t("Interrupted. Nothing was written.")]
    lines = [t.plural("Interrupted. {count} file was written before that, and is whole:",
                      "Interrupted. {count} files were written before that, and are whole:", len(written))]  # fmt: skip
    lines += [f"  {_seen(path)}" for path in list(written)[:_SHOWN]]
    if len(written) > _SHOWN:
        lines.append("  " + t.plural("and {count} more", "and {count} more", len(written) - _SHOWN))
    return [*lines, t(_AGAIN.get(command, N_("Nothing is half-written.")))]


def tell_nothing_begun(arguments: Sequence[str]) -> int:
    """Say so to who did not want to wait until the program was read in, and return the exit code."""
    leave_without_words()
    t = Translator(language_of(arguments))
    for line in words_of_interruption("", (), t):
        sys.stderr.write(f"{line}\n")
    return INTERRUPTED


def _seen(path: Path) -> str:
    """The path from here, where it lies below."""
    here = path.cwd()
    return (path.relative_to(here) if path.is_relative_to(here) else path).as_posix()
