"""The bytes of a strategy's document in, its text out: PDF, Word, OpenDocument, HTML or plain text.

What it is is told by its first bytes, and by its name only where those say nothing. Nothing in it is run or fetched.
"""

from __future__ import annotations

import io
import zipfile

from granskning.edges.readers.document_html import read_html
from granskning.edges.readers.document_pdf import read_pdf_text
from granskning.edges.readers.document_xml import read_docx, read_odt
from granskning.errors import UnreadableFileError
from granskning.i18n import N_
from granskning.model.document_text import DocumentPage, DocumentText

_MOST_UNPACKED = 200 << 20
_MOST_TEXT = 50_000_000
"""Characters: a document of a thousand pages has three million."""
_ZIP = b"PK\x03\x04"
_OLD_OFFICE = b"\xd0\xcf\x11\xe0"
_HTML = (b"<!doctype html", b"<html", b"<head", b"<body", b"<?xml")


def read_document(data: bytes, name: bytes) -> DocumentText:
    """The text of a document. Raises UnreadableFileError with the reason: rubbish, locked, too large."""
    ending = name.decode("utf-8", "replace").rpartition(".")[2].lower()
    text = _read(data, ending)
    if sum(len(page.text) for page in text.pages) > _MOST_TEXT:
        raise UnreadableFileError(N_("it has more text than any strategy"))
    return text


def _read(data: bytes, ending: str) -> DocumentText:
    if b"%PDF-" in data[:1024]:
        return read_pdf_text(data)
    if data.startswith(_ZIP):
        return _read_packed(data)
    if data.startswith(_OLD_OFFICE):
        reason = N_("it is a document of the old Word kind, or one with a password")
        raise UnreadableFileError(reason, N_("save it as PDF or .docx"))
    start = data[:1024].lstrip(b"\xef\xbb\xbf \t\r\n").lower()
    if ending in ("html", "htm", "xhtml") or start.startswith(_HTML):
        return read_html(data)
    if ending in ("txt", "text", "md"):
        return DocumentText((DocumentPage(decode_text(data)),), has_pages=False)
    if not data:
        raise UnreadableFileError(N_("it is empty"))
    raise UnreadableFileError(N_("it is not a PDF, .docx, .odt, .html or .txt, whatever its name says"))


def _read_packed(data: bytes) -> DocumentText:
    with zipfile.ZipFile(io.BytesIO(data)) as packed:
        entries = packed.infolist()
        names = {entry.filename for entry in entries}
        if sum(entry.file_size for entry in entries) > _MOST_UNPACKED:
            raise UnreadableFileError(N_("unpacked, it is larger than any strategy"))
        if any(entry.flag_bits & 1 for entry in entries):
            raise UnreadableFileError(N_("it is locked with a password"))
        if "word/document.xml" in names:
            return read_docx({name: packed.read(name) for name in ("word/document.xml", "word/styles.xml",
                              "word/footnotes.xml", "word/endnotes.xml") if name in names})  # fmt: skip
        if "content.xml" in names:
            manifest = packed.read("META-INF/manifest.xml") if "META-INF/manifest.xml" in names else b""
            if b"encryption-data" in manifest:
                raise UnreadableFileError(N_("it is locked with a password"))
            return read_odt(packed.read("content.xml"))
    raise UnreadableFileError(N_("it is a zip file, but neither .docx nor .odt"))


def decode_text(data: bytes) -> str:
    """Plain text in the encoding that it seems to have. Raises UnreadableFileError for what is no text."""
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        return data.decode("utf-16", "replace")
    if b"\0" in data:
        raise UnreadableFileError(N_("it is not text"))
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError:
        return data.decode("cp1252", "replace")
