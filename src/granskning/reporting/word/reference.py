"""A Word document of the folder's own, emptied of its text: its styles, page, head and foot remain for the report.

Nothing of it may fetch anything: what points out of the document is taken away. Who hands it over has unpacked it in a
process apart and seen that it has no macros.
"""

from __future__ import annotations

import io
from typing import TYPE_CHECKING, Any

from granskning.errors import UnreadableFileError
from granskning.i18n import N_

if TYPE_CHECKING:
    from docx.document import Document


def open_reference(data: bytes) -> Document:
    """The document without its text. Raises UnreadableFileError where it is no Word document."""
    import docx
    from docx.oxml.ns import qn

    try:
        document = docx.Document(io.BytesIO(data))
        body = document.element.body
        sections = body.findall(qn("w:sectPr"))
    except (KeyError, ValueError, AttributeError, SyntaxError, OSError) as error:
        raise UnreadableFileError(N_("it is not a Word document")) from error
    for child in list(body):
        if child not in sections:
            body.remove(child)
    if not sections:
        document.add_section()
    for part in _parts(document.part):
        _cut_off(part)
    return document


def _parts(first: Any) -> list[Any]:
    """All parts of the document, each once."""
    parts, waiting = [], [first]
    while waiting:
        part = waiting.pop()
        if part not in parts:
            parts.append(part)
            waiting += [rel.target_part for rel in part.rels.values() if not rel.is_external]
    return parts


def _cut_off(part: Any) -> None:
    """Take away what points out of the document, such as the template that Word would fetch when it is opened."""
    outside = [key for key, rel in part.rels.items() if rel.is_external]
    for key in outside:
        del part.rels[key]
    element = getattr(part, "element", None)
    if element is None or not outside:
        return
    name = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
    attributes = (f"{name}id", f"{name}link")
    for holder in [node for node in element.iter() if any(node.get(key) in outside for key in attributes)]:
        parent = holder.getparent()
        if parent is not None:
            for child in list(holder):
                holder.addprevious(child)  # a link's words stay
            parent.remove(holder)
