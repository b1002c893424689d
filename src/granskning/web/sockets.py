"""Where the page listens: a port on this computer, or a socket file for a login in front of it. Never the network."""

from __future__ import annotations

import contextlib
import errno
import ipaddress
import os
import re
import socket
import stat
from dataclasses import dataclass
from typing import TYPE_CHECKING

from granskning.errors import UsageError, Words
from granskning.i18n import N_

if TYPE_CHECKING:
    from pathlib import Path

LOOPBACK = ("127.0.0.1", "localhost", "[::1]")
_SECRET = re.compile(r"[A-Za-z0-9_-]{32,}")
_OURS_AND_OUR_GROUPS = 0o117
"""What is taken from the permissions of a socket file, so that it becomes rw-rw----."""


@dataclass(frozen=True, slots=True)
class ListenAddress:
    """Where to listen, by what names the page is reached, and who says who the reader is."""

    host: str = "127.0.0.1"
    port: int = 0
    socket: Path | None = None
    public_hosts: tuple[str, ...] = ()
    user_header: str = ""
    token: str = ""
    """A secret that the user has chosen, so that an address stays good when the page is started again."""


def check_place(place: ListenAddress) -> None:
    """Raise UsageError where the page could be reached by others than those it is meant for.

    Whoever can open a port can also send a header. So a user's name is only believed when it comes through a socket
    file, whose permissions say who may use it; and no port but this computer's own is opened.
    """
    if place.token and not _SECRET.fullmatch(place.token):
        message = N_(
            "the secret in GRANSKNING_TOKEN is too short, or has other characters than letters, digits, - and _"
        )
        raise UsageError(message, N_("choose at least 32 characters"))
    if place.socket is None and not _is_loopback(place.host):
        message = N_("the page would be open to everybody who reaches {host}, and without encryption")
        hint = N_("use --socket with a login in front of it, as the handbook's page on a server shows")
        raise UsageError(message, hint, host=place.host)
    if place.user_header and place.socket is None:
        message = N_("--user-header needs --socket: any program on this computer could send that header to a port")
        raise UsageError(message, N_("choose a socket file that only the login may use: --socket PATH"))
    if place.socket is not None and not (place.user_header and place.public_hosts):
        message = N_("--socket needs --user-header, which says who is logged in, and --public-host, the page's name")
        raise UsageError(message, N_("the handbook's page on a server has an example"))


def listen(place: ListenAddress) -> socket.socket:
    """A listening socket. Raises UsageError when it cannot be had."""
    return _listen_at_file(place.socket) if place.socket else _listen_at_port(place.host, place.port)


def close(connection: socket.socket, place: ListenAddress) -> None:
    """Close it, and take the socket file away."""
    connection.close()
    if place.socket:
        with contextlib.suppress(OSError):
            place.socket.unlink()


def names_of(place: ListenAddress, port: int) -> frozenset[str]:
    """The values of the Host header that mean this page, in small letters."""
    given = {name.lower() for name in place.public_hosts}
    return frozenset(given if place.socket else given | {f"{name}:{port}" for name in {*LOOPBACK, place.host, *given}})


def _is_loopback(host: str) -> bool:
    if host == "localhost":
        return True
    with contextlib.suppress(ValueError):
        return ipaddress.ip_address(host.strip("[]")).is_loopback
    return False


def _listen_at_port(host: str, port: int) -> socket.socket:
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    held = socket.socket(family, socket.SOCK_STREAM)
    held.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        held.bind((host.strip("[]"), port))
        held.listen(128)
    except OSError as error:
        held.close()
        message = N_("the address {host}:{port} cannot be used: {reason}")
        hint = N_("choose another port with --port")
        raise UsageError(message, hint, host=host, port=port, reason=_reason(error)) from error
    return held


def _reason(error: OSError) -> Words | str:
    """Why a port cannot be had, in our words where we have them."""
    if error.errno == errno.EADDRINUSE:
        return Words(N_("another program uses it, perhaps a page that is open already"))
    if error.errno == errno.EACCES:
        return Words(N_("ports under 1024 are kept for the system"))
    if error.errno == errno.EADDRNOTAVAIL:
        return Words(N_("this computer has no such address"))
    return error.strerror or str(error)


def _listen_at_file(path: Path) -> socket.socket:
    if not hasattr(socket, "AF_UNIX"):
        message = N_("this system has no socket files, which --socket needs")
        raise UsageError(message, N_("let the page run on a server with Linux; see the handbook's page on a server"))
    held = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
    mask = os.umask(_OURS_AND_OUR_GROUPS)
    try:
        _clear_away(path)
        held.bind(str(path))
        held.listen(128)
    except OSError as error:
        held.close()
        message = N_("the socket file {path} cannot be used: {reason}")
        hint = N_("choose another file, in a folder that you may write to")
        raise UsageError(message, hint, path=path, reason=error.strerror or str(error)) from error
    finally:
        os.umask(mask)
    return held


def _clear_away(path: Path) -> None:
    """Remove a socket file that nobody listens at any more, such as one left by a computer that lost its power."""
    if not path.exists() or not stat.S_ISSOCK(path.stat().st_mode):
        return
    with socket.socket(socket.AF_UNIX, socket.SOCK_STREAM) as trial:
        try:
            trial.connect(str(path))
        except ConnectionRefusedError:
            path.unlink()
