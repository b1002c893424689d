"""Every door, in one list."""

from __future__ import annotations

from typing import TYPE_CHECKING

from fuzz import yaml_doors
from fuzz.arguments import ArgumentsDoor
from fuzz.documents import DocumentsDoor, LocalDoor
from fuzz.evidence import EvidenceDoor, TextsDoor
from fuzz.odd_repositories import RepositoriesDoor
from fuzz.own_templates import TemplatesDoor
from fuzz.pdfs import PdfsDoor
from fuzz.requests import RequestsDoor
from fuzz.statistics_answers import StatisticsDoor
from fuzz.tables import TablesDoor
from fuzz.twisted_folders import FoldersDoor
from fuzz.workbooks import WorkbooksDoor

if TYPE_CHECKING:
    from collections.abc import Iterator

    from fuzz.judge import Door


def every_door() -> Iterator[Door]:
    """Yield them all: first those within the process, which are quick."""
    yield from yaml_doors.doors()
    yield from (ArgumentsDoor(), RequestsDoor(), RepositoriesDoor(), FoldersDoor(), DocumentsDoor(), LocalDoor())
    yield from (TextsDoor(), StatisticsDoor(), EvidenceDoor())
    yield from (WorkbooksDoor(), PdfsDoor(), TemplatesDoor(), TablesDoor())
