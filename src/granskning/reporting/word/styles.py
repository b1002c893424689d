"""The styles of the document: Word's own where it has one, so that navigation and templates work, and a few more."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from docx.enum.style import WD_STYLE_TYPE
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls, qn
from docx.shared import Pt, RGBColor

from granskning.i18n import N_

if TYPE_CHECKING:
    from granskning.i18n import Translator

FONT = "Calibri"
"""What every office has; the reports' own typeface is not on the computer of who pastes."""
LANGUAGES = {"sv": "sv-SE", "en": "en-GB"}
LEAD, PICTURE, LABEL, SOURCE = N_("Lead"), N_("Target picture"), N_("Label"), N_("Source note")
NOTICE, ADVICE, CELL, TABLE = N_("Notice"), N_("Advice"), N_("Table text"), N_("Report table")

_INK, _QUIET, _ACCENT = RGBColor(0x1B, 0x1B, 0x1F), RGBColor(0x55, 0x55, 0x5C), RGBColor(0x0B, 0x5C, 0x66)
_OWN: tuple[tuple[str, str, float, bool, RGBColor, float, float], ...] = (
    # name, based on, size, bold, colour, space before and after
    (LEAD, "Normal", 14, False, _INK, 0, 8),
    (PICTURE, "Normal", 14, False, _ACCENT, 0, 8),
    (LABEL, "Normal", 11, True, _INK, 6, 2),
    (SOURCE, "Normal", 11, False, _QUIET, 0, 6),
    (NOTICE, "Normal", 11, False, _INK, 0, 6),
    (ADVICE, "Normal", 11, False, _INK, 0, 6),
    (CELL, "Normal", 11, False, _INK, 2, 2),
)
_SHIPPED: tuple[tuple[str, float, bool, RGBColor, float, float], ...] = (
    ("Title", 26, True, _INK, 12, 6),
    ("Subtitle", 14, False, _ACCENT, 0, 18),
    ("Heading 1", 20, True, _INK, 24, 8),
    ("Heading 2", 15, True, _INK, 18, 4),
    ("Heading 3", 13, True, _INK, 14, 4),
    ("Heading 4", 11, True, _INK, 10, 3),
    ("Heading 5", 11, True, _INK, 10, 3),
    ("Caption", 11, True, _INK, 8, 4),
    ("Quote", 11, False, _INK, 0, 2),
    ("Header", 9, False, _QUIET, 0, 0),
    ("Footer", 9, False, _QUIET, 0, 0),
)
_NORMAL_SPACE = 6
_GRID = (
    '<w:tblPr {}><w:tblBorders><w:bottom w:val="single" w:sz="4" w:color="C9C9CF"/>'
    '<w:insideH w:val="single" w:sz="4" w:color="C9C9CF"/></w:tblBorders>'
    '<w:tblCellMar><w:left w:w="0" w:type="dxa"/><w:right w:w="160" w:type="dxa"/></w:tblCellMar></w:tblPr>'
)
_FIRST = (
    '<w:tblStylePr w:type="firstRow" {}><w:rPr><w:b/></w:rPr><w:tcPr><w:tcBorders>'
    '<w:bottom w:val="single" w:sz="8" w:color="1B1B1F"/></w:tcBorders></w:tcPr></w:tblStylePr>'
)
_LAST = (
    '<w:tblStylePr w:type="lastRow" {}><w:rPr><w:b/></w:rPr><w:tcPr><w:tcBorders>'
    '<w:top w:val="single" w:sz="8" w:color="1B1B1F"/></w:tcBorders></w:tcPr></w:tblStylePr>'
)


_LISTS = ("List Bullet", "List Bullet 2", "List Bullet 3", "List Number", "List Number 2", "List Number 3",
          "List Continue")  # fmt: skip
"""What else the writer names; a document of the folder's own may lack any of them."""


def complete_styles(document: Any, t: Translator) -> None:
    """Give a document of the folder's own the styles that it lacks; those that it has stay as they are."""
    styles = document.styles
    known = {style.name for style in styles}
    for name, size, bold, colour, before, after in _SHIPPED:
        if name not in known:
            style = styles.add_style(name, WD_STYLE_TYPE.PARAGRAPH, builtin=True)
            style.base_style = styles["Normal"] if "Normal" in known else None
            _shape(style, size, colour, before, after, bold=bold)
    for name in (one for one in _LISTS if one not in known):
        styles.add_style(name, WD_STYLE_TYPE.PARAGRAPH, builtin=True).base_style = styles["Normal"]
    for name, base, size, bold, colour, before, after in _OWN:
        if t(name) not in known:
            style = styles.add_style(t(name), WD_STYLE_TYPE.PARAGRAPH)
            style.base_style = styles[base]
            _shape(style, size, colour, before, after, bold=bold)
    if t(TABLE) not in known:
        _table_style(styles, t, "Normal Table" if "Normal Table" in known else None)
    _set_language(document, LANGUAGES[t.language])


def set_styles(document: Any, t: Translator) -> None:
    """Give the document its styles and its language."""
    styles = document.styles
    normal = styles["Normal"]
    _shape(normal, 11, _INK, 0, _NORMAL_SPACE, bold=False)
    normal.paragraph_format.line_spacing = 1.25
    for name, size, bold, colour, before, after in _SHIPPED:
        _shape(styles[name], size, colour, before, after, bold=bold)
        for border in styles[name].element.findall(f".//{qn('w:pBdr')}"):
            border.getparent().remove(border)
    for name, base, size, bold, colour, before, after in _OWN:
        style = styles.add_style(t(name), WD_STYLE_TYPE.PARAGRAPH)
        style.base_style, style.quick_style = styles[base], True
        _shape(style, size, colour, before, after, bold=bold)
    for name in (t(LABEL), "Caption"):
        styles[name].paragraph_format.keep_with_next = True
    styles["Quote"].paragraph_format.left_indent = Pt(9)
    for name in (t(NOTICE), t(ADVICE)):
        styles[name].paragraph_format.left_indent = Pt(9)
        _line_beside(styles[name])
    _table_style(styles, t, "Normal Table")
    _set_language(document, LANGUAGES[t.language])
    _set_age(document)


def _shape(  # noqa: PLR0913  # what a style is
    style: Any, size: float, colour: RGBColor, before: float, after: float, *, bold: bool
) -> None:
    font, form = style.font, style.paragraph_format
    font.name, font.size, font.bold, font.color.rgb = FONT, Pt(size), bold, colour
    font.italic = style.name == "Quote"
    form.space_before, form.space_after = Pt(before), Pt(after)
    fonts = style.element.get_or_add_rPr().get_or_add_rFonts()
    for theme in ("asciiTheme", "hAnsiTheme", "eastAsiaTheme", "cstheme"):
        fonts.attrib.pop(qn(f"w:{theme}"), None)
    for kind in ("ascii", "hAnsi", "cs"):
        fonts.set(qn(f"w:{kind}"), FONT)


def _line_beside(style: Any) -> None:
    """A line at the left, as on the page."""
    line = f'<w:pBdr {nsdecls("w")}><w:left w:val="single" w:sz="12" w:space="6" w:color="0B5C66"/></w:pBdr>'
    properties = style.element.get_or_add_pPr()
    properties.insert_element_before(
        parse_xml(line), "w:shd", "w:tabs", "w:suppressAutoHyphens", "w:spacing", "w:ind", "w:jc", "w:outlineLvl"
    )


def _table_style(styles: Any, t: Translator, base: str | None) -> None:
    style = styles.add_style(t(TABLE), WD_STYLE_TYPE.TABLE)
    style.base_style, style.quick_style = styles[base] if base else None, True
    for part in (_GRID, _FIRST, _LAST):
        style.element.append(parse_xml(part.format(nsdecls("w"))))


def _set_language(document: Any, language: str) -> None:
    """The language that the text is checked and read aloud in."""
    defaults = document.styles.element.find(f".//{qn('w:rPrDefault')}/{qn('w:rPr')}")
    if defaults is None:  # a document of the folder's own may have no defaults at all
        return
    for old in defaults.findall(qn("w:lang")):
        defaults.remove(old)
    defaults.append(parse_xml(f'<w:lang {nsdecls("w")} w:val="{language}" w:eastAsia="{language}" w:bidi="ar-SA"/>'))
    settings = document.settings.element
    for old in settings.findall(qn("w:themeFontLang")):
        old.set(qn("w:val"), language)


def _set_age(document: Any) -> None:
    """Say that the document is of today's Word, which otherwise opens it as one of 2007."""
    settings = document.settings.element
    compat = settings.find(qn("w:compat"))
    if compat is None:
        return
    for old in compat.findall(qn("w:compatSetting")):
        compat.remove(old)
    address = "http://schemas.microsoft.com/office/word"
    compat.append(
        parse_xml(f'<w:compatSetting {nsdecls("w")} w:name="compatibilityMode" w:uri="{address}" w:val="15"/>')
    )
