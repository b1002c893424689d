"""What files there are in a working folder and when each was changed last: names, times and sizes, no contents."""

from __future__ import annotations

import os
from contextlib import suppress
from pathlib import Path

_READ = ("granskning.yaml", "criteria", "strategies", "templates")
"""What a report may rest on; outputs and the repository's own files are not looked at."""
MOST_FILES = 50_000
"""More than any working folder has; a walk through more would never end."""


def look_at(root: Path) -> dict[str, tuple[int, int]]:
    """The time and the size of each file that a report may rest on, by path. Links are not followed to folders."""
    seen: dict[str, tuple[int, int]] = {}
    waiting = [str(root / name) for name in _READ]
    while waiting and len(seen) < MOST_FILES:
        path = waiting.pop()
        with suppress(OSError):  # gone meanwhile, or not ours to read: the next look sees
            if Path(path).is_dir():
                with os.scandir(path) as entries:
                    waiting += [
                        entry.path
                        for entry in entries
                        if not entry.name.startswith(".") and not (entry.is_symlink() and entry.is_dir())
                    ]
            else:
                found = os.stat(path)  # noqa: PTH116
                seen[path] = (found.st_mtime_ns, found.st_size)
    return seen
