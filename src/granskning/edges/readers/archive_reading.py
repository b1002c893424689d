"""The bytes of a zip file in, the files in it out, unless they are more or larger than any that a report rests on."""

from __future__ import annotations

import io
import zipfile

from granskning.errors import UnreadableFileError
from granskning.i18n import N_

MOST_BYTES = 200 << 20
_MOST_FILES = 5_000


def read_archive(data: bytes) -> tuple[tuple[str, bytes], ...]:
    """Every file, by its name. `zipfile` unpacks no more of each than its entry says."""
    with zipfile.ZipFile(io.BytesIO(data)) as packed:
        entries = packed.infolist()
        if len(entries) > _MOST_FILES or sum(entry.file_size for entry in entries) > MOST_BYTES:
            raise UnreadableFileError(N_("unpacked, it is larger than the sources of any report"))
        return tuple((entry.filename, packed.read(entry)) for entry in entries)
