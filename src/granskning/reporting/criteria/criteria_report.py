"""A criteria set and its indicators in, the annex out: what is the same in all reviews of the set, told once."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from granskning.reporting.blocks.badges import Cover, Fact
from granskning.reporting.blocks.frame import Caveats
from granskning.reporting.criteria.annex_values import AnnexQuestion, AnnexTarget, CriteriaReport
from granskning.reporting.criteria.rationale import explain_rationale
from granskning.reporting.criteria.set_method import make_set_method
from granskning.reporting.criteria.statistics import make_challenges
from granskning.reporting.shared_parts.frame import make_frame
from granskning.reporting.shared_parts.values import make_sources
from granskning.reporting.wording.procedure import describe_figure_demands
from granskning.reporting.wording.report_context import SetContext, at_question, at_target, depth_of
from granskning.reporting.wording.words import paragraphs
from granskning.wordings import SET_STATUSES

if TYPE_CHECKING:
    from collections.abc import Mapping

    from granskning.model.criteria import Criterion, Target
    from granskning.model.indicator import Indicator
    from granskning.model.workspace import Settings
    from granskning.reporting.blocks.badges import Mark, Paragraphs
    from granskning.reporting.blocks.frame import Provenance


@dataclass(frozen=True, slots=True, kw_only=True)
class CriteriaMaterial(SetContext):
    """Everything that the annex may draw on."""

    indicators: Mapping[str, Indicator]
    settings: Settings
    provenance: Provenance


def make_criteria_report(context: CriteriaMaterial) -> CriteriaReport:
    """The annex of one version of a criteria set."""
    t, criteria = context.t, context.criteria
    first_told: dict[str, Target] = {}
    title = t("The questions and what they rest on: {set}, version {version}",
              set=t.text(criteria.title), version=criteria.version)  # fmt: skip
    return CriteriaReport(
        kind="criteria",
        frame=make_frame(
            context.settings,
            context.provenance,
            Caveats(),
            t,
            title=title,
            subject=t.text(criteria.title),
            beside=(t("version {version}", version=criteria.version),),
            criteria=(criteria,),
        ),
        cover=_cover(context),
        about=(*paragraphs(t.text(criteria.about)), *filter(None, (describe_figure_demands(criteria, t),))),
        targets=tuple(_target(context, target, first_told) for target in criteria.all_targets),
        method=make_set_method(context),
        sources=make_sources(criteria.sources),
    )


def _cover(context: CriteriaMaterial) -> Cover:
    t, criteria = context.t, context.criteria
    facts = [
        Fact(t("Version"), f"{criteria.version} ({t(SET_STATUSES[criteria.status])})"),
        Fact(t("Owner of the criteria set"), criteria.owner),
        Fact(t("Date"), t.date(criteria.date)),
        Fact(t("Questions"), t.whole(len(criteria.criteria))),
        Fact(t("Fingerprint of the annex"), context.provenance.annex_fingerprint),
    ]
    return Cover(
        above=t("Annex to the reviews of a criteria set"),
        title=t.text(criteria.title),
        below=t("The questions and what they rest on"),
        facts=tuple(fact for fact in facts if fact.value),
    )


def _target(context: CriteriaMaterial, target: Target, first_told: dict[str, Target]) -> AnnexTarget:
    return AnnexTarget(
        number=context.numbers[target.id],
        anchor=at_target(target.id),
        title=context.t.text(target.title),
        depth=depth_of(context, target.id),
        picture=context.t.text(target.picture),
        challenges=make_challenges(context, context.indicators, target, first_told),
        questions=tuple(_question(context, criterion) for criterion in target.criteria),
    )


def _question(context: CriteriaMaterial, criterion: Criterion) -> AnnexQuestion:
    return AnnexQuestion(
        number=context.numbers[criterion.id],
        anchor=at_question(criterion.id),
        question=context.t.text(criterion.question),
        levels=_levels(context, criterion),
        notes=_notes(context, criterion),
        rationale=explain_rationale(context, criterion),
        links=tuple((context.t.text(link.title), link.address) for link in criterion.links),
        tags=", ".join(criterion.tags),
    )


def _levels(context: CriteriaMaterial, criterion: Criterion) -> tuple[tuple[Mark, str], ...]:
    """What each level takes, where the set says it for this question."""
    return tuple(
        (context.words.level(key, criterion.scale), context.t.text(text)) for key, text in criterion.levels.items()
    )


def _notes(context: CriteriaMaterial, criterion: Criterion) -> Paragraphs:
    t, criteria = context.t, context.criteria
    areas = t.series([t.text(criteria.areas.get(area, {})) or area for area in criterion.applies_to])
    counts, mistakes = t.text(criterion.counts_as_evidence), t.text(criterion.mistakes)
    notes = (
        t("Put only to: {areas}.", areas=areas) if areas else "",
        t("Critical.") if criterion.critical else "",
        t("Evidence: {text}", text=counts) if counts else "",
        t("Common mistakes: {text}", text=mistakes) if mistakes else "",
    )
    return tuple(note for note in notes if note)
