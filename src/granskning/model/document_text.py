"""The text of a strategy's document, as frozen values: pages or one running text, and the headings in it."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class DocumentPage:
    """A page, or the whole of a document that has none."""

    text: str
    """As its reader gave it, line by line."""
    label: str | None = None
    """Its number as printed, where the document says so."""
    is_picture: bool = False
    """Whether it has pictures and no text: somebody must read it with the eyes."""


@dataclass(frozen=True, slots=True)
class DocumentHeading:
    """A heading (rubrik): of the outline, or marked as one in the text."""

    title: str
    level: int
    """1 is the highest."""
    page: int
    """Counted from 1."""


@dataclass(frozen=True, slots=True)
class DocumentText:
    """What could be read of a document."""

    pages: tuple[DocumentPage, ...]
    headings: tuple[DocumentHeading, ...] = ()
    """In their order."""
    has_pages: bool = True
    """Whether the kind of document has pages; if not, all text stands in one."""

    @property
    def has_labels(self) -> bool:
        """Whether it says what is printed on its pages."""
        return any(page.label is not None for page in self.pages)

    @property
    def has_text(self) -> bool:
        """Whether there is anything to search in."""
        return any(page.text.strip() for page in self.pages)

    @property
    def pictures(self) -> tuple[int, ...]:
        """The pages, counted from 1, that are only pictures."""
        return tuple(number for number, page in enumerate(self.pages, 1) if page.is_picture)

    def label(self, number: int) -> str | None:
        """What is printed on a page counted from 1: its label, else the number; None where there are no pages."""
        if not self.has_pages:
            return None
        return self.pages[number - 1].label or str(number)
