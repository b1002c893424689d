"""What `history` told is told again only where it would be told anew."""

from __future__ import annotations

import subprocess
import sys
from typing import TYPE_CHECKING

import pytest

from conftest import CRITERIA, REVIEW
from granskning.cli.told_history import told_before
from granskning.tasks.checking import asked_history
from granskning.tasks.history.history import read_history

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from pathlib import Path

    from conftest import Past, Run


@pytest.fixture
def readings(monkeypatch: pytest.MonkeyPatch) -> list[object]:
    """The readings of a history that there were beside those without memory."""
    seen: list[object] = []

    def count(*arguments: object, **options: object) -> object:
        seen.append(arguments)
        return read_history(*arguments, **options)  # type: ignore[arg-type]

    monkeypatch.setattr(asked_history, "read_history", count)
    return seen


def test_whatever_changes_is_seen(past: Past, granskning: Run, readings: list[object]) -> None:
    def replace(path: str, old: str, new: str) -> None:
        text = (past.root / path).read_text("utf-8")
        assert old in text
        (past.root / path).write_text(text.replace(old, new, 1), "utf-8", newline="\n")

    steps = (
        (lambda: None, 1),
        (lambda: None, 1),  # kept
        (lambda: replace(REVIEW, "level: 3", "level: 2"), 2),
        (lambda: None, 3),  # what is not committed is never kept
        (lambda: past.commit("ändrat"), 4),
        (lambda: None, 4),
        (lambda: replace(CRITERIA, "version: 1.0.0", "version: 1.0.1"), 5),
        (lambda: replace(CRITERIA, "version: 1.0.1", "version: 1.0.0"), 5),
        ((past.root / REVIEW).unlink, 6),
    )
    said = []
    for step, count in steps:
        step()
        remembered = granskning("-C", str(past.root), "history")
        anew = granskning("-C", str(past.root), "--no-cache", "history")
        assert (remembered.stdout, remembered.stderr) == (anew.stdout, anew.stderr)
        assert len(readings) == count
        said.append(anew.stdout)
    assert len(set(said)) > 3


def test_each_layout_is_kept_for_itself(past: Past, granskning: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    said = set()
    for width in ("100", "140"):
        monkeypatch.setenv("COLUMNS", width)
        for words in ((), ("--format", "csv"), ("provplan",)):
            for language in ("sv", "en"):
                command = ("-C", str(past.root), "--lang", language, "history", *words)
                first, again = granskning(*command), granskning(*command)
                assert first.stdout
                assert (first.stdout, first.returncode) == (again.stdout, again.returncode)
                said.add(first.stdout)
    assert len(said) >= 4


@pytest.fixture
def door(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[[Sequence[str]], bool]:
    """What the front door does with arguments, with what the command line has kept."""
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    monkeypatch.setenv("COLUMNS", "100")
    monkeypatch.delenv("GRANSKNING_LANG", raising=False)
    return lambda arguments: told_before(list(arguments))


PLAIN = (
    (), ("--format", "csv"), ("--format", "table", "provplan"), ("provplan",), ("-v",), ("-q",), ("-v", "provplan"),
)  # fmt: skip
OTHERWISE = (
    ("--format", "json"), ("--format=csv",), ("--no-cache",), ("--lang", "en"), ("a", "b"), ("--", "provplan"),
    ("--help",), ("ingen",), ("--format",), ("-C",),
)  # fmt: skip


@pytest.mark.parametrize("words", PLAIN, ids=" ".join)
def test_the_front_door_tells_what_the_parser_would_and_only_what_is_kept(
    words: tuple[str, ...],
    past: Past,
    granskning: Run,
    door: Callable[[Sequence[str]], bool],
    capsys: pytest.CaptureFixture[str],
) -> None:
    arguments = ("-C", str(past.root), "history", *words)
    assert not door(arguments)
    told = granskning(*arguments)
    capsys.readouterr()
    for order in (arguments, ("history", *words, "-C", str(past.root))):
        assert door(order)
        assert capsys.readouterr() == (told.stdout, told.stderr)
    past.change(REVIEW, ("level: 3", "level: 2"))
    assert not door(arguments)
    assert capsys.readouterr() == ("", "")


@pytest.mark.parametrize("words", OTHERWISE, ids=" ".join)
def test_anything_else_is_left_to_the_parser(
    words: tuple[str, ...],
    past: Past,
    granskning: Run,
    door: Callable[[Sequence[str]], bool],
    capsys: pytest.CaptureFixture[str],
) -> None:
    plain = ("-C", str(past.root), "history")
    granskning(*plain)
    assert door(plain)
    capsys.readouterr()
    assert not door((*plain, *words))
    assert not door((*words, *plain)) or words == ("-C",)
    assert not door(("-C", str(past.root / "ingen"), "history"))
    assert capsys.readouterr() == ("", "")


def test_words_in_another_language_than_asked_for_are_left_to_the_parser(
    past: Past, granskning: Run, door: Callable[[Sequence[str]], bool], monkeypatch: pytest.MonkeyPatch
) -> None:
    plain = ("-C", str(past.root), "history")
    monkeypatch.setenv("GRANSKNING_LANG", "fi")
    granskning(*plain)
    assert not door(plain)  # that the fixed words are Swedish is said each time


@pytest.mark.process
def test_what_is_kept_is_told_without_the_parser(
    past: Past, granskning: Run, door: Callable[[Sequence[str]], bool]
) -> None:
    plain = ("-C", str(past.root), "history")
    told = granskning(*plain).stdout
    assert door(plain)
    enter = (
        "import sys; from granskning.cli.front_door import enter; enter(sys.argv[1:]); print('typer' in sys.modules)"
    )
    command = [sys.executable, "-c", enter, *plain]
    assert subprocess.run(command, capture_output=True, text=True, check=True).stdout == f"{told}False\n"
