"""What surrounds a report of any kind: head, foot, notices, and where all of it comes from. Values alone."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

    from granskning.model.review import LeftOut
    from granskning.reporting.blocks.badges import Fact


@dataclass(frozen=True, slots=True)
class Provenance:
    """What a report rests on, and what made it (härkomst)."""

    commit: str | None
    """The last commit that touched the sources; None when it can't be known."""
    changed: bool
    """Whether the sources differ from that commit."""
    fingerprint: str
    """SHA-256 over the bytes of the sources."""
    criteria_hash: str
    """SHA-256 of the criteria set's file."""
    tool: str
    scoring: int
    as_of: str | None
    """The date that the report speaks of; never today's."""
    annex_fingerprint: str = ""
    """SHA-256 over the bytes of the criteria set and its indicators: what their annex is known by."""
    page: str = ""
    """The name of its page in a build, without ending; empty where a build makes none."""


@dataclass(frozen=True, slots=True)
class Caveats:
    """What the reader must know before anything else (förbehåll)."""

    draft: str = ""
    """What has not been approved, as a sentence; empty where all has."""
    example: str = ""
    """What is invented, as a sentence; empty where nothing is."""
    internal: bool = False
    """Whether internal notes come along."""
    left_out: tuple[LeftOut, ...] = ()
    """The files that do not count."""
    faults: Mapping[str, int] = field(default_factory=dict)
    """The errors in what the report rests on, by file."""


@dataclass(frozen=True, slots=True)
class Frame:
    """The frame of a report, in its language."""

    language: str
    title: str
    organisation: str
    notices: tuple[str, ...]
    """The caveats, a line each."""
    head: str
    """The running head."""
    foot: str
    """The foot of every page."""
    provenance: tuple[Fact, ...]
    contact: str
    """How a fault is reported, and where the accessibility statement is."""
    about: str = ""
    """What the report is about, for lists of documents."""
    keywords: tuple[str, ...] = ()
    """What it is found by: the criteria sets, and the case number."""
    dated: str = ""
    """The day that the report speaks of; empty where no whole date is known."""
    twin: str = ""
    """The web address of its page, where the folder says where its pages are published."""


@dataclass(frozen=True, slots=True)
class Framed:
    """A report: a frame, and what a kind of report has within it.

    An own template is promised `report.title` and the others by these names, so the frame is read through them.
    """

    frame: Frame

    @property
    def language(self) -> str:
        """The report's language."""
        return self.frame.language

    @property
    def title(self) -> str:
        """The title of the document."""
        return self.frame.title

    @property
    def organisation(self) -> str:
        """Whose report it is."""
        return self.frame.organisation

    @property
    def notices(self) -> tuple[str, ...]:
        """The caveats, a line each."""
        return self.frame.notices

    @property
    def head(self) -> str:
        """The running head."""
        return self.frame.head

    @property
    def foot(self) -> str:
        """The foot of every page."""
        return self.frame.foot

    @property
    def provenance(self) -> tuple[Fact, ...]:
        """What the report rests on and what made it, as a list of facts."""
        return self.frame.provenance

    @property
    def contact(self) -> str:
        """How a fault is reported."""
        return self.frame.contact
