"""What can be told of a document by its first and last bytes, without any library taking it apart."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from granskning.edges.opening import read_whole
from granskning.errors import UnreadableFileError
from granskning.files import DOCUMENT
from granskning.i18n import N_

if TYPE_CHECKING:
    from pathlib import Path

_ZIP, _ZIP_END = b"PK\x03\x04", b"PK\x05\x06"
_OLD_OFFICE = b"\xd0\xcf\x11\xe0"
_KINDS = {
    ".pdf": (b"%PDF-", N_("it is not a PDF, whatever its name says")),
    ".docx": (_ZIP, N_("it is not a Word document, whatever its name says")),
    ".odt": (_ZIP, N_("it is not an OpenDocument text, whatever its name says")),
}
_FONTS = (b"/Font", b"/Length1", b"Type1C", b"CIDFontType0C", b"/OpenType")
"""What tells of a font: its own entry or, where that is packed, the head of the stream that holds its letters."""
_HEAD = 1024


@dataclass(frozen=True, slots=True)
class Sniffed:
    """What a document seems to be."""

    reason: str | None = None
    """Why it is none of its kind: a msgid."""
    is_odd: bool = False
    """Whether a PDF should be opened to see what is wrong: it may be locked, cut short, or only pictures."""


def sniff(path: Path) -> Sniffed:
    """Look at a document's bytes."""
    try:
        data = read_whole(path, DOCUMENT)
    except UnreadableFileError as error:
        return Sniffed(error.message)
    mark, reason = _KINDS.get(path.suffix.lower(), (b"", ""))
    if data.startswith(_OLD_OFFICE) and mark == _ZIP:
        return Sniffed(N_("it is a document of the old Word kind, or one with a password"))
    if mark not in data[:_HEAD]:
        return Sniffed(reason)
    if mark == _ZIP and _ZIP_END not in data:
        return Sniffed(N_("it is cut short or damaged"))
    if path.suffix.lower() != ".pdf":
        return Sniffed()
    has_font = any(sign in data for sign in _FONTS)
    return Sniffed(None, b"/Encrypt" in data or b"%%EOF" not in data[-_HEAD:] or not has_font)
