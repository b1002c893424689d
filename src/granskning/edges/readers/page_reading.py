"""A page of a PDF in, its picture and its text with places out: for a page on which a passage is marked."""

from __future__ import annotations

import io
import json
from dataclasses import dataclass
from typing import TYPE_CHECKING

from granskning.edges.readers.pdf_reading import open_pdf
from granskning.errors import UnreadableFileError
from granskning.i18n import N_

if TYPE_CHECKING:
    import pypdfium2
    from PIL.Image import Image

_WIDEST = 1_600
"""Dots across: enough to read, and no page makes a larger picture however large it says that it is."""
_MOST_HIGH = 4_800
_PAPER, _LINE = (255, 226, 128), (11, 92, 102)
"""A passage is marked on the paper and by a line under it, so that it is seen without colours too."""
_THICK = 4


@dataclass(frozen=True, slots=True)
class LetterBox:
    """Where a letter stands on its page: as shares of its width and height, from the upper left corner."""

    left: float
    top: float
    right: float
    bottom: float


def draw_page(data: bytes, number: bytes, marks: bytes = b"[]") -> bytes:
    """A page, counted from 1, as a PNG, with the boxes of a passage marked. Raises UnreadableFileError for no page.

    `marks` are the sides of each box as JSON: what a process apart is given is bytes.
    """
    document = open_pdf(data)
    try:
        page = _page(document, int(number))
        width, height = page.get_size()
        scale = min(_WIDEST / max(width, 1), _MOST_HIGH / max(height, 1))
        out = io.BytesIO()
        picture = page.render(scale=scale).to_pil().convert("RGB")
        for sides in json.loads(marks):
            _mark(picture, LetterBox(*sides))
        picture.save(out, "PNG")
        return out.getvalue()
    finally:
        document.close()


def _mark(picture: Image, box: LetterBox) -> None:
    """Colour the paper of a line and leave its letters as they are."""
    width, height = picture.size
    sides = (box.left * width - 2, box.top * height - 2, box.right * width + 2, box.bottom * height + 2)
    left, top, right, bottom = (max(0, round(side)) for side in sides)
    place = (min(left, width - 1), min(top, height - 1), min(right, width), min(bottom, height))
    if place[0] < place[2] and place[1] < place[3]:
        picture.paste(_PAPER, place, picture.crop(place).convert("L"))
        picture.paste(_LINE, (place[0], place[3], place[2], min(place[3] + _THICK, height)))


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
