"""What is kept of the golden outputs: texts that people can compare, and SHA-256 of every file."""

from __future__ import annotations

import ctypes
import ctypes.util
import hashlib
import io
import platform
import re
import zipfile
import zlib
from fnmatch import fnmatch
from html.parser import HTMLParser
from importlib.metadata import version
from typing import TYPE_CHECKING
from xml.etree import ElementTree as ET

import pikepdf
import pypdfium2

if TYPE_CHECKING:
    from pathlib import Path

BY_SUM_ALONE = (
    "commands/export.json", "commands/schema-*.json", "written/*.schema.json", "written/jamstalld-tillvaxt.yaml",
    "pages/en/*", "reports-en/*/2026-04/*", "reports-en/*/2026-11/[cps]*r*.html", "*.xlsx/*",
)  # fmt: skip
"""What is large and near the same as something else that is kept as text."""
PRINTED = (".pdf", ".docx")
"""What depends on libraries of the computer: bytes are compared where those are the same."""
LIBRARIES = (
    "weasyprint", "pydyf", "tinyhtml5", "tinycss2", "cssselect2", "fonttools", "pyphen", "jinja2", "markupsafe",
    "python-docx", "lxml",
)  # fmt: skip
LAYOUT = re.compile(r'("templates": )"[0-9a-f]{64}"')
"""SHA-256 of all templates and messages: another as soon as any of them is, also where no word here is."""
_WORD = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_UNSEEN = frozenset({"script", "style"})


def texts_of(folder: Path) -> dict[str, str]:
    """The texts of a folder of golden outputs, by the file that each is kept in."""
    texts = {}
    for path in sorted(folder.rglob("*")):
        name = path.relative_to(folder).as_posix()
        if path.is_file() and not any(fnmatch(name, pattern) for pattern in BY_SUM_ALONE):
            is_plain = path.suffix not in (*PRINTED, ".html")
            texts[name if is_plain else f"{name}.txt"] = _text(path)
    return texts


def sums_of(folder: Path) -> dict[str, str]:
    """SHA-256 of every file, the sum of the layout aside."""
    return {
        path.relative_to(folder).as_posix(): hashlib.sha256(_bytes(path)).hexdigest()
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }


def _bytes(path: Path) -> bytes:
    """What is compared of a file: all of it, but for the sum of the layout and what is made of that.

    A PDF carries that sum in its manifest, and its own id is made of the manifest: it is compared without both. Its
    other attachments are compared as files.
    """
    if path.name.endswith(".pdf.json"):
        return _text(path).encode()
    if path.suffix != ".pdf":
        return path.read_bytes()
    kept = io.BytesIO()
    with pikepdf.open(path) as document:
        for name in [*document.attachments]:
            del document.attachments[name]
        for key in {"/AF", "/Metadata"} & {*document.Root.keys()}:
            del document.Root[key]
        document.trailer.ID = pikepdf.Array([])
        document.save(kept, static_id=True)
    return kept.getvalue()


def made_with() -> dict[str, str]:
    """The versions of all that decides the bytes of a PDF."""
    native = {
        "pango": _native("pango-1.0", "pango_version_string"),
        "harfbuzz": _native("harfbuzz", "hb_version_string"),
        "zlib": zlib.ZLIB_RUNTIME_VERSION,
        "python": ".".join(platform.python_version_tuple()[:2]),
        "machine": platform.machine(),
    }
    return {**native, **{name: version(name) for name in LIBRARIES}}


def _native(library: str, function: str) -> str:
    place = ctypes.util.find_library(library)
    if place is None:
        return ""
    ask = getattr(ctypes.CDLL(place), function)
    ask.restype = ctypes.c_char_p
    answer: bytes = ask()
    return answer.decode()


def _text(path: Path) -> str:
    if path.suffix == ".pdf":
        return _text_of_pdf(path)
    if path.suffix == ".docx":
        return _text_of_word(path)
    if path.suffix == ".html":
        reader = _Reader()
        reader.feed(path.read_text("utf-8"))
        return "".join(f"{line}\n" for line in reader.lines)
    return LAYOUT.sub(r'\1"(layout)"', path.read_text("utf-8"))


def _text_of_pdf(path: Path) -> str:
    document = pypdfium2.PdfDocument(path)
    try:
        pages = [document[number].get_textpage().get_text_range() for number in range(len(document))]
    finally:
        document.close()
    text = "".join(f"--- page {number} ---\n{text}\n" for number, text in enumerate(pages, 1))
    return "".join(f"{line.rstrip()}\n" for line in text.splitlines())


def _text_of_word(path: Path) -> str:
    with zipfile.ZipFile(path) as packed:
        body = ET.fromstring(packed.read("word/document.xml"))  # noqa: S314  # made by ourselves
    paragraphs = ("".join(run.text or "" for run in one.iter(f"{_WORD}t")) for one in body.iter(f"{_WORD}p"))
    return "".join(f"{words}\n" for words in paragraphs if words.strip())


class _Reader(HTMLParser):
    """Collects what stands on a page, a line for each piece of text, with the texts that are only heard."""

    def __init__(self) -> None:
        super().__init__()
        self.lines: list[str] = []
        self._unseen = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self._unseen += tag in _UNSEEN
        self.lines += [f"[{text}]" for name, text in attrs if name in ("alt", "aria-label", "title") and text]

    def handle_endtag(self, tag: str) -> None:
        self._unseen -= tag in _UNSEEN

    def handle_data(self, data: str) -> None:
        words = re.sub(r"\s+", " ", data).strip()
        if words and not self._unseen:
            self.lines.append(words)
