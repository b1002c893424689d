"""The log of access and change: one line of JSON for each request, and never what anybody has written.

The file is opened anew for each line, so that whoever rotates logs may move it away. A change that could not be logged
is not let through.
"""

from __future__ import annotations

import datetime as dt
import json
import os
from http import HTTPStatus
from typing import TYPE_CHECKING, Any

from starlette.responses import PlainTextResponse

from granskning.errors import UsageError
from granskning.i18n import N_
from granskning.web.access.request_checks import SAFE_METHODS, user_of

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from starlette.types import ASGIApp, Message, Receive, Scope, Send

    from granskning.i18n import Translator

_LONGEST = 500
"""Letters of a path that are kept."""
_OURS_TO_WRITE = 0o640


class AccessLog:
    """ASGI middleware that tells a file who asked for what, what a change was of, and what came of it."""

    def __init__(
        self, app: ASGIApp, file: Path, user_header: str, rights: Callable[[Scope], tuple[str, ...]], t: Translator
    ) -> None:
        self._app, self._file, self._user_header, self._rights, self._t = app, file, user_header, rights, t

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass a request on, and write down what came of it."""
        if scope["type"] != "http" or scope["path"].startswith("/static/"):
            await self._app(scope, receive, send)
            return
        is_change = scope["method"] not in SAFE_METHODS
        if is_change and not is_writable(self._file):
            t = self._t
            refused = PlainTextResponse(t("The log cannot be written, so nothing is changed."), 503)
            await refused(scope, receive, send)
            return
        line = self._line(scope, is_change=is_change)  # before it is answered, since routing adds to the scope
        is_written = False

        async def watch(message: Message) -> None:
            nonlocal is_written
            if message["type"] == "http.response.start":  # who has been answered is in the log
                is_written = True
                self._write(line, message["status"], is_change=is_change)
            await send(message)

        try:
            await self._app(scope, receive, watch)
        finally:
            if not is_written:
                self._write(line, 500, is_change=is_change)

    def _line(self, scope: Scope, *, is_change: bool) -> dict[str, Any]:
        return {
            "time": dt.datetime.now(tz=dt.UTC).isoformat(timespec="milliseconds"),
            "user": user_of(scope, self._user_header),
            "method": scope["method"][:_LONGEST],
            "path": scope["path"][:_LONGEST],  # without the query, which may hold words that somebody looked for
            "change": list(self._rights(scope)) if is_change and scope["path"] != "/sprak" else [],
        }

    def _write(self, line: dict[str, Any], status: int, *, is_change: bool) -> None:
        outcome = _outcome(status, is_change=is_change)
        data = (json.dumps({**line, "status": status, "outcome": outcome}) + "\n").encode()
        flags = os.O_WRONLY | os.O_APPEND | os.O_CREAT
        try:
            descriptor = os.open(self._file, flags, _OURS_TO_WRITE)
        except OSError:
            return  # reading goes on; the next change is refused
        with os.fdopen(descriptor, "ab") as log:
            log.write(data)


def _outcome(status: int, *, is_change: bool) -> str:
    if status >= HTTPStatus.INTERNAL_SERVER_ERROR:
        return "failed"
    if status >= HTTPStatus.BAD_REQUEST:
        return "refused"
    return "changed" if is_change else "read"


def is_writable(file: Path) -> bool:
    """Whether a line can be added to the log."""
    try:
        os.close(os.open(file, os.O_WRONLY | os.O_APPEND | os.O_CREAT, _OURS_TO_WRITE))
    except OSError:
        return False
    return file.is_file()


def check_log(file: Path, root: Path) -> None:
    """Raise UsageError for a log that cannot be written, or that lies among the reviews."""
    if file.resolve().is_relative_to(root.resolve()):
        message = N_("the log {file} would lie in the working folder, where it could be saved with git")
        raise UsageError(message, N_("choose a place outside it, such as /var/log/granskning/log.jsonl"), file=file)
    if not is_writable(file):
        message = N_("the log {file} cannot be written")
        raise UsageError(message, N_("choose another file, in a folder that you may write to"), file=file)
