"""What `history` told is told again only where it would be told anew."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from conftest import CRITERIA, REVIEW
from granskning.tasks.checking import asked_history
from granskning.tasks.history.history import read_history

if TYPE_CHECKING:
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
    steps = (
        (lambda: None, 1),
        (lambda: None, 1),  # kept
        (lambda: past.change(REVIEW, ("level: 3", "level: 2")), 2),
        (lambda: None, 3),  # what is not committed is never kept
        (lambda: past.commit("ändrat"), 4),
        (lambda: None, 4),
        (lambda: past.change(CRITERIA, ("version: 1.0.0", "version: 1.0.1")), 5),
        (lambda: past.change(CRITERIA, ("version: 1.0.1", "version: 1.0.0")), 5),
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
