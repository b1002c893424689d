"""The bytes of a web page in, its text and headings out. Nothing that it names is fetched, and no script is run."""

from __future__ import annotations

import codecs
import re
from typing import TYPE_CHECKING, Any

from granskning.edges.readers.document_xml import as_document

if TYPE_CHECKING:
    from granskning.model.document_text import DocumentText

_LEFT_OUT = frozenset({"script", "style", "template", "head", "noscript", "svg", "math", "iframe", "object", "select"})
_BLOCK = re.compile(
    r"address|article|aside|blockquote|body|br|caption|center|dd|details|div|dl|dt|fieldset|figcaption|figure|footer|"
    r"form|h[1-6]|header|hr|html|legend|li|main|nav|ol|p|pre|section|summary|table|tbody|td|tfoot|th|thead|tr|ul"
)
_LEVEL = re.compile(r"h([1-6])")
_CHARSET = re.compile(rb"charset\s*=\s*[\"']?\s*([A-Za-z0-9_.:-]+)", re.IGNORECASE)


def read_html(data: bytes) -> DocumentText:
    """The text of a web page, a line a block."""
    from lxml import html

    page = _PageText()
    page.walk(html.document_fromstring(data, parser=html.HTMLParser(encoding=_encoding(data), no_network=True)))
    return as_document(page.paragraphs)


class _PageText:
    """The blocks of a page, gathered in their order."""

    def __init__(self) -> None:
        self.paragraphs: list[tuple[str, int]] = []
        self._pieces: list[str] = []
        self._level = 0

    def walk(self, root: Any) -> None:
        """Gather all text below a node. No recursion: a page may be nested deeper than Python goes."""
        waiting: list[Any] = [root]
        while waiting:
            thing = waiting.pop()
            if isinstance(thing, str):
                self._pieces.append(thing)
            elif isinstance(thing, tuple):
                self._end_block()
                self._level = thing[0]
            else:
                waiting.extend(reversed(self._inside(thing)))
        self._end_block()

    def _inside(self, node: Any) -> list[Any]:
        """What is in a node, in its order: texts, nodes, and where a block ends with the level that holds after it."""
        name = node.tag if isinstance(node.tag, str) else ""  # a remark has no name
        if not name or name in _LEFT_OUT:
            return []
        inside: list[Any] = [node.text] if node.text else []
        for child in node:
            inside += [child, child.tail] if child.tail else [child]
        if _BLOCK.fullmatch(name):
            self._end_block()
            inside.append((self._level,))
            heading = _LEVEL.fullmatch(name)
            self._level = int(heading[1]) if heading else self._level
        return inside

    def _end_block(self) -> None:
        text = " ".join("".join(self._pieces).split())
        self._pieces.clear()
        if text:
            self.paragraphs.append((text, self._level))


def _encoding(data: bytes) -> str:
    """What the page says, else UTF-8 where it is that, else that of Windows."""
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        return "utf-16"
    named = _CHARSET.search(data[:4096])
    if named and not data.startswith(b"\xef\xbb\xbf"):
        try:
            return codecs.lookup(named[1].decode()).name
        except LookupError:
            pass
    try:
        data.decode("utf-8-sig")
    except UnicodeDecodeError:
        return "cp1252"
    return "utf-8"
