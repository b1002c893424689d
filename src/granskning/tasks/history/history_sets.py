"""The criteria sets of commits: which set a reference stands for there, and what it holds."""

from __future__ import annotations

import hashlib
import json
from typing import TYPE_CHECKING, Any, NamedTuple

from granskning.tasks.history.history_facts import Found
from granskning.tasks.history.history_versions import DAMAGED
from granskning.workspace.schema.kinds import MARK
from granskning.workspace.schema.returned import read_cached

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from granskning.edges.cache import Cache
    from granskning.model.criteria import CriteriaSet
    from granskning.scoring.score import ScoringSession
    from granskning.tasks.history.history_versions import Versions

_MISSING_SET = "GR303"
_Kept = tuple[str, bool, "Sequence[str]", "Sequence[str]"]


class _Putting(NamedTuple):
    """A question, as far as it decides whether it is put."""

    id: str
    core: bool
    tags: tuple[str, ...]
    applies_to: tuple[str, ...]


class Sets:
    """The criteria sets of commits: which set a reference stands for there."""

    def __init__(self, versions: Versions, cache: Cache | None) -> None:
        self._versions = versions
        self._cache = cache
        self._found: dict[int, tuple[Mapping[str, str], dict[str, Found]]] = {}
        self._files: dict[str, tuple[str, Found]] = {}
        """By key: the reference that a file of criteria goes by, and what it is."""
        self._questions: dict[str, tuple[_Putting, ...]] = {}
        """By the digest of a set."""
        self._not_put: dict[tuple[str, str, str | None], frozenset[str]] = {}
        self._loaded: dict[str, CriteriaSet] = {}
        self._bases: dict[str, str] = {}
        """By the content of a set's file: the set that it is a variant of; empty for any other."""
        self._sessions: dict[str, ScoringSession] = {}
        """By the digest of a set how it scores, and what has been worked out with it."""

    def find(self, context: Mapping[str, str], reference: str) -> Found:
        """The set that a reference stands for among these files."""
        held = self._found.get(id(context))
        if held is None:
            held = self._found[id(context)] = (context, {})
        found = held[1].get(reference)
        if found is None:
            found = held[1][reference] = self._find(context, reference)
        return found

    def _find(self, context: Mapping[str, str], reference: str) -> Found:
        name, _, version = reference.partition("@")
        broken = None
        paths = [f"criteria/{name}.yaml", f"criteria/earlier/{name}-{version}.yaml"]
        if paths[0] in context and self._base_files(context, paths[0]):
            paths.reverse()  # of a variant, the frozen copy holds
        for path in paths:
            if path in context:
                told, found = self._look(context, path)
                if told == reference and found.digest:
                    return found
                broken = broken or (found if found.broken else None)
        return broken or Found("", "", "", "", _MISSING_SET)

    def _look(self, context: Mapping[str, str], path: str) -> tuple[str, Found]:
        """The reference of a file of criteria, and what it is."""
        indicators = sorted(one for one in context if one.startswith("criteria/statistics/"))
        bases = [context[file] for file in self._base_files(context, path)]
        parts = [path, context.get(MARK, ""), *indicators, *bases]
        settled = hashlib.sha256("\n".join(parts).encode()).hexdigest()[:24]
        key = f"c3:{context[path]}:{settled}"
        if key not in self._files:
            cached = self._cached(key, "set")
            if cached is None:
                told, digest, reviewers, broken, shape = self._load(context, path)
                put = self._loaded[digest].criteria if digest else ()
                questions: list[_Kept] = [
                    (criterion.id, criterion.core, criterion.tags, criterion.applies_to) for criterion in put
                ]
                if self._cache and broken != DAMAGED:
                    self._cache.put_many([(key, json.dumps([told, digest, reviewers, broken, shape, questions]))])
            else:
                told, digest, reviewers, broken, shape, questions = cached
            self._questions[digest] = tuple(
                _Putting(name, core, tuple(tags), tuple(areas)) for name, core, tags, areas in questions
            )
            is_by_area = any(question.applies_to for question in self._questions[digest])
            self._files[key] = (told, Found(digest, reviewers, path, context[path], broken, shape, is_by_area))
        return self._files[key]

    def _base_files(self, context: Mapping[str, str], path: str) -> list[str]:
        """The files in which the set may lie that a variant builds on; none for any other set."""
        blob = context[path]
        if blob not in self._bases:
            key = f"b1:{blob}"
            base: str | None = self._cached(key, "base")
            if base is None:
                from granskning.workspace.variants import named_base

                content = dict(self._versions.contents([blob])).get(blob)
                base = named_base(content) if content is not None else ""
                if self._cache and content is not None:
                    self._cache.put_many([(key, json.dumps(base))])
            self._bases[blob] = base
        named = self._bases[blob]
        name, _, version = named.partition("@")
        paths = (f"criteria/{name}.yaml", f"criteria/earlier/{name}-{version}.yaml")
        return [file for file in paths if file in context and file != path] if named else []

    def _cached(self, key: str, entry: str) -> Any | None:
        """What is remembered of a file of criteria; nothing where it is not as it was written."""
        text = self._cache.get_many([key]).get(key) if self._cache else None
        try:
            return None if text is None else read_cached(entry, text)
        except ValueError:
            return None

    def not_put(self, found_set: Found, form: str, area: str | None) -> frozenset[str]:
        """The questions of a set whose answers say nothing in a review of this form."""
        key = (found_set.digest, form, area)
        if key not in self._not_put:
            from granskning.workspace.schema.put import not_put

            self._not_put[key] = frozenset(not_put(self._questions.get(found_set.digest, ()), form, area))
        return self._not_put[key]

    def _load(self, context: Mapping[str, str], path: str) -> tuple[str, str, str, str, str]:
        from granskning.files import HeldFiles
        from granskning.findings.severity import Severity
        from granskning.scoring.comparable import ground_of_results
        from granskning.workspace.load import load_files
        from granskning.workspace.yaml.canonical_form import content_hash

        wanted = [file for file in (path, MARK, *self._base_files(context, path)) if file in context]
        contents = dict(self._versions.contents([context[file] for file in wanted]))
        if contents.get(context[path]) is None:
            return "", "", "", DAMAGED, ""
        held = {one: b"" for one in context if one.startswith("criteria/statistics/")}
        held |= {file: content for file in wanted if (content := contents.get(context[file])) is not None}
        loaded = load_files(HeldFiles(held), only=[path], keep=False)
        criteria = next(
            (criteria_set for criteria_set in loaded.workspace.criteria.values() if criteria_set.file == path), None
        )
        if criteria is None:
            errors = [finding.rule.code for finding in loaded.findings if finding.rule.severity is Severity.ERROR]
            return "", "", "", errors[0] if errors else _MISSING_SET, ""
        digest = content_hash(criteria)
        self._loaded[digest] = criteria
        return (
            criteria.reference,
            digest,
            criteria.scoring.reviewers or "",
            "",
            content_hash(ground_of_results(criteria)),
        )

    def session(self, found_set: Found, context: Mapping[str, str]) -> tuple[CriteriaSet, ScoringSession] | None:
        """The set itself, and the session that scores with it; None where git has lost what was known of it before."""
        if found_set.digest not in self._loaded:
            self._load(context, found_set.path)
        criteria = self._loaded.get(found_set.digest)
        if criteria is None:
            return None
        if found_set.digest not in self._sessions:
            from granskning.scoring.score import ScoringSession, compile_criteria

            self._sessions[found_set.digest] = ScoringSession(compile_criteria(criteria))
        return criteria, self._sessions[found_set.digest]
