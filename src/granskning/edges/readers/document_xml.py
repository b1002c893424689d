"""The XML of a Word or OpenDocument text in, its running text and headings out, as one reads it today.

What is marked as deleted, and remarks in the margin, are left out; footnotes come last. lxml reads it without fetching
anything, without entities of the file's own, and without its limits for depth and size taken away.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from granskning.errors import UnreadableFileError
from granskning.i18n import N_
from granskning.model.document_text import DocumentHeading, DocumentPage, DocumentText

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_MC = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
_TEXT = "{urn:oasis:names:tc:opendocument:xmlns:text:1.0}"
_OFFICE = "{urn:oasis:names:tc:opendocument:xmlns:office:1.0}"
_HEADING = re.compile(r"(?:heading|rubrik)\s*([1-9])\Z", re.IGNORECASE)
_LEFT_OUT = frozenset({f"{_W}del", f"{_W}moveFrom", f"{_W}delText", f"{_W}instrText", f"{_W}pPr", f"{_MC}Fallback",
                       f"{_TEXT}tracked-changes", f"{_OFFICE}annotation", f"{_TEXT}note-citation"})  # fmt: skip
_BREAKS = {f"{_W}br": "\n", f"{_W}cr": "\n", f"{_W}tab": "\t", f"{_W}softHyphen": "\xad", f"{_W}noBreakHyphen": "-",
           f"{_TEXT}line-break": "\n", f"{_TEXT}tab": "\t", f"{_TEXT}s": " "}  # fmt: skip
_NOTE = f"{_TEXT}note"
_MOST_SPACES = 100
_Paragraph = tuple[str, int]
"""The text of a paragraph, and the level of the heading that it is; 0 for none."""


def read_docx(parts: Mapping[str, bytes]) -> DocumentText:
    """The text of a Word document, from its parts by name."""
    levels = _heading_styles(parts["word/styles.xml"]) if "word/styles.xml" in parts else {}
    paragraphs = [_word_paragraph(node, levels) for node in _outermost(_root(parts["word/document.xml"]), f"{_W}p")]
    for name in ("word/footnotes.xml", "word/endnotes.xml"):
        if name in parts:
            paragraphs += [(_text(node), 0) for node in _outermost(_root(parts[name]), f"{_W}p")]
    return as_document(paragraphs)


def read_odt(content: bytes) -> DocumentText:
    """The text of an OpenDocument text, from its `content.xml`."""
    body = _root(content).find(f"{_OFFICE}body")
    if body is None:
        raise UnreadableFileError(N_("it is broken, or of another kind than its name says"))
    paragraphs: list[_Paragraph] = []
    notes: list[_Paragraph] = []
    for node in _outermost(body, f"{_TEXT}p", f"{_TEXT}h"):
        level = node.get(f"{_TEXT}outline-level", "1") if node.tag == f"{_TEXT}h" else "0"
        paragraphs.append((_text(node), int(level) if level.isdecimal() else 1))
        notes += [(_text(inner), 0) for note in node.iter(_NOTE) for inner in note.iter(f"{_TEXT}p")]
    return as_document(paragraphs + notes)


def as_document(paragraphs: Iterable[_Paragraph]) -> DocumentText:
    """Paragraphs as one running text, and the headings among them."""
    filled = [(text, level) for text, level in paragraphs if text.strip()]
    headings = tuple(DocumentHeading(" ".join(text.split()), level, 1) for text, level in filled if level)
    return DocumentText((DocumentPage("\n".join(text for text, _ in filled)),), headings, has_pages=False)


def _root(data: bytes) -> Any:
    from lxml import etree

    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False, remove_pis=True)
    return etree.fromstring(data, parser)


def _outermost(root: Any, *tags: str) -> Iterator[Any]:
    """The nodes with a tag, each with all that is in it; one within another is part of it."""
    waiting = [root]
    while waiting:
        node = waiting.pop()
        if node.tag in _LEFT_OUT:
            continue
        if node.tag in tags:
            yield node
        else:
            waiting.extend(reversed(node))


def _text(node: Any) -> str:
    """The text of a paragraph, without that of notes."""
    pieces: list[str] = []
    _gather(node, pieces)
    return "".join(pieces)


def _gather(node: Any, pieces: list[str]) -> None:
    own = not node.tag.startswith(_W) or node.tag == f"{_W}t"  # in Word's kind only w:t has text
    if own and node.text:
        pieces.append(node.text)
    for child in node:
        if not isinstance(child.tag, str):
            pass
        elif child.tag in _BREAKS:
            count = child.get(f"{_TEXT}c", "1")
            times = min(int(count), _MOST_SPACES) if count.isdecimal() else 1
            pieces.append(_BREAKS[child.tag] * times)
        elif child.tag not in _LEFT_OUT and child.tag != _NOTE:
            if child.tag in (f"{_W}p", f"{_TEXT}p", f"{_TEXT}h"):  # of a text box
                pieces.append("\n")
            _gather(child, pieces)
        if own and child.tail:
            pieces.append(child.tail)


def _word_paragraph(node: Any, levels: Mapping[str, int]) -> _Paragraph:
    style = node.find(f"{_W}pPr/{_W}pStyle")
    outline = node.find(f"{_W}pPr/{_W}outlineLvl")
    level = levels.get(style.get(f"{_W}val", ""), 0) if style is not None else 0
    if outline is not None and outline.get(f"{_W}val", "") in "012345678":
        level = int(outline.get(f"{_W}val")) + 1
    return _text(node), level


def _heading_styles(data: bytes) -> dict[str, int]:
    """The level of each style that is one of headings, by the style's id."""
    levels: dict[str, int] = {}
    for style in _root(data).iter(f"{_W}style"):
        name = style.find(f"{_W}name")
        outline = style.find(f"{_W}pPr/{_W}outlineLvl")
        named = _HEADING.match(name.get(f"{_W}val", "")) if name is not None else None
        if named:
            levels[style.get(f"{_W}styleId", "")] = int(named[1])
        elif outline is not None and outline.get(f"{_W}val", "") in "012345678":
            levels[style.get(f"{_W}styleId", "")] = int(outline.get(f"{_W}val")) + 1
    return levels
