"""The versions of reviews by the id of their content: what each says of itself, and the review that it is."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from granskning.tasks.history_walk import Facts

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence

    from granskning.edges.cache import Cache
    from granskning.model import Review
    from granskning.workspace.version_reader import VersionReader

DAMAGED = "GR001"
"""The code for a content that git can't give."""


class Versions:
    """Contents by id, read from git or, for what is not committed, held here; each parsed at most once."""

    def __init__(self, read: Any, cache: Cache | None) -> None:
        self.extra: dict[str, bytes] = {}
        self.facts: dict[str, Facts] = {}
        self.is_damaged = False
        self._read = read
        self._cache = cache
        self._reviews: dict[str, Review | None] = {}
        self._reader: VersionReader | None = None

    def learn(self, paths: Mapping[str, str], tick: Callable[[int, int], None]) -> None:
        """Learn what each content says of itself; `paths` gives for each the path it had."""
        wanted = [blob for blob in paths if blob not in self.facts]
        known = self._cache.get_many(f"r:{blob}" for blob in wanted) if self._cache else {}
        for key, value in known.items():
            self.facts[key[2:]] = Facts(*json.loads(value))
        missing = [blob for blob in wanted if blob not in self.facts]
        learnt = []
        texts: dict[Facts, tuple[Facts, str]] = {}  # versions say mostly the same of themselves
        for number, (blob, content) in enumerate(self.contents(missing), 1):
            facts = self._facts(blob, content, paths[blob])
            if facts not in texts:
                texts[facts] = (facts, json.dumps(facts, ensure_ascii=False))
            self.facts[blob], text = texts[facts]
            if content is not None:  # what is damaged today may be whole tomorrow
                learnt.append((f"r:{blob}", text))
            tick(number, len(missing))
        if self._cache:
            self._cache.put_many(learnt)

    def contents(self, blobs: Sequence[str]) -> Iterable[tuple[str, bytes | None]]:
        """The contents, each with its id."""
        yield from ((blob, self.extra[blob]) for blob in blobs if blob in self.extra)
        rest = [blob for blob in blobs if blob not in self.extra]
        if rest:
            yield from self._read(rest)

    def reviews(self, blobs: Sequence[str]) -> dict[str, Review]:
        """The sound reviews among these contents."""
        missing = [blob for blob in blobs if blob not in self._reviews]
        for blob, content in self.contents(missing):
            self._facts(blob, content, "")
            if blob not in self._reviews:  # so much has been read that nothing more is kept
                review = None if content is None else self._model(content)
                self._reviews[blob] = review
        return {blob: review for blob in blobs if (review := self._reviews.get(blob)) is not None}

    def forget(self, blobs: Iterable[str]) -> None:
        """Let go of reviews, where there are too many to keep."""
        if self._reader is not None and self._reader.is_full:
            for blob in blobs:
                self._reviews.pop(blob, None)

    def _model(self, content: bytes) -> Review | None:
        from granskning.workspace.version_reader import Broken, VersionReader  # noqa: PLC0415  # nothing to read, no parser

        if self._reader is None:
            self._reader = VersionReader()
        review = self._reader.read(content, "")
        return None if isinstance(review, Broken) else review

    def _facts(self, blob: str, content: bytes | None, path: str) -> Facts:
        from granskning.workspace.version_reader import Broken, VersionReader  # noqa: PLC0415

        if content is None:
            self.is_damaged = True
            return Facts(broken=DAMAGED)
        if self._reader is None:
            self._reader = VersionReader()
        review = self._reader.read(content, path)
        if isinstance(review, Broken):
            return Facts(broken=review.code, line=review.line)
        if not self._reader.is_full:
            self._reviews[blob] = review
        return Facts(
            review.strategy, review.round, review.reviewer, review.kind, review.status, review.criteria,
            review.edition, review.date or "",
        )  # fmt: skip
