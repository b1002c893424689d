"""PDF bytes in, what is in them out: embedded files, the lines of each page, a picture of each page.

Read with PDFium, so whoever made the file. Nothing in the file is run, and no more is read than a report of ours needs.
"""

from __future__ import annotations

import ctypes
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from granskning.errors import UnreadableFileError
from granskning.i18n import N_

if TYPE_CHECKING:
    import pypdfium2

_MOST_BYTES = 200 << 20
_MOST_PAGES = 5_000
_MOST_FILES = 5_000
_MOST_ATTACHED = 200 << 20
_MOST_TEXT = 50_000_000
"""Characters on all pages together: a report of a thousand pages has three million."""
_DOTS = 48 / 72
"""The scale of pictures: enough to see that a word was painted over."""
_SEEN = 96
"""How much darker or lighter, of 255, a dot is to count as another."""


@dataclass(frozen=True, slots=True)
class ReadPdf:
    """What is in a PDF."""

    attachments: tuple[tuple[str, bytes], ...]
    identity: bytes
    """The first part of the file's id."""
    pages: tuple[tuple[str, ...], ...]
    """The lines of each page, in the order they were set."""
    notes: int
    """How many remarks, stamps and fields lie on the pages; links not counted."""
    ours: bool
    """Whether it says that granskning made it."""
    part: str
    """The part of PDF/A that it says it follows: 2, 3 or nothing."""
    whole: bool
    """Whether the end is there."""


def read_pdf(data: bytes) -> ReadPdf:
    """Read a PDF. Raises UnreadableFileError for what is none, is locked or is too large."""
    if len(data) > _MOST_BYTES:
        raise UnreadableFileError(N_("the file is larger than any report"))
    if b"%PDF-" not in data[:1024]:
        raise UnreadableFileError(N_("it is not a PDF"))
    document = open_pdf(data)
    try:
        if len(document) > _MOST_PAGES:
            raise UnreadableFileError(N_("the file has more pages than any report"))
        pages = _pages(document)
        return ReadPdf(
            attachments=_attachments(document),
            identity=_identity(document),
            pages=tuple(lines for lines, _ in pages),
            notes=sum(notes for _, notes in pages),
            ours=document.get_metadata_dict().get("Creator") == "granskning",
            part=_part(data),
            whole=data.rstrip().endswith(b"%%EOF"),
        )
    finally:
        document.close()


def differing_pages(data: bytes, other: bytes) -> tuple[int, ...]:
    """The numbers, from 1, of pages that do not look alike in two PDFs with as many pages."""
    one, two = open_pdf(data), open_pdf(other)
    try:
        numbers = range(min(len(one), len(two)))
        return tuple(number + 1 for number in numbers if _looks_different(one, two, number))
    finally:
        one.close()
        two.close()


def open_pdf(data: bytes) -> pypdfium2.PdfDocument:
    """A PDF, which whoever opens it closes. Raises UnreadableFileError with the reason: locked, or no whole PDF."""
    import pypdfium2  # only who reads PDFs needs it

    try:
        return pypdfium2.PdfDocument(data)
    except pypdfium2.PdfiumError as error:
        if "password" in str(error).lower():
            raise UnreadableFileError(N_("it is locked with a password")) from error
        if "security" in str(error).lower():
            raise UnreadableFileError(N_("it is locked in a way that cannot be opened here")) from error
        raise UnreadableFileError(N_("it is not a whole PDF: cut short, damaged or something else")) from error


def _attachments(document: pypdfium2.PdfDocument) -> tuple[tuple[str, bytes], ...]:
    import pypdfium2

    found, size = [], 0
    for number in range(min(document.count_attachments(), _MOST_FILES)):
        one = document.get_attachment(number)
        try:
            content = bytes(one.get_data())
        except pypdfium2.PdfiumError:
            content = b""
        size += len(content)
        if size > _MOST_ATTACHED:
            raise UnreadableFileError(N_("the embedded files are larger than any report's"))
        found.append((one.get_name(), content))
    return tuple(found)


def _identity(document: pypdfium2.PdfDocument) -> bytes:
    from pypdfium2 import raw

    length = raw.FPDF_GetFileIdentifier(document, raw.FILEIDTYPE_PERMANENT, None, 0)
    if not length:
        return b""
    buffer = ctypes.create_string_buffer(length)
    raw.FPDF_GetFileIdentifier(document, raw.FILEIDTYPE_PERMANENT, buffer, length)
    return buffer.raw[: length - 1]


def _pages(document: pypdfium2.PdfDocument) -> tuple[tuple[tuple[str, ...], int], ...]:
    """The lines of each page, and how many things lie on it."""
    pages, size = [], 0
    for number in range(len(document)):
        pages.append(_lines(document, number))
        size += sum(map(len, pages[-1][0]))
        if size > _MOST_TEXT:
            raise UnreadableFileError(N_("the file has more text than any report"))
    return tuple(pages)


def _lines(document: pypdfium2.PdfDocument, number: int) -> tuple[tuple[str, ...], int]:
    """The lines of a page, and how many things lie on it that are not links."""
    import pypdfium2
    from pypdfium2 import raw

    try:
        page = document[number]
        text = page.get_textpage().get_text_range()
    except pypdfium2.PdfiumError as error:
        raise UnreadableFileError(N_("a page of it cannot be read")) from error
    notes = 0
    for place in range(raw.FPDFPage_GetAnnotCount(page)):
        note = raw.FPDFPage_GetAnnot(page, place)
        notes += raw.FPDFAnnot_GetSubtype(note) != raw.FPDF_ANNOT_LINK
        raw.FPDFPage_CloseAnnot(note)
    lines = (" ".join(line.split()) for line in text.splitlines())
    return tuple(line for line in lines if line), notes


def _looks_different(pdf: pypdfium2.PdfDocument, two: pypdfium2.PdfDocument, number: int) -> bool:
    first, second = (_picture(document, number) for document in (pdf, two))
    if len(first) != len(second):
        return True
    return first != second and any(abs(a - b) > _SEEN for a, b in zip(first, second, strict=True) if a != b)


def _picture(document: pypdfium2.PdfDocument, number: int) -> bytes:
    return bytes(document[number].render(scale=_DOTS, grayscale=True).buffer)


def _part(data: bytes) -> str:
    """The part of PDF/A, read from the metadata, which a report of ours has in plain text."""
    found = re.search(rb'pdfaid:part(?:="|>)([1-4])', data)
    return found[1].decode() if found else ""
