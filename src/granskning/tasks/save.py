"""Write a file that the user has named."""

from __future__ import annotations

from typing import TYPE_CHECKING

from granskning.edges.disk import write_atomic

if TYPE_CHECKING:
    from pathlib import Path


def save_file(path: Path, data: bytes) -> None:
    """Write the whole file, or raise WriteRefusedError and leave what was there."""
    write_atomic(path, data)
