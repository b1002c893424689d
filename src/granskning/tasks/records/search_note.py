"""A search in the texts of strategies, as a line of a review's search log: pure, from what the search came to."""

from __future__ import annotations

from typing import TYPE_CHECKING

from granskning.model.review import SearchNote
from granskning.reporting.wording.report_context import name_edition

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from granskning.i18n import Translator
    from granskning.model.review import Review
    from granskning.model.workspace import Workspace
    from granskning.tasks.evidence.search import SearchHit, SearchResult

_MOST_PAGES = 20
"""Pages that are named of each text; the others are counted."""
_MOST_UNREAD = 6
"""Texts that could not be searched, and are named; more are counted."""
_LONGEST = 1900
"""Letters of a field: the schema takes 2 000."""


class NoteWords:
    """Says what a search came to, in the language that a review is written in."""

    def __init__(self, workspace: Workspace, review: Review, t: Translator) -> None:
        self._own, self._t = workspace.strategies.get(review.strategy), t

    def note(
        self, result: SearchResult, words: Sequence[str], near: int, date: str, criterion: str | None = None
    ) -> SearchNote:
        """The line: in which words, in which texts, on which day, and what came of it."""
        t, sought = self._t, " ".join(f'"{word.strip()}"' if " " in word.strip() else word.strip() for word in words)
        if len(words) > 1:
            sought = t("{words} (at most {count} words apart)", words=sought, count=t.whole(near))
        where = ", ".join(self._text(*name) for name in result.searched)
        if len(where) > _LONGEST:
            where = t.plural("{count} document", "{count} documents", len(result.searched))
        return SearchNote(_cut(sought), where, date, _cut(self._outcome(result)), criterion)

    def _text(self, strategy: str, edition: str) -> str:
        """An edition of the review's own strategy by its title, of another by its id."""
        known = self._own.by_id.get(edition) if self._own is not None and strategy == self._own.id else None
        return known.title or name_edition(known, self._t) if known else f"{strategy}/{edition}"

    def _outcome(self, result: SearchResult) -> str:
        t = self._t
        counts = [self._passages(name, result, alone=len(result.searched) == 1) for name in result.searched]
        outcome = "; ".join(words for words in counts if words) or t("No passage has these words")
        return ". ".join((outcome, *self._unread(result))) + "."

    def _unread(self, result: SearchResult) -> Iterator[str]:
        """Which texts could not be searched, by the reason."""
        names: dict[str, list[str]] = {}
        for item in result.unread:
            reason = self._t(item.reason.message, **item.reason.values)
            names.setdefault(reason, []).append(self._text(item.strategy, item.edition))
        for reason, own in names.items():
            count = self._t.plural("{count} document", "{count} documents", len(own))
            listed = ", ".join(own) if len(own) <= _MOST_UNREAD else count
            words = self._t("not searched, since {reason}: {names}", reason=reason, names=listed)
            yield words[:1].upper() + words[1:]

    def _passages(self, name: tuple[str, str], result: SearchResult, *, alone: bool) -> str:
        """How many passages a text has, and on which pages; empty where it has none."""
        t = self._t
        hits = [hit for hit in result.hits if (hit.strategy, hit.edition) == name]
        if not hits:
            return ""
        passages = t.plural("{count} passage", "{count} passages", len(hits))
        if pages := _pages(hits):
            passages = t("{passages}, page {pages}", passages=passages, pages=t.series(pages))
        return passages if alone else t("{text}: {passages}", text=self._text(*name), passages=passages)


def _pages(hits: Sequence[SearchHit]) -> list[str]:
    """The pages as printed, each once; only the first where they are many."""
    pages = list(dict.fromkeys(hit.passage.label for hit in hits if hit.passage.label is not None))
    return pages if len(pages) <= _MOST_PAGES else [*pages[:_MOST_PAGES], "…"]


def _cut(words: str) -> str:
    return words if len(words) <= _LONGEST else words[: _LONGEST - 1].rstrip() + "…"
