"""What several reports say of a source or an action: frozen values, and sources made into them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from granskning.model.evidence import Source
    from granskning.reporting.blocks.badges import Fact, Paragraphs


@dataclass(frozen=True, slots=True)
class ActionText:
    """One action, what the owner answered, and how it goes."""

    title: str
    text: Paragraphs
    questions: tuple[tuple[str, str], ...]
    """Number and anchor of the questions that it answers."""
    facts: tuple[Fact, ...]
    late: str
    steps: tuple[Fact, ...]


@dataclass(frozen=True, slots=True)
class SourceText:
    """One source in a list of sources."""

    title: str
    address: str
    retrieved: str
    note: str


def make_sources(sources: tuple[Source, ...]) -> tuple[SourceText, ...]:
    """A list of sources."""
    return tuple(
        SourceText(source.title, source.address or "", source.retrieved or "", source.note or "") for source in sources
    )
