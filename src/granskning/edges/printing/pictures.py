"""Drawings in, PNG pictures out: drawn as they are printed, in the fonts that ship."""

from __future__ import annotations

import contextlib
import io
from typing import TYPE_CHECKING, Any

from granskning.edges.printing.pdf import print_pdf
from granskning.errors import PrintingFailedError
from granskning.i18n import N_

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

_DOTS = 220
"""Dots per inch: sharp on paper, and small enough to send."""
_POINTS = 72


def draw_pictures(
    drawings: Sequence[tuple[str, float, float]],
    *,
    fonts: Path,
    settings: Path | None = None,
) -> tuple[bytes, ...]:
    """A PNG of each drawing, in order: markup, width and height in pixels, a height of 0 for what it takes.

    Raises what printing raises; without Pango that is MissingPartError.
    """
    if not drawings:
        return ()
    import pypdfium2  # only who needs pictures loads it

    sizes = "".join(
        f"@page p{place} {{ size: {width}px {height or width}px; margin: 0 }} .p{place} {{ page: p{place} }}"
        for place, (_, width, height) in enumerate(drawings)
    )
    body = "".join(f'<div class="p{place}">{markup}</div>' for place, (markup, _, _) in enumerate(drawings))
    style = f"{sizes} body {{ margin: 0 }} svg, img {{ display: block; max-width: 100%; max-height: 100% }}"
    head = f"<head><title>x</title><style>{style}</style></head>"
    html = f'<!DOCTYPE html><html lang="sv">{head}<body>{body}</body></html>'
    printed = print_pdf(html, fonts=fonts, settings=settings)
    with contextlib.closing(pypdfium2.PdfDocument(printed.data)) as document:
        if len(document) != len(drawings):
            raise PrintingFailedError(N_("the charts could not be drawn"))
        return tuple(_png(page, cut=not height) for page, (_, _, height) in zip(document, drawings, strict=True))


def _png(page: Any, *, cut: bool) -> bytes:
    """One page as a picture; `cut` takes away the empty paper around what is drawn."""
    from PIL import Image, ImageChops  # comes with WeasyPrint

    picture = page.render(scale=_DOTS / _POINTS).to_pil().convert("RGB")
    if cut and (box := ImageChops.difference(picture, Image.new("RGB", picture.size, "white")).getbbox()):
        picture = picture.crop(box)
    held = io.BytesIO()
    picture.save(held, "PNG", optimize=True, dpi=(_DOTS, _DOTS))
    return held.getvalue()
