"""HTML in, PDF bytes out: tagged and archivable, in the fonts that ship, with nothing fetched from anywhere.

The same HTML, fonts and libraries give the same bytes on every run. WeasyPrint is loaded when the first page is
printed, since loading takes most of a second; what it warns about is handed back, never printed.
"""

from __future__ import annotations

import contextlib
import ctypes.util
import gc
import hashlib
import logging
import os
import sys
import tempfile
import warnings
from dataclasses import dataclass
from functools import partial
from html import escape
from pathlib import Path
from typing import TYPE_CHECKING, Any

from granskning.edges.limits import put_back
from granskning.edges.machine import PANGO_PARTS, can_load, has_file_name
from granskning.edges.printing.pdf_file_links import without_open_links
from granskning.edges.printing.pdf_tags import ends_doubtfully, make_finisher, remember_elements
from granskning.errors import MissingPartError, PrintingFailedError, Words
from granskning.i18n import N_
from granskning.printed_letters import unprinted_letters
from granskning.uncollected import SELDOM

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import datetime

_TRIES = 4
"""How often a file is packed anew; once in sixty files it takes two."""

_UNKNOWN = "\N{REPLACEMENT CHARACTER}"


@dataclass(frozen=True, slots=True)
class Attached:
    """A file that a PDF carries (bilaga)."""

    name: str
    data: bytes
    description: str
    date: datetime
    """Given, never taken from the clock: the bytes of the PDF depend on it."""
    relationship: str = "Source"
    """What it is to the PDF: Source, Data or Supplement."""


@dataclass(frozen=True, slots=True)
class Printed:
    """A PDF, and what was noticed while it was printed."""

    data: bytes
    warnings: tuple[str, ...] = ()
    replaced: tuple[str, ...] = ()
    """Characters that no shipped font has, printed as a replacement character."""


def missing_libraries() -> tuple[str, ...]:
    """Which of the libraries for printing this computer lacks. Looks for them without loading WeasyPrint."""
    return tuple(part[0] for part in PANGO_PARTS if not can_load(part))


def print_pdf(
    html: str,
    *,
    fonts: Path,
    attachments: tuple[Attached, ...] = (),
    identity: str = "",
    settings: Path | None = None,
) -> Printed:
    """Print HTML as PDF/UA-1 and PDF/A-2a, or PDF/A-3a when files are attached.

    The file's own id is made of `identity` (64 hexadecimal digits), else of the HTML.
    `settings` is a file from `font_settings`, for those who print many times. Raises MissingPartError without Pango,
    and PrintingFailedError when it fails.
    """
    text, replaced = replace_unprintable(without_open_links(html, {file.name for file in attachments}))
    try:
        with contextlib.ExitStack() as stack:
            stack.enter_context(_only_fonts(settings or stack.enter_context(font_settings(fonts))))
            log = stack.enter_context(_log())
            stack.enter_context(_seldom_collected())
            data = _print(text, attachments, identity)
    except OSError as error:
        message = N_("the parts that make PDFs are not on this computer: {reason}")
        raise MissingPartError(message, N_("granskning doctor tells what to install"), reason=error) from error
    except (RecursionError, MemoryError) as error:
        is_deep = isinstance(error, RecursionError)
        reason = N_("its parts lie too deep in each other") if is_deep else N_("it needs too much memory")
        raise PrintingFailedError(N_("the report could not be printed: {reason}"), reason=Words(reason)) from error
    return Printed(data, tuple(log), replaced)


@contextlib.contextmanager
def font_settings(fonts: Path) -> Iterator[Path]:
    """A fontconfig file that names the shipped fonts and nothing else, for as long as this lasts.

    Raises PrintingFailedError where the system's folder for temporary files takes none.
    """
    with contextlib.ExitStack() as made:
        try:
            folder = Path(made.enter_context(tempfile.TemporaryDirectory(prefix="granskning-fonts-")))
            file = folder / "fonts.conf"
            file.write_text(
                '<?xml version="1.0"?><!DOCTYPE fontconfig SYSTEM "urn:fontconfig:fonts.dtd"><fontconfig>'
                f"<dir>{escape(str(fonts.absolute()))}</dir><cachedir>{escape(str(folder / 'cache'))}</cachedir>"
                "</fontconfig>",
                encoding="utf-8",
            )
        except OSError as error:
            message = N_("nothing can be printed, since {folder} takes no temporary files")
            hint = N_("make room there, or name another folder in the environment variable TMPDIR")
            raise PrintingFailedError(message, hint, folder=tempfile.gettempdir()) from error
        yield file


def load_printing() -> None:
    """Load what prints, where it is here, before any time is counted.

    An alarm that rings while a module is loaded for the first time would leave half of it behind for good.
    """
    with contextlib.suppress(ImportError, OSError), _only_fonts(None), warnings.catch_warnings():
        # what is missing is told of by the one who prints; that this system has no fonts of its own is no matter
        warnings.simplefilter("ignore")
        with libraries_by_file_name():
            import weasyprint.pdf.tags  # noqa: F401  # loading it takes most of a second

        import granskning.edges.printing.pdf_fetcher  # noqa: F401, PLC0415


@contextlib.contextmanager
def libraries_by_file_name() -> Iterator[None]:
    """While WeasyPrint is loaded, let it find its native libraries by their file names, the last that it tries.

    By their short names, which it tries first, Python starts the system's linker and compiler two dozen times to look
    for them: a quarter of what loading costs. Only on Linux, and where all of them have those file names.
    """
    if "weasyprint" in sys.modules or sys.platform != "linux" or not all(map(has_file_name, PANGO_PARTS)):
        yield
        return
    look_for = ctypes.util.find_library

    def look_for_others(name: str) -> str | None:
        return None if any(part[0] in name for part in PANGO_PARTS) else look_for(name)

    ctypes.util.find_library = look_for_others
    try:
        yield
    finally:
        ctypes.util.find_library = look_for


def start_printer() -> None:
    """Make this worker process ready to print."""
    load_printing()
    limit_memory()


def limit_memory(most: int = 2 << 30) -> None:
    """Let this process have no more memory than that, where the system can say so. For worker processes only."""
    with contextlib.suppress(ImportError, OSError, ValueError):
        import resource  # noqa: PLC0415  # not on Windows

        resource.setrlimit(resource.RLIMIT_AS, (most, most))


def replace_unprintable(html: str) -> tuple[str, tuple[str, ...]]:
    """The text with characters that no shipped font has replaced, and those characters.

    A missing glyph would print as an empty box and break both standards.
    """
    missing = unprinted_letters(html)
    return html.translate(dict.fromkeys(map(ord, missing), _UNKNOWN)), missing


def _print(html: str, attachments: tuple[Attached, ...], identity: str) -> bytes:
    with libraries_by_file_name():
        from weasyprint import HTML, VERSION  # loading it takes most of a second

    from granskning.edges.printing.pdf_fetcher import Refusing  # noqa: PLC0415

    fetcher = Refusing()
    options = {
        "pdf_variant": "pdf/a-3a" if attachments else "pdf/a-2a",
        "pdf_identifier": bytes.fromhex(identity or hashlib.sha256(f"{VERSION}\n{html}".encode()).hexdigest())[:16],
        "pdf_tags": True,
    }
    document = HTML(string=html, base_url=None, url_fetcher=fetcher).render(**options)
    for page in document.pages:
        # WeasyPrint gives every box within a link an area and an annotation of its own, which no element of the tag
        # tree is a link for; that of the link itself covers it
        page.links[:] = [link for link in page.links if link[3].link]
    data = b""
    for padding in range(_TRIES):
        files = [_attachment(one, fetcher) for one in attachments]
        with remember_elements() as built:
            finisher = make_finisher(built, padding)
            data = document.write_pdf(finisher=finisher, attachments=files, **options)
        if not ends_doubtfully(data):
            break
    return data


def _attachment(attached: Attached, fetcher: Any) -> Any:
    from weasyprint import Attachment

    return Attachment(
        string=attached.data,
        name=attached.name,
        description=attached.description,
        created=attached.date,
        modified=attached.date,
        relationship=attached.relationship,
        url_fetcher=fetcher,
    )


@contextlib.contextmanager
def _seldom_collected() -> Iterator[None]:
    """Let rubbish lie longer while a page is laid out: its million objects all live until it is printed.

    Python would look through them again and again, which took a seventh of the time.
    """
    with put_back(partial(gc.set_threshold, *gc.get_threshold())):
        gc.set_threshold(*SELDOM)
        yield


_FONT_SETTINGS = ("FONTCONFIG_", "FC_", "FREETYPE_", "PANGO")
"""What the names of environment variables begin with that change which fonts are found, or how wide a letter is."""


@contextlib.contextmanager
def _only_fonts(settings: Path | None) -> Iterator[None]:
    """Let only the shipped fonts be seen while this lasts: the same glyphs on every computer.

    Whatever the environment says of fonts is set aside, also where nothing is printed yet and there are no settings.
    """
    before = {name: value for name, value in os.environ.items() if name.startswith(_FONT_SETTINGS)}

    def restore() -> None:
        os.environ.pop("FONTCONFIG_FILE", None)
        os.environ.update(before)

    with put_back(restore):
        for name in before:
            del os.environ[name]
        if settings is not None:
            os.environ["FONTCONFIG_FILE"] = str(settings)
        yield


@contextlib.contextmanager
def _log() -> Iterator[list[str]]:
    """Collect what the printing libraries would say on the terminal."""
    lines: list[str] = []
    handler = logging.Handler(logging.WARNING)
    handler.emit = lambda record: lines.append(record.getMessage())  # type: ignore[method-assign]  # one line is enough
    loggers = [logging.getLogger(name) for name in ("weasyprint", "fontTools")]
    kept = [(logger, logger.handlers[:], logger.propagate) for logger in loggers]
    printed, catching = sys.stdout, warnings.catch_warnings(record=True)

    def restore() -> None:
        with contextlib.suppress(RuntimeError):  # not entered yet
            catching.__exit__(None, None, None)
        sys.stdout = printed
        for logger, handlers, propagate in kept:
            logger.handlers[:], logger.propagate = handlers, propagate

    with put_back(restore):
        for logger in loggers:
            logger.handlers[:], logger.propagate = [handler], False
        sys.stdout = sys.stderr
        caught = catching.__enter__()  # left by what puts back
        warnings.simplefilter("always")
        warnings.simplefilter("ignore", ResourceWarning)  # WeasyPrint leaves its colour profile open
        yield lines
        lines += [str(one.message) for one in caught or ()]
