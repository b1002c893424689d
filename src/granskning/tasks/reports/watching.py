"""Make a report again each time that something it may rest on is changed, until somebody interrupts."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

from granskning.edges.watching import look_at
from granskning.tasks.folder.open import find_folder

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

REST = 0.4
"""Seconds between two looks: a reader who saves takes longer to look up."""
_SHARE = 20
"""So many times as long as a look takes, it rests: looking never takes more than a twentieth of a processor."""


def watch(start: Path, render: Callable[[], None], rest: Callable[[float], None] = time.sleep) -> None:
    """Call `render` at once and after each change in the working folder that `start` lies in.

    A change is taken up when two looks in a row see the same, so that nothing is made of a file that is half written.
    Ends only by what `rest` or `render` raises.
    """
    root = find_folder(start)
    made: dict[str, tuple[int, int]] | None = None
    before: dict[str, tuple[int, int]] | None = None
    while True:
        began = time.monotonic()
        seen = look_at(root)
        took = time.monotonic() - began
        if made is None or (seen != made and seen == before):
            render()
            made = seen
        before = seen
        rest(max(REST, _SHARE * took))
