"""An alarm that rings during the first print must not leave the printer half loaded."""

from __future__ import annotations

import subprocess
import sys

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
