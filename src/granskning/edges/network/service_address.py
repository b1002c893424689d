"""Where the statistics services are: their own addresses, or those that the environment names instead."""

from __future__ import annotations

import os
from dataclasses import dataclass
from ipaddress import ip_address
from typing import Literal
from urllib.parse import urljoin, urlsplit

from granskning.errors import NetworkError, UsageError
from granskning.i18n import N_

Interface = Literal["pxweb-2", "pxweb-1", "kolada-3"]

_OWN: dict[Interface, tuple[str, str, str]] = {
    # read in November 2026 in the producers' own pages and in clients that are used
    "pxweb-2": ("SCB", "GRANSKNING_SCB", "https://statistikdatabasen.scb.se/api/v2"),
    "pxweb-1": ("SCB", "GRANSKNING_SCB_V1", "https://api.scb.se/OV0104/v1/doris/sv/ssd"),
    "kolada-3": ("Kolada", "GRANSKNING_KOLADA", "https://api.kolada.se/v3"),
}
_PORTS = {"https": 443, "http": 80}


@dataclass(frozen=True, slots=True)
class ServiceAddress:
    """One service and the address that all its calls begin with."""

    interface: Interface
    name: str
    base: str
    variable: str
    is_replaced: bool
    """Whether the environment names another address than the service's own."""

    def address_of(self, path: str) -> str:
        """The whole address of a path below the base."""
        return f"{self.base}/{path}" if path else self.base

    def confined(self, target: str, start: str) -> str:
        """The address that an answer points to, if it leads to the same host and below the base.

        An address that differs in http for https alone is asked for as the base is: services behind a proxy write so.
        Raises NetworkError for any other.
        """
        base = urlsplit(self.base)
        own_path = base.path.rstrip("/")
        try:
            whole = urlsplit(urljoin(start, target))
            is_same = _host(whole.hostname) == _host(base.hostname) and _port(whole) == _port(base)
            is_same = is_same or (_host(whole.hostname) == _host(base.hostname) and whole.port is base.port is None)
        except ValueError:
            whole, is_same = base, False
        below = whole.path == own_path or whole.path.startswith(f"{own_path}/")
        if not is_same or not below or whole.username is not None or whole.scheme not in _PORTS or "/.." in whole.path:
            message = N_("{service} points to another address than its own: {target}")
            hint = N_("nothing was taken from there; tell the service, or try again later")
            raise NetworkError(message, hint, service=self.name, target=target[:200])
        return whole._replace(scheme=base.scheme, netloc=base.netloc, fragment="").geturl()


def service_address(interface: Interface) -> ServiceAddress:
    """The address of a service. Raises UsageError for one in the environment that may not be used."""
    name, variable, own = _OWN[interface]
    given = os.environ.get(variable, "").strip().rstrip("/")
    base = given or own
    parts = urlsplit(base)
    try:
        is_whole = parts.scheme in _PORTS and bool(parts.hostname) and _port(parts) > 0
    except ValueError:
        is_whole = False
    if not is_whole or parts.query or parts.fragment or parts.username is not None:
        message = N_("{variable} is no address of a service: {address}")
        hint = N_("write the whole base address, such as {own}")
        raise UsageError(message, hint, variable=variable, address=base[:200], own=own)
    if parts.scheme == "http" and not _is_this_computer(parts.hostname or ""):
        message = N_("{variable} is http: {address}")
        hint = N_("write https; plain http is for this computer alone (localhost, 127.0.0.1 or [::1])")
        raise UsageError(message, hint, variable=variable, address=base[:200])
    return ServiceAddress(interface, name, base, variable, is_replaced=bool(given))


def _host(name: str | None) -> str:
    return (name or "").lower().rstrip(".")


def _port(parts: object) -> int:
    """The port of an address, as written or as its scheme has it. Raises ValueError for one that is none."""
    port: int | None = getattr(parts, "port", None)
    return _PORTS.get(getattr(parts, "scheme", ""), 0) if port is None else port


def _is_this_computer(host: str) -> bool:
    if host.lower() == "localhost":
        return True
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return False
