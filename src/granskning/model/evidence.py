"""What a judgement or a text rests on, as frozen values: sources, evidence, and what came of looking quotations up."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from granskning.language_tags import untagged

QuotationOutcome = Literal["found", "moved", "changed", "gone", "unreadable", "not_at_hand"]
"""Of looking a quotation up; `not_at_hand` where no document is there to look in."""
CitationKey = tuple[str, str, str, str | None, int | None, str | None]
"""Strategy, edition, quotation, printed page, counted page and section: all that a lookup asks for."""


@dataclass(frozen=True, slots=True)
class Source:
    """Something that content rests on (källa)."""

    id: str
    title: str
    address: str | None = None
    retrieved: str | None = None
    note: str | None = None


@dataclass(frozen=True, slots=True)
class Evidence:
    """What a judgement rests on (belägg): where it stands, and a quotation or paraphrase."""

    edition: str | None = None
    address: str | None = None
    retrieved: str | None = None
    page: str | None = None
    pdf_page: int | None = None
    section: str | None = None
    quote: str | None = None
    paraphrase: str | None = None
    file: str | None = None
    """A picture or another file, by its path within the strategy's folder."""
    sha256: str | None = None

    def citation_key(self, strategy: str) -> CitationKey:
        """What a quotation from an edition of a strategy is known by."""
        section = untagged(self.section) if self.section else self.section
        return strategy, self.edition or "", untagged(self.quote or ""), self.page, self.pdf_page, section


@dataclass(frozen=True, slots=True)
class QuotationStatus:
    """What came of looking a quotation up, as a report tells it (uppslag)."""

    strategy: str
    edition: str
    quote: str
    page: str | None
    """As the evidence says: printed."""
    pdf_page: int | None
    """As the evidence says: counted."""
    section: str | None
    status: QuotationOutcome
    sha256: str | None = None
    """Of the document that it was looked up in."""
    found_page: str | None = None
    """As printed."""
    found_pdf_page: int | None = None
    """As counted."""
    closest: str | None = None
    """The words that stand there instead, where it is changed."""
    sought_in: str | None = None
    """Where it was looked up in another edition than its own: STRATEGY/EDITION."""

    @property
    def key(self) -> CitationKey:
        """What the quotation is known by."""
        return self.strategy, self.edition, self.quote, self.page, self.pdf_page, self.section
