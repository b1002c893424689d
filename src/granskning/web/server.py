"""Start the page on this computer: an address, a secret, and uvicorn behind it."""

from __future__ import annotations

import secrets
from typing import TYPE_CHECKING

from granskning.tasks.editing.edit_session import EditSession
from granskning.web.access.access_log import check_log
from granskning.web.access.request_checks import Access
from granskning.web.app import make_app
from granskning.web.parts.context import AppState
from granskning.web.sockets import ListenAddress as ListenAddress  # noqa: PLC0414  # the command line asks for it here
from granskning.web.sockets import check_place, close, listen, names_of

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

_STOP_AFTER = 3
"""Seconds that requests under way get when the page is closed."""


def serve(  # noqa: PLR0913  # the options of the command
    root: Path,
    place: ListenAddress,
    *,
    language: str,
    read_only: bool = False,
    log: Path | None = None,
    tell: Callable[[str], None],
) -> None:
    """Serve the working folder until somebody stops it. `tell` hears the address to open.

    The secret of the session is a new one each time, unless the place has one. With a login in front of the page there
    is none. Raises UsageError when the place cannot be used, or would let in others than those it is meant for.
    """
    import uvicorn  # only for this

    check_place(place)
    if log is not None:
        check_log(log, root)
    held = listen(place)
    port = 0 if place.socket else held.getsockname()[1]
    token = "" if place.socket else place.token or secrets.token_urlsafe(32)
    access = Access(
        hosts=names_of(place, port), token=token, user_header=place.user_header, read_only=read_only,
        cookie=f"granskning-{port}",
    )  # fmt: skip
    config = uvicorn.Config(
        make_app(AppState(EditSession(root), access, language, log)), log_level="warning", access_log=False,
        server_header=False,
        proxy_headers=False, lifespan="off", ws="none", timeout_graceful_shutdown=_STOP_AFTER,
    )  # fmt: skip
    tell(str(place.socket) if place.socket else f"http://{place.host}:{port}/?token={token}")
    try:
        uvicorn.Server(config).run(sockets=[held])
    finally:
        close(held, place)
