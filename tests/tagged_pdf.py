"""A tagged PDF read by a second parser: its text in the order of the tags, and how many there are of each."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from typing import TYPE_CHECKING, Any

import pikepdf
import tinyhtml5

if TYPE_CHECKING:
    from collections.abc import Iterator

MADE_WHILE_PRINTING = str.maketrans("", "", "0123456789.•◦▪-\N{HYPHEN}")
"""Page numbers, list marks and hyphens."""


def letters_seen(html: str) -> str:
    """The letters that a page prints, but figures."""
    body = tinyhtml5.parse(html, namespace_html_elements=False).find("body")
    return letters("".join(seen(body))).translate(MADE_WHILE_PRINTING)


def letters_spoken(document: pikepdf.Pdf) -> str:
    """The letters that the tag tree gives, but figures."""
    return letters(spoken(document)).translate(MADE_WHILE_PRINTING)


def tags_seen(html: str) -> dict[str, int]:
    """How many headings, tables, cells and captions a page has."""
    return {name: len(re.findall(rf"<{tag}[\s>]", html)) for tag, name in TAGS.items()}


def tags_told(document: pikepdf.Pdf) -> dict[str, int]:
    """How many of them the tag tree has."""
    counts = count_tags(document)
    return {name: counts[name] for name in TAGS.values()}


def figures_seen(html: str) -> list[str]:
    """What the pictures that a page prints say they show."""
    printed = on_paper(html)
    return [" ".join(one.split()) for one in re.findall(r"<svg[^>]*>\s*<title[^>]*>(.*?)</title>", printed, re.DOTALL)]


def on_paper(html: str) -> str:
    """The page without the drawings that a narrow screen has instead."""
    return re.sub(r'<div class="screen narrow-screen">.*?</div>', "", html, flags=re.DOTALL)


def figures_told(document: pikepdf.Pdf) -> list[str]:
    """What the figures in the tag tree say they show, in its order."""
    return [" ".join(str(one.Alt).split()) for one in reached(document) if one.S == "/Figure"]


def headings_told(document: pikepdf.Pdf) -> list[str]:
    """The headings in the order of the tags."""
    return [str(one.S)[1:].lower() for one in reached(document) if re.fullmatch(r"/H[1-6]", str(one.S))]


def headings_seen(html: str) -> list[str]:
    """The headings in the order of the page."""
    return re.findall(r"<(h[1-6])[\s>]", html)


def reached(document: pikepdf.Pdf) -> Iterator[Any]:
    """Every element of the tag tree, in its order."""

    def walk(element: Any) -> Iterator[Any]:
        yield element
        kids = element.get("/K", [])
        for kid in kids if isinstance(kids, pikepdf.Array) else [kids]:
            if not isinstance(kid, int) and "/S" in kid:
                yield from walk(kid)

    yield from walk(document.Root.StructTreeRoot.K[0])


def letters(text: str) -> str:
    """The letters of a text alone, so that line ends and ligatures make no difference."""
    return "".join(one for one in unicodedata.normalize("NFKC", text) if not one.isspace() and one != "\N{SOFT HYPHEN}")


def seen(element: Any) -> Iterator[str]:
    """The text that a page prints, but figures and what is for the screen."""
    hidden = {"screen", "spoken", "running"} & set(element.get("class", "").split())
    if isinstance(element.tag, str) and not element.tag.endswith("svg") and not hidden:
        yield element.get("data-word") or element.text or ""
        for child in element:
            yield from seen(child)
    yield element.tail or ""


def spoken(document: pikepdf.Pdf, language: str | None = None) -> str:
    """The text that the tag tree gives, in its order, but figures.

    Only what says that it is in `language`, where one is named; "" is what says none of its own.
    """
    texts = {number: marked(page) for number, page in enumerate(document.pages)}
    pages = {page.objgen: number for number, page in enumerate(document.pages)}

    def tell(element: Any, number: int | None, said: str = "") -> Iterator[str]:
        said = str(element.get("/Lang", said))
        if "/Pg" in element:
            number = pages[element.Pg.objgen]
        if element.get("/S") == "/Figure":
            return
        kids = element.get("/K", [])
        for kid in kids if isinstance(kids, pikepdf.Array) else [kids]:
            if isinstance(kid, int):
                yield texts[number or 0].get(kid, "") if language in (None, said) else ""
            elif "/S" in kid:
                yield from tell(kid, number, said)

    return "".join(tell(document.Root.StructTreeRoot.K[0], None))


def marked(page: pikepdf.Page) -> dict[int, str]:
    """The text of each marked piece of a page."""
    fonts = {name: alphabet(font) for name, font in page.resources.Font.items()}
    pieces: dict[int, str] = {}
    stack: list[int | None] = []
    font: dict[int, str] = {}
    for instruction in pikepdf.parse_content_stream(page):
        operands, command = instruction.operands, str(instruction.operator)
        if command in ("BDC", "BMC"):
            properties: Any = operands[1] if command == "BDC" else {}
            stack.append(int(properties["/MCID"]) if "/MCID" in properties else None)
        elif command == "EMC":
            stack.pop()
        elif command == "Tf":
            font = fonts[str(operands[0])]
        elif command in ("Tj", "TJ"):
            here = next((one for one in reversed(stack) if one is not None), None)
            if here is not None:
                strings = operands[0] if command == "TJ" else [operands[0]]
                codes = b"".join(bytes(one) for one in strings if isinstance(one, pikepdf.String))
                letters = (font[int.from_bytes(codes[at : at + 2])] for at in range(0, len(codes), 2))
                pieces[here] = pieces.get(here, "") + "".join(letters)
    return pieces


def alphabet(font: Any) -> dict[int, str]:
    table = font.ToUnicode.read_bytes().decode()
    pairs = re.findall(r"<([0-9a-fA-F]+)> <([0-9a-fA-F]+)>", table)
    return {int(code, 16): bytes.fromhex(letters).decode("utf-16-be") for code, letters in pairs}


TAGS = dict(
    zip(
        ("h1", "h2", "h3", "h4", "blockquote", "table", "th", "td", "(?:fig)?caption"),
        ("H1", "H2", "H3", "H4", "BlockQuote", "Table", "TH", "TD", "Caption"),
        strict=True,
    )
)


def count_tags(document: pikepdf.Pdf) -> Counter[str]:
    """How many of each tag the tree reaches."""
    counts: Counter[str] = Counter()
    waiting: list[Any] = [document.Root.StructTreeRoot.K[0]]
    while waiting:
        element = waiting.pop()
        counts[str(element.S)[1:]] += 1
        kids = element.get("/K", [])
        kids = list(kids) if isinstance(kids, pikepdf.Array) else [kids]
        waiting += [kid for kid in kids if not isinstance(kid, int) and "/S" in kid]
    return counts


def is_element(one: Any, kind: str) -> bool:
    return isinstance(one, pikepdf.Dictionary) and one.get("/Type") == "/StructElem" and one.get("/S") == kind
