"""A page of a PDF in, its picture and its text with places out: for a page on which a passage is marked."""

from __future__ import annotations

import io
from dataclasses import dataclass
from typing import TYPE_CHECKING

from granskning.edges.readers.pdf_reading import open_pdf
from granskning.errors import UnreadableFileError
from granskning.i18n import N_

if TYPE_CHECKING:
    import pypdfium2

_WIDEST = 1_600
"""Dots across: enough to read, and no page makes a larger picture however large it says that it is."""
_MOST_HIGH = 4_800


@dataclass(frozen=True, slots=True)
class LetterBox:
    """Where a letter stands on its page: as shares of its width and height, from the upper left corner."""

    left: float
    top: float
    right: float
    bottom: float


def draw_page(data: bytes, number: bytes) -> bytes:
    """A page, counted from 1, as a PNG. Raises UnreadableFileError for one that is not there."""
    document = open_pdf(data)
    try:
        page = _page(document, int(number))
        width, height = page.get_size()
        scale = min(_WIDEST / max(width, 1), _MOST_HIGH / max(height, 1))
        out = io.BytesIO()
        page.render(scale=scale).to_pil().save(out, "PNG")
        return out.getvalue()
    finally:
        document.close()


def letter_boxes(data: bytes, number: bytes) -> tuple[tuple[LetterBox, ...], str]:
    """The box of each letter of a page, counted from 1, and its text, letter by letter."""
    document = open_pdf(data)
    try:
        page = _page(document, int(number))
        width, height = page.get_size()
        text_page = page.get_textpage()
        text = text_page.get_text_range()
        boxes = []
        for at in range(min(text_page.count_chars(), len(text))):
            left, bottom, right, top = text_page.get_charbox(at)
            boxes.append(LetterBox(left / width, 1 - top / height, right / width, 1 - bottom / height))
        return tuple(boxes), text
    finally:
        document.close()


def _page(document: pypdfium2.PdfDocument, number: int) -> pypdfium2.PdfPage:
    if not 1 <= number <= len(document):
        raise UnreadableFileError(N_("the document has no page {number}"), number=number)
    return document[number - 1]
