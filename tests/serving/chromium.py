"""Debian's Chromium, driven by Playwright. Where it is missing the tests are skipped, but never in CI."""

from __future__ import annotations

import contextlib
import os
import shutil
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from collections.abc import Iterator

    from playwright.sync_api import Browser

PROGRAMS = ("/usr/bin/chromium-headless-shell", "/usr/bin/chromium")
"""The first that is here: the same browser without tabs, bookmarks and menus, which nobody looks at in a test. They
cost more than the pages do."""
ARGUMENTS = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-gpu-rasterization",  # Debian asks for it; where there is no GPU that is half of the processor time
    "--disable-background-networking",
    "--host-resolver-rules=MAP granskning.exempel.se 127.0.0.1",  # the name of the house behind a login
)


@contextlib.contextmanager
def launched() -> Iterator[Browser]:
    """A browser for a while."""
    program = next(filter(shutil.which, PROGRAMS), None)
    if program is None and "CI" not in os.environ:
        pytest.skip("chromium is not on this computer; .ci/setup test installs it")
    from playwright.sync_api import sync_playwright  # noqa: PLC0415  # other tests need none

    with sync_playwright() as play:
        held = play.chromium.launch(executable_path=program, args=list(ARGUMENTS))
        yield held
        held.close()
