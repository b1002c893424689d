"""The results of versions: of reviews by the id of their content, with the criteria set that lay beside them.

What has been worked out is remembered under a key that names everything it rests on: the review's content, the
content of the criteria set, the language, and (in the cache's name) the program itself.
"""

from __future__ import annotations

import hashlib
import json
from dataclasses import replace
from fractions import Fraction
from typing import TYPE_CHECKING, Any, NamedTuple

from granskning.scoring.timeline import Brief, Outcome, outcome_of, plain_outcome
from granskning.tasks.history_walk import Facts
from granskning.workspace.kinds import MARK

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence

    from granskning.edges.cache import Cache
    from granskning.i18n import Translator
    from granskning.model import CriteriaSet, Review
    from granskning.scoring.card import Score, TargetResult
    from granskning.scoring.plan import Plan
    from granskning.workspace.versions import VersionReader

Blobs = "Callable[[Sequence[str]], Iterable[tuple[str, bytes | None]]]"
_DAMAGED = "GR001"
_MISSING_SET = "GR303"


class Found(NamedTuple):
    """The criteria set that a reference stands for at a commit, or why there is none."""

    digest: str
    """The hash of its content; empty where there is none."""
    reviewers: str
    """How reviewers become a round: `consensus`, `pooled` …; empty where the set does not say."""
    path: str
    blob: str
    broken: str = ""
    """The code of what is wrong."""
    shape: str = ""
    """The hash of what results rest on: questions, levels, weights and scoring."""


class Ref(NamedTuple):
    """What an outcome is of: the reviews, and the set they share."""

    blobs: tuple[str, ...]
    found: Found
    language: str

    @property
    def key(self) -> str:
        """Names all that the outcome rests on."""
        return f"{'+'.join(self.blobs)}:{self.found.digest}:{self.language}"


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
        for number, (blob, content) in enumerate(self.contents(missing), 1):
            facts = self._facts(blob, content, paths[blob])
            self.facts[blob] = facts
            if content is not None:  # what is damaged today may be whole tomorrow
                learnt.append((f"r:{blob}", json.dumps(facts, ensure_ascii=False)))
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
        from granskning.workspace.versions import Broken, VersionReader  # noqa: PLC0415  # nothing to read, no parser

        if self._reader is None:
            self._reader = VersionReader()
        review = self._reader.read(content, "")
        return None if isinstance(review, Broken) else review

    def _facts(self, blob: str, content: bytes | None, path: str) -> Facts:
        from granskning.workspace.versions import Broken, VersionReader  # noqa: PLC0415

        if content is None:
            self.is_damaged = True
            return Facts(broken=_DAMAGED)
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


class Sets:
    """The criteria sets of commits: which set a reference stands for there."""

    def __init__(self, versions: Versions, cache: Cache | None) -> None:
        self._versions = versions
        self._cache = cache
        self._found: dict[int, tuple[Mapping[str, str], dict[str, Found]]] = {}
        self._files: dict[str, tuple[str, Found]] = {}
        """By key: the reference that a file of criteria goes by, and what it is."""
        self._loaded: dict[str, CriteriaSet] = {}
        self._plans: dict[str, Plan] = {}

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
        for path in (f"criteria/{name}.yaml", f"criteria/earlier/{name}-{version}.yaml"):
            if path in context:
                told, found = self._look(context, path)
                if told == reference and found.digest:
                    return found
                broken = broken or (found if found.broken else None)
        return broken or Found("", "", "", "", _MISSING_SET)

    def _look(self, context: Mapping[str, str], path: str) -> tuple[str, Found]:
        """The reference of a file of criteria, and what it is."""
        indicators = sorted(one for one in context if one.startswith("criteria/statistics/"))
        settled = hashlib.sha256("\n".join([path, context.get(MARK, ""), *indicators]).encode()).hexdigest()[:24]
        key = f"c:{context[path]}:{settled}"
        if key not in self._files:
            held = self._cache.get_many([key]).get(key) if self._cache else None
            if held is None:
                told, digest, reviewers, broken, shape = self._load(context, path)
                if self._cache and broken != _DAMAGED:
                    self._cache.put_many([(key, json.dumps([told, digest, reviewers, broken, shape]))])
            else:
                told, digest, reviewers, broken, shape = json.loads(held)
            self._files[key] = (told, Found(digest, reviewers, path, context[path], broken, shape))
        return self._files[key]

    def _load(self, context: Mapping[str, str], path: str) -> tuple[str, str, str, str, str]:
        from granskning.files import HeldFiles  # noqa: PLC0415  # nothing to read, no parser
        from granskning.findings import Severity  # noqa: PLC0415
        from granskning.workspace.canonical import content_hash  # noqa: PLC0415
        from granskning.workspace.load import load_files  # noqa: PLC0415

        wanted = {context[one]: one for one in (path, MARK) if one in context}
        contents = dict(self._versions.contents(list(wanted)))
        if contents.get(context[path]) is None:
            return "", "", "", _DAMAGED, ""
        held = {one: b"" for one in context if one.startswith("criteria/statistics/")}
        held |= {wanted[blob]: content for blob, content in contents.items() if content is not None}
        loaded = load_files(HeldFiles(held), only=[path], keep=False)
        criteria = next((one for one in loaded.workspace.criteria.values() if one.file == path), None)
        if criteria is None:
            errors = [one.rule.code for one in loaded.findings if one.rule.severity is Severity.ERROR]
            return "", "", "", errors[0] if errors else _MISSING_SET, ""
        digest = content_hash(criteria)
        self._loaded[digest] = criteria
        # a new owner or a new source changes the set, but not what its results can be compared with
        bare = replace(
            criteria, version="", title={}, owner="", date=None, about={}, sources=(), status="", challenges=()
        )
        return criteria.reference, digest, criteria.scoring.reviewers or "", "", content_hash(bare)

    def plan(self, found: Found, context: Mapping[str, str]) -> tuple[CriteriaSet, Plan]:
        """The set itself, and how it scores."""
        from granskning.scoring.plan import make_plan  # noqa: PLC0415  # nothing to score, no engine

        if found.digest not in self._loaded:
            self._load(context, found.path)
        criteria = self._loaded[found.digest]
        if found.digest not in self._plans:
            self._plans[found.digest] = make_plan(criteria)
        return criteria, self._plans[found.digest]


class Scores:
    """Outcomes by what they are of, from the cache or worked out."""

    def __init__(self, versions: Versions, sets: Sets, cache: Cache | None, t: Translator, *, full: bool) -> None:
        self._versions = versions
        self._sets = sets
        self._cache = cache
        self._t = t
        self._full = full
        self._kind = "f" if full else "s"
        self._outcomes: dict[Ref, Outcome] = {}
        self._briefs: dict[Any, Brief] = {}

    def work_out(self, wanted: Mapping[Ref, Mapping[str, str]], tick: Callable[[int, int], None]) -> dict[Ref, Outcome]:
        """The outcome of each; `wanted` gives the context that it was met in."""
        keys = {f"{self._kind}:{ref.key}": ref for ref in wanted}
        for key, value in (self._cache.get_many(keys) if self._cache else {}).items():
            plain, _, full = value.partition("\n")
            self._outcomes[keys[key]] = outcome_of(json.loads(plain))._replace(full=full)
        missing = [ref for ref in wanted if ref not in self._outcomes]
        learnt = []
        for number, ref in enumerate(missing, 1):
            outcome = self._score(ref, wanted[ref])
            if outcome is not None:
                self._outcomes[ref] = outcome
                plain = json.dumps(plain_outcome(outcome), ensure_ascii=False, separators=(",", ":"))
                learnt.append((f"{self._kind}:{ref.key}", f"{plain}\n{outcome.full}"))
            tick(number, len(missing))
        if self._cache:
            self._cache.put_many(learnt)
        return self._outcomes

    def _score(self, ref: Ref, context: Mapping[str, str]) -> Outcome | None:
        from granskning.scoring.rounds import score_round  # noqa: PLC0415
        from granskning.scoring.score import score_results, score_review  # noqa: PLC0415

        criteria, plan = self._sets.plan(ref.found, context)
        reviews = self._versions.reviews(ref.blobs)
        if len(reviews) < len(set(ref.blobs)):
            return None
        names = (criteria.id, criteria.version, ref.found.digest, ref.found.shape)
        held = [reviews[blob] for blob in ref.blobs]
        self._versions.forget(ref.blobs)
        if len(held) == 1:
            return self._outcome(*score_results(held[0], plan), plan, names)
        joint = score_round(held, [score_review(one, plan) for one in held], criteria, plan).card
        return None if joint is None else self._outcome(joint.total, joint.targets, plan, names)

    def _outcome(
        self, total: Score, targets: Sequence[TargetResult], plan: Plan, names: tuple[str, str, str, str]
    ) -> Outcome:
        briefs = tuple((one.id, self._brief(one.score, one.id, plan)) for one in targets)
        return Outcome(self._brief(total, "", plan), briefs, names, self._told(total, targets) if self._full else "")

    def _told(self, total: Score, targets: Sequence[TargetResult]) -> str:
        from granskning.scoring.plain import plain_score  # noqa: PLC0415

        language = self._t.language
        told = [
            {"id": one.id, "parent": one.parent, "weight": str(one.weight), **plain_score(one.score, language)}
            for one in targets
        ]
        whole = json.dumps(plain_score(total, language), ensure_ascii=False)
        return f'"total": {whole}, "targets": {json.dumps(told, ensure_ascii=False)}'

    def _brief(self, score: Score, place: str, plan: Plan) -> Brief:
        numbers = (score.low, score.high, score.minimum, score.maximum)
        exact = [(one.numerator, one.denominator) if isinstance(one, int | Fraction) else one for one in numbers]
        key = (place, id(plan), score.standing, score.low_outcome, score.high_outcome, score.band, score.assessed,
               score.applicable, *exact)  # fmt: skip
        if key not in self._briefs:
            self._briefs[key] = make_brief(score, place, plan, self._t)
        return self._briefs[key]


def make_brief(score: Score, place: str, plan: Plan, t: Translator) -> Brief:
    """A result in few words and figures."""
    from granskning.scoring.plain import shown_score  # noqa: PLC0415

    words = {
        "cannot_be_assessed": t("cannot be assessed"),
        "not_applicable": t("not applicable"),
        "profile": t("profile"),
    }
    shown = words.get(score.standing) or shown_score(score, t.language) or ""
    band = next((t.text(band.label) for band in score.step.bands if band.id == score.band), "")
    ladder = plan.nodes[place].ladder if place in plan.nodes else None
    ends: list[float]
    if score.low_outcome is not None and score.high_outcome is not None and ladder is not None:
        ranks = [ladder.rank_of(one) for one in (score.low_outcome, score.high_outcome)]
        ends = [float(one) for one in ranks if one is not None]
        least, most = 0.0, float(max(len(ladder.keys) - 1, 1))
    else:
        ends = [float(one) for one in (score.low, score.high) if one is not None]
        least, most = float(score.minimum or 0), float(score.maximum or 0)
    middle = sum(ends) / len(ends) if ends else None
    return Brief(shown, band, score.standing, middle, least, most, score.assessed, score.applicable)
