"""Tables on a terminal of any width."""

from __future__ import annotations

import sys

import pytest

from granskning.cli.app import run
from granskning.cli.terminal_width import fitted

TABLE = """exempelplan  2026-11  controller  (prov@1.0.0)
  Målbild                         Resultat  Omdöme   Bedömda
  ──────────────────────────────────────────────────────────
  Kunskap                              2,2  Delvis    6 av 6
    kunskap-konsuppdelad  controller: 2, strateg för jämställdhet: 3; skillnad 1"""


def _terminal(monkeypatch: pytest.MonkeyPatch, columns: int) -> None:
    monkeypatch.setattr(sys.stdout, "isatty", lambda: True)
    monkeypatch.setenv("COLUMNS", str(columns))


def test_a_table_fits_a_narrow_terminal_and_loses_no_word(monkeypatch: pytest.MonkeyPatch) -> None:
    _terminal(monkeypatch, 40)
    text = fitted(TABLE)
    assert max(map(len, text.split("\n"))) <= 40
    assert [word for word in text.split() if "─" not in word] == [word for word in TABLE.split() if "─" not in word]
    assert "  Kunskap  2,2  Delvis  6 av 6" in text.split("\n")


@pytest.mark.parametrize("columns", [100, 200])
def test_with_room_for_it_nothing_changes(monkeypatch: pytest.MonkeyPatch, columns: int) -> None:
    _terminal(monkeypatch, columns)
    assert fitted(TABLE) == TABLE


def test_in_a_pipe_nothing_changes(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", "40")
    assert fitted(TABLE) == TABLE


@pytest.mark.parametrize(
    "command", ["score", "actions", "explain GR454", "explain", "stats list", "--help", "check --help"]
)
def test_what_is_read_fits_40_columns(
    command: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    _terminal(monkeypatch, 40)
    monkeypatch.chdir("tests/cases/base")
    run(command.split())
    out = capsys.readouterr().out
    assert out
    assert [line for line in out.split("\n") if len(line) > 40] == []
