"""Words searched for in the documents of strategies, and who is named in them. Nothing is judged."""

from __future__ import annotations

from contextlib import closing
from dataclasses import dataclass
from typing import TYPE_CHECKING

from granskning.edges.disk import FolderFiles
from granskning.edges.search_index import SearchIndex
from granskning.errors import UsageError
from granskning.evidence.profile import DocumentProfile, profile_of
from granskning.evidence.searching import FoundPassage, SearchedDocument
from granskning.evidence.word_forms import SearchTerm, search_terms
from granskning.findings.finding import FilledWords
from granskning.findings.suggestions import advice_on
from granskning.i18n import N_
from granskning.model.document_text import DocumentText
from granskning.tasks.evidence.documents import DocumentPlace, Documents
from granskning.tasks.folder.missing import unknown_strategy
from granskning.tasks.folder.open import find_folder
from granskning.workspace.files_by_kind import files_of_kinds
from granskning.workspace.load import load_workspace

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from granskning.model.workspace import Workspace

EVERY = "."
"""What stands for all strategies."""


@dataclass(frozen=True, slots=True)
class SearchHit:
    """A passage, and the edition that it is in."""

    strategy: str
    edition: str
    passage: FoundPassage


@dataclass(frozen=True, slots=True)
class UnreadEdition:
    """An edition that could not be searched, and why."""

    strategy: str
    edition: str
    reason: FilledWords


@dataclass(frozen=True, slots=True)
class SearchResult:
    """All that was found."""

    hits: tuple[SearchHit, ...]
    searched: tuple[tuple[str, str], ...]
    """Strategy and edition of each document that was searched."""
    unread: tuple[UnreadEdition, ...]


@dataclass(frozen=True, slots=True)
class ProfiledEdition:
    """Who an edition names."""

    strategy: str
    edition: str
    profile: DocumentProfile


def search_documents(
    start: Path, names: str, words: Sequence[str], near: int, seconds: float | None = None
) -> SearchResult:
    """Search in the editions that are named: STRATEGY or STRATEGY/EDITION, several with commas, `.` for all.

    Raises UsageError for a strategy or edition that is not there, and for words that are none.
    """
    root, workspace = _opened(start)
    editions = _editions(workspace, names)
    terms = search_terms(words)
    if not terms:
        raise UsageError(N_("there is no word to search for"), N_("write words, such as: granskning search PLAN resor"))
    documents = Documents(root, workspace, seconds)
    texts = documents.texts(editions)
    hits: list[SearchHit] = []
    with closing(SearchIndex()) as index:
        for name in editions:
            place, text = documents.place(*name), texts[name]
            if isinstance(place, DocumentPlace) and isinstance(text, DocumentText):
                searched = SearchedDocument(text)
                pages = pages_with(searched, place.sha256, terms, index)
                hits += [SearchHit(*name, passage) for passage in searched.passages(terms, pages, near)]
    return SearchResult(tuple(hits), *_by_readability(editions, texts))


def profile_documents(
    start: Path, names: str, seconds: float | None = None
) -> tuple[tuple[ProfiledEdition, ...], tuple[UnreadEdition, ...]]:
    """Who is named in the editions, and those that cannot be read. Raises as `search_documents` does."""
    root, workspace = _opened(start)
    editions = _editions(workspace, names)
    texts = Documents(root, workspace, seconds).texts(editions)
    read = {name: text for name, text in texts.items() if isinstance(text, DocumentText)}
    profiles = tuple(ProfiledEdition(*name, profile_of(text)) for name, text in read.items())
    return profiles, _by_readability(editions, texts)[1]


def _opened(start: Path) -> tuple[Path, Workspace]:
    """The folder's strategies: no review is read, however many there are."""
    root = find_folder(start)
    files = FolderFiles(root)
    return root, load_workspace(files, only=files_of_kinds(files, "strategy"))


def pages_with(
    document: SearchedDocument, sha256: str, terms: Sequence[SearchTerm], index: SearchIndex
) -> Sequence[int]:
    """The pages that have all terms, by the index, which takes the document in first where it lacks it."""
    every = range(1, len(document.index.pages) + 1)
    if index.lacks([sha256]):
        index.add(sha256, [document.stems(page) for page in every])
    pages = index.pages(sha256, query_of(terms))
    return every if pages is None else pages


def query_of(terms: Sequence[SearchTerm]) -> str:
    """The terms as a query of FTS5: all of them on a page."""
    return " AND ".join(f'"{" ".join(term.stems)}"{" *" if term.is_beginning else ""}' for term in terms)


def _by_readability(
    editions: Sequence[tuple[str, str]], texts: dict[tuple[str, str], DocumentText | FilledWords]
) -> tuple[tuple[tuple[str, str], ...], tuple[UnreadEdition, ...]]:
    unread = [UnreadEdition(*name, text) for name, text in texts.items() if isinstance(text, FilledWords)]
    return tuple(name for name in editions if isinstance(texts[name], DocumentText)), tuple(unread)


def _editions(workspace: Workspace, names: str) -> list[tuple[str, str]]:
    """The editions that are named, in the order of the strategies' own."""
    wanted: list[tuple[str, str]] = []
    for name in [part.strip() for part in names.split(",") if part.strip()]:
        own, _, edition = name.removeprefix("strategies/").rstrip("/").partition("/")
        if own not in (EVERY, "", *workspace.strategies):
            raise unknown_strategy(own, workspace.strategies, below=[edition] if edition else [])
        chosen = sorted(workspace.strategies) if own in (EVERY, "") else [own]
        for strategy in chosen:
            wanted += [(strategy, known) for known in workspace.strategies[strategy].by_id if edition in ("", known)]
            if edition and (strategy, edition) not in wanted:
                known = list(workspace.strategies[strategy].by_id)
                message = N_("the strategy {strategy} has no edition {edition}")
                whole = f"{strategy}/{{}}"
                advice = advice_on(edition, known, N_("editions: {known}"), whole=whole)
                raise UsageError(message, **advice, strategy=strategy, edition=edition)
    return list(dict.fromkeys(wanted))
