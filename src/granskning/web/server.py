"""Start the page on this computer: an address, a secret, and uvicorn behind it."""

from __future__ import annotations

import secrets
import socket
from typing import TYPE_CHECKING

from granskning.errors import UsageError
from granskning.i18n import N_
from granskning.tasks.desk import Desk
from granskning.web.app import make_app
from granskning.web.context import House
from granskning.web.guard import Access

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from pathlib import Path

LOOPBACK = ("127.0.0.1", "localhost", "[::1]")
_STOP_AFTER = 3
"""Seconds that requests under way get when the page is closed."""


def serve(  # noqa: PLR0913  # what a user may choose, by name
    root: Path,
    *,
    language: str,
    host: str = "127.0.0.1",
    port: int = 0,
    read_only: bool = False,
    public_hosts: Sequence[str] = (),
    user_header: str = "",
    tell: Callable[[str], None],
) -> None:
    """Serve the working folder until somebody stops it. `tell` hears the address to open.

    With `user_header` a login in front of the page decides who comes in, and no secret is made. Raises UsageError when
    the port is taken.
    """
    import uvicorn  # noqa: PLC0415  # only for this

    held = _listen(host, port)
    port = held.getsockname()[1]
    names = {name.lower() for name in (*LOOPBACK, host, *public_hosts)}
    hosts = frozenset({f"{name}:{port}" for name in names} | {name.lower() for name in public_hosts})
    token = "" if user_header else secrets.token_urlsafe(32)
    access = Access(hosts=hosts, token=token, user_header=user_header, read_only=read_only)
    app = make_app(House(Desk(root), access, language))
    config = uvicorn.Config(
        app, log_level="warning", access_log=False, server_header=False, proxy_headers=False, lifespan="off",
        timeout_graceful_shutdown=_STOP_AFTER,
    )  # fmt: skip
    tell(f"http://{host}:{port}/" + (f"?token={token}" if token else ""))
    with held:
        uvicorn.Server(config).run(sockets=[held])


def _listen(host: str, port: int) -> socket.socket:
    """A socket at the address. Raises UsageError when it cannot be had."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    held = socket.socket(family, socket.SOCK_STREAM)
    held.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        held.bind((host.strip("[]"), port))
    except OSError as error:
        held.close()
        message = N_("the address {host}:{port} cannot be used: {reason}")
        raise UsageError(
            message, N_("choose another port with --port"), host=host, port=port, reason=error.strerror
        ) from error
    held.listen(128)
    return held
