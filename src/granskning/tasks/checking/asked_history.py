"""The history of a folder, and all that it rests on."""

from __future__ import annotations

from contextlib import suppress
from typing import TYPE_CHECKING

from granskning.edges.disk import FolderFiles, find_root
from granskning.errors import GranskningError
from granskning.tasks.checking.asked_files import AskedFiles, Ground
from granskning.tasks.checking.repository_state import repository_state
from granskning.tasks.history.history import read_history

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from granskning.i18n import Translator
    from granskning.tasks.history.history import History


def read_asked_history(
    start: Path, t: Translator, name: str | None, tick: Callable[[int, int], None]
) -> tuple[History, Ground | None]:
    """The history, read with its cache; and its ground, where it is the folder and its newest commit alone.

    Raises as `read_history` does.
    """
    root = find_root(start)
    git = None
    with suppress(OSError, ValueError, GranskningError):
        git = repository_state(root)
    files = AskedFiles(FolderFiles(root))
    history = read_history(start, t, name=name, files=files, tick=tick)
    is_sure = history.is_committed and history.damage is None and not history.is_damaged
    return history, Ground(files.questions, git) if is_sure and git is not None else None
