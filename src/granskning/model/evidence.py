"""What a judgement or a text rests on, as frozen values: sources and evidence."""

from __future__ import annotations

from dataclasses import dataclass


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
