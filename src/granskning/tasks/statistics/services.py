"""The services of one run: a door to each that is needed, opened when it is, and what each says of its limits."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from granskning.edges.network.service_address import service_address
from granskning.edges.network.service_clock import Ceilings, Pace, ServiceClock
from granskning.edges.network.service_door import ServiceDoor
from granskning.errors import NetworkError, ServiceRefusedError
from granskning.statistics import kolada
from granskning.statistics.pxweb import PxwebLimits, read_limits
from granskning.statistics.unexpected import UnexpectedFormError

if TYPE_CHECKING:
    from granskning.edges.network.service_address import Interface
    from granskning.edges.network.service_door import ServiceAnswer

INTERFACES: tuple[Interface, ...] = ("pxweb-2", "pxweb-1", "kolada-3")


@dataclass(slots=True)
class Services:
    """The doors of one run. One that gave no answer at all is not knocked at again."""

    ceilings: Ceilings = field(default_factory=Ceilings)
    clock: ServiceClock = field(default_factory=ServiceClock)
    _doors: dict[Interface, ServiceDoor] = field(default_factory=dict)
    _limits: dict[Interface, PxwebLimits] = field(default_factory=dict)
    _away: dict[Interface, NetworkError] = field(default_factory=dict)
    last: ServiceAnswer | None = None
    """The answer that was read last: what is kept for inspection when it has an unexpected form."""

    def door(self, interface: Interface) -> ServiceDoor:
        """The way to a service. Raises NetworkError where it has been found to be away."""
        if interface in self._away:
            raise self._away[interface]
        if interface not in self._doors:
            pace = Pace(kolada.CALLS, kolada.WINDOW) if interface == "kolada-3" else Pace(10, 10.0)
            self._doors[interface] = ServiceDoor(service_address(interface), self.ceilings, self.clock, pace)
        return self._doors[interface]

    def limits(self, interface: Interface) -> PxwebLimits:
        """What a PxWeb service allows; asked once, and the usual where it cannot be read."""
        if interface not in self._limits:
            door = self.door(interface)
            path, query = ("config", ()) if interface == "pxweb-2" else ("", (("config", ""),))
            try:
                limits = read_limits(self.kept(door.get(path, query)).body)
            except (UnexpectedFormError, ServiceRefusedError):
                limits = PxwebLimits()
            door.pace.calls, door.pace.window = limits.calls, limits.window
            self._limits[interface] = limits
        return self._limits[interface]

    def kept(self, answer: ServiceAnswer) -> ServiceAnswer:
        """The same answer, remembered as the last."""
        self.last = answer
        return answer

    def note_failure(self, interface: Interface, error: NetworkError) -> None:
        """Remember a service that could not be reached."""
        if not isinstance(error, ServiceRefusedError):
            self._away[interface] = error

    @property
    def calls(self) -> int:
        """How many calls have been made."""
        return sum(door.calls for door in self._doors.values())

    def close(self) -> None:
        """Let go of all connections."""
        for door in self._doors.values():
            door.close()


def replaced_addresses() -> tuple[tuple[str, str, str], ...]:
    """Each service whose address the environment names: its name, the address, and the variable that says so.

    Raises UsageError for an address that may not be used.
    """
    addresses = (service_address(interface) for interface in INTERFACES)
    return tuple((item.name, item.base, item.variable) for item in addresses if item.is_replaced)
