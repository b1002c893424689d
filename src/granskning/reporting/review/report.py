"""A review and its results in, the Report out: all that a page may print, in the reader's language.

The sentences are made here, from the same scorecard as the tables, so that they agree to the digit.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from granskning.reporting.blocks.badges import Fact
from granskning.reporting.review.citations import make_citations
from granskning.reporting.review.cover import make_caveats, make_cover
from granskning.reporting.review.inherited_answers import make_carried
from granskning.reporting.review.method import make_method
from granskning.reporting.review.report_values import ReviewReport
from granskning.reporting.review.results import make_results
from granskning.reporting.review.summary import make_summary
from granskning.reporting.review.targets import make_chapters
from granskning.reporting.shared_parts.actions import make_actions
from granskning.reporting.shared_parts.chain import make_chain
from granskning.reporting.shared_parts.frame import make_frame
from granskning.reporting.shared_parts.values import make_sources
from granskning.reporting.wording.criteria_vocabulary import Lexicon
from granskning.reporting.wording.report_context import Material, name_edition
from granskning.reporting.wording.words import paragraphs
from granskning.scoring.explain import explain
from granskning.wordings import PACKAGE_KINDS, PACKAGE_READ, READ, label

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from granskning.i18n import Translator
    from granskning.model.criteria import CriteriaSet
    from granskning.model.decision import Action
    from granskning.model.evidence import QuotationStatus
    from granskning.model.indicator import Indicator
    from granskning.model.review import LeftOut, Review
    from granskning.model.strategy import Strategy
    from granskning.model.workspace import Settings
    from granskning.reporting.blocks.badges import Paragraphs
    from granskning.reporting.blocks.frame import Frame, Provenance
    from granskning.reporting.shared_parts.chain import Chain, Links
    from granskning.scoring.results.card import Scorecard
    from granskning.scoring.sensitivity import Sensitivity


def make_review_report(  # noqa: PLR0913  # everything that a page rests on, by name
    review: Review,
    strategy: Strategy,
    criteria: CriteriaSet,
    card: Scorecard,
    *,
    indicators: Mapping[str, Indicator],
    actions: tuple[Action, ...],
    settings: Settings,
    t: Translator,
    provenance: Provenance,
    links: Links | None = None,
    internal: bool = False,
    sensitivity: tuple[Sensitivity, ...] = (),
    earlier: Review | None = None,
    left_out: tuple[LeftOut, ...] = (),
    faults: Mapping[str, int] | None = None,
    quotations: Iterable[QuotationStatus] = (),
    pictures: Mapping[str, str] | None = None,
) -> ReviewReport:
    """The report of one review.

    Internal notes come along only when `internal`; `sensitivity` is what the result hangs on, `links` those of the
    folder, for the chain of steering; `earlier` is the review of the round that this one continues. `left_out` is the
    review itself where it does not count, `faults` are the errors in what the report rests on, by file, `quotations`
    what came of looking the review's quotations up, `pictures` those among its evidence that are shown.
    """
    explanation = explain(review, criteria)
    words = Lexicon(t, criteria, explanation.outline)
    case = Material(
        review=review,
        strategy=strategy,
        criteria=criteria,
        card=card,
        indicators=indicators,
        actions=actions,
        settings=settings,
        provenance=provenance,
        words=words,
        explained=explanation.steps,
        internal=internal,
        sensitivity=sensitivity,
        left_out=left_out,
        faults=faults or {},
        earlier=earlier,
        quotations={status.key: status for status in quotations},
        pictures=pictures or {},
    )
    report = _report(case, make_chain(strategy, links, words.t) if links else None)
    return replace(report, carried=make_carried(case, earlier))


def _report(context: Material, chain: Chain | None) -> ReviewReport:
    t, strategy = context.t, context.strategy
    return ReviewReport(
        kind="review",
        frame=_frame(context),
        cover=make_cover(context),
        summary=make_summary(context),
        results=make_results(context),
        evidence_note=make_citations(context).note(),
        targets=make_chapters(context),
        actions=make_actions(context),
        not_read=_not_read(context),
        package=tuple(_package(context)),
        searches=tuple(_searches(context)),
        text_facts=_text_facts(context),
        text_notes=(*paragraphs(t.text(strategy.about)), *paragraphs(context.edition.note)),
        chain=chain,
        text_sources=make_sources(strategy.sources),
        method=make_method(context),
    )


def _frame(context: Material) -> Frame:
    """The frame; its provenance begins with the approval."""
    t = context.t
    strategy, edition = t.text(context.strategy.title), name_edition(context.edition, t)
    frame = make_frame(
        context.settings,
        context.provenance,
        make_caveats(context),
        t,
        title=f"{t('Review of {strategy}', strategy=strategy)}, {edition}",
        subject=strategy,
        beside=(edition,),
        criteria=(context.criteria,),
        case_number=context.review.case_number,
    )
    return replace(frame, provenance=(*_approval(context), *frame.provenance))


def _not_read(context: Material) -> Paragraphs:
    """What was not read, or that nothing is said about it; empty where all was read."""
    t, review = context.t, context.review
    said = paragraphs(review.not_read)
    if said:
        return (t(READ[review.reading_depth]), *said)
    if review.reading_depth == "full_text":
        return ()
    return (t(READ[review.reading_depth]), t("The reviewer has not said which parts remain."))


def _package(context: Material) -> Iterator[str]:
    """The documents that belong to the strategy, and how much of each has been read, as a list.

    An address that is among the sources stands there.
    """
    t, strategy = context.t, context.strategy
    listed = {source.address for source in strategy.sources}
    for document in strategy.package:
        edition = strategy.edition(document.edition) if document.edition else None
        title = document.title or (name_edition(edition, t) if edition else "")
        kind = label(PACKAGE_KINDS, document.kind, t)
        address = document.address or ((edition.address or "") if edition else "")
        shown = "" if title and address in listed else address
        words = ". ".join(part for part in (t("{kind}: {title}", kind=kind, title=title) if title else kind, shown)
                          if part)  # fmt: skip
        note = " ".join((document.note or "").split())
        yield f"\t\N{BULLET} {words}. {t(PACKAGE_READ[document.read])}{f' {note}' if note else ''}"


def _searches(context: Material) -> Iterator[str]:
    """The search log, as a list."""
    t = context.t
    for search in context.review.searches:
        sought, outcome = " ".join(search.sought.split()), " ".join(search.outcome.split())
        words = t("{date}, {where}: {sought}", date=t.date(search.date), where=search.where, sought=sought)
        yield f"\t\N{BULLET} {words}. {outcome}"


def _text_facts(context: Material) -> tuple[Fact, ...]:
    """What the first page does not say of the reviewed text, so that another reader can find the same one."""
    t, edition = context.t, context.edition
    decision = edition.decision
    decided = ", ".join(part for part in (decision.body or "", t.date(decision.date)) if part)
    strategy = context.strategy
    start, end = strategy.period
    mark = context.review.brought_in
    known = {source.address for source in strategy.sources}
    address = "" if edition.address in known else edition.address or ""
    partners = t("together with {partners}", partners=t.series(strategy.partners)) if strategy.partners else ""
    facts = [
        Fact(t("Owner"), ", ".join(part for part in (t.series(strategy.owner), partners) if part)),
        Fact(t("Period"), "–".join(t.date(part) for part in (start, end) if part)),
        Fact(t("Decided by"), decided),
        Fact(t("Case number of the decision"), decision.case_number or ""),
        Fact(t("Case number of the strategy"), strategy.case_number or ""),
        Fact(t("Deciding body of the review"), context.review.body or ""),
        Fact(t("Address"), address, address),
        Fact(t("Retrieved"), edition.retrieved or "" if address else ""),
        Fact(t("Fingerprint of the document (SHA-256)"), edition.sha256 or ""),
        Fact(t("Fingerprint of the spreadsheet that was brought in (SHA-256)"), mark.sha256 if mark else ""),
    ]
    return tuple(fact for fact in facts if fact.value)


def _approval(context: Material) -> tuple[Fact, ...]:
    """Who approved the review, when, and the fingerprint of what was approved."""
    t, approval = context.t, context.review.approval
    if approval is None or context.review.status != "approved":
        return ()
    told = t("{role}, {date}", role=t.role(approval.role), date=t.date(approval.date))
    return (Fact(t("Approved by"), told), Fact(t("Fingerprint of the approval"), approval.fingerprint))
