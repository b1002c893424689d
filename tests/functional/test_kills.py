"""What is killed, or refused by the disk, leaves old or new and nothing else. `make nightly` kills far more often."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

TESTS = Path(__file__).parents[1]
POWERS = "-dac_override,-dac_read_search"
"""What lets a superuser write where nobody may."""


@pytest.mark.skipif(not hasattr(os, "fork"), reason="the processes are forked")
def test_twenty_kills_and_a_disk_that_says_no_lose_nothing() -> None:
    bound = ("setpriv", f"--bounding-set={POWERS}", f"--inh-caps={POWERS}")
    before = bound if os.geteuid() == 0 and shutil.which("setpriv") else ()
    done = subprocess.run(
        [*before, sys.executable, "refused_writes.py", "short"],
        cwd=TESTS, capture_output=True, text=True, timeout=900, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stdout + done.stderr
    assert "20 kills, 0 faults" in done.stdout
    assert "refused writes" in done.stdout
