"""A report as a Word document: its charts are drawn, and the page becomes paragraphs, lists and tables."""

from __future__ import annotations

from typing import TYPE_CHECKING

from granskning.edges.pdf import Printed, missing_libraries
from granskning.edges.pictures import draw_pictures
from granskning.i18n import Translator
from granskning.reporting.word.document import drawings_of, make_docx

if TYPE_CHECKING:
    from pathlib import Path


def write_docx(html: str, language: str, *, fonts: Path, settings: Path | None = None) -> Printed:
    """The document of a page. Where charts cannot be drawn, what they say stands in their place."""
    drawings = drawings_of(html)
    pictures: tuple[bytes, ...] = ()
    if not missing_libraries():
        sizes = [(one.markup, one.width, one.height) for one in drawings]
        pictures = draw_pictures(sizes, fonts=fonts, settings=settings)
    return Printed(make_docx(html, pictures, Translator(language)))
