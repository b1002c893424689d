"""Where a cluster's scheduler is, and by which keys it is spoken to.

In the clear only on this computer; everywhere else over TLS, where both ends show a certificate of the same authority.
"""

from __future__ import annotations

import os
import ssl
from dataclasses import dataclass
from ipaddress import ip_address
from pathlib import Path
from urllib.parse import urlsplit

from granskning.edges.opening import read_whole
from granskning.errors import UnreadableFileError, UsageError, Words
from granskning.files import TEXT
from granskning.i18n import N_

VARIABLES = {"ca": "GRANSKNING_TLS_CA", "certificate": "GRANSKNING_TLS_CERT", "key": "GRANSKNING_TLS_KEY"}
"""The environment variables that name the files where the command line does not."""
_OPTIONS = {"ca": "--tls-ca", "certificate": "--tls-cert", "key": "--tls-key"}
_LONGEST = 200


@dataclass(frozen=True, slots=True)
class Keys:
    """The files of mutual TLS, in PEM."""

    ca: Path
    """The certificates of the authority that both ends trust."""
    certificate: Path
    key: Path


@dataclass(frozen=True, slots=True)
class SchedulerAddress:
    """A scheduler that may be spoken to."""

    address: str
    keys: Keys | None
    """None in the clear, on this computer."""


def scheduler_address(
    address: str, ca: Path | None = None, certificate: Path | None = None, key: Path | None = None
) -> SchedulerAddress:
    """The scheduler at an address such as `tcp://127.0.0.1:8786`, with the key files given or named by the environment.

    Raises UsageError for what is no such address, for one off this computer without TLS, and for keys that do not fit.
    """
    scheme, host = _parts(address)
    if scheme == "tcp":
        if not _is_this_computer(host):
            message = N_("{address} is on another computer and tcp:// is not encrypted")
            hint = N_("use tls:// with --tls-ca, --tls-cert and --tls-key; tcp:// is for this computer alone")
            raise UsageError(message, hint, address=address)
        return SchedulerAddress(address, None)
    given = {"ca": ca, "certificate": certificate, "key": key}
    files = {name: path or _named(VARIABLES[name]) for name, path in given.items()}
    missing = [_OPTIONS[name] for name, path in files.items() if path is None]
    if missing:
        message = N_("{address} takes keys of both ends, and {missing} is not given")
        hint = N_("name the files with --tls-ca, --tls-cert and --tls-key, or in {variables}")
        values = {"missing": ", ".join(missing), "variables": ", ".join(VARIABLES.values())}
        raise UsageError(message, hint, address=address, **values)
    keys = Keys(**{name: path for name, path in files.items() if path is not None})
    _try_keys(keys)
    return SchedulerAddress(address, keys)


def _parts(address: str) -> tuple[str, str]:
    """Scheme and host of an address. Raises UsageError."""
    try:
        parts = urlsplit(address)
        port, host = parts.port, parts.hostname
    except ValueError:
        port, host, parts = None, None, urlsplit("")
    is_bare = not (parts.path.strip("/") or parts.query or parts.fragment or parts.username is not None)
    if parts.scheme not in ("tcp", "tls") or not port or not host or not is_bare:
        message = N_("{address} is no address of a scheduler")
        hint = N_("write tcp://127.0.0.1:8786 for one on this computer, tls://HOST:8786 for one on another")
        raise UsageError(message, hint, address=address[:_LONGEST])
    return parts.scheme, host


def _is_this_computer(host: str) -> bool:
    try:
        return host.lower() == "localhost" or ip_address(host).is_loopback
    except ValueError:
        return False


def _named(variable: str) -> Path | None:
    value = os.environ.get(variable, "").strip()
    return Path(value) if value else None


def _try_keys(keys: Keys) -> None:
    """Raise UsageError where a file cannot be read, a key is not that of its certificate, or asks for a password."""
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    hint = N_("all three are files in PEM, and the key is without a password and that of the certificate")
    for path in (keys.ca, keys.certificate, keys.key):
        try:
            read_whole(path, TEXT)
        except UnreadableFileError as error:
            message = N_("{file} cannot be read: {reason}")
            raise UsageError(message, hint, file=path, reason=Words(error.message)) from error
    try:
        context.load_verify_locations(keys.ca)
        context.load_cert_chain(keys.certificate, keys.key, password=lambda: b"")
    except (ssl.SSLError, ValueError, OSError) as error:
        message = N_("{ca}, {certificate} and {key} are not keys that can be used together")
        values = {"ca": keys.ca, "certificate": keys.certificate, "key": keys.key}
        raise UsageError(message, hint, **values) from error
