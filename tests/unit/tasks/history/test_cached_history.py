"""What the cache gives back is learnt again when it is not as it was written, also with a checksum that holds."""

from __future__ import annotations

import os
import sqlite3
import subprocess
from contextlib import closing
from typing import TYPE_CHECKING

from granskning.edges.cache import _checksum
from granskning.i18n import Translator
from granskning.tasks.history.history import read_history

if TYPE_CHECKING:
    from pathlib import Path

    import pytest

MOMENT = "[0, 0, [null, null, null, null, null], 7, null, null, null, false]"
STRAY = [
    "[1]",
    "{",
    "null",
    "1",
    "[]",
    '[[[], [], [], [["s", null, null, [], "x"]]], [], false]',
    f'[[[], [], [], [["s", null, null, [{MOMENT}], ["s"]]]], [], false]',
]


def test_entries_of_wrong_kinds_are_worked_out_again(
    workspace: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    who = {"GIT_AUTHOR_NAME": "a", "GIT_AUTHOR_EMAIL": "a@a", "GIT_COMMITTER_NAME": "a", "GIT_COMMITTER_EMAIL": "a@a"}
    for words in (["init", "-q"], ["add", "-A"], ["commit", "-qm", "a"]):
        subprocess.run(["git", *words], cwd=workspace, check=True, env={**os.environ, **who})
    known = read_history(workspace, Translator("sv"), full=True)
    assert known.timelines
    [file] = (tmp_path / "cache/granskning").glob("history-*.sqlite")
    with closing(sqlite3.connect(file)) as database, database:
        entries = database.execute("SELECT key, value FROM entries").fetchall()
    assert {key.partition(":")[0] for key, _ in entries} == {"h", "r4", "c3", "b1", "f", "s2"}
    for stray in STRAY:
        with closing(sqlite3.connect(file)) as database, database:
            for key, value in entries:
                if key.startswith("s2:") and stray == "null":  # which says that the strategy could not be read
                    continue
                mark, line, _ = value.partition("\n")
                text = f"{mark}\n{stray}" if key.startswith("h:") and line else stray
                row = (text, _checksum(key, text), key)
                database.execute("UPDATE entries SET value = ?, sum = ? WHERE key = ?", row)
        assert read_history(workspace, Translator("sv"), full=True) == known, stray
