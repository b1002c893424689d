"""What the page where reviews are filled in shows of a document: its pages, where a passage stands, a quotation typed.

Nothing here is shown or written: a face asks, and shows what it is told.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from granskning.edges.opening import read_whole
from granskning.edges.readers.reading import draw_page, letter_boxes
from granskning.errors import UnreadableFileError
from granskning.evidence.folding import raw_places
from granskning.evidence.lookup import Citation, QuotationLookup
from granskning.evidence.sentences import readable
from granskning.files import DOCUMENT
from granskning.i18n import N_
from granskning.model.document_text import DocumentText
from granskning.model.evidence import Evidence
from granskning.tasks.evidence.documents import DocumentPlace

if TYPE_CHECKING:
    from granskning.edges.readers.page_reading import LetterBox
    from granskning.evidence.lookup import QuotationVerdict
    from granskning.evidence.passages import Passage
    from granskning.tasks.evidence.documents import Documents

_SAME_LINE = 0.5
"""So much of their height must letters share to stand on one line."""


@dataclass(frozen=True, slots=True)
class MarkedPage:
    """A page on which a passage is marked."""

    number: int
    """Counted from 1."""
    label: str | None
    """As printed."""
    text: str
    lines: tuple[LetterBox, ...]
    """The box of each line of the passage, as shares of the page's width and height."""


class DocumentView:
    """One edition's document, looked at page by page."""

    def __init__(self, documents: Documents, strategy: str, edition: str) -> None:
        """Raises UnreadableFileError with the reason where the document cannot be read."""
        place, text = documents.place(strategy, edition), documents.text(strategy, edition)
        if not isinstance(place, DocumentPlace):
            raise UnreadableFileError(place.message, "", **place.values)
        if not isinstance(text, DocumentText):
            raise UnreadableFileError(text.message, "", **text.values)
        self._place = place
        self._edition = edition
        self._lookup = QuotationLookup(text)
        self.document = text

    def picture(self, number: int, quote: str = "") -> bytes:
        """A page, counted from 1, as a PNG with a quotation marked on it. Raises UnreadableFileError where it has none.

        What has been changed is marked where the closest words stand.
        """
        if not self.document.has_pages:
            raise UnreadableFileError(N_("this kind of document has no pages"))
        passage = self.look_up(quote, pdf_page=number).passage if quote.strip() else None
        pages = self.marked(passage) if passage is not None and passage.covers(number) else ()
        lines = next((page.lines for page in pages if page.number == number), ())
        return draw_page(read_whole(self._place.path, DOCUMENT), number, self._place.path.name, lines)

    def look_up(self, quote: str, page: str | None = None, pdf_page: int | None = None) -> QuotationVerdict:
        """A quotation as somebody types it."""
        return self._lookup.look_up(Citation(quote, page, pdf_page))

    def evidence_of(self, selected: str, number: int | None = None) -> Evidence | None:
        """A sentence that somebody selected, as evidence: the quotation, its page as printed and as counted.

        None where it does not stand in the document as it was selected.
        """
        verdict = self.look_up(selected, pdf_page=number)
        if verdict.status not in ("found", "moved"):
            return None
        section = verdict.path[-1] if verdict.path and not self.document.has_pages else None
        return Evidence(
            edition=self._edition,
            page=verdict.found_page,
            pdf_page=verdict.found_pdf_page if str(verdict.found_pdf_page) != verdict.found_page else None,
            section=section,
            quote=readable(selected),
        )

    def marked(self, passage: Passage) -> tuple[MarkedPage, ...]:
        """The pages that a passage stands on, with its lines."""
        pages = []
        for number in range(passage.page, passage.last_page + 1):
            text = self.document.pages[number - 1].text
            start = passage.start if number == passage.page else 0
            end = passage.end if number == passage.last_page else None
            boxes = self._boxes(number, start, end) if self.document.has_pages else ()
            pages.append(MarkedPage(number, self.document.label(number), text, boxes))
        return tuple(pages)

    def _boxes(self, number: int, start: int, end: int | None) -> tuple[LetterBox, ...]:
        data = read_whole(self._place.path, DOCUMENT)
        boxes, raw = letter_boxes(data, number, self._place.path.name)
        lines_as_indexed = raw.replace("\r\n", "\n")
        returns = [at for at, letter in enumerate(raw) if letter != "\r"]
        places = [returns[at] for at in raw_places(lines_as_indexed)]
        chosen = places[start:end]
        return _lines([boxes[at] for at in chosen if at < len(boxes) and not raw[at].isspace()])


def _lines(letters: list[LetterBox]) -> tuple[LetterBox, ...]:
    """The boxes of letters put together line by line."""
    lines: list[LetterBox] = []
    for letter in letters:
        last = lines[-1] if lines else None
        if last is not None and _share_a_line(last, letter):
            lines[-1] = type(letter)(
                min(last.left, letter.left), min(last.top, letter.top),
                max(last.right, letter.right), max(last.bottom, letter.bottom),
            )  # fmt: skip
        else:
            lines.append(letter)
    return tuple(lines)


def _share_a_line(line: LetterBox, letter: LetterBox) -> bool:
    shared = min(line.bottom, letter.bottom) - max(line.top, letter.top)
    least = min(line.bottom - line.top, letter.bottom - letter.top)
    return shared >= _SAME_LINE * least and letter.left >= line.left
