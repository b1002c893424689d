"""What is killed, or refused by the disk, leaves old or new and nothing else. `make nightly` kills far more often."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

TESTS = Path(__file__).parents[1]
FORKS = pytest.mark.skipif(not hasattr(os, "fork"), reason="the processes are forked")


def told_by(*words: str, before: tuple[str, ...] = ()) -> str:
    done = subprocess.run(
        [*before, sys.executable, *words], cwd=TESTS, capture_output=True, text=True, timeout=900, check=False
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


@FORKS
def test_twenty_kills_lose_nothing() -> None:
    assert "20 kills, 0 faults" in told_by("kills.py", "20", "14")


@FORKS
def test_a_disk_that_says_no_is_told_and_changes_nothing() -> None:
    powers = "-dac_override,-dac_read_search"
    before = ("setpriv", f"--bounding-set={powers}", f"--inh-caps={powers}")
    said = told_by("refused_writes.py", "short", before=before if os.geteuid() == 0 and shutil.which("setpriv") else ())
    assert ", 0 faults" in said
