"""A collection (samling): several organisations' working folders, gathered to be looked at together."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

SMALLEST_GROUP = 5
"""Groups of fewer strategies are never named beside a result, unless the collection says another number.

Among fewer than five each strategy moves the share by more than twenty per cent, and whoever knows the others knows the
last. Five is also the usual least count of a cell in health statistics (the vignette `suppression` of omopgenerics);
the rule itself, a least number of contributors, is the threshold rule of SCB's Handbok i statistisk röjandekontroll.
"""


@dataclass(frozen=True, slots=True)
class OrganisationGroup:
    """A kind of organisation (grupp), such as regions, whose results are told together."""

    id: str
    title: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Organisation:
    """One organisation's working folder: a folder, or one in a git repository at a commit."""

    id: str
    title: Mapping[str, str]
    """What it is called; empty where its own granskning.yaml says it."""
    group: str
    folder: str
    """From the collection's folder, or from the top of the repository; empty for the top itself."""
    repository: str = ""
    """From the collection's folder; empty where the working folder is no commit's."""
    commit: str = ""

    @property
    def place(self) -> str:
        """Where its files lie, as it stands before their paths."""
        if not self.repository:
            return self.folder
        return f"{self.repository}@{self.commit[:10]}{f'/{self.folder}' if self.folder else ''}"


@dataclass(frozen=True, slots=True)
class Collection:
    """What granskning.collection.yaml says."""

    organisation: str
    """Who gathers."""
    title: Mapping[str, str]
    language: str
    criteria: str
    """The set that results are compared under, `id@version`."""
    organisations: tuple[Organisation, ...]
    groups: tuple[OrganisationGroup, ...] = ()
    smallest_group: int = SMALLEST_GROUP
    smallest_why: Mapping[str, str] | None = None
    """Why it is another number than usual."""
    contact: str | None = None
    accessibility_statement: str | None = None


@dataclass(frozen=True, slots=True)
class OrganisationState:
    """How it went with reading an organisation, for those who read its figures."""

    organisation: Organisation
    title: str
    """In the collection's language; the id where nothing could be read."""
    why_not: str = ""
    """The code of why it is not read; empty where it is."""
    strategies: int = 0
    reviews: int = 0
    files_with_errors: int = 0
    content: str = ""
    """SHA-256 of its files' content, or the commit and the folder."""
    latest: str = ""
    """The date of its latest review."""
