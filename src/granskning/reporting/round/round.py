"""A round with its reviews in, the RoundReport out: all that its page may print, in the reader's language."""

from __future__ import annotations

from typing import TYPE_CHECKING

from granskning.i18n import N_, NO_BREAK
from granskning.reporting.blocks.badges import Fact
from granskning.reporting.blocks.frame import Caveats
from granskning.reporting.round.round_disputes import make_disputes
from granskning.reporting.round.round_method import SOURCES, make_round_method
from granskning.reporting.round.round_summary import make_round_summary
from granskning.reporting.round.round_tables import is_turned, make_reviewers, make_sheets
from granskning.reporting.round.round_values import ReaderRow, RoundCover, RoundReport
from granskning.reporting.shared_parts.frame import make_frame
from granskning.reporting.shared_parts.quotation_words import verified_share
from granskning.reporting.shared_parts.values import make_sources
from granskning.reporting.wording.report_context import name_edition
from granskning.reporting.wording.uncounted import tell_round_status
from granskning.reporting.wording.words import brought_in
from granskning.wordings import READ, STATUSES, label, name_reviewer

if TYPE_CHECKING:
    from granskning.reporting.blocks.frame import Frame
    from granskning.reporting.round.round_material import ReviewReading, RoundMaterial

_ABOVE = {
    "strategy": N_("Several reviewers of a strategy, round {round}"),
    "plan": N_("Several reviewers of a plan, round {round}"),
    "programme": N_("Several reviewers of a programme, round {round}"),
    "project": N_("Several reviewers of a project, round {round}"),
}


def make_round_report(context: RoundMaterial) -> RoundReport:
    """The report of one round."""
    strategy = context.strategy
    sheets = make_sheets(context)
    reviewers, letters = make_reviewers(context)
    return RoundReport(
        kind="round",
        frame=_frame(context),
        cover=_cover(context),
        summary=make_round_summary(context),
        disputes=make_disputes(context),
        turned=is_turned(sheets),
        sheets=sheets,
        reviewers=reviewers,
        letters=letters,
        method=make_round_method(context),
        text_facts=_text_facts(context),
        text_sources=make_sources(strategy.sources),
        measure_sources=SOURCES if context.coefficients else (),
    )


def _frame(context: RoundMaterial) -> Frame:
    t, strategy = context.t, context.t.text(context.strategy.title)
    numbers = dict.fromkeys(review.case_number for review in context.joint.deciding if review.case_number)
    return make_frame(
        context.settings,
        context.provenance,
        _caveats(context),
        t,
        title=t("Review round {round} of {strategy}", round=context.name, strategy=strategy),
        subject=strategy,
        beside=(name_edition(context.edition, t), t("round {round}", round=context.name)),
        criteria=(context.criteria,),
        case_number=next(iter(numbers)) if len(numbers) == 1 else None,
    )


def _caveats(context: RoundMaterial) -> Caveats:
    """What the reader must know before anything else."""
    t = context.t
    example = t("EXAMPLE. The text, the reviews and the judgements are invented, to show how a report looks.")
    return Caveats(
        draft=t("DRAFT. The round is under way and has not been approved.") if context.joint.is_draft else "",
        example=example if context.strategy.example else "",
        internal=context.internal,
        left_out=context.joint.left_out,
        faults=context.faults,
    )


def _cover(context: RoundMaterial) -> RoundCover:
    t, edition, criteria = context.t, context.edition, context.criteria
    pages = t.plural("{count} page", "{count} pages", edition.pages).replace(" ", NO_BREAK) if edition.pages else ""
    text = [edition.title or "", name_edition(edition, t), pages]
    numbers = dict.fromkeys(reading.review.case_number for reading in context.readings if reading.review.case_number)
    answers = [answer for reading in context.readings for answer in reading.review.answers.values()]
    evidence = ((context.strategy.id, item) for answer in answers for item in answer.evidence)
    facts = [
        Fact(t("Reviewed text"), ". ".join(part for part in text if part)),
        Fact(
            t("Criteria set"), t("{title}, version {version}", title=t.text(criteria.title), version=criteria.version)
        ),
        Fact(t("Quotations"), verified_share(evidence, context.quotations, t)),
        Fact(t("Case number"), t.series([number for number in numbers if number]) or t("none given")),
        Fact(t("Status"), tell_round_status(context.joint, t)),
    ]
    return RoundCover(
        above=t(_ABOVE[context.strategy.kind], round=context.name),
        title=t.text(context.strategy.title),
        below=t("against the target pictures of {criteria}", criteria=t.text(criteria.title)),
        facts=tuple(fact for fact in facts if fact.value),
        readers=tuple(_reader(context, reading) for reading in context.readings),
    )


def _reader(context: RoundMaterial, reading: ReviewReading) -> ReaderRow:
    t, review = context.t, reading.review
    return ReaderRow(
        role=name_reviewer(review.kind, review.reviewer, t),
        read=t(READ[review.reading_depth]),
        judged=context.words.assessed(reading.card.total),
        status=". ".join(part for part in (label(STATUSES, review.status, t), brought_in(review, t)) if part),
    )


def _text_facts(context: RoundMaterial) -> tuple[Fact, ...]:
    """What the first page does not say of the reviewed text, so that another reader can find the same one."""
    t, edition = context.t, context.edition
    facts = (
        Fact(t("Address"), edition.address or "", edition.address or ""),
        Fact(t("Retrieved"), edition.retrieved or ""),
        Fact(t("Fingerprint of the document (SHA-256)"), edition.sha256 or ""),
    )
    return tuple(fact for fact in facts if fact.value)
