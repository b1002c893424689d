"""The one door to a stranger's file: it is read in a process of its own, with limits of time and memory.

A file may be made so that a library never comes to an end with it, takes all memory or falls down. Then the process
ends and not the program, and the error names the file, what was exceeded and what to do.
"""

from __future__ import annotations

import json
import warnings
from typing import TYPE_CHECKING, Any

from granskning.edges.limits import Limit, explodes
from granskning.edges.readers import archive_reading, page_reading, pdf_reading, workbook_reading
from granskning.edges.workers import run_apart
from granskning.errors import (
    GranskningError,
    ReadingStoppedError,
    TookTooLongError,
    TooMuchMemoryError,
    UnreadableFileError,
    WaitedTooLongError,
    WorkerDiedError,
)
from granskning.i18n import N_

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from granskning.edges.readers.page_reading import LetterBox
    from granskning.edges.readers.pdf_reading import ReadPdf
    from granskning.model.worksheet import Worksheet

SECONDS = 60.0
"""Of processor time for a file: the largest report of this repository takes less than two."""
_MEMORY = 1 << 30
"""A workbook of a hundred reviews, or a report of a thousand pages, takes a fifth of it."""
_MORE = N_("it may be damaged, or made to do harm; allow a large one that you trust more with --seconds")
_ANOTHER = N_("it may be damaged, or made to do harm; ask whoever sent it for another")


def reading_limit(seconds: float | None = None) -> Limit:
    """The limit of a file where the reader may choose another time with --seconds."""
    return Limit(seconds or SECONDS, memory=_MEMORY)


def read_pdf(data: bytes, file: str, limit: Limit | None = None) -> ReadPdf:
    """What is in a PDF. Raises UnreadableFileError with the reason alone, and ReadingStoppedError."""
    read: ReadPdf = _read_apart(pdf_reading.read_pdf, data, file=file, limit=limit)
    return read


def differing_pages(data: bytes, other: bytes, file: str, limit: Limit | None = None) -> tuple[int, ...]:
    """The numbers, from 1, of pages that do not look alike in two PDFs. Raises as `read_pdf` does."""
    numbers: tuple[int, ...] = _read_apart(pdf_reading.differing_pages, data, other, file=file, limit=limit)
    return numbers


def read_worksheets(data: bytes, file: str, limit: Limit | None = None) -> tuple[Worksheet, ...]:
    """The sheets of a workbook. Raises as `read_pdf` does."""
    sheets: tuple[Worksheet, ...] = _read_apart(workbook_reading.read_worksheets, data, file=file, limit=limit)
    return sheets


def read_archive(data: bytes, file: str, limit: Limit | None = None) -> tuple[tuple[str, bytes], ...]:
    """The files in a zip file, by name. Raises as `read_pdf` does."""
    files: tuple[tuple[str, bytes], ...] = _read_apart(archive_reading.read_archive, data, file=file, limit=limit)
    return files


def draw_page(data: bytes, number: int, file: str, marks: Sequence[LetterBox] = ()) -> bytes:
    """A page of a PDF, counted from 1, as a PNG on which some boxes are marked. Raises as `read_pdf` does."""
    sides = json.dumps([[box.left, box.top, box.right, box.bottom] for box in marks]).encode()
    picture: bytes = _read_apart(page_reading.draw_page, data, str(number).encode(), sides, file=file, limit=None)
    return picture


def letter_boxes(data: bytes, number: int, file: str) -> tuple[tuple[LetterBox, ...], str]:
    """The box of each letter of a page, counted from 1, and its text. Raises as `read_pdf` does."""
    boxes: tuple[tuple[LetterBox, ...], str] = _read_apart(
        page_reading.letter_boxes, data, str(number).encode(), file=file, limit=None
    )
    return boxes


def exploding_pictures(pictures: tuple[bytes, ...], file: str) -> tuple[bool, ...]:
    """Which of the pictures become too large when they are unpacked. Raises as `read_pdf` does."""
    large: tuple[bool, ...] = _read_apart(_exploding, *pictures, file=file, limit=None)
    return large


def _exploding(*pictures: bytes) -> tuple[bool, ...]:
    return tuple(map(explodes, pictures))


def _read_apart(reader: Callable[..., Any], *arguments: bytes, file: str, limit: Limit | None) -> Any:
    limit = limit or reading_limit()
    try:
        return run_apart(read_guarded, reader, arguments, limits=limit)
    except (TookTooLongError, TooMuchMemoryError, WorkerDiedError) as error:
        raise stopped_reading(error, file, limit) from error


def read_guarded(reader: Callable[..., Any], arguments: tuple[bytes, ...]) -> Any:
    """What a reader gives, in a process apart. What a broken file makes a foreign library raise nobody knows."""
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # of what such a library would have to leave out, if it were to save it
            return reader(*arguments)
    except (GranskningError, MemoryError):
        raise
    except Exception as error:
        raise UnreadableFileError(N_("it is broken, or of another kind than its name says")) from error


def stopped_reading(error: GranskningError, file: str, limit: Limit) -> ReadingStoppedError:
    """An error of the process in words of reading."""
    if isinstance(error, WaitedTooLongError):
        message, hint = N_("{file}: reading it was stopped after {seconds} s by the clock"), _MORE
    elif isinstance(error, TookTooLongError):
        message, hint = N_("{file}: reading it was stopped after {seconds} s of processor time"), _MORE
    elif isinstance(error, TooMuchMemoryError):
        message, hint = N_("{file}: reading it was stopped, since it takes more than {memory} MB of memory"), _ANOTHER
    else:
        message = N_(
            "{file}: the process that read it died (exit code {code}); more than {memory} MB of memory kills it"
        )
        hint = _ANOTHER
    return ReadingStoppedError(message, hint, **{**error.values, "file": file, "memory": limit.megabytes})
