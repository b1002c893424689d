"""The page as a tree, and what a Word document needs to know of it before it is written."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterator

_FORBIDDEN = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
"""What XML cannot hold."""
_NAMESPACE = re.compile(r"\{[^}]*\}")
_DECLARED = ("xmlns", "{http://www.w3.org/2000/xmlns/}")
UNSEEN = frozenset({"screen", "running", "page-of", "on-page", "in-file"})
"""Classes of what only the screen or a PDF has, and of page numbers that only a printer knows."""
_SIZE = re.compile(r"([\d.]+)")


@dataclass(frozen=True, slots=True)
class Drawing:
    """A picture on the page: its markup, and its size in pixels."""

    markup: str
    width: float
    height: float
    """0 where only drawing it tells."""


def parse_page(html: str) -> Any:
    """The tree of a page, its names without namespace."""
    import tinyhtml5  # comes with WeasyPrint; only Word needs it here

    tree = tinyhtml5.parse(_FORBIDDEN.sub("", html), namespace_html_elements=False)
    for element in tree.iter():
        if isinstance(element.tag, str):
            element.tag = _NAMESPACE.sub("", element.tag)
    return tree


def classes(element: Any) -> frozenset[str]:
    """The classes of an element."""
    return frozenset(element.get("class", "").split())


def is_seen(element: Any) -> bool:
    """Whether an element has a place in a document at all."""
    return (
        isinstance(element.tag, str)
        and element.tag not in ("style", "script", "template")
        and not (UNSEEN & classes(element))
    )


def words_of(element: Any) -> str:
    """All the words in an element, in one line."""
    return " ".join("".join(element.itertext()).split())


def alternative(element: Any) -> str:
    """What a picture shows, in words."""
    if element.tag == "img":
        return str(element.get("alt", ""))
    return next((words_of(inner) for inner in element.iter() if inner.tag == "title"), "")


def find_drawings(tree: Any) -> Iterator[Any]:
    """The elements that are pictures, in order."""
    waiting = [tree]
    while waiting:
        element = waiting.pop()
        if not is_seen(element):
            continue
        if element.tag in ("svg", "img"):
            yield element
        else:
            waiting += reversed(list(element))


def drawings_of(html: str) -> tuple[Drawing, ...]:
    """The pictures of a page, in order, as somebody else has to draw them."""
    return tuple(_drawing(element) for element in find_drawings(parse_page(html)))


def _drawing(element: Any) -> Drawing:
    if element.tag == "img":
        return Drawing(f'<img alt="" src="{element.get("src", "")}">', 260.0, 0.0)
    from xml.etree import ElementTree as ET  # it writes here, and reads nothing

    for name in [name for name in element.attrib if name.startswith(_DECLARED)]:
        del element.attrib[name]
    element.set("xmlns", "http://www.w3.org/2000/svg")
    tail, element.tail = element.tail, None
    markup = ET.tostring(element, encoding="unicode")
    element.tail = tail
    del element.attrib["xmlns"]
    return Drawing(markup, _length(element.get("width")), _length(element.get("height")))


def _length(value: str | None) -> float:
    found = _SIZE.match(value or "")
    return float(found[1]) if found else 616.0
