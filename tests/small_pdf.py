"""Small PDFs of given lines, made by hand: quick, the same bytes every time, with printed page numbers if wanted."""

from __future__ import annotations

from typing import TYPE_CHECKING

from hostile_files import pdf, stream

if TYPE_CHECKING:
    from collections.abc import Sequence

_FONT = b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica/Encoding/WinAnsiEncoding>>"
PICTURE = "\0picture"
"""A page that is only a picture."""


def small_pdf(*pages: str, labels: Sequence[str] = (), outline: Sequence[tuple[str, int]] = ()) -> bytes:
    """A PDF with a page for each text; an outline is titles with pages counted from 1."""
    numbers = [4 + 2 * at for at in range(len(pages))]
    picture, heads = 4 + 2 * len(pages), 5 + 2 * len(pages)
    catalogue = b"/Type/Catalog/Pages 2 0 R"
    if labels:
        nums = b"".join(b"%d<</P(%s)>>" % (at, label.encode("cp1252")) for at, label in enumerate(labels))
        catalogue += b"/PageLabels<</Nums[%s]>>" % nums
    if outline:
        catalogue += b"/Outlines %d 0 R" % heads
    kids = b" ".join(b"%d 0 R" % number for number in numbers)
    objects = [b"<<%s>>" % catalogue, b"<</Type/Pages/Kids[%s]/Count %d>>" % (kids, len(pages)), _FONT]
    for number, text in zip(numbers, pages, strict=True):
        resources = b"/Font<</F 3 0 R>>/XObject<</P %d 0 R>>" % picture
        objects.append(
            b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents %d 0 R/Resources<<%s>>>>"
            % (number + 1, resources)
        )
        objects.append(stream(b"q 500 0 0 500 0 0 cm /P Do Q" if text == PICTURE else _shown(text)))
    image = b"/Type/XObject/Subtype/Image/Width 1/Height 1/ColorSpace/DeviceGray/BitsPerComponent 8"
    objects.append(stream(b"\x80", image))
    if outline:
        objects.append(b"<</Type/Outlines/First %d 0 R/Last %d 0 R>>" % (heads + 1, heads + len(outline)))
        objects += [
            _entry(at, len(outline), heads, title, numbers[page - 1]) for at, (title, page) in enumerate(outline)
        ]
    return pdf(*objects)


def _shown(text: str) -> bytes:
    lines = [line.encode("cp1252").replace(b"\\", b"\\\\").replace(b"(", b"\\(").replace(b")", b"\\)")
             for line in text.split("\n")]  # fmt: skip
    return b"BT /F 10 Tf 50 780 Td 14 TL %s ET" % b" ".join(b"(%s) Tj T*" % line for line in lines)


def _entry(at: int, count: int, heads: int, title: str, target: int) -> bytes:
    around = (b"/Prev %d 0 R" % (heads + at) if at else b"") + (
        b"/Next %d 0 R" % (heads + at + 2) if at + 1 < count else b""
    )
    shown = title.encode("cp1252")
    return b"<</Title(%s)/Parent %d 0 R/Dest[%d 0 R/Fit]%s>>" % (shown, heads, target, around)
