"""One thing that `doctor` has looked at."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal


@dataclass(frozen=True, slots=True)
class InstalledPart:
    """One thing looked at. `name` and `needed_for` are msgids; `cure` is a line to run, or empty."""

    name: str
    standing: Literal["here", "missing", "advice", "spare"]
    detail: str
    needed_for: str
    cure: str = ""
