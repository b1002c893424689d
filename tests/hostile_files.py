"""Files that are made to do harm to whoever reads them: small to write, and each harmful in a way of its own."""

from __future__ import annotations

import io
import zipfile
import zlib
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

_CATALOGUE = b"<</Type/Catalog/Pages 2 0 R>>"
_PAGES = b"<</Type/Pages/Kids[3 0 R]/Count 1>>"
_PAGE = b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 9 9]/Contents 4 0 R/Resources<</XObject<</F 5 0 R>>>>>>"


def pdf(*objects: bytes, trailer: bytes = b"/Root 1 0 R", end: bytes | None = None) -> bytes:
    """A PDF of these objects, numbered from 1."""
    data, places = b"%PDF-1.7\n", []
    for number, content in enumerate(objects, 1):
        places.append(len(data))
        data += b"%d 0 obj\n%s\nendobj\n" % (number, content)
    start = len(data)
    rows = b"".join(b"%010d 00000 n \n" % place for place in places)
    data += b"xref\n0 %d\n0000000000 65535 f \n%s" % (len(objects) + 1, rows)
    data += b"trailer<</Size %d%s>>\nstartxref\n%d\n%%%%EOF" % (len(objects) + 1, trailer, start)
    return data if end is None else data.replace(b"%d\n%%%%EOF" % start, end)


def stream(data: bytes, head: bytes = b"") -> bytes:
    """A stream object."""
    return b"<<%s/Length %d>>stream\n%s\nendstream" % (head, len(data), data)


def _form(content: bytes) -> bytes:
    return stream(content, b"/Type/XObject/Subtype/Form/BBox[0 0 9 9]/Resources<</XObject<</F 5 0 R>>>>")


def _packed(content: bytes, times: int) -> bytes:
    for _ in range(times):
        content = zlib.compress(content, 9)
    return stream(content, b"/Filter[%s]" % (b"/FlateDecode" * times))


def _with_content(content: bytes) -> bytes:
    return pdf(_CATALOGUE, _PAGES, _PAGE, content, _form(b"q Q"))


def _self_calling() -> bytes:
    return pdf(_CATALOGUE, _PAGES, _PAGE, stream(b"/F Do"), _form(b"/F Do /F Do /F Do"))


def _page_tree_loop() -> bytes:
    return pdf(_CATALOGUE, b"<</Type/Pages/Kids[2 0 R 2 0 R]/Count 9/Parent 2 0 R>>")


def _xref_loop() -> bytes:
    return pdf(_CATALOGUE, _PAGES, _PAGE, stream(b""), trailer=b"/Root 1 0 R/Prev 9", end=b"9\n%%EOF")


def _previous_loop() -> bytes:
    data = pdf(_CATALOGUE, _PAGES, _PAGE, stream(b""), trailer=b"/Root 1 0 R/Prev 0000000")
    return data.replace(b"/Prev 0000000", b"/Prev %07d" % data.rindex(b"xref\n0"))


PDFS: Mapping[str, Callable[[], bytes]] = {
    "a form that calls itself": _self_calling,
    "a tree of pages that holds itself": _page_tree_loop,
    "a table of objects in another's place": _xref_loop,
    "a table of objects that follows itself": _previous_loop,
    "a huge content stream": lambda: _with_content(_packed(b"0 0 m " * 16_000_000, 1)),
    "a stream packed twice": lambda: _with_content(_packed(b"BT (a) Tj ET " * 2_000_000, 2)),
    "a stream that is longer than it says": lambda: _with_content(stream(b"q Q").replace(b"Length 3", b"Length 0")),
    "a half": lambda: _with_content(stream(b"q Q"))[:300],
    "only its beginning": lambda: b"%PDF-1.7\n",
}


def zip_of(parts: Mapping[str, bytes]) -> bytes:
    """A zip file."""
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as file:
        for name, data in parts.items():
            file.writestr(name, data)
    return packed.getvalue()
