"""What stands within a paragraph: words with their emphasis, links, marks and line breaks."""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any

from docx.opc.constants import RELATIONSHIP_TYPE
from docx.oxml import OxmlElement, parse_xml
from docx.oxml.ns import nsdecls, qn
from docx.shared import RGBColor

from granskning.reporting.word.styles import LANGUAGES
from granskning.reporting.word.tree import classes, is_seen

if TYPE_CHECKING:
    from collections.abc import Iterator

_RIGHT_TO_LEFT = re.compile("([\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc](?:[\\s\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc]*"
                            "[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc])?)")  # fmt: skip
BREAK = "\v"
"""A line break; no page holds one of its own."""
_SPACE = re.compile(r"[ \t\n\r\f]+")
_FILLS = {"step-1": "D5E7E9", "step-2": "A9CDD1", "step-3": "6AA9B0", "step-4": "0B5C66"}
_RAISED = {"sup": "superscript", "sub": "subscript"}
_QUIET = RGBColor(0x55, 0x55, 0x5C)
_ACCENT = RGBColor(0x0B, 0x5C, 0x66)
_LONGEST_NAME = 40
"""So long may the name of a bookmark be."""


@dataclass(frozen=True, slots=True)
class Look:
    """How a run of words looks, and where it leads."""

    bold: bool = False
    italic: bool = False
    quiet: bool = False
    raised: str = ""
    sign: str = ""
    """The shade of a mark; "none" for one without."""
    link: str = ""
    language: str = ""


@dataclass(frozen=True, slots=True)
class TextRun:
    """Some words of one look; a line break is a run of its own."""

    text: str
    look: Look = field(default_factory=Look)


def runs_of(element: Any, look: Look | None = None) -> list[TextRun]:
    """The runs of an element, white space as a browser shows it."""
    found: list[TextRun] = []
    for run in _walk(element, look or Look()):
        text = run.text if run.text == BREAK else _SPACE.sub(" ", run.text)
        if (not found or found[-1].text.endswith((" ", BREAK))) and run.text != BREAK:
            text = text.lstrip(" ")
        if run.text == BREAK and found:
            found[-1] = replace(found[-1], text=found[-1].text.rstrip(" "))
        if text:
            found.append(replace(run, text=text))
    while found and not found[-1].text.rstrip(f" {BREAK}"):
        found.pop()
    if found:
        found[-1] = replace(found[-1], text=found[-1].text.rstrip(" "))
    return found


def _walk(element: Any, look: Look) -> Iterator[TextRun]:
    """Everything in the element, unjoined."""
    if element.get("lang"):
        look = replace(look, language=element.get("lang"))
    if element.text:
        yield TextRun(element.text, look)
    for child in element:
        if child.tag == "br":
            yield TextRun(BREAK, look)
        elif is_seen(child):
            yield from _child(child, look)
        if child.tail:
            yield TextRun(child.tail, look)


def _child(child: Any, look: Look) -> Iterator[TextRun]:
    names = classes(child)
    if "sign" in names:
        sign = "".join(child.itertext()).strip()
        if sign:
            shade = next((_FILLS[name] for name in sorted(names) if name in _FILLS), "none")
            yield TextRun(f"\N{NO-BREAK SPACE}{sign}\N{NO-BREAK SPACE}", replace(look, sign=shade, bold=True))
            yield TextRun(" ", look)
        return
    tag = child.tag
    yield from _walk(
        child,
        replace(
            look,
            bold=look.bold or tag in ("strong", "b", "th") or "mark" in names,
            italic=look.italic or tag in ("em", "i", "cite"),
            quiet=look.quiet or bool(names & {"quiet", "number-of"}),
            raised=_RAISED.get(tag, look.raised),
            link=child.get("href", "") if tag == "a" else look.link,
        ),
    )


def write_runs(paragraph: Any, runs: list[TextRun], report_language: str) -> None:
    """Put the runs into a paragraph."""
    holder, link = paragraph._p, ""  # links have no door of their own in the library
    for run in runs:
        if run.look.link != link:
            link = run.look.link
            holder = _open_link(paragraph, link) if link else paragraph._p
        for part in _RIGHT_TO_LEFT.split(run.text):
            if part:
                _write(paragraph, holder, part, run.look, report_language)


def _write(paragraph: Any, holder: Any, text: str, look: Look, report_language: str) -> None:
    run = paragraph.add_run()
    if text == BREAK:
        run.add_break()
    else:
        run.text = text
    if holder is not paragraph._p:
        holder.append(run._r)
        run.font.underline, run.font.color.rgb = True, _ACCENT
    run.bold, run.italic = look.bold or None, look.italic or None
    if look.quiet and not look.link:
        run.font.color.rgb = _QUIET
    if look.raised:
        setattr(run.font, look.raised, True)
    if look.sign:
        _shade(run, look.sign)
    if _RIGHT_TO_LEFT.fullmatch(text):
        run.font.rtl = True
    elif look.language and look.language != report_language:
        language = LANGUAGES.get(look.language, look.language)
        run._r.get_or_add_rPr().append(parse_xml(f'<w:lang {nsdecls("w")} w:val="{language}"/>'))


def _shade(run: Any, fill: str) -> None:
    """A mark: a thin frame, and the shade of its level."""
    properties = run._r.get_or_add_rPr()
    if fill == _FILLS["step-4"]:
        run.font.color.rgb = RGBColor(0xFF, 0xFF, 0xFF)
    properties.append(parse_xml(f'<w:bdr {nsdecls("w")} w:val="single" w:sz="4" w:space="0" w:color="6B6B73"/>'))
    if fill != "none":
        properties.append(parse_xml(f'<w:shd {nsdecls("w")} w:val="clear" w:color="auto" w:fill="{fill}"/>'))


def _open_link(paragraph: Any, address: str) -> Any:
    """A link element at the end of the paragraph."""
    link = OxmlElement("w:hyperlink")
    if address.startswith("#"):
        link.set(qn("w:anchor"), bookmark_name(address[1:]))
    else:
        link.set(qn("r:id"), paragraph.part.relate_to(address, RELATIONSHIP_TYPE.HYPERLINK, is_external=True))
    paragraph._p.append(link)
    return link


def bookmark_name(anchor: str) -> str:
    """The name of a place: letters, digits and underscores, at most forty, one for each anchor."""
    name = "_" + re.sub(r"\W", "_", anchor)
    if len(name) <= _LONGEST_NAME:
        return name
    from hashlib import sha256  # few anchors are so long

    return f"{name[:30]}_{sha256(anchor.encode()).hexdigest()[:8]}"


def add_bookmark(paragraph: Any, anchor: str, number: int) -> None:
    """Make the paragraph a place that links lead to."""
    start = parse_xml(f'<w:bookmarkStart {nsdecls("w")} w:id="{number}" w:name="{bookmark_name(anchor)}"/>')
    end = parse_xml(f'<w:bookmarkEnd {nsdecls("w")} w:id="{number}"/>')
    properties = paragraph._p.pPr
    paragraph._p.insert(0 if properties is None else 1, start)
    paragraph._p.append(end)
