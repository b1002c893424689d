"""What became of an earlier review's quotations in a later edition, as a table: what needs another look first."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from granskning.i18n import N_
from granskning.reporting.blocks.grids import Grid, GridCell, Head
from granskning.reporting.wording.report_context import at_question
from granskning.reporting.wording.words import place_words, shorten
from granskning.wordings import capital

if TYPE_CHECKING:
    from granskning.i18n import Translator
    from granskning.model.evidence import Evidence, QuotationOutcome, QuotationStatus
    from granskning.reporting.over_time.change_values import ChangeMaterial

_LONGEST = 110
_ORDER: dict[QuotationOutcome, str] = {
    "gone": N_("gone: {count}"),
    "changed": N_("reworded: {count}"),
    "unreadable": N_("cannot be read here: {count}"),
    "not_at_hand": N_("not looked up here: {count}"),
    "moved": N_("found on another page: {count}"),
    "found": N_("found again: {count}"),
}
"""In the order of the table: first those whose judgements need another look."""


def make_quotations(context: ChangeMaterial) -> Grid | None:
    """The table; None where nothing was looked up in another edition."""
    t, (before, _) = context.t, context.reviews
    criteria = context.pair.before.criteria.criteria
    cited = [
        (criterion.id, item, status)
        for criterion in criteria
        if criterion.id in before.answers
        for item in before.answers[criterion.id].evidence
        if (status := context.quotations.get(item.citation_key(before.strategy))) is not None
    ]
    if not cited:
        return None
    counts = Counter(status.status for _, _, status in cited)
    counted = [t(words, count=t.whole(counts[outcome])) for outcome, words in _ORDER.items() if counts[outcome]]
    places, answered = list(_ORDER), {answer.change.criterion for answer in context.pair.answers()}
    numbers = {
        name: GridCell(context.pair.number(name), anchor=at_question(name) if name in answered else "")
        for name in before.answers
    }
    rows = sorted(cited, key=lambda row: places.index(row[2].status))
    return Grid(
        caption=t("What became of the quotations from {edition}", edition=context.text(later=False)),
        heads=tuple(Head(t(words)) for words in (N_("Question"), N_("Quotation"), N_("Stood"), N_("Now"))),
        rows=tuple(_row(context, numbers[criterion], item, status) for criterion, item, status in rows),
        before=(
            t("Each quotation of the earlier review, looked up in {edition}.", edition=context.text(later=True)),
            t("Those that need another look come first."),
            f"{capital(t.series(counted))}.",
        ),
    )


def _row(context: ChangeMaterial, place: GridCell, item: Evidence, status: QuotationStatus) -> tuple[GridCell, ...]:
    t = context.t
    quoted = " ".join((item.quote or "").split())
    return (
        place,
        GridCell(t("“{words}”", words=shorten(quoted, _LONGEST))),
        GridCell(", ".join(place_words(item, t)[:1]) or "–"),
        GridCell(_now(status, t)),
    )


def _now(status: QuotationStatus, t: Translator) -> str:
    page, closest = status.found_page, " ".join((status.closest or "").split())
    if status.status == "found":
        return t("Found again")
    if status.status == "moved":
        return t("Found on p. {page}", page=page) if page else t("Found in another section")
    if status.status == "changed":
        return t("Reworded, p. {page}: “{closest}”", page=page or "–", closest=closest)
    if status.status == "gone":
        return t("Gone")
    return t("Cannot be read here") if status.status == "unreadable" else t("Not looked up here")
