"""From a loaded workspace to reports: what each rests on, what git knows of that, and the date it speaks of."""

from __future__ import annotations

import dataclasses
import hashlib
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from granskning import __version__
from granskning.edges.git import read_repository
from granskning.lineage import version_key
from granskning.reporting.chain import make_links
from granskning.reporting.lexicon import Lexicon
from granskning.reporting.marks import Provenance
from granskning.reporting.portfolio import Reviewed, make_portfolio_report
from granskning.reporting.report import make_review_report
from granskning.reporting.round import make_round_report
from granskning.reporting.round_material import Reading, RoundMaterial
from granskning.scoring.card import SCORING_VERSION
from granskning.scoring.plan import make_plan
from granskning.scoring.score import score_review
from granskning.scoring.sensitivity import make_sensitivity
from granskning.tasks.score import score_rounds, score_workspace
from granskning.tasks.templates import load_templates as load_templates  # noqa: PLC0414  # its old place
from granskning.workspace.canonical import content_hash
from granskning.workspace.versions import are_alike, kept_criteria

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from pathlib import Path

    from granskning.i18n import Translator
    from granskning.model import CriteriaSet, Review
    from granskning.reporting.document import ReviewReport
    from granskning.reporting.portfolio import PortfolioReport
    from granskning.reporting.round_values import RoundReport
    from granskning.tasks.score import Scored, ScoredRound
    from granskning.workspace.load import Loaded

_REVIEW_FILE = re.compile(r"strategies/[^/]+/reviews/[^/]+/[^/]+\.yaml\Z")
_WHOLE_DATE = re.compile(r"\d{4}-\d{2}-\d{2}\Z")
_DATED = frozenset({"date", "retrieved"})


@dataclass(frozen=True, slots=True)
class Skipped:
    """A review, or the folder of a round, that gets no report, since a file that it rests on has an error."""

    file: str
    because: str
    """The file with the error; often the review itself, or one of the round's."""


class Reporter:
    """Makes the reports of one workspace. What several reports rest on is read once."""

    def __init__(
        self, root: Path, loaded: Loaded, t: Translator, *, as_of: str | None = None, beside: Sequence[Review] = ()
    ) -> None:
        """`beside` are reviews that get no report but that others continue."""
        self._loaded = loaded
        self._workspace = loaded.workspace
        self._t = t
        self._as_of = as_of
        self._contents: dict[str, bytes] = {}
        self._there = frozenset(loaded.read)
        self._known = (*loaded.workspace.reviews, *beside)
        self._repository = read_repository(root, [*loaded.read, *(one.file for one in beside)])
        self._latest: dict[str, str] = {}
        self._links = make_links(self._workspace.strategies)
        everything = score_workspace(self._workspace)
        skipped = tuple(self._skip(everything))
        broken = {one.file for one in skipped}
        self.scored = tuple(one for one in everything if one.review.file not in broken)
        """The reviews that can have a report, with their results."""
        several = [one for one in score_rounds(self.scored) if len(one.scored) > 1]
        lacking = {key: file for file in sorted(broken, reverse=True) for key in self._rounds_of(file, everything)}
        self.rounds = tuple(one for one in several if (one.strategy, one.round) not in lacking)
        """The rounds with several reviews, all of which can be read."""
        left = {(one.review.strategy, one.review.round): one.review.file.rpartition("/")[0] for one in self.scored}
        rounds = [Skipped(f"{left[key]}/", file) for key, file in sorted(lacking.items()) if key in left]
        self.skipped = (*skipped, *rounds)

    def review(self, one: Scored, *, internal: bool = False) -> ReviewReport:
        """The report of one review."""
        strategy = self._workspace.strategies[one.review.strategy]
        actions = self._workspace.actions.get(strategy.id, ())
        indicators = {name: self._workspace.indicators[name] for name in self._indicators(one.criteria)}
        chain = {self._workspace.strategies[name].file for name in self._links.linked(strategy.id)}
        sources = sorted({*self._sources(one), *chain})
        dates = (_latest(one.review), _latest(strategy), self._dated(one.criteria), _latest(actions))
        return make_review_report(
            one.review,
            strategy,
            one.criteria,
            one.card,
            indicators=indicators,
            actions=actions,
            settings=self._workspace.settings,
            t=self._t,
            provenance=self._provenance(sources, one.criteria, dates),
            links=self._links,
            internal=internal,
            sensitivity=make_sensitivity(one.review, one.plan),
            earlier=self._earlier(one.review),
        )

    def _earlier(self, review: Review) -> Review | None:
        """The review that this one continues: the reviewer's own, else the joint one, else the only one."""
        if review.continues is None:
            return None
        there = [
            one
            for one in self._known
            if (one.strategy, one.round) == (review.strategy, review.continues) and one.file != review.file
        ]
        own = [one for one in there if one.reviewer == review.reviewer]
        joint = [one for one in there if one.kind == "consensus"]
        return next((choice[0] for choice in (own, joint, there) if len(choice) == 1), None)

    def round(self, one: ScoredRound, *, internal: bool = False) -> RoundReport:
        """The report of one round."""
        strategy = self._workspace.strategies[one.strategy]
        reviews = [held.review for held in one.scored]
        sources = sorted({strategy.file, one.criteria.file, *(review.file for review in reviews)})
        dates = (_latest(tuple(reviews)), _latest(strategy), _latest(one.criteria))
        readings = [Reading(held.review, held.card) for held in one.scored]
        return make_round_report(
            RoundMaterial(
                name=one.round,
                strategy=strategy,
                criteria=one.criteria,
                reviewers=tuple(reading for reading in readings if not reading.is_joint),
                consensus=next((reading for reading in readings if reading.is_joint), None),
                joint=one.joint,
                agreement=one.agreement,
                coefficients=one.coefficients(),
                settings=self._workspace.settings,
                provenance=self._provenance(sources, one.criteria, dates),
                words=Lexicon(self._t, one.criteria, one.scored[0].plan),
                internal=internal,
            )
        )

    def portfolio(self) -> PortfolioReport | None:
        """The portfolio over the workspace's own criteria set; None where there is no such set."""
        criteria = self._current()
        if criteria is None:
            return None
        chosen = self._chosen(criteria)
        strategies = self._workspace.strategies
        others = {one.review.strategy: one.criteria.reference for one in self.scored}
        left = [strategy for name, strategy in sorted(strategies.items()) if name not in chosen]
        named = {criteria.file, *(one.file for one in strategies.values())}
        sources = sorted({*named, *(file for one in chosen.values() for file in self._sources(one))})
        dates = (self._dated(criteria), *(_latest(one.review) for one in chosen.values()))
        return make_portfolio_report(
            self._compared(chosen, criteria),
            criteria,
            unreviewed=[strategy for strategy in left if strategy.id not in others],
            other_sets=[(strategy, others[strategy.id]) for strategy in left if strategy.id in others],
            links=self._links,
            settings=self._workspace.settings,
            t=self._t,
            provenance=self._provenance(sources, criteria, dates),
        )

    @property
    def speaking(self) -> dict[str, Scored]:
        """For each strategy in the portfolio the review that speaks for it."""
        criteria = self._current()
        return self._chosen(criteria) if criteria is not None else {}

    def _current(self) -> CriteriaSet | None:
        """The set that the workspace names: that version, or else the current one."""
        name = self._workspace.settings.criteria
        sets = self._workspace.criteria
        current = (one for one in sets.values() if one.id == name and "/earlier/" not in one.file)
        return sets.get(name) or next(current, None)

    def _chosen(self, criteria: CriteriaSet) -> dict[str, Scored]:
        """For each strategy the review that speaks for it: of the last round, the joint one, the latest.

        Another version of the set will do, as long as its results by target mean the same.
        """
        chosen: dict[str, Scored] = {}
        for one in sorted(self.scored, key=_standing):
            if are_alike(one.criteria, criteria):
                chosen[one.review.strategy] = one
        return dict(sorted(chosen.items()))

    def _compared(self, chosen: dict[str, Scored], criteria: CriteriaSet) -> list[Reviewed]:
        """The chosen reviews, those with anything judged also scored on what they have in common.

        What they have in common is scored with one plan, that of the set, and holds only questions that mean the same
        in all their versions. An invented example is laid beside real strategies only where there are no real ones.
        """
        strategies = self._workspace.strategies
        real = {name for name in chosen if not strategies[name].example} or set(chosen)
        judged = [
            _judged(one) & _meaning_the_same(one.criteria, criteria)
            for name, one in chosen.items()
            if name in real and _judged(one)
        ]
        common = frozenset.intersection(*judged) if len(judged) > 1 else frozenset()
        plan = make_plan(criteria)
        return [
            Reviewed(
                review=one.review,
                strategy=strategies[name],
                card=one.card,
                version=one.criteria.version,
                common=score_review(one.review, plan, common) if common and name in real and _judged(one) else None,
                compared=name in real,
            )
            for name, one in chosen.items()
        ]

    def _skip(self, everything: Sequence[Scored]) -> Iterator[Skipped]:
        """The reviews that rest on something broken, and those that could not even be read."""
        broken = self._loaded.broken
        read = {one.review.file: one for one in everything}
        for file in sorted({*read, *filter(_REVIEW_FILE.match, broken)}):
            faulty = [file] if file in broken else []
            if file in read:
                if read[file].review.strategy not in self._workspace.strategies:
                    faulty.append(f"strategies/{read[file].review.strategy}/strategy.yaml")
                else:
                    faulty += [source for source in self._sources(read[file]) if source in broken]
            if faulty:
                yield Skipped(file, faulty[0])

    def _rounds_of(self, file: str, everything: Sequence[Scored]) -> set[tuple[str, str]]:
        """The round that a broken review belongs to: by what it says or, where it can't be read, by its place."""
        said = {(one.review.strategy, one.review.round) for one in everything if one.review.file == file}
        _, strategy, _, round_, _ = file.split("/")
        return said or {(strategy, round_)}

    def _sources(self, one: Scored) -> list[str]:
        """The files that a report rests on, sorted."""
        name = one.review.strategy
        named = {key for challenge in one.criteria.challenges for key in challenge.indicators}
        others = [f"strategies/{name}/actions.yaml", *(f"criteria/statistics/{key}.yaml" for key in named)]
        there = [file for file in others if file in self._there]
        if (earlier := self._earlier(one.review)) is not None:
            there.append(earlier.file)
        strategy = self._workspace.strategies[name].file
        return sorted({one.review.file, one.criteria.file, strategy, *there})

    def _indicators(self, criteria: CriteriaSet) -> list[str]:
        named = {name for challenge in criteria.challenges for name in challenge.indicators}
        return sorted(named & self._workspace.indicators.keys())

    def _provenance(self, sources: Sequence[str], criteria: CriteriaSet, dates: Iterable[str]) -> Provenance:
        contents = {file: self._read(file) for file in sources}
        whole = hashlib.sha256()
        for file in sources:
            whole.update(f"{file}\0{hashlib.sha256(contents[file]).hexdigest()}\n".encode())
        git = self._repository
        return Provenance(
            commit=git.last_commit(sources) if git else None,
            changed=git.differs(contents) if git else False,
            fingerprint=whole.hexdigest(),
            criteria_hash=content_hash(criteria),
            tool=__version__,
            scoring=SCORING_VERSION,
            as_of=self._as_of or max(dates) or None,
        )

    def _read(self, file: str) -> bytes:
        if file not in self._contents:
            self._contents[file] = self._loaded.files.read(file)
        return self._contents[file]

    def _dated(self, criteria: CriteriaSet) -> str:
        """The latest date in a criteria set and the indicators it names."""
        if criteria.reference not in self._latest:
            figures = [self._workspace.indicators[name] for name in self._indicators(criteria)]
            self._latest[criteria.reference] = max(_latest(criteria), _latest(figures))
        return self._latest[criteria.reference]


def _standing(one: Scored) -> tuple[str, bool, str, str]:
    """How well a review speaks for its strategy, in rising order."""
    review = one.review
    return (review.round, review.kind == "consensus", review.date or "", review.reviewer)


def _judged(one: Scored) -> frozenset[str]:
    return frozenset(result.id for result in one.card.criteria_results if result.state == "assessed")


def _meaning_the_same(one: CriteriaSet, other: CriteriaSet) -> frozenset[str]:
    """The questions that mean the same in two versions of a set, whichever is the later."""
    earlier, later = sorted((one, other), key=lambda held: version_key(held.version))
    return kept_criteria(earlier, later)


def _latest(value: Any) -> str:
    """The latest whole date that a model value says it is from; plans for the future don't count."""
    if dataclasses.is_dataclass(value) and not isinstance(value, type):
        parts = []
        for field in dataclasses.fields(value):
            inner = getattr(value, field.name)
            if field.name in _DATED and isinstance(inner, str):
                parts.append(inner if _WHOLE_DATE.match(inner) else "")
            else:
                parts.append(_latest(inner))
        return max(parts, default="")
    if isinstance(value, dict):
        value = value.values()
    elif not isinstance(value, tuple | list):
        return ""
    return max((_latest(inner) for inner in value), default="")
