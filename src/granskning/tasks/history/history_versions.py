"""The versions of reviews by the id of their content: what each says of itself, and the review that it is."""

from __future__ import annotations

import hashlib
import json
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from granskning.tasks.history.history_facts import HEAD, Facts
from granskning.workspace.schema.schema import kind_of_file

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence

    from granskning.edges.cache import Cache
    from granskning.model.review import Answer, Review
    from granskning.workspace.version_reader import VersionReader

DAMAGED = "GR001"
"""The code for a content that git can't give."""
_FACTS, _EDITIONS = "r2:", "e:"
"""What the keys of the cache begin with; another number for facts that hold something else."""


class Versions:
    """Contents by id, read from git or, for what is not committed, held here; each parsed at most once."""

    def __init__(self, read: Any, cache: Cache | None) -> None:
        self.extra: dict[str, bytes] = {}
        self.facts: dict[str, Facts] = {}
        self.editions: dict[str, Mapping[str, str] | None] = {}
        """By the content of a strategy's file: its editions with their dates; None where it cannot be read."""
        self.is_damaged = False
        self._read = read
        self._cache = cache
        self._reviews: dict[str, Review | None] = {}
        self._reader: VersionReader | None = None

    def learn(self, paths: Mapping[str, str], tick: Callable[[int, int], None]) -> None:
        """Learn what each content says of itself; `paths` gives for each the path it had."""
        strategies = {blob for blob, path in paths.items() if kind_of_file(path) == "strategy"}
        wanted = [blob for blob in paths if blob not in (self.editions if blob in strategies else self.facts)]
        known = self._cache.get_many(f"{_EDITIONS if blob in strategies else _FACTS}{blob}" for blob in wanted) \
            if self._cache else {}  # fmt: skip
        for key, value in known.items():
            if key.startswith(_FACTS):
                self.facts[key.removeprefix(_FACTS)] = Facts(*json.loads(value))
            else:
                self.editions[key.removeprefix(_EDITIONS)] = json.loads(value)
        missing = [blob for blob in wanted if blob not in (self.editions if blob in strategies else self.facts)]
        learnt = []
        texts: dict[tuple[object, ...], str] = {}  # versions say mostly the same of themselves, but for their answers
        for number, (blob, content) in enumerate(self.contents(missing), 1):
            if blob in strategies:
                self.editions[blob] = self._editions(content, paths[blob])
                key, text = _EDITIONS, json.dumps(self.editions[blob])
            else:
                facts = self._facts(blob, content, paths[blob])
                head = facts[:HEAD]
                if head not in texts:
                    texts[head] = json.dumps(head, ensure_ascii=False)[:-1]
                self.facts[blob] = facts
                key, text = _FACTS, f'{texts[head]}, {"true" if facts.is_judged else "false"}, "{facts.answers}"]'
            if content is not None:  # what is damaged today may be whole tomorrow
                learnt.append((f"{key}{blob}", text))
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
        is_judged = any(answer.state == "assessed" for answer in review.answers.values())
        return Facts(
            review.strategy, review.round, review.reviewer, review.kind, review.status, review.criteria,
            review.edition, review.date or "", is_judged=is_judged, answers=_mark(review.answers),
        )  # fmt: skip

    def _editions(self, content: bytes | None, path: str) -> Mapping[str, str] | None:
        """The editions of a strategy, by what its file says."""
        from granskning.workspace.schema.schema import check_values  # noqa: PLC0415
        from granskning.workspace.yaml.source import decode, read  # noqa: PLC0415

        if content is None:
            self.is_damaged = True
            return None
        text = decode(content)
        reading = read(text) if isinstance(text, str) else None
        if reading is None or not reading.whole or check_values("strategy", reading.value, path):
            return None
        dates: dict[str, str] = {}
        for edition in reading.value["editions"]:
            dates[edition["id"]] = max(dates.get(edition["id"], ""), str(edition.get("date") or ""))
        return dates


def _mark(answers: Mapping[str, Answer]) -> str:
    """A mark of what is judged: the state and level of each answer, in whatever order they stand."""
    return f"{sum([_part(name, one.state, one.level) for name, one in answers.items()]) % _MARKS:024x}"


_MARKS = 1 << 96


@lru_cache(maxsize=65536)
def _part(name: str, state: str, level: str | None) -> int:
    """What an answer adds to the mark; nothing where it says nothing. Versions have mostly the same answers."""
    judged = f"{name}\0{state}\0{level}".encode()
    return 0 if state == "empty" else int.from_bytes(hashlib.blake2b(judged, digest_size=12).digest(), "big")
