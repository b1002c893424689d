"""What is kept is told at the front door as the parser's command would tell it, and nothing else is."""

from __future__ import annotations

import subprocess
import sys
from typing import TYPE_CHECKING

import pytest

from conftest import REVIEW
from granskning.cli.build import BuildFormat
from granskning.cli.check import CheckFormat, FailLevel
from granskning.cli.history import HistoryFormat
from granskning.cli.plain_request import COMMANDS
from granskning.cli.told_before import told_before

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from pathlib import Path

    from conftest import Past, Run

    Door = Callable[[Sequence[str]], int | None]


ENTER = """
import sys
from granskning.cli.front_door import enter
enter(sys.argv[1:])
print("typer" in sys.modules)
"""


@pytest.fixture
def door(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Door:
    """What the front door does with arguments, with what the command line has kept."""
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    monkeypatch.setenv("COLUMNS", "100")
    monkeypatch.delenv("GRANSKNING_LANG", raising=False)
    monkeypatch.chdir(tmp_path)
    return lambda arguments: told_before(list(arguments))


PLAIN = (
    ("history",), ("history", "--format", "csv"), ("history", "--format", "table", "provplan"), ("history", "provplan"),
    ("-v", "history"), ("-q", "history"), ("check",), ("-q", "check"), ("check", REVIEW), ("check", "provplan", REVIEW),
    ("check", "--format", "json"), ("check", "--format", "junit", "strategies"), ("check", "--fail-on", "warning"),
    ("build", "--format", "html"), ("-q", "build", "--format", "html"),
)  # fmt: skip
PLAINEST = (("history",), ("check",), ("build", "--format", "html"))
OTHERWISE = tuple((command, words) for command in PLAINEST for words in (
    ("--format=csv",), ("--no-cache",), ("--lang", "en"), ("--", "provplan"), ("--help",), ("ingen",), ("--format",),
    ("--format", "yaml"), ("--format", ""), ("-C",), ("-x",), ("",),
))  # fmt: skip


@pytest.mark.parametrize("words", PLAIN, ids=" ".join)
def test_the_front_door_tells_what_the_parser_would_and_only_what_is_kept(
    words: tuple[str, ...], past: Past, granskning: Run, door: Door, capsys: pytest.CaptureFixture[str]
) -> None:
    if "check" in words:  # findings, an error among them
        past.change(REVIEW, ("round: 2026-11", "round: 2026-12"))
    arguments = ("-C", str(past.root), *words)
    assert door(arguments) is None
    if "build" in words:  # told is what there is to do
        granskning(*arguments)
    told = granskning(*arguments)
    capsys.readouterr()
    for order in (arguments, (*words, "-C", str(past.root))):
        assert door(order) == told.returncode
        assert capsys.readouterr() == (told.stdout, told.stderr)
    past.change(REVIEW, ("level: 3", "level: 2"))
    assert door(arguments) is None
    assert capsys.readouterr() == ("", "")


@pytest.mark.parametrize("asked", OTHERWISE, ids=str)
def test_anything_else_is_left_to_the_parser(
    asked: tuple[Sequence[str], Sequence[str]],
    past: Past,
    granskning: Run,
    door: Door,
    capsys: pytest.CaptureFixture[str],
) -> None:
    command, words = asked
    plain = ("-C", str(past.root), *command)
    granskning(*plain)
    assert door(plain) is not None
    capsys.readouterr()
    assert door((*plain, *words)) is None
    assert door((*words, *plain)) is None or words == ("-C",)
    assert door(("-C", str(past.root / "ingen"), *command)) is None
    assert door(("-C", str(past.root), "score")) is None
    assert capsys.readouterr() == ("", "")


def test_words_in_another_language_than_asked_for_are_left_to_the_parser(
    past: Past, granskning: Run, door: Door, monkeypatch: pytest.MonkeyPatch
) -> None:
    plain = ("-C", str(past.root), "history")
    monkeypatch.setenv("GRANSKNING_LANG", "fi")
    granskning(*plain)
    assert door(plain) is None  # that the fixed words are Swedish is said each time


def test_the_front_door_knows_the_values_of_the_options() -> None:
    forms = tuple(form.value for form in CheckFormat)
    levels = tuple(level.value for level in FailLevel)
    assert COMMANDS["check"] == {"--format": forms, "--fail-on": levels}
    assert COMMANDS["build"] == {"--format": ("", *(form.value for form in BuildFormat))}
    assert set(COMMANDS["history"]["--format"]) == {form.value for form in HistoryFormat} - {"json"}


@pytest.mark.process
@pytest.mark.parametrize("command", PLAINEST, ids=" ".join)
def test_what_is_kept_is_told_without_the_parser(
    command: tuple[str, ...], past: Past, granskning: Run, door: Door
) -> None:
    plain = ("-C", str(past.root), *command)
    granskning(*plain)
    told = granskning(*plain)
    assert door(plain) == told.returncode
    enter = (
        "import sys; from granskning.cli.front_door import enter; enter(sys.argv[1:]); print('typer' in sys.modules)"
    )
    again = subprocess.run([sys.executable, "-c", enter, *plain], capture_output=True, text=True, check=True)
    assert (again.stdout, again.stderr) == (f"{told.stdout}False\n", told.stderr)
