"""The documents of a folder's editions: where each lies, whether it is the one reviewed, and its text.

A text is remembered by the document's SHA-256, so that nothing is read twice and nothing is out of date.
"""

from __future__ import annotations

import json
from contextlib import nullcontext, suppress
from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING

from granskning.edges.cache import opened
from granskning.edges.disk import FolderFiles
from granskning.edges.opening import digest_pieces
from granskning.edges.readers.documents import document_limit, read_documents
from granskning.errors import UnreadableFileError
from granskning.files import DOCUMENT, is_plain
from granskning.findings.finding import FilledWords
from granskning.i18n import N_
from granskning.model.document_text import DocumentHeading, DocumentPage, DocumentText
from granskning.tasks.evidence.local_documents import read_local_documents
from granskning.workspace.schema.returned import read_cached

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from pathlib import Path

    from granskning.edges.cache import Cache
    from granskning.errors import GranskningError
    from granskning.model.strategy import Edition
    from granskning.model.workspace import Workspace

Name = tuple[str, str]
"""Strategy and edition."""

_NO_STRATEGY = N_("the strategy {strategy} is not there, or has errors")
_NO_EDITION = N_("the strategy has no edition {edition}")
_NO_DOCUMENT = N_("the edition names no document, and .granskning/local.yaml has none for it")
_NOT_THERE = N_("the document is not there")
_LOCAL_NOT_THERE = N_("the document that .granskning/local.yaml names is not there")
NOT_AT_HAND = frozenset({_NO_STRATEGY, _NO_EDITION, _NO_DOCUMENT, _NOT_THERE, _LOCAL_NOT_THERE})
"""Why there is nothing to look in; any other reason is of a document that is there and cannot be read."""
_ANOTHER = N_("the document has another SHA-256 than the edition says, so it is another text")


@dataclass(frozen=True, slots=True)
class DocumentPlace:
    """Where the document of an edition lies, and what it is."""

    path: Path
    sha256: str
    """Of the file as it is, and of the edition where it says one."""
    is_kept: bool
    """Whether it lies in the working folder."""


class Documents:
    """The documents of a folder, each found and read when asked for and no oftener.

    `seconds` is how much processor time one may take, where another than the usual is asked for.
    """

    def __init__(self, root: Path, workspace: Workspace, seconds: float | None = None) -> None:
        self._root = root
        self._workspace = workspace
        self._files = FolderFiles(root)
        self._limit = document_limit(seconds)
        self._places: dict[Name, DocumentPlace | FilledWords] = {}
        self._texts: dict[str, DocumentText | FilledWords] = {}
        self.local = read_local_documents(root)

    def place(self, strategy: str, edition: str) -> DocumentPlace | FilledWords:
        """Where a document lies, or why there is none that can be read."""
        name = (strategy, edition)
        if name not in self._places:
            self._places[name] = self._find(strategy, edition)
        return self._places[name]

    def texts(self, names: Iterable[Name]) -> dict[Name, DocumentText | FilledWords]:
        """The text of each document, or why it cannot be read; what must be read is read at the same time."""
        places = {name: self.place(*name) for name in dict.fromkeys(names)}
        wanted = {place.sha256: place.path for place in places.values() if isinstance(place, DocumentPlace)}
        self._read({sha256: path for sha256, path in wanted.items() if sha256 not in self._texts})
        return {
            name: self._texts[place.sha256] if isinstance(place, DocumentPlace) else place
            for name, place in places.items()
        }

    def text(self, strategy: str, edition: str) -> DocumentText | FilledWords:
        """The text of one document."""
        return self.texts([(strategy, edition)])[strategy, edition]

    def _find(self, strategy: str, edition: str) -> DocumentPlace | FilledWords:
        known = self._workspace.strategies.get(strategy)
        if known is None:
            return FilledWords(_NO_STRATEGY, {"strategy": strategy})
        own = known.edition(edition)
        if own is None:
            return FilledWords(_NO_EDITION, {"edition": edition})
        if own.document is not None:
            return self._kept(f"strategies/{strategy}/{own.document}", own)
        path = self.local.place(strategy, edition)
        if path is None:
            return FilledWords(_NO_DOCUMENT)
        try:
            sha256 = digest_pieces(path, DOCUMENT)[1]
        except UnreadableFileError as error:
            return FilledWords(_LOCAL_NOT_THERE) if isinstance(error.__cause__, FileNotFoundError) else unread(error)
        return _placed(path, sha256, own, is_kept=False)

    def _kept(self, path: str, edition: Edition) -> DocumentPlace | FilledWords:
        try:
            known = self._files.fingerprint(path) if is_plain(path) else None
        except UnreadableFileError as error:
            return unread(error)
        return FilledWords(_NOT_THERE) if known is None else _placed(self._root / path, known[1], edition, is_kept=True)

    def _read(self, wanted: Mapping[str, Path]) -> None:
        with opened("documents") if wanted else nullcontext() as cache:
            self._read_anew(wanted, cache)

    def _read_anew(self, wanted: Mapping[str, Path], cache: Cache | None) -> None:
        """Read what is not remembered, and remember it."""
        keys = {f"{sha256}{path.suffix.lower()}": sha256 for sha256, path in wanted.items()}
        kept = cache.get_many(keys) if cache is not None else {}
        for key, text in kept.items():
            with suppress(ValueError):  # it is not as it was written
                self._texts[keys[key]] = _from_json(text)
        left = [sha256 for sha256 in keys.values() if sha256 not in self._texts]
        for number, outcome in read_documents([(wanted[sha256], sha256) for sha256 in left], self._limit):
            sha256 = left[number]
            answer = outcome if isinstance(outcome, DocumentText) else unread(outcome)
            self._texts[sha256] = answer
            if cache is not None and isinstance(outcome, DocumentText | UnreadableFileError):
                key = f"{sha256}{wanted[sha256].suffix.lower()}"
                cache.put_many([(key, json.dumps(asdict(answer), ensure_ascii=False))])


def unread(error: GranskningError) -> FilledWords:
    """An error as the reason why something cannot be read."""
    return FilledWords(error.message, error.values)


def _placed(path: Path, sha256: str, edition: Edition, *, is_kept: bool) -> DocumentPlace | FilledWords:
    if edition.sha256 is not None and edition.sha256 != sha256:
        return FilledWords(_ANOTHER)
    return DocumentPlace(path, sha256, is_kept)


def _from_json(text: str) -> DocumentText | FilledWords:
    values = read_cached("document", text)
    if "message" in values:
        return FilledWords(**values)
    pages = tuple(DocumentPage(**page) for page in values["pages"])
    headings = tuple(DocumentHeading(**heading) for heading in values["headings"])
    return DocumentText(pages, headings, values["has_pages"])
