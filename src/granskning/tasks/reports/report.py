"""From a loaded workspace to the reports of a review, of its annex, and of a round."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from granskning.i18n import PageTranslator
from granskning.model.rounds import earlier_review
from granskning.reporting.blocks.frame import Caveats
from granskning.reporting.review.report import make_review_report
from granskning.reporting.shared_parts.chain import make_links
from granskning.reporting.shared_parts.frame import make_notices
from granskning.reporting.shared_parts.prose_languages import tag_languages
from granskning.reporting.wording.criteria_vocabulary import Lexicon
from granskning.scoring.sensitivity import make_sensitivity
from granskning.tasks.evidence.pictures import shown_pictures
from granskning.tasks.folder.reader_words import for_readers
from granskning.tasks.reports.attachments import ReportSources
from granskning.tasks.reports.dependencies import USUAL, ReportDependencies, ReportTerms, latest_date
from granskning.tasks.reports.page_names import criteria_name
from granskning.tasks.reports.reported_reviews import choose_reported
from granskning.workspace.schema.kinds import MARK

if TYPE_CHECKING:
    from pathlib import Path

    from granskning.i18n import Translator
    from granskning.model.criteria import CriteriaSet
    from granskning.model.indicator import Indicator
    from granskning.reporting.criteria.annex_values import CriteriaReport
    from granskning.reporting.review.annex import AnnexReport
    from granskning.reporting.review.report_values import ReviewReport
    from granskning.reporting.round.round_values import RoundReport
    from granskning.tasks.folder.score import ScoredReview, ScoredRound
    from granskning.workspace.loaded import Loaded


class Reporter:
    """Makes the reports of one workspace."""

    def __init__(
        self,
        root: Path,
        loaded: Loaded,
        t: Translator,
        terms: ReportTerms = USUAL,
    ) -> None:
        stated = terms.stated
        self._files = loaded.files
        workspace = replace(loaded.workspace, left_out=stated.left_out) if stated else loaded.workspace
        self.t = for_readers(PageTranslator(t.asked), workspace)
        self.workspace = tag_languages(workspace, self.t)
        self.links = make_links(self.workspace.strategies)
        self.reported = choose_reported(self.workspace)
        self.dependencies = ReportDependencies(root, loaded, self.workspace, terms)

    def review(self, scored_review: ScoredReview, *, internal: bool = False) -> ReviewReport:
        """The report of one review."""
        strategy = self.workspace.strategies[scored_review.review.strategy]
        actions = self.workspace.actions.get(strategy.id, ())
        chain = {self.workspace.strategies[name].file for name in self.links.linked(strategy.id)}
        sources = sorted({*self.dependencies.sources_of(scored_review), *chain})
        dates = (
            latest_date(scored_review.review),
            latest_date(strategy),
            self.dependencies.dated(scored_review.criteria),
            latest_date(actions),
        )
        page = "" if internal else "/".join(scored_review.review.identity)
        provenance = self.dependencies.provenance(sources, scored_review.criteria, dates, page)
        left_out = tuple(item for item in self.workspace.left_out if item.file == scored_review.review.file)
        basis = ReportSources(
            "review", scored_review.review.identity, tuple(sources), (MARK,), provenance, internal, left_out=left_out
        )
        quotations = self.dependencies.quotations([scored_review.review])
        pictures = shown_pictures(self._files, scored_review.review)
        basis = replace(basis, beside=tuple(sorted({*basis.beside, *pictures})))
        self.dependencies.rests_on(replace(basis, quotations=quotations))
        return make_review_report(
            scored_review.review,
            strategy,
            scored_review.criteria,
            scored_review.card,
            indicators=self._indicators(scored_review.criteria),
            actions=actions,
            settings=self.workspace.settings,
            t=self.t,
            provenance=provenance,
            links=self.links,
            internal=internal,
            sensitivity=make_sensitivity(scored_review.review, scored_review.plan),
            earlier=earlier_review(self.workspace.reviews, scored_review.review),
            left_out=left_out,
            faults=self.dependencies.faults(sources),
            quotations=quotations,
            pictures=pictures,
        )

    def criteria(self, criteria: CriteriaSet) -> CriteriaReport:
        """The annex of one version of a criteria set: what is the same in all its reviews."""
        from granskning.reporting.criteria.criteria_report import CriteriaMaterial, make_criteria_report

        files = self.dependencies.annex_files(criteria)
        dates = (self.dependencies.dated(criteria),)
        provenance = self.dependencies.provenance(files, criteria, dates, criteria_name(criteria))
        self.dependencies.rests_on(ReportSources("criteria", (criteria.reference,), tuple(files), (MARK,), provenance))
        return make_criteria_report(
            CriteriaMaterial(
                criteria=criteria,
                words=Lexicon(self.t, criteria),
                indicators=self._indicators(criteria),
                settings=self.workspace.settings,
                provenance=provenance,
            )
        )

    def _indicators(self, criteria: CriteriaSet) -> dict[str, Indicator]:
        """The indicators that a set names and that are there."""
        return {name: self.workspace.indicators[name] for name in self.dependencies.indicators_of(criteria)}

    def annex(self, scored_review: ScoredReview) -> AnnexReport:
        """The annex of one review."""
        from granskning.reporting.review.annex import make_annex, tell_whole_round

        strategy = self.workspace.strategies[scored_review.review.strategy]
        actions = self.workspace.actions.get(strategy.id, ())
        report, basis = self.review(scored_review), self.dependencies.basis("review", *scored_review.review.identity)
        of = next(
            made
            for made in self.reported.every_round
            if (made.strategy, made.round) == scored_review.review.identity[:2]
        )
        if of.speaking is scored_review or not of.is_joint:
            self.dependencies.rests_on(replace(basis, kind="annex"))
            return make_annex(report, scored_review.review, strategy, actions, self.t)
        others = {file for other_scored in of.scored for file in self.dependencies.sources_of(other_scored)}
        sources = tuple(sorted({*basis.sources, *others, *(review.file for review in of.of.reviews)}))
        dates = (basis.provenance.as_of or "", *(latest_date(other_scored.review) for other_scored in of.scored))
        provenance = self.dependencies.provenance(sources, scored_review.criteria, dates)
        basis = replace(basis, kind="annex", sources=sources, provenance=provenance, left_out=of.of.left_out)
        self.dependencies.rests_on(basis)
        whole = tell_whole_round(
            of.joint, of.criteria, Lexicon(self.t, of.criteria, of.outline), name=of.round, reviews=len(of.of.counted)
        )
        whole = replace(whole, notices=make_notices(Caveats(faults=self.dependencies.faults(sources)), self.t))
        return make_annex(report, scored_review.review, strategy, actions, self.t, whole)

    def round(self, scored_round: ScoredRound, *, internal: bool = False) -> RoundReport:
        """The report of one round."""
        from granskning.reporting.round.round import make_round_report
        from granskning.reporting.round.round_material import ReviewReading, RoundMaterial

        strategy = self.workspace.strategies[scored_round.strategy]
        reviews = [scored_review.review for scored_review in scored_round.scored]
        files = {strategy.file, scored_round.criteria.file, *(review.file for review in scored_round.of.reviews)}
        sources = sorted(files)
        dates = (latest_date(tuple(reviews)), latest_date(strategy), latest_date(scored_round.criteria))
        readings = [ReviewReading(scored_review.review, scored_review.card) for scored_review in scored_round.scored]
        identity = (scored_round.strategy, scored_round.round)
        page = "" if internal else "/".join(identity)
        provenance = self.dependencies.provenance(sources, scored_round.criteria, dates, page)
        beside = {
            MARK,
            *(file for scored_review in scored_round.scored for file in self.dependencies.sources_of(scored_review)),
        }.difference(sources)
        basis = ReportSources("round", identity, tuple(sources), tuple(sorted(beside)), provenance, internal)
        quotations = self.dependencies.quotations(reviews)
        self.dependencies.rests_on(replace(basis, left_out=scored_round.of.left_out, quotations=quotations))
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
                faults=self.dependencies.faults(sources),
                quotations={status.key: status for status in quotations},
            )
        )
