"""What a worker of the cluster is asked to do: tell what it has, and do a job with the same parts as who asks."""

from __future__ import annotations

import threading
from typing import TYPE_CHECKING

from granskning.edges.cluster.ends import OWN_PARTS, differences, parts_here
from granskning.edges.cluster.host import Host
from granskning.edges.cluster.packing import pack
from granskning.errors import OtherPartsError
from granskning.i18n import N_

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

SAME_PARTS = N_("install the same version on all machines, from the same requirements.lock, and start them anew")
_THREAD = threading.local()


def tell_parts(libraries: tuple[str, ...]) -> dict[str, str]:
    """What this worker has."""
    return dict(parts_here(libraries))


def do_job(name: str, job: bytes, parts: Mapping[str, str]) -> bytes:
    """What a host tells of a packed job, packed; an OtherPartsError where the worker has other parts than these."""
    other = differences(parts, parts_here(tuple(part for part in parts if part not in OWN_PARTS)))
    if other:
        from distributed import get_worker  # only where there is one

        return pack(other_parts(get_worker().address, other))
    hosts: dict[str, Host] | None = getattr(_THREAD, "hosts", None)
    if hosts is None:
        hosts = _THREAD.hosts = {}
    return hosts.setdefault(name, Host(name)).ask(job)


def other_parts(machine: str, other: Sequence[tuple[str, str, str]]) -> OtherPartsError:
    """What is told of a worker that has other parts than this end."""
    message = N_("the worker {machine} has other parts than this computer: {parts}")
    words = ", ".join(f"{name} {version_other} ≠ {version_here}" for name, version_here, version_other in other)
    return OtherPartsError(message, SAME_PARTS, machine=machine, parts=words)
