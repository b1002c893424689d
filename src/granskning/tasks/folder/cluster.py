"""The cluster that a command's jobs are done by, where its user names one."""

from __future__ import annotations

from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING

from granskning.edges.cluster.address import scheduler_address
from granskning.edges.cluster.client import Cluster

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path


@dataclass(frozen=True, slots=True)
class SchedulerChoice:
    """A scheduler by its address, and the files of the keys where it takes any."""

    address: str
    ca: Path | None = None
    certificate: Path | None = None
    key: Path | None = None


@contextmanager
def open_cluster(choice: SchedulerChoice, libraries: tuple[str, ...]) -> Iterator[Cluster]:
    """The cluster, whose workers have the same parts as this computer, these libraries among them.

    Raises UsageError, MissingPartError, ClusterError or OtherPartsError.
    """
    place = scheduler_address(choice.address, choice.ca, choice.certificate, choice.key)
    cluster = Cluster(place, libraries)
    try:
        yield cluster
    finally:
        cluster.close()
