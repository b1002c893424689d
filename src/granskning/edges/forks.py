"""Work done on every core by copies of this process, which begin with all that it has read.

In go a function and shares of work, out come its results as they are ready, as plain values over a pipe. A copy that
dies gives no more: whoever asked does the rest. It is for much quick work; what may get stuck goes to `workers`.
"""

from __future__ import annotations

import contextlib
import os
import sys
import threading
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence
    from multiprocessing.connection import Connection
    from multiprocessing.context import ForkProcess


def usable_cores() -> int:
    """As many as this process may use processors."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


def can_copy() -> bool:
    """Whether this process can go on in copies: the system does that safely, and nothing else goes on in it."""
    return sys.platform not in ("win32", "darwin") and threading.active_count() == 1


def run_in_copies(work: Callable[..., Iterator[Any]], shares: Sequence[Any]) -> Iterator[Any]:
    """Yield what the function yields for each share, which a copy of this process does; fewer where one dies."""
    from multiprocessing import get_context  # noqa: PLC0415  # only for folders of many files
    from multiprocessing.connection import wait  # noqa: PLC0415

    context = get_context("fork")
    copies: list[ForkProcess] = []
    open_ends: list[Connection] = []
    for share in shares:
        receiver, sender = context.Pipe(duplex=False)
        copy = context.Process(target=_work, args=(work, share, sender), daemon=True)
        copy.start()
        sender.close()
        copies.append(copy)
        open_ends.append(receiver)
    try:
        while open_ends:
            ready = wait(open_ends)
            for end in [end for end in open_ends if end in ready]:
                try:
                    yield end.recv()
                except (EOFError, OSError):
                    open_ends.remove(end)
    finally:
        for copy in copies:
            copy.terminate()
            copy.join()


def _work(work: Callable[..., Iterator[Any]], share: Any, sender: Connection) -> None:
    with contextlib.suppress(BaseException):  # whoever asked does what is missing, and tells what is wrong with it
        for result in work(share):
            sender.send(result)
    sender.close()
    os._exit(0)
