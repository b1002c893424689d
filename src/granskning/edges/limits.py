"""Limits for code that we did not write: seconds, and how large a picture may become when it is unpacked."""

from __future__ import annotations

import contextlib
import io
import signal
import threading
from typing import TYPE_CHECKING, Any

from granskning.errors import TookTooLongError
from granskning.i18n import N_

if TYPE_CHECKING:
    from collections.abc import Iterator

MOST_PIXELS = 30_000_000
"""An A4 page at 600 dots per inch has 35 million; no report needs more in one picture."""


@contextlib.contextmanager
def stopped_after(seconds: float) -> Iterator[None]:
    """Raise TookTooLongError where the code stands when its time is out, and again until it gives in.

    Only in the main thread and where the system has such alarms; elsewhere the pool's own limit ends the process.
    """
    if not hasattr(signal, "setitimer") or threading.current_thread() is not threading.main_thread():
        yield
        return

    def stop(_number: int, _frame: Any) -> None:
        raise TookTooLongError(N_("stopped after {seconds} seconds"), "", seconds=seconds)

    before = signal.signal(signal.SIGALRM, stop)
    signal.setitimer(signal.ITIMER_REAL, seconds, 1)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, before)


def explodes(data: bytes) -> bool:
    """Whether a picture becomes larger than MOST_PIXELS when it is unpacked. Only its head is read."""
    import warnings  # noqa: PLC0415

    from PIL import Image, UnidentifiedImageError  # noqa: PLC0415  # comes with WeasyPrint; loading it takes a while

    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            with Image.open(io.BytesIO(data)) as picture:
                width, height = picture.size
                return width * height * getattr(picture, "n_frames", 1) > MOST_PIXELS
    except Image.DecompressionBombError:
        return True
    except (UnidentifiedImageError, OSError, ValueError, SyntaxError):
        return False  # a drawing, or no picture at all; what can't be read is not unpacked either
