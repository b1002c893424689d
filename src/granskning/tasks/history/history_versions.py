"""The versions of reviews by the id of their content: what each says of itself, and the review that it is."""

from __future__ import annotations

import hashlib
import json
from contextlib import suppress
from functools import lru_cache
from itertools import compress
from operator import attrgetter, is_not
from typing import TYPE_CHECKING, Any, NamedTuple

from granskning.tasks.history.history_facts import HEAD, Facts, StrategyFacts
from granskning.workspace.schema.kinds import kind_of_file
from granskning.workspace.schema.returned import read_cached

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence

    from granskning.edges.cache import Cache
    from granskning.model.review import Answer, Review
    from granskning.workspace.version_reader import Broken, VersionReader

DAMAGED = "GR001"
"""The code for a content that git can't give."""
_FACTS, _STRATEGY = "r4:", "s2:"
"""What the keys of the cache begin with; another number for facts that hold something else."""


class Versions:
    """Contents by id, read from git or, for what is not committed, held here; each parsed at most once."""

    def __init__(self, read: Any, cache: Cache | None) -> None:
        self.extra: dict[str, bytes] = {}
        self.facts: dict[str, Facts] = {}
        self.strategies: dict[str, StrategyFacts | None] = {}
        """By the content of a strategy's file; None where it cannot be read."""
        self.is_damaged = False
        self._read = read
        self._cache = cache
        self._reviews: dict[str, Review | None] = {}
        self._reader: VersionReader | None = None
        self._judged: dict[str, _Judged] = {}
        """By path: what the last version of the file said."""

    def learn(self, paths: Mapping[str, str], tick: Callable[[int, int], None]) -> None:
        """Learn what each content says of itself; `paths` gives for each the path it had."""
        strategies = {blob for blob, path in paths.items() if kind_of_file(path) == "strategy"}
        wanted = [blob for blob in paths if blob not in (self.strategies if blob in strategies else self.facts)]
        known = self._cache.get_many(f"{_STRATEGY if blob in strategies else _FACTS}{blob}" for blob in wanted) \
            if self._cache else {}  # fmt: skip
        for key, value in known.items():
            with suppress(ValueError):  # not as it was written: learnt again
                if key.startswith(_FACTS):
                    facts = Facts(*read_cached("facts", value))
                    self.facts[key.removeprefix(_FACTS)] = facts._replace(judged=tuple(facts.judged))
                else:
                    plain = read_cached("strategy", value)
                    self.strategies[key.removeprefix(_STRATEGY)] = None if plain is None else StrategyFacts(*plain)
        missing = [blob for blob in wanted if blob not in (self.strategies if blob in strategies else self.facts)]
        learnt = []
        for number, (blob, content) in enumerate(self.contents(missing), 1):
            if blob in strategies:
                self.strategies[blob] = self._strategy(content, paths[blob])
                key, text = _STRATEGY, json.dumps(self.strategies[blob])
            else:
                facts = self._facts(blob, content, paths[blob])
                self.facts[blob] = facts
                key, text = (
                    _FACTS,
                    f'{_text(facts[:HEAD])[:-1]}, {_text(facts.judged)}, "{facts.answers}", "{facts.words}"]',
                )
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
        review = self._read_review(content, "")
        return None if isinstance(review, tuple) else review

    def _read_review(self, content: bytes, path: str) -> Review | Broken:
        """The review or, as a tuple, what is wrong."""
        if self._reader is None:
            from granskning.workspace.version_reader import VersionReader

            self._reader = VersionReader()
        return self._reader.read(content, path)

    def _facts(self, blob: str, content: bytes | None, path: str) -> Facts:
        if content is None:
            self.is_damaged = True
            return Facts(broken=DAMAGED)
        review = self._read_review(content, path)
        if isinstance(review, tuple):
            return Facts(broken=review.code, line=review.line)
        if self._reader is None or not self._reader.is_full:
            self._reviews[blob] = review
        judged = self._judged[path] = _judge(review.answers, self._judged.get(path))
        return Facts(
            review.strategy, review.round, review.reviewer, review.kind, review.status, review.criteria,
            review.edition, review.date or "", form=review.form, judged=judged.levels,
            answers=f"{judged.mark % _MARKS:024x}", words=f"{judged.words % _MARKS:024x}",
        )  # fmt: skip

    def _strategy(self, content: bytes | None, path: str) -> StrategyFacts | None:
        """What the file of a strategy says."""
        from granskning.workspace.schema.schema import check_values
        from granskning.workspace.yaml.source import decode, read

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
        return StrategyFacts(reading.value["area"], dates, reading.value["id"])


class _Judged(NamedTuple):
    """What is judged in a version."""

    answers: Mapping[str, Answer]
    levels: tuple[str, ...]
    """The questions whose answer is a level."""
    mark: int
    """Of the state and level of each answer, in whatever order they stand."""
    words: int
    """Of all that each answer says: its reasons, evidence and recommendation too."""


def _judge(answers: Mapping[str, Answer], last: _Judged | None) -> _Judged:
    """What is judged. Most answers are those of the version `last`, which are the same values in memory."""
    if last is None or list(answers) != list(last.answers):
        levels = tuple([name for name, answer in answers.items() if answer.state == "assessed"])
        mark = sum([_part(name, one.state, one.level) for name, one in answers.items()])
        return _Judged(answers, levels, mark, sum([_words(answer) for answer in answers.values()]))
    mark, words, is_alike = last.mark, last.words, True
    pairs = zip(answers.items(), last.answers.values(), strict=True)
    for (name, one), was in compress(pairs, map(is_not, answers.values(), last.answers.values())):
        mark += _part(name, one.state, one.level) - _part(name, was.state, was.level)
        if _SAID(one) != _SAID(was):  # most that changes is a level
            words += _words(one) - _words(was)
        is_alike = is_alike and one.state == was.state
    if is_alike:
        return _Judged(answers, last.levels, mark, words)
    levels = tuple([name for name, answer in answers.items() if answer.state == "assessed"])
    return _Judged(answers, levels, mark, words)


# these two are kept by the process: they follow from the plain words they are given, whichever folder those come from
@lru_cache(maxsize=4096)
def _text(values: tuple[object, ...]) -> str:
    """As JSON. Versions say mostly the same of themselves, but for their answers."""
    return json.dumps(values, ensure_ascii=False)


_MARKS = 1 << 96
_SAID = attrgetter("criterion", "reason", "justification", "recommendation", "note", "evidence")


def _words(answer: Answer) -> int:
    """What all that an answer says adds to the mark of the words."""
    said = _SAID(answer)
    if not any(said[1:]):
        return 0
    return int.from_bytes(hashlib.blake2b(repr(said).encode(), digest_size=12).digest(), "big")


@lru_cache(maxsize=65536)
def _part(name: str, state: str, level: str | None) -> int:
    """What an answer adds to the mark; nothing where it says nothing. Versions have mostly the same answers."""
    judged = f"{name}\0{state}\0{level}".encode()
    return 0 if state == "empty" else int.from_bytes(hashlib.blake2b(judged, digest_size=12).digest(), "big")
