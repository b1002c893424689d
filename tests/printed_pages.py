"""Looks at printed pages as pictures and as text: what left its place, what was parted, what is gone."""

from __future__ import annotations

import ctypes
import unicodedata
from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING, Any

import pypdfium2
import tinyhtml5
from pypdfium2 import raw

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

_MM = 72 / 25.4
_FIRST_LINES = 120
"""Letters of a text that fill at least its first line and begin its second."""
_DOTS = 1.5
"""Pixels per point of the pictures."""
_UNPRINTED = frozenset({"screen", "spoken", "running"})
_HEADINGS = ("h1", "h2", "h3", "h4", "h5", "h6")
_BLOCKS = ("p", "li", "h1", "h2", "h3", "h4", "h5", "h6", "blockquote", "td", "th", "caption", "figcaption")
_RIGHT_TO_LEFT = frozenset({"R", "AL"})


@dataclass(frozen=True, slots=True)
class Seen:
    """One page: what it says within its column, and what lies outside."""

    letters: str
    outside: tuple[str, ...]
    ends_bold: bool
    """Whether the last letter in the column is of a heading's face."""
    blank: float
    """How much of the column's height is empty below the last line, from 0 to 1."""


def look_at(data: bytes) -> list[Seen]:
    """All pages of a PDF."""
    document = pypdfium2.PdfDocument(data)
    try:
        return [_look(document[number], number) for number in range(len(document))]
    finally:
        document.close()


def letters_of(text: str) -> str:
    """The letters and digits alone, so that breaks, hyphens and ligatures make no difference."""
    return "".join(one for one in unicodedata.normalize("NFKC", text) if one.isalnum())


def is_ordered(text: str) -> bool:
    """Whether a text runs one way only, so that its letters are found in order."""
    return not any(unicodedata.bidirectional(one) in _RIGHT_TO_LEFT for one in text)


def read_page(html: str) -> Any:
    """The body of a page."""
    return tinyhtml5.parse(html, namespace_html_elements=False).find("body/main")


def printed_words(element: Any) -> str:
    """The words of an element that are printed, but not those of drawings; a NUL where a page number comes."""
    return "".join(_printed(element))


def _printed(element: Any) -> Iterator[str]:
    if isinstance(element.tag, str) and not element.tag.endswith("svg"):
        names = set(element.get("class", "").split())
        if not _UNPRINTED & names:
            if names & {"on-page", "page-of"}:
                yield "\0"
            yield element.text or ""
            for child in element:
                yield from _printed(child)
                yield child.tail or ""


def blocks_of(main: Any) -> Iterator[str]:
    """The letters of every block that holds no other."""
    for element in main.iter():
        if element.tag in _BLOCKS and not any(inner.tag in _BLOCKS for inner in element.iter() if inner is not element):
            words = printed_words(element)
            if is_ordered(words):
                yield from filter(None, map(letters_of, words.split("\0")))


def heads_of(main: Any) -> Iterator[str]:
    """The letters of each question with its judgement, and of how its justification begins."""
    for article in main.iter("article"):
        element, *rest = list(article) or [article]
        if "head" in element.get("class", "").split() and element.find("p[@class='judgement']") is not None:
            reason = printed_words(rest[0]) if rest and rest[0].tag == "p" else ""
            words = f"{printed_words(element)} {reason[:_FIRST_LINES]}"
            if is_ordered(words):
                yield letters_of(words)


def headings_of(main: Any) -> set[str]:
    """The letters of every heading."""
    return {letters_of(printed_words(one)) for one in main.iter() if one.tag in _HEADINGS}


def tables_of(main: Any) -> Iterator[tuple[str, list[str]]]:
    """The letters of each table's head, and of each of its rows."""
    for table in main.iter("table"):
        head, body = table.find("thead"), table.find("tbody")
        if head is not None and body is not None:
            yield letters_of(printed_words(head)), [letters_of(printed_words(row)) for row in body]


def _look(page: Any, number: int) -> Seen:
    width, height = page.get_size()
    inner, outer, upper = (24, 24, 19) if width > height else (22, 25, 24)
    if width < height and number % 2 == 0:
        inner, outer = outer, inner
    left, right = inner * _MM, width - outer * _MM
    text = page.get_textpage()
    column = text.get_text_bounded(left - 2, upper * _MM - 2, right + 2, height - upper * _MM + 2)
    bold = _ends_bold(text, upper * _MM, height)
    picture = page.render(scale=_DOTS).to_pil().convert("L")
    outside = [*_ink(picture, left, right), *_strays(text, left, right, height)]
    text.close()
    return Seen(letters_of(column), tuple(outside), bold, _blank(picture, upper * _MM * _DOTS))


def _blank(picture: Any, margin: float) -> float:
    """The share of the column's height below the last ink in it."""
    top, bottom = round(margin), round(picture.height - margin)
    drawn = picture.crop((0, top, picture.width, bottom)).point(lambda shade: 255 if shade < 200 else 0).getbbox()
    last = int(drawn[3]) if drawn else 0
    return float(1 - last / (bottom - top))


def inner_pages(seen: Sequence[Seen], main: Any) -> list[tuple[int, Seen]]:
    """The pages that another of the same chapter follows, with their numbers: not the last of a chapter."""
    chapters = tuple(
        letters_of(printed_words(next(inner for inner in one.iter() if inner.tag in _HEADINGS)))
        for one in main.iter()
        if "chapter" in one.get("class", "").split()
    )
    pairs = enumerate(pairwise(seen), 1)
    return [(number, page) for number, (page, following) in pairs if not following.letters.startswith(chapters)]


def _ends_bold(text: Any, edge: float, height: float) -> bool:
    """Whether the last letter of the column is semibold."""
    for place in reversed(range(text.count_chars())):
        _, low, _, high = text.get_charbox(place)
        if edge - 2 < low and high < height - edge + 2 and chr(raw.FPDFText_GetUnicode(text, place)).isalnum():
            name = ctypes.create_string_buffer(200)
            raw.FPDFText_GetFontInfo(text, place, name, 200, None)
            return b"semibold" in name.value.lower()
    return False


def _ink(picture: Any, left: float, right: float) -> Iterator[str]:
    """Colour in the margins beside the column."""
    width, height = picture.size
    for name, box in (
        ("left", (0, 0, int((left - 3) * _DOTS), height)),
        ("right", (int((right + 3) * _DOTS), 0, width, height)),
    ):
        darkest, _ = picture.crop(box).getextrema()
        if darkest < 200:
            yield f"ink in the {name} margin"


def _strays(text: Any, left: float, right: float, height: float) -> Iterator[str]:
    """Letters outside the column, or above or below the page."""
    # a page has thousands of letters: one call to the library for each, and more only for what lies outside
    x1, y1, x2, y2 = ctypes.c_double(), ctypes.c_double(), ctypes.c_double(), ctypes.c_double()
    box = (ctypes.byref(x1), ctypes.byref(x2), ctypes.byref(y1), ctypes.byref(y2))
    ask, whole = raw.FPDFText_GetCharBox, text.raw
    leftmost, rightmost = left - 3, right + 3
    for place in range(text.count_chars()):
        assert ask(whole, place, *box), "a letter without a place"
        if x1.value < leftmost or x2.value > rightmost or y1.value < 0 or y2.value > height:
            letter = chr(raw.FPDFText_GetUnicode(text, place))
            if not raw.FPDFText_IsGenerated(text, place) and not letter.isspace():
                yield f"a letter at {x1.value:.0f}, {y1.value:.0f}: {letter!r}"
