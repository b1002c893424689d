"""The list of contents of a Word document: a field that Word can renew, with the entries already in it.

The entries lead to their headings. They have no page numbers, which only Word knows: numbers written here would be
wrong, and those of a field are empty until somebody renews it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from docx.enum.style import WD_STYLE_TYPE
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Pt

if TYPE_CHECKING:
    from collections.abc import Sequence

LEVELS = 2
_FEWEST = 3
"""A document of fewer chapters is seen through without a list."""
_INDENT = 14


def add_contents(document: Any, before: Any, headings: Sequence[tuple[int, str, str]], title: str) -> None:
    """Put the list before a paragraph. `headings` are level, words and bookmark, in order."""
    entries = [entry for entry in headings if entry[0] <= LEVELS]
    if sum(level == 1 for level, _, _ in entries) < _FEWEST:
        return
    before.insert_paragraph_before(title, _style(document, "TOC Heading", 0))
    for place, (level, words, bookmark) in enumerate(entries):
        paragraph = before.insert_paragraph_before(style=_style(document, f"toc {level}", level))
        if place == 0:
            _mark(paragraph, "begin")
            _code(paragraph, f' TOC \\o "1-{LEVELS}" \\n \\h ')
            _mark(paragraph, "separate")
        _link(paragraph, words, bookmark)
        if place == len(entries) - 1:
            _mark(paragraph, "end")


def _style(document: Any, name: str, level: int) -> str:
    """The name of Word's own style for a line of the list; made where the document has none."""
    styles = document.styles
    if name in styles:
        return name
    style = styles.add_style(name, WD_STYLE_TYPE.PARAGRAPH, builtin=True)
    style.base_style, style.font.bold = styles["Normal"], not level
    style.paragraph_format.left_indent = Pt(_INDENT * max(level - 1, 0))
    style.paragraph_format.space_after = Pt(2)
    return name


def _mark(paragraph: Any, kind: str) -> None:
    mark = OxmlElement("w:fldChar")
    mark.set(qn("w:fldCharType"), kind)
    paragraph.add_run()._r.append(mark)  # fields have no door in the library


def _code(paragraph: Any, code: str) -> None:
    text = OxmlElement("w:instrText")
    text.set(qn("xml:space"), "preserve")
    text.text = code
    paragraph.add_run()._r.append(text)


def _link(paragraph: Any, words: str, bookmark: str) -> None:
    link = OxmlElement("w:hyperlink")
    link.set(qn("w:anchor"), bookmark)
    link.append(paragraph.add_run(words)._r)
    paragraph._p.append(link)
