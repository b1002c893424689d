"""The bytes of a PDF in, the text of its pages out, with the numbers printed on them and the outline."""

from __future__ import annotations

from itertools import islice
from typing import TYPE_CHECKING

from granskning.edges.readers.pdf_reading import open_pdf
from granskning.errors import UnreadableFileError
from granskning.i18n import N_
from granskning.model.document_text import DocumentHeading, DocumentPage, DocumentText

if TYPE_CHECKING:
    from collections.abc import Iterator

    import pypdfium2

_MOST_BYTES = 1 << 30
_MOST_PAGES = 20_000
_MOST_TEXT = 50_000_000
_MOST_HEADINGS = 5_000
_DRAWN = 40
"""A page without text on which so many lines are drawn has letters that are drawings."""


def read_pdf_text(data: bytes) -> DocumentText:
    """The text of a PDF, page by page. A page that cannot be read is as one that is only a picture."""
    if len(data) > _MOST_BYTES:
        raise UnreadableFileError(N_("the file is larger than any strategy"))
    document = open_pdf(data)
    try:
        count = len(document)
        if count > _MOST_PAGES:
            raise UnreadableFileError(N_("the file has more pages than any strategy"))
        labels = [document.get_page_label(number) or None for number in range(count)]
        pages, size = [], 0
        for number in range(count):
            pages.append(_page(document, number, labels[number]))
            size += len(pages[-1].text)
            if size > _MOST_TEXT:
                raise UnreadableFileError(N_("it has more text than any strategy"))
        return DocumentText(tuple(pages), tuple(islice(_headings(document), _MOST_HEADINGS)))
    finally:
        document.close()


def has_text(data: bytes) -> bool:
    """Whether any page has text. Raises UnreadableFileError for what cannot be opened."""
    document = open_pdf(data)
    try:
        return any(_page(document, number, None).text.strip() for number in range(min(len(document), _MOST_PAGES)))
    finally:
        document.close()


def _page(document: pypdfium2.PdfDocument, number: int, label: str | None) -> DocumentPage:
    import pypdfium2

    try:
        page = document[number]
    except pypdfium2.PdfiumError:
        return DocumentPage("", label, is_picture=True)
    try:
        text_page = page.get_textpage()
        text = text_page.get_text_range()
        text_page.close()
        return DocumentPage(text, label, is_picture=not text.strip() and _is_drawn(page))
    finally:
        page.close()


def _is_drawn(page: pypdfium2.PdfPage) -> bool:
    """Whether a page without text shows something: a picture, or letters that are drawn."""
    from pypdfium2 import raw

    things = enumerate(page.get_objects(max_depth=3), 1)
    return any(thing.type == raw.FPDF_PAGEOBJ_IMAGE or drawn >= _DRAWN for drawn, thing in things)


def _headings(document: pypdfium2.PdfDocument) -> Iterator[DocumentHeading]:
    """The outline, as far as it leads to pages."""
    for bookmark in document.get_toc(max_depth=10):
        target = bookmark.get_dest()
        page = target.get_index() if target else None
        title = " ".join(bookmark.get_title().split())
        if page is not None and title:
            yield DocumentHeading(title, bookmark.level + 1, page + 1)
