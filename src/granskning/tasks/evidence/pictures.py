"""The pictures among the evidence of a review: those that are small enough to be shown in a report, as they are.

A picture is shown only when it is the one that the review names by its SHA-256, whole, and a PNG or a JPEG. Others
are named with their hash like any file.
"""

from __future__ import annotations

import base64
import hashlib
import struct
from typing import TYPE_CHECKING

from granskning.errors import UnreadableFileError

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from granskning.files import Files
    from granskning.model.review import Review

MOST_SHOWN = 256 << 10
"""Bytes of a picture that is shown: each makes every copy of the report so much larger, twice over."""
_MOST_DOTS = 16_000_000
_PNG_HEAD, _PNG_END = b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR", b"IEND\xaeB`\x82"
_DIMENSIONS = slice(16, 24)


def evidence_files(reviews: Iterable[Review]) -> Iterator[tuple[str, str]]:
    """The files that reviews name as evidence: path in the working folder, and the SHA-256 that is written there."""
    for review in reviews:
        for answer in review.answers.values():
            for item in answer.evidence:
                if item.file:
                    yield f"strategies/{review.strategy}/{item.file}", item.sha256 or ""


def shown_pictures(files: Files, review: Review) -> Mapping[str, str]:
    """The pictures to show, by path in the working folder, each as an address that holds it."""
    shown: dict[str, str] = {}
    for path, digest in evidence_files([review]):
        kind = {"png": "png", "jpg": "jpeg"}.get(path.rpartition(".")[2])
        if kind is None or path in shown or not files.exists(path):
            continue
        try:
            data = files.read(path)
        except UnreadableFileError:
            continue
        if len(data) <= MOST_SHOWN and hashlib.sha256(data).hexdigest() == digest and _is_whole(data, kind):
            shown[path] = f"data:image/{kind};base64,{base64.b64encode(data).decode()}"
    return shown


def _is_whole(data: bytes, kind: str) -> bool:
    """Whether a picture begins and ends as its kind does, and does not grow beyond measure."""
    if kind == "jpeg":
        return data.startswith(b"\xff\xd8\xff") and data.rstrip(b"\0").endswith(b"\xff\xd9")
    if not data.startswith(_PNG_HEAD) or not data.endswith(_PNG_END):
        return False
    width, height = struct.unpack(">II", data[_DIMENSIONS])
    return bool(0 < width * height <= _MOST_DOTS)
