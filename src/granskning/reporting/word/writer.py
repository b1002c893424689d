"""Walks through the page and writes it into the document: a heading as a heading, a list as a list."""

from __future__ import annotations

import io
from copy import copy
from functools import partial
from itertools import count
from typing import TYPE_CHECKING, Any

from docx.enum.section import WD_ORIENT, WD_SECTION
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm, Pt

from granskning.reporting.word.contents import add_contents
from granskning.reporting.word.runs import Look, TextRun, add_bookmark, bookmark_name, runs_of, write_runs
from granskning.reporting.word.styles import ADVICE, CELL, LABEL, LEAD, NOTICE, PICTURE, SOURCE
from granskning.reporting.word.tables import count_columns, write_table
from granskning.reporting.word.tree import alternative, classes, is_seen, words_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from granskning.i18n import Translator

_HEADINGS = {
    "h1": "Title",
    "h2": "Heading 1",
    "h3": "Heading 2",
    "h4": "Heading 3",
    "h5": "Heading 4",
    "h6": "Heading 5",
}
_BY_CLASS = {
    "lead": LEAD, "picture": PICTURE, "label": LABEL, "source": SOURCE, "quiet": SOURCE, "gate": NOTICE,
    "organisation": LABEL, "result": LABEL, "key": SOURCE,
}  # fmt: skip
_AROUND = {"notices": NOTICE, "internal": NOTICE, "recommend": ADVICE, "box": NOTICE}
"""What a block around paragraphs makes of them."""
_CHAPTERS = frozenset({"chapter", "target"})
"""The sections before the first of which the list of contents stands."""
_BLOCKS = frozenset(
    {
        "p", "div", "section", "article", "ul", "ol", "dl", "table", "figure", "blockquote", "nav", "header", "footer",
        "main", "aside", "h1", "h2", "h3", "h4", "h5", "h6", "hr", "pre", "form", "figcaption", "details", "summary",
    }
)  # fmt: skip
_DEEPEST = 2
"""So many levels has Word for lists, beside the first."""


class Writer:
    """Writes into one document. `pictures` are those of the page in order; None where one could not be drawn."""

    def __init__(self, document: Any, t: Translator, pictures: Sequence[bytes | None]) -> None:
        self._document = document
        self._t = t
        self._pictures: Iterator[bytes | None] = iter(pictures)
        self._numbers = count(1)
        self._anchors: list[str] = []
        self._break = False
        self._is_chapter = False
        """Whether the next heading begins a chapter."""
        self._titled = False
        self._headings: list[tuple[int, str, str]] = []
        """Level, words and bookmark of those written so far, for the list of contents."""
        self._first_chapter: Any = None
        self._turned = False
        """Whether the last chapter was on its side."""
        self._writers: dict[str, Callable[[Any, Any, str, str], Any]] = {
            **dict.fromkeys(_HEADINGS, self._heading),
            **dict.fromkeys(("p", "pre", "summary", "dt", "dd"), self._text),
            **dict.fromkeys(("ul", "ol"), self._list),
            **dict.fromkeys(("svg", "img"), self._picture),
            "table": self._table,
            "blockquote": self._quote,
            "figcaption": self._note,
        }

    def write(self, main: Any) -> None:
        """Write everything in an element of the page, and the list of contents before its first chapter."""
        self._blocks(self._document, main, "")
        if self._first_chapter is not None:
            add_contents(self._document, self._first_chapter, self._headings, self._t("Contents"))

    def _blocks(self, holder: Any, element: Any, around: str, language: str = "") -> None:
        """The blocks in an element; words that stand loose between them are a paragraph."""
        loose: list[Any] = [element.text]
        language = element.get("lang", "") or language
        for child in element:
            if not is_seen(child):
                loose.append(child.tail)
            elif child.tag in _BLOCKS or child.tag in ("svg", "img"):
                self._loose(holder, element, loose, around, language)
                self._block(holder, child, around, language)
                loose = [child.tail]
            else:
                loose += [child, child.tail]
        self._loose(holder, element, loose, around, language)

    def _loose(self, holder: Any, element: Any, loose: list[Any], around: str, language: str) -> None:
        """Words and inline elements that stand between blocks."""
        runs = runs_of(_gather(element, loose), Look(language=language))
        if any(run.text.strip() for run in runs):
            self._paragraph(holder, runs, around)

    def _block(self, holder: Any, element: Any, around: str, language: str) -> None:
        """One block, by its kind."""
        names, tag = classes(element), element.tag
        if element.get("id"):
            self._anchors.append(element.get("id"))
        write = self._writers.get(tag)
        if write is not None:
            write(holder, element, around, language)
        elif tag == "section" and "wide" in names:
            self._wide(holder, element, around, language)
        else:
            if tag == "section":
                self._open_section(names)
            inner = next((self._t(style) for name, style in _AROUND.items() if name in names), around)
            self._blocks(holder, element, inner, language)

    def _open_section(self, names: frozenset[str]) -> None:
        """Begin a chapter on a new page, upright again after one on its side."""
        if self._turned:
            self._turned, self._break = False, False
            self._document.add_section(WD_SECTION.NEW_PAGE)
            _turn(self._document.sections[-1], WD_ORIENT.PORTRAIT)
        elif "chapter" in names:
            self._break = True
        self._is_chapter = self._is_chapter or (not names.isdisjoint(_CHAPTERS) and "actions" not in names)

    def _heading(self, holder: Any, element: Any, _around: str, language: str) -> None:
        style = _HEADINGS[element.tag]
        if element.tag == "h1" and self._titled:
            style = "Heading 1"
        self._titled = self._titled or element.tag == "h1"
        if style.startswith("Heading") and not self._anchors:
            self._anchors.append(f"rubrik-{len(self._headings) + 1}")
        anchors = self._anchors
        paragraph = self._paragraph(holder, runs_of(element, Look(language=language)), style)
        if paragraph is None:
            return
        if style.startswith("Heading"):
            self._headings.append((int(style[-1]), words_of(element), bookmark_name(anchors[-1])))
        if self._break:
            paragraph.paragraph_format.page_break_before = True
            self._break = False
        if self._is_chapter:
            self._is_chapter = False
            self._first_chapter = self._first_chapter or (paragraph if holder is self._document else None)

    def _text(self, holder: Any, element: Any, around: str, language: str) -> None:
        """A paragraph, with the style that its class says; pictures in it stand after it."""
        names = classes(element)
        style = next((self._t(style) for name, style in _BY_CLASS.items() if name in names), around)
        style = "Subtitle" if "below" in names else style
        self._anchors += [inner.get("id") for inner in element.iter("span") if inner.get("id")]
        paragraph = self._paragraph(holder, runs_of(element, Look(language=language)), style)
        if paragraph is not None and names & {"judgement", "gate", "goes-on", "key"}:
            paragraph.paragraph_format.keep_with_next = True
        for child in element.iter():
            if child.tag in ("svg", "img"):
                self._picture(holder, child)

    def _quote(self, holder: Any, element: Any, _around: str, language: str) -> None:
        if any(child.tag in _BLOCKS for child in element):
            self._blocks(holder, element, "Quote", language)
        else:
            self._paragraph(holder, runs_of(element, Look(language=language)), "Quote")

    def _note(self, holder: Any, element: Any, _around: str, language: str) -> None:
        self._paragraph(holder, runs_of(element, Look(language=language)), self._t(SOURCE))

    def _paragraph(self, holder: Any, runs: list[TextRun], style: str) -> Any:
        """A paragraph of these runs; none where there are no words."""
        if not runs:
            return None
        paragraph = holder.add_paragraph(style=style or None)
        write_runs(paragraph, runs, self._t.language)
        for anchor in self._anchors:
            add_bookmark(paragraph, anchor, next(self._numbers))
        self._anchors = []
        return paragraph

    def _list(self, holder: Any, element: Any, around: str, language: str, depth: int = 0) -> None:
        """A list, with lists in it; evidence stands without bullets, as on the page."""
        numbered = element.tag == "ol"
        kind = "List Number" if numbered else "List Bullet"
        style = kind if not depth else f"{kind} {min(depth, _DEEPEST) + 1}"
        series = self._new_series() if numbered and not depth else None
        for item in (child for child in element if child.tag == "li" and is_seen(child)):
            if item.get("id"):
                self._anchors.append(item.get("id"))
            if "evidence" in classes(element):
                self._blocks(holder, item, around, language)
                continue
            first = self._paragraph(holder, _until_block(item, language), style)
            if first is not None and series is not None:
                _number(first, series)
            for child in item:
                if child.tag in ("ul", "ol"):
                    self._list(holder, child, around, language, depth + 1)
                elif child.tag in _BLOCKS and is_seen(child):
                    self._block(holder, child, "List Continue" if first is not None else style, language)

    def _new_series(self) -> int:
        """A numbering that begins with 1 again."""
        numbering = self._document.part.numbering_part.element
        style = self._document.styles["List Number"].element
        old = numbering.num_having_numId(style.pPr.numPr.numId.val)
        new = numbering.add_num(old.abstractNumId.val)
        new.add_lvlOverride(ilvl=0).add_startOverride(1)
        return int(new.numId)

    def _table(self, holder: Any, element: Any, _around: str, language: str) -> None:
        columns = count_columns(element)
        if not columns:
            return
        for caption in (child for child in element if child.tag == "caption"):
            self._paragraph(holder, runs_of(caption, Look(language=language)), "Caption")
        rows = sum(1 for child in element.iter() if child.tag == "tr" and _table_of(element, child))
        width = self._width()
        table = holder.add_table(rows, columns)
        write_table(table, element, self._t, width, partial(self._cell, language))
        if holder is self._document:
            _space_after(holder)

    def _cell(self, language: str, cell: Any, element: Any) -> None:
        if any(child.tag in _BLOCKS for child in element.iter() if child is not element):
            self._blocks(cell, element, self._t(CELL), language)
            return
        bold = element.tag == "th" and element.get("scope") == "col"
        write_runs(cell.paragraphs[0], runs_of(element, Look(bold=bold, language=language)), self._t.language)

    def _picture(self, holder: Any, element: Any, _around: str = "", _language: str = "") -> None:
        """The picture with what it says; where it could not be drawn, what it says as text."""
        t, data, words = self._t, next(self._pictures, None), alternative(element)
        if data is None:
            if words:
                said = t("The chart in words: {finding}", finding=words)
                self._paragraph(holder, [TextRun(said)], t(SOURCE))
            return
        paragraph = holder.add_paragraph()
        width = Mm(70) if element.tag == "img" else self._width()
        shape = paragraph.add_run().add_picture(io.BytesIO(data), width=width)
        properties = shape._inline.docPr  # alternative texts have no door in the library
        properties.set("descr", words)
        properties.set("name", t("Figure {number}", number=properties.get("id")))
        paragraph.paragraph_format.keep_with_next = element.tag == "svg"

    def _wide(self, holder: Any, element: Any, around: str, language: str) -> None:
        """A chapter on pages on their side."""
        if self._titled or len(self._document.paragraphs):
            self._document.add_section(WD_SECTION.NEW_PAGE)
        _turn(self._document.sections[-1], WD_ORIENT.LANDSCAPE)
        self._break, self._turned = False, True
        self._blocks(holder, element, around, language)

    def _width(self) -> Any:
        """The width of the text column here."""
        section = self._document.sections[-1]
        return section.page_width - section.left_margin - section.right_margin


def _turn(section: Any, way: Any) -> None:
    """Turn a section's pages."""
    if section.orientation != way:
        section.orientation = way
        section.page_width, section.page_height = section.page_height, section.page_width


def _gather(element: Any, pieces: list[Any]) -> Any:
    """An element that holds texts and elements, which stay where they are too."""
    wrapper = element.makeelement("span", {})
    for piece in pieces:
        if isinstance(piece, str):
            if len(wrapper):
                wrapper[-1].tail = (wrapper[-1].tail or "") + piece
            else:
                wrapper.text = (wrapper.text or "") + piece
        elif piece is not None:
            inner = copy(piece)
            inner.tail = None
            wrapper.append(inner)
    return wrapper


def _until_block(item: Any, language: str) -> list[TextRun]:
    """The words of a list item before the first block in it."""
    pieces: list[Any] = [item.text]
    for child in item:
        if child.tag in _BLOCKS:
            break
        pieces += [child, child.tail]
    return runs_of(_gather(item, pieces), Look(language=item.get("lang", language)))


def _table_of(table: Any, row: Any) -> bool:
    """Whether a row is this table's own and not one of a table inside it."""
    return any(row is one for child in table for one in (child, *child) if one.tag == "tr")


def _number(paragraph: Any, series: int) -> None:
    properties = paragraph._p.get_or_add_pPr().get_or_add_numPr()
    properties.get_or_add_ilvl().val, properties.get_or_add_numId().val = 0, series


def _space_after(document: Any) -> None:
    """A little air after a table, which Word has no setting for."""
    form = document.add_paragraph().paragraph_format
    form.space_after, form.line_spacing = Pt(0), Pt(8)


def _field(paragraph: Any, code: str) -> None:
    """A field that Word fills in: the page, or how many there are."""
    field = OxmlElement("w:fldSimple")
    field.set(qn("w:instr"), code)
    run = OxmlElement("w:r")
    text = OxmlElement("w:t")
    text.text = "1"
    run.append(text)
    field.append(run)
    paragraph._p.append(field)


def _free_paragraph(edge: Any) -> Any:
    """The paragraph at an edge to write in: its only one, or one after what the folder's own document has there."""
    only = edge.paragraphs[0] if len(edge.paragraphs) == 1 and not edge.tables else None
    is_empty = only is not None and not only.text.strip() and not only._p.xpath(".//w:drawing|.//w:pict")
    return only if is_empty else edge.add_paragraph()


def write_edges(document: Any, head: Any, foot: Any, t: Translator) -> None:
    """The running head and foot of every page: what must be known, what it rests on, and the page."""
    section = document.sections[0]
    for edge, words in ((section.header, head), (section.footer, foot)):
        write_runs(_free_paragraph(edge), [] if words is None else runs_of(words), t.language)
    pages = section.footer.add_paragraph()
    before, _, rest = t("page {page} of {pages}", page="\0", pages="\1").partition("\0")
    middle, _, after = rest.partition("\1")
    pages.add_run(before)
    _field(pages, "PAGE")
    pages.add_run(middle)
    _field(pages, "NUMPAGES")
    pages.add_run(after)
