"""The results of versions: of reviews by the id of their content, with the criteria set that lay beside them.

What has been worked out is remembered under a key that names everything it rests on: the review's content, the
content of the criteria set, the language, and (in the cache's name) the program itself.
"""

from __future__ import annotations

import json
from contextlib import suppress
from fractions import Fraction
from functools import cache, lru_cache
from typing import TYPE_CHECKING, Any, NamedTuple

from granskning.json_reading import require_object
from granskning.scoring.timeline import Brief, Outcome, outcome_of
from granskning.tasks.history.shared_grounds import shared_grounds
from granskning.wordings import STANDINGS
from granskning.workspace.schema.returned import read_cached

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from granskning.edges.cache import Cache
    from granskning.i18n import Translator
    from granskning.model.criteria import CriteriaSet
    from granskning.reporting.wording.criteria_vocabulary import Lexicon
    from granskning.scoring.engine.plan import Plan
    from granskning.scoring.results.card import Score, TargetResult
    from granskning.scoring.results.numbers import Number
    from granskning.tasks.history.history_facts import Found
    from granskning.tasks.history.history_sets import Sets
    from granskning.tasks.history.history_versions import Versions

_AT_ONCE = 500
"""So many results are remembered at a time."""
_MOST = 20_000
"""So many scores are kept in brief."""


class Ref(NamedTuple):
    """What an outcome is of: the reviews, and the set they share."""

    blobs: tuple[str, ...]
    found: Found
    language: str
    is_joint: bool = False
    """Whether reviewers are laid together in the set's declared way; else it is the one review's own result."""
    area: str | None = None
    """That of the strategy, where the set puts any question to some areas alone; None also where it is not known."""

    @property
    def key(self) -> str:
        """Names all that the outcome rests on."""
        together = "j" if self.is_joint else ""
        area = "" if self.area is None else f":{self.area}"
        return f"{together}{'+'.join(self.blobs)}:{self.found.digest}:{self.language}{area}"


@cache
def _engine() -> tuple[Any, Any, Any, Any]:
    """What scores; looked up once, for a version takes less than looking it up."""
    from granskning.scoring.rounds import score_round
    from granskning.scoring.score import score_results, score_review
    from granskning.workspace.schema.put import as_put

    return as_put, score_results, score_review, score_round


class _Told(NamedTuple):
    """A score in brief, and that as JSON."""

    score: Score
    """Kept, so that no other gets its place in memory."""
    brief: Brief
    text: str
    part: tuple[str, Brief]
    """With the place that it is of."""
    part_text: str


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
        self._lexicons: dict[int, Lexicon] = {}
        self._told: dict[tuple[int, str, int], _Told] = {}
        """By the score itself, since the same ones come again and again."""
        self._briefs: dict[tuple[object, ...], Brief] = {}

    def evaluate(self, wanted: Mapping[Ref, Mapping[str, str]], tick: Callable[[int, int], None]) -> dict[Ref, Outcome]:
        """The outcome of each; `wanted` gives the context that it was met in."""
        keys = {f"{self._kind}:{ref.key}": ref for ref in wanted}
        for key, value in (self._cache.get_many(keys) if self._cache else {}).items():
            plain, _, full = value.partition("\n")
            with suppress(ValueError):  # not as it was written: worked out again
                self._outcomes[keys[key]] = outcome_of(read_cached("outcome", plain))._replace(full=_whole(full))
        missing = [ref for ref in wanted if ref not in self._outcomes]
        learnt = []
        for number, ref in enumerate(missing, 1):
            scored = self._score(ref, wanted[ref])
            if scored is not None:
                outcome, plain = scored
                self._outcomes[ref] = outcome
                learnt.append((f"{self._kind}:{ref.key}", f"{plain}\n{outcome.full}"))
            if self._cache and (len(learnt) >= _AT_ONCE or number == len(missing)):
                self._cache.put_many(learnt)
                learnt.clear()
            tick(number, len(missing))
        self._share_grounds(wanted)
        return self._outcomes

    def _share_grounds(self, wanted: Mapping[Ref, Mapping[str, str]]) -> None:
        """Let outcomes that can be compared though their sets have other words say so."""
        grounds = shared_grounds({ref.found: context for ref, context in wanted.items()}, self._sets, self._cache)
        if not grounds:
            return
        for ref, outcome in self._outcomes.items():
            *names, shape = outcome.criteria
            self._outcomes[ref] = outcome._replace(criteria=(names[0], names[1], names[2], grounds.get(shape, shape)))

    def _score(self, ref: Ref, context: Mapping[str, str]) -> tuple[Outcome, str] | None:
        """The outcome, and as JSON the lists that `outcome_of` reads."""
        as_put, score_results, score_review, score_round = _engine()
        held_set = self._sets.session(ref.found, context)
        if held_set is None:
            return None
        criteria, session = held_set
        plan = session.plan
        reviews = self._versions.reviews(ref.blobs)
        if len(reviews) < len(set(ref.blobs)):
            return None
        names = (criteria.id, criteria.version, ref.found.digest, ref.found.shape)
        held = [as_put(reviews[blob], criteria, ref.area) for blob in ref.blobs]
        self._versions.forget(ref.blobs)
        if not ref.is_joint:
            total, targets = score_results(held[0], plan, session)
            return self._outcome(total, targets, self._lexicon(criteria, plan), names)
        cards = [score_review(review, plan, session=session) for review in held]
        joint = score_round(held, cards, criteria, plan).card
        return (
            None if joint is None else self._outcome(joint.total, joint.targets, self._lexicon(criteria, plan), names)
        )

    def _lexicon(self, criteria: CriteriaSet, plan: Plan) -> Lexicon:
        """What the set calls things; made once for each set."""
        if id(plan) not in self._lexicons:
            from granskning.reporting.wording.criteria_vocabulary import Lexicon
            from granskning.scoring.outline import outline_of

            self._lexicons[id(plan)] = Lexicon(self._t, criteria, outline_of(plan))
        return self._lexicons[id(plan)]

    def _outcome(
        self, total: Score, targets: Sequence[TargetResult], lexicon: Lexicon, names: tuple[str, str, str, str]
    ) -> tuple[Outcome, str]:
        whole = self._brief(total, "", lexicon)
        parts = [self._brief(target.score, target.id, lexicon) for target in targets]
        outcome = Outcome(
            whole.brief,
            tuple([part.part for part in parts]),
            names,
            self._in_full(total, targets, lexicon) if self._full else "",
        )
        plain = ",".join([part.part_text for part in parts])
        return outcome, f"[{whole.text},[{plain}],{_text(names)}]"

    def _in_full(self, total: Score, targets: Sequence[TargetResult], lexicon: Lexicon) -> str:
        from granskning.scoring.plain import plain_score, plain_target

        language = self._t.language
        told = [plain_target(target, language, lexicon) for target in targets]
        # ASCII, since there is much of it and a string with one other letter takes twice the room
        return f'"total": {json.dumps(plain_score(total, language, lexicon))}, "targets": {json.dumps(told)}'

    def _brief(self, score: Score, place: str, lexicon: Lexicon) -> _Told:
        key = (id(score), place, id(lexicon))
        if key not in self._told:
            if len(self._told) >= _MOST:
                self._told.clear()
            brief = self._made(score, place, lexicon)
            text = _text(brief)
            # ids need no escaping
            self._told[key] = _Told(score, brief, text, (place, brief), f'["{place}",{text}]')
        return self._told[key]

    def _made(self, score: Score, place: str, lexicon: Lexicon) -> Brief:
        """What different scores have alike in brief is made once."""
        numbers = (score.low, score.high, score.so_far, score.minimum, score.maximum)
        exact = [
            (number.numerator, number.denominator) if isinstance(number, int | Fraction) else number
            for number in numbers
        ]
        key = (place, id(lexicon), score.standing, score.low_outcome, score.high_outcome, score.so_far_outcome,
               score.band, score.assessed, score.applicable, *exact)  # fmt: skip
        if key not in self._briefs:
            self._briefs[key] = make_brief(score, place, lexicon)
        return self._briefs[key]


def _whole(text: str) -> str:
    """A full score as it goes into an output. Raises ValueError for one that would break it."""
    if text:
        require_object(text)
    return text


# kept by the process: the text follows from the words and figures alone, and sets share most of them
@lru_cache(maxsize=_MOST)
def _text(values: Brief | tuple[str, str, str, str]) -> str:
    return json.dumps(values, separators=(",", ":"))


def make_brief(score: Score, place: str, lexicon: Lexicon) -> Brief:
    """A result in few words and figures."""
    t, scale = lexicon.t, lexicon.outline.scale_of(place)
    shown = t(STANDINGS["profile"]) if score.standing == "profile" else lexicon.result(score, place)
    band = next((t.text(band.label) for band in score.step.bands if band.id == score.band), "")
    if score.low_outcome is not None and score.high_outcome is not None and scale is not None:
        keys = (score.low_outcome, score.high_outcome, score.so_far_outcome)
        low, high, so_far = (_float(scale.rank_of(key)) if key is not None else None for key in keys)
        least, most = 0.0, float(max(len(scale.keys) - 1, 1))
    else:
        low, high, so_far = (_float(one) for one in (score.low, score.high, score.so_far))
        least, most = float(score.minimum or 0), float(score.maximum or 0)
    return Brief(shown, band, score.standing, low, high, so_far, least, most, score.assessed, score.applicable)


def _float(number: Number | None) -> float | None:
    return None if number is None else float(number)
