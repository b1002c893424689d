"""What is loaded, and when: all of the printer before any alarm rings, and of the reports the one that is made."""

from __future__ import annotations

import subprocess
import sys
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path

SCRIPT = """
import sys

from granskning.edges.limits import Limit
from granskning.shipped import fonts_folder
from granskning.tasks.reports.printing import Job, print_all

page = "<!DOCTYPE html><html lang=sv><head><title>T</title></head><body><h1>T</h1><p>Text.</p></body></html>"

def printed(seconds):
    jobs = [Job("a.pdf", page)]
    return next(iter(print_all(jobs, {}, fonts=fonts_folder(), workers=1, limit=Limit(seconds))))[1]

print(type(printed(0.05)).__name__)
print("weasyprint.pdf.tags" in sys.modules)
print(type(printed(60)).__name__)
"""


def test_a_page_that_is_stopped_does_not_spoil_the_next() -> None:
    done = subprocess.run([sys.executable, "-c", SCRIPT], capture_output=True, text=True, check=False, timeout=300)
    assert done.returncode == 0, done.stderr
    _, is_loaded, printed = done.stdout.split()
    assert (is_loaded, printed) == ("True", "Printed"), "whatever the clock says, the whole of it is loaded first"


def test_a_report_of_a_review_loads_nothing_of_the_others(workspace: Path) -> None:
    words = ["render", "provplan/2026-11/granskaren", "--format", "html", "-o", "-"]
    command = [sys.executable, "-X", "importtime", "-m", "granskning", *words]
    done = subprocess.run(command, cwd=workspace, capture_output=True, text=True, check=False, timeout=300)
    assert "<html" in done.stdout, done.stderr
    loaded = {line.rsplit("|", 1)[1].strip() for line in done.stderr.splitlines() if "|" in line}
    rooms = {name.removeprefix("granskning.reporting.").partition(".")[0] for name in loaded if ".reporting." in name}
    assert "review" in rooms
    assert not rooms & {"criteria", "differences", "national", "over_time", "portfolio", "round"}
    assert "granskning.tasks.history.history" not in loaded
