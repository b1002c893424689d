"""From a loaded workspace to reports: what each rests on, what git knows of that, and the date it speaks of."""

from __future__ import annotations

import dataclasses
import hashlib
import re
from collections import Counter
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from granskning import __version__
from granskning.edges.git import read_repository
from granskning.findings.finding import Severity
from granskning.model.rounds import earlier_review
from granskning.reporting.blocks.frame import Caveats, Provenance
from granskning.reporting.review.annex import make_annex, tell_whole_round
from granskning.reporting.review.report import make_review_report
from granskning.reporting.round.round import make_round_report
from granskning.reporting.round.round_material import ReviewReading, RoundMaterial
from granskning.reporting.shared_parts.chain import make_links
from granskning.reporting.shared_parts.frame import make_notices
from granskning.reporting.wording.criteria_vocabulary import Lexicon
from granskning.scoring.results.card import SCORING_VERSION
from granskning.scoring.sensitivity import make_sensitivity
from granskning.tasks.folder.score import score_all, score_rounds
from granskning.tasks.reports.attachments import ReportSources, StatedProvenance
from granskning.workspace.schema.schema import MARK
from granskning.workspace.yaml.canonical_form import content_hash

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Sequence
    from pathlib import Path

    from granskning.i18n import Translator
    from granskning.model.criteria import CriteriaSet
    from granskning.model.review import LeftOut
    from granskning.model.rounds import Round
    from granskning.reporting.review.annex import AnnexReport
    from granskning.reporting.review.report_values import ReviewReport
    from granskning.reporting.round.round_values import RoundReport
    from granskning.tasks.folder.score import ScoredReview, ScoredRound
    from granskning.workspace.loaded import Loaded

_WHOLE_DATE = re.compile(r"\d{4}-\d{2}-\d{2}\Z")
_DATED = frozenset({"date", "retrieved"})


@dataclass(frozen=True, slots=True)
class Skipped:
    """A review, or the folder of a round, that gets no report, since it or all of the round's do not count."""

    file: str
    because: str
    """The file that does not count: the review itself, or one of the round's."""
    left_out: LeftOut | None = None
    """Why the review does not count."""


class Reporter:
    """Makes the reports of one workspace. What several reports rest on is read once."""

    def __init__(
        self,
        root: Path,
        loaded: Loaded,
        t: Translator,
        *,
        as_of: str | None = None,
        stated: StatedProvenance | None = None,
    ) -> None:
        """`stated` is what a manifest says of the one report that is made again."""
        self._loaded = loaded
        self.workspace = replace(loaded.workspace, left_out=stated.left_out) if stated else loaded.workspace
        self.t = t
        self._as_of = as_of
        self._contents: dict[str, bytes] = {}
        self._stated = stated
        self._repository = None if stated else read_repository(root, loaded.read)
        self._bases: dict[tuple[str, ...], ReportSources] = {}
        self._latest: dict[str, str] = {}
        self.links = make_links(self.workspace.strategies)
        everything = score_all(self.workspace)
        nowhere = {item.file for item in self.workspace.left_out if item.everywhere}
        known = self.workspace.strategies.keys()
        counted = (one for one in everything if one.review.file not in nowhere)
        self.scored = tuple(one for one in counted if one.review.strategy in known)
        """The reviews that have a report, with their results."""
        rounds = score_rounds(self.workspace, everything)
        self.every_round = tuple(one for one in rounds if one.strategy in known)
        """All rounds by strategy, the oldest first, those in which nothing counts among them."""
        several = [one for one in self.every_round if len(one.of.reviews) + _unread(one.of) > 1]
        self.rounds = tuple(one for one in several if one.scored)
        """The rounds with a report of their own: those of several reviews, some of which can be laid together."""
        faulty = [one.at.file for one in loaded.findings if one.rule.severity is Severity.ERROR]
        outside = {item.file for item in self.workspace.left_out}
        self._faults = stated.faults if stated else Counter(file for file in faulty if file not in outside)
        skipped = [Skipped(item.file, item.file, item) for item in self.workspace.left_out if item.everywhere]
        empty = [one.of for one in several if not one.scored and one.of.left_out]
        rounds_without = [Skipped(f"strategies/{of.strategy}/reviews/{of.name}/", of.left_out[0].file) for of in empty]
        self.skipped = (*skipped, *rounds_without)
        """The reviews that get no report since they do not count, and the rounds that have none to lay together."""

    def review(self, scored_review: ScoredReview, *, internal: bool = False) -> ReviewReport:
        """The report of one review."""
        strategy = self.workspace.strategies[scored_review.review.strategy]
        actions = self.workspace.actions.get(strategy.id, ())
        indicators = {name: self.workspace.indicators[name] for name in self.indicators_of(scored_review.criteria)}
        chain = {self.workspace.strategies[name].file for name in self.links.linked(strategy.id)}
        sources = sorted({*self.sources_of(scored_review), *chain})
        dates = (
            latest_date(scored_review.review),
            latest_date(strategy),
            self.dated(scored_review.criteria),
            latest_date(actions),
        )
        provenance = self.provenance(sources, scored_review.criteria, dates)
        left_out = tuple(item for item in self.workspace.left_out if item.file == scored_review.review.file)
        basis = ReportSources(
            "review", scored_review.review.identity, tuple(sources), (MARK,), provenance, internal, left_out=left_out
        )
        self.rests_on(basis)
        return make_review_report(
            scored_review.review,
            strategy,
            scored_review.criteria,
            scored_review.card,
            indicators=indicators,
            actions=actions,
            settings=self.workspace.settings,
            t=self.t,
            provenance=provenance,
            links=self.links,
            internal=internal,
            sensitivity=make_sensitivity(scored_review.review, scored_review.plan),
            earlier=earlier_review(self.workspace.reviews, scored_review.review),
            left_out=left_out,
            faults=self.faults(sources),
        )

    def annex(self, scored_review: ScoredReview) -> AnnexReport:
        """The annex of one review."""
        strategy = self.workspace.strategies[scored_review.review.strategy]
        actions = self.workspace.actions.get(strategy.id, ())
        report, basis = self.review(scored_review), self.basis("review", *scored_review.review.identity)
        of = next(made for made in self.every_round if (made.strategy, made.round) == scored_review.review.identity[:2])
        if of.speaking is scored_review or not of.is_joint:
            self.rests_on(replace(basis, kind="annex"))
            return make_annex(report, scored_review.review, strategy, actions, self.t)
        others = {file for held in of.scored for file in self.sources_of(held)}
        sources = tuple(sorted({*basis.sources, *others, *(review.file for review in of.of.reviews)}))
        dates = (basis.provenance.as_of or "", *(latest_date(held.review) for held in of.scored))
        provenance = self.provenance(sources, scored_review.criteria, dates)
        basis = replace(basis, kind="annex", sources=sources, provenance=provenance, left_out=of.of.left_out)
        self.rests_on(basis)
        whole = tell_whole_round(
            of.joint, of.criteria, Lexicon(self.t, of.criteria, of.outline), name=of.round, reviews=len(of.of.counted)
        )
        whole = replace(whole, notices=make_notices(Caveats(faults=self.faults(sources)), self.t))
        return make_annex(report, scored_review.review, strategy, actions, self.t, whole)

    def round(self, scored_round: ScoredRound, *, internal: bool = False) -> RoundReport:
        """The report of one round."""
        strategy = self.workspace.strategies[scored_round.strategy]
        reviews = [held.review for held in scored_round.scored]
        files = {strategy.file, scored_round.criteria.file, *(review.file for review in scored_round.of.reviews)}
        sources = sorted(files)
        dates = (latest_date(tuple(reviews)), latest_date(strategy), latest_date(scored_round.criteria))
        readings = [ReviewReading(held.review, held.card) for held in scored_round.scored]
        provenance, identity = (
            self.provenance(sources, scored_round.criteria, dates),
            (scored_round.strategy, scored_round.round),
        )
        beside = {MARK, *(file for held in scored_round.scored for file in self.sources_of(held))}.difference(sources)
        basis = ReportSources("round", identity, tuple(sources), tuple(sorted(beside)), provenance, internal)
        self.rests_on(replace(basis, left_out=scored_round.of.left_out))
        return make_round_report(
            RoundMaterial(
                name=scored_round.round,
                strategy=strategy,
                criteria=scored_round.criteria,
                reviewers=tuple(reading for reading in readings if not reading.is_joint),
                consensus=next((reading for reading in readings if reading.is_joint), None),
                joint=scored_round.joint,
                agreement=scored_round.agreement,
                coefficients=scored_round.coefficients(),
                settings=self.workspace.settings,
                provenance=provenance,
                words=Lexicon(self.t, scored_round.criteria, scored_round.outline),
                internal=internal,
                faults=self.faults(sources),
            )
        )

    def rests_on(self, basis: ReportSources) -> None:
        """Remember what a report rests on that is being made, and the findings in that."""
        marked = replace(basis, faults=tuple(self.faults(basis.sources).items()))
        self._bases[basis.kind, *basis.identity, *basis.against] = marked

    def basis(self, kind: str, *identity: str) -> ReportSources:
        """What a report that has been made rests on."""
        return self._bases[kind, *identity]

    def faults(self, files: Collection[str]) -> dict[str, int]:
        """How many errors there are in each of the files that has any. They exclude nothing, but are marked.

        Actions and indicators that a report lacks since they cannot be read are among them.
        """
        named = {*files}
        homes = [file.removesuffix("strategy.yaml") for file in files if file.endswith("/strategy.yaml")]
        named |= {f"{home}actions.yaml" for home in homes}
        sets = [one for one in self.workspace.criteria.values() if one.file in named]
        named |= {f"criteria/statistics/{name}.yaml" for one in sets for name in _indicators_named(one)}
        return {file: self._faults[file] for file in sorted(named) if file in self._faults}

    @property
    def marked(self) -> dict[str, int]:
        """The errors in what the reports made so far rest on, by file."""
        return self.faults({file for basis in self._bases.values() for file in basis.sources})

    def indicators_of(self, criteria: CriteriaSet) -> list[str]:
        """The indicators that a set names and that are there."""
        return sorted(_indicators_named(criteria) & self.workspace.indicators.keys())

    def sources_of(self, scored_review: ScoredReview) -> list[str]:
        """The files that a report rests on, sorted."""
        name = scored_review.review.strategy
        there = [f"criteria/statistics/{key}.yaml" for key in self.indicators_of(scored_review.criteria)]
        if name in self.workspace.actions:
            there.append(f"strategies/{name}/actions.yaml")
        if (earlier := earlier_review(self.workspace.reviews, scored_review.review)) is not None:
            there.append(earlier.file)
        strategy = self.workspace.strategies[name].file
        return sorted({scored_review.review.file, scored_review.criteria.file, strategy, *there})

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
            figures = [self.workspace.indicators[name] for name in self.indicators_of(criteria)]
            self._latest[criteria.reference] = max(latest_date(criteria), latest_date(figures))
        return self._latest[criteria.reference]


def _sha256(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()


def _indicators_named(criteria: CriteriaSet) -> set[str]:
    return {name for challenge in criteria.challenges for name in challenge.indicators}


def _unread(of: Round) -> int:
    """How many files of a round could not be read."""
    read = {review.file for review in of.reviews}
    return sum(item.file not in read for item in of.left_out)


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
