"""A date, an id, a path or an address in the form that a key asks for, of one that somebody wrote in another."""

from __future__ import annotations

import re
import unicodedata
from typing import TYPE_CHECKING

from granskning.workspace.schema.written_dates import read_date

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

_LANGUAGES = {"svenska": "sv", "swedish": "sv", "engelska": "en", "english": "en", "finska": "fi", "finnish": "fi"}
_REFERENCE = re.compile(r"(?P<id>.+?)[\s@,:-]+(?:version\s*|v)?(?P<version>\d+\.\d+)(?P<patch>\.\d+)?\Z", re.IGNORECASE)
_SHORT_VERSION = re.compile(r"\d+(?:\.\d+)?\Z")
_ADDRESS = re.compile(r"(?:www\.|[\w-]+\.[a-z]{2,}/)\S*\Z")


def meant_form(written: str, fits: Callable[[str], bool]) -> str | None:
    """The form that fits, of those that what was written can be put in; None where none does."""
    return next((form for form in _forms(" ".join(written.split())) if form != written and fits(form)), None)


def _forms(plain: str) -> Iterator[str]:
    yield plain
    yield read_date(plain)
    yield plain.replace("\\", "/")
    yield _LANGUAGES.get(plain.casefold(), "")
    if _SHORT_VERSION.match(plain):
        yield from (f"{plain}.0", f"{plain}.0.0")
    if _ADDRESS.match(plain):
        yield f"https://{plain}"
    if (match := _REFERENCE.match(plain)) is not None:
        yield f"{_as_id(match['id'])}@{match['version']}{match['patch'] or '.0'}"
    yield _as_id(plain)


def _as_id(words: str) -> str:
    """The words in small letters a–z, digits and hyphens."""
    bare = unicodedata.normalize("NFKD", words.casefold()).encode("ascii", "ignore").decode()
    return re.sub(r"[^a-z0-9]+", "-", bare).strip("-")
