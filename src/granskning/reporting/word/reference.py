"""A Word document of the folder's own, emptied of its text: its styles, page, head and foot remain for the report.

Nothing of it may fetch or run anything: what points out of the document is taken away, and macros are refused.
"""

from __future__ import annotations

import io
import zipfile
import zlib
from typing import TYPE_CHECKING, Any

from granskning.errors import UnreadableFileError
from granskning.i18n import N_

if TYPE_CHECKING:
    from docx.document import Document

MOST_UNPACKED = 30 << 20
"""A template of an office with its logo and fonts in it takes some megabytes."""
_MACROS = ("vbaproject", "vbadata", "activex", "embeddings/")


def open_reference(data: bytes) -> Document:
    """The document without its text. Raises UnreadableFileError where it is no Word document or may do harm."""
    import docx  # noqa: PLC0415  # loading it takes a while
    from docx.oxml.ns import qn  # noqa: PLC0415

    _require_harmless(data)
    try:
        document = docx.Document(io.BytesIO(data))
        body = document.element.body
        sections = body.findall(qn("w:sectPr"))
    except (KeyError, ValueError, AttributeError, SyntaxError, zlib.error, zipfile.BadZipFile) as error:
        raise UnreadableFileError(N_("it is not a Word document")) from error
    for child in list(body):
        if child not in sections:
            body.remove(child)
    if not sections:
        document.add_section()
    for part in _parts(document.part):
        _cut_off(part)
    return document


def _require_harmless(data: bytes) -> None:
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as packed:
            entries = packed.infolist()
    except (zipfile.BadZipFile, ValueError, OSError) as error:
        raise UnreadableFileError(N_("it is not a Word document")) from error
    if sum(entry.file_size for entry in entries) > MOST_UNPACKED:
        raise UnreadableFileError(N_("unpacked, it is too large"))
    if any(part in entry.filename.lower() for entry in entries for part in _MACROS):
        raise UnreadableFileError(N_("it has macros or other documents in it"))


def _parts(first: Any) -> list[Any]:
    """All parts of the document, each once."""
    found, waiting = [], [first]
    while waiting:
        part = waiting.pop()
        if part not in found:
            found.append(part)
            waiting += [rel.target_part for rel in part.rels.values() if not rel.is_external]
    return found


def _cut_off(part: Any) -> None:
    """Take away what points out of the document, such as the template that Word would fetch when it is opened."""
    outside = [key for key, rel in part.rels.items() if rel.is_external]
    for key in outside:
        del part.rels[key]
    element = getattr(part, "element", None)
    if element is None or not outside:
        return
    name = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
    for holder in [one for one in element.iter() if any(one.get(f"{name}{key}") in outside for key in ("id", "link"))]:
        parent = holder.getparent()
        if parent is not None:
            for child in list(holder):
                holder.addprevious(child)  # a link's words stay
            parent.remove(holder)
