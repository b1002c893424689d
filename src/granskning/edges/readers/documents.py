"""The door to strategies' documents: read where they lie, several at a time, each in a process with limits.

A document that does not fit what is known of it is not read. What cannot be read is told as an error with the reason,
and never stops the others.
"""

from __future__ import annotations

from contextlib import closing
from hashlib import sha256 as digest
from pathlib import Path
from typing import TYPE_CHECKING, Any

from granskning.edges.limits import Limit
from granskning.edges.opening import read_whole
from granskning.edges.readers import document_pdf, document_reading
from granskning.edges.readers.reading import read_guarded, stopped_reading
from granskning.edges.workers import Workers
from granskning.errors import (
    GranskningError,
    ReadingStoppedError,
    TookTooLongError,
    TooMuchMemoryError,
    WorkerDiedError,
)
from granskning.files import DOCUMENT
from granskning.i18n import N_

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from granskning.model.document_text import DocumentText

SECONDS = 120.0
"""Of processor time for a document: one of a thousand pages takes three."""
_MEMORY = 2 << 30
"""A scanned plan of some hundred megabytes is held whole."""
_MOST_AT_ONCE = 2
_PRELOAD = ("granskning.edges.readers.document_reading", "pypdfium2")


def document_limit(seconds: float | None = None) -> Limit:
    """The limit of a document where the reader may choose another time with --seconds."""
    return Limit(seconds or SECONDS, memory=_MEMORY)


def read_documents(
    places: Sequence[tuple[Path, str]], limit: Limit | None = None
) -> Iterator[tuple[int, DocumentText | GranskningError]]:
    """The text of each document that has its SHA-256, or why it cannot be read, with its place in the list."""
    yield from _apart(_read_at, places, limit or document_limit())


def documents_with_text(
    places: Sequence[tuple[Path, str]], limit: Limit | None = None
) -> Iterator[tuple[int, bool | GranskningError]]:
    """Whether each PDF has any text, or why it cannot be opened."""
    yield from _apart(_has_text_at, places, limit or document_limit())


def _apart(job: Any, places: Sequence[tuple[Path, str]], limit: Limit) -> Iterator[tuple[int, Any]]:
    if not places:
        return
    jobs = [(str(path), sha256) for path, sha256 in places]
    with closing(Workers(min(_MOST_AT_ONCE, len(places)), preload=_PRELOAD)) as workers:
        for place, outcome in workers.run(job, jobs, limit):
            if isinstance(outcome, TookTooLongError | TooMuchMemoryError | WorkerDiedError):
                yield place, stopped_reading(outcome, places[place][0].name, limit)
            else:
                yield place, outcome


def _read_at(path: str, sha256: str) -> Any:
    """In a process apart."""
    return read_guarded(document_reading.read_document, (_bytes_at(path, sha256), Path(path).name.encode()))


def _has_text_at(path: str, sha256: str) -> Any:
    """In a process apart."""
    return read_guarded(document_pdf.has_text, (_bytes_at(path, sha256),))


def _bytes_at(path: str, sha256: str) -> bytes:
    data = read_whole(Path(path), DOCUMENT)
    if digest(data).hexdigest() != sha256:
        raise ReadingStoppedError(N_("it was changed while it was being read"))
    return data
