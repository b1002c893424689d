"""The help of every command, as narrow and as wide as terminals are: whole words, none left out, in one language."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest

from granskning.cli.groups import COMMANDS

if TYPE_CHECKING:
    from pathlib import Path

    from conftest import Run

EVERY = ("", *COMMANDS, "stats fetch", "stats list", "stats show")
LONGEST = 100
"""So wide is a page of help at most."""
LONGEST_WORD = 46
"""What cannot be parted, such as the choices of an option, may be wider than a narrow terminal."""


def help_of(granskning: Run, folder: Path, command: str, columns: int, language: str) -> str:
    env = {"COLUMNS": str(columns)}
    return granskning("--lang", language, *command.split(), "--help", cwd=folder, env=env).stdout


@pytest.mark.parametrize("command", EVERY)
def test_no_word_of_a_help_is_cut_or_parted(tmp_path: Path, granskning: Run, command: str) -> None:
    wide = help_of(granskning, tmp_path, command, 200, "sv")
    assert wide.startswith("Användning: granskning")
    for columns in (30, 40, 80):
        page = help_of(granskning, tmp_path, command, columns, "sv")
        assert page.split() == wide.split()
        assert [line for line in page.splitlines() if len(line) > max(columns, LONGEST_WORD)] == []
    assert max(map(len, wide.splitlines())) <= LONGEST
    repeated = re.compile(r"\[[A-ZÅÄÖ]+\]\.\.\.")
    assert [word for word in wide.split() if word.endswith("...") and not repeated.fullmatch(word)] == []


@pytest.mark.parametrize("command", EVERY)
def test_what_stands_in_for_a_value_is_in_the_language_of_the_help(
    tmp_path: Path, granskning: Run, command: str
) -> None:
    words = {language: help_of(granskning, tmp_path, command, 100, language) for language in ("sv", "en")}
    stand_ins = {language: set(re.findall(r"\b[A-ZÅÄÖ]{4,}\b", text)) for language, text in words.items()}
    assert stand_ins["sv"] & stand_ins["en"] <= {"YAML", "JSON", "PERIOD", "TEXT", "PORT", "VERSION", "GRANSKNING"}
    for text in words.values():
        assert not re.search(r"<(str|int|path|int range)>|<=x|x>=|[{}]", text)
