"""What Ctrl+C may not part, and what is known of the work when it has come: which files are in their place by then."""

from __future__ import annotations

import contextlib
import signal
from contextvars import ContextVar
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

_NOTED: ContextVar[dict[Path, None] | None] = ContextVar("noted writes", default=None)


class StoppedByUserError(Exception):
    """Ctrl+C came while a command was at work."""

    def __init__(self, command: str) -> None:
        super().__init__(command)
        self.command = command


@contextlib.contextmanager
def uninterrupted() -> Iterator[None]:
    """Let Ctrl+C wait until this is over: for what is short, and would be half done otherwise.

    In another thread than the main one Python tells nobody of it, and nothing is changed.
    """
    came: list[tuple[int, Any]] = []
    before = signal.getsignal(signal.SIGINT)
    try:
        signal.signal(signal.SIGINT, lambda number, frame: came.append((number, frame)))
    except ValueError:
        yield
        return
    try:
        yield
    finally:
        signal.signal(signal.SIGINT, before if before is not None else signal.SIG_DFL)
        if came and callable(before):
            before(*came[0])


@contextlib.contextmanager
def noted_writes() -> Iterator[dict[Path, None]]:
    """The files and folders that are written from here on by this thread, in order, each of them whole."""
    written: dict[Path, None] = {}
    token = _NOTED.set(written)
    try:
        yield written
    finally:
        _NOTED.reset(token)


def note_written(paths: Iterable[Path]) -> None:
    """Note what is in its place."""
    if (written := _NOTED.get()) is not None:
        written.update(dict.fromkeys(paths))


def leave_without_words() -> None:
    """From here on the work is done and all is said: Ctrl+C ends the process as it ends any other."""
    if signal.getsignal(signal.SIGINT) is signal.default_int_handler:  # not where the shell told us to hear nothing
        signal.signal(signal.SIGINT, signal.SIG_DFL)
