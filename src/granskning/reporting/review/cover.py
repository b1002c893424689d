"""The first page: what was reviewed, by whom, when, on what text, how much of it was read, and in what state it is."""

from __future__ import annotations

from typing import TYPE_CHECKING

from granskning.i18n import N_, NO_BREAK
from granskning.model.review import tags_of
from granskning.reporting.blocks.badges import Cover, Fact
from granskning.reporting.blocks.frame import Caveats
from granskning.reporting.shared_parts.quotation_words import verified_share
from granskning.reporting.wording.report_context import name_edition
from granskning.reporting.wording.words import brought_in
from granskning.wordings import READ, STATUSES, label, name_reviewer

if TYPE_CHECKING:
    from granskning.reporting.wording.report_context import Material

_ABOVE = {
    "reviewer": {
        "strategy": N_("Review of a strategy"),
        "plan": N_("Review of a plan"),
        "programme": N_("Review of a programme"),
        "project": N_("Review of a project"),
    },
    "consensus": {
        "strategy": N_("Joint review of a strategy"),
        "plan": N_("Joint review of a plan"),
        "programme": N_("Joint review of a programme"),
        "project": N_("Joint review of a project"),
    },
}


def make_cover(context: Material) -> Cover:
    """The first page."""
    t = context.t
    return Cover(
        above=t(_ABOVE[context.review.kind][context.strategy.kind]),
        title=t.text(context.strategy.title),
        below=t("against the target pictures of {criteria}", criteria=t.text(context.criteria.title)),
        facts=tuple(fact for fact in (*_subject(context), *_review(context)) if fact.value),
    )


def make_caveats(context: Material) -> Caveats:
    """What the reader must know before anything else."""
    t = context.t
    example = t("EXAMPLE. The text, the review and the judgements are invented, to show how a report looks.")
    return Caveats(
        draft=_draft(context),
        example=example if context.strategy.example else "",
        internal=context.internal,
        left_out=context.left_out,
        faults=context.faults,
    )


def _draft(context: Material) -> str:
    """That the review is not approved; empty where it is."""
    t, status = context.t, context.review.status
    if status == "draft":
        return t("DRAFT. The review is being worked on and has not been approved.")
    return t("DRAFT. The review has been submitted but not approved.") if status == "submitted" else ""


def _subject(context: Material) -> list[Fact]:
    t, edition = context.t, context.edition
    pages = t.plural("{count} page", "{count} pages", edition.pages).replace(" ", NO_BREAK) if edition.pages else ""
    text = [edition.title or "", name_edition(edition, t), pages]
    return [
        Fact(t("Reviewed text"), ". ".join(part for part in text if part)),
        Fact(t("Reading depth"), t(READ[context.review.reading_depth])),
    ]


def _approved(context: Material) -> str:
    """Who approved the review, and when."""
    t, approval = context.t, context.review.approval
    if approval is None or context.review.status != "approved":
        return ""
    return t("{role}, {date}", role=t.role(approval.role), date=t.date(approval.date))


def _review(context: Material) -> list[Fact]:
    t, review, score = context.t, context.review, context.card.total
    judged = t("{assessed} of {applicable} applicable questions", assessed=t.whole(score.assessed),
               applicable=t.whole(score.applicable))  # fmt: skip
    if score.applicable < score.asked:
        left = t.plural("{count} is not applicable", "{count} are not applicable", score.asked - score.applicable)
        judged = t("{judged}; {left}", judged=judged, left=left)
    short = t("Short form: only the core questions are put.") if review.form.startswith("short") else ""
    if tags := tags_of(review.form):
        short = f"{short} {t('Only questions with the tags {tags} are put.', tags=t.series(tags))}".strip()
    role = t("{role}, {organisation}", role=name_reviewer(review.kind, review.reviewer, t),
             organisation=context.settings.organisation)  # fmt: skip
    when = t("{date}, round {round}", date=t.date(review.date), round=review.round) if review.date else review.round
    evidence = ((review.strategy, item) for answer in review.answers.values() for item in answer.evidence)
    return [
        Fact(t("Judged"), ". ".join(part for part in (judged, short) if part)),
        Fact(t("Quotations"), verified_share(evidence, context.quotations, t)),
        Fact(t("Reviewed by"), role),
        Fact(t("Date and round"), when),
        Fact(t("Brought in"), brought_in(review, t)),
        Fact(t("Case number"), review.case_number or t("none given")),
        Fact(t("Status"), ": ".join(part for part in (label(STATUSES, review.status, t), _approved(context)) if part)),
    ]
