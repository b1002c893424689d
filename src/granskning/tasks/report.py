"""From a loaded workspace to reports: what each rests on, what git knows of that, and the date it speaks of."""

from __future__ import annotations

import dataclasses
import hashlib
import re
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from granskning import __version__
from granskning.edges.git import read_repository
from granskning.lineage import version_key
from granskning.reporting.annex import make_annex
from granskning.reporting.chain import make_links
from granskning.reporting.lexicon import Lexicon
from granskning.reporting.marks import Provenance
from granskning.reporting.portfolio import make_portfolio_report
from granskning.reporting.portfolio_values import Reviewed
from granskning.reporting.report import make_review_report
from granskning.reporting.round import make_round_report
from granskning.reporting.round_material import Reading, RoundMaterial
from granskning.scoring.card import SCORING_VERSION
from granskning.scoring.plan import make_plan
from granskning.scoring.score import score_review
from granskning.scoring.sensitivity import make_sensitivity
from granskning.tasks.origin import Basis, Stated
from granskning.tasks.score import score_rounds, score_workspace
from granskning.workspace.canonical import content_hash
from granskning.workspace.load import MARK
from granskning.workspace.versions import are_alike, kept_criteria

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from pathlib import Path

    from granskning.i18n import Translator
    from granskning.model import CriteriaSet, Review
    from granskning.reporting.annex import AnnexReport
    from granskning.reporting.document import ReviewReport
    from granskning.reporting.portfolio_values import PortfolioReport
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

    def __init__(  # noqa: PLR0913  # what reports rest on, by name
        self,
        root: Path,
        loaded: Loaded,
        t: Translator,
        *,
        as_of: str | None = None,
        beside: Sequence[Review] = (),
        stated: Stated | None = None,
    ) -> None:
        """`beside` are reviews that get no report but that others continue."""
        self._loaded = loaded
        self.workspace = loaded.workspace
        self.t = t
        self._as_of = as_of
        self._contents: dict[str, bytes] = {}
        self._there = frozenset(loaded.read)
        self._known = (*loaded.workspace.reviews, *beside)
        self._stated = stated
        self._repository = None if stated else read_repository(root, [*loaded.read, *(one.file for one in beside)])
        self._bases: dict[tuple[str, ...], Basis] = {}
        self._latest: dict[str, str] = {}
        self._links = make_links(self.workspace.strategies)
        everything = score_workspace(self.workspace)
        skipped = tuple(self._skip(everything))
        broken = {one.file for one in skipped}
        self.scored = tuple(one for one in everything if one.review.file not in broken)
        """The reviews that can have a report, with their results."""
        self.all_rounds = tuple(one for one in score_rounds(self.workspace, self.scored) if one.is_joint)
        """The rounds with a joint result of their own kind, those with a single review among them."""
        several = [one for one in self.all_rounds if len(one.scored) > 1]
        lacking = {key: file for file in sorted(broken, reverse=True) for key in self._rounds_of(file, everything)}
        self.rounds = tuple(one for one in several if (one.strategy, one.round) not in lacking)
        """The rounds with several reviews, all of which can be read."""
        left = {(one.review.strategy, one.review.round): one.review.file.rpartition("/")[0] for one in self.scored}
        rounds = [Skipped(f"{left[key]}/", file) for key, file in sorted(lacking.items()) if key in left]
        self.skipped = (*skipped, *rounds)

    def review(self, one: Scored, *, internal: bool = False) -> ReviewReport:
        """The report of one review."""
        strategy = self.workspace.strategies[one.review.strategy]
        actions = self.workspace.actions.get(strategy.id, ())
        indicators = {name: self.workspace.indicators[name] for name in self._indicators(one.criteria)}
        chain = {self.workspace.strategies[name].file for name in self._links.linked(strategy.id)}
        sources = sorted({*self.sources_of(one), *chain})
        dates = (latest_date(one.review), latest_date(strategy), self.dated(one.criteria), latest_date(actions))
        provenance = self.provenance(sources, one.criteria, dates)
        self.rests_on(Basis("review", one.review.identity, tuple(sources), (MARK,), provenance, internal))
        return make_review_report(
            one.review,
            strategy,
            one.criteria,
            one.card,
            indicators=indicators,
            actions=actions,
            settings=self.workspace.settings,
            t=self.t,
            provenance=provenance,
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

    def annex(self, one: Scored) -> AnnexReport:
        """The annex of one review."""
        strategy = self.workspace.strategies[one.review.strategy]
        actions = self.workspace.actions.get(strategy.id, ())
        report = self.review(one)
        self.rests_on(replace(self.basis("review", *one.review.identity), kind="annex"))
        return make_annex(report, one.review, strategy, actions, self.t)

    def round(self, one: ScoredRound, *, internal: bool = False) -> RoundReport:
        """The report of one round."""
        strategy = self.workspace.strategies[one.strategy]
        reviews = [held.review for held in one.scored]
        sources = sorted({strategy.file, one.criteria.file, *(review.file for review in reviews)})
        dates = (latest_date(tuple(reviews)), latest_date(strategy), latest_date(one.criteria))
        readings = [Reading(held.review, held.card) for held in one.scored]
        provenance, identity = self.provenance(sources, one.criteria, dates), (one.strategy, one.round)
        beside = {MARK, *(file for held in one.scored for file in self.sources_of(held))}.difference(sources)
        self.rests_on(Basis("round", identity, tuple(sources), tuple(sorted(beside)), provenance, internal))
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
                settings=self.workspace.settings,
                provenance=provenance,
                words=Lexicon(self.t, one.criteria, one.scored[0].plan),
                internal=internal,
            )
        )

    def portfolio(self) -> PortfolioReport | None:
        """The portfolio over the workspace's own criteria set; None where there is no such set."""
        criteria = self._current()
        if criteria is None:
            return None
        chosen = self._chosen(criteria)
        strategies = self.workspace.strategies
        others = {one.review.strategy: one.criteria.reference for one in self.scored}
        left = [strategy for name, strategy in sorted(strategies.items()) if name not in chosen]
        followed = {f"strategies/{name}/actions.yaml" for name in strategies} & self._there
        told = {file for one in chosen.values() for file in self.sources_of(one)}
        sources = sorted({criteria.file, *(one.file for one in strategies.values()), *followed, *told})
        more = (latest_date(strategies), latest_date(self.workspace.actions))
        dates = (self.dated(criteria), *more, *(latest_date(one.review) for one in chosen.values()))
        provenance = self.provenance(sources, criteria, dates)
        elsewhere = {one.review.strategy: one for one in self.scored if one.review.strategy not in chosen}
        beside = {
            MARK,
            *(self.workspace.indicators[name].file for name in self._indicators(criteria)),
            *(one.file for one in left),
            *(file for one in elsewhere.values() for file in self.sources_of(one)),
        }
        self.rests_on(Basis("portfolio", (), tuple(sources), tuple(sorted(beside.difference(sources))), provenance))
        return make_portfolio_report(
            self._compared(chosen, criteria),
            criteria,
            unreviewed=[strategy for strategy in left if strategy.id not in others],
            other_sets=[(strategy, others[strategy.id]) for strategy in left if strategy.id in others],
            actions=self.workspace.actions,
            settings=self.workspace.settings,
            t=self.t,
            provenance=provenance,
            links=self._links,
        )

    def rests_on(self, basis: Basis) -> None:
        """Remember what a report rests on that is being made."""
        self._bases[basis.kind, *basis.identity, *basis.against] = basis

    def basis(self, kind: str, *identity: str) -> Basis:
        """What a report that has been made rests on."""
        return self._bases[kind, *identity]

    @property
    def has_portfolio(self) -> bool:
        """Whether the set that the workspace names is there, so that strategies can be told of side by side."""
        return self._current() is not None

    @property
    def speaking(self) -> dict[str, Scored]:
        """For each strategy in the portfolio the review that speaks for it."""
        criteria = self._current()
        return self._chosen(criteria) if criteria is not None else {}

    def _current(self) -> CriteriaSet | None:
        """The set that the workspace names: that version, or else the current one."""
        name = self.workspace.settings.criteria
        sets = self.workspace.criteria
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
        strategies = self.workspace.strategies
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
                if read[file].review.strategy not in self.workspace.strategies:
                    faulty.append(f"strategies/{read[file].review.strategy}/strategy.yaml")
                else:
                    faulty += [source for source in self.sources_of(read[file]) if source in broken]
            if faulty:
                yield Skipped(file, faulty[0])

    def _rounds_of(self, file: str, everything: Sequence[Scored]) -> set[tuple[str, str]]:
        """The round that a broken review belongs to: by what it says or, where it can't be read, by its place."""
        said = {(one.review.strategy, one.review.round) for one in everything if one.review.file == file}
        _, strategy, _, round_, _ = file.split("/")
        return said or {(strategy, round_)}

    def sources_of(self, one: Scored) -> list[str]:
        """The files that a report rests on, sorted."""
        name = one.review.strategy
        named = {key for challenge in one.criteria.challenges for key in challenge.indicators}
        others = [f"strategies/{name}/actions.yaml", *(f"criteria/statistics/{key}.yaml" for key in named)]
        there = [file for file in others if file in self._there]
        if (earlier := self._earlier(one.review)) is not None:
            there.append(earlier.file)
        strategy = self.workspace.strategies[name].file
        return sorted({one.review.file, one.criteria.file, strategy, *there})

    def _indicators(self, criteria: CriteriaSet) -> list[str]:
        named = {name for challenge in criteria.challenges for name in challenge.indicators}
        return sorted(named & self.workspace.indicators.keys())

    def provenance(self, sources: Sequence[str], criteria: CriteriaSet, dates: Iterable[str]) -> Provenance:
        """What a report that rests on these files came from; it speaks of the latest of the dates."""
        contents = {file: self._read(file) for file in sources}
        said, git = self._stated, self._repository
        hashes = {file: said.hashes.get(file, "") if said else _sha256(contents[file]) for file in sources}
        whole = hashlib.sha256("".join(f"{file}\0{hashes[file]}\n" for file in sources).encode())
        return Provenance(
            commit=said.commit if said else git.last_commit(sources) if git else None,
            changed=said.changed if said else git.differs(contents) if git else False,
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

    def dated(self, criteria: CriteriaSet) -> str:
        """The latest date in a criteria set and the indicators it names."""
        if criteria.reference not in self._latest:
            figures = [self.workspace.indicators[name] for name in self._indicators(criteria)]
            self._latest[criteria.reference] = max(latest_date(criteria), latest_date(figures))
        return self._latest[criteria.reference]


def _sha256(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()


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


def latest_date(value: Any) -> str:
    """The latest whole date that a model value says it is from; plans for the future don't count."""
    if dataclasses.is_dataclass(value) and not isinstance(value, type):
        parts = []
        for field in dataclasses.fields(value):
            inner = getattr(value, field.name)
            if field.name in _DATED and isinstance(inner, str):
                parts.append(inner if _WHOLE_DATE.match(inner) else "")
            else:
                parts.append(latest_date(inner))
        return max(parts, default="")
    if isinstance(value, dict):
        value = value.values()
    elif not isinstance(value, tuple | list):
        return ""
    return max((latest_date(inner) for inner in value), default="")
