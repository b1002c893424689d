"""Every door, in one list."""

from __future__ import annotations

from typing import TYPE_CHECKING

from fuzz import yaml_doors
from fuzz.documents import DocumentsDoor
from fuzz.arguments import ArgumentsDoor
from fuzz.odd_repositories import RepositoriesDoor
from fuzz.requests import RequestsDoor
from fuzz.twisted_folders import FoldersDoor

if TYPE_CHECKING:
    from collections.abc import Iterator

    from fuzz.judge import Door


def every_door() -> Iterator[Door]:
    """Yield them all."""
    yield from yaml_doors.doors()
    yield from (ArgumentsDoor(), RequestsDoor(), RepositoriesDoor(), FoldersDoor(), DocumentsDoor())
