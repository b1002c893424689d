"""Is a quotation where its evidence says? A document's text and a citation in, one of five answers out."""

from __future__ import annotations

from dataclasses import dataclass, replace
from difflib import SequenceMatcher
from functools import cached_property
from typing import TYPE_CHECKING, Literal

from granskning.evidence.cited_pages import printed_pages
from granskning.evidence.closest import WordIndex
from granskning.evidence.exact import find_exact
from granskning.evidence.folding import fold_quotation
from granskning.evidence.outline import Outline
from granskning.evidence.passages import WordChange
from granskning.evidence.text_index import TextIndex
from granskning.i18n import N_

if TYPE_CHECKING:
    from collections.abc import Sequence

    from granskning.evidence.passages import ClosestPassage, Passage
    from granskning.model.document_text import DocumentText

Status = Literal["found", "moved", "changed", "gone", "unreadable"]
STATUSES: tuple[Status, ...] = ("found", "moved", "changed", "gone", "unreadable")
"""What came of looking a quotation up, from as it says to not known (hittat, flyttat, ändrat, borta, kan ej läsas)."""

CHANGED_FROM = 0.5
"""From so like a passage is the quotation changed; what is less like is another text. Measured by tests/bench."""
NO_TEXT = N_("the document has no text, only pictures of pages")
PAGE_IS_PICTURE = N_("the page is only a picture, without text")
SOME_ARE_PICTURES = N_("some of its pages are only pictures, and the quotation is not on the others")


@dataclass(frozen=True, slots=True)
class Citation:
    """A quotation, and where it is said to stand."""

    quote: str
    page: str | None = None
    """As printed."""
    pdf_page: int | None = None
    """As counted."""
    section: str | None = None


@dataclass(frozen=True, slots=True)
class QuotationVerdict:
    """What came of looking a quotation up."""

    status: Status
    found_page: str | None = None
    """As printed, where the passage begins; None where there are no pages."""
    found_pdf_page: int | None = None
    similarity: float | None = None
    closest: str | None = None
    """The words that stand there instead, where it is changed."""
    changes: tuple[WordChange, ...] = ()
    reason: str | None = None
    """Why it cannot be read: a msgid."""
    pages_disagree: bool = False
    """Whether the printed and the counted number are both given, and are not the same page."""
    path: tuple[str, ...] = ()
    """The headings that the passage stands under."""
    passage: Passage | None = None


class QuotationLookup:
    """A document in which quotations are looked up, one after another."""

    def __init__(self, document: DocumentText) -> None:
        self.document = document

    @cached_property
    def index(self) -> TextIndex:
        """Its text made ready."""
        return TextIndex(self.document)

    @cached_property
    def outline(self) -> Outline:
        """Its headings."""
        return Outline(self.index)

    @cached_property
    def _words(self) -> WordIndex:
        return WordIndex(self.index)

    def closest(self, text: str) -> ClosestPassage | None:
        """What is most like a text; None where nothing has a telling word of it."""
        return self._words.closest(text)

    def look_up(self, citation: Citation) -> QuotationVerdict:
        """On the cited page first, then around it, then in the whole text."""
        if not self.document.has_text:
            return QuotationVerdict("unreadable", reason=NO_TEXT)
        printed = self._printed(citation)
        disagree = printed is not None and citation.pdf_page is not None and citation.pdf_page not in printed
        disagree = disagree and self.document.has_pages
        if passages := find_exact(citation.quote, self.index):
            verdict = self._placed(citation, printed or frozenset(), passages)
        else:
            verdict = self._changed(citation, printed or frozenset())
        return replace(verdict, pages_disagree=disagree)

    def _printed(self, citation: Citation) -> frozenset[int] | None:
        return None if citation.page is None else printed_pages(self.document, citation.page)

    def _placed(self, citation: Citation, printed: frozenset[int], passages: Sequence[Passage]) -> QuotationVerdict:
        """Found, or moved to the place that is nearest to where it was said to be."""
        if not self.document.has_pages or (citation.page is None and citation.pdf_page is None):
            return self._by_section(citation.section, passages)
        counted = () if citation.pdf_page is None else (citation.pdf_page,)
        for pages in (counted, printed):
            for passage in passages:
                if any(passage.covers(page) for page in pages):
                    return self._verdict("found", passage)
        near = next(iter((*counted, *sorted(printed))), 1)
        return self._verdict("moved", min(passages, key=lambda passage: abs(passage.page - near)))

    def _by_section(self, section: str | None, passages: Sequence[Passage]) -> QuotationVerdict:
        """A section that is no heading never makes a quotation moved."""
        stretches = self.outline.stretches(section) if section else []
        inside = (
            passage
            for passage in passages
            if any(start <= (passage.page, passage.start) < end for start, end in stretches)
        )
        if not stretches:
            return self._verdict("found", passages[0])
        passage = next(inside, None)
        return self._verdict("moved", passages[0]) if passage is None else self._verdict("found", passage)

    def _verdict(self, status: Status, passage: Passage, similarity: float = 1.0) -> QuotationVerdict:
        return QuotationVerdict(
            status,
            found_page=self.document.label(passage.page),
            found_pdf_page=passage.page if self.document.has_pages else None,
            similarity=similarity,
            path=self.outline.path(passage.page, passage.start),
            passage=passage,
        )

    def _changed(self, citation: Citation, printed: frozenset[int]) -> QuotationVerdict:
        """Changed or gone, unless what was meant may stand on a page that is only a picture."""
        pictures = self.document.pictures
        cited = {*printed, *(() if citation.pdf_page is None else (citation.pdf_page,))}
        if cited & set(pictures):
            return QuotationVerdict("unreadable", reason=PAGE_IS_PICTURE)
        closest = self.closest(citation.quote)
        if closest is not None and closest.similarity >= CHANGED_FROM:
            return self._reworded(citation, closest)
        if pictures and not cited:
            return QuotationVerdict("unreadable", reason=SOME_ARE_PICTURES)
        return QuotationVerdict("gone", similarity=closest.similarity if closest else 0.0)

    def _reworded(self, citation: Citation, closest: ClosestPassage) -> QuotationVerdict:
        if fold_quotation(closest.text) == fold_quotation(citation.quote):  # only its parts lie further apart
            return self._placed(citation, self._printed(citation) or frozenset(), [closest.passage])
        verdict = self._verdict("changed", closest.passage, min(closest.similarity, 0.999))
        changes = closest.changes or tuple(_mark_changes(citation.quote, closest.text))
        return replace(verdict, closest=closest.text, changes=changes)


def _mark_changes(quotation: str, text: str) -> list[WordChange]:
    """Where the words are the same and only the marks between them are not."""
    quoted, other = quotation.split(), text.split()
    matcher = SequenceMatcher(None, quoted, other, autojunk=False)
    return [
        WordChange(" ".join(quoted[a:b]), " ".join(other[c:d]))
        for tag, a, b, c, d in matcher.get_opcodes()
        if tag != "equal"
    ]
