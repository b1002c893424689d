"""A picture or another file kept as evidence: of a kind that is known by its bytes, not too large, with its SHA-256."""

from __future__ import annotations

import re
from hashlib import sha256
from typing import TYPE_CHECKING

from granskning.edges.disk import place_in
from granskning.edges.lookup import exists
from granskning.edges.writing import FileWrite, write_files
from granskning.errors import UsageError
from granskning.i18n import N_
from granskning.workspace.answer_merge import new_id

if TYPE_CHECKING:
    from pathlib import Path

LARGEST = 10 << 20
"""Bytes: a photograph of a sign or a page takes two to six million."""
_KINDS = (
    (b"\x89PNG\r\n\x1a\n", "png"), (b"\xff\xd8\xff", "jpg"), (b"GIF87a", "gif"), (b"GIF89a", "gif"), (b"%PDF-", "pdf"),
)  # fmt: skip
TYPES = {
    "png": "image/png", "jpg": "image/jpeg", "gif": "image/gif", "webp": "image/webp", "pdf": "application/pdf",
}  # fmt: skip
_NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9_-]*\.(?:png|jpg|gif|webp|pdf)\Z")


def keep_evidence_file(root: Path, strategy: str, name: str, data: bytes) -> tuple[str, str]:
    """Lay the file in the strategy's folder `evidence`, and return its path there and its SHA-256. Never overwrites.

    Raises UsageError for a file that is empty, too large, or of another kind.
    """
    if not data:
        raise UsageError(N_("no file was chosen"), N_("choose a picture or a PDF, and try again"))
    if len(data) > LARGEST:
        message = N_("the file is larger than {size} MB")
        raise UsageError(message, N_("choose a smaller picture"), size=LARGEST >> 20)
    digest = sha256(data).hexdigest()
    stem = new_id(name.rpartition(".")[0] or name, (), "fil")[:40].strip("-")
    path = f"evidence/{stem}-{digest[:8]}.{_ending(data, name)}"
    place = place_in(root, f"strategies/{strategy}/{path}")
    if not exists(place):
        write_files([FileWrite(place, data, is_new=True)])
    return path, digest


def evidence_file(root: Path, strategy: str, name: str) -> tuple[Path, str]:
    """Where a file that is evidence lies, and its media type. Raises UsageError for what is none."""
    path = place_in(root, f"strategies/{strategy}/evidence/{name}") if _NAME.match(name) else root
    if not _NAME.match(name) or not exists(path):
        raise UsageError(N_("there is no file {name} among the evidence"), "", name=name)
    return path, TYPES[name.rpartition(".")[2]]


def _ending(data: bytes, name: str) -> str:
    """The kind of the file, told by its first bytes."""
    if data[:4] == b"RIFF" and data[8:12] == b"WEBP":
        return "webp"
    for begins, ending in _KINDS:
        if data.startswith(begins):
            return ending
    message = N_("{name} is no picture (PNG, JPEG, GIF, WebP) and no PDF")
    raise UsageError(message, N_("choose a picture or a PDF, and try again"), name=name or "–")
